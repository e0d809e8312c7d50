#include "bot/write/write_chain.h"

#include "bot/base/log.h"
#include "bot/base/text.h"

#define MINUTE_MS INT64_C(60000)

enum {
    FAILURES_MAX = 3, /* of one writer at one note, in a row */
};

/* So close to the hour nobody is waited for. */
static const int64_t hurry_ms = 30 * MINUTE_MS;
/* After a wrong key or a model that is not there: somebody may mend it. */
static const int64_t stopped_ms = 60 * MINUTE_MS;

static const struct retry_policy policy = {
        .first_ms = MINUTE_MS / 2,
        .longest_ms = 15 * MINUTE_MS,
        .patience_ms = MINUTE_MS * 60 * 6,
        .attempts_max = 1000000,
};

void write_chain_init(struct write_chain *chain,
        const struct hired_writer *hired, size_t count,
        const struct random_source *chance)
{
    *chain = (struct write_chain){.count = count, .chance = chance};
    for (size_t i = 0; i < count; i++) {
        chain->links[i].hired = &hired[i];
        retry_init(&chain->links[i].retry, &policy);
    }
}

/* --- whose turn --- */

static bool writes_in(const struct hired_writer *hired, const char *language)
{
    const struct string_list *only = &hired->terms.languages;

    return (only->count == 0 || string_list_has(only, language)) &&
            hired->writer->ops->speaks(hired->writer, language);
}

static bool may_spend(struct write_link *link, struct store *store,
        int64_t now_ms, bool *may, struct error *err)
{
    const struct hired_writer *hired = link->hired;
    struct write_spent spent;

    if (!write_budget_read(store, hired->writer->name, now_ms, &spent, err))
        return false;
    *may = !write_budget_is_spent(&spent, &hired->terms.budget);
    if (!*may && !link->told_spent)
        log_warning("a writer's budget of the day is spent",
                log_text("writer", hired->writer->name));
    link->told_spent = !*may;
    return true;
}

bool write_chain_turn(struct write_chain *chain, struct store *store,
        const struct wanted_note *note, int64_t now_ms, enum write_turn *turn,
        size_t *link, struct error *err)
{
    bool hurry = note->due_ms - now_ms < hurry_ms, pausing = false;

    *turn = WRITE_TURN_NEVER;
    for (size_t i = 0; i < chain->count && *turn == WRITE_TURN_NEVER; i++) {
        struct write_link *at = &chain->links[i];
        bool may, pauses = at->free_ms > now_ms;
        if ((note->passed & 1U << i) != 0 ||
                (note->local_only && !at->hired->writer->local) ||
                !writes_in(at->hired, note->language))
            continue;
        if (pauses && (at->stopped || hurry)) {
            pausing = pausing || !at->stopped;
            continue;
        }
        *link = i;
        if (pauses || at->under_way >= at->hired->terms.at_once) {
            *turn = WRITE_TURN_LATER;
            break;
        }
        if (!may_spend(at, store, now_ms, &may, err))
            return false;
        if (may)
            *turn = WRITE_TURN_NOW;
    }
    /* Better late than never. */
    if (*turn == WRITE_TURN_NEVER && pausing)
        *turn = WRITE_TURN_LATER;
    return true;
}

/* --- what came of it --- */

void write_chain_worked(struct write_chain *chain, size_t link)
{
    chain->links[link].stopped = false;
    retry_after_success(&chain->links[link].retry);
}

bool write_chain_failed(struct write_chain *chain, size_t link,
        struct wanted_note *note, const struct error *err, int64_t now_ms)
{
    struct write_link *at = &chain->links[link];
    int64_t wait_ms = stopped_ms;

    at->stopped = err->kind == ERROR_STOP ||
            !retry_after_failure(&at->retry, err->retry_after_ms, chain->chance,
                    &wait_ms);
    at->free_ms = now_ms + wait_ms;
    if (at->stopped)
        log_error("a writer does not work",
                log_text("writer", at->hired->writer->name),
                log_text("why", err->text), log_number("wait_ms", wait_ms));
    else
        log_warning("a writer failed, will be tried again",
                log_text("writer", at->hired->writer->name),
                log_text("why", err->text), log_number("wait_ms", wait_ms));
    return ++note->failures[link] < FAILURES_MAX;
}

void write_chain_put_back(struct write_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        chain->links[i].free_ms = 0;
}

int64_t write_chain_free_ms(const struct write_chain *chain, int64_t now_ms)
{
    int64_t free_ms = INT64_MAX;

    for (size_t i = 0; i < chain->count; i++)
        if (chain->links[i].free_ms > now_ms &&
                chain->links[i].free_ms < free_ms)
            free_ms = chain->links[i].free_ms;
    return free_ms;
}
