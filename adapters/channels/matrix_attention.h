/*
 * matrix_attention.h - showing who asked that he was heard.
 *
 * A command gets a read receipt when it was taken, and "is typing" while its
 * answer takes more than a moment.  Both are kindnesses: what becomes of them
 * does not matter.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_ATTENTION_H
#define ADAPTERS_CHANNELS_MATRIX_ATTENTION_H

#include "bot/model/event.h"

#include <stddef.h>

struct matrix;
struct matrix_awaited;

struct matrix_attention {
    struct matrix_awaited *first; /* rooms that wait for an answer */
};

/* These events were taken by the core. */
void matrix_attention_taken(struct matrix *matrix, const struct event *events,
        size_t count);
/* Something was sent to the room. */
void matrix_attention_answered(struct matrix *matrix, const char *room_id);
void matrix_attention_close(struct matrix *matrix);

#endif
