/*
 * note_numbers.h - the numbers of a text, so that those of a note can be looked
 * for in its source.
 *
 * Pure.  A number is its value, its sign, whether it is a percentage, and its
 * unit, whatever language wrote them: "1.5 million" is 150 万, "3.6x" is 3.6 倍,
 * "twice" is 2 倍.  Digits inside a name (GPT-4, 3D) are no number.
 */
#ifndef BOT_WRITE_NOTE_NUMBERS_H
#define BOT_WRITE_NOTE_NUMBERS_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    NOTE_NUMBER_DIGITS = 24, /* what is longer is compared by its beginning */
};

struct note_number {
    const char *written;             /* "1.5 million", in the arena */
    const char *begin, *end;         /* of the folded text */
    char digits[NOTE_NUMBER_DIGITS]; /* without a point, 0s at both ends off */
    int exponent;                    /* value = digits * 10^exponent */
    bool negative;
    bool percent;     /* or a share of one by its neighbour: "90 to 95%" */
    const char *unit; /* static, one word for all languages; "" for none */
};

struct note_number_list {
    struct note_number *items;
    size_t count, capacity;
};

/* The text has been folded (text_fold). */
struct note_number_list note_numbers_of(const char *folded,
        struct arena *arena);

/* The first number of a note that its source does not have; NULL if there is
 * none. */
const struct note_number *
note_numbers_strange(const struct note_number_list *note,
        const struct note_number_list *source);

#endif
