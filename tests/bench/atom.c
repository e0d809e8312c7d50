/* An answer of arXiv's API read into papers: megabytes a second
 * of the processor. */
#include "adapters/sources/memory_stream.h"
#include "adapters/sources/papers_in.h"
#include "tests/support/bench_data.h"
#include "tests/support/stopwatch.h"

#include <stdio.h>

static void count_record(void *ctx, const struct source_record *record)
{
    size_t *papers = ctx;
    (void)record;
    (*papers)++;
}

static void ignore_complaint(void *ctx,
        const struct source_complaint *complaint)
{
    (void)ctx;
    (void)complaint;
}

static size_t read_once(const char *bytes, size_t length)
{
    size_t papers = 0;
    struct memory_stream memory = {bytes, length};
    struct byte_stream stream = {.read = memory_stream_read, .ctx = &memory};
    struct source_sink sink = {count_record, ignore_complaint, &papers};
    struct source_summary summary;
    struct error err;

    if (papers_in_read(&stream, &sink, &summary, &err))
        return papers;
    fprintf(stderr, "the feed %s\n", err.text);
    return 0;
}

int main(void)
{
    struct arena arena = {0};
    size_t length, rounds = 0, papers;
    char *bytes = bench_data_text(&arena, "feed.atom", &length);
    double begin = stopwatch_cpu_seconds(), passed;

    do {
        papers = read_once(bytes, length);
        rounds++;
        passed = stopwatch_cpu_seconds() - begin;
    } while (papers > 0 && passed < 1);
    arena_finish(&arena);
    if (papers == 0)
        return 1;
    printf("mb_s=%.2f papers=%zu\n", (double)(rounds * length) / passed / 1e6,
            papers);
    return 0;
}
