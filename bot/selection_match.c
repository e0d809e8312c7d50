#include "bot/selection_match.h"

#include "bot/base/text.h"

#include <stdint.h>
#include <string.h>

char *selection_match_fold(struct arena *arena, const char *string)
{
    char *folded = text_fold(arena, string);

    for (char *at = folded; *at; at++)
        if (*at == '-')
            *at = ' ';
    return folded;
}

char *selection_match_fold_name(struct arena *arena, const char *name)
{
    char *folded = text_fold(arena, name);
    char *to = folded;

    for (const char *from = folded; *from; from++)
        if (*from != '-')
            *to++ = *from == '.' ? ' ' : *from;
    *to = '\0';
    return folded;
}

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

static unsigned beginning(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;

    return (byte[0] * 961u + byte[1] * 31u + byte[2]) % MATCH_BEGINNINGS;
}

static void note_beginnings(struct match_paper *paper, const char *text)
{
    bool inside = false;

    for (; text[0] && text[1] && text[2]; text++) {
        if (is_plain(*text) && !inside)
            paper->begins[beginning(text) / 64] |= UINT64_C(1)
                    << beginning(text) % 64;
        inside = is_plain(*text);
    }
}

bool selection_match_may_hold(const struct match_paper *paper,
        const char *phrase)
{
    if (!is_plain(phrase[0]) || !phrase[1] || !phrase[2])
        return true;
    return paper->begins[beginning(phrase) / 64] >> beginning(phrase) % 64 & 1;
}

struct match_paper selection_match_paper(const struct paper *paper,
        struct arena *arena)
{
    struct match_paper match = {
            .title = selection_match_fold(arena, paper->title),
            .abstract = selection_match_fold(arena, paper->abstract),
            .comment = selection_match_fold(arena, paper->comment),
            .paper = paper,
    };

    note_beginnings(&match, match.title);
    note_beginnings(&match, match.abstract);
    return match;
}

/* The code point that begins at; the string is UTF-8. */
static uint32_t rune_at(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;

    if (byte[0] < 0x80)
        return byte[0];
    if (byte[0] < 0xE0)
        return (byte[0] & 0x1Fu) << 6 | (byte[1] & 0x3Fu);
    if (byte[0] < 0xF0)
        return (byte[0] & 0x0Fu) << 12 | (byte[1] & 0x3Fu) << 6 |
                (byte[2] & 0x3Fu);
    return 0x10000; /* emoji and rare Han: no letters of words with spaces */
}

/* A letter or digit of a script that puts spaces between words. */
static bool is_word_rune(uint32_t rune)
{
    if (rune < 0x80)
        return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z');
    if (rune >= 0xAC00 && rune <= 0xD7A3) /* Hangul */
        return true;
    /* Punctuation and symbols from U+2000, Han and kana from U+2E80. */
    return rune >= 0xC0 && rune < 0x2000;
}

static const char *rune_before(const char *text, const char *at)
{
    do
        at--;
    while (at > text && ((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static bool ends_word(const char *text, const char *at)
{
    return at == text || !is_word_rune(rune_at(rune_before(text, at))) ||
            !is_word_rune(rune_at(at));
}

bool selection_match_begins(const char *text, const char *phrase)
{
    size_t length = strlen(phrase);

    if (length == 0 || strncmp(text, phrase, length) != 0)
        return false;
    const char *end = text + length;
    if (ends_word(text, end))
        return true;
    return *end == 's' && !is_word_rune(rune_at(end + 1));
}

bool selection_match_phrase(const char *text, const char *phrase)
{
    if (!*phrase)
        return false;
    for (const char *at = text; (at = strstr(at, phrase)) != NULL; at++)
        if (ends_word(text, at) && selection_match_begins(at, phrase))
            return true;
    return false;
}

struct name_ends {
    const char *first, *last;
    size_t first_length, last_length;
};

static struct name_ends ends_of(const char *name)
{
    struct name_ends ends = {0};

    name += strspn(name, " ");
    ends.first = name;
    ends.first_length = strcspn(name, " ");
    do {
        ends.last = name;
        ends.last_length = strcspn(name, " ");
        name += ends.last_length;
        name += strspn(name, " ");
    } while (*name);
    return ends;
}

bool selection_match_name(const char *wanted, const char *name)
{
    struct name_ends a = ends_of(wanted), b = ends_of(name);

    if (a.last_length == 0 || a.last_length != b.last_length ||
            memcmp(a.last, b.last, a.last_length) != 0)
        return false;
    if (a.first == a.last)
        return true;
    size_t a_rune = text_prefix_graphemes(a.first, 1);
    size_t b_rune = text_prefix_graphemes(b.first, 1);
    if (a.first_length == a_rune || b.first_length == b_rune)
        return a_rune == b_rune && memcmp(a.first, b.first, a_rune) == 0;
    return a.first_length == b.first_length &&
            memcmp(a.first, b.first, a.first_length) == 0;
}
