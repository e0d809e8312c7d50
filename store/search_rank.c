#include "store/search_rank.h"

enum {
    POINTS_TITLED = 6,
    POINTS_AS_TYPED = 1, /* besides, where a title has the word's own form */
    POINTS_EACH_MAX = 3, /* one for each time that it stands elsewhere */
    POINTS_SIDE_TITLED = 4,
    POINTS_SIDE = 2,
};

struct looking {
    const struct search_plan *plan;
    bool titled;
    search_places_fn *places;
    void *ctx;
};

struct places {
    int items[SEARCH_PLACES_MAX];
    size_t count;
};

static struct places places_of(const struct looking *looking,
        const struct search_phrase *phrase)
{
    struct places places = {.count = 0};
    looking->places(looking->ctx, phrase, places.items, &places.count);
    return places;
}

/* How often a way stands: as often as the rarest of its phrases. */
static size_t times(const struct looking *looking, const struct search_way *way)
{
    size_t least = SEARCH_PLACES_MAX;
    for (size_t i = 0; i < way->count && least > 0; i++) {
        size_t count = places_of(looking, &way->phrases[i]).count;
        least = count < least ? count : least;
    }
    return least;
}

static size_t most_times(const struct looking *looking,
        const struct search_ways *ways)
{
    size_t most = 0;
    for (size_t i = 0; i < ways->count && most < POINTS_EACH_MAX; i++) {
        size_t count = times(looking, &ways->items[i]);
        most = count > most ? count : most;
    }
    return most < POINTS_EACH_MAX ? most : POINTS_EACH_MAX;
}

static bool is_titled(const struct looking *looking,
        const struct search_clause *clause)
{
    return looking->titled ||
            (!clause->prefix && most_times(looking, &clause->titled) > 0);
}

static int titled_points(const struct looking *looking,
        const struct search_clause *clause)
{
    return times(looking, &clause->titled.items[0]) > 0
            ? POINTS_TITLED + POINTS_AS_TYPED
            : POINTS_TITLED;
}

static bool follows(const struct places *first, size_t length,
        const struct places *second)
{
    for (size_t i = 0; i < first->count; i++)
        for (size_t j = 0; j < second->count; j++)
            if (first->items[i] + (int)length == second->items[j])
                return true;
    return false;
}

static bool any_follows(const struct looking *looking,
        const struct search_phrase *phrase, const struct search_ways *ways)
{
    struct places first = places_of(looking, phrase);
    for (size_t i = 0; first.count > 0 && i < ways->count; i++) {
        if (ways->items[i].count > 1)
            continue;
        struct places second = places_of(looking, &ways->items[i].phrases[0]);
        if (follows(&first, phrase->count, &second))
            return true;
    }
    return false;
}

static bool side_by_side(const struct looking *looking,
        const struct search_ways *ones, const struct search_ways *others)
{
    for (size_t i = 0; i < ones->count; i++)
        if (ones->items[i].count == 1 &&
                any_follows(looking, &ones->items[i].phrases[0], others))
            return true;
    return false;
}

static int pair_points(const struct looking *looking,
        const struct search_clause *one, bool one_titled,
        const struct search_clause *other, bool other_titled)
{
    if (one_titled && other_titled)
        return side_by_side(looking, &one->titled, &other->titled)
                ? POINTS_SIDE_TITLED
                : 0;
    return side_by_side(looking, &one->anywhere, &other->anywhere) ? POINTS_SIDE
                                                                   : 0;
}

int search_rank_of(const struct search_plan *plan, bool titled,
        search_places_fn *places, void *ctx)
{
    const struct looking looking = {plan, titled, places, ctx};
    const struct search_clause *before = NULL;
    bool before_titled = false;
    int points = 0;

    for (size_t i = 0; i < plan->count; i++) {
        const struct search_clause *clause = &plan->clauses[i];
        if (!clause->words || clause->negated)
            continue;
        bool here = is_titled(&looking, clause);
        points += here ? titled_points(&looking, clause)
                       : (int)most_times(&looking, &clause->anywhere);
        if (before != NULL)
            points +=
                    pair_points(&looking, before, before_titled, clause, here);
        before = clause;
        before_titled = here;
    }
    return points;
}
