#include "store/search_plan.h"

#include "bot/base/text.h"
#include "bot/model/category.h"
#include "store/search_forms.h"
#include "store/search_text.h"

#include <string.h>

enum {
    SPLIT_LEAST = 2, /* characters of a piece of Chinese */
    /* Longer runs are taken as they are: twelve characters, split anywhere,
     * cost three times as much as eight. */
    SPLIT_WHOLE = 8,
    SEGMENTS_MAX = SEARCH_PHRASES_MAX,
};

/* One term on its way into a clause. */
struct making {
    struct arena *arena;
    const struct search_term *term;
    struct search_clause *clause;
};

static const char *phrase_text(struct arena *arena, const char *mark,
        const struct text_token_list *tokens)
{
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < tokens->count; i++) {
        if (i > 0)
            text_add(&text, " ");
        text_add(&text, mark);
        text_add(&text, tokens->items[i]);
    }
    return text_string(&text);
}

static struct search_way *add_way(struct making *making,
        struct search_ways *ways)
{
    ways->items = arena_grow(making->arena, ways->items, ways->count,
            &ways->capacity, sizeof *ways->items);
    ways->items[ways->count] = (struct search_way){.count = 0};
    return &ways->items[ways->count++];
}

static void add_phrase(struct making *making, struct search_way *way,
        const char *mark, const struct text_token_list *tokens, bool prefix)
{
    way->phrases[way->count++] = (struct search_phrase){
            .tokens = phrase_text(making->arena, mark, tokens),
            .count = tokens->count,
            .prefix = prefix,
    };
}

/* A token made by search_text.c, marks and all. */
static void add_token(struct making *making, const char *token, bool prefix)
{
    struct search_ways *ways = &making->clause->anywhere;
    add_way(making, ways)->phrases[0] = (struct search_phrase){.tokens = token,
            .count = 1,
            .prefix = prefix};
    ways->items[ways->count - 1].count = 1;
}

static void add_words(struct making *making,
        const struct text_token_list *tokens, bool prefix)
{
    struct search_clause *clause = making->clause;
    add_phrase(making, add_way(making, &clause->anywhere), "", tokens, prefix);
    add_phrase(making, add_way(making, &clause->titled), SEARCH_MARK_TITLE,
            tokens, prefix);
}

static void add_named(struct making *making,
        const struct text_token_list *tokens, bool prefix)
{
    add_phrase(making, add_way(making, &making->clause->titled),
            SEARCH_MARK_NAME, tokens, prefix);
}

/* What is to be looked for side by side; *prefix if the last may go on. */
static struct text_token_list sought(const struct text_tokens *tokens,
        bool wants_prefix, bool *prefix)
{
    struct text_token_list list = tokens->ordered;
    *prefix = tokens->end == TEXT_ENDS_WORD
            ? wants_prefix
            : tokens->end == TEXT_ENDS_LONE && list.count > 1;
    if (tokens->end == TEXT_ENDS_PAIR)
        list.count--;
    return list;
}

/* The same with the last word in the singular or plural. */
static void add_forms(struct making *making, struct text_token_list tokens)
{
    const char *forms[SEARCH_FORMS_MAX];
    size_t count = search_forms_of(making->arena,
            tokens.items[tokens.count - 1], forms);
    const char **items = arena_array(making->arena, const char *, tokens.count);
    memcpy(items, tokens.items, tokens.count * sizeof *items);
    tokens.items = items;
    for (size_t i = 0; i < count; i++) {
        items[tokens.count - 1] = forms[i];
        add_words(making, &tokens, false);
    }
}

/* --- what was written without spaces, though others put words between --- */

struct segment {
    struct text_token_list tokens;
    bool han;    /* a run of Han: its pairs, and its last character alone */
    bool closed; /* the last character was met */
};

static bool is_kana(const char *token)
{
    return (unsigned char)token[0] == 0xE3;
}

static bool is_single(const char *token)
{
    return text_prefix_graphemes(token, 1) == strlen(token);
}

/* Runs of Han, and of words; 0 if there are too many, or kana. */
static size_t segments_of(const struct text_token_list *tokens,
        struct segment segments[SEGMENTS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const char *token = tokens->items[i];
        bool han = text_has_han(token);
        if (is_kana(token))
            return 0;
        if (count == 0 || segments[count - 1].han != han ||
                segments[count - 1].closed) {
            if (count == SEGMENTS_MAX)
                return 0;
            segments[count++] = (struct segment){
                    .tokens = {.items = &tokens->items[i]},
                    .han = han,
            };
        }
        segments[count - 1].tokens.count++;
        segments[count - 1].closed = han && is_single(token);
    }
    return count;
}

static void add_pieces(struct making *making, struct search_ways *ways,
        const char *mark, const struct segment *segments, size_t count)
{
    struct search_way *way = add_way(making, ways);
    for (size_t i = 0; i < count; i++) {
        struct text_token_list tokens = segments[i].tokens;
        bool lone = segments[i].han && tokens.count == 1;
        if (segments[i].closed && tokens.count > 1)
            tokens.count--;
        add_phrase(making, way, mark, &tokens, lone);
    }
}

static void add_split(struct making *making, const struct segment *segments,
        size_t count)
{
    add_pieces(making, &making->clause->anywhere, "", segments, count);
    add_pieces(making, &making->clause->titled, SEARCH_MARK_TITLE, segments,
            count);
}

/* A run of n characters has n tokens; a piece that ends before the run does has
 * no character alone. */
