#include "bot/schedule_hint.h"

#include "bot/announcement.h"
#include "bot/base/civil_time.h"

#include <stdbool.h>

enum {
    SEASONS = 2,
    MARGIN_MINUTES = 30, /* feeds are read with jitter, and may be late */
    MINUTES_IN_HOUR = 60,
    MINUTES_IN_DAY = 24 * MINUTES_IN_HOUR,
};
#define MINUTE_MS INT64_C(60000)

/* The hour against the feed, in winter and in summer. */
struct comparison {
    bool misses[SEASONS];
    int feed_minute[SEASONS]; /* on the channel's clock */
};

static void compare_in(struct comparison *comparison, int season,
        const struct channel *channel, const struct civil_zone *zone,
        const struct civil_zone *new_york, struct civil_date date)
{
    int64_t feed_ms = civil_to_ms(new_york, date, 0);
    int64_t due_ms = civil_to_ms(zone, date, channel->schedule.minute_of_day);

    if (channel->when == WHEN_FRESH)
        due_ms += channel->wait_for_batch_ms;
    comparison->misses[season] = due_ms < feed_ms;
    comparison->feed_minute[season] =
            civil_from_ms(zone, feed_ms).minute_of_day;
}

static bool compare(struct comparison *comparison,
        const struct channel *channel, int year)
{
    struct civil_zone *new_york = civil_zone_open(ANNOUNCEMENT_TIMEZONE, NULL);
    struct civil_zone *zone = civil_zone_open(channel->schedule.timezone, NULL);
    bool ok = zone != NULL && new_york != NULL;

    if (ok) {
        compare_in(comparison, 0, channel, zone, new_york,
                (struct civil_date){year, 1, 15});
        compare_in(comparison, 1, channel, zone, new_york,
                (struct civil_date){year, 7, 15});
    }
    civil_zone_close(zone);
    civil_zone_close(new_york);
    return ok;
}

static const char *clock_text(struct arena *arena, int minute)
{
    return arena_format(arena, "%02d:%02d", minute / MINUTES_IN_HOUR,
            minute % MINUTES_IN_HOUR);
}

bool schedule_hint_find(const struct channel *channel, int year,
        struct schedule_miss *miss)
{
    const struct schedule *schedule = &channel->schedule;
    struct comparison comparison;

    if (schedule->minute_of_day < 0 ||
            (schedule->weekdays & WEEKDAYS_WORKING) == 0 ||
            !compare(&comparison, channel, year) ||
            (!comparison.misses[0] && !comparison.misses[1]))
        return false;
    int winter = comparison.feed_minute[0];
    int summer = comparison.feed_minute[1];
    miss->first_feed_minute = winter < summer ? winter : summer;
    miss->last_feed_minute = winter < summer ? summer : winter;
    miss->better_minute =
            (miss->last_feed_minute + MARGIN_MINUTES) % MINUTES_IN_DAY;
    miss->always = comparison.misses[0] && comparison.misses[1];
    return true;
}

static const char *hint_text(const struct schedule_miss *miss, int minute,
        struct arena *arena)
{
    const char *first = clock_text(arena, miss->first_feed_minute);
    const char *feed = miss->first_feed_minute == miss->last_feed_minute
            ? first
            : arena_format(arena, "%s or %s", first,
                      clock_text(arena, miss->last_feed_minute));

    return arena_format(arena,
            "arXiv's feed comes at %s there, so %s posts the day before's "
            "announcement%s; %s would have the day's",
            feed, clock_text(arena, minute),
            miss->always ? "" : " for a part of the year",
            clock_text(arena, miss->better_minute));
}

const char *schedule_hint(const struct channel *channel, int year,
        struct arena *arena)
{
    struct schedule_miss miss;

    return schedule_hint_find(channel, year, &miss)
            ? hint_text(&miss, channel->schedule.minute_of_day, arena)
            : NULL;
}
