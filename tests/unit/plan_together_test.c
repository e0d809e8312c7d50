#include "bot/planning/plan.h"

#include "bot/intake.h"
#include "bot/planning/plan_memo.h"
#include "bot/taste.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/paper_file.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    CHANNELS = 300, /* more than fit into one transaction */
    DUE_MS = 5000,
};

static const struct civil_date monday = {2026, 11, 23};
static const char *cl[] = {"cs.CL"}, *all[] = {"cs.CL", "cs.CV", "cs.LG"};
static const char *robot[] = {"robot"}; /* two of the day's */

/* The sample day, and many channels that want one of a few things. */
struct morning {
    struct store_fixture fixture;
    struct test_clock time;
    struct clock clock;
    struct fake_account account;
    struct paper_file day;
    struct channel channels[CHANNELS];
    struct plan_job jobs[CHANNELS];
    char labels[CHANNELS][16];
};

static void file_day(struct morning *morning, const char *category)
{
    struct intake intake = {.store = morning->fixture.store,
            .now_ms = morning->time.ms,
            .category = category,
            .date = monday};
    struct source_sink sink = intake_sink(&intake);

    for (size_t i = 0; i < morning->day.papers.count; i++) {
        struct source_record record = {.paper = morning->day.papers.items[i],
                .announce = ANNOUNCE_NEW,
                .section = ""};
        if (string_list_has(&record.paper.categories, category))
            sink.record(sink.ctx, &record);
    }
    assert_int_equal(intake.failure.kind, ERROR_NONE);
    assert_true(intake_complete_batch(morning->fixture.store, category, monday,
            morning->time.ms, NULL));
}

static void open_channel(struct morning *morning, size_t i)
{
    struct channel *channel = &morning->channels[i];

    snprintf(morning->labels[i], sizeof morning->labels[i], "c%zu", i);
    *channel = (struct channel){.account = "home",
            .room = morning->labels[i],
            .label = morning->labels[i],
            .subscription.categories = {.items = i % 2 ? cl : all,
                    .count = i % 2 ? 1 : 3},
            .subscription.words = {.items = robot, .count = i % 3 == 1},
            .schedule = {.minute_of_day = 450,
                    .weekdays = WEEKDAYS_ALL,
                    .timezone = "UTC"},
            .languages = {.tags = {i % 5 ? "zh" : "en"}},
            .style = i % 7 ? STYLE_BRIEF : STYLE_FULL,
            .top_count = 3,
            .also_count = i % 4 == 3 ? 3 : 2,
            .mix = i % 8 ? MIX_FAIR : MIX_FREE,
            .credit = ""};
    assert_true(store_channel_put(morning->fixture.store, "home", channel->room,
            channel->label, 1000, &channel->id, NULL));
    morning->jobs[i] = (struct plan_job){.account = &morning->account.account,
            .channel = channel,
            .due = {.date = monday, .ms = DUE_MS}};
}

static struct morning *open_morning(void)
{
    struct morning *morning = calloc(1, sizeof *morning);

    morning->time.ms = 1000;
    store_fixture_open(&morning->fixture, "memory");
    morning->clock = test_clock_of(&morning->time);
    fake_account_init(&morning->account, "home", &morning->clock);
    morning->day = paper_file_read(&morning->fixture.arena,
            "bot/data/sample-day.jsonl");
    for (size_t i = 0; i < 3; i++)
        file_day(morning, all[i]);
    for (size_t i = 0; i < CHANNELS; i++)
        open_channel(morning, i);
    return morning;
}

static void close_morning(struct morning *morning)
{
    fake_account_finish(&morning->account);
    store_fixture_close(&morning->fixture);
    free(morning);
}

static void like(struct morning *morning, int64_t channel, const char *id)
{
    static const char *const people[] = {"@a:x", "@b:x", "@c:x", "@d:x"};
    int before;

    for (size_t i = 0; i < 4; i++) {
        const struct vote vote = {people[i], id, VOTE_UP, 1000};
        assert_true(taste_vote(morning->fixture.store, channel, &vote, &before,
                NULL));
    }
}

/* What a channel's own past is: some vote, some were told a paper by hand, some
 * had a digest before. */
static void live(struct morning *morning)
{
    struct store *store = morning->fixture.store;

    for (size_t i = 0; i < CHANNELS; i++) {
        int64_t channel = morning->channels[i].id;
        const char *id = morning->day.papers.items[i % 2 * 5].id;
        const struct posted_paper posted = {id, "post/2026-11-22/1", 900};
        const struct covered_batch covered = {"cs.CV", monday, 3};

        if (i % 6 == 0)
            like(morning, channel, morning->day.papers.items[8 + i % 5].id);
        if (i % 10 == 1)
            assert_true(store_posted_add(store, channel, &posted, NULL));
        if (i % 9 == 2)
            assert_true(store_covered_put(store, channel, &covered, NULL));
    }
}

static struct outbox_list rows_of(struct morning *morning, size_t channel)
{
    struct outbox_list rows;

    assert_true(store_outbox_list(morning->fixture.store,
            morning->channels[channel].id, "", &morning->fixture.arena, &rows,
            NULL));
    return rows;
}

