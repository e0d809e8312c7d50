/* "/paper similar", asked in a channel, in both stores; and of real papers. */
#include "bot/base/text.h"
#include "bot/similar.h"
#include "bot/similar_words.h"
#include "tests/contract/every_store.h"
#include "tests/support/asking_both.h"
#include "tests/support/paper_file.h"
#include "tests/support/public_library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- in a channel --- */

static void put(struct asking *asking, const char *id, const char *title,
        const char *abstract)
{
    struct paper paper = paper_named(id, title);

    paper.abstract = abstract;
    put_paper(asking->fixture.store, &paper);
}

static void put_tides(struct asking *asking)
{
    put(asking, "2610.00001", "Tides and Rivers by Diffusion",
            "River levels are forecast by a diffusion of tides.");
    put(asking, "2610.00002", "A Diffusion for Faces",
            "Faces are made by a diffusion of noise.");
    put(asking, "2610.00003", "River Fishing", "Where the salmon are.");
}

static void test_papers_like_one_are_told_with_what_they_share(void **state)
{
    struct asking *asking = *state;

    put_tides(asking);
    asking_expect(asking, "similar 2611.10001",
            "Like “Slow Tides: Diffusion Models for River Forecasting” in "
            "content is 1 paper:\n\n"
            "Tides and Rivers by Diffusion\n"
            "https://arxiv.org/abs/2610.00001\n"
            "shares: tides, diffusion, river, forecast\n");
    asking_expect(asking, "相似 1",
            "序号以这里最新的一期日报为准：2026-11-23（周一）。\n"
            "与“Slow Tides: Diffusion Models for River "
            "Forecasting”内容相近的论文共 1 篇，最相近的在前：\n\n"
            "Tides and Rivers by Diffusion\n"
            "https://arxiv.org/abs/2610.00001\n"
            "共同点：tides、diffusion、river、forecast\n");
}

static void test_without_a_paper_it_is_asked_which(void **state)
{
    asking_expect(*state, "similar",
            "Like which paper? Write its number in the digest, an arXiv id, or "
            "a link: /paper similar 3\n");
    asking_expect(*state, "相似",
            "要找与哪篇论文相近的？请写它在日报中的序号、arXiv "
            "编号或链接，例如 "
            "/paper 相似 3\n");
    asking_expect(*state, "similar 2404.99999", "(wants 2404.99999)\n");
}

static void test_what_is_like_nothing_is_said_to_be(void **state)
{
    asking_expect(*state, "similar hep-th/9901001",
            "Among my papers nothing is like “Strings Before Breakfast” in "
            "content. /paper hep-th/9901001 shows it whole.\n");
    asking_expect(*state, "相似 hep-th/9901001",
            "我这里没有与“Strings Before "
            "Breakfast”内容相近的论文。查看它的详情："
            "/paper hep-th/9901001\n");
}

static bool put_many(struct store *store, void *ctx, struct error *err)
{
    (void)store;
    (void)err;
    for (unsigned i = 10; i < 40; i++)
        put(ctx,
                arena_format(&((struct asking *)ctx)->fixture.arena,
                        "2609.000%u", i),
                "Salmon in Rivers", "Salmon swim up rivers.");
    return true;
}

static void test_a_long_list_goes_on_and_is_bounded(void **state)
{
    struct asking *asking = *state;

    assert_true(store_transact(asking->fixture.store, put_many, asking, NULL));
    const char *said = asking_say(asking, "similar 2609.00010");
    if (strstr(said,
                "The 5 papers nearest in content to “Salmon in Rivers”:") !=
            said)
        fail_msg("%s", said);
    assert_non_null(strstr(said, "15 left; go on with /paper more"));
    for (int i = 0; i < 3; i++)
        said = asking_say(asking, "more");
    if (strstr(said, "That was the last of them.") == NULL)
        fail_msg("%s", said);
}

/* --- words --- */

static void test_words_are_those_that_say_something(void **state)
{
    struct arena arena = {0};
    struct paper paper = paper_named("2601.00001",
            "VLMs for the Robot: Fine-Tuning Studies in 3D");
    struct text text;

    (void)state;
    paper.abstract =
            "We propose a novel robot; robots use a VLM. 扩散模型 2026.";
    struct similar_words words = similar_words_of(&arena, &paper);
    text_init(&text, &arena, 4096);
    for (size_t i = 0; i < words.count; i++)
        text_add_format(&text, "%s %s %u, ", words.items[i].stem,
                words.items[i].shown, words.items[i].times);
    assert_string_equal(text_string(&text),
            "fine fine 3, robot robot 5, tuning tuning 3, vlm VLMs 4, 型 型 1, "
            "扩散 扩散 1, 散模 散模 1, 模型 模型 1, ");
    assert_non_null(similar_words_find(&words, "robot"));
    assert_null(similar_words_find(&words, "propose"));
    arena_finish(&arena);
}

