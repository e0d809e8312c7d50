/*
 * hear_room.h - the bot was asked into a room, or put out of it, or the room has
 * moved.
 */
#ifndef BOT_HEAR_ROOM_H
#define BOT_HEAR_ROOM_H

#include "bot/base/error.h"
#include "bot/model/event.h"
#include "bot/ports/account.h"
#include "bot/ports/store.h"
#include "bot/roster.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Takes it in, and that it was heard, in one transaction.  A room that is new to
 * the bot is greeted, in both languages.  False and err if the store failed.
 */
bool hear_room_take(const struct roster *roster, const struct account *account,
        const struct inbox_row *row, int64_t now_ms, struct error *err);

#endif
