#include "bot/intake.h"

#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct civil_date monday = {2026, 11, 23};
static const struct civil_date tuesday = {2026, 11, 24};

static struct source_record record_of(const char *id, const char **categories,
        size_t count, enum announce_type announce)
{
    struct source_record record = {.announce = announce, .section = ""};

    record.paper = paper_empty();
    record.paper.id = id;
    record.paper.title = "A title";
    record.paper.categories =
            (struct string_list){.items = categories, .count = count};
    return record;
}

static const char *both[] = {"cs.LG", "cs.CV"};

static void take(struct intake *intake, const char *id,
        enum announce_type announce)
{
    struct source_record record = record_of(id, both, 2, announce);
    struct source_sink sink = intake_sink(intake);

    sink.record(sink.ctx, &record);
    assert_int_equal(intake->failure.kind, ERROR_NONE);
}

static size_t filed(struct store_fixture *fixture, const char *category,
        struct civil_date date)
{
    struct batch_paper_list papers;

    assert_true(store_batch_papers(fixture->store, category, date,
            &fixture->arena, &papers, NULL));
    return papers.count;
}

static struct batch newest(struct store_fixture *fixture, const char *category)
{
    struct batch_list list;

    assert_true(store_batch_list(fixture->store, category, 1, &fixture->arena,
            &list, NULL));
    assert_int_equal(list.count, 1);
    return list.items[0];
}

static void test_a_file_is_filed_under_each_papers_categories(void **state)
{
    struct store_fixture fixture;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store,
            .now_ms = 1000,
            .date = monday,
            .arena = &fixture.arena};
    take(&intake, "2611.00001", ANNOUNCE_UNKNOWN);
    take(&intake, "2611.00002", ANNOUNCE_UNKNOWN);
    take(&intake, "2611.00002", ANNOUNCE_UNKNOWN);
    assert_int_equal(intake.counts.added, 2);
    assert_int_equal(intake.counts.unchanged, 1);
    assert_int_equal(filed(&fixture, "cs.LG", monday), 2);
    assert_int_equal(filed(&fixture, "cs.CV", monday), 2);
    assert_int_equal(intake.filed.count, 2);

    assert_true(intake_complete(&intake, NULL));
    assert_int_equal(newest(&fixture, "cs.LG").state, BATCH_ANNOUNCED);
    assert_int_equal(newest(&fixture, "cs.LG").new_count, 2);
    /* Both lead with cs.LG: new there, cross-listed elsewhere. */
    assert_int_equal(newest(&fixture, "cs.CV").new_count, 0);
    assert_int_equal(newest(&fixture, "cs.CV").cross_count, 2);
    store_fixture_close(&fixture);
}

static void test_without_a_date_nothing_is_announced(void **state)
{
    struct store_fixture fixture;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store, .now_ms = 1000};
    take(&intake, "2611.00001", ANNOUNCE_UNKNOWN);
    assert_int_equal(intake.counts.added, 1);
    assert_int_equal(filed(&fixture, "cs.LG", monday), 0);
    assert_int_equal(intake.counts.unseen, 0);
    store_fixture_close(&fixture);
}

static void test_yesterdays_feed_is_not_filed_under_today(void **state)
{
    struct store_fixture fixture;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake first = {.store = fixture.store,
            .now_ms = 1000,
            .category = "cs.LG",
            .date = monday};
    take(&first, "2611.00001", ANNOUNCE_NEW);
    take(&first, "2611.00002", ANNOUNCE_CROSS);
    assert_int_equal(first.counts.unseen, 2);
    assert_true(intake_complete_batch(fixture.store, "cs.LG", monday, 1000,
            NULL));

    struct intake second = {.store = fixture.store,
            .now_ms = 2000,
            .category = "cs.LG",
            .date = tuesday};
    take(&second, "2611.00001", ANNOUNCE_NEW);
    take(&second, "2611.00002", ANNOUNCE_CROSS);
    assert_int_equal(second.counts.unseen, 0);
    assert_int_equal(filed(&fixture, "cs.LG", tuesday), 0);
    /* Only under the feed's category, whatever else the papers carry. */
    assert_int_equal(filed(&fixture, "cs.CV", monday), 0);

    take(&second, "2611.00003", ANNOUNCE_NEW);
    assert_int_equal(second.counts.unseen, 1);
    assert_int_equal(filed(&fixture, "cs.LG", tuesday), 1);
    store_fixture_close(&fixture);
}

