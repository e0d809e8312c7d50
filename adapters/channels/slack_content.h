/*
 * slack_content.h - an outbox row as the body of a call of the Web API.
 *
 * The row's payload is a message as it would be sent by itself; here it gets its
 * place: the channel, the thread, or the message whose text it changes.  Pure.
 * For adapters/channels/slack*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_CONTENT_H
#define ADAPTERS_CHANNELS_SLACK_CONTENT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/outbox.h"

#include <stdbool.h>

/* The type of the metadata that each message carries, and the member of its
 * payload that is the row's delivery key: by it the message is found again. */
#define SLACK_CONTENT_EVENT "paperboy_message"
#define SLACK_CONTENT_KEY "key"

struct slack_content_place {
    const char *channel;
    const char *thread; /* time stamp of the thread's root; "" for none */
    const char *edited; /* of the message that is changed; "" for none */
};

/*
 * The thread or the message that the row says, in the arena.  ERROR_REJECTED if
 * an edit has nothing that it changes, or a row belongs to a thread whose root
 * is none of Slack's messages.
 */
bool slack_content_place_of(const struct outbox_row *row, const char *channel,
        struct arena *arena, struct slack_content_place *place,
        struct error *err);

/* The body for chat.postMessage or, for an edit, chat.update, in the arena.
 * ERROR_REJECTED if the payload is no JSON object. */
bool slack_content_make(const struct outbox_row *row,
        const struct slack_content_place *place, struct arena *arena,
        const char **body, struct error *err);

#endif
