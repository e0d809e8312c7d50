#include "adapters/dialects/dialects.h"

#include "bot/base/text.h"
#include "tests/support/sample_document.h"
#include "tests/support/slack_limits.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* All messages of a document, one after the other. */
struct reading {
    struct text seen, fallback;          /* the blocks' texts, a line each */
    size_t messages, blocks, characters; /* the largest of each */
};

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* "header|text\n" for each block, so that a layout reads as a page. */
static void add_block(struct text *seen, const cJSON *block)
{
    const cJSON *text = cJSON_GetObjectItem(block, "text");

    if (text == NULL)
        text = cJSON_GetArrayItem(cJSON_GetObjectItem(block, "elements"), 0);
    text_add(seen, cJSON_GetObjectItem(block, "type")->valuestring);
    if (text != NULL)
        text_add_format(seen, "|%s",
                cJSON_GetObjectItem(text, "text")->valuestring);
    text_add(seen, "\n");
}

static void read_message(struct reading *reading, const char *payload)
{
    size_t characters = 0, blocks = 0;
    const char *flaw = slack_limits_flaw(&arena, payload, &characters);
    const cJSON *block;

    if (flaw != NULL)
        fail_msg("%s in %.3000s", flaw, payload);
    cJSON *message = cJSON_Parse(payload);
    cJSON_ArrayForEach(block, cJSON_GetObjectItem(message, "blocks"))
    {
        add_block(&reading->seen, block);
        blocks++;
    }
    text_add(&reading->fallback,
            cJSON_GetObjectItem(message, "text")->valuestring);
    text_add(&reading->fallback, "\n");
    cJSON_Delete(message);
    reading->messages++;
    if (blocks > reading->blocks)
        reading->blocks = blocks;
    if (characters > reading->characters)
        reading->characters = characters;
}

static struct reading rendered(const struct document *document)
{
    struct reading reading = {0};
    struct payload_list payloads;
    struct error err = {0};

    text_init(&reading.seen, &arena, 1 << 26);
    text_init(&reading.fallback, &arena, 1 << 26);
    assert_true(dialect_slack.render(document, &arena, &payloads, &err));
    for (size_t i = 0; i < payloads.count; i++)
        read_message(&reading, payloads.items[i].bytes);
    return reading;
}

static void test_a_digest_reads_well(void **state)
{
    (void)state;
    static const char expected[] =
            "header|论文日报 2024-01-02\n"
            "context|LG - 机器学习 CV - 计算机视觉\n"
            "context|转自鸟巢\n"
            "section|摘要:慢鸟与快图\n"
            "section|1、[LG] *<https://arxiv.org/abs/2401.00001|"
            "Slow Birds &amp; Fast Maps>*\n慢鸟与快图。鸟群在地图上找路。\n"
            "context|A Finch, B v Owl · [Nest &amp; Tree]\n"
            "context|We let birds find their way.\n"
            "divider\n"
            "section|*另外几篇值得关注的论文:*\n"
            "section|2. [CV] *<https://arxiv.org/abs/2401.00002|Seeing Less>*\n"
            "*少看一点*\n看得少,懂得多。\n"
            "context|C Wren\n"
            "context|arXiv 01-02 公告\n";
    struct reading reading = rendered(sample_document_digest(&arena));

    assert_string_equal(text_string(&reading.seen), expected);
    assert_string_equal(text_string(&reading.fallback),
            "论文日报 2024-01-02\n1. Slow Birds &amp; Fast Maps\n"
            "2. Seeing Less\n");
}

static void test_a_quiet_line_is_one_section(void **state)
{
    (void)state;
    struct reading reading = rendered(sample_document_quiet(&arena));

    assert_string_equal(text_string(&reading.seen),
            "section|今日 arXiv 无公告\n");
    assert_string_equal(text_string(&reading.fallback), "今日 arXiv 无公告\n");
}

static const char *paragraph(enum document_kind kind, const char *text,
        const char *url)
{
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *block = document_block(&document, &document.root,
            DOCUMENT_PARAGRAPH, ROLE_NONE);
    document_inline(&document, block, DOCUMENT_TEXT, "图");
    document_inline(&document, block, kind, text)->url = url;
    document_inline(&document, block, DOCUMENT_TEXT, "表");
    struct reading reading = rendered(&document);
    return text_string(&reading.seen);
}

static void test_text_stays_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {
            {"<!channel>", "section|图&lt;!channel&gt;表\n"},
            {"<@U123>", "section|图&lt;@U123&gt;表\n"},
            {"a & b", "section|图a &amp; b表\n"},
            {"&amp;", "section|图&amp;amp;表\n"},
            {"@here", "section|图@\xe2\x81\xa0here表\n"},
            {"snake_case a*b", "section|图snake_case a*b表\n"},
            {"*b* _i_ ~s~ `c`", "section|图∗b∗ ˍiˍ ∼s∼ ‘c‘表\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(paragraph(DOCUMENT_TEXT, cases[i].text, ""),
                cases[i].shown);
}

