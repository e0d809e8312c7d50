#include "bot/enrich/enrich_match.h"

#include "bot/base/text.h"
#include "bot/base/text_tokens.h"

enum {
    AUTHORS_MAX = 100, /* looked at; OpenAlex tells no more either */
    TITLE_PERCENT = 70,
};

/* --- titles --- */

/* How many of the tokens the other list has, each as often as there. */
static size_t common(const struct text_token_list *list,
        const struct text_token_list *other, struct arena *arena)
{
    bool *taken = arena_array(arena, bool, other->count + 1);
    size_t found = 0;

    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < other->count; k++)
            if (!taken[k] && text_same(list->items[i], other->items[k])) {
                taken[k] = true;
                found++;
                break;
            }
    return found;
}

static bool same_title(const char *known, const char *told, struct arena *arena)
{
    struct text_token_list a = text_tokens_of(arena, known).ordered;
    struct text_token_list b = text_tokens_of(arena, told).ordered;
    size_t most = a.count > b.count ? a.count : b.count;

    return most > 0 && common(&a, &b, arena) * 100 >= most * TITLE_PERCENT;
}

/* --- authors --- */

struct name {
    const char *first, *last; /* folded; "" for a name without letters */
};

static bool is_suffix(const char *token)
{
    static const char *const suffixes[] = {"jr", "sr", "ii", "iii", "iv"};

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (text_same(token, suffixes[i]))
            return true;
    return false;
}

static struct name name_of(const char *author, struct arena *arena)
{
    struct text_token_list tokens = text_tokens_of(arena, author).ordered;
    size_t count = tokens.count;

    while (count > 1 && is_suffix(tokens.items[count - 1]))
        count--;
    if (count == 0)
        return (struct name){"", ""};
    return (struct name){tokens.items[0], tokens.items[count - 1]};
}

/* "Ada Loop" is "A. Loop", and "Li Wei" may be "Wei Li". */
static bool same_name(const struct name *a, const struct name *b)
{
    if (*a->last == '\0')
        return false;
    return (text_same(a->last, b->last) && *a->first == *b->first) ||
            (text_same(a->last, b->first) && text_same(a->first, b->last));
}

static struct name *names_of(const struct author_list *list, size_t *count,
        struct arena *arena)
{
    *count = list->count < AUTHORS_MAX ? list->count : AUTHORS_MAX;
    struct name *names = arena_array(arena, struct name, *count + 1);
    for (size_t i = 0; i < *count; i++)
        names[i] = name_of(list->items[i].name, arena);
    return names;
}

static bool same_authors(const struct author_list *known,
        const struct author_list *told, struct arena *arena)
{
    size_t known_count, told_count, found = 0;
    const struct name *a = names_of(known, &known_count, arena);
    const struct name *b = names_of(told, &told_count, arena);
    size_t fewer = known_count < told_count ? known_count : told_count;

    for (size_t i = 0; i < known_count; i++)
        for (size_t k = 0; k < told_count; k++)
            if (same_name(&a[i], &b[k])) {
                found++;
                break;
            }
    return fewer > 0 && found * 2 >= fewer;
}

bool enrich_match(const struct paper *known, const struct paper *told)
{
    struct arena arena = {0};
    bool same = same_title(known->title, told->title, &arena) &&
            same_authors(&known->authors, &told->authors, &arena);

    arena_finish(&arena);
    return same;
}
