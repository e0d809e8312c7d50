#include "store/sqlite.h"

#include "bot/base/chance.h"
#include "store/backup.h"
#include "store/migrations.h"
#include "store/sqlite_query.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_TIMEOUT_MS = 5000, /* a writer is never at work longer than this */
    WAL_TRIES_MAX = 20,
    TRIES_MAX = 2, /* of one transaction: the loop waits for it meanwhile */
};

/* --- transactions --- */

static void roll_back(struct sqlite_store *store)
{
    /* A full disk has rolled back by itself already. */
    if (!sqlite3_get_autocommit(store->db))
        sqlite_query_run(store, "ROLLBACK", NULL, NULL);
    sqlite_search_forget(store);
}

static bool begin(struct sqlite_store *store, struct error *err)
{
    return sqlite_query_run(store, "BEGIN IMMEDIATE", NULL, err);
}

static bool commit(struct sqlite_store *store, struct error *err)
{
    if (sqlite3_get_autocommit(store->db)) {
        sqlite_search_forget(store);
        return error_set(err, ERROR_STOP, "%s: the transaction was taken back",
                store->path);
    }
    if (sqlite_search_settle(store, err) &&
            sqlite_query_run(store, "COMMIT", NULL, err))
        return true;
    roll_back(store);
    return false;
}

bool sqlite_begin(struct sqlite_store *store, bool *own, struct error *err)
{
    *own = !store->inside;
    return !*own || begin(store, err);
}

bool sqlite_end(struct sqlite_store *store, bool own, bool done,
        struct error *err)
{
    if (!own)
        return done;
    if (done)
        return commit(store, err);
    roll_back(store);
    return false;
}

/* One run of the step.  *again is set if another writer was in the way. */
static bool transact_once(struct sqlite_store *store, store_step_fn *fn,
        void *ctx, bool *again, struct error *err)
{
    *again = true;
    if (!begin(store, err))
        return false;
    store->inside = true;
    bool done = fn(&store->store, ctx, err);
    store->inside = false;
    if (done)
        return commit(store, err);
    *again = false;
    roll_back(store);
    return false;
}

static bool transact(struct store *base, store_step_fn *fn, void *ctx,
        struct error *err)
{
    struct sqlite_store *store = sqlite_of(base);
    struct error failure = {0};
    bool again = true;

    if (store->inside)
        return error_set(err, ERROR_STOP,
                "%s: a transaction inside a transaction", store->path);
    for (int tries = 0; tries < TRIES_MAX && again; tries++) {
        failure = (struct error){0};
        if (transact_once(store, fn, ctx, &again, &failure))
            return true;
        again = again && failure.kind == ERROR_RETRY;
    }
    if (err != NULL)
        *err = failure;
    return false;
}

/* --- small things --- */

static bool value_put(struct store *base, const char *key, const char *value,
        struct error *err)
{
    return sqlite_query_run(sqlite_of(base),
            "INSERT INTO small_values (key, value) VALUES (?1, ?2)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            BINDS(bind_text(key), bind_text(value)), err);
}

static bool value_get(struct store *base, const char *key, struct arena *arena,
        char **value, struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT value FROM small_values WHERE key = ?1",
            BINDS(bind_text(key)), err);

    *value = NULL;
    if (sqlite_query_next(&query))
        *value = arena_string(arena, sqlite_query_text(&query, 0, arena));
    return sqlite_query_close(&query);
}

_Static_assert(OUTBOX_DUE == 0 && OUTBOX_SENT == 1 && OUTBOX_PARKED == 2 &&
                OUTBOX_EXPIRED == 3,
        "kept as numbers");

static bool counts(struct store *base, struct store_counts *counts,
        struct error *err)
{
    struct sqlite_query query = sqlite_query_open(sqlite_of(base),
            "SELECT (SELECT count(*) FROM papers),"
            " (SELECT count(*) FROM notes),"
            " count(*) FILTER (WHERE state = 0),"
            " count(*) FILTER (WHERE state = 2),"
            " count(*) FILTER (WHERE state = 1) FROM outbox",
            NULL, err);

    if (sqlite_query_next(&query))
        *counts = (struct store_counts){
                .papers = sqlite_query_number(&query, 0),
                .notes = sqlite_query_number(&query, 1),
                .outbox_due = sqlite_query_number(&query, 2),
                .outbox_parked = sqlite_query_number(&query, 3),
                .outbox_sent = sqlite_query_number(&query, 4),
        };
    return sqlite_query_close(&query);
}

static bool backup(struct store *base, const char *path, struct error *err)
{
    return backup_write(sqlite_of(base)->db, path, err);
}

/* --- opening and closing --- */

