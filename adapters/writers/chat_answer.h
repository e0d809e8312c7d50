/*
 * chat_answer.h - what a chat endpoint answered, and the note in it.  Pure.
 *
 * Models are asked for one JSON object; many put it into a fence or talk around it,
 * some think aloud first.  The object is looked for, its form is not forgiven.
 */
#ifndef ADAPTERS_WRITERS_CHAT_ANSWER_H
#define ADAPTERS_WRITERS_CHAT_ANSWER_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/note.h"
#include "bot/ports/writer.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CHAT_ANSWER_MAX =
            256 * 1024, /* bytes; with thoughts, a hundred times a note */
};

/*
 * Reads the body of a chat completion: the note's texts in the arena, and what it
 * cost, also where no note is in it.  ERROR_REJECTED says what is wrong so that the
 * model can be told; ERROR_RETRY: this is no chat completion at all.
 */
bool chat_answer_read(const char *body, size_t length, struct arena *arena,
        struct note *note, struct writer_usage *usage, struct error *err);

/* The note in what a model wrote. */
bool chat_answer_note(const char *content, struct arena *arena,
        struct note *note, struct error *err);

#endif
