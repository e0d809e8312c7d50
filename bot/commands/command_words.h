/*
 * command_words.h - the words of a command, as people separate them.
 *
 * Spaces and commas of either language stand between words; quotes keep words
 * together; a hyphen in front says "not"; a key and a colon say what the word
 * is (by:"Chelsea Finn", 作者:张伟).  A colon behind anything else belongs to
 * the word, so that links and times stay whole.
 */
#ifndef BOT_COMMAND_WORDS_H
#define BOT_COMMAND_WORDS_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    COMMAND_WORDS_MAX = 100, /* what lies behind is left, and said */
};

struct command_word {
    const char *text; /* without hyphen, key and quotes; never "" */
    const char *key;  /* "by", "in", "since", "until"; "" for none */
    bool quoted, negated;
};

struct command_words {
    struct command_word *items;
    size_t count;
    bool more; /* than COMMAND_WORDS_MAX */
};

/* Cuts a plain line (text_plain); all lives in the arena. */
struct command_words command_words_of(struct arena *arena, const char *line);

#endif
