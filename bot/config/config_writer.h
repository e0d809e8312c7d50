/*
 * config_writer.h - the [writer NAME] sections: who writes notes, in the order in
 * which they stand, and what that may cost.
 */
#ifndef BOT_CONFIG_WRITER_H
#define BOT_CONFIG_WRITER_H

#include "bot/config/config_section.h"

/* What every kind has, whatever its own keys. */
extern const struct config_key config_writer_keys[];

void config_writer_read(struct config_reading *reading,
        const struct config_section *section);

#endif
