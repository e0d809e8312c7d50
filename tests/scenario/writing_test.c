/*
 * Notes are written between announcement and hour; whatever writers do, digests go
 * out at their hour.
 *
 * Times are UTC; New York is five hours behind.
 */
#include "bot/write/write_budget.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Monday morning: a team that reads Chinese first waits for its digest at 13:00;
 * twenty papers will be announced. */
static struct channel *open_monday(struct world *world, const char *account)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    world_publish(world, "cs.LG", "2611", 20);
    return world_channel(world, "team", account, "cs.LG", "13:00 daily", "UTC");
}

static size_t written_by(const struct world *world, const char *name)
{
    return fake_account_count(&world->home, NULL,
            arena_format((struct arena *)&world->arena, "%s 这样讲", name));
}

static struct note_list notes_of(struct world *world, const char *id)
{
    struct note_list notes = {0};

    assert_true(store_notes_get(world->store, id, &world->arena, &notes, NULL));
    return notes;
}

static size_t asked_twice(const struct fake_writer *fake)
{
    size_t twice = 0;

    for (size_t i = 0; i < fake->asked_count; i++)
        for (size_t k = i + 1; k < fake->asked_count; k++)
            twice += strcmp(fake->asked[i], fake->asked[k]) == 0;
    return twice;
}

static void assert_digest_at_one(struct world *world,
        const struct channel *team)
{
    struct occasion_list occasions;

    assert_int_equal(world_outcome(world, team, "digest/2026-11-23"),
            OUTCOME_DIGEST);
    assert_true(store_occasion_list(world->store, team->id, "digest/2026-11-23",
            1, &world->arena, &occasions, NULL));
    assert_int_equal(occasions.items[0].recorded_ms,
            world_ms("2026-11-23T13:00:00Z"));
}

static void test_what_the_digest_will_show_is_written_before_it(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->takes_ms = 5000;
    world_start(&world);
    world_run(&world, "2026-11-23T12:59:00Z");
    /* Nine that are shown and five spares; the papers' own language needs no
     * note in the brief style. */
    assert_int_equal(main->asked_count, 14);
    assert_int_equal(asked_twice(main), 0);
    assert_int_equal(main->most_under_way, 2);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    assert_int_equal(written_by(&world, "main"), 5);
    assert_int_equal(fake_account_count(&world.home, NULL,
                             "机器翻译 (model of main)"),
            1);
    assert_int_equal(main->asked_count, 14);
    world_close(&world);
}

static void test_one_paper_that_cannot_be_written_costs_no_other(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->poor_paper = "2611.00001";
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    /* Once more with the reason, then the original stands. */
    assert_int_equal(fake_writer_asked(main, "2611.00001"), 2);
    assert_int_equal(main->asked_count, 15);
    assert_int_equal(notes_of(&world, "2611.00001").count, 0);
    assert_int_equal(written_by(&world, "main"), 4);
    assert_int_equal(fake_account_count(&world.home, NULL, "〔原文〕"), 1);
    world_run(&world, "2026-11-24T04:00:00Z");
    assert_int_equal(fake_writer_asked(main, "2611.00001"), 2);
    world_close(&world);
}

static void
test_a_refused_note_is_asked_for_once_more_with_the_reason(void **state)
{
    struct world world;
    bool told = false;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->poor_paper = "2611.00001";
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    for (size_t i = 0; i < main->asked_count; i++)
        told = told ||
                strcmp(main->asked[i], "2611.00001 zh: the digest is empty") ==
                        0;
    assert_true(told);
    assert_int_equal(spare->asked_count, 1);
    assert_string_equal(spare->asked[0], "2611.00001 zh");
    assert_string_equal(notes_of(&world, "2611.00001").items[0].writer,
            "model of spare");
    world_close(&world);
}

static void test_a_silent_writer_holds_no_digest_back(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->mode = FAKE_WRITER_SILENT;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    assert_int_equal(main->asked_count, 2);
    assert_int_equal(written_by(&world, "main"), 0);
    world_close(&world);
}

