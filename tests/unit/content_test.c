#include "bot/content/content.h"

#include "bot/base/text.h"
#include "bot/content/content_topic.h"
#include "bot/selection.h"
#include "tests/support/content_training.h"
#include "tests/support/selection_measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const weeks[] = {"2025-W16", "2025-W21", "2025-W22",
        "2026-W05", "2026-W21"};

enum {
    WEEKS = sizeof weeks / sizeof *weeks,
};

static const char *cs_cl_lg[] = {"cs.CL", "cs.LG"};

static struct paper paper_of(const char *title, const char *abstract)
{
    struct paper paper = paper_empty();

    paper.id = "2601.00001";
    paper.title = title;
    paper.abstract = abstract;
    paper.categories = (struct string_list){cs_cl_lg, 2};
    return paper;
}

/* --- what a paper has --- */

static void test_the_phrase_table_is_sorted(void **state)
{
    (void)state;
    assert_true(content_topic_is_sorted());
}

static void test_every_fact_can_be_told_and_there_are_no_more(void **state)
{
    (void)state;
    for (unsigned fact = 0; fact < CONTENT_FACTS; fact++)
        assert_non_null(content_fact_phrase(fact));
    assert_null(content_fact_phrase(CONTENT_FACTS));
    for (unsigned topic = 1; topic < TOPIC_COUNT; topic++)
        assert_true(*content_topic_phrase((enum content_topic)topic)->chinese !=
                '\0');
}

static struct content_facts facts_of(const struct paper *paper,
        struct arena *arena)
{
    const struct match_paper match = selection_match_paper(paper, arena);

    return content_fact_all(&match);
}

static size_t count_told(const struct paper *paper, const char *english,
        struct arena *arena)
{
    const struct content_facts facts = facts_of(paper, arena);
    size_t count = 0;

    for (size_t i = 0; i < facts.count; i++)
        count += text_same(content_fact_phrase(facts.items[i])->english,
                english);
    return count;
}

static void test_facts_hold_of_what_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *title, *abstract, *english;
        size_t count;
    } cases[] = {
            {"Amos: A Name", "", "its title begins with a name", 1},
            {"A Long Way: To Go", "", "its title begins with a name", 0},
            {"Is It So?", "", "a question in the title", 2},
            {"Qwen-9: Small", "", "a name with a number in the title", 1},
            {"In 2024", "", "a name with a number in the title", 0},
            {"A", "a 7B model", "a size in billions", 1},
            {"A", "7 boys", "a size in billions", 0},
            {"A", "3x faster", "says how many times better", 1},
            {"A", "up 5% and 6%", "%1 percentages in the abstract", 2},
            {"A", "We open-source it", "something is made open", 1},
            {"A", "", "no comment", 1},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct paper paper = paper_of(cases[i].title, cases[i].abstract);
        assert_int_equal(count_told(&paper, cases[i].english, &arena),
                cases[i].count);
    }
    arena_finish(&arena);
}

static void test_words_are_alike_however_written_and_kinds_differ(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct paper one = paper_of("Diffusion Models", "diffusion model");
    const struct paper other = paper_of("diffusion-model", "Diffusion Model");
    const struct match_paper a = selection_match_paper(&one, &arena);
    const struct match_paper b = selection_match_paper(&other, &arena);

    for (enum content_kind kind = 0; kind < CONTENT_KINDS; kind++) {
        const struct content_terms left = content_term_all(&a, kind, &arena);
        const struct content_terms right = content_term_all(&b, kind, &arena);
        assert_int_equal(left.count, right.count);
        for (size_t i = 0; i < left.count; i++) {
            assert_int_equal(left.items[i].bucket, right.items[i].bucket);
            assert_true(left.items[i].bucket < CONTENT_ALL_BUCKETS);
        }
    }
    uint32_t in_title =
            content_term_all(&a, CONTENT_TITLE_PAIR, &arena).items[0].bucket;
    uint32_t in_abstract =
            content_term_all(&a, CONTENT_ABSTRACT_PAIR, &arena).items[0].bucket;
    assert_int_not_equal(in_title, in_abstract);
    arena_finish(&arena);
}

/* --- a made-up model --- */

static void test_reasons_say_what_raised_and_what_lowered(void **state)
{
    (void)state;
    static struct content_model model;
    struct arena arena = {0};
    const struct paper paper = paper_of("Robots",
            "One two three four five six seven eight nine ten eleven twelve "
            "some more words that make twenty of them.");
    const struct match_paper match = selection_match_paper(&paper, &arena);
    const struct content_terms title =
            content_term_all(&match, CONTENT_TITLE_WORD, &arena);

    model.term_unit[CONTENT_TITLE_WORD] = 1024;
    model.terms[title.items[0].bucket] = 7;
    model.fact_unit = 1024;
    for (unsigned i = 0; i < CONTENT_FACTS; i++)
        if (text_same(content_fact_phrase(i)->english, "no comment"))
            model.facts[i] = -9;
    const struct content_reasons reasons =
            content_reasons_of(&model, &match, 5, &arena);
    assert_int_equal(reasons.count, 2);
    assert_int_equal(reasons.items[0].score, -9);
    assert_string_equal(reasons.items[0].phrase->english, "no comment");
    assert_int_equal(reasons.items[1].score, 7);
    assert_int_equal(reasons.items[1].kind, CONTENT_REASON_TITLE);
    assert_string_equal(reasons.items[1].text, "robots");
    assert_int_equal(content_score(&model, &match, &arena).content, -2);
    arena_finish(&arena);
}

