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

#define SQLITE_ONLY(test)                                                      \
    {                                                                          \
        "sqlite: " #test, test, every_store_sqlite, every_store_close, NULL    \
    }
#define EVERY_STORE(test)                                                      \
    {"memory: " #test, test, every_store_memory, every_store_close, NULL},     \
            SQLITE_ONLY(test)

#endif
