#include "store/memory.h"

#include <string.h>

/* A row's id is its number in the table, from 1. */
static struct memory_inbox row_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_inbox *)memory_table_row(&store->inbox,
            number);
}

static struct event event_copy(struct arena *arena, const struct event *event)
{
    return (struct event){
            .id = arena_string(arena, event->id),
            .kind = event->kind,
            .room = arena_string(arena, event->room),
            .person = arena_string(arena, event->person),
            .text = arena_string(arena, event->text),
            .target = arena_string(arena, event->target),
            .reply = arena_string(arena, event->reply),
            .sent_ms = event->sent_ms,
    };
}

bool memory_inbox_add(struct store *base, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    struct memory_inbox row = {
            .row = {.account = account, .event = *event, .received_ms = now_ms},
            .waits = true,
    };

    *added = memory_table_find(&store->inbox, &row) == MEMORY_TABLE_NONE;
    if (!*added)
        return true;
    row.row.id = (int64_t)store->inbox.count + 1;
    row.row.account = arena_string(&store->arena, account);
    row.row.event = event_copy(&store->arena, event);
    memory_table_add(&store->inbox, &store->journal, &row);
    return true;
}

bool memory_inbox_list(struct store *base, size_t limit, struct arena *arena,
        struct inbox_list *rows, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t capacity = 0;

    *rows = (struct inbox_list){0};
    for (size_t i = 0;
            rows->count < limit && memory_table_next(&store->inbox, &i); i++) {
        struct memory_inbox row = row_at(store, i);
        if (!row.waits)
            continue;
        row.row.account = arena_string(arena, row.row.account);
        row.row.event = event_copy(arena, &row.row.event);
        rows->items = arena_grow(arena, rows->items, rows->count, &capacity,
                sizeof *rows->items);
        rows->items[rows->count++] = row.row;
    }
    return true;
}

static void row_heard(struct memory_store *store, size_t number)
{
    struct memory_inbox row = row_at(store, number);

    row.waits = false;
    row.row.event = (struct event){.id = row.row.event.id};
    memory_table_set(&store->inbox, &store->journal, number, &row);
}

bool memory_inbox_drop(struct store *base, int64_t id, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (id < 1 || !memory_table_has(&store->inbox, (size_t)id - 1))
        return error_set(err, ERROR_STOP,
                "memory: inbox row %lld: there is none", (long long)id);
    row_heard(store, (size_t)id - 1);
    return true;
}

bool memory_inbox_prune(struct store *base, int64_t before_ms,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    for (size_t i = 0; memory_table_next(&store->inbox, &i); i++) {
        struct memory_inbox row = row_at(store, i);
        if (!row.waits && row.row.received_ms < before_ms)
            memory_table_remove(&store->inbox, &store->journal, i);
    }
    return true;
}

static bool waits_for(const struct memory_inbox *row, const char *account,
        const char *person)
{
    return row->waits && strcmp(row->row.account, account) == 0 &&
            strcmp(row->row.event.person, person) == 0;
}

size_t memory_inbox_of(const struct memory_store *store, const char *account,
        const char *person)
{
    size_t count = 0;

    for (size_t i = 0; memory_table_next(&store->inbox, &i); i++) {
        const struct memory_inbox row = row_at(store, i);
        count += waits_for(&row, account, person);
    }
    return count;
}

void memory_inbox_forget(struct memory_store *store, const char *account,
        const char *person)
{
    for (size_t i = 0; memory_table_next(&store->inbox, &i); i++) {
        const struct memory_inbox row = row_at(store, i);
        if (waits_for(&row, account, person))
            row_heard(store, i);
    }
}
