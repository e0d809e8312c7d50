#include "bot/base/civil_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct civil_date day(int year, int month, int day_of_month)
{
    return (struct civil_date){year, month, day_of_month};
}

static struct civil_zone *open_zone(const char *name)
{
    struct error err = {0};
    struct civil_zone *zone = civil_zone_open(name, &err);
    if (zone == NULL)
        fail_msg("%s", err.text);
    return zone;
}

static void test_days_are_counted_over_leap_years_and_eras(void **state)
{
    (void)state;
    static const struct {
        struct civil_date date;
        int64_t days;
        enum civil_weekday weekday;
    } cases[] = {
            {{1970, 1, 1}, 0, CIVIL_THURSDAY},
            {{1969, 12, 31}, -1, CIVIL_WEDNESDAY},
            {{2000, 2, 29}, 11016, CIVIL_TUESDAY},
            {{2026, 11, 24}, 20781, CIVIL_TUESDAY},
            {{1900, 3, 1}, -25508, CIVIL_THURSDAY},
            {{1, 1, 1}, -719162, CIVIL_MONDAY},
            {{2100, 12, 31}, 47846, CIVIL_FRIDAY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct civil_date back = civil_date_of_days(cases[i].days);
        assert_int_equal(civil_date_days(cases[i].date), cases[i].days);
        assert_int_equal(civil_date_compare(back, cases[i].date), 0);
        assert_int_equal(civil_date_weekday(cases[i].date), cases[i].weekday);
    }
}

static void test_each_day_follows_the_one_before(void **state)
{
    (void)state;
    struct civil_date date = day(1599, 12, 31);

    for (int64_t days = civil_date_days(date); days < 60000; days++) {
        struct civil_date next = civil_date_of_days(days + 1);
        bool same_month = next.month == date.month;
        assert_int_equal(next.day, same_month ? date.day + 1 : 1);
        assert_true(civil_date_compare(date, next) < 0);
        assert_int_equal(civil_date_days(next), days + 1);
        date = next;
    }
}

static void test_days_can_be_added(void **state)
{
    (void)state;
    struct civil_date leap = civil_date_plus(day(2024, 2, 28), 1);
    struct civil_date back = civil_date_plus(day(2026, 1, 1), -1);

    assert_int_equal(civil_date_compare(leap, day(2024, 2, 29)), 0);
    assert_int_equal(civil_date_compare(back, day(2025, 12, 31)), 0);
    assert_true(civil_date_compare(day(2026, 2, 1), day(2026, 1, 31)) > 0);
    assert_true(civil_date_is_set(leap));
    assert_false(civil_date_is_set((struct civil_date){0}));
}

static void test_dates_are_written_and_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "2026-11-31", "2026-02-29",
            "2026-13-01", "2026-00-10", "2026-1-01", "2026-11-24 ", "20261124",
            "0000-01-01", "2026-11-24T00:00", "-026-11-24", "２０２６-11-24"};
    char text[CIVIL_DATE_SIZE];
    struct civil_date date;

    assert_true(civil_date_parse("2024-02-29", &date));
    civil_date_format(date, text);
    assert_string_equal(text, "2024-02-29");
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(civil_date_parse(wrong[i], &date));
    assert_int_equal(civil_date_compare(date, day(2024, 2, 29)), 0);
}

