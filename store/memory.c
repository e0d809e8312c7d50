#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

static bool transact(struct store *base, store_step_fn *fn, void *ctx,
        struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (store->journal.open)
        return error_set(err, ERROR_STOP,
                "memory: a transaction inside a transaction");
    memory_journal_open(&store->journal);
    bool done = fn(base, ctx, err);
    memory_journal_close(&store->journal, done);
    if (!done)
        store->outbox_sent = 0;
    return done;
}

static bool lock(struct store *base, const char *owner, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (store->locked)
        return error_set(err, ERROR_STOP,
                "memory: %s asks for a lock that is taken", owner);
    store->locked = true;
    return true;
}

static bool is_locked(const struct store *base)
{
    return ((const struct memory_store *)base)->locked;
}

static bool value_put(struct store *base, const char *key, const char *value,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    struct memory_value row = {
            .key = arena_string(&store->arena, key),
            .value = arena_string(&store->arena, value),
    };

    memory_table_put(&store->values, &store->journal, &row);
    return true;
}

static bool value_get(struct store *base, const char *key, struct arena *arena,
        char **value, struct error *err)
{
    (void)err;
    const struct memory_table *values = &memory_of(base)->values;
    size_t number = memory_table_find(values, &(struct memory_value){key, ""});

    *value = NULL;
    if (number != MEMORY_TABLE_NONE) {
        const struct memory_value *row = memory_table_row(values, number);
        *value = arena_string(arena, row->value);
    }
    return true;
}

static bool counts(struct store *base, struct store_counts *counts,
        struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);

    *counts = (struct store_counts){
            .papers = (int64_t)store->papers.count,
            .notes = (int64_t)store->notes.count,
    };
    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        counts->outbox_due += row->row.state == OUTBOX_DUE;
        counts->outbox_parked += row->row.state == OUTBOX_PARKED;
        counts->outbox_sent += row->row.state == OUTBOX_SENT;
    }
    return true;
}

static bool backup(struct store *base, const char *path, struct error *err)
{
    (void)base;
    return error_set(err, ERROR_INPUT,
            "%s: a store in memory keeps nothing to back up", path);
}

static void close_store(struct store *base)
{
    struct memory_store *store = memory_of(base);

    memory_table_finish(&store->papers);
    memory_table_finish(&store->notes);
    memory_table_finish(&store->attempts);
    memory_table_finish(&store->signals);
    memory_table_finish(&store->pictures);
    memory_table_finish(&store->arrivals);
    memory_table_finish(&store->categories);
    memory_table_finish(&store->batches);
    memory_table_finish(&store->filings);
    memory_table_finish(&store->channels);
    memory_table_finish(&store->revisions);
    memory_table_finish(&store->settings);
    memory_table_finish(&store->changes);
    memory_table_finish(&store->votes);
    memory_table_finish(&store->tastes);
    memory_table_finish(&store->saved);
    memory_table_finish(&store->bookmarks);
    memory_table_finish(&store->drafts);
    memory_table_finish(&store->inbox);
    memory_table_finish(&store->covered);
    memory_table_finish(&store->posted);
    memory_table_finish(&store->editions);
    memory_table_finish(&store->edition_papers);
    memory_table_finish(&store->occasions);
    memory_table_finish(&store->outbox);
    memory_table_finish(&store->values);
    arena_finish(&store->arena);
    free(store);
}

static const struct store_ops memory_ops = {
        .kind = "memory",
        .close = close_store,
        .transact = transact,
        .lock = lock,
        .is_locked = is_locked,
        .paper_put = memory_paper_put,
        .paper_get = memory_paper_get,
        .note_put = memory_note_put,
        .notes_get = memory_note_list,
        .search = memory_search,
        .attempt_put = memory_note_attempt_put,
        .attempt_get = memory_note_attempt_get,
        .signal_put = memory_signal_put,
        .signals_get = memory_signal_list,
        .picture_put = memory_picture_put,
        .picture_get = memory_picture_get,
        .batch_put = memory_batch_put,
        .batch_list = memory_batch_list,
        .batch_paper_add = memory_batch_paper_add,
        .batch_papers = memory_batch_papers,
        .batch_seen = memory_batch_seen,
        .arrival = memory_batch_arrival,
        .channel_put = memory_channel_put,
        .channel_list = memory_channel_list,
        .channel_break = memory_channel_break,
        .channel_remove = memory_channel_remove,
        .channel_move = memory_channel_move,
        .channel_purge = memory_purge_channels,
        .setting_put = memory_setting_put,
        .setting_drop = memory_setting_drop,
        .setting_list = memory_setting_list,
        .revision = memory_setting_revision,
        .change_add = memory_setting_change_add,
        .change_list = memory_setting_change_list,
        .vote_put = memory_reader_vote_put,
        .vote_list = memory_reader_vote_list,
        .taste_put = memory_taste_put,
        .taste_get = memory_taste_get,
        .saved_put = memory_reader_saved_put,
        .saved_drop = memory_reader_saved_drop,
        .saved_list = memory_reader_saved_list,
        .saved_people = memory_reader_saved_people,
        .bookmark_put = memory_reader_bookmark_put,
        .bookmark_get = memory_reader_bookmark_get,
        .person_traces = memory_forget_traces,
        .person_forget = memory_forget_person,
        .draft_put = memory_draft_put,
        .draft_get = memory_draft_get,
        .inbox_add = memory_inbox_add,
        .inbox_list = memory_inbox_list,
        .inbox_drop = memory_inbox_drop,
        .inbox_prune = memory_inbox_prune,
        .prune = memory_purge_old,
        .covered_put = memory_channel_covered_put,
        .covered_list = memory_channel_covered_list,
        .posted_add = memory_channel_posted_add,
        .posted_get = memory_channel_posted_get,
        .edition_put = memory_edition_put,
        .edition_get = memory_edition_get,
        .edition_holds = memory_edition_holds,
        .edition_change = memory_edition_change,
        .edition_pending = memory_edition_pending,
        .edition_settle = memory_edition_settle,
        .occasion_record = memory_channel_occasion_record,
        .occasion_list = memory_channel_occasion_list,
        .outbox_add = memory_outbox_add,
        .outbox_claim = memory_outbox_claim,
        .outbox_release = memory_outbox_release,
        .outbox_attempt = memory_outbox_attempt,
        .outbox_settle = memory_outbox_settle,
        .outbox_retry = memory_outbox_retry,
        .outbox_end = memory_outbox_end,
        .outbox_hasten = memory_outbox_hasten,
        .outbox_next_ms = memory_outbox_next_ms,
        .outbox_list = memory_outbox_list,
        .outbox_find = memory_outbox_find,
        .outbox_unsent = memory_outbox_unsent,
        .value_put = value_put,
        .value_get = value_get,
        .counts = counts,
        .backup = backup,
};

struct store *memory_open(const char *url, struct error *err)
{
    if (strcmp(url, "memory:") != 0) {
        error_set(err, ERROR_INPUT,
                "store \"%s\": nothing comes after memory:", url);
        return NULL;
    }
    struct memory_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        error_set(err, ERROR_STOP, "memory: out of memory");
        return NULL;
    }
    store->store.ops = &memory_ops;
    memory_key_tables(store);
    /* Always the same, so that what it names in a test can be foretold. */
    value_put(&store->store, STORE_INSTANCE_KEY, "00000000000000ab", err);
    return &store->store;
}
