#include "bot/base/chance.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct pair {
    const char *in, *out;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_appends_join_and_grow(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text text;

    text_init(&text, &arena, 10000);
    for (int i = 0; i < 500; i++)
        text_add(&text, "ab");
    text_add_format(&text, "-%d", 42);
    text_add_rune(&text, 0x8BBA);
    text_add_n(&text, "xyz", 1);
    assert_true(text_ok(&text));
    assert_int_equal(strlen(text_string(&text)), 1007);
    assert_string_equal(text_string(&text) + 1000, "-42论x");
    arena_finish(&arena);
}

/* Each piece once cost a copy of the whole from two thirds of the cap on:
 * 700 GB of arena for this text. */
static void test_filling_a_text_to_its_cap_costs_no_copy_a_piece(void **state)
{
    (void)state;
    enum {
        CAP = 2 * 1024 * 1024
    };
    struct arena arena = {0};
    struct text text;

    text_init(&text, &arena, CAP);
    for (size_t i = 0; i < CAP; i++)
        text_add(&text, "x");
    assert_true(text_ok(&text));
    assert_int_equal(strlen(text_string(&text)), CAP);
    arena_finish(&arena);
}

static void test_past_the_cap_it_is_spoilt_and_keeps_what_fitted(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text text;

    text_init(&text, &arena, 5);
    text_add(&text, "abc");
    text_add_format(&text, "%s", "de");
    assert_true(text_ok(&text));
    text_add(&text, "f");
    text_add(&text, "");
    assert_false(text_ok(&text));
    assert_string_equal(text_string(&text), "abcde");

    text_init(&text, &arena, 5);
    text_add_format(&text, "%s", "abcdef");
    text_add(&text, "g");
    assert_false(text_ok(&text));
    assert_string_equal(text_string(&text), "");
    arena_finish(&arena);
}

static void test_what_is_no_character_is_added_as_its_stand_in(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text text;

    text_init(&text, &arena, 100);
    text_add_rune(&text, 0xD800);
    text_add_rune(&text, 0x110000);
    text_add_rune(&text, 0);
    assert_string_equal(text_string(&text), "\uFFFD\uFFFD\uFFFD");
    arena_finish(&arena);
}

static void test_ill_formed_bytes_are_repaired(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *repaired;
    } cases[] = {
            {"plain 论文", 12, "plain 论文"},
            {"a\0b", 3, "a\uFFFDb"},
            {"a\xFF", 2, "a\uFFFD"},
            {"\xC0\xAF", 2, "\uFFFD\uFFFD"}, /* overlong / */
            {"\xED\xA0\x80", 3, "\uFFFD"},   /* a surrogate */
            {"\xE8\xAE", 2, "\uFFFD"},       /* cut short */
            {"\xE8\xAEz", 3, "\uFFFDz"},     /* broken off */
            {"\x80z", 2, "\uFFFDz"},         /* out of place */
            {"\xF4\x90\x80\x80", 4, NULL},   /* past U+10FFFF */
            {"", 0, ""},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *got = text_repair(&arena, cases[i].bytes, cases[i].length);
        assert_true(text_is_utf8(got, strlen(got)));
        if (cases[i].repaired != NULL)
            assert_string_equal(got, cases[i].repaired);
    }
    assert_false(text_is_utf8("\xC0\xAF", 2));
    assert_false(text_is_utf8("\xED\xA0\x80", 3));
    arena_finish(&arena);
}

static void test_one_line_has_single_spaces_and_no_ends(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"  a\r\n\t b  ", "a b"},
            {"a\u00A0\u00A0b\u3000c\u2028d", "a b c d"},
            {"", ""},
            {" \n ", ""},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(text_one_line(&arena, cases[i].in), cases[i].out);
    arena_finish(&arena);
}

/* Pieces in a made-up order, so that words, controls and faults meet at all
 * places of eight bytes. */
