/* What is looked for is found, in every store and in the same order. */
#include "bot/model/search.h"
#include "tests/contract/every_store.h"

#include <stdio.h>
#include <string.h>

enum {
    ALL = 100
};

/* --- short ways to fill and to ask --- */

static void put_text(void **state, const char *id, const char *title,
        const char *abstract)
{
    struct paper paper = paper_named(id, title);
    paper.abstract = abstract;
    put_paper(store_of(state), &paper);
}

static void put_author(void **state, const char *id, const char *name)
{
    struct paper paper = paper_named(id, "A title");
    struct author author = {name, ""};
    paper.authors = (struct author_list){&author, 1, false};
    put_paper(store_of(state), &paper);
}

static void put_category(void **state, const char *id, const char *code)
{
    struct paper paper = paper_named(id, "A title");
    paper.categories = (struct string_list){&code, 1};
    put_paper(store_of(state), &paper);
}

static void put_note(void **state, const char *id, const char *language,
        const char *title, const char *digest)
{
    struct note note = {.paper_id = id,
            .language = language,
            .title = title,
            .heading = "",
            .digest = digest,
            .writer = "file"};
    struct error err = {0};
    if (!store_note_put(store_of(state), &note, 1, &err))
        fail_msg("%s", err.text);
}

/* A paper whose title says nothing, with a Chinese one. */
static void put_note_of(void **state, const char *id, const char *title)
{
    put_text(state, id, "-", "");
    put_note(state, id, "zh", title, "");
}

/* The ids that a query gives, with spaces between. */
static const char *ask(void **state, const struct search_query *query,
        struct search_result *result)
{
    static char ids[4096];
    struct error err = {0};
    size_t length = 0;

    if (!store_search(store_of(state), query, arena_of(state), result, &err))
        fail_msg("%s", err.text);
    ids[0] = '\0';
    for (size_t i = 0; i < result->count; i++)
        length += (size_t)snprintf(ids + length, sizeof ids - length, "%s%s",
                i > 0 ? " " : "", result->ids[i]);
    return ids;
}

static const char *find_terms(void **state, const struct search_term *terms,
        size_t count)
{
    struct search_result result;
    struct search_query query = {.terms = terms, .count = count, .limit = ALL};
    return ask(state, &query, &result);
}

static const char *find(void **state, enum search_kind kind, const char *text)
{
    struct search_term term = {kind, text, false};
    return find_terms(state, &term, 1);
}

static const char *find_word(void **state, const char *text)
{
    return find(state, SEARCH_WORD, text);
}

#define FINDS(kind, text, ids) assert_string_equal(find(state, kind, text), ids)
#define FINDS_WORD(text, ids) FINDS(SEARCH_WORD, text, ids)

static const char *first_second(void **state, struct search_term first,
        struct search_term second)
{
    const struct search_term terms[] = {first, second};
    return find_terms(state, terms, 2);
}

/* --- words --- */

static void test_a_word_is_found_wherever_it_stands(void **state)
{
    struct author author = {"Ada Lovelace", ""};
    struct paper paper = paper_named("2601.00001", "Looms and Engines");

    paper.abstract = "We weave algebraical patterns.";
    paper.authors = (struct author_list){&author, 1, false};
    put_paper(store_of(state), &paper);
    put_note(state, "2601.00001", "zh", "织机与引擎", "我们编织代数图案。");
    FINDS_WORD("engines", "2601.00001");
    FINDS_WORD("PATTERNS", "2601.00001");
    FINDS_WORD("Lovelace", "2601.00001");
    FINDS_WORD("引擎", "2601.00001");
    FINDS_WORD("代数", "2601.00001");
    FINDS_WORD("weav", "");
    FINDS_WORD("织案", "");
}

static void test_every_word_must_fit(void **state)
{
    put_text(state, "2601.00001", "Graph networks", "Deep things.");
    put_text(state, "2601.00002", "Graph theory", "Old things.");
    assert_string_equal(first_second(state,
                                (struct search_term){SEARCH_WORD, "graph", 0},
                                (struct search_term){SEARCH_WORD, "deep", 0}),
            "2601.00001");
}

