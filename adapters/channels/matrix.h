/*
 * matrix.h - a Matrix account, for adapters/channels/matrix*.c alone.
 *
 * An account starts when it is first needed: it finds its homeserver, asks
 * which versions that speaks, and who the token is.  Sends wait for it.  A
 * failed start fails those who wait; the next send tries again.
 *
 * Client-server API: https://spec.matrix.org/v1.3/client-server-api/.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_H
#define ADAPTERS_CHANNELS_MATRIX_H

#include "adapters/channels/call.h"
#include "adapters/channels/matrix_ask.h"
#include "adapters/channels/matrix_attention.h"
#include "adapters/channels/matrix_content.h"
#include "adapters/channels/matrix_direct.h"
#include "adapters/channels/matrix_encryption.h"
#include "adapters/channels/matrix_join.h"
#include "adapters/channels/matrix_listen.h"
#include "adapters/channels/matrix_login.h"
#include "adapters/channels/matrix_picture.h"
#include "adapters/channels/matrix_reaction.h"
#include "adapters/channels/matrix_room.h"
#include "adapters/json.h"
#include "adapters/transport.h"
#include "bot/base/arena.h"

#include <stdbool.h>

#define MATRIX_V3 "/_matrix/client/v3/"

enum {
    MATRIX_ID_MAX_BYTES = 255, /* users, rooms, aliases, events: appendices,
                                * "Common identifier format" */
    MATRIX_SYNC_MAX_BYTES = 8 * 1024 * 1024, /* the largest answer */
    MATRIX_TAILS = 64, /* threads that are being sent into at a time: plenty */
};

struct matrix_alias {
    const char *alias, *room_id;
    struct matrix_alias *next;
};

/* The last event that we sent into a thread. */
struct matrix_tail {
    char root[MATRIX_ID_MAX_BYTES + 1], last[MATRIX_ID_MAX_BYTES + 1];
};

/* What a start finds out. */
struct matrix_session {
    struct arena arena;
    const char *base; /* "https://matrix.example.org" */
    const char *user_id, *device_id;
    const char *who; /* both, for people; "" before */
    struct matrix_alias *aliases;
};

struct matrix {
    struct account account; /* first: the account is the login */
    struct arena arena;
    struct transport *transport;
    const char *homeserver; /* as configured, with its scheme, no last slash */
    const struct account_memory *memory; /* NULL: nothing can be kept */
    const char *user; /* id or local part of who we should be; "" if not said */
    const char *password;        /* only for matrix_login.c; "" with a token */
    const char *invites, *allow; /* see matrix_invite.h */
    bool clear;                  /* encrypted rooms may be sent to in clear */
    struct matrix_login login;
    struct matrix_job_list jobs;
    struct call_list calls;
    struct matrix_rooms rooms;
    struct matrix_listening listening;
    struct matrix_reactions reactions;
    struct matrix_pictures pictures;
    struct matrix_joins joins;
    struct matrix_attention attention;
    struct matrix_notices notices;
    struct matrix_tail tails[MATRIX_TAILS]; /* a ring */
    unsigned next_tail;

    bool ready; /* session holds */
    struct matrix_session session;
    struct request *starting;   /* the start's request under way, or NULL */
    struct matrix_session next; /* what it has found so far */
};

/* A send, a verify or another question. */
struct matrix_call {
    struct call call; /* first */
    struct matrix *matrix;
    bool waiting;  /* for the start */
    bool released; /* the start has ended, its turn comes */
    /* What comes after the start; NULL: that was all. */
    void (*go_on)(struct matrix_call *call);
    /* of a send: */
    const char *room;      /* as configured: id or alias */
    const char *room_id;   /* NULL while an alias is not resolved */
    struct outbox_row row; /* its strings are the call's */
    const char *origin;    /* the row's own room, if room_id is another */
    bool direct;           /* room_id is one with row.person alone */
    bool checked;          /* the room may be sent to in clear */
    bool sought;           /* the event is not there yet */
    int64_t look_ms;       /* when it is looked for; 0: not known yet */
    unsigned pages;        /* that were looked through for it */
    unsigned limits; /* addresses that know of no limit of a picture's size */
    struct matrix_direct_search *search; /* for the direct room; or NULL */
    struct payload content;              /* of the event */
    bool joined;                         /* tried to join */
    struct error failure;                /* that it ends with soon */
};

/* --- matrix.c --- */

/* Where the homeserver is, as far as that is known. */
const char *matrix_base(const struct matrix *matrix);

/* The start has ended: lets those go on who waited for it, or fails them. */
void matrix_release(struct matrix *matrix, const struct error *err);

/* Goes on with the call now, or once the account has started. */
void matrix_when_started(struct matrix_call *call,
        void (*go_on)(struct matrix_call *call));

/* --- matrix_start.c --- */

/* Begins to start, unless that is under way. */
void matrix_start(struct matrix *matrix);

/* --- matrix_reply.c --- */

struct matrix_reply {
    struct json json; /* of a success; to be closed */
    char errcode[48]; /* of a refusal; "" if it named none */
    bool maybe_done;  /* the homeserver may have acted all the same */
    bool soft_logout; /* of a refusal: the login may be had again */
};

/*
 * Reads an answer.  True: it is a success and JSON.  False: err says in plain
 * words what was refused and what would help; its kind is for a send.
 */
bool matrix_reply_read(const struct matrix *matrix,
        const struct http_answer *answer, const struct error *failure,
        struct matrix_reply *reply, struct error *err);

/* An identifier of a reply, which begins with sigil; false and err if it is
 * none. */
bool matrix_reply_id(const struct matrix_reply *reply, const char *key,
        char sigil, const char **value, struct error *err);

/* --- matrix_send.c --- */

/* Begins to send over a started account. */
void matrix_send(struct matrix_call *call);
/* The next step, now that one is done; the call may end soon, not at once. */
void matrix_send_go_on(struct matrix_call *call);
/* One request of a send. */
void matrix_send_ask(struct matrix_call *call, const char *method,
        const char *url, const char *body, http_done_fn *done);
/* Joins the row's room, then goes on. */
void matrix_send_join(struct matrix_call *call);
/* The event is there. */
void matrix_send_end(struct matrix_call *call, const char *event_id);
/* The homeserver refused something. */
void matrix_send_fail(struct matrix_call *call,
        const struct matrix_reply *reply, bool maybe_taken, struct error *err);
/* We do: nothing is sent. */
void matrix_send_refuse(struct matrix_call *call, const struct error *err);

/* --- matrix_seek.c --- */

/* Looks for the row's event in its room, once a sending that was cut off must
 * have come to its end there; goes on if it is not there. */
void matrix_seek(struct matrix_call *call);

#endif
