#include "store/memory.h"

#include <string.h>

static size_t batch_find(const struct memory_store *store, const char *category,
        struct civil_date date)
{
    return memory_table_find(&store->batches,
            &(struct memory_batch){
                    .batch = {.category = category, .date = date}});
}

static struct memory_batch batch_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_batch *)memory_table_row(&store->batches,
            number);
}

static struct memory_filing filing_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_filing *)memory_table_row(&store->filings,
            number);
}

/* Puts a batch between the newer and the older ones of its category. */
static void batch_link(struct memory_store *store, size_t number)
{
    struct memory_table *batches = &store->batches;
    struct memory_table *categories = &store->categories;
    struct memory_batch row = batch_at(store, number);
    struct memory_category category = {.category = row.batch.category,
            .newest = MEMORY_TABLE_NONE};
    size_t place = memory_table_find(categories, &category);

    if (place == MEMORY_TABLE_NONE)
        place = memory_table_add(categories, &store->journal, &category);
    category = *(const struct memory_category *)memory_table_row(categories,
            place);
    size_t newer = MEMORY_TABLE_NONE;
    row.older = category.newest;
    while (row.older != MEMORY_TABLE_NONE &&
            civil_date_compare(batch_at(store, row.older).batch.date,
                    row.batch.date) > 0) {
        newer = row.older;
        row.older = batch_at(store, newer).older;
    }
    memory_table_set(batches, &store->journal, number, &row);
    if (newer == MEMORY_TABLE_NONE) {
        category.newest = number;
        memory_table_set(categories, &store->journal, place, &category);
    } else {
        struct memory_batch before = batch_at(store, newer);
        before.older = number;
        memory_table_set(batches, &store->journal, newer, &before);
    }
}

static size_t batch_add(struct memory_store *store, const char *category,
        struct civil_date date)
{
    size_t number = memory_table_add(&store->batches, &store->journal,
            &(struct memory_batch){
                    .batch = {.category = arena_string(&store->arena, category),
                            .date = date,
                            .complaint = ""},
                    .first_filing = MEMORY_TABLE_NONE,
                    .last_filing = MEMORY_TABLE_NONE,
            });

    batch_link(store, number);
    return number;
}

/* The batch's number; one that was never put gets a row all the same. */
static size_t batch_find_or_add(struct memory_store *store,
        const char *category, struct civil_date date)
{
    size_t number = batch_find(store, category, date);

    return number != MEMORY_TABLE_NONE ? number
                                       : batch_add(store, category, date);
}

bool memory_batch_put(struct store *base, const struct batch *batch,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    size_t number = batch_find_or_add(store, batch->category, batch->date);
    struct memory_batch row = batch_at(store, number);
    const char *category = row.batch.category;

    row.known = true;
    row.batch = *batch;
    row.batch.category = category;
    row.batch.complaint = arena_string(&store->arena, batch->complaint);
    memory_table_set(&store->batches, &store->journal, number, &row);
    return true;
}

bool memory_batch_list(struct store *base, const char *category, size_t limit,
        struct arena *arena, struct batch_list *batches, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    const struct memory_table *categories = &store->categories;
    size_t capacity = 0;
    size_t place = memory_table_find(categories,
            &(struct memory_category){.category = category});
    size_t next = MEMORY_TABLE_NONE;

    *batches = (struct batch_list){0};
    category = arena_string(arena, category);
    if (place != MEMORY_TABLE_NONE)
        next = ((const struct memory_category *)memory_table_row(categories,
                        place))
                       ->newest;
    for (; next != MEMORY_TABLE_NONE && batches->count < limit;
            next = batch_at(store, next).older) {
        struct memory_batch row = batch_at(store, next);
        if (!row.known)
            continue;
        row.batch.category = category;
        row.batch.complaint = arena_string(arena, row.batch.complaint);
        batches->items = arena_grow(arena, batches->items, batches->count,
                &capacity, sizeof *batches->items);
        batches->items[batches->count++] = row.batch;
    }
    return true;
}

/* --- what is filed --- */

