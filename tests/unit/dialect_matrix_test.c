#include "adapters/dialects/dialects.h"

#include "bot/base/text.h"
#include "tests/support/matrix_html.h"
#include "tests/support/sample_document.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    PLANNED_BYTES = 40 * 1000,
    EVENT_BYTES = 65536,
};

static struct arena arena;

/* All messages of a document, one after the other. */
struct reading {
    struct text body, seen; /* seen: the HTML's text */
    size_t messages, largest;
};

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static char *field(const cJSON *content, const char *name)
{
    const char *value =
            cJSON_GetStringValue(cJSON_GetObjectItem(content, name));

    assert_non_null(value);
    return arena_string(&arena, value);
}

static void read_message(struct reading *reading, const struct payload *payload)
{
    cJSON *content = cJSON_Parse(payload->bytes);
    const char *body = field(content, "body");
    const char *html = field(content, "formatted_body");
    const cJSON *mentions = cJSON_GetObjectItem(content, "m.mentions");

    assert_string_equal(field(content, "msgtype"), "m.text");
    assert_string_equal(field(content, "format"), "org.matrix.custom.html");
    assert_true(cJSON_IsObject(mentions) && mentions->child == NULL);
    assert_int_equal(cJSON_GetArraySize(content), 5);
    cJSON_Delete(content);

    const char *flaw = matrix_html_flaw(&arena, html);
    if (flaw != NULL)
        fail_msg("%s in %.2000s", flaw, html);
    assert_true(payload->length <= PLANNED_BYTES + 200);
    assert_true(payload->length < EVENT_BYTES);
    text_add(&reading->body, body);
    text_add(&reading->body, "\n");
    text_add(&reading->seen, matrix_html_text(&arena, html));
    if (payload->length > reading->largest)
        reading->largest = payload->length;
    reading->messages++;
}

static struct reading rendered(const struct document *document)
{
    struct reading reading = {0};
    struct payload_list payloads;
    struct error err = {0};

    text_init(&reading.body, &arena, 1 << 26);
    text_init(&reading.seen, &arena, 1 << 26);
    assert_true(dialect_matrix.render(document, &arena, &payloads, &err));
    for (size_t i = 0; i < payloads.count; i++)
        read_message(&reading, &payloads.items[i]);
    return reading;
}

static const char *first_html(const struct document *document)
{
    struct payload_list payloads;

    assert_true(dialect_matrix.render(document, &arena, &payloads, NULL));
    assert_true(payloads.count > 0);
    cJSON *content = cJSON_Parse(payloads.items[0].bytes);
    const char *html = field(content, "formatted_body");
    cJSON_Delete(content);
    return html;
}

static void test_a_digest_reads_well(void **state)
{
    (void)state;
    static const char expected[] =
            "<p>LG\u00a0-\u2060\u00a0机器学习 "
            "CV\u00a0-\u2060\u00a0计算机视觉</p>"
            "<p><em>转自鸟巢</em></p>"
            "<p>摘要:慢鸟与快图</p>"
            "<p>1、<code>LG</code> <strong>"
            "<a href=\"https://arxiv.org/abs/2401.00001\">"
            "Slow Birds &amp; Fast Maps</a></strong><br/>"
            "<em>A Finch, B v Owl</em> [Nest &amp; Tree]<br/>"
            "慢鸟与快图。鸟群在地图上找路。</p>"
            "<details><summary>摘要</summary>"
            "We let birds find their way.</details>"
            "<h4>另外几篇值得关注的论文:</h4>"
            "<p>2. <code>CV</code> <strong>"
            "<a href=\"https://arxiv.org/abs/2401.00002\">"
            "Seeing Less</a></strong><br/>"
            "<strong>少看一点</strong><br/>看得少,懂得多。<br/>"
            "<em>C Wren</em></p>"
            "<p><em>arXiv 01-02 公告</em></p>";

    assert_string_equal(first_html(sample_document_digest(&arena)), expected);
}

static void test_the_body_is_the_plain_form(void **state)
{
    (void)state;
    struct document *document = sample_document_digest(&arena);
    struct payload_list plain;
    struct reading reading = rendered(document);

    assert_true(dialect_text.render(document, &arena, &plain, NULL));
    assert_string_equal(text_string(&reading.body), plain.items[0].bytes);
}

static void test_what_is_aside_is_a_notice(void **state)
{
    (void)state;
    struct document *document = sample_document_digest(&arena);
    struct payload_list payloads;

    document->aside = true;
    assert_true(dialect_matrix.render(document, &arena, &payloads, NULL));
    cJSON *content = cJSON_Parse(payloads.items[0].bytes);
    assert_string_equal(field(content, "msgtype"), "m.notice");
    cJSON_Delete(content);
}

static const char *entry_html(const char *note, const char *abstract)
{
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *entry = document_block(&document, &document.root,
            DOCUMENT_ENTRY, ROLE_NONE);
    document_paragraph(&document, entry, ROLE_TITLE, "Title");
    if (*note != '\0')
        document_paragraph(&document, entry, ROLE_NOTE, note);
    document_paragraph(&document, entry, ROLE_ABSTRACT, abstract);
    return first_html(&document);
}

