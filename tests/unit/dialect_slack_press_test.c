/*
 * Slack messages that can be pressed, and heads of threads.
 */
#include "adapters/dialects/dialect_slack.h"

#include "adapters/channels/slack_content.h"
#include "bot/base/text.h"
#include "tests/support/sample_document.h"
#include "tests/support/slack_limits.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* --- documents --- */

static const char *const hostile[] = {
        "<!channel> @here &amp; <https://evil.example|arXiv>",
        "```*_~` | > quoted & <@U0123>",
        "\xe2\x80\xae"
        "eltit desrever a dna \xe2\x81\xa6mark",
        "𝔻𝕖𝕖𝕡 👩‍👩‍👧‍👦 é̂ learning $n^2$ "
        "\\alpha",
        "论文：“标题”〈很〉长、很长、很长、很长、很长、很长、很长、很长",
        "\"}],\"blocks\":[{\"type\":\"image\"}]",
        "A title with more words than anybody reads, which goes on about "
        "diffusion, transport, alignment and, at last, birds",
};

static void add_paper(struct document *document, size_t number)
{
    struct document_node *entry = document_block(document, &document->root,
            DOCUMENT_ENTRY, ROLE_NONE);
    const char *name =
            arena_format(&arena, "%s %s", sample_document_name(&arena, number),
                    hostile[number % (sizeof hostile / sizeof hostile[0])]);
    const char *id = arena_format(&arena, "2611.%05zu", number);
    struct document_node *title =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_TITLE);

    entry->number = (unsigned)number;
    entry->paper_id = id;
    document_inline(document, title, DOCUMENT_TAG, "LG");
    document_inline(document, title, DOCUMENT_TEXT, " ");
    document_inline(document, title, DOCUMENT_STRONG, name);
    document_paragraph(document, entry, ROLE_NOTE, name);
    document_paragraph(document, entry, ROLE_AUTHORS, "A & B <c@d>");
    struct document_node *link =
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_LINK);
    document_link(document, link, "",
            arena_format(&arena, "https://arxiv.org/abs/%s", id));
}

static struct document *digest_of(size_t papers)
{
    struct document *document = arena_new(&arena, struct document);
    struct text headline;

    document_init(document, &arena, "zh");
    document->title = "论文日报 2026-11-24";
    document_paragraph(document, &document->root, ROLE_LEGEND,
            "LG - 机器学习 CV - 计算机视觉");
    text_init(&headline, &arena, 1 << 20);
    text_add(&headline, "摘要:");
    for (size_t i = 0; i < papers; i++)
        text_add_format(&headline, "%s第%zu篇的短标题", i > 0 ? "、" : "", i);
    document_paragraph(document, &document->root, ROLE_HEADLINE,
            text_string(&headline));
    for (size_t i = 1; i <= papers; i++)
        add_paper(document, i);
    document_paragraph(document, &document->root, ROLE_FOOT,
            "arXiv 11-24 公告 · 212 篇新论文");
    return document;
}

/* --- reading --- */

static struct payload_list pressed(const struct document *document)
{
    struct payload_list payloads;

    dialect_slack_render(document, true, &arena, &payloads);
    for (size_t i = 0; i < payloads.count; i++) {
        size_t characters;
        const char *flaw =
                slack_limits_flaw(&arena, payloads.items[i].bytes, &characters);
        if (flaw != NULL)
            fail_msg("%s in %.3000s", flaw, payloads.items[i].bytes);
    }
    return payloads;
}

static size_t times(const struct payload_list *payloads, const char *word)
{
    size_t count = 0;

    for (size_t i = 0; i < payloads->count; i++)
        count += sample_document_occurrences(payloads->items[i].bytes, word);
    return count;
}

static size_t characters_of(const char *payload)
{
    size_t characters = 0;

    assert_null(slack_limits_flaw(&arena, payload, &characters));
    return characters;
}

/* --- what can be pressed --- */

static void test_each_paper_of_a_digest_has_its_menu(void **state)
{
    (void)state;
    const struct payload_list payloads = pressed(digest_of(9));

    assert_int_equal(payloads.count, 1);
    assert_int_equal(times(&payloads, "\"accessory\""), 9);
    assert_int_equal(times(&payloads, "\"save:2611.00003\""), 1);
    assert_int_equal(times(&payloads, "\"similar:2611.00003\""), 1);
    assert_int_equal(times(&payloads, "\"fewer:2611.00003\""), 1);
    assert_int_equal(times(&payloads, "收藏"), 9);
    assert_int_equal(times(&payloads, "\"share\""), 0);
}

static void test_a_paper_alone_has_a_button_to_it(void **state)
{
    (void)state;
    struct document *document = digest_of(1);

    document->aside = true;
    document->language = "en";
    const struct payload_list payloads = pressed(document);
    assert_int_equal(times(&payloads,
                             "\"url\":\"https://arxiv.org/abs/2611.00001\""),
            1);
    assert_int_equal(times(&payloads, "\"accessory\""), 0);
    assert_int_equal(times(&payloads, "\"overflow\""), 1);
    assert_int_equal(times(&payloads, "\"answer-en\""), 1);
    assert_int_equal(times(&payloads, "Share to channel"), 1);
}

