#include "bot/selection.h"

#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/selection_match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct string_list list_of(const char **items)
{
    struct string_list list = {.items = items};

    while (items[list.count])
        list.count++;
    return list;
}

static struct paper paper_of(const char *id, const char *title,
        const char **categories)
{
    struct paper paper = paper_empty();

    paper.id = id;
    paper.title = title;
    paper.categories = list_of(categories);
    return paper;
}

static const char *cs_lg[] = {"cs.LG", NULL};
static const char *cs_lg_cl[] = {"cs.LG", "cs.CL", NULL};
static const char *cs_cv[] = {"cs.CV", NULL};

/* --- matching --- */

static bool stands(const char *text, const char *phrase)
{
    struct arena arena = {0};
    bool found = selection_match_phrase(selection_match_fold(&arena, text),
            selection_match_fold(&arena, phrase));

    arena_finish(&arena);
    return found;
}

static struct scored score(const struct paper *paper,
        const struct subscription *subscription, struct arena *arena)
{
    const struct candidate candidate = {.paper = paper};

    return selection_score(&candidate, subscription, arena);
}

static void test_words_match_whole_and_however_written(void **state)
{
    (void)state;
    assert_true(stands("Latent Diffusion for Images", "diffusion"));
    assert_true(stands("Diffusion models, fast", "diffusion model"));
    assert_true(stands("We fine-tune; Fine-Tuning is all", "fine tuning"));
    assert_true(stands("Text-to-Image", "text-to-image"));
    assert_true(stands("a na\u00efve Bayes", "naive"));
    assert_true(stands("C++ and Rust", "c++"));
    assert_false(stands("Infusion", "fusion"));
    assert_false(stands("agentic", "agent"));
    assert_false(stands("anything", ""));
    assert_false(stands("M\u00fcllerian", "muller"));
}

static void test_han_words_match_inside_a_sentence(void **state)
{
    (void)state;
    assert_true(stands("基于扩散模型的图像生成", "扩散模型"));
    assert_true(stands("使用Transformer的模型", "transformer"));
    assert_false(stands("基于扩散的模型", "扩散模型"));
}

static void test_what_stands_is_never_thought_missing(void **state)
{
    (void)state;
    static const char *const held[] = {"diffusion", "c++", "naive", "the fog",
            "扩散模型", "3d", "transformer"};
    struct arena arena = {0};
    struct paper paper = paper_of("2501.00001", "Diffusion in the Fog", cs_lg);

    paper.abstract = "Na\u00efve C++ (3D), 基于扩散模型的Transformer";
    const struct match_paper match = selection_match_paper(&paper, &arena);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        assert_true(selection_match_may_hold(&match, held[i]));
    assert_false(selection_match_may_hold(&match, "robot"));
    arena_finish(&arena);
}

static bool same_person(const char *wanted, const char *name)
{
    struct arena arena = {0};
    bool same = selection_match_name(selection_match_fold_name(&arena, wanted),
            selection_match_fold_name(&arena, name));

    arena_finish(&arena);
    return same;
}

static void test_authors_match_with_initials_and_accents(void **state)
{
    (void)state;
    assert_true(same_person("Chelsea Finn", "Chelsea Finn"));
    assert_true(same_person("Chelsea Finn", "C Finn"));
    assert_true(same_person("C. Finn", "Chelsea Finn"));
    assert_true(same_person("Chelsea Finn", "Chelsea B. Finn"));
    assert_true(same_person("Thomas Mollenhoff", "Thomas M\u00f6llenhoff"));
    assert_true(same_person("Feifei Li", "Fei-Fei Li"));
    assert_true(same_person("Finn", "Chelsea Finn"));
    assert_true(same_person("李飞飞", "李飞飞"));
    assert_false(same_person("Chelsea Finn", "Charles Finn"));
    assert_false(same_person("Chelsea Finn", "D Finn"));
    assert_false(same_person("Chelsea Finn", "Chelsea Finnegan"));
    assert_false(same_person("", "Chelsea Finn"));
    assert_false(same_person("Chelsea Finn", ""));
}

/* --- scores --- */

