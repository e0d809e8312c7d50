/*
 * bench_data.h - the files of make bench (tests/bench/make_data.py) for programs
 * that are no tests: what is missing ends the process with a message.
 */
#ifndef TESTS_SUPPORT_BENCH_DATA_H
#define TESTS_SUPPORT_BENCH_DATA_H

#include "bot/base/arena.h"

/* The path of "day.jsonl" or the like below $BENCH_DATA. */
const char *bench_data_path(struct arena *arena, const char *name);

/* A whole file, NUL-terminated, in the arena. */
char *bench_data_text(struct arena *arena, const char *name, size_t *length);

#endif
