#include "bot/announcement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int64_t utc(const char *instant)
{
    int64_t ms = 0;

    assert_true(civil_parse_instant(instant, &ms));
    return ms;
}

static void test_a_day_begins_at_new_yorks_midnight(void **state)
{
    static const struct {
        const char *now, *day;
        bool today;
    } cases[] = {
            {"2026-11-24T04:59:59Z", "2026-11-23", true},
            {"2026-11-24T05:00:00Z", "2026-11-24", true},
            {"2026-11-28T04:59:59Z", "2026-11-27", true},
            {"2026-11-28T05:00:00Z", "2026-11-27", false},
            {"2026-11-29T20:00:00Z", "2026-11-27", false},
            {"2026-11-30T05:00:00Z", "2026-11-30", true},
            {"2026-07-01T04:00:00Z", "2026-07-01", true},
    };
    struct civil_zone *zone = civil_zone_open(ANNOUNCEMENT_TIMEZONE, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char day[CIVIL_DATE_SIZE];
        int64_t now_ms = utc(cases[i].now);
        civil_date_format(announcement_day(zone, now_ms), day);
        assert_string_equal(day, cases[i].day);
        assert_int_equal(announcement_is_today(zone, now_ms), cases[i].today);
    }
    civil_zone_close(zone);
}

static void test_after_friday_comes_monday(void **state)
{
    struct civil_zone *zone = civil_zone_open(ANNOUNCEMENT_TIMEZONE, NULL);

    (void)state;
    assert_int_equal(announcement_next_ms(zone,
                             (struct civil_date){2026, 10, 30}),
            utc("2026-11-02T05:00:00Z"));
    assert_int_equal(announcement_next_ms(zone,
                             (struct civil_date){2026, 10, 29}),
            utc("2026-10-30T04:00:00Z"));
    civil_zone_close(zone);
}

static void test_it_is_made_on_the_eve_at_eight(void **state)
{
    struct civil_zone *zone = civil_zone_open(ANNOUNCEMENT_TIMEZONE, NULL);

    (void)state;
    assert_int_equal(announcement_eve_ms(zone,
                             (struct civil_date){2026, 11, 23}),
            utc("2026-11-24T01:00:00Z"));
    /* Friday's evening and Saturday's bring nothing. */
    assert_int_equal(announcement_eve_ms(zone,
                             (struct civil_date){2026, 10, 30}),
            utc("2026-11-02T01:00:00Z"));
    assert_int_equal(announcement_eve_ms(zone,
                             (struct civil_date){2026, 6, 30}),
            utc("2026-07-01T00:00:00Z"));
    civil_zone_close(zone);
}

static void test_an_evening_off_leaves_the_next_day_without(void **state)
{
    (void)state;
    assert_true(announcement_is_holiday((struct civil_date){2026, 1, 2}));
    assert_true(announcement_is_holiday((struct civil_date){2026, 11, 27}));
    assert_true(announcement_is_holiday((struct civil_date){2027, 1, 1}));
    assert_false(announcement_is_holiday((struct civil_date){2026, 11, 26}));
    /* Nothing is announced on a Friday evening anyway. */
    assert_false(announcement_is_holiday((struct civil_date){2026, 6, 22}));
}

static void test_of_a_later_year_no_holiday_is_claimed(void **state)
{
    (void)state;
    assert_true(announcement_year_is_known(2026));
    assert_false(announcement_year_is_known(2027));
    for (int32_t i = 0; i < 364; i++)
        assert_false(announcement_is_holiday(
                civil_date_plus((struct civil_date){2027, 1, 2}, i)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_day_begins_at_new_yorks_midnight),
            cmocka_unit_test(test_after_friday_comes_monday),
            cmocka_unit_test(test_it_is_made_on_the_eve_at_eight),
            cmocka_unit_test(test_of_a_later_year_no_holiday_is_claimed),
            cmocka_unit_test(test_an_evening_off_leaves_the_next_day_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
