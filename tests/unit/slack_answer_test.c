#include "adapters/channels/slack_answer.h"

#include "adapters/channels/slack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_what_is_written_is_read_back(void **state)
{
    static const struct slack_answer answers[] = {
            {SLACK_ANSWER_ROOM, "", "", 0, ""},
            {SLACK_ANSWER_THREAD, "1700000000.000100", "", 0, ""},
            {SLACK_ANSWER_URL, "", "U01", 1700000000123,
                    "https://hooks.slack.com/commands/T0/1/abc"},
            {SLACK_ANSWER_SHARED, "", "U01", 0, ""},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct slack_answer read;
        assert_true(slack_answer_read(slack_answer_write(&answers[i], &arena),
                &arena, &read));
        assert_int_equal(read.way, answers[i].way);
        assert_string_equal(read.ts, answers[i].ts);
        assert_string_equal(read.person, answers[i].person);
        assert_true(read.given_ms == answers[i].given_ms);
        assert_string_equal(read.url, answers[i].url);
    }
    arena_finish(&arena);
}

static void test_other_words_are_refused(void **state)
{
    static const char *const bad[] = {"x", "thread", "thread ", "thread a b",
            "url U01 1 http://elsewhere.example/", "url U01 x https://a.b/",
            "url U01 1 https://a.b/ more", "url U01  https://a.b/", "shared ",
            "url  1 https://a.b/"};
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct slack_answer read;
        if (slack_answer_read(bad[i], &arena, &read))
            fail_msg("\"%s\" is read", bad[i]);
    }
    arena_finish(&arena);
}

static void test_an_id_of_a_message_has_two_parts(void **state)
{
    static const char *const bad[] = {"", "C01", "C01/", "/1.2", "C01/1",
            "C01/1.", "C01/a.1", "c01/1.2", "U01/1.2", "C01/1.2/3"};
    struct arena arena = {0};
    const char *channel, *ts;

    (void)state;
    assert_true(slack_message_parts(slack_message_id(&arena, "C01",
                                            "1700000000.000100"),
            &arena, &channel, &ts));
    assert_string_equal(channel, "C01");
    assert_string_equal(ts, "1700000000.000100");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (slack_message_parts(bad[i], &arena, &channel, &ts))
            fail_msg("\"%s\" is taken for an id", bad[i]);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_what_is_written_is_read_back),
            cmocka_unit_test(test_other_words_are_refused),
            cmocka_unit_test(test_an_id_of_a_message_has_two_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
