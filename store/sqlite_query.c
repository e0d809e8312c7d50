#include "store/sqlite_query.h"

#include <stdio.h>
#include <string.h>

struct sqlite_kept {
    const char *sql;
    sqlite3_stmt *statement;
};

static enum error_kind kind_of(int code)
{
    if (code == SQLITE_CONSTRAINT_UNIQUE ||
            code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return ERROR_REJECTED;
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERROR_RETRY;
    default: /* disk full, damaged, read-only, or a mistake of ours */
        return ERROR_STOP;
    }
}

bool sqlite_query_failure(sqlite3 *db, const char *path, const char *doing,
        struct error *err)
{
    int code = sqlite3_extended_errcode(db);
    int primary = code & 0xFF;
    int cause = sqlite3_system_errno(db);
    bool system = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN;

    return error_set(err, kind_of(code), "%s: %s: %s%s%s%s", path, doing,
            sqlite3_errmsg(db), system && cause != 0 ? " (" : "",
            system && cause != 0 ? strerror(cause) : "",
            system && cause != 0 ? ")" : "");
}

/* The statement's first three words say well enough what was being done:
 * "INSERT INTO papers". */
static bool query_failed(struct sqlite_query *query, const char *sql)
{
    char doing[40];
    size_t length = 0;

    for (int words = 0; words < 3; words++) {
        length += strspn(sql + length, " ");
        length += strcspn(sql + length, " ");
    }
    snprintf(doing, sizeof doing, "%.*s", (int)length, sql);
    query->failed = true;
    return sqlite_query_failure(query->store->db, query->store->path, doing,
            query->err);
}

static sqlite3_stmt *statement_find(const struct sqlite_store *store,
        const char *sql)
{
    for (size_t i = 0; i < store->kept_count; i++)
        if (store->kept[i].sql == sql)
            return store->kept[i].statement;
    return NULL;
}

static sqlite3_stmt *statement_prepare(struct sqlite_store *store,
        const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                &statement, NULL) != SQLITE_OK)
        return NULL;
    store->kept = arena_grow(&store->arena, store->kept, store->kept_count,
            &store->kept_capacity, sizeof *store->kept);
    store->kept[store->kept_count++] =
            (struct sqlite_kept){.sql = sql, .statement = statement};
    return statement;
}

void sqlite_query_forget_all(struct sqlite_store *store)
{
    for (size_t i = 0; i < store->kept_count; i++)
        sqlite3_finalize(store->kept[i].statement);
    store->kept_count = 0;
}

static int bind_one(sqlite3_stmt *statement, int place,
        const struct sqlite_bind *bind)
{
    char date[CIVIL_DATE_SIZE];

    switch (bind->kind) {
    case BIND_NUMBER:
        return sqlite3_bind_int64(statement, place, bind->number);
    case BIND_TEXT:
        return sqlite3_bind_text(statement, place, bind->bytes, -1,
                SQLITE_STATIC);
    case BIND_BLOB: /* no bytes are an empty blob, not NULL */
        return sqlite3_bind_blob64(statement, place,
                bind->length == 0 ? "" : bind->bytes, bind->length,
                SQLITE_STATIC);
    case BIND_DATE:
        civil_date_format(bind->date, date);
        return sqlite3_bind_text(statement, place, date, -1, SQLITE_TRANSIENT);
    case BIND_END:
    case BIND_NULL:
        break;
    }
    return sqlite3_bind_null(statement, place);
}

static bool bind_all(sqlite3_stmt *statement, const struct sqlite_bind *binds)
{
    int place = 0;

    for (; binds != NULL && binds->kind != BIND_END; binds++)
        if (bind_one(statement, ++place, binds) != SQLITE_OK)
            return false;
    return true;
}

struct sqlite_query sqlite_query_open(struct sqlite_store *store,
        const char *sql, const struct sqlite_bind *binds, struct error *err)
{
    struct sqlite_query query = {.store = store, .err = err};

    /* A full disk may end a transaction under a step that goes on: what it
     * still writes must not be kept. */
    if (store->inside && sqlite3_get_autocommit(store->db)) {
        query.failed = true;
        error_set(err, ERROR_STOP, "%s: the transaction was taken back",
                store->path);
        return query;
    }
    query.statement = statement_find(store, sql);
    if (query.statement == NULL)
        query.statement = statement_prepare(store, sql);
    if (query.statement == NULL || !bind_all(query.statement, binds))
        query_failed(&query, sql);
    return query;
}

bool sqlite_query_next(struct sqlite_query *query)
{
    if (query->failed)
        return false;
    int code = sqlite3_step(query->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        query_failed(query, sqlite3_sql(query->statement));
    return code == SQLITE_ROW;
}

bool sqlite_query_close(struct sqlite_query *query)
{
    if (query->statement != NULL) {
        sqlite3_reset(query->statement); /* repeats what step has told */
        sqlite3_clear_bindings(query->statement);
    }
    return !query->failed;
}

bool sqlite_query_run(struct sqlite_store *store, const char *sql,
        const struct sqlite_bind *binds, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store, sql, binds, err);

    while (sqlite_query_next(&query))
        continue;
    return sqlite_query_close(&query);
}

bool sqlite_query_number_of(struct sqlite_store *store, const char *sql,
        const struct sqlite_bind *binds, int64_t *number, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(store, sql, binds, err);

    if (sqlite_query_next(&query) &&
            sqlite3_column_type(query.statement, 0) != SQLITE_NULL)
        *number = sqlite_query_number(&query, 0);
    return sqlite_query_close(&query);
}

int64_t sqlite_query_changes(const struct sqlite_store *store)
{
    return sqlite3_changes64(store->db);
}

int64_t sqlite_query_number(const struct sqlite_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

bool sqlite_query_bool(const struct sqlite_query *query, int column)
{
    return sqlite_query_number(query, column) != 0;
}

const char *sqlite_query_text(const struct sqlite_query *query, int column,
        struct arena *arena)
{
    return arena_string(arena,
            (const char *)sqlite3_column_text(query->statement, column));
}

const char *sqlite_query_blob(const struct sqlite_query *query, int column,
        struct arena *arena, size_t *length)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);

    *length = (size_t)sqlite3_column_bytes(query->statement, column);
    return arena_string_n(arena, bytes == NULL ? "" : bytes, *length);
}

struct civil_date sqlite_query_date(const struct sqlite_query *query,
        int column)
{
    const char *text =
            (const char *)sqlite3_column_text(query->statement, column);
    struct civil_date date = {0};

    if (text == NULL || !civil_date_parse(text, &date))
        return (struct civil_date){0};
    return date;
}
