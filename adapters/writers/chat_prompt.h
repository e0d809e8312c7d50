/*
 * chat_prompt.h - what a chat model is told: rules by us, the paper as data.
 *
 * The paper travels as one JSON object of its own, so that nothing in it can look
 * like ours.
 */
#ifndef ADAPTERS_WRITERS_CHAT_PROMPT_H
#define ADAPTERS_WRITERS_CHAT_PROMPT_H

#include "bot/base/arena.h"
#include "bot/ports/writer.h"

/* The rules for a language: template's, or with NULL our own; {language}, {title},
 * {heading} and {digest} are filled in. */
const char *chat_prompt_rules(struct arena *arena, const char *template,
        const char *language);

/* The message with the paper, the terms in it and what was wrong before. */
const char *chat_prompt_paper(struct arena *arena,
        const struct writer_task *task);

/* What a note is kept under: our own version, or a fingerprint of the template. */
const char *chat_prompt_version(struct arena *arena, const char *template);

#endif
