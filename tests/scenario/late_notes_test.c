/*
 * Notes that are written after a digest was posted are put into it, where the
 * product can change what it shows and the channel reads their language.
 */
#include "bot/intake.h"
#include "tests/support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A channel that reads Chinese and English was shown Monday's five papers. */
static struct channel *open_monday(struct world *world, const char *account,
        enum digest_layout layout)
{
    world_open(world, "memory:", "2026-11-23T05:00:00Z");
    struct channel *team = world_channel(world, "team", account, "cs.LG",
            "13:00 daily", "UTC");
    team->layout = layout;
    team->top_count = 3;
    world->home.ops.abilities |= ACCOUNT_EDITS | ACCOUNT_THREADS;
    world_publish(world, "cs.LG", "2611", 5);
    world_start(world);
    world_run(world, "2026-11-23T13:01:00Z");
    return team;
}

/* As a file brings them, now. */
static void put_note(struct world *world, const char *id, const char *language,
        const char *title, const char *digest)
{
    struct note note = {.paper_id = id,
            .language = language,
            .title = title,
            .heading = "",
            .digest = digest,
            .writer = "file"};
    struct source_record record = {.paper = paper_empty(),
            .announce = ANNOUNCE_UNKNOWN,
            .section = "",
            .notes = {&note, 1}};
    struct intake intake = {.store = world->store, .now_ms = world->time.ms};
    struct source_sink sink = intake_sink(&intake);

    record.paper.id = id;
    sink.record(sink.ctx, &record);
    assert_int_equal(intake.failure.kind, ERROR_NONE);
    assert_int_equal(intake.counts.rejected, 0);
}

static size_t shows(const struct world *world, const char *words)
{
    return fake_account_count(&world->home, NULL, words);
}

static void test_notes_within_minutes_make_one_edit(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home", LAYOUT_MESSAGE);
    put_note(&world, "2611.00003", "zh", "第三篇", "讲第三件事。");
    world_run(&world, "2026-11-23T13:02:30Z");
    put_note(&world, "2611.00001", "zh", "第一篇", "讲第一件事。");
    world_run(&world, "2026-11-23T13:04:20Z");
    assert_int_equal(world.home.edits, 0);
    world_run(&world, "2026-11-23T13:05:30Z");
    assert_int_equal(world.home.edits, 1);
    assert_int_equal(world.home.shown_count, 1);
    assert_int_equal(shows(&world, "讲第三件事。"), 1);
    assert_int_equal(shows(&world, "讲第一件事。"), 1);
    world_run(&world, "2026-11-23T20:00:00Z");
    assert_int_equal(world.home.edits, 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 2);
    world_close(&world);
}

static void
test_with_the_last_paper_s_note_the_edit_is_made_at_once(void **state)
{
    static const char *const ids[] = {"2611.00001", "2611.00002", "2611.00003",
            "2611.00004", "2611.00005"};
    struct world world;

    (void)state;
    open_monday(&world, "home", LAYOUT_MESSAGE);
    for (size_t i = 0; i < 5; i++)
        put_note(&world, ids[i], "zh", "中文题目", "");
    world_run(&world, "2026-11-23T13:01:31Z");
    assert_int_equal(world.home.edits, 1);
    assert_int_equal(shows(&world, "中文题目"), 5);
    world_close(&world);
}

static void test_what_a_reader_would_not_see_is_no_edit(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home", LAYOUT_MESSAGE);
    put_note(&world, "2611.00002", "fr", "Un titre", "Un texte.");
    world_run(&world, "2026-11-23T14:00:00Z");
    assert_int_equal(world.home.edits, 0);
    put_note(&world, "2611.00002", "zh", "第二篇", "");
    world_run(&world, "2026-11-23T15:00:00Z");
    assert_int_equal(world.home.edits, 1);
    put_note(&world, "2611.00002", "zh", "第二篇", ""); /* nothing new */
    world_run(&world, "2026-11-23T16:00:00Z");
    assert_int_equal(world.home.edits, 1);
    put_note(&world, "2611.00002", "zh", "第二篇，改过", "");
    world_run(&world, "2026-11-23T17:00:00Z");
    assert_int_equal(world.home.edits, 2);
    assert_int_equal(shows(&world, "第二篇，改过"), 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 3);
    world_close(&world);
}

/* Its settings were changed since, which alone does not change what is there. */
static void test_a_note_in_a_language_nobody_reads_changes_nothing(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home", LAYOUT_MESSAGE);
    world_stop(&world, false);
    team->style = STYLE_FULL;
    world_start(&world);
    put_note(&world, "2611.00003", "fr", "Un titre", "Un texte.");
    world_run(&world, "2026-11-23T14:00:00Z");
    assert_int_equal(world.home.edits, 0);
    put_note(&world, "2611.00003", "en", "A title", "A text.");
    world_run(&world, "2026-11-23T15:00:00Z");
    assert_int_equal(world.home.edits, 1);
    world_close(&world);
}

