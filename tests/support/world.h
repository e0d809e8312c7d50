/*
 * world.h - the whole bot between a fake source and fake accounts, in time that
 * only moves when a test says so.
 *
 * A restart is world_stop and world_start: the bot is dropped and the store is
 * opened anew (the memory store, which dies when it is closed, stays open).
 */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include "bot/base/arena.h"
#include "bot/base/chance.h"
#include "bot/bot.h"
#include "bot/model/channel.h"
#include "bot/ports/store.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/fake_archive.h"
#include "tests/support/fake_facts.h"
#include "tests/support/fake_pictures.h"
#include "tests/support/fake_source.h"
#include "tests/support/fake_writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WORLD_CHANNELS_MAX = 32,
    WORLD_ACCOUNTS = 2,
    WORLD_WRITERS_MAX = 3,
};

struct world {
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct arena arena;

    const char *url; /* of the store */
    struct store *store;
    struct fake_source source;
    struct fake_archive archive; /* the same source's, by id */
    bool archive_hangs;          /* and does not answer for now */
    struct fake_account home; /* recognises a repeated delivery key; listens */
    struct fake_account hook; /* does not */
    struct account *accounts[WORLD_ACCOUNTS];
    struct fake_writer writers[WORLD_WRITERS_MAX]; /* in their chain */
    struct hired_writer hired[WORLD_WRITERS_MAX];
    size_t writer_count;
    struct channel channels[WORLD_CHANNELS_MAX];
    struct channel_list list;
    struct fake_pictures pictures;
    bool pictured;           /* the bot asks for them */
    struct fake_facts facts; /* who works where */
    struct source *fact_sources[1];
    bool enriched;                /* the bot asks for that */
    struct keep keep;             /* by default as the configuration */
    const struct channel *alerts; /* where troubles are told; NULL: nowhere */
    struct bot *bot;              /* NULL while it is down */
    struct account_ears ears;
    unsigned said; /* events so far */
};

/* "2026-11-24T05:00:00Z" as ms; fails the test if it is none. */
int64_t world_ms(const char *instant);

/* An empty world at that time.  url: "memory:" or "sqlite:PATH". */
void world_open(struct world *world, const char *url, const char *now);
void world_close(struct world *world);

/*
 * Adds a channel with size 5+4, catch_up 6h and languages zh en; its room is
 * "room-LABEL".  categories are separated by spaces.  The store knows it from
 * this moment on.  Valid until world_close; may be changed before world_start.
 */
struct channel *world_channel(struct world *world, const char *label,
        const char *account, const char *categories, const char *schedule,
        const char *zone);

/* Adds a writer to the end of the chain, before world_start: two requests at once,
 * no budget. */
struct fake_writer *world_hire(struct world *world, const char *name);

/* Sets a channel's categories. */
void world_categories(struct world *world, struct channel *channel,
        const char *categories);

void world_start(struct world *world);
/* Drops the bot; what was under way is forgotten on our side, and taken by the
 * products or not. */
void world_stop(struct world *world, bool taken);

/* Runs the bot (if it is up) until that time, everything answered at once. */
void world_run(struct world *world, const char *until);
void world_run_ms(struct world *world, int64_t until_ms);
/* A step, and no answers: what was begun is under way after it. */
void world_step(struct world *world);

/* Somebody writes in a room of home, now; the event's id is "ev-1" and on.  The
 * bot takes it at once, or when it is back. */
void world_say(struct world *world, const char *room, const char *person,
        const char *text);
/* Something else happens there. */
void world_happen(struct world *world, enum event_kind kind, const char *room,
        const char *person, const char *text, const char *target);

/* Publishes count new papers in a category's feed, "PREFIX.00001" and on. */
void world_publish(struct world *world, const char *category,
        const char *prefix, unsigned count);
/* Adds one paper to what the feed shows. */
void world_publish_late(struct world *world, const char *category,
        const char *id);

/* The outcome of an occasion; OUTCOME_NONE if it has none. */
enum occasion_outcome world_outcome(struct world *world,
        const struct channel *channel, const char *key);
/* What home showed last in a room; "" if nothing. */
const char *world_last(const struct world *world, const char *room);
/* How many events wait to be answered. */
size_t world_waiting(struct world *world);

/* How many of the channel's outbox rows are in that state. */
size_t world_rows(struct world *world, const struct channel *channel,
        enum outbox_state state);

#endif