static void
test_a_writer_that_is_down_is_waited_for_until_the_hour_is_near(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->mode = FAKE_WRITER_DOWN;
    main->fail_wait_ms = INT64_C(3600) * 1000;
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    assert_int_equal(spare->asked_count, 0);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    assert_int_equal(spare->asked_count, 14);
    assert_int_equal(written_by(&world, "spare"), 5);
    world_close(&world);
}

static void
test_a_writer_that_will_never_work_is_passed_by_at_once(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->mode = FAKE_WRITER_DOWN;
    main->fail_kind = ERROR_STOP;
    world_start(&world);
    world_run(&world, "2026-11-23T06:00:00Z");
    assert_int_equal(spare->asked_count, 14);
    assert_true(main->asked_count <= 4);
    world_close(&world);
}

static void test_the_only_writer_is_waited_for_up_to_the_hour(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->mode = FAKE_WRITER_DOWN;
    main->fail_wait_ms = INT64_C(3) * 60 * 1000;
    world_start(&world);
    world_run(&world, "2026-11-23T12:48:00Z");
    /* Each refusal is three minutes' pause and more; nobody looks anew before
     * the hour. */
    main->mode = FAKE_WRITER_WELL;
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(written_by(&world, "main"), 5);
    world_close(&world);
}

static void test_the_next_writer_goes_on_where_a_budget_ends(void **state)
{
    struct world world;
    struct write_spent spent;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->usage = (struct writer_usage){900, 100};
    world.hired[0].terms.price =
            (struct writer_price){.unit_in = 1000000, .unit_out = 2000000};
    world.hired[0].terms.at_once = 1;
    world.hired[0].terms.budget.money = 5500; /* 1100 a note */
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(main->asked_count, 5);
    assert_int_equal(spare->asked_count, 9);
    assert_true(write_budget_read(world.store, "main", world.time.ms, &spent,
            NULL));
    assert_int_equal(spent.requests, 5);
    assert_int_equal(spent.units, 5000);
    assert_int_equal(spent.money, 5500);
    world_close(&world);
}

static void test_an_owner_is_told_that_a_budget_is_spent(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "hook");
    struct channel *owner =
            world_channel(&world, "owner", "home", "", "off", "UTC");
    world.alerts = owner;
    world_hire(&world, "main");
    world.hired[0].terms.budget.requests = 5;
    world_start(&world);
    world_run(&world, "2026-11-23T12:59:00Z");
    assert_non_null(strstr(world_last(&world, owner->room),
            "撰写器 main 今日预算已用完,UTC 零点恢复:请求 5/5 次"));
    world_run(&world, "2026-11-23T23:59:00Z");
    assert_int_equal(world.home.shown_count, 1);
    world_run(&world, "2026-11-24T00:30:00Z");
    assert_int_equal(world.home.shown_count, 2);
    assert_non_null(strstr(world_last(&world, owner->room),
            "撰写器 main 的预算已恢复"));
    world_close(&world);
}

static void test_what_failed_unpaid_is_not_counted(void **state)
{
    struct world world;
    struct write_spent spent;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->mode = FAKE_WRITER_DOWN;
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    assert_true(main->asked_count > 2);
    assert_true(write_budget_read(world.store, "main", world.time.ms, &spent,
            NULL));
    assert_int_equal(spent.requests, 0);
    main->mode = FAKE_WRITER_WELL;
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(written_by(&world, "main"), 5);
    world_close(&world);
}

static void test_nothing_is_paid_twice_whenever_the_bot_restarts(void **state)
{
    struct world world;
    char until[64];

    (void)state;
    struct channel *team = open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->takes_ms = 40000;
    world_start(&world);
    for (int hour = 5; hour < 13; hour++)
        for (int minute = 7; minute < 60; minute += 10) {
            snprintf(until, sizeof until, "2026-11-23T%02d:%02d:00Z", hour,
                    minute);
            world_run(&world, until);
            world_stop(&world, false);
            world_start(&world);
        }
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    assert_int_equal(written_by(&world, "main"), 5);
    /* What was under way at a restart may have been lost, nothing else is asked
     * for again. */
    assert_true(asked_twice(main) <= 4);
    assert_true(main->asked_count <= 18);
    world_close(&world);
}

