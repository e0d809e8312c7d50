#include "bot/backfill.h"

#include "tests/support/clock.h"
#include "tests/support/fake_archive.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    STEPS_MAX = 100000,
    A_DAY = 5,  /* papers of a category */
    A_PAGE = 2, /* so a day has 3 pages */
    PAGES = 3,
};

static const char *codes[] = {"cs.LG", "hep-th"};
static const struct civil_date first = {2026, 10, 1}, last = {2026, 10, 4};

struct library {
    struct store_fixture fixture;
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct fake_archive archive;
    struct backfill_wish wish;
    struct backfill *backfill;
    struct intake_counts counts; /* of all runs */
};

static int open_library(void **state)
{
    static struct library library;

    library = (struct library){.seed = {7}};
    store_fixture_open(&library.fixture, "memory");
    library.clock = test_clock_of(&library.time);
    library.chance = chance_seeded(&library.seed);
    library.time.ms = INT64_C(1795518000000); /* 2026-11-24 */
    fake_archive_init(&library.archive, &library.clock);
    library.archive.papers_a_day = A_DAY;
    library.archive.papers_a_page = A_PAGE;
    library.wish = (struct backfill_wish){
            .categories = {.items = codes, .count = 2},
            .since = first,
            .until = last,
    };
    *state = &library;
    return 0;
}

static int close_library(void **state)
{
    struct library *library = *state;

    backfill_close(library->backfill);
    fake_archive_finish(&library->archive);
    store_fixture_close(&library->fixture);
    return 0;
}

static void start(struct library *library)
{
    library->backfill =
            backfill_open(library->fixture.store, &library->archive.source,
                    &library->chance, &library->wish, library->time.ms, NULL);
    assert_non_null(library->backfill);
}

static void leave(struct library *library)
{
    struct intake_counts counts = backfill_counts(library->backfill);

    library->counts.added += counts.added;
    library->counts.unchanged += counts.unchanged;
    backfill_close(library->backfill);
    library->backfill = NULL;
    fake_archive_drop(&library->archive);
}

/* Until it is done, or that many questions were answered (0: any). */
static void work(struct library *library, size_t answers)
{
    size_t answered = 0;

    for (int steps = 0; !backfill_finished(library->backfill); steps++) {
        assert_true(steps < STEPS_MAX);
        int64_t due_ms = backfill_next_due_ms(library->backfill);
        if (due_ms != INT64_MAX && due_ms > library->time.ms)
            library->time.ms = due_ms;
        backfill_step(library->backfill, library->time.ms);
        if (answers > 0 && answered == answers)
            return;
        library->time.ms += 200; /* an answer takes its time */
        answered += fake_archive_answer(&library->archive);
    }
}

static void run(struct library *library)
{
    start(library);
    work(library, 0);
    assert_string_equal(backfill_failure(library->backfill), "");
}

static void assert_all_there(struct library *library)
{
    struct arena *arena = &library->fixture.arena;

    for (size_t c = 0; c < library->wish.categories.count; c++)
        for (struct civil_date day = library->wish.since;
                civil_date_compare(day, library->wish.until) <= 0;
                day = civil_date_plus(day, 1))
            for (size_t i = 0; i < A_DAY; i++) {
                struct paper *paper;
                char *id = fake_archive_id(arena, codes[c], day, i);
                assert_true(store_paper_get(library->fixture.store, id, arena,
                        &paper, NULL));
                if (paper == NULL)
                    fail_msg("%s is missing", id);
            }
}

static void assert_polite(const struct library *library)
{
    assert_false(library->archive.overlapped);
    assert_true(library->archive.least_gap_ms >= FAKE_ARCHIVE_GAP_MS);
}

static void test_every_day_of_every_category_comes_in(void **state)
{
    struct library *library = *state;

    run(library);
    struct backfill_progress progress = backfill_progress(library->backfill);
    assert_int_equal(progress.done, 8);
    assert_int_equal(progress.total, 8);
    assert_int_equal(progress.pages, 8 * PAGES);
    assert_int_equal(progress.papers, 8 * A_DAY);
    assert_int_equal(backfill_counts(library->backfill).added, 8 * A_DAY);
    assert_all_there(library);
    assert_polite(library);
}

static void test_nothing_is_announced_by_it(void **state)
{
    struct library *library = *state;
    struct batch_list batches;

    run(library);
    assert_true(store_batch_list(library->fixture.store, "cs.LG", 10,
            &library->fixture.arena, &batches, NULL));
    assert_int_equal(batches.count, 0);
}

