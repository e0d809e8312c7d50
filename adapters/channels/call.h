/*
 * call.h - one send, verify or other question of an account: ends once, or is called off.
 *
 * A kind that needs more than this puts a struct call first in its own.  The
 * call lives in its own arena, which is gone once it has ended.
 */
#ifndef ADAPTERS_CHANNELS_CALL_H
#define ADAPTERS_CHANNELS_CALL_H

#include "adapters/http.h"
#include "bot/ports/account.h"

/* An account's calls under way; {0} is empty. */
struct call_list {
    struct call *first;
};

struct call {
    struct request request; /* first: what the asker holds is the call */
    struct call_list *list;
    struct call *previous, *next;
    struct arena arena;
    account_sent_fn *sent;         /* one of these three */
    account_verified_fn *verified; /* is not NULL */
    account_permission_fn *permitted;
    bool allowed; /* what permitted is told */
    void *cookie;
    struct request *http;     /* under way; its done must set it to NULL */
    struct loop_timer *timer; /* likewise */
    bool ended;
    bool room_waits; /* what the receipt says of a failure */
};

/* A new call of size bytes (at least a struct call), the rest of it zero. */
struct call *call_open_send(struct call_list *list, size_t size,
        account_sent_fn *done, void *cookie);
struct call *call_open_verify(struct call_list *list, size_t size,
        account_verified_fn *done, void *cookie);
struct call *call_open_permission(struct call_list *list, size_t size,
        account_permission_fn *done, void *cookie);

/* Runs fn on the loop's next turn, unless the call is called off before. */
void call_soon(struct call *call, struct loop *loop, loop_timer_fn *fn);

/*
 * Ends the call: tells the asker and frees it.  err is NULL on success; id is
 * the receipt's, maybe_taken counts on failure (both for a send only).
 */
void call_end(struct call *call, const char *id, bool maybe_taken,
        const struct error *err);

/* Calls everything off. */
void call_list_cancel(struct call_list *list);

#endif
