#include "bot/ports/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_measures_of_one_name_stand_together(void **state)
{
    static const struct {
        const char *name;
        double value;
    } added[] = {{"a", 1}, {"b", 2}, {"a", 3}, {"c", 4}, {"b", 5}, {"c", 6},
            {"a", 7}, {"d", 8}};
    static const double wanted[] = {1, 3, 7, 2, 5, 4, 6, 8};
    struct measure_list list = {0};
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof added / sizeof *added; i++)
        query_add(&list, &arena,
                (struct measure){.name = added[i].name,
                        .value = added[i].value});
    assert_int_equal(list.count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < list.count; i++)
        assert_true(list.items[i].value == wanted[i]);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_measures_of_one_name_stand_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
