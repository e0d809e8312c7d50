/*
 * slack.h - a Slack app's bot in a workspace, for adapters/channels/slack*.c
 * alone.
 *
 * One bot token serves any number of channels.  Sending needs no start: each
 * message is one call of the Web API (https://docs.slack.dev/apis/web-api).
 *
 * Native ids: a room is a channel's id, C0123456789 (D... where the bot writes
 * to one person), a person a user's, U0123456789.  A message has no id of its
 * own but its time stamp within a channel, so what we call its id is
 * "CHANNEL/TS": in receipts, and in the target of events.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_H
#define ADAPTERS_CHANNELS_SLACK_H

#include "adapters/channels/call.h"
#include "adapters/channels/slack_answer.h"
#include "adapters/channels/slack_in.h"
#include "adapters/channels/slack_link.h"
#include "adapters/json.h"
#include "adapters/transport.h"
#include "bot/base/arena.h"

#include <stdbool.h>

enum {
    SLACK_ID_MAX_BYTES = 40,                  /* of a channel, a user, a team */
    SLACK_MESSAGE_MAX_BYTES = 80,             /* of "CHANNEL/TS" */
    SLACK_ANSWER_MAX_BYTES = 4 * 1024 * 1024, /* the largest: a history */
};

/* Who the token is, as auth.test says. */
struct slack_session {
    bool known;
    struct arena arena;
    const char *user_id, *bot_id, *team_id;
    const char *who; /* for people: "paperboy in Lab (U0123)"; "" before */
};

struct slack {
    struct account account; /* first: the account is the bot */
    struct arena arena;
    struct transport *transport;
    const struct account_memory *memory; /* NULL: nothing can be kept */
    const char *token;                   /* xoxb-... */
    const char *app_token;      /* xapp-..., for Socket Mode; "" without */
    const char *signing_secret; /* for requests over HTTP; "" without */
    const char *api_url;        /* without a last slash */
    unsigned connections;       /* of Socket Mode, at a time */
    const struct slack_link_times *link_times; /* usual but in tests */
    struct call_list calls;
    struct slack_session session;
    struct slack_in in;
};

/* A send, a verify or another question. */
struct slack_call {
    struct call call; /* first */
    struct slack *slack;
    /* of a send: */
    struct outbox_row row;      /* its strings are the call's */
    struct slack_answer answer; /* the row's reply, read */
    const char *channel;  /* where it goes: the room, or one with row.person */
    bool joined;          /* tried to join the channel */
    bool sought;          /* the message is not there yet */
    unsigned pages;       /* that were looked through for it */
    struct error failure; /* that it ends with soon */
};

/* --- slack_api.c: one call of the Web API --- */

struct slack_ask {
    const char *method; /* "chat.postMessage" */
    const char *token;  /* NULL: the bot's */
    /* One of them: methods that write take JSON, those that read only a form,
     * "channel=C1&limit=15". */
    const char *json, *form;
    const char *wanted_header; /* of the answer; NULL for none */
};

struct request *slack_api_ask(struct slack *slack, const struct slack_ask *ask,
        http_done_fn *done, void *cookie);

struct slack_said {
    struct json json; /* of a success; to be closed in any case */
    char word[64];    /* of a refusal, "channel_not_found"; "" if none came */
    bool maybe_done;  /* Slack may have acted all the same */
};

/*
 * Reads an answer.  True: "ok" is true.  False: err says in plain words what was
 * refused and what would help; its kind is for a send.
 */
bool slack_api_read(const struct http_answer *answer,
        const struct error *failure, struct slack_said *said,
        struct error *err);

/* --- slack_words.c: what Slack's words of refusal mean --- */

struct slack_word {
    const char *word; /* "not_in_channel" */
    enum error_kind kind;
    const char *plainly; /* what is wrong, and what would help */
};

/* NULL for a word that is not known. */
const struct slack_word *slack_words_find(const char *word);

/* --- slack_message.c: ids of messages --- */

/* "CHANNEL/TS" in the arena. */
const char *slack_message_id(struct arena *arena, const char *channel,
        const char *ts);
/* The two parts of an id, in the arena; false if it is none. */
bool slack_message_parts(const char *id, struct arena *arena,
        const char **channel, const char **ts);
/* C, G or D and capitals and digits, as Slack makes a channel's id. */
bool slack_message_is_channel(const char *id);

/* --- slack_scopes.c: what the bot may do --- */

/* The scopes that are wanted, to post alone or to hear as well, by their place;
 * NULL behind the last. */
const char *slack_scopes_at(size_t place, bool hears);
/* Those that a list of Slack's, "chat:write,commands", lacks: "im:write,
 * im:history" in the arena; "" for none. */
const char *slack_scopes_missing(const char *given, bool hears,
        struct arena *arena);

/* --- slack_manifest.c: the app that the bot is --- */

/* Where Slack's requests come in, behind the server's own address:
 * "/slack/ACCOUNT/commands", for slash commands, events and what is pressed. */
#define SLACK_PATH_COMMANDS "commands"
#define SLACK_PATH_EVENTS "events"
#define SLACK_PATH_ACTIONS "actions"
const char *slack_manifest_path(struct arena *arena, const char *account,
        const char *what);

/* As account_kind.app_manifest. */
const char *slack_manifest_make(const struct account_app *app,
        struct arena *arena, struct error *err);

/* --- slack_post.c --- */

/* Begins to send the call's row. */
void slack_post(struct slack_call *call);
/* The next step, now that one is done. */
void slack_post_go_on(struct slack_call *call);
/* Slack refused something. */
void slack_post_fail(struct slack_call *call, bool maybe_taken,
        struct error *err);
/* We do, in the loop's next turn: nothing is sent. */
void slack_post_refuse(struct slack_call *call, const struct error *err);

/* --- slack_seek.c --- */

/* Looks for the row's message where it would be; goes on if it is not there. */
void slack_seek(struct slack_call *call);

/* --- slack_reply.c --- */

/* Sends an answer to who asked for it: by the response URL as long as that works,
 * then as an ephemeral message. */
void slack_reply_give(struct slack_call *call);
/* The same as an ephemeral message at once. */
void slack_reply_give_alone(struct slack_call *call);

/* --- slack_room.c: as account_ops.look and .leave --- */

struct request *slack_room_look(struct account *account, const char *room,
        account_verified_fn *done, void *cookie);
struct request *slack_room_leave(struct account *account, const char *room,
        account_verified_fn *done, void *cookie);

/* --- slack_session.c --- */

/* Asks auth.test who the token is and what it may do, and ends the call with
 * that: which scopes lack is a failure.  Then, where there is an app_token that
 * nothing is heard by yet, whether that holds. */
void slack_session_ask(struct slack_call *call);

#endif
