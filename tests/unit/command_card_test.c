#include "bot/commands/command_card.h"

#include "bot/base/text.h"
#include "bot/digest.h"
#include "bot/intake.h"
#include "bot/planning/plan.h"
#include "tests/support/asking_both.h"
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char quiet_optimizer[] =
        "[LG] A Quiet Optimizer\n"
        "J L. Kim\n"
        "〔原文〕An optimizer with one parameter and no schedule.\n"
        "https://arxiv.org/abs/2611.10003\n";

static const char lanterns[] =
        "[LG] Lanterns: Guiding Lights for Sparse Rewards\n"
        "A Sato, B Moor\n"
        "〔原文〕Sparse rewards are lit by learned lanterns.\n"
        "https://arxiv.org/abs/2210.11693\n";

static const char *join(struct asking *asking, const char *a, const char *b,
        const char *c)
{
    return arena_format(&asking->fixture.arena, "%s%s%s", a, b, c);
}

/* --- which paper --- */

static void test_an_id_is_a_card_in_whatever_form(void **state)
{
    static const char *const forms[] = {"2210.11693", "/paper 2210.11693v1",
            "！paper　２２１０.１１６９３", "arXiv:2210.11693",
            "arXiv: 2210.11693", "arXiv:2210.11693v1 [cs.LG]",
            "https://arxiv.org/abs/2210.11693",
            "https://arxiv.org/pdf/2210.11693v1.pdf",
            "https://arxiv.org/html/2210.11693v1#S1",
            "https://www.alphaxiv.org/abs/2210.11693",
            "https://huggingface.co/papers/2210.11693",
            "https://doi.org/10.48550/arXiv.2210.11693",
            "10.48550/arXiv.2210.11693", "show 2210.11693", "查看 2210.11693，",
            "论文2210.11693", "2210.11693 2210.11693v1"};
    struct asking *asking = *state;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        asking_expect(asking, forms[i], lanterns);
    asking_expect(asking, "hep-th/9901001",
            "[hep-th] Strings Before Breakfast\n"
            "A Carr\n"
            "〔原文〕Six impossible dimensions.\n"
            "https://arxiv.org/abs/hep-th/9901001\n");
}

static void test_a_number_is_the_newest_digests(void **state)
{
    static const char *const forms[] = {"3", "#3", "第3篇", "３", "3️⃣",
            "查看 3", "查看3"};
    struct asking *asking = *state;
    const char *card = join(asking,
            "序号以这里最新的一期日报为准：2026-11-23（周一）。\n\n3、",
            quiet_optimizer, "本频道发布于 2026-11-23（周一）。\n");

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        asking_expect(asking, forms[i], card);
    asking_expect(asking, "show 3",
            join(asking,
                    "Numbers are those of the newest digest here, of Mon "
                    "2026-11-23.\n\n3、",
                    quiet_optimizer, "Posted here on Mon 2026-11-23.\n"));
    /* While it is still that day, that needs no word. */
    asking->time.ms -= INT64_C(11) * 3600 * 1000;
    asking_expect(asking, "show 3",
            join(asking, "3、", quiet_optimizer,
                    "Posted here on Mon 2026-11-23.\n"));
}

static void test_a_post_by_hand_is_the_newest_digest_then(void **state)
{
    struct asking *asking = *state;
    struct plan_result result;

    assert_true(plan_post(asking->fixture.store, &asking->account.account,
            &asking->configured, (struct civil_date){2026, 11, 20},
            asking->time.ms, &result, NULL));
    assert_string_equal(result.occasion, "post/2026-11-20/1");
    asking_expect(asking, "show 2",
            "2、[CV] Folding Chairs with Two Arms\n"
            "R Klapp\n"
            "〔原文〕A robot folds chairs; it pinches nobody.\n"
            "https://arxiv.org/abs/2611.09002\n"
            "Posted here on Tue 2026-11-24.\n");
    asking_expect(asking, "show 3",
            "There is no number 3: the digest of Fri 2026-11-20 goes up to "
            "2.\n");
}

static void test_several_papers_are_several_cards(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "show 3, 2210.11693",
            join(asking,
                    "Numbers are those of the newest digest here, of Mon "
                    "2026-11-23.\n\n3、",
                    quiet_optimizer,
                    join(asking, "Posted here on Mon 2026-11-23.\n\n", lanterns,
                            "")));
}

/* --- what stands on it --- */

