/* The subcommand "search", word for word. */
#include "tests/unit/program_stage.h"

static void test_search_shows_the_best_first(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "search"), "talks", NULL), 0);
    assert_string_equal(stage->out,
            "2611.00002 [CL] Small models, long talks\n"
            "  B Wide, A Long, 2026-11\n"
            "1 paper\n");
    assert_int_equal(call(CONFIGURED(stage, "search"), "--by", "Ada Long",
                             NULL),
            0);
    assert_string_equal(stage->out,
            "2611.00002 [CL] Small models, long talks\n"
            "  B Wide, A Long, 2026-11\n"
            "2611.00001 [RO] Walking robots that fall well\n"
            "  A Long, 2026-11\n"
            "2 papers\n");
    assert_int_equal(call(CONFIGURED(stage, "search"), "by:Long", "--limit",
                             "1", NULL),
            0);
    assert_string_equal(stage->out,
            "2611.00002 [CL] Small models, long talks\n"
            "  B Wide, A Long, 2026-11\n"
            "1 of 2 papers that fit; --limit N shows more\n");
}

static void test_words_and_options_count_together(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "search"), "by:", "A", "Long",
                             "-robots talk*", "--in", "LG", "--since", "2026",
                             NULL),
            2); /* a hyphen first is an option's */
    assert_int_equal(call(CONFIGURED(stage, "search"), "by:", "A", "Long",
                             "talk* -robots", "--in", "LG", "--since", "2026",
                             NULL),
            0);
    assert_non_null(strstr(stage->out, "2611.00002"));
    assert_non_null(strstr(stage->out, "1 paper\n"));
    assert_int_equal(call(CONFIGURED(stage, "search"), "talks", "--until",
                             "2026-10", NULL),
            0);
    assert_string_equal(stage->out, "no paper fits\n");
}

static void test_search_answers_programs(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "search"), "softly", "--json",
                             NULL),
            0);
    assert_string_equal(stage->out,
            "{\"id\":\"2611.00001\",\"title\":\"Walking robots that fall "
            "well\",\"titles\":{},\"authors\":[\"Ada "
            "Long\"],\"categories\":[\"cs.RO\"],\"submitted\":\"2026-11\"}"
            "\n");
    assert_int_equal(call(CONFIGURED(stage, "search"), "nowhere", "--json",
                             NULL),
            0);
    assert_string_equal(stage->out, "");
}

static void test_search_names_what_is_wrong(void **state)
{
    static const struct {
        const char *words[2], *says;
    } cases[] = {
            {{"", ""}, "Say what to look for"},
            {{"in:LQ", ""}, "Did you mean in:LG?"},
            {{"--since", "soon"}, "since:soon is no day"},
            {{"--limit", "0"}, "--limit \"0\" is no number from 1 to 1000"},
            {{"?!", ""}, "Say what to look for"},
    };
    struct stage *stage = *state;
    take_in_the_day(stage);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(call(CONFIGURED(stage, "search"), cases[i].words[0],
                                 *cases[i].words[1] == '\0' ? NULL
                                                            : cases[i].words[1],
                                 NULL),
                2);
        assert_string_equal(stage->out, "");
        if (strstr(stage->err, cases[i].says) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", stage->err, cases[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_search_shows_the_best_first),
            TEST(test_words_and_options_count_together),
            TEST(test_search_answers_programs),
            TEST(test_search_names_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
