#include "bot/announcement.h"

static bool is_announcement_day(struct civil_date date)
{
    return civil_date_weekday(date) <= CIVIL_FRIDAY;
}

struct civil_date announcement_day(const struct civil_zone *new_york,
        int64_t now_ms)
{
    struct civil_date day = civil_from_ms(new_york, now_ms).date;

    while (!is_announcement_day(day))
        day = civil_date_plus(day, -1);
    return day;
}

int64_t announcement_next_ms(const struct civil_zone *new_york,
        struct civil_date day)
{
    do {
        day = civil_date_plus(day, 1);
    } while (!is_announcement_day(day));
    return civil_to_ms(new_york, day, 0);
}

bool announcement_is_today(const struct civil_zone *new_york, int64_t now_ms)
{
    return is_announcement_day(civil_from_ms(new_york, now_ms).date);
}