static void test_accents_case_and_width_are_forgiven(void **state)
{
    put_text(state, "2601.00001", "Möllenhoff’s naïve ＣＮＮ", "");
    FINDS_WORD("mollenhoff", "2601.00001");
    FINDS_WORD("MÖLLENHOFF", "2601.00001");
    FINDS_WORD("naive", "2601.00001");
    FINDS_WORD("cnn", "2601.00001");
    put_author(state, "2601.00002", "Łukasz Kaiser");
    FINDS_WORD("lukasz", "2601.00002");
}

static void test_hyphens_are_found_both_ways(void **state)
{
    put_text(state, "2601.00001", "Efficient fine-tuning of GPT-4", "");
    put_text(state, "2601.00002", "Efficient finetuning of GPT4", "");
    put_text(state, "2601.00003", "R2R and 3D", "");
    FINDS_WORD("fine-tuning", "2601.00001 2601.00002");
    FINDS_WORD("finetuning", "2601.00002 2601.00001");
    FINDS_WORD("tuning", "2601.00001");
    FINDS_WORD("gpt-4", "2601.00001 2601.00002");
    FINDS_WORD("GPT4", "2601.00002 2601.00001");
    FINDS_WORD("GPT", "2601.00001");
    FINDS_WORD("r2r", "2601.00003");
    FINDS_WORD("3d", "2601.00003");
    FINDS(SEARCH_PHRASE, "fine-tuning", "2601.00001");
    FINDS(SEARCH_PHRASE, "fine tuning of gpt", "2601.00001");
    FINDS(SEARCH_PREFIX, "fine-tun", "2601.00001 2601.00002");
}

static void test_a_phrase_stands_side_by_side(void **state)
{
    put_text(state, "2601.00001", "Graph neural networks", "");
    put_text(state, "2601.00002", "Neural graph", "networks");
    FINDS(SEARCH_PHRASE, "graph neural", "2601.00001");
    FINDS(SEARCH_PHRASE, "neural graph networks", "");
}

static void test_a_prefix_goes_on(void **state)
{
    put_text(state, "2601.00001", "Graph neural networks", "");
    put_text(state, "2601.00002", "Graph neurons", "");
    put_text(state, "2601.00003", "Neuroscience of graphs", "");
    FINDS(SEARCH_PREFIX, "neur", "2601.00003 2601.00002 2601.00001");
    FINDS(SEARCH_PREFIX, "graph neur", "2601.00002 2601.00001");
    assert_string_equal(first_second(state,
                                (struct search_term){SEARCH_WORD, "graph", 0},
                                (struct search_term){SEARCH_PREFIX, "Neur", 0}),
            "2601.00002 2601.00001 2601.00003");
}

static void test_chinese_is_found_anywhere(void **state)
{
    put_text(state, "2601.00001", "基于扩散模型的3D重建", "");
    put_text(state, "2601.00002", "模型扩散", "");
    FINDS_WORD("散模型", "2601.00001");
    FINDS_WORD("散模型的", "2601.00001");
    FINDS_WORD("模型", "2601.00002 2601.00001");
    FINDS_WORD("扩", "2601.00002 2601.00001");
    FINDS_WORD("建", "2601.00001");
    FINDS_WORD("的3D重", "2601.00001");
    FINDS_WORD("3D重", "2601.00001");
    FINDS_WORD("型的3d", "2601.00001");
    FINDS(SEARCH_PHRASE, "扩散模型", "2601.00001");
    FINDS(SEARCH_PHRASE, "扩散模型扩散", "");
    FINDS(SEARCH_PREFIX, "重", "2601.00001");
    FINDS(SEARCH_PREFIX, "扩散模", "2601.00001");
}

static void test_chinese_words_need_no_space_between(void **state)
{
    put_note_of(state, "2601.00001", "乳腺癌的自动分类");
    put_note_of(state, "2601.00002", "乳腺癌分类");
    put_note_of(state, "2601.00003", "AI/ML公平性与SHAP");
    FINDS_WORD("乳腺癌分类", "2601.00002 2601.00001");
    FINDS_WORD("分类乳腺癌", "2601.00002 2601.00001");
    FINDS_WORD("AI公平性", "2601.00003");
    FINDS_WORD("公平性SHAP", "2601.00003");
    FINDS_WORD("公平类", "");
    FINDS_WORD("乳腺癌回归", "");
    FINDS(SEARCH_PHRASE, "AI公平性", "");
}

