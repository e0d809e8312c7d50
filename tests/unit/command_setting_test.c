/* What is said about settings, and what is kept of it, in both languages. */
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The channel's history, newest first, a line each. */
static const char *history(struct asking *asking)
{
    struct arena *arena = &asking->fixture.arena;
    struct channel_change_list list;
    const char *text = "";

    assert_true(store_change_list(asking->fixture.store, asking->configured.id,
            20, arena, &list, NULL));
    for (size_t i = 0; i < list.count; i++)
        text = arena_format(arena, "%s%s %s\n", text, list.items[i].person,
                list.items[i].what);
    return text;
}

static void test_each_change_is_kept_with_who_made_it_and_no_other(void **state)
{
    struct asking *asking = *state;

    asking_say(asking, "schedule 8:00 weekdays Berlin");
    asking->person = "bo";
    asking_say(asking, "风格 完整");
    asking_say(asking, "style full");
    asking_say(asking, "style nonsense");
    asking_say(asking, "订阅 RO -综述");
    asking_say(asking, "subscribe RO");
    asking_say(asking, "unsubscribe -综述");
    asking_say(asking, "pause");
    asking_say(asking, "reset style");
    asking_say(asking, "reset style");
    assert_string_equal(history(asking),
            "bo reset style: full -> brief\n"
            "bo pause\n"
            "bo unsubscribe: -综述\n"
            "bo subscribe: RO -综述\n"
            "bo style: brief -> full\n"
            "ana schedule: 13:30 daily Asia/Shanghai -> 08:00 weekdays "
            "Europe/Berlin\n");
}

static void test_only_who_may_changes_and_anyone_looks(void **state)
{
    struct asking *asking = *state;

    asking->allowed = false;
    asking_expect(asking, "style full",
            "Sorry, only people in charge of this channel may do that: its "
            "moderators.\n");
    asking_expect(asking, "size",
            "size: 2+2\n"
            "2 in full and 2 further ones, if there are "
            "so many.\n");
    assert_string_equal(history(asking), "");
}

static void test_settings_hold_after_a_restart_and_over_the_file(void **state)
{
    struct asking *asking = *state;
    struct channel channel;

    asking_say(asking, "schedule 8:00 weekdays Berlin");
    asking_say(asking, "unsubscribe LG");
    if (*asking->fixture.directory != '\0')
        store_fixture_reopen(&asking->fixture);
    assert_true(channel_settings_apply(asking->fixture.store,
            &asking->configured, &asking->fixture.arena, &channel, NULL));
    assert_int_equal(channel.schedule.minute_of_day, 480);
    assert_string_equal(channel.schedule.timezone, "Europe/Berlin");
    assert_int_equal(channel.subscription.categories.count, 1);
    assert_string_equal(channel.subscription.categories.items[0], "cs.CV");
}

/* Some words that a person may write, and some that nobody would. */
static const char *any_command(const struct random_source *chance,
        struct arena *arena)
{
    static const char *const names[] = {"subscribe", "退订", "unsubscribe",
            "订阅", "schedule", "时间", "languages", "语言", "size", "篇数",
            "style", "quiet", "when", "credit", "署名", "reset", "pause",
            "resume"};
    static const char *const words[] = {"LG", "cs.*", "math.*", "机器学习",
            "\"", "by:", "-", "word:", "survey", "13:30", "每天", "上海", "zh",
            "en", "5+4", "+", "full", "best", "off", "all", "全部", "\\", " ; ",
            "\xF0\x9F\x98\x80", "\xFF", "…", ":", "Finn", "machine", "learning",
            "、", "00000000000000000000000000000000000000000000"};
    struct text text;

    text_init(&text, arena, 4000);
    text_add(&text,
            names[chance->below(chance->state, sizeof names / sizeof *names)]);
    for (uint64_t n = chance->below(chance->state, 12); n > 0; n--)
        text_add_format(&text, "%s%s",
                chance->below(chance->state, 3) == 0 ? "" : " ",
                words[chance->below(chance->state,
                        sizeof words / sizeof *words)]);
    return text_string(&text);
}

