#include "bot/transfer_escape.h"

#include "bot/base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool must_be_number(const char *string, size_t at, size_t length,
        bool is_utf8)
{
    unsigned char byte = (unsigned char)string[at];

    return byte < ' ' || byte == 0x7F || (byte >= 0x80 && !is_utf8) ||
            (byte == ' ' &&
                    (at == 0 || at == length - 1 || string[at - 1] == ' '));
}

const char *transfer_escape(const char *string, struct arena *arena)
{
    size_t length = strlen(string);
    bool is_utf8 = text_is_utf8(string, length);
    struct text text;

    text_init(&text, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < length; i++) {
        if (string[i] == '\\' || string[i] == ';')
            text_add(&text, "\\");
        if (must_be_number(string, i, length, is_utf8))
            text_add_format(&text, "\\x%02x", (unsigned char)string[i]);
        else
            text_add_n(&text, string + i, 1);
    }
    return text_string(&text);
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a backslash: the byte, or -1. */
static int take_escaped(const char **at)
{
    const char *behind = *at;

    if (*behind == '\\' || *behind == ';') {
        (*at)++;
        return *behind;
    }
    if (behind[0] != 'x' || digit_of(behind[1]) < 0 || digit_of(behind[2]) < 0)
        return -1;
    *at += 3;
    return digit_of(behind[1]) * 16 + digit_of(behind[2]);
}

const char *transfer_escape_undo(const char *value, struct arena *arena)
{
    char *string = arena_alloc(arena, strlen(value) + 1);
    char *to = string;

    for (const char *at = value; *at != '\0';) {
        if (*at != '\\') {
            *to++ = *at++;
            continue;
        }
        at++;
        int byte = take_escaped(&at);
        if (byte <= 0)
            return NULL;
        *to++ = (char)(unsigned char)byte;
    }
    *to = '\0';
    return string;
}
