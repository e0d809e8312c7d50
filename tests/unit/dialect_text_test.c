#include "adapters/dialects/dialects.h"

#include "bot/base/text.h"
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

    assert_true(dialect_text.render(document, &arena, &payloads, &err));
    assert_int_equal(payloads.count, 1);
    assert_int_equal(payloads.items[0].length, strlen(payloads.items[0].bytes));
    return payloads.items[0].bytes;
}

static void test_a_digest_is_a_line_a_block(void **state)
{
    (void)state;
    static const char expected[] = "LG - 机器学习 CV - 计算机视觉\n"
                                   "转自鸟巢\n"
                                   "摘要:慢鸟与快图\n"
                                   "1、[LG] Slow Birds & Fast Maps\n"
                                   "A Finch, B v Owl\n"
                                   "[Nest & Tree]\n"
                                   "慢鸟与快图。鸟群在地图上找路。\n"
                                   "We let birds find their way.\n"
                                   "https://arxiv.org/abs/2401.00001\n"
                                   "另外几篇值得关注的论文:\n"
                                   "2. [CV] Seeing Less\n"
                                   "少看一点\n"
                                   "看得少,懂得多。\n"
                                   "C Wren\n"
                                   "https://arxiv.org/abs/2401.00002\n"
                                   "arXiv 01-02 公告\n";

    assert_string_equal(rendered(sample_document_digest(&arena)), expected);
}

static void test_a_spaced_digest_parts_entries_and_sections(void **state)
{
    (void)state;
    struct document *document = sample_document_digest(&arena);

    document->spaced = true;
    const char *text = rendered(document);
    assert_non_null(strstr(text, "摘要:慢鸟与快图\n\n1、"));
    assert_non_null(strstr(text, "00001\n\n另外几篇值得关注的论文:\n\n2. "));
    assert_non_null(strstr(text, "00002\n\narXiv"));
    assert_null(strstr(text, "\n\n\n"));
}

static void test_links_show_where_they_lead_once(void **state)
{
    (void)state;
    static const struct {
        const char *text, *url, *shown;
    } cases[] = {
            {"", "https://a.example/x", "https://a.example/x\n"},
            {"https://a.example/x", "https://a.example/x",
                    "https://a.example/x\n"},
            {"code", "https://a.example/x", "code (https://a.example/x)\n"},
            {"code", "javascript:alert(1)", "code\n"},
            {"code", "", "code\n"},
            {"", "https://a.example/a b|c>",
                    "https://a.example/a%20b%7Cc%3E\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document;
        document_init(&document, &arena, "en");
        document_link(&document,
                document_block(&document, &document.root, DOCUMENT_PARAGRAPH,
                        ROLE_NONE),
                cases[i].text, cases[i].url);
        assert_string_equal(rendered(&document), cases[i].shown);
    }
}

static void test_lists_have_dashes(void **state)
{
    (void)state;
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *list =
            document_block(&document, &document.root, DOCUMENT_LIST, ROLE_NONE);
    for (int i = 0; i < 2; i++)
        document_inline(&document,
                document_block(&document, list, DOCUMENT_ITEM, ROLE_NONE),
                DOCUMENT_CODE, "/paper 3");
    assert_string_equal(rendered(&document), "- /paper 3\n- /paper 3\n");
}

static void test_a_title_that_begins_with_its_number_gets_no_other(void **state)
{
    (void)state;
    static const struct {
        const char *first, *shown;
    } cases[] = {
            {"3、", "3、Name\n"},
            {"3. ", "3. Name\n"},
            {"3D ", "3. 3D Name\n"},
            {"30 ", "3. 30 Name\n"},
            {"", "3. Name\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document;
        document_init(&document, &arena, "en");
        struct document_node *entry = document_block(&document, &document.root,
                DOCUMENT_ENTRY, ROLE_NONE);
        entry->number = 3;
        struct document_node *title = document_block(&document, entry,
                DOCUMENT_PARAGRAPH, ROLE_TITLE);
        document_inline(&document, title, DOCUMENT_TEXT, cases[i].first);
        document_inline(&document, title, DOCUMENT_STRONG, "Name");
        assert_string_equal(rendered(&document), cases[i].shown);
    }
}

static void test_hostile_texts_stay_on_their_line(void **state)
{
    (void)state;
    const char *text = rendered(sample_document_hostile(&arena));

    assert_true(text_is_utf8(text, strlen(text)));
    assert_null(strstr(text, "\n\n"));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_null(strstr(text, "\xe2\x81\xa6"));
    assert_non_null(strstr(text, "👩‍👩‍👧‍👦"));
    for (const char *at = text; *at != '\0'; at++)
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
}

static void test_nothing_to_say_is_no_payload(void **state)
{
    (void)state;
    struct document document;
    struct payload_list payloads;

    document_init(&document, &arena, "en");
    assert_true(dialect_text.render(&document, &arena, &payloads, NULL));
    assert_int_equal(payloads.count, 0);
}

static void test_empty_blocks_are_nothing_to_say(void **state)
{
    (void)state;
    static const struct dialect *const dialects[] = {&dialect_text,
            &dialect_matrix, &dialect_slack, NULL};
    struct document document;

    document_init(&document, &arena, "en");
    document_paragraph(&document, &document.root, ROLE_NONE, "\xe2\x80\xae");
    document_block(&document, &document.root, DOCUMENT_LIST, ROLE_NONE);
    document_block(&document, &document.root, DOCUMENT_ENTRY, ROLE_NONE);
    for (size_t i = 0; dialects[i] != NULL; i++) {
        struct payload_list payloads;
        assert_true(dialects[i]->render(&document, &arena, &payloads, NULL));
        assert_int_equal(payloads.count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_digest_is_a_line_a_block, tidy),
            cmocka_unit_test_teardown(
                    test_a_spaced_digest_parts_entries_and_sections, tidy),
            cmocka_unit_test_teardown(test_links_show_where_they_lead_once,
                    tidy),
            cmocka_unit_test_teardown(test_lists_have_dashes, tidy),
            cmocka_unit_test_teardown(
                    test_a_title_that_begins_with_its_number_gets_no_other,
                    tidy),
            cmocka_unit_test_teardown(test_hostile_texts_stay_on_their_line,
                    tidy),
            cmocka_unit_test_teardown(test_nothing_to_say_is_no_payload, tidy),
            cmocka_unit_test_teardown(test_empty_blocks_are_nothing_to_say,
                    tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
