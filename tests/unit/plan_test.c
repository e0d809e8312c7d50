#include "bot/planning/plan.h"

#include "bot/intake.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct civil_date monday = {2026, 11, 23};
static const struct civil_date tuesday = {2026, 11, 24};
static const struct civil_date no_date = {0};

static const char *lg[] = {"cs.LG"};
static const char *lg_cv[] = {"cs.LG", "cs.CV"};

/* A store, an account and a channel. */
struct desk {
    struct store_fixture fixture;
    struct store *store;
    struct test_clock time;
    struct clock clock;
    struct fake_account account;
    struct channel channel;
    struct plan_result result;
    struct error err;
};

static int open_desk(void **state)
{
    static struct desk desk;

    desk = (struct desk){.time = {.ms = 1000}};
    store_fixture_open(&desk.fixture, "memory");
    desk.store = desk.fixture.store;
    desk.clock = test_clock_of(&desk.time);
    fake_account_init(&desk.account, "home", &desk.clock);
    desk.channel = (struct channel){.account = "home",
            .room = "room",
            .label = "team",
            .subscription.categories = {.items = lg, .count = 1},
            .schedule = {.minute_of_day = 450,
                    .weekdays = WEEKDAYS_ALL,
                    .timezone = "Asia/Shanghai"},
            .languages = {.tags = {"zh", "en"}},
            .top_count = 2,
            .also_count = 1,
            .credit = ""};
    assert_true(store_channel_put(desk.store, "home", "room", "team", 1000,
            &desk.channel.id, NULL));
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    fake_account_finish(&desk->account);
    store_fixture_close(&desk->fixture);
    return 0;
}

static void file_one(struct desk *desk, const char *category,
        struct civil_date date, const char *id, enum announce_type announce)
{
    static const char *const titles[] = {"Rivers of amber", "Glacier walks",
            "Harbour lights", "Sowing in spring", "On bells", "Iron and ice",
            "Quiet engines", "Notes from the loft"};
    const char *categories[] = {category};
    struct source_record record = {.announce = announce, .section = ""};
    struct intake intake = {.store = desk->store,
            .now_ms = desk->time.ms,
            .category = category,
            .date = date};
    struct source_sink sink = intake_sink(&intake);

    record.paper = paper_empty();
    record.paper.id = id;
    record.paper.title = titles[(unsigned char)id[strlen(id) - 1] % 8];
    record.paper.categories =
            (struct string_list){.items = categories, .count = 1};
    sink.record(sink.ctx, &record);
    assert_int_equal(intake.failure.kind, ERROR_NONE);
}

static void announce(struct desk *desk, const char *category,
        struct civil_date date)
{
    assert_true(intake_complete_batch(desk->store, category, date,
            desk->time.ms, NULL));
}

/* Files count new papers, PREFIX.00001 and on, as a complete batch. */
static void file_batch(struct desk *desk, const char *category,
        struct civil_date date, const char *prefix, unsigned count)
{
    char id[32];

    for (unsigned i = 1; i <= count; i++) {
        snprintf(id, sizeof id, "%s.%05u", prefix, i);
        file_one(desk, category, date, id, ANNOUNCE_NEW);
    }
    announce(desk, category, date);
}

static bool plan_on(struct desk *desk, struct civil_date date)
{
    const struct due due = {.date = date, .ms = desk->time.ms};

    desk->err = (struct error){0};
    return plan_digest(desk->store, &desk->account.account, &desk->channel,
            &due, desk->time.ms, &desk->result, &desk->err);
}

static bool post(struct desk *desk, struct civil_date date)
{
    desk->err = (struct error){0};
    return plan_post(desk->store, &desk->account.account, &desk->channel, date,
            desk->time.ms, &desk->result, &desk->err);
}

static struct outbox_list rows_of(struct desk *desk, const char *occasion)
{
    struct outbox_list rows;

    assert_true(store_outbox_list(desk->store, desk->channel.id, occasion,
            &desk->fixture.arena, &rows, NULL));
    return rows;
}

static bool is_posted(struct desk *desk, const char *id)
{
    struct posted_paper *posted;

    assert_true(store_posted_get(desk->store, desk->channel.id, id,
            &desk->fixture.arena, &posted, NULL));
    return posted != NULL;
}

/* --- a due digest --- */

