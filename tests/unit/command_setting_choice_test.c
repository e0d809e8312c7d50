/* What a channel's digests are like, said in both languages. */
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_choices_are_set_in_both_languages_and_told_with_what_they_mean(void *
                *state)
{
    struct asking *asking = *state;

    asking_expect(asking, "style",
            "style: brief\n"
            "Of each paper the titles, a few sentences and the link.\n"
            "You can write brief or full. For example: /paper style full\n");
    asking_expect(asking, "style full",
            "Now: style full (before: brief).\n"
            "Of each paper also the affiliations and the whole abstract.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "style full",
            "Already so: style full. Nothing was changed.\n"
            "Of each paper also the affiliations and the whole abstract.\n");
    asking_expect(asking, "风格 简短",
            "现在：风格 简短（原来：完整）。\n"
            "每篇给出标题、几句介绍和链接。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "风格",
            "风格：简短\n"
            "每篇给出标题、几句介绍和链接。\n"
            "可选的有：简短、完整。例如 /paper 风格 完整\n");
    asking_expect(asking, "style breif",
            "“breif” is no choice here; did you mean brief? You can write "
            "brief or full.\n");
    asking_expect(asking, "风格 长",
            "没有“长”这个选项，可选的有：简短、完整。例如 /paper 风格 简短\n");
    asking_expect(asking, "when fresh",
            "Now: when fresh (before: punctual).\n"
            "After the hour it waits for the day's announcement, for a few "
            "hours at most.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "何时 准时",
            "现在：何时 准时（原来：等新）。\n"
            "到点就发，内容是当时已经公告而没有发过的论文。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "when never",
            "“never” is no choice here; you can write punctual or fresh. For "
            "example: /paper when punctual\n");
    asking_expect(asking, "quiet best",
            "Now: quiet best (before: silent).\n"
            "At a weekend and on a holiday comes the best of the week that was "
            "not posted.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "空闲日 静默",
            "现在：空闲日 静默（原来：精选）。\n"
            "没有论文的日子什么都不发。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "quiet nothing",
            "“nothing” is no choice here; you can write silent, line or best. "
            "For example: /paper quiet silent\n");
}

static void test_languages_are_one_or_two_the_readers_first(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "languages",
            "languages: Chinese English\n"
            "Labels and short texts are in Chinese; titles and notes also in "
            "English where there are any.\n");
    asking_expect(asking, "languages en",
            "Now: languages English (before: Chinese English).\n"
            "All is in English, beside the papers' own titles.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "语言 中文 英文",
            "现在：语言 中文 英文（原来：英文）。\n"
            "标签和说明用中文；有译文时，标题和介绍也有英文的。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "语言 中英",
            "本来就是：语言 中文 英文。没有改动。\n"
            "标签和说明用中文；有译文时，标题和介绍也有英文的。\n");
    asking_expect(asking, "languages English and Chinese",
            "Now: languages English Chinese (before: Chinese English).\n"
            "Labels and short texts are in English; titles and notes also in "
            "Chinese where there are any.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "languages zh en fr",
            "At most two different languages, the reader's first: /paper "
            "languages zh en\n");
    asking_expect(asking, "languages klingon",
            "“klingon” is no language I know. Write one or two, the reader's "
            "first: /paper languages zh en\n");
    asking_expect(asking, "languages zh zh",
            "At most two different languages, the reader's first: /paper "
            "languages zh en\n");
    asking_expect(asking, "语言 火星文",
            "我不认识“火星文”这种语言。请写一种或两种，读者的语言在前，例如 "
            "/paper 语言 中文 英文\n");
}

static void test_a_size_keeps_what_is_not_given(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "size",
            "size: 2+2\n"
            "2 in full and 2 further ones, if there are so many.\n");
    asking_expect(asking, "size 6",
            "Now: size 6+2 (before: 2+2).\n"
            "6 in full and 2 further ones, if there are so many.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "size +0",
            "Now: size 6+0 (before: 6+2).\n"
            "6 in full and 0 further ones, if there are so many.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "篇数 3篇",
            "现在：篇数 3+0（原来：6+0）。\n"
            "详细介绍 3 篇，另外列出 0 篇（论文足够时）。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "篇数 5 4",
            "现在：篇数 5+4（原来：3+0）。\n"
            "详细介绍 5 篇，另外列出 4 篇（论文足够时）。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "size 5 + 4",
            "Already so: size 5+4. Nothing was changed.\n"
            "5 in full and 4 further ones, if there are so many.\n");
    asking_expect(asking, "size 0+0",
            "“0+0” is no size. Write how many papers in full and how many "
            "further ones, each at most 50: /paper size 5+4\n");
    asking_expect(asking, "size many",
            "“many” is no size. Write how many papers in full and how many "
            "further ones, each at most 50: /paper size 5+4\n");
    asking_expect(asking, "篇数 51+0",
            "“51+0”不是篇数。请写详细介绍几篇、另外列出几篇，每项最多 50，例如 "
            "/paper 篇数 5+4\n");
}

static void test_a_credit_is_one_short_line(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "credit",
            "No line of credit stands below the legend. For example: /paper "
            "credit Chosen by our group\n");
    asking_expect(asking, "credit Chosen by our group",
            "Now: credit Chosen by our group (before: none).\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "署名 读书小组选",
            "现在：署名 读书小组选（原来：Chosen by our group）。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "署名 “读书小组选”",
            "本来就是：署名 读书小组选。没有改动。\n");
    asking_expect(asking, "署名 无",
            "现在：署名 无（原来：读书小组选）。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "署名",
            "图例下面没有署名。例如发送 /paper 署名 读书小组选\n");
    asking_expect(asking,
            "credit "
            "012345678901234567890123456789012345678901234567890123456789012345"
            "67890",
            "That is too long for one short line: at most 60 characters.\n");
}

static void test_a_pause_lasts_until_it_is_resumed(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "resume",
            "This channel is not paused.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "pause",
            "Paused: no digest comes by itself until /paper resume. Commands "
            "go on working.\n");
    asking_expect(asking, "pause",
            "This channel is paused already. To go on: /paper resume\n");
    asking_expect(asking, "schedule 9:00",
            "Now: schedule 09:00 daily Asia/Shanghai (before: 13:30 daily "
            "Asia/Shanghai).\n"
            "It is paused: no digest comes by itself until /paper resume.\n"
            "Note: arXiv's announcement comes at 12:00 or 13:00 there, so "
            "09:00 posts that of the day before. 13:30 would have the "
            "day's.\n");
    asking_expect(asking, "恢复",
            "已恢复自动发送。\n"
            "下一期：2026-11-25（周三）09:00（Asia/Shanghai）。\n");
    asking_expect(asking, "暂停",
            "已暂停：在发送 /paper 恢复 之前不会自动发送；命令照常可用。\n");
    asking_expect(asking, "暂停",
            "本频道已经暂停了。要恢复请发送 /paper 恢复\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(
                    test_choices_are_set_in_both_languages_and_told_with_what_they_mean),
            ASKING_BOTH(test_languages_are_one_or_two_the_readers_first),
            ASKING_BOTH(test_a_size_keeps_what_is_not_given),
            ASKING_BOTH(test_a_credit_is_one_short_line),
            ASKING_BOTH(test_a_pause_lasts_until_it_is_resumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
