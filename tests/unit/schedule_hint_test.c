#include "bot/schedule_hint.h"

#include "bot/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HOUR_MS INT64_C(3600000)

static struct channel channel_at(const char *schedule, const char *zone)
{
    struct channel channel = {.schedule = {.timezone = zone}};

    assert_true(schedule_parse(schedule, &channel.schedule, NULL));
    return channel;
}

static void test_an_hour_before_the_feed_is_told_a_better_one(void **state)
{
    static const struct {
        const char *schedule, *zone, *hint;
    } cases[] = {
            {"09:00 weekdays", "Asia/Shanghai",
                    "arXiv's feed comes at 12:00 or 13:00 there, so 09:00 "
                    "posts the day before's announcement; 13:30 would have the "
                    "day's"},
            {"12:30 daily", "Asia/Shanghai",
                    "arXiv's feed comes at 12:00 or 13:00 there, so 12:30 "
                    "posts the day before's announcement for a part of the "
                    "year; 13:30 would have the day's"},
            {"08:00 weekdays", "Asia/Kolkata",
                    "arXiv's feed comes at 09:30 or 10:30 there, so 08:00 "
                    "posts the day before's announcement; 11:00 would have the "
                    "day's"},
            {"05:00 daily", "Europe/Berlin",
                    "arXiv's feed comes at 06:00 there, so 05:00 posts the day "
                    "before's announcement; 06:30 would have the day's"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct channel channel = channel_at(cases[i].schedule, cases[i].zone);
        const char *hint = schedule_hint(&channel, 2026, &arena);
        assert_non_null(hint);
        assert_string_equal(hint, cases[i].hint);
    }
    arena_finish(&arena);
}

static void test_a_good_hour_is_left_alone(void **state)
{
    static const struct {
        const char *schedule, *zone;
    } cases[] = {
            {"13:30 weekdays", "Asia/Shanghai"},
            {"08:00 daily", "Europe/Berlin"},
            {"08:00 daily", "America/Los_Angeles"},
            {"00:30 daily", "Pacific/Honolulu"},
            {"09:00 weekends", "Asia/Shanghai"}, /* of Friday's, all of it */
            {"off", "Asia/Shanghai"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct channel channel = channel_at(cases[i].schedule, cases[i].zone);
        assert_null(schedule_hint(&channel, 2026, &arena));
    }
    arena_finish(&arena);
}

static void test_who_waits_long_enough_misses_nothing(void **state)
{
    struct channel channel = channel_at("09:00 weekdays", "Asia/Shanghai");
    struct arena arena = {0};

    (void)state;
    channel.when = WHEN_FRESH;
    channel.wait_for_batch_ms = 4 * HOUR_MS;
    assert_null(schedule_hint(&channel, 2026, &arena));
    channel.wait_for_batch_ms = 2 * HOUR_MS;
    assert_non_null(schedule_hint(&channel, 2026, &arena));
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_hour_before_the_feed_is_told_a_better_one),
            cmocka_unit_test(test_a_good_hour_is_left_alone),
            cmocka_unit_test(test_who_waits_long_enough_misses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