static void test_an_answer_ends_in_the_button_to_share_it(void **state)
{
    (void)state;
    struct document *document = digest_of(60);

    document->aside = true;
    const struct payload_list payloads = pressed(document);
    assert_true(payloads.count > 1);
    assert_int_equal(times(&payloads, "\"share\""), 1);
    const struct payload_list last =
            {.items = &payloads.items[payloads.count - 1], .count = 1};
    assert_int_equal(times(&last, "\"answer-zh\""), 1);
    document_init(document, &arena, "en");
    document_paragraph(document, &document->root, ROLE_NONE, "Done.");
    document->aside = true;
    const struct payload_list line = pressed(document);
    assert_int_equal(times(&line, "\"share\""), 1);
}

static void test_where_nobody_hears_nothing_can_be_pressed(void **state)
{
    (void)state;
    struct payload_list payloads;
    struct document *document = digest_of(9);

    document->aside = true;
    dialect_slack_render(document, false, &arena, &payloads);
    assert_int_equal(times(&payloads, "action_id"), 0);
}

/* --- thirty papers with hostile titles --- */

static void test_thirty_hostile_papers_are_cut_between_papers(void **state)
{
    (void)state;
    const struct outbox_row row = {.delivery_key = "key",
            .target = "",
            .reply = "",
            .person = ""};
    const struct slack_content_place place = {.channel = "C0123456789",
            .ts = "",
            .thread = "",
            .user = "",
            .sharer = ""};
    const struct payload_list payloads = pressed(digest_of(30));

    for (size_t i = 0; i < payloads.count; i++) {
        struct outbox_row sent = row;
        const char *body;
        size_t characters;
        sent.payload = payloads.items[i].bytes;
        sent.payload_bytes = payloads.items[i].length;
        assert_true(slack_content_make(&sent, &place, &arena, &body, NULL));
        assert_null(slack_limits_post_flaw(&arena, body, &characters));
        print_message("# PRINT 30 hostile papers, message %zu of %zu: %zu "
                      "bytes, %zu characters, %zu menus\n",
                i + 1, payloads.count, strlen(body), characters,
                sample_document_occurrences(body, "\"overflow\""));
    }
    for (size_t i = 1; i <= 30; i++) {
        const char *id = arena_format(&arena, "\"save:2611.%05zu\"", i);
        assert_int_equal(times(&payloads, id), 1);
        assert_int_equal(times(&payloads,
                                 arena_format(&arena,
                                         "<https://arxiv.org/abs/2611.%05zu|",
                                         i)),
                1);
    }
}

static void test_a_head_has_every_title_in_1200_characters(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 5, 9, 15, 30, 60};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct document *document = digest_of(sizes[i]);
        document->head = true;
        const struct payload_list payloads = pressed(document);
        assert_int_equal(payloads.count, 1);
        const char *payload = payloads.items[0].bytes;
        size_t characters = characters_of(payload);
        assert_true(characters <= 1200);
        for (size_t k = 1; k <= sizes[i]; k++)
            assert_non_null(strstr(payload,
                    arena_format(&arena, "%s%zu. [LG] Pap",
                            k == 1 ? "\"" : "\\n", k)));
        assert_null(strstr(payload, "action_id"));
        print_message("# PRINT a head of %zu hostile titles: %zu characters\n",
                sizes[i], characters);
        arena_finish(&arena);
    }
}

static void test_a_short_head_is_whole(void **state)
{
    (void)state;
    struct document *document = digest_of(3);

    document->head = true;
    const char *payload = pressed(document).items[0].bytes;
    assert_null(strstr(payload, "…"));
    assert_non_null(strstr(payload, "论文日报 2026-11-24"));
    assert_non_null(strstr(payload, "摘要:第0篇的短标题、第1篇的短标题"));
    assert_non_null(strstr(payload, "LG - 机器学习"));
    assert_non_null(strstr(payload, "212 篇新论文"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_each_paper_of_a_digest_has_its_menu,
                    tidy),
            cmocka_unit_test_teardown(test_a_paper_alone_has_a_button_to_it,
                    tidy),
            cmocka_unit_test_teardown(
                    test_an_answer_ends_in_the_button_to_share_it, tidy),
            cmocka_unit_test_teardown(
                    test_where_nobody_hears_nothing_can_be_pressed, tidy),
            cmocka_unit_test_teardown(
                    test_thirty_hostile_papers_are_cut_between_papers, tidy),
            cmocka_unit_test_teardown(
                    test_a_head_has_every_title_in_1200_characters, tidy),
            cmocka_unit_test_teardown(test_a_short_head_is_whole, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
