/*
 * matrix_leave.h - going out of a room.
 *
 * For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_LEAVE_H
#define ADAPTERS_CHANNELS_MATRIX_LEAVE_H

#include "bot/ports/account.h"

/* account_ops.leave.  Not to be in the room is success. */
struct request *matrix_leave(struct account *account, const char *room,
        account_verified_fn *done, void *cookie);

#endif
