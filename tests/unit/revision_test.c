#include "bot/revision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct paper paper_of(unsigned version, bool withdrawn,
        const char *comment, const char *journal_ref)
{
    struct paper paper = paper_empty();

    paper.id = "2611.00001";
    paper.title = "A title";
    paper.version = version;
    paper.withdrawn = withdrawn;
    paper.comment = comment;
    paper.journal_ref = journal_ref;
    return paper;
}

static void test_what_is_news_and_what_is_not(void **state)
{
    static const struct {
        struct {
            unsigned version;
            bool withdrawn;
            const char *comment, *journal_ref;
        } before, after;
        unsigned changes;
    } cases[] = {
            {{1, false, "", ""}, {1, false, "", ""}, 0},
            {{1, false, "", ""}, {2, false, "", ""}, EDITION_VERSION},
            {{2, false, "", ""}, {1, false, "", ""}, 0},
            {{0, false, "", ""}, {2, false, "", ""}, 0}, /* it may be known */
            {{1, false, "", ""}, {1, true, "", ""}, EDITION_WITHDRAWN},
            {{1, true, "", ""}, {1, true, "", ""}, 0},
            {{1, false, "9 pages", ""}, {1, false, "9 pages, NeurIPS 2026", ""},
                    EDITION_ACCEPTED},
            {{1, false, "", ""}, {1, false, "submitted to NeurIPS", ""}, 0},
            {{1, false, "", ""}, {1, false, "", "J. Knots 2"},
                    EDITION_ACCEPTED},
            {{1, false, "ICML 2026", ""}, {1, false, "ICML 2026", "PMLR 300"},
                    0}, /* it was said already */
            {{1, false, "", ""}, {3, true, "to appear at ACL", ""},
                    EDITION_VERSION | EDITION_WITHDRAWN | EDITION_ACCEPTED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct paper before =
                paper_of(cases[i].before.version, cases[i].before.withdrawn,
                        cases[i].before.comment, cases[i].before.journal_ref);
        struct paper after =
                paper_of(cases[i].after.version, cases[i].after.withdrawn,
                        cases[i].after.comment, cases[i].after.journal_ref);
        struct edition_news news = revision_news(&before, &after, &arena);
        assert_int_equal(news.changes, cases[i].changes);
        assert_non_null(news.venue);
    }
    arena_finish(&arena);
}

static void test_a_long_comment_names_the_venue_in_short(void **state)
{
    struct paper before = paper_of(1, false, "", "");
    struct paper after = paper_of(1, false,
            "Accepted at ICML 2027; 31 pages, 14 figures, code and data and "
            "further proofs are in the appendix, which is long",
            "");

    (void)state;
    struct edition_news news = revision_news(&before, &after, &arena);
    assert_true(strlen(news.venue) < 70);
    assert_memory_equal(news.venue, "Accepted at ICML 2027", 21);
    arena_finish(&arena);
}

static void test_a_mark_says_all_of_it_but_of_the_withdrawn(void **state)
{
    struct edition_news news = {.changes = EDITION_VERSION | EDITION_ACCEPTED,
            .version = 3,
            .venue = "ICML 2027"};

    (void)state;
    assert_string_equal(revision_mark(&news, "en", &arena),
            "[v3] [accepted: ICML 2027]");
    assert_string_equal(revision_mark(&news, "zh", &arena),
            "〔v3〕 〔已录用: ICML 2027〕");
    news.changes |= EDITION_WITHDRAWN;
    assert_string_equal(revision_mark(&news, "en", &arena), "[withdrawn]");
    assert_string_equal(revision_mark(&news, "zh", &arena), "〔已撤稿〕");
    news.changes = 0;
    assert_string_equal(revision_mark(&news, "en", &arena), "");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_what_is_news_and_what_is_not),
            cmocka_unit_test(test_a_long_comment_names_the_venue_in_short),
            cmocka_unit_test(test_a_mark_says_all_of_it_but_of_the_withdrawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
