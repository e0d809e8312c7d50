/*
 * civil_time_names.h - which time zones there are: the names that the system's
 * zone data knows.  For civil_time.c and for bot/zone_names.h, which knows what
 * people call them; others open a zone and read the error.
 */
#ifndef BOT_BASE_CIVIL_TIME_NAMES_H
#define BOT_BASE_CIVIL_TIME_NAMES_H

#include <stdbool.h>

/* The longest name in use has 32 bytes. */
enum {
    CIVIL_ZONE_NAME_SIZE = 64
};

/* True if the system has zone data under that very name. */
bool civil_zone_exists(const char *name);

/*
 * The known name nearest to one that is not: by spelling, or by its last part
 * ("Shanghai").  False if there is none near, or no list of names
 * (tzdata.zi) on this system.
 */
bool civil_zone_nearest(const char *name, char nearest[CIVIL_ZONE_NAME_SIZE]);

#endif