static void close_store(struct store *base)
{
    struct sqlite_store *store = sqlite_of(base);

    sqlite_query_forget_all(store);
    sqlite_search_forget(store);
    sqlite3_close(store->db);
    sqlite_lock_free(store);
    arena_finish(&store->arena);
    free(store);
}

static const struct store_ops sqlite_ops = {
        .kind = "sqlite",
        .close = close_store,
        .transact = transact,
        .lock = sqlite_lock_take,
        .is_locked = sqlite_lock_held,
        .paper_put = sqlite_paper_put,
        .paper_get = sqlite_paper_get,
        .note_put = sqlite_note_put,
        .notes_get = sqlite_note_list,
        .attempt_put = sqlite_note_attempt_put,
        .attempt_get = sqlite_note_attempt_get,
        .search = sqlite_search_find,
        .signal_put = sqlite_signal_put,
        .signals_get = sqlite_signal_list,
        .picture_put = sqlite_picture_put,
        .picture_get = sqlite_picture_get,
        .batch_put = sqlite_batch_put,
        .batch_list = sqlite_batch_list,
        .batch_paper_add = sqlite_batch_paper_add,
        .batch_papers = sqlite_batch_papers,
        .batch_seen = sqlite_batch_seen,
        .arrival = sqlite_batch_arrival,
        .channel_put = sqlite_channel_put,
        .channel_list = sqlite_channel_list,
        .channel_break = sqlite_channel_break,
        .channel_remove = sqlite_channel_remove,
        .channel_move = sqlite_channel_move,
        .channel_purge = sqlite_purge_channels,
        .setting_put = sqlite_setting_put,
        .setting_drop = sqlite_setting_drop,
        .setting_list = sqlite_setting_list,
        .revision = sqlite_setting_revision,
        .change_add = sqlite_setting_change_add,
        .change_list = sqlite_setting_change_list,
        .vote_put = sqlite_reader_vote_put,
        .vote_list = sqlite_reader_vote_list,
        .taste_put = sqlite_taste_put,
        .taste_get = sqlite_taste_get,
        .saved_put = sqlite_reader_saved_put,
        .saved_drop = sqlite_reader_saved_drop,
        .saved_list = sqlite_reader_saved_list,
        .saved_people = sqlite_reader_saved_people,
        .bookmark_put = sqlite_reader_bookmark_put,
        .bookmark_get = sqlite_reader_bookmark_get,
        .person_traces = sqlite_purge_traces,
        .person_forget = sqlite_purge_person,
        .draft_put = sqlite_draft_put,
        .draft_get = sqlite_draft_get,
        .inbox_add = sqlite_inbox_add,
        .inbox_list = sqlite_inbox_list,
        .inbox_drop = sqlite_inbox_drop,
        .inbox_prune = sqlite_inbox_prune,
        .prune = sqlite_purge_old,
        .covered_put = sqlite_channel_covered_put,
        .covered_list = sqlite_channel_covered_list,
        .posted_add = sqlite_channel_posted_add,
        .posted_get = sqlite_channel_posted_get,
        .edition_put = sqlite_edition_put,
        .edition_get = sqlite_edition_get,
        .edition_holds = sqlite_edition_holds,
        .edition_change = sqlite_edition_change,
        .edition_pending = sqlite_edition_pending,
        .edition_settle = sqlite_edition_settle,
        .occasion_record = sqlite_channel_occasion_record,
        .occasion_list = sqlite_channel_occasion_list,
        .outbox_add = sqlite_outbox_add,
        .outbox_claim = sqlite_outbox_claim,
        .outbox_release = sqlite_outbox_release,
        .outbox_attempt = sqlite_outbox_attempt,
        .outbox_settle = sqlite_outbox_settle,
        .outbox_retry = sqlite_outbox_retry,
        .outbox_end = sqlite_outbox_end,
        .outbox_hasten = sqlite_outbox_hasten,
        .outbox_next_ms = sqlite_outbox_next_ms,
        .outbox_list = sqlite_outbox_list,
        .outbox_find = sqlite_outbox_find,
        .outbox_unsent = sqlite_outbox_unsent,
        .value_put = value_put,
        .value_get = value_get,
        .counts = counts,
        .backup = backup,
};

static bool connect(struct sqlite_store *store, struct error *err)
{
    /* One thread a connection: whoever needs a second opens a second. */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
            SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

    if (sqlite3_open_v2(store->path, &store->db, flags, NULL) != SQLITE_OK)
        return sqlite_query_failure(store->db, store->path,
                "open (the folder must exist and be writable)", err);
    sqlite3_busy_timeout(store->db, BUSY_TIMEOUT_MS);
    return true;
}

