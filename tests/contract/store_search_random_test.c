/* The same random papers in every store: each query finds the same in both, and
 * no bytes that are looked for do harm. */
#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "store/registry.h"
#include "tests/contract/every_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    LIVES = 6,
    STEPS = 12,
    CHANGES = 10, /* a step, in one transaction or each alone */
    QUERIES = 60, /* a step */
    PAPERS = 25,
    TERMS = 3,
    BYTES_MAX = 40,
};

struct life {
    struct random_source chance;
    struct chance_seed seed;
    struct arena arena;
};

static unsigned roll(struct life *life, unsigned bound)
{
    return (unsigned)life->chance.below(life->chance.state, bound);
}

/* Few pieces, so that they meet; put together with and without spaces. */
static const char *const pieces[] = {"graph", "graphs", "neural", "fine-tuning",
        "finetuning", "fine", "tuning", "GPT-4", "gpt4", "R2R", "Möller",
        "moller", "扩", "散", "扩散", "散模型", "模", "3D", "ー", "データ",
        "한국", "o'b", "$x^2$", "-", "*", "\"", "NEAR(", "AND", "OR",
        "{a}:", "^", "+", "\xFF", "“", "·", "§", "«", "¶", "\u00AC"};

static const char *words(struct life *life, unsigned most)
{
    struct text text;
    text_init(&text, &life->arena, 4096);
    for (unsigned left = 1 + roll(life, most); left > 0; left--) {
        text_add(&text, pieces[roll(life, sizeof pieces / sizeof *pieces)]);
        if (roll(life, 3) > 0)
            text_add(&text, " ");
    }
    return text_string(&text);
}

static const char *name(struct life *life)
{
    static const char *const names[] = {"Chelsea Finn", "C. Finn", "Carl Finn",
            "Finn", "Fei-Fei Li", "Feifei Li", "F. Li", "张伟", "伟 张",
            "José Ángel", "J.-A. Li", "O'Brien", "Finn Li", "F. Finn Li", "-"};
    return names[roll(life, sizeof names / sizeof *names)];
}

static const char *category(struct life *life)
{
    static const char *const codes[] = {"cs.LG", "cs.SY", "eess.SY", "math-ph",
            "math.MP", "math.AG", "math", "cs", "hep-th", "made-up.XX"};
    return codes[roll(life, sizeof codes / sizeof *codes)];
}

static const char *id(struct life *life)
{
    unsigned number = roll(life, PAPERS);
    return arena_format(&life->arena, "26%02u.%05u", 1 + number % 3,
            1 + number);
}

/* --- changes, the same in both --- */

static void change_paper(struct life *life, struct store *store)
{
    struct author authors[3];
    const char *codes[2];
    struct paper paper = paper_named(id(life), words(life, 6));
    for (int i = 0; i < 3; i++)
        authors[i] = (struct author){name(life), ""};
    codes[0] = category(life);
    codes[1] = category(life);
    paper.abstract = words(life, 12);
    paper.version = roll(life, 4);
    paper.authors = (struct author_list){authors, roll(life, 4), false};
    paper.categories = (struct string_list){codes, roll(life, 3)};
    if (roll(life, 2) == 0) /* a day of January to March 2026 */
        paper.published_ms = INT64_C(86400000) * (20454 + roll(life, 90));
    put_paper(store, &paper);
}

static void change_note(struct life *life, struct store *store)
{
    struct paper *known = NULL;
    struct note note = {
            .paper_id = id(life),
            .language = roll(life, 2) == 0 ? "zh" : "en",
            .title = words(life, 4),
            .heading = words(life, 2),
            .digest = words(life, 8),
            .writer = "file",
    };
    assert_true(store_paper_get(store, note.paper_id, &life->arena, &known,
            NULL));
    if (known != NULL)
        assert_true(store_note_put(store, &note, 1, NULL));
}

static bool change(struct store *store, void *ctx, struct error *err)
{
    struct life *life = ctx;
    for (int i = 0; i < CHANGES; i++)
        if (roll(life, 3) == 0)
            change_note(life, store);
        else
            change_paper(life, store);
    return roll(life, 4) > 0 || error_set(err, ERROR_INPUT, "taken back");
}

