#include "tests/support/failing_store.h"

static struct {
    const struct store_ops *real;
    struct store_ops ops;
    size_t asked, go_well, fail;
    enum error_kind kind;
} failing;

/* True if this write goes well. */
static bool goes_well(struct error *err)
{
    size_t number = failing.asked++;

    if (number < failing.go_well || number - failing.go_well >= failing.fail)
        return true;
    return error_set(err, failing.kind, "the store is gone");
}

static bool transact(struct store *store, store_step_fn *fn, void *ctx,
        struct error *err)
{
    return goes_well(err) && failing.real->transact(store, fn, ctx, err);
}

static bool paper_put(struct store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err)
{
    return goes_well(err) &&
            failing.real->paper_put(store, paper, now_ms, change, err);
}

static bool batch_put(struct store *store, const struct batch *batch,
        struct error *err)
{
    return goes_well(err) && failing.real->batch_put(store, batch, err);
}

static bool covered_put(struct store *store, int64_t channel_id,
        const struct covered_batch *covered, struct error *err)
{
    return goes_well(err) &&
            failing.real->covered_put(store, channel_id, covered, err);
}

static bool posted_add(struct store *store, int64_t channel_id,
        const struct posted_paper *posted, struct error *err)
{
    return goes_well(err) &&
            failing.real->posted_add(store, channel_id, posted, err);
}

static bool draft_put(struct store *store, const struct draft *draft,
        struct error *err)
{
    return goes_well(err) && failing.real->draft_put(store, draft, err);
}

static bool edition_put(struct store *store, const struct edition *edition,
        struct error *err)
{
    return goes_well(err) && failing.real->edition_put(store, edition, err);
}

static bool edition_change(struct store *store, const char *paper_id,
        const struct edition_news *news, struct error *err)
{
    return goes_well(err) &&
            failing.real->edition_change(store, paper_id, news, err);
}

static bool edition_settle(struct store *store, int64_t channel_id,
        const char *occasion, struct error *err)
{
    return goes_well(err) &&
            failing.real->edition_settle(store, channel_id, occasion, err);
}

static bool occasion_record(struct store *store,
        const struct occasion *occasion, struct error *err)
{
    return goes_well(err) &&
            failing.real->occasion_record(store, occasion, err);
}

static bool outbox_add(struct store *store, const struct outbox_row *row,
        int64_t *id, struct error *err)
{
    return goes_well(err) && failing.real->outbox_add(store, row, id, err);
}

static bool outbox_claim(struct store *store, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err)
{
    return goes_well(err) &&
            failing.real->outbox_claim(store, owner, now_ms, lease_until_ms,
                    limit, arena, rows, err);
}

static bool outbox_attempt(struct store *store, int64_t id, int64_t now_ms,
        struct error *err)
{
    return goes_well(err) &&
            failing.real->outbox_attempt(store, id, now_ms, err);
}

static bool outbox_settle(struct store *store, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err)
{
    return goes_well(err) &&
            failing.real->outbox_settle(store, id, receipt, now_ms, err);
}

static bool outbox_retry(struct store *store, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err)
{
    return goes_well(err) &&
            failing.real->outbox_retry(store, id, next_try_ms, complaint,
                    attempted, err);
}

static bool outbox_end(struct store *store, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err)
{
    return goes_well(err) &&
            failing.real->outbox_end(store, id, state, complaint, now_ms, err);
}

static bool value_put(struct store *store, const char *key, const char *value,
        struct error *err)
{
    return goes_well(err) && failing.real->value_put(store, key, value, err);
}

static bool channel_break(struct store *store, int64_t channel_id,
        const char *why, struct error *err)
{
    return goes_well(err) &&
            failing.real->channel_break(store, channel_id, why, err);
}

static bool channel_put(struct store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err)
{
    return goes_well(err) &&
            failing.real->channel_put(store, account, room, label, now_ms, id,
                    err);
}

static bool channel_remove(struct store *store, int64_t channel_id,
        int64_t removed_ms, struct error *err)
{
    return goes_well(err) &&
            failing.real->channel_remove(store, channel_id, removed_ms, err);
}

static bool channel_move(struct store *store, int64_t channel_id,
        const char *room, struct error *err)
{
    return goes_well(err) &&
            failing.real->channel_move(store, channel_id, room, err);
}

static bool channel_purge(struct store *store, int64_t before_ms,
        size_t *purged, struct error *err)
{
    return goes_well(err) &&
            failing.real->channel_purge(store, before_ms, purged, err);
}

