#include "bot/announcement.h"

enum {
    ANNOUNCED_MINUTE = 20 * 60 /* New York's wall clock */
};

bool announcement_is_day(struct civil_date date)
{
    return civil_date_weekday(date) <= CIVIL_FRIDAY;
}

struct civil_date announcement_day(const struct civil_zone *new_york,
        int64_t now_ms)
{
    struct civil_date day = civil_from_ms(new_york, now_ms).date;

    while (!announcement_is_day(day))
        day = civil_date_plus(day, -1);
    return day;
}

struct civil_date announcement_day_after(struct civil_date day)
{
    do {
        day = civil_date_plus(day, 1);
    } while (!announcement_is_day(day));
    return day;
}

int64_t announcement_next_ms(const struct civil_zone *new_york,
        struct civil_date day)
{
    return civil_to_ms(new_york, announcement_day_after(day), 0);
}

int64_t announcement_eve_ms(const struct civil_zone *new_york,
        struct civil_date day)
{
    return civil_to_ms(new_york,
            civil_date_plus(announcement_day_after(day), -1), ANNOUNCED_MINUTE);
}

bool announcement_is_today(const struct civil_zone *new_york, int64_t now_ms)
{
    return announcement_is_day(civil_from_ms(new_york, now_ms).date);
}

bool announcement_year_is_known(int year)
{
    for (size_t i = 0; i < announcement_holiday_count; i++)
        if (announcement_holidays[i].year == year)
            return true;
    return false;
}

bool announcement_is_holiday(struct civil_date day)
{
    struct civil_date eve = civil_date_plus(day, -1);

    for (size_t i = 0; i < announcement_holiday_count; i++)
        if (civil_date_compare(announcement_holidays[i], eve) == 0)
            return true;
    return false;
}
