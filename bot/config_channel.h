/*
 * config_channel.h - the [channel NAME] sections.
 */
#ifndef BOT_CONFIG_CHANNEL_H
#define BOT_CONFIG_CHANNEL_H

#include "bot/config_section.h"

/* A channel's own keys, ending with a NULL key. */
extern const struct config_key config_channel_keys[];

/* Adds the channel to the configuration, and its account where the section is
 * both.  All [account] sections have been read. */
void config_channel_read(struct config_reading *reading,
        const struct config_section *section);

#endif
