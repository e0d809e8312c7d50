/* What may be kept of a note, and what of a hostile one. */
#include "bot/write/glossary.h"
#include "bot/write/note_check.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cJSON.h>
#include <cmocka.h>

/* One paper for all; every case is a digest of it. */
static struct paper the_paper(void)
{
    struct paper paper = paper_empty();

    paper.id = "2611.00001";
    paper.title = "Kestrel: Steering Kites with Large Language Models";
    paper.abstract =
            "We let large language models (LLMs) such as GPT-4o steer a kite. "
            "Kestrel needs 12 GB of memory and 1.5 million parameters, answers "
            "3.6x faster (in 40 ms), and lifts accuracy from 90 to 95.4\\% on "
            "KiteBench, where others lose ground (a change of -3.2 points). "
            "Two thirds of the 10,000 flights ended well; ResNet-50 is a "
            "transformer-free baseline with twice the cost. Kestrel solves "
            "Task "
            "6. Later it wins (rank 4).";
    return paper;
}

static const struct {
    const char *language, *digest;
    const char *flaw; /* NULL: kept */
} cases[] = {
        {"zh", "Kestrel 让大语言模型操纵风筝，准确率从 90% 提高到 95.4%。",
                NULL},
        {"zh", "参数量为150万，需要12 GB内存，速度快3.6倍，延迟40毫秒。", NULL},
        {"zh", "在10000次飞行中，ResNet-50的开销是它的2倍，其他方法为−3.2。",
                NULL},
        {"zh", "方法：1）让LLM操纵风筝；2）在KiteBench上测试。", NULL},
        {"zh", "准确率提高到 95.3%，优于以往的风筝方法。",
                "the digest says 95.3%, which the abstract does not"},
        {"zh", "参数量为15万，优于以往的风筝方法。",
                "the digest says 15万, which the abstract does not"},
        {"zh", "需要12 MB内存，优于以往的风筝方法。",
                "the digest says 12 mb, which the abstract does not"},
        {"zh", "速度快3.6%，优于以往的风筝操纵方法。",
                "the digest says 3.6%, which the abstract does not"},
        {"zh", "其他方法提高了3.2个点，我们提高得更多。",
                "the digest says 3.2, which the abstract does not"},
        {"zh", "我们用GPT-5o操纵风筝，效果优于以往方法。",
                "the digest names \"GPT-5o\", which the abstract does not"},
        {"zh", "法学硕士可以操纵风筝，效果优于以往方法。",
                "the digest writes \"法学硕士\" for \"large language model\", "
                "which is \"大语言模型\""},
        {"zh", "Large language models steer a kite well.",
                "the digest has no Chinese in it"},
        {"zh", "大语言模型可以操纵风筝，метод 很好用。",
                "the digest has \"м\", of a script that is not wanted"},
        {"zh", "很好的风筝。",
                "the digest has 5 Han characters, at least 10 are wanted"},
        {"zh", "大语言模型可以操纵风筝，详见 https://example.org 。",
                "the digest has a link, plain text is wanted"},
        {"zh", "风筝飞得高，风筝飞得高，风筝飞得高，风筝飞得高，",
                "the digest says the same again and again"},
        {"en",
                "Large language models steer a kite and reach 95.4% on "
                "KiteBench.",
                NULL},
        {"en", "Kestrel steers a kite and at last solves Task 6.", NULL},
        {"en", "Kestrel steers a kite and wins (rank 4) in the end.", NULL},
        {"en", "Kestrel steers a kite and wins (rank 3) in the end.",
                "the digest says 3, which the abstract does not"},
        {"en", "Large language models steer a kite on WindBench very well.",
                "the digest names \"WindBench\", which the abstract does not"},
        {"en", "Large language models steer a kite 4.6 times faster.",
                "the digest says 4.6 times, which the abstract does not"},
        {"en", "大语言模型 steer a kite with twice the speed of others.",
                "the digest has 5 Han characters"},
};

static void test_a_note_says_what_its_paper_says(void **state)
{
    const struct paper paper = the_paper();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena arena = {0};
        const char *flaw = "";
        const struct note note = {.paper_id = paper.id,
                .language = cases[i].language,
                .title = "",
                .heading = "",
                .digest = cases[i].digest};
        bool good = note_check(&note, &paper, NULL, &arena, &flaw);
        if (good != (cases[i].flaw == NULL))
            fail_msg("\"%s\": %s", cases[i].digest, good ? "kept" : flaw);
        if (!good)
            assert_string_equal(flaw, cases[i].flaw);
        arena_finish(&arena);
    }
}

