#include "bot/search_query.h"

#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/search_day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct civil_date tuesday = {2026, 11, 24};

enum {
    ROUNDS = 3000,
    BYTES_MAX = 120
};

/* "w:diffusion p:score matching -w:survey since 2026-01-01" */
static const char *said(struct arena *arena, const struct search_query *query)
{
    static const char letters[] = "wpxac";
    struct text text;
    char day[CIVIL_DATE_SIZE];
    text_init(&text, arena, 4096);
    for (size_t i = 0; i < query->count; i++)
        text_add_format(&text, "%s%s%c:%s", i > 0 ? " " : "",
                query->terms[i].negated ? "-" : "",
                letters[query->terms[i].kind], query->terms[i].text);
    if (civil_date_is_set(query->since)) {
        civil_date_format(query->since, day);
        text_add_format(&text, " since %s", day);
    }
    if (civil_date_is_set(query->until)) {
        civil_date_format(query->until, day);
        text_add_format(&text, " until %s", day);
    }
    return text_string(&text);
}

struct line_case {
    const char *line, *means;
};

static const struct line_case lines[] = {
        {"", ""},
        {"diffusion policy", "w:diffusion w:policy"},
        {"  \"score matching\"   fast ", "p:score matching w:fast"},
        {"graph neur*", "w:graph x:neur*"},
        {"-survey -\"a review\" x", "-w:survey -p:a review w:x"},
        {"fine-tuning - x", "w:fine-tuning w:x"},
        {"vision & language *", "w:vision w:language"},
        {"in:CV", "c:cs.CV"},
        {"IN:cs.lg -in:math", "c:cs.LG -c:math"},
        {"in:机器学习 in:cs.*", "c:cs.LG c:cs"},
        {"by:Finn", "a:Finn"},
        {"by:\"Chelsea Finn\" x", "a:Chelsea Finn w:x"},
        {"by: C Finn x", "a:C Finn w:x"},
        {"by:J. L. Ba x", "a:J. L. Ba w:x"},
        {"by:张伟 x", "a:张伟 w:x"},
        {"-by:Finn", "-a:Finn"},
        {"since:2026-11-23 until:2026-11",
                " since 2026-11-23 until 2026-11-30"},
        {"since: mon", " since 2026-11-23"},
        {"Mamba: a model", "w:Mamba: w:a w:model"},
        {"foo:bar by", "w:foo:bar w:by"},
        {"扩散模型，in:CV；作者：张伟、机器人。",
                "w:扩散模型 c:cs.CV a:张伟 w:机器人"},
        {"分类：CV，扩散 自：2026，-综述",
                "c:cs.CV w:扩散 -w:综述 since 2026-01-01"},
        {"1,000 tokens, fast", "w:1,000 w:tokens w:fast"},
        {"\"not closed", "p:not closed"},
        {"a\"b c\"d", "w:a p:b c w:d"},
        {"扩散模型 -综述 分类:CV 作者:张伟 自:2026 至:昨天",
                "w:扩散模型 -w:综述 c:cs.CV a:张伟 since 2026-01-01 until "
                "2026-11-23"},
        {"“扩散 模型”　－综述　ｉｎ：ＣＶ　ｎｅｕｒ＊",
                "p:扩散 模型 -w:综述 c:cs.CV x:neur*"},
        {"「扩散模型」作者：李", "p:扩散模型 a:李"},
};

struct flaw_case {
    const char *line, *english, *chinese;
};

