/*
 * slack_content.h - an outbox row as the body of a request to Slack.
 *
 * The row's payload is a message as it would be sent by itself; here it gets its
 * place: the channel, the thread, who alone sees it, or the message whose text
 * it changes.  Pure.  For adapters/channels/slack*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_CONTENT_H
#define ADAPTERS_CHANNELS_SLACK_CONTENT_H

#include "adapters/channels/slack_answer.h"
#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/outbox.h"

#include <stdbool.h>

/* The type of the metadata that each message carries, and the member of its
 * payload that is the row's delivery key: by it the message is found again. */
#define SLACK_CONTENT_EVENT "paperboy_message"
#define SLACK_CONTENT_KEY "key"

enum slack_content_method {
    SLACK_CONTENT_POST,      /* chat.postMessage */
    SLACK_CONTENT_UPDATE,    /* chat.update */
    SLACK_CONTENT_EPHEMERAL, /* chat.postEphemeral */
    SLACK_CONTENT_URL,       /* a response URL */
};

struct slack_content_place {
    enum slack_content_method method;
    const char *channel; /* "" for a response URL */
    const char *ts;      /* UPDATE: of the message that is changed; else "" */
    const char *thread;  /* time stamp of the thread's root; "" for none */
    const char *user;    /* EPHEMERAL: who sees it; else "" */
    const char *sharer;  /* who has it shown to all; "" for nobody */
    bool sharable;       /* who sees it may have it shown to all */
};

/*
 * Where the row's message belongs, as the row and its reply say, in the arena.
 * ERROR_REJECTED if an edit has nothing that it changes, or a row belongs to a
 * thread whose root is none of Slack's messages.
 */
bool slack_content_place_of(const struct outbox_row *row,
        const struct slack_answer *answer, const char *channel,
        struct arena *arena, struct slack_content_place *place,
        struct error *err);

/* The body, JSON in the arena.  ERROR_REJECTED if the payload is no JSON
 * object. */
bool slack_content_make(const struct outbox_row *row,
        const struct slack_content_place *place, struct arena *arena,
        const char **body, struct error *err);

#endif
