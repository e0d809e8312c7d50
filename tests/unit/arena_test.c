#include "bot/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    unsigned char *before = NULL;

    for (size_t size = 1; size < 400; size++) {
        unsigned char *piece = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xAA, size);
        assert_true(before == NULL || before[0] == 0xAA);
        before = piece;
    }
    arena_finish(&arena);
}

static void test_a_large_piece_does_not_waste_the_rest_of_a_block(void **state)
{
    (void)state;
    struct arena arena;

    arena_init(&arena);
    char *first = arena_alloc(&arena, 16);
    char *large = arena_alloc(&arena, 1 << 20);
    char *second = arena_alloc(&arena, 16);
    large[(1 << 20) - 1] = 'x';
    assert_in_range(second - first, 16, 2 * sizeof(max_align_t));
    arena_finish(&arena);
}

static void test_a_finished_arena_is_empty_and_usable(void **state)
{
    (void)state;
    struct arena arena = {0};

    arena_finish(&arena);
    arena_string(&arena, "once");
    arena_finish(&arena);
    assert_null(arena.blocks);
    assert_string_equal(arena_string(&arena, "again"), "again");
    arena_finish(&arena);
}

static void test_strings_are_copied(void **state)
{
    (void)state;
    struct arena arena = {0};
    char original[] = "title";

    char *copy = arena_string(&arena, original);
    original[0] = 'T';
    assert_string_equal(copy, "title");
    assert_string_equal(arena_string(&arena, NULL), "");
    assert_string_equal(arena_string_n(&arena, "title", 3), "tit");
    assert_string_equal(arena_format(&arena, "%s-%d", "a", 7), "a-7");
    arena_finish(&arena);
}

static void test_growing_keeps_what_was_there(void **state)
{
    (void)state;
    struct arena arena = {0};
    int *items = NULL;
    size_t count = 0, capacity = 0;

    for (int i = 0; i < 1000; i++) {
        items = arena_grow(&arena, items, count, &capacity, sizeof *items);
        items[count++] = i;
    }
    assert_true(capacity >= 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_pieces_are_zeroed_aligned_and_apart),
            cmocka_unit_test(
                    test_a_large_piece_does_not_waste_the_rest_of_a_block),
            cmocka_unit_test(test_a_finished_arena_is_empty_and_usable),
            cmocka_unit_test(test_strings_are_copied),
            cmocka_unit_test(test_growing_keeps_what_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
