#include "adapters/dialects/dialect_markdown.h"
#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialects.h"

#include "bot/base/text.h"
#include "tests/support/commonmark.h"
#include "tests/support/matrix_html.h"
#include "tests/support/sample_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    MATTERMOST_CHARACTERS = 16383,
    DISCORD_CHARACTERS = 2000,
};

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static const char *rendered(const struct document *document)
{
    struct payload_list payloads;
    struct error err = {0};

    assert_true(dialect_markdown.render(document, &arena, &payloads, &err));
    assert_in_range(payloads.count, 0, 1);
    return payloads.count == 0 ? "" : payloads.items[0].bytes;
}

/* What a reader sees of it; the test ends where it is more than text, links to
 * https and the tags that Paperboy uses. */
static const char *seen(const char *markdown)
{
    const char *html = commonmark_html(&arena, markdown);
    const char *flaw = matrix_html_flaw(&arena, html);

    if (flaw != NULL)
        fail_msg("%s in %.2000s", flaw, html);
    return matrix_html_text(&arena, html);
}

static void assert_no_github_markup(const char *markdown)
{
    static const char *const tags[] = {"<table", "<del", "<input", "<img",
            "<script", "<!--", "<ol", "<hr", "<pre", "<h1", "<h2"};
    const char *html = commonmark_html_github(&arena, markdown);

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strstr(html, tags[i]) != NULL)
            fail_msg("%s in %.2000s", tags[i], strstr(html, tags[i]) - 300);
}

static struct document *empty_document(void)
{
    struct document *document = arena_new(&arena, struct document);

    document_init(document, &arena, "en");
    return document;
}

static void test_a_digest_reads_well(void **state)
{
    (void)state;
    static const char expected[] =
            "LG - 机器学习 CV - 计算机视觉\n\n"
            "*转自鸟巢*\n\n"
            "摘要:慢鸟与快图\n\n"
            "1、`LG` **[Slow Birds & Fast Maps]"
            "(https://arxiv.org/abs/2401.00001)**  \n"
            "*A Finch, B v Owl*  \n"
            "\\[Nest & Tree\\]  \n"
            "慢鸟与快图。鸟群在地图上找路。\n\n"
            "> We let birds find their way.\n\n"
            "### 另外几篇值得关注的论文:\n\n"
            "2\\. `CV` **[Seeing Less](https://arxiv.org/abs/2401.00002)**  \n"
            "**少看一点**  \n"
            "看得少,懂得多。  \n"
            "*C Wren*\n\n"
            "*arXiv 01-02 公告*\n";

    assert_string_equal(rendered(sample_document_digest(&arena)), expected);
}

static void test_nothing_to_say_is_no_payload(void **state)
{
    (void)state;
    struct document *document = empty_document();
    struct payload_list payloads;

    document_paragraph(document, &document->root, ROLE_NOTE, " ");
    assert_true(dialect_markdown.render(document, &arena, &payloads, NULL));
    assert_int_equal(payloads.count, 0);
}

static const char *paragraph(const char *text)
{
    struct document *document = empty_document();

    document_paragraph(document, &document->root, ROLE_NONE, text);
    return rendered(document);
}

