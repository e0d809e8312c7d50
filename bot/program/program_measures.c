#include "bot/program/program_measures.h"

#include "bot/base/text.h"
#include "bot/model/batch.h"
#include "bot/model/occasion.h"

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

bool program_measures_add(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err)
{
    struct store_counts counts;

    if (!store_count(setup->store, &counts, err))
        return false;
    add_counts(list, arena, &counts);
    return add_broken(setup, arena, list, err) &&
            add_feeds(setup, arena, list, err) &&
            add_ages(setup, arena, list, err);
}
