/*
 * slack_link.h - when Socket Mode's connections are opened and let go.
 *
 * Slack ends each connection every hour or so, says so a little before, and may
 * send what people do down any one that is open; so the next connection says
 * hello before the one before is let go, and that is still listened to for a
 * while.  Connections that fail are tried again ever later, one at a time.
 *
 * Pure: what happens to sockets is told to it, with the time; what is to be
 * done comes out of slack_link_next.  https://docs.slack.dev, "Using Socket
 * Mode".
 */
#ifndef ADAPTERS_CHANNELS_SLACK_LINK_H
#define ADAPTERS_CHANNELS_SLACK_LINK_H

#include "bot/base/chance.h"
#include "bot/base/error.h"
#include "bot/base/retry.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SLACK_LINK_SOCKETS_MAX = 10, /* of an app: docs.slack.dev */
    SLACK_LINK_WANTED_MAX = 5,   /* each may have a successor beside it */
};

/* Times, in ms; tests have shorter ones. */
struct slack_link_times {
    int64_t hello_ms;  /* to be greeted in, from the asking for an address on */
    int64_t linger_ms; /* how long one that was replaced is listened to */
    int64_t steady_ms; /* one that lasted so long was a success */
    int64_t crowded_ms;  /* before another try, of too many connections */
    int64_t disabled_ms; /* the same, where Socket Mode is switched off */
    int64_t ping_ms, hang_up_ms; /* of silence: see websocket.h */
    struct retry_policy retry;   /* else */
};

extern const struct slack_link_times slack_link_times_usual;

/* Why Slack ends a connection. */
enum slack_link_reason {
    SLACK_LINK_WARNING,  /* it will, in about ten seconds */
    SLACK_LINK_REFRESH,  /* it wants to */
    SLACK_LINK_DISABLED, /* Socket Mode is switched off */
    SLACK_LINK_CROWDED,  /* the app has too many */
    SLACK_LINK_OTHER, /* a word that we do not know: as if it were a refresh */
};

enum slack_link_state {
    SLACK_LINK_FREE,    /* there is none */
    SLACK_LINK_OPENING, /* asked for, connected, not greeted yet */
    SLACK_LINK_READY,   /* greeted */
    SLACK_LINK_LEAVING, /* will end; what comes is still heard */
};

struct slack_link_socket {
    enum slack_link_state state;
    int64_t since_ms; /* when it came into this state */
    int64_t ready_ms; /* when it was greeted; 0: not yet */
    int64_t end_ms;   /* LEAVING: to be let go then; INT64_MAX: not yet */
};

struct slack_link {
    const struct slack_link_times *times;
    const struct random_source *chance;
    unsigned wanted;
    struct slack_link_socket sockets[SLACK_LINK_SOCKETS_MAX];
    struct retry retry;
    int64_t not_before_ms; /* no new one before */
    bool disabled;         /* by Slack, as far as is known */
};

/* wanted: how many at a time, from 1 to SLACK_LINK_WANTED_MAX.  All borrowed. */
void slack_link_init(struct slack_link *link, unsigned wanted,
        const struct slack_link_times *times,
        const struct random_source *chance);

enum slack_link_act {
    SLACK_LINK_WAIT,   /* nothing is to be done now */
    SLACK_LINK_OPEN,   /* a socket of that number, which is OPENING now */
    SLACK_LINK_LET_GO, /* the one of that number, which is FREE now: close it, and
                        * tell nothing more of it */
};

/*
 * What is to be done first; asked again until it is SLACK_LINK_WAIT.  Then
 * nothing is until slack_link_due_ms, unless something happens.
 */
enum slack_link_act slack_link_next(struct slack_link *link, int64_t now_ms,
        unsigned *number);
int64_t slack_link_due_ms(const struct slack_link *link); /* INT64_MAX: never */

/* --- what happens to a socket that is not free --- */

void slack_link_greeted(struct slack_link *link, unsigned number,
        int64_t now_ms);

/* Slack says that it ends it. */
void slack_link_told(struct slack_link *link, unsigned number,
        enum slack_link_reason reason, int64_t now_ms);

/* It ended, could not be opened, or fell silent; it is FREE now.  why may be
 * NULL: it was closed in good order. */
void slack_link_lost(struct slack_link *link, unsigned number,
        const struct error *why, int64_t now_ms);

/* --- */

/* How many are greeted and not about to end. */
unsigned slack_link_ready(const struct slack_link *link);

/* "warning", "refresh_requested", "link_disabled", "too_many_websockets". */
enum slack_link_reason slack_link_reason_of(const char *word);

#endif
