/*
 * program_init_words.h - what "paperboy init" says, in both languages.
 */
#ifndef BOT_PROGRAM_INIT_WORDS_H
#define BOT_PROGRAM_INIT_WORDS_H

#include "bot/base/arena.h"

#include <stdbool.h>

enum init_word {
    INIT_HELLO,  /* {}: the file */
    INIT_EXISTS, /* {}: the file */
    INIT_KEPT,   /* {}: the file; it stays as it is */
    INIT_PRODUCT,
    INIT_PRODUCT_WRONG, /* {}: the answer */
    INIT_LABEL,
    INIT_LABEL_WRONG,
    INIT_SECRET,  /* {}: what it is */
    INIT_OR_ELSE, /* {}: what may be left out, because the next will do */
    INIT_EMPTY,
    INIT_EXPECTED, /* {}: what would be right */
    INIT_ROOM,     /* {}: what a room is here */
    INIT_CATEGORIES,
    INIT_CATEGORIES_LONG,
    INIT_FOUND_NONE, /* {}: a word */
    INIT_SEVERAL,    /* {}: their codes */
    INIT_MEANT,      /* {}: the nearest name */
    INIT_LANGUAGES,
    INIT_ZONE,
    INIT_HOUR,
    INIT_MISSED, /* {}: a time of day */
    INIT_CONTACT,
    INIT_WRITE, /* {}: the file */
    INIT_WROTE, /* {}: a file */
    INIT_ASIDE, /* {}: a file */
    INIT_TRY,
    INIT_STOPPED, /* nothing was written */
    INIT_NEXT,
    INIT_NEXT_FETCH,
    INIT_NEXT_FILES,
    INIT_NEXT_POST,
    INIT_NEXT_RUN,
    INIT_NEXT_SYSTEMD,
    INIT_YES,
    INIT_NO,
    INIT_WORDS,
};

const char *program_init_word(enum init_word word, bool chinese);

/* The same with value in the place of its {}. */
const char *program_init_filled(enum init_word word, bool chinese,
        const char *value, struct arena *arena);

/* What a kind of account is, in half a line; "" for one not known here. */
const char *program_init_kind_is(const char *kind, bool chinese);

/* What it can and cannot do, a line or two; webhook: how to speak of one that
 * is not known here. */
const char *program_init_kind_can(const char *kind, bool webhook, bool chinese);

/* What would be right, as an adapter says it, where that speaks English only. */
const char *program_init_expected(const char *flaw, bool chinese);

/* What a room is, where the kind's help speaks English only. */
const char *program_init_room(const char *kind, const char *help, bool chinese);

/* What a key of that kind wants, where help speaks English only. */
const char *program_init_key(const char *kind, const char *key,
        const char *help, bool chinese);

#endif
