/* The words around the papers. */
#include "bot/labels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_every_language_has_every_label(void **state)
{
    (void)state;
    for (size_t i = 0; i < label_table_count; i++)
        for (int label = 0; label < LABEL_COUNT; label++)
            assert_non_null(label_tables[i].texts[label]);
    assert_string_equal(label_text(LABEL_ALSO, "zh-Hans"),
            label_text(LABEL_ALSO, "zh"));
    assert_string_equal(label_text(LABEL_ALSO, "fr"),
            label_text(LABEL_ALSO, "en"));
}

static void test_categories_have_names_or_keep_their_code(void **state)
{
    (void)state;
    assert_string_equal(label_category("cs.LG", "zh"), "机器学习");
    assert_string_equal(label_category("cs.LG", "en"), "Machine Learning");
    assert_string_equal(label_category("cs.XX", "en"), "cs.XX");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_every_language_has_every_label),
            cmocka_unit_test(test_categories_have_names_or_keep_their_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
