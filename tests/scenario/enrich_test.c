/*
 * Where authors work is asked ahead of the hour, of sources that may know; no
 * digest waits for it, and what comes later is put into the post.
 */
#include "bot/enrich/enrich.h"
#include "bot/enrich/enrich_counts.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Monday's five papers, due at 13:00. */
static void open_monday(struct world *world, const char *account)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    struct channel *team = world_channel(world, "team", account, "cs.LG",
            "13:00 daily", "UTC");
    team->top_count = 3;
    world->home.ops.abilities |= ACCOUNT_EDITS;
    world->source.author = "Ada Loop";
    world->enriched = true;
    world->facts.affiliation = "Rope University";
    world_publish(world, "cs.LG", "2611", 5);
}

static size_t shows(const struct fake_account *account, const char *words)
{
    return fake_account_count(account, NULL, words);
}

static void assert_told(struct world *world, const char *id, const char *told)
{
    struct arena arena = {0};
    struct error err = {0};
    char *value;

    assert_true(store_value_get(world->store, enrich_key("facts", id, &arena),
            &arena, &value, &err));
    if (value == NULL || strstr(value, told) == NULL)
        fail_msg("%s: \"%s\" is not \"%s\"", id, value ? value : "", told);
    arena_finish(&arena);
}

static struct enrich_counts counts_of(struct world *world, const char *now)
{
    struct enrich_counts counts;

    assert_true(enrich_counts_read(world->store, "facts", world_ms(now),
            &counts, NULL));
    return counts;
}

static void test_affiliations_are_there_at_the_hour(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.citations = 4;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.facts.asked, 1);
    assert_non_null(strstr(world.facts.last, "2611.00001"));
    assert_int_equal(shows(&world.home, "Rope University"), 5);
    assert_told(&world, "2611.00001", " 1 affiliations");
    world_close(&world);
}

static void
test_a_source_of_pages_is_asked_for_one_paper_at_a_time(void **state)
{
    (void)state;
    struct world world;
    struct arena arena = {0};
    struct error err = {0};
    struct paper *paper;

    open_monday(&world, "home");
    world.facts.ops.ids_max = 1;
    world.facts.ops.gap_ms = 15000;
    world.facts.ops.pace = "arxiv";
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.facts.asked, 5);
    assert_string_equal(world.facts.last, " 2611.00005");
    assert_int_equal(shows(&world.home, "Rope University"), 5);
    assert_true(store_paper_get(world.store, "2611.00004", &arena, &paper,
            &err));
    assert_string_equal(paper->affiliations_from, "facts");
    arena_finish(&arena);
    world_close(&world);
}

static void test_a_source_that_is_silent_holds_nothing_back(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "hook");
    world.facts.hang = true;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(world.facts.asked, 1);
    assert_true(shows(&world.hook, "2611.00001") > 0);
    assert_int_equal(shows(&world.hook, "Rope University"), 0);
    world_close(&world);
}

static void test_what_comes_late_is_put_into_the_post(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.affiliation = NULL;
    world_start(&world);
    world_run(&world, "2026-11-23T13:30:00Z");
    assert_true(shows(&world.home, "2611.00001") > 0);
    assert_told(&world, "2611.00001", " 1 nothing");
    world.facts.affiliation = "Rope University";
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_int_equal(world.facts.asked, 2);
    assert_told(&world, "2611.00001", " 2 affiliations");
    assert_int_equal(shows(&world.home, "Rope University"), 5);
    world_run(&world, "2026-11-24T12:59:00Z");
    assert_int_equal(shows(&world.home, "Rope University"), 5);
    world_close(&world);
}

static void test_another_paper_is_not_believed(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.title = "Sails That Tear in Heavy Weather";
    world.facts.citations = 9;
    world_start(&world);
    world_run(&world, "2026-11-23T13:30:00Z");
    assert_int_equal(world.facts.asked, 1);
    assert_int_equal(shows(&world.home, "Rope University"), 0);
    assert_told(&world, "2611.00001", " 1 nothing");
    world_close(&world);
}