/* WAL lets readers and one writer work at once. */
static bool use_wal(struct sqlite_store *store, struct error *err)
{
    struct arena arena = {0};
    const char *mode = "";
    struct sqlite_query query =
            sqlite_query_open(store, "PRAGMA journal_mode = WAL", NULL, err);

    if (sqlite_query_next(&query))
        mode = sqlite_query_text(&query, 0, &arena);
    bool done = sqlite_query_close(&query);
    if (done && strcmp(mode, "wal") != 0)
        done = error_set(err, ERROR_STOP,
                "%s: no write-ahead log there (journal mode %s); put the "
                "database on a local disk",
                store->path, mode);
    arena_finish(&arena);
    return done;
}

/* The switch to WAL does not wait for others who are opening the same new
 * database, but an exclusive transaction does. */
static bool use_wal_patiently(struct sqlite_store *store, struct error *err)
{
    struct error failure = {0};

    for (int tries = 0; tries < WAL_TRIES_MAX; tries++) {
        failure = (struct error){0};
        if (use_wal(store, &failure))
            return true;
        if (failure.kind != ERROR_RETRY)
            break;
        if (sqlite_query_run(store, "BEGIN EXCLUSIVE", NULL, NULL))
            roll_back(store);
    }
    if (err != NULL)
        *err = failure;
    return false;
}

/* FULL makes each commit outlive a power cut, which the outbox rests on.  In
 * SQLite's own 2 MB the digests of a morning do not fit: what a transaction
 * changes went to the log several times and was read again. */
static bool set_up(struct sqlite_store *store, struct error *err)
{
    return use_wal_patiently(store, err) &&
            sqlite_query_run(store, "PRAGMA synchronous = FULL", NULL, err) &&
            sqlite_query_run(store, "PRAGMA cache_size = -8000", NULL, err) &&
            sqlite_query_run(store, "PRAGMA foreign_keys = ON", NULL, err);
}

/* Drawn once; of two who make a database together the first one's stands. */
static bool name_instance(struct sqlite_store *store, struct error *err)
{
    struct arena arena = {0};
    char *known = NULL;
    char name[17];
    const uint64_t half = UINT64_C(1) << 32;

    bool done =
            value_get(&store->store, STORE_INSTANCE_KEY, &arena, &known, err);
    if (done && known == NULL) {
        snprintf(name, sizeof name, "%08" PRIx64 "%08" PRIx64,
                chance_system.below(chance_system.state, half),
                chance_system.below(chance_system.state, half));
        done = sqlite_query_run(store,
                "INSERT INTO small_values (key, value) VALUES (?1, ?2)"
                " ON CONFLICT (key) DO NOTHING",
                BINDS(bind_text(STORE_INSTANCE_KEY), bind_text(name)), err);
    }
    arena_finish(&arena);
    return done;
}

const char *sqlite_path_of(const char *url, struct error *err)
{
    const char *colon = strchr(url, ':');

    if (colon != NULL && colon[1] != '\0' && strcmp(colon + 1, ":memory:") != 0)
        return colon + 1;
    error_set(err, ERROR_INPUT,
            "store \"%s\": a path is missing, as in sqlite:paperboy.db", url);
    return NULL;
}

bool sqlite_exists(const char *url, bool *exists, struct error *err)
{
    const char *path = sqlite_path_of(url, err);

    *exists = path != NULL && access(path, F_OK) == 0;
    return path != NULL;
}

/* Logins are kept in there.  Never opened here where it exists: closing it again
 * would let go the locks of another connection of this process. */
static void make_private(const char *path)
{
    struct stat status;
    int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (file >= 0)
        close(file);
    else if (stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
            (status.st_mode & 077) != 0 && status.st_uid == geteuid())
        chmod(path, 0600);
}

static void make_files_private(struct sqlite_store *store)
{
    struct arena arena = {0};
    const char *log = arena_format(&arena, "%s-wal", store->path);

    make_private(store->path);
    if (access(log, F_OK) == 0)
        make_private(log);
    arena_finish(&arena);
}

struct store *sqlite_open(const char *url, struct error *err)
{
    const char *path = sqlite_path_of(url, err);

    if (path == NULL)
        return NULL;
    struct sqlite_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        error_set(err, ERROR_STOP, "%s: out of memory", path);
        return NULL;
    }
    store->store.ops = &sqlite_ops;
    store->lock = -1;
    store->path = arena_string(&store->arena, path);
    make_files_private(store);
    /* Looked at before anything is written: it may be somebody else's. */
    if (connect(store, err) && migrations_check(store->db, store->path, err) &&
            set_up(store, err) && migrations_run(store->db, store->path, err) &&
            sqlite_search_find_begin(store, err) &&
            sqlite_search_fill(store, err) && name_instance(store, err))
        return &store->store;
    close_store(&store->store);
    return NULL;
}
