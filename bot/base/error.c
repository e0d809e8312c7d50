#include "bot/base/error.h"

#include <stdio.h>
#include <string.h>

/* Bytes that continue a UTF-8 sequence look like 10xxxxxx (RFC 3629). */
static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Makes one line of it, and marks a cut that vsnprintf made. */
static void tidy(char *text, size_t size, bool cut)
{
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = ' ';
    if (!cut)
        return;
    size_t at = size - 4;
    while (at > 0 && is_continuation(text[at]))
        at--;
    memcpy(text + at, "...", 4);
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    if (err == NULL)
        return false;

    va_list args;
    va_start(args, format);
    int length = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    tidy(err->text, sizeof err->text,
            length < 0 || (size_t)length >= sizeof err->text);
    err->kind = kind;
    err->retry_after_ms = 0;
    return false;
}

bool error_wrap(struct error *err, const char *format, ...)
{
    if (err == NULL)
        return false;

    struct error inner = *err;
    char context[sizeof err->text];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    error_set(err, inner.kind, "%s: %s", context, inner.text);
    err->retry_after_ms = inner.retry_after_ms;
    return false;
}