static void test_a_repaired_line_is_the_line_of_the_repaired(void **state)
{
    static const char *const pieces[] = {"a", "word", "longerword", " ", " ",
            "  ", "\n", "\t\r", "\x01", "\x1f", "\x7f", "~!", "\xc3\xa9",
            "\xff", "\xc2\xa0", "\xe2\x80\x8b"};
    enum {
        ASCII = 12,
        ALL = 16
    };
    struct chance_seed seed = {4};
    struct random_source chance = chance_seeded(&seed);
    (void)state;

    for (unsigned round = 0; round < 4000; round++) {
        struct arena arena = {0};
        char bytes[160];
        size_t length = 0, count = chance.below(chance.state, 14);
        for (size_t i = 0; i < count; i++) {
            const char *piece = pieces[chance.below(chance.state,
                    round % 2 == 0 ? ASCII : ALL)];
            memcpy(bytes + length, piece, strlen(piece));
            length += strlen(piece);
        }
        if (round % 16 == 15)
            bytes[length++] = '\0';
        assert_string_equal(text_repaired_line(&arena, bytes, length),
                text_one_line(&arena, text_repair(&arena, bytes, length)));
        arena_finish(&arena);
    }
}

static void test_one_line_leaves_out_what_cannot_be_seen(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"a\x1B[31mb\x07\x7F", "a[31mb"},
            {"evil\u202Etxt.exe\u202C", "eviltxt.exe"},
            {"\u2066a\u2069\u200E\u200F\u061C", "a"},
            {"\uFEFFa\u200Bb\u00ADc\u2060", "abc"},
            {"a\xC2\x85"
             "b\xC2\x9B"
             "c",
                    "a bc"},
            {"\u3164\u200D", ""},
            {"\u0645\u06CC\u200C\u062E", "\u0645\u06CC\u200C\u062E"},
            {"👩‍👧 ☁️", "👩‍👧 ☁️"},
            {"\U000E0061x", "x"},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(text_one_line(&arena, cases[i].in), cases[i].out);
    arena_finish(&arena);
}

static void test_measures_are_what_a_person_sees(void **state)
{
    (void)state;
    static const struct {
        const char *string;
        size_t graphemes, columns;
        bool han;
    } cases[] = {
            {"", 0, 0, false},
            {"abc", 3, 3, false},
            {"论文", 2, 4, true},
            {"e\u0301a", 2, 2, false},
            {"👩‍👩‍👧‍👦", 1, 2, false},
            {"🇩🇪🇫🇷", 2, 4, false},
            {"👍🏽", 1, 2, false},
            {"☁️", 1, 2, false},
            {"1️⃣", 1, 2, false},
            {"한글", 2, 4, false},
            {"\u1112\u1161\u11AB", 1, 2, false},
            {"かな", 2, 4, false},
            {"A论", 2, 3, true},
            {"\u00A9\u200D", 1, 1, false},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(text_graphemes(cases[i].string), cases[i].graphemes);
        assert_int_equal(text_columns(cases[i].string), cases[i].columns);
        assert_int_equal(text_has_han(cases[i].string), cases[i].han);
    }
}

static void test_prefixes_end_between_graphemes(void **state)
{
    (void)state;
    const char *accented = "e\u0301e\u0301x";

    assert_int_equal(text_prefix_graphemes(accented, 0), 0);
    assert_int_equal(text_prefix_graphemes(accented, 2), 6);
    assert_int_equal(text_prefix_graphemes(accented, 9), 7);
    assert_int_equal(text_prefix_bytes(accented, 2), 0);
    assert_int_equal(text_prefix_bytes(accented, 5), 3);
    assert_int_equal(text_prefix_bytes(accented, 7), 7);
    assert_int_equal(text_prefix_bytes("论文", 5), 3);
    assert_int_equal(text_prefix_bytes("👩‍👧x", 10), 0);
    assert_int_equal(text_prefix_bytes("👩‍👧x", 11), 11);
}

static void test_a_heap_of_accents_can_still_be_cut(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text heap;

    text_init(&heap, &arena, 4000);
    text_add(&heap, "a");
    for (size_t i = 0; i < 1000; i++)
        text_add_rune(&heap, 0x0301);
    size_t cut = text_prefix_bytes(text_string(&heap), 500);
    assert_true(cut > 0 && cut <= 500);
    assert_true(text_is_utf8(text_string(&heap), cut));
    arena_finish(&arena);
}