static void test_a_batch_cut_short_is_unseen_when_it_comes_whole(void **state)
{
    struct store_fixture fixture;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store,
            .now_ms = 1000,
            .category = "cs.LG",
            .date = monday};
    take(&intake, "2611.00001", ANNOUNCE_NEW);
    take(&intake, "2611.00001", ANNOUNCE_NEW);
    assert_int_equal(intake.counts.unseen, 2);
    assert_int_equal(filed(&fixture, "cs.LG", monday), 1);
    store_fixture_close(&fixture);
}

static void test_a_late_paper_moves_the_counts_but_not_the_hour(void **state)
{
    struct store_fixture fixture;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store,
            .now_ms = 1000,
            .category = "cs.LG",
            .date = monday};
    take(&intake, "2611.00001", ANNOUNCE_NEW);
    take(&intake, "2611.00002", ANNOUNCE_CROSS);
    take(&intake, "2611.00003", ANNOUNCE_REPLACE);
    take(&intake, "2611.00004", ANNOUNCE_REPLACE_CROSS);
    assert_true(intake_complete_batch(fixture.store, "cs.LG", monday, 1000,
            NULL));
    take(&intake, "2611.00005", ANNOUNCE_NEW);
    assert_true(intake_complete_batch(fixture.store, "cs.LG", monday, 5000,
            NULL));
    struct batch batch = newest(&fixture, "cs.LG");
    assert_int_equal(batch.new_count, 2);
    assert_int_equal(batch.cross_count, 1);
    assert_int_equal(batch.replaced_count, 2);
    assert_int_equal(batch.completed_ms, 1000);
    assert_int_equal(batch.checked_ms, 5000);
    store_fixture_close(&fixture);
}

static void test_notes_come_in_with_their_paper(void **state)
{
    struct store_fixture fixture;
    struct note note = {.paper_id = "2611.00001",
            .language = "zh",
            .title = "标题",
            .heading = "短语",
            .digest = "",
            .writer = "file"};
    struct source_record record =
            record_of("2611.00001", both, 2, ANNOUNCE_UNKNOWN);
    struct note_list notes;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store, .now_ms = 1000};
    record.notes = (struct note_list){.items = &note, .count = 1};
    struct source_sink sink = intake_sink(&intake);
    sink.record(sink.ctx, &record);
    assert_true(store_notes_get(fixture.store, "2611.00001", &fixture.arena,
            &notes, NULL));
    assert_int_equal(notes.count, 1);
    assert_string_equal(notes.items[0].title, "标题");
    store_fixture_close(&fixture);
}

/* --- what goes wrong --- */

static struct store_ops refusing_ops;
static const struct store_ops *real_ops;
static enum error_kind refusal;

static bool refuse_one(struct store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err)
{
    if (strcmp(paper->id, "2611.00002") == 0)
        return error_set(err, refusal, "no room for it");
    return real_ops->paper_put(store, paper, now_ms, change, err);
}

static void count_complaint(void *ctx, const struct source_complaint *complaint)
{
    assert_non_null(complaint->wrong);
    ++*(size_t *)ctx;
}

/* Takes three papers in while the store refuses the second. */
static struct intake take_three(struct store_fixture *fixture,
        enum error_kind kind, void *complaints)
{
    static const char *const ids[] = {"2611.00001", "2611.00002", "2611.00003"};
    struct intake intake = {.store = fixture->store,
            .now_ms = 1000,
            .complaint = count_complaint,
            .ctx = complaints};
    struct source_sink sink = intake_sink(&intake);

    real_ops = fixture->store->ops;
    refusing_ops = *real_ops;
    refusing_ops.paper_put = refuse_one;
    refusal = kind;
    fixture->store->ops = &refusing_ops;
    for (size_t i = 0; i < 3; i++) {
        struct source_record record =
                record_of(ids[i], both, 2, ANNOUNCE_UNKNOWN);
        sink.record(sink.ctx, &record);
    }
    fixture->store->ops = real_ops;
    return intake;
}

/* --- signals and other sites' copies --- */

static void take_votes(struct intake *intake, int64_t votes, const char *title)
{
    struct source_record record =
            record_of("2611.00001", NULL, 0, ANNOUNCE_UNKNOWN);
    struct signal signal = {"2611.00001", SIGNAL_HF_VOTES, votes, 0};
    struct source_sink sink = intake_sink(intake);

    record.paper.title = title;
    record.paper.comment = "A comment";
    record.secondhand = true;
    record.signals = (struct signal_list){&signal, 1};
    sink.record(sink.ctx, &record);
    assert_int_equal(intake->failure.kind, ERROR_NONE);
}

