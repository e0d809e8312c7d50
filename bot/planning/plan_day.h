/*
 * plan_day.h - which announcement a due digest is to be of, and whether there
 * is one.
 *
 * A punctual channel's is that of the day it is in New York at the hour: the
 * newest whose feed can have been rebuilt.  A fresh one wants that of its own
 * date, which in Asia comes later than the morning.
 */
#ifndef BOT_PLAN_DAY_H
#define BOT_PLAN_DAY_H

#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/store.h"
#include "bot/schedule.h"

#include <stdbool.h>

enum plan_day {
    PLAN_DAY_WEEKEND,   /* no announcement is made for that day */
    PLAN_DAY_NONE,      /* none was, or so it is said of a holiday */
    PLAN_DAY_LATE,      /* not every category's is there yet */
    PLAN_DAY_FAILED,    /* could not be read yet */
    PLAN_DAY_ANNOUNCED, /* of every category, or none of it */
    PLAN_DAY_UNKNOWN,   /* nobody looked */
};

/* What is known now of the day's announcement in the channel's categories. */
bool plan_day_of(struct store *store, const struct channel *channel,
        const struct due *due, enum plan_day *day, struct error *err);

/* Whether a fresh channel has something to wait for: a category whose
 * announcement of the due date is neither there nor known to be none. */
bool plan_day_awaited(struct store *store, const struct channel *channel,
        const struct due *due, bool *awaited, struct error *err);

/* The date of New York's calendar at the due instant. */
bool plan_day_new_york(const struct due *due, struct civil_date *date,
        struct error *err);

#endif
