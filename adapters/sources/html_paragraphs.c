#include "adapters/sources/html_paragraphs.h"

#include "bot/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t rune;
} entities[] = {
        {"&amp;", '&'},
        {"&lt;", '<'},
        {"&gt;", '>'},
        {"&quot;", '"'},
        {"&apos;", '\''},
        {"&nbsp;", ' '},
};

/* The character that stands at at, and how many bytes it takes; 0 bytes if
 * this is no entity. */
static size_t read_entity(const char *at, uint32_t *rune)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (text_starts(at, entities[i].name)) {
            *rune = entities[i].rune;
            return strlen(entities[i].name);
        }
    if (!text_starts(at, "&#"))
        return 0;
    int base = at[2] == 'x' || at[2] == 'X' ? 16 : 10;
    const char *digits = at + (base == 16 ? 3 : 2);
    size_t length = strspn(digits,
            base == 16 ? "0123456789abcdefABCDEF" : "0123456789");
    if (length == 0 || length > 7 || digits[length] != ';')
        return 0;
    *rune = (uint32_t)strtoul(digits, NULL, base);
    return (size_t)(digits + length + 1 - at);
}

static const char *decode(struct arena *arena, const char *bytes, size_t length)
{
    struct text text;
    text_init(&text, arena, length + 1);

    const char *end = bytes + length;
    while (bytes < end) {
        size_t plain = strcspn(bytes, "&");
        if (plain > (size_t)(end - bytes))
            plain = (size_t)(end - bytes);
        text_add_n(&text, bytes, plain);
        bytes += plain;
        uint32_t rune = 0;
        size_t taken = bytes < end ? read_entity(bytes, &rune) : 0;
        if (taken > 0)
            text_add_rune(&text, rune);
        else if (bytes < end)
            text_add_n(&text, bytes, taken = 1);
        bytes += taken;
    }
    return text_string(&text);
}

size_t html_paragraphs(struct arena *arena, const char *string,
        const char **out, size_t max)
{
    size_t count = 0;
    const char *at = string;

    while (count < max && (at = strstr(at, "<p>")) != NULL) {
        at += strlen("<p>");
        const char *end = strstr(at, "</p>");
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        out[count++] = decode(arena, at, length);
        at += length;
    }
    return count;
}
