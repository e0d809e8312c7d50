/*
 * log.h - one line an event: a short sentence, then key=value fields.
 *
 * Levels: error (a person must act), warning, info (one line a digest), debug.
 * Secrets never come here.  Where lines go, and in which form, is set once by
 * main through log_open; until then, and in tests, nothing is written.
 *
 *     log_info("digest planned", log_text("channel", label),
 *             log_number("papers", count));
 */
#ifndef BOT_BASE_LOG_H
#define BOT_BASE_LOG_H

#include "bot/base/clock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum log_form {
    LOG_FORM_AUTO,   /* for a person on a terminal, else logfmt */
    LOG_FORM_HUMAN,  /* 2026-11-24T05:30:00Z digest planned  channel=team */
    LOG_FORM_LOGFMT, /* time=… level=info msg="digest planned" channel=team */
    LOG_FORM_JSON, /* {"time":"…","level":"info","msg":"…","channel":"…"} */
};

enum log_level {
    LOG_ERROR,
    LOG_WARNING,
    LOG_INFO,
    LOG_DEBUG
};

struct log_field {
    const char *key;
    const char *text; /* NULL: number holds the value */
    int64_t number;
};

#define log_text(k, t) ((struct log_field){.key = (k), .text = (t)})
#define log_number(k, n)                                                       \
    ((struct log_field){.key = (k), .number = (int64_t)(n)})

/* fields ends with one whose key is NULL; the macros below add it. */
void log_event(enum log_level level, const char *sentence,
        const struct log_field *fields);

#define LOG_FIELDS(...)                                                        \
    (const struct log_field[])                                                 \
    {                                                                          \
        __VA_ARGS__,                                                           \
        {                                                                      \
            .key = NULL                                                        \
        }                                                                      \
    }
#define log_error(sentence, ...)                                               \
    log_event(LOG_ERROR, (sentence), LOG_FIELDS(__VA_ARGS__))
#define log_warning(sentence, ...)                                             \
    log_event(LOG_WARNING, (sentence), LOG_FIELDS(__VA_ARGS__))
#define log_info(sentence, ...)                                                \
    log_event(LOG_INFO, (sentence), LOG_FIELDS(__VA_ARGS__))
#define log_debug(sentence, ...)                                               \
    log_event(LOG_DEBUG, (sentence), LOG_FIELDS(__VA_ARGS__))

/*
 * From now on lines at or above the given importance go to stream, each with
 * the clock's time in UTC.  Both are borrowed until log_close.
 */
void log_open(FILE *stream, enum log_level least, const struct clock *clock);
void log_close(void);

/* Which form lines have from now on; log_open begins with LOG_FORM_AUTO. */
void log_set_form(enum log_form form);

/* "auto", "human", "logfmt", "json"; false for another word. */
bool log_form_parse(const char *word, enum log_form *form);

#endif
