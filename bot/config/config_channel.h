/*
 * config_channel.h - the [channel NAME] sections.
 */
#ifndef BOT_CONFIG_CHANNEL_H
#define BOT_CONFIG_CHANNEL_H

#include "bot/config/config_section.h"

/* A channel's own keys, ending with a NULL key. */
extern const struct config_key config_channel_keys[];

/*
 * The minute of the day that suits a zone where none is given: after the feed
 * is rebuilt at New York's midnight, which is noon or 13:00 in China and early
 * morning in Europe; -1 where nobody can tell.
 */
int config_channel_usual_minute(const char *zone);

/* Adds the channel to the configuration, and its account where the section is
 * both.  All [account] sections have been read. */
void config_channel_read(struct config_reading *reading,
        const struct config_section *section);

#endif
