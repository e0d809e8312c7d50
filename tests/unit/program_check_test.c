/* What check asks the network, and how it says what it heard. */
#include "tests/unit/program_stage.h"

#include <unistd.h>

static const char network_ini[] = "[bot]\n"
                                  "contact = you@example.org\n"
                                  "[store]\n"
                                  "url = sqlite:p.db\n"
                                  "[source arxiv]\n"
                                  "[channel team]\n"
                                  "type = fake\n"
                                  "categories = RO CL\n"
                                  "schedule = 13:30 weekdays\n"
                                  "timezone = Asia/Shanghai\n"
                                  "languages = zh en\n";

static void configure(struct stage *stage)
{
    const struct fake_item items[] = {{.id = "2611.00001",
                                              .announce = ANNOUNCE_NEW},
            {.id = "2611.00002", .announce = ANNOUNCE_CROSS}};
    write_file(stage, "paperboy.ini", network_ini);
    fake_source_publish(&stage->feeds, "cs.RO", items, 2, false);
}

/* The lines behind those about the configuration. */
static const char *answers(struct stage *stage)
{
    const char *found = strstr(stage->out, "\naccount ");
    return found == NULL ? stage->out : found + 1;
}

static void test_all_that_answers_is_said_to_work(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->verdict = NULL;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 0);
    assert_null(strstr(stage->out, "hint"));
    assert_string_equal(answers(stage),
            "account team: works\n"
            "source arxiv, cs.RO: answers: 2 papers in the newest announcement "
            "of it\n");
    assert_string_equal(stage->err, "");
    assert_int_equal(stage->product.asked, 0); /* nothing was posted */
}

static const char with_writer[] = "[bot]\n"
                                  "contact = you@example.org\n"
                                  "[store]\n"
                                  "url = sqlite:p.db\n"
                                  "[writer main]\n"
                                  "type = pen\n"
                                  "requests_a_day = 3\n"
                                  "[channel team]\n"
                                  "type = fake\n"
                                  "categories = RO\n"
                                  "schedule = 13:30 weekdays\n"
                                  "timezone = Asia/Shanghai\n";

static void test_a_writer_is_asked_for_a_note(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", with_writer);
    stage->verdict = NULL;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 0);
    assert_non_null(strstr(stage->out, "\nwriter  main: pen\n"));
    assert_string_equal(answers(stage),
            "account team: works\n"
            "writer main: writes: main 这样讲：做了什么，又得到了什么。\n");
}

static void test_a_writer_that_fails_is_a_problem_with_its_place(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", with_writer);
    stage->verdict = NULL;
    stage->pen.mode = FAKE_WRITER_DOWN;
    stage->pen.fail_kind = ERROR_STOP;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 1);
    assert_non_null(strstr(stage->out,
            "writer main: PROBLEM: main is down; see its section, "));
    assert_non_null(strstr(stage->out, "paperboy.ini:5\n"));
}

static void test_a_slow_writer_is_no_problem(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", with_writer);
    stage->verdict = NULL;
    stage->pen.mode = FAKE_WRITER_SILENT;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 0);
    assert_non_null(strstr(stage->out, "writer main: no note within 10 "));
}

static void test_status_says_what_a_writer_has_used_today(void **state)
{
    struct stage *stage = *state;
    struct error err;
    write_file(stage, "paperboy.ini", with_writer);
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s",
                                        in_folder(stage, "p.db")),
                    &err);
    assert_non_null(store);
    assert_true(store_value_put(store, "writer/main/spent",
            "2026-11-24 3 4000 0 2 1", NULL));
    store_close(store);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out,
            "writer main (pen): today 2 notes kept, 1 refused; 3 of 3 "
            "requests, "
            "4000 tokens; SPENT until 00:00 UTC\n"));
    assert_int_equal(call(CONFIGURED(stage, "status"), "--json", NULL), 0);
    assert_non_null(strstr(stage->out, "\"writers\""));
    assert_non_null(strstr(stage->out, "\"tokens\":4000"));
    assert_non_null(strstr(stage->out, "\"kept\":2,\"refused\":1"));
}