static void change_some(struct life *life, struct store *store)
{
    if (roll(life, 3) > 0)
        store_transact(store, change, life, NULL);
    else
        change(store, life, NULL);
}

/* --- queries --- */

static const char *bytes(struct life *life)
{
    char any[BYTES_MAX + 1] = "";
    size_t length = roll(life, BYTES_MAX);
    for (size_t i = 0; i < length; i++)
        any[i] = (char)(1 + roll(life, 255));
    return arena_string(&life->arena, any);
}

static struct search_term term(struct life *life)
{
    struct search_term made = {
            .kind = (enum search_kind)roll(life, SEARCH_CATEGORY + 1),
            .negated = roll(life, 5) == 0,
    };
    if (roll(life, 8) == 0)
        made.text = bytes(life);
    else if (made.kind == SEARCH_AUTHOR)
        made.text = name(life);
    else if (made.kind == SEARCH_CATEGORY)
        made.text = category(life);
    else
        made.text = words(life, 2);
    return made;
}

static struct civil_date day(struct life *life)
{
    if (roll(life, 3) > 0)
        return (struct civil_date){0};
    return (struct civil_date){2026, 1 + (int)roll(life, 4),
            1 + (int)roll(life, 28)};
}

struct asked {
    struct search_term terms[TERMS];
    struct search_query query;
};

static void query_make(struct life *life, struct asked *asked)
{
    for (int i = 0; i < TERMS; i++)
        asked->terms[i] = term(life);
    asked->query = (struct search_query){
            .terms = asked->terms,
            .count = roll(life, TERMS + 1),
            .since = day(life),
            .until = day(life),
            .limit = 1 + roll(life, 30),
            .offset = roll(life, 4) == 0 ? roll(life, 5) : 0,
    };
}

static const char *said(struct life *life, struct store *store,
        const struct search_query *query, size_t *found)
{
    struct error err = {0};
    struct search_result result;
    struct text text;
    text_init(&text, &life->arena, 4096);
    if (!store_search(store, query, &life->arena, &result, &err)) {
        assert_int_equal(err.kind, ERROR_INPUT);
        return err.text[0] == '\0' ? "refused"
                                   : arena_string(&life->arena, err.text);
    }
    *found += result.count;
    text_add_format(&text, "%zu", result.total);
    for (size_t i = 0; i < result.count; i++)
        text_add_format(&text, " %s", result.ids[i]);
    return text_string(&text);
}

static void ask_both(struct life *life, struct store *memory,
        struct store *other, size_t *found)
{
    struct asked asked;
    query_make(life, &asked);
    const char *here = said(life, memory, &asked.query, found);
    const char *there = said(life, other, &asked.query, found);
    if (strcmp(here, there) == 0)
        return;
    for (size_t i = 0; i < asked.query.count; i++)
        print_message("%s%d: %s\n", asked.terms[i].negated ? "-" : "",
                (int)asked.terms[i].kind, asked.terms[i].text);
    fail_msg("memory: %s\n%s: %s", here, other->ops->kind, there);
}

static void test_random_queries_find_the_same_in_every_store(void **state)
{
    struct store_fixture *fixture = *state;
    size_t found = 0;

    for (uint64_t seed = 1; seed <= LIVES; seed++) {
        struct store *memory = store_registry_open("memory:", NULL);
        struct life life = {.seed = {seed}};
        life.chance = chance_seeded(&life.seed);
        for (int step = 0; step < STEPS; step++) {
            struct chance_seed before = life.seed;
            change_some(&life, memory);
            life.seed = before;
            change_some(&life, fixture->store);
            for (int i = 0; i < QUERIES; i++)
                ask_both(&life, memory, fixture->store, &found);
        }
        store_close(memory);
        arena_finish(&life.arena);
        store_fixture_close(fixture);
        store_fixture_open(fixture, "sqlite");
    }
    printf("# PRINT %d random queries, %zu papers found, the same in both "
           "stores\n",
            LIVES * STEPS * QUERIES, found / 2);
    assert_true(found > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            SQLITE_ONLY(test_random_queries_find_the_same_in_every_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