static void test_only_what_could_be_markup_has_a_backslash(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
            {"snake_case, 50% & Q&A: (a+b) = c!",
                    "snake_case, 50% & Q&A: (a+b) = c\\!"},
            {"_a_ *b* `c` [d](e) <f> ~g~ |h| $i$",
                    "\\_a\\_ \\*b\\* \\`c\\` \\[d\\](e) \\<f> \\~g\\~ \\|h\\| "
                    "\\$i\\$"},
            {"&copy; &#65; C# # x ##", "\\&copy; \\&#65; C# \\# x \\#\\#"},
            {"1. one", "1\\. one"},
            {"- one", "\\- one"},
            {"> one", "\\> one"},
            {"2024 is 1.5 - 3", "2024 is 1.5 - 3"},
            {"(see https://a.example/x_y_(z), https://m.example/@me).",
                    "(see <https://a.example/x_y_(z)>, "
                    "<https://m.example/%40me>)."},
            {"http://a.example https:// www.a.example",
                    "http\\://a.example https\\:// www\\.a.example"},
            {"me@a.example", "me@\u2060a.example"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(paragraph(cases[i].in),
                arena_format(&arena, "%s\n", cases[i].out));
}

static void test_only_https_becomes_a_link(void **state)
{
    (void)state;
    static const struct {
        const char *label, *url, *out;
    } cases[] = {
            {"label", "javascript:alert(1)", "label\n"},
            {"label", "http://a.example", "label\n"},
            {"label", "https://a.example/(x)?a=1&copy;_*",
                    "[label](https://a.example/%28x%29?a=1&copy%3B_*)\n"},
            {"a](b", "https://a.example", "[a\\](b](https://a.example)\n"},
            {"", "https://a.example", "<https://a.example>\n"},
            {"https://a.example", "https://a.example", "<https://a.example>\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document *document = empty_document();
        document_link(document,
                document_block(document, &document->root, DOCUMENT_PARAGRAPH,
                        ROLE_NONE),
                cases[i].label, cases[i].url);
        assert_string_equal(rendered(document), cases[i].out);
    }
}

/* --- judged by cmark --- */

/* Without spaces and word joiners, which nobody sees. */
static const char *bare(const char *text)
{
    struct text out;

    text_init(&out, &arena, SIZE_MAX / 2);
    for (; *text != '\0'; text++) {
        if (text_starts(text, "\u2060"))
            text += 2;
        else if (*text != ' ' && *text != '\n')
            text_add_n(&out, text, 1);
    }
    return text_string(&out);
}

static const char *const hostile[] = {"<!channel> <@U123>",
        "@everyone @here <@1>", "<script>alert(1)</script><img src=x>",
        "A | B || C\n|---|---|\n| 1 | 2 |", "&amp; &lt; &copy &copy; &#60;",
        "](https://evil.example) [x](y) ![z](w) )]}",
        "*bold* _italic_ ~struck~ ~~gone~~ `code` ``` fence",
        "C*-algebra snake_case __init__ 2*3*4 a_b_c_", "\\ back \\* \\\\",
        "# heading #", "> quote", "- item", "+ item", "* item", "1. item",
        "12) item", "=== setext", "--- rule", "***", "___", "~~~ fence", "```",
        "[ref]: https://evil.example", "[x] task", ":fire: :-: x",
        "<https://evil.example>", "a\\", "**", "!", "! [x](y)", "$x$ $$y$$",
        "-# small", "\t code", "    code", "**中文。**后", "a*\"b\"*c", "1",
        ".", "&", "amp;", "]", "(https://evil.example)", "论文", "😀*", "_"};

enum {
    HOSTILE = sizeof hostile / sizeof *hostile,
};

static void add_everywhere(struct document *document, const char *text)
{
    static const enum document_role roles[] = {ROLE_TITLE, ROLE_AUTHORS,
            ROLE_NOTE_TITLE, ROLE_NOTE, ROLE_ABSTRACT};
    struct document_node *entry = document_block(document, &document->root,
            DOCUMENT_ENTRY, ROLE_NONE);
    struct document_node *list =
            document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        document_paragraph(document, entry, roles[i], text);
    document_inline(document,
            document_block(document, list, DOCUMENT_ITEM, ROLE_NONE),
            DOCUMENT_TEXT, text);
    for (enum document_role role = ROLE_LEGEND; role <= ROLE_SECTION; role++)
        document_paragraph(document, &document->root, role, text);
}

static void test_a_hostile_text_is_read_back_as_it_is(void **state)
{
    (void)state;
    commonmark_need();
    for (size_t i = 0; i < HOSTILE; i += 3) {
        struct document *document = empty_document();
        const char *expected = "";
        for (size_t k = i; k < HOSTILE && k < i + 3; k++) {
            add_everywhere(document, hostile[k]);
            for (int times = 0; times < 10; times++)
                expected = arena_format(&arena, "%s%s", expected,
                        text_one_line(&arena, hostile[k]));
        }
        const char *markdown = rendered(document);
        assert_string_equal(bare(seen(markdown)), bare(expected));
        assert_no_github_markup(markdown);
    }
}

/* Pieces beside each other must not make what none of them is. */
static void test_pieces_beside_each_other_are_read_back(void **state)
{
    (void)state;
    commonmark_need();
    struct chance_seed seed = {20261124};
    struct random_source chance = chance_seeded(&seed);

    for (int round = 0; round < 25; round++) {
        struct document *document = empty_document();
        const char *expected = "";
        for (int line = 0; line < 12; line++) {
            struct document_node *block = document_block(document,
                    &document->root, DOCUMENT_PARAGRAPH, ROLE_NONE);
            for (int piece = 0; piece < 4; piece++) {
                enum document_kind kind = (enum document_kind)(DOCUMENT_TEXT +
                        (int)chance.below(chance.state, 6));
                const char *text = hostile[chance.below(chance.state, HOSTILE)];
                if (kind == DOCUMENT_LINK)
                    document_link(document, block, text,
                            "https://x.example/(a)?b=&lt;_*");
                else
                    document_inline(document, block, kind, text);
                expected = arena_format(&arena, "%s%s", expected,
                        text_one_line(&arena, text));
            }
        }
        const char *markdown = rendered(document);
        assert_string_equal(bare(seen(markdown)), bare(expected));
        assert_no_github_markup(markdown);
        arena_finish(&arena);
    }
}

static void test_hostile_documents_are_only_text(void **state)
{
    (void)state;
    commonmark_need();
    const char *markdown = rendered(sample_document_hostile(&arena));
    const char *text = seen(markdown);

    assert_non_null(strstr(text, "<script>alert(1)</script>"));
    assert_non_null(strstr(text, "A Title that Stays"));
    assert_null(strcasestr(markdown, "@everyone"));
    assert_null(strcasestr(markdown, "@here"));
    assert_null(strstr(markdown, "<@U"));
    assert_no_github_markup(markdown);
}

/* --- cutting --- */

static const char *cut(const struct document *document, size_t characters)
{
    struct payload_list payloads;
    struct text all;

    text_init(&all, &arena, SIZE_MAX / 2);
    dialect_markdown_messages(document, characters, &arena, &payloads);
    for (size_t i = 0; i < payloads.count; i++) {
        const char *bytes = payloads.items[i].bytes;
        assert_true(dialect_mrkdwn_characters(bytes) <= characters);
        assert_true(text_is_utf8(bytes, strlen(bytes)));
        text_add(&all, bytes);
        text_add(&all, "\n");
    }
    return text_string(&all);
}

static void test_long_digests_are_cut_between_papers(void **state)
{
    (void)state;
    static const struct {
        size_t papers, abstract_bytes, characters;
    } cases[] = {{30, 2000, MATTERMOST_CHARACTERS}, {300, 500, 4000},
            {300, 5, DISCORD_CHARACTERS}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cut(sample_document_long(&arena, cases[i].papers,
                                       cases[i].abstract_bytes),
                cases[i].characters);
        assert_null(sample_document_names_flaw(&arena, text, cases[i].papers));
        assert_int_equal(sample_document_occurrences(text, "word"),
                cases[i].papers * (cases[i].abstract_bytes / 5));
    }
}

static void test_a_paper_over_the_limit_is_shortened_not_cut(void **state)
{
    (void)state;
    const char *text =
            cut(sample_document_long(&arena, 1, 100000), DISCORD_CHARACTERS);

    assert_non_null(strstr(text, "Paper 00001."));
    assert_non_null(strstr(text, "https://arxiv.org/abs/2401.00006"));
    assert_non_null(strstr(text, "…"));
}

static void test_any_document_fits_and_loses_no_paper(void **state)
{
    (void)state;
    commonmark_need();
    struct chance_seed seed = {20261123};
    struct random_source chance = chance_seeded(&seed);

    for (int i = 0; i < 25; i++) {
        size_t papers;
        struct document *document =
                sample_document_random(&arena, &chance, &papers);
        const char *flaw = sample_document_names_flaw(&arena,
                seen(cut(document, DISCORD_CHARACTERS)), papers);
        if (flaw != NULL)
            fail_msg("document %d: %s", i, flaw);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_digest_reads_well, tidy),
            cmocka_unit_test_teardown(test_nothing_to_say_is_no_payload, tidy),
            cmocka_unit_test_teardown(
                    test_only_what_could_be_markup_has_a_backslash, tidy),
            cmocka_unit_test_teardown(test_only_https_becomes_a_link, tidy),
            cmocka_unit_test_teardown(test_a_hostile_text_is_read_back_as_it_is,
                    tidy),
            cmocka_unit_test_teardown(
                    test_pieces_beside_each_other_are_read_back, tidy),
            cmocka_unit_test_teardown(test_hostile_documents_are_only_text,
                    tidy),
            cmocka_unit_test_teardown(test_long_digests_are_cut_between_papers,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_paper_over_the_limit_is_shortened_not_cut, tidy),
            cmocka_unit_test_teardown(test_any_document_fits_and_loses_no_paper,
                    tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
