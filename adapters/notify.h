/*
 * notify.h - tells the service manager that started us how it goes.
 *
 * The protocol of sd_notify(3): datagrams of NAME=VALUE lines to the socket that
 * NOTIFY_SOCKET names.  READY=1 once the loop turns, RELOADING=1 and READY=1
 * around SIGHUP, STOPPING=1 when asked to end, and WATCHDOG=1 at half of
 * WATCHDOG_USEC, from the loop itself: one that hangs stays silent and is
 * started anew.  A manager that is not there, or does not listen, is no error.
 */
#ifndef ADAPTERS_NOTIFY_H
#define ADAPTERS_NOTIFY_H

#include "adapters/loop.h"
#include "bot/ports/core.h"

struct notify; /* heap */

struct notify_environment {
    const char *socket;        /* NOTIFY_SOCKET; NULL where nobody listens */
    const char *watchdog_usec; /* WATCHDOG_USEC, WATCHDOG_PID; may be NULL */
    const char *watchdog_pid;
};

/* NULL where there is nobody to tell. */
struct notify *notify_open(struct loop *loop,
        const struct notify_environment *environment);
void notify_close(struct notify *notify); /* NULL is fine */

/* The core, with what happens to it told on the way; both outlive the result.
 * With NULL it is the core itself. */
struct core notify_core(struct notify *notify, const struct core *core);

#endif
