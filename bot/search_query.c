#include "bot/search_query.h"

#include "bot/base/text.h"
#include "bot/base/text_plain.h"
#include "bot/base/text_tokens.h"
#include "bot/labels.h"
#include "bot/model/category.h"
#include "bot/search_day.h"

#include <string.h>

enum {
    LINE_BYTES_MAX = 4000
};

static bool refuse(struct search_words *words, enum search_flaw_kind kind,
        const char *key, const char *subject, const char *nearest)
{
    words->flaw = (struct search_flaw){kind, key, subject, nearest};
    return false;
}

/* --- a line made plain --- */

static const char *plain_line(struct search_words *words, const char *line)
{
    const char *plain = text_plain(words->arena, line);
    if (strlen(plain) <= LINE_BYTES_MAX)
        return plain;
    refuse(words, SEARCH_FLAW_LONG, "", "", NULL);
    return NULL;
}

/* --- terms --- */

void search_query_begin(struct search_words *words, struct civil_date today,
        struct arena *arena)
{
    *words = (struct search_words){.today = today,
            .flaw = {.key = "", .subject = ""},
            .arena = arena};
    words->query.terms = words->terms;
}

static bool add_term(struct search_words *words, enum search_kind kind,
        const char *text, bool negated)
{
    if (words->query.count == SEARCH_TERMS_MAX)
        return refuse(words, SEARCH_FLAW_MANY, "", text, NULL);
    if (text_tokens_of(words->arena, text).ordered.count > SEARCH_TOKENS_MAX)
        return refuse(words, SEARCH_FLAW_LONG_TERM, "", text, NULL);
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
        const char *value, bool negated);

/* "cs" and "cs.*" as "cs"; NULL if it is no archive. */
static const char *archive_of(struct arena *arena, const char *word)
{
    const char *folded = text_fold(arena, word);
    size_t length = strcspn(folded, ".");
    if (folded[length] != '\0' && !text_same(folded + length, ".*"))
        return NULL;
    for (size_t i = 0; i < category_count; i++)
        if (strncmp(category_table[i].code, folded, length) == 0 &&
                category_table[i].code[length] == '.')
            return arena_string_n(arena, folded, length);
    return NULL;
}

static const char *nearest_category(struct arena *arena, const char *word)
{
    const char **names =
            arena_array(arena, const char *, 2 * category_count + 1);
    for (size_t i = 0; i < category_count; i++) {
        names[2 * i] = category_table[i].tag;
        names[2 * i + 1] = category_table[i].code;
    }
    return text_nearest(word, names);
}

/* Of an ambiguous name: "math.ST, q-fin.ST". */
static const char *codes_of(struct arena *arena, const char *word)
{
    struct text codes;
    text_init(&codes, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < category_count; i++) {
        const struct category *category = &category_table[i];
        const char *part = strrchr(category->code, '.');
        if ((part != NULL && text_same_ascii(part + 1, word)) ||
                text_same_ascii(category->english, word) ||
                text_same_ascii(category->chinese, word))
            text_add_format(&codes, "%s%s", codes.length > 0 ? ", " : "",
                    category->code);
    }
    return text_string(&codes);
}

/* "LG,CV" and "LG CV" in quotes. */
static bool is_several(struct arena *arena, const char *value)
{
    static const char between[] = " ,;";
    size_t length = strcspn(value, between);
    bool ambiguous = false;
    return value[length] != '\0' &&
            (category_lookup(arena_string_n(arena, value, length),
                     &ambiguous) != NULL ||
                    ambiguous);
}

static bool take_category(struct search_words *words, const char *key,
        const char *value, bool negated)
{
    bool ambiguous = false;
    const char *archive = archive_of(words->arena, value);
    const struct category *category = category_lookup(value, &ambiguous);
    if (archive != NULL)
        return add_term(words, SEARCH_CATEGORY, archive, negated);
    if (category != NULL)
        return add_term(words, SEARCH_CATEGORY, category->code, negated);
    if (ambiguous)
        return refuse(words, SEARCH_FLAW_AMBIGUOUS, key, value,
                codes_of(words->arena, value));
    if (is_several(words->arena, value))
        return refuse(words, SEARCH_FLAW_CATEGORIES, key, value, NULL);
    return refuse(words, SEARCH_FLAW_CATEGORY, key, value,
            nearest_category(words->arena, value));
}

