#include "tests/support/loop_wait.h"

enum {
    PATIENCE_MS = 20 * 1000,
};

struct waiting {
    const bool *flag;
    struct loop_timer *limit; /* NULL once it ran */
    bool over;
};

static int64_t never_due(void *ctx)
{
    (void)ctx;
    return INT64_MAX;
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
    const struct waiting *waiting = ctx;
    return waiting->over || *waiting->flag;
}

static void turn(struct loop *loop, struct waiting *waiting, int64_t limit_ms)
{
    const struct core core = {.next_due_ms = never_due,
            .step = do_nothing,
            .wind_down = end_early,
            .finished = finished,
            .ctx = waiting};

    waiting->limit = loop_timer_start(loop, limit_ms, on_limit, waiting);
    loop_run(loop, &core, NULL);
    loop_timer_stop(waiting->limit);
}

bool loop_wait(struct loop *loop, const bool *flag)
{
    struct waiting waiting = {.flag = flag};

    turn(loop, &waiting, PATIENCE_MS);
    return *flag;
}

void loop_wait_ms(struct loop *loop, int64_t duration_ms)
{
    const bool never = false;
    struct waiting waiting = {.flag = &never};

    turn(loop, &waiting, duration_ms);
}
