/* Lines that stay as they are, in every dialect. */
#include "adapters/dialects/dialects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int finish(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static const char *rendered(const struct dialect *dialect, const char *lines)
{
    struct document document;
    struct payload_list payloads;
    struct error err;

    document_init(&document, &arena, "en");
    document_inline(&document,
            document_block(&document, &document.root, DOCUMENT_VERBATIM,
                    ROLE_NONE),
            DOCUMENT_TEXT, lines);
    if (!dialect->render(&document, &arena, &payloads, &err))
        fail_msg("%s", err.text);
    assert_int_equal(payloads.count, 1);
    return arena_string_n(&arena, payloads.items[0].bytes,
            payloads.items[0].length);
}

static const char lines[] = "@misc{a,\n  title = {x & <b> `y`}\n}";

static void test_the_terminal_shows_the_lines(void **state)
{
    (void)state;
    assert_string_equal(rendered(&dialect_text, lines),
            "@misc{a,\n  title = {x & <b> `y`}\n}\n");
}

static void test_markdown_fences_them_and_more_than_they_do(void **state)
{
    (void)state;
    assert_non_null(strstr(rendered(&dialect_markdown, lines),
            "```\n@misc{a,\n  title = {x & <b> `y`}\n}\n```"));
    assert_non_null(strstr(rendered(&dialect_markdown, "a\n````\nb"),
            "`````\na\n````\nb\n`````"));
}

static void test_matrix_and_html_set_them_apart_and_escaped(void **state)
{
    (void)state;
    assert_non_null(strstr(rendered(&dialect_matrix, lines),
            "<pre><code>@misc{a,\\n  title = {x &amp; &lt;b&gt; "
            "`y`}\\n}\\n</code></pre>"));
    assert_non_null(strstr(rendered(&dialect_html, lines),
            "<pre>@misc{a,\n  title = {x &amp; &lt;b&gt; `y`}\n}\n</pre>"));
}

static void test_slack_gets_a_fence_that_nothing_within_ends(void **state)
{
    const char *payload = rendered(&dialect_slack, "a ``` <!channel> & b");

    (void)state;
    assert_non_null(strstr(payload,
            "```\\na ˋˋˋ &lt;!channel&gt; &amp; b\\n```"));
    assert_null(strstr(payload, "<!channel>"));
}

static void test_what_only_changes_directions_is_left_out(void **state)
{
    (void)state;
    assert_string_equal(rendered(&dialect_text, "a\xe2\x80\xae b\r\n  c\x07"),
            "a b\n  c\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_terminal_shows_the_lines),
            cmocka_unit_test(test_markdown_fences_them_and_more_than_they_do),
            cmocka_unit_test(test_matrix_and_html_set_them_apart_and_escaped),
            cmocka_unit_test(test_slack_gets_a_fence_that_nothing_within_ends),
            cmocka_unit_test(test_what_only_changes_directions_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, finish);
}
