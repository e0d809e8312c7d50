/*
 * command_announced.h - on which days the categories of a list were announced,
 * and what is said of a day when they were not.
 */
#ifndef BOT_COMMAND_ANNOUNCED_H
#define BOT_COMMAND_ANNOUNCED_H

#include "bot/base/civil_time.h"
#include "bot/commands/command.h"
#include "bot/commands/command_scope.h"

/* Batches of all the scope's categories, in no order. */
struct command_announced {
    struct batch *items;
    size_t count, capacity;
};

bool command_announced_read(const struct command_call *call,
        const struct command_scope *scope, struct command_announced *announced,
        struct error *err);

/* The newest day at or before date (unset: of all) with a complete
 * announcement; unset if there is none. */
struct civil_date
command_announced_newest(const struct command_announced *announced,
        struct civil_date date);
/* The first such day after date. */
struct civil_date
command_announced_next(const struct command_announced *announced,
        struct civil_date date);
/* How many such days there are from first to last. */
size_t command_announced_days(const struct command_announced *announced,
        struct civil_date first, struct civil_date last);

/* Says why there is no announcement of the day: not yet, none, not read, ... */
void command_announced_say_why(const struct command_call *call,
        const struct command_announced *announced, struct civil_date day,
        struct command_answer *answer);

/* Of a day on which some categories were announced: names those that are still
 * to come. */
void command_announced_say_rest(const struct command_call *call,
        const struct command_announced *announced, struct civil_date day,
        struct command_answer *answer);

#endif
