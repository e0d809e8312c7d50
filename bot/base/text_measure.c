#include "bot/base/text.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>
#include <uniwidth.h>

enum {
    EMOJI_STYLE = 0xFE0F, /* asks for the picture form, which is wide */
    FLAG_FIRST = 0x1F1E6, /* regional indicators; a pair is a flag */
    FLAG_LAST = 0x1F1FF,
    FLAG_HALF_BYTES = 4,
    JOINER_BYTES = 3, /* ZWJ, U+200D, in UTF-8 */
    GRAPHEME_BYTES = 128,
};

static ucs4_t rune_at(const uint8_t *at, const uint8_t *end)
{
    ucs4_t rune;
    u8_mbtouc(&rune, at, (size_t)(end - at));
    return rune;
}

static bool is_flag_half(ucs4_t rune)
{
    return rune >= FLAG_FIRST && rune <= FLAG_LAST;
}

static const uint8_t *next_break(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *next = u8_grapheme_next(at, end);
    return next == NULL || next <= at ? end : next;
}

/* No grapheme is longer, so that a letter with a thousand marks can be cut
 * (UAX #15 D10 allows a stream to assume 30 of them). */
static const uint8_t *grapheme_limit(const uint8_t *start, const uint8_t *end)
{
    if (end - start <= GRAPHEME_BYTES)
        return end;
    end = start + GRAPHEME_BYTES;
    while ((*end & 0xC0) == 0x80)
        end--;
    return end;
}

/*
 * The end of the grapheme that begins at start; start < end.  libunistring 1.0
 * compares two characters only, so pictures joined by ZWJ (UAX #29 GB11) and
 * the halves of a flag (GB12) are put together here.
 */
static const uint8_t *grapheme_end(const uint8_t *start, const uint8_t *end)
{
    end = grapheme_limit(start, end);
    const uint8_t *next = next_break(start, end);
    ucs4_t first = rune_at(start, end);
    if (is_flag_half(first))
        return next < end && is_flag_half(rune_at(next, end)) &&
                        next - start == FLAG_HALF_BYTES
                ? next_break(next, end)
                : next;
    if (!uc_is_property_extended_pictographic(first))
        return next;
    while (next < end && next - start > JOINER_BYTES &&
            memcmp(next - JOINER_BYTES, "\u200D", JOINER_BYTES) == 0 &&
            uc_is_property_extended_pictographic(rune_at(next, end)))
        next = next_break(next, end);
    return next;
}

size_t text_graphemes(const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);
    size_t count = 0;
    for (; at < end; at = grapheme_end(at, end))
        count++;
    return count;
}

static size_t grapheme_columns(const uint8_t *at, const uint8_t *end)
{
    int widest = 0;
    while (at < end) {
        ucs4_t rune;
        at += u8_mbtouc(&rune, at, (size_t)(end - at));
        bool picture = rune == EMOJI_STYLE || is_flag_half(rune);
        int width = picture ? 2 : uc_width(rune, "UTF-8");
        if (width > widest)
            widest = width;
    }
    return (size_t)widest;
}

size_t text_columns(const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);
    size_t columns = 0;
    while (at < end) {
        const uint8_t *next = grapheme_end(at, end);
        columns += grapheme_columns(at, next);
        at = next;
    }
    return columns;
}

bool text_has_han(const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);
    const uc_script_t *han = uc_script_byname("Han");
    while (at < end) {
        ucs4_t rune;
        at += u8_mbtouc(&rune, at, (size_t)(end - at));
        if (uc_is_script(rune, han))
            return true;
    }
    return false;
}

size_t text_prefix_graphemes(const char *string, size_t graphemes)
{
    const uint8_t *start = (const uint8_t *)string;
    const uint8_t *at = start, *end = start + strlen(string);
    for (; at < end && graphemes > 0; graphemes--)
        at = grapheme_end(at, end);
    return (size_t)(at - start);
}

size_t text_prefix_bytes(const char *string, size_t bytes)
{
    const uint8_t *start = (const uint8_t *)string;
    const uint8_t *at = start, *end = start + strlen(string);
    while (at < end) {
        const uint8_t *next = grapheme_end(at, end);
        if ((size_t)(next - start) > bytes)
            break;
        at = next;
    }
    return (size_t)(at - start);
}

char *text_shorten(struct arena *arena, const char *string, size_t graphemes)
{
    if (graphemes == 0)
        return arena_string(arena, "");
    if (string[text_prefix_graphemes(string, graphemes)] == '\0')
        return arena_string(arena, string);
    size_t length = text_prefix_graphemes(string, graphemes - 1);
    while (length > 0 && string[length - 1] == ' ')
        length--;
    return arena_format(arena, "%.*s…", (int)length, string);
}
