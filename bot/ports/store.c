#include "bot/ports/store.h"

void store_close(struct store *store)
{
    if (store != NULL)
        store->ops->close(store);
}

bool store_transact(struct store *store, store_step_fn *fn, void *ctx,
        struct error *err)
{
    return store->ops->transact(store, fn, ctx, err);
}

bool store_lock(struct store *store, const char *owner, struct error *err)
{
    return store->ops->lock(store, owner, err);
}

bool store_is_locked(const struct store *store)
{
    return store->ops->is_locked(store);
}

bool store_paper_put(struct store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err)
{
    return store->ops->paper_put(store, paper, now_ms, change, err);
}

bool store_paper_get(struct store *store, const char *id, struct arena *arena,
        struct paper **paper, struct error *err)
{
    return store->ops->paper_get(store, id, arena, paper, err);
}

bool store_note_put(struct store *store, const struct note *note,
        int64_t now_ms, struct error *err)
{
    return store->ops->note_put(store, note, now_ms, err);
}

bool store_notes_get(struct store *store, const char *paper_id,
        struct arena *arena, struct note_list *notes, struct error *err)
{
    return store->ops->notes_get(store, paper_id, arena, notes, err);
}

bool store_attempt_put(struct store *store, const struct note_attempt *attempt,
        struct error *err)
{
    return store->ops->attempt_put(store, attempt, err);
}

bool store_attempt_get(struct store *store, const struct note_attempt *key,
        struct arena *arena, struct note_attempt **attempt, struct error *err)
{
    return store->ops->attempt_get(store, key, arena, attempt, err);
}

bool store_search(struct store *store, const struct search_query *query,
        struct arena *arena, struct search_result *result, struct error *err)
{
    return store->ops->search(store, query, arena, result, err);
}

bool store_signal_put(struct store *store, const struct signal *signal,
        bool *rose, struct error *err)
{
    return store->ops->signal_put(store, signal, rose, err);
}

bool store_signals_get(struct store *store, const char *paper_id,
        struct arena *arena, struct signal_list *signals, struct error *err)
{
    return store->ops->signals_get(store, paper_id, arena, signals, err);
}

bool store_picture_put(struct store *store, const struct picture *picture,
        struct error *err)
{
    return store->ops->picture_put(store, picture, err);
}

bool store_picture_get(struct store *store, const char *paper_id,
        struct arena *arena, struct picture **picture, struct error *err)
{
    return store->ops->picture_get(store, paper_id, arena, picture, err);
}

bool store_batch_put(struct store *store, const struct batch *batch,
        struct error *err)
{
    return store->ops->batch_put(store, batch, err);
}

bool store_batch_list(struct store *store, const char *category, size_t limit,
        struct arena *arena, struct batch_list *batches, struct error *err)
{
    return store->ops->batch_list(store, category, limit, arena, batches, err);
}

bool store_batch_paper_add(struct store *store, const char *category,
        struct civil_date date, const char *paper_id,
        enum announce_type announce, bool *added, struct error *err)
{
    return store->ops->batch_paper_add(store, category, date, paper_id,
            announce, added, err);
}

bool store_batch_papers(struct store *store, const char *category,
        struct civil_date date, struct arena *arena,
        struct batch_paper_list *papers, struct error *err)
{
    return store->ops->batch_papers(store, category, date, arena, papers, err);
}

bool store_batch_seen(struct store *store, const char *category,
        const char *paper_id, enum announce_type announce, bool *seen,
        struct error *err)
{
    return store->ops->batch_seen(store, category, paper_id, announce, seen,
            err);
}

bool store_arrival(struct store *store, int64_t *arrival, struct error *err)
{
    return store->ops->arrival(store, arrival, err);
}

bool store_channel_put(struct store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err)
{
    return store->ops->channel_put(store, account, room, label, now_ms, id,
            err);
}

bool store_channel_list(struct store *store, struct arena *arena,
        struct known_channel_list *channels, struct error *err)
{
    return store->ops->channel_list(store, arena, channels, err);
}

bool store_channel_break(struct store *store, int64_t channel_id,
        const char *why, struct error *err)
{
    return store->ops->channel_break(store, channel_id, why, err);
}

bool store_channel_remove(struct store *store, int64_t channel_id,
        int64_t removed_ms, struct error *err)
{
    return store->ops->channel_remove(store, channel_id, removed_ms, err);
}

bool store_channel_move(struct store *store, int64_t channel_id,
        const char *room, struct error *err)
{
    return store->ops->channel_move(store, channel_id, room, err);
}

