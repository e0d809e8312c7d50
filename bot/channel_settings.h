/*
 * channel_settings.h - a channel as it is in force: the file, and above it what
 * commands set.
 */
#ifndef BOT_CHANNEL_SETTINGS_H
#define BOT_CHANNEL_SETTINGS_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/ports/store.h"

/* The keys that commands set, as they are listed; ends with NULL. */
extern const char *const channel_settings_keys[];

/*
 * Sets one of a channel's keys from its text, as the configuration would;
 * ERROR_INPUT says what is wrong with it and what would be right.  Unlike there
 * "" is a value too, of lists and the credit: nothing.  The value is borrowed
 * for as long as the channel.
 */
bool channel_settings_take(struct channel *channel, const char *key,
        const char *value, struct arena *arena, struct error *err);

/*
 * *in_force is the configured channel with what is kept in the store of its id
 * on top; all in the arena or the configured channel's.  A kept value that a
 * newer program does not take any more is passed over with a warning.
 */
bool channel_settings_apply(struct store *store,
        const struct channel *configured, struct arena *arena,
        struct channel *in_force, struct error *err);

/*
 * One of those keys as it holds, in the arena: what channel_settings_take would
 * make it again, and the same for the same.  NULL for another key.
 */
const char *channel_settings_text(const struct channel *channel,
        const char *key, struct arena *arena);

#endif
