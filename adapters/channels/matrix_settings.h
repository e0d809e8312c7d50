/*
 * matrix_settings.h - the keys of an [account] of type matrix.
 *
 * For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_SETTINGS_H
#define ADAPTERS_CHANNELS_MATRIX_SETTINGS_H

#include "bot/base/arena.h"
#include "bot/ports/settings.h"

extern const struct setting_spec matrix_settings_keys[];
extern const char matrix_settings_room_help[];

/* As setting_spec.flaw, of a room. */
const char *matrix_settings_room_flaw(const char *room);

/* False and ERROR_INPUT if these cannot work, alone or together. */
bool matrix_settings_fit(const struct settings *settings, struct error *err);

/* "example.org" is a server's name: the same host is asked where to go. */
char *matrix_settings_homeserver(struct arena *arena, const char *value);

#endif