static void test_a_note_that_comes_late_is_shown_by_an_edit(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    world.home.ops.abilities |= ACCOUNT_EDITS;
    struct fake_writer *main = world_hire(&world, "main");
    main->mode = FAKE_WRITER_DOWN;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    assert_int_equal(notes_of(&world, "2611.00001").count, 0);
    main->mode = FAKE_WRITER_WELL;
    world_run(&world, "2026-11-23T14:30:00Z");
    assert_int_equal(notes_of(&world, "2611.00001").count, 1);
    assert_int_equal(world.home.edits, 1);
    assert_int_equal(written_by(&world, "main"), 5);
    world_close(&world);
}

static void
test_a_stand_ins_notes_are_bettered_when_the_first_is_well_again(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home");
    world.home.ops.abilities |= ACCOUNT_EDITS;
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->mode = FAKE_WRITER_DOWN;
    main->fail_wait_ms = INT64_C(3600) * 1000;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_digest_at_one(&world, team);
    assert_int_equal(written_by(&world, "spare"), 5);
    main->mode = FAKE_WRITER_WELL;
    size_t failed = main->asked_count;
    world_run(&world, "2026-11-23T15:30:00Z");
    assert_int_equal(written_by(&world, "main"), 5);
    assert_string_equal(notes_of(&world, "2611.00001").items[0].writer,
            "model of main");
    /* The nine that were posted, each once, and the stand-in never again. */
    assert_int_equal(main->asked_count - failed, 9);
    assert_int_equal(spare->asked_count, 14);
    main->writer.prompt = "other words";
    world_run(&world, "2026-11-24T04:00:00Z");
    assert_int_equal(main->asked_count - failed, 9);
    world_close(&world);
}

static void
test_what_a_writer_cannot_better_is_not_asked_of_it_again(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    world.home.ops.abilities |= ACCOUNT_EDITS;
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->poor_paper = "2611.00001";
    world_start(&world);
    world_run(&world, "2026-11-23T23:00:00Z");
    assert_int_equal(fake_writer_asked(main, "2611.00001"), 2);
    assert_int_equal(fake_writer_asked(spare, "2611.00001"), 1);
    assert_int_equal(main->asked_count, 15);
    world_close(&world);
}

static void test_a_writer_is_well_again_before_the_hour(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *spare = world_hire(&world, "spare");
    main->mode = FAKE_WRITER_DOWN;
    main->fail_kind = ERROR_STOP; /* for an hour */
    world_start(&world);
    world_run(&world, "2026-11-23T06:00:00Z");
    assert_int_equal(spare->asked_count, 14);
    main->mode = FAKE_WRITER_WELL;
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_int_equal(written_by(&world, "main"), 5);
    assert_int_equal(spare->asked_count, 14);
    assert_true(main->asked_count <= 14 + 4);
    world_close(&world);
}

static void test_a_writer_is_told_how_the_papers_terms_are_written(void **state)
{
    struct world world;
    struct paper paper = paper_empty();
    enum store_change change;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    world.hired[0].terms.at_once = 1;
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    assert_string_equal(main->told, "");
    paper.id = "2611.00001";
    paper.version = 2;
    paper.title = "Benchmarks for Kites";
    paper.abstract = "We steer kites by reinforcement learning.";
    assert_true(store_paper_put(world.store, &paper, world.time.ms, &change,
            NULL));
    world_run(&world, "2026-11-23T09:00:00Z");
    assert_non_null(strstr(main->told, "reinforcement learning=强化学习;"));
    assert_non_null(strstr(main->told, "benchmark=基准"));
    world_close(&world);
}

