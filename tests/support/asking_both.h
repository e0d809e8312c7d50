/*
 * asking_both.h - runs a test in a fresh asking channel, on a store of each kind.
 *
 * The test's state is a struct asking.  ASKING_BOTH(test) stands for two entries
 * in cmocka's table, DRAFTED_BOTH(test) the same with a draft under way
 * (drafted.h).
 */
#ifndef TESTS_SUPPORT_ASKING_BOTH_H
#define TESTS_SUPPORT_ASKING_BOTH_H

#include "tests/support/asking.h"
#include "tests/support/drafted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct asking asking_both;

static inline int asking_both_memory(void **state)
{
    asking_open(&asking_both, "memory");
    *state = &asking_both;
    return 0;
}

static inline int asking_both_sqlite(void **state)
{
    asking_open(&asking_both, "sqlite");
    *state = &asking_both;
    return 0;
}

static inline int drafted_both_memory(void **state)
{
    drafted_open(&asking_both, "memory");
    *state = &asking_both;
    return 0;
}

static inline int drafted_both_sqlite(void **state)
{
    drafted_open(&asking_both, "sqlite");
    *state = &asking_both;
    return 0;
}

static inline int asking_both_close(void **state)
{
    asking_close(*state);
    return 0;
}

#define ASKING_BOTH(test)                                                      \
    {"memory: " #test, test, asking_both_memory, asking_both_close, NULL},     \
    {                                                                          \
        "sqlite: " #test, test, asking_both_sqlite, asking_both_close, NULL    \
    }

#define DRAFTED_BOTH(test)                                                     \
    {"memory: " #test, test, drafted_both_memory, asking_both_close, NULL},    \
    {                                                                          \
        "sqlite: " #test, test, drafted_both_sqlite, asking_both_close, NULL   \
    }

#endif
