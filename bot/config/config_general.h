/*
 * config_general.h - the sections [bot], [store] and [alerts].
 */
#ifndef BOT_CONFIG_GENERAL_H
#define BOT_CONFIG_GENERAL_H

#include "bot/config/config_section.h"

/* Where everything is kept if nobody says otherwise. */
#define CONFIG_GENERAL_STORE "sqlite:paperboy.db"

/* Their keys, each table ending with a NULL key. */
extern const struct config_key config_general_bot_keys[];
extern const struct config_key config_general_store_keys[];
extern const struct config_key config_general_alerts_keys[];

void config_general_read_bot(struct config_reading *reading,
        const struct config_section *section);
void config_general_read_store(struct config_reading *reading,
        const struct config_section *section);
void config_general_read_alerts(struct config_reading *reading,
        const struct config_section *section);

/* A store's address with a relative path made to start from the configuration
 * file's directory. */
const char *config_general_store_url(const struct config_reading *reading,
        const char *url);

#endif
