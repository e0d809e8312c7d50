/*
 * request.h - something under way that can be called off.
 *
 * All asynchronous calls are alike: done runs exactly once, never before the
 * call has returned, always on the loop; what is passed to it lives only during
 * the call unless it says otherwise.  The returned request is never NULL and is
 * gone once done has run.  request_cancel promises that done will not run.
 * Deadlines belong to the adapter: no call stays open for ever.
 */
#ifndef BOT_PORTS_REQUEST_H
#define BOT_PORTS_REQUEST_H

#include <stddef.h>

struct request {
    void (*cancel)(struct request *request);
};

/* NULL is fine. */
static inline void request_cancel(struct request *request)
{
    if (request != NULL)
        request->cancel(request);
}

#endif