static void test_a_digest_is_rows_pairs_cover_and_outcome(void **state)
{
    struct desk *desk = *state;
    struct covered_list covered;

    file_batch(desk, "cs.LG", monday, "2611", 5);
    assert_true(plan_on(desk, monday));
    assert_int_equal(desk->result.outcome, OUTCOME_DIGEST);
    assert_int_equal(desk->result.candidates, 5);
    assert_int_equal(desk->result.papers, 3);
    assert_int_equal(desk->result.parts, 1);
    struct outbox_list rows = rows_of(desk, "digest/2026-11-23");
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].next_try_ms, desk->time.ms);
    assert_string_equal(rows.items[0].room, "room");
    assert_true(store_covered_list(desk->store, desk->channel.id,
            &desk->fixture.arena, &covered, NULL));
    assert_int_equal(covered.count, 1);
    assert_int_equal(covered.items[0].arrival, 5);
}

static void test_the_papers_of_a_thread_hang_on_its_head(void **state)
{
    struct desk *desk = *state;

    desk->channel.layout = LAYOUT_THREAD;
    desk->account.ops.abilities |= ACCOUNT_THREADS;
    file_batch(desk, "cs.LG", monday, "2611", 5);
    assert_true(plan_on(desk, monday));
    struct outbox_list rows = rows_of(desk, "digest/2026-11-23");
    assert_int_equal(rows.count, 4);
    assert_int_equal(rows.items[0].reply_to, 0);
    assert_string_equal(rows.items[0].paper_id, "");
    for (size_t i = 1; i < rows.count; i++) {
        assert_int_equal(rows.items[i].reply_to, rows.items[0].id);
        assert_true(is_posted(desk, rows.items[i].paper_id));
    }
}

static void test_a_delivery_key_is_plain_and_the_stores_own(void **state)
{
    struct desk *desk = *state;
    char *instance, expected[80];

    desk->account.entries_a_part = 1;
    file_batch(desk, "cs.LG", monday, "2611", 3);
    assert_true(plan_on(desk, monday));
    struct outbox_list rows = rows_of(desk, "");
    assert_true(rows.count >= 3);
    assert_true(store_value_get(desk->store, STORE_INSTANCE_KEY,
            &desk->fixture.arena, &instance, NULL));
    snprintf(expected, sizeof expected, "%s-%d-digest-2026-11-23-1", instance,
            (int)desk->channel.id);
    assert_string_equal(rows.items[1].delivery_key, expected);
    for (size_t i = 0; i < rows.count; i++) {
        assert_int_equal(rows.items[i].part, i);
        assert_true(strlen(rows.items[i].delivery_key) <= 64);
    }
}

static void test_an_occasion_is_planned_once(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 3);
    assert_true(plan_on(desk, monday));
    file_batch(desk, "cs.LG", tuesday, "2612", 3);
    assert_false(plan_on(desk, monday));
    assert_int_equal(desk->err.kind, ERROR_REJECTED);
    /* And left no trace: the papers are there for the next. */
    assert_int_equal(rows_of(desk, "").count, 1);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.papers, 3);
}

static void test_what_cannot_be_rendered_changes_nothing(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 3);
    desk->account.render_failure = "a table is missing";
    assert_false(plan_on(desk, monday));
    assert_string_equal(desk->err.text,
            "channel team: rendering for fake: a table is missing");
    assert_false(is_posted(desk, "2611.00001"));
    desk->account.render_failure = NULL;
    assert_true(plan_on(desk, monday));
    assert_int_equal(desk->result.papers, 3);
}

static void test_what_was_not_chosen_does_not_return(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 8);
    assert_true(plan_on(desk, monday));
    assert_int_equal(desk->result.papers, 3);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.outcome, OUTCOME_SILENT);
    assert_int_equal(desk->result.candidates, 0);
}

static void test_what_arrived_after_the_planning_does(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 2);
    assert_true(plan_on(desk, monday));
    file_one(desk, "cs.LG", monday, "2611.00007", ANNOUNCE_NEW);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.candidates, 1);
    assert_true(is_posted(desk, "2611.00007"));
}

/* --- signals --- */

static void vote(struct desk *desk, const char *id, int64_t votes)
{
    const struct signal signal = {id, SIGNAL_HF_VOTES, votes, desk->time.ms};
    bool rose;

    assert_true(store_signal_put(desk->store, &signal, &rose, NULL));
}

static void test_a_risen_signal_brings_a_covered_paper_back(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 6); /* three are left over */
    assert_true(plan_on(desk, monday));
    assert_false(is_posted(desk, "2611.00006"));
    vote(desk, "2611.00006", 300);
    file_batch(desk, "cs.LG", tuesday, "2612", 6);
    assert_true(plan_on(desk, tuesday));
    assert_true(is_posted(desk, "2611.00006"));
    assert_int_equal(desk->result.candidates, 7);
    assert_int_equal(desk->result.papers, 3);
}