static void test_a_name_stays_in_the_title(void **state)
{
    const struct paper paper = the_paper();
    struct arena arena = {0};
    const char *flaw = "";
    struct note note = {.paper_id = paper.id,
            .language = "zh",
            .title = "Kestrel：用大语言模型操纵风筝",
            .heading = "大语言模型操纵风筝",
            .digest = "大语言模型可以操纵风筝，效果优于以往方法。"};

    (void)state;
    assert_true(note_check(&note, &paper, NULL, &arena, &flaw));
    note.title = "红隼：用大语言模型操纵风筝";
    assert_false(note_check(&note, &paper, NULL, &arena, &flaw));
    assert_string_equal(flaw,
            "the title leaves out \"Kestrel\", the name of what the paper is "
            "about");
    note.title = "";
    note.heading = "**大语言模型**";
    assert_false(note_check(&note, &paper, NULL, &arena, &flaw));
    assert_non_null(strstr(flaw, "the heading has markup"));
    arena_finish(&arena);
}

/* --- abstracts that give orders --- */

static const char *member(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
    assert_non_null(text);
    return text;
}

/* What a writer says that did as the abstract told it. */
static void refuse_obedience(const cJSON *line)
{
    struct arena arena = {0};
    struct paper paper = paper_empty();
    const char *flaw = "";

    paper.id = "2611.00002";
    paper.title = "On Orders in Abstracts";
    paper.abstract = member(line, "abstract");
    const struct note note = {.paper_id = paper.id,
            .language = member(line, "language"),
            .title = "",
            .heading = "",
            .digest = member(line, "obeyed")};
    if (note_check(&note, &paper, NULL, &arena, &flaw))
        fail_msg("kept: %s", note.digest);
    arena_finish(&arena);
}

static void test_who_obeys_an_abstract_is_refused(void **state)
{
    struct arena arena = {0};
    char *at = paper_file_text(&arena, "tests/data/hostile-abstracts.jsonl");
    size_t count = 0;

    (void)state;
    for (; *at != '\0'; count++) {
        size_t length = strcspn(at, "\n");
        char *next = at + length + (at[length] == '\n');
        at[length] = '\0';
        cJSON *line = cJSON_Parse(at);
        assert_non_null(line);
        refuse_obedience(line);
        cJSON_Delete(line);
        at = next;
    }
    assert_int_equal(count, 50);
    arena_finish(&arena);
}

/* --- the glossary --- */

static void test_a_glossary_of_ones_own_wins(void **state)
{
    struct arena arena = {0};
    struct error err = {0};
    const struct paper paper = the_paper();
    struct glossary glossary = glossary_own(&arena);
    const char *flaw = "";
    const struct note note = {.paper_id = paper.id,
            .language = "zh",
            .title = "",
            .heading = "",
            .digest = "大语言模型可以操纵纸鸢，效果优于以往方法。"};

    (void)state;
    assert_true(note_check(&note, &paper, &glossary, &arena, &flaw));
    assert_true(glossary_add(&glossary,
            "# ours\n\nkite = 风筝 | 鸢 ! 纸鸢, \nkite=风筝!纸鸢\n", &arena,
            &err));
    assert_false(note_check(&note, &paper, &glossary, &arena, &flaw));
    assert_string_equal(flaw,
            "the digest writes \"纸鸢\" for \"kite\", which is \"风筝\"");
    size_t before = glossary.count;
    assert_false(glossary_add(&glossary, "a = b\nno term\n", &arena, &err));
    assert_string_equal(err.text,
            "line 2: \"no term\" is no term; write TERM = TRANSLATION | "
            "ANOTHER "
            "! WRONG");
    assert_int_equal(glossary.count, before);
    arena_finish(&arena);
}

static void test_terms_are_found_as_whole_words(void **state)
{
    struct arena arena = {0};
    const struct glossary glossary = glossary_own(&arena);
    const struct glossary_found found = glossary_find(&glossary,
            "Chain of thought for Large Language Models, not for bandits' "
            "agentive token-izers",
            10, &arena);

    (void)state;
    assert_int_equal(found.count, 4);
    assert_string_equal(found.terms[0]->term, "chain of thought");
    assert_string_equal(found.terms[1]->right[0], "大语言模型");
    assert_string_equal(found.terms[2]->term, "bandit");
    assert_string_equal(found.terms[3]->term, "token");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_note_says_what_its_paper_says),
            cmocka_unit_test(test_a_name_stays_in_the_title),
            cmocka_unit_test(test_who_obeys_an_abstract_is_refused),
            cmocka_unit_test(test_a_glossary_of_ones_own_wins),
            cmocka_unit_test(test_terms_are_found_as_whole_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
