/* "paperboy init" through a pipe: what is asked, taken, refused and written. */
#include "bot/program/program_init_zone.h"
#include "bot/schedule.h"
#include "bot/schedule_hint.h"
#include "tests/support/paper_file.h"
#include "tests/unit/program_stage.h"

#include <sys/stat.h>
#include <unistd.h>

/* --- two further products: a webhook, and a login with rooms --- */

static const char *https_flaw(const char *value)
{
    return text_starts(value, "https://") ? NULL : "an https:// address";
}

static const struct setting_spec hook_keys[] = {{.key = "webhook",
                                                        .required = true,
                                                        .secret = true,
                                                        .help = "the address",
                                                        .flaw = https_flaw},
        {.key = "proxy", .help = "not asked for"}, {.key = NULL}};
static const struct setting_spec home_keys[] = {{.key = "homeserver",
                                                        .required = true,
                                                        .help = "where it is",
                                                        .flaw = https_flaw},
        {.key = "token",
                .required = true,
                .unless = "password",
                .secret = true,
                .help = "a token"},
        {.key = "user",
                .required = true,
                .unless = "token",
                .help = "its user"},
        {.key = "password",
                .required = true,
                .unless = "token",
                .secret = true,
                .help = "a password"},
        {.key = NULL}};
static const struct account_kind hook_kind = {.kind = "hook",
        .keys = hook_keys,
        .one_channel = true,
        .open = open_account};
static const struct account_kind home_kind = {.kind = "home",
        .keys = home_keys,
        .room_help = "such as #ml:example.org",
        .open = open_account};
static const struct account_kind *const all_kinds[] = {&fake_kind, &hook_kind,
        &home_kind, NULL};

static const char *environment_of_init(const char *name)
{
    if (text_same(name, "TZ"))
        return "Europe/Berlin";
    return text_same(name, "TEAM_WEBHOOK") ? "https://x.example/hook" : NULL;
}

static int init(struct stage *stage, const char *typed)
{
    fake_source_finish(&stage->feeds); /* a call closes it */
    fake_source_init(&stage->feeds, &stage->clock);
    stage->typed = typed;
    stage->verdict = NULL;
    stage->outside.kinds.accounts = all_kinds;
    stage->outside.environment = environment_of_init;
    return call(CONFIGURED(stage, "init"), NULL);
}

static const char *file_text(struct stage *stage, const char *name)
{
    return paper_file_text(&stage->arena, in_folder(stage, name));
}

static bool exists(struct stage *stage, const char *name)
{
    return access(in_folder(stage, name), F_OK) == 0;
}

static bool said(const struct stage *stage, const char *words)
{
    if (strstr(stage->out, words) != NULL)
        return true;
    print_message("no \"%s\" in:\n%s", words, stage->out);
    return false;
}

/* --- the whole way --- */

static void test_enter_alone_gives_a_setup_that_works(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(init(stage, "\n\nteam\n\n\n\n\nnone\n\n\n"), 0);
    assert_true(said(stage, "channel team: a test message was posted\n"));
    assert_int_equal(stage->product.shown_count, 1);
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "categories = LG CV CL\n"
            "schedule = 08:00 weekdays\n"
            "timezone = Europe/Berlin\n"
            "languages = en\n"));
    stage->outside.environment = environment;
    assert_int_equal(call(CONFIGURED(stage, "check"), "--offline", NULL), 0);
}

static void test_a_login_gets_a_section_of_its_own(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(init(stage,
                             "en\nhome\nhome\nml\nexample.org\n"
                             "https://m.example\ns3cret\n#ml:m.example\n"
                             "LG\n\n\n\nme@example.org\ny\nn\n"),
            0);
    assert_true(said(stage, "  one word of letters")); /* not the account's */
    assert_true(said(stage, "  expected an https:// address\n"));
    assert_string_equal(file_text(stage, "ml.token"), "s3cret\n");
    assert_null(strstr(stage->out, "s3cret"));
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "[bot]\ncontact = me@example.org\n\n"
            "[store]\nurl = sqlite:paperboy.db\n\n"
            "[source arxiv]\n\n"
            "[account home]\ntype = home\n"
            "homeserver = https://m.example\ntoken_file = ml.token\n\n"
            "[channel ml]\naccount = home\nroom = #ml:m.example\n"
            "categories = LG\n"));
}

static void test_without_a_token_user_and_password_are_asked_for(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(init(stage,
                             "en\nhome\nml\nhttps://m.example\n\n"
                             "\n@bot:m.example\n\ns3cret\n#ml:m.example\n"
                             "LG\n\n\n\nnone\ny\nn\n"),
            0);
    assert_true(said(stage, "a token; Enter alone if you have none"));
    assert_true(said(stage, "its user: \n  this is needed\n"));
    assert_string_equal(file_text(stage, "ml.password"), "s3cret\n");
    assert_null(strstr(stage->out, "s3cret"));
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "homeserver = https://m.example\nuser = @bot:m.example\n"
            "password_file = ml.password\n"));
    assert_false(exists(stage, "ml.token"));
}

