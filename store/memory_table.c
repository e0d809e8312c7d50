#include "store/memory_table.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

const void *memory_table_row(const struct memory_table *table, size_t number)
{
    assert(number < table->count);

    return table->rows + number * table->row_bytes;
}

size_t memory_table_find(const struct memory_table *table, const void *probe)
{
    if (table->slot_count == 0)
        return MEMORY_TABLE_NONE;
    size_t mask = table->slot_count - 1;
    size_t place = table->hash(probe) & mask;
    for (; table->slots[place] != 0; place = (place + 1) & mask) {
        size_t number = table->slots[place] - 1;
        if (table->same_key(memory_table_row(table, number), probe))
            return number;
    }
    return MEMORY_TABLE_NONE;
}

static void slot_fill(struct memory_table *table, size_t number)
{
    size_t mask = table->slot_count - 1;
    size_t place = table->hash(memory_table_row(table, number)) & mask;

    while (table->slots[place] != 0)
        place = (place + 1) & mask;
    table->slots[place] = number + 1;
}

/* The newest row's: no other was placed behind it, so its slot can simply be
 * freed. */
static void slot_free(struct memory_table *table, size_t number)
{
    size_t mask = table->slot_count - 1;
    size_t place = table->hash(memory_table_row(table, number)) & mask;

    while (table->slots[place] != number + 1)
        place = (place + 1) & mask;
    table->slots[place] = 0;
}

/* At most half full, refilled in the order of the rows (see slot_free). */
static void slots_make_room(struct memory_table *table)
{
    if (table->count * 2 < table->slot_count)
        return;
    table->slot_count = table->slot_count == 0 ? 64 : table->slot_count * 2;
    table->slots = grow(table->slots, table->slot_count, sizeof *table->slots);
    memset(table->slots, 0, table->slot_count * sizeof *table->slots);
    for (size_t number = 0; number < table->count; number++)
        slot_fill(table, number);
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

size_t memory_table_add(struct memory_table *table,
        struct memory_journal *journal, const void *row)
{
    size_t number = table->count;

    assert(memory_table_find(table, row) == MEMORY_TABLE_NONE);

    if (number == table->capacity) {
        table->capacity = table->capacity == 0 ? 32 : table->capacity * 2;
        table->rows = grow(table->rows, table->capacity, table->row_bytes);
    }
    slots_make_room(table);
    memcpy(table->rows + number * table->row_bytes, row, table->row_bytes);
    table->count++;
    slot_fill(table, number);
    note_change(journal, table, number, NULL);
    return number;
}

void memory_table_set(struct memory_table *table,
        struct memory_journal *journal, size_t number, const void *row)
{
    void *place = table->rows + number * table->row_bytes;

    assert(number < table->count && table->same_key(place, row));

    note_change(journal, table, number, place);
    memcpy(place, row, table->row_bytes);
}

void memory_table_finish(struct memory_table *table)
{
    free(table->rows);
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

    if (change->before != NULL) {
        memcpy(table->rows + change->number * table->row_bytes, change->before,
                table->row_bytes);
        return;
    }
    slot_free(table, change->number);
    table->count--;
}

void memory_journal_close(struct memory_journal *journal, bool keep)
{
    journal->open = false;
    while (!keep && journal->count > 0)
        change_undo(&journal->changes[--journal->count]);
    arena_finish(&journal->arena);
    *journal = (struct memory_journal){0};
}