static const struct flaw_case flaws[] = {
        {"in:ST x",
                "in:ST can be several categories: math.ST, q-fin.ST. Write the "
                "whole code.",
                "“ST”对应不止一个分类：math.ST, q-fin.ST。请写完整代码。"},
        {"in:XYZ",
                "in:XYZ is no category I know. Write such as LG, cs.LG, cs or "
                "\"Machine Learning\".",
                "没有“XYZ”这个分类。可以写 LG、cs.LG、cs 或“机器学习”。"},
        {"分类:cs.LQ",
                "分类:cs.LQ is no category I know. Did you mean 分类:cs.LG?",
                "没有“cs.LQ”这个分类。你是不是想写 分类:cs.LG？"},
        {"in:CV,CL", "in: takes one category, and “CV,CL” is more than one.",
                "in: 只能写一个分类，“CV,CL”不止一个。"},
        {"in:\"LG CL\"",
                "in: takes one category, and “LG CL” is more than one.",
                "in: 只能写一个分类，“LG CL”不止一个。"},
        {"in:", "in: needs a value behind it, such as in:LG.",
                "in: 后面要写内容，例如 in:LG。"},
        {"作者:\"\"", "作者: needs a value behind it, such as 作者:张伟.",
                "作者: 后面要写内容，例如 作者:张伟。"},
        {"by:!!",
                "by:!! is no name. Write such as by:Finn or by:\"Chelsea "
                "Finn\".",
                "“!!”不是人名。可以写 作者:张伟 或 作者:\"Chelsea Finn\"。"},
        {"since:soon",
                "since:soon is no day. Write such as 2026-11-23, 2026-11, mon "
                "or 7d.",
                "“soon”不是日期。可以写 2026-11-23、2026-11、周一或 7天。"},
        {"-since:2026", "-since: is not understood; leave the - out.",
                "since: 前面不能加减号，请去掉。"},
        {"a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a",
                "I can look for more than one word, but not more than 32; a "
                "few will do.",
                "一次最多找 32 个词，几个词就够了。"},
        {"\"a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
         "a "
         "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\"",
                "“a a a a a a a a a a a a a a a a a a a a…” is too long to "
                "look for as it stands; put spaces between its words, or write "
                "fewer.",
                "“a a a a a a a a a a a a a a a a a a a "
                "a…”太长，无法作为一个整体"
                "来找。请用空格分开，或少写几个词。"},
        {"?! *",
                "Say what to look for: words, a \"phrase\", in:CV, by:\"C "
                "Finn\", since:7d.",
                "请写要找什么：关键词、“短语”、分类:CV、作者:\"C "
                "Finn\"、自:7天。"},
};

static void check_line_reads_the_same(struct arena *arena,
        const struct search_words *words)
{
    static const char *const languages[] = {"en", "zh"};
    for (size_t i = 0; i < 2; i++) {
        struct search_words again;
        search_query_begin(&again, (struct civil_date){2031, 1, 1}, arena);
        assert_true(search_query_read(&again,
                search_query_line(arena, &words->query, languages[i])));
        assert_string_equal(said(arena, &again.query),
                said(arena, &words->query));
    }
}

static void test_lines_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct arena arena = {0};
        struct search_words words;
        search_query_begin(&words, tuesday, &arena);
        if (!search_query_read(&words, lines[i].line))
            fail_msg("%s: %s", lines[i].line,
                    search_flaw_text(&arena, &words.flaw, "en"));
        assert_string_equal(said(&arena, &words.query), lines[i].means);
        check_line_reads_the_same(&arena, &words);
        arena_finish(&arena);
    }
}

static void test_what_cannot_be_is_said_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
        struct arena arena = {0};
        struct search_words words;
        search_query_begin(&words, tuesday, &arena);
        assert_false(search_query_read(&words, flaws[i].line) &&
                search_query_ready(&words));
        assert_string_equal(search_flaw_text(&arena, &words.flaw, "en"),
                flaws[i].english);
        assert_string_equal(search_flaw_text(&arena, &words.flaw, "zh"),
                flaws[i].chinese);
        arena_finish(&arena);
    }
}

static void test_a_line_has_a_greatest_length(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct search_words words;
    char line[4100] = "";
    memset(line, 'a', sizeof line - 1);
    search_query_begin(&words, tuesday, &arena);
    assert_false(search_query_read(&words, line));
    assert_int_equal(words.flaw.kind, SEARCH_FLAW_LONG);
    assert_string_equal(search_flaw_text(&arena, &words.flaw, "zh"),
            "搜索内容太长（最多 4000 字节），几个词就够了。");
    arena_finish(&arena);
}

static void test_a_value_is_taken_by_its_key(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct search_words words;
    search_query_begin(&words, tuesday, &arena);
    assert_true(search_query_take(&words, "by", "C Finn"));
    assert_true(search_query_take(&words, "in", "ＬＧ"));
    assert_true(search_query_take(&words, "until", "2025"));
    assert_string_equal(said(&arena, &words.query),
            "a:C Finn c:cs.LG until 2025-12-31");
    assert_false(search_query_take(&words, "in", "nowhere"));
    arena_finish(&arena);
}

