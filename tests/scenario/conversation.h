/*
 * conversation.h - a room whose channel is asked in, and what it shows.
 *
 * Times are UTC; New York is five hours behind in November 2026, its Tuesday the
 * 24th begins at 05:00Z.
 */
#ifndef TESTS_SCENARIO_CONVERSATION_H
#define TESTS_SCENARIO_CONVERSATION_H

#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char room[] = "room-lab";

static inline struct channel *open_lab(struct world *world)
{
    world_open(world, "memory:", "2026-11-24T08:00:00Z");
    struct channel *lab =
            world_channel(world, "lab", "home", "cs.LG", "07:00 daily", "UTC");
    lab->languages.tags[0] = "en";
    lab->languages.tags[1] = "zh";
    return lab;
}

/* So many seconds, and everything is answered that is to be. */
static inline void run_for(struct world *world, int64_t seconds)
{
    world_run_ms(world, world->time.ms + seconds * 1000);
}

static inline size_t shown(const struct world *world, const char *word)
{
    return fake_account_count(&world->home, room, word);
}

/* Whether the last message in the room begins so, behind its empty title. */
static inline bool last_is(const struct world *world, const char *beginning)
{
    const char *last = world_last(world, room);

    return strncmp(last + strspn(last, "\n"), beginning, strlen(beginning)) ==
            0;
}

static inline void assert_last(const struct world *world, const char *beginning)
{
    if (!last_is(world, beginning))
        fail_msg("\"%s\" does not begin with \"%s\"", world_last(world, room),
                beginning);
}

#endif
