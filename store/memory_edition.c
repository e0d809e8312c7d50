#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

static struct memory_edition edition_at(const struct memory_store *store,
        size_t number)
{
    return *(const struct memory_edition *)memory_table_row(&store->editions,
            number);
}

static const struct memory_edition_paper *
paper_at(const struct memory_store *store, size_t number)
{
    return memory_table_row(&store->edition_papers, number);
}

static size_t edition_find(const struct memory_store *store, int64_t channel_id,
        const char *occasion)
{
    return memory_table_find(&store->editions,
            &(struct memory_edition){.edition = {.channel_id = channel_id,
                                             .occasion = occasion}});
}

static size_t paper_find(const struct memory_store *store, int64_t channel_id,
        const char *paper_id)
{
    return memory_table_find(&store->edition_papers,
            &(struct memory_edition_paper){.channel_id = channel_id,
                    .paper.paper_id = paper_id});
}

static void add_paper(struct memory_store *store, int64_t channel_id,
        size_t edition, size_t position, const struct edition_paper *paper)
{
    if (paper_find(store, channel_id, paper->paper_id) != MEMORY_TABLE_NONE)
        return;
    memory_table_add(&store->edition_papers, &store->journal,
            &(struct memory_edition_paper){.channel_id = channel_id,
                    .edition = edition,
                    .position = position,
                    .paper = {.paper_id = arena_string(&store->arena,
                                      paper->paper_id),
                            .tag = arena_string(&store->arena, paper->tag),
                            .top = paper->top,
                            .news = {.venue = "", .languages = ""}}});
}

bool memory_edition_put(struct store *base, const struct edition *edition,
        struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, edition->channel_id, err))
        return false;
    for (size_t i = 0; i < edition->count; i++)
        if (memory_paper_find(store, edition->papers[i].paper_id) ==
                MEMORY_TABLE_NONE)
            return error_set(err, ERROR_STOP,
                    "edition of channel %lld, paper %s: no such paper",
                    (long long)edition->channel_id,
                    edition->papers[i].paper_id);
    if (edition_find(store, edition->channel_id, edition->occasion) !=
            MEMORY_TABLE_NONE)
        return true;
    struct memory_edition row = {.edition = *edition};
    row.edition.occasion = arena_string(&store->arena, edition->occasion);
    row.edition.papers = NULL;
    row.edition.count = 0;
    size_t number = memory_table_add(&store->editions, &store->journal, &row);
    for (size_t i = 0; i < edition->count; i++)
        add_paper(store, edition->channel_id, number, i, &edition->papers[i]);
    return true;
}

/* Papers are added in their order, and stay so. */
bool memory_edition_get(struct store *base, int64_t channel_id,
        const char *occasion, struct arena *arena, struct edition **edition,
        struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t number = edition_find(store, channel_id, occasion), capacity = 0;

    *edition = NULL;
    if (number == MEMORY_TABLE_NONE)
        return true;
    struct edition *found = arena_new(arena, struct edition);
    *found = edition_at(store, number).edition;
    found->occasion = arena_string(arena, occasion);
    for (size_t i = 0; memory_table_next(&store->edition_papers, &i); i++) {
        const struct memory_edition_paper *row = paper_at(store, i);
        if (row->edition != number)
            continue;
        found->papers = arena_grow(arena, found->papers, found->count,
                &capacity, sizeof *found->papers);
        struct edition_paper *paper = &found->papers[found->count++];
        *paper = row->paper;
        paper->paper_id = arena_string(arena, row->paper.paper_id);
        paper->tag = arena_string(arena, row->paper.tag);
        paper->news.venue = arena_string(arena, row->paper.news.venue);
        paper->news.languages = arena_string(arena, row->paper.news.languages);
    }
    *edition = found;
    return true;
}

bool memory_edition_holds(struct store *base, const char *paper_id, bool *holds,
        struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);

    *holds = false;
    for (size_t id = 1; id <= store->channels.count && !*holds; id++)
        *holds = paper_find(store, (int64_t)id, paper_id) != MEMORY_TABLE_NONE;
    return true;
}

static void set_pending(struct memory_store *store, size_t number, bool pending)
{
    struct memory_edition edition = edition_at(store, number);

    edition.pending = pending;
    memory_table_set(&store->editions, &store->journal, number, &edition);
}

bool memory_edition_change(struct store *base, const char *paper_id,
        const struct edition_news *news, struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);

    for (size_t id = 1; id <= store->channels.count; id++) {
        size_t number = paper_find(store, (int64_t)id, paper_id);
        if (number == MEMORY_TABLE_NONE)
            continue;
        struct memory_edition_paper row = *paper_at(store, number);
        row.paper.news =
                edition_news_join(row.paper.news, *news, &store->arena);
        row.paper.news.venue =
                arena_string(&store->arena, row.paper.news.venue);
        row.paper.news.languages =
                arena_string(&store->arena, row.paper.news.languages);
        memory_table_set(&store->edition_papers, &store->journal, number, &row);
        set_pending(store, row.edition, true);
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    const char *const *one = a, *const *other = b;
    return strcmp(*one, *other);
}

bool memory_edition_pending(struct store *base, int64_t channel_id,
        struct arena *arena, struct string_list *occasions, struct error *err)
{
    (void)err;
    const struct memory_store *store = memory_of(base);
    size_t capacity = 0;

    *occasions = (struct string_list){0};
    for (size_t i = 0; memory_table_next(&store->editions, &i); i++) {
        struct memory_edition row = edition_at(store, i);
        if (row.pending && row.edition.channel_id == channel_id)
            string_list_add(occasions, &capacity, arena, row.edition.occasion);
    }
    if (occasions->count > 1)
        qsort(occasions->items, occasions->count, sizeof *occasions->items,
                by_text);
    return true;
}

/* Of the edition's papers: no note of theirs is news any more. */
static void settle_notes(struct memory_store *store, size_t number)
{
    const unsigned passing = EDITION_NOTES | EDITION_DETAILS;

    for (size_t i = 0; memory_table_next(&store->edition_papers, &i); i++) {
        struct memory_edition_paper row = *paper_at(store, i);
        if (row.edition != number || (row.paper.news.changes & passing) == 0)
            continue;
        row.paper.news.changes &= ~passing;
        row.paper.news.languages = "";
        row.paper.news.noted_ms = 0;
        memory_table_set(&store->edition_papers, &store->journal, i, &row);
    }
}

bool memory_edition_settle(struct store *base, int64_t channel_id,
        const char *occasion, struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    size_t number = edition_find(store, channel_id, occasion);

    if (number == MEMORY_TABLE_NONE)
        return true;
    set_pending(store, number, false);
    settle_notes(store, number);
    return true;
}