static bool take_author(struct search_words *words, const char *key,
        const char *value, bool negated)
{
    if (says_nothing(words, value))
        return refuse(words, SEARCH_FLAW_NAME, key, value, NULL);
    return add_term(words, SEARCH_AUTHOR, value, negated);
}

static bool take_day(struct search_words *words, const char *key,
        const char *value, bool last, struct civil_date *day)
{
    return search_day_parse(value, words->today, last, day) ||
            refuse(words, SEARCH_FLAW_DAY, key, value, NULL);
}

static bool refuse_negated(struct search_words *words, const char *key)
{
    return refuse(words, SEARCH_FLAW_NEGATED, key, "", NULL);
}

static bool take_since(struct search_words *words, const char *key,
        const char *value, bool negated)
{
    return negated ? refuse_negated(words, key)
                   : take_day(words, key, value, false, &words->query.since);
}

static bool take_until(struct search_words *words, const char *key,
        const char *value, bool negated)
{
    return negated ? refuse_negated(words, key)
                   : take_day(words, key, value, true, &words->query.until);
}

static const struct {
    const char *word;
    key_fn *take;
    const char *example;
} keys[] = {
        {"in", take_category, "LG"},
        {"分类", take_category, "LG"},
        {"类别", take_category, "LG"},
        {"by", take_author, "Finn"},
        {"作者", take_author, "张伟"},
        {"since", take_since, "7d"},
        {"自", take_since, "7天"},
        {"until", take_until, "2026-11"},
        {"至", take_until, "2026-11"},
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
        const char *value)
{
    for (size_t i = 0; i < KEYS; i++)
        if (text_same(keys[i].word, key)) {
            const char *plain = plain_line(words, value);
            return plain != NULL && keys[i].take(words, key, plain, false);
        }
    return refuse(words, SEARCH_FLAW_KEY, key, "", NULL);
}

/* --- reading a line --- */

struct cursor {
    struct arena *arena;
    const char *at;
    bool quoted; /* what was read last stood in quotes */
};

/* Bytes of what stands between words here, as a space does; 0: nothing.  A comma
 * in "1,000" does not. */
static size_t separator(const char *begin, const char *at)
{
    static const char *const wide[] = {"、", "。", "；"};
    bool digits = at > begin && at[-1] >= '0' && at[-1] <= '9' &&
            at[0] != '\0' && at[1] >= '0' && at[1] <= '9';

    if (*at == ' ')
        return 1;
    if (*at == ',' || *at == ';')
        return digits ? 0 : 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text_starts(at, wide[i]))
            return strlen(wide[i]);
    return 0;
}

static void skip_between(struct cursor *cursor)
{
    size_t length;

    while ((length = separator(cursor->at, cursor->at)) > 0)
        cursor->at += length;
}

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
    size_t length = 0;
    while (cursor->at[length] != '\0' && cursor->at[length] != '"' &&
            separator(cursor->at, cursor->at + length) == 0)
        length++;
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

static bool is_category(const char *word)
{
    bool ambiguous = false;
    return category_lookup(word, &ambiguous) != NULL || ambiguous;
}

/* "LG,CV" stays one value, so that it can be said that one is taken; in
 * "CV，扩散" the rest is looked for. */
static const char *next_category(struct cursor *cursor)
{
    const char *value = next_piece(cursor);
    while (!cursor->quoted && (*cursor->at == ',' || *cursor->at == ';')) {
        struct cursor rest = *cursor;
        rest.at++;
        const char *next = next_piece(&rest);
        if (!is_category(next))
            break;
        value = arena_format(cursor->arena, "%s,%s", value, next);
        *cursor = rest;
    }
    return value;
}

