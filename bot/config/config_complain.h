/*
 * config_complain.h - what is wrong with a configuration, gathered.
 *
 * Nothing stops at the first mistake: a person mends a file once.
 */
#ifndef BOT_CONFIG_COMPLAIN_H
#define BOT_CONFIG_COMPLAIN_H

#include "bot/base/arena.h"

#include <stddef.h>

struct config_complaint {
    int line;         /* 0: the file as a whole */
    const char *text; /* "[channel team] timezone: ...; did you mean ...?" */
};

struct config_complaint_list {
    struct config_complaint *items; /* by line */
    size_t count;
};

struct config_complaints {
    struct arena *arena; /* holds the texts */
    struct config_complaint_list list;
    size_t capacity;
};

/* Adds one complaint, behind those of the same and of earlier lines. */
void config_complain(struct config_complaints *complaints, int line,
        const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
