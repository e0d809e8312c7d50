#include "bot/planning/plan_covered.h"

#include <stdlib.h>
#include <string.h>

/* The order in which the store lists them. */
static int compare_covered(const void *a, const void *b)
{
    const struct covered_batch *x = a, *y = b;
    int order = strcmp(x->category, y->category);

    return order != 0 ? order : civil_date_compare(y->date, x->date);
}

static int compare_covered_categories(const void *a, const void *b)
{
    const struct covered_batch *x = a, *y = b;

    return strcmp(x->category, y->category);
}

const struct covered_batch *
plan_covered_find(const struct covered_list *covered, const char *category,
        struct civil_date date)
{
    const struct covered_batch probe = {.category = category, .date = date};

    return covered->count == 0 ? NULL
                               : bsearch(&probe, covered->items, covered->count,
                                         sizeof probe, compare_covered);
}

bool plan_covered_has(const struct covered_list *covered, const char *category)
{
    const struct covered_batch probe = {.category = category};

    return covered->count > 0 &&
            bsearch(&probe, covered->items, covered->count, sizeof probe,
                    compare_covered_categories) != NULL;
}

struct covered_list plan_covered_join(const struct covered_list *first,
        const struct covered_list *second, struct arena *arena)
{
    struct covered_list sorted = {arena_array(arena, struct covered_batch,
                                          first->count + second->count),
            first->count};
    struct covered_list all = sorted;

    for (size_t i = 0; i < first->count; i++)
        sorted.items[i] = first->items[i];
    if (sorted.count > 0)
        qsort(sorted.items, sorted.count, sizeof *sorted.items,
                compare_covered);
    for (size_t i = 0; i < second->count; i++)
        if (plan_covered_find(&sorted, second->items[i].category,
                    second->items[i].date) == NULL)
            all.items[all.count++] = second->items[i];
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_covered);
    return all;
}
