#include "store/memory.h"

#include <stddef.h>
#include <string.h>

/* --- channels that were removed --- */

static bool is_channel_row(const void *row, size_t offset, int64_t channel_id)
{
    int64_t found;

    memcpy(&found, (const char *)row + offset, sizeof found);
    return found == channel_id;
}

/* Of a table, what belongs to the channel; offset is where its rows say so. */
static void purge_table(struct memory_store *store, struct memory_table *table,
        size_t offset, int64_t channel_id)
{
    for (size_t i = 0; memory_table_next(table, &i); i++)
        if (is_channel_row(memory_table_row(table, i), offset, channel_id))
            memory_table_remove(table, &store->journal, i);
}

static void purge_outbox(struct memory_store *store, int64_t channel_id)
{
    struct arena arena = {0};
    bool *gone = arena_array(&arena, bool, store->outbox.count);

    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++)
        gone[i] = is_channel_row(memory_table_row(&store->outbox, i),
                offsetof(struct memory_outbox, row.channel_id), channel_id);
    memory_outbox_erase(store, gone);
    arena_finish(&arena);
}

static void purge_channel(struct memory_store *store, int64_t channel_id)
{
    const struct {
        struct memory_table *table;
        size_t offset;
    } tables[] = {
            {&store->settings, offsetof(struct memory_setting, channel_id)},
            {&store->changes,
                    offsetof(struct memory_channel_change, channel_id)},
            {&store->votes, offsetof(struct memory_vote, channel_id)},
            {&store->tastes, offsetof(struct memory_taste, channel_id)},
            {&store->bookmarks, offsetof(struct memory_bookmark, channel_id)},
            {&store->drafts, offsetof(struct memory_draft, draft.channel_id)},
            {&store->covered, offsetof(struct memory_covered, channel_id)},
            {&store->posted, offsetof(struct memory_posted, channel_id)},
            {&store->editions,
                    offsetof(struct memory_edition, edition.channel_id)},
            {&store->edition_papers,
                    offsetof(struct memory_edition_paper, channel_id)},
            {&store->occasions,
                    offsetof(struct memory_occasion, occasion.channel_id)},
    };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        purge_table(store, tables[i].table, tables[i].offset, channel_id);
    purge_outbox(store, channel_id);
    memory_table_remove(&store->channels, &store->journal,
            (size_t)channel_id - 1);
}

bool memory_purge_channels(struct store *base, int64_t before_ms,
        size_t *purged, struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    *purged = 0;
    for (size_t i = 0; memory_table_next(&store->channels, &i); i++) {
        const struct memory_channel *row =
                memory_table_row(&store->channels, i);
        int64_t removed_ms = row->channel.removed_ms;
        if (removed_ms == 0 || removed_ms >= before_ms)
            continue;
        purge_channel(store, (int64_t)i + 1);
        ++*purged;
    }
    if (*purged > 0)
        memory_setting_revise(store);
    return true;
}

/* --- what is older than an instant --- */

/* True while somebody may still want to change what was posted. */
static bool is_edition_new(const struct memory_store *store,
        const struct outbox_row *row, int64_t before_ms)
{
    size_t number = memory_table_find(&store->editions,
            &(struct memory_edition){.edition = {.channel_id = row->channel_id,
                                             .occasion = row->occasion}});

    if (number == MEMORY_TABLE_NONE)
        return false;
    const struct memory_edition *edition =
            memory_table_row(&store->editions, number);
    return edition->pending || edition->edition.posted_ms >= before_ms;
}

static bool is_old(const struct memory_store *store,
        const struct outbox_row *row, int64_t before_ms)
{
    return (row->state == OUTBOX_SENT || row->state == OUTBOX_EXPIRED) &&
            row->settled_ms < before_ms &&
            !is_edition_new(store, row, before_ms);
}

/* A row refers to earlier ones only: those behind it are decided on already. */
static void prune_outbox(struct memory_store *store, int64_t before_ms)
{
    struct arena arena = {0};
    size_t count = store->outbox.count;
    bool *gone = arena_array(&arena, bool, count);

    for (size_t i = 0; memory_table_next(&store->outbox, &i); i++) {
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        gone[i] = is_old(store, &row->row, before_ms);
    }
    for (size_t i = count; i-- > 0;) {
        if (gone[i] || !memory_table_has(&store->outbox, i))
            continue;
        const struct memory_outbox *row = memory_table_row(&store->outbox, i);
        if (row->row.reply_to != 0)
            gone[row->row.reply_to - 1] = false;
    }
    memory_outbox_erase(store, gone);
    arena_finish(&arena);
}

static void prune_table(struct memory_store *store, struct memory_table *table,
        size_t offset, int64_t before_ms)
{
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        int64_t instant;
        memcpy(&instant, (const char *)memory_table_row(table, i) + offset,
                sizeof instant);
        if (instant < before_ms)
            memory_table_remove(table, &store->journal, i);
    }
}

bool memory_purge_old(struct store *base, const struct store_horizon *before,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    prune_outbox(store, before->outbox_ms);
    prune_table(store, &store->changes,
            offsetof(struct memory_channel_change, change.changed_ms),
            before->changes_ms);
    prune_table(store, &store->bookmarks,
            offsetof(struct memory_bookmark, kept_ms), before->bookmarks_ms);
    prune_table(store, &store->drafts,
            offsetof(struct memory_draft, draft.due_ms), before->drafts_ms);
    prune_table(store, &store->pictures,
            offsetof(struct memory_picture, picture.fetched_ms),
            before->pictures_ms);
    return true;
}