static void test_what_was_asked_and_found_is_counted_a_day(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    struct enrich_counts counts = counts_of(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(counts.requests, 1);
    assert_int_equal(counts.asked, 5);
    assert_int_equal(counts.found, 5);
    assert_int_equal(counts.refused, 0);
    assert_int_equal(counts.failing, 0);
    counts = counts_of(&world, "2026-11-24T00:00:00Z");
    assert_int_equal(counts.requests, 0);
    assert_int_equal(counts.asked, 0);
    world_close(&world);
}

static void test_answers_of_another_paper_are_counted_as_refused(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.title = "Sails That Tear in Heavy Weather";
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    struct enrich_counts counts = counts_of(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(counts.asked, 5);
    assert_int_equal(counts.found, 0);
    assert_int_equal(counts.refused, 5);
    world_close(&world);
}

static void test_failures_in_a_row_are_counted_until_an_answer(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.fail_next = 1;
    world.facts.fail_kind = ERROR_REJECTED;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(counts_of(&world, "2026-11-23T13:01:00Z").asked, 0);
    assert_int_equal(counts_of(&world, "2026-11-23T13:01:00Z").failing, 1);
    /* A new day does not make it well; an answer does. */
    assert_int_equal(counts_of(&world, "2026-11-24T00:00:00Z").failing, 1);
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_int_equal(counts_of(&world, "2026-11-24T12:00:00Z").failing, 0);
    assert_int_equal(counts_of(&world, "2026-11-24T12:00:00Z").found, 5);
    world_close(&world);
}

static void test_who_does_not_know_is_asked_a_few_times_only(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.affiliation = NULL;
    world_start(&world);
    world_run(&world, "2026-12-05T13:30:00Z");
    assert_int_equal(world.facts.asked, 6);
    world_close(&world);
}

static void test_a_failure_is_tried_again_after_a_while(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.fail_next = 2;
    world_start(&world);
    world_run(&world, "2026-11-23T12:00:00Z");
    assert_int_equal(world.facts.asked, 3);
    assert_told(&world, "2611.00001", " 1 affiliations");
    world_close(&world);
}

static void test_what_is_refused_is_not_asked_again_the_same_day(void **state)
{
    (void)state;
    struct world world;

    open_monday(&world, "home");
    world.facts.fail_next = 1;
    world.facts.fail_kind = ERROR_REJECTED;
    world_start(&world);
    world_run(&world, "2026-11-23T23:00:00Z");
    assert_int_equal(world.facts.asked, 1);
    world_close(&world);
}

/* --- links that a listing leaves out --- */

static const char linkless[] = "5 pages; code: this https URL";

/* A paper whose comment lacks its link, and one that lacks none. */
static void open_linkless(struct world *world)
{
    const struct fake_item items[] = {
            {.id = "2611.00001", .announce = ANNOUNCE_NEW, .comment = linkless},
            {.id = "2611.00002", .announce = ANNOUNCE_NEW, .comment = ""},
    };

    open_monday(world, "home");
    fake_source_publish(&world->source, "cs.LG", items, 2, false);
    world->archive_hangs = true;
    world_start(world);
    world_run(world, "2026-11-23T12:00:00Z");
    assert_int_equal(world->archive.asked, 1);
    assert_string_equal(world->archive.last, "2611.00001  ");
}

static void assert_comment(struct world *world, const char *comment)
{
    struct arena arena = {0};
    struct paper *paper;

    assert_true(store_paper_get(world->store, "2611.00001", &arena, &paper,
            NULL));
    assert_string_equal(paper->comment, comment);
    arena_finish(&arena);
}

static void test_arxiv_is_asked_once_for_a_link_that_is_left_out(void **state)
{
    (void)state;
    struct world world;
    struct arena arena = {0};
    struct paper *paper;

    open_linkless(&world);
    assert_comment(&world, linkless);
    assert_true(store_paper_get(world.store, "2611.00001", &arena, &paper,
            NULL));
    paper->comment = "5 pages; code: https://example.org/rope";
    world.archive.like = paper;
    world.archive_hangs = false;
    world_run(&world, "2026-11-25T12:00:00Z");
    assert_comment(&world, paper->comment);
    assert_int_equal(world.archive.asked, 1);
    assert_int_equal(world.archive.handed_on, 1); /* that paper alone */
    arena_finish(&arena);
    world_close(&world);
}

static void test_links_of_another_paper_are_not_believed(void **state)
{
    (void)state;
    struct world world;
    struct paper other = paper_empty();

    open_linkless(&world);
    other.title = "Sails That Tear in Heavy Weather";
    other.comment = "5 pages; code: https://example.org/sail";
    world.archive.like = &other;
    world.archive_hangs = false;
    world_run(&world, "2026-11-23T13:30:00Z");
    assert_comment(&world, linkless);
    assert_int_equal(world.archive.asked, 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_affiliations_are_there_at_the_hour),
            cmocka_unit_test(
                    test_a_source_of_pages_is_asked_for_one_paper_at_a_time),
            cmocka_unit_test(test_a_source_that_is_silent_holds_nothing_back),
            cmocka_unit_test(test_what_comes_late_is_put_into_the_post),
            cmocka_unit_test(test_another_paper_is_not_believed),
            cmocka_unit_test(test_what_was_asked_and_found_is_counted_a_day),
            cmocka_unit_test(
                    test_answers_of_another_paper_are_counted_as_refused),
            cmocka_unit_test(
                    test_failures_in_a_row_are_counted_until_an_answer),
            cmocka_unit_test(test_who_does_not_know_is_asked_a_few_times_only),
            cmocka_unit_test(test_a_failure_is_tried_again_after_a_while),
            cmocka_unit_test(
                    test_what_is_refused_is_not_asked_again_the_same_day),
            cmocka_unit_test(
                    test_arxiv_is_asked_once_for_a_link_that_is_left_out),
            cmocka_unit_test(test_links_of_another_paper_are_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
