#include "tests/support/clock.h"

static int64_t read_ms(void *state)
{
    return ((struct test_clock *)state)->ms;
}

struct clock test_clock_of(struct test_clock *clock)
{
    return (struct clock){.now_ms = read_ms, .state = clock};
}