static bool read_key(struct search_words *words, struct cursor *cursor,
        size_t place, bool negated)
{
    cursor->at += strlen(keys[place].word) + 1;
    skip_spaces(cursor);
    const char *value = keys[place].take == take_author ? next_name(cursor)
            : keys[place].take == take_category         ? next_category(cursor)
                                                        : next_piece(cursor);
    if (*value == '\0')
        return refuse(words, SEARCH_FLAW_NO_VALUE, keys[place].word, "",
                keys[place].example);
    return keys[place].take(words, keys[place].word, value, negated);
}

static bool read_word(struct search_words *words, struct cursor *cursor,
        bool negated)
{
    const char *text = next_piece(cursor);
    size_t length = strlen(text);
    enum search_kind kind = cursor->quoted ? SEARCH_PHRASE : SEARCH_WORD;
    if (says_nothing(words, text))
        return true;
    if (!cursor->quoted && length > 1 && text[length - 1] == '*')
        kind = SEARCH_PREFIX;
    return add_term(words, kind, text, negated);
}

static bool read_term(struct search_words *words, struct cursor *cursor)
{
    bool negated = *cursor->at == '-' && cursor->at[1] != ' ';
    if (negated)
        cursor->at++;
    size_t place = key_of(cursor->at);
    return place < KEYS ? read_key(words, cursor, place, negated)
                        : read_word(words, cursor, negated);
}

bool search_query_read(struct search_words *words, const char *line)
{
    const char *plain = plain_line(words, line);
    if (plain == NULL)
        return false;
    struct cursor cursor = {.arena = words->arena, .at = plain};
    for (skip_between(&cursor); *cursor.at != '\0'; skip_between(&cursor))
        if (!read_term(words, &cursor))
            return false;
    return true;
}

bool search_query_ready(struct search_words *words)
{
    return words->query.count > 0 || civil_date_is_set(words->query.since) ||
            civil_date_is_set(words->query.until) ||
            refuse(words, SEARCH_FLAW_NOTHING, "", "", NULL);
}

/* --- and back --- */

/* What a line is written with. */
struct key_words {
    const char *in, *by, *since, *until;
};

static const struct key_words english_keys = {"in", "by", "since", "until"};
static const struct key_words chinese_keys = {"分类", "作者", "自", "至"};

static const char *term_text(struct arena *arena, const struct key_words *names,
        const struct search_term *term)
{
    const char *sign = term->negated ? "-" : "";
    switch (term->kind) {
    case SEARCH_PHRASE:
        return arena_format(arena, "%s\"%s\"", sign, term->text);
    case SEARCH_AUTHOR:
        return arena_format(arena,
                strchr(term->text, ' ') == NULL && !is_initial(term->text)
                        ? "%s%s:%s"
                        : "%s%s:\"%s\"",
                sign, names->by, term->text);
    case SEARCH_CATEGORY:
        return arena_format(arena, "%s%s:%s", sign, names->in, term->text);
    case SEARCH_WORD:
    case SEARCH_PREFIX:
        break;
    }
    return arena_format(arena, "%s%s", sign, term->text);
}

static void add_day(struct text *line, const char *key, struct civil_date day)
{
    char text[CIVIL_DATE_SIZE];
    if (!civil_date_is_set(day))
        return;
    civil_date_format(day, text);
    text_add_format(line, "%s%s:%s", line->length > 0 ? " " : "", key, text);
}

const char *search_query_line(struct arena *arena,
        const struct search_query *query, const char *language)
{
    const struct key_words *names =
            label_same_language(language, "zh") ? &chinese_keys : &english_keys;
    struct text line;
    text_init(&line, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < query->count; i++)
        text_add_format(&line, "%s%s", i > 0 ? " " : "",
                term_text(arena, names, &query->terms[i]));
    add_day(&line, names->since, query->since);
    add_day(&line, names->until, query->until);
    return text_string(&line);
}
