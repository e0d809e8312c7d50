#include "store/registry.h"
#include "tests/contract/every_store.h"
#include "tests/contract/sqlite_file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct civil_date tuesday = {2026, 11, 24};

static int64_t add_row(struct store *store, int64_t channel, unsigned part)
{
    const struct outbox_row row = {.channel_id = channel,
            .account = "home",
            .room = "room",
            .occasion = "digest/2026-11-24",
            .part = part,
            .delivery_key = "key",
            .payload = "hello",
            .payload_bytes = 5};
    int64_t id = 0;
    assert_true(store_outbox_add(store, &row, &id, NULL));
    return id;
}

/* --- what waits --- */

static void test_what_was_sent_or_dropped_is_not_unsent(void **state)
{
    struct store *store = store_of(state);
    int64_t team = put_channel(store, "team"), other = put_channel(store, "o");
    int64_t waits = add_row(store, team, 0), parked = add_row(store, team, 1);
    int64_t sent = add_row(store, team, 2), dropped = add_row(store, team, 3);
    int64_t elsewhere = add_row(store, other, 0);
    struct outbox_list rows;
    assert_true(store_outbox_end(store, parked, OUTBOX_PARKED, "no", 2000,
            NULL));
    assert_true(store_outbox_settle(store, sent, "ok", 2000, NULL));
    assert_true(store_outbox_end(store, dropped, OUTBOX_EXPIRED, "by hand",
            2000, NULL));
    assert_true(store_outbox_unsent(store, team, arena_of(state), &rows, NULL));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.items[0].id, waits);
    assert_int_equal(rows.items[1].id, parked);
    assert_string_equal(rows.items[1].complaint, "no");
    assert_true(store_outbox_unsent(store, 0, arena_of(state), &rows, NULL));
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.items[2].id, elsewhere);
}

/* --- backup --- */

