/*
 * store_fixture.h - a fresh store for a test, gone without a trace afterwards.
 */
#ifndef TESTS_SUPPORT_STORE_FIXTURE_H
#define TESTS_SUPPORT_STORE_FIXTURE_H

#include "bot/base/arena.h"
#include "bot/ports/store.h"

struct store_fixture {
    struct store *store;
    struct arena arena; /* for what a test reads; finished at the close */
    char directory[64]; /* of an SQLite store; "" for memory */
    char path[80];      /* of its database */
    char url[96];
};

/*
 * Opens an empty store of a kind, "memory" or "sqlite", the latter in a
 * directory of its own.  A failure ends the test program with a message.
 */
void store_fixture_open(struct store_fixture *fixture, const char *kind);

/* Closes an SQLite store and opens it again: a restart. */
void store_fixture_reopen(struct store_fixture *fixture);

/* Another connection to the same database; the caller closes it. */
struct store *store_fixture_another(const struct store_fixture *fixture);

/* Closes the store and removes its directory with all that is in it. */
void store_fixture_close(struct store_fixture *fixture);

#endif