static void
test_any_words_give_an_answer_and_keep_what_can_be_read(void **state)
{
    struct asking *asking = *state;
    struct store *store = asking->fixture.store;
    struct arena *arena = &asking->fixture.arena;
    struct chance_seed seed = {.state = 5};
    struct random_source chance = chance_seeded(&seed);

    for (int round = 0; round < 300; round++) {
        const char *command = any_command(&chance, arena);
        struct channel_setting_list kept;
        if (*asking_say(asking, command) == '\0')
            fail_msg("no answer to \"%s\"", command);
        assert_true(store_setting_list(store, asking->configured.id, arena,
                &kept, NULL));
        for (size_t i = 0; i < kept.count; i++) {
            struct channel channel = asking->configured;
            const struct channel_setting *setting = &kept.items[i];
            assert_true(channel_settings_take(&channel, setting->key,
                    setting->value, arena, NULL));
            assert_string_equal(channel_settings_text(&channel, setting->key,
                                        arena),
                    setting->value);
        }
    }
}

static void test_every_key_reads_as_it_is_written(void **state)
{
    struct asking *asking = *state;
    struct arena *arena = &asking->fixture.arena;
    static const char *const values[][2] = {{"categories", "cs.LG math.CV"},
            {"words", "\"diffusion\" \"optimal transport\""},
            {"authors", "\"Chelsea Finn\""}, {"unwanted", "\"综述\""},
            {"words", ""}, {"schedule", "08:00 mon wed"}, {"schedule", "off"},
            {"timezone", "Europe/Berlin"}, {"languages", "en"},
            {"languages", "zh en"}, {"size", "3+0"}, {"style", "full"},
            {"when", "fresh"}, {"quiet", "best"}, {"credit", "我们"},
            {"credit", ""}, {"curate", "2h"}, {"curate", "90m"},
            {"curate", "off"}, {"curators", "\"@ana:example.org\""},
            {"admins", "\"bo\" \"cy\""}, {"layout", "thread"}, {"mix", "free"},
            {"paused", "yes"}};

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct channel channel = asking->configured;
        assert_true(channel_settings_take(&channel, values[i][0], values[i][1],
                arena, NULL));
        assert_string_equal(channel_settings_text(&channel, values[i][0],
                                    arena),
                values[i][1]);
    }
    for (size_t i = 0; channel_settings_keys[i] != NULL; i++)
        assert_non_null(channel_settings_text(&asking->configured,
                channel_settings_keys[i], arena));
    assert_null(channel_settings_text(&asking->configured, "room", arena));
}

static void
test_the_schedule_is_set_in_parts_and_the_next_digest_is_told(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "schedule 08:00 weekdays Europe/Berlin",
            "Now: schedule 08:00 weekdays Europe/Berlin (before: 13:30 daily "
            "Asia/Shanghai).\n"
            "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n");
    asking_expect(asking, "schedule 9:15",
            "Now: schedule 09:15 weekdays Europe/Berlin (before: 08:00 "
            "weekdays Europe/Berlin).\n"
            "Next digest: Tue 2026-11-24 09:15 (Europe/Berlin).\n");
    asking_expect(asking, "schedule mon wed fri",
            "Now: schedule 09:15 mon wed fri Europe/Berlin (before: 09:15 "
            "weekdays Europe/Berlin).\n"
            "Next digest: Wed 2026-11-25 09:15 (Europe/Berlin).\n");
    asking_expect(asking, "schedule New York",
            "Now: schedule 09:15 mon wed fri America/New_York (before: 09:15 "
            "mon wed fri Europe/Berlin).\n"
            "Next digest: Wed 2026-11-25 09:15 (America/New_York).\n");
    asking_expect(asking, "schedule",
            "schedule: 09:15 mon wed fri America/New_York\n"
            "Next digest: Wed 2026-11-25 09:15 (America/New_York).\n");
    asking_expect(asking, "schedule off",
            "Now: schedule off America/New_York (before: 09:15 mon wed fri "
            "America/New_York).\n"
            "No digest comes by itself: no hour is set. For example: /paper "
            "schedule 13:30 weekdays Asia/Shanghai\n");
    asking_expect(asking, "schedule",
            "schedule: off America/New_York\n"
            "No digest comes by itself: no hour is set. For example: /paper "
            "schedule 13:30 weekdays Asia/Shanghai\n");
    asking_expect(asking, "schedule weekends",
            "No hour is set yet; write it too: /paper schedule 13:30 weekdays "
            "Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule 1:30pm daily shanghai",
            "Now: schedule 13:30 daily Asia/Shanghai (before: off "
            "America/New_York).\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
}