static void test_channels_that_want_the_same_share_their_notes(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    for (int i = 0; i < 20; i++)
        world_channel(&world, arena_format(&world.arena, "twin-%d", i), "home",
                "cs.LG", i % 2 == 0 ? "13:00 daily" : "15:00 daily", "UTC");
    struct fake_writer *main = world_hire(&world, "main");
    world_start(&world);
    world_run(&world, "2026-11-23T16:00:00Z");
    assert_int_equal(main->asked_count, 14);
    assert_int_equal(written_by(&world, "main"), 21 * 5);
    world_close(&world);
}

static void
test_the_best_sentences_stand_in_where_nobody_translates(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    struct fake_writer *sentences = world_hire(&world, "sentences");
    main->mode = FAKE_WRITER_SILENT;
    sentences->only_language = "en";
    sentences->writer.local = true;
    world_start(&world);
    world_run(&world, "2026-11-23T13:01:00Z");
    /* Nobody is paid for what nobody asked to read. */
    for (size_t i = 0; i < main->asked_count; i++)
        assert_non_null(strstr(main->asked[i], " zh"));
    assert_int_equal(sentences->asked_count, 14);
    assert_int_equal(fake_account_count(&world.home, NULL,
                             "〔原文〕As sentences tell it"),
            5);
    world_close(&world);
}

static void test_what_people_wrote_is_not_written_over(void **state)
{
    struct world world;
    const struct note own = {.paper_id = "2611.00001",
            .language = "zh",
            .title = "人写的题目",
            .heading = "",
            .digest = "人写的。",
            .writer = "file"};

    (void)state;
    open_monday(&world, "home");
    struct fake_writer *main = world_hire(&world, "main");
    main->mode = FAKE_WRITER_SILENT;
    world.hired[0].terms.at_once = 14;
    world_start(&world);
    world_run(&world, "2026-11-23T08:00:00Z");
    assert_int_equal(fake_writer_asked(main, "2611.00001"), 1);
    assert_true(store_note_put(world.store, &own, 1, NULL));
    main->mode = FAKE_WRITER_WELL;
    world_run(&world, "2026-11-23T13:01:00Z");
    assert_string_equal(notes_of(&world, "2611.00001").items[0].digest,
            "人写的。");
    assert_int_equal(written_by(&world, "main"), 4);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_what_the_digest_will_show_is_written_before_it),
            cmocka_unit_test(
                    test_one_paper_that_cannot_be_written_costs_no_other),
            cmocka_unit_test(
                    test_a_refused_note_is_asked_for_once_more_with_the_reason),
            cmocka_unit_test(test_a_silent_writer_holds_no_digest_back),
            cmocka_unit_test(
                    test_a_writer_that_is_down_is_waited_for_until_the_hour_is_near),
            cmocka_unit_test(
                    test_a_writer_that_will_never_work_is_passed_by_at_once),
            cmocka_unit_test(test_the_only_writer_is_waited_for_up_to_the_hour),
            cmocka_unit_test(test_the_next_writer_goes_on_where_a_budget_ends),
            cmocka_unit_test(test_an_owner_is_told_that_a_budget_is_spent),
            cmocka_unit_test(test_what_failed_unpaid_is_not_counted),
            cmocka_unit_test(
                    test_nothing_is_paid_twice_whenever_the_bot_restarts),
            cmocka_unit_test(test_a_note_that_comes_late_is_shown_by_an_edit),
            cmocka_unit_test(
                    test_a_stand_ins_notes_are_bettered_when_the_first_is_well_again),
            cmocka_unit_test(
                    test_what_a_writer_cannot_better_is_not_asked_of_it_again),
            cmocka_unit_test(test_a_writer_is_well_again_before_the_hour),
            cmocka_unit_test(
                    test_a_writer_is_told_how_the_papers_terms_are_written),
            cmocka_unit_test(
                    test_channels_that_want_the_same_share_their_notes),
            cmocka_unit_test(
                    test_the_best_sentences_stand_in_where_nobody_translates),
            cmocka_unit_test(test_what_people_wrote_is_not_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