static void test_instants_are_read_in_both_forms(void **state)
{
    (void)state;
    static const struct {
        const char *string, *instant;
    } cases[] = {
            {"2025-10-16T17:59:37Z", "2025-10-16T17:59:37Z"},
            {"2025-10-16t17:59:37.123z", "2025-10-16T17:59:37Z"},
            {"2025-10-16T00:30:00+02:00", "2025-10-15T22:30:00Z"},
            {"2025-10-16 20:00:00-04:00", "2025-10-17T00:00:00Z"},
            {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
            {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
            {"Thu, 24 Sep 2026 00:00:00 -0400", "2026-09-24T04:00:00Z"},
            {"Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42Z"},
            {"2 Apr 07 19:18 EST", "2007-04-03T00:18:00Z"},
            {" Tue, 01 Mar 1994 00:00:00 UT\n", "1994-03-01T00:00:00Z"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t ms = 0;
        char text[CIVIL_INSTANT_SIZE];
        assert_true(civil_parse_instant(cases[i].string, &ms));
        civil_format_instant(ms, text);
        assert_string_equal(text, cases[i].instant);
    }
}

static void test_what_is_no_instant_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "2025-10-16", "yesterday",
            "2025-10-16T17:59:37", "2025-10-16T24:00:00Z",
            "2025-10-16T17:60:00Z", "2025-10-16T17:59:61Z",
            "2025-02-30T00:00:00Z", "2025-10-16T17:59:37Z?",
            "2025-10-16T17:59:37+0200", "2025-10-16T17:59:37+02:60",
            "2025-10-16T17:59:37.Z", "Thu 24 Sep 2026 00:00:00 -0400",
            "Thu, 31 Sep 2026 00:00:00 GMT", "Thu, 24 Sep 2026 00:00:00",
            "Thu, 24 Sep 2026 00:00:00 XYZ", "Thu, 24 Sap 2026 00:00 GMT",
            "Thu, 24 Sep 2026 00:00:00 GMT+1", "Thu,"};
    int64_t ms = 77;

    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(civil_parse_instant(wrong[i], &ms));
    assert_int_equal(ms, 77);
}

static void test_extreme_instants_do_no_harm(void **state)
{
    (void)state;
    char text[CIVIL_INSTANT_SIZE];

    civil_format_instant(INT64_MAX, text);
    assert_int_equal(strlen(text), CIVIL_INSTANT_SIZE - 1);
    civil_format_instant(INT64_MIN, text);
    assert_int_equal(strlen(text), CIVIL_INSTANT_SIZE - 1);
    civil_format_instant(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
}

/* A wall-clock time and its instant, which must lead back to it. */
static const struct {
    const char *zone;
    struct civil_date date;
    int hour, minute;
    const char *instant;
} wall_clocks[] = {
        {"Asia/Shanghai", {2026, 11, 24}, 13, 30, "2026-11-24T05:30:00Z"},
        {"America/New_York", {2026, 1, 15}, 8, 0, "2026-01-15T13:00:00Z"},
        {"America/New_York", {2026, 7, 15}, 8, 0, "2026-07-15T12:00:00Z"},
        {"America/New_York", {2026, 3, 8}, 1, 59, "2026-03-08T06:59:00Z"},
        {"America/New_York", {2026, 3, 8}, 3, 0, "2026-03-08T07:00:00Z"},
        {"America/New_York", {2026, 11, 1}, 0, 59, "2026-11-01T04:59:00Z"},
        {"America/New_York", {2026, 11, 1}, 1, 0, "2026-11-01T05:00:00Z"},
        {"America/New_York", {2026, 11, 1}, 1, 30, "2026-11-01T05:30:00Z"},
        {"America/New_York", {2026, 11, 1}, 2, 0, "2026-11-01T07:00:00Z"},
        {"Europe/London", {2026, 3, 29}, 0, 59, "2026-03-29T00:59:00Z"},
        {"Europe/London", {2026, 3, 29}, 2, 0, "2026-03-29T01:00:00Z"},
        {"Europe/London", {2026, 10, 25}, 1, 30, "2026-10-25T00:30:00Z"},
        {"Europe/London", {2026, 10, 25}, 2, 0, "2026-10-25T02:00:00Z"},
        /* Daylight saving since 2023. */
        {"Africa/Cairo", {2026, 1, 15}, 9, 0, "2026-01-15T07:00:00Z"},
        {"Africa/Cairo", {2026, 7, 15}, 9, 0, "2026-07-15T06:00:00Z"},
        /* One zone for the country since 2024: UTC+5. */
        {"Asia/Almaty", {2026, 7, 15}, 9, 0, "2026-07-15T04:00:00Z"},
        /* No daylight saving since 2022. */
        {"America/Mexico_City", {2026, 7, 15}, 8, 0, "2026-07-15T14:00:00Z"},
        {"Asia/Kolkata", {2026, 7, 15}, 9, 0, "2026-07-15T03:30:00Z"},
        {"Australia/Lord_Howe", {2026, 1, 15}, 9, 0, "2026-01-14T22:00:00Z"},
        {"Pacific/Kiritimati", {2026, 1, 15}, 0, 0, "2026-01-14T10:00:00Z"},
        {"UTC", {2026, 1, 15}, 0, 0, "2026-01-15T00:00:00Z"},
};

static void test_wall_clocks_and_instants_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wall_clocks); i++) {
        struct civil_zone *zone = open_zone(wall_clocks[i].zone);
        int minute = wall_clocks[i].hour * 60 + wall_clocks[i].minute;
        int64_t ms = civil_to_ms(zone, wall_clocks[i].date, minute);
        char text[CIVIL_INSTANT_SIZE];
        civil_format_instant(ms, text);
        assert_string_equal(text, wall_clocks[i].instant);

        struct civil_time back = civil_from_ms(zone, ms + 59999);
        assert_int_equal(civil_date_compare(back.date, wall_clocks[i].date), 0);
        assert_int_equal(back.minute_of_day, minute);
        assert_int_equal(back.second, 59);
        civil_zone_close(zone);
    }
}

