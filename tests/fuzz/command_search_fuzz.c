/*
 * What people type behind "search", through the whole command: both stores give
 * the same answer, and each step that is proposed finds what it promises.
 */
#include "bot/base/text.h"
#include "bot/search_query.h"
#include "bot/search_step.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/small_talk.h"
#include "tests/support/store_fixture.h"

static const struct civil_date today = {2026, 11, 23};

static struct store_fixture sqlite;

static void close_all(void)
{
    store_fixture_close(&sqlite);
}

static struct small_talk *talks(void)
{
    static struct small_talk talk[2];

    if (talk[0].store == NULL) {
        store_fixture_open(&sqlite, "sqlite");
        talk[0] = small_talk_open("memory:");
        talk[1] = small_talk_open(sqlite.url);
        atexit(close_all);
    }
    return talk;
}

static void check_steps(struct store *store, const char *line,
        struct arena *arena)
{
    struct search_words words, again;
    struct search_result result;
    struct search_step steps[SEARCH_STEPS_MAX];
    size_t count = 0;

    search_query_begin(&words, today, arena);
    if (!search_query_read(&words, line) || !search_query_ready(&words))
        return;
    fuzz_claim(store_search(store, &words.query, arena, &result, NULL),
            "a query that is ready is answered");
    if (result.total > 0)
        return;
    fuzz_claim(search_step_find(store, &words.query, "zh", arena, steps, &count,
                       NULL),
            "steps are looked for");
    for (size_t i = 0; i < count; i++) {
        search_query_begin(&again, today, arena);
        fuzz_claim(search_query_read(&again, steps[i].line) &&
                        store_search(store, &again.query, arena, &result, NULL),
                "a step can be taken");
        fuzz_claim(result.total == steps[i].total && result.total > 0,
                "a step finds what it promises");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct small_talk *talk = talks();
    char *line = fuzz_string(data, size);
    const char *lines[2] = {arena_format(&arena,
                                    size % 2 == 0 ? "search %s" : "搜索 %s",
                                    line),
            "more"};
    const char *here = small_talk_say(&talk[0], lines, 2, false, &arena);
    const char *there = small_talk_say(&talk[1], lines, 2, false, &arena);

    fuzz_claim(text_same(here, there), "stores give one answer");
    check_steps(talk[0].store, line, &arena);
    free(line);
    arena_finish(&arena);
    return 0;
}
