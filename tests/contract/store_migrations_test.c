/* Older, newer and foreign databases. */
#include "store/migrations.h"
#include "tests/contract/sqlite_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- not ours --- */

static void test_what_is_no_database_is_refused(void **state)
{
    start_over(state);
    FILE *file = fopen(fixture_of(state)->path, "w");
    assert_non_null(file);
    for (int i = 0; i < 200; i++)
        fputs("a shopping list, not a database\n", file);
    fclose(file);
    struct error err = refusal(state);
    assert_non_null(strstr(err.text, "not a database"));
}

static void test_another_programs_database_is_left_alone(void **state)
{
    start_over(state);
    run_sql(fixture_of(state)->path, "CREATE TABLE bookmarks (url TEXT)");
    struct error err = refusal(state);
    assert_non_null(strstr(err.text, "another program"));
    assert_int_equal(number_in(fixture_of(state)->path,
                             "SELECT count(*) FROM sqlite_schema"),
            1);
    assert_int_equal(number_in(fixture_of(state)->path,
                             "SELECT journal_mode = 'delete'"
                             " FROM pragma_journal_mode"),
            1);
}

static void test_a_folder_that_is_not_there_is_named(void **state)
{
    struct error err = {0};

    assert_null(store_registry_open(arena_format(arena_of(state),
                                            "sqlite:%s/none/t.db",
                                            fixture_of(state)->directory),
            &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, "none/t.db"));
    assert_non_null(strstr(err.text, "folder"));
}

/* --- migrations --- */

static void make_version_1(void **state)
{
    start_over(state);
    run_sql(fixture_of(state)->path, migrations_steps[0]);
    run_sql(fixture_of(state)->path,
            "INSERT INTO small_values VALUES ('key', 'old'),"
            " ('instance', '0123456789abcdef')");
}

static void test_an_older_database_is_migrated_behind_a_backup(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    const char *backup = beside(state, ".backup-v1");
    int64_t id = 0;

    make_version_1(state);
    fixture->store = store_fixture_another(fixture);
    value_is(fixture->store, &fixture->arena, "key", "old");
    value_is(fixture->store, &fixture->arena, STORE_INSTANCE_KEY,
            "0123456789abcdef");
    assert_true(store_channel_put(fixture->store, "a", "r", "l", 1, &id, NULL));
    assert_int_equal(number_in(fixture->path, "PRAGMA user_version"),
            migrations_count);
    assert_int_equal(number_in(backup, "PRAGMA user_version"), 1);
    assert_int_equal(number_in(backup, "SELECT count(*) FROM small_values"), 2);
    assert_false(exists(beside(state, ".backup-v1-wal")));
}

static void test_a_backup_overwrites_nothing(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    struct stat found = {0};

    make_version_1(state);
    int file = open(beside(state, ".backup-v1"), O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(file, "mine", 4), 4);
    close(file);
    fixture->store = store_fixture_another(fixture);
    assert_int_equal(stat(beside(state, ".backup-v1"), &found), 0);
    assert_int_equal(found.st_size, 4);
    assert_int_equal(number_in(beside(state, ".backup-v1-2"),
                             "PRAGMA user_version"),
            1);
}

static void test_a_step_that_fails_leaves_the_old_schema(void **state)
{
    make_version_1(state);
    run_sql(fixture_of(state)->path, "CREATE TABLE occasions (in_the_way)");
    struct error err = refusal(state);
    assert_non_null(strstr(err.text, "schema step 2"));
    assert_int_equal(number_in(fixture_of(state)->path, "PRAGMA user_version"),
            1);
    /* "channels" comes before "occasions" in that step. */
    assert_int_equal(number_in(fixture_of(state)->path,
                             "SELECT count(*) FROM sqlite_schema"
                             " WHERE name = 'channels'"),
            0);
}

static void test_a_newer_database_is_refused(void **state)
{
    close_store(state);
    run_sql(fixture_of(state)->path, "PRAGMA user_version = 99");
    struct error err = refusal(state);
    assert_non_null(strstr(err.text, "99"));
    assert_non_null(strstr(err.text, "newer"));
    assert_false(exists(beside(state, ".backup-v99")));
}

static void test_each_step_leaves_its_number(void **state)
{
    start_over(state);
    for (int step = 1; step <= migrations_count; step++) {
        run_sql(fixture_of(state)->path, migrations_steps[step - 1]);
        assert_int_equal(number_in(fixture_of(state)->path,
                                 "PRAGMA user_version"),
                step);
    }
}

enum {
    OLD_PAPERS = 1203 /* more than two chunks of them */
};

/* A database of before there was an index, with papers and one note. */
static void make_version_4(void **state)
{
    start_over(state);
    for (int step = 1; step <= 4; step++)
        run_sql(fixture_of(state)->path, migrations_steps[step - 1]);
    run_sql(fixture_of(state)->path,
            arena_format(arena_of(state),
                    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL"
                    "  SELECT i + 1 FROM n WHERE i < %d)"
                    "INSERT INTO papers SELECT i, format('2601.%%05d', i), 1,"
                    "  'On looms ' || i, 'weaving', 0, 0, '', '', '', '', 0, 0,"
                    "  0, 0, 0 FROM n;"
                    "INSERT INTO notes VALUES"
                    "  ('2601.00007', 'zh', '织机', '', '', 'file', 0);",
                    (int)OLD_PAPERS));
}

