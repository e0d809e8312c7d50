#include "tests/support/loop_wait.h"

#include <stddef.h>

enum {
    PATIENCE_MS = 20 * 1000,
    LOOK_MS = 50,
};

struct waiting {
    loop_wait_condition_fn *condition;
    void *ctx;
    struct loop_timer *limit; /* NULL once it ran */
    bool met, over;
};

/* A condition may rest on something that turns no loop: a database, say. */
static int64_t soon(void *ctx)
{
    (void)ctx;
    return clock_now_ms(&loop_system_clock) + LOOK_MS;
}

static void do_nothing(void *ctx, int64_t now_ms)
{
    (void)ctx;
    (void)now_ms;
}

static void end_early(void *ctx)
{
    ((struct waiting *)ctx)->over = true;
}

static void on_limit(void *ctx)
{
    struct waiting *waiting = ctx;

    waiting->limit = NULL;
    waiting->over = true;
}

static bool finished(void *ctx)
{
    struct waiting *waiting = ctx;

    waiting->met = waiting->condition(waiting->ctx);
    return waiting->met || waiting->over;
}

bool loop_wait_until(struct loop *loop, loop_wait_condition_fn *condition,
        void *ctx, int64_t limit_ms)
{
    struct waiting waiting = {.condition = condition, .ctx = ctx};
    const struct core core = {.next_due_ms = soon,
            .step = do_nothing,
            .wind_down = end_early,
            .finished = finished,
            .ctx = &waiting};

    waiting.limit = loop_timer_start(loop, limit_ms, on_limit, &waiting);
    loop_run(loop, &core, NULL);
    loop_timer_stop(waiting.limit);
    return waiting.met;
}

static bool flag_is_set(void *ctx)
{
    const bool *const *flag = ctx;

    return **flag;
}

static bool never(void *ctx)
{
    (void)ctx;
    return false;
}

bool loop_wait(struct loop *loop, const bool *flag)
{
    return loop_wait_until(loop, flag_is_set, &flag, PATIENCE_MS);
}

void loop_wait_ms(struct loop *loop, int64_t duration_ms)
{
    loop_wait_until(loop, never, NULL, duration_ms);
}