/* Appends to the batch's list and to the paper's. */
static void file_paper(struct memory_store *store, size_t batch_number,
        size_t paper_number, enum announce_type announce)
{
    struct memory_batch batch = batch_at(store, batch_number);
    struct memory_paper paper =
            *(const struct memory_paper *)memory_table_row(&store->papers,
                    paper_number);
    size_t number = memory_table_add(&store->filings, &store->journal,
            &(struct memory_filing){
                    .batch = batch_number,
                    .paper = {.paper_id = paper.paper.id,
                            .announce = announce,
                            .arrival = memory_signal_next_arrival(store)},
                    .next_of_batch = MEMORY_TABLE_NONE,
                    .previous_of_paper = paper.last_filing,
            });

    if (batch.last_filing == MEMORY_TABLE_NONE) {
        batch.first_filing = number;
    } else {
        struct memory_filing last = filing_at(store, batch.last_filing);
        last.next_of_batch = number;
        memory_table_set(&store->filings, &store->journal, batch.last_filing,
                &last);
    }
    batch.last_filing = number;
    memory_table_set(&store->batches, &store->journal, batch_number, &batch);
    paper.last_filing = number;
    memory_table_set(&store->papers, &store->journal, paper_number, &paper);
}

bool memory_batch_paper_add(struct store *base, const char *category,
        struct civil_date date, const char *paper_id,
        enum announce_type announce, bool *added, struct error *err)
{
    struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, paper_id);

    if (paper == MEMORY_TABLE_NONE)
        return error_set(err, ERROR_STOP,
                "batch of %s, paper %s: no such paper", category, paper_id);
    size_t batch = batch_find_or_add(store, category, date);
    struct memory_filing probe = {.batch = batch, .paper.paper_id = paper_id};
    *added = memory_table_find(&store->filings, &probe) == MEMORY_TABLE_NONE;
    if (*added)
        file_paper(store, batch, paper, announce);
    return true;
}

bool memory_batch_papers(struct store *base, const char *category,
        struct civil_date date, struct arena *arena,
        struct batch_paper_list *papers, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t batch = batch_find(store, category, date);
    size_t next = batch == MEMORY_TABLE_NONE
            ? MEMORY_TABLE_NONE
            : batch_at(store, batch).first_filing;
    size_t capacity = 0;

    *papers = (struct batch_paper_list){0};
    while (next != MEMORY_TABLE_NONE) {
        struct memory_filing filing = filing_at(store, next);
        papers->items = arena_grow(arena, papers->items, papers->count,
                &capacity, sizeof *papers->items);
        filing.paper.rose = memory_signal_rose(store,
                memory_paper_find(store, filing.paper.paper_id));
        filing.paper.paper_id = arena_string(arena, filing.paper.paper_id);
        papers->items[papers->count++] = filing.paper;
        next = filing.next_of_batch;
    }
    return true;
}

static bool is_replacement(enum announce_type announce)
{
    return announce == ANNOUNCE_REPLACE || announce == ANNOUNCE_REPLACE_CROSS;
}

bool memory_batch_seen(struct store *base, const char *category,
        const char *paper_id, enum announce_type announce, bool *seen,
        struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t paper = memory_paper_find(store, paper_id);
    size_t filing = MEMORY_TABLE_NONE;

    *seen = false;
    if (paper != MEMORY_TABLE_NONE)
        filing = ((const struct memory_paper *)memory_table_row(&store->papers,
                          paper))
                         ->last_filing;
    while (filing != MEMORY_TABLE_NONE && !*seen) {
        struct memory_filing row = filing_at(store, filing);
        struct memory_batch batch = batch_at(store, row.batch);
        *seen = batch.batch.state == BATCH_ANNOUNCED &&
                strcmp(batch.batch.category, category) == 0 &&
                is_replacement(row.paper.announce) == is_replacement(announce);
        filing = row.previous_of_paper;
    }
    return true;
}

bool memory_batch_arrival(struct store *base, int64_t *arrival,
        struct error *err)
{
    (void)err;
    *arrival = memory_signal_arrival(memory_of(base));
    return true;
}