static void test_a_posted_paper_stays_away_whatever_rises(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 3);
    assert_true(plan_on(desk, monday));
    assert_true(is_posted(desk, "2611.00001"));
    vote(desk, "2611.00001", 300);
    file_batch(desk, "cs.LG", tuesday, "2612", 2);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.candidates, 2);
}

static void
test_a_signal_known_at_the_planning_brings_nothing_back(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 6);
    for (unsigned i = 0; i < 6; i++)
        vote(desk, arena_format(&desk->fixture.arena, "2611.%05u", i + 1), 9);
    assert_true(plan_on(desk, monday));
    vote(desk, "2611.00005", 9);
    vote(desk, "2611.00006", 3);
    file_batch(desk, "cs.LG", tuesday, "2612", 2);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.candidates, 2);
}

static void test_a_rise_waits_for_a_day_with_news(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 6);
    assert_true(plan_on(desk, monday));
    vote(desk, "2611.00006", 300);
    assert_true(plan_on(desk, (struct civil_date){2026, 11, 28}));
    assert_int_equal(desk->result.outcome, OUTCOME_SILENT);
    assert_false(is_posted(desk, "2611.00006"));
    file_batch(desk, "cs.LG", tuesday, "2612", 1);
    assert_true(plan_on(desk, (struct civil_date){2026, 11, 30}));
    assert_int_equal(desk->result.outcome, OUTCOME_DIGEST);
    assert_true(is_posted(desk, "2611.00006"));
}

static void test_a_post_takes_what_rose_at_once(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 6);
    assert_true(plan_on(desk, monday));
    vote(desk, "2611.00006", 300);
    assert_true(post(desk, no_date));
    assert_int_equal(desk->result.papers, 1);
    assert_true(is_posted(desk, "2611.00006"));
}

static void test_an_announcement_not_complete_is_not_read(void **state)
{
    struct desk *desk = *state;

    file_one(desk, "cs.LG", monday, "2611.00001", ANNOUNCE_NEW);
    assert_true(plan_on(desk, monday));
    assert_int_equal(desk->result.outcome, OUTCOME_SILENT);
    announce(desk, "cs.LG", monday);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.papers, 1);
}

static void test_several_announcements_are_read_together(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 1);
    assert_true(plan_on(desk, monday));
    desk->channel.top_count = 20;
    for (int i = 1; i <= 12; i++) {
        char prefix[16];
        snprintf(prefix, sizeof prefix, "27%02d", i);
        file_batch(desk, "cs.LG", civil_date_plus(monday, i), prefix, 1);
    }
    assert_true(plan_on(desk, civil_date_plus(monday, 20)));
    assert_int_equal(desk->result.candidates, PLAN_ANNOUNCEMENTS_MAX);
    assert_false(is_posted(desk, "2702.00001"));
    assert_true(is_posted(desk, "2703.00001"));
}

static void test_a_paper_new_in_one_category_counts_once(void **state)
{
    struct desk *desk = *state;

    desk->channel.subscription.categories =
            (struct string_list){.items = lg_cv, .count = 2};
    file_one(desk, "cs.LG", monday, "2611.00001", ANNOUNCE_NEW);
    file_one(desk, "cs.LG", monday, "2611.00002", ANNOUNCE_CROSS);
    file_one(desk, "cs.LG", monday, "2611.00003", ANNOUNCE_REPLACE);
    announce(desk, "cs.LG", monday);
    file_one(desk, "cs.CV", monday, "2611.00001", ANNOUNCE_CROSS);
    file_one(desk, "cs.CV", monday, "2611.00004", ANNOUNCE_UNKNOWN);
    announce(desk, "cs.CV", monday);
    desk->channel.languages = (struct language_pair){.tags = {"en"}};
    assert_true(plan_on(desk, monday));
    assert_int_equal(desk->result.candidates, 3);
    /* The foot: two new ones and a cross-list. */
    const char *payload = rows_of(desk, "").items[0].payload;
    assert_non_null(strstr(payload, "2 new"));
    assert_non_null(strstr(payload, "1 cross"));
}

static void test_a_missed_digest_is_recorded_and_covers_nothing(void **state)
{
    struct desk *desk = *state;
    const struct due due = {.date = monday, .ms = 500};

    file_batch(desk, "cs.LG", monday, "2611", 2);
    assert_true(plan_missed(desk->store, &desk->channel, &due, 1000, NULL));
    assert_false(plan_missed(desk->store, &desk->channel, &due, 1000,
            &desk->err));
    assert_int_equal(desk->err.kind, ERROR_REJECTED);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.papers, 2);
}

/* --- by hand --- */

