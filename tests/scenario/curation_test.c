/*
 * A draft between announcement and digest: whatever happens meanwhile, what goes
 * out is what the curators left.
 *
 * Times are UTC.  The channel's digest is due at 13:30 in Shanghai, 05:30 here,
 * and its draft at 11:30, 03:30 here.
 */
#include "tests/support/failing_store.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char room[] = "room-team";
static const char digest[] = "digest/2026-11-24";
static const char *people[] = {"@ana:x", "@bo:x"};

static struct channel *open_team(struct world *world, const char *now)
{
    world_open(world, "memory:", now);
    struct channel *team = world_channel(world, "team", "home", "cs.LG",
            "13:30 daily", "Asia/Shanghai");
    team->top_count = team->also_count = 2;
    team->curate_ms = INT64_C(2) * 3600 * 1000;
    team->curators = (struct string_list){people, 2};
    return team;
}

/* Six papers are announced, and it is the time of the draft. */
static struct channel *run_to_draft(struct world *world)
{
    struct channel *team = open_team(world, "2026-11-24T00:00:00Z");

    world_publish(world, "cs.LG", "2611", 6);
    world_start(world);
    world_run(world, "2026-11-24T03:30:10Z");
    return team;
}

static void say(struct world *world, size_t person, const char *text,
        const char *until)
{
    world_say(world, room, people[person], text);
    world_run(world, until);
}

/* The newest message of an occasion whose key begins so; NULL: none came. */
static const struct fake_message *message(const struct world *world,
        const char *occasion)
{
    const struct fake_account *home = &world->home;

    for (size_t i = home->shown_count; i > 0; i--)
        if (strncmp(home->shown[i - 1].occasion, occasion, strlen(occasion)) ==
                0)
            return &home->shown[i - 1];
    return NULL;
}

static size_t messages(const struct world *world, const char *occasion)
{
    const struct fake_account *home = &world->home;
    size_t count = 0;

    for (size_t i = 0; i < home->shown_count; i++)
        count += strncmp(home->shown[i].occasion, occasion, strlen(occasion)) ==
                0;
    return count;
}

/* The digest's papers in their order: "1 3 2". */
static const char *papers_of(struct world *world, const char *occasion)
{
    const struct fake_message *shown = message(world, occasion);
    const char *text = "";

    for (const char *at = shown == NULL ? NULL : strstr(shown->payload, "\n[");
            at != NULL; at = strstr(at + 1, "\n["))
        text = arena_format(&world->arena, "%s%s%.*s", text,
                *text == '\0' ? "" : " ", (int)strcspn(at + 2, "]"), at + 2);
    return text;
}

static bool has(const struct fake_message *shown, const char *words)
{
    return shown != NULL && strstr(shown->payload, words) != NULL;
}

static void set(struct world *world, const struct channel *channel,
        const char *key, const char *value)
{
    const struct channel_setting setting = {.key = key,
            .value = value,
            .person = people[0],
            .set_ms = world->time.ms};

    assert_true(store_setting_put(world->store, channel->id, &setting, NULL));
}

/* The loop comes by every 15 s, whatever is due. */
static void look(struct world *world)
{
    world_step(world);
    world_run_ms(world, world->time.ms + 1000);
}

/* --- a day --- */

static void test_two_curators_make_the_digest_of_the_day(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T03:29:59Z");
    assert_int_equal(messages(&world, ""), 0);
    world_run(&world, "2026-11-24T03:30:10Z");
    assert_int_equal(messages(&world, "draft/2026-11-24/"), 2);
    assert_string_equal(message(&world, "draft/2026-11-24/1")->person,
            "@ana:x");
    assert_string_equal(message(&world, "draft/2026-11-24/2")->person, "@bo:x");
    /* Both before either is answered. */
    world_say(&world, room, people[0], "!paper drop 3");
    world_say(&world, room, people[1], "!paper 移 4 1");
    say(&world, 0, "!paper pick 6 also", "2026-11-24T03:31:00Z");
    say(&world, 1, "!paper 改 1 值得一读", "2026-11-24T03:32:00Z");
    world_run(&world, "2026-11-24T05:29:59Z");
    assert_int_equal(messages(&world, digest), 0);
    world_run(&world, "2026-11-24T05:30:10Z");
    assert_int_equal(world_outcome(&world, team, digest), OUTCOME_DIGEST);
    assert_string_equal(papers_of(&world, digest),
            "2611.00004 2611.00001 2611.00002 2611.00006");
    assert_true(has(message(&world, digest), "由 ana、bo 选编"));
    assert_true(has(message(&world, digest), "编者按：值得一读"));
    assert_string_equal(message(&world, digest)->person, "");
    world_close(&world);
}