static void test_whatever_page_stops_it_it_goes_on_with_the_next(void **state)
{
    struct library *library = *state;
    size_t all = (size_t)8 * PAGES;

    for (size_t stop = 1; stop < 2 * all - 1; stop++) {
        bool asking = stop % 2 == 1 && stop > 1; /* it dies with a question */
        close_library(state);
        open_library(state);
        start(library);
        work(library, (stop + 1) / 2);
        if (asking) {
            library->time.ms = backfill_next_due_ms(library->backfill);
            backfill_step(library->backfill, library->time.ms);
        }
        leave(library);
        run(library);
        leave(library);
        /* What was under way when it died is asked for again, no more. */
        assert_int_equal(library->archive.handed_on, 8 * A_DAY);
        assert_int_equal(library->archive.asked, all + asking);
        assert_int_equal(library->counts.added, 8 * A_DAY);
        assert_all_there(library);
        assert_polite(library);
    }
}

static void test_it_may_die_at_every_page(void **state)
{
    struct library *library = *state;
    bool done = false;

    for (int lives = 0; !done; lives++) {
        assert_true(lives <= 8 * PAGES);
        start(library);
        work(library, 1);
        done = backfill_finished(library->backfill);
        leave(library);
    }
    assert_int_equal(library->counts.added, 8 * A_DAY);
    assert_int_equal(library->archive.handed_on, 8 * A_DAY);
    assert_all_there(library);
    assert_polite(library);
}

static void test_what_is_there_is_not_asked_for_again(void **state)
{
    struct library *library = *state;

    run(library);
    leave(library);
    size_t asked = library->archive.asked;
    run(library);
    assert_int_equal(library->archive.asked, asked);
    assert_int_equal(backfill_progress(library->backfill).total, 0);
    leave(library);
    library->wish.again = true;
    run(library);
    assert_int_equal(library->archive.asked, 2 * asked);
}

static void test_a_longer_range_asks_for_what_is_new_in_it(void **state)
{
    struct library *library = *state;

    run(library);
    leave(library);
    library->wish.until = (struct civil_date){2026, 10, 6};
    run(library);
    assert_int_equal(backfill_progress(library->backfill).total, 4);
    assert_all_there(library);
    leave(library);
    library->wish.since = (struct civil_date){2026, 9, 30};
    run(library);
    assert_int_equal(backfill_progress(library->backfill).total, 14);
    assert_all_there(library);
}

static void test_a_range_elsewhere_is_one_of_its_own(void **state)
{
    struct library *library = *state;

    run(library);
    leave(library);
    library->wish.since = (struct civil_date){2026, 10, 20};
    library->wish.until = (struct civil_date){2026, 10, 21};
    run(library);
    assert_int_equal(backfill_progress(library->backfill).total, 4);
    assert_all_there(library);
}

static void test_the_week_before_a_run_is_looked_at_again(void **state)
{
    struct library *library = *state;

    library->wish.since = (struct civil_date){2026, 11, 10};
    library->wish.until = (struct civil_date){2026, 11, 24};
    run(library);
    leave(library);
    library->time.ms += INT64_C(2) * 86400 * 1000;
    library->wish.until = (struct civil_date){2026, 11, 26};
    run(library); /* from the 17th, a week before the 24th, on */
    assert_int_equal(backfill_progress(library->backfill).total, 2 * 10);
}

static void test_both_ways_in_are_kept_apart(void **state)
{
    struct library *library = *state;

    run(library);
    leave(library);
    library->wish.via = SOURCE_VIA_OAI;
    run(library);
    assert_int_equal(backfill_progress(library->backfill).total, 8);
}

static void test_a_server_s_wait_is_kept_over_a_restart(void **state)
{
    struct library *library = *state;

    fake_archive_fail(&library->archive, 2, FAKE_ARCHIVE_BUSY, 600000);
    start(library);
    work(library, 2);
    int64_t told_ms = library->time.ms;
    leave(library);
    run(library);
    assert_all_there(library);
    assert_polite(library);
    assert_true(library->time.ms >= told_ms + 600000);
}

static void test_it_comes_back_when_the_server_says(void **state)
{
    struct library *library = *state;

    fake_archive_fail(&library->archive, 3, FAKE_ARCHIVE_BUSY, 120000);
    int64_t began_ms = library->time.ms;
    run(library);
    assert_true(library->time.ms - began_ms >= 120000);
    assert_all_there(library);
    assert_int_equal(library->archive.handed_on, 8 * A_DAY);
}

static void test_a_wait_beyond_our_patience_ends_the_run(void **state)
{
    struct library *library = *state;

    fake_archive_fail(&library->archive, 3, FAKE_ARCHIVE_BUSY, 3600000);
    start(library);
    work(library, 0);
    assert_string_equal(backfill_failure(library->backfill),
            "the archive says no");
    assert_int_equal(library->archive.asked, 3);
    leave(library);
    int64_t told_ms = library->time.ms;
    run(library);
    assert_true(library->time.ms >= told_ms + 3590000);
    assert_all_there(library);
}

static void test_half_a_page_is_dropped_and_asked_for_again(void **state)
{
    struct library *library = *state;

    fake_archive_fail(&library->archive, 5, FAKE_ARCHIVE_CUT, 0);
    run(library);
    assert_all_there(library);
    assert_int_equal(backfill_counts(library->backfill).added, 8 * A_DAY);
    assert_int_equal(backfill_counts(library->backfill).unchanged, 0);
}

