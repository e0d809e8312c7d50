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

#include <stddef.h>

struct matrix;
struct matrix_call;

/* Lets a send go on if its room may be sent to in clear, else ends it: the
 * channel is closed to us (ERROR_STOP). */
void matrix_encryption_check(struct matrix_call *call);

/* /sync told of a room that is encrypted, or of a message in one. */
void matrix_encryption_heard(struct matrix *matrix, const char *room_id);

/* So many more messages could not be read, over all runs. */
void matrix_encryption_count(struct matrix *matrix, size_t unreadable);

#endif