/* --- real papers --- */

/* Drawn by lot from the public listings. */
static const char *const drawn[] = {"2505.16008", "2505.15801", "2505.14467",
        "2601.17371", "2505.14330", "2505.14683", "2505.14848", "2505.14022",
        "2601.19221", "2505.13511", "2505.14886", "2601.18754", "2505.15810",
        "2505.16900", "2601.18256", "2601.18446", "2505.16965", "2505.13534",
        "2605.20120", "2601.17577"};

static const char *ids_of(struct arena *arena, const struct similar_list *list)
{
    struct text text;

    text_init(&text, arena, 4096);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s ", list->items[i].paper->id);
    return text_string(&text);
}

static void tell(struct store *store, const char *id)
{
    struct arena arena = {0};
    struct error err = {0};
    struct paper *paper = NULL;
    struct similar_list list = {0}, again = {0};

    assert_true(store_paper_get(store, id, &arena, &paper, &err));
    assert_non_null(paper);
    if (!similar_find(store, paper, (struct civil_date){2026, 11, 24}, &arena,
                &list, &err) ||
            !similar_find(store, paper, (struct civil_date){2026, 11, 24},
                    &arena, &again, &err))
        fail_msg("%s: %s", id, err.text);
    assert_string_equal(ids_of(&arena, &list), ids_of(&arena, &again));
    assert_true(list.count > 0);
    printf("# PRINT %s %s\n", id, paper->title);
    for (size_t i = 0; i < 3 && i < list.count; i++) {
        const struct similar_paper *similar = &list.items[i];
        assert_string_not_equal(similar->paper->id, id);
        assert_true(similar->shared_count >= 2);
        printf("# PRINT    %2.0f %% %s %s (%s, %s)\n", 100 * similar->likeness,
                similar->paper->id, similar->paper->title, similar->shared[0],
                similar->shared[1]);
    }
    arena_finish(&arena);
}

static void test_of_twenty_real_papers_the_likest_are_told(void **state)
{
    struct store_fixture fixture;

    (void)state;
    paper_file_need_shared();
    store_fixture_open(&fixture, "sqlite");
    public_library_fill(fixture.store);
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        tell(fixture.store, drawn[i]);
    store_fixture_close(&fixture);
}

/* The papers of one announcement: hardly two are alike by all their words. */
static void
test_among_the_papers_of_a_day_those_of_one_subject_are_found(void **state)
{
    static const char day[] =
            "data/public/listings/dw-dengwei/2026-05-20.jsonl.gz";
    static const char *const video[] = {"2605.19995", "2605.19242",
            "2605.20183"};
    struct store_fixture fixture;
    struct similar_list list = {0};

    (void)state;
    paper_file_need_shared();
    store_fixture_open(&fixture, "sqlite");
    struct paper_file file = paper_file_read(&fixture.arena,
            paper_file_shared(&fixture.arena, day));
    for (size_t i = 0; i < file.papers.count; i++)
        put_paper(fixture.store, &file.papers.items[i]);
    for (size_t i = 0; i < file.papers.count; i++) {
        if (!text_same(file.papers.items[i].id, video[0]))
            continue;
        assert_true(similar_find(fixture.store, &file.papers.items[i],
                (struct civil_date){2026, 11, 24}, &fixture.arena, &list,
                NULL));
    }
    const char *found = ids_of(&fixture.arena, &list);
    for (size_t i = 1; i < 3; i++)
        if (strstr(found, video[i]) == NULL)
            fail_msg("no %s among %s", video[i], found);
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_papers_like_one_are_told_with_what_they_share),
            ASKING_BOTH(test_without_a_paper_it_is_asked_which),
            ASKING_BOTH(test_what_is_like_nothing_is_said_to_be),
            ASKING_BOTH(test_a_long_list_goes_on_and_is_bounded),
            cmocka_unit_test(test_words_are_those_that_say_something),
            cmocka_unit_test(test_of_twenty_real_papers_the_likest_are_told),
            cmocka_unit_test(
                    test_among_the_papers_of_a_day_those_of_one_subject_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