static void test_what_nobody_touches_goes_out_at_its_hour(void **state)
{
    struct world world;

    (void)state;
    run_to_draft(&world);
    world_run(&world, "2026-11-24T05:30:10Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00001 2611.00002 2611.00003 2611.00004");
    assert_false(has(message(&world, digest), "选编"));
    world_run(&world, "2026-11-25T05:31:00Z");
    assert_int_equal(messages(&world, "draft/"), 2);
    world_close(&world);
}

static void test_others_change_nothing(void **state)
{
    struct world world;

    (void)state;
    run_to_draft(&world);
    world_say(&world, room, "@zoe:x", "!paper drop 1");
    world_run(&world, "2026-11-24T05:30:10Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00001 2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void test_who_hears_nobody_has_no_drafts(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    team->account = "hook";
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T05:31:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    assert_int_equal(world.hook.shown_count, 1);
    world_close(&world);
}

/* --- when --- */

static void test_without_news_the_draft_comes_as_soon_as_there_are(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, "2026-11-24T00:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T04:30:00Z");
    assert_int_equal(messages(&world, ""), 0);
    world_publish(&world, "cs.LG", "2611", 6);
    world_run(&world, "2026-11-24T05:20:00Z");
    assert_int_equal(messages(&world, "draft/2026-11-24/"), 2);
    world_run(&world, "2026-11-24T05:30:10Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00001 2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void test_announcements_in_a_row_make_one_draft(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    world_categories(&world, team, "cs.LG cs.CV cs.CL");
    world_start(&world);
    world_run(&world, "2026-11-24T04:30:00Z");
    world_publish(&world, "cs.LG", "2611", 6);
    world_publish(&world, "cs.CV", "2612", 6);
    world_run(&world, "2026-11-24T04:35:00Z");
    world_publish(&world, "cs.CL", "2613", 6);
    world_run(&world, "2026-11-24T05:29:00Z");
    assert_int_equal(messages(&world, "draft/2026-11-24/"), 2);
    world_run(&world, "2026-11-24T05:30:10Z");
    assert_true(has(message(&world, digest), "18 篇新论文"));
    world_close(&world);
}

static void test_what_is_announced_after_a_change_waits_a_day(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    say(&world, 0, "!paper drop 1 2 3", "2026-11-24T03:40:00Z");
    world_publish(&world, "cs.LG", "2612", 5);
    world_run(&world, "2026-11-24T05:30:10Z");
    assert_string_equal(papers_of(&world, digest), "2611.00004");
    assert_int_equal(messages(&world, "draft/2026-11-24/"), 2);
    world_run(&world, "2026-11-25T03:30:10Z");
    assert_int_equal(messages(&world, "draft/2026-11-25/"), 2);
    world_run(&world, "2026-11-25T05:30:10Z");
    assert_string_equal(papers_of(&world, "digest/2026-11-25"),
            "2612.00001 2612.00002 2612.00003 2612.00004");
    assert_int_equal(world_outcome(&world, team, "digest/2026-11-25"),
            OUTCOME_DIGEST);
    world_close(&world);
}

static void test_a_touched_draft_waits_for_no_announcement(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    team->when = WHEN_FRESH;
    team->wait_for_batch_ms = INT64_C(4) * 3600 * 1000;
    world_stop(&world, true);
    world_start(&world);
    world_run(&world, "2026-11-24T03:35:00Z");
    say(&world, 0, "!paper drop 1", "2026-11-24T05:31:00Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

/* --- what may happen meanwhile --- */

static void test_down_over_its_time_the_draft_is_late(void **state)
{
    struct world world;

    (void)state;
    open_team(&world, "2026-11-24T00:00:00Z");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T02:30:00Z");
    world_stop(&world, true);
    world.time.ms = world_ms("2026-11-24T04:45:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T04:46:00Z");
    assert_int_equal(messages(&world, "draft/2026-11-24/"), 2);
    say(&world, 1, "!paper drop 1", "2026-11-24T05:30:10Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void
test_down_over_the_hour_the_digest_goes_without_a_draft(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_team(&world, "2026-11-24T00:00:00Z");
    world_publish(&world, "cs.LG", "2611", 6);
    world_start(&world);
    world_run(&world, "2026-11-24T02:30:00Z");
    world_stop(&world, true);
    world.time.ms = world_ms("2026-11-24T06:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T06:05:00Z");
    assert_int_equal(messages(&world, "draft/"), 0);
    assert_int_equal(world_outcome(&world, team, digest), OUTCOME_DIGEST);
    world_close(&world);
}

static void
test_down_over_the_hour_what_was_changed_is_posted_late(void **state)
{
    struct world world;

    (void)state;
    run_to_draft(&world);
    say(&world, 0, "!paper drop 1", "2026-11-24T03:40:00Z");
    world_stop(&world, true);
    world.time.ms = world_ms("2026-11-24T07:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T07:05:00Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void test_missed_for_good_the_papers_come_the_next_day(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    say(&world, 0, "!paper drop 1", "2026-11-24T03:40:00Z");
    world_stop(&world, true);
    world.time.ms = world_ms("2026-11-24T12:00:00Z");
    world_start(&world);
    world_run(&world, "2026-11-25T05:31:00Z");
    assert_int_equal(world_outcome(&world, team, digest), OUTCOME_MISSED);
    assert_string_equal(papers_of(&world, "digest/2026-11-25"),
            "2611.00001 2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void test_switched_off_meanwhile_what_was_changed_stands(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    say(&world, 0, "!paper drop 1", "2026-11-24T03:40:00Z");
    set(&world, team, "curate", "off");
    look(&world);
    world_run(&world, "2026-11-25T05:30:10Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00002 2611.00003 2611.00004");
    assert_int_equal(messages(&world, "draft/2026-11-25/"), 0);
    world_close(&world);
}

static void test_at_another_hour_of_the_day_the_draft_stays(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    say(&world, 0, "!paper drop 1", "2026-11-24T03:40:00Z");
    set(&world, team, "schedule", "15:00 daily");
    look(&world);
    say(&world, 0, "!paper draft", "2026-11-24T03:41:00Z");
    assert_non_null(strstr(world_last(&world, room), "Tue 2026-11-24 15:00"));
    world_run(&world, "2026-11-24T06:59:00Z");
    assert_int_equal(messages(&world, digest), 0);
    assert_int_equal(messages(&world, "draft/"), 2);
    world_run(&world, "2026-11-24T07:00:10Z");
    assert_string_equal(papers_of(&world, digest),
            "2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void test_on_another_day_there_is_another_draft(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    say(&world, 0, "!paper drop 1", "2026-11-24T03:40:00Z");
    set(&world, team, "schedule", "13:30 wed");
    look(&world);
    say(&world, 0, "!paper draft", "2026-11-24T03:41:00Z");
    assert_non_null(strstr(world_last(&world, room), "There is no draft now"));
    world_run(&world, "2026-11-25T05:31:00Z");
    assert_int_equal(world_outcome(&world, team, digest), OUTCOME_NONE);
    assert_int_equal(messages(&world, "draft/2026-11-25/"), 2);
    assert_string_equal(papers_of(&world, "digest/2026-11-25"),
            "2611.00001 2611.00002 2611.00003 2611.00004");
    world_close(&world);
}

static void test_paused_meanwhile_nothing_goes_out(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = run_to_draft(&world);
    say(&world, 0, "!paper drop 1", "2026-11-24T03:40:00Z");
    set(&world, team, "paused", "yes");
    look(&world);
    world_run(&world, "2026-11-24T05:31:00Z");
    assert_int_equal(messages(&world, "digest/"), 0);
    assert_int_equal(world_outcome(&world, team, digest), OUTCOME_SILENT);
    world_close(&world);
}

static void test_a_clock_that_was_put_back_makes_no_second_draft(void **state)
{
    struct world world;

    (void)state;
    run_to_draft(&world);
    world.time.ms = world_ms("2026-11-24T02:30:00Z");
    look(&world);
    world_run(&world, "2026-11-24T04:00:00Z");
    assert_int_equal(messages(&world, "draft/"), 2);
    world_close(&world);
}

/* --- crashes --- */

static void live_the_morning(struct world *world)
{
    world_run(world, "2026-11-24T03:31:00Z");
    say(world, 0, "!paper drop 3", "2026-11-24T03:32:00Z");
    say(world, 1, "!paper 移 4 1", "2026-11-24T03:33:00Z");
    say(world, 0, "!paper edit 1 Mine.", "2026-11-24T03:34:00Z");
    world_run(world, "2026-11-24T05:35:00Z");
}

static void check_morning(struct world *world, size_t n)
{
    const char *papers = papers_of(world, digest);

    if (strcmp(papers, "2611.00004 2611.00001 2611.00002") != 0)
        fail_msg("write %zu: the digest has %s", n, papers);
    if (messages(world, digest) != 1 ||
            messages(world, "draft/2026-11-24/1") != 1 ||
            messages(world, "draft/2026-11-24/") != 2)
        fail_msg("write %zu: %zu digests, %zu drafts", n,
                messages(world, digest), messages(world, "draft/"));
    if (!has(message(world, digest), "由 ana、bo 选编") ||
            !has(message(world, digest), "编者按：Mine."))
        fail_msg("write %zu: names or words are lost", n);
}

static void open_morning(struct world *world)
{
    open_team(world, "2026-11-24T00:00:00Z");
    world_publish(world, "cs.LG", "2611", 6);
    world_start(world);
    world_run(world, "2026-11-24T03:29:00Z");
}

static size_t writes_of_the_morning(void)
{
    struct world world;

    open_morning(&world);
    failing_store_begin(world.store, SIZE_MAX, 0, ERROR_NONE);
    live_the_morning(&world);
    size_t writes = failing_store_end(world.store);
    check_morning(&world, 0);
    world_close(&world);
    return writes;
}

/* What is said is heard: the account hands on again what was not kept. */
static void test_busy_at_any_write_no_change_is_lost(void **state)
{
    size_t writes = writes_of_the_morning();

    (void)state;
    for (size_t n = 0; n < writes; n++) {
        struct world world;
        open_morning(&world);
        failing_store_begin(world.store, n, 1 + n % 3, ERROR_RETRY);
        live_the_morning(&world);
        failing_store_end(world.store);
        check_morning(&world, n);
        world_close(&world);
    }
    printf("# PRINT busy at each of %zu writes\n", writes);
}

/* The store fails for good at a write, and the bot is killed a moment later. */
static void die_and_live_on(struct world *world, size_t n, const char *until)
{
    failing_store_begin(world->store, n, SIZE_MAX, ERROR_STOP);
    world_run(world, until);
    world_stop(world, n % 2 == 0);
    failing_store_end(world->store);
    world_start(world);
    world_run(world, until);
}

static void
test_killed_at_any_write_the_draft_and_its_digest_are_whole(void **state)
{
    (void)state;
    for (size_t n = 0; n < 40; n++) {
        struct world world;
        open_morning(&world);
        die_and_live_on(&world, n, "2026-11-24T03:31:00Z");
        say(&world, 0, "!paper drop 3", "2026-11-24T03:40:00Z");
        say(&world, 1, "!paper 移 4 1", "2026-11-24T03:41:00Z");
        say(&world, 0, "!paper edit 1 Mine.", "2026-11-24T05:29:00Z");
        die_and_live_on(&world, n, "2026-11-24T05:31:00Z");
        world_run(&world, "2026-11-24T05:40:00Z");
        check_morning(&world, n);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_two_curators_make_the_digest_of_the_day),
            cmocka_unit_test(test_what_nobody_touches_goes_out_at_its_hour),
            cmocka_unit_test(test_others_change_nothing),
            cmocka_unit_test(test_who_hears_nobody_has_no_drafts),
            cmocka_unit_test(
                    test_without_news_the_draft_comes_as_soon_as_there_are),
            cmocka_unit_test(test_announcements_in_a_row_make_one_draft),
            cmocka_unit_test(test_what_is_announced_after_a_change_waits_a_day),
            cmocka_unit_test(test_a_touched_draft_waits_for_no_announcement),
            cmocka_unit_test(test_down_over_its_time_the_draft_is_late),
            cmocka_unit_test(
                    test_down_over_the_hour_the_digest_goes_without_a_draft),
            cmocka_unit_test(
                    test_down_over_the_hour_what_was_changed_is_posted_late),
            cmocka_unit_test(test_missed_for_good_the_papers_come_the_next_day),
            cmocka_unit_test(
                    test_switched_off_meanwhile_what_was_changed_stands),
            cmocka_unit_test(test_at_another_hour_of_the_day_the_draft_stays),
            cmocka_unit_test(test_on_another_day_there_is_another_draft),
            cmocka_unit_test(test_paused_meanwhile_nothing_goes_out),
            cmocka_unit_test(
                    test_a_clock_that_was_put_back_makes_no_second_draft),
            cmocka_unit_test(test_busy_at_any_write_no_change_is_lost),
            cmocka_unit_test(
                    test_killed_at_any_write_the_draft_and_its_digest_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
