#include "adapters/loop.h"

#include "bot/base/log.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <uv.h>

enum {
    /* The monotonic clock behind uv_timer stands still while the machine
     * sleeps and knows nothing of a clock that was set, so the wall clock is
     * looked at again at least this often. */
    LOOK_AGAIN_MS = 60 * 1000,
};

struct loop_timer {
    uv_timer_t uv; /* first: the handle is the timer */
    struct loop *loop;
    struct loop_timer *previous, *next;
    loop_timer_fn *fn;
    void *ctx;
};

struct loop {
    uv_loop_t uv;
    uv_prepare_t turn; /* runs after each turn's callbacks, before the wait */
    uv_timer_t due, give_up;
    uv_signal_t terminate, interrupt, hang_up;
    const struct core *core; /* NULL outside loop_run */
    bool winding_down, leave;
    struct loop_timer *timers;
};

static int64_t system_now_ms(void *state)
{
    (void)state;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const struct clock loop_system_clock = {.now_ms = system_now_ms};

static int64_t now_ms(void)
{
    return clock_now_ms(&loop_system_clock);
}

static bool uv_failed(int code, const char *what, struct error *err)
{
    return error_set(err, ERROR_STOP, "event loop: %s: %s", what,
            uv_strerror(code));
}

/* --- turns --- */

static void on_due(uv_timer_t *timer)
{
    struct loop *loop = timer->data;
    int64_t now = now_ms();

    /* It may only be time to look again. */
    if (loop->core->next_due_ms(loop->core->ctx) <= now)
        loop->core->step(loop->core->ctx, now);
}

static int64_t wait_ms(const struct core *core)
{
    int64_t now = now_ms();
    int64_t due = core->next_due_ms(core->ctx);

    if (due <= now)
        return 0;
    /* Compared so that INT64_MAX and a clock before 1970 cannot overflow. */
    return due > now + LOOK_AGAIN_MS ? LOOK_AGAIN_MS : due - now;
}

static void after_turn(uv_prepare_t *prepare)
{
    struct loop *loop = prepare->data;
    const struct core *core = loop->core;

    if (loop->leave || core->finished(core->ctx)) {
        uv_stop(&loop->uv);
        return;
    }
    uv_update_time(&loop->uv);
    uv_timer_start(&loop->due, on_due, (uint64_t)wait_ms(core), 0);
}

/* --- signals --- */

static void on_give_up(uv_timer_t *timer)
{
    struct loop *loop = timer->data;

    log_warning("left with work under way",
            log_number("waited_ms", CORE_WIND_DOWN_MS));
    loop->leave = true;
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct loop *loop = handle->data;

    if (loop->winding_down) {
        log_warning("left at once", log_number("signal", number));
        loop->leave = true;
        return;
    }
    log_info("asked to end", log_number("signal", number));
    loop->winding_down = true;
    uv_timer_start(&loop->give_up, on_give_up, CORE_WIND_DOWN_MS, 0);
    loop->core->wind_down(loop->core->ctx);
}

static void on_hang_up(uv_signal_t *handle, int number)
{
    struct loop *loop = handle->data;

    (void)number;
    if (loop->core->hang_up != NULL && !loop->winding_down)
        loop->core->hang_up(loop->core->ctx);
}

/* --- running --- */

static bool watch(struct loop *loop, struct error *err)
{
    int code = uv_signal_start(&loop->terminate, on_signal, SIGTERM);
    if (code != 0)
        return uv_failed(code, "SIGTERM", err);
    code = uv_signal_start(&loop->interrupt, on_signal, SIGINT);
    if (code != 0)
        return uv_failed(code, "SIGINT", err);
    code = uv_signal_start(&loop->hang_up, on_hang_up, SIGHUP);
    if (code != 0)
        return uv_failed(code, "SIGHUP", err);
    code = uv_prepare_start(&loop->turn, after_turn);
    return code == 0 || uv_failed(code, "prepare", err);
}

static void unwatch(struct loop *loop)
{
    uv_signal_stop(&loop->terminate);
    uv_signal_stop(&loop->interrupt);
    uv_signal_stop(&loop->hang_up);
    uv_prepare_stop(&loop->turn);
    uv_timer_stop(&loop->due);
    uv_timer_stop(&loop->give_up);
}

bool loop_run(struct loop *loop, const struct core *core, struct error *err)
{
    loop->core = core;
    loop->winding_down = loop->leave = false;
    bool ok = watch(loop, err);
    if (ok)
        uv_run(&loop->uv, UV_RUN_DEFAULT);
    unwatch(loop);
    loop->core = NULL;
    return ok;
}

/* --- opening and closing --- */

static void init_handles(struct loop *loop)
{
    uv_prepare_init(&loop->uv, &loop->turn);
    uv_timer_init(&loop->uv, &loop->due);
    uv_timer_init(&loop->uv, &loop->give_up);
    uv_handle_t *const handles[] = {(uv_handle_t *)&loop->turn,
            (uv_handle_t *)&loop->due, (uv_handle_t *)&loop->give_up,
            (uv_handle_t *)&loop->terminate, (uv_handle_t *)&loop->interrupt,
            (uv_handle_t *)&loop->hang_up};
    for (size_t i = 0; i < sizeof handles / sizeof handles[0]; i++)
        handles[i]->data = loop;
}

struct loop *loop_open(struct error *err)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) {
        error_set(err, ERROR_STOP, "event loop: out of memory");
        return NULL;
    }
    int code = uv_loop_init(&loop->uv);
    if (code != 0) {
        uv_failed(code, "cannot be made", err);
        goto free_loop;
    }
    /* The signal handles share one pipe, the only thing here that can fail. */
    code = uv_signal_init(&loop->uv, &loop->terminate);
    if (code != 0) {
        uv_failed(code, "signals", err);
        goto close_native;
    }
    uv_signal_init(&loop->uv, &loop->interrupt);
    uv_signal_init(&loop->uv, &loop->hang_up);
    init_handles(loop);
    /* A peer that hangs up must be an error of one write, not our end. */
    signal(SIGPIPE, SIG_IGN);
    return loop;