static void test_a_schedule_is_set_in_chinese(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "时间 每周一至周五下午1点半 东京",
            "现在：时间 13:30 工作日 Asia/Tokyo（原来：13:30 每天 "
            "Asia/Shanghai）。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Tokyo）。\n"
            "提示：arXiv 的公告在当地 13:00 或 14:00 "
            "才能读到，所以一年中有一段时间 13:30 发的是前一天的公告；改为 "
            "14:30 就总能赶上当天的。\n");
    asking_expect(asking, "时间 早上八点",
            "现在：时间 08:00 工作日 Asia/Tokyo（原来：13:30 工作日 "
            "Asia/Tokyo）。\n"
            "下一期：2026-11-25（周三）08:00（Asia/Tokyo）。\n"
            "提示：arXiv 的公告在当地 13:00 或 14:00 才能读到，所以 08:00 "
            "发的总是前一天的公告；改为 14:30 就能赶上当天的。\n");
    asking_expect(asking, "时间13:30每天北京",
            "现在：时间 13:30 每天 Asia/Shanghai（原来：08:00 工作日 "
            "Asia/Tokyo）。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "时间 周一三五",
            "现在：时间 13:30 周一三五 Asia/Shanghai（原来：13:30 每天 "
            "Asia/Shanghai）。\n"
            "下一期：2026-11-25（周三）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "时间",
            "时间：13:30 周一三五 Asia/Shanghai\n"
            "下一期：2026-11-25（周三）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "时间 关闭",
            "现在：时间 关闭 Asia/Shanghai（原来：13:30 周一三五 "
            "Asia/Shanghai）。\n"
            "目前不会自动发送：还没有设定时间。例如发送 /paper 时间 13:30 "
            "工作日 上海\n");
    asking_expect(asking, "时间 每天",
            "还没有设定时间，请一起写上，例如 /paper 时间 13:30 工作日 上海\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "时间 十二点一刻 香港",
            "现在：时间 12:15 每天 Asia/Hong_Kong（原来：关闭 "
            "Asia/Shanghai）。\n"
            "下一期：2026-11-24（周二）12:15（Asia/Hong_Kong）。\n"
            "提示：arXiv 的公告在当地 12:00 或 13:00 "
            "才能读到，所以一年中有一段时间 12:15 发的是前一天的公告；改为 "
            "13:30 就总能赶上当天的。\n");
}

