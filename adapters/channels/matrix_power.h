/*
 * matrix_power.h - who is in charge of a room.
 *
 * Whoever may change a room's state (its name, its topic: state_default, 50
 * unless the room says otherwise) may change what the bot does there.  In rooms
 * of version 12 and later the creators stand above all levels.  What was asked
 * is kept until /sync tells of a change, ten minutes at most.  "Power levels"
 * in m.room.power_levels of the client-server API, MSC4289.
 * For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_POWER_H
#define ADAPTERS_CHANNELS_MATRIX_POWER_H

#include "adapters/channels/matrix_room.h"
#include "adapters/json.h"
#include "bot/ports/account.h"

/* Whether somebody may change the state of a room.  levels is the content of
 * m.room.power_levels, NULL if the room has none; create the event
 * m.room.create, or its content.  Pure. */
bool matrix_power_allows(const cJSON *levels, const cJSON *create,
        const char *user_id);

/* account_ops.permission. */
struct request *matrix_power_permission(struct account *account,
        const struct channel *channel, const char *person,
        account_permission_fn *done, void *cookie);

/* What is known of the room's powers does not hold any more. */
void matrix_power_forget(struct matrix_room *room);

#endif
