#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

/* A channel's number is its row's, from 1. */
bool memory_channel_known(const struct memory_store *store, int64_t channel_id,
        struct error *err)
{
    if (channel_id >= 1 &&
            memory_table_has(&store->channels, (size_t)channel_id - 1))
        return true;
    return error_set(err, ERROR_STOP, "memory: channel %lld: there is none",
            (long long)channel_id);
}

static struct memory_channel row_at(const struct memory_store *store,
        int64_t channel_id)
{
    return *(const struct memory_channel *)memory_table_row(&store->channels,
            (size_t)channel_id - 1);
}

static void row_set(struct memory_store *store,
        const struct memory_channel *row)
{
    memory_table_set(&store->channels, &store->journal,
            (size_t)row->channel.id - 1, row);
}

static void set_removed(struct memory_store *store, struct memory_channel *row,
        int64_t removed_ms)
{
    if (row->channel.removed_ms != removed_ms)
        memory_setting_revise(store);
    row->channel.removed_ms = removed_ms;
    row_set(store, row);
}

bool memory_channel_put(struct store *base, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    struct memory_channel row = {.channel = {
                                         .account = account,
                                         .room = room,
                                         .created_ms = now_ms,
                                         .broken = "",
                                 }};
    size_t number = memory_table_find(&store->channels, &row);

    if (number == MEMORY_TABLE_NONE) {
        row.channel.id = (int64_t)store->channels.count + 1;
        row.channel.account = arena_string(&store->arena, account);
        row.channel.room = arena_string(&store->arena, room);
        row.channel.label = arena_string(&store->arena, label);
        memory_table_add(&store->channels, &store->journal, &row);
        memory_setting_revise(store);
    } else {
        row = row_at(store, (int64_t)number + 1);
        row.channel.label = arena_string(&store->arena, label);
        set_removed(store, &row, 0);
    }
    *id = row.channel.id;
    return true;
}

bool memory_channel_remove(struct store *base, int64_t channel_id,
        int64_t removed_ms, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    struct memory_channel row = row_at(store, channel_id);
    set_removed(store, &row, removed_ms);
    return true;
}

bool memory_channel_move(struct store *base, int64_t channel_id,
        const char *room, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    struct memory_channel row = row_at(store, channel_id);
    row.channel.room = arena_string(&store->arena, room);
    size_t there = memory_table_find(&store->channels, &row);
    if (there != MEMORY_TABLE_NONE && there != (size_t)channel_id - 1)
        return error_set(err, ERROR_REJECTED,
                "channel %lld: room %s is channel %zu already",
                (long long)channel_id, room, there + 1);
    row_set(store, &row);
    memory_outbox_move(store, channel_id, row.channel.room);
    memory_setting_revise(store);
    return true;
}

bool memory_channel_list(struct store *base, struct arena *arena,
        struct known_channel_list *channels, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->channels;

    *channels = (struct known_channel_list){
            .items = arena_array(arena, struct known_channel, table->count),
    };
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_channel *row = memory_table_row(table, i);
        channels->items[channels->count++] = (struct known_channel){
                .id = row->channel.id,
                .account = arena_string(arena, row->channel.account),
                .room = arena_string(arena, row->channel.room),
                .label = arena_string(arena, row->channel.label),
                .created_ms = row->channel.created_ms,
                .broken = arena_string(arena, row->channel.broken),
                .removed_ms = row->channel.removed_ms,
        };
    }
    return true;
}

bool memory_channel_break(struct store *base, int64_t channel_id,
        const char *why, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    struct memory_channel row = row_at(store, channel_id);
    row.channel.broken = arena_string(&store->arena, why);
    row_set(store, &row);
    return true;
}

/* --- covered and posted --- */

bool memory_channel_covered_put(struct store *base, int64_t channel_id,
        const struct covered_batch *covered, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    struct memory_covered row = {.channel_id = channel_id, .covered = *covered};
    row.covered.category = arena_string(&store->arena, covered->category);
    size_t number = memory_table_find(&store->covered, &row);
    if (number == MEMORY_TABLE_NONE)
        memory_table_add(&store->covered, &store->journal, &row);
    else
        memory_table_set(&store->covered, &store->journal, number, &row);
    return true;
}

static int covered_order(const void *a, const void *b)
{
    const struct covered_batch *one = a, *other = b;
    int order = strcmp(one->category, other->category);
    return order != 0 ? order : civil_date_compare(other->date, one->date);
}