static void
test_an_hour_that_misses_the_announcement_is_answered_with_a_hint(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "schedule 08:00",
            "Now: schedule 08:00 daily Asia/Shanghai (before: 13:30 daily "
            "Asia/Shanghai).\n"
            "Next digest: Wed 2026-11-25 08:00 (Asia/Shanghai).\n"
            "Note: arXiv's announcement comes at 12:00 or 13:00 there, so "
            "08:00 posts that of the day before. 13:30 would have the "
            "day's.\n");
    asking_expect(asking, "时间 08:00",
            "本来就是：时间 08:00 每天 Asia/Shanghai。没有改动。\n"
            "下一期：2026-11-25（周三）08:00（Asia/Shanghai）。\n"
            "提示：arXiv 的公告在当地 12:00 或 13:00 才能读到，所以 08:00 "
            "发的总是前一天的公告；改为 13:30 就能赶上当天的。\n");
    asking_expect(asking, "时间 12:30",
            "现在：时间 12:30 每天 Asia/Shanghai（原来：08:00 每天 "
            "Asia/Shanghai）。\n"
            "下一期：2026-11-24（周二）12:30（Asia/Shanghai）。\n"
            "提示：arXiv 的公告在当地 12:00 或 13:00 "
            "才能读到，所以一年中有一段时间 12:30 发的是前一天的公告；改为 "
            "13:30 就总能赶上当天的。\n");
    asking_expect(asking, "schedule 12:30",
            "Already so: schedule 12:30 daily Asia/Shanghai. Nothing was "
            "changed.\n"
            "Next digest: Tue 2026-11-24 12:30 (Asia/Shanghai).\n"
            "Note: arXiv's announcement comes at 12:00 or 13:00 there, so for "
            "a part of the year 12:30 posts that of the day before. 13:30 "
            "always has the day's.\n");
}

static void test_a_day_that_had_its_digest_is_over(void **state)
{
    struct asking *asking = *state;

    asking->time.ms = INT64_C(1795411800000);
    asking_expect(asking, "schedule 18:00",
            "Now: schedule 18:00 daily Asia/Shanghai (before: 13:30 daily "
            "Asia/Shanghai).\n"
            "Next digest: Tue 2026-11-24 18:00 (Asia/Shanghai).\n");
}

static void
test_what_a_schedule_cannot_be_is_told_with_the_nearest_right_form(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "schedule Asia/Shangai",
            "“Asia/Shangai” is not a time zone I know; did you mean "
            "Asia/Shanghai? Write /paper schedule Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "时间 Asia/Shangai",
            "我不认识“Asia/Shangai”这个时区；你是不是想写 "
            "Asia/Shanghai？请发送 /paper 时间 Asia/Shanghai\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "schedule Tokio",
            "“Tokio” is not a time zone I know; did you mean Asia/Tokyo? Write "
            "/paper schedule Asia/Tokyo\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule 25:00",
            "“25:00” is not a time of day. Write hours and minutes, 00:00 to "
            "23:59: /paper schedule 13:30 weekdays Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "时间 25点",
            "“25点”不是一天中的时间。请写 00:00 到 23:59 之间的时间，例如 "
            "/paper 时间 13:30 工作日 上海\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "schedule 8 tuseday",
            "I do not understand “tuseday” here; did you mean tuesday? For "
            "example: /paper schedule 13:30 weekdays Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule 13:30 14:30",
            "“14:30” is one time or zone too many: a channel has one. For "
            "example: /paper schedule 13:30 weekdays Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule off 8:00",
            "“off” stands alone. To stop for a while: /paper pause\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule Mordor",
            "I do not understand “Mordor” here. Write a time, days and a city, "
            "or only what is to change: /paper schedule 13:30 weekdays "
            "Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "时间 魔多",
            "这里的“魔多”我看不懂。请写时间、日期和城市，只写要改的部分也可以，"
            "例如 /paper 时间 13:30 工作日 上海\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "schedule CST",
            "“CST” has several time zones: Asia/Shanghai, America/Chicago. "
            "Write one of them: /paper schedule Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "时间 美国",
            "“美国”对应几个时区：America/New_York、America/Chicago、America/"
            "Denver、America/Los_Angeles。请写明其中一个，例如 /paper 时间 "
            "America/New_York\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "schedule UTC+8",
            "“UTC+8” is not a time zone I know. Write a city or an IANA name: "
            "/paper schedule 13:30 weekdays Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule Berlin Tokyo",
            "“Tokyo” is one time or zone too many: a channel has one. For "
            "example: /paper schedule 13:30 weekdays Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule",
            "schedule: 13:30 daily Asia/Shanghai\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
}

