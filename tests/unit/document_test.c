#include "bot/model/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_blocks_stand_in_the_order_they_came(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct document document;

    document_init(&document, &arena, "zh");
    struct document_node *first =
            document_paragraph(&document, &document.root, ROLE_HEADLINE, "one");
    struct document_node *second = document_block(&document, &document.root,
            DOCUMENT_ENTRY, ROLE_NONE);
    assert_ptr_equal(document.root.first, first);
    assert_ptr_equal(first->next, second);
    assert_ptr_equal(document.root.last, second);
    assert_null(second->next);
    assert_string_equal(document.language, "zh");
    assert_string_equal(document.title, "");
    arena_finish(&arena);
}

static void test_no_string_of_a_node_is_null(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *node =
            document_block(&document, &document.root, DOCUMENT_LIST, ROLE_NONE);
    assert_string_equal(node->text, "");
    assert_string_equal(node->url, "");
    assert_string_equal(node->paper_id, "");
    assert_string_equal(node->language, "");
    assert_string_equal(document.root.text, "");
    arena_finish(&arena);
}

static void test_a_role_finds_its_first_block(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct document document;

    document_init(&document, &arena, "en");
    document_paragraph(&document, &document.root, ROLE_TITLE, "a");
    struct document_node *note =
            document_paragraph(&document, &document.root, ROLE_NOTE, "b");
    document_paragraph(&document, &document.root, ROLE_NOTE, "c");
    assert_ptr_equal(document_find(&document.root, ROLE_NOTE), note);
    assert_null(document_find(&document.root, ROLE_FOOT));
    arena_finish(&arena);
}

static void test_plain_text_is_one_line_with_tags_and_links(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *entry = document_block(&document, &document.root,
            DOCUMENT_ENTRY, ROLE_NONE);
    struct document_node *title =
            document_block(&document, entry, DOCUMENT_PARAGRAPH, ROLE_TITLE);
    document_inline(&document, title, DOCUMENT_TAG, "LG");
    document_inline(&document, title, DOCUMENT_TEXT, " A ");
    document_inline(&document, title, DOCUMENT_STRONG, "bold\ntitle");
    struct document_node *links =
            document_block(&document, entry, DOCUMENT_PARAGRAPH, ROLE_LINK);
    document_link(&document, links, "", "https://arxiv.org/abs/2210.11693");
    document_link(&document, links, ", code", "https://example.org/");
    char *plain = document_plain(&arena, &document.root);
    assert_string_equal(plain,
            "[LG] A bold title https://arxiv.org/abs/2210.11693, code");
    assert_string_equal(document_plain(&arena, title), "[LG] A bold title");
    assert_string_equal(document_plain(&arena, title->first), "[LG]");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_blocks_stand_in_the_order_they_came),
            cmocka_unit_test(test_no_string_of_a_node_is_null),
            cmocka_unit_test(test_a_role_finds_its_first_block),
            cmocka_unit_test(test_plain_text_is_one_line_with_tags_and_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
