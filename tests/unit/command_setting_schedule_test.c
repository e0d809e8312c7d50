/* When a channel gets its digest, said in both languages. */
#include "tests/support/asking_both.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static const struct asking_exchange nearest_right_forms[] = {
        {"schedule Asia/Shangai",
                "“Asia/Shangai” is not a time zone I know; did you mean "
                "Asia/Shanghai? Write /paper schedule Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"时间 Asia/Shangai",
                "我不认识“Asia/Shangai”这个时区；你是不是想写 "
                "Asia/Shanghai？请发送 /paper 时间 Asia/Shanghai\n"
                "没有改动任何设置。\n"},
        {"schedule Tokio",
                "“Tokio” is not a time zone I know; did you mean Asia/Tokyo? "
                "Write "
                "/paper schedule Asia/Tokyo\n"
                "Nothing was changed.\n"},
        {"schedule 25:00",
                "“25:00” is not a time of day. Write hours and minutes, 00:00 "
                "to "
                "23:59: /paper schedule 13:30 weekdays Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"时间 25点",
                "“25点”不是一天中的时间。请写 00:00 到 23:59 之间的时间，例如 "
                "/paper 时间 13:30 工作日 上海\n"
                "没有改动任何设置。\n"},
        {"schedule 8 tuseday",
                "I do not understand “tuseday” here; did you mean tuesday? For "
                "example: /paper schedule 13:30 weekdays Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"schedule 13:30 14:30",
                "“14:30” is one time or zone too many: a channel has one. For "
                "example: /paper schedule 13:30 weekdays Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"schedule off 8:00",
                "“off” stands alone. To stop for a while: /paper pause\n"
                "Nothing was changed.\n"},
        {"schedule Mordor",
                "I do not understand “Mordor” here. Write a time, days and a "
                "city, "
                "or only what is to change: /paper schedule 13:30 weekdays "
                "Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"时间 魔多",
                "这里的“魔多”我看不懂。请写时间、日期和城市，只写要改的部分也可"
                "以，"
                "例如 /paper 时间 13:30 工作日 上海\n"
                "没有改动任何设置。\n"},
        {"schedule CST",
                "“CST” has several time zones: Asia/Shanghai, America/Chicago. "
                "Write one of them: /paper schedule Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"时间 美国",
                "“美国”对应几个时区：America/New_York、America/"
                "Chicago、America/"
                "Denver、America/Los_Angeles。请写明其中一个，例如 /paper 时间 "
                "America/New_York\n"
                "没有改动任何设置。\n"},
        {"schedule UTC+8",
                "“UTC+8” is not a time zone I know. Write a city or an IANA "
                "name: "
                "/paper schedule 13:30 weekdays Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"schedule Berlin Tokyo",
                "“Tokyo” is one time or zone too many: a channel has one. For "
                "example: /paper schedule 13:30 weekdays Asia/Shanghai\n"
                "Nothing was changed.\n"},
        {"schedule",
                "schedule: 13:30 daily Asia/Shanghai\n"
                "Next digest: Tue 2026-11-24 13:30 (Asia/Shanghai).\n"},
};

static void
test_what_a_schedule_cannot_be_is_told_with_the_nearest_right_form(void **state)
{
    ASKING_EXPECT_ALL(*state, nearest_right_forms);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
            ASKING_BOTH(
                    test_the_schedule_is_set_in_parts_and_the_next_digest_is_told),
            ASKING_BOTH(test_a_schedule_is_set_in_chinese),
            ASKING_BOTH(
                    test_an_hour_that_misses_the_announcement_is_answered_with_a_hint),
            ASKING_BOTH(test_a_day_that_had_its_digest_is_over),
            ASKING_BOTH(
                    test_what_a_schedule_cannot_be_is_told_with_the_nearest_right_form),
            ASKING_BOTH(test_a_channel_without_hour_or_zone_is_asked_for_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