static void test_singular_and_plural_find_each_other(void **state)
{
    put_text(state, "2601.00001", "Diffusion models", "Two studies of biases.");
    put_text(state, "2601.00002", "A diffusion model", "A study of bias.");
    FINDS_WORD("model", "2601.00002 2601.00001");
    FINDS_WORD("models", "2601.00001 2601.00002");
    FINDS_WORD("study", "2601.00002 2601.00001");
    FINDS_WORD("biases", "2601.00002 2601.00001");
    FINDS(SEARCH_PHRASE, "diffusion model", "2601.00002");
    FINDS(SEARCH_PREFIX, "models", "2601.00001");
    assert_string_equal(first_second(state,
                                (struct search_term){SEARCH_WORD, "two", 0},
                                (struct search_term){SEARCH_WORD, "model", 1}),
            "");
}

static void test_a_phrase_ends_with_its_field(void **state)
{
    put_text(state, "2601.00001", "Deep graph", "networks learn");
    put_note(state, "2601.00001", "zh", "深度图", "网络");
    FINDS(SEARCH_PHRASE, "graph networks", "");
    FINDS(SEARCH_PHRASE, "learn 深度", "");
    FINDS(SEARCH_PHRASE, "图网", "");
}

/* --- names --- */

static void test_initial_and_last_word_find_a_name(void **state)
{
    put_author(state, "2601.00001", "Chelsea Finn");
    put_author(state, "2601.00002", "C. Finn");
    put_author(state, "2601.00003", "Carl B. Finn");
    put_author(state, "2601.00004", "Chelsea Smith");
    FINDS(SEARCH_AUTHOR, "C Finn", "2601.00003 2601.00002 2601.00001");
    FINDS(SEARCH_AUTHOR, "c. finn", "2601.00003 2601.00002 2601.00001");
    FINDS(SEARCH_AUTHOR, "Chelsea Finn", "2601.00002 2601.00001");
    FINDS(SEARCH_AUTHOR, "Finn", "2601.00003 2601.00002 2601.00001");
    FINDS(SEARCH_AUTHOR, "Chelsea", "2601.00004 2601.00001");
    FINDS(SEARCH_AUTHOR, "D Finn", "");
    FINDS(SEARCH_AUTHOR, "Finn Chelsea", "");
}

static void test_names_are_written_in_many_ways(void **state)
{
    put_author(state, "2601.00001", "Fei-Fei Li");
    put_author(state, "2601.00002", "Brendan O'Connor");
    put_author(state, "2601.00003", "J.-L. Köhler");
    put_author(state, "2601.00004", "张伟明");
    FINDS(SEARCH_AUTHOR, "Feifei Li", "2601.00001");
    FINDS(SEARCH_AUTHOR, "Fei-Fei Li", "2601.00001");
    FINDS(SEARCH_AUTHOR, "fei-fei", "2601.00001");
    FINDS(SEARCH_AUTHOR, "B O’Connor", "2601.00002");
    FINDS(SEARCH_AUTHOR, "oconnor", "2601.00002");
    FINDS(SEARCH_AUTHOR, "Jean Kohler", "2601.00003");
    FINDS(SEARCH_AUTHOR, "张伟明", "2601.00004");
    FINDS(SEARCH_AUTHOR, "张伟", "2601.00004");
    FINDS(SEARCH_AUTHOR, "张", "2601.00004");
    FINDS(SEARCH_AUTHOR, "伟", "2601.00004");
    FINDS(SEARCH_AUTHOR, "张明", "");
}

static void test_a_name_is_not_looked_for_in_the_text(void **state)
{
    put_text(state, "2601.00001", "Finn on Finn", "Chelsea Finn");
    FINDS(SEARCH_AUTHOR, "Finn", "");
    FINDS(SEARCH_AUTHOR, "Chelsea Finn", "");
}

static void test_two_authors_make_no_phrase(void **state)
{
    struct author authors[] = {{"Chelsea Finn", ""}, {"Sergey Levine", ""}};
    struct paper paper = paper_named("2601.00001", "A title");

    paper.authors = (struct author_list){authors, 2, false};
    put_paper(store_of(state), &paper);
    FINDS(SEARCH_PHRASE, "chelsea finn", "2601.00001");
    FINDS(SEARCH_PHRASE, "finn sergey", "");
    FINDS(SEARCH_AUTHOR, "Chelsea Levine", "");
}

/* --- categories, days, what is not wanted --- */

