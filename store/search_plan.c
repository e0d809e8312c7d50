#include "store/search_plan.h"

#include "bot/base/text.h"
#include "bot/model/category.h"
#include "store/search_text.h"

#include <string.h>

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

static void add_phrase(struct making *making, const char *tokens, bool prefix)
{
    making->clause->phrases[making->clause->count++] =
            (struct search_phrase){tokens, prefix};
}

static void add_words(struct making *making,
        const struct text_token_list *tokens, bool prefix)
{
    making->clause->titled[making->clause->count] =
            (struct search_phrase){phrase_text(making->arena, SEARCH_MARK_TITLE,
                                           tokens),
                    prefix};
    add_phrase(making, phrase_text(making->arena, "", tokens), prefix);
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

static void make_words(struct making *making, const struct text_tokens *tokens)
{
    bool wants_prefix = making->term->kind == SEARCH_PREFIX, prefix;
    struct text_token_list list = sought(tokens, wants_prefix, &prefix);
    making->clause->words = true;
    add_words(making, &list, prefix);
    if (tokens->whole != NULL && making->term->kind != SEARCH_PHRASE) {
        const char *whole = tokens->whole;
        add_words(making,
                &(struct text_token_list){.items = &whole, .count = 1},
                wants_prefix);
    }
}

static void make_name_word(struct making *making,
        const struct text_tokens *tokens)
{
    bool prefix;
    struct text_token_list list = sought(tokens, false, &prefix);
    add_phrase(making, phrase_text(making->arena, SEARCH_MARK_NAME, &list),
            prefix);
    if (tokens->whole != NULL)
        add_phrase(making,
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
        add_phrase(making, search_text_initial_key(arena, first, last), false);
        return;
    }
    add_phrase(making, search_text_name_key(arena, first, last), false);
    add_phrase(making, search_text_name_key(arena, initial, last), false);
}

/* A code without a class is an archive, and stands for all that is in it. */
static void make_category(struct making *making)
{
    const char *code = making->term->text;
    const struct category *category = category_find(code);
    const char *token = search_text_category(making->arena, code);
    add_phrase(making, token, false);
    if (category != NULL && *category->alias != '\0')
        add_phrase(making, search_text_category(making->arena, category->alias),
                false);
    else if (strchr(code, '.') == NULL)
        add_phrase(making, arena_format(making->arena, "%s\u00B7", token),
                true);
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
