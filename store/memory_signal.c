#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

/* --- the number of arrivals and rises --- */

int64_t memory_signal_arrival(const struct memory_store *store)
{
    if (store->arrivals.count == 0)
        return 0;
    const struct memory_arrival *row = memory_table_row(&store->arrivals, 0);
    return row->newest;
}

int64_t memory_signal_next_arrival(struct memory_store *store)
{
    struct memory_arrival row = {memory_signal_arrival(store) + 1};

    if (store->arrivals.count == 0)
        memory_table_add(&store->arrivals, &store->journal, &row);
    else
        memory_table_set(&store->arrivals, &store->journal, 0, &row);
    return row.newest;
}

/* --- signals --- */

static struct memory_signal signal_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_signal *)memory_table_row(&store->signals,
            number);
}

static struct memory_paper paper_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_paper *)memory_table_row(&store->papers,
            number);
}

/* Appends to the paper's list. */
static void add(struct memory_store *store, size_t paper_number,
        struct memory_signal *row)
{
    struct memory_paper paper = paper_at(store, paper_number);

    row->previous_of_paper = paper.last_signal;
    paper.last_signal = memory_table_add(&store->signals, &store->journal, row);
    memory_table_set(&store->papers, &store->journal, paper_number, &paper);
}

bool memory_signal_put(struct store *base, const struct signal *signal,
        bool *rose, struct error *err)
{
    struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, signal->paper_id);

    if (paper == MEMORY_TABLE_NONE)
        return error_set(err, ERROR_STOP, "signal of paper %s: no such paper",
                signal->paper_id);
    const struct signal_list one = {(struct signal *)signal, 1};
    struct memory_signal row = {.signal = *signal};
    size_t number = memory_table_find(&store->signals, &row);
    int64_t known = 0;
    if (number != MEMORY_TABLE_NONE)
        known = signal_at(store, number).signal.value;
    *rose = signal->value > known;
    if (!*rose)
        return true;
    row.signal = signal_list_copy(&store->arena, &one).items[0];
    row.rose = memory_signal_next_arrival(store);
    if (number == MEMORY_TABLE_NONE) {
        add(store, paper, &row);
        return true;
    }
    row.previous_of_paper = signal_at(store, number).previous_of_paper;
    memory_table_set(&store->signals, &store->journal, number, &row);
    return true;
}

static int by_kind(const void *a, const void *b)
{
    const struct signal *one = a, *other = b;
    return strcmp(one->kind, other->kind);
}

bool memory_signal_list(struct store *base, const char *paper_id,
        struct arena *arena, struct signal_list *signals, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, paper_id);
    size_t number = paper == MEMORY_TABLE_NONE
            ? MEMORY_TABLE_NONE
            : paper_at(store, paper).last_signal;
    size_t capacity = 0;

    *signals = (struct signal_list){0};
    while (number != MEMORY_TABLE_NONE) {
        struct memory_signal row = signal_at(store, number);
        signals->items = arena_grow(arena, signals->items, signals->count,
                &capacity, sizeof *signals->items);
        signals->items[signals->count++] = row.signal;
        number = row.previous_of_paper;
    }
    if (signals->count > 1)
        qsort(signals->items, signals->count, sizeof *signals->items, by_kind);
    *signals = signal_list_copy(arena, signals);
    return true;
}

int64_t memory_signal_rose(const struct memory_store *store, size_t paper)
{
    size_t number = paper_at(store, paper).last_signal;
    int64_t rose = 0;

    while (number != MEMORY_TABLE_NONE) {
        struct memory_signal row = signal_at(store, number);
        if (row.rose > rose)
            rose = row.rose;
        number = row.previous_of_paper;
    }
    return rose;
}
