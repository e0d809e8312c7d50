#include "store/memory.h"
#include "store/search_plan.h"
#include "store/search_rank.h"
#include "store/search_text.h"

#include <stdlib.h>
#include <string.h>

struct hit {
    const char *id;
    int64_t row;
    bool titled;
    int rank;
};

/* A text, cut into its tokens. */
struct tokens {
    const char **items;
    size_t count;
};

static struct tokens cut(struct arena *arena, const char *text)
{
    struct tokens tokens = {
            .items = arena_array(arena, const char *, strlen(text) / 2 + 1)};
    while (*(text += strspn(text, " ")) != '\0') {
        tokens.items[tokens.count++] = text;
        text += strcspn(text, " ");
    }
    return tokens;
}

static bool stands_at(const struct tokens *text, size_t at,
        const struct search_phrase *phrase)
{
    size_t length = strlen(phrase->tokens);
    return at + phrase->count <= text->count &&
            strncmp(text->items[at], phrase->tokens, length) == 0 &&
            (phrase->prefix || text->items[at][length] == ' ');
}

static void places_in(void *ctx, const struct search_phrase *phrase,
        int places[SEARCH_PLACES_MAX], size_t *count)
{
    const struct tokens *text = ctx;
    for (size_t i = 0; i < text->count && *count < SEARCH_PLACES_MAX; i++)
        if (stands_at(text, i, phrase))
            places[(*count)++] = (int)i;
}

static bool phrase_stands(const char *text, const struct search_phrase *phrase,
        struct arena *arena)
{
    const char *sought = arena_format(arena, " %s%s", phrase->tokens,
            phrase->prefix ? "" : " ");
    return strstr(text, sought) != NULL;
}

static bool way_stands(const char *text, const struct search_way *way,
        struct arena *arena)
{
    for (size_t i = 0; i < way->count; i++)
        if (!phrase_stands(text, &way->phrases[i], arena))
            return false;
    return true;
}

static bool any_stands(const char *text, const struct search_ways *ways,
        struct arena *arena)
{
    for (size_t i = 0; i < ways->count; i++)
        if (way_stands(text, &ways->items[i], arena))
            return true;
    return false;
}

static bool text_fits(const char *text, const struct search_plan *plan,
        struct arena *arena)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct search_clause *clause = &plan->clauses[i];
        if (any_stands(text, &clause->anywhere, arena) == clause->negated)
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
                !any_stands(text, &clause->titled, arena))
            return false;
    }
    return plan->words;
}

static void rank(const char *text, const struct search_plan *plan,
        struct arena *arena, struct hit *hit)
{
    struct tokens tokens = cut(arena, text);
    hit->titled = titles_fit(text, plan, arena);
    hit->rank = search_rank_of(plan, hit->titled, places_in, &tokens);
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
    if (!memory_note_list(&store->store, paper->id, &arena, &notes, err))
        return false;
    const char *text = search_text_of(&arena, paper, &notes);
    *hit = (struct hit){
            .id = paper->id,
            .row = search_text_row(paper, (int64_t)number),
    };
    *fits = hit->row >= plan->first_row && hit->row <= plan->last_row &&
            text_fits(text, plan, &arena);
    if (*fits)
        rank(text, plan, &arena, hit);
    arena_finish(&arena);
    return true;
}

static int by_title(const void *a, const void *b)
{
    const struct hit *one = a, *other = b;
    if (one->titled != other->titled)
        return one->titled ? -1 : 1;
    return one->row > other->row ? -1 : 1;
}

static int best_first(const void *a, const void *b)
{
    const struct hit *one = a, *other = b;
    if (one->titled != other->titled || one->rank == other->rank)
        return by_title(a, b);
    return one->rank > other->rank ? -1 : 1;
}

/* Those that are reached at all are the newest. */
static void put_in_order(struct hit *hits, size_t count)
{
    qsort(hits, count, sizeof *hits, by_title);
    qsort(hits, count < SEARCH_TOTAL_MAX ? count : SEARCH_TOTAL_MAX,
            sizeof *hits, best_first);
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
        put_in_order(hits, count);
        tell(hits, count, query, arena, result);
    }
    arena_finish(&own);
    return done;
}