static void test_a_category_is_code_alias_or_archive(void **state)
{
    put_category(state, "2601.00001", "cs.SY");
    put_category(state, "2601.00002", "eess.SY");
    put_category(state, "2601.00003", "cs.LG");
    put_category(state, "2601.00004", "math-ph");
    put_category(state, "2601.00005", "math.AG");
    put_category(state, "2601.00006", "hep-th");
    FINDS(SEARCH_CATEGORY, "cs.SY", "2601.00002 2601.00001");
    FINDS(SEARCH_CATEGORY, "eess.SY", "2601.00002 2601.00001");
    FINDS(SEARCH_CATEGORY, "cs", "2601.00003 2601.00001");
    FINDS(SEARCH_CATEGORY, "math", "2601.00005");
    FINDS(SEARCH_CATEGORY, "math.AG", "2601.00005");
    FINDS(SEARCH_CATEGORY, "hep-th", "2601.00006");
    FINDS(SEARCH_CATEGORY, "hep-ph", "");
    FINDS_WORD("cs", "");
    FINDS(SEARCH_PREFIX, "cs", "");
}

static void test_what_is_not_wanted_is_left_out(void **state)
{
    struct search_term not_survey = {SEARCH_WORD, "survey", true};

    put_text(state, "2601.00001", "A survey of graphs", "");
    put_text(state, "2601.00002", "Of graphs", "no poll");
    put_category(state, "2601.00003", "cs.LG");
    assert_string_equal(first_second(state,
                                (struct search_term){SEARCH_WORD, "graphs", 0},
                                not_survey),
            "2601.00002");
    assert_string_equal(find_terms(state, &not_survey, 1),
            "2601.00003 2601.00002");
    assert_string_equal(first_second(state, not_survey,
                                (struct search_term){SEARCH_CATEGORY, "cs.LG",
                                        true}),
            "2601.00002");
}

static const char *between(void **state, struct civil_date since,
        struct civil_date until)
{
    struct search_result result;
    struct search_query query = {.since = since, .until = until, .limit = ALL};
    return ask(state, &query, &result);
}

static void test_days_bound_the_first_submission(void **state)
{
    const struct civil_date none = {0};
    struct paper paper = paper_named("2601.00001", "A title");

    paper.published_ms = INT64_C(1768435199999); /* 2026-01-14, its last ms */
    put_paper(store_of(state), &paper);
    paper = paper_named("2601.00002", "A title");
    paper.published_ms = INT64_C(1768435200000); /* 2026-01-15 */
    put_paper(store_of(state), &paper);
    put_named(store_of(state), "2603.00003");
    put_named(store_of(state), "hep-th/9901001");
    assert_string_equal(between(state, (struct civil_date){2026, 1, 15}, none),
            "2603.00003 2601.00002");
    assert_string_equal(between(state, none, (struct civil_date){2026, 1, 14}),
            "2601.00001 hep-th/9901001");
    assert_string_equal(between(state, (struct civil_date){2026, 1, 14},
                                (struct civil_date){2026, 1, 15}),
            "2601.00002 2601.00001");
    assert_string_equal(between(state, (struct civil_date){1999, 1, 1},
                                (struct civil_date){1999, 1, 1}),
            "hep-th/9901001");
    assert_string_equal(between(state, (struct civil_date){2026, 4, 1}, none),
            "");
}

/* --- order and pages --- */

static void test_titles_come_first_then_the_newest(void **state)
{
    put_text(state, "2512.00001", "On graphs", "");
    put_text(state, "2601.00001", "A title", "Graphs are met in passing.");
    put_text(state, "2601.00002", "Graphs", "");
    put_text(state, "2601.00003", "Another", "graphs");
    put_named(store_of(state), "2602.00001");
    put_note(state, "2602.00001", "en", "Graphs in a note's title", "");
    FINDS_WORD("graphs",
            "2602.00001 2601.00002 2512.00001 2601.00003 2601.00001");
}

/* What of the words is in a title, how often the others are met, and whether they
 * stand side by side as they were asked for. */