static bool setting_put(struct store *store, int64_t channel_id,
        const struct channel_setting *setting, struct error *err)
{
    return goes_well(err) &&
            failing.real->setting_put(store, channel_id, setting, err);
}

static bool setting_drop(struct store *store, int64_t channel_id,
        const char *key, bool *dropped, struct error *err)
{
    return goes_well(err) &&
            failing.real->setting_drop(store, channel_id, key, dropped, err);
}

static bool change_add(struct store *store, int64_t channel_id,
        const struct channel_change *change, struct error *err)
{
    return goes_well(err) &&
            failing.real->change_add(store, channel_id, change, err);
}

static bool vote_put(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err)
{
    return goes_well(err) &&
            failing.real->vote_put(store, channel_id, vote, before, err);
}

static bool taste_put(struct store *store, int64_t channel_id,
        const struct taste *changed, struct error *err)
{
    return goes_well(err) &&
            failing.real->taste_put(store, channel_id, changed, err);
}

static bool saved_put(struct store *store, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err)
{
    return goes_well(err) &&
            failing.real->saved_put(store, account, person, saved, added, err);
}

static bool saved_drop(struct store *store, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err)
{
    return goes_well(err) &&
            failing.real->saved_drop(store, account, person, paper_id, dropped,
                    err);
}

static bool bookmark_put(struct store *store, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms, struct error *err)
{
    return goes_well(err) &&
            failing.real->bookmark_put(store, channel_id, person, text, now_ms,
                    err);
}

static bool person_forget(struct store *store, const char *account,
        const char *person, struct traces *forgotten, struct error *err)
{
    return goes_well(err) &&
            failing.real->person_forget(store, account, person, forgotten, err);
}

static bool inbox_add(struct store *store, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err)
{
    return goes_well(err) &&
            failing.real->inbox_add(store, account, event, now_ms, added, err);
}

static bool inbox_drop(struct store *store, int64_t id, struct error *err)
{
    return goes_well(err) && failing.real->inbox_drop(store, id, err);
}

static bool inbox_prune(struct store *store, int64_t before_ms,
        struct error *err)
{
    return goes_well(err) && failing.real->inbox_prune(store, before_ms, err);
}

static bool prune(struct store *store, const struct store_horizon *before,
        struct error *err)
{
    return goes_well(err) && failing.real->prune(store, before, err);
}

void failing_store_begin(struct store *store, size_t go_well, size_t fail,
        enum error_kind kind)
{
    failing.real = store->ops;
    failing.ops = *store->ops;
    failing.asked = 0;
    failing.go_well = go_well;
    failing.fail = fail;
    failing.kind = kind;
    failing.ops.transact = transact;
    failing.ops.paper_put = paper_put;
    failing.ops.batch_put = batch_put;
    failing.ops.covered_put = covered_put;
    failing.ops.posted_add = posted_add;
    failing.ops.draft_put = draft_put;
    failing.ops.edition_put = edition_put;
    failing.ops.edition_change = edition_change;
    failing.ops.edition_settle = edition_settle;
    failing.ops.occasion_record = occasion_record;
    failing.ops.outbox_add = outbox_add;
    failing.ops.outbox_claim = outbox_claim;
    failing.ops.outbox_attempt = outbox_attempt;
    failing.ops.outbox_settle = outbox_settle;
    failing.ops.outbox_retry = outbox_retry;
    failing.ops.outbox_end = outbox_end;
    failing.ops.value_put = value_put;
    failing.ops.channel_break = channel_break;
    failing.ops.channel_put = channel_put;
    failing.ops.channel_remove = channel_remove;
    failing.ops.channel_move = channel_move;
    failing.ops.channel_purge = channel_purge;
    failing.ops.setting_put = setting_put;
    failing.ops.setting_drop = setting_drop;
    failing.ops.change_add = change_add;
    failing.ops.vote_put = vote_put;
    failing.ops.taste_put = taste_put;
    failing.ops.saved_put = saved_put;
    failing.ops.saved_drop = saved_drop;
    failing.ops.bookmark_put = bookmark_put;
    failing.ops.person_forget = person_forget;
    failing.ops.inbox_add = inbox_add;
    failing.ops.inbox_drop = inbox_drop;
    failing.ops.inbox_prune = inbox_prune;
    failing.ops.prune = prune;
    store->ops = &failing.ops;
}

size_t failing_store_end(struct store *store)
{
    store->ops = failing.real;
    return failing.asked;
}
