/*
 * What was posted is changed in its place when a paper of it changes, where the
 * product can.
 *
 * Times are UTC; New York is five hours behind.
 */
#include "bot/intake.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A product that can edit has posted Monday's five papers. */
static struct channel *open_monday(struct world *world, const char *account)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    struct channel *team = world_channel(world, "team", account, "cs.LG",
            "13:00 daily", "UTC");
    team->languages.tags[0] = "en";
    team->languages.tags[1] = NULL;
    world->home.ops.abilities |= ACCOUNT_EDITS;
    world_publish(world, "cs.LG", "2611", 5);
    world_start(world);
    world_run(world, "2026-11-23T13:01:00Z");
    return team;
}

static void replace(struct world *world, struct fake_item item)
{
    item.announce = ANNOUNCE_REPLACE;
    fake_source_publish(&world->source, "cs.LG", &item, 1, false);
}

static void assert_counts(const struct world *world, size_t shown, size_t edits,
        const char *mark, size_t marks)
{
    assert_int_equal(world->home.shown_count, shown);
    assert_int_equal(world->home.edits, edits);
    assert_int_equal(fake_account_count(&world->home, NULL, mark), marks);
}

static void test_a_new_version_marks_what_was_posted(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    const char *before = world.home.shown[0].payload;
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_counts(&world, 1, 1, "[v2]", 1);
    const char *marked = strstr(world.home.shown[0].payload, "[2611.00003]");
    assert_non_null(strstr(marked, " [v2]"));
    assert_true(strstr(marked, " [v2]") < strchr(marked, '\n'));
    /* Nothing else of it changed: the foot, the order, the others. */
    assert_int_equal(strlen(world.home.shown[0].payload),
            strlen(before) + strlen(" [v2]"));
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 2);
    world_run(&world, "2026-11-25T04:00:00Z");
    assert_counts(&world, 1, 1, "[v2]", 1);
    world_close(&world);
}

static void test_news_of_a_paper_add_up(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world_run(&world, "2026-11-24T12:00:00Z");
    replace(&world,
            (struct fake_item){.id = "2611.00004",
                    .version = 2,
                    .comment = "Accepted at ICML 2027"});
    world_run(&world, "2026-11-25T12:00:00Z");
    assert_counts(&world, 1, 2, "[v2]", 2);
    assert_int_equal(fake_account_count(&world.home, NULL,
                             "[v2] [accepted: Accepted at ICML 2027]"),
            1);
    replace(&world,
            (struct fake_item){.id = "2611.00003",
                    .version = 3,
                    .withdrawn = true});
    world_run(&world, "2026-11-26T12:00:00Z");
    assert_counts(&world, 1, 3, "[withdrawn]", 1);
    assert_int_equal(fake_account_count(&world.home, NULL, "[v2]"), 1);
    world_close(&world);
}

static void test_where_a_product_cannot_edit_it_is_remembered(void **state)
{
    struct world world;
    struct string_list pending;
    struct arena arena = {0};

    (void)state;
    struct channel *team = open_monday(&world, "hook");
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    assert_true(store_edition_pending(world.store, team->id, &arena, &pending,
            NULL));
    assert_int_equal(pending.count, 1);
    assert_string_equal(pending.items[0], "digest/2026-11-23");
    /* When it can, it does. */
    world_stop(&world, false);
    world.hook.ops.abilities |= ACCOUNT_EDITS;
    world_start(&world);
    world_run(&world, "2026-11-24T12:30:00Z");
    assert_int_equal(world.hook.edits, 1);
    arena_finish(&arena);
    world_close(&world);
}

static void test_only_the_part_with_the_paper_is_changed(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, "memory:", "2026-11-23T05:00:00Z");
    world_channel(&world, "team", "home", "cs.LG", "13:00 daily", "UTC");
    world.home.ops.abilities |= ACCOUNT_EDITS;
    world.home.entries_a_part = 2;
    world_publish(&world, "cs.LG", "2611", 5);
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    size_t parts = world.home.shown_count;
    assert_true(parts >= 3);
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_counts(&world, parts, 1, "〔v2〕", 1);
    world_close(&world);
}

static void test_a_post_that_would_be_cut_otherwise_is_left(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    world.home.entries_a_part = 2;
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_counts(&world, 1, 0, "[v2]", 0);
    world_close(&world);
}

static void test_an_edit_waits_for_the_one_before(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world.home.fail_next = SIZE_MAX;
    world_run(&world, "2026-11-24T08:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 1);
    replace(&world, (struct fake_item){.id = "2611.00004", .version = 2});
    world_run(&world, "2026-11-25T08:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 1);
    world.home.fail_next = 0;
    world_run(&world, "2026-11-25T09:00:00Z");
    assert_counts(&world, 1, 2, "[v2]", 2);
    world_close(&world);
}

static void test_over_a_restart_an_edit_is_made_once(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    replace(&world, (struct fake_item){.id = "2611.00003", .version = 2});
    world.home.hang = true;
    world_run(&world, "2026-11-24T12:00:00Z");
    world_stop(&world, true); /* taken, and nobody heard of it */
    world.home.hang = false;
    world_start(&world);
    world_run(&world, "2026-11-24T13:30:00Z");
    assert_int_equal(fake_account_count(&world.home, NULL, "[v2]"), 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 2);
    world_close(&world);
}

/* --- what is noticed --- */

static void put(struct world *world, struct paper paper)
{
    const struct source_record record = {.paper = paper,
            .announce = ANNOUNCE_UNKNOWN,
            .section = ""};
    struct intake intake = {.store = world->store, .now_ms = world->time.ms};
    struct source_sink sink = intake_sink(&intake);

    sink.record(sink.ctx, &record);
    assert_int_equal(intake.failure.kind, ERROR_NONE);
}

static void test_any_source_may_bring_the_news(void **state)
{
    struct world world;
    struct paper paper = paper_empty();

    (void)state;
    open_monday(&world, "home");
    paper.id = "2611.00002";
    paper.journal_ref = "J. Mach. Learn. 7 (2026) 1-20";
    put(&world, paper);
    world_run(&world, "2026-11-23T14:00:00Z");
    assert_counts(&world, 1, 1, "[accepted: J. Mach. Learn. 7 (2026) 1-20]", 1);
    paper.journal_ref = "";
    paper.title = "Another title";
    put(&world, paper); /* no news by itself */
    world_run(&world, "2026-11-23T15:00:00Z");
    assert_counts(&world, 1, 1, "[accepted: ", 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_new_version_marks_what_was_posted),
            cmocka_unit_test(test_news_of_a_paper_add_up),
            cmocka_unit_test(test_where_a_product_cannot_edit_it_is_remembered),
            cmocka_unit_test(test_only_the_part_with_the_paper_is_changed),
            cmocka_unit_test(test_a_post_that_would_be_cut_otherwise_is_left),
            cmocka_unit_test(test_an_edit_waits_for_the_one_before),
            cmocka_unit_test(test_over_a_restart_an_edit_is_made_once),
            cmocka_unit_test(test_any_source_may_bring_the_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
