#include "bot/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

void text_init(struct text *text, struct arena *arena, size_t cap_bytes)
{
    *text = (struct text){
            .arena = arena,
            .bytes = arena_string(arena, ""),
            .size = 1,
            .cap_bytes = cap_bytes,
    };
}

/* Room for more bytes and the NUL; false, and spoilt, past the cap. */
static bool make_room(struct text *text, size_t more)
{
    if (text->spoilt || more > text->cap_bytes - text->length) {
        text->spoilt = true;
        return false;
    }
    size_t need = text->length + more;
    if (need < text->size)
        return true;
    size_t size = need < 64 && text->cap_bytes >= 64 ? 64 : need;
    size += size / 2 < text->cap_bytes - size ? size / 2
                                              : text->cap_bytes - size;
    char *bytes = arena_alloc(text->arena, size + 1);
    memcpy(bytes, text->bytes, text->length + 1);
    text->bytes = bytes;
    text->size = size + 1;
    return true;
}

void text_add_n(struct text *text, const char *bytes, size_t length)
{
    if (length == 0 || !make_room(text, length))
        return;
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_n(text, string, strlen(string));
}

void text_add_format(struct text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        text->spoilt = true;
    else if (make_room(text, (size_t)length)) {
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format,
                again);
        text->length += (size_t)length;
    }
    va_end(again);
}

void text_add_rune(struct text *text, uint32_t rune)
{
    uint8_t bytes[6];
    /* A NUL would end the text unseen. */
    int length = rune == 0 ? 0 : u8_uctomb(bytes, rune, sizeof bytes);
    if (length < 1)
        length = u8_uctomb(bytes, 0xFFFD, sizeof bytes);
    text_add_n(text, (const char *)bytes, (size_t)length);
}

bool text_ok(const struct text *text)
{
    return !text->spoilt;
}

const char *text_string(const struct text *text)
{
    return text->bytes;
}

bool text_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static unsigned char ascii_lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool text_same_ascii(const char *a, const char *b)
{
    for (; *a != '\0' && ascii_lower(*a) == ascii_lower(*b); a++)
        b++;
    return *a == *b;
}

bool text_starts(const char *string, const char *prefix)
{
    return strncmp(string, prefix, strlen(prefix)) == 0;
}
