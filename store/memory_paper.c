#include "store/memory.h"
#include "store/paper_change.h"

#include <stdlib.h>
#include <string.h>

size_t memory_paper_find(const struct memory_store *store, const char *id)
{
    return memory_table_find(&store->papers,
            &(struct memory_paper){.paper.id = id});
}

static struct memory_paper paper_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_paper *)memory_table_row(&store->papers,
            number);
}

bool memory_paper_put(struct store *base, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err)
{
    (void)now_ms;
    (void)err;
    struct memory_store *store = memory_of(base);
    size_t number = memory_paper_find(store, paper->id);

    if (number == MEMORY_TABLE_NONE) {
        *change = STORE_NEW;
        memory_table_add(&store->papers, &store->journal,
                &(struct memory_paper){
                        .paper = paper_copy(&store->arena, paper),
                        .last_filing = MEMORY_TABLE_NONE,
                        .last_note = MEMORY_TABLE_NONE,
                        .last_signal = MEMORY_TABLE_NONE,
                });
        return true;
    }
    struct memory_paper row = paper_at(store, number);
    struct paper merged = paper_merge(&row.paper, paper);
    *change = paper_change(&row.paper, &merged);
    if (*change != STORE_UNCHANGED)
        row.paper = paper_copy(&store->arena, &merged);
    row.paper.published_ms = merged.published_ms;
    row.paper.updated_ms = merged.updated_ms;
    memory_table_set(&store->papers, &store->journal, number, &row);
    return true;
}

bool memory_paper_get(struct store *base, const char *id, struct arena *arena,
        struct paper **paper, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t number = memory_paper_find(store, id);

    *paper = NULL;
    if (number != MEMORY_TABLE_NONE) {
        struct memory_paper row = paper_at(store, number);
        *paper = arena_new(arena, struct paper);
        **paper = paper_copy(arena, &row.paper);
    }
    return true;
}

/* --- notes --- */

static struct note note_copy(struct arena *arena, const struct note *note)
{
    return (struct note){
            .paper_id = arena_string(arena, note->paper_id),
            .language = arena_string(arena, note->language),
            .title = arena_string(arena, note->title),
            .heading = arena_string(arena, note->heading),
            .digest = arena_string(arena, note->digest),
            .writer = arena_string(arena, note->writer),
    };
}

/* Appends to the paper's list. */
static void note_add(struct memory_store *store, size_t paper_number,
        struct memory_note *row)
{
    struct memory_paper paper = paper_at(store, paper_number);

    row->previous_of_paper = paper.last_note;
    paper.last_note = memory_table_add(&store->notes, &store->journal, row);
    memory_table_set(&store->papers, &store->journal, paper_number, &paper);
}

bool memory_paper_note_put(struct store *base, const struct note *note,
        int64_t now_ms, struct error *err)
{
    (void)now_ms;
    struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, note->paper_id);

    if (paper == MEMORY_TABLE_NONE)
        return error_set(err, ERROR_STOP, "note of paper %s: no such paper",
                note->paper_id);
    struct memory_note row = {.note = note_copy(&store->arena, note)};
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

bool memory_paper_notes(struct store *base, const char *paper_id,
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
