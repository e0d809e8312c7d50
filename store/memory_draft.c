#include "store/memory.h"

#include <string.h>

bool memory_draft_names(const struct draft *draft, const char *person)
{
    for (size_t i = 0; i < draft->curators.count; i++)
        if (strcmp(draft->curators.items[i], person) == 0)
            return true;
    return false;
}

/* A deep copy, without curators of that name and with each of the others
 * once. */
static struct draft draft_copy(struct arena *arena, const struct draft *draft,
        const char *without)
{
    struct draft copy = *draft;
    size_t capacity = 0;

    copy.occasion = arena_string(arena, draft->occasion);
    copy.curators = (struct string_list){0};
    for (size_t i = 0; i < draft->curators.count; i++) {
        const char *person = draft->curators.items[i];
        if (!memory_draft_names(&copy, person) &&
                (without == NULL || strcmp(person, without) != 0))
            string_list_add(&copy.curators, &capacity, arena, person);
    }
    copy.covered.items =
            arena_array(arena, struct covered_batch, draft->covered.count);
    for (size_t i = 0; i < draft->covered.count; i++) {
        copy.covered.items[i] = draft->covered.items[i];
        copy.covered.items[i].category =
                arena_string(arena, draft->covered.items[i].category);
    }
    copy.papers = arena_array(arena, struct draft_paper, draft->count);
    for (size_t i = 0; i < draft->count; i++) {
        copy.papers[i] = draft->papers[i];
        copy.papers[i].paper_id =
                arena_string(arena, draft->papers[i].paper_id);
        copy.papers[i].tag = arena_string(arena, draft->papers[i].tag);
        copy.papers[i].text = arena_string(arena, draft->papers[i].text);
    }
    return copy;
}

bool memory_draft_put(struct store *base, const struct draft *draft,
        struct error *err)
{
    struct memory_store *store = memory_of(base);

    if (!memory_channel_known(store, draft->channel_id, err))
        return false;
    for (size_t i = 0; i < draft->count; i++)
        if (memory_paper_find(store, draft->papers[i].paper_id) ==
                MEMORY_TABLE_NONE)
            return error_set(err, ERROR_STOP,
                    "draft of channel %lld, paper %s: no such paper",
                    (long long)draft->channel_id, draft->papers[i].paper_id);
    memory_table_put(&store->drafts, &store->journal,
            &(struct memory_draft){draft_copy(&store->arena, draft, NULL)});
    return true;
}

bool memory_draft_get(struct store *base, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err)
{
    (void)err;
    const struct memory_table *table = &memory_of(base)->drafts;
    size_t number = memory_table_find(table,
            &(struct memory_draft){
                    {.channel_id = channel_id, .occasion = occasion}});

    *draft = NULL;
    if (number == MEMORY_TABLE_NONE)
        return true;
    const struct memory_draft *row = memory_table_row(table, number);
    *draft = arena_new(arena, struct draft);
    **draft = draft_copy(arena, &row->draft, NULL);
    return true;
}

void memory_draft_forget(struct memory_store *store, int64_t channel_id,
        const char *person)
{
    for (size_t i = 0; memory_table_next(&store->drafts, &i); i++) {
        const struct memory_draft *row = memory_table_row(&store->drafts, i);
        if (row->draft.channel_id != channel_id ||
                !memory_draft_names(&row->draft, person))
            continue;
        memory_table_set(&store->drafts, &store->journal, i,
                &(struct memory_draft){
                        draft_copy(&store->arena, &row->draft, person)});
    }
}
