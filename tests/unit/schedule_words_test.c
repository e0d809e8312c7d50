/* Hours, days and zones as people write them. */
#include "bot/schedule_words.h"

#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/base/text_plain.h"
#include "bot/model/channel.h"
#include "bot/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* "13:30 weekdays Asia/Shanghai", "-" for what is not given; or the flaw and
 * the word. */
static const char *read(struct arena *arena, const char *line)
{
    static const char *const flaws[] = {"", "word", "time", "zone", "zones",
            "repeats", "off alone"};
    struct schedule_words words =
            schedule_words_read(arena, text_plain(arena, line));
    struct schedule days = {.weekdays = words.weekdays};
    const char *hour = words.off ? "off" : "-";

    if (words.flaw != SCHEDULE_FLAWLESS)
        return arena_format(arena, "%s: %s", flaws[words.flaw], words.word);
    if (words.minute_of_day >= 0)
        hour = arena_format(arena, "%02d:%02d", words.minute_of_day / 60,
                words.minute_of_day % 60);
    return arena_format(arena, "%s %s %s", hour,
            words.weekdays == 0 ? "-" : schedule_text(&days, arena) + 6,
            *words.timezone == '\0' ? "-" : words.timezone);
}

struct reading {
    const char *line, *meaning;
};

static void expect(const struct reading *readings, size_t count)
{
    struct arena arena = {0};

    for (size_t i = 0; i < count; i++) {
        const char *meaning = read(&arena, readings[i].line);
        if (!text_same(meaning, readings[i].meaning))
            fail_msg("\"%s\" is \"%s\", not \"%s\"", readings[i].line, meaning,
                    readings[i].meaning);
    }
    arena_finish(&arena);
}

#define EXPECT(readings) expect(readings, sizeof(readings) / sizeof *(readings))

static void test_english_forms_are_read(void **state)
{
    static const struct reading readings[] = {
            {"", "- - -"},
            {"13:30 weekdays Asia/Shanghai", "13:30 weekdays Asia/Shanghai"},
            {"at 8am every day in Berlin", "08:00 daily Europe/Berlin"},
            {"8 pm", "20:00 - -"},
            {"12am", "00:00 - -"},
            {"12 PM", "12:00 - -"},
            {"1:30p.m.", "13:30 - -"},
            {"0830", "08:30 - -"},
            {"8.30", "08:30 - -"},
            {"8h30", "08:30 - -"},
            {"24:00", "00:00 - -"},
            {"7", "07:00 - -"},
            {"mon-fri", "- weekdays -"},
            {"monday, wed and fridays", "- mon wed fri -"},
            {"sat-mon", "- mon sat sun -"},
            {"weekends", "- sat sun -"},
            {"asia/shanghai", "- - Asia/Shanghai"},
            {"new york", "- - America/New_York"},
            {"New_York 9:00", "09:00 - America/New_York"},
            {"ho chi minh city daily", "- daily Asia/Ho_Chi_Minh"},
            {"EST", "- - America/New_York"},
            {"utc", "- - UTC"},
            {"off", "off - -"},
    };
    (void)state;

    EXPECT(readings);
}

static void test_chinese_forms_are_read(void **state)
{
    static const struct reading readings[] = {
            {"每天下午1:30", "13:30 daily -"},
            {"下午1点半", "13:30 - -"},
            {"下午一点半", "13:30 - -"},
            {"１３：３０ 工作日 上海", "13:30 weekdays Asia/Shanghai"},
            {"十三点三十分", "13:30 - -"},
            {"八点一刻", "08:15 - -"},
            {"早上8点", "08:00 - -"},
            {"晚上八点", "20:00 - -"},
            {"晚上12点", "00:00 - -"},
            {"中午12点", "12:00 - -"},
            {"中午1点", "13:00 - -"},
            {"凌晨两点", "02:00 - -"},
            {"二十点", "20:00 - -"},
            {"周一", "- mon -"},
            {"周一三五", "- mon wed fri -"},
            {"星期六、星期日", "- sat sun -"},
            {"周一至周五", "- weekdays -"},
            {"周六到周一", "- mon sat sun -"},
            {"每周二 9:00", "09:00 tue -"},
            {"每个工作日13:30北京时间", "13:30 weekdays Asia/Shanghai"},
            {"周末 纽约", "- sat sun America/New_York"},
            {"新加坡", "- - Asia/Singapore"},
            {"关闭", "off - -"},
    };
    (void)state;

    EXPECT(readings);
}

static void test_what_is_wrong_is_named(void **state)
{
    static const struct reading readings[] = {
            {"25:00", "time: 25:00"},
            {"13:60", "time: 13:60"},
            {"9:5", "time: 9:5"},
            {"2026-11-24", "time: 2026-11-24"},
            {"25点", "time: 25点"},
            {"8:00 9:00", "repeats: 9:00"},
            {"Berlin Tokyo", "repeats: Tokyo"},
            {"Asia/Shangai", "zone: Asia/Shangai"},
            {"UTC+8", "zone: UTC+8"},
            {"CST", "zones: CST"},
            {"美国", "zones: 美国"},
            {"tuseday", "word: tuseday"},
            {"魔多", "word: 魔多"},
            {"off 8:00", "off alone: off"},
    };
    (void)state;

    EXPECT(readings);
}

static void test_any_bytes_give_an_answer(void **state)
{
    static const char *const pieces[] = {"周", "一", "至", "13", ":", "30",
            "点", "半", "pm", " ", "-", "Asia/", "上", "海", "下午", "/", "off",
            "十", "\xF0\x9F\x98\x80", "9999", "UTC", "mon"};
    const size_t count = sizeof pieces / sizeof *pieces;
    struct chance_seed seed = {.state = 7};
    struct random_source chance = chance_seeded(&seed);
    (void)state;

    for (int round = 0; round < 2000; round++) {
        struct arena arena = {0};
        struct text line;
        text_init(&line, &arena, 400);
        for (uint64_t n = chance.below(chance.state, 8); n > 0; n--)
            text_add(&line, pieces[chance.below(chance.state, count)]);
        struct schedule_words words =
                schedule_words_read(&arena, text_string(&line));
        assert_in_range(words.minute_of_day + 1, 0, 1440);
        assert_true(words.weekdays <= WEEKDAYS_ALL);
        assert_true(words.flaw == SCHEDULE_FLAWLESS || *words.word != '\0');
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_english_forms_are_read),
            cmocka_unit_test(test_chinese_forms_are_read),
            cmocka_unit_test(test_what_is_wrong_is_named),
            cmocka_unit_test(test_any_bytes_give_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
