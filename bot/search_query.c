#include "bot/search_query.h"

#include "bot/base/text.h"
#include "bot/base/text_plain.h"
#include "bot/base/text_tokens.h"
#include "bot/config_parse.h"
#include "bot/model/category.h"
#include "bot/search_day.h"

#include <string.h>

enum {
    LINE_BYTES_MAX = 4000
};

/* --- a line made plain --- */

static const char *plain_line(struct arena *arena, const char *line,
        struct error *err)
{
    const char *plain = text_plain(arena, line);
    if (strlen(plain) <= LINE_BYTES_MAX)
        return plain;
    error_set(err, ERROR_INPUT,
            "the search is longer than %d bytes; a few words will do",
            (int)LINE_BYTES_MAX);
    return NULL;
}

/* --- terms --- */

void search_query_begin(struct search_words *words, struct civil_date today,
        struct arena *arena)
{
    *words = (struct search_words){.today = today, .arena = arena};
    words->query.terms = words->terms;
}

static bool add_term(struct search_words *words, enum search_kind kind,
        const char *text, bool negated, struct error *err)
{
    if (words->query.count == SEARCH_TERMS_MAX)
        return error_set(err, ERROR_INPUT,
                "more than %d words are too many to search for",
                (int)SEARCH_TERMS_MAX);
    words->terms[words->query.count++] =
            (struct search_term){kind, text, negated};
    return true;
}

static bool says_nothing(const struct search_words *words, const char *text)
{
    return text_tokens_of(words->arena, text).ordered.count == 0;
}

/* --- keys --- */

/* One value of a key, and whether a hyphen stood before it. */
typedef bool key_fn(struct search_words *words, const char *key,
        const char *value, bool negated, struct error *err);

static bool is_archive(const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i < category_count; i++)
        if (strncmp(category_table[i].code, word, length) == 0 &&
                category_table[i].code[length] == '.')
            return true;
    return false;
}

static bool take_category(struct search_words *words, const char *key,
        const char *value, bool negated, struct error *err)
{
    struct string_list codes;
    const char *folded = text_fold(words->arena, value);
    if (is_archive(folded))
        return add_term(words, SEARCH_CATEGORY, folded, negated, err);
    if (!config_parse_categories(value, words->arena, &codes, err))
        return error_wrap(err, "%s:", key);
    if (codes.count > 1)
        return error_set(err, ERROR_INPUT,
                "%s: takes one category, and \"%s\" are %zu", key, value,
                codes.count);
    return add_term(words, SEARCH_CATEGORY, codes.items[0], negated, err);
}

static bool take_author(struct search_words *words, const char *key,
        const char *value, bool negated, struct error *err)
{
    if (says_nothing(words, value))
        return error_set(err, ERROR_INPUT,
                "%s: \"%s\" is no name; expected such as by:Finn or "
                "by:\"Chelsea Finn\"",
                key, value);
    return add_term(words, SEARCH_AUTHOR, value, negated, err);
}

static bool take_day(struct search_words *words, const char *key,
        const char *value, bool last, struct civil_date *day, struct error *err)
{
    if (search_day_parse(value, words->today, last, day))
        return true;
    return error_set(err, ERROR_INPUT,
            "%s: \"%s\" is no day; expected such as 2026-11-23, 2026-11, mon "
            "or 7d",
            key, value);
}

static bool refuse_negated(const char *key, struct error *err)
{
    return error_set(err, ERROR_INPUT,
            "-%s: is not understood; leave the - out", key);
}

static bool take_since(struct search_words *words, const char *key,
        const char *value, bool negated, struct error *err)
{
    return negated
            ? refuse_negated(key, err)
            : take_day(words, key, value, false, &words->query.since, err);
}

static bool take_until(struct search_words *words, const char *key,
        const char *value, bool negated, struct error *err)
{
    return negated
            ? refuse_negated(key, err)
            : take_day(words, key, value, true, &words->query.until, err);
}

static const struct {
    const char *word;
    key_fn *take;
} keys[] = {
        {"in", take_category},
        {"分类", take_category},
        {"类别", take_category},
        {"by", take_author},
        {"作者", take_author},
        {"since", take_since},
        {"自", take_since},
        {"until", take_until},
        {"至", take_until},
};

