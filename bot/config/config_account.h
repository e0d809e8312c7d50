/*
 * config_account.h - the [account NAME] and [source KIND] sections, and the
 * account in a [channel NAME] that has a type.
 */
#ifndef BOT_CONFIG_ACCOUNT_H
#define BOT_CONFIG_ACCOUNT_H

#include "bot/config/config_section.h"

/* The kind that type = names; NULL after a complaint. */
const struct account_kind *config_account_kind(struct config_reading *reading,
        const struct config_section *section);

/* The keys of the kind, or of all kinds where it is NULL: with an unknown type
 * a key that none of them has is wrong all the same. */
const struct setting_spec *
config_account_keys(const struct config_reading *reading,
        const struct account_kind *kind);

/* "slack, console": what a channel may have as its own type. */
const char *
config_account_one_channel_kinds(const struct config_reading *reading);

/* Takes the kind's keys and adds the account under the section's name; valid
 * until the next is added.  NULL after a complaint that the name is taken. */
const struct config_account *config_account_add(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind);

void config_account_read(struct config_reading *reading,
        const struct config_section *section);

void config_account_read_source(struct config_reading *reading,
        const struct config_section *section);

#endif
