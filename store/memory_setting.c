#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

/* --- the number of the newest change --- */

bool memory_setting_revision(struct store *base, int64_t *revision,
        struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->revisions;

    *revision = 0;
    if (table->count > 0)
        *revision = ((const struct memory_revision *)memory_table_row(table, 0))
                            ->newest;
    return true;
}

void memory_setting_revise(struct memory_store *store)
{
    struct memory_revision row = {0};

    memory_setting_revision(&store->store, &row.newest, NULL);
    row.newest++;
    memory_table_put(&store->revisions, &store->journal, &row);
}

/* --- settings --- */

bool memory_setting_put(struct store *base, int64_t channel_id,
        const struct channel_setting *setting, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    memory_table_put(&store->settings, &store->journal,
            &(struct memory_setting){.channel_id = channel_id,
                    .setting = {.key = arena_string(&store->arena,
                                        setting->key),
                            .value =
                                    arena_string(&store->arena, setting->value),
                            .person = arena_string(&store->arena,
                                    setting->person),
                            .set_ms = setting->set_ms}});
    memory_setting_revise(store);
    return true;
}

bool memory_setting_drop(struct store *base, int64_t channel_id,
        const char *key, bool *dropped, struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    size_t number = memory_table_find(&store->settings,
            &(struct memory_setting){.channel_id = channel_id,
                    .setting.key = key});

    *dropped = number != MEMORY_TABLE_NONE;
    if (!*dropped)
        return true;
    memory_table_remove(&store->settings, &store->journal, number);
    memory_setting_revise(store);
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct channel_setting *one = a, *other = b;
    return strcmp(one->key, other->key);
}

bool memory_setting_list(struct store *base, int64_t channel_id,
        struct arena *arena, struct channel_setting_list *settings,
        struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->settings;
    size_t capacity = 0;

    *settings = (struct channel_setting_list){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_setting *row = memory_table_row(table, i);
        if (row->channel_id != channel_id)
            continue;
        settings->items = arena_grow(arena, settings->items, settings->count,
                &capacity, sizeof *settings->items);
        settings->items[settings->count++] = (struct channel_setting){
                .key = arena_string(arena, row->setting.key),
                .value = arena_string(arena, row->setting.value),
                .person = arena_string(arena, row->setting.person),
                .set_ms = row->setting.set_ms,
        };
    }
    if (settings->count > 1)
        qsort(settings->items, settings->count, sizeof *settings->items,
                by_key);
    return true;
}

/* --- history --- */

bool memory_setting_change_add(struct store *base, int64_t channel_id,
        const struct channel_change *change, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    memory_table_add(&store->changes, &store->journal,
            &(struct memory_channel_change){
                    .id = (int64_t)store->changes.count,
                    .channel_id = channel_id,
                    .change = {.changed_ms = change->changed_ms,
                            .person =
                                    arena_string(&store->arena, change->person),
                            .what = arena_string(&store->arena, change->what)},
            });
    return true;
}

static int newest_change_first(const void *a, const void *b)
{
    const struct memory_channel_change *one = a, *other = b;
    if (one->change.changed_ms != other->change.changed_ms)
        return one->change.changed_ms > other->change.changed_ms ? -1 : 1;
    return one->id > other->id ? -1 : 1;
}

/* *count of them, in the arena, in their order. */
static struct memory_channel_change *
changes_of(const struct memory_table *table, int64_t channel_id,
        struct arena *arena, size_t *count)
{
    struct memory_channel_change *found = NULL;
    size_t capacity = 0;

    *count = 0;
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_channel_change *row = memory_table_row(table, i);
        if (row->channel_id != channel_id)
            continue;
        found = arena_grow(arena, found, *count, &capacity, sizeof *found);
        found[(*count)++] = *row;
    }
    if (*count > 1)
        qsort(found, *count, sizeof *found, newest_change_first);
    return found;
}

bool memory_setting_change_list(struct store *base, int64_t channel_id,
        size_t limit, struct arena *arena, struct channel_change_list *changes,
        struct error *err)
{
    (void)err;
    size_t count = 0;
    const struct memory_channel_change *found =
            changes_of(&memory_of(base)->changes, channel_id, arena, &count);

    if (count > limit)
        count = limit;
    *changes = (struct channel_change_list){
            .items = arena_array(arena, struct channel_change, count),
            .count = count,
    };
    for (size_t i = 0; i < count; i++)
        changes->items[i] = (struct channel_change){
                .changed_ms = found[i].change.changed_ms,
                .person = arena_string(arena, found[i].change.person),
                .what = arena_string(arena, found[i].change.what),
        };
    return true;
}