static void test_memory_keeps_nothing_to_back_up(void **state)
{
    struct error err = {0};
    const char *aside;
    assert_false(store_backup(store_of(state), "/tmp/never", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "memory"));
    assert_false(exists("/tmp/never"));
    assert_false(store_registry_restore("memory:", "/tmp/never", "pid 1",
            arena_of(state), &aside, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
}

static void test_a_backup_is_a_whole_store_of_its_owner_alone(void **state)
{
    struct store *store = store_of(state);
    const char *path = beside(state, ".copy");
    struct error err = {0};
    struct stat info;
    put_named(store, "2611.00001");
    file_paper(store, "cs.LG", tuesday, "2611.00001", ANNOUNCE_NEW);
    if (!store_backup(store, path, &err))
        fail_msg("%s", err.text);
    put_named(store, "2611.00002"); /* later: not in it */
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_false(exists(beside(state, ".copy-wal")));
    struct store *copy = store_registry_open(arena_format(arena_of(state),
                                                     "sqlite:%s", path),
            &err);
    assert_non_null(copy);
    struct store_counts counts;
    assert_true(store_count(copy, &counts, NULL));
    assert_int_equal(counts.papers, 1);
    store_close(copy);
}

static void test_a_backup_overwrites_nothing(void **state)
{
    const char *path = beside(state, ".copy");
    struct error err = {0};
    assert_true(store_backup(store_of(state), path, NULL));
    assert_false(store_backup(store_of(state), path, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "is there already"));
    assert_false(store_backup(store_of(state), "/nowhere/copy", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "/nowhere/copy: cannot write"));
}

/* --- restore --- */

static bool restore(void **state, const char *from, const char **aside,
        struct error *err)
{
    return store_registry_restore(fixture_of(state)->url, from, "pid 1",
            arena_of(state), aside, err);
}

static void holds(void **state, const char *path, int64_t papers)
{
    struct error err = {0};
    struct store *store = store_registry_open(arena_format(arena_of(state),
                                                      "sqlite:%s", path),
            &err);
    if (store == NULL)
        fail_msg("%s", err.text);
    struct store_counts counts;
    assert_true(store_count(store, &counts, NULL));
    assert_int_equal(counts.papers, papers);
    store_close(store);
}

static const char *backed_up(void **state)
{
    const char *path = beside(state, ".copy");
    put_named(store_of(state), "2611.00001");
    assert_true(store_backup(store_of(state), path, NULL));
    return path;
}

static void test_what_is_replaced_is_kept_with_its_log(void **state)
{
    const char *path = backed_up(state), *aside = NULL;
    struct error err = {0};
    /* Its last writes lie in the write-ahead log, as after a kill. */
    put_named(store_of(state), "2611.00002");
    assert_true(exists(beside(state, "-wal")));
    if (!restore(state, path, &aside, &err))
        fail_msg("%s", err.text);
    assert_string_equal(aside, beside(state, ".replaced"));
    assert_false(exists(beside(state, "-wal")));
    holds(state, fixture_of(state)->path, 1);
    store_fixture_reopen(fixture_of(state));
    close_store(state);
    holds(state, aside, 2);
    assert_true(restore(state, path, &aside, &err));
    assert_string_equal(aside, beside(state, ".replaced-2"));
}

static void test_a_daemons_database_is_not_replaced(void **state)
{
    const char *path = backed_up(state), *aside = NULL;
    struct error err = {0};
    put_named(store_of(state), "2611.00002");
    assert_true(store_lock(store_of(state), "pid 4711", NULL));
    assert_false(restore(state, path, &aside, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, "pid 4711"));
    close_store(state);
    holds(state, fixture_of(state)->path, 2);
}

static void write_junk(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        fputs("this is no database ", file);
    fclose(file);
}

static void refused(void **state, const char *from, const char *why)
{
    const char *aside = NULL;
    struct error err = {0};
    assert_false(restore(state, from, &aside, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.text, why) == NULL)
        fail_msg("%s", err.text);
    assert_false(exists(beside(state, ".replaced")));
    assert_false(exists(beside(state, ".restoring")));
    holds(state, fixture_of(state)->path, 1);
}

static void test_only_a_sound_backup_is_restored(void **state)
{
    const char *path = backed_up(state);
    close_store(state);
    const char *junk = beside(state, ".junk"), *cut = beside(state, ".cut");
    const char *empty = beside(state, ".empty"), *alien = beside(state, ".a");
    write_junk(junk);
    refused(state, junk, "not a database");
    fclose(fopen(empty, "w"));
    refused(state, empty, "empty file");
    run_sql(alien, "CREATE TABLE t (x); PRAGMA user_version = 3");
    refused(state, alien, "another program");
    refused(state, beside(state, ".nowhere"), "unable to open");
    refused(state, fixture_of(state)->path, "the database itself");
    holds(state, path, 1);
    assert_int_equal(rename(path, cut), 0);
    assert_int_equal(truncate(cut, 8192), 0);
    refused(state, cut, cut);
}

static void test_a_damaged_or_lost_database_is_restored(void **state)
{
    const char *path = backed_up(state), *aside = NULL;
    struct error err = {0};
    close_store(state);
    write_junk(fixture_of(state)->path);
    assert_true(restore(state, path, &aside, &err));
    assert_true(exists(aside));
    holds(state, fixture_of(state)->path, 1);
    unlink(fixture_of(state)->path);
    assert_true(restore(state, path, &aside, &err));
    assert_string_equal(aside, "");
    holds(state, fixture_of(state)->path, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_what_was_sent_or_dropped_is_not_unsent),
            {"memory: test_memory_keeps_nothing_to_back_up",
                    test_memory_keeps_nothing_to_back_up, every_store_memory,
                    every_store_close, NULL},
            SQLITE_ONLY(test_a_backup_is_a_whole_store_of_its_owner_alone),
            SQLITE_ONLY(test_a_backup_overwrites_nothing),
            SQLITE_ONLY(test_what_is_replaced_is_kept_with_its_log),
            SQLITE_ONLY(test_a_daemons_database_is_not_replaced),
            SQLITE_ONLY(test_only_a_sound_backup_is_restored),
            SQLITE_ONLY(test_a_damaged_or_lost_database_is_restored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