static void test_marks_of_our_own_stand_free(void **state)
{
    (void)state;
    assert_string_equal(paragraph(DOCUMENT_STRONG, "a*b", ""),
            "section|图 *a*b* 表\n");
    assert_string_equal(paragraph(DOCUMENT_EMPHASIS, " x ", ""),
            "section|图 _x_ 表\n");
    assert_string_equal(paragraph(DOCUMENT_CODE, "", ""), "section|图表\n");
}

static void test_links_cannot_be_left(void **state)
{
    (void)state;
    assert_string_equal(paragraph(DOCUMENT_LINK, "a|b>c\nd",
                                "https://x.example/|>?a&b"),
            "section|图<https://x.example/%7C%3E?a&amp;b|a∣b&gt;c d>表\n");
    assert_string_equal(paragraph(DOCUMENT_LINK, "", "https://x.example/"),
            "section|图<https://x.example/>表\n");
    assert_string_equal(paragraph(DOCUMENT_LINK, "",
                                "https://x@y.example/@here"),
            "section|图<https://x%40y.example/%40here>表\n");
    assert_string_equal(paragraph(DOCUMENT_LINK, "a|b", "javascript:x"),
            "section|图a|b表\n");
}

static void test_hostile_texts_are_harmless(void **state)
{
    (void)state;
    struct reading reading = rendered(sample_document_hostile(&arena));
    const char *seen = text_string(&reading.seen);

    assert_non_null(strstr(seen, "A Title that Stays"));
    assert_non_null(strstr(seen, "<https://arxiv.org/abs/2401.00004|"));
    assert_non_null(strstr(seen, "<https://arxiv.org/abs/2401.00005|"));
    assert_non_null(strstr(seen, "👩‍👩‍👧‍👦"));
    print_message("# PRINT hostile: %zu messages, at most %zu blocks, "
                  "%zu characters\n",
            reading.messages, reading.blocks, reading.characters);
}

static void test_long_digests_are_cut_between_papers(void **state)
{
    (void)state;
    static const struct {
        size_t papers, abstract_bytes;
    } cases[] = {{30, 1900}, {300, 500}, {300, 5}, {4, 2850}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading = rendered(sample_document_long(&arena,
                cases[i].papers, cases[i].abstract_bytes));
        const char *flaw = sample_document_names_flaw(&arena,
                text_string(&reading.seen), cases[i].papers);
        assert_null(flaw);
        assert_int_equal(sample_document_occurrences(text_string(&reading.seen),
                                 "word"),
                cases[i].papers * (cases[i].abstract_bytes / 5));
        flaw = sample_document_names_flaw(&arena,
                text_string(&reading.fallback), cases[i].papers);
        assert_null(flaw);
        print_message("# PRINT %zu papers of %zu bytes: %zu messages, at most "
                      "%zu blocks, %zu characters\n",
                cases[i].papers, cases[i].abstract_bytes, reading.messages,
                reading.blocks, reading.characters);
    }
}

static void test_a_heading_goes_with_what_it_heads(void **state)
{
    (void)state;
    /* Any number of papers before it: the heading is never last. */
    for (size_t papers = 20; papers < 60; papers += 2) {
        struct payload_list payloads;
        struct document *document = sample_document_long(&arena, papers, 5);
        assert_true(dialect_slack.render(document, &arena, &payloads, NULL));
        for (size_t i = 0; i < payloads.count; i++) {
            cJSON *message = cJSON_Parse(payloads.items[i].bytes);
            const cJSON *blocks = cJSON_GetObjectItem(message, "blocks");
            const cJSON *last =
                    cJSON_GetArrayItem(blocks, cJSON_GetArraySize(blocks) - 1);
            assert_string_equal(cJSON_GetObjectItem(last, "type")->valuestring,
                    "context");
            cJSON_Delete(message);
        }
        arena_finish(&arena);
    }
}

static void test_any_document_fits_and_loses_no_paper(void **state)
{
    (void)state;
    struct chance_seed seed = {20261124};
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
            cmocka_unit_test_teardown(test_a_quiet_line_is_one_section, tidy),
            cmocka_unit_test_teardown(test_text_stays_text, tidy),
            cmocka_unit_test_teardown(test_marks_of_our_own_stand_free, tidy),
            cmocka_unit_test_teardown(test_links_cannot_be_left, tidy),
            cmocka_unit_test_teardown(test_hostile_texts_are_harmless, tidy),
            cmocka_unit_test_teardown(test_long_digests_are_cut_between_papers,
                    tidy),
            cmocka_unit_test_teardown(test_a_heading_goes_with_what_it_heads,
                    tidy),
            cmocka_unit_test_teardown(test_any_document_fits_and_loses_no_paper,
                    tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
