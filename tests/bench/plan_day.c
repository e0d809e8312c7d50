/*
 * The digests of one day, planned for many channels into SQLite, settled as the
 * program settles them:  plan_day SUBSCRIPTIONS
 * How many different ones the channels have is the argument.
 */
#include "adapters/dialects/dialects.h"
#include "bot/planning/plan.h"
#include "tests/support/bench_data.h"
#include "tests/support/fake_account.h"
#include "tests/support/paper_file.h"
#include "tests/support/stopwatch.h"
#include "tests/support/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    PAPERS = 1000,
    CHANNELS = 10000,
    CATEGORIES_EACH = 2,
    WORDS_EACH = 3,
};

static const char *const categories[] = {"cs.LG", "cs.CV", "cs.CL", "cs.AI",
        "cs.RO", "stat.ML", "cs.CR", "eess.AS"};
static const char *const words[] = {"diffusion model", "robot", "graph",
        "large language model", "agent", "speech", "benchmark", "video",
        "privacy", "reward", "retrieve", "quantum", "protein"};
static const struct civil_date day = {2026, 11, 24};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

struct stage {
    struct store_fixture fixture;
    struct paper_file file;
    struct channel *channels;
};

/* --- what is there before --- */

static bool file_paper(struct store *store, const struct paper *paper,
        struct error *err)
{
    bool added;

    for (size_t i = 0; i < paper->categories.count; i++)
        if (!store_batch_paper_add(store, paper->categories.items[i], day,
                    paper->id, i == 0 ? ANNOUNCE_NEW : ANNOUNCE_CROSS, &added,
                    err))
            return false;
    return true;
}

static bool announce(struct store *store, struct error *err)
{
    for (size_t i = 0; i < COUNT_OF(categories); i++) {
        struct batch batch = {
                .category = categories[i],
                .date = day,
                .state = BATCH_ANNOUNCED,
                .completed_ms = 1,
                .complaint = "",
        };
        if (!store_batch_put(store, &batch, err))
            return false;
    }
    return true;
}

static bool fill(struct store *store, void *ctx, struct error *err)
{
    struct stage *stage = ctx;
    const struct paper_file *file = &stage->file;
    enum store_change change;

    for (size_t i = 0; i < file->papers.count; i++)
        if (!store_paper_put(store, &file->papers.items[i], 1, &change, err))
            return false;
    for (size_t i = 0; i < PAPERS; i++)
        if (!file_paper(store, &file->papers.items[i], err))
            return false;
    for (size_t i = 0; i < file->notes.count; i++)
        if (!store_note_put(store, &file->notes.items[i], 1, err))
            return false;
    for (size_t i = 0; i < CHANNELS; i++) {
        struct channel *channel = &stage->channels[i];
        if (!store_channel_put(store, channel->account, channel->room,
                    channel->label, 1, &channel->id, err))
            return false;
    }
    return announce(store, err);
}

/* The same number gives the same. */
static struct subscription subscription(struct arena *arena, size_t number)
{
    const char **wanted = arena_array(arena, const char *, CATEGORIES_EACH);
    const char **named = arena_array(arena, const char *, WORDS_EACH);
    size_t step = 1 + number / COUNT_OF(categories) % 3;

    for (size_t i = 0; i < CATEGORIES_EACH; i++)
        wanted[i] = categories[(number + i * step) % COUNT_OF(categories)];
    for (size_t i = 0; i < WORDS_EACH; i++)
        named[i] = words[(number * (i + 1) + i) % COUNT_OF(words)];
    return (struct subscription){
            .categories = {wanted, CATEGORIES_EACH},
            .words = {named, WORDS_EACH},
    };
}

static struct channel *channels_of(struct arena *arena, size_t subscriptions)
{
    struct channel *channels = arena_array(arena, struct channel, CHANNELS);

    for (size_t i = 0; i < CHANNELS; i++)
        channels[i] = (struct channel){
                .account = "home",
                .home = "home",
                .room = arena_format(arena, "room-%zu", i),
                .label = arena_format(arena, "channel-%zu", i),
                .subscription = subscription(arena, i % subscriptions),
                .schedule = {.minute_of_day = 480,
                        .weekdays = WEEKDAYS_ALL,
                        .timezone = "UTC"},
                .languages = {{"zh", "en"}},
                .top_count = 5,
                .also_count = 4,
                .contact = "",
                .credit = "",
        };
    return channels;
}

/* --- planning --- */

static bool render(const struct account *account, const struct channel *channel,
        const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)account;
    (void)channel;
    return dialect_slack.render(document, arena, payloads, err);
}

static bool plan_all(struct stage *stage, const struct account *account,
        struct error *err)
{
    struct plan_job *jobs =
            arena_array(&stage->fixture.arena, struct plan_job, CHANNELS);

    for (size_t i = 0; i < CHANNELS; i++)
        jobs[i] = (struct plan_job){
                .account = account,
                .channel = &stage->channels[i],
                .due = {day, 1000},
        };
    plan_digests(stage->fixture.store, jobs, CHANNELS, 2000);
    for (size_t i = 0; i < CHANNELS; i++) {
        if (!jobs[i].planned) {
            *err = jobs[i].err;
            return false;
        }
        if (jobs[i].result.outcome != OUTCOME_DIGEST)
            return error_set(err, ERROR_STOP, "channel %zu has no digest", i);
    }
    return true;
}

static void measure(struct stage *stage, const struct account *account)
{
    struct error err = {0};

    if (!store_transact(stage->fixture.store, fill, stage, &err)) {
        fprintf(stderr, "nothing to plan: %s\n", err.text);
        exit(1);
    }
    double begin = stopwatch_seconds(), cpu = stopwatch_cpu_seconds();
    if (!plan_all(stage, account, &err)) {
        fprintf(stderr, "not planned: %s\n", err.text);
        exit(1);
    }
    printf("s=%.3f cpu_s=%.3f\n", stopwatch_seconds() - begin,
            stopwatch_cpu_seconds() - cpu);
}

int main(int count, char **arguments)
{
    size_t subscriptions =
            count == 2 ? (size_t)strtoul(arguments[1], NULL, 10) : 0;
    struct stage stage = {0};
    struct fake_account home;
    struct clock clock = {0};

    if (subscriptions == 0) {
        fprintf(stderr, "usage: plan_day SUBSCRIPTIONS\n");
        return 2;
    }
    store_fixture_open(&stage.fixture, "sqlite");
    struct arena *arena = &stage.fixture.arena;
    stage.file = paper_file_read(arena, bench_data_path(arena, "day.jsonl"));
    stage.channels = channels_of(arena, subscriptions);
    fake_account_init(&home, "home", &clock);
    home.ops.render = render;
    measure(&stage, &home.account);
    fake_account_finish(&home);
    store_fixture_close(&stage.fixture);
    return 0;
}
