#include "tests/support/stopwatch.h"

#include <time.h>

static double seconds_of(clockid_t id)
{
    struct timespec now;

    clock_gettime(id, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double stopwatch_seconds(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

double stopwatch_cpu_seconds(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}
