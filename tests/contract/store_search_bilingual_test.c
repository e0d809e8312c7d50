/*
 * Real Chinese titles (PAPERBOY_SHARED/data/public/bilingual): whatever piece of
 * two or more Han characters of a title is looked for, its paper is found.
 */
#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/base/text_tokens.h"
#include "tests/contract/every_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>
#include <zlib.h>

enum {
    LINE_BYTES_MAX = 64 * 1024,
    SAMPLES = 6000,
    SAMPLES_MEMORY = 100, /* it looks at every paper each time ... */
    PAPERS_MEMORY = 40,   /* ... and so has few */
};

/* --- the papers --- */

static bool is_sqlite(void **state)
{
    return strcmp(store_of(state)->ops->kind, "sqlite") == 0;
}

struct library {
    const char **titles; /* in Chinese; paper i is 2401.0000i */
    size_t count, capacity;
};

static const char *id_of(struct arena *arena, size_t number)
{
    return arena_format(arena, "2401.%05zu", number + 1);
}

static const char *member(const cJSON *line, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(line, key));
    return text == NULL ? "" : text;
}

static void store_line(void **state, struct library *library, const cJSON *line)
{
    struct arena *arena = arena_of(state);
    const char *id = id_of(arena, library->count);
    struct paper paper = paper_named(id, member(line, "title"));
    paper.abstract = arena_string(arena, member(line, "abstract"));
    put_paper(store_of(state), &paper);
    struct note note = {
            .paper_id = id,
            .language = "zh",
            .title = arena_string(arena, member(line, "translated_title")),
            .heading = "",
            .digest = member(line, "tldr"),
            .writer = "file",
    };
    assert_true(store_note_put(store_of(state), &note, 1, NULL));
    library->titles = arena_grow(arena, library->titles, library->count,
            &library->capacity, sizeof *library->titles);
    library->titles[library->count++] = note.title;
}

struct filling {
    void **state;
    struct library *library;
    gzFile file;
};

static bool fill(struct store *store, void *ctx, struct error *err)
{
    static char text[LINE_BYTES_MAX];
    struct filling *filling = ctx;
    (void)store;
    (void)err;
    size_t most = is_sqlite(filling->state) ? SIZE_MAX : PAPERS_MEMORY;
    while (filling->library->count < most &&
            gzgets(filling->file, text, sizeof text) != NULL) {
        cJSON *line = cJSON_Parse(text);
        assert_non_null(line);
        store_line(filling->state, filling->library, line);
        cJSON_Delete(line);
    }
    return true;
}

/* False where the data is not there. */
static bool read_library(void **state, struct library *library)
{
    const char *shared = getenv("PAPERBOY_SHARED");
    if (shared == NULL) {
        if (getenv("CI") != NULL)
            fail_msg("PAPERBOY_SHARED is not set");
        return false;
    }
    gzFile file = gzopen(arena_format(arena_of(state),
                                 "%s/data/public/bilingual/"
                                 "cn-chat-arxiv-sample.jsonl.gz",
                                 shared),
            "r");
    assert_non_null(file);
    assert_true(store_transact(store_of(state), fill,
            &(struct filling){state, library, file}, NULL));
    gzclose(file);
    return true;
}

/* --- pieces of a title --- */

/* The characters of a title, and where a run of Han begins and ends. */
struct title {
    const char *at[512];
    size_t count;
};

static bool is_han(const char *at)
{
    char one[5] = "";
    size_t length = 1;
    one[0] = *at;
    for (; length < 4 && (at[length] & 0xC0) == 0x80; length++)
        one[length] = at[length];
    return text_has_han(one);
}

static struct title cut(const char *string)
{
    struct title title = {.count = 0};
    for (; *string != '\0' && title.count < 511; string++)
        if ((*string & 0xC0) != 0x80)
            title.at[title.count++] = string;
    title.at[title.count] = string;
    return title;
}

