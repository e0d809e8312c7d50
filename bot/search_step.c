#include "bot/search_step.h"

#include "bot/base/text.h"
#include "bot/base/text_tokens.h"
#include "bot/search_query.h"

#include <string.h>

enum {
    WORDS_TRIED_MAX = 8, /* to be left out, or pieces of Chinese */
    PREFIX_MIN = 2,      /* letters of a misspelt word that are believed */
    SPELLED_MIN = 4,     /* letters of a word that can be misspelt */
    WORDS_SPELLED_MAX = 3,
    PAPERS_READ_MAX = 40, /* to find how a word is spelled, each time */
    PIECE_MAX = 6,        /* characters of a Chinese word */
};

/* One search for steps. */
struct trying {
    struct store *store;
    const struct search_query *query;
    const char *language;
    struct arena *arena;
    struct search_step *steps;
    size_t count;
    struct error *err;
    bool failed;
};

static bool is_full(const struct trying *trying)
{
    return trying->failed || trying->count == SEARCH_STEPS_MAX;
}

static bool ask(struct trying *trying, const struct search_query *query,
        struct search_result *result)
{
    *result = (struct search_result){0};
    trying->failed = trying->failed ||
            !store_search(trying->store, query, trying->arena, result,
                    trying->err);
    return !trying->failed && result->total > 0;
}

static bool finds(struct trying *trying, enum search_kind kind,
        const char *text)
{
    const struct search_term term = {kind, text, false};
    const struct search_query query = {.terms = &term, .count = 1};
    struct search_result result;

    return text_tokens_of(trying->arena, text).ordered.count > 0 &&
            ask(trying, &query, &result);
}

static bool looks_for_something(const struct search_query *query)
{
    return query->count > 0 || civil_date_is_set(query->since) ||
            civil_date_is_set(query->until);
}

/* Adds the step if it finds something.  What is counted is what the line says
 * when it is read again: a word that was cut out of another may read otherwise
 * ("-4" of "GPT-4"). */
static bool try_query(struct trying *trying, enum search_step_kind kind,
        const char *subject, struct search_query query)
{
    struct search_words again;
    struct search_result result;
    const char *line =
            search_query_line(trying->arena, &query, trying->language);

    search_query_begin(&again, (struct civil_date){0}, trying->arena);
    if (is_full(trying) || !search_query_read(&again, line) ||
            !search_query_ready(&again) || !ask(trying, &again.query, &result))
        return false;
    trying->steps[trying->count++] = (struct search_step){
            .kind = kind,
            .subject = subject,
            .line = line,
            .total = result.total,
            .more = result.more,
    };
    return true;
}

/* --- leaving out --- */

/* Whether a term belongs to what a step leaves out. */
typedef bool term_fn(const struct search_term *term);

static bool is_category(const struct search_term *term)
{
    return term->kind == SEARCH_CATEGORY && !term->negated;
}

static bool is_author(const struct search_term *term)
{
    return term->kind == SEARCH_AUTHOR && !term->negated;
}

static bool is_negated(const struct search_term *term)
{
    return term->negated;
}

static bool is_word(const struct search_term *term)
{
    return !term->negated &&
            (term->kind == SEARCH_WORD || term->kind == SEARCH_PREFIX ||
                    term->kind == SEARCH_PHRASE);
}

static void try_without(struct trying *trying, enum search_step_kind kind,
        term_fn *leave)
{
    struct search_query query = *trying->query;
    struct search_term *terms =
            arena_array(trying->arena, struct search_term, query.count + 1);

    query.count = 0;
    query.terms = terms;
    for (size_t i = 0; i < trying->query->count; i++)
        if (!leave(&trying->query->terms[i]))
            terms[query.count++] = trying->query->terms[i];
    if (query.count < trying->query->count)
        try_query(trying, kind, "", query);
}

static void try_without_days(struct trying *trying)
{
    struct search_query query = *trying->query;

    if (!civil_date_is_set(query.since) && !civil_date_is_set(query.until))
        return;
    query.since = query.until = (struct civil_date){0};
    try_query(trying, SEARCH_STEP_DAYS, "", query);
}

static struct search_query with_term(struct trying *trying, size_t place,
        const struct search_term *terms, size_t count)
{
    const struct search_query *old = trying->query;
    struct search_query query = *old;
    struct search_term *all =
            arena_array(trying->arena, struct search_term, old->count + count);

    memcpy(all, old->terms, place * sizeof *all);
    if (count > 0)
        memcpy(all + place, terms, count * sizeof *all);
    memcpy(all + place + count, old->terms + place + 1,
            (old->count - place - 1) * sizeof *all);
    query.terms = all;
    query.count = old->count + count - 1;
    return query;
}