/* The digest's own entry, number and all. */
static const char *entry_of_digest(struct asking *asking)
{
    struct document *document;
    struct plan_result result;
    const char *text;

    asking->configured.style = STYLE_FULL;
    assert_true(plan_preview(asking->fixture.store, &asking->configured,
            (struct civil_date){2026, 11, 23}, asking->time.ms,
            &asking->fixture.arena, &document, &result, NULL));
    text = asking_text(asking, document);
    const char *first = strstr(text, "1、[LG]"), *second = strstr(text, "2、");
    assert_non_null(first);
    assert_non_null(second);
    return arena_string_n(&asking->fixture.arena, first,
            (size_t)(second - first));
}

static void test_a_card_is_the_digests_entry(void **state)
{
    struct asking *asking = *state;
    const char *entry = entry_of_digest(asking);

    assert_non_null(strstr(entry, "\n[River Institute]\n慢潮:"));
    asking_expect(asking, "show 1",
            join(asking,
                    "Numbers are those of the newest digest here, of Mon "
                    "2026-11-23.\n\n",
                    entry, "Posted here on Mon 2026-11-23.\n"));
}

static void store_file(struct asking *asking, const char *path)
{
    struct records records = {0};
    struct intake intake = {.store = asking->fixture.store, .now_ms = 1};
    struct source_sink sink = intake_sink(&intake);

    assert_true(records_read_file(&records, path));
    for (size_t i = 0; i < records.count; i++)
        sink.record(sink.ctx, &records.items[i]);
    assert_int_equal(intake.failure.kind, ERROR_NONE);
    records_finish(&records);
}

/* What stands from "N、" on in the model digest, without the number. */
static const char *entry_of_model(struct arena *arena, const char *model,
        unsigned number, const char *next)
{
    const char *begin = strstr(model, arena_format(arena, "\n%u、[", number));
    assert_non_null(begin);
    begin = strchr(begin, '[');
    const char *end = strstr(begin, next);
    assert_non_null(end);
    return arena_string_n(arena, begin, (size_t)(end + 1 - begin));
}

static void test_cards_are_the_model_digests_entries(void **state)
{
    struct asking *asking = *state;
    struct arena *arena = &asking->fixture.arena;
    const char *shared = getenv("PAPERBOY_SHARED");

    if (shared == NULL && getenv("CI") != NULL)
        fail_msg("PAPERBOY_SHARED is not set");
    if (shared == NULL) {
        puts("SKIP PAPERBOY_SHARED is not set");
        skip();
    }
    static const char *wanted[] = {"cs.LG", "cs.CV", "cs.CL", "eess.AS",
            "cs.RO"};
    asking->configured.subscription.categories =
            (struct string_list){.items = wanted, .count = 5};
    store_file(asking,
            arena_format(arena, "%s/data/seed-papers.jsonl", shared));
    const char *model = records_slurp(arena,
            arena_format(arena, "%s/data/seed-digest.golden.txt", shared),
            NULL);
    for (unsigned i = 1; i <= 5; i++) {
        const char *entry = entry_of_model(arena, model, i,
                i == 5 ? "\n另外几篇" : arena_format(arena, "\n%u、[", i + 1));
        const char *id = strstr(entry, "https://arxiv.org/abs/");
        assert_non_null(id);
        asking_expect(asking, text_one_line(arena, id), entry);
    }
}

static void test_versions_and_withdrawals_are_marks(void **state)
{
    struct asking *asking = *state;
    struct paper *paper;
    enum store_change change;

    asking_expect(asking, "show 2611.10007v1",
            "[CV] Old Maps, New Roads 〔v2〕\n"
            "P Weg\n"
            "〔原文〕Roads are read from maps of the last century.\n"
            "https://arxiv.org/abs/2611.10007\n"
            "This is version 2; you named version 1: "
            "https://arxiv.org/abs/2611.10007v1\n");
    asking_expect(asking, "查看 2210.11693v3",
            join(asking, lanterns,
                    "我这里只到第 1 版；第 3 版请看 "
                    "https://arxiv.org/abs/2210.11693v3\n",
                    ""));
    assert_true(store_paper_get(asking->fixture.store, "2210.11693",
            &asking->fixture.arena, &paper, NULL));
    paper->withdrawn = true;
    assert_true(store_paper_put(asking->fixture.store, paper, 1, &change,
            NULL));
    const char *said = asking_say(asking, "2210.11693");
    assert_true(text_starts(said,
            "[LG] Lanterns: Guiding Lights for Sparse Rewards 〔已撤稿〕\n"));
}

static void test_news_of_a_posted_paper_are_its_mark(void **state)
{
    struct asking *asking = *state;
    const struct edition_news news = {.changes = EDITION_VERSION |
                    EDITION_ACCEPTED,
            .version = 2,
            .venue = "ICML 2026"};

    assert_true(store_edition_change(asking->fixture.store, "2611.10003", &news,
            NULL));
    assert_non_null(strstr(asking_say(asking, "2611.10003"),
            "[LG] A Quiet Optimizer 〔v2〕 〔已录用: ICML 2026〕\n"));
}

