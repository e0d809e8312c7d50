#include "bot/commands/command_saved.h"

#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_a_list_begins_empty_and_says_how(void **state)
{
    asking_expect(*state, "saved",
            "Your list is empty. /paper save 3 puts the digest's third paper "
            "on it; only you see the list.\n");
    asking_expect(*state, "收藏夹",
            "你的收藏夹是空的。发送 /paper 收藏 3 收藏日报中的第 3 "
            "篇；收藏夹只有"
            "你自己看得到。\n");
    asking_expect(*state, "save",
            "Which paper shall I save? Write its number in the digest, an "
            "arXiv id or a link: /paper save 3\n");
    asking_expect(*state, "unsave",
            "Which paper shall I take off your list? For example: /paper "
            "unsave 3\n");
}

static void test_papers_are_saved_once_and_taken_off(void **state)
{
    asking_expect(*state, "save 2611.10001",
            "Saved: Slow Tides: Diffusion Models for River Forecasting\n"
            "Your list has 1 paper; /paper saved shows it.\n");
    asking_expect(*state, "收藏 2611.10001 2611.10003",
            "早已收藏：Slow Tides: Diffusion Models for River Forecasting\n"
            "已收藏：A Quiet Optimizer\n"
            "你的收藏夹有 2 篇论文，发送 /paper 收藏夹 查看。\n");
    asking_expect(*state, "unsave 2611.10001",
            "No longer saved: Slow Tides: Diffusion Models for River "
            "Forecasting\n"
            "Your list has 1 paper; /paper saved shows it.\n");
    asking_expect(*state, "取消收藏 2611.10001",
            "本来就不在收藏夹里：Slow Tides: Diffusion Models for River "
            "Forecasting\n"
            "你的收藏夹有 1 篇论文，发送 /paper 收藏夹 查看。\n");
    asking_expect(*state, "saved",
            "Your saved papers, the newest first:\n"
            "\n"
            "[LG] A Quiet Optimizer\n"
            "J L. Kim\n"
            "https://arxiv.org/abs/2611.10003\n");
}

static void test_a_list_is_its_persons_alone(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "save 2611.10001");
    assert_true(asking->answer.personal);
    asking->person = "bo";
    asking_expect(asking, "收藏夹",
            "你的收藏夹是空的。发送 /paper 收藏 3 收藏日报中的第 3 "
            "篇；收藏夹只有"
            "你自己看得到。\n");
    asking->person = "ana";
    asking_say(asking, "saved");
    assert_true(asking->answer.personal);
}

static void test_the_list_comes_as_a_bibliography(void **state)
{
    asking_say(*state, "save 2611.10003");
    asking_expect(*state, "saved bibtex",
            "1 saved paper as BibTeX:\n"
            "@misc{kim2611.10003,\n"
            "  title         = {A Quiet Optimizer},\n"
            "  author        = {J. L. Kim},\n"
            "  year          = {2026},\n"
            "  eprint        = {2611.10003},\n"
            "  archivePrefix = {arXiv},\n"
            "  primaryClass  = {cs.LG},\n"
            "  url           = {https://arxiv.org/abs/2611.10003}\n"
            "}\n");
    asking_expect(*state, "收藏夹 RIS",
            "1 篇收藏，RIS 格式：\n"
            "TY  - UNPB\n"
            "TI  - A Quiet Optimizer\n"
            "AU  - Kim, J. L.\n"
            "PY  - 2026\n"
            "AB  - An optimizer with one parameter and no schedule.\n"
            "M1  - arXiv:2611.10003\n"
            "UR  - https://arxiv.org/abs/2611.10003\n"
            "ER  - \n");
    asking_expect(*state, "saved md",
            "1 saved paper as Markdown:\n"
            "- [A Quiet Optimizer](https://arxiv.org/abs/2611.10003) — J. L. "
            "Kim (2026)\n");
    asking_expect(*state, "saved doc",
            "I do not know the form “doc”. I know bibtex, ris and markdown: "
            "/paper saved bibtex\n");
}

/* Each block is a message's worth, and holds whole papers. */
static void test_a_long_bibliography_is_cut_between_papers(void **state)
{
    struct asking *asking = *state;
    size_t blocks = 0;

    for (size_t i = 0; i < asking_paper_count; i++)
        asking_say(asking,
                arena_format(&asking->fixture.arena, "save %s",
                        asking_papers[i].id));
    asking_say(asking, "saved bibtex");
    for (const struct document_node *block =
                    asking->answer.document->root.first;
            block != NULL; block = block->next) {
        if (block->kind != DOCUMENT_VERBATIM)
            continue;
        const char *text = block->first->text;
        blocks++;
        assert_true(strlen(text) <= 2500);
        assert_memory_equal(text, "@misc{", 6);
        assert_string_equal(text + strlen(text) - 3, "\n}\n");
    }
    assert_true(blocks > 1);
}

static void test_more_goes_on_in_a_long_list(void **state)
{
    struct asking *asking = *state;

    for (size_t i = 0; i < asking_paper_count; i++) {
        asking->time.ms += 1000;
        asking_say(asking,
                arena_format(&asking->fixture.arena, "save %s",
                        asking_papers[i].id));
    }
    const char *first = asking_say(asking, "saved");
    assert_non_null(strstr(first, "/paper more\n"));
    assert_null(strstr(first, asking_papers[0].id));
    const char *second = asking_say(asking, "more");
    assert_non_null(strstr(second, asking_papers[0].id));
    assert_true(asking->answer.personal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_a_list_begins_empty_and_says_how),
            ASKING_BOTH(test_papers_are_saved_once_and_taken_off),
            ASKING_BOTH(test_a_list_is_its_persons_alone),
            ASKING_BOTH(test_the_list_comes_as_a_bibliography),
            ASKING_BOTH(test_a_long_bibliography_is_cut_between_papers),
            ASKING_BOTH(test_more_goes_on_in_a_long_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
