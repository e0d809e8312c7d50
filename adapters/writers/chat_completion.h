/*
 * chat_completion.h - [writer NAME] type = chat_completion: any endpoint that speaks
 * OpenAI's chat completions (a host's, Ollama's, llama.cpp's, vLLM's).
 *
 * https://platform.openai.com/docs/api-reference/chat: POST URL/chat/completions.
 * A JSON schema is asked for; an endpoint that refuses that is asked for a JSON
 * object, and then for nothing but the prompt.
 */
#ifndef ADAPTERS_WRITERS_CHAT_COMPLETION_H
#define ADAPTERS_WRITERS_CHAT_COMPLETION_H

#include "bot/ports/writer.h"

extern const struct writer_kind chat_completion_kind;

#endif
