/*
 * translated.h - a note made by a machine that only translates: the title, and the
 * abstract's best sentences.
 */
#ifndef ADAPTERS_WRITERS_TRANSLATED_H
#define ADAPTERS_WRITERS_TRANSLATED_H

#include "bot/base/arena.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

struct translated_texts {
    const char *title, *digest; /* "" if there is none */
    int64_t characters;         /* of both: what such services count */
};

/* What is to be translated, in the arena. */
struct translated_texts translated_texts_of(const struct paper *paper,
        struct arena *arena);

/* Adds them as an array "KEY":[...]. */
void translated_add(cJSON *root, const char *key,
        const struct translated_texts *texts);

/* The note of two translations, as they came. */
struct note translated_note(const char *title, const char *digest,
        struct arena *arena);

#endif
