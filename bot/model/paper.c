#include "bot/model/paper.h"

#include "bot/base/text.h"
#include "bot/model/category.h"

void string_list_add(struct string_list *list, size_t *capacity,
        struct arena *arena, const char *string)
{
    list->items = arena_grow(arena, list->items, list->count, capacity,
            sizeof *list->items);
    list->items[list->count++] = arena_string(arena, string);
}

bool string_list_has(const struct string_list *list, const char *string)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_same(list->items[i], string))
            return true;
    return false;
}

struct paper paper_empty(void)
{
    return (struct paper){
            .id = "",
            .title = "",
            .abstract = "",
            .comment = "",
            .journal_ref = "",
            .doi = "",
            .license = "",
            .affiliations_from = "",
            .code = "",
    };
}

static struct string_list copy_strings(struct arena *arena,
        const struct string_list *list)
{
    struct string_list copy = {.count = list->count};
    if (list->count == 0)
        return copy;
    copy.items = arena_array(arena, const char *, list->count);
    for (size_t i = 0; i < list->count; i++)
        copy.items[i] = arena_string(arena, list->items[i]);
    return copy;
}

static struct author_list copy_authors(struct arena *arena,
        const struct author_list *list)
{
    struct author_list copy = {.count = list->count, .more = list->more};
    if (list->count == 0)
        return copy;
    copy.items = arena_array(arena, struct author, list->count);
    for (size_t i = 0; i < list->count; i++)
        copy.items[i] = (struct author){
                .name = arena_string(arena, list->items[i].name),
                .affiliation = arena_string(arena, list->items[i].affiliation),
        };
    return copy;
}

struct paper paper_copy(struct arena *arena, const struct paper *paper)
{
    struct paper copy = *paper;
    copy.id = arena_string(arena, paper->id);
    copy.title = arena_string(arena, paper->title);
    copy.abstract = arena_string(arena, paper->abstract);
    copy.authors = copy_authors(arena, &paper->authors);
    copy.affiliations = copy_strings(arena, &paper->affiliations);
    copy.categories = copy_strings(arena, &paper->categories);
    copy.comment = arena_string(arena, paper->comment);
    copy.journal_ref = arena_string(arena, paper->journal_ref);
    copy.doi = arena_string(arena, paper->doi);
    copy.license = arena_string(arena, paper->license);
    copy.affiliations_from = arena_string(arena, paper->affiliations_from);
    copy.code = arena_string(arena, paper->code);
    return copy;
}

static bool same_strings(const struct string_list *a,
        const struct string_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_same(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool same_names(const struct author_list *a, const struct author_list *b)
{
    if (a->count != b->count || a->more != b->more)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_same(a->items[i].name, b->items[i].name))
            return false;
    return true;
}

static bool same_authors(const struct author_list *a,
        const struct author_list *b)
{
    if (!same_names(a, b))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_same(a->items[i].affiliation, b->items[i].affiliation))
            return false;
    return true;
}

bool paper_same_content(const struct paper *a, const struct paper *b)
{
    return text_same(a->id, b->id) && text_same(a->title, b->title) &&
            text_same(a->abstract, b->abstract) &&
            same_authors(&a->authors, &b->authors) &&
            same_strings(&a->affiliations, &b->affiliations) &&
            a->more_affiliations == b->more_affiliations &&
            text_same(a->affiliations_from, b->affiliations_from) &&
            text_same(a->code, b->code) &&
            same_strings(&a->categories, &b->categories) &&
            text_same(a->comment, b->comment) &&
            text_same(a->journal_ref, b->journal_ref) &&
            text_same(a->doi, b->doi) && text_same(a->license, b->license) &&
            a->withdrawn == b->withdrawn;
}

bool paper_in_category(const struct paper *paper, const char *code)
{
    for (size_t i = 0; i < paper->categories.count; i++)
        if (category_same(paper->categories.items[i], code))
            return true;
    return false;
}

struct civil_date paper_submitted(const struct paper *paper)
{
    const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

    if (paper->published_ms > 0)
        return civil_date_of_days(paper->published_ms / day_ms);
    return paper_id_month(paper->id);
}
