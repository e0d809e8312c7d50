#include "bot/base/chance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_equal_seeds_give_equal_numbers(void **state)
{
    (void)state;
    struct chance_seed one = {7}, two = {7}, other = {8};
    struct random_source a = chance_seeded(&one), b = chance_seeded(&two);
    struct random_source c = chance_seeded(&other);
    unsigned same = 0;

    for (int i = 0; i < 100; i++) {
        uint64_t number = a.below(a.state, UINT64_MAX);
        assert_true(number == b.below(b.state, UINT64_MAX));
        same += number == c.below(c.state, UINT64_MAX);
    }
    assert_int_equal(same, 0);
}

/* The first outputs for seed 0, as other implementations print them. */
static void test_it_is_splitmix64(void **state)
{
    (void)state;
    struct chance_seed seed = {0};
    struct random_source source = chance_seeded(&seed);

    assert_true(source.below(source.state, UINT64_MAX) ==
            UINT64_C(0xE220A8397B1DCDAF));
    assert_true(source.below(source.state, UINT64_MAX) ==
            UINT64_C(0x6E789E6AA1B965F4));
}

static void check_bounds(const struct random_source *source)
{
    static const uint64_t bounds[] = {1, 2, 3, 10, UINT64_C(1) << 63,
            (UINT64_C(1) << 63) + 1, UINT64_MAX};
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        for (int n = 0; n < 200; n++)
            assert_true(source->below(source->state, bounds[i]) < bounds[i]);
}

static void test_numbers_stay_below_their_bound(void **state)
{
    (void)state;
    struct chance_seed seed = {1};
    struct random_source seeded = chance_seeded(&seed);

    check_bounds(&seeded);
    check_bounds(&chance_system);
}

static void test_a_die_shows_all_its_faces_about_equally(void **state)
{
    (void)state;
    struct chance_seed seed = {2};
    struct random_source source = chance_seeded(&seed);
    int faces[6] = {0};

    for (int i = 0; i < 6000; i++)
        faces[source.below(source.state, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_in_range(faces[i], 850, 1150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_equal_seeds_give_equal_numbers),
            cmocka_unit_test(test_it_is_splitmix64),
            cmocka_unit_test(test_numbers_stay_below_their_bound),
            cmocka_unit_test(test_a_die_shows_all_its_faces_about_equally),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