static void test_what_others_tell_is_told_with_its_source(void **state)
{
    struct asking *asking = *state;
    const struct signal cited = {"2210.11693", SIGNAL_CITATIONS, 12, 1};
    struct error err = {0};
    struct paper *paper;
    enum store_change change;
    bool rose;

    assert_true(store_paper_get(asking->fixture.store, "2210.11693",
            &asking->fixture.arena, &paper, &err));
    const char *places[] = {"Rope University"};
    paper->affiliations = (struct string_list){places, 1};
    paper->affiliations_from = "openalex";
    paper->code = "https://github.com/rope/lanterns";
    assert_true(store_paper_put(asking->fixture.store, paper, 2, &change,
            &err));
    assert_true(store_signal_put(asking->fixture.store, &cited, &rose, &err));
    static const char *const lines[] = {"Code: https://github.com/rope/",
            "Affiliations are from OpenAlex.\n", "Citations so far: 12.\n"};
    const char *said = asking_say(asking, "show 2210.11693");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strstr(said, lines[i]) == NULL)
            fail_msg("%s", said);
    static const char *const chinese[] = {"代码：https://github.com/rope/",
            "作者单位来自 OpenAlex。\n", "目前被引 12 次。\n"};
    said = asking_say(asking, "查看 2210.11693");
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
        if (strstr(said, chinese[i]) == NULL)
            fail_msg("%s", said);
}

static void test_code_that_the_abstract_names_is_not_named_twice(void **state)
{
    struct asking *asking = *state;
    struct error err = {0};
    struct paper *paper;
    enum store_change change;

    assert_true(store_paper_get(asking->fixture.store, "2210.11693",
            &asking->fixture.arena, &paper, &err));
    paper->abstract = "Ropes: https://github.com/rope/knots.";
    paper->code = "https://github.com/another/thing";
    assert_true(store_paper_put(asking->fixture.store, paper, 2, &change,
            &err));
    assert_null(strstr(asking_say(asking, "show 2210.11693"), "Code:"));
    paper->abstract = "Ropes.";
    paper->comment = "12 pages, code at github.com/rope/knots";
    assert_true(store_paper_put(asking->fixture.store, paper, 3, &change,
            &err));
    assert_non_null(strstr(asking_say(asking, "show 2210.11693"),
            "Code: https://github.com/rope/knots\n"));
}

static void test_the_channels_day_is_said(void **state)
{
    struct asking *asking = *state;

    asking->configured.schedule.timezone = "America/New_York";
    assert_non_null(strstr(asking_say(asking, "2611.10001"),
            "\n本频道发布于 2026-11-23（周一）。\n"));
    asking->configured.schedule.timezone = "America/Los_Angeles";
    assert_non_null(strstr(asking_say(asking, "2611.10001"),
            "\n本频道发布于 2026-11-22（周日）。\n"));
}

/* --- what is not there --- */

static void test_a_paper_that_is_not_known_is_fetched_first(void **state)
{
    struct asking *asking = *state;
    const char *unheard[] = {"2210.00002"};

    asking_expect(asking,
            "2210.00002v3 3 https://arxiv.org/abs/2210.00001 "
            "2210.00002",
            "(wants 2210.00002 2210.00001)\n");
    asking->unheard_of = (struct string_list){.items = unheard, .count = 1};
    asking_expect(asking, "2210.00002",
            "arXiv 没有 "
            "2210.00002，或者没能及时答复。请核对编号，或过几分钟再试："
            "https://arxiv.org/abs/2210.00002\n");
    asking_expect(asking, "show 2210.00002 2210.11693",
            join(asking,
                    "arXiv does not know 2210.00002, or did not answer in "
                    "time. Check the id, or ask again in a few minutes: "
                    "https://arxiv.org/abs/2210.00002\n\n",
                    lanterns, ""));
}

static void test_where_nothing_can_be_fetched_that_is_said(void **state)
{
    struct asking *asking = *state;

    asking->can_fetch = false;
    asking_expect(asking, "show 2210.00002",
            "2210.00002 is not among the papers I know, and I cannot ask arXiv "
            "from here: https://arxiv.org/abs/2210.00002\n");
    asking_expect(asking, "查看 2210.00002",
            "我这里没有 2210.00002，也无法从这里向 arXiv 查询："
            "https://arxiv.org/abs/2210.00002\n");
}

