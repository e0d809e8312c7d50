#include "adapters/dialects/dialect_html.h"
#include "adapters/dialects/dialects.h"

#include "bot/base/text.h"
#include "tests/support/html_page.h"
#include "tests/support/sample_document.h"

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

static const char *rendered(const struct document *document)
{
    struct payload_list payloads;
    struct error err = {0};

    assert_true(dialect_html.render(document, &arena, &payloads, &err));
    assert_in_range(payloads.count, 0, 1);
    return payloads.count == 0 ? "" : payloads.items[0].bytes;
}

/* What a reader sees of a good page; the test ends if it is not good. */
static const char *seen(const struct document *document)
{
    const char *page = rendered(document);
    const char *flaw = html_page_flaw(&arena, page);

    if (flaw != NULL)
        fail_msg("%s in %.3000s", flaw, page);
    return html_page_text(&arena, page);
}

static struct document *empty_document(const char *title)
{
    struct document *document = arena_new(&arena, struct document);

    document_init(document, &arena, "en");
    document->title = title;
    return document;
}

static const char *body_of(const struct document *document)
{
    const char *main = strstr(rendered(document), "<main>\n");

    assert_non_null(main);
    return main + strlen("<main>\n");
}

static void test_a_digest_reads_well(void **state)
{
    (void)state;
    static const char expected[] =
            "<h1>论文日报 2024-01-02</h1>\n"
            "<p class=\"legend\"><span>LG - 机器学习</span> "
            "<span>CV - 计算机视觉</span></p>\n"
            "<p class=\"credit\">转自鸟巢</p>\n"
            "<p class=\"headline\">摘要:慢鸟与快图</p>\n"
            "<article>\n"
            "<h2 class=\"title\">1、<span class=\"tag\">LG</span> "
            "<a href=\"https://arxiv.org/abs/2401.00001\">"
            "Slow Birds &amp; Fast Maps</a></h2>\n"
            "<p class=\"authors\">A Finch, B v Owl</p>\n"
            "<p class=\"affiliations\">[Nest &amp; Tree]</p>\n"
            "<p class=\"note\">慢鸟与快图。鸟群在地图上找路。</p>\n"
            "<details><summary>摘要</summary>\n"
            "<p class=\"abstract\">We let birds find their way.</p>\n"
            "</details>\n"
            "<p class=\"link\"><a href=\"https://arxiv.org/abs/2401.00001\">"
            "https://arxiv.org/abs/2401.00001</a></p>\n"
            "</article>\n"
            "<h2 class=\"section\">另外几篇值得关注的论文:</h2>\n"
            "<article>\n"
            "<h2 class=\"title\">2. <span class=\"tag\">CV</span> "
            "<a href=\"https://arxiv.org/abs/2401.00002\">"
            "Seeing Less</a></h2>\n"
            "<p class=\"note-title\">少看一点</p>\n"
            "<p class=\"note\">看得少,懂得多。</p>\n"
            "<p class=\"authors\">C Wren</p>\n"
            "<p class=\"link\"><a href=\"https://arxiv.org/abs/2401.00002\">"
            "https://arxiv.org/abs/2401.00002</a></p>\n"
            "</article>\n"
            "<p class=\"foot\">arXiv 01-02 公告</p>\n"
            "</main>\n</body>\n</html>\n";

    assert_string_equal(body_of(sample_document_digest(&arena)), expected);
}

static void test_a_page_stands_alone(void **state)
{
    (void)state;
    const char *page = rendered(sample_document_digest(&arena));
    static const char *const parts[] = {"<html lang=\"zh\">",
            "<meta charset=\"utf-8\"/>", "default-src 'none'",
            "width=device-width", "prefers-color-scheme:dark",
            "<title>论文日报 2024-01-02</title>"};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(page, parts[i]) == NULL)
            fail_msg("no %s", parts[i]);
    assert_null(html_page_flaw(&arena, page));
    assert_null(strstr(page, "<script"));
}