static void finds(void **state, const char *word, const char *id, size_t total)
{
    struct search_term term = {SEARCH_WORD, word, false};
    struct search_query query = {.terms = &term, .count = 1, .limit = 1};
    struct search_result result;

    assert_true(store_search(fixture_of(state)->store, &query, arena_of(state),
            &result, NULL));
    assert_int_equal(result.total, total);
    if (total > 0)
        assert_string_equal(result.ids[0], id);
}

static void test_papers_of_before_the_index_are_found(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    struct paper paper = paper_named("2601.00007", "On spindles");

    make_version_4(state);
    fixture->store = store_fixture_another(fixture);
    finds(state, "looms", "2601.01203", SEARCH_TOTAL_MAX);
    finds(state, "7", "2601.00007", 1);
    finds(state, "织机", "2601.00007", 1);
    put_paper(fixture->store, &paper);
    finds(state, "7", "", 0);
    finds(state, "spindles", "2601.00007", 1);
}

static void test_an_index_of_other_rules_is_made_anew(void **state)
{
    struct store_fixture *fixture = fixture_of(state);

    make_version_4(state);
    fixture->store = store_fixture_another(fixture);
    close_store(state);
    run_sql(fixture->path,
            "INSERT INTO search (rowid, text) VALUES (5, ' other ');"
            "UPDATE small_values SET value = '0' WHERE key = 'search_rules'");
    fixture->store = store_fixture_another(fixture);
    finds(state, "other", "", 0);
    finds(state, "7", "2601.00007", 1);
    finds(state, "weaving", "2601.01203", SEARCH_TOTAL_MAX);
}

/* A database of before there were commands: a channel with two messages. */
static void make_version_6(void **state)
{
    start_over(state);
    for (int step = 1; step <= 6; step++)
        run_sql(fixture_of(state)->path, migrations_steps[step - 1]);
    run_sql(fixture_of(state)->path,
            "INSERT INTO channels VALUES (3, 'home', 'a', 'team', 1000, '');"
            "INSERT INTO outbox (id, channel_id, account, room, occasion, part,"
            "  delivery_key, verb, payload, reply_to, expires_ms, state,"
            "  next_try_ms, attempts, attempted, receipt, complaint,"
            "  created_ms, settled_ms) VALUES"
            "  (5, 3, 'home', 'a', 'digest/1', 0, 'k', 0, x'68', NULL, 0, 1, 0,"
            "   1, 0, '$1', '', 1000, 2000),"
            "  (6, 3, 'home', 'a', 'digest/1', 1, 'l', 0, x'69', 5, 0, 0, 0, 0,"
            "   0, '', '', 1000, 0);");
}

static void test_channels_of_before_the_commands_go_on(void **state)
{
    struct store_fixture *fixture = fixture_of(state);
    const struct channel_setting setting = {.key = "style",
            .value = "full",
            .person = "@a:x"};
    struct known_channel_list channels;
    struct outbox_list rows;
    int64_t revision = -1;

    make_version_6(state);
    fixture->store = store_fixture_another(fixture);
    assert_true(exists(beside(state, ".backup-v6")));
    assert_true(store_channel_list(fixture->store, &fixture->arena, &channels,
            NULL));
    assert_int_equal(channels.count, 1);
    assert_int_equal(channels.items[0].removed_ms, 0);
    assert_true(store_revision(fixture->store, &revision, NULL));
    assert_int_equal(revision, 0);
    assert_true(store_setting_put(fixture->store, 3, &setting, NULL));
    assert_true(store_outbox_claim(fixture->store, "me", 3000, 9000, 5,
            &fixture->arena, &rows, NULL));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].id, 6);
    assert_string_equal(rows.items[0].target, "$1");
    assert_string_equal(rows.items[0].reply, "");
    assert_string_equal(rows.items[0].person, "");
    assert_int_equal(rows.items[0].payload_bytes, 1);
    assert_string_equal(rows.items[0].payload, "i");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            SQLITE_ONLY(test_what_is_no_database_is_refused),
            SQLITE_ONLY(test_another_programs_database_is_left_alone),
            SQLITE_ONLY(test_a_folder_that_is_not_there_is_named),
            SQLITE_ONLY(test_an_older_database_is_migrated_behind_a_backup),
            SQLITE_ONLY(test_a_backup_overwrites_nothing),
            SQLITE_ONLY(test_a_step_that_fails_leaves_the_old_schema),
            SQLITE_ONLY(test_a_newer_database_is_refused),
            SQLITE_ONLY(test_each_step_leaves_its_number),
            SQLITE_ONLY(test_papers_of_before_the_index_are_found),
            SQLITE_ONLY(test_an_index_of_other_rules_is_made_anew),
            SQLITE_ONLY(test_channels_of_before_the_commands_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
