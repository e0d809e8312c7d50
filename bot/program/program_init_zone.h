/*
 * program_init_zone.h - where this machine is, and which hour suits there.
 */
#ifndef BOT_PROGRAM_INIT_ZONE_H
#define BOT_PROGRAM_INIT_ZONE_H

#include "bot/base/arena.h"
#include "bot/config/config.h"

/*
 * The time zone this machine seems to be set to: TZ, what /etc/timezone says,
 * where /etc/localtime leads; "UTC" if none of them names one.  root ("" but in
 * tests) stands before the two paths.
 */
const char *program_init_zone_guess(config_environment_fn *environment,
        const char *root, struct arena *arena);

/*
 * The hour to offer, "13:30 weekdays": config's usual one, or else half an hour
 * after the feeds are rebuilt at New York's midnight, and no earlier than 8.
 */
const char *program_init_zone_hour(const char *zone, int64_t now_ms,
        struct arena *arena);

/* When the day's announcement can be fetched there, the later of winter and
 * summer: "13:00".  The feed is rebuilt at midnight Eastern (FACTS section 2). */
const char *program_init_zone_feed(const char *zone, int64_t now_ms,
        struct arena *arena);

#endif
