/* What a paper's comment says of where it was accepted, and what only sounds so. */
#include "bot/content/content_venue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int score(const char *comment, const char *journal)
{
    struct arena arena = {0};
    struct paper paper = paper_empty();

    paper.title = "Knots";
    paper.comment = comment;
    paper.journal_ref = journal;
    const struct match_paper match = selection_match_paper(&paper, &arena);
    int found = content_venue_score(&match);
    arena_finish(&arena);
    return found;
}

static void test_venues_are_known_in_what_authors_write(void **state)
{
    (void)state;
    static const char *const comments[] = {"Accepted to CVPR 2026",
            "ICLR 2026 (Oral)", "9 pages, iclr2026", "Accpted by KDD 2026",
            "To appear in Ropes and Cords", "It will appear at Knot Days",
            "Camera-ready version", "Presented as a poster at Knot Days 2026",
            "Proceedings of the 2026 Knot Days", "12 pages, ICIP'26",
            "CHI 2026", "5 pages, IGARSS2026",
            "2026 5th International Conference on Knots",
            "The 36th Symposium on Ropes", "ACL Findings", "CVPR26 highlight",
            "Accepted submission to the Knot Days", "In press; 3 figures",
            "Published in Ropes, vol. 7"};

    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
        if (score(comments[i], "") == 0)
            fail_msg("%s", comments[i]);
    assert_true(score("", "Ropes 7 (2026) 1-9") > 0);
}

static void test_what_is_hoped_for_is_no_venue(void **state)
{
    (void)state;
    static const char *const comments[] = {"", "12 pages, 4 figures",
            "Submitted to CVPR 2026", "submited to ICML",
            "Under review at ICLR", "In submission at EMNLP 2026",
            "Intended for submission to ICCV", "ACL ARR submission",
            "NeurIPS 2026 datasets track submission", "Submit to EMNLP 2026",
            "For the ACL Rolling Review, short paper", "Not accepted at ICML",
            "Rejected by AAAI", "Oracle, 3 pages", "MICCAI challenge report",
            "Machine ICONs", "machinery", "Chi Loop is whom to write to",
            "Submitted to X; extends what ACL 2026 accepted"};

    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
        if (score(comments[i], "") != 0)
            fail_msg("%s", comments[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_venues_are_known_in_what_authors_write),
            cmocka_unit_test(test_what_is_hoped_for_is_no_venue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
