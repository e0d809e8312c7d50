/* backup, restore, outbox and log. */
#include "tests/unit/program_stage.h"

#include <unistd.h>

static const char *url(struct stage *stage)
{
    return arena_format(&stage->arena, "sqlite:%s/p.db", stage->folder);
}

static struct store *open_store(struct stage *stage)
{
    struct error err = {0};
    struct store *store = store_registry_open(url(stage), &err);
    if (store == NULL)
        fail_msg("%s", err.text);
    return store;
}

static cJSON *json_of(struct stage *stage)
{
    cJSON *json = cJSON_Parse(stage->out);
    if (json == NULL)
        fail_msg("%s", stage->out);
    return json;
}

/* --- backup and restore --- */

static void test_a_backup_comes_back(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    const char *copy = in_folder(stage, "copy.db");
    assert_int_equal(call(CONFIGURED(stage, "backup"), copy, NULL), 0);
    assert_string_equal(stage->out,
            "DIR/copy.db: 2 papers, 0 notes, 0 messages to be sent; checked\n");
    assert_int_equal(unlink(in_folder(stage, "p.db")), 0);
    assert_int_equal(call(CONFIGURED(stage, "restore"), copy, NULL), 0);
    assert_string_equal(stage->out, "restored: 2 papers, 0 notes\n");
    assert_int_equal(call(CONFIGURED(stage, "restore"), copy, "--json", NULL),
            0);
    cJSON *json = json_of(stage);
    assert_string_equal(cJSON_GetObjectItem(json, "replaced")->valuestring,
            "DIR/p.db.replaced");
    cJSON_Delete(json);
    assert_int_equal(call(CONFIGURED(stage, "backup"), copy, NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: DIR/copy.db is there already; give a name that is "
            "free\n");
}

static void test_a_restore_says_what_waits_in_the_backup(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->product.fail_next = 100;
    stage->product.fail_kind = ERROR_RETRY;
    call(CONFIGURED(stage, "post"), "--channel", "team", NULL);
    assert_int_equal(call(CONFIGURED(stage, "backup"),
                             in_folder(stage, "copy.db"), NULL),
            0);
    assert_int_equal(call(CONFIGURED(stage, "restore"),
                             in_folder(stage, "copy.db"), NULL),
            0);
    assert_string_equal(stage->out,
            "restored: 2 papers, 0 notes\n"
            "what was there is kept as DIR/p.db.replaced\n"
            "1 messages wait in it and may have been sent since it was made;\n"
            "before \"paperboy run\" look at \"paperboy outbox list\"\n");
}

static void test_a_running_daemon_keeps_its_database(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    const char *copy = in_folder(stage, "copy.db");
    struct store *daemon = open_store(stage);
    assert_true(store_lock(daemon, "pid 7", NULL));
    assert_int_equal(call(CONFIGURED(stage, "backup"), copy, NULL), 0);
    assert_int_equal(call(CONFIGURED(stage, "restore"), copy, NULL), 1);
    assert_non_null(strstr(stage->err, "pid 7"));
    store_close(daemon);
}

/* --- outbox --- */

/* Leaves one parked message, number 1. */
static void park_one(struct stage *stage)
{
    take_in_the_day(stage);
    stage->product.fail_next = 1;
    stage->product.fail_kind = ERROR_REJECTED;
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            1);
}

static void test_an_empty_outbox_says_so(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), NULL), 0);
    assert_string_equal(stage->out, "nothing waits, nothing is parked\n");
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "--json", NULL), 0);
    assert_string_equal(stage->out, "");
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "list", "--all", NULL),
            0);
    assert_string_equal(stage->out, "nothing was ever to be sent\n");
}

static void test_a_parked_message_is_shown_with_its_reason(void **state)
{
    struct stage *stage = *state;
    park_one(stage);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "list", NULL), 0);
    assert_string_equal(stage->out,
            "1  team, post/2026-11-24/1, part 1\n"
            "    parked, tried 1 time\n"
            "    the product said no\n");
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "--json", NULL), 0);
    cJSON *json = json_of(stage);
    assert_int_equal(cJSON_GetObjectItem(json, "id")->valueint, 1);
    assert_string_equal(cJSON_GetObjectItem(json, "state")->valuestring,
            "parked");
    cJSON_Delete(json);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "--channel", "teem",
                             NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: nothing was ever for a channel \"teem\"; did you mean "
            "team?\n");
}

static void test_what_is_retried_is_sent_by_the_next_daemon(void **state)
{
    struct stage *stage = *state;
    park_one(stage);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "retry", "1", NULL), 0);
    assert_string_equal(stage->out, "1: \"paperboy run\" sends it\n");
    stage->ends_ms = stage->time.ms + 60000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_int_equal(stage->product.shown_count, 1);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), NULL), 0);
    assert_string_equal(stage->out, "nothing waits, nothing is parked\n");
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "retry", "1", NULL), 1);
    assert_string_equal(stage->err, "paperboy: 1: it is sent already\n");
}

