#include "adapters/http_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static struct http_form parse(const char *body)
{
    struct http_form form;
    struct error err = {0};

    if (!http_form_parse(body, strlen(body), &arena, &form, &err))
        fail_msg("%s: %s", body, err.text);
    return form;
}

static void test_fields_are_decoded_in_their_order(void **state)
{
    const struct http_form form =
            parse("command=%2Fpaper&text=%E4%BB%8A%E5%A4%A9+LG%2BCV&empty=&"
                  "bare&=x");

    (void)state;
    assert_int_equal(form.count, 5);
    assert_string_equal(http_form_get(&form, "command", NULL), "/paper");
    assert_string_equal(http_form_get(&form, "text", NULL), "今天 LG+CV");
    assert_string_equal(http_form_get(&form, "empty", NULL), "");
    assert_string_equal(http_form_get(&form, "bare", NULL), "");
    assert_string_equal(http_form_get(&form, "", NULL), "x");
    assert_string_equal(form.fields[2].name, "empty");
}

static void
test_the_first_of_a_name_counts_and_none_is_the_fallback(void **state)
{
    const struct http_form form = parse("&a=1&&a=2&b=x=y&");

    (void)state;
    assert_int_equal(form.count, 3);
    assert_string_equal(http_form_get(&form, "a", NULL), "1");
    assert_string_equal(http_form_get(&form, "b", NULL), "x=y");
    assert_null(http_form_get(&form, "c", NULL));
    assert_string_equal(http_form_get(&form, "c", "-"), "-");
    assert_int_equal(parse("").count, 0);
}

static void test_what_is_no_form_is_refused_with_the_field(void **state)
{
    static const struct {
        const char *body, *why;
    } cases[] = {
            {"text=100%", "form field text: its value ends within"},
            {"text=%4", "form field text: its value ends within"},
            {"a=1&text=%zz+", "form field text: its value has a percent sign"},
            {"text=%4g1", "form field text: its value has a percent sign"},
            {"text=a%00b", "form field text: its value holds a NUL"},
            {"%=1", "the name of a form's field ends within"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http_form form;
        struct error err = {0};
        assert_false(http_form_parse(cases[i].body, strlen(cases[i].body),
                &arena, &form, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        if (strstr(err.text, cases[i].why) == NULL)
            fail_msg("%s: %s", cases[i].body, err.text);
    }
    struct http_form form;
    assert_false(http_form_parse("a\0b", 3, &arena, &form, NULL));
}

static void test_what_is_no_utf_8_is_repaired(void **state)
{
    const struct http_form form = parse("text=a%FFb");

    (void)state;
    assert_string_equal(http_form_get(&form, "text", NULL), "a\uFFFDb");
}

static void test_fields_are_bounded(void **state)
{
    char body[2 * HTTP_FORM_FIELDS_MAX + 3] = "";
    struct http_form form;

    (void)state;
    for (size_t i = 0; i < HTTP_FORM_FIELDS_MAX; i++)
        memcpy(body + 2 * i, "a&", 3);
    assert_int_equal(parse(body).count, HTTP_FORM_FIELDS_MAX);
    memcpy(body + 2 * (size_t)HTTP_FORM_FIELDS_MAX, "b", 2);
    assert_false(http_form_parse(body, strlen(body), &arena, &form, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_fields_are_decoded_in_their_order,
                    tear_down),
            cmocka_unit_test_teardown(
                    test_the_first_of_a_name_counts_and_none_is_the_fallback,
                    tear_down),
            cmocka_unit_test_teardown(
                    test_what_is_no_form_is_refused_with_the_field, tear_down),
            cmocka_unit_test_teardown(test_what_is_no_utf_8_is_repaired,
                    tear_down),
            cmocka_unit_test_teardown(test_fields_are_bounded, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
