/*
 * core.h - the bot as the loop sees it, and the loop as the bot sees it.
 *
 * The core never sleeps, never reads a clock, never opens anything.  The loop
 * asks when, waits, and calls.
 */
#ifndef BOT_PORTS_CORE_H
#define BOT_PORTS_CORE_H

#include <stdbool.h>
#include <stdint.h>

struct core {
    /* When step wants to run next, ms since the epoch; INT64_MAX: never by
     * itself. */
    int64_t (*next_due_ms)(void *ctx);
    /* Does all that is due, no more. */
    void (*step)(void *ctx, int64_t now_ms);
    /* Begin nothing new; called once when the process is asked to end. */
    void (*wind_down)(void *ctx);
    /* The process was told to read its configuration again (SIGHUP); may be
     * NULL: nothing happens then. */
    void (*hang_up)(void *ctx);
    /* True when nothing is under way (after wind_down: time to leave), or when
     * a one-shot job is done. */
    bool (*finished)(void *ctx);
    void *ctx;
};

/* How long the loop lets a core wind down before it leaves anyway. */
enum {
    CORE_WIND_DOWN_MS = 8000
};

#endif
