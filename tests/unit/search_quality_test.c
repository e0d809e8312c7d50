/*
 * Questions as people would type them, asked of real papers
 * (PAPERBOY_SHARED/data/public), and the paper that each must find among the
 * first three.  Papers were drawn by lot; the words are ours.
 */
#include "bot/search_query.h"
#include "tests/support/paper_file.h"
#include "tests/support/public_library.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    PLACES = 3
};

static const struct {
    const char *id, *question;
} table[] = {
        {"2505.17132", "jailbreak defense vision-language"},
        {"2504.08253", "underwater image matching"},
        {"2504.11637", "building damage disaster"},
        {"2505.15298", "autonomous driving chain-of-thought -survey"},
        {"2605.18421", "agent memory benchmark self-evolving"},
        {"2605.20315", "prefill* quantization"},
        {"2505.16722", "toxicity low-resource language by:beniwal"},
        {"2605.16758", "pretraining language acquisition"},
        {"2605.15672", "VLM line tracing failure"},
        {"2505.21074", "red teaming text-to-image"},
        {"2505.11365", "LLM hallucination bias multilingual probe"},
        {"2504.12661", "VLM safety alignment"},
        {"2505.15490", "dialogue agent traveling salesman"},
        {"2605.17629",
                "\"sensing and communication\" antenna by:\"N Perovic\""},
        {"2505.23723", "LLM agent machine learning"},
        {"2504.08020", "fine-grained domain generalization"},
        {"2505.21355", "prostate cancer screening ultrasound"},
        {"2505.11079", "audio deepfake detection"},
        {"2505.11344", "delta compression finetuned model"},
        {"2505.21527", "Vietnamese speech recognition"},
        {"2608.13684", "神经符号 组装"},
        {"2402.08369", "模仿学习 单个演示"},
        {"2505.24313", "弱到强泛化 方差"},
        {"2605.29976", "气候模拟 天气预报模型"},
        {"2608.19134", "脑电"},
        {"2403.09548", "乳腺癌分类 SHAP"},
        {"2402.15538", "LLM 代理 库"},
        {"2403.00423", "校准 统计 参考值"},
        {"2608.01735", "策略蒸馏"},
        {"2608.15138", "ABR 语言模型"},
        {"2403.01059", "模仿学习"},
        {"2403.01673", "多元时间序列预测 外生变量"},
        {"2403.15481", "AI公平性 从业者 interviews"},
        {"2601.19446", "超声 胎头分割 SAM"},
        {"2601.18924", "指令跟随"},
        {"2505.15426", "波兰语 新词"},
        {"2505.15297", "中文去毒 情感极性"},
        {"2601.19259", "药物推荐 in:CE since:2026-01"},
        {"2401.00006", "具身代理 语言模型 强化学习"},
        {"2505.15297", "作者:\"X Wang\" 去毒 toxic"},
};

/* Its place, from 1; 0 if it is not found. */
static size_t place_of(const struct search_result *result, const char *id)
{
    for (size_t i = 0; i < result->count; i++)
        if (strcmp(result->ids[i], id) == 0)
            return i + 1;
    return 0;
}

static bool asked(struct store *store, size_t row)
{
    struct arena arena = {0};
    struct error err = {0};
    struct search_words words;
    struct search_result result = {0};

    search_query_begin(&words, (struct civil_date){2026, 11, 24}, &arena);
    words.query.limit = SEARCH_TOTAL_MAX;
    if (!search_query_read(&words, table[row].question) ||
            !store_search(store, &words.query, &arena, &result, &err))
        fail_msg("%s: %s", table[row].question, err.text);
    size_t place = place_of(&result, table[row].id);
    printf("# PRINT %zu of %3zu  %s  %s\n", place, result.total, table[row].id,
            table[row].question);
    arena_finish(&arena);
    return place > 0 && place <= PLACES;
}

static void
test_forty_questions_find_their_paper_among_the_first_three(void **state)
{
    struct store_fixture fixture;
    size_t found = 0, count = sizeof table / sizeof *table;

    (void)state;
    paper_file_need_shared();
    store_fixture_open(&fixture, "sqlite");
    size_t papers = public_library_fill(fixture.store);
    for (size_t i = 0; i < count; i++)
        found += asked(fixture.store, i);
    printf("# PRINT %zu of %zu questions to %zu papers are answered among the "
           "first %d\n",
            found, count, papers, (int)PLACES);
    assert_int_equal(found, count);
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_forty_questions_find_their_paper_among_the_first_three),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