static void test_any_bytes_are_understood_or_refused(void **state)
{
    (void)state;
    static const char likely[] = "\"\"**--::: inbysince.C\xEF\xBC\x8D\xE2\x80";
    struct chance_seed seed = {11};
    struct random_source chance = chance_seeded(&seed);
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena = {0};
        struct search_words words;
        char bytes[BYTES_MAX + 1] = "";
        size_t length = (size_t)chance.below(chance.state, BYTES_MAX);
        for (size_t i = 0; i < length; i++)
            bytes[i] = chance.below(chance.state, 3) == 0
                    ? (char)(1 + chance.below(chance.state, 255))
                    : likely[chance.below(chance.state, sizeof likely - 1)];
        search_query_begin(&words, tuesday, &arena);
        if (search_query_read(&words, bytes))
            check_line_reads_the_same(&arena, &words);
        else
            assert_int_not_equal(words.flaw.kind, SEARCH_FLAW_NONE);
        arena_finish(&arena);
    }
}

/* --- days --- */

static void test_days_are_understood(void **state)
{
    (void)state;
    static const struct {
        const char *word, *first, *last;
    } days[] = {
            {"2026-11-23", "2026-11-23", "2026-11-23"},
            {"2026-02", "2026-02-01", "2026-02-28"},
            {"2024-02", "2024-02-01", "2024-02-29"},
            {"2026-12", "2026-12-01", "2026-12-31"},
            {"2026", "2026-01-01", "2026-12-31"},
            {"today", "2026-11-24", "2026-11-24"},
            {"今天", "2026-11-24", "2026-11-24"},
            {"Yesterday", "2026-11-23", "2026-11-23"},
            {"tue", "2026-11-24", "2026-11-24"},
            {"wed", "2026-11-18", "2026-11-18"},
            {"周一", "2026-11-23", "2026-11-23"},
            {"星期日", "2026-11-22", "2026-11-22"},
            {"Monday", "2026-11-23", "2026-11-23"},
            {"周天", "2026-11-22", "2026-11-22"},
            {"礼拜三", "2026-11-18", "2026-11-18"},
            {"昨日", "2026-11-23", "2026-11-23"},
            {"11月23日", "2026-11-23", "2026-11-23"},
            {"11月25号", "2025-11-25", "2025-11-25"},
            {"2024年2月29日", "2024-02-29", "2024-02-29"},
            {"11/24", "2026-11-24", "2026-11-24"},
            {"11-25", "2025-11-25", "2025-11-25"},
            {"2026/1/9", "2026-01-09", "2026-01-09"},
            {"2026.11.23", "2026-11-23", "2026-11-23"},
            {"7d", "2026-11-17", "2026-11-17"},
            {"2w", "2026-11-10", "2026-11-10"},
            {"2周", "2026-11-10", "2026-11-10"},
            {"12m", "2025-11-24", "2025-11-24"},
            {"3个月", "2026-08-24", "2026-08-24"},
            {"1Y", "2025-11-24", "2025-11-24"},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct civil_date day;
        char text[CIVIL_DATE_SIZE];
        assert_true(search_day_parse(days[i].word, tuesday, false, &day));
        civil_date_format(day, text);
        assert_string_equal(text, days[i].first);
        assert_true(search_day_parse(days[i].word, tuesday, true, &day));
        civil_date_format(day, text);
        assert_string_equal(text, days[i].last);
    }
    struct civil_date day;
    assert_true(search_day_parse("6m", (struct civil_date){2026, 8, 31}, false,
            &day));
    assert_int_equal(civil_date_compare(day, (struct civil_date){2026, 2, 28}),
            0);
}

static void test_what_is_no_day_is_told(void **state)
{
    (void)state;
    static const char *const words[] = {"", "2026-13", "2026-1", "20261",
            "2026-11-31", "2026-11-", "-7d", "7", "7x", "99999d", "9999y",
            "0000", "monday morning", "周", "星期", "周八", "11.23", "13月1日",
            "2月30日", "11月23日前", "2026/11", "2026/13/1", "0/1", "11-23-2"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct civil_date day;
        if (search_day_parse(words[i], tuesday, false, &day))
            fail_msg("\"%s\" is a day", words[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_lines_are_understood),
            cmocka_unit_test(test_what_cannot_be_is_said_in_both_languages),
            cmocka_unit_test(test_a_line_has_a_greatest_length),
            cmocka_unit_test(test_a_value_is_taken_by_its_key),
            cmocka_unit_test(test_any_bytes_are_understood_or_refused),
            cmocka_unit_test(test_days_are_understood),
            cmocka_unit_test(test_what_is_no_day_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
