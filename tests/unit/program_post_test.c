/* paperboy post, status and check. */

#include "tests/unit/program_stage.h"

#include "bot/base/log.h"
#include "tests/support/paper_file.h"

#include <unistd.h>

static void test_post_sends_once_and_says_so(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_string_equal(stage->err, "");
    assert_string_equal(stage->out, "posted 2 papers to team in 1 message\n");
    assert_int_equal(stage->product.shown_count, 1);
    assert_string_equal(stage->product.shown[0].occasion, "post/2026-11-24/1");
    assert_true(fake_account_count(&stage->product, NULL, "2611.00001") > 0);

    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_int_equal(stage->product.shown_count, 1);
    assert_true(text_starts(stage->err, "paperboy: nothing new for team;"));
}

static void test_a_dry_run_shows_and_sends_nothing(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team",
                             "--dry-run", NULL),
            0);
    assert_non_null(strstr(stage->out, "Small models, long talks"));
    assert_string_equal(stage->err,
            "paperboy: 2 of 2 papers for team; nothing was sent (--dry-run)\n");
    assert_int_equal(stage->product.asked, 0);
    assert_int_equal(call(CONFIGURED(stage, "digest"), "--channel", "team",
                             NULL),
            0);
    assert_non_null(strstr(stage->out, "Small models, long talks"));
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team",
                             "--json", NULL),
            0);
    assert_string_equal(stage->out,
            "{\"channel\":\"team\",\"occasion\":\"post/2026-11-24/1\","
            "\"papers\":2,\"candidates\":2,\"sent\":1,\"parked\":0,"
            "\"waiting\":0,\"complaint\":\"\"}\n");
}

static void test_a_refused_post_fails_with_the_reason(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->product.fail_next = 1;
    stage->product.fail_kind = ERROR_STOP;
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            1);
    assert_string_equal(stage->out, "");
    assert_true(text_starts(stage->err,
            "paperboy: team: 1 message not taken: "));
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out, "\n  BROKEN: "));
    assert_non_null(strstr(stage->out,
            "messages: 0 to be sent, 0 sent, 1 parked\n"));
}

static void test_a_post_that_finds_nobody_is_left_in_the_outbox(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->product.fail_next = 100;
    stage->product.fail_kind = ERROR_RETRY;
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            1);
    assert_true(text_starts(stage->err,
            "paperboy: team: 1 message not sent yet: "));
    assert_true(stage->product.asked > 2);
    assert_true(stage->time.ms - tuesday_ms < 300000);
}

static void test_a_running_daemon_is_left_to_send(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    struct error err;
    struct store *daemon =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s/p.db",
                                        stage->folder),
                    &err);
    assert_non_null(daemon);
    assert_true(store_lock(daemon, "pid 7", &err));
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_string_equal(stage->out,
            "2 papers for team; the paperboy that is running sends them\n");
    assert_int_equal(stage->product.asked, 0);
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 1);
    assert_non_null(strstr(stage->err, "pid 7"));
    write_network_ini(stage);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), NULL), 1);
    assert_non_null(strstr(stage->err, "; it fetches by itself"));
    assert_int_equal(stage->feeds.asked, 0);
    store_close(daemon);
}

static void test_status_tells_what_was_and_what_comes(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_string_equal(stage->out,
            "channel team: no digest yet, next Wed 2026-11-25 13:30 "
            "Asia/Shanghai\n"
            "cs.RO: 2026-11-24 announced: 1 new, 0 cross-listed, 0 replaced\n"
            "cs.CL: 2026-11-24 announced: 1 new, 0 cross-listed, 0 replaced\n"
            "papers: 2, notes: 0\n"
            "messages: 0 to be sent, 0 sent, 0 parked\n");
    assert_int_equal(call(CONFIGURED(stage, "status"), "--json", NULL), 0);
    cJSON *json = cJSON_Parse(stage->out);
    assert_int_equal(cJSON_GetObjectItem(json, "papers")->valueint, 2);
    cJSON_Delete(json);
}

static void test_status_of_a_fresh_start_says_how_to_go_on(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    make_store(stage);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_string_equal(stage->out,
            "channel team: no digest yet, next Wed 2026-11-25 13:30 "
            "Asia/Shanghai\n"
            "cs.RO: nothing fetched yet\n"
            "cs.CL: nothing fetched yet\n"
            "papers: 0, notes: 0\n"
            "messages: 0 to be sent, 0 sent, 0 parked\n"
            "No papers yet: \"paperboy run\" fetches and posts them, "
            "\"paperboy fetch\" only fetches.\n");
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_true(text_starts(stage->out,
            "channel team: no digest yet, a post 2026-11-24, next Wed "));
}

