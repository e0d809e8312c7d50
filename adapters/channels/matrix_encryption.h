/*
 * matrix_encryption.h - rooms whose messages are encrypted.
 *
 * We can neither read nor write such messages.  What is meant for an encrypted
 * room is not sent there in clear unless the owner allowed it; in any case the
 * room is told once, in clear, what we cannot do and what helps.  For
 * adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_ENCRYPTION_H
#define ADAPTERS_CHANNELS_MATRIX_ENCRYPTION_H

#include <stdbool.h>
#include <stddef.h>

struct matrix;
struct matrix_call;
struct loop_timer;

/* Rooms that are to be told (matrix_room.telling): one after the other, as the
 * homeserver lets us.  {0}: none is. */
struct matrix_notices {
    bool asking;
    struct loop_timer *timer;
};

void matrix_encryption_close(struct matrix *matrix);

/* Lets a send go on if its room may be sent to in clear, else ends it: the
 * channel is closed to us (ERROR_STOP). */
void matrix_encryption_check(struct matrix_call *call);

/* /sync told of a room that is encrypted, or of a message in one. */
void matrix_encryption_heard(struct matrix *matrix, const char *room_id);

/*
 * Whether what is written there in clear is not taken as a command: it could not
 * be answered there, and nothing is done in silence.  What the room was told is
 * the answer.
 */
bool matrix_encryption_is_deaf(struct matrix *matrix, const char *room_id);

/* So many more messages could not be read, over all runs. */
void matrix_encryption_count(struct matrix *matrix, size_t unreadable);

#endif