static void test_old_news_is_not_retried(void **state)
{
    struct stage *stage = *state;
    park_one(stage);
    stage->time.ms += INT64_C(50) * 3600 * 1000;
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "retry", "1", NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: 1: it was news until Thu 2026-11-26 19:00; \"paperboy "
            "post --channel team\" posts what is new now\n");
}

static void test_what_is_dropped_keeps_who_and_why(void **state)
{
    struct stage *stage = *state;
    park_one(stage);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "drop", "1", "--why",
                             "the room\nis closed", NULL),
            0);
    assert_string_equal(stage->out, "1: will not be sent\n");
    assert_int_equal(call(CONFIGURED(stage, "outbox"), NULL), 0);
    assert_string_equal(stage->out, "nothing waits, nothing is parked\n");
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "--all", NULL), 0);
    assert_string_equal(stage->out,
            "1  team, post/2026-11-24/1, part 1\n"
            "    given up Tue 2026-11-24 19:00\n"
            "    dropped by hand: the room is closed\n");
}

static void test_each_wrong_id_is_named_and_costs_no_other(void **state)
{
    struct stage *stage = *state;
    park_one(stage);
    assert_int_equal(call(CONFIGURED(stage, "outbox"), "drop", "x", "7", "1",
                             NULL),
            1);
    assert_string_equal(stage->out, "1: will not be sent\n");
    assert_string_equal(stage->err,
            "paperboy: x: no id; expected a number of \"outbox list\"\n"
            "paperboy: 7: there is no such message; \"paperboy outbox list\" "
            "shows those there are\n");
}

/* --- log --- */

static void test_the_log_tells_how_each_occasion_ended(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    make_store(stage);
    assert_int_equal(call(CONFIGURED(stage, "log"), NULL), 0);
    assert_string_equal(stage->out, "nothing yet\n");
    park_one(stage);
    stage->ends_ms = wednesday_hour_ms + 60000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_int_equal(call(CONFIGURED(stage, "log"), NULL), 0);
    assert_string_equal(stage->out,
            "Tue 2026-11-24 19:00  team  post/2026-11-24/1: 0 of 1 message "
            "sent\n"
            "    1 parked, see \"paperboy outbox\"\n"
            "    the product said no\n"
            "Wed 2026-11-25 13:30  team  digest/2026-11-25: nothing new, "
            "nothing said\n");
    assert_int_equal(call(CONFIGURED(stage, "log"), "-n", "1", "--json",
                             "--channel", "team", NULL),
            0);
    cJSON *json = json_of(stage);
    assert_string_equal(cJSON_GetObjectItem(json, "outcome")->valuestring,
            "silent");
    cJSON_Delete(json);
}

static void test_wrong_use_of_the_upkeep_commands_is_named(void **state)
{
    static const struct {
        const char *words[4], *err;
    } wrong[] = {
            {{"backup"}, "backup: say where to: paperboy backup FILE"},
            {{"restore"}, "restore: say what: paperboy restore FILE"},
            {{"backup", "a", "b"}, "backup: \"b\" is one word too many"},
            {{"outbox", "retry"},
                    "outbox: say which: paperboy outbox retry ID"},
            {{"outbox", "list", "1"}, "outbox: \"1\" is one word too many"},
            {{"outbox", "show"},
                    "outbox: \"show\" is no action; there are: list, retry ID, "
                    "drop ID"},
            {{"log", "-n"}, "log: -n needs a value: -n N"},
            {{"log", "-n", "0"},
                    "log: -n \"0\" is no number; expected such as 20"},
            {{"log", "-x"}, "log: there is no option -x; did you mean -n?"},
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *const *words = wrong[i].words;
        assert_int_equal(call(stage, words[0], words[1], words[2], words[3],
                                 NULL),
                2);
        assert_string_equal(stage->err,
                arena_format(&stage->arena,
                        "paperboy %s\nTry: paperboy %s --help\n", wrong[i].err,
                        words[0]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_a_backup_comes_back),
            TEST(test_a_restore_says_what_waits_in_the_backup),
            TEST(test_a_running_daemon_keeps_its_database),
            TEST(test_an_empty_outbox_says_so),
            TEST(test_a_parked_message_is_shown_with_its_reason),
            TEST(test_what_is_retried_is_sent_by_the_next_daemon),
            TEST(test_old_news_is_not_retried),
            TEST(test_what_is_dropped_keeps_who_and_why),
            TEST(test_each_wrong_id_is_named_and_costs_no_other),
            TEST(test_the_log_tells_how_each_occasion_ended),
            TEST(test_wrong_use_of_the_upkeep_commands_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
