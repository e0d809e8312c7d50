#include "bot/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int64_t utc(const char *instant)
{
    int64_t ms = 0;

    assert_true(civil_parse_instant(instant, &ms));
    return ms;
}

static struct civil_date day(const char *text)
{
    struct civil_date date;

    assert_true(civil_date_parse(text, &date));
    return date;
}

static struct schedule parsed(const char *text, const char *zone)
{
    struct schedule schedule = {.timezone = zone};
    struct error err = {0};

    if (!schedule_parse(text, &schedule, &err))
        fail_msg("%s: %s", text, err.text);
    return schedule;
}

/* --- reading --- */

static void test_times_and_days_are_read_in_every_form(void **state)
{
    static const struct {
        const char *text;
        int minute_of_day;
        unsigned weekdays;
    } cases[] = {
            {"13:30 weekdays", 810, WEEKDAYS_WORKING},
            {"08:00 daily", 480, WEEKDAYS_ALL},
            {"0:00 everyday", 0, WEEKDAYS_ALL},
            {"23:59 weekends", 1439, 0x60},
            {"9:05 mon,wed fri", 545, 0x15},
            {"08:00 Mondays", 480, 0x01},
            {"  8:00\tsunday ,  SAT ", 480, 0x60},
            {"07:15 mon-fri", 435, WEEKDAYS_WORKING},
            {"07:15 sat-tue", 435, 0x63},
            {"07:15 wed-wed thu", 435, 0x0C},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct schedule schedule = parsed(cases[i].text, "UTC");
        assert_int_equal(schedule.minute_of_day, cases[i].minute_of_day);
        assert_int_equal(schedule.weekdays, cases[i].weekdays);
        assert_string_equal(schedule.timezone, "UTC");
    }
}

static void test_off_means_no_digests_by_itself(void **state)
{
    struct schedule schedule = parsed("off", "UTC");
    struct civil_zone *zone = civil_zone_open("UTC", NULL);
    struct due due;

    (void)state;
    assert_int_equal(schedule.minute_of_day, -1);
    assert_false(schedule_after_ms(&schedule, zone, 0, &due));
    civil_zone_close(zone);
}