static void test_what_has_no_abstract_is_not_judged(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct paper paper = paper_of("Agents That Reason", "Agents.");
    const struct match_paper match = selection_match_paper(&paper, &arena);

    assert_int_equal(content_score(&content_model_shipped, &match, &arena)
                             .content,
            0);
    assert_int_equal(content_reasons_of(&content_model_shipped, &match, 5,
                             &arena)
                             .count,
            0);
    arena_finish(&arena);
}

/* --- the model that is shipped --- */

struct learning {
    struct arena arena;
    struct paper_file files[WEEKS];
    struct content_examples examples;
};

static void read_weeks(struct learning *learning)
{
    struct arena *arena = &learning->arena;

    for (size_t i = 0; i < WEEKS; i++) {
        learning->files[i] = paper_file_read(arena,
                paper_file_shared(arena,
                        arena_format(arena,
                                "data/public/eval/candidates-%s.jsonl.gz",
                                weeks[i])));
        content_training_add(&learning->examples, &learning->files[i], arena);
    }
}

static void test_the_shipped_model_is_what_training_makes(void **state)
{
    (void)state;
    paper_file_need_shared();
    struct learning learning = {0};

    read_weeks(&learning);
    const struct content_model made = content_training_fit(&learning.examples,
            NULL, &content_training_settings);
    arena_finish(&learning.arena);
    assert_memory_equal(&made, &content_model_shipped, sizeof made);
}

/* The last week's papers, by a model that did not see them. */
static struct measure measure_last(const struct learning *learning,
        const struct content_model *model)
{
    const struct paper_file *file = &learning->files[WEEKS - 1];
    size_t first = learning->examples.count - file->papers.count;
    struct measured_paper papers[1024];
    struct measure measure = {0};

    for (int day = 0; day < learning->examples.days; day++) {
        size_t count = 0;
        for (size_t i = 0; i < file->papers.count && count < 1024; i++) {
            struct arena arena = {0};
            const struct match_paper match =
                    selection_match_paper(&file->papers.items[i], &arena);
            if (learning->examples.items[first + i].day == day) {
                const struct content_score score =
                        content_score(model, &match, &arena);
                papers[count++] =
                        (struct measured_paper){.id = file->papers.items[i].id,
                                .score = score.code + score.content,
                                .picked = file->picked[i],
                                .votes = file->votes[i]};
            }
            arena_finish(&arena);
        }
        selection_measure_day(&measure, papers, count);
    }
    return measure;
}

static void test_an_unseen_week_has_what_people_picked_first(void **state)
{
    (void)state;
    paper_file_need_shared();
    struct learning learning = {0};

    read_weeks(&learning);
    size_t count = learning.examples.count;
    bool *left_out = arena_array(&learning.arena, bool, count);
    for (size_t i = count - learning.files[WEEKS - 1].papers.count; i < count;
            i++)
        left_out[i] = true;
    const struct content_model model = content_training_fit(&learning.examples,
            left_out, &content_training_settings);
    const struct measure measure = measure_last(&learning, &model);
    arena_finish(&learning.arena);
    printf("# PRINT selection: of an unseen week %.3f of a day's first ten "
           "were "
           "picked by people, AUC %.3f (a list of words 0.23, chance 0.04)\n",
            measure.first10 / measure.days, measure.area / measure.days);
    assert_int_equal(measure.days, 5);
    assert_true(measure.first10 / measure.days > 0.40);
}

static void assert_near(double value, double expected)
{
    assert_true(fabs(value - expected) < 1e-9);
}

static void test_measures_are_right_on_a_small_day(void **state)
{
    (void)state;
    struct measured_paper papers[] = {{"a", 3, true, 2}, {"b", 2, false, 0},
            {"c", 1, true, 14}, {"d", 0, false, 0}};
    struct measure measure = {0};

    selection_measure_day(&measure, papers, 4);
    assert_int_equal(measure.days, 1);
    assert_near(measure.first5, 2 / 5.0);
    assert_near(measure.first10, 2 / 10.0);
    assert_near(measure.area, 3 / 4.0);
    assert_near(measure.gain10, 4 / (4 + 2 * 0.6309297535714575));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_phrase_table_is_sorted),
            cmocka_unit_test(test_every_fact_can_be_told_and_there_are_no_more),
            cmocka_unit_test(test_facts_hold_of_what_is_written),
            cmocka_unit_test(
                    test_words_are_alike_however_written_and_kinds_differ),
            cmocka_unit_test(test_reasons_say_what_raised_and_what_lowered),
            cmocka_unit_test(test_what_has_no_abstract_is_not_judged),
            cmocka_unit_test(test_measures_are_right_on_a_small_day),
            cmocka_unit_test(test_the_shipped_model_is_what_training_makes),
            cmocka_unit_test(test_an_unseen_week_has_what_people_picked_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
