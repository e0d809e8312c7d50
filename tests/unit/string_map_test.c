#include "bot/base/string_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    KEYS = 3000,
};

static void test_each_of_many_keys_keeps_its_own_value(void **state)
{
    struct arena arena = {0};
    struct string_map map = {0};
    int values[KEYS];

    (void)state;
    for (int i = 0; i < KEYS; i++) {
        void **slot = string_map_at(&map, &arena, &i, sizeof i);
        assert_null(*slot);
        *slot = &values[i];
    }
    assert_int_equal(map.count, KEYS);
    for (int i = 0; i < KEYS; i++)
        assert_ptr_equal(*string_map_at(&map, &arena, &i, sizeof i),
                &values[i]);
    arena_finish(&arena);
}

static void test_keys_are_bytes_of_a_length(void **state)
{
    struct arena arena = {0};
    struct string_map map = {0};
    char key[] = "a\0b";
    int value;

    (void)state;
    *string_map_at(&map, &arena, key, 3) = &value;
    assert_null(*string_map_at(&map, &arena, "a", 1));
    assert_null(*string_map_at(&map, &arena, "a\0c", 3));
    assert_null(*string_map_at(&map, &arena, "", 0));
    key[0] = 'z'; /* it was copied */
    assert_ptr_equal(*string_map_at(&map, &arena, "a\0b", 3), &value);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_each_of_many_keys_keeps_its_own_value),
            cmocka_unit_test(test_keys_are_bytes_of_a_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
