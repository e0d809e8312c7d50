#include "bot/commands/command_day.h"

const char *command_day_text(const struct command_call *call,
        struct civil_date date)
{
    static const struct phrase days[] = {
            [CIVIL_MONDAY] = {"Mon %1", "%1（周一）", NULL},
            [CIVIL_TUESDAY] = {"Tue %1", "%1（周二）", NULL},
            [CIVIL_WEDNESDAY] = {"Wed %1", "%1（周三）", NULL},
            [CIVIL_THURSDAY] = {"Thu %1", "%1（周四）", NULL},
            [CIVIL_FRIDAY] = {"Fri %1", "%1（周五）", NULL},
            [CIVIL_SATURDAY] = {"Sat %1", "%1（周六）", NULL},
            [CIVIL_SUNDAY] = {"Sun %1", "%1（周日）", NULL},
    };
    char day[CIVIL_DATE_SIZE];

    civil_date_format(date, day);
    return phrase_fill(call->arena, &days[civil_date_weekday(date)],
            call->language, PHRASE_VALUES(day));
}

struct civil_date command_day_local(const struct command_call *call, int64_t ms)
{
    const char *name = call->channel->schedule.timezone;
    struct error err;
    struct civil_zone *zone =
            civil_zone_open(name == NULL || *name == '\0' ? "UTC" : name, &err);

    if (zone == NULL)
        zone = civil_zone_open("UTC", &err);
    if (zone == NULL)
        return (struct civil_date){1970, 1, 1};
    struct civil_date date = civil_from_ms(zone, ms).date;
    civil_zone_close(zone);
    return date;
}
