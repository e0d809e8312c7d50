/* The same answer parsed by expat, which hands on nothing: the limit of atom.c. */
#include "tests/support/bench_data.h"
#include "tests/support/stopwatch.h"

#include <expat.h>
#include <stdbool.h>
#include <stdio.h>

enum {
    PIECE_BYTES = 16 * 1024, /* as xml_stream.c */
};

static bool parse_once(const char *bytes, size_t length)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, '\n');
    bool parsed = true;

    for (size_t at = 0; parsed && at < length; at += PIECE_BYTES) {
        size_t left = length - at;
        int piece = (int)(left < PIECE_BYTES ? left : PIECE_BYTES);
        parsed = XML_Parse(parser, bytes + at, piece, left <= PIECE_BYTES) ==
                XML_STATUS_OK;
    }
    XML_ParserFree(parser);
    return parsed;
}

int main(void)
{
    struct arena arena = {0};
    size_t length, rounds = 0;
    char *bytes = bench_data_text(&arena, "feed.atom", &length);
    double begin = stopwatch_cpu_seconds(), passed;
    bool parsed;

    do {
        parsed = parse_once(bytes, length);
        rounds++;
        passed = stopwatch_cpu_seconds() - begin;
    } while (parsed && passed < 1);
    arena_finish(&arena);
    if (!parsed)
        return 1;
    printf("mb_s=%.2f\n", (double)(rounds * length) / passed / 1e6);
    return 0;
}