/* Of the papers that are only listed the text is not shown. */
static void test_a_text_that_is_not_shown_is_no_edit(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home", LAYOUT_MESSAGE);
    const char *listed = world.home.shown[0].payload;
    for (int i = 0; i < 4; i++)
        listed = strstr(listed, "[2611.") + 1;
    char id[] = "2611.00000";
    memcpy(id, strstr(listed, "2611."), sizeof id - 1);
    put_note(&world, id, "zh", "", "一段谁也看不到的话。");
    world_run(&world, "2026-11-23T14:00:00Z");
    assert_int_equal(world.home.edits, 0);
    world_close(&world);
}

static void test_in_a_thread_the_paper_s_own_message_is_changed(void **state)
{
    struct world world;

    (void)state;
    open_monday(&world, "home", LAYOUT_THREAD);
    assert_int_equal(world.home.shown_count, 6);
    put_note(&world, "2611.00003", "zh", "第三篇", "讲第三件事。");
    world_run(&world, "2026-11-23T14:00:00Z");
    assert_int_equal(world.home.edits, 1);
    assert_int_equal(world.home.shown_count, 6);
    assert_int_equal(shows(&world, "第三篇"), 1);
    for (size_t i = 0; i < 6; i++)
        if (strstr(world.home.shown[i].payload, "第三篇") != NULL)
            assert_non_null(strstr(world.home.shown[i].payload,
                    "[2611.00003]"));
    world_close(&world);
}

/* Its settings were changed since: only what the note is in is said anew. */
static void test_other_papers_of_a_thread_are_left_alone(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "home", LAYOUT_THREAD);
    world_stop(&world, false);
    team->style = STYLE_FULL;
    world_start(&world);
    put_note(&world, "2611.00003", "zh", "第三篇", "讲第三件事。");
    world_run(&world, "2026-11-23T14:00:00Z");
    for (size_t i = 1; i < 6; i++)
        assert_int_equal(strstr(world.home.shown[i].payload, "第三篇") != NULL,
                strstr(world.home.shown[i].payload, "[2611.00003]") != NULL);
    assert_true(world.home.edits <= 2); /* the paper's, the head's */
    world_close(&world);
}

static void test_where_a_product_cannot_edit_nothing_is_planned(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "hook", LAYOUT_MESSAGE);
    put_note(&world, "2611.00003", "zh", "第三篇", "讲第三件事。");
    world_run(&world, "2026-11-23T15:00:00Z");
    assert_int_equal(world_rows(&world, team, OUTBOX_SENT), 1);
    assert_int_equal(world_rows(&world, team, OUTBOX_DUE), 0);
    world_close(&world);
}

static size_t pending(struct world *world, const struct channel *channel)
{
    struct arena arena = {0};
    struct string_list occasions;

    assert_true(store_edition_pending(world->store, channel->id, &arena,
            &occasions, NULL));
    arena_finish(&arena);
    return occasions.count;
}

static void
test_what_cannot_be_edited_is_dropped_after_three_months(void **state)
{
    struct world world;

    (void)state;
    struct channel *team = open_monday(&world, "hook", LAYOUT_MESSAGE);
    put_note(&world, "2611.00003", "zh", "第三篇", "讲第三件事。");
    world_run(&world, "2027-02-20T12:00:00Z");
    assert_int_equal(pending(&world, team), 1);
    world_run(&world, "2027-02-24T12:00:00Z");
    assert_int_equal(pending(&world, team), 0);
    world_close(&world);
}

static void test_a_new_version_and_a_note_are_one_edit(void **state)
{
    struct fake_item item = {.id = "2611.00003",
            .version = 2,
            .announce = ANNOUNCE_REPLACE};
    struct world world;

    (void)state;
    open_monday(&world, "home", LAYOUT_MESSAGE);
    world_stop(&world, false);
    put_note(&world, "2611.00003", "zh", "第三篇", "讲第三件事。");
    fake_source_publish(&world.source, "cs.LG", &item, 1, false);
    world.time.ms = world_ms("2026-11-24T05:59:00Z");
    world_start(&world);
    world_run(&world, "2026-11-24T12:00:00Z");
    assert_true(world.home.edits >= 1 && world.home.edits <= 2);
    assert_int_equal(shows(&world, "〔v2〕"), 1);
    assert_int_equal(shows(&world, "讲第三件事。"), 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_notes_within_minutes_make_one_edit),
            cmocka_unit_test(
                    test_with_the_last_paper_s_note_the_edit_is_made_at_once),
            cmocka_unit_test(test_what_a_reader_would_not_see_is_no_edit),
            cmocka_unit_test(
                    test_a_note_in_a_language_nobody_reads_changes_nothing),
            cmocka_unit_test(test_a_text_that_is_not_shown_is_no_edit),
            cmocka_unit_test(
                    test_in_a_thread_the_paper_s_own_message_is_changed),
            cmocka_unit_test(test_other_papers_of_a_thread_are_left_alone),
            cmocka_unit_test(
                    test_where_a_product_cannot_edit_nothing_is_planned),
            cmocka_unit_test(
                    test_what_cannot_be_edited_is_dropped_after_three_months),
            cmocka_unit_test(test_a_new_version_and_a_note_are_one_edit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