static void test_what_is_wanted_raises_and_what_is_not_lowers(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *words[] = {"diffusion", "robot", NULL};
    const char *authors[] = {"Martin Buchner", NULL};
    const char *unwanted[] = {"survey", NULL};
    struct author names[] = {{"Martin B\u00fcchner", ""}};
    struct subscription wanted = {
            .categories = list_of(cs_lg),
            .words = list_of(words),
            .authors = list_of(authors),
            .unwanted = list_of(unwanted),
    };
    struct paper paper =
            paper_of("2501.00001", "A Survey of Diffusion", cs_lg_cl);

    paper.abstract = "Robots, too.";
    paper.authors = (struct author_list){names, 1, false};
    struct scored scored = score(&paper, &wanted, &arena);
    assert_int_equal(scored.parts[FEATURE_CATEGORY], 16);
    assert_int_equal(scored.parts[FEATURE_WORDS], 30 + 15);
    assert_int_equal(scored.parts[FEATURE_AUTHORS], 60);
    assert_int_equal(scored.parts[FEATURE_UNWANTED], -60);
    assert_string_equal(scored.tag, "LG");
    assert_string_equal(scored.category, "cs.LG");
    arena_finish(&arena);
}

static void test_a_cross_list_counts_less_and_shows_the_wanted_tag(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *categories[] = {"cs.CL", NULL};
    struct subscription wanted = {.categories = list_of(categories)};
    struct paper paper = paper_of("2501.00001", "A title", cs_lg_cl);
    struct scored scored = score(&paper, &wanted, &arena);

    assert_int_equal(scored.parts[FEATURE_CATEGORY], 4);
    assert_string_equal(scored.tag, "CL");
    arena_finish(&arena);
}

static void test_code_and_venue_are_read_from_the_comment_too(void **state)
{
    (void)state;
    static const struct {
        const char *comment;
        bool code;
        int venue;
    } cases[] = {
            {"Accepted at NeurIPS 2025", false, 2},
            {"ICML 2025 Spotlight", false, 2},
            {"Submitted to ICLR 2026", false, 0},
            {"12 pages, under review", false, 0},
            {"Code: https://github.com/a/b", true, 0},
            {"Project page: https://a.github.io/b", true, 0},
            {"", false, 0},
    };
    struct arena arena = {0};
    struct subscription any = {0};
    struct paper paper = paper_of("2501.00001", "A title", cs_lg);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        paper.comment = cases[i].comment;
        struct scored scored = score(&paper, &any, &arena);
        assert_int_equal(scored.parts[FEATURE_CODE] > 0, cases[i].code);
        assert_int_equal(scored.parts[FEATURE_VENUE], cases[i].venue);
    }
    arena_finish(&arena);
}

static void test_votes_count_by_their_logarithm(void **state)
{
    (void)state;
    static const struct {
        int64_t votes;
        int score;
    } cases[] = {{0, 0}, {1, 8}, {2, 8}, {3, 12}, {9, 12}, {10, 16}, {30, 20},
            {100, 24}, {299, 24}, {300, 28}, {INT64_MAX, 28}, {-5, 0}};
    struct arena arena = {0};
    struct subscription any = {0};
    struct paper paper = paper_of("2501.00001", "A title", cs_lg);
    int without = score(&paper, &any, &arena).score;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct signal signals[] = {{paper.id, "stars", 999, 0},
                {paper.id, SIGNAL_HF_VOTES, cases[i].votes, 0}};
        const struct candidate candidate = {.paper = &paper,
                .signals = {signals, 2}};
        struct scored scored = selection_score(&candidate, &any, &arena);
        assert_int_equal(scored.parts[FEATURE_SIGNALS], cases[i].score);
        assert_int_equal(scored.score, without + cases[i].score);
    }
    arena_finish(&arena);
}

static void test_citations_count_a_little_and_none_is_nothing(void **state)
{
    (void)state;
    static const struct {
        int64_t citations;
        int score;
    } cases[] = {{0, 0}, {1, 2}, {2, 2}, {3, 5}, {10, 8}, {99, 10}, {100, 12},
            {INT64_MAX, 12}, {-5, 0}};
    struct arena arena = {0};
    struct subscription any = {0};
    struct paper paper = paper_of("2501.00001", "A title", cs_lg);
    int without = score(&paper, &any, &arena).score;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct signal signals[] = {
                {paper.id, SIGNAL_CITATIONS, cases[i].citations, 0}};
        const struct candidate candidate = {.paper = &paper,
                .signals = {signals, 1}};
        struct scored scored = selection_score(&candidate, &any, &arena);
        assert_int_equal(scored.parts[FEATURE_CITATIONS], cases[i].score);
        assert_int_equal(scored.score, without + cases[i].score);
    }
    arena_finish(&arena);
}

