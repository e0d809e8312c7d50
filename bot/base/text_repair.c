#include "bot/base/text.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum {
    JOINER = 0x200D,     /* ZWJ: holds emoji and Indic clusters together */
    NON_JOINER = 0x200C, /* ZWNJ: spelling in Persian and others */
};

bool text_is_utf8(const char *bytes, size_t length)
{
    return u8_check((const uint8_t *)bytes, length) == NULL;
}

char *text_repair(struct arena *arena, const char *bytes, size_t length)
{
    const uint8_t *at = (const uint8_t *)bytes, *end = at + length;
    if (text_is_utf8(bytes, length) && memchr(bytes, '\0', length) == NULL)
        return arena_string_n(arena, bytes, length);

    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    while (at < end) {
        ucs4_t rune;
        int step = u8_mbtouc(&rune, at, (size_t)(end - at));
        text_add_rune(&text, rune); /* U+FFFD for a NUL, too */
        at += step;
    }
    return text.bytes;
}

/* Signs written before the digits they embrace (Arabic number sign, end of
 * ayah, ...): format characters by category, but seen. */
static bool is_visible_format(ucs4_t rune)
{
    return (rune >= 0x600 && rune <= 0x605) || rune == 0x6DD || rune == 0x70F ||
            rune == 0x890 || rune == 0x891 || rune == 0x8E2 ||
            rune == 0x110BD || rune == 0x110CD;
}

/* What a reader cannot see and a terminal or a client might obey. */
static bool is_unwanted(ucs4_t rune)
{
    if (uc_is_general_category_withtable(rune, UC_CATEGORY_MASK_Cc))
        return true;
    if (uc_is_general_category_withtable(rune, UC_CATEGORY_MASK_Cf))
        return !is_visible_format(rune);
    /* Variation selectors and the like are marks and stay. */
    return uc_is_property_default_ignorable_code_point(rune) &&
            !uc_is_general_category_withtable(rune, UC_CATEGORY_MASK_Mn);
}

/* Bytes of visible ASCII from at: nothing in it needs a table. */
static size_t visible_ascii(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *start = at;
    while (at<end && * at> ' ' && *at < 0x7F)
        at++;
    return (size_t)(at - start);
}

/* --- ASCII, eight bytes at a time --- */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static uint64_t eight(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* No byte above DEL and none of NUL: white space and controls may be there. */
static bool is_ascii(const char *bytes, size_t length)
{
    uint64_t found = 0;
    size_t at = 0;

    for (; length - at >= sizeof found; at += sizeof found) {
        uint64_t word = eight(bytes + at);
        found |= word | (word - EACH(1)); /* a NUL among ASCII borrows */
    }
    for (; at < length; at++)
        if ((signed char)bytes[at] <= 0)
            return false;
    return (found & EACH(0x80)) == 0;
}

/* 0x80 in the place of each byte that is the given one; of ASCII. */
static uint64_t places_of(uint64_t word, unsigned char byte)
{
    return ~((word ^ EACH(byte)) + EACH(0x7F)) & EACH(0x80);
}

/* Eight bytes that may stand as they are, behind a visible one: no controls, no
 * two spaces in a row. */
static bool is_tidy(uint64_t word)
{
    uint64_t spaces = places_of(word, ' ');
    uint64_t controls = (word - EACH(' ')) & EACH(0x80);

    return ((spaces & (spaces << 8)) | controls | places_of(word, 0x7F)) == 0;
}

/* Where the line goes on. */
static char *line_add(char *to, const char *line, char byte)
{
    bool is_space = byte == ' ' || (byte >= '\t' && byte <= '\r');

    if (is_space && to > line && to[-1] != ' ')
        *to++ = ' ';
    else if (byte > ' ' && byte < 0x7F)
        *to++ = byte;
    return to;
}

/* text_one_line where nothing needs a table. */
static char *ascii_line(struct arena *arena, const char *bytes, size_t length)
{
    char *line = arena_alloc(arena, length + 1), *to = line;
    const char *end = bytes + length;

    while (end - bytes >= 8) {
        uint64_t word = eight(bytes);
        if (is_tidy(word) && to > line && (to[-1] != ' ' || *bytes != ' ')) {
            memcpy(to, bytes, sizeof word);
            to += sizeof word;
            bytes += sizeof word;
        } else {
            to = line_add(to, line, *bytes++);
        }
    }
    while (bytes < end)
        to = line_add(to, line, *bytes++);
    if (to > line && to[-1] == ' ')
        to--;
    *to = '\0';
    return line;
}

char *text_repaired_line(struct arena *arena, const char *bytes, size_t length)
{
    return is_ascii(bytes, length)
            ? ascii_line(arena, bytes, length)
            : text_one_line(arena, text_repair(arena, bytes, length));
}

char *text_one_line(struct arena *arena, const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    bool space = true; /* true at the start, so that it is trimmed */
    while (at < end) {
        size_t plain = visible_ascii(at, end);
        if (plain > 0) {
            text_add_n(&text, (const char *)at, plain);
            space = false;
            at += plain;
            continue;
        }
        ucs4_t rune;
        at += u8_mbtouc(&rune, at, (size_t)(end - at));
        bool joins = rune == JOINER || rune == NON_JOINER;
        if (uc_is_property_white_space(rune)) {
            if (!space)
                text_add_n(&text, " ", 1);
            space = true;
        } else if (joins ? !space : !is_unwanted(rune)) {
            text_add_rune(&text, rune);
            space = false;
        }
    }
    if (space && text.length > 0)
        text.bytes[--text.length] = '\0';
    return text.bytes;
}
