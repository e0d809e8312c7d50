#include "bot/base/text_latex.h"

#include "bot/base/text.h"

#include <string.h>
#include <uninorm.h>
#include <unistr.h>

enum {
    NESTING_MAX = 6,   /* braces count: {\d{\^{\'a}}} is deeper than any name */
    PIECE_BYTES = 32,  /* a letter and its accents */
    MATH_BYTES = 2000, /* an abstract has at most 1920 characters */
};

/* Accents of LaTeX's text mode (LaTeX2e reference, "Accents"). */
static const struct accent {
    char letter;
    uint32_t mark; /* combining, goes behind the letter */
    bool below;    /* an i keeps its dot off only under marks above it */
} accents[] = {
        {'`', 0x0300, false}, {'\'', 0x0301, false}, {'^', 0x0302, false},
        {'~', 0x0303, false}, {'=', 0x0304, false}, {'u', 0x0306, false},
        {'.', 0x0307, false}, {'"', 0x0308, false}, {'r', 0x030A, false},
        {'H', 0x030B, false}, {'v', 0x030C, false}, {'d', 0x0323, true},
        {'c', 0x0327, true}, {'k', 0x0328, true}, {'b', 0x0331, true},
        {'t', 0x0361, false}, /* the tie, over two letters */
};

static const struct letter {
    const char *name, *text;
} letters[] = {
        {"aa", "å"},
        {"AA", "Å"},
        {"ae", "æ"},
        {"AE", "Æ"},
        {"dh", "ð"},
        {"DH", "Ð"},
        {"dj", "đ"},
        {"DJ", "Đ"},
        {"i", "ı"},
        {"j", "ȷ"},
        {"l", "ł"},
        {"L", "Ł"},
        {"ng", "ŋ"},
        {"NG", "Ŋ"},
        {"o", "ø"},
        {"O", "Ø"},
        {"oe", "œ"},
        {"OE", "Œ"},
        {"ss", "ß"},
        {"SS", "SS"},
        {"th", "þ"},
        {"TH", "Þ"},
};

struct piece {
    char bytes[PIECE_BYTES];
    size_t length;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *skip_spaces(const char *at)
{
    while (*at == ' ')
        at++;
    return at;
}

static bool piece_add(struct piece *piece, const char *bytes, size_t length)
{
    if (length > sizeof piece->bytes - piece->length)
        return false;
    memcpy(piece->bytes + piece->length, bytes, length);
    piece->length += length;
    return true;
}

static bool piece_add_rune(struct piece *piece, uint32_t rune)
{
    uint8_t bytes[6];
    int length = u8_uctomb(bytes, rune, sizeof bytes);
    return piece_add(piece, (const char *)bytes, (size_t)length);
}

static size_t piece_runes(const struct piece *piece)
{
    return u8_mbsnlen((const uint8_t *)piece->bytes, piece->length);
}

/* Composes what can be composed (NFC). */
static bool piece_compose(struct piece *piece)
{
    uint8_t composed[PIECE_BYTES];
    size_t length = sizeof composed;
    if (u8_normalize(UNINORM_NFC, (const uint8_t *)piece->bytes, piece->length,
                composed, &length) != composed)
        return false;
    memcpy(piece->bytes, composed, length);
    piece->length = length;
    return true;
}

static bool piece_add_string(struct piece *piece, const char *string)
{
    return piece_add(piece, string, strlen(string));
}

static const struct letter *find_letter(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strlen(letters[i].name) == length &&
                memcmp(letters[i].name, name, length) == 0)
            return &letters[i];
    return NULL;
}

/* Behind a letter's name: {} or the blanks that TeX eats.  Many a "Micha\l
 * Nowak" was written by somebody who did not know that; so before a capital
 * the blank stays, unless the letter began its word ("\L UKASZ"). */
static const char *letter_end(const char *at, bool starts_word)
{
    if (strncmp(at, "{}", 2) == 0)
        return at + 2;
    const char *next = skip_spaces(at);
    bool capital = *next >= 'A' && *next <= 'Z';
    return capital && !starts_word ? at : next;
}

/* "\o": a letter by its name. */
static bool read_letter(const char **at, bool starts_word, struct piece *piece)
{
    const char *name = *at + 1, *end = name;
    while (is_letter(*end))
        end++;
    const struct letter *letter = find_letter(name, (size_t)(end - name));
    if (letter == NULL || !piece_add_string(piece, letter->text))
        return false;
    *at = letter_end(end, starts_word);
    return true;
}

static const struct accent *find_accent(const char *at)
{
    /* "\cite" is not a cedilla on "ite". */
    if (is_letter(at[1]) && is_letter(at[2]))
        return NULL;
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (accents[i].letter == at[1])
            return &accents[i];
    return NULL;
}

/* The three below read what stands at *at into piece and move *at behind it;
 * where there is nothing of the kind they return false, with both unusable. */
static bool read_construct(const char **at, bool starts_word, unsigned depth,
        struct piece *piece);

/* What an accent stands on. */
static bool read_base(const char **at, const struct accent *accent,
        unsigned depth, struct piece *piece)
{
    if (is_letter(**at))
        return piece_add(piece, (*at)++, 1);
    bool dotless = strncmp(*at, "\\i", 2) == 0 || strncmp(*at, "\\j", 2) == 0;
    if (dotless && !is_letter((*at)[2]) && !accent->below) {
        if (!piece_add(piece, *at + 1, 1))
            return false;
        *at = letter_end(*at + 2, false);
        return true;
    }
    return read_construct(at, true, depth, piece);
}

