/*
 * every_store.h - runs a test on a fresh store of every kind.
 *
 * The test's state is a struct store_fixture.
 */
#ifndef TESTS_CONTRACT_EVERY_STORE_H
#define TESTS_CONTRACT_EVERY_STORE_H

#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline int every_store_open(void **state, const char *kind)
{
    static struct store_fixture fixture;

    store_fixture_open(&fixture, kind);
    *state = &fixture;
    return 0;
}

static inline int every_store_memory(void **state)
{
    return every_store_open(state, "memory");
}

static inline int every_store_sqlite(void **state)
{
    return every_store_open(state, "sqlite");
}

static inline int every_store_close(void **state)
{
    store_fixture_close(*state);
    return 0;
}

static inline struct store *store_of(void **state)
{
    return ((struct store_fixture *)*state)->store;
}

static inline struct arena *arena_of(void **state)
{
    return &((struct store_fixture *)*state)->arena;
}

/* --- short ways to fill a store; a failure fails the test --- */

static inline struct paper paper_named(const char *id, const char *title)
{
    struct paper paper = paper_empty();
    paper.id = id;
    paper.title = title;
    return paper;
}

static inline enum store_change put_paper(struct store *store,
        const struct paper *paper)
{
    struct error err = {0};
    enum store_change change = STORE_UNCHANGED;
    if (!store_paper_put(store, paper, 1000, &change, &err))
        fail_msg("%s", err.text);
    return change;
}

static inline void put_named(struct store *store, const char *id)
{
    struct paper paper = paper_named(id, "A title");
    put_paper(store, &paper);
}

static inline bool file_paper(struct store *store, const char *category,
        struct civil_date date, const char *id, enum announce_type announce)
{
    struct error err = {0};
    bool added = false;
    if (!store_batch_paper_add(store, category, date, id, announce, &added,
                &err))
        fail_msg("%s", err.text);
    return added;
}

static inline void put_batch(struct store *store, const char *category,
        struct civil_date date, enum batch_state batch_state)
{
    struct batch batch = {
            .category = category,
            .date = date,
            .state = batch_state,
            .complaint = "",
    };
    assert_true(store_batch_put(store, &batch, NULL));
}

static inline int64_t put_channel(struct store *store, const char *room)
{
    int64_t id = 0;
    assert_true(store_channel_put(store, "home", room, "team", 1000, &id,
            NULL));
    return id;
}

#define SQLITE_ONLY(test)                                                      \
    {                                                                          \
        "sqlite: " #test, test, every_store_sqlite, every_store_close, NULL    \
    }
#define EVERY_STORE(test)                                                      \
    {"memory: " #test, test, every_store_memory, every_store_close, NULL},     \
            SQLITE_ONLY(test)

#endif