static size_t run_from(const struct title *title, size_t first)
{
    size_t length = 0;
    while (first + length < title->count && is_han(title->at[first + length]))
        length++;
    return length;
}

static bool contains(const struct search_result *result, const char *id)
{
    for (size_t i = 0; i < result->count; i++)
        if (strcmp(result->ids[i], id) == 0)
            return true;
    return false;
}

static void check_found(void **state, const char *piece, size_t paper)
{
    struct arena arena = {0};
    struct error err = {0};
    struct search_term term = {SEARCH_WORD, piece, false};
    struct search_query query = {.terms = &term,
            .count = 1,
            .limit = SEARCH_TOTAL_MAX};
    struct search_result result;
    if (!store_search(store_of(state), &query, &arena, &result, &err))
        fail_msg("%s: %s", piece, err.text);
    if (!contains(&result, id_of(&arena, paper)))
        fail_msg("\"%s\" does not find its paper", piece);
    arena_finish(&arena);
}

static void test_each_piece_of_a_chinese_title_finds_its_paper(void **state)
{
    struct library library = {0};
    struct chance_seed seed = {2401};
    struct random_source chance = chance_seeded(&seed);
    size_t total = 0, looked = 0;
    size_t wanted = is_sqlite(state) ? SAMPLES : SAMPLES_MEMORY;

    if (!read_library(state, &library)) {
        puts("SKIP the bilingual titles (PAPERBOY_SHARED is not set)");
        skip();
    }
    for (size_t i = 0; i < library.count; i++) {
        struct title title = cut(library.titles[i]);
        for (size_t j = 0; j < title.count; j++)
            if (run_from(&title, j) > 1)
                total += run_from(&title, j) - 1;
    }
    for (size_t i = 0; i < library.count; i++) {
        struct title title = cut(library.titles[i]);
        for (size_t first = 0; first < title.count; first++)
            for (size_t length = run_from(&title, first); length > 1; length--)
                if (chance.below(chance.state, total) < wanted) {
                    check_found(state,
                            arena_string_n(arena_of(state), title.at[first],
                                    (size_t)(title.at[first + length] -
                                            title.at[first])),
                            i);
                    looked++;
                }
    }
    printf("# PRINT %s: %zu of %zu pieces of %zu Chinese titles looked for, "
           "each found its paper\n",
            store_of(state)->ops->kind, looked, total, library.count);
    assert_true(looked > wanted / 2);
}

/* Not Han alone: any piece that begins and ends between words. */
static void test_mixed_pieces_find_their_paper(void **state)
{
    struct library library = {0};
    struct chance_seed seed = {2402};
    struct random_source chance = chance_seeded(&seed);
    size_t wanted = is_sqlite(state) ? SAMPLES / 4 : SAMPLES_MEMORY / 4;
    size_t looked = 0;

    if (!read_library(state, &library)) {
        puts("SKIP the bilingual titles (PAPERBOY_SHARED is not set)");
        skip();
    }
    if (library.titles == NULL) /* a set without a title proves nothing */
        fail_msg("the bilingual set holds no title");
    while (looked < wanted) {
        size_t paper = (size_t)chance.below(chance.state, library.count);
        struct title title =
                cut(library.titles == NULL ? "" : library.titles[paper]);
        if (title.count < 4)
            continue;
        size_t first = (size_t)chance.below(chance.state, title.count - 1);
        size_t length =
                1 + (size_t)chance.below(chance.state, title.count - first);
        if (length > 40 || first + length > title.count ||
                !is_han(title.at[first]) ||
                !is_han(title.at[first + length - 1]))
            continue;
        check_found(state,
                arena_string_n(arena_of(state), title.at[first],
                        (size_t)(title.at[first + length] - title.at[first])),
                paper);
        looked++;
    }
    printf("# PRINT %s: %zu mixed pieces looked for, each found its paper\n",
            store_of(state)->ops->kind, looked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_each_piece_of_a_chinese_title_finds_its_paper),
            EVERY_STORE(test_mixed_pieces_find_their_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
