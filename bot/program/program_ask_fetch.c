#include "bot/program/program_ask.h"

#include "bot/commands/command_fetch.h"

/* One wish, as the loop sees it. */
struct fetching {
    struct command_fetch *fetch;
    struct command_wish wish;
    bool ended; /* asked to */
};

static int64_t next_due_ms(void *ctx)
{
    const struct fetching *fetching = ctx;
    return command_fetch_next_due_ms(fetching->fetch);
}

static void step(void *ctx, int64_t now_ms)
{
    struct fetching *fetching = ctx;
    if (!fetching->ended)
        command_fetch_step(fetching->fetch, now_ms);
}

static void wind_down(void *ctx)
{
    struct fetching *fetching = ctx;
    fetching->ended = true;
}

static bool finished(void *ctx)
{
    const struct fetching *fetching = ctx;
    return fetching->ended || fetching->wish.over;
}

static bool fetch(struct program_setup *setup, struct fetching *fetching)
{
    struct outside *outside = setup->outside;
    struct error err = {0};
    const struct core core = {.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = fetching};
    fetching->fetch = command_fetch_open(setup->store, setup->source,
            program_setup_now_ms(setup), &err);
    bool good = fetching->fetch != NULL;
    if (good) {
        command_fetch_want(fetching->fetch, &fetching->wish);
        good = outside->run(outside, &core, &err);
    }
    if (!good)
        program_complain(outside, "%s", err.text);
    command_fetch_close(fetching->fetch);
    return good && !fetching->ended;
}

/* Opened for the first command that wants papers; *can_ask is false after a
 * complaint, too. */
static void open_archive(struct program_setup *setup, bool *can_ask)
{
    if (setup->source == NULL && setup->votes == NULL)
        program_setup_source(setup);
    *can_ask = setup->source != NULL && setup->source->ops->page != NULL;
}

bool program_ask_fetch(struct program_ask *ask, const struct string_list *ids,
        const char *language, struct arena *arena,
        struct string_list *unheard_of)
{
    struct program_setup *setup = ask->setup;
    struct fetching fetching = {
            .wish = {.ids = *ids,
                    .until_ms = program_setup_now_ms(setup) +
                            COMMAND_FETCH_PATIENCE_MS,
                    .arena = arena}};
    bool can_ask;

    open_archive(setup, &can_ask);
    if (!can_ask) {
        *unheard_of = *ids;
        return true;
    }
    fprintf(setup->outside->err, "%s\n",
            command_fetch_notice(arena, ids, language));
    fflush(setup->outside->err);
    bool good = fetch(setup, &fetching);
    *unheard_of = fetching.wish.unheard_of;
    return good;
}