static void test_features_have_names_that_differ(void **state)
{
    (void)state;
    for (int a = 0; a < FEATURE_COUNT; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(feature_name((enum feature)a),
                    feature_name((enum feature)b));
}

/* --- random papers --- */

enum {
    RANDOM_PAPERS = 200,
};

static const char *random_words(struct random_source *chance,
        struct arena *arena, uint64_t count)
{
    static const char *const words[] = {"diffusion", "agents", "a", "survey",
            "of", "LLM", "reasoning:", "medical", "github.com/x", "R\u00e9nyi",
            "机器", "robot", "benchmark", "with", "?", "<!channel>"};
    struct text text;

    text_init(&text, arena, 4096);
    text_add(&text, "T");
    while (count-- > 0)
        text_add_format(&text, " %s",
                words[chance->below(chance->state,
                        sizeof words / sizeof words[0])]);
    return text_string(&text);
}

static struct candidate *random_candidates(uint64_t seed, struct arena *arena)
{
    static const char **const categories[] = {cs_lg, cs_lg_cl, cs_cv};
    static const struct author authors[] = {{"Ada B. Lovelace", ""},
            {"Kurt G\u00f6del", ""}};
    struct chance_seed dice = {seed};
    struct random_source chance = chance_seeded(&dice);
    struct candidate *list =
            arena_array(arena, struct candidate, RANDOM_PAPERS);

    for (size_t i = 0; i < RANDOM_PAPERS; i++) {
        struct paper *paper = arena_new(arena, struct paper);

        /* Some ids come twice, as a cross-list does. */
        *paper = paper_of(arena_format(arena, "2501.%05u",
                                  (unsigned)chance.below(chance.state, 150)),
                random_words(&chance, arena, 1 + chance.below(chance.state, 6)),
                categories[chance.below(chance.state, 3)]);
        paper->abstract =
                random_words(&chance, arena, chance.below(chance.state, 40));
        paper->authors.items = arena_array(arena, struct author, 1);
        paper->authors.items[0] = authors[chance.below(chance.state, 2)];
        paper->authors.count = 1;
        /* What differs between two of one id must decide between them. */
        paper->version = (unsigned)i;
        list[i] = (struct candidate){.paper = paper,
                .announce = chance.below(chance.state, 2) ? ANNOUNCE_NEW
                                                          : ANNOUNCE_CROSS};
    }
    return list;
}

static struct subscription some_wishes(void)
{
    static const char *words[] = {"diffusion", "机器", NULL};
    static const char *authors[] = {"Godel", NULL};
    static const char *unwanted[] = {"survey", NULL};

    return (struct subscription){.words = list_of(words),
            .authors = list_of(authors),
            .unwanted = list_of(unwanted)};
}

static void test_a_score_is_the_sum_of_its_parts(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct subscription wanted = some_wishes();
    struct scored_list ranked = selection_rank(random_candidates(1, &arena),
            RANDOM_PAPERS, &wanted, &arena);

    for (size_t i = 0; i < ranked.count; i++) {
        const struct scored *scored = &ranked.items[i];
        int sum = 0;

        for (int part = 0; part < FEATURE_COUNT; part++)
            sum += scored->parts[part];
        assert_int_equal(scored->score, sum);
        assert_true(scored->parts[FEATURE_UNWANTED] <= 0);

        struct scored alone = score(scored->paper, &wanted, &arena);
        assert_memory_equal(alone.parts, scored->parts, sizeof alone.parts);
        if (i > 0) {
            const struct scored *before = scored - 1;
            assert_true(before->score > scored->score ||
                    (before->score == scored->score &&
                            strcmp(before->paper->id, scored->paper->id) < 0));
        }
    }
    arena_finish(&arena);
}

static void test_the_order_of_the_input_changes_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct subscription wanted = some_wishes();
    struct candidate *candidates = random_candidates(2, &arena);
    struct scored_list first =
            selection_rank(candidates, RANDOM_PAPERS, &wanted, &arena);
    struct chance_seed dice = {3};
    struct random_source chance = chance_seeded(&dice);

    for (size_t i = RANDOM_PAPERS - 1; i > 0; i--) {
        size_t other = (size_t)chance.below(chance.state, i + 1);
        struct candidate kept = candidates[i];

        candidates[i] = candidates[other];
        candidates[other] = kept;
    }
    struct scored_list second =
            selection_rank(candidates, RANDOM_PAPERS, &wanted, &arena);
    assert_int_equal(first.count, second.count);
    for (size_t i = 0; i < first.count; i++)
        assert_ptr_equal(first.items[i].paper, second.items[i].paper);
    arena_finish(&arena);
}