static void test_signals_come_in_and_say_whether_they_rose(void **state)
{
    struct store_fixture fixture;
    struct signal_list signals;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store, .now_ms = 1000};
    take_votes(&intake, 12, "A title");
    assert_int_equal(intake.counts.added, 1);
    assert_int_equal(intake.counts.risen, 1);
    take_votes(&intake, 12, "A title");
    assert_int_equal(intake.counts.risen, 1);
    take_votes(&intake, 13, "A title");
    assert_int_equal(intake.counts.risen, 2);
    assert_true(store_signals_get(fixture.store, "2611.00001", &fixture.arena,
            &signals, NULL));
    assert_int_equal(signals.count, 1);
    assert_int_equal(signals.items[0].value, 13);
    assert_int_equal(signals.items[0].seen_ms, 1000);
    store_fixture_close(&fixture);
}

static void test_another_sites_copy_fills_gaps_only(void **state)
{
    struct store_fixture fixture;
    struct paper *paper;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = {.store = fixture.store, .now_ms = 1000};
    take(&intake, "2611.00001", ANNOUNCE_NEW);
    take_votes(&intake, 12, "Their words");
    assert_int_equal(intake.counts.updated, 1);
    assert_true(store_paper_get(fixture.store, "2611.00001", &fixture.arena,
            &paper, NULL));
    assert_string_equal(paper->title, "A title");
    assert_string_equal(paper->comment, "A comment");
    assert_int_equal(paper->categories.count, 2);
    take_votes(&intake, 12, "Their words");
    assert_int_equal(intake.counts.unchanged, 1);
    store_fixture_close(&fixture);
}

static void test_a_refused_paper_costs_only_itself(void **state)
{
    struct store_fixture fixture;
    size_t complaints = 0;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = take_three(&fixture, ERROR_REJECTED, &complaints);
    assert_int_equal(intake.counts.added, 2);
    assert_int_equal(intake.counts.rejected, 1);
    assert_int_equal(complaints, 1);
    assert_int_equal(intake.failure.kind, ERROR_NONE);
    store_fixture_close(&fixture);
}

static void test_a_failing_store_ends_the_intake(void **state)
{
    struct store_fixture fixture;
    size_t complaints = 0;

    (void)state;
    store_fixture_open(&fixture, "memory");
    struct intake intake = take_three(&fixture, ERROR_STOP, &complaints);
    assert_int_equal(intake.counts.added, 1);
    assert_int_equal(intake.failure.kind, ERROR_STOP);
    assert_string_equal(intake.failure.text,
            "paper 2611.00002: no room for it");
    assert_int_equal(complaints, 0);
    store_fixture_close(&fixture);
}

static void
test_complaints_of_the_source_are_counted_and_passed_on(void **state)
{
    const struct source_complaint complaint = {.where = "line 3",
            .field = "title",
            .wrong = "is empty",
            .right = "a title"};
    size_t complaints = 0;
    struct intake intake = {.complaint = count_complaint, .ctx = &complaints};
    struct source_sink sink = intake_sink(&intake);

    (void)state;
    sink.complaint(sink.ctx, &complaint);
    assert_int_equal(intake.counts.rejected, 1);
    assert_int_equal(complaints, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_file_is_filed_under_each_papers_categories),
            cmocka_unit_test(test_without_a_date_nothing_is_announced),
            cmocka_unit_test(test_yesterdays_feed_is_not_filed_under_today),
            cmocka_unit_test(
                    test_a_batch_cut_short_is_unseen_when_it_comes_whole),
            cmocka_unit_test(
                    test_a_late_paper_moves_the_counts_but_not_the_hour),
            cmocka_unit_test(test_notes_come_in_with_their_paper),
            cmocka_unit_test(test_signals_come_in_and_say_whether_they_rose),
            cmocka_unit_test(test_another_sites_copy_fills_gaps_only),
            cmocka_unit_test(test_a_refused_paper_costs_only_itself),
            cmocka_unit_test(test_a_failing_store_ends_the_intake),
            cmocka_unit_test(
                    test_complaints_of_the_source_are_counted_and_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
