/*
 * sqlite_query.h - one statement with its values, from open to close.
 *
 * A statement is prepared the first time its text is used and kept until the
 * store closes.  A query that fails gives no (more) rows; the one look at
 * sqlite_query_close tells, so that reading needs no check in between:
 *
 *     struct sqlite_query query = sqlite_query_open(store, sql,
 *             BINDS(bind_text(id)), err);
 *     while (sqlite_query_next(&query))
 *         ... sqlite_query_text(&query, 0, arena) ...
 *     return sqlite_query_close(&query);
 *
 * Values are bound, never formatted into the text.
 */
#ifndef STORE_SQLITE_QUERY_H
#define STORE_SQLITE_QUERY_H

#include "store/sqlite.h"

enum sqlite_bind_kind {
    BIND_END,
    BIND_NULL,
    BIND_NUMBER,
    BIND_TEXT,
    BIND_BLOB,
    BIND_DATE,
};

struct sqlite_bind {
    enum sqlite_bind_kind kind;
    const void *bytes; /* borrowed until sqlite_query_close */
    size_t length;
    int64_t number;
    struct civil_date date;
};

#define bind_null()                                                            \
    ((struct sqlite_bind){                                                     \
            .kind = BIND_NULL,                                                 \
    })
#define bind_number(n)                                                         \
    ((struct sqlite_bind){.kind = BIND_NUMBER, .number = (int64_t)(n)})
#define bind_text(t) ((struct sqlite_bind){.kind = BIND_TEXT, .bytes = (t)})
/* The same; NULL is "". */
#define bind_text_of(t) bind_text((t) == NULL ? "" : (t))
#define bind_blob(b, n)                                                        \
    ((struct sqlite_bind){.kind = BIND_BLOB, .bytes = (b), .length = (n)})
/* A size_t's worth of rows: SQLite has no greater number than INT64_MAX. */
#define bind_limit(n)                                                          \
    bind_number((n) < (size_t)INT64_MAX ? (int64_t)(n) : INT64_MAX)
#define bind_date(d) ((struct sqlite_bind){.kind = BIND_DATE, .date = (d)})

/* The values for ?1, ?2 and so on. */
#define BINDS(...)                                                             \
    (const struct sqlite_bind[])                                               \
    {                                                                          \
        __VA_ARGS__,                                                           \
        {                                                                      \
            .kind = BIND_END                                                   \
        }                                                                      \
    }

struct sqlite_query {
    struct sqlite_store *store;
    sqlite3_stmt *statement; /* NULL if it could not even begin */
    struct error *err;
    bool failed;
};

/*
 * sql is a literal: its address is what finds the prepared statement again.
 * binds may be NULL.  One query of a text may be open at a time.
 */
struct sqlite_query sqlite_query_open(struct sqlite_store *store,
        const char *sql, const struct sqlite_bind *binds, struct error *err);

/* True while there is a row to read; false at the end and on failure. */
bool sqlite_query_next(struct sqlite_query *query);

/* False, with the error set, if anything since the opening failed. */
bool sqlite_query_close(struct sqlite_query *query);

/* All three at once, for a statement that gives no rows. */
bool sqlite_query_run(struct sqlite_store *store, const char *sql,
        const struct sqlite_bind *binds, struct error *err);

/* Runs a query for the one number it gives; *number is left alone if it gives
 * no row or NULL. */
bool sqlite_query_number_of(struct sqlite_store *store, const char *sql,
        const struct sqlite_bind *binds, int64_t *number, struct error *err);

/* Rows that the last insert, update or delete changed. */
int64_t sqlite_query_changes(const struct sqlite_store *store);

/* Columns of the current row, from 0; text and bytes are copied. */
int64_t sqlite_query_number(const struct sqlite_query *query, int column);
bool sqlite_query_bool(const struct sqlite_query *query, int column);
const char *sqlite_query_text(const struct sqlite_query *query, int column,
        struct arena *arena);
const char *sqlite_query_blob(const struct sqlite_query *query, int column,
        struct arena *arena, size_t *length);
struct civil_date sqlite_query_date(const struct sqlite_query *query,
        int column);

/*
 * What SQLite last complained of, as an error that begins with the database's
 * path: ERROR_RETRY for busy, ERROR_REJECTED for a row that is there already,
 * ERROR_STOP for the rest.  Always returns false.
 */
bool sqlite_query_failure(sqlite3 *db, const char *path, const char *doing,
        struct error *err);

#endif
