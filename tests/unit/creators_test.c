/* Author lists with footnotes, as people write them on submission. */
#include "adapters/sources/creators.h"
#include "tests/support/author_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct list {
    const char *line;
    const char *authors;      /* name[affiliation]; ... */
    const char *affiliations; /* of the paper: A | B */
};

static void ignore_record(void *ctx, const struct source_record *record)
{
    (void)ctx;
    (void)record;
}

static void ignore_complaint(void *ctx,
        const struct source_complaint *complaint)
{
    (void)ctx;
    (void)complaint;
}

static void assert_read(const struct list *lists, size_t count)
{
    const struct source_sink sink = {ignore_record, ignore_complaint, NULL};
    struct source_summary summary = {0};
    struct record record;

    record_open(&record, &sink, &summary);
    for (size_t i = 0; i < count; i++) {
        struct arena arena = {0};
        record_begin(&record, "line", i + 1);
        creators_read_submitted(&record, lists[i].line);
        assert_string_equal(author_text_names(&record.out.paper, &arena),
                lists[i].authors);
        assert_string_equal(author_text_places(&record.out.paper, &arena),
                lists[i].affiliations);
        arena_finish(&arena);
    }
    record_close(&record);
}

#define ASSERT_READ(lists) assert_read(lists, sizeof(lists) / sizeof *(lists))

