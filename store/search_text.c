#include "store/search_text.h"

#include "bot/base/text.h"

#include <string.h>

/* The text as it grows, and what is to come at its end. */
struct writing {
    struct arena *arena;
    struct text text;
    struct text_token_list joined, singles;
};

static void write_token(struct writing *writing, const char *mark,
        const char *token)
{
    text_add(&writing->text, mark);
    text_add(&writing->text, token);
    text_add_n(&writing->text, " ", 1);
}

static void write_list(struct writing *writing, const char *mark,
        const struct text_token_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        write_token(writing, mark, list->items[i]);
}

static void write_break(struct writing *writing)
{
    write_token(writing, SEARCH_MARK_BREAK, "");
}

/* Each by itself: side by side they would look like a phrase. */
static void write_apart(struct writing *writing, const char *mark,
        const struct text_token_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        write_break(writing);
        write_token(writing, mark, list->items[i]);
    }
}

static void keep_single(struct writing *writing, const char *single)
{
    for (size_t i = 0; i < writing->singles.count; i++)
        if (text_same(writing->singles.items[i], single))
            return;
    text_tokens_add(&writing->singles, writing->arena, single);
}

static void keep_rest(struct writing *writing, const struct text_tokens *tokens)
{
    for (size_t i = 0; i < tokens->joined.count; i++)
        text_tokens_add(&writing->joined, writing->arena,
                tokens->joined.items[i]);
    for (size_t i = 0; i < tokens->singles.count; i++)
        keep_single(writing, tokens->singles.items[i]);
}

static void write_prose(struct writing *writing, const char *string)
{
    struct text_tokens tokens = text_tokens_of(writing->arena, string);
    write_list(writing, "", &tokens.ordered);
    write_break(writing);
    keep_rest(writing, &tokens);
}

static void write_title(struct writing *writing, const char *title)
{
    struct text_tokens tokens = text_tokens_of(writing->arena, title);
    write_list(writing, "", &tokens.ordered);
    write_break(writing);
    write_list(writing, SEARCH_MARK_TITLE, &tokens.ordered);
    write_apart(writing, SEARCH_MARK_TITLE, &tokens.joined);
    write_apart(writing, SEARCH_MARK_TITLE, &tokens.singles);
    write_break(writing);
    keep_rest(writing, &tokens);
}

/* --- names --- */

/* A hyphenated word in one, whatever else is in it left out. */
static const char *name_word(struct arena *arena, const char *piece)
{
    struct text_tokens tokens = text_tokens_of(arena, piece);
    struct text word;
    text_init(&word, arena, TEXT_TOKEN_BYTES_MAX);
    for (size_t i = 0; i < tokens.ordered.count; i++)
        text_add(&word, tokens.ordered.items[i]);
    return text_string(&word);
}

struct text_token_list search_text_name(struct arena *arena, const char *name)
{
    struct text_token_list words = {0};
    const char *at = text_fold(arena, name);
    while (*(at += strspn(at, " .")) != '\0') {
        size_t length = strcspn(at, " .");
        const char *word = name_word(arena, arena_string_n(arena, at, length));
        if (*word != '\0')
            text_tokens_add(&words, arena, word);
        at += length;
    }
    return words;
}

const char *search_text_initial(struct arena *arena, const char *word)
{
    return arena_string_n(arena, word, text_prefix_graphemes(word, 1));
}

const char *search_text_name_key(struct arena *arena, const char *first,
        const char *last)
{
    return arena_format(arena, "%s" SEARCH_MARK_NAME "%s", first, last);
}

const char *search_text_initial_key(struct arena *arena, const char *first,
        const char *last)
{
    return arena_format(arena, "%s" SEARCH_MARK_NAME SEARCH_MARK_NAME "%s",
            search_text_initial(arena, first), last);
}

static void write_author(struct writing *writing, const char *name)
{
    struct text_tokens tokens = text_tokens_of(writing->arena, name);
    struct text_token_list words = search_text_name(writing->arena, name);
    write_list(writing, "", &tokens.ordered);
    write_break(writing);
    write_list(writing, SEARCH_MARK_NAME, &tokens.ordered);
    write_apart(writing, SEARCH_MARK_NAME, &tokens.joined);
    write_apart(writing, SEARCH_MARK_NAME, &tokens.singles);
    if (words.count > 1) {
        const char *last = words.items[words.count - 1];
        write_token(writing, "",
                search_text_name_key(writing->arena, words.items[0], last));
        write_token(writing, "",
                search_text_initial_key(writing->arena, words.items[0], last));
    } else {
        write_break(writing);
    }
    keep_rest(writing, &tokens);
}

/* --- categories --- */

/* A dot and a hyphen stay apart: "math.ph" would not be "math-ph". */
const char *search_text_category(struct arena *arena, const char *code)
{
    const char *folded = text_fold(arena, code);
    struct text token;
    text_init(&token, arena, TEXT_TOKEN_BYTES_MAX);
    text_add(&token, SEARCH_MARK_CATEGORY);
    for (const char *at = folded; *at != '\0'; at++)
        if (*at == '.')
            text_add(&token, "\u00B7");
        else if (*at == '-')
            text_add(&token, "\u00AC");
        else if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9'))
            text_add_n(&token, at, 1);
    return text_string(&token);
}

/* --- the whole --- */

static void write_notes(struct writing *writing, const struct note_list *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        write_title(writing, notes->items[i].title);
        write_prose(writing, notes->items[i].heading);
        write_prose(writing, notes->items[i].digest);
    }
}

const char *search_text_of(struct arena *arena, const struct paper *paper,
        const struct note_list *notes)
{
    struct writing writing = {.arena = arena};
    text_init(&writing.text, arena, SIZE_MAX / 2);
    text_add(&writing.text, " ");
    write_title(&writing, paper->title);
    write_prose(&writing, paper->abstract);
    write_notes(&writing, notes);
    for (size_t i = 0; i < paper->authors.count; i++)
        write_author(&writing, paper->authors.items[i].name);
    write_token(&writing, SEARCH_MARK_ANY, "");
    for (size_t i = 0; i < paper->categories.count; i++)
        write_token(&writing, "",
                search_text_category(arena, paper->categories.items[i]));
    write_apart(&writing, "", &writing.joined);
    write_break(&writing);
    write_list(&writing, "", &writing.singles);
    return text_string(&writing.text);
}

int64_t search_text_first_row(struct civil_date day)
{
    const int64_t days_max = INT64_C(1) << 32;
    int64_t days = civil_date_is_set(day) ? civil_date_days(day) : 0;
    if (days < 0)
        days = 0;
    return (days < days_max ? days : days_max) << SEARCH_NUMBER_BITS;
}

int64_t search_text_row(const struct paper *paper, int64_t number)
{
    return search_text_first_row(paper_submitted(paper)) + number;
}