/* Each once: a channel covers the same few for years. */
static void copy_categories(struct covered_list *sorted, struct arena *arena)
{
    for (size_t i = 0; i < sorted->count; i++) {
        struct covered_batch *item = &sorted->items[i];
        bool same = i > 0 && strcmp(item->category, item[-1].category) == 0;
        item->category =
                same ? item[-1].category : arena_string(arena, item->category);
    }
}

bool memory_channel_covered_list(struct store *base, int64_t channel_id,
        struct arena *arena, struct covered_list *covered, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->covered;
    size_t capacity = 0;

    *covered = (struct covered_list){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_covered *row = memory_table_row(table, i);
        if (row->channel_id != channel_id)
            continue;
        covered->items = arena_grow(arena, covered->items, covered->count,
                &capacity, sizeof *covered->items);
        covered->items[covered->count++] = row->covered;
    }
    if (covered->count > 1)
        qsort(covered->items, covered->count, sizeof *covered->items,
                covered_order);
    copy_categories(covered, arena);
    return true;
}

bool memory_channel_posted_add(struct store *base, int64_t channel_id,
        const struct posted_paper *posted, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    if (memory_paper_find(store, posted->paper_id) == MEMORY_TABLE_NONE)
        return error_set(err, ERROR_STOP,
                "channel %lld, paper %s: no such paper", (long long)channel_id,
                posted->paper_id);
    struct memory_posted row = {.channel_id = channel_id, .posted = *posted};
    if (memory_table_find(&store->posted, &row) != MEMORY_TABLE_NONE)
        return true;
    row.posted.paper_id = arena_string(&store->arena, posted->paper_id);
    row.posted.occasion = arena_string(&store->arena, posted->occasion);
    memory_table_add(&store->posted, &store->journal, &row);
    return true;
}

bool memory_channel_posted_get(struct store *base, int64_t channel_id,
        const char *paper_id, struct arena *arena, struct posted_paper **posted,
        struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->posted;
    size_t number = memory_table_find(table,
            &(struct memory_posted){.channel_id = channel_id,
                    .posted.paper_id = paper_id});

    *posted = NULL;
    if (number != MEMORY_TABLE_NONE) {
        const struct memory_posted *row = memory_table_row(table, number);
        *posted = arena_new(arena, struct posted_paper);
        **posted = (struct posted_paper){
                .paper_id = arena_string(arena, row->posted.paper_id),
                .occasion = arena_string(arena, row->posted.occasion),
                .posted_ms = row->posted.posted_ms,
        };
    }
    return true;
}

/* --- occasions --- */

bool memory_channel_occasion_record(struct store *base,
        const struct occasion *occasion, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_occasion row = {.occasion = *occasion};

    if (!memory_channel_known(store, occasion->channel_id, err))
        return false;
    if (memory_table_find(&store->occasions, &row) != MEMORY_TABLE_NONE)
        return error_set(err, ERROR_REJECTED,
                "channel %lld, occasion %s: recorded already",
                (long long)occasion->channel_id, occasion->key);
    row.occasion.key = arena_string(&store->arena, occasion->key);
    memory_table_add(&store->occasions, &store->journal, &row);
    return true;
}

static int greatest_key_first(const void *a, const void *b)
{
    const struct occasion *one = a, *other = b;
    return strcmp(other->key, one->key);
}

bool memory_channel_occasion_list(struct store *base, int64_t channel_id,
        const char *prefix, size_t limit, struct arena *arena,
        struct occasion_list *occasions, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->occasions;
    size_t capacity = 0, length = strlen(prefix);

    *occasions = (struct occasion_list){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_occasion *row = memory_table_row(table, i);
        if (row->occasion.channel_id != channel_id ||
                strncmp(row->occasion.key, prefix, length) != 0)
            continue;
        occasions->items = arena_grow(arena, occasions->items, occasions->count,
                &capacity, sizeof *occasions->items);
        occasions->items[occasions->count] = row->occasion;
        occasions->items[occasions->count++].key =
                arena_string(arena, row->occasion.key);
    }
    if (occasions->count > 1)
        qsort(occasions->items, occasions->count, sizeof *occasions->items,
                greatest_key_first);
    if (occasions->count > limit)
        occasions->count = limit;
    return true;
}
