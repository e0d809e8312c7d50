/*
 * matrix_direct.h - what is for one person alone goes to a room of two.
 *
 * The room is one that we know, after a look at who is there, or a new one.  Who
 * cannot be reached so is told in the room that asked, without the content.  For
 * adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_DIRECT_H
#define ADAPTERS_CHANNELS_MATRIX_DIRECT_H

#include "bot/base/error.h"

struct matrix_call;
struct matrix_direct_search;

/* Sets the send's room to one with row.person alone, and lets it go on. */
void matrix_direct_find(struct matrix_call *call);

/* There is none: the send goes on as a word about that in the room that asked;
 * of a longer answer, whose first part has said so, nothing more is sent. */
void matrix_direct_unreachable(struct matrix_call *call,
        const struct error *why);

#endif