/* Words that no paper has, all at once: nothing is found with any of them. */
static void try_without_unknown(struct trying *trying)
{
    struct search_query query = *trying->query;
    struct search_term *terms =
            arena_array(trying->arena, struct search_term, query.count + 1);
    const char *left = "";
    size_t words = 0;

    query.count = 0;
    query.terms = terms;
    for (size_t i = 0; i < trying->query->count; i++) {
        const struct search_term *term = &trying->query->terms[i];
        if (!is_word(term) || words++ >= WORDS_TRIED_MAX ||
                finds(trying, term->kind, term->text))
            terms[query.count++] = *term;
        else
            left = arena_format(trying->arena, "%s%s%s", left,
                    *left == '\0' ? "" : " ", term->text);
    }
    if (*left != '\0')
        try_query(trying, SEARCH_STEP_WORD, left, query);
}

/* The word without which the least is found: what is left is nearest to what was
 * meant. */
static void try_without_word(struct trying *trying)
{
    struct search_query best = *trying->query;
    size_t least = SIZE_MAX, place = 0, words = 0;

    for (size_t i = 0; i < trying->query->count; i++) {
        struct search_result result;
        if (!is_word(&trying->query->terms[i]) || words++ >= WORDS_TRIED_MAX)
            continue;
        struct search_query query = with_term(trying, i, NULL, 0);
        if (looks_for_something(&query) && ask(trying, &query, &result) &&
                result.total < least) {
            least = result.total;
            best = query;
            place = i;
        }
    }
    if (words > 1 && least < SIZE_MAX)
        try_query(trying, SEARCH_STEP_WORD, trying->query->terms[place].text,
                best);
}

static void try_without_quotes(struct trying *trying)
{
    struct search_query query = *trying->query;
    struct search_term *terms =
            arena_array(trying->arena, struct search_term, SEARCH_TERMS_MAX);
    bool quoted = false;

    query.count = 0;
    query.terms = terms;
    for (size_t i = 0; i < trying->query->count; i++) {
        struct search_term term = trying->query->terms[i];
        const char *at = term.text;
        bool cut = term.kind == SEARCH_PHRASE && !term.negated;
        quoted = quoted || cut;
        while (*at != '\0' && query.count < SEARCH_TERMS_MAX) {
            size_t length = cut ? strcspn(at, " ") : strlen(at);
            size_t signs = cut ? strspn(at, "-") : 0;
            signs = signs < length ? signs : length;
            term.text =
                    arena_string_n(trying->arena, at + signs, length - signs);
            term.kind = cut ? SEARCH_WORD : term.kind;
            if (text_tokens_of(trying->arena, term.text).ordered.count > 0)
                terms[query.count++] = term;
            at += length + (at[length] == ' ');
        }
    }
    if (quoted)
        try_query(trying, SEARCH_STEP_QUOTES, "", query);
}

/* --- how a word is spelled --- */

struct vocabulary {
    const char **items; /* words, as the papers have them */
    size_t count, capacity;
};

static void add_words(struct trying *trying, struct vocabulary *words,
        const char *text)
{
    struct text_tokens tokens = text_tokens_of(trying->arena, text);

    for (size_t i = 0; i < tokens.ordered.count; i++) {
        words->items = arena_grow(trying->arena, words->items, words->count,
                &words->capacity, sizeof *words->items);
        words->items[words->count++] = tokens.ordered.items[i];
    }
}

static void read_papers(struct trying *trying,
        const struct search_result *result, struct vocabulary *words)
{
    for (size_t i = 0; i < result->count && !trying->failed; i++) {
        struct paper *paper = NULL;
        trying->failed = !store_paper_get(trying->store, result->ids[i],
                trying->arena, &paper, trying->err);
        if (trying->failed || paper == NULL)
            continue;
        add_words(trying, words, paper->title);
        add_words(trying, words, paper->abstract);
        for (size_t k = 0; k < paper->authors.count; k++)
            add_words(trying, words, paper->authors.items[k].name);
    }
}

static void read_beginning(struct trying *trying, const char *word,
        size_t letters, struct vocabulary *words)
{
    const struct search_term term = {SEARCH_PREFIX,
            arena_string_n(trying->arena, word, letters), false};
    const struct search_query query = {.terms = &term,
            .count = 1,
            .limit = PAPERS_READ_MAX};
    struct search_result result;

    if (ask(trying, &query, &result))
        read_papers(trying, &result, words);
}

/* A word that papers have and that is near to this one: it is looked for among
 * those that begin alike, in the papers where such stand best. */