static void test_a_post_leaves_the_days_digest_its_turn(void **state)
{
    struct desk *desk = *state;

    desk->time.ms = INT64_C(1795474800000); /* 2026-11-24 07:00 in Shanghai */
    file_batch(desk, "cs.LG", monday, "2611", 5);
    assert_true(post(desk, no_date));
    assert_int_equal(desk->result.papers, 3);
    assert_int_equal(rows_of(desk, "post/2026-11-24/1").count, 1);
    assert_true(post(desk, no_date));
    assert_int_equal(desk->result.papers, 2);
    assert_int_equal(rows_of(desk, "post/2026-11-24/2").count, 1);
    /* Nothing is left, and nothing is said of it. */
    assert_true(post(desk, no_date));
    assert_int_equal(desk->result.outcome, OUTCOME_SILENT);
    assert_int_equal(rows_of(desk, "").count, 2);

    file_one(desk, "cs.LG", monday, "2611.00006", ANNOUNCE_NEW);
    assert_true(plan_on(desk, tuesday));
    assert_int_equal(desk->result.papers, 1);
}

static void test_a_post_of_a_date_takes_that_announcement(void **state)
{
    struct desk *desk = *state;

    file_batch(desk, "cs.LG", monday, "2611", 2);
    file_batch(desk, "cs.LG", tuesday, "2612", 2);
    assert_true(plan_on(desk, tuesday));
    assert_true(is_posted(desk, "2612.00001"));
    assert_false(is_posted(desk, "2611.00001"));
    assert_true(post(desk, monday));
    assert_int_equal(desk->result.papers, 2);
    assert_true(is_posted(desk, "2611.00001"));
    assert_int_equal(rows_of(desk, "post/2026-11-23/1").count, 1);
}

/* --- looking ahead --- */

static size_t entries(const struct document *document)
{
    size_t count = 0;

    for (const struct document_node *node = document->root.first; node != NULL;
            node = node->next)
        count += node->kind == DOCUMENT_ENTRY;
    return count;
}

static void test_a_preview_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct document *document;

    assert_true(plan_preview(desk->store, &desk->channel, no_date, 1000,
            &desk->fixture.arena, &document, &desk->result, NULL));
    assert_null(document);
    file_batch(desk, "cs.LG", monday, "2611", 5);
    for (int i = 0; i < 2; i++) {
        assert_true(plan_preview(desk->store, &desk->channel, no_date, 1000,
                &desk->fixture.arena, &document, &desk->result, NULL));
        assert_int_equal(entries(document), 3);
    }
    assert_true(plan_on(desk, monday));
    assert_int_equal(desk->result.papers, 3);
}

static void test_a_preview_of_a_date_shows_what_was_posted_too(void **state)
{
    struct desk *desk = *state;
    struct document *document;

    file_batch(desk, "cs.LG", monday, "2611", 2);
    assert_true(plan_on(desk, monday));
    assert_true(plan_preview(desk->store, &desk->channel, monday, 1000,
            &desk->fixture.arena, &document, &desk->result, NULL));
    assert_int_equal(entries(document), 2);
    assert_true(plan_preview(desk->store, &desk->channel, tuesday, 1000,
            &desk->fixture.arena, &document, &desk->result, NULL));
    assert_null(document);
}

#define desk_test(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
            desk_test(test_a_digest_is_rows_pairs_cover_and_outcome),
            desk_test(test_the_papers_of_a_thread_hang_on_its_head),
            desk_test(test_a_delivery_key_is_plain_and_the_stores_own),
            desk_test(test_an_occasion_is_planned_once),
            desk_test(test_what_cannot_be_rendered_changes_nothing),
            desk_test(test_what_was_not_chosen_does_not_return),
            desk_test(test_what_arrived_after_the_planning_does),
            desk_test(test_a_risen_signal_brings_a_covered_paper_back),
            desk_test(test_a_posted_paper_stays_away_whatever_rises),
            desk_test(test_a_signal_known_at_the_planning_brings_nothing_back),
            desk_test(test_a_rise_waits_for_a_day_with_news),
            desk_test(test_a_post_takes_what_rose_at_once),
            desk_test(test_an_announcement_not_complete_is_not_read),
            desk_test(test_several_announcements_are_read_together),
            desk_test(test_a_paper_new_in_one_category_counts_once),
            desk_test(test_a_missed_digest_is_recorded_and_covers_nothing),
            desk_test(test_a_post_leaves_the_days_digest_its_turn),
            desk_test(test_a_post_of_a_date_takes_that_announcement),
            desk_test(test_a_preview_changes_nothing),
            desk_test(test_a_preview_of_a_date_shows_what_was_posted_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
