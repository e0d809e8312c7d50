/*
 * sqlite_file.h - tampering with the file under an SQLite store.
 *
 * For tests whose state is a struct store_fixture.
 */
#ifndef TESTS_CONTRACT_SQLITE_FILE_H
#define TESTS_CONTRACT_SQLITE_FILE_H

#include "store/registry.h"
#include "tests/contract/every_store.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static inline struct store_fixture *fixture_of(void **state)
{
    return *state;
}

static inline void value_is(struct store *store, struct arena *arena,
        const char *key, const char *expected)
{
    char *value = NULL;
    assert_true(store_value_get(store, key, arena, &value, NULL));
    if (expected == NULL) {
        assert_null(value);
        return;
    }
    assert_non_null(value);
    assert_string_equal(value, expected);
}

/* Runs SQL on a database file by itself. */
static inline void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static inline int64_t number_in(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL),
            SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static inline const char *beside(void **state, const char *suffix)
{
    return arena_format(arena_of(state), "%s%s", fixture_of(state)->path,
            suffix);
}

static inline bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Opens a database that must be refused. */
static inline struct error refusal(void **state)
{
    struct error err = {0};
    assert_null(store_registry_open(fixture_of(state)->url, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, fixture_of(state)->path));
    return err;
}

/* Closes the store, so that its file can be tampered with. */
static inline void close_store(void **state)
{
    store_close(fixture_of(state)->store);
    fixture_of(state)->store = NULL;
}

static inline void start_over(void **state)
{
    close_store(state);
    unlink(fixture_of(state)->path);
}

#endif