static void test_a_variable_of_the_environment_stays_one(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(init(stage,
                             "en\nhook\nteam\n${NOBODY}\n${TEAM_WEBHOOK}\n"
                             "LG\n\n\n\nnone\ny\nn\n"),
            0);
    assert_true(said(stage, "NOBODY"));
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "webhook = ${TEAM_WEBHOOK}\n"));
    assert_false(exists(stage, "team.webhook"));
}

static void
test_each_wrong_answer_is_asked_for_again_with_the_reason(void **state)
{
    static const char *const reasons[] = {
            "en / zh?",
            "\"hoook\" is not in this list; hook?",
            "one word of letters",
            "this is needed",
            "expected an https:// address",
            "several have that name; write one of cs.LG / stat.ML",
            "no such category; did you mean Robotics?",
            "none has xyzzy in its name",
            "is no language code",
            "did you mean \"Europe/Berlin\"?",
            "\"25:00\"",
            "reaches nobody",
            "yes / no?",
    };
    struct stage *stage = *state;
    assert_int_equal(init(stage,
                             "tlh\nen\nhoook\nhook\nmy team\nteam\n\nhttp://x\n"
                             "https://x\nMachine "
                             "Learning\nRobotcs\n?xyzzy\nRO\n"
                             "english!\nen zh\nEurope/Berln\nEurope/Berlin\n"
                             "25:00\n9:00 daily\nnobody\nme@example.org\n"
                             "perhaps\ny\nn\n"),
            0);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        assert_true(said(stage, reasons[i]));
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "languages = en zh\n"));
}

static void test_the_questions_speak_chinese_where_it_is_wanted(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(init(stage,
                             "中文\nhook\nteam\nhttps://"
                             "x\n?机器人\n机器人、CV\n\n"
                             "Asia/Shanghai\n9:00 daily\nnone\n是\n否\n"),
            0);
    assert_true(said(stage, "Webhook 只能往里发"));
    assert_true(said(stage, "  cs.RO              机器人\n"));
    assert_true(said(stage,
            "  当天的公告要到 13:00 才有；更早会读到前一天的。\n"));
    assert_true(said(stage, "接下来：\n"));
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "categories = RO CV\n"));
}

/* --- nothing is lost --- */

static void test_wherever_the_input_ends_nothing_is_written(void **state)
{
    static const char typed[] = "en\nhook\nteam\nhttps://x\nLG\nen\n"
                                "Europe/Berlin\n8:00 daily\nnone\n";
    struct stage *stage = *state;
    for (size_t length = 0; length < sizeof typed; length++) {
        if (length > 0 && typed[length - 1] != '\n')
            continue;
        assert_int_equal(init(stage,
                                 arena_string_n(&stage->arena, typed, length)),
                1);
        assert_true(said(stage, "\nStopped; nothing was written.\n"));
        assert_false(exists(stage, "paperboy.ini"));
        assert_false(exists(stage, "team.webhook"));
    }
}

static void
test_an_existing_file_is_replaced_only_if_wanted_and_kept(void **state)
{
    static const char rest[] = "fake\nnews\nLG\n\n\n\nnone\ny\nn\n";
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", "mine\n");
    assert_int_equal(init(stage, "en\n\n"), 1);
    assert_true(said(stage, "DIR/paperboy.ini stays as it is.\n"));
    assert_string_equal(file_text(stage, "paperboy.ini"), "mine\n");
    for (int i = 0; i < 2; i++)
        assert_int_equal(init(stage,
                                 arena_format(&stage->arena, "en\ny\n%s",
                                         rest)),
                0);
    assert_string_equal(file_text(stage, "paperboy.ini.old"), "mine\n");
    assert_non_null(strstr(file_text(stage, "paperboy.ini.old-2"),
            "[channel news]"));
}