static void test_shortening_says_so_within_the_limit(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t graphemes;
        const char *out;
    } cases[] = {
            {"hello", 5, "hello"},
            {"hello world", 7, "hello…"},
            {"hello", 4, "hel…"},
            {"论文摘要", 3, "论文…"},
            {"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
            {"👩‍👧👩‍👧👩‍👧", 2, "👩‍👧…"},
            {"ab", 1, "…"},
            {"ab", 0, ""},
            {"", 3, ""},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(text_shorten(&arena, cases[i].in,
                                    cases[i].graphemes),
                cases[i].out);
    arena_finish(&arena);
}

static void test_folding_removes_case_accents_and_width(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"Möllenhoff", "mollenhoff"},
            {"MO\u0308LLENHOFF", "mollenhoff"},
            {"Łukasz  Søren", "lukasz soren"},
            {"STRAßE ẞ", "strasse ss"},
            {"ＬＧ ｃｓ", "lg cs"},
            {"ℂ ﬁ ², Å", "c fi 2, a"},
            {"İstanbul", "istanbul"},
            {"Nguyễn", "nguyen"},
            {"论文", "论文"},
            {"한글", "한글"},
            {"Ærø", "aero"},
            {"", ""},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *once = text_fold(&arena, cases[i].in);
        assert_string_equal(once, cases[i].out);
        assert_string_equal(text_fold(&arena, once), once);
    }
    arena_finish(&arena);
}

static void test_folding_survives_ill_formed_input(void **state)
{
    (void)state;
    struct arena arena = {0};

    assert_string_equal(text_fold(&arena, "A\xFF"), "a\uFFFD");
    arena_finish(&arena);
}

static void test_ascii_comparisons(void **state)
{
    (void)state;

    assert_true(text_same("a", "a"));
    assert_false(text_same("a", "A"));
    assert_true(text_same_ascii("cs.LG", "CS.lg"));
    assert_false(text_same_ascii("cs", "cs.LG"));
    assert_false(text_same_ascii("É", "é"));
    assert_false(text_same_ascii("@", "`"));
    assert_true(text_starts("digest/2026", "digest/"));
    assert_true(text_starts("x", ""));
    assert_false(text_starts("dig", "digest"));
}

static void test_the_nearest_word_is_named_if_it_is_near(void **state)
{
    (void)state;
    static const char *const keys[] = {"schedule", "timezone", "languages",
            "categories", "size", "cs", "论文", NULL};
    static const struct {
        const char *word, *nearest;
    } cases[] = {
            {"shedule", "schedule"},
            {"scheduel", "schedule"},
            {"TimeZone", "timezone"},
            {"langauges", "languages"},
            {"category", "categories"},
            {"sise", "size"},
            {"cz", "cs"},
            {"伦文", "论文"},
            {"webhook", NULL},
            {"", NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *got = text_nearest(cases[i].word, keys);
        if (cases[i].nearest == NULL)
            assert_null(got);
        else
            assert_string_equal(got, cases[i].nearest);
    }
    char longer[201];
    memset(longer, 'x', 200);
    longer[200] = '\0';
    assert_null(text_nearest(longer, keys));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_appends_join_and_grow),
            cmocka_unit_test(
                    test_filling_a_text_to_its_cap_costs_no_copy_a_piece),
            cmocka_unit_test(
                    test_past_the_cap_it_is_spoilt_and_keeps_what_fitted),
            cmocka_unit_test(
                    test_what_is_no_character_is_added_as_its_stand_in),
            cmocka_unit_test(test_ill_formed_bytes_are_repaired),
            cmocka_unit_test(test_one_line_has_single_spaces_and_no_ends),
            cmocka_unit_test(test_a_repaired_line_is_the_line_of_the_repaired),
            cmocka_unit_test(test_one_line_leaves_out_what_cannot_be_seen),
            cmocka_unit_test(test_measures_are_what_a_person_sees),
            cmocka_unit_test(test_prefixes_end_between_graphemes),
            cmocka_unit_test(test_a_heap_of_accents_can_still_be_cut),
            cmocka_unit_test(test_shortening_says_so_within_the_limit),
            cmocka_unit_test(test_folding_removes_case_accents_and_width),
            cmocka_unit_test(test_folding_survives_ill_formed_input),
            cmocka_unit_test(test_ascii_comparisons),
            cmocka_unit_test(test_the_nearest_word_is_named_if_it_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