static void test_what_names_no_paper_is_told(void **state)
{
    static const struct {
        const char *text, *answer;
    } cases[] = {
            {"show",
                    "Which paper? Write its number in the digest, an arXiv "
                    "id, or a link: /paper 2210.11693\n"},
            {"查看",
                    "要看哪篇论文？请写它在日报中的序号、arXiv "
                    "编号或链接，例如 /paper 2210.11693\n"},
            {"9", "没有第 9 篇：2026-11-23（周一）的日报共 4 篇。\n"},
            {"show 9",
                    "There is no number 9: the digest of Mon 2026-11-23 "
                    "goes up to 4.\n"},
            {"show 2210.1169",
                    "“2210.1169” is no arXiv id. New ones look like "
                    "2210.11693, old ones like hep-th/9901001.\n"},
            {"2213.00001",
                    "“2213.00001”不是 arXiv 编号。新编号形如 "
                    "2210.11693，旧编号形如 hep-th/9901001。\n"},
            {"查看 https://example.org/abs/2210.11693",
                    "https://example.org/abs/2210.11693 不是 arXiv "
                    "论文的链接。我认识的链接形如 "
                    "https://arxiv.org/abs/2210.11693，也认识 alphaXiv、"
                    "Hugging Face 和 doi.org 的论文链接。\n"},
            {"show https://arxiv.org/list/cs.LG/new",
                    "https://arxiv.org/list/cs.LG/new does not lead to an "
                    "arXiv paper. I know links such as "
                    "https://arxiv.org/abs/2210.11693, and those of alphaXiv, "
                    "Hugging Face and doi.org.\n"},
            {"show attention",
                    "“attention” does not name a paper. Its number "
                    "in the digest, an arXiv id such as 2210.11693, "
                    "or a link does.\n"},
            {"查看 by:Kim",
                    "“Kim”不能指明是哪篇论文。请写它在日报中的序号、"
                    "arXiv 编号（如 2210.11693）或链接。\n"},
            {"show -3",
                    "“3” does not name a paper. Its number in the digest, "
                    "an arXiv id such as 2210.11693, or a link does.\n"},
            {"show arXiv:",
                    "“arXiv:” does not name a paper. Its number in the digest, "
                    "an arXiv id such as 2210.11693, or a link does.\n"},
    };
    struct asking *asking = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        asking_expect(asking, cases[i].text, cases[i].answer);
}

static void test_without_a_digest_numbers_mean_nothing(void **state)
{
    struct asking *asking = *state;

    assert_true(store_channel_put(asking->fixture.store, "home", "other",
            "other", 1, &asking->configured.id, NULL));
    asking_expect(asking, "show 1",
            "No digest has been posted here yet, so there is no number 1. An "
            "arXiv id such as 2210.11693 or a link works.\n");
    asking_expect(asking, "查看 1",
            "这里还没有发过日报，所以没有第 1 篇。可以写 arXiv "
            "编号（如 2210.11693）或论文链接。\n");
}

static void test_ten_papers_are_taken_at_once(void **state)
{
    struct asking *asking = *state;
    const char *said = asking_say(asking,
            "show 2611.10001 2611.10002 2611.10003 2611.10004 2611.10005 "
            "2611.10006 2611.10007 2611.09001 2611.09002 2611.08001 "
            "2210.11693");

    assert_true(text_starts(said,
            "I take 10 papers at once; the others were "
            "left out.\n\n[LG] Slow Tides"));
    assert_null(strstr(said, "2210.11693"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_an_id_is_a_card_in_whatever_form),
            ASKING_BOTH(test_a_number_is_the_newest_digests),
            ASKING_BOTH(test_a_post_by_hand_is_the_newest_digest_then),
            ASKING_BOTH(test_several_papers_are_several_cards),
            ASKING_BOTH(test_a_card_is_the_digests_entry),
            ASKING_BOTH(test_cards_are_the_model_digests_entries),
            ASKING_BOTH(test_versions_and_withdrawals_are_marks),
            ASKING_BOTH(test_news_of_a_posted_paper_are_its_mark),
            ASKING_BOTH(test_what_others_tell_is_told_with_its_source),
            ASKING_BOTH(test_code_that_the_abstract_names_is_not_named_twice),
            ASKING_BOTH(test_the_channels_day_is_said),
            ASKING_BOTH(test_a_paper_that_is_not_known_is_fetched_first),
            ASKING_BOTH(test_where_nothing_can_be_fetched_that_is_said),
            ASKING_BOTH(test_what_names_no_paper_is_told),
            ASKING_BOTH(test_without_a_digest_numbers_mean_nothing),
            ASKING_BOTH(test_ten_papers_are_taken_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