static void split_run(struct making *making, const struct segment *run)
{
    size_t length = run->tokens.count;
    for (size_t at = SPLIT_LEAST; at + SPLIT_LEAST <= length; at++)
        add_split(making,
                (const struct segment[]){
                        {{.items = run->tokens.items, .count = at - 1}, true,
                                false},
                        {{.items = run->tokens.items + at,
                                 .count = length - at},
                                true, true},
                },
                2);
}

static void add_splits(struct making *making, const struct text_tokens *tokens)
{
    struct segment segments[SEGMENTS_MAX];
    size_t count = segments_of(&tokens->ordered, segments);
    if (count > 1)
        add_split(making, segments, count);
    else if (count == 1 && segments[0].han &&
            segments[0].tokens.count <= SPLIT_WHOLE)
        split_run(making, &segments[0]);
}

/* --- terms --- */

static void make_words(struct making *making, const struct text_tokens *tokens)
{
    enum search_kind kind = making->term->kind;
    bool wants_prefix = kind == SEARCH_PREFIX, prefix;
    struct text_token_list list = sought(tokens, wants_prefix, &prefix);
    making->clause->words = true;
    making->clause->prefix = wants_prefix;
    add_words(making, &list, prefix);
    if (!wants_prefix)
        add_named(making, &list, prefix);
    if (tokens->whole != NULL && kind != SEARCH_PHRASE) {
        const char *whole = tokens->whole;
        struct text_token_list one = {.items = &whole, .count = 1};
        add_words(making, &one, wants_prefix);
        if (kind == SEARCH_WORD)
            add_forms(making, one);
    }
    if (kind != SEARCH_WORD)
        return;
    if (tokens->end == TEXT_ENDS_WORD)
        add_forms(making, list);
    add_splits(making, tokens);
}

static void make_name_word(struct making *making,
        const struct text_tokens *tokens)
{
    bool prefix;
    struct text_token_list list = sought(tokens, false, &prefix);
    add_phrase(making, add_way(making, &making->clause->anywhere),
            SEARCH_MARK_NAME, &list, prefix);
    if (tokens->whole != NULL)
        add_token(making,
                arena_format(making->arena, SEARCH_MARK_NAME "%s",
                        tokens->whole),
                false);
}

static void make_author(struct making *making, const struct text_tokens *tokens)
{
    struct arena *arena = making->arena;
    struct text_token_list words = search_text_name(arena, making->term->text);
    if (words.count < 2) {
        make_name_word(making, tokens);
        return;
    }
    const char *first = words.items[0], *last = words.items[words.count - 1];
    const char *initial = search_text_initial(arena, first);
    if (text_same(first, initial)) {
        add_token(making, search_text_initial_key(arena, first, last), false);
        return;
    }
    add_token(making, search_text_name_key(arena, first, last), false);
    add_token(making, search_text_name_key(arena, initial, last), false);
}

/* A code without a class is an archive, and stands for all that is in it. */
static void make_category(struct making *making)
{
    const char *code = making->term->text;
    const struct category *category = category_find(code);
    const char *token = search_text_category(making->arena, code);
    add_token(making, token, false);
    if (category != NULL && *category->alias != '\0')
        add_token(making, search_text_category(making->arena, category->alias),
                false);
    else if (strchr(code, '.') == NULL)
        add_token(making, arena_format(making->arena, "%s\u00B7", token), true);
}

static bool make_clause(struct making *making, struct error *err)
{
    struct text_tokens tokens =
            text_tokens_of(making->arena, making->term->text);
    if (tokens.ordered.count == 0)
        return error_set(err, ERROR_INPUT,
                "search: nothing in \"%s\" can be looked for; write letters or "
                "digits",
                text_shorten(making->arena,
                        text_one_line(making->arena,
                                text_repair(making->arena, making->term->text,
                                        strlen(making->term->text))),
                        40));
    if (tokens.ordered.count > SEARCH_TOKENS_MAX)
        return error_set(err, ERROR_INPUT,
                "search: a term of %zu words is too long; at most %d",
                tokens.ordered.count, (int)SEARCH_TOKENS_MAX);
    if (making->term->kind == SEARCH_AUTHOR)
        make_author(making, &tokens);
    else if (making->term->kind == SEARCH_CATEGORY)
        make_category(making);
    else
        make_words(making, &tokens);
    return true;
}

static void plan_days(const struct search_query *query,
        struct search_plan *plan)
{
    plan->first_row = search_text_first_row(query->since);
    plan->last_row = civil_date_is_set(query->until)
            ? search_text_first_row(civil_date_plus(query->until, 1)) - 1
            : INT64_MAX;
}

bool search_plan_make(const struct search_query *query, struct arena *arena,
        struct search_plan *plan, struct error *err)
{
    *plan = (struct search_plan){.count = 0};
    if (query->count == 0 && !civil_date_is_set(query->since) &&
            !civil_date_is_set(query->until))
        return error_set(err, ERROR_INPUT, "search: say what to look for");
    if (query->count > SEARCH_TERMS_MAX)
        return error_set(err, ERROR_INPUT,
                "search: %zu terms are too many; at most %d", query->count,
                (int)SEARCH_TERMS_MAX);
    for (size_t i = 0; i < query->count; i++) {
        struct search_clause *clause = &plan->clauses[plan->count++];
        clause->negated = query->terms[i].negated;
        if (!make_clause(&(struct making){arena, &query->terms[i], clause},
                    err))
            return false;
        plan->words = plan->words || (clause->words && !clause->negated);
    }
    plan_days(query, plan);
    return true;
}
