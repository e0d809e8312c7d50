#include "adapters/dialects/dialect_split.h"

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

/* A product that counts bytes of plain text. */
static struct dialect_split_room measure(const struct document *document,
        const struct document_node *block, struct arena *scratch)
{
    (void)document;
    return (struct dialect_split_room){
            .units = strlen(document_plain(scratch, block)),
    };
}

/* "a b|c": messages apart by "|", blocks by a space. */
static const char *split(const struct document *document, size_t units)
{
    struct dialect_split_list list = dialect_split(document,
            (struct dialect_split_room){.units = units}, measure, &arena);
    const char *shown = "";

    for (size_t i = 0; i < list.count; i++) {
        shown = arena_format(&arena, "%s%s", shown, i > 0 ? "|" : "");
        for (size_t j = 0; j < list.items[i].count; j++)
            shown = arena_format(&arena, "%s%s%s", shown, j > 0 ? " " : "",
                    document_plain(&arena, list.items[i].blocks[j]));
    }
    return shown;
}

static struct document *with_paragraphs(const char *const *texts)
{
    struct document *document = arena_new(&arena, struct document);

    document_init(document, &arena, "en");
    for (; *texts != NULL; texts++)
        document_paragraph(document, &document->root,
                **texts == '#' ? ROLE_SECTION : ROLE_NONE, *texts);
    return document;
}

static void test_blocks_fill_messages_in_order(void **state)
{
    (void)state;
    static const char *const texts[] = {"aaaa", "bb", "cc", "ddd", NULL};

    assert_string_equal(split(with_paragraphs(texts), 100), "aaaa bb cc ddd");
    assert_string_equal(split(with_paragraphs(texts), 6), "aaaa bb|cc ddd");
    assert_string_equal(split(with_paragraphs(texts), 4), "aaaa|bb cc|ddd");
}

static void test_a_heading_goes_with_what_it_heads(void **state)
{
    (void)state;
    static const char *const texts[] = {"aaaa", "#", "bbb", "cc", NULL};
    static const char *const alone[] = {"aaaa", "##", "bbbb", NULL};

    assert_string_equal(split(with_paragraphs(texts), 6), "aaaa|# bbb cc");
    /* But a pair that no message can hold is parted. */
    assert_string_equal(split(with_paragraphs(alone), 5), "aaaa|##|bbbb");
}

static void test_a_list_is_spread_between_its_items(void **state)
{
    (void)state;
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *list =
            document_block(&document, &document.root, DOCUMENT_LIST, ROLE_NONE);
    for (int i = 0; i < 3; i++)
        document_inline(&document,
                document_block(&document, list, DOCUMENT_ITEM, ROLE_NONE),
                DOCUMENT_TEXT, "item");
    assert_string_equal(split(&document, 100), "item item item");
    assert_string_equal(split(&document, 8), "item item|item");
}

static struct document *with_entry(const char *title, const char *note,
        const char *abstract)
{
    struct document *document = arena_new(&arena, struct document);

    document_init(document, &arena, "en");
    struct document_node *entry = document_block(document, &document->root,
            DOCUMENT_ENTRY, ROLE_NONE);
    document_paragraph(document, entry, ROLE_TITLE, title);
    document_paragraph(document, entry, ROLE_NOTE, note);
    document_paragraph(document, entry, ROLE_ABSTRACT, abstract);
    document_link(document,
            document_block(document, entry, DOCUMENT_PARAGRAPH, ROLE_LINK), "",
            "https://a.example");
    return document;
}

static void test_the_longest_text_is_cut_first(void **state)
{
    (void)state;
    assert_string_equal(split(with_entry("Title", "note", "a long abstract"),
                                37),
            "Title note a lon… https://a.example");
    assert_string_equal(split(with_entry("Title", "note", "很长的摘要"), 37),
            "Title note 很… https://a.example");
}

static void test_title_and_link_outlive_everything_else(void **state)
{
    (void)state;
    assert_string_equal(split(with_entry("Title", "note", "a long abstract"),
                                23),
            "Title https://a.example");
    assert_string_equal(split(with_entry("A long title", "note", "abstract"),
                                25),
            "A lo… https://a.example");
}

/* Only what could be said of it at all is left of such an entry. */
static void test_what_cannot_be_said_takes_no_more_than_a_message(void **state)
{
    (void)state;
    struct document document;

    document_init(&document, &arena, "en");
    struct document_node *entry = document_block(&document, &document.root,
            DOCUMENT_ENTRY, ROLE_NONE);
    struct document_node *title =
            document_block(&document, entry, DOCUMENT_PARAGRAPH, ROLE_TITLE);
    document_inline(&document, title, DOCUMENT_TEXT, "Name ");
    for (int i = 0; i < 3; i++)
        document_link(&document, title, "", "https://a.example/very/long");
    document_paragraph(&document, &document.root, ROLE_NONE, "next");
    assert_string_equal(split(&document, 20), "Name next");
    assert_string_equal(split(&document, 6), "Nam…|next");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_blocks_fill_messages_in_order, tidy),
            cmocka_unit_test_teardown(test_a_heading_goes_with_what_it_heads,
                    tidy),
            cmocka_unit_test_teardown(test_a_list_is_spread_between_its_items,
                    tidy),
            cmocka_unit_test_teardown(test_the_longest_text_is_cut_first, tidy),
            cmocka_unit_test_teardown(
                    test_title_and_link_outlive_everything_else, tidy),
            cmocka_unit_test_teardown(
                    test_what_cannot_be_said_takes_no_more_than_a_message,
                    tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
