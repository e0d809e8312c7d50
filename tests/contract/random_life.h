/*
 * random_life.h - the same random life in two stores: each answer of one is the
 * other's.
 *
 * A test gives the calls; keys come from small sets, so that rows meet, and
 * transactions are taken back now and then.
 */
#ifndef TESTS_CONTRACT_RANDOM_LIFE_H
#define TESTS_CONTRACT_RANDOM_LIFE_H

#include "bot/base/chance.h"
#include "store/registry.h"
#include "tests/contract/every_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    LIVES = 12,
    TRANSACTIONS = 25,
    CALLS = 12, /* a transaction */
    KEPT_MAX = 64 * 1024,
};

struct life;
typedef void call_fn(struct life *life, struct store *store);

/* One store, the dice that it and its twin are given alike, and what it
 * answered, as text. */
struct life {
    struct chance_seed seed;
    struct random_source chance;
    int64_t now_ms;
    call_fn *const *calls;
    unsigned call_count;
    struct arena arena;
    char said[KEPT_MAX];
    size_t length;
};

static inline void say(struct life *life, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static inline void say(struct life *life, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(life->said + life->length,
            sizeof life->said - life->length, format, args);
    va_end(args);
    assert_true(length >= 0 &&
            (size_t)length < sizeof life->said - life->length);
    life->length += (size_t)length;
}

static inline unsigned roll(struct life *life, unsigned bound)
{
    return (unsigned)life->chance.below(life->chance.state, bound);
}

static inline const char *pick(struct life *life, const char *const words[],
        unsigned count)
{
    return words[roll(life, count)];
}

static inline const char *paper_id(struct life *life)
{
    return arena_format(&life->arena, "2611.%05u", roll(life, 15));
}

static inline const char *category(struct life *life)
{
    static const char *const words[] = {"cs.LG", "cs.CV", "hep-th"};
    return pick(life, words, 3);
}

static inline const char *occasion(struct life *life)
{
    static const char *const words[] = {"digest/1", "digest/2", "post/1"};
    return pick(life, words, 3);
}

static inline const char *text(struct life *life)
{
    static const char *const words[] = {"", "a", "论文", "b \"c\" 'd'", "%s;"};
    return pick(life, words, 5);
}

static inline struct civil_date date(struct life *life)
{
    return (struct civil_date){2026, 1 + (int)roll(life, 3),
            1 + (int)roll(life, 3)};
}

static inline int64_t channel_id(struct life *life)
{
    return 1 + roll(life, 4);
}

/* Kinds must agree; texts may differ. */
static inline void say_done(struct life *life, bool done,
        const struct error *err)
{
    say(life, "%s%d", done ? "ok" : "error", done ? 0 : (int)err->kind);
}

static inline bool live_a_while(struct store *store, void *ctx,
        struct error *err)
{
    struct life *life = ctx;

    for (int i = 0; i < CALLS; i++) {
        unsigned which = roll(life, life->call_count);
        say(life, "%u: ", which);
        life->calls[which](life, store);
        say(life, "\n");
        life->now_ms += roll(life, 10);
    }
    return roll(life, 3) > 0 || error_set(err, ERROR_INPUT, "taken back");
}

/* Some calls in a transaction that is kept or taken back, or each alone. */
static inline void live_on(struct life *life, struct store *store)
{
    bool together = roll(life, 4) > 0;

    life->length = 0;
    if (together)
        say(life, "kept: %d\n",
                store_transact(store, live_a_while, life, NULL));
    else
        live_a_while(store, life, NULL);
}

static inline void life_begin(struct life *life, uint64_t seed,
        call_fn *const calls[], size_t count)
{
    *life = (struct life){.seed = {seed},
            .now_ms = 1000,
            .calls = calls,
            .call_count = (unsigned)count};
    life->chance = chance_seeded(&life->seed);
}

/* Lives many lives of the calls in the memory store and in the fixture's. */
static inline void random_lives(struct store_fixture *fixture,
        call_fn *const calls[], size_t count)
{
    static struct life here, there;

    for (uint64_t seed = 1; seed <= LIVES; seed++) {
        struct store *memory = store_registry_open("memory:", NULL);
        life_begin(&here, seed, calls, count);
        life_begin(&there, seed, calls, count);
        for (int i = 0; i < TRANSACTIONS; i++) {
            live_on(&here, memory);
            live_on(&there, fixture->store);
            if (strcmp(here.said, there.said) != 0)
                fail_msg("seed %" PRIu64 ", transaction %d:\n%s\n--- but %s:"
                         "\n%s",
                        seed, i, here.said, fixture->store->ops->kind,
                        there.said);
        }
        store_close(memory);
        arena_finish(&here.arena);
        arena_finish(&there.arena);
        store_fixture_close(fixture);
        store_fixture_open(fixture, "sqlite");
    }
}

#endif
