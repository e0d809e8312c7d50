#include "bot/program/program_measures.h"

#include "bot/base/text.h"
#include "bot/enrich/enrich.h"
#include "bot/enrich/enrich_counts.h"
#include "bot/model/batch.h"
#include "bot/model/occasion.h"
#include "bot/write/write_budget.h"

static const char digest_prefix[] = "digest/";

/* The cheapest question that reads the database. */
const char *program_measures_trouble(struct program_setup *setup,
        struct arena *arena)
{
    struct known_channel_list known;
    struct error err = {0};

    if (store_channel_list(setup->store, arena, &known, &err))
        return NULL;
    return arena_format(arena, "the store does not answer: %s", err.text);
}

/* --- from the store --- */

static void add_message(struct measure_list *list, struct arena *arena,
        const char *state, int64_t count)
{
    query_add(list, arena,
            (struct measure){.name = "outbox_messages",
                    .help = "Messages: due to be sent, parked for good, "
                            "sent and still kept.",
                    .labels = {{"state", state}},
                    .value = (double)count});
}

static void add_counts(struct measure_list *list, struct arena *arena,
        const struct store_counts *counts)
{
    add_message(list, arena, "due", counts->outbox_due);
    add_message(list, arena, "parked", counts->outbox_parked);
    add_message(list, arena, "sent", counts->outbox_sent);
    query_add(list, arena,
            (struct measure){.name = "papers",
                    .help = "Papers known.",
                    .value = (double)counts->papers});
    query_add(list, arena,
            (struct measure){.name = "notes",
                    .help = "Notes written on papers.",
                    .value = (double)counts->notes});
}

static bool add_feeds(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    struct string_list categories =
            config_all_categories(&setup->config, arena);

    for (size_t i = 0; i < categories.count; i++) {
        struct batch_list batches;
        const char *category = categories.items[i];
        if (!store_batch_list(setup->store, category, 1, arena, &batches, err))
            return false;
        query_add(list, arena,
                (struct measure){.name = "feed_state",
                        .help = "Each category's newest announcement: the "
                                "state it is in.",
                        .labels = {{"category", category},
                                {"state",
                                        batches.count == 0
                                                ? "unknown"
                                                : batch_state_name(
                                                          batches.items[0]
                                                                  .state)}},
                        .value = 1});
    }
    return true;
}

static bool add_ages(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    const struct channel_list *channels = &setup->config.channels;
    int64_t now_ms = program_setup_now_ms(setup);

    for (size_t i = 0; i < channels->count; i++) {
        const struct channel *channel = &channels->items[i];
        struct occasion_list last;
        if (!store_occasion_list(setup->store, channel->id, digest_prefix, 1,
                    arena, &last, err))
            return false;
        if (last.count == 0)
            continue; /* there is no age of nothing */
        query_add(list, arena,
                (struct measure){.name = "last_digest_age_seconds",
                        .help = "Since the channel's last digest, or what "
                                "stood in for it.",
                        .labels = {{"channel", channel->label}},
                        .value = (double)(now_ms - last.items[0].recorded_ms) /
                                1000});
    }
    return true;
}

static bool add_broken(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    struct known_channel_list known;
    int broken = 0;

    if (!store_channel_list(setup->store, arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        broken += *known.items[i].broken != '\0';
    query_add(list, arena,
            (struct measure){.name = "broken_channels",
                    .help = "Channels that cannot be posted to.",
                    .value = broken});
    return true;
}

/* --- what writers cost, and what that leaves --- */

struct day_count {
    const char *name, *help;
    int64_t value, bound;
    double scale;
};

static void add_day_count(struct measure_list *list, struct arena *arena,
        const char *label, const char *of, const struct day_count *count)
{
    query_add(list, arena,
            (struct measure){.name = count->name,
                    .help = count->help,
                    .labels = {{label, of}},
                    .value = (double)count->value / count->scale});
    if (count->bound <= 0)
        return;
    int64_t left = count->bound - count->value;
    query_add(list, arena,
            (struct measure){.name = arena_format(arena, "%s_left",
                                     count->name),
                    .help = "What the budget leaves of these until 00:00 UTC.",
                    .labels = {{label, of}},
                    .value = (double)(left > 0 ? left : 0) / count->scale});
}

static void add_spent(struct measure_list *list, struct arena *arena,
        const struct config_writer *writer, const struct write_spent *spent)
{
    static const double millionths = 1e6;
    const struct writer_budget *budget = &writer->terms.budget;
    const struct day_count counts[] = {
            {"writer_requests", "Asked of a writer since 00:00 UTC.",
                    spent->requests, budget->requests, 1},
            {"writer_tokens",
                    "Sent to a writer and received since 00:00 UTC; "
                    "characters where it is paid by these.",
                    spent->units, budget->units, 1},
            {"writer_money", "What that cost, by the configuration's prices.",
                    spent->money, budget->money, millionths},
            {"writer_kept_notes", "Written since 00:00 UTC, and kept.",
                    spent->kept, 0, 1},
            {"writer_refused_notes",
                    "Written since 00:00 UTC, and refused by the check.",
                    spent->refused, 0, 1},
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        add_day_count(list, arena, "writer", writer->settings.name, &counts[i]);
}

static bool add_writers(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    for (size_t i = 0; i < setup->config.writer_count; i++) {
        const struct config_writer *writer = &setup->config.writers[i];
        struct write_spent spent;
        if (!write_budget_read(setup->store, writer->settings.name,
                    program_setup_now_ms(setup), &spent, err))
            return false;
        add_spent(list, arena, writer, &spent);
    }
    return true;
}

/* --- what sources of facts were asked, and what they told --- */

static void add_source(struct measure_list *list, struct arena *arena,
        const char *source, const struct enrich_counts *today)
{
    const struct day_count counts[] = {
            {"facts_requests", "Asked of a source of facts since 00:00 UTC.",
                    today->requests, ENRICH_REQUESTS_A_DAY, 1},
            {"facts_asked_papers",
                    "In questions to it that were answered since 00:00 UTC.",
                    today->asked, 0, 1},
            {"facts_found_papers", "Those of them it told something of.",
                    today->found, 0, 1},
            {"facts_refused_papers",
                    "Answers since 00:00 UTC that were of another paper.",
                    today->refused, 0, 1},
            {"facts_failing_requests",
                    "Without an answer since the last that had one.",
                    today->failing, 0, 1},
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        add_day_count(list, arena, "source", source, &counts[i]);
}

static bool add_sources(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    for (size_t i = 0; i < setup->config.source_count; i++) {
        const struct source_kind *kind = setup->config.sources[i].kind;
        struct enrich_counts today;
        if (kind->use != SOURCE_FACTS)
            continue;
        if (!enrich_counts_read(setup->store, kind->kind,
                    program_setup_now_ms(setup), &today, err))
            return false;
        add_source(list, arena, kind->kind, &today);
    }
    return true;
}

bool program_measures_add(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    struct store_counts counts;

    if (!store_count(setup->store, &counts, err))
        return false;
    add_counts(list, arena, &counts);
    return add_broken(setup, arena, list, err) &&
            add_feeds(setup, arena, list, err) &&
            add_ages(setup, arena, list, err) &&
            add_writers(setup, arena, list, err) &&
            add_sources(setup, arena, list, err);
}