static void test_a_block_says_its_language(void **state)
{
    (void)state;
    struct document *document = empty_document("T");
    static const struct {
        const char *language, *out;
    } cases[] = {{"zh", "<p lang=\"zh\">x</p>"}, {"", "<p>x</p>"},
            {"zh-Hans", "<p lang=\"zh-Hans\">x</p>"},
            {"\" onload=\"x", "<p>x</p>"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        document_paragraph(document, &document->root, ROLE_NONE, "x")
                ->language = cases[i].language;
    assert_string_equal(body_of(document),
            "<h1>T</h1>\n<p lang=\"zh\">x</p>\n<p>x</p>\n"
            "<p lang=\"zh-Hans\">x</p>\n<p>x</p>\n"
            "</main>\n</body>\n</html>\n");
}

static void test_only_https_becomes_a_link(void **state)
{
    (void)state;
    static const struct {
        const char *url, *out;
    } cases[] = {{"javascript:alert(1)", "label"},
            {"http://a.example", "label"}, {"data:text/html,x", "label"},
            {"https://a.example/?a=1&b=\"<'",
                    "<a href=\"https://a.example/?a=1&amp;b=%22%3C%27\">"
                    "label</a>"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document *document = empty_document("");
        document_link(document,
                document_block(document, &document->root, DOCUMENT_PARAGRAPH,
                        ROLE_NONE),
                "label", cases[i].url);
        assert_string_equal(body_of(document),
                arena_format(&arena, "<p>%s</p>\n</main>\n</body>\n</html>\n",
                        cases[i].out));
    }
}

static void test_addresses_in_a_text_can_be_followed(void **state)
{
    (void)state;
    struct document *document = empty_document("");

    document_paragraph(document, &document->root, ROLE_NONE,
            "Code: https://a.example/x_(y)?b&c. See https://, "
            "(https://b.example/z) http://c.example");
    assert_string_equal(body_of(document),
            "<p>Code: <a href=\"https://a.example/x_(y)?b&amp;c\">"
            "https://a.example/x_(y)?b&amp;c</a>. See https://, "
            "(<a href=\"https://b.example/z\">https://b.example/z</a>) "
            "http://c.example</p>\n</main>\n</body>\n</html>\n");
}

static void test_nothing_to_say_is_no_page(void **state)
{
    (void)state;
    struct document *document = empty_document("T");

    assert_string_equal(rendered(document), "");
    document_paragraph(document, &document->root, ROLE_NONE, " ");
    document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);
    document_block(document, &document->root, DOCUMENT_ENTRY, ROLE_NONE);
    assert_string_equal(rendered(document), "");
}

static void test_hostile_documents_are_only_text(void **state)
{
    (void)state;
    struct document *document = sample_document_hostile(&arena);
    const char *text = seen(document);

    assert_non_null(strstr(text, "<script>alert(1)</script>"));
    assert_non_null(strstr(text, "</p></details></h4> --> <![CDATA[ x ]]>"));
    assert_non_null(strstr(text, "👩‍👩‍👧‍👦"));
    assert_non_null(strstr(text, "A Title that Stays"));
    assert_null(strstr(text, "\xe2\x80\xae"));
}

static void test_any_document_is_a_good_page_with_every_paper(void **state)
{
    (void)state;
    struct chance_seed seed = {20261123};
    struct random_source chance = chance_seeded(&seed);

    for (int i = 0; i < 100; i++) {
        size_t papers;
        struct document *document =
                sample_document_random(&arena, &chance, &papers);
        if (*rendered(document) != '\0') {
            const char *flaw =
                    sample_document_names_flaw(&arena, seen(document), papers);
            if (flaw != NULL)
                fail_msg("document %d: %s", i, flaw);
        }
        arena_finish(&arena);
    }
}

static void test_too_large_a_page_is_refused(void **state)
{
    (void)state;
    struct payload_list payloads;
    struct error err = {0};

    assert_false(dialect_html.render(sample_document_long(&arena, 9, 2000000),
            &arena, &payloads, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "fewer papers"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_digest_reads_well, tidy),
            cmocka_unit_test_teardown(test_a_page_stands_alone, tidy),
            cmocka_unit_test_teardown(test_a_block_says_its_language, tidy),
            cmocka_unit_test_teardown(test_only_https_becomes_a_link, tidy),
            cmocka_unit_test_teardown(test_addresses_in_a_text_can_be_followed,
                    tidy),
            cmocka_unit_test_teardown(test_nothing_to_say_is_no_page, tidy),
            cmocka_unit_test_teardown(test_hostile_documents_are_only_text,
                    tidy),
            cmocka_unit_test_teardown(
                    test_any_document_is_a_good_page_with_every_paper, tidy),
            cmocka_unit_test_teardown(test_too_large_a_page_is_refused, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
