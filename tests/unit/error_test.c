#include "bot/base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_context_goes_in_front_and_the_wait_stays(void **state)
{
    (void)state;
    struct error err = {0};

    assert_false(error_set(&err, ERROR_RETRY, "HTTP %d", 503));
    err.retry_after_ms = 2000;
    assert_false(error_wrap(&err, "channel %s", "team"));
    assert_string_equal(err.text, "channel team: HTTP 503");
    assert_int_equal(err.kind, ERROR_RETRY);
    assert_int_equal(err.retry_after_ms, 2000);
}

static void test_a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct error err = {0};
    char han[600 * 3 + 1];

    for (size_t i = 0; i < 600; i++)
        memcpy(han + i * 3, "论", 3);
    han[1800] = '\0';
    error_set(&err, ERROR_INPUT, "%s", han);
    size_t length = strlen(err.text);
    assert_true(length < sizeof err.text);
    assert_string_equal(err.text + length - 3, "...");
    assert_int_equal((length - 3) % 3, 0);
}

static void test_it_is_one_line(void **state)
{
    (void)state;
    struct error err = {0};

    error_set(&err, ERROR_INPUT, "a\nb\tc");
    assert_string_equal(err.text, "a b c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_context_goes_in_front_and_the_wait_stays),
            cmocka_unit_test(test_a_long_text_is_cut_between_characters),
            cmocka_unit_test(test_it_is_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
