/*
 * error.h - what failed, in words a person can act on, and what the program
 * does next.
 *
 * The kind is named after the reaction, because that is all a caller decides
 * on.  The text is one line of UTF-8; each level that knows more puts its
 * context in front ("channel team: webhook: HTTP 503").  A function that
 * succeeds leaves the error alone, so that steps chain with &&.
 */
#ifndef BOT_BASE_ERROR_H
#define BOT_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

enum error_kind {
    ERROR_NONE,
    ERROR_RETRY,    /* may pass by itself: timeout, 429, 5xx, SQLITE_BUSY */
    ERROR_REJECTED, /* this one item was refused: drop it, carry on */
    ERROR_INPUT,    /* malformed document or configuration: tell a person */
    ERROR_STOP,     /* bad credentials, full disk: nothing more will work */
};

struct error {
    enum error_kind kind;
    int64_t retry_after_ms; /* the wait a server named; 0 if none */
    char text[480];         /* UTF-8, one line, outermost context first */
};

/*
 * Sets kind and text and clears retry_after_ms.  Control characters in the
 * result become spaces and a text that is too long ends in "..." at a character
 * boundary.  err may be NULL.  Always returns false, so that failing is one
 * line.
 */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/*
 * Puts "context: " in front of the text; kind and wait stay.  err may be NULL.
 * Always returns false.
 */
bool error_wrap(struct error *err, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