bool store_channel_purge(struct store *store, int64_t before_ms, size_t *purged,
        struct error *err)
{
    return store->ops->channel_purge(store, before_ms, purged, err);
}

bool store_setting_put(struct store *store, int64_t channel_id,
        const struct channel_setting *setting, struct error *err)
{
    return store->ops->setting_put(store, channel_id, setting, err);
}

bool store_setting_drop(struct store *store, int64_t channel_id,
        const char *key, bool *dropped, struct error *err)
{
    return store->ops->setting_drop(store, channel_id, key, dropped, err);
}

bool store_setting_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct channel_setting_list *settings,
        struct error *err)
{
    return store->ops->setting_list(store, channel_id, arena, settings, err);
}

bool store_revision(struct store *store, int64_t *revision, struct error *err)
{
    return store->ops->revision(store, revision, err);
}

bool store_change_add(struct store *store, int64_t channel_id,
        const struct channel_change *change, struct error *err)
{
    return store->ops->change_add(store, channel_id, change, err);
}

bool store_change_list(struct store *store, int64_t channel_id, size_t limit,
        struct arena *arena, struct channel_change_list *changes,
        struct error *err)
{
    return store->ops->change_list(store, channel_id, limit, arena, changes,
            err);
}

bool store_vote_put(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err)
{
    return store->ops->vote_put(store, channel_id, vote, before, err);
}

bool store_vote_list(struct store *store, int64_t channel_id, size_t limit,
        struct arena *arena, struct vote_list *votes, struct error *err)
{
    return store->ops->vote_list(store, channel_id, limit, arena, votes, err);
}

bool store_taste_put(struct store *store, int64_t channel_id,
        const struct taste *changed, struct error *err)
{
    return store->ops->taste_put(store, channel_id, changed, err);
}

bool store_taste_get(struct store *store, int64_t channel_id,
        struct arena *arena, struct taste *taste, struct error *err)
{
    return store->ops->taste_get(store, channel_id, arena, taste, err);
}

bool store_saved_put(struct store *store, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err)
{
    return store->ops->saved_put(store, account, person, saved, added, err);
}

bool store_saved_drop(struct store *store, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err)
{
    return store->ops->saved_drop(store, account, person, paper_id, dropped,
            err);
}

bool store_saved_list(struct store *store, const char *account,
        const char *person, struct arena *arena, struct saved_list *saved,
        struct error *err)
{
    return store->ops->saved_list(store, account, person, arena, saved, err);
}

bool store_saved_people(struct store *store, struct arena *arena,
        struct person_list *people, struct error *err)
{
    return store->ops->saved_people(store, arena, people, err);
}

bool store_bookmark_put(struct store *store, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms, struct error *err)
{
    return store->ops->bookmark_put(store, channel_id, person, text, now_ms,
            err);
}

bool store_bookmark_get(struct store *store, int64_t channel_id,
        const char *person, struct arena *arena, char **text, struct error *err)
{
    return store->ops->bookmark_get(store, channel_id, person, arena, text,
            err);
}

bool store_person_traces(struct store *store, const char *account,
        const char *person, struct traces *traces, struct error *err)
{
    return store->ops->person_traces(store, account, person, traces, err);
}

bool store_person_forget(struct store *store, const char *account,
        const char *person, struct traces *forgotten, struct error *err)
{
    return store->ops->person_forget(store, account, person, forgotten, err);
}

bool store_draft_put(struct store *store, const struct draft *draft,
        struct error *err)
{
    return store->ops->draft_put(store, draft, err);
}

bool store_draft_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err)
{
    return store->ops->draft_get(store, channel_id, occasion, arena, draft,
            err);
}

bool store_inbox_add(struct store *store, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err)
{
    return store->ops->inbox_add(store, account, event, now_ms, added, err);
}

bool store_inbox_list(struct store *store, size_t limit, struct arena *arena,
        struct inbox_list *rows, struct error *err)
{
    return store->ops->inbox_list(store, limit, arena, rows, err);
}

bool store_inbox_drop(struct store *store, int64_t id, struct error *err)
{
    return store->ops->inbox_drop(store, id, err);
}

bool store_inbox_prune(struct store *store, int64_t before_ms,
        struct error *err)
{
    return store->ops->inbox_prune(store, before_ms, err);
}

bool store_prune(struct store *store, const struct store_horizon *before,
        struct error *err)
{
    return store->ops->prune(store, before, err);
}

bool store_covered_put(struct store *store, int64_t channel_id,
        const struct covered_batch *covered, struct error *err)
{
    return store->ops->covered_put(store, channel_id, covered, err);
}

bool store_covered_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct covered_list *covered, struct error *err)
{
    return store->ops->covered_list(store, channel_id, arena, covered, err);
}

