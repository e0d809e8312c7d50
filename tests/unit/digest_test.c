/* Documents: a day's papers and what stands around them. */
#include "bot/digest.h"

#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static const char *cs_lg[] = {"cs.LG"};
static const char *ten_codes[] = {"cs.LG", "cs.CV", "cs.CL", "cs.AI", "cs.RO",
        "cs.IR", "cs.HC", "cs.CR", "cs.SE", "hep-th"};

struct case_parts {
    struct paper paper;
    struct author author;
    const char *affiliation;
    struct digest_item item;
    struct note note;
    struct note_list notes;
    struct string_list categories;
    struct digest_input input;
};

static struct case_parts *one_paper(enum digest_style style,
        struct language_pair languages)
{
    struct case_parts *parts = arena_new(&arena, struct case_parts);

    parts->author = (struct author){"Ada Lovelace", ""};
    parts->paper = paper_empty();
    parts->paper.id = "2501.00001";
    parts->paper.title = "A Title";
    parts->paper.abstract = "An abstract.";
    parts->paper.authors = (struct author_list){&parts->author, 1, false};
    parts->paper.categories = (struct string_list){cs_lg, 1};
    parts->item = (struct digest_item){.paper = &parts->paper,
            .tag = "LG",
            .top = true};
    parts->note = (struct note){.paper_id = "2501.00001",
            .language = "zh",
            .title = "题目",
            .heading = "短题",
            .digest = "摘要。",
            .writer = "file"};
    parts->notes = (struct note_list){&parts->note, 1};
    parts->categories = (struct string_list){cs_lg, 1};
    parts->input = (struct digest_input){
            .items = &parts->item,
            .count = 1,
            .notes = &parts->notes,
            .categories = &parts->categories,
            .languages = languages,
            .style = style,
            .credit = "",
    };
    return parts;
}

static const char *text_of(const struct document *document)
{
    struct payload_list payloads;
    struct error err = {0};

    assert_true(dialect_text.render(document, &arena, &payloads, &err));
    return payloads.count == 0 ? "" : payloads.items[0].bytes;
}

static void assert_digest(const struct case_parts *parts, const char *expected)
{
    assert_string_equal(text_of(digest_document(&parts->input, &arena)),
            expected);
}

static const struct language_pair zh = {{"zh"}}, en = {{"en"}},
                                  zh_en = {{"zh", "en"}},
                                  en_zh = {{"en", "zh"}}, fr = {{"fr"}};

static void test_each_language_alone_and_side_by_side_in_full(void **state)
{
    (void)state;
    assert_digest(one_paper(STYLE_FULL, zh),
            "LG - 机器学习\n摘要:短题\n1、[LG] A Title\nA Lovelace\n"
            "题目。摘要。\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_FULL, zh_en),
            "LG - 机器学习\n摘要:短题\n1、[LG] A Title\nA Lovelace\n"
            "题目。摘要。\nAn abstract.\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_FULL, en),
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "An abstract.\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_FULL, en_zh),
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "An abstract.\n题目。摘要。\nhttps://arxiv.org/abs/2501.00001\n");
}

static struct case_parts *one_paper_in_latex(enum digest_style style)
{
    struct case_parts *parts = one_paper(style, zh_en);

    parts->paper.title = "F$^3$Set --- $\\foo$";
    parts->paper.abstract = "An \\emph{$O(n\\log n)$} way for $5.";
    parts->affiliation = "A\\&M";
    parts->paper.affiliations = (struct string_list){&parts->affiliation, 1};
    parts->note.title = "$\\alpha$ 题";
    parts->note.heading = "$\\beta$ 法";
    parts->note.digest = "复杂度为 $n^2$。";
    return parts;
}

static void test_latex_is_shown_as_unicode_in_every_text(void **state)
{
    (void)state;
    assert_digest(one_paper_in_latex(STYLE_FULL),
            "LG - 机器学习\n摘要:β 法\n1、[LG] F³Set — $\\foo$\n"
            "A Lovelace\n[A&M]\nα 题。复杂度为 n²。\n"
            "An O(n log n) way for $5.\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper_in_latex(STYLE_BRIEF),
            "LG - 机器学习\n摘要:β 法\n\n1. [LG] F³Set — $\\foo$\n"
            "α 题\n复杂度为 n²。\nA Lovelace\n[A&M]\n"
            "https://arxiv.org/abs/2501.00001\n");
}

static void test_each_language_alone_and_side_by_side_in_brief(void **state)
{
    (void)state;
    assert_digest(one_paper(STYLE_BRIEF, zh_en),
            "LG - 机器学习\n摘要:短题\n\n1. [LG] A Title\n题目\n摘要。\n"
            "A Lovelace\nhttps://arxiv.org/abs/2501.00001\n");
    assert_digest(one_paper(STYLE_BRIEF, en_zh),
            "LG - Machine Learning\n\n1. [LG] A Title\n题目\nAn abstract.\n"
            "A Lovelace\nhttps://arxiv.org/abs/2501.00001\n");
}