static void test_a_channel_without_hour_or_zone_is_asked_for_them(void **state)
{
    struct asking *asking = *state;

    asking->configured.schedule =
            (struct schedule){.minute_of_day = -1, .timezone = ""};
    asking_expect(asking, "schedule",
            "schedule: off\n"
            "No digest comes by itself: no hour is set. For example: /paper "
            "schedule 13:30 weekdays Asia/Shanghai\n");
    asking_expect(asking, "schedule 8:00",
            "In which time zone? Write it too: /paper schedule 13:30 weekdays "
            "Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "时间 8:00",
            "按哪个时区？请一起写上，例如 /paper 时间 13:30 工作日 上海\n"
            "没有改动任何设置。\n");
    asking_expect(asking, "schedule mon",
            "No hour is set yet; write it too: /paper schedule 13:30 weekdays "
            "Asia/Shanghai\n"
            "Nothing was changed.\n");
    asking_expect(asking, "schedule Berlin",
            "Now: schedule off Europe/Berlin (before: off).\n"
            "No digest comes by itself: no hour is set. For example: /paper "
            "schedule 13:30 weekdays Asia/Shanghai\n");
    asking_expect(asking, "时间 工作日 8点",
            "现在：时间 08:00 工作日 Europe/Berlin（原来：关闭 "
            "Europe/Berlin）。\n"
            "下一期：2026-11-24（周二）08:00（Europe/Berlin）。\n");
}

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

static void test_all_settings_are_shown_with_who_made_them(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "schedule 9:00",
            "Now: schedule 09:00 daily Asia/Shanghai (before: 13:30 daily "
            "Asia/Shanghai).\n"
            "Next digest: Wed 2026-11-25 09:00 (Asia/Shanghai).\n"
            "Note: arXiv's announcement comes at 12:00 or 13:00 there, so "
            "09:00 posts that of the day before. 13:30 would have the "
            "day's.\n");
    asking->person = "";
    asking_expect(asking, "风格 完整",
            "现在：风格 完整（原来：简短）。\n"
            "每篇还给出机构和完整摘要。\n"
            "下一期：2026-11-25（周三）09:00（Asia/Shanghai）。\n");
    asking_expect(asking, "settings",
            "Settings of this channel (team):\n"
            "- subscribe: LG CV (as configured)\n"
            "- schedule: 09:00 daily Asia/Shanghai (set by ana, 2026-11-24 "
            "10:00)\n"
            "- languages: Chinese English (as configured)\n"
            "- size: 2+2 (as configured)\n"
            "- style: full (set by command, 2026-11-24 10:00)\n"
            "- layout: message (as configured)\n"
            "- mix: fair (as configured)\n"
            "- when: punctual (as configured)\n"
            "- quiet: silent (as configured)\n"
            "- credit: none (as configured)\n"
            "- admins: none (as configured)\n"
            "- curators: none (as configured)\n"
            "- curate: off (as configured)\n"
            "- pause: not paused (as configured)\n"
            "Next digest: Wed 2026-11-25 09:00 (Asia/Shanghai).\n");
    asking_expect(asking, "设置",
            "本频道（team）的设置：\n"
            "- 订阅：LG CV（按配置）\n"
            "- 时间：09:00 每天 Asia/Shanghai（ana 于 2026-11-24 10:00 设置）\n"
            "- 语言：中文 英文（按配置）\n"
            "- 篇数：2+2（按配置）\n"
            "- 风格：完整（2026-11-24 10:00 用命令设置）\n"
            "- 版式：整篇（按配置）\n"
            "- 搭配：均衡（按配置）\n"
            "- 何时：准时（按配置）\n"
            "- 空闲日：静默（按配置）\n"
            "- 署名：无（按配置）\n"
            "- 管理员：无（按配置）\n"
            "- 编辑：无（按配置）\n"
            "- 审稿：关闭（按配置）\n"
            "- 暂停：未暂停（按配置）\n"
            "下一期：2026-11-25（周三）09:00（Asia/Shanghai）。\n");
}