enum {
    KEYS = sizeof keys / sizeof *keys
};

/* The key that a word begins with, up to its colon; KEYS if none. */
static size_t key_of(const char *word)
{
    size_t length = strcspn(word, ": \"");
    size_t place = 0;
    while (place < KEYS &&
            (word[length] != ':' || strlen(keys[place].word) != length ||
                    strncasecmp(keys[place].word, word, length) != 0))
        place++;
    return place;
}

bool search_query_take(struct search_words *words, const char *key,
        const char *value, struct error *err)
{
    for (size_t i = 0; i < KEYS; i++)
        if (text_same(keys[i].word, key)) {
            const char *plain = plain_line(words->arena, value, err);
            return plain != NULL && keys[i].take(words, key, plain, false, err);
        }
    return error_set(err, ERROR_INPUT, "%s: is no key of a search", key);
}

/* --- reading a line --- */

struct cursor {
    struct arena *arena;
    const char *at;
    bool quoted; /* what was read last stood in quotes */
};

static void skip_spaces(struct cursor *cursor)
{
    cursor->at += strspn(cursor->at, " ");
}

/* Up to the next quote, or to the end where there is none. */
static const char *next_quoted(struct cursor *cursor)
{
    size_t length = strcspn(++cursor->at, "\"");
    const char *text = arena_string_n(cursor->arena, cursor->at, length);
    cursor->at += length + (cursor->at[length] == '"');
    cursor->quoted = true;
    return text;
}

static const char *next_piece(struct cursor *cursor)
{
    if (*cursor->at == '"')
        return next_quoted(cursor);
    size_t length = strcspn(cursor->at, " \"");
    const char *text = arena_string_n(cursor->arena, cursor->at, length);
    cursor->at += length;
    cursor->quoted = false;
    return text;
}

/* "C" or "C.": of a name without quotes the next word belongs to it. */
static bool is_initial(const char *word)
{
    size_t letter = text_prefix_graphemes(word, 1);
    return letter > 0 && !text_has_han(word) &&
            (word[letter] == '\0' || text_same(word + letter, "."));
}

static const char *next_name(struct cursor *cursor)
{
    const char *name = next_piece(cursor);
    while (!cursor->quoted && *cursor->at != '\0' &&
            is_initial(strrchr(name, ' ') == NULL ? name
                                                  : strrchr(name, ' ') + 1)) {
        skip_spaces(cursor);
        name = arena_format(cursor->arena, "%s %s", name, next_piece(cursor));
    }
    return name;
}

static bool read_key(struct search_words *words, struct cursor *cursor,
        size_t place, bool negated, struct error *err)
{
    cursor->at += strlen(keys[place].word) + 1;
    skip_spaces(cursor);
    const char *value = keys[place].take == take_author ? next_name(cursor)
                                                        : next_piece(cursor);
    if (*value == '\0')
        return error_set(err, ERROR_INPUT, "%s: needs a value behind it",
                keys[place].word);
    return keys[place].take(words, keys[place].word, value, negated, err);
}

static bool read_word(struct search_words *words, struct cursor *cursor,
        bool negated, struct error *err)
{
    const char *text = next_piece(cursor);
    size_t length = strlen(text);
    enum search_kind kind = cursor->quoted ? SEARCH_PHRASE : SEARCH_WORD;
    if (says_nothing(words, text))
        return true;
    if (!cursor->quoted && length > 1 && text[length - 1] == '*')
        kind = SEARCH_PREFIX;
    return add_term(words, kind, text, negated, err);
}

static bool read_term(struct search_words *words, struct cursor *cursor,
        struct error *err)
{
    bool negated = *cursor->at == '-' && cursor->at[1] != ' ';
    if (negated)
        cursor->at++;
    size_t place = key_of(cursor->at);
    return place < KEYS ? read_key(words, cursor, place, negated, err)
                        : read_word(words, cursor, negated, err);
}

bool search_query_read(struct search_words *words, const char *line,
        struct error *err)
{
    const char *plain = plain_line(words->arena, line, err);
    if (plain == NULL)
        return false;
    struct cursor cursor = {.arena = words->arena, .at = plain};
    for (skip_spaces(&cursor); *cursor.at != '\0'; skip_spaces(&cursor))
        if (!read_term(words, &cursor, err))
            return false;
    return true;
}
