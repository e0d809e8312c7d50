/*
 * parting.h - the bot leaves a channel that told it to.
 *
 * The command marks the channel removed and says good-bye; once that has been
 * sent, or cannot be any more, the account leaves the room.
 */
#ifndef BOT_PARTING_H
#define BOT_PARTING_H

#include "bot/base/error.h"
#include "bot/ports/request.h"
#include "bot/roster.h"

#include <stdbool.h>
#include <stdint.h>

struct parting {
    const struct roster *roster; /* borrowed */
    struct request *request;     /* a room is being left */
    int64_t channel_id;          /* whose */
    bool look;                   /* somebody may have to be left */
    int64_t look_ms;             /* not before */
    unsigned failures;           /* one after the other */
    bool answered;
    struct error failure; /* of the answer; ERROR_NONE: it was left */
};

/* Stays where it is while anything is under way. */
void parting_begin(struct parting *parting, const struct roster *roster);
void parting_end(struct parting *parting); /* cancels what is under way */

/* The roster has changed. */
void parting_wake(struct parting *parting);

int64_t parting_next_due_ms(const struct parting *parting);
void parting_step(struct parting *parting, int64_t now_ms);

/*
 * Takes a channel out of service, within the caller's transaction: nothing that
 * waits or is parked is sent any more, but for what is added afterwards (the
 * good-bye).
 */
bool parting_take_leave(struct store *store, int64_t channel_id, int64_t now_ms,
        struct arena *arena, struct error *err);

#endif
