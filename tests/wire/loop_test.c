#include "adapters/loop.h"
#include "adapters/transport.h"
#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A core that counts what the loop does to it. */
struct counting {
    int64_t due_ms, gap_ms;
    unsigned steps, steps_wanted, wind_downs;
    bool stubborn; /* does not finish when wound down */
    int64_t first_step_ms;
};

static int64_t next_due_ms(void *ctx)
{
    return ((struct counting *)ctx)->due_ms;
}

static void step(void *ctx, int64_t now_ms)
{
    struct counting *counting = ctx;

    assert_true(now_ms >= counting->due_ms);
    if (counting->steps == 0)
        counting->first_step_ms = now_ms;
    counting->steps++;
    counting->due_ms = now_ms + counting->gap_ms;
}

static void wind_down(void *ctx)
{
    ((struct counting *)ctx)->wind_downs++;
}

static bool finished(void *ctx)
{
    const struct counting *counting = ctx;

    if (counting->wind_downs > 0)
        return !counting->stubborn;
    return counting->steps_wanted > 0 &&
            counting->steps >= counting->steps_wanted;
}

static struct core core_of(struct counting *counting)
{
    return (struct core){.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = counting};
}

static int set_up(void **state)
{
    struct error err = {0};

    *state = loop_open(&err);
    return *state != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    loop_close(*state);
    return 0;
}

static void test_the_core_steps_when_it_is_due(void **state)
{
    int64_t due_ms = clock_now_ms(&loop_system_clock) + 20;
    struct counting counting = {.due_ms = due_ms,
            .gap_ms = 1,
            .steps_wanted = 3};
    struct core core = core_of(&counting);

    assert_true(loop_run(*state, &core, NULL));
    assert_int_equal(counting.steps, 3);
    assert_true(counting.first_step_ms >= due_ms);
    assert_int_equal(counting.wind_downs, 0);
}

static void test_a_core_long_overdue_steps_at_once(void **state)
{
    struct counting counting = {.due_ms = INT64_MIN,
            .gap_ms = 0,
            .steps_wanted = 1};
    struct core core = core_of(&counting);

    assert_true(loop_run(*state, &core, NULL));
    assert_int_equal(counting.steps, 1);
}

static void raise_terminate(void *ctx)
{
    (void)ctx;
    kill(getpid(), SIGTERM);
}

static void test_asked_to_end_it_winds_down_once_and_leaves(void **state)
{
    struct counting counting = {.due_ms = INT64_MAX};
    struct core core = core_of(&counting);

    loop_timer_start(*state, 1, raise_terminate, NULL);
    assert_true(loop_run(*state, &core, NULL));
    assert_int_equal(counting.wind_downs, 1);
    assert_int_equal(counting.steps, 0);
}

static void test_a_second_signal_leaves_at_once(void **state)
{
    struct counting counting = {.due_ms = INT64_MAX, .stubborn = true};
    struct core core = core_of(&counting);
    int64_t begun_ms = clock_now_ms(&loop_system_clock);

    loop_timer_start(*state, 1, raise_terminate, NULL);
    loop_timer_start(*state, 20, raise_terminate, NULL);
    assert_true(loop_run(*state, &core, NULL));
    assert_int_equal(counting.wind_downs, 1);
    assert_true(clock_now_ms(&loop_system_clock) - begun_ms <
            CORE_WIND_DOWN_MS);
}

static void test_a_loop_can_be_run_again(void **state)
{
    for (int i = 0; i < 3; i++) {
        struct counting counting = {.steps_wanted = 1};
        struct core core = core_of(&counting);
        assert_true(loop_run(*state, &core, NULL));
        assert_int_equal(counting.steps, 1);
    }
}

static void test_a_peer_that_hangs_up_does_not_end_us(void **state)
{
    (void)state;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), -1);
    close(ends[1]);
}

/* --- timers --- */

struct ticking {
    struct loop *loop;
    struct loop_timer *own, *other;
    char order[8];
    bool over;
};

static void note(struct ticking *ticking, char who)
{
    ticking->order[strlen(ticking->order)] = who;
}

static void tick_a(void *ctx)
{
    struct ticking *ticking = ctx;

    note(ticking, 'a');
    loop_timer_stop(ticking->own); /* itself: allowed, nothing more happens */
    loop_timer_stop(ticking->other);
}

static void tick_b(void *ctx)
{
    note(ctx, 'b');
}

static void tick_c(void *ctx)
{
    struct ticking *ticking = ctx;

    note(ticking, 'c');
    ticking->over = true;
}

static void test_timers_run_in_order_unless_stopped(void **state)
{
    struct ticking ticking = {.loop = *state};

    loop_timer_start(*state, 20, tick_c, &ticking);
    ticking.own = loop_timer_start(*state, 1, tick_a, &ticking);
    ticking.other = loop_timer_start(*state, 10, tick_b, &ticking);
    assert_string_equal(ticking.order, ""); /* never before it returned */
    assert_true(loop_wait(*state, &ticking.over));
    assert_string_equal(ticking.order, "ac");
}

static void test_closing_stops_the_timers(void **state)
{
    struct ticking ticking = {.loop = *state};

    for (int i = 0; i < 3; i++)
        loop_timer_start(*state, 0, tick_b, &ticking);
    loop_close(*state);
    *state = NULL;
    assert_string_equal(ticking.order, "");
}

static void test_a_transport_opens_and_closes(void **state)
{
    (void)state;
    struct transport *transport = transport_open(NULL);

    assert_non_null(transport);
    assert_true(clock_now_ms(transport->clock) > INT64_C(1700000000000));
    transport_close(transport);
    transport_close(NULL);
}

#define loop_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            loop_test(test_the_core_steps_when_it_is_due),
            loop_test(test_a_core_long_overdue_steps_at_once),
            loop_test(test_asked_to_end_it_winds_down_once_and_leaves),
            loop_test(test_a_second_signal_leaves_at_once),
            loop_test(test_a_loop_can_be_run_again),
            loop_test(test_a_peer_that_hangs_up_does_not_end_us),
            loop_test(test_timers_run_in_order_unless_stopped),
            loop_test(test_closing_stops_the_timers),
            cmocka_unit_test(test_a_transport_opens_and_closes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
