/*
 * stopwatch.h - what tests/bench measures with: real time that only goes on,
 * and this process' time on the processors.
 */
#ifndef TESTS_SUPPORT_STOPWATCH_H
#define TESTS_SUPPORT_STOPWATCH_H

/* Since some moment of the past. */
double stopwatch_seconds(void);

/* Of this process, all threads, user and system. */
double stopwatch_cpu_seconds(void);

#endif
