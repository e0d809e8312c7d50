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

static const struct asking_exchange undone[] = {
        {"reset",
                "Which setting? Write one of subscribe, schedule, languages, "
                "size, "
                "style, layout, mix, when, quiet, credit, admins, curators, "
                "curate, "
                "pause, or all. For example: /paper reset schedule\n"},
        {"重置",
                "要重置哪项设置？可以写：订阅、时间、语言、篇数、风格、版式、搭"
                "配、"
                "何时、"
                "空闲日、署名、管理员、编辑、审稿、暂停，或“全部”。例如 /paper "
                "重置 时间\n"},
        {"reset style",
                "Nothing to undo, it is as configured: style brief.\n"
                "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"},
        {"schedule 8:00 Berlin",
                "Now: schedule 08:00 daily Europe/Berlin (before: 13:30 daily "
                "Asia/Shanghai).\n"
                "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n"},
        {"style full",
                "Now: style full (before: brief).\n"
                "Of each paper also the affiliations and the whole abstract.\n"
                "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n"},
        {"style brief",
                "Now: style brief (before: full).\n"
                "Of each paper the titles, a few sentences and the link.\n"
                "Next digest: Tue 2026-11-24 08:00 (Europe/Berlin).\n"},
        {"reset timezone",
                "Back to what is configured: schedule 13:30 daily "
                "Asia/Shanghai "
                "(before: 08:00 daily Europe/Berlin).\n"
                "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"},
        {"重置 风格",
                "已恢复为配置中的值，内容相同：风格 简短。\n"
                "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n"},
        {"subscribe RO",
                "Added: RO\n"
                "Categories: LG (Machine Learning), CV (Computer Vision and "
                "Pattern Recognition), RO (Robotics)\n"
                "6 of the 6 papers fetched of the newest announcement "
                "(2026-11-23) "
                "are in these categories.\n"},
        {"pause",
                "Paused: no digest comes by itself until /paper resume. "
                "Commands "
                "go on working.\n"},
        {"reset all",
                "Back to what is configured: subscribe LG CV (before: LG CV "
                "RO).\n"
                "Back to what is configured: pause not paused (before: "
                "paused).\n"
                "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"},
        {"重置 全部",
                "没有可撤销的：全部设置都是配置中的值。\n"
                "下一期：2026-11-24（周二）13:30（Asia/Shanghai）。\n"},
        {"reset shedule",
                "“shedule” is no setting; did you mean /paper reset "
                "schedule?\n"},
        {"重置 天气",
                "没有“天气”这项设置。可以写：订阅、时间、语言、篇数、风格、版式"
                "、搭"
                "配、"
                "何时、空闲日、署名、管理员、编辑、审稿、暂停；要全部重置请发送"
                " "
                "/paper "
                "重置 全部\n"},
};

static void test_what_commands_set_can_be_undone(void **state)
{
    ASKING_EXPECT_ALL(*state, undone);
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
            ASKING_BOTH(test_all_settings_are_shown_with_who_made_them),
            ASKING_BOTH(test_what_commands_set_can_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
