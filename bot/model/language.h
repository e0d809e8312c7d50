/*
 * language.h - the languages Paperboy speaks to readers.
 *
 * A note may be in any language (BCP 47 tag); labels exist for these two.
 */
#ifndef BOT_MODEL_LANGUAGE_H
#define BOT_MODEL_LANGUAGE_H

enum {
    LANGUAGES_MAX = 2
}; /* side by side in one digest */

/* A channel's languages, the reader's first; a NULL ends a shorter list. */
struct language_pair {
    const char *tags[LANGUAGES_MAX]; /* "zh", "en" */
};

#endif