static void test_a_secret_never_overwrites_another(void **state)
{
    struct stage *stage = *state;
    struct stat info;
    write_file(stage, "team.webhook", "of somebody else\n");
    assert_int_equal(init(stage,
                             "en\nhook\nteam\nhttps://"
                             "x\nLG\n\n\n\nnone\ny\nn\n"),
            0);
    assert_string_equal(file_text(stage, "team.webhook"), "of somebody else\n");
    assert_string_equal(file_text(stage, "team-2.webhook"), "https://x\n");
    assert_int_equal(stat(in_folder(stage, "team-2.webhook"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_non_null(strstr(file_text(stage, "paperboy.ini"),
            "webhook_file = team-2.webhook\n"));
}

static void
test_a_folder_that_is_not_there_is_said_before_the_questions(void **state)
{
    struct stage *stage = *state;
    stage->typed = "";
    assert_int_equal(call(stage, "init", "--config", "/nowhere/at/all.ini",
                             NULL),
            1);
    assert_string_equal(stage->out, "");
    assert_string_equal(stage->err,
            "paperboy: /nowhere/at/all.ini cannot be written: the folder must "
            "exist and be yours\n");
}

static void
test_a_test_message_that_fails_is_said_and_the_file_stays(void **state)
{
    struct stage *stage = *state;
    stage->product.fail_next = 1;
    stage->product.fail_kind = ERROR_STOP;
    assert_int_equal(init(stage, "\n\nteam\n\n\n\n\nnone\n\n\n"), 1);
    assert_true(said(stage, "PROBLEM: the product said no"));
    assert_true(exists(stage, "paperboy.ini"));
}

/* Bytes of a cat on the keyboard, in lines, and answers now and then. */
static const char *random_typing(struct stage *stage)
{
    static const char *const answers[] = {"", "en", "hook", "y", "LG", "zh en",
            "Europe/Berlin", "8:00 daily", "none", "?", "https://x"};
    const struct random_source *chance = &stage->chance;
    struct text typed;
    text_init(&typed, &stage->arena, 100000);
    for (uint64_t line = 0; line < 60; line++) {
        uint64_t kind = chance->below(chance->state, 16);
        uint64_t length = kind == 0 ? 4200 : chance->below(chance->state, 12);
        if (kind > 4)
            text_add(&typed,
                    answers[chance->below(chance->state,
                            sizeof answers / sizeof *answers)]);
        for (uint64_t i = 0; kind <= 4 && i < length; i++) {
            char byte = (char)(1 + chance->below(chance->state, 255));
            text_add_n(&typed, &byte, 1);
        }
        text_add(&typed, "\n");
    }
    return text_string(&typed);
}

static void
test_whatever_is_typed_it_ends_with_a_good_file_or_none(void **state)
{
    struct stage *stage = *state;
    unsigned written = 0;
    for (int i = 0; i < 25; i++) {
        int code = init(stage, random_typing(stage));
        if (!exists(stage, "paperboy.ini")) {
            assert_int_equal(code, 1);
            continue;
        }
        stage->outside.environment = environment_of_init;
        if (call(CONFIGURED(stage, "check"), "--offline", NULL) != 0)
            fail_msg("%s%s", stage->err, file_text(stage, "paperboy.ini"));
        empty_folder(stage);
        written++;
    }
    printf("# PRINT random answers: %u of 25 ended with a file, each good\n",
            written);
}

/* --- where and when --- */

static const char *no_environment(const char *name)
{
    (void)name;
    return NULL;
}

static void test_the_zone_is_this_machines(void **state)
{
    struct stage *stage = *state;
    struct arena *arena = &stage->arena;
    const char *root = stage->folder, *etc = in_folder(stage, "etc");
    assert_string_equal(program_init_zone_guess(environment_of_init, root,
                                arena),
            "Europe/Berlin");
    assert_string_equal(program_init_zone_guess(no_environment, root, arena),
            "UTC");
    assert_int_equal(mkdir(etc, 0700), 0);
    const char *link = in_folder(stage, "etc/localtime");
    assert_int_equal(symlink("../usr/share/zoneinfo/Asia/Kolkata", link), 0);
    assert_string_equal(program_init_zone_guess(no_environment, root, arena),
            "Asia/Kolkata");
    const char *file = write_file(stage, "etc/timezone", "Africa/Cairo\n");
    assert_string_equal(program_init_zone_guess(no_environment, root, arena),
            "Africa/Cairo");
    remove(file);
    remove(link);
}

static void test_the_hour_suits_the_zone(void **state)
{
    static const struct {
        const char *zone, *hour;
    } cases[] = {
            {"Asia/Shanghai", "13:30 weekdays"},
            {"Europe/Berlin", "08:00 weekdays"},
            {"America/Los_Angeles", "08:00 weekdays"},
            {"Asia/Kolkata", "11:00 weekdays"},
            {"Asia/Tokyo", "14:30 weekdays"},
            {"Australia/Sydney", "16:30 weekdays"},
            {"Africa/Cairo", "08:00 weekdays"},
            {"Pacific/Honolulu", "08:00 weekdays"},
            {"UTC", "08:00 weekdays"},
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct schedule schedule = {.timezone = cases[i].zone};
        const char *hour = program_init_zone_hour(cases[i].zone, tuesday_ms,
                &stage->arena);
        assert_string_equal(hour, cases[i].hour);
        assert_true(schedule_parse(hour, &schedule, NULL));
        const struct channel channel = {.schedule = schedule};
        assert_null(schedule_hint(&channel, 2026, &stage->arena));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_enter_alone_gives_a_setup_that_works),
            TEST(test_a_login_gets_a_section_of_its_own),
            TEST(test_without_a_token_user_and_password_are_asked_for),
            TEST(test_a_variable_of_the_environment_stays_one),
            TEST(test_each_wrong_answer_is_asked_for_again_with_the_reason),
            TEST(test_the_questions_speak_chinese_where_it_is_wanted),
            TEST(test_wherever_the_input_ends_nothing_is_written),
            TEST(test_an_existing_file_is_replaced_only_if_wanted_and_kept),
            TEST(test_a_secret_never_overwrites_another),
            TEST(test_a_folder_that_is_not_there_is_said_before_the_questions),
            TEST(test_a_test_message_that_fails_is_said_and_the_file_stays),
            TEST(test_whatever_is_typed_it_ends_with_a_good_file_or_none),
            TEST(test_the_zone_is_this_machines),
            TEST(test_the_hour_suits_the_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