static void test_numbers_lead_to_institutes(void **state)
{
    (void)state;
    static const struct list lists[] = {
            {"Ada Loop (1) and Ben Bow (1) ((1) Rope University)",
                    "Ada Loop[Rope University]; Ben Bow[Rope University]",
                    "Rope University"},
            {"A. Loop (1 and 2) and B. Bow (1 and 3) ((1) KNOT, Norway Rope "
             "Agency, (2) Cord Centre ``Twist'', (3) The University of Oslo)",
                    "A. Loop[KNOT, Norway Rope Agency]; "
                    "B. Bow[KNOT, Norway Rope Agency]",
                    "KNOT, Norway Rope Agency | Cord Centre ``Twist'' | "
                    "The University of Oslo"},
            {"A. Loop (1), B. Bow (2), N. Sling (3) and P. Hitch (2,3) ((1) "
             "University of Tar, (2) TARA/Hemp Space Center, (3) KNOT-Inst.)",
                    "A. Loop[University of Tar]; B. Bow[TARA/Hemp Space "
                    "Center]; N. Sling[KNOT-Inst.]; P. Hitch[TARA/Hemp Space "
                    "Center]",
                    "University of Tar | TARA/Hemp Space Center | KNOT-Inst."},
            {"A (1), B (1, 2), and C (2) ((1) X Lab, (2) Y Lab)",
                    "A[X Lab]; B[X Lab]; C[Y Lab]", "X Lab | Y Lab"},
            {"A (12), B (2) ((2) Y Lab, (12) X Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
            {"A(1), B(2)((1)X Lab,(2)Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
            {"A (1), B (2) ((1) X Lab; (2) Y Lab.)", "A[X Lab]; B[Y Lab.]",
                    "X Lab | Y Lab."},
            {"A (1), B (2) ((1) X Lab and (2) Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
            {"A (1) (2), B (2) ((1) X Lab (2) Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
    };

    ASSERT_READ(lists);
}

static void test_ranges_and_other_dividers_name_all_between(void **state)
{
    (void)state;
    static const struct list lists[] = {
            {"A (1-3) ((1) X, (2) Y, (3) Z)", "A[X]", "X | Y | Z"},
            {"A (2--3), B (1) ((1) X, (2) Y, (3) Z)", "A[Y]; B[X]",
                    "Y | Z | X"},
            {"A (1 \xE2\x80\x93 2, 4) ((1) X, (2) Y, (3) Z, (4) W)", "A[X]",
                    "X | Y | W | Z"},
            {"A (1 & 2), B (2/3) ((1) X, (2) Y, (3) Z)", "A[X]; B[Y]",
                    "X | Y | Z"},
            {"A (1, 2, and 3) ((1) X, (2) Y, (3) Z)", "A[X]", "X | Y | Z"},
            {"A (a-c) ((a) X, (b) Y, (c) Z)", "A[X]", "X | Y | Z"},
    };

    ASSERT_READ(lists);
}

static void test_letters_romans_and_stars_are_marks_too(void **state)
{
    (void)state;
    static const struct list lists[] = {
            {"A (a), B (a,b) ((a) X Lab, (b) Y Lab)", "A[X Lab]; B[X Lab]",
                    "X Lab | Y Lab"},
            {"A (A), B (B and C) ((A) X Lab, (B) Y Lab, (C) Z Lab)",
                    "A[X Lab]; B[Y Lab]", "X Lab | Y Lab | Z Lab"},
            {"A (i), B (ii) ((i) X Lab, (ii) Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
            {"A (*), B (**) ((*) X Lab, (**) Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
    };

    ASSERT_READ(lists);
}

static void test_footnotes_are_written_in_several_ways(void **state)
{
    (void)state;
    static const struct list lists[] = {
            {"A (1), B (2) ([1] X Lab, [2] Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
            {"A (1), B (2) (1: X Lab, 2: Y Lab)", "A[X Lab]; B[Y Lab]",
                    "X Lab | Y Lab"},
            {"A (1), B (2) (1 X Lab, Oslo, 2 Y Lab)",
                    "A[X Lab, Oslo]; "
                    "B[Y Lab]",
                    "X Lab, Oslo | Y Lab"},
            {"A (1), B (2), (1) X Lab, Oslo, (2) Y Lab",
                    "A[X Lab, Oslo]; B[Y Lab]", "X Lab, Oslo | Y Lab"},
            {"A (1) ((1) Dept. (North (Upper)), X Lab (Oslo))",
                    "A[Dept. (North (Upper)), X Lab (Oslo)]",
                    "Dept. (North (Upper)), X Lab (Oslo)"},
    };

    ASSERT_READ(lists);
}

static void test_what_a_footnote_lacks_is_left_out(void **state)
{
    (void)state;
    static const struct list lists[] = {
            {"A (1), B (4) ((1) X Lab)", "A[X Lab]; B[]", "X Lab"},
            {"A (1), B (2)", "A[]; B[]", ""},
            {"A, B ((1) X Lab, (2) Y Lab)", "A[]; B[]", "X Lab | Y Lab"},
            {"A (1, deceased), B (3M Corp.) ((1) X Lab)",
                    "A[X Lab]; B[3M Corp.]", "X Lab | 3M Corp."},
            {"A (1 Main Street, Oslo), B (Y Lab)",
                    "A[1 Main Street, Oslo]; B[Y Lab]",
                    "1 Main Street, Oslo | Y Lab"},
            {"A (1), B ((1) , (2) Y Lab)", "A[]; B[]", "Y Lab"},
    };

    ASSERT_READ(lists);
}

static void test_collaborations_sign_with_or_for_their_authors(void **state)
{
    (void)state;
    static const struct list lists[] = {
            {"The ROPE Collaboration, B. Bow, et al",
                    "The ROPE Collaboration[]; B. Bow[]; ...", ""},
            {"ROPE Collaboration: A. Loop (1), B. Bow (2) ((1) X, (2) Y)",
                    "ROPE Collaboration[]; A. Loop[X]; B. Bow[Y]", "X | Y"},
            {"A. Loop (1) (for the ROPE Collaboration) ((1) X Lab)",
                    "A. Loop[X Lab]", "X Lab"},
            {"A. Loop, B. Bow (on behalf of the ROPE Collaboration)",
                    "A. Loop[]; B. Bow[ROPE Collaboration]",
                    "ROPE Collaboration"},
            {"A. Loop and B. Bow for the ROPE Collaboration",
                    "A. Loop[]; B. Bow[ROPE Collaboration]",
                    "ROPE Collaboration"},
    };

    ASSERT_READ(lists);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_numbers_lead_to_institutes),
            cmocka_unit_test(test_ranges_and_other_dividers_name_all_between),
            cmocka_unit_test(test_letters_romans_and_stars_are_marks_too),
            cmocka_unit_test(test_footnotes_are_written_in_several_ways),
            cmocka_unit_test(test_what_a_footnote_lacks_is_left_out),
            cmocka_unit_test(
                    test_collaborations_sign_with_or_for_their_authors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
