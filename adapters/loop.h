/*
 * loop.h - the one place that waits: libuv, with curl (and later libwebsockets)
 * on it, and the one place that reads the clock.
 *
 * One thread.  The core is asked after every turn when it is due next, and one
 * timer is set to that.
 */
#ifndef ADAPTERS_LOOP_H
#define ADAPTERS_LOOP_H

#include "bot/base/clock.h"
#include "bot/base/error.h"
#include "bot/ports/core.h"

#include <stdbool.h>
#include <stdint.h>

struct loop; /* opaque */

struct loop *loop_open(struct error *err);
void loop_close(struct loop *loop); /* NULL is fine */

/* The machine's clock; usable without a loop. */
extern const struct clock loop_system_clock;

/*
 * Runs until core->finished, or SIGTERM or SIGINT: then core->wind_down is
 * called once and the loop leaves when core->finished, at the latest after
 * CORE_WIND_DOWN_MS (a second signal leaves at once).  SIGHUP calls
 * core->hang_up.  False and err if the loop failed.
 */
bool loop_run(struct loop *loop, const struct core *core, struct error *err);

/* A timer of the caller's: fn runs once on the loop after delay_ms unless
 * stopped.  The handle is freed by loop_timer_stop or after fn has run. */
typedef void loop_timer_fn(void *ctx);
struct loop_timer;
struct loop_timer *loop_timer_start(struct loop *loop, int64_t delay_ms,
        loop_timer_fn *fn, void *ctx);
void loop_timer_stop(struct loop_timer *timer); /* NULL is fine */

/* For tests, which wait for nothing: in how long the next of these timers runs
 * (INT64_MAX: there is none), and all of them so much earlier. */
int64_t loop_timer_next_ms(const struct loop *loop);
void loop_timer_advance(struct loop *loop, int64_t passed_ms);

/*
 * Runs fn whenever something can be read from a descriptor, until it is stopped.
 * NULL if that cannot be waited for: it is a file.  The descriptor is borrowed;
 * whether reading blocks stays as it was.
 */
struct loop_watch;
struct loop_watch *loop_watch_start(struct loop *loop, int fd,
        loop_timer_fn *fn, void *ctx);
void loop_watch_stop(struct loop_watch *watch); /* NULL is fine */

/* For adapters/http.c and adapters/server.c only: the uv_loop_t. */
void *loop_native(struct loop *loop);

#endif
