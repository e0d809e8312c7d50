#include "bot/base/civil_time.h"

#include "bot/base/civil_time_names.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY_S = 86400,
};

struct civil_zone {
    GTimeZone *zone;
    char name[CIVIL_ZONE_NAME_SIZE];
};

static void explain(const char *name, struct error *err)
{
    char nearest[CIVIL_ZONE_NAME_SIZE];
    if (civil_zone_nearest(name, nearest))
        error_set(err, ERROR_INPUT,
                "time zone \"%s\" is not known; did you mean \"%s\"?", name,
                nearest);
    else
        error_set(err, ERROR_INPUT,
                "time zone \"%s\" is not known; give an IANA name such as "
                "\"Asia/Shanghai\"",
                name);
}

struct civil_zone *civil_zone_open(const char *name, struct error *err)
{
    /* GLib would take "UTC+8" for a POSIX rule, which means eight hours
     * behind; so only names of files are let through. */
    if (!civil_zone_exists(name)) {
        explain(name, err);
        return NULL;
    }
    struct civil_zone *zone = calloc(1, sizeof *zone);
    GTimeZone *data = g_time_zone_new_identifier(name);
    if (zone == NULL || data == NULL) {
        free(zone);
        if (data != NULL)
            g_time_zone_unref(data);
        error_set(err, ERROR_STOP, "time zone \"%s\" cannot be loaded", name);
        return NULL;
    }
    zone->zone = data;
    memcpy(zone->name, name, strlen(name) + 1);
    return zone;
}

void civil_zone_close(struct civil_zone *zone)
{
    if (zone == NULL)
        return;
    g_time_zone_unref(zone->zone);
    free(zone);
}

const char *civil_zone_name(const struct civil_zone *zone)
{
    return zone->name;
}

/* Seconds east of Greenwich at an instant in seconds. */
static int64_t offset_s(const struct civil_zone *zone, int64_t second)
{
    int interval = g_time_zone_find_interval(zone->zone, G_TIME_TYPE_UNIVERSAL,
            second);
    return interval < 0 ? 0 : g_time_zone_get_offset(zone->zone, interval);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

struct civil_time civil_from_ms(const struct civil_zone *zone, int64_t ms)
{
    int64_t second = floor_div(ms, 1000);
    int64_t local = second + offset_s(zone, second);
    int64_t days = floor_div(local, DAY_S);
    int second_of_day = (int)(local - days * DAY_S);
    return (struct civil_time){
            .date = civil_date_of_days(days),
            .minute_of_day = second_of_day / 60,
            .second = second_of_day % 60,
    };
}

/* The first second in (low, high] whose offset is not that of low. */
static int64_t find_change(const struct civil_zone *zone, int64_t low,
        int64_t high)
{
    int64_t before = offset_s(zone, low);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (offset_s(zone, middle) == before)
            low = middle;
        else
            high = middle;
    }
    return high;
}

int64_t civil_to_ms(const struct civil_zone *zone, struct civil_date date,
        int minute_of_day)
{
    int64_t local = civil_date_days(date) * DAY_S + (int64_t)minute_of_day * 60;
    /* No offset exceeds a day, so these two are in force around the time;
     * by the one of the day before it comes earlier in autumn and later in
     * spring. */
    int64_t by_old = local - offset_s(zone, local - DAY_S);
    int64_t by_new = local - offset_s(zone, local + DAY_S);
    if (by_old + offset_s(zone, by_old) == local)
        return by_old * 1000;
    if (by_new + offset_s(zone, by_new) == local)
        return by_new * 1000;
    return find_change(zone, by_new, by_old) * 1000;
}