static void test_a_wrong_schedule_is_told_what_would_be_right(void **state)
{
    static const struct {
        const char *text, *complaint;
    } cases[] = {
            {"25:00 daily",
                    "\"25:00\" is not a time of day; write hours 00 to "
                    "23 and minutes, for example 13:30 weekdays"},
            {"12:60 daily", "is not a time of day"},
            {"12.30 daily", "is not a time of day"},
            {"123:30 daily", "is not a time of day"},
            {"12:3 daily", "is not a time of day"},
            {"12:300 daily", "is not a time of day"},
            {"daily 12:30", "\"daily\" is not a time of day"},
            {"", "a schedule is empty"},
            {" , ", "a schedule is empty"},
            {"12:30", "names no days; write for example 12:30 weekdays"},
            {"12:30 weekdys", "did you mean weekdays?"},
            {"12:30 mon-", "is not a day"},
            {"12:30 mon-daily", "is not a range of days"},
            {"off daily", "\"off\" stands alone, without \"daily\""},
            {"12:30 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                    "is not a day"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct schedule schedule = {.minute_of_day = 7, .weekdays = 1};
        struct error err = {0};
        assert_false(schedule_parse(cases[i].text, &schedule, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        if (strstr(err.text, cases[i].complaint) == NULL)
            fail_msg("\"%s\" was answered: %s", cases[i].text, err.text);
        assert_int_equal(schedule.minute_of_day, 7);
        assert_int_equal(schedule.weekdays, 1);
    }
}

/* --- when --- */

static void test_the_next_due_day_skips_the_weekend(void **state)
{
    struct schedule schedule = parsed("13:30 weekdays", "Asia/Shanghai");
    struct civil_zone *zone = civil_zone_open("Asia/Shanghai", NULL);
    struct due due;

    (void)state;
    assert_true(schedule_after_date(&schedule, zone, day("2026-11-27"), &due));
    assert_int_equal(civil_date_compare(due.date, day("2026-11-30")), 0);
    assert_int_equal(due.ms, utc("2026-11-30T05:30:00Z"));
    civil_zone_close(zone);
}

static void test_an_instant_is_never_due_after_itself(void **state)
{
    struct schedule schedule = parsed("13:30 weekdays", "Asia/Shanghai");
    struct civil_zone *zone = civil_zone_open("Asia/Shanghai", NULL);
    int64_t monday = utc("2026-11-30T05:30:00Z");
    struct due due;

    (void)state;
    assert_true(schedule_after_ms(&schedule, zone, monday - 1, &due));
    assert_int_equal(due.ms, monday);
    assert_true(schedule_after_ms(&schedule, zone, monday, &due));
    assert_int_equal(due.ms, utc("2026-12-01T05:30:00Z"));
    civil_zone_close(zone);
}

static void test_one_day_a_week_is_found_a_week_ahead(void **state)
{
    struct schedule schedule = parsed("08:00 mondays", "Europe/London");
    struct civil_zone *zone = civil_zone_open("Europe/London", NULL);
    struct due due;

    (void)state;
    assert_true(schedule_after_ms(&schedule, zone, utc("2026-10-19T07:00:00Z"),
            &due));
    /* The clocks went back on the 25th. */
    assert_int_equal(due.ms, utc("2026-10-26T08:00:00Z"));
    civil_zone_close(zone);
}

static void test_a_skipped_hour_is_due_at_its_end(void **state)
{
    struct schedule schedule = parsed("02:30 daily", "America/New_York");
    struct civil_zone *zone = civil_zone_open("America/New_York", NULL);
    struct due due;

    (void)state;
    assert_true(schedule_after_date(&schedule, zone, day("2026-03-07"), &due));
    assert_int_equal(civil_date_compare(due.date, day("2026-03-08")), 0);
    assert_int_equal(due.ms, utc("2026-03-08T07:00:00Z"));
    civil_zone_close(zone);
}

static void test_a_repeated_hour_is_due_once(void **state)
{
    struct schedule schedule = parsed("01:30 daily", "America/New_York");
    struct civil_zone *zone = civil_zone_open("America/New_York", NULL);
    struct due due;

    (void)state;
    assert_true(schedule_after_date(&schedule, zone, day("2026-10-31"), &due));
    assert_int_equal(due.ms, utc("2026-11-01T05:30:00Z"));
    /* At the second 01:30 the next is tomorrow's. */
    assert_true(schedule_after_ms(&schedule, zone, utc("2026-11-01T06:30:00Z"),
            &due));
    assert_int_equal(civil_date_compare(due.date, day("2026-11-02")), 0);
    assert_int_equal(due.ms, utc("2026-11-02T06:30:00Z"));
    civil_zone_close(zone);
}

static void test_no_days_means_never(void **state)
{
    struct schedule schedule = {.minute_of_day = 600, .timezone = "UTC"};
    struct civil_zone *zone = civil_zone_open("UTC", NULL);
    struct due due;

    (void)state;
    assert_false(schedule_after_date(&schedule, zone, day("2026-03-07"), &due));
    assert_false(schedule_after_ms(&schedule, zone, 0, &due));
    civil_zone_close(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_times_and_days_are_read_in_every_form),
            cmocka_unit_test(test_off_means_no_digests_by_itself),
            cmocka_unit_test(test_a_wrong_schedule_is_told_what_would_be_right),
            cmocka_unit_test(test_the_next_due_day_skips_the_weekend),
            cmocka_unit_test(test_an_instant_is_never_due_after_itself),
            cmocka_unit_test(test_one_day_a_week_is_found_a_week_ahead),
            cmocka_unit_test(test_a_skipped_hour_is_due_at_its_end),
            cmocka_unit_test(test_a_repeated_hour_is_due_once),
            cmocka_unit_test(test_no_days_means_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
