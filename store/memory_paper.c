#include "store/memory.h"
#include "store/paper_change.h"

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
