#include "bot/model/category.h"

#include "bot/base/text.h"

#include <string.h>

/* Codes that old papers still carry: archives before they had classes, and
 * archives that became one (arxiv.org/archive lists what each became). */
static const char *const former_codes[] = {"acc-phys", "adap-org", "alg-geom",
        "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph",
        "cmp-lg", "comp-gas", "cond-mat", "dg-ga", "funct-an", "mtrl-th",
        "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "solv-int",
        "supr-con"};

const struct category *category_find(const char *code)
{
    enum {
        HEAD = 4
    }; /* no code is shorter; few begin alike */

    if (strlen(code) < HEAD)
        return NULL;
    for (size_t i = 0; i < category_count; i++)
        if (memcmp(category_table[i].code, code, HEAD) == 0 &&
                text_same(category_table[i].code, code))
            return &category_table[i];
    return NULL;
}

/* "SY" of "cs.SY", NULL if there is no dot. */
static const char *last_part(const struct category *category)
{
    const char *dot = strrchr(category->code, '.');
    return dot == NULL ? NULL : dot + 1;
}

static bool is_code_or_tag(const struct category *category, const char *word)
{
    return text_same_ascii(category->code, word) ||
            text_same_ascii(category->tag, word);
}

static bool is_named(const struct category *category, const char *word)
{
    return text_same_ascii(category->english, word) ||
            text_same(category->chinese, word);
}

static bool is_last_part(const struct category *category, const char *word)
{
    const char *part = last_part(category);
    return part != NULL && text_same_ascii(part, word);
}

/* Of two aliases the one that arXiv files under: the one its alias note does
 * not point away from (cs.SY is an alias of eess.SY). */
static const struct category *principal(const struct category *category)
{
    static const char *const principals[] = {"eess.SY", "math-ph", "math.NA",
            "cs.IT", "stat.TH", "econ.GN"};
    for (size_t i = 0; i < sizeof principals / sizeof *principals; i++)
        if (text_same(category->alias, principals[i]))
            return category_find(category->alias);
    return category;
}

typedef bool match_fn(const struct category *category, const char *word);

static const struct category *find_one(match_fn *match, const char *word,
        bool *ambiguous)
{
    const struct category *found = NULL;
    *ambiguous = false;
    for (size_t i = 0; i < category_count; i++) {
        const struct category *here = &category_table[i];
        if (!match(here, word))
            continue;
        if (found != NULL && !category_same(found->code, here->code))
            *ambiguous = true;
        found = found == NULL ? here : principal(found);
    }
    return *ambiguous ? NULL : found;
}

const struct category *category_lookup(const char *word, bool *ambiguous)
{
    /* The closest reading that fits decides: "CV" is a tag before it is the
     * last part of math.CV. */
    static match_fn *const readings[] = {is_code_or_tag, is_named,
            is_last_part};
    struct arena arena;
    arena_init(&arena);
    const char *plain = text_fold(&arena, word);
    const struct category *found = NULL;
    *ambiguous = false;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        found = find_one(readings[i], plain, ambiguous);
        if (found != NULL || *ambiguous)
            break;
    }
    arena_finish(&arena);
    return found;
}

bool category_same(const char *a, const char *b)
{
    if (text_same(a, b))
        return true;
    const struct category *category = category_find(a);
    return category != NULL && *category->alias != '\0' &&
            text_same(category->alias, b);
}

bool category_is_code(const char *word)
{
    if (category_find(word) != NULL)
        return true;
    for (size_t i = 0; i < sizeof former_codes / sizeof *former_codes; i++)
        if (text_same(former_codes[i], word))
            return true;
    return false;
}

const char *category_tag(const char *code)
{
    const struct category *category = category_find(code);
    return category == NULL ? code : category->tag;
}
