#include "bot/base/text_plain.h"

#include "bot/base/text.h"

#include <string.h>

/* Signs of Chinese input methods, and what they stand for. */
static const struct {
    const char *wide, *plain;
} signs[] = {
        {"“", "\""},
        {"”", "\""},
        {"„", "\""},
        {"「", "\""},
        {"」", "\""},
        {"『", "\""},
        {"』", "\""},
        {"\u3000", " "},
};

/* U+FF01 to U+FF5E are ASCII in full width: EF BC 81 to EF BD 9E. */
static char ascii_of_wide(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    if (byte[0] != 0xEF || (byte[1] != 0xBC && byte[1] != 0xBD))
        return '\0';
    int place = (byte[1] - 0xBC) * 64 + byte[2] - 0x80;
    return place >= 1 && place <= 0x5E ? (char)(' ' + place) : '\0';
}

static size_t add_plain(struct text *text, const char *at)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(at, signs[i].wide)) {
            text_add(text, signs[i].plain);
            return strlen(signs[i].wide);
        }
    char plain = ascii_of_wide(at);
    text_add_n(text, plain == '\0' ? at : &plain, 1);
    return plain == '\0' ? 1 : 3;
}

char *text_plain(struct arena *arena, const char *bytes)
{
    const char *at = text_repair(arena, bytes, strlen(bytes));
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    while (*at != '\0')
        at += add_plain(&text, at);
    return text_one_line(arena, text_string(&text));
}
