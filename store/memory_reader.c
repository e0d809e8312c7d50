#include "store/memory.h"

#include <stdlib.h>
#include <string.h>

static bool paper_known(const struct memory_store *store, const char *id,
        struct error *err)
{
    return memory_paper_find(store, id) != MEMORY_TABLE_NONE ||
            error_set(err, ERROR_STOP, "paper %s: no such paper", id);
}

/* --- votes --- */

bool memory_reader_vote_put(struct store *base, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct memory_vote row = {.channel_id = channel_id, .vote = *vote};

    if (!memory_channel_known(store, channel_id, err) ||
            !paper_known(store, vote->paper_id, err))
        return false;
    size_t number = memory_table_find(&store->votes, &row);
    *before = VOTE_NONE;
    if (number != MEMORY_TABLE_NONE)
        *before = ((const struct memory_vote *)memory_table_row(&store->votes,
                           number))
                          ->vote.value;
    if (vote->value == VOTE_NONE) {
        if (number != MEMORY_TABLE_NONE)
            memory_table_remove(&store->votes, &store->journal, number);
        return true;
    }
    row.vote.person = arena_string(&store->arena, vote->person);
    row.vote.paper_id = arena_string(&store->arena, vote->paper_id);
    memory_table_put(&store->votes, &store->journal, &row);
    return true;
}

static int newest_vote_first(const void *a, const void *b)
{
    const struct vote *one = a, *other = b;
    if (one->voted_ms != other->voted_ms)
        return one->voted_ms > other->voted_ms ? -1 : 1;
    int order = strcmp(one->person, other->person);
    return order != 0 ? order : strcmp(one->paper_id, other->paper_id);
}

bool memory_reader_vote_list(struct store *base, int64_t channel_id,
        size_t limit, struct arena *arena, struct vote_list *votes,
        struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->votes;
    size_t capacity = 0;

    *votes = (struct vote_list){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_vote *row = memory_table_row(table, i);
        if (row->channel_id != channel_id)
            continue;
        votes->items = arena_grow(arena, votes->items, votes->count, &capacity,
                sizeof *votes->items);
        struct vote *vote = &votes->items[votes->count++];
        *vote = row->vote;
        vote->person = arena_string(arena, row->vote.person);
        vote->paper_id = arena_string(arena, row->vote.paper_id);
    }
    if (votes->count > 1)
        qsort(votes->items, votes->count, sizeof *votes->items,
                newest_vote_first);
    if (votes->count > limit)
        votes->count = limit;
    return true;
}

/* --- saved papers --- */

static size_t saved_find(const struct memory_store *store, const char *account,
        const char *person, const char *paper_id)
{
    return memory_table_find(&store->saved,
            &(struct memory_saved){.account = account,
                    .person = person,
                    .saved.paper_id = paper_id});
}

bool memory_reader_saved_put(struct store *base, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!paper_known(store, saved->paper_id, err))
        return false;
    *added = saved_find(store, account, person, saved->paper_id) ==
            MEMORY_TABLE_NONE;
    if (*added)
        memory_table_add(&store->saved, &store->journal,
                &(struct memory_saved){
                        .account = arena_string(&store->arena, account),
                        .person = arena_string(&store->arena, person),
                        .saved = {.paper_id = arena_string(&store->arena,
                                          saved->paper_id),
                                .saved_ms = saved->saved_ms},
                });
    return true;
}

bool memory_reader_saved_drop(struct store *base, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err)
{
    (void)err;
    struct memory_store *store = memory_of(base);
    size_t number = saved_find(store, account, person, paper_id);

    *dropped = number != MEMORY_TABLE_NONE;
    if (*dropped)
        memory_table_remove(&store->saved, &store->journal, number);
    return true;
}

static int newest_saved_first(const void *a, const void *b)
{
    const struct saved_paper *one = a, *other = b;
    if (one->saved_ms != other->saved_ms)
        return one->saved_ms > other->saved_ms ? -1 : 1;
    return strcmp(one->paper_id, other->paper_id);
}

bool memory_reader_saved_list(struct store *base, const char *account,
        const char *person, struct arena *arena, struct saved_list *saved,
        struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->saved;
    size_t capacity = 0;

    *saved = (struct saved_list){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_saved *row = memory_table_row(table, i);
        if (strcmp(row->account, account) != 0 ||
                strcmp(row->person, person) != 0)
            continue;
        saved->items = arena_grow(arena, saved->items, saved->count, &capacity,
                sizeof *saved->items);
        saved->items[saved->count++] = (struct saved_paper){
                .paper_id = arena_string(arena, row->saved.paper_id),
                .saved_ms = row->saved.saved_ms,
        };
    }
    if (saved->count > 1)
        qsort(saved->items, saved->count, sizeof *saved->items,
                newest_saved_first);
    return true;
}

static int by_account(const void *a, const void *b)
{
    const struct person *one = a, *other = b;
    int order = strcmp(one->account, other->account);
    return order != 0 ? order : strcmp(one->id, other->id);
}

static bool has_person(const struct person_list *people,
        const struct person *person)
{
    for (size_t i = people->count; i-- > 0;)
        if (by_account(&people->items[i], person) == 0)
            return true;
    return false;
}

bool memory_reader_saved_people(struct store *base, struct arena *arena,
        struct person_list *people, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->saved;
    size_t capacity = 0;

    *people = (struct person_list){0};
    for (size_t i = 0; memory_table_next(table, &i); i++) {
        const struct memory_saved *row = memory_table_row(table, i);
        const struct person person = {row->account, row->person};
        if (has_person(people, &person))
            continue;
        people->items = arena_grow(arena, people->items, people->count,
                &capacity, sizeof *people->items);
        people->items[people->count++] =
                (struct person){arena_string(arena, person.account),
                        arena_string(arena, person.id)};
    }
    if (people->count > 1)
        qsort(people->items, people->count, sizeof *people->items, by_account);
    return true;
}

/* --- bookmarks --- */

bool memory_reader_bookmark_put(struct store *base, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms, struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, channel_id, err))
        return false;
    memory_table_put(&store->bookmarks, &store->journal,
            &(struct memory_bookmark){
                    .channel_id = channel_id,
                    .person = arena_string(&store->arena, person),
                    .text = arena_string(&store->arena, text),
                    .kept_ms = now_ms,
            });
    return true;
}

bool memory_reader_bookmark_get(struct store *base, int64_t channel_id,
        const char *person, struct arena *arena, char **text, struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->bookmarks;
    size_t number = memory_table_find(table,
            &(struct memory_bookmark){.channel_id = channel_id,
                    .person = person});

    *text = NULL;
    if (number != MEMORY_TABLE_NONE) {
        const struct memory_bookmark *row = memory_table_row(table, number);
        *text = arena_string(arena, row->text);
    }
    return true;
}