static void assert_told_alike(struct morning *one, struct morning *other,
        size_t channel)
{
    const struct outbox_list a = rows_of(one, channel);
    const struct outbox_list b = rows_of(other, channel);

    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++)
        assert_string_equal(a.items[i].payload, b.items[i].payload);
}

static void assert_covered_alike(struct morning *one, struct morning *other,
        size_t channel)
{
    struct covered_list a, b;

    assert_true(store_covered_list(one->fixture.store,
            one->channels[channel].id, &one->fixture.arena, &a, NULL));
    assert_true(store_covered_list(other->fixture.store,
            other->channels[channel].id, &other->fixture.arena, &b, NULL));
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++) {
        assert_string_equal(a.items[i].category, b.items[i].category);
        assert_int_equal(a.items[i].arrival, b.items[i].arrival);
    }
}

static void test_together_each_is_told_what_it_would_be_alone(void **state)
{
    struct morning *alone = open_morning(), *together = open_morning();
    size_t digests = 0;

    (void)state;
    live(alone);
    live(together);
    plan_digests(together->fixture.store, together->jobs, CHANNELS, 6000);
    for (size_t i = 0; i < CHANNELS; i++) {
        struct plan_result result;
        assert_true(plan_digest(alone->fixture.store, &alone->account.account,
                &alone->channels[i], &alone->jobs[i].due, 6000, &result, NULL));
        assert_true(together->jobs[i].planned);
        assert_int_equal(together->jobs[i].result.outcome, result.outcome);
        assert_int_equal(together->jobs[i].result.papers, result.papers);
        assert_told_alike(alone, together, i);
        assert_covered_alike(alone, together, i);
        digests += result.papers > 0;
    }
    assert_int_equal(digests, CHANNELS);
    close_morning(alone);
    close_morning(together);
}

static void
test_a_posted_paper_is_not_told_again_though_others_are(void **state)
{
    struct morning *morning = open_morning();
    struct posted_paper posted = {.occasion = "post/2026-11-22/1"};

    (void)state;
    plan_digests(morning->fixture.store, morning->jobs, 1, 6000);
    const struct outbox_list first = rows_of(morning, 0);
    char *id = arena_string(&morning->fixture.arena,
            strchr((const char *)first.items[0].payload, '[') + 1);
    id[strcspn(id, "]")] = '\0';
    posted.paper_id = id;
    /* The same wish, but for the one that knows it. */
    morning->channels[2].subscription = morning->channels[0].subscription;
    assert_true(store_posted_add(morning->fixture.store,
            morning->channels[2].id, &posted, NULL));
    morning->channels[4].subscription = morning->channels[0].subscription;
    plan_digests(morning->fixture.store, &morning->jobs[1], 4, 6000);
    assert_null(strstr(rows_of(morning, 2).items[0].payload, id));
    assert_non_null(strstr(rows_of(morning, 4).items[0].payload, id));
    close_morning(morning);
}

static void test_one_that_fails_keeps_no_other_back(void **state)
{
    struct morning *morning = open_morning();
    const struct occasion over = {.channel_id = morning->channels[7].id,
            .key = "digest/2026-11-23",
            .outcome = OUTCOME_SILENT};

    (void)state;
    assert_true(store_occasion_record(morning->fixture.store, &over, NULL));
    plan_digests(morning->fixture.store, morning->jobs, CHANNELS, 6000);
    for (size_t i = 0; i < CHANNELS; i++) {
        assert_int_equal(morning->jobs[i].planned, i != 7);
        assert_int_equal(rows_of(morning, i).count, i == 7 ? 0 : 1);
    }
    assert_int_equal(morning->jobs[7].err.kind, ERROR_REJECTED);
    assert_non_null(strstr(morning->jobs[7].err.text, "channel c7"));
    close_morning(morning);
}

static void test_what_was_announced_meanwhile_is_seen_when_renewed(void **state)
{
    struct morning *morning = open_morning();
    struct store *store = morning->fixture.store;
    struct arena arena = {0};
    struct plan_memo memo;
    const struct batch batch = {.category = "cs.LG", .date = monday};
    struct batch_paper_list before, after;

    (void)state;
    plan_memo_init(&memo, &arena);
    assert_true(plan_memo_renew(store, &memo, NULL));
    assert_true(plan_memo_batch_papers(store, &memo, &batch, &before, NULL));
    size_t count = before.count;
    struct paper late = paper_empty();
    enum store_change change;
    bool added;
    late.id = "2611.99999";
    late.title = "Late";
    assert_true(store_paper_put(store, &late, 1000, &change, NULL));
    assert_true(store_batch_paper_add(store, "cs.LG", monday, late.id,
            ANNOUNCE_NEW, &added, NULL));
    assert_true(plan_memo_batch_papers(store, &memo, &batch, &after, NULL));
    assert_int_equal(after.count, count);
    assert_true(plan_memo_renew(store, &memo, NULL));
    assert_true(plan_memo_batch_papers(store, &memo, &batch, &after, NULL));
    assert_int_equal(after.count, count + 1);
    arena_finish(&arena);
    close_morning(morning);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_together_each_is_told_what_it_would_be_alone),
            cmocka_unit_test(
                    test_a_posted_paper_is_not_told_again_though_others_are),
            cmocka_unit_test(test_one_that_fails_keeps_no_other_back),
            cmocka_unit_test(
                    test_what_was_announced_meanwhile_is_seen_when_renewed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
