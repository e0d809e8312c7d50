/*
 * plan_covered.h - looking through the announcements that a channel has covered.
 *
 * Lists are in the store's order: by category, the newest first.
 */
#ifndef BOT_PLAN_COVERED_H
#define BOT_PLAN_COVERED_H

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/model/batch.h"

#include <stdbool.h>

/* NULL if that announcement is not covered. */
const struct covered_batch *
plan_covered_find(const struct covered_list *covered, const char *category,
        struct civil_date date);

/* Whether any of the category's is. */
bool plan_covered_has(const struct covered_list *covered, const char *category);

/* Both, each announcement once: as the first has it. */
struct covered_list plan_covered_join(const struct covered_list *first,
        const struct covered_list *second, struct arena *arena);

#endif
