/* What only a store on a disk can promise: restarts, crashes, other processes,
 * bad disks. */
#include "store/migrations.h"
#include "store/sqlite.h"
#include "tests/contract/sqlite_file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- restarts --- */

static void test_a_restart_keeps_everything(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    struct known_channel_list channels = {0};
    char *name = NULL;
    int64_t id = 0;

    assert_true(store_value_get(fixture->store, STORE_INSTANCE_KEY,
            &fixture->arena, &name, NULL));
    assert_true(store_value_put(fixture->store, "key", "值", NULL));
    assert_true(store_channel_put(fixture->store, "a", "r", "l", 1, &id, NULL));
    store_fixture_reopen(fixture);
    value_is(fixture->store, &fixture->arena, "key", "值");
    value_is(fixture->store, &fixture->arena, STORE_INSTANCE_KEY, name);
    assert_true(store_channel_list(fixture->store, &fixture->arena, &channels,
            NULL));
    assert_int_equal(channels.count, 1);
    assert_int_equal(channels.items[0].id, id);
    assert_false(exists(beside(state, ".backup-v1")));
}

static void test_commits_outlive_a_power_cut(void **state)
{
    struct sqlite_store *store = sqlite_of(store_of(state));
    const struct {
        const char *sql;
        int expected;
    } settings[] = {
            {"PRAGMA synchronous", 2}, /* FULL */
            {"PRAGMA foreign_keys", 1},
            {"PRAGMA busy_timeout", 5000},
            {"SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1},
            {"PRAGMA user_version", migrations_count},
    };

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        sqlite3_stmt *statement = NULL;
        assert_int_equal(sqlite3_prepare_v2(store->db, settings[i].sql, -1,
                                 &statement, NULL),
                SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(statement, 0),
                settings[i].expected);
        sqlite3_finalize(statement);
    }
}

/* --- crashes --- */

static bool put_and_die(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    if (store_value_put(store, "half", "done", err))
        _exit(9);
    return false;
}

static void test_a_crash_in_a_transaction_leaves_nothing(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    int status = 0;

    assert_true(store_value_put(fixture->store, "whole", "done", NULL));
    close_store(state);
    pid_t child = fork();
    if (child == 0) {
        store_transact(store_fixture_another(fixture), put_and_die, NULL, NULL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 9);
    fixture->store = store_fixture_another(fixture);
    value_is(fixture->store, &fixture->arena, "half", NULL);
    value_is(fixture->store, &fixture->arena, "whole", "done");
}

/* --- other processes --- */

static void test_a_second_daemon_is_refused_by_name(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    struct store *second = store_fixture_another(fixture);
    struct error err = {0};

    assert_true(store_lock(fixture->store, "pid 4711", NULL));
    assert_false(store_lock(second, "pid 4712", &err));
    assert_true(store_is_locked(fixture->store));
    assert_false(store_is_locked(second));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, "pid 4711"));
    assert_non_null(strstr(err.text, fixture->directory));
    close_store(state);
    assert_true(store_lock(second, "pid 4712", NULL));
    store_close(second);
}

static void test_a_lock_holds_under_another_name_of_the_file(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    const char *link_path = beside(state, ".link");
    struct error err = {0};

    assert_int_equal(symlink(fixture->path, link_path), 0);
    struct store *second = store_registry_open(arena_format(arena_of(state),
                                                       "sqlite:%s", link_path),
            &err);
    assert_non_null(second);
    assert_true(store_lock(fixture->store, "pid 1", NULL));
    assert_false(store_lock(second, "pid 2", &err));
    store_close(second);
}