/* Whether at, a \" before a word, opens a quotation: the next \" closes it.
 * Abstracts come with \"quoted\" words, too. */
static bool is_quotation(const char *at)
{
    const char *next = strstr(at + 2, "\\\"");
    return next != NULL && !is_letter(next[2]) && next[2] != '{' &&
            next[2] != '\\';
}

/* The letters that go on behind the accented one up to the brace.  A tie spans
 * one of them; of the named accents no other spans any: \b{eta} is what arXiv's
 * records make of \beta, and stays. */
static bool read_rest(const char **at, const struct accent *accent,
        struct piece *piece)
{
    size_t count = 0;
    for (; is_letter((*at)[count]); count++)
        if (!piece_add(piece, *at + count, 1))
            return false;
    size_t most = accent->letter == 't' ? 1 : 0;
    if (is_letter(accent->letter) && count > most)
        return false;
    *at = skip_spaces(*at + count);
    return *(*at)++ == '}';
}

/* "\v s", "\"{o}", "\'\i": an accent and its letter. */
static bool read_accent(const char **at, const struct accent *accent,
        unsigned depth, struct piece *piece)
{
    bool named = is_letter(accent->letter);
    const char *next = named ? skip_spaces(*at + 2) : *at + 2;
    bool braced = *next == '{';
    if (braced)
        next = skip_spaces(next + 1);
    if (!read_base(&next, accent, depth, piece) ||
            !piece_add_rune(piece, accent->mark) || !piece_compose(piece))
        return false;
    /* A "q" with dots is no letter. */
    if (!named && !braced && piece_runes(piece) > 1)
        return false;
    if (braced && !read_rest(&next, accent, piece))
        return false;
    *at = next;
    return true;
}

/* "{\o}": braces around one construct go with it. */
static bool read_group(const char **at, bool starts_word, unsigned depth,
        struct piece *piece)
{
    const char *next = skip_spaces(*at + 1);
    if (!read_construct(&next, starts_word, depth, piece))
        return false;
    next = skip_spaces(next);
    if (*next != '}')
        return false;
    *at = next + 1;
    return true;
}

static bool read_construct(const char **at, bool starts_word, unsigned depth,
        struct piece *piece)
{
    if (depth == NESTING_MAX)
        return false;
    if (**at == '{')
        return read_group(at, starts_word, depth + 1, piece);
    if (**at != '\\')
        return false;
    const struct accent *accent = find_accent(*at);
    if (accent != NULL && accent->letter == '"' && starts_word && depth == 0 &&
            is_quotation(*at))
        return false;
    if (accent != NULL)
        return read_accent(at, accent, depth + 1, piece);
    return read_letter(at, starts_word, piece);
}

static const char *const math_pairs[][2] = {{"$$", "$$"}, {"$", "$"},
        {"\\(", "\\)"}, {"\\[", "\\]"}};

enum {
    MATH_PAIRS = sizeof math_pairs / sizeof *math_pairs,
};

/* Up to where each pair's closer was looked for and not found, so that a
 * thousand openers without one cost no more than one. */
struct math_search {
    const char *searched[MATH_PAIRS];
};

/* Behind the closer of the math that opens at at; NULL if it has none near. */
static const char *math_end(const char *at, struct math_search *search)
{
    size_t pair = 0;
    while (pair < MATH_PAIRS && !text_starts(at, math_pairs[pair][0]))
        pair++;
    if (pair == MATH_PAIRS)
        return NULL;
    const char *closer = math_pairs[pair][1];
    const char *next = at + strlen(closer);
    if (next < search->searched[pair])
        next = search->searched[pair];
    for (; *next != '\0' && next - at < MATH_BYTES; next++) {
        if (text_starts(next, closer))
            return next + strlen(closer);
        if (next[0] == '\\' && next[1] != '\0')
            next++;
    }
    search->searched[pair] = next;
    return NULL;
}

/* "50\%", "Q\&A", "C\#", "a\_b": characters that only TeX needs escaped. */
static bool is_needless_escape(const char *at)
{
    return at[0] == '\\' && at[1] != '\0' && strchr("%&#_", at[1]) != NULL;
}

/* Bytes at at that are copied as they stand: math, an escaped character, or
 * one byte. */
static size_t raw_length(const char *at, struct math_search *search)
{
    const char *end = math_end(at, search);
    if (end != NULL)
        return (size_t)(end - at);
    return at[0] == '\\' && at[1] != '\0' ? 2 : 1;
}

char *text_latex_accents(struct arena *arena, const char *string)
{
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    struct math_search search = {{string, string, string, string}};
    const char *at = string;
    while (*at != '\0') {
        size_t plain = strcspn(at, "\\{$");
        text_add_n(&text, at, plain);
        at += plain;
        bool starts_word =
                text.length == 0 || !is_letter(text.bytes[text.length - 1]);
        struct piece piece = {.length = 0};
        const char *next = at;
        if (read_construct(&next, starts_word, 0, &piece)) {
            text_add_n(&text, piece.bytes, piece.length);
            at = next;
        } else if (is_needless_escape(at)) {
            text_add_n(&text, at + 1, 1);
            at += 2;
        } else if (*at != '\0') {
            size_t raw = raw_length(at, &search);
            text_add_n(&text, at, raw);
            at += raw;
        }
    }
    return text.bytes;
}