/* --- ranking --- */

static void test_replacements_withdrawn_and_unwanted_categories_go(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct subscription wanted = {.categories = list_of(cs_lg)};
    struct paper papers[] = {
            paper_of("2501.00001", "Kept", cs_lg),
            paper_of("2501.00002", "Replaced", cs_lg),
            paper_of("2501.00003", "Withdrawn", cs_lg),
            paper_of("2501.00004", "Elsewhere", cs_cv),
    };
    papers[2].withdrawn = true;
    struct candidate candidates[] = {
            {.paper = &papers[0], .announce = ANNOUNCE_CROSS},
            {.paper = &papers[0], .announce = ANNOUNCE_REPLACE_CROSS},
            {.paper = &papers[0], .announce = ANNOUNCE_NEW},
            {.paper = &papers[1], .announce = ANNOUNCE_REPLACE},
            {.paper = &papers[2], .announce = ANNOUNCE_NEW},
            {.paper = &papers[3], .announce = ANNOUNCE_NEW},
    };
    struct scored_list ranked = selection_rank(candidates, 6, &wanted, &arena);

    assert_int_equal(ranked.count, 1);
    assert_string_equal(ranked.items[0].paper->id, "2501.00001");
    assert_int_equal(selection_rank(NULL, 0, &wanted, &arena).count, 0);
    arena_finish(&arena);
}

/* --- choosing --- */

static struct scored_list ranked_of(const struct paper *papers, size_t count,
        struct arena *arena)
{
    struct scored_list list = {arena_array(arena, struct scored, count), count};

    for (size_t i = 0; i < count; i++)
        list.items[i] = (struct scored){
                .paper = &papers[i],
                .tag = papers[i].categories.items[0],
                .score = -(int)i,
        };
    return list;
}

static void test_a_near_duplicate_is_passed_over(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct paper papers[] = {
            paper_of("1", "Scaling Laws for Speech Recognition", cs_lg),
            paper_of("2", "Scaling Laws for Speech Recognition, Again", cs_lg),
            paper_of("3", "A Robot That Folds Shirts", cs_cv),
    };
    struct scored_list ranked = ranked_of(papers, 3, &arena);
    struct scored_list chosen = selection_choose(&ranked, 2, MIX_FAIR, &arena);

    assert_int_equal(chosen.count, 2);
    assert_string_equal(chosen.items[0].paper->id, "1");
    assert_string_equal(chosen.items[1].paper->id, "3");
    /* With room for all, all come, in order. */
    chosen = selection_choose(&ranked, 9, MIX_FAIR, &arena);
    assert_int_equal(chosen.count, 3);
    assert_string_equal(chosen.items[1].paper->id, "2");
    arena_finish(&arena);
}

static void test_one_category_leaves_room_for_others(void **state)
{
    (void)state;
    static const char *const titles[] = {"Alpha", "Beta", "Gamma", "Delta",
            "Epsilon", "Zeta"};
    struct arena arena = {0};
    struct paper papers[6];

    for (size_t i = 0; i < 6; i++)
        papers[i] = paper_of(titles[i], titles[i], i < 5 ? cs_lg : cs_cv);
    struct scored_list ranked = ranked_of(papers, 6, &arena);
    struct scored_list chosen = selection_choose(&ranked, 3, MIX_FAIR, &arena);
    assert_string_equal(chosen.items[2].paper->title, "Zeta");
    /* Nobody else there: the places are not left empty. */
    ranked.count = 5;
    chosen = selection_choose(&ranked, 3, MIX_FAIR, &arena);
    assert_string_equal(chosen.items[2].paper->title, "Gamma");
    arena_finish(&arena);
}

