/*
 * memory_table.h - rows of one kind, found by their key, that can be taken back.
 *
 * Rows are numbered from 0 in the order they came; the number of one that was
 * removed is not given again.  While the journal is open, every change is noted
 * there, so that a transaction is taken back by undoing its changes backwards.
 * What rows point at lives in the store's arena and is not freed before it.
 */
#ifndef STORE_MEMORY_TABLE_H
#define STORE_MEMORY_TABLE_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory_table {
    char *rows;
    bool *there;  /* false: the row was removed */
    size_t count; /* of the numbers given: also those removed */
    size_t capacity, row_bytes;
    size_t *slots; /* hash table of row numbers + 1; see memory_table.c */
    size_t slot_count, slots_used;
    uint64_t (*hash)(const void *row); /* of the key */
    bool (*same_key)(const void *a, const void *b);
};

struct memory_change;

struct memory_journal {
    bool open;
    struct memory_change *changes;
    size_t count, capacity;
    struct arena arena; /* of one transaction */
};

#define MEMORY_TABLE_NONE SIZE_MAX

/* The number of the row with the probe's key, or MEMORY_TABLE_NONE. */
size_t memory_table_find(const struct memory_table *table, const void *probe);

/* Moves *number on to the first row from there on that was not removed; false if
 * there is none:
 *
 *     for (size_t i = 0; memory_table_next(table, &i); i++)
 */
bool memory_table_next(const struct memory_table *table, size_t *number);

/* False if there was never such a number, or its row was removed. */
bool memory_table_has(const struct memory_table *table, size_t number);

/* A row, to read; valid until the next add. */
const void *memory_table_row(const struct memory_table *table, size_t number);

/* Adds a copy of a row whose key is new; returns its number. */
size_t memory_table_add(struct memory_table *table,
        struct memory_journal *journal, const void *row);

/* Replaces a row by a copy of one whose key is the same or new. */
void memory_table_set(struct memory_table *table,
        struct memory_journal *journal, size_t number, const void *row);

/* Adds the row, or puts it in the place of the one with its key. */
void memory_table_put(struct memory_table *table,
        struct memory_journal *journal, const void *row);

void memory_table_remove(struct memory_table *table,
        struct memory_journal *journal, size_t number);

void memory_table_finish(struct memory_table *table);

void memory_journal_open(struct memory_journal *journal);
/* Ends the transaction; every change since the opening stands, or none. */
void memory_journal_close(struct memory_journal *journal, bool keep);

/* For hash functions: start with MEMORY_HASH_START, add each part of the key. */
#define MEMORY_HASH_START UINT64_C(14695981039346656037) /* FNV-1a, 64 bits */
uint64_t memory_hash_text(uint64_t hash, const char *text);
uint64_t memory_hash_number(uint64_t hash, int64_t number);

#endif