/* Each of those that only look. */
static void test_who_only_looks_makes_no_database(void **state)
{
    struct stage *stage = *state;
    static const char *const words[][4] = {{"status"}, {"log"}, {"outbox"},
            {"outbox", "retry", "1"}, {"search", "robots"}, {"backup", "b.db"},
            {"explain", "2611.00001", "--channel", "team"},
            {"digest", "--channel", "team"}};
    write_file(stage, "paperboy.ini", ini);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *const *word = words[i];
        assert_int_equal(call(CONFIGURED(stage, word[0]), word[1], word[2],
                                 word[3], NULL),
                1);
        assert_string_equal(stage->out, "");
        assert_string_equal(stage->err,
                "paperboy: there is no database at sqlite:DIR/p.db yet; "
                "\"paperboy run\" makes it and posts every day, or --store "
                "names another\n");
        assert_int_not_equal(access(in_folder(stage, "p.db"), F_OK), 0);
    }
    assert_int_equal(call(stage, "status", "--store",
                             arena_format(&stage->arena, "sqlite:%s",
                                     in_folder(stage, "none.db")),
                             NULL),
            1);
    assert_non_null(strstr(stage->err, "\"paperboy init\" sets everything up"));
    assert_int_not_equal(access(in_folder(stage, "none.db"), F_OK), 0);
}

static void test_titles_are_shown_as_they_are_read(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    const char *path = write_file(stage, "papers",
            "{\"id\":\"2611.00001\",\"title\":\"Sums of $n^2$ by P\\\\'olya\","
            "\"authors\":[\"A\"],\"categories\":[\"cs.RO\"],"
            "\"abstract\":\"None.\"}\n");
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--from", path, NULL), 0);
    assert_int_equal(call(stage, "rank", "--from", path, NULL), 0);
    assert_non_null(strstr(stage->out, " 2611.00001 Sums of n² by Pólya\n"));
    assert_int_equal(call(CONFIGURED(stage, "explain"), "2611.00001",
                             "--channel", "team", NULL),
            0);
    assert_true(text_starts(stage->out, "2611.00001 Sums of n² by Pólya\n"));
}

static void test_a_store_that_fails_is_named_once(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "status", "--store", "foo.db", NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: store address \"foo.db\": of no known kind; known are "
            "sqlite:PATH and memory:\n");
}

static void test_check_says_what_it_would_do(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "check"), "--offline", NULL), 0);
    assert_string_equal(stage->out,
            "DIR/paperboy.ini: ok\n"
            "store   sqlite:DIR/p.db\n"
            "source  none: papers come with \"paperboy fetch --from\" only\n"
            "channel team\n"
            "  where  fake\n"
            "  next   Wed 2026-11-25 13:30 Asia/Shanghai\n"
            "  what   RO CL, brief, 5+4, in en\n");
    write_file(stage, "paperboy.ini", "[channel a]\ntype = fak\nsize = x\n");
    assert_int_equal(call(CONFIGURED(stage, "check"), "--offline", NULL), 1);
    assert_string_equal(stage->err,
            "DIR/paperboy.ini:2: [channel a] type: there is no type \"fak\"; "
            "did you mean fake?\n"
            "DIR/paperboy.ini:3: [channel a] size: \"x\" is no size; expected "
            "two numbers such as 5+4: five papers in full and four more\n"
            "paperboy: 2 mistakes in the configuration\n");
    assert_int_equal(call(CONFIGURED(stage, "check"), "--json", NULL), 1);
    cJSON *json = cJSON_Parse(stage->out);
    assert_true(cJSON_IsFalse(cJSON_GetObjectItem(json, "ok")));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json,
                             "complaints")),
            2);
    cJSON_Delete(json);
}

static void test_an_unknown_channel_names_the_nearest(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "teem", NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: there is no channel \"teem\" in DIR/paperboy.ini; did "
            "you mean team?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_post_sends_once_and_says_so),
            TEST(test_a_dry_run_shows_and_sends_nothing),
            TEST(test_a_refused_post_fails_with_the_reason),
            TEST(test_a_post_that_finds_nobody_is_left_in_the_outbox),
            TEST(test_a_running_daemon_is_left_to_send),
            TEST(test_status_tells_what_was_and_what_comes),
            TEST(test_status_of_a_fresh_start_says_how_to_go_on),
            TEST(test_who_only_looks_makes_no_database),
            TEST(test_titles_are_shown_as_they_are_read),
            TEST(test_a_store_that_fails_is_named_once),
            TEST(test_check_says_what_it_would_do),
            TEST(test_an_unknown_channel_names_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