bool store_posted_add(struct store *store, int64_t channel_id,
        const struct posted_paper *posted, struct error *err)
{
    return store->ops->posted_add(store, channel_id, posted, err);
}

bool store_posted_get(struct store *store, int64_t channel_id,
        const char *paper_id, struct arena *arena, struct posted_paper **posted,
        struct error *err)
{
    return store->ops->posted_get(store, channel_id, paper_id, arena, posted,
            err);
}

bool store_edition_put(struct store *store, const struct edition *edition,
        struct error *err)
{
    return store->ops->edition_put(store, edition, err);
}

bool store_edition_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct edition **edition,
        struct error *err)
{
    return store->ops->edition_get(store, channel_id, occasion, arena, edition,
            err);
}

bool store_edition_holds(struct store *store, const char *paper_id, bool *holds,
        struct error *err)
{
    return store->ops->edition_holds(store, paper_id, holds, err);
}

bool store_edition_change(struct store *store, const char *paper_id,
        const struct edition_news *news, struct error *err)
{
    return store->ops->edition_change(store, paper_id, news, err);
}

bool store_edition_pending(struct store *store, int64_t channel_id,
        struct arena *arena, struct string_list *occasions, struct error *err)
{
    return store->ops->edition_pending(store, channel_id, arena, occasions,
            err);
}

bool store_edition_settle(struct store *store, int64_t channel_id,
        const char *occasion, struct error *err)
{
    return store->ops->edition_settle(store, channel_id, occasion, err);
}

bool store_occasion_record(struct store *store, const struct occasion *occasion,
        struct error *err)
{
    return store->ops->occasion_record(store, occasion, err);
}

bool store_occasion_list(struct store *store, int64_t channel_id,
        const char *prefix, size_t limit, struct arena *arena,
        struct occasion_list *occasions, struct error *err)
{
    return store->ops->occasion_list(store, channel_id, prefix, limit, arena,
            occasions, err);
}

bool store_outbox_add(struct store *store, const struct outbox_row *row,
        int64_t *id, struct error *err)
{
    return store->ops->outbox_add(store, row, id, err);
}

bool store_outbox_claim(struct store *store, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err)
{
    return store->ops->outbox_claim(store, owner, now_ms, lease_until_ms, limit,
            arena, rows, err);
}

bool store_outbox_release(struct store *store, const char *owner,
        struct error *err)
{
    return store->ops->outbox_release(store, owner, err);
}

bool store_outbox_attempt(struct store *store, int64_t id, int64_t now_ms,
        struct error *err)
{
    return store->ops->outbox_attempt(store, id, now_ms, err);
}

bool store_outbox_settle(struct store *store, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err)
{
    return store->ops->outbox_settle(store, id, receipt, now_ms, err);
}

bool store_outbox_retry(struct store *store, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err)
{
    return store->ops->outbox_retry(store, id, next_try_ms, complaint,
            attempted, err);
}

bool store_outbox_end(struct store *store, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err)
{
    return store->ops->outbox_end(store, id, state, complaint, now_ms, err);
}

bool store_outbox_hasten(struct store *store, int64_t latest_ms,
        struct error *err)
{
    return store->ops->outbox_hasten(store, latest_ms, err);
}

bool store_outbox_next_ms(struct store *store, int64_t *next_ms,
        struct error *err)
{
    return store->ops->outbox_next_ms(store, next_ms, err);
}

bool store_outbox_list(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct outbox_list *rows,
        struct error *err)
{
    return store->ops->outbox_list(store, channel_id, occasion, arena, rows,
            err);
}

bool store_outbox_find(struct store *store, const char *account,
        const char *receipt, struct arena *arena, struct outbox_row **row,
        struct error *err)
{
    return store->ops->outbox_find(store, account, receipt, arena, row, err);
}

bool store_outbox_unsent(struct store *store, int64_t channel_id,
        struct arena *arena, struct outbox_list *rows, struct error *err)
{
    return store->ops->outbox_unsent(store, channel_id, arena, rows, err);
}

bool store_value_put(struct store *store, const char *key, const char *value,
        struct error *err)
{
    return store->ops->value_put(store, key, value, err);
}

bool store_value_get(struct store *store, const char *key, struct arena *arena,
        char **value, struct error *err)
{
    return store->ops->value_get(store, key, arena, value, err);
}

bool store_count(struct store *store, struct store_counts *counts,
        struct error *err)
{
    return store->ops->counts(store, counts, err);
}

bool store_backup(struct store *store, const char *path, struct error *err)
{
    return store->ops->backup(store, path, err);
}
