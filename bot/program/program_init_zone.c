#include "bot/program/program_init_zone.h"

#include "bot/announcement.h"
#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/config/config_channel.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    HOUR = 60, /* minutes */
    BREAKFAST = 8 * HOUR,
    /* Papers that come this late in the day are read the next morning. */
    EVENING = 19 * HOUR,
    AFTER_FEED = 30,
    NAME_MAX_BYTES = 200,
};

/* --- where --- */

static bool is_zone(const char *name)
{
    struct civil_zone *zone =
            *name == '\0' ? NULL : civil_zone_open(name, NULL);
    bool known = zone != NULL;
    civil_zone_close(zone);
    return known;
}

static const char *from_file(const char *path, struct arena *arena)
{
    char line[NAME_MAX_BYTES] = "";
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return "";
    if (fgets(line, sizeof line, file) == NULL)
        line[0] = '\0';
    fclose(file);
    return arena_string_n(arena, line, strcspn(line, " \t\r\n"));
}

/* "/usr/share/zoneinfo/Asia/Shanghai" -> "Asia/Shanghai" */
static const char *from_link(const char *path, struct arena *arena)
{
    char target[NAME_MAX_BYTES];
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length <= 0)
        return "";
    target[length] = '\0';
    const char *folder = strstr(target, "zoneinfo/");
    return folder == NULL ? ""
                          : arena_string(arena, folder + strlen("zoneinfo/"));
}

const char *program_init_zone_guess(config_environment_fn *environment,
        const char *root, struct arena *arena)
{
    const char *given = environment("TZ");
    const char *const guesses[] = {
            given == NULL ? "" : given + (*given == ':'),
            from_file(arena_format(arena, "%s/etc/timezone", root), arena),
            from_link(arena_format(arena, "%s/etc/localtime", root), arena),
    };
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++)
        if (is_zone(guesses[i]))
            return guesses[i];
    return "UTC";
}

/* --- when --- */

/* What the zone's clock shows at New York's midnight of that day. */
static int midnight_there(const struct civil_zone *zone,
        const struct civil_zone *new_york, struct civil_date date)
{
    return civil_from_ms(zone, civil_to_ms(new_york, date, 0)).minute_of_day;
}

/* When the feed is there all the year round: the later of winter and summer;
 * -1 if nobody can tell. */
static int feed_minute(const char *name, int64_t now_ms)
{
    struct civil_zone *zone = civil_zone_open(name, NULL);
    struct civil_zone *new_york = civil_zone_open(ANNOUNCEMENT_TIMEZONE, NULL);
    int minute = -1;
    if (zone != NULL && new_york != NULL) {
        int year = civil_from_ms(zone, now_ms).date.year;
        int winter = midnight_there(zone, new_york,
                (struct civil_date){year, 1, 15});
        int summer = midnight_there(zone, new_york,
                (struct civil_date){year, 7, 15});
        minute = winter > summer ? winter : summer;
    }
    civil_zone_close(zone);
    civil_zone_close(new_york);
    return minute;
}

const char *program_init_zone_hour(const char *zone, int64_t now_ms,
        struct arena *arena)
{
    int minute = config_channel_usual_minute(zone);
    if (minute < 0)
        minute = feed_minute(zone, now_ms) + AFTER_FEED;
    if (minute < BREAKFAST || minute >= EVENING)
        minute = BREAKFAST;
    return arena_format(arena, "%02d:%02d weekdays", minute / HOUR,
            minute % HOUR);
}

const char *program_init_zone_feed(const char *zone, int64_t now_ms,
        struct arena *arena)
{
    int minute = feed_minute(zone, now_ms);
    return minute < 0
            ? "?"
            : arena_format(arena, "%02d:%02d", minute / HOUR, minute % HOUR);
}
