/*
 * program_init_categories.h - what people call arXiv's categories.
 */
#ifndef BOT_PROGRAM_INIT_CATEGORIES_H
#define BOT_PROGRAM_INIT_CATEGORIES_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stdio.h>

/* "Robotics, CV cl" -> "cs.RO CV cl", which the configuration takes: between
 * commas a whole name may stand.  NULL and err, with the nearest right one. */
const char *program_init_categories_codes(const char *answer, bool chinese,
        struct arena *arena, struct error *err);

/* Lists those whose code or name, in either language, has the word. */
void program_init_categories_find(const char *word, bool chinese,
        struct arena *arena, FILE *out);

/* Lists these with their names. */
void program_init_categories_show(const struct string_list *codes, bool chinese,
        FILE *out);

#endif
