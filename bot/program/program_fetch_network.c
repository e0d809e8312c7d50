#include "bot/collect.h"
#include "bot/program/program_fetch.h"
#include "bot/program/program_show.h"

/* The collector as the loop sees it: one look at every category. */
struct looking {
    struct collect *collect;
    bool ended; /* asked to */
};

static int64_t next_due_ms(void *ctx)
{
    const struct looking *looking = ctx;
    return collect_next_due_ms(looking->collect);
}

static void step(void *ctx, int64_t now_ms)
{
    struct looking *looking = ctx;
    if (!looking->ended && !collect_finished(looking->collect))
        collect_step(looking->collect, now_ms);
}

static void wind_down(void *ctx)
{
    struct looking *looking = ctx;
    looking->ended = true;
}

static bool finished(void *ctx)
{
    const struct looking *looking = ctx;
    if (looking->ended)
        return true;
    return collect_finished(looking->collect) &&
            !collect_busy(looking->collect);
}

static bool report(struct program_setup *setup, const struct looking *looking,
        const struct string_list *categories)
{
    bool good = collect_finished(looking->collect);
    for (size_t i = 0; i < categories->count; i++) {
        const char *failure = collect_failure(looking->collect, i);
        if (*failure == '\0')
            continue;
        program_complain(setup->outside, "%s: %s", categories->items[i],
                program_show_reason(categories->items[i], failure));
        good = false;
    }
    if (looking->ended)
        program_complain(setup->outside, "stopped before the end");
    return good;
}

static bool look(struct program_setup *setup,
        const struct string_list *categories, struct intake_counts *counts)
{
    struct outside *outside = setup->outside;
    struct error err;
    struct looking looking = {
            .collect = collect_open(setup->store, setup->source,
                    outside->chance, categories, &err)};
    if (looking.collect == NULL) {
        program_complain(outside, "%s", err.text);
        return false;
    }
    const struct core core = {.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = &looking};
    collect_all_now(looking.collect, program_setup_now_ms(setup));
    bool good = outside->run(outside, &core, &err);
    if (!good)
        program_complain(outside, "%s", err.text);
    good = report(setup, &looking, categories) && good;
    *counts = collect_counts(looking.collect);
    collect_close(looking.collect);
    return good;
}

bool program_fetch_open(struct program_setup *setup, bool by_id,
        struct string_list *categories)
{
    const struct config *config = &setup->config;
    struct error err;
    bool none = config_find_source(config, SOURCE_ANNOUNCES) == NULL;
    if (!program_setup_known_channels(setup))
        return false;
    *categories = config_all_categories(config, &setup->arena);
    if (none || (categories->count == 0 && !by_id)) {
        program_complain(setup->outside,
                "%s has no %s; add one, or give files "
                "with --from",
                config->file,
                none ? "[source arxiv]" : "channel with categories");
        return false;
    }
    /* arXiv's terms of use: one connection, whoever asks. */
    if (!store_lock(setup->store, setup->outside->owner, &err)) {
        program_complain(setup->outside,
                "%s; it fetches by itself, so this was not begun", err.text);
        return false;
    }
    return program_setup_source(setup);
}

bool program_fetch_network(struct program_setup *setup,
        struct intake_counts *counts, bool *began)
{
    struct string_list categories;
    *began = program_fetch_open(setup, false, &categories);
    return *began && look(setup, &categories, counts);
}
