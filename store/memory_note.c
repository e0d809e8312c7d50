#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

static struct memory_paper paper_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_paper *)memory_table_row(&store->papers,
            number);
}

/* --- notes --- */

/* Appends to the paper's list. */
static void note_add(struct memory_store *store, size_t paper_number,
        struct memory_note *row)
{
    struct memory_paper paper = paper_at(store, paper_number);

    row->previous_of_paper = paper.last_note;
    paper.last_note = memory_table_add(&store->notes, &store->journal, row);
    memory_table_set(&store->papers, &store->journal, paper_number, &paper);
}

bool memory_note_put(struct store *base, const struct note *note,
        int64_t now_ms, struct error *err)
{
    struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, note->paper_id);

    if (paper == MEMORY_TABLE_NONE)
        return error_set(err, ERROR_STOP, "note of paper %s: no such paper",
                note->paper_id);
    struct memory_note row = {.note = note_copy(&store->arena, note)};
    row.note.written_ms = now_ms;
    size_t number = memory_table_find(&store->notes, &row);
    if (number == MEMORY_TABLE_NONE) {
        note_add(store, paper, &row);
        return true;
    }
    row.previous_of_paper =
            ((const struct memory_note *)memory_table_row(&store->notes,
                     number))
                    ->previous_of_paper;
    memory_table_set(&store->notes, &store->journal, number, &row);
    return true;
}

static int note_order(const void *a, const void *b)
{
    const struct note *one = a, *other = b;
    return strcmp(one->language, other->language);
}

bool memory_note_list(struct store *base, const char *paper_id,
        struct arena *arena, struct note_list *notes, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, paper_id);
    size_t number = paper == MEMORY_TABLE_NONE
            ? MEMORY_TABLE_NONE
            : paper_at(store, paper).last_note;
    size_t capacity = 0;

    *notes = (struct note_list){0};
    while (number != MEMORY_TABLE_NONE) {
        const struct memory_note *row = memory_table_row(&store->notes, number);
        notes->items = arena_grow(arena, notes->items, notes->count, &capacity,
                sizeof *notes->items);
        notes->items[notes->count++] = note_copy(arena, &row->note);
        number = row->previous_of_paper;
    }
    if (notes->count > 1)
        qsort(notes->items, notes->count, sizeof *notes->items, note_order);
    return true;
}

/* --- attempts --- */

bool memory_note_attempt_put(struct store *base,
        const struct note_attempt *attempt, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct arena *arena = &store->arena;

    if (memory_paper_find(store, attempt->paper_id) == MEMORY_TABLE_NONE)
        return error_set(err, ERROR_STOP,
                "attempt at a note of paper %s: no such paper",
                attempt->paper_id);
    struct memory_attempt row = {.attempt = *attempt};
    row.attempt.paper_id = arena_string(arena, attempt->paper_id);
    row.attempt.language = arena_string(arena, attempt->language);
    row.attempt.writer = arena_string(arena, attempt->writer);
    row.attempt.prompt = arena_string(arena, attempt->prompt);
    row.attempt.flaw = arena_string(arena, attempt->flaw);
    memory_table_put(&store->attempts, &store->journal, &row);
    return true;
}

bool memory_note_attempt_get(struct store *base, const struct note_attempt *key,
        struct arena *arena, struct note_attempt **attempt, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->attempts;
    const struct memory_attempt probe = {.attempt = *key};
    size_t number = memory_table_find(table, &probe);

    *attempt = NULL;
    if (number == MEMORY_TABLE_NONE)
        return true;
    const struct memory_attempt *row = memory_table_row(table, number);
    *attempt = arena_new(arena, struct note_attempt);
    **attempt = row->attempt;
    (*attempt)->paper_id = arena_string(arena, row->attempt.paper_id);
    (*attempt)->language = arena_string(arena, row->attempt.language);
    (*attempt)->writer = arena_string(arena, row->attempt.writer);
    (*attempt)->prompt = arena_string(arena, row->attempt.prompt);
    (*attempt)->flaw = arena_string(arena, row->attempt.flaw);
    return true;
}
