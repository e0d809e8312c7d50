/*
 * config_server.h - the section [server].
 */
#ifndef BOT_CONFIG_SERVER_H
#define BOT_CONFIG_SERVER_H

#include "bot/config/config_section.h"

/* Its keys, ending with a NULL key. */
extern const struct config_key config_server_keys[];

void config_server_read(struct config_reading *reading,
        const struct config_section *section);

#endif
