/* Queries of one kind, the ten best papers of each: milliseconds, the median's
 * and the hundredth slowest's.  search KIND */
#include "bot/base/arena.h"
#include "bot/ports/store.h"
#include "store/registry.h"
#include "tests/support/stopwatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CANNOT_RUN = 77,
    QUERIES_MAX = 1000,
    TERMS_MAX = 8,
    TOP = 10,
};

struct times {
    double ms[QUERIES_MAX];
    size_t count;
    size_t found; /* of all queries */
};

static _Noreturn void fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    exit(1);
}

static enum search_kind kind_of(const char *kind)
{
    if (strcmp(kind, "a phrase") == 0)
        return SEARCH_PHRASE;
    return strcmp(kind, "a prefix") == 0 ? SEARCH_PREFIX : SEARCH_WORD;
}

/* Of a line "KIND\tTERM\tTERM..."; 0 for another kind. */
static size_t terms_of(char *line, const char *kind, struct search_term *terms)
{
    size_t count = 0;
    char *rest = line;
    const char *word = strsep(&rest, "\t\n");

    if (word == NULL || strcmp(word, kind) != 0)
        return 0;
    while (count < TERMS_MAX && (word = strsep(&rest, "\t\n")) != NULL)
        if (*word != '\0')
            terms[count++] =
                    (struct search_term){.kind = kind_of(kind), .text = word};
    return count;
}

static void search_once(struct store *store, const struct search_term *terms,
        size_t count, struct times *times)
{
    struct arena arena = {0};
    struct error err = {0};
    struct search_result result = {0};
    const struct search_query query = {.terms = terms,
            .count = count,
            .limit = TOP};
    double begin = stopwatch_seconds();

    if (!store_search(store, &query, &arena, &result, &err))
        fail(err.text);
    times->ms[times->count++] = (stopwatch_seconds() - begin) * 1e3;
    times->found += result.count;
    arena_finish(&arena);
}

static void search_all(struct store *store, const char *kind,
        struct times *times)
{
    const char *path = getenv("SEARCH_QUERIES");
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    struct search_term terms[TERMS_MAX];
    char *line = NULL;
    size_t room = 0;

    if (file == NULL)
        fail("SEARCH_QUERIES names no file that can be read");
    while (times->count < QUERIES_MAX && getline(&line, &room, file) >= 0) {
        size_t count = terms_of(line, kind, terms);
        if (count > 0)
            search_once(store, terms, count, times);
    }
    free(line);
    fclose(file);
}

static int compare_times(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    static struct times times;
    struct arena arena = {0};
    struct error err = {0};
    const char *path = getenv("SEARCH_OURS");

    if (argc != 2 || path == NULL)
        fail("usage: SEARCH_OURS=FILE SEARCH_QUERIES=FILE search KIND");
    if (strncmp(argv[1], "any of", 6) == 0) {
        fprintf(stderr, "paperboy's search has no \"or\"\n");
        return CANNOT_RUN;
    }
    struct store *store =
            store_registry_open(arena_format(&arena, "sqlite:%s", path), &err);
    if (store == NULL)
        fail(err.text);
    search_all(store, argv[1], &times);
    store_close(store);
    arena_finish(&arena);
    if (times.count == 0 || times.found == 0)
        fail("nothing was looked for, or nothing found");
    qsort(times.ms, times.count, sizeof times.ms[0], compare_times);
    printf("p50=%.3f p99=%.3f queries=%zu found=%zu\n",
            times.ms[times.count / 2], times.ms[times.count * 99 / 100],
            times.count, times.found);
    return 0;
}