static void test_an_expired_token_begins_the_day_again(void **state)
{
    struct library *library = *state;

    /* The third page of the first category's first day. */
    library->wish.categories.count = 1;
    fake_archive_fail(&library->archive, 3, FAKE_ARCHIVE_EXPIRED, 0);
    start(library);
    work(library, 3);
    assert_string_equal(library->archive.last, "cs.LG 2026-10-01 4");
    leave(library);
    start(library); /* what begins the day again is stored, too */
    work(library, 1);
    assert_string_equal(library->archive.last, "cs.LG 2026-10-01 ");
    work(library, 0);
    assert_all_there(library);
    assert_int_equal(backfill_counts(library->backfill).added +
                    backfill_counts(library->backfill).unchanged,
            4 * A_DAY);
}

static void test_tokens_that_always_expire_have_an_end(void **state)
{
    struct library *library = *state;

    for (size_t question = 2; question < 40; question += 2)
        fake_archive_fail(&library->archive, question, FAKE_ARCHIVE_EXPIRED, 0);
    library->wish.categories.count = 1;
    start(library);
    work(library, 0);
    assert_non_null(strstr(backfill_failure(library->backfill), "expired"));
    assert_true(library->archive.asked < 12);
}

static void test_a_server_that_stays_down_has_an_end(void **state)
{
    struct library *library = *state;

    fake_archive_fail(&library->archive, 0, FAKE_ARCHIVE_BUSY, 0);
    start(library);
    work(library, 0);
    assert_string_equal(backfill_failure(library->backfill),
            "the archive says no");
    assert_int_equal(library->archive.asked, 8);
    assert_polite(library);
}

static void test_what_is_refused_is_not_asked_twice(void **state)
{
    struct library *library = *state;

    fake_archive_fail(&library->archive, 1, FAKE_ARCHIVE_REFUSES, 0);
    start(library);
    work(library, 0);
    assert_int_equal(library->archive.asked, 1);
    assert_string_equal(backfill_failure(library->backfill),
            "the archive says no");
}

static void test_ids_come_by_the_hundred_and_the_unknown_are_named(void **state)
{
    struct library *library = *state;
    struct arena *arena = &library->fixture.arena;
    struct string_list ids = {0};
    size_t capacity = 0;

    for (int i = 0; i < 150; i++)
        string_list_add(&ids, &capacity, arena,
                arena_format(arena, "2610.%05d", i));
    string_list_add(&ids, &capacity, arena, "2610.99999");
    library->wish = (struct backfill_wish){.ids = ids};
    run(library);
    assert_int_equal(library->archive.asked, 2);
    assert_int_equal(backfill_counts(library->backfill).added, 150);
    struct string_list missing = backfill_missing(library->backfill);
    assert_int_equal(missing.count, 1);
    assert_string_equal(missing.items[0], "2610.99999");
    assert_polite(library);
}

static void test_a_damaged_note_of_progress_begins_anew(void **state)
{
    static const char *const notes[] = {"", "2026-10-01", "nonsense",
            "2026-10-01 2026-13-40 2026-10-04 2026-11-24 ",
            "2026-10-01 2026-10-02 2026-10-04"};
    struct library *library = *state;

    library->wish.categories.count = 1;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        assert_true(store_value_put(library->fixture.store,
                "backfill/api/cs.LG", notes[i], NULL));
        run(library);
        assert_int_equal(backfill_progress(library->backfill).total, 4);
        assert_all_there(library);
        leave(library);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, open_library, close_library)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_every_day_of_every_category_comes_in),
            TEST(test_nothing_is_announced_by_it),
            TEST(test_whatever_page_stops_it_it_goes_on_with_the_next),
            TEST(test_it_may_die_at_every_page),
            TEST(test_what_is_there_is_not_asked_for_again),
            TEST(test_a_longer_range_asks_for_what_is_new_in_it),
            TEST(test_a_range_elsewhere_is_one_of_its_own),
            TEST(test_the_week_before_a_run_is_looked_at_again),
            TEST(test_both_ways_in_are_kept_apart),
            TEST(test_a_server_s_wait_is_kept_over_a_restart),
            TEST(test_it_comes_back_when_the_server_says),
            TEST(test_a_wait_beyond_our_patience_ends_the_run),
            TEST(test_half_a_page_is_dropped_and_asked_for_again),
            TEST(test_an_expired_token_begins_the_day_again),
            TEST(test_tokens_that_always_expire_have_an_end),
            TEST(test_a_server_that_stays_down_has_an_end),
            TEST(test_what_is_refused_is_not_asked_twice),
            TEST(test_ids_come_by_the_hundred_and_the_unknown_are_named),
            TEST(test_a_damaged_note_of_progress_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
