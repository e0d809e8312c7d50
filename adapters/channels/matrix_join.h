/*
 * matrix_join.h - the rooms that the bot is asked into, one after the other.
 *
 * Homeservers let in few at a time (Synapse: one in ten seconds, ten at once),
 * so invitations that are followed, those that are declined and replaced rooms
 * wait in a queue, which the account's memory has as well.  The core is told of
 * a room when /sync says that we are in.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_JOIN_H
#define ADAPTERS_CHANNELS_MATRIX_JOIN_H

#include "adapters/channels/matrix_event.h"
#include "adapters/loop.h"
#include "bot/base/retry.h"

struct matrix;
struct matrix_joining;

struct matrix_joins {
    struct matrix_joining *first;
    struct request *http;
    struct matrix_joining *current; /* that it is about; NULL once it is gone */
    struct loop_timer *timer;
    struct retry retry;
    bool recalled;
};

/* Reads what the memory has, once; false and err if that failed. */
bool matrix_join_recall(struct matrix *matrix, struct error *err);
/* Works the queue off, if there is anything in it. */
void matrix_join_go_on(struct matrix *matrix);
void matrix_join_close(struct matrix *matrix);

/* An invitation came with these stripped events (NULL: none). */
void matrix_join_invited(struct matrix *matrix, const char *room_id,
        const cJSON *events);
/* A room was replaced: event is its tombstone. */
void matrix_join_follow(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event);

/* /sync says that we are in a room now (state: it may have said so before).
 * True if the core is to be told. */
bool matrix_join_seen(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, bool state, struct arena *arena,
        struct event *told);
/* The core was told of all that was seen. */
void matrix_join_settle(struct matrix *matrix);

#endif