static void test_without_a_note_the_original_stands_with_a_mark(void **state)
{
    (void)state;
    static const enum digest_style styles[] = {STYLE_FULL, STYLE_BRIEF};
    static const struct {
        const struct language_pair *languages;
        const char *line;
    } cases[] = {
            {&zh, "\n〔原文〕An abstract.\n"},
            {&zh_en, "\n〔原文〕An abstract.\n"},
            {&fr, "\n[original] An abstract.\n"},
            {&en, "\nAn abstract.\n"},
            {&en_zh, "\nAn abstract.\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t n = 0; n < 2; n++) {
            struct case_parts *parts =
                    one_paper(styles[n], *cases[i].languages);

            parts->notes.count = 0;
            const char *text = text_of(digest_document(&parts->input, &arena));
            assert_non_null(strstr(text, cases[i].line));
            assert_null(strstr(text, "摘要"));
            /* The same for a note that has only a title. */
            parts->notes.count = 1;
            parts->note.digest = "";
            text = text_of(digest_document(&parts->input, &arena));
            assert_non_null(strstr(text, cases[i].line));
        }
    }
}

static void test_an_english_note_is_not_said_twice(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, en);

    parts->note = (struct note){.paper_id = "2501.00001",
            .language = "en",
            .title = "A Title",
            .heading = "Short",
            .digest = "An abstract.",
            .writer = "extractive"};
    assert_digest(parts,
            "LG - Machine Learning\nIn brief: Short\n1. [LG] A Title\n"
            "A Lovelace\nAn abstract.\nhttps://arxiv.org/abs/2501.00001\n");
    parts->note.digest = "In plain words.";
    assert_digest(parts,
            "LG - Machine Learning\nIn brief: Short\n1. [LG] A Title\n"
            "A Lovelace\nIn plain words.\nAn abstract.\n"
            "https://arxiv.org/abs/2501.00001\n");
}

static void
test_sentences_chosen_from_the_abstract_are_not_said_twice(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, en);

    parts->paper.abstract = "One thing. Another. A third, e.g. this.";
    parts->note = (struct note){.paper_id = "2501.00001",
            .language = "en",
            .title = "",
            .heading = "",
            .digest = "One thing. A third, e.g. this.",
            .writer = ""};
    assert_digest(parts,
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "One thing. Another. A third, e.g. this.\n"
            "https://arxiv.org/abs/2501.00001\n");
    parts->note.digest = "One thing. A fourth.";
    assert_digest(parts,
            "LG - Machine Learning\n1. [LG] A Title\nA Lovelace\n"
            "One thing. A fourth.\nOne thing. Another. A third, e.g. this.\n"
            "https://arxiv.org/abs/2501.00001\n");
}

static void test_what_is_unknown_leaves_no_empty_line(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh_en);

    parts->notes.count = 0;
    parts->paper.abstract = "";
    parts->paper.authors.count = 0;
    assert_digest(parts,
            "LG - 机器学习\n1、[LG] A Title\n"
            "https://arxiv.org/abs/2501.00001\n");
    parts->input.style = STYLE_BRIEF;
    assert_digest(parts,
            "LG - 机器学习\n\n1. [LG] A Title\n"
            "https://arxiv.org/abs/2501.00001\n");
    parts->input.categories = NULL;
    parts->input.notes = NULL;
    parts->item.tag = "";
    assert_digest(parts, "1. A Title\nhttps://arxiv.org/abs/2501.00001\n");
    parts->input.count = 0;
    assert_digest(parts, "");
}

static void test_a_note_title_with_its_own_stop_gets_no_second(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh);

    parts->note.title = "模型会思考吗？";
    const char *text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text, "\n模型会思考吗？摘要。\n"));
    parts->note.title = "";
    text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text, "\n摘要。\n"));
}

static void test_only_further_papers_need_no_section(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_BRIEF, zh);

    parts->item.top = false;
    assert_digest(parts,
            "LG - 机器学习\n摘要:短题\n\n1. [LG] A Title\n题目\n"
            "A Lovelace\nhttps://arxiv.org/abs/2501.00001\n");
}

static void test_a_long_legend_shows_only_the_days_tags(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, en);

    parts->categories = (struct string_list){ten_codes, 8};
    const char *text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text, "CR - Cryptography"));
    parts->categories.count = 10;
    text = text_of(digest_document(&parts->input, &arena));
    assert_true(text_starts(text, "LG - Machine Learning\n"));
    /* A channel that takes everything has a legend too. */
    parts->categories.count = 0;
    text = text_of(digest_document(&parts->input, &arena));
    assert_true(text_starts(text, "LG - Machine Learning\n"));
}

