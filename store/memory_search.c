#include "store/memory.h"
#include "store/search_plan.h"
#include "store/search_text.h"

#include <stdlib.h>
#include <string.h>

struct hit {
    const char *id;
    int64_t row;
    bool titled;
};

static bool phrase_stands(const char *text, const struct search_phrase *phrase,
        struct arena *arena)
{
    const char *sought = arena_format(arena, " %s%s", phrase->tokens,
            phrase->prefix ? "" : " ");
    return strstr(text, sought) != NULL;
}

static bool any_stands(const char *text, const struct search_phrase *phrases,
        size_t count, struct arena *arena)
{
    for (size_t i = 0; i < count; i++)
        if (phrase_stands(text, &phrases[i], arena))
            return true;
    return false;
}

static bool text_fits(const char *text, const struct search_plan *plan,
        struct arena *arena)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct search_clause *clause = &plan->clauses[i];
        if (any_stands(text, clause->phrases, clause->count, arena) ==
                clause->negated)
            return false;
    }
    return true;
}

static bool titles_fit(const char *text, const struct search_plan *plan,
        struct arena *arena)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct search_clause *clause = &plan->clauses[i];
        if (clause->words && !clause->negated &&
                !any_stands(text, clause->titled, clause->count, arena))
            return false;
    }
    return plan->words;
}

static bool look_at(struct memory_store *store, size_t number,
        const struct search_plan *plan, struct hit *hit, bool *fits,
        struct error *err)
{
    struct arena arena = {0};
    const struct paper *paper =
            &((const struct memory_paper *)memory_table_row(&store->papers,
                      number))
                     ->paper;
    struct note_list notes;
    if (!memory_paper_notes(&store->store, paper->id, &arena, &notes, err))
        return false;
    const char *text = search_text_of(&arena, paper, &notes);
    *hit = (struct hit){
            .id = paper->id,
            .row = search_text_row(paper, (int64_t)number),
            .titled = titles_fit(text, plan, &arena),
    };
    *fits = hit->row >= plan->first_row && hit->row <= plan->last_row &&
            text_fits(text, plan, &arena);
    arena_finish(&arena);
    return true;
}

static int best_first(const void *a, const void *b)
{
    const struct hit *one = a, *other = b;
    if (one->titled != other->titled)
        return one->titled ? -1 : 1;
    return one->row > other->row ? -1 : 1;
}

static void tell(const struct hit *hits, size_t count,
        const struct search_query *query, struct arena *arena,
        struct search_result *result)
{
    result->more = count > SEARCH_TOTAL_MAX;
    result->total = result->more ? SEARCH_TOTAL_MAX : count;
    for (size_t i = query->offset;
            i < result->total && result->count < query->limit; i++) {
        if (result->ids == NULL)
            result->ids = arena_array(arena, const char *, result->total);
        result->ids[result->count++] = arena_string(arena, hits[i].id);
    }
}

bool memory_search(struct store *base, const struct search_query *query,
        struct arena *arena, struct search_result *result, struct error *err)
{
    struct memory_store *store = memory_of(base);
    struct arena own = {0};
    struct search_plan plan;
    size_t count = 0;

    *result = (struct search_result){0};
    bool done = search_plan_make(query, &own, &plan, err);
    struct hit *hits = arena_array(&own, struct hit, store->papers.count + 1);
    for (size_t i = 0; done && i < store->papers.count; i++) {
        bool fits = false;
        done = look_at(store, i, &plan, &hits[count], &fits, err);
        count += fits;
    }
    if (done) {
        qsort(hits, count, sizeof *hits, best_first);
        tell(hits, count, query, arena, result);
    }
    arena_finish(&own);
    return done;
}
