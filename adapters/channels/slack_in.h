/*
 * slack_in.h - what comes in from Slack, into the inbox and only then
 * acknowledged.
 *
 * Slack gives three seconds for that.  Where the store is busy it is asked again
 * until they are nearly over; then nothing is acknowledged, and Slack tells once
 * more what it keeps (events, not slash commands).  What was had before is known
 * by its id.  Over HTTP (slack_http.c) or Socket Mode (slack_socket.c); for
 * adapters/channels/slack*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_IN_H
#define ADAPTERS_CHANNELS_SLACK_IN_H

#include "adapters/channels/slack_event.h"
#include "bot/ports/account.h"

#include <stdbool.h>
#include <stdint.h>

struct slack;
struct slack_telling;
struct slack_http;
struct slack_socket;

enum slack_in_outcome {
    SLACK_IN_TAKEN, /* it is in the inbox, or there is nothing in it for us */
    SLACK_IN_MALFORMED, /* it is not what Slack sends */
    SLACK_IN_FOREIGN,   /* it is another workspace's */
    SLACK_IN_BUSY,      /* it could not be kept */
};

/* What became of it, since the start. */
struct slack_in_counts {
    uint64_t told, ignored, malformed, busy;
    uint64_t forged; /* requests whose signature is not good */
};

struct slack_in {
    struct account_ears ears;    /* received is NULL: nobody listens */
    struct slack_telling *first; /* that wait for the store */
    struct slack_http *http;     /* NULL: no requests */
    struct slack_socket *socket; /* NULL: no Socket Mode */
    struct slack_in_counts counts;
    int64_t forged_said_ms; /* when a forged request was last spoken of */
};

/* How it ended.  heard has the challenge, err the reason of MALFORMED, FOREIGN and
 * BUSY; both live only during the call. */
typedef void slack_in_done_fn(void *cookie, enum slack_in_outcome outcome,
        const struct slack_heard *heard, const struct error *err);

/* Hands on a payload, which it takes over; done may run before it returns, and
 * runs in any case. */
void slack_in_hear(struct slack *slack, enum slack_event_form form,
        struct json *payload, slack_in_done_fn *done, void *cookie);

/* account_ops.listen: over HTTP, by Socket Mode, or both. */
void slack_in_listen(struct account *account, const struct account_ears *ears,
        const char *checkpoint);
/* account_ops.take_over: of the same app in the same workspace. */
void slack_in_take_over(struct account *account, struct account *before);
/* account_ops.measures. */
void slack_in_measures(const struct account *account, struct arena *arena,
        struct measure_list *list);
/* What waits for the store ends as BUSY. */
void slack_in_close(struct slack *slack);

/* --- slack_http.c --- */

/* NULL if there is no server. */
struct slack_http *slack_http_open(struct slack *slack);
void slack_http_close(struct slack_http *http); /* NULL is fine */

/* --- slack_socket.c --- */

struct slack_socket *slack_socket_open(struct slack *slack);
/* From now on it is this one's, which has the same app_token and api_url. */
void slack_socket_pass(struct slack_socket *socket, struct slack *slack);
/* How many connections are listened over. */
unsigned slack_socket_ready(const struct slack_socket *socket);
void slack_socket_close(struct slack_socket *socket); /* NULL is fine */

/* --- slack_role.c --- */

/* account_ops.permission: owners and admins of the workspace are in charge, and
 * everybody of what is between the bot and him. */
struct request *slack_role_permission(struct account *account,
        const struct channel *channel, const char *person,
        account_permission_fn *done, void *cookie);

#endif
