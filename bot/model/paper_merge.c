#include "bot/base/text.h"
#include "bot/model/paper.h"

#include <string.h>

static const char *prefer(const char *first, const char *second)
{
    return *first != '\0' ? first : second;
}

/* arXiv's pages show links as "this https URL"; such a text does not replace the
 * same one with the links in it. */
static const char *prefer_linked(const char *first, const char *second)
{
    const char *place = strstr(first, "this http");
    size_t length = place == NULL ? 0 : (size_t)(place - first);

    if (place != NULL && strncmp(first, second, length) == 0 &&
            text_starts(second + length, "http"))
        return second;
    return prefer(first, second);
}

static bool lacks_links(const char *text)
{
    return strstr(text, "this https URL") != NULL ||
            strstr(text, "this http URL") != NULL;
}

bool paper_lacks_links(const struct paper *paper)
{
    return lacks_links(paper->abstract) || lacks_links(paper->comment);
}

static int64_t prefer_ms(int64_t first, int64_t second)
{
    return first != 0 ? first : second;
}

static bool knows_affiliations(const struct author_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (*list->items[i].affiliation != '\0')
            return true;
    return false;
}

static bool same_names(const struct author_list *a, const struct author_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_same(a->items[i].name, b->items[i].name))
            return false;
    return true;
}

/* A list that breaks off does not replace a longer one, nor do bare names
 * replace the same names with where they work. */
static struct author_list prefer_authors(const struct author_list *first,
        const struct author_list *second)
{
    if (first->count == 0)
        return *second;
    if (first->more && second->count > first->count)
        return *second;
    if (same_names(first, second) && knows_affiliations(second) &&
            !knows_affiliations(first))
        return *second;
    return *first;
}

/* Every field of first that is set, the rest from second. */
static struct paper overlay(const struct paper *first,
        const struct paper *second)
{
    bool affiliated = first->affiliations.count > 0;
    return (struct paper){
            .title = prefer(first->title, second->title),
            .abstract = prefer_linked(first->abstract, second->abstract),
            .authors = prefer_authors(&first->authors, &second->authors),
            .affiliations =
                    affiliated ? first->affiliations : second->affiliations,
            .more_affiliations = affiliated ? first->more_affiliations
                                            : second->more_affiliations,
            .affiliations_from = affiliated ? first->affiliations_from
                                            : second->affiliations_from,
            .categories = first->categories.count > 0 ? first->categories
                                                      : second->categories,
            .comment = prefer_linked(first->comment, second->comment),
            .journal_ref = prefer(first->journal_ref, second->journal_ref),
            .doi = prefer(first->doi, second->doi),
            .license = prefer(first->license, second->license),
            .code = prefer(first->code, second->code),
            .published_ms =
                    prefer_ms(first->published_ms, second->published_ms),
            .updated_ms = prefer_ms(first->updated_ms, second->updated_ms),
    };
}

struct paper paper_merge(const struct paper *known,
        const struct paper *incoming)
{
    bool older = incoming->version != 0 && incoming->version < known->version;
    bool newer = known->version != 0 && incoming->version > known->version;
    struct paper merged =
            older ? overlay(known, incoming) : overlay(incoming, known);
    merged.id = known->id;
    merged.version = incoming->version > known->version ? incoming->version
                                                        : known->version;
    /* A version of a withdrawn paper is news; silence about it is not. */
    if (older)
        merged.withdrawn = known->withdrawn;
    else if (newer)
        merged.withdrawn = incoming->withdrawn;
    else
        merged.withdrawn = known->withdrawn || incoming->withdrawn;
    return merged;
}