static void test_a_lock_ends_with_its_process(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    struct error err = {0};
    int ready[2];
    char byte = 0;

    close_store(state);
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *store = store_fixture_another(fixture);
        if (store_lock(store, "the child", NULL) &&
                write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    fixture->store = store_fixture_another(fixture);
    assert_false(store_lock(fixture->store, "the parent", &err));
    assert_non_null(strstr(err.text, "the child"));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(store_lock(fixture->store, "the parent", NULL));
    close(ready[0]);
    close(ready[1]);
}

enum {
    CLAIMERS = 4,
    ROWS = 60
};

/* Claims until nothing is left; tells each id, one write an id. */
static void claim_all(const struct store_fixture *fixture, int out)
{
    struct store *store = store_fixture_another(fixture);
    struct arena arena = {0};
    struct outbox_list rows = {0};

    do {
        if (!store_outbox_claim(store, "one", 100, 9999, 3, &arena, &rows,
                    NULL))
            _exit(1);
        for (size_t i = 0; i < rows.count; i++)
            if (write(out, &rows.items[i].id, sizeof rows.items[i].id) < 0)
                _exit(1);
    } while (rows.count > 0);
    _exit(0);
}

static bool add_rows(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    struct arena arena = {0};
    int64_t id = 0;
    bool done = store_channel_put(store, "a", "r", "l", 1, &id, err);
    struct outbox_row row = {
            .channel_id = id,
            .account = "a",
            .room = "r",
            .delivery_key = "k",
            .payload = "p",
            .payload_bytes = 1,
    };

    for (int i = 0; done && i < ROWS; i++) {
        row.occasion = arena_format(&arena, "answer/%d", i);
        done = store_outbox_add(store, &row, &id, err);
    }
    arena_finish(&arena);
    return done;
}

static void test_many_claimers_never_get_the_same_row(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    int claimed[ROWS + 1] = {0};
    int told[2];
    int64_t id = 0;
    pid_t children[CLAIMERS];

    assert_true(store_transact(fixture->store, add_rows, NULL, NULL));
    close_store(state);
    assert_int_equal(pipe(told), 0);
    for (int i = 0; i < CLAIMERS; i++) {
        children[i] = fork();
        if (children[i] == 0)
            claim_all(fixture, told[1]);
    }
    close(told[1]);
    while (read(told[0], &id, sizeof id) == sizeof id) {
        assert_in_range(id, 1, ROWS);
        claimed[id]++;
    }
    close(told[0]);
    for (int i = 0; i < CLAIMERS; i++) {
        int status = 1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    for (int row = 1; row <= ROWS; row++)
        assert_int_equal(claimed[row], 1);
}

static void open_and_tell(const struct store_fixture *fixture, int out)
{
    struct store *store = store_fixture_another(fixture);
    struct arena arena = {0};
    char *name = NULL;

    if (!store_value_get(store, STORE_INSTANCE_KEY, &arena, &name, NULL) ||
            write(out, name, 16) != 16)
        _exit(1);
    _exit(0);
}

static void test_many_who_make_a_database_share_one(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    char first[17] = "", name[17] = "";
    int told[2];

    start_over(state);
    assert_int_equal(pipe(told), 0);
    for (int i = 0; i < CLAIMERS; i++)
        if (fork() == 0)
            open_and_tell(fixture, told[1]);
    for (int i = 0; i < CLAIMERS; i++) {
        int status = 1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
        assert_int_equal(read(told[0], name, 16), 16);
        if (i == 0)
            memcpy(first, name, sizeof first);
        assert_string_equal(name, first);
    }
    assert_false(exists(beside(state, ".backup-v1")));
    close(told[0]);
    close(told[1]);
}

static void test_a_busy_database_is_worth_another_try(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    struct store *second = store_fixture_another(fixture);
    struct error err = {0};

    sqlite3_busy_timeout(sqlite_of(second)->db, 1);
    assert_int_equal(sqlite3_exec(sqlite_of(fixture->store)->db,
                             "BEGIN IMMEDIATE", NULL, NULL, NULL),
            SQLITE_OK);
    assert_false(store_value_put(second, "key", "v", &err));
    assert_int_equal(err.kind, ERROR_RETRY);
    assert_non_null(strstr(err.text, fixture->path));
    err = (struct error){0};
    assert_false(store_transact(second, add_rows, NULL, &err));
    assert_int_equal(err.kind, ERROR_RETRY);
    store_close(second);
}

/* --- bad days --- */

static bool fill_the_disk(struct store *store, void *ctx, struct error *err)
{
    struct error full = {0};
    int *writes_after = ctx;
    char *long_value = calloc(1, 400001);

    memset(long_value, 'x', 400000);
    bool done = store_value_put(store, "long", long_value, &full);
    free(long_value);
    assert_false(done);
    assert_int_equal(full.kind, ERROR_STOP);
    assert_non_null(strstr(full.text, "full"));
    /* A step that goes on regardless must not half succeed. */
    *writes_after += store_value_put(store, "short", "v", NULL);
    (void)err;
    return true;
}

static void test_a_full_disk_stops_and_keeps_nothing_half(void **state)
{
    struct sqlite_store *sqlite = sqlite_of(store_of(state));
    struct error err = {0};
    int writes_after = 0;

    sqlite3_exec(sqlite->db, "PRAGMA max_page_count = 40", NULL, NULL, NULL);
    if (store_transact(store_of(state), fill_the_disk, &writes_after, &err)) {
        value_is(store_of(state), arena_of(state), "short", "v");
    } else {
        assert_int_equal(err.kind, ERROR_STOP);
        value_is(store_of(state), arena_of(state), "short", NULL);
    }
    value_is(store_of(state), arena_of(state), "long", NULL);
}

static bool lose_the_transaction(struct store *store, void *ctx,
        struct error *err)
{
    (void)ctx;
    (void)err;
    assert_true(store_value_put(store, "before", "v", NULL));
    sqlite3_exec(sqlite_of(store)->db, "ROLLBACK", NULL, NULL, NULL);
    assert_false(store_value_put(store, "after", "v", NULL));
    return true;
}

static void test_a_transaction_lost_midway_is_no_success(void **state)
{
    struct error err = {0};

    assert_false(store_transact(store_of(state), lose_the_transaction, NULL,
            &err));
    assert_int_equal(err.kind, ERROR_STOP);
    value_is(store_of(state), arena_of(state), "before", NULL);
    value_is(store_of(state), arena_of(state), "after", NULL);
    assert_true(store_value_put(store_of(state), "later", "v", NULL));
}

static void test_damage_is_said_with_the_path(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    char garbage[4096];
    struct error err = {0};
    struct store_counts counts;

    close_store(state);
    memset(garbage, 0xA5, sizeof garbage);
    int file = open(fixture->path, O_RDWR);
    off_t end = lseek(file, 0, SEEK_END);
    /* All but the first page, which says what is where. */
    for (off_t at = 4096; at < end; at += 4096)
        assert_int_equal(pwrite(file, garbage, sizeof garbage, at),
                sizeof garbage);
    close(file);
    struct store *store = store_registry_open(fixture->url, &err);
    if (store != NULL)
        assert_false(store_count(store, &counts, &err));
    store_close(store);
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, fixture->path));
}