static const char *spelled(struct trying *trying, const char *word)
{
    const char *folded = text_fold(trying->arena, word);
    const size_t letters[] = {strlen(folded) - 2, strlen(folded) / 2,
            PREFIX_MIN + 1, PREFIX_MIN};
    struct vocabulary words = {0};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        read_beginning(trying, folded, letters[i], &words);
    words.items = arena_grow(trying->arena, words.items, words.count,
            &words.capacity, sizeof *words.items);
    words.items[words.count] = NULL;
    return text_nearest(folded, words.items);
}

/* Only what is written with letters can be misspelt so. */
static bool is_spelled(const char *word)
{
    size_t length = strlen(word);

    return length >= SPELLED_MIN && length <= TEXT_TOKEN_BYTES_MAX &&
            strspn(word,
                    "abcdefghijklmnopqrstuvwxyz"
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

static bool is_unknown(struct trying *trying, const struct search_term *term)
{
    return term->kind == SEARCH_WORD && !term->negated &&
            !finds(trying, term->kind, term->text);
}

/* All misspelt words at once. */
static void try_spelling(struct trying *trying)
{
    struct search_query query = *trying->query;
    struct search_term *terms =
            arena_array(trying->arena, struct search_term, query.count + 1);
    size_t changed = 0, tried = 0;

    query.terms = terms;
    for (size_t i = 0; i < query.count; i++) {
        const char *nearest;
        terms[i] = trying->query->terms[i];
        if (!is_spelled(terms[i].text) || tried >= WORDS_SPELLED_MAX ||
                !is_unknown(trying, &terms[i]))
            continue;
        tried++;
        nearest = spelled(trying, terms[i].text);
        if (nearest == NULL)
            continue;
        terms[i].text = nearest;
        changed++;
    }
    if (changed > 0)
        try_query(trying, SEARCH_STEP_SPELLING, "", query);
}

/* --- Chinese that was written without spaces --- */

/* From the left, the longest piece that papers have; a character that is left
 * over is passed over, and so are the last pieces if there is nothing with all. */
static size_t cut_pieces(struct trying *trying, const char *text,
        struct search_term terms[SEARCH_TERMS_MAX])
{
    size_t count = 0;

    while (*(text += strspn(text, "-*:")) != '\0' && count < WORDS_TRIED_MAX) {
        size_t length = 0;
        for (size_t n = PIECE_MAX; n > 1 && length == 0; n--) {
            size_t bytes = text_prefix_graphemes(text, n);
            const char *piece = arena_string_n(trying->arena, text, bytes);
            if (bytes > text_prefix_graphemes(text, n - 1) &&
                    finds(trying, SEARCH_PHRASE, piece)) {
                terms[count++] =
                        (struct search_term){SEARCH_WORD, piece, false};
                length = bytes;
            }
        }
        text += length > 0 ? length : text_prefix_graphemes(text, 1);
    }
    return count;
}

static void try_pieces(struct trying *trying, size_t place)
{
    struct search_term pieces[SEARCH_TERMS_MAX];
    size_t count = cut_pieces(trying, trying->query->terms[place].text, pieces);

    for (; count > 1; count--)
        if (trying->query->count + count <= SEARCH_TERMS_MAX &&
                try_query(trying, SEARCH_STEP_SPACES, "",
                        with_term(trying, place, pieces, count)))
            return;
}

static void try_spaces(struct trying *trying)
{
    for (size_t i = 0; i < trying->query->count && !is_full(trying); i++)
        if (text_has_han(trying->query->terms[i].text) &&
                is_unknown(trying, &trying->query->terms[i])) {
            try_pieces(trying, i);
            return;
        }
}

/* --- all of them --- */

bool search_step_find(struct store *store, const struct search_query *query,
        const char *language, struct arena *arena,
        struct search_step steps[SEARCH_STEPS_MAX], size_t *count,
        struct error *err)
{
    struct trying trying = {.store = store,
            .query = query,
            .language = language,
            .arena = arena,
            .steps = steps,
            .err = err};

    try_spelling(&trying);
    try_spaces(&trying);
    try_without_days(&trying);
    try_without(&trying, SEARCH_STEP_CATEGORIES, is_category);
    try_without(&trying, SEARCH_STEP_AUTHORS, is_author);
    try_without(&trying, SEARCH_STEP_UNWANTED, is_negated);
    try_without_quotes(&trying);
    if (trying.count == 0)
        try_without_unknown(&trying);
    if (trying.count == 0)
        try_without_word(&trying);
    *count = trying.count;
    return !trying.failed;
}