static void test_the_nearest_come_before_the_newest(void **state)
{
    const struct search_term graph = {SEARCH_WORD, "graph", 0},
                             neural = {SEARCH_WORD, "neural", 0};

    put_text(state, "2601.00001", "Graph neural nets", "");
    put_text(state, "2601.00002", "Neural things with a graph", "");
    put_text(state, "2601.00003", "A title",
            "A graph neural net; a graph, neural.");
    put_text(state, "2601.00004", "Graph theory", "Not neural.");
    put_text(state, "2601.00005", "A title", "A graph, a neural net.");
    put_author(state, "2601.00006", "Neural Graph");
    assert_string_equal(first_second(state, graph, neural),
            "2601.00001 2601.00002 2601.00006 2601.00004 2601.00003 "
            "2601.00005");
    assert_string_equal(first_second(state, neural, graph),
            "2601.00006 2601.00002 2601.00001 2601.00004 2601.00003 "
            "2601.00005");
}

static void test_pages_follow_each_other(void **state)
{
    struct search_term term = {SEARCH_WORD, "title", false};
    struct search_query query = {.terms = &term, .count = 1, .limit = 2};
    struct search_result result;

    for (int i = 1; i <= 5; i++)
        put_named(store_of(state),
                arena_format(arena_of(state), "2601.0000%d", i));
    assert_string_equal(ask(state, &query, &result), "2601.00005 2601.00004");
    assert_int_equal(result.total, 5);
    assert_false(result.more);
    query.offset = 4;
    assert_string_equal(ask(state, &query, &result), "2601.00001");
    assert_int_equal(result.total, 5);
    query.offset = 5;
    assert_string_equal(ask(state, &query, &result), "");
    query.offset = SIZE_MAX;
    query.limit = SIZE_MAX;
    assert_string_equal(ask(state, &query, &result), "");
    query.offset = 0;
    query.limit = 0;
    assert_string_equal(ask(state, &query, &result), "");
    assert_int_equal(result.total, 5);
}

static bool put_many(struct store *store, void *ctx, struct error *err)
{
    (void)err;
    for (unsigned i = 1; i <= SEARCH_TOTAL_MAX + 1; i++) {
        struct paper paper =
                paper_named(arena_format(ctx, "2601.%05u", i), "On nothing");
        /* Every third has the word in its abstract alone. */
        paper.abstract = "nothing";
        if (i % 3 == 0)
            paper.title = "On something";
        put_paper(store, &paper);
    }
    return true;
}

static void test_the_total_is_bounded(void **state)
{
    struct search_term term = {SEARCH_WORD, "nothing", false};
    struct search_query query = {.terms = &term,
            .count = 1,
            .limit = 2,
            .offset = 998};
    struct search_result result;

    assert_true(store_transact(store_of(state), put_many, arena_of(state),
            NULL));
    assert_string_equal(ask(state, &query, &result), "2601.00009 2601.00006");
    assert_int_equal(result.total, SEARCH_TOTAL_MAX);
    assert_true(result.more);
    query.offset = 666;
    assert_string_equal(ask(state, &query, &result), "2601.00002 2601.00001");
    query.offset = 668;
    query.limit = 1;
    assert_string_equal(ask(state, &query, &result), "2601.00999");
}

/* --- what changes --- */

static void test_a_changed_text_is_found_by_its_new_words_alone(void **state)
{
    struct paper paper = paper_named("2601.00001", "Cats");

    put_paper(store_of(state), &paper);
    put_note(state, "2601.00001", "zh", "猫", "关于家猫。");
    paper.title = "Dogs";
    paper.version = 2;
    put_paper(store_of(state), &paper);
    FINDS_WORD("cats", "");
    FINDS_WORD("dogs", "2601.00001");
    FINDS_WORD("家猫", "2601.00001");
    put_note(state, "2601.00001", "zh", "狗", "关于家犬。");
    FINDS_WORD("家猫", "");
    FINDS_WORD("家犬", "2601.00001");
    FINDS_WORD("dogs", "2601.00001");
}

static void test_a_day_that_becomes_known_moves_a_paper(void **state)
{
    struct paper paper = paper_named("2601.00001", "Cats");

    put_paper(store_of(state), &paper);
    put_named(store_of(state), "2601.00002");
    paper.published_ms = INT64_C(1768435200000); /* 2026-01-15 */
    assert_int_equal(put_paper(store_of(state), &paper), STORE_UNCHANGED);
    assert_string_equal(between(state, (struct civil_date){2026, 1, 15},
                                (struct civil_date){2026, 1, 15}),
            "2601.00001");
    FINDS_WORD("cats", "2601.00001");
    assert_string_equal(between(state, (struct civil_date){2026, 1, 1},
                                (struct civil_date){2026, 1, 14}),
            "2601.00002");
}

