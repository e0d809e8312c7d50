/*
 * note_units.h - units, multipliers and numbers in words, in English and Chinese.
 */
#ifndef BOT_WRITE_NOTE_UNITS_H
#define BOT_WRITE_NOTE_UNITS_H

#include <stddef.h>

/* All of them look at the beginning of a folded text and give how many bytes
 * they took, 0 for none. */

/* *unit: "x", "ms", "gb", ...; "%" for percentages and their points. */
size_t note_units_unit(const char *at, const char **unit);

/* "million", 万, 千亿: the power of ten. */
size_t note_units_scale(const char *at, int *exponent);

/* A letter behind digits, "7b": the power of ten that it may stand for; 0 for
 * none. */
int note_units_letter(char letter);

/* "twelve", "twice", "half": *value with a unit of its own, "x" or "%", or "". */
size_t note_units_word(const char *at, const char **value, const char **unit);

#endif