static void test_only_its_owner_can_read_a_database(void **state)
{
    struct stat status;
    const char *const names[] = {fixture_of(state)->path,
            beside(state, "-wal")};

    assert_true(store_value_put(store_of(state), "secret", "v", NULL));
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            assert_int_equal(stat(names[i], &status), 0);
            assert_int_equal(status.st_mode & 0777, 0600);
        }
        close_store(state);
        assert_int_equal(chmod(names[0], 0644), 0);
        struct store *store = store_registry_open(fixture_of(state)->url, NULL);
        fixture_of(state)->store = store;
        assert_true(store_value_put(store, "secret", "v", NULL));
    }
}

/* --- a morning's work --- */

enum {
    VALUES = 1000, /* of 4 kB, as a page of the database: 4 MB */
    VALUE_BYTES = 4000,
};

static bool put_values(struct store *store, void *ctx, struct error *err)
{
    struct arena arena = {0};
    bool done = true;

    for (int i = 0; done && i < VALUES; i++)
        done = store_value_put(store, arena_format(&arena, "key-%d", i), ctx,
                err);
    arena_finish(&arena);
    return done;
}

/* SQLite counts the pages that did not fit in its cache before the commit. */
static void test_a_transaction_of_4_mb_is_written_once(void **state)
{
    char value[VALUE_BYTES + 1] = "";
    int spilled = -1, most;

    memset(value, 'x', VALUE_BYTES);
    assert_true(store_transact(store_of(state), put_values, value, NULL));
    assert_int_equal(sqlite3_db_status(sqlite_of(store_of(state))->db,
                             SQLITE_DBSTATUS_CACHE_SPILL, &spilled, &most, 0),
            SQLITE_OK);
    assert_int_equal(spilled, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            SQLITE_ONLY(test_only_its_owner_can_read_a_database),
            SQLITE_ONLY(test_a_restart_keeps_everything),
            SQLITE_ONLY(test_commits_outlive_a_power_cut),
            SQLITE_ONLY(test_a_crash_in_a_transaction_leaves_nothing),
            SQLITE_ONLY(test_a_second_daemon_is_refused_by_name),
            SQLITE_ONLY(test_a_lock_holds_under_another_name_of_the_file),
            SQLITE_ONLY(test_a_lock_ends_with_its_process),
            SQLITE_ONLY(test_many_claimers_never_get_the_same_row),
            SQLITE_ONLY(test_many_who_make_a_database_share_one),
            SQLITE_ONLY(test_a_busy_database_is_worth_another_try),
            SQLITE_ONLY(test_a_full_disk_stops_and_keeps_nothing_half),
            SQLITE_ONLY(test_a_transaction_lost_midway_is_no_success),
            SQLITE_ONLY(test_damage_is_said_with_the_path),
            SQLITE_ONLY(test_a_transaction_of_4_mb_is_written_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