static const struct source_kind facts_kind = {.kind = "facts",
        .use = SOURCE_FACTS,
        .keys = no_keys,
        .open = open_source};
static const struct source_kind *const with_facts[] = {&arxiv_kind, &facts_kind,
        NULL};

static void keep_counts(struct stage *stage, const char *counts)
{
    struct error err;
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s",
                                        in_folder(stage, "p.db")),
                    &err);

    assert_non_null(store);
    assert_true(store_value_put(store, "enrich/facts", counts, NULL));
    store_close(store);
}

static void
test_status_says_what_a_source_of_facts_was_asked_and_told(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini",
            arena_format(&stage->arena, "%s[source facts]\n", network_ini));
    stage->outside.kinds.sources = with_facts;
    keep_counts(stage, "20781 3 120 40 2 0"); /* 2026-11-24 */
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out,
            "\nsource facts: papers today: 120 asked, 40 found, 2 refused "
            "(another paper); 3 of 100 requests\n"));
    assert_null(strstr(stage->out, "source arxiv"));
    keep_counts(stage, "20780 3 120 40 2 5");
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out,
            "papers today: 0 asked, 0 found, 0 refused (another paper); 0 of "
            "100 requests; FAILING, 5 in a row\n"));
    assert_int_equal(call(CONFIGURED(stage, "status"), "--json", NULL), 0);
    assert_non_null(strstr(stage->out,
            "\"facts\":[{\"source\":\"facts\",\"requests\":0,\"asked\":0,"
            "\"found\":0,\"refused\":0,\"failing\":5}]"));
}

static void test_a_year_without_known_holidays_is_told(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->time.ms += INT64_C(40) * 86400 * 1000; /* 2027-01-03 */
    call(CONFIGURED(stage, "check"), "--offline", NULL);
    assert_non_null(strstr(stage->out,
            "source  arxiv\n"
            "hint    arXiv's holidays of 2027 are not known to this version; a "
            "day without an announcement is called a late one\n"));
}

static void test_an_hour_before_the_feed_gets_a_hint(void **state)
{
    struct stage *stage = *state;
    char early[sizeof network_ini];
    configure(stage);
    snprintf(early, sizeof early, "%s", network_ini);
    char *hour = strstr(early, "13:30");
    hour[0] = '0';
    hour[1] = '9';
    hour[3] = '0';
    write_file(stage, "paperboy.ini", early);
    call(CONFIGURED(stage, "check"), NULL);
    assert_non_null(strstr(stage->out,
            "  hint   arXiv's feed comes at 12:00 or 13:00 there, so 09:00 "
            "posts the day before's announcement; 13:30 would have the "
            "day's\n"));
}

static void test_every_problem_is_named_with_its_remedy(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->feeds.mode = FAKE_SOURCE_DOWN;
    stage->feeds.fail_kind = ERROR_RETRY;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 1);
    assert_non_null(strstr(answers(stage),
            "account team: PROBLEM: who are you?; see its section, "
            "DIR/paperboy.ini:6\n"));
    assert_non_null(strstr(answers(stage), "source arxiv, cs.RO: PROBLEM: "));
    assert_non_null(strstr(answers(stage),
            "; this may pass by itself; try again later\n"));
}

static void test_who_is_silent_for_ten_seconds_is_given_up(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->silent = true;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 1);
    assert_non_null(strstr(answers(stage),
            "account team: PROBLEM: no answer within 10 seconds; is this "
            "machine on the network, and is the address right?\n"));
    assert_int_equal(stage->time.ms - tuesday_ms, 10000);
}

static void test_a_test_message_is_posted_and_not_kept(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->verdict = NULL;
    assert_int_equal(call(CONFIGURED(stage, "check"), "--post", "--channel",
                             "team", NULL),
            0);
    assert_non_null(strstr(stage->out,
            "channel team: a test message was posted\n"));
    assert_int_equal(stage->product.shown_count, 1);
    assert_non_null(strstr(stage->product.shown[0].payload,
            "Paperboy 测试消息"));
    assert_non_null(strstr(stage->product.shown[0].payload,
            "：2026-11-25 13:30 Asia/Shanghai"));
    assert_int_not_equal(access(in_folder(stage, "p.db"), F_OK), 0);
}