struct inside {
    void **state;
    bool keep;
};

static bool change_and_look(struct store *store, void *ctx, struct error *err)
{
    struct inside *inside = ctx;
    void **state = inside->state;
    struct paper paper = paper_named("2601.00001", "Dogs");

    (void)store;
    paper.version = 2;
    put_paper(store_of(state), &paper);
    put_text(state, "2601.00002", "Birds", "");
    FINDS_WORD("cats", "");
    FINDS_WORD("dogs", "2601.00001");
    put_note(state, "2601.00002", "en", "Crows", "");
    FINDS_WORD("crows", "2601.00002");
    return inside->keep || error_set(err, ERROR_INPUT, "taken back");
}

static void test_a_transaction_is_searched_and_taken_back(void **state)
{
    put_text(state, "2601.00001", "Cats", "");
    assert_false(store_transact(store_of(state), change_and_look,
            &(struct inside){state, false}, NULL));
    FINDS_WORD("cats", "2601.00001");
    FINDS_WORD("dogs", "");
    FINDS_WORD("birds", "");
    assert_true(store_transact(store_of(state), change_and_look,
            &(struct inside){state, true}, NULL));
    FINDS_WORD("cats", "");
    FINDS_WORD("birds", "2601.00002");
    FINDS_WORD("crows", "2601.00002");
}

/* --- what cannot be looked for --- */

static void refuses(void **state, const struct search_query *query,
        const char *says)
{
    struct search_result result;
    struct error err = {0};

    assert_false(store_search(store_of(state), query, arena_of(state), &result,
            &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
}

static void test_what_looks_for_nothing_is_refused(void **state)
{
    struct search_term terms[SEARCH_TERMS_MAX + 1];
    struct search_query query = {.terms = terms, .limit = ALL};

    for (int i = 0; i <= SEARCH_TERMS_MAX; i++)
        terms[i] = (struct search_term){SEARCH_WORD, "a", false};
    refuses(state, &query, "what to look for");
    query.count = SEARCH_TERMS_MAX + 1;
    refuses(state, &query, "too many");
    query.count = 1;
    terms[0].text = "?!\" * OR";
    assert_string_equal(find_word(state, terms[0].text), "");
    terms[0].text = "?!\"*";
    refuses(state, &query, "?!");
    terms[0].kind = SEARCH_AUTHOR;
    refuses(state, &query, "letters");
    terms[0].kind = SEARCH_CATEGORY;
    refuses(state, &query, "letters");
    terms[0] = (struct search_term){SEARCH_PHRASE,
            "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
            "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a",
            false};
    refuses(state, &query, "too long");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_a_word_is_found_wherever_it_stands),
            EVERY_STORE(test_every_word_must_fit),
            EVERY_STORE(test_accents_case_and_width_are_forgiven),
            EVERY_STORE(test_hyphens_are_found_both_ways),
            EVERY_STORE(test_a_phrase_stands_side_by_side),
            EVERY_STORE(test_a_prefix_goes_on),
            EVERY_STORE(test_chinese_is_found_anywhere),
            EVERY_STORE(test_chinese_words_need_no_space_between),
            EVERY_STORE(test_singular_and_plural_find_each_other),
            EVERY_STORE(test_a_phrase_ends_with_its_field),
            EVERY_STORE(test_initial_and_last_word_find_a_name),
            EVERY_STORE(test_names_are_written_in_many_ways),
            EVERY_STORE(test_a_name_is_not_looked_for_in_the_text),
            EVERY_STORE(test_two_authors_make_no_phrase),
            EVERY_STORE(test_a_category_is_code_alias_or_archive),
            EVERY_STORE(test_what_is_not_wanted_is_left_out),
            EVERY_STORE(test_days_bound_the_first_submission),
            EVERY_STORE(test_titles_come_first_then_the_newest),
            EVERY_STORE(test_the_nearest_come_before_the_newest),
            EVERY_STORE(test_pages_follow_each_other),
            EVERY_STORE(test_the_total_is_bounded),
            EVERY_STORE(test_a_changed_text_is_found_by_its_new_words_alone),
            EVERY_STORE(test_a_day_that_becomes_known_moves_a_paper),
            EVERY_STORE(test_a_transaction_is_searched_and_taken_back),
            EVERY_STORE(test_what_looks_for_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