static void test_what_commands_set_can_be_undone(void **state)
{
    struct asking *asking = *state;

    asking_expect(asking, "reset",
            "Which setting? Write one of subscribe, schedule, languages, size, "
            "style, layout, mix, when, quiet, credit, admins, curators, "
            "curate, "
            "pause, or all. For example: /paper reset schedule\n");
    asking_expect(asking, "重置",
            "要重置哪项设置？可以写：订阅、时间、语言、篇数、风格、版式、搭配、"
            "何时、"
            "空闲日、署名、管理员、编辑、审稿、暂停，或“全部”。例如 /paper "
            "重置 时间\n");
    asking_expect(asking, "reset style",
            "Nothing to undo, it is as configured: style brief.\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "schedule 8:00 Berlin",
            "Now: schedule 08:00 daily Europe/Berlin (before: 13:30 daily "
            "Asia/Shanghai).\n"
            "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n");
    asking_expect(asking, "style full",
            "Now: style full (before: brief).\n"
            "Of each paper also the affiliations and the whole abstract.\n"
            "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n");
    asking_expect(asking, "style brief",
            "Now: style brief (before: full).\n"
            "Of each paper the titles, a few sentences and the link.\n"
            "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n");
    asking_expect(asking, "reset timezone",
            "Back to what is configured: schedule 13:30 daily Asia/Shanghai "
            "(before: 08:00 daily Europe/Berlin).\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "重置 风格",
            "已恢复为配置中的值，内容相同：风格 简短。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "subscribe RO",
            "Added: RO\n"
            "Categories: LG (Machine Learning), CV (Computer Vision and "
            "Pattern Recognition), RO (Robotics)\n"
            "6 of the 6 papers fetched of the newest announcement (2026-11-23) "
            "are in these categories.\n");
    asking_expect(asking, "pause",
            "Paused: no digest comes by itself until /paper resume. Commands "
            "go on working.\n");
    asking_expect(asking, "reset all",
            "Back to what is configured: subscribe LG CV (before: LG CV RO).\n"
            "Back to what is configured: pause not paused (before: paused).\n"
            "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n");
    asking_expect(asking, "重置 全部",
            "没有可撤销的：全部设置都是配置中的值。\n"
            "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n");
    asking_expect(asking, "reset shedule",
            "“shedule” is no setting; did you mean /paper reset schedule?\n");
    asking_expect(asking, "重置 天气",
            "没有“天气”这项设置。可以写：订阅、时间、语言、篇数、风格、版式、搭"
            "配、"
            "何时、空闲日、署名、管理员、编辑、审稿、暂停；要全部重置请发送 "
            "/paper "
            "重置 全部\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(test_each_change_is_kept_with_who_made_it_and_no_other),
            ASKING_BOTH(test_only_who_may_changes_and_anyone_looks),
            ASKING_BOTH(test_settings_hold_after_a_restart_and_over_the_file),
            ASKING_BOTH(
                    test_any_words_give_an_answer_and_keep_what_can_be_read),
            ASKING_BOTH(test_every_key_reads_as_it_is_written),
            ASKING_BOTH(
                    test_the_schedule_is_set_in_parts_and_the_next_digest_is_told),
            ASKING_BOTH(test_a_schedule_is_set_in_chinese),
            ASKING_BOTH(
                    test_an_hour_that_misses_the_announcement_is_answered_with_a_hint),
            ASKING_BOTH(test_a_day_that_had_its_digest_is_over),
            ASKING_BOTH(
                    test_what_a_schedule_cannot_be_is_told_with_the_nearest_right_form),
            ASKING_BOTH(test_a_channel_without_hour_or_zone_is_asked_for_them),
            ASKING_BOTH(
                    test_choices_are_set_in_both_languages_and_told_with_what_they_mean),
            ASKING_BOTH(test_languages_are_one_or_two_the_readers_first),
            ASKING_BOTH(test_a_size_keeps_what_is_not_given),
            ASKING_BOTH(test_a_credit_is_one_short_line),
            ASKING_BOTH(test_a_pause_lasts_until_it_is_resumed),
            ASKING_BOTH(test_all_settings_are_shown_with_who_made_them),
            ASKING_BOTH(test_what_commands_set_can_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
