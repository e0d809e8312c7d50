#include "store/memory_table.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A slot is free, or held a row, so that looking goes on behind it, or holds the
 * number of a row + SLOT_ROW. */
enum {
    SLOT_FREE,
    SLOT_LEFT,
    SLOT_ROW
};

struct memory_change {
    struct memory_table *table;
    size_t number;
    void *before; /* NULL: the row was added */
};

/* As arena_alloc: without memory there is nothing to go on with. */
static void *grow(void *items, size_t count, size_t size)
{
    void *larger =
            count > SIZE_MAX / size ? NULL : realloc(items, count * size);

    if (larger == NULL) {
        fprintf(stderr, "paperboy: out of memory (memory store)\n");
        exit(EXIT_FAILURE);
    }
    return larger;
}

uint64_t memory_hash_text(uint64_t hash, const char *text)
{
    const uint64_t prime = 1099511628211U;

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * prime;
    return (hash ^ 0xFF) * prime; /* so that "a","bc" is not "ab","c" */
}

uint64_t memory_hash_number(uint64_t hash, int64_t number)
{
    const uint64_t prime = 1099511628211U;

    for (int shift = 0; shift < 64; shift += 8)
        hash = (hash ^ (((uint64_t)number >> shift) & 0xFF)) * prime;
    return hash;
}

bool memory_table_has(const struct memory_table *table, size_t number)
{
    return number < table->count && table->there[number];
}

const void *memory_table_row(const struct memory_table *table, size_t number)
{
    assert(memory_table_has(table, number));

    return table->rows + number * table->row_bytes;
}

bool memory_table_next(const struct memory_table *table, size_t *number)
{
    while (*number < table->count && !table->there[*number])
        ++*number;
    return *number < table->count;
}

size_t memory_table_find(const struct memory_table *table, const void *probe)
{
    if (table->slot_count == 0)
        return MEMORY_TABLE_NONE;
    size_t mask = table->slot_count - 1;
    size_t place = table->hash(probe) & mask;
    for (; table->slots[place] != SLOT_FREE; place = (place + 1) & mask) {
        if (table->slots[place] == SLOT_LEFT)
            continue;
        size_t number = table->slots[place] - SLOT_ROW;
        if (table->same_key(memory_table_row(table, number), probe))
            return number;
    }
    return MEMORY_TABLE_NONE;
}

static void slot_fill(struct memory_table *table, size_t number)
{
    size_t mask = table->slot_count - 1;
    size_t place = table->hash(memory_table_row(table, number)) & mask;

    while (table->slots[place] >= SLOT_ROW)
        place = (place + 1) & mask;
    table->slots_used += table->slots[place] == SLOT_FREE;
    table->slots[place] = number + SLOT_ROW;
}

static void slot_leave(struct memory_table *table, size_t number)
{
    size_t mask = table->slot_count - 1;
    size_t place = table->hash(memory_table_row(table, number)) & mask;

    while (table->slots[place] != number + SLOT_ROW)
        place = (place + 1) & mask;
    table->slots[place] = SLOT_LEFT;
}

/* At most half used, those left included. */
static void slots_make_room(struct memory_table *table)
{
    if (table->slots_used * 2 < table->slot_count)
        return;
    if (table->slot_count == 0)
        table->slot_count = 64;
    else if (table->count * 4 >= table->slot_count)
        table->slot_count *= 2; /* otherwise most were left */
    table->slots = grow(table->slots, table->slot_count, sizeof *table->slots);
    memset(table->slots, 0, table->slot_count * sizeof *table->slots);
    table->slots_used = 0;
    for (size_t i = 0; memory_table_next(table, &i); i++)
        slot_fill(table, i);
}

static void note_change(struct memory_journal *journal,
        struct memory_table *table, size_t number, const void *before)
{
    if (!journal->open)
        return;
    struct memory_change change = {.table = table, .number = number};
    if (before != NULL) {
        change.before = arena_alloc(&journal->arena, table->row_bytes);
        memcpy(change.before, before, table->row_bytes);
    }
    journal->changes = arena_grow(&journal->arena, journal->changes,
            journal->count, &journal->capacity, sizeof *journal->changes);
    journal->changes[journal->count++] = change;
}

static void rows_make_room(struct memory_table *table)
{
    if (table->count < table->capacity)
        return;
    table->capacity = table->capacity == 0 ? 32 : table->capacity * 2;
    table->rows = grow(table->rows, table->capacity, table->row_bytes);
    table->there = grow(table->there, table->capacity, sizeof *table->there);
}

static void row_write(struct memory_table *table, size_t number,
        const void *row)
{
    memcpy(table->rows + number * table->row_bytes, row, table->row_bytes);
    table->there[number] = true;
    slot_fill(table, number);
}

static void row_take_out(struct memory_table *table, size_t number)
{
    slot_leave(table, number);
    table->there[number] = false;
}

size_t memory_table_add(struct memory_table *table,
        struct memory_journal *journal, const void *row)
{
    assert(memory_table_find(table, row) == MEMORY_TABLE_NONE);

    rows_make_room(table);
    slots_make_room(table);
    size_t number = table->count++;
    row_write(table, number, row);
    note_change(journal, table, number, NULL);
    return number;
}

void memory_table_set(struct memory_table *table,
        struct memory_journal *journal, size_t number, const void *row)
{
    const void *before = memory_table_row(table, number);

    note_change(journal, table, number, before);
    if (table->same_key(before, row)) {
        memcpy(table->rows + number * table->row_bytes, row, table->row_bytes);
        return;
    }
    assert(memory_table_find(table, row) == MEMORY_TABLE_NONE);
    slots_make_room(table);
    row_take_out(table, number);
    row_write(table, number, row);
}

void memory_table_put(struct memory_table *table,
        struct memory_journal *journal, const void *row)
{
    size_t number = memory_table_find(table, row);

    if (number == MEMORY_TABLE_NONE)
        memory_table_add(table, journal, row);
    else
        memory_table_set(table, journal, number, row);
}

void memory_table_remove(struct memory_table *table,
        struct memory_journal *journal, size_t number)
{
    note_change(journal, table, number, memory_table_row(table, number));
    row_take_out(table, number);
}

void memory_table_finish(struct memory_table *table)
{
    free(table->rows);
    free(table->there);
    free(table->slots);
    *table = (struct memory_table){0};
}

void memory_journal_open(struct memory_journal *journal)
{
    *journal = (struct memory_journal){.open = true};
}

static void change_undo(const struct memory_change *change)
{
    struct memory_table *table = change->table;

    if (table->there[change->number])
        row_take_out(table, change->number);
    if (change->before != NULL) {
        slots_make_room(table);
        row_write(table, change->number, change->before);
    } else {
        table->count--;
    }
}

void memory_journal_close(struct memory_journal *journal, bool keep)
{
    journal->open = false;
    while (!keep && journal->count > 0)
        change_undo(&journal->changes[--journal->count]);
    arena_finish(&journal->arena);
    *journal = (struct memory_journal){0};
}
