/* What another site says of a paper is believed if it is of that paper. */
#include "bot/enrich/enrich_match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct told {
    const char *title;
    const char *authors[4]; /* NULL behind the last */
};

static struct paper paper_of(const struct told *told, struct author *authors)
{
    struct paper paper = paper_empty();

    paper.title = told->title;
    paper.authors.items = authors;
    for (size_t i = 0; i < 4 && told->authors[i] != NULL; i++)
        authors[paper.authors.count++] = (struct author){told->authors[i], ""};
    return paper;
}

static const struct told known = {"Knots That Hold: A Study of 12 Ropes",
        {"Ada M. Loop", "Bj\xC3\xB6rn Bow", "Li Wei", "Carl Knot, Jr."}};

static void assert_match(const struct told *told, size_t count, bool wanted)
{
    struct author ours[4], theirs[4];
    const struct paper paper = paper_of(&known, ours);

    for (size_t i = 0; i < count; i++) {
        const struct paper other = paper_of(&told[i], theirs);
        if (enrich_match(&paper, &other) != wanted)
            fail_msg("case %zu: %s", i, told[i].title);
    }
}

static void test_the_same_paper_is_known_over_spelling(void **state)
{
    (void)state;
    static const struct told same[] = {
            {"Knots That Hold: A Study of 12 Ropes",
                    {"Ada M. Loop", "Bj\xC3\xB6rn Bow", "Li Wei",
                            "Carl Knot, Jr."}},
            {"KNOTS THAT HOLD - A Study of 12 ropes", {"A. Loop", "B. Bow"}},
            {"Knots That Hold: A Study of Twelve Ropes",
                    {"A. M. Loop", "Bjorn Bow", "Wei Li", "C. Knot"}},
            {"Knots that hold, a study of 12 ropes.",
                    {"Ada Loop", "Somebody Else"}},
    };

    assert_match(same, sizeof same / sizeof *same, true);
}

static void test_a_near_miss_is_refused(void **state)
{
    (void)state;
    static const struct told near[] = {
            /* the same people wrote another one on the subject */
            {"Knots That Slip: A Survey of Ropes",
                    {"Ada M. Loop", "Bj\xC3\xB6rn Bow", "Li Wei"}},
            {"Correction to: Knots", {"Ada M. Loop", "Bj\xC3\xB6rn Bow"}},
            {"A Study of 12 Ropes", {"Ada M. Loop", "Bj\xC3\xB6rn Bow"}},
            {"Proceedings of the 12th Study Group on Knots That Hold",
                    {"Ada M. Loop"}},
            /* others wrote one of that name */
            {"Knots That Hold: A Study of 12 Ropes",
                    {"Ada K. Looper", "Bea Bowman", "Wei Lin"}},
            {"Knots That Hold: A Study of 12 Ropes",
                    {"Bob Loop", "Anna Bow", "Wu Li"}},
            {"Knots That Hold: A Study of 12 Ropes",
                    {"Ada M. Loop", "Eve Sling", "Tom Hitch"}},
    };

    assert_match(near, sizeof near / sizeof *near, false);
}

static void test_another_paper_is_refused(void **state)
{
    (void)state;
    static const struct told other[] = {
            {"Sails That Tear: A Survey", {"Ada M. Loop", "Bj\xC3\xB6rn Bow"}},
            {"Knots", {"Ada M. Loop", "Bj\xC3\xB6rn Bow"}},
            {"Knots That Hold: A Study of 12 Ropes",
                    {"Eve Sling", "Tom Hitch", "Ada Loop"}},
            {"Knots That Hold: A Study of 12 Ropes", {"Zoe Loop"}},
            {"Knots That Hold: A Study of 12 Ropes", {NULL}},
            {"", {"Ada M. Loop"}},
            {"Knots That Hold: A Study of 12 Ropes", {"...", "-"}},
    };

    assert_match(other, sizeof other / sizeof *other, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_same_paper_is_known_over_spelling),
            cmocka_unit_test(test_a_near_miss_is_refused),
            cmocka_unit_test(test_another_paper_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
