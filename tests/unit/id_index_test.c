#include "bot/base/id_index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    IDS = 5000,
    STRIDE = 1999,  /* prime to IDS: any order, each once */
    LOOKS_MAX = 14, /* 2 to the 13th is more than IDS */
};

static void test_each_id_is_found_at_its_place(void **state)
{
    struct arena arena = {0};
    struct id_index index = {0};
    size_t place, looked = 0;

    (void)state;
    for (int64_t i = 0; i < IDS; i++)
        id_index_add(&index, &arena, 2 * (i * STRIDE % IDS));
    id_index_sort(&index);
    for (size_t i = 0; i < IDS; i++) {
        int64_t id = 2 * ((int64_t)i * STRIDE % IDS);
        assert_true(id_index_find(&index, id, &place, &looked));
        assert_int_equal(place, i);
        assert_false(id_index_find(&index, id + 1, &place, NULL));
    }
    assert_false(id_index_find(&index, -1, &place, NULL));
    assert_true(looked <= (size_t)IDS * LOOKS_MAX);
    arena_finish(&arena);
}

static void test_of_equal_ids_the_first_is_found(void **state)
{
    static const int64_t ids[] = {7, 3, INT64_MAX, 7, INT64_MIN, 3, 7};
    struct arena arena = {0};
    struct id_index index = {0};
    size_t place;

    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        id_index_add(&index, &arena, ids[i]);
    id_index_sort(&index);
    assert_true(id_index_find(&index, 7, &place, NULL));
    assert_int_equal(place, 0);
    assert_true(id_index_find(&index, 3, &place, NULL));
    assert_int_equal(place, 1);
    assert_true(id_index_find(&index, INT64_MIN, &place, NULL));
    assert_int_equal(place, 4);
    arena_finish(&arena);
}

static void test_an_empty_index_finds_nothing(void **state)
{
    struct id_index index = {0};
    size_t place;

    (void)state;
    id_index_sort(&index);
    assert_false(id_index_find(&index, 0, &place, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_each_id_is_found_at_its_place),
            cmocka_unit_test(test_of_equal_ids_the_first_is_found),
            cmocka_unit_test(test_an_empty_index_finds_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
