#include "bot/program/program_memory.h"
#include "store/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_an_account_remembers_under_its_own_name(void **state)
{
    struct program_setup setup = {
            .store = store_registry_open("memory:", NULL)};
    const struct account_memory *home = program_memory_of(&setup, "home");
    const struct account_memory *other = program_memory_of(&setup, "other");
    char *value;

    (void)state;
    assert_true(home->put(home->ctx, "device", "ABC", NULL));
    assert_true(home->put(home->ctx, "device", "DEF", NULL));
    assert_true(home->get(home->ctx, "device", &setup.arena, &value, NULL));
    assert_string_equal(value, "DEF");
    assert_true(other->get(other->ctx, "device", &setup.arena, &value, NULL));
    assert_null(value);
    assert_true(store_value_get(setup.store, "account/home/device",
            &setup.arena, &value, NULL));
    assert_string_equal(value, "DEF");
    program_setup_finish(&setup);
}

static void test_a_memory_follows_the_store_of_its_set_up(void **state)
{
    struct program_setup setup = {
            .store = store_registry_open("memory:", NULL)};
    const struct account_memory *home = program_memory_of(&setup, "home");
    struct store *next = store_registry_open("memory:", NULL);
    char *value;

    (void)state;
    store_close(setup.store);
    setup.store = next;
    assert_true(home->put(home->ctx, "device", "ABC", NULL));
    assert_true(store_value_get(next, "account/home/device", &setup.arena,
            &value, NULL));
    assert_string_equal(value, "ABC");
    program_setup_finish(&setup);
}

static void test_without_a_store_there_is_no_memory(void **state)
{
    struct program_setup setup = {0};

    (void)state;
    assert_null(program_memory_of(&setup, "home"));
    program_setup_finish(&setup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_account_remembers_under_its_own_name),
            cmocka_unit_test(test_a_memory_follows_the_store_of_its_set_up),
            cmocka_unit_test(test_without_a_store_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