static void test_a_skipped_time_is_the_end_of_the_gap(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        struct civil_date date;
        int minute;
        const char *instant;
    } cases[] = {
            {"America/New_York", {2026, 3, 8}, 120, "2026-03-08T07:00:00Z"},
            {"America/New_York", {2026, 3, 8}, 179, "2026-03-08T07:00:00Z"},
            {"Europe/London", {2026, 3, 29}, 90, "2026-03-29T01:00:00Z"},
            {"Africa/Cairo", {2026, 4, 24}, 30, "2026-04-23T22:00:00Z"},
            /* Samoa had no 30 December 2011 at all. */
            {"Pacific/Apia", {2011, 12, 30}, 0, "2011-12-30T10:00:00Z"},
            {"Pacific/Apia", {2011, 12, 30}, 1439, "2011-12-30T10:00:00Z"},
            /* Half an hour is skipped. */
            {"Australia/Lord_Howe", {2026, 10, 4}, 135, "2026-10-03T15:30:00Z"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct civil_zone *zone = open_zone(cases[i].zone);
        char text[CIVIL_INSTANT_SIZE];
        civil_format_instant(civil_to_ms(zone, cases[i].date, cases[i].minute),
                text);
        assert_string_equal(text, cases[i].instant);
        civil_zone_close(zone);
    }
}

/* Later wall-clock times are never earlier instants, whatever the clock does:
 * otherwise a due time could be passed over. */
static void test_time_never_runs_backwards(void **state)
{
    (void)state;
    static const char *const zones[] = {"America/New_York", "Europe/London",
            "Africa/Cairo", "Asia/Shanghai"};
    for (size_t i = 0; i < COUNT(zones); i++) {
        struct civil_zone *zone = open_zone(zones[i]);
        int64_t before = INT64_MIN;
        for (int n = 0; n < 365 * 48; n++) {
            struct civil_date date = civil_date_plus(day(2026, 1, 1), n / 48);
            int64_t ms = civil_to_ms(zone, date, n % 48 * 30);
            assert_true(ms >= before);
            before = ms;
        }
        civil_zone_close(zone);
    }
}

static void check_refusal(const char *name, const char *hint)
{
    struct error err = {0};
    assert_null(civil_zone_open(name, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.text, hint) == NULL)
        fail_msg("%s: \"%s\" does not name %s", name, err.text, hint);
}

static void test_a_misspelt_zone_is_refused_with_the_nearest(void **state)
{
    (void)state;
    check_refusal("Asia/Shangai", "\"Asia/Shanghai\"");
    check_refusal("asia/shanghai", "\"Asia/Shanghai\"");
    check_refusal("Shanghai", "\"Asia/Shanghai\"");
    check_refusal("New York", "\"America/New_York\"");
    check_refusal("Europe/Berln", "\"Europe/Berlin\"");
    check_refusal("xyzzy", "IANA");
    check_refusal("", "IANA");
}

/* "UTC+8" is a POSIX rule for eight hours behind; folders, tables and paths
 * outside are no zones. */
static void test_what_is_no_zone_name_is_refused(void **state)
{
    (void)state;
    check_refusal("UTC+8", "not known");
    check_refusal("+08:00", "not known");
    check_refusal("Asia", "not known");
    check_refusal("tzdata.zi", "not known");
    check_refusal("../zoneinfo/UTC", "not known");
    check_refusal("/usr/share/zoneinfo/UTC", "not known");
    check_refusal("right/UTC", "not known");
    check_refusal("EST5EDT,M3.2.0,M11.1.0", "not known");
}

static void test_without_a_list_of_names_it_still_says_no(void **state)
{
    (void)state;
    setenv("TZDIR", "/nonexistent", 1);
    check_refusal("Asia/Shangai", "IANA");
    unsetenv("TZDIR");
}

static void test_a_zone_keeps_its_name(void **state)
{
    (void)state;
    struct civil_zone *zone = open_zone("Asia/Kolkata");

    assert_string_equal(civil_zone_name(zone), "Asia/Kolkata");
    civil_zone_close(zone);
    civil_zone_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_days_are_counted_over_leap_years_and_eras),
            cmocka_unit_test(test_each_day_follows_the_one_before),
            cmocka_unit_test(test_days_can_be_added),
            cmocka_unit_test(test_dates_are_written_and_read),
            cmocka_unit_test(test_instants_are_read_in_both_forms),
            cmocka_unit_test(test_what_is_no_instant_is_refused),
            cmocka_unit_test(test_extreme_instants_do_no_harm),
            cmocka_unit_test(test_wall_clocks_and_instants_agree),
            cmocka_unit_test(test_a_skipped_time_is_the_end_of_the_gap),
            cmocka_unit_test(test_time_never_runs_backwards),
            cmocka_unit_test(test_a_misspelt_zone_is_refused_with_the_nearest),
            cmocka_unit_test(test_what_is_no_zone_name_is_refused),
            cmocka_unit_test(test_without_a_list_of_names_it_still_says_no),
            cmocka_unit_test(test_a_zone_keeps_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