/* The third of three places, where the only paper of the other category is so
 * many points behind the third. */
static const char *third_of(int behind, enum channel_mix mix)
{
    static const char *const titles[] = {"Alpha", "Beta", "Gamma", "Zeta"};
    struct arena arena = {0};
    struct paper papers[4];

    for (size_t i = 0; i < 4; i++)
        papers[i] = paper_of(titles[i], titles[i], i < 3 ? cs_lg : cs_cv);
    struct scored_list ranked = ranked_of(papers, 4, &arena);
    ranked.items[3].score = ranked.items[2].score - behind;
    struct scored_list chosen = selection_choose(&ranked, 3, mix, &arena);
    const char *title = chosen.items[2].paper->title;
    arena_finish(&arena);
    return title;
}

static void test_a_day_plainly_better_in_one_category_is_all_of_it(void **state)
{
    (void)state;
    assert_string_equal(third_of(15, MIX_FAIR), "Zeta");
    assert_string_equal(third_of(16, MIX_FAIR), "Gamma");
}

static void test_a_free_mix_takes_the_best(void **state)
{
    (void)state;
    assert_string_equal(third_of(1, MIX_FREE), "Gamma");
}

static void test_a_small_category_is_heard(void **state)
{
    (void)state;
    static const char *const titles[] = {"Alpha", "Beta", "Gamma", "Delta",
            "Epsilon", "Zeta"};
    struct arena arena = {0};
    struct paper papers[6];

    for (size_t i = 0; i < 6; i++)
        papers[i] = paper_of(titles[i], titles[i],
                i < 3           ? cs_lg
                        : i < 5 ? cs_lg_cl
                                : cs_cv);
    struct scored_list ranked = ranked_of(papers, 6, &arena);
    struct scored_list chosen = selection_choose(&ranked, 5, MIX_FAIR, &arena);

    assert_int_equal(chosen.count, 5);
    assert_string_equal(chosen.items[4].paper->title, "Zeta");
    arena_finish(&arena);
}

static void test_one_first_author_has_at_most_two_papers(void **state)
{
    (void)state;
    static const char *const titles[] = {"Alpha", "Beta", "Gamma", "Delta"};
    struct arena arena = {0};
    struct author busy = {"Kurt G\u00f6del", ""}, other = {"A Church", ""};
    struct paper papers[4];

    for (size_t i = 0; i < 4; i++) {
        papers[i] = paper_of(titles[i], titles[i], i % 2 ? cs_lg : cs_cv);
        papers[i].authors =
                (struct author_list){i < 3 ? &busy : &other, 1, false};
    }
    struct scored_list ranked = ranked_of(papers, 4, &arena);
    struct scored_list chosen = selection_choose(&ranked, 3, MIX_FAIR, &arena);
    assert_string_equal(chosen.items[2].paper->title, "Delta");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_words_match_whole_and_however_written),
            cmocka_unit_test(test_han_words_match_inside_a_sentence),
            cmocka_unit_test(test_what_stands_is_never_thought_missing),
            cmocka_unit_test(test_authors_match_with_initials_and_accents),
            cmocka_unit_test(test_what_is_wanted_raises_and_what_is_not_lowers),
            cmocka_unit_test(
                    test_a_cross_list_counts_less_and_shows_the_wanted_tag),
            cmocka_unit_test(test_code_and_venue_are_read_from_the_comment_too),
            cmocka_unit_test(test_votes_count_by_their_logarithm),
            cmocka_unit_test(test_citations_count_a_little_and_none_is_nothing),
            cmocka_unit_test(test_features_have_names_that_differ),
            cmocka_unit_test(test_a_score_is_the_sum_of_its_parts),
            cmocka_unit_test(test_the_order_of_the_input_changes_nothing),
            cmocka_unit_test(
                    test_replacements_withdrawn_and_unwanted_categories_go),
            cmocka_unit_test(test_a_near_duplicate_is_passed_over),
            cmocka_unit_test(test_one_category_leaves_room_for_others),
            cmocka_unit_test(
                    test_a_day_plainly_better_in_one_category_is_all_of_it),
            cmocka_unit_test(test_a_free_mix_takes_the_best),
            cmocka_unit_test(test_a_small_category_is_heard),
            cmocka_unit_test(test_one_first_author_has_at_most_two_papers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
