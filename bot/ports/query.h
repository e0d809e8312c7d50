/*
 * query.h - what pages and status read: is it well, and how much of what.
 */
#ifndef BOT_PORTS_QUERY_H
#define BOT_PORTS_QUERY_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MEASURE_LABELS_MAX = 2,
};

struct measure {
    const char *name; /* "outbox_messages"; its unit is the last word */
    const char *help; /* one line */
    bool counter;     /* only ever grows, from the start of the process on */
    struct {
        const char *name, *value;
    } labels[MEASURE_LABELS_MAX]; /* unused ones have a NULL name */
    double value;
};

/* Those of one name stand together and have one help. */
struct measure_list {
    struct measure *items;
    size_t count, capacity;
};

/* Adds one, whose strings outlive the list, beside those of its name. */
void query_add(struct measure_list *list, struct arena *arena,
        struct measure measure);

struct query {
    /* NULL if all is well, else one line in the arena that says what is not. */
    const char *(*trouble)(void *ctx, struct arena *arena);
    /* Appends; false and err if it could not be found out. */
    bool (*measures)(void *ctx, struct arena *arena, struct measure_list *list,
            struct error *err);
    void *ctx;
};

#endif
