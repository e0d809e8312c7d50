/*
 * matrix_listen.h - what happens in the rooms, as the homeserver tells of it.
 *
 * One long poll after the other (/sync).  What an answer brings is handed on
 * whole, together with the place up to which it goes; the next poll begins when
 * that was taken.  Where a room's events were too many, those in between are
 * fetched first (matrix_gap.c).  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_LISTEN_H
#define ADAPTERS_CHANNELS_MATRIX_LISTEN_H

#include "adapters/json.h"
#include "adapters/loop.h"
#include "bot/base/retry.h"
#include "bot/ports/account.h"

struct matrix;

/* A page of events between two answers, the newest first. */
struct matrix_page {
    struct matrix_page *next; /* an older one */
    struct json json;
};

/* One answer, until it has been handed on. */
struct matrix_batch {
    struct arena arena;
    struct json json;
    const char *place;   /* up to which it goes: "next_batch" */
    bool first;          /* what it holds is old */
    const cJSON *joined; /* the room whose turn it is, of those we are in */
    struct event *events;
    size_t count, capacity;
    size_t unreadable; /* that came encrypted */

    /* The gap that is being filled. */
    struct matrix_page *pages; /* the oldest first */
    struct matrix_page *read;  /* those of all gaps that were read */
    const char *from;          /* where the next page begins; "" at the end */
    size_t gap_events, page_count;
    unsigned gap_failures;
    bool gap_filled;
    bool others_read; /* rooms that we are not in */
    size_t looked_up; /* events whose author was asked for, or need not be */
};

struct matrix_listening {
    struct account_ears ears; /* received is NULL: nobody listens */
    struct arena arena;       /* of place */
    const char *place;        /* up to which all was taken; "" at first */
    const char *display_name; /* ours; "" if we have none */
    struct arena self;        /* of that */
    int64_t begun_ms;         /* when listening began */
    int64_t polled_ms, handed_ms;
    int64_t pause_ms; /* before the next poll, while they bring nothing */
    struct retry retry;
    unsigned slim; /* how much less is asked for than there might be */
    struct request *http;
    struct loop_timer *timer;
    struct matrix_batch *batch; /* NULL unless one is being dealt with */
    bool waits;                 /* for the account's start */
    struct matrix_served *resolving;
};

/* account_ops.listen. */
void matrix_listen(struct account *account, const struct account_ears *ears,
        const char *checkpoint);
void matrix_listen_close(struct matrix *matrix);

/* The account has started, or could not. */
void matrix_listen_started(struct matrix *matrix, const struct error *err);

/* Tells the ears of something that no answer brought; false if it has to be
 * told again. */
bool matrix_listen_tell(struct matrix *matrix, const struct event *event,
        struct error *err);

/* --- matrix_sync.c --- */

/* The address of the next poll, in the arena. */
char *matrix_sync_url(const struct matrix *matrix, struct arena *arena);
/* What events are wanted, as a filter of /messages. */
char *matrix_sync_page_filter(struct arena *arena);

/* Takes an answer apart; the batch owns the JSON then.  False and err if it is
 * none. */
bool matrix_sync_begin(struct matrix *matrix, struct json *json,
        struct error *err);
/* Goes on with the batch, once a gap is filled: to its end and to
 * matrix_listen_ready. */
void matrix_sync_go_on(struct matrix *matrix);
void matrix_sync_free(struct matrix_batch *batch);
/* Whether the answer spoke of no room at all. */
bool matrix_sync_is_empty(const struct matrix_batch *batch);

/* All of the batch is there: to be handed on. */
void matrix_listen_ready(struct matrix *matrix);

/* --- matrix_gap.c --- */

/* Fetches what lies before the joined room's timeline. */
void matrix_gap_fill(struct matrix *matrix, const char *before);
/* Finds out whose reaction it was that a moderator took back. */
void matrix_gap_look_up(struct matrix *matrix, const struct event *event);

#endif
