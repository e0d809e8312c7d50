#include "tests/support/passing.h"

#include <poll.h>
#include <stddef.h>
#include <uv.h>

enum {
    QUIET_MS = 2,
    QUIET_TURNS = 3, /* a request's own short timers run in between */
};

static int64_t now_ms(void *state)
{
    const struct passing *passing = state;

    return clock_now_ms(&loop_system_clock) + passing->passed_ms;
}

void passing_init(struct passing *passing, struct loop *loop)
{
    *passing = (struct passing){.loop = loop,
            .clock = {.now_ms = now_ms, .state = passing}};
}

/* Turns until nothing is on the way any more; true once the condition holds. */
static bool settle(struct loop *loop, loop_wait_condition_fn *condition,
        void *ctx)
{
    uv_loop_t *uv = loop_native(loop);
    int quiet = 0;

    while (quiet < QUIET_TURNS) {
        struct pollfd events = {.fd = uv_backend_fd(uv), .events = POLLIN};
        uv_update_time(uv);
        uv_run(uv, UV_RUN_NOWAIT);
        if (condition(ctx))
            return true;
        bool more = loop_timer_next_ms(loop) == 0 ||
                poll(&events, 1, QUIET_MS) != 0;
        quiet = more ? 0 : quiet + 1;
    }
    return false;
}

static void advance(struct passing *passing, int64_t step_ms)
{
    uv_update_time(loop_native(passing->loop));
    loop_timer_advance(passing->loop, step_ms);
    passing->passed_ms += step_ms;
}

/* Until the condition holds or so much has passed. */
static bool pass(struct passing *passing, loop_wait_condition_fn *condition,
        void *ctx, int64_t left_ms)
{
    for (;;) {
        if (settle(passing->loop, condition, ctx))
            return true;
        if (left_ms == 0)
            return false;
        int64_t next_ms = loop_timer_next_ms(passing->loop);
        int64_t step_ms = next_ms < left_ms ? next_ms : left_ms;
        advance(passing, step_ms);
        left_ms -= step_ms;
    }
}

static bool never(void *ctx)
{
    (void)ctx;
    return false;
}

void passing_ms(struct passing *passing, int64_t duration_ms)
{
    pass(passing, never, NULL, duration_ms);
}

bool passing_until(struct passing *passing, loop_wait_condition_fn *condition,
        void *ctx, int64_t limit_ms)
{
    return pass(passing, condition, ctx, limit_ms) ||
            loop_wait_until(passing->loop, condition, ctx, limit_ms);
}
