/* Commands that are not typed at a terminal, and what the Tab key offers. */
#include "bot/program/program_ask_complete.h"
#include "tests/unit/program_stage.h"

/* --- one command a line --- */

static void test_each_line_of_the_input_is_a_command(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    stage->typed = "style\n"
                   "\n"
                   "  /paper 风格 完整\r\n"
                   "style";
    assert_int_equal(call(CONFIGURED(stage, "ask"), NULL), 0);
    assert_string_equal(stage->out,
            "style: brief\n"
            "Of each paper the titles, a few sentences and the link.\n"
            "You can write brief or full. For example: style full\n"
            "\n"
            "现在：风格 完整（原来：简短）。\n"
            "每篇还给出机构和完整摘要。\n"
            "下一期：2026-11-25（周三）13:30（Asia/Shanghai）。\n"
            "\n"
            "style: full\n"
            "Of each paper also the affiliations and the whole abstract.\n"
            "You can write brief or full. For example: style brief\n");
    assert_string_equal(stage->err, "");
}

static void test_a_line_longer_than_a_command_is_one_answer(void **state)
{
    struct stage *stage = *state;
    char typed[9000];

    take_in_the_day(stage);
    memset(typed, 'x', sizeof typed);
    strncpy(typed + sizeof typed - 7, "\nstyle", 7);
    stage->typed = typed;
    assert_int_equal(call(CONFIGURED(stage, "ask"), NULL), 0);
    assert_true(text_starts(stage->out, "That is longer than I read"));
    assert_non_null(strstr(stage->out, "\n\nstyle: brief\n"));
}

static void test_answers_are_in_the_form_that_works_there(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "ask"), "stlye", NULL), 0);
    assert_non_null(strstr(stage->out, "Did you mean paperboy ask style?"));
    stage->typed = "stlye\n";
    assert_int_equal(call(CONFIGURED(stage, "ask"), NULL), 0);
    assert_non_null(strstr(stage->out, "Did you mean style?"));
}

/* --- the Tab key --- */

/* "6: today top" - where the word begins, and what may stand there. */
static const char *offered(struct stage *stage, const char *language,
        const char *before)
{
    struct line_completion completion = {0};
    char *ctx = arena_string(&stage->arena, language);
    struct text text;

    program_ask_complete(ctx, before, &stage->arena, &completion);
    text_init(&text, &stage->arena, 10000);
    text_add_format(&text, "%zu:", completion.begin);
    for (size_t i = 0; i < completion.words.count; i++)
        text_add_format(&text, " %s", completion.words.items[i]);
    return text_string(&text);
}

static void test_a_name_is_completed_in_either_language(void **state)
{
    struct stage *stage = *state;

    assert_string_equal(offered(stage, "en", "sty"), "0: style");
    assert_string_equal(offered(stage, "en", "/paper STY"), "7: style");
    assert_string_equal(offered(stage, "en", "风"), "0: 风格");
    assert_string_equal(offered(stage, "zh", "xyz"), "0:");
    assert_non_null(strstr(offered(stage, "en", ""), " today "));
    assert_null(strstr(offered(stage, "en", ""), "今天"));
    assert_non_null(strstr(offered(stage, "zh", ""), " 今天 "));
}

static void test_behind_a_name_comes_what_may_stand_there(void **state)
{
    static const struct {
        const char *before, *offered;
    } cases[] = {
            {"style ", "6: brief full"},
            {"风格 ", "7: 简短 完整"},
            {"风格 f", "7: full"},
            {"languages zh e", "13: English en"},
            {"today LG r", "9: RO RA RT RM"},
            {"today LG,hep-t", "9: hep-th"},
            {"订阅 LG，机", "12: 机器学习 机器人"},
            {"search fog in:cs.cv", "14: cs.CV"},
            {"搜索 雾 分类：cs.cv", "20: cs.CV"},
            {"schedule 08:00 asia/shan", "15: Asia/Shanghai"},
            {"top w", "4: week"},
            {"saved ", "6: bibtex ris markdown"},
            {"reset sch", "6: schedule"},
            {"help sav", "5: save saved"},
            {"privacy x", "8:"},
            {"similar ", "8:"},
    };
    struct stage *stage = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (!text_same(offered(stage, "en", cases[i].before), cases[i].offered))
            fail_msg("\"%s\": %s", cases[i].before,
                    offered(stage, "en", cases[i].before));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_stage, clear_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_each_line_of_the_input_is_a_command),
            TEST(test_a_line_longer_than_a_command_is_one_answer),
            TEST(test_answers_are_in_the_form_that_works_there),
            TEST(test_a_name_is_completed_in_either_language),
            TEST(test_behind_a_name_comes_what_may_stand_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