static void test_an_abstract_folds_away_only_behind_a_note(void **state)
{
    (void)state;
    assert_string_equal(entry_html("", "Short."),
            "<p><strong>Title</strong><br/>Short.</p>");
    assert_string_equal(entry_html("Note.", "Short."),
            "<p><strong>Title</strong><br/>Note.</p>"
            "<details><summary>Abstract</summary>Short.</details>");
}

static void test_a_quiet_line_is_one_paragraph(void **state)
{
    (void)state;
    assert_string_equal(first_html(sample_document_quiet(&arena)),
            "<p>今日 arXiv 无公告</p>");
}

static void test_hostile_texts_are_only_text(void **state)
{
    (void)state;
    struct reading reading = rendered(sample_document_hostile(&arena));
    const char *body = text_string(&reading.body);
    const char *seen = text_string(&reading.seen);

    assert_non_null(strstr(seen, "<script>alert(1)</script>"));
    assert_non_null(strstr(seen, "👩‍👩‍👧‍👦"));
    assert_non_null(strstr(seen, "A Title that Stays"));
    assert_null(strcasestr(body, "@room"));
    assert_null(strcasestr(seen, "@room"));
    assert_non_null(strstr(body, "@\xe2\x81\xa0room"));
    assert_null(strstr(seen, "\xe2\x80\xae"));
    print_message("# PRINT hostile: %zu events, the largest %zu bytes\n",
            reading.messages, reading.largest);
}

static void test_only_https_becomes_a_link(void **state)
{
    (void)state;
    static const char *const urls[] = {"javascript:alert(1)",
            "http://a.example", "HTTPS://a.example", " https://a.example",
            "data:text/html,x", ""};

    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct document document;
        document_init(&document, &arena, "en");
        document_link(&document,
                document_block(&document, &document.root, DOCUMENT_PARAGRAPH,
                        ROLE_NONE),
                "label", urls[i]);
        assert_string_equal(first_html(&document), "<p>label</p>");
    }
}

static void test_a_link_calls_nobody_and_leads_where_it_led(void **state)
{
    (void)state;
    struct document document;

    document_init(&document, &arena, "en");
    document_link(&document,
            document_block(&document, &document.root, DOCUMENT_PARAGRAPH,
                    ROLE_NONE),
            "label", "https://a.example/@room?a&b");
    assert_string_equal(first_html(&document),
            "<p><a href=\"https://a.example/%40room?a&amp;b\">label</a></p>");
}

static void test_long_digests_are_cut_between_papers(void **state)
{
    (void)state;
    static const struct {
        size_t papers, abstract_bytes;
    } cases[] = {{30, 2000}, {300, 500}, {300, 5}, {3, 12000}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading = rendered(sample_document_long(&arena,
                cases[i].papers, cases[i].abstract_bytes));
        const char *flaw = sample_document_names_flaw(&arena,
                text_string(&reading.body), cases[i].papers);
        assert_null(flaw);
        flaw = sample_document_names_flaw(&arena, text_string(&reading.seen),
                cases[i].papers);
        assert_null(flaw);
        assert_int_equal(sample_document_occurrences(text_string(&reading.seen),
                                 "word"),
                cases[i].papers * (cases[i].abstract_bytes / 5));
        print_message("# PRINT %zu papers of %zu bytes: %zu events, the "
                      "largest %zu bytes\n",
                cases[i].papers, cases[i].abstract_bytes, reading.messages,
                reading.largest);
    }
}

static void test_a_paper_over_the_limit_is_shortened_not_cut(void **state)
{
    (void)state;
    struct reading reading = rendered(sample_document_long(&arena, 1, 100000));
    const char *body = text_string(&reading.body);

    assert_non_null(strstr(body, "Paper 00001."));
    assert_non_null(strstr(body, "https://arxiv.org/abs/2401.00006"));
    assert_non_null(strstr(body, "…"));
    /* As much is kept as there is room for. */
    assert_true(reading.largest > PLANNED_BYTES - 300);
}

static void test_any_document_fits_and_loses_no_paper(void **state)
{
    (void)state;
    struct chance_seed seed = {20261123};
    struct random_source chance = chance_seeded(&seed);

    for (int i = 0; i < 100; i++) {
        size_t papers;
        struct document *document =
                sample_document_random(&arena, &chance, &papers);
        struct reading reading = rendered(document);
        const char *flaw = sample_document_names_flaw(&arena,
                text_string(&reading.seen), papers);
        if (flaw != NULL)
            fail_msg("document %d: %s", i, flaw);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_digest_reads_well, tidy),
            cmocka_unit_test_teardown(test_the_body_is_the_plain_form, tidy),
            cmocka_unit_test_teardown(test_what_is_aside_is_a_notice, tidy),
            cmocka_unit_test_teardown(
                    test_an_abstract_folds_away_only_behind_a_note, tidy),
            cmocka_unit_test_teardown(test_a_quiet_line_is_one_paragraph, tidy),
            cmocka_unit_test_teardown(test_hostile_texts_are_only_text, tidy),
            cmocka_unit_test_teardown(test_only_https_becomes_a_link, tidy),
            cmocka_unit_test_teardown(
                    test_a_link_calls_nobody_and_leads_where_it_led, tidy),
            cmocka_unit_test_teardown(test_long_digests_are_cut_between_papers,
                    tidy),
            cmocka_unit_test_teardown(
                    test_a_paper_over_the_limit_is_shortened_not_cut, tidy),
            cmocka_unit_test_teardown(test_any_document_fits_and_loses_no_paper,
                    tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