/* A webhook: what comes of the message is all that it tells. */
static void
test_who_is_only_posted_to_is_asked_by_the_message_alone(void **state)
{
    static const struct setting_spec keys[] = {{.key = "webhook",
                                                       .secret = true},
            {.key = NULL}};
    static const struct account_kind hook = {.kind = "fake",
            .keys = keys,
            .one_channel = true,
            .open = open_account};
    static const struct account_kind *const kinds[] = {&hook, NULL};
    struct stage *stage = *state;
    configure(stage);
    stage->verdict = NULL;
    stage->outside.kinds.accounts = kinds;
    assert_int_equal(call(CONFIGURED(stage, "check"), "--post", NULL), 0);
    assert_null(strstr(stage->out, "account team"));
    assert_non_null(strstr(stage->out,
            "channel team: a test message was posted\n"));
}

static void test_a_refused_test_message_is_said_with_its_reason(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->verdict = NULL;
    stage->product.fail_next = 1;
    stage->product.fail_kind = ERROR_STOP;
    assert_int_equal(call(CONFIGURED(stage, "check"), "--post", NULL), 1);
    assert_non_null(strstr(stage->out,
            "channel team: PROBLEM: the product said no; see its section, "
            "DIR/paperboy.ini:6\n"));
}

static void test_a_test_message_may_have_been_shown(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    stage->verdict = NULL;
    stage->product.lose_next = 1;
    assert_int_equal(call(CONFIGURED(stage, "check"), "--post", NULL), 1);
    assert_non_null(strstr(stage->out,
            "; the message may have been shown all the same\n"));
}

static void test_answers_are_json_for_programs(void **state)
{
    struct stage *stage = *state;
    configure(stage);
    assert_int_equal(call(CONFIGURED(stage, "check"), "--json", NULL), 1);
    cJSON *json = cJSON_Parse(stage->out);
    assert_non_null(json);
    assert_true(cJSON_IsFalse(cJSON_GetObjectItem(json, "ok")));
    const cJSON *list = cJSON_GetObjectItem(json, "answers");
    assert_int_equal(cJSON_GetArraySize(list), 2);
    const cJSON *first = cJSON_GetArrayItem(list, 0);
    assert_string_equal(cJSON_GetObjectItem(first, "verdict")->valuestring,
            "bad");
    cJSON_Delete(json);
}

static void test_options_that_exclude_each_other_are_refused(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "check", "--offline", "--post", NULL), 2);
    assert_int_equal(call(stage, "check", "--channel", "team", NULL), 2);
    assert_string_equal(stage->err,
            "paperboy check: --channel says where to --post; add that\n"
            "Try: paperboy check --help\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_all_that_answers_is_said_to_work),
            TEST(test_a_writer_is_asked_for_a_note),
            TEST(test_a_writer_that_fails_is_a_problem_with_its_place),
            TEST(test_a_slow_writer_is_no_problem),
            TEST(test_status_says_what_a_writer_has_used_today),
            TEST(test_status_says_what_a_source_of_facts_was_asked_and_told),
            TEST(test_a_year_without_known_holidays_is_told),
            TEST(test_an_hour_before_the_feed_gets_a_hint),
            TEST(test_every_problem_is_named_with_its_remedy),
            TEST(test_who_is_silent_for_ten_seconds_is_given_up),
            TEST(test_a_test_message_is_posted_and_not_kept),
            TEST(test_who_is_only_posted_to_is_asked_by_the_message_alone),
            TEST(test_a_refused_test_message_is_said_with_its_reason),
            TEST(test_a_test_message_may_have_been_shown),
            TEST(test_answers_are_json_for_programs),
            TEST(test_options_that_exclude_each_other_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