static void test_the_foot_tells_of_the_batch_and_who_wrote(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh_en);

    parts->note.writer = "gpt-x";
    const char *text = text_of(digest_document(&parts->input, &arena));
    assert_null(strstr(text, "gpt-x"));
    parts->input.foot = (struct digest_foot){.date = {2026, 11, 3},
            .new_count = 212,
            .cross_count = 79};
    text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text,
            "/2501.00001\narXiv 11-03 公告 · 212 篇新论文 + 79 篇交叉,选 1 篇\n"
            "中文: 机器翻译 (gpt-x)\n"));
    parts->input.languages = en_zh;
    text = text_of(digest_document(&parts->input, &arena));
    assert_non_null(strstr(text,
            "\narXiv 11-03 announcement · 212 new + 79 cross-listed, 1 chosen\n"
            "Chinese: machine translation (gpt-x)\n"));
    parts->note.writer = "file";
    text = text_of(digest_document(&parts->input, &arena));
    assert_null(strstr(text, "machine"));
}

static void test_who_shows_pictures_says_whom_to_ask(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh_en);

    parts->input.foot = (struct digest_foot){.date = {2026, 11, 3},
            .contact = "ana@example.org"};
    assert_non_null(strstr(text_of(digest_document(&parts->input, &arena)),
            "\n如需撤下图片，请联系 ana@example.org\n"));
    parts->input.languages = en_zh;
    assert_non_null(strstr(text_of(digest_document(&parts->input, &arena)),
            "\nTo have a picture taken down: ana@example.org\n"));
    parts->input.foot.contact = "";
    assert_null(strstr(text_of(digest_document(&parts->input, &arena)),
            "taken down"));
}

static void test_the_title_is_one_line_for_a_notification(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_FULL, zh);

    assert_string_equal(digest_document(&parts->input, &arena)->title,
            "论文日报 · 1 篇");
    parts->input.date = (struct civil_date){2026, 11, 24};
    assert_string_equal(digest_document(&parts->input, &arena)->title,
            "论文日报 2026-11-24 · 1 篇");
    parts->input.languages = en;
    assert_string_equal(digest_document(&parts->input, &arena)->title,
            "Papers 2026-11-24 · 1");
}

static void test_entries_are_numbered_through_in_brief(void **state)
{
    (void)state;
    struct case_parts *parts = one_paper(STYLE_BRIEF, zh);
    struct digest_item items[3] = {parts->item, parts->item, parts->item};
    unsigned expected = 1;

    items[2].top = false;
    parts->input.items = items;
    parts->input.count = 3;
    struct document *document = digest_document(&parts->input, &arena);
    for (const struct document_node *block = document->root.first; block;
            block = block->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        assert_int_equal(block->number, expected++);
        assert_string_equal(block->paper_id, "2501.00001");
    }
    assert_int_equal(expected, 4);
    assert_true(document->spaced);
}

static void test_a_quiet_day_is_one_line(void **state)
{
    (void)state;
    struct civil_date date = {2026, 11, 26};

    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_NONE, date,
                                zh_en, &arena)),
            "今日 arXiv 无公告\n");
    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_NONE, date, en,
                                &arena)),
            "No arXiv announcement today\n");
    assert_string_equal(digest_quiet_line(DIGEST_QUIET_NONE, date, en, &arena)
                                ->title,
            "No arXiv announcement today · 2026-11-26");
    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_LATE, date,
                                zh_en, &arena)),
            "今日 arXiv 公告尚未发布,论文将收入下一期\n");
    assert_string_equal(text_of(digest_quiet_line(DIGEST_QUIET_FAILED, date, en,
                                &arena)),
            "Today's arXiv announcement cannot be read yet; its papers will "
            "be in the next digest\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(
                    test_each_language_alone_and_side_by_side_in_full, tidy),
            cmocka_unit_test_teardown(
                    test_latex_is_shown_as_unicode_in_every_text, tidy),
            cmocka_unit_test_teardown(
                    test_each_language_alone_and_side_by_side_in_brief, tidy),
            cmocka_unit_test_teardown(
                    test_without_a_note_the_original_stands_with_a_mark, tidy),
            cmocka_unit_test_teardown(test_an_english_note_is_not_said_twice,
                    tidy),
            cmocka_unit_test_teardown(
                    test_sentences_chosen_from_the_abstract_are_not_said_twice,
                    tidy),
            cmocka_unit_test_teardown(test_what_is_unknown_leaves_no_empty_line,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_note_title_with_its_own_stop_gets_no_second, tidy),
            cmocka_unit_test_teardown(test_only_further_papers_need_no_section,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_long_legend_shows_only_the_days_tags, tidy),
            cmocka_unit_test_teardown(
                    test_the_foot_tells_of_the_batch_and_who_wrote, tidy),
            cmocka_unit_test_teardown(test_who_shows_pictures_says_whom_to_ask,
                    tidy),
            cmocka_unit_test_teardown(
                    test_the_title_is_one_line_for_a_notification, tidy),
            cmocka_unit_test_teardown(
                    test_entries_are_numbered_through_in_brief, tidy),
            cmocka_unit_test_teardown(test_a_quiet_day_is_one_line, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