close_native:
    uv_loop_close(&loop->uv);
free_loop:
    free(loop);
    return NULL;
}

static void close_handle(uv_handle_t *handle, void *unused)
{
    (void)unused;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void loop_close(struct loop *loop)
{
    if (loop == NULL)
        return;
    while (loop->timers != NULL)
        loop_timer_stop(loop->timers);
    uv_walk(&loop->uv, close_handle, NULL);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    uv_loop_close(&loop->uv);
    free(loop);
}

/* --- timers --- */

static void free_timer(uv_handle_t *handle)
{
    free(handle->data);
}

void loop_timer_stop(struct loop_timer *timer)
{
    if (timer == NULL || uv_is_closing((uv_handle_t *)&timer->uv))
        return;
    if (timer->previous != NULL)
        timer->previous->next = timer->next;
    else
        timer->loop->timers = timer->next;
    if (timer->next != NULL)
        timer->next->previous = timer->previous;
    uv_close((uv_handle_t *)&timer->uv, free_timer);
}

static void on_timer(uv_timer_t *uv)
{
    struct loop_timer *timer = uv->data;

    timer->fn(timer->ctx);
    loop_timer_stop(timer); /* alive until the next turn, even if fn did it */
}

struct loop_timer *loop_timer_start(struct loop *loop, int64_t delay_ms,
        loop_timer_fn *fn, void *ctx)
{
    struct loop_timer *timer = malloc(sizeof *timer);
    if (timer == NULL)
        abort(); /* as an arena without memory: the outbox makes it harmless */
    *timer = (struct loop_timer){.loop = loop,
            .next = loop->timers,
            .fn = fn,
            .ctx = ctx};
    uv_timer_init(&loop->uv, &timer->uv);
    timer->uv.data = timer;
    if (timer->next != NULL)
        timer->next->previous = timer;
    loop->timers = timer;
    uv_update_time(&loop->uv);
    uv_timer_start(&timer->uv, on_timer, delay_ms > 0 ? (uint64_t)delay_ms : 0,
            0);
    return timer;
}

int64_t loop_timer_next_ms(const struct loop *loop)
{
    int64_t next_ms = INT64_MAX;

    for (struct loop_timer *at = loop->timers; at != NULL; at = at->next) {
        int64_t due_in_ms = (int64_t)uv_timer_get_due_in(&at->uv);
        if (due_in_ms < next_ms)
            next_ms = due_in_ms;
    }
    return next_ms;
}

void loop_timer_advance(struct loop *loop, int64_t passed_ms)
{
    for (struct loop_timer *at = loop->timers; at != NULL; at = at->next) {
        int64_t due_in_ms = (int64_t)uv_timer_get_due_in(&at->uv);
        int64_t left_ms = due_in_ms > passed_ms ? due_in_ms - passed_ms : 0;
        uv_timer_start(&at->uv, on_timer, (uint64_t)left_ms, 0);
    }
}

/* --- descriptors --- */

struct loop_watch {
    uv_poll_t uv; /* first: the handle is the watch */
    loop_timer_fn *fn;
    void *ctx;
};

static void on_readable(uv_poll_t *uv, int status, int events)
{
    struct loop_watch *watch = uv->data;

    (void)status; /* reading tells */
    (void)events;
    watch->fn(watch->ctx);
}

static void free_watch(uv_handle_t *handle)
{
    free(handle->data);
}

struct loop_watch *loop_watch_start(struct loop *loop, int fd,
        loop_timer_fn *fn, void *ctx)
{
    struct loop_watch *watch = malloc(sizeof *watch);
    int flags = fcntl(fd, F_GETFL);
    if (watch == NULL)
        abort(); /* as with a timer */
    *watch = (struct loop_watch){.fn = fn, .ctx = ctx};
    watch->uv.data = watch;
    if (uv_poll_init(&loop->uv, &watch->uv, fd) != 0) {
        free(watch);
        return NULL;
    }
    /* Whoever writes to the same terminal must go on doing so as before. */
    if (flags != -1)
        fcntl(fd, F_SETFL, flags);
    uv_poll_start(&watch->uv, UV_READABLE | UV_DISCONNECT, on_readable);
    return watch;
}

void loop_watch_stop(struct loop_watch *watch)
{
    if (watch != NULL && !uv_is_closing((uv_handle_t *)&watch->uv))
        uv_close((uv_handle_t *)&watch->uv, free_watch);
}

void *loop_native(struct loop *loop)
{
    return &loop->uv;
}
