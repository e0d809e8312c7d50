/*
 * matrix_relation.h - what a message is an answer to; pure.
 *
 * The place of an answer (event.reply) is the event that asked, "$event", or the
 * root of its thread and that: "$root $event".  "Rich replies" and "Threading"
 * of the client-server API.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_RELATION_H
#define ADAPTERS_CHANNELS_MATRIX_RELATION_H

#include "bot/base/arena.h"

#include <stddef.h>

/* The content of a message with that place in it, always the same bytes for the
 * same arguments; in the arena.  What is no JSON object, or has a relation, stays
 * as it is. */
const char *matrix_relation_reply(struct arena *arena, const char *content,
        size_t bytes, const char *reply);

#endif
