/*
 * slack_event.h - what Slack tells, as events.
 *
 * One reader for what comes over HTTP and over Socket Mode: a slash command
 * (over HTTP a form, whose fields are the members of the JSON that a socket
 * brings), a press on one of our buttons, an event of the Events API.  Pure.
 * What it does not know it says so of; what is not as Slack documents it is
 * refused with a path: docs.slack.dev, "Slash commands", "Events API",
 * "Interaction payloads".
 */
#ifndef ADAPTERS_CHANNELS_SLACK_EVENT_H
#define ADAPTERS_CHANNELS_SLACK_EVENT_H

#include "adapters/http_form.h"
#include "adapters/json.h"
#include "bot/model/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Named after Socket Mode's types of envelopes. */
enum slack_event_form {
    SLACK_EVENT_SLASH_COMMANDS,
    SLACK_EVENT_INTERACTIVE,
    SLACK_EVENT_EVENTS_API,
};

enum {
    SLACK_EVENT_MAX = 2,                /* of one telling */
    SLACK_EVENT_BYTES_MAX = 512 * 1024, /* a message with all its blocks */
};

/* Who listens, as far as that is known; "" where not. */
struct slack_event_self {
    const char *team_id, *user_id;
};

struct slack_heard {
    struct event events[SLACK_EVENT_MAX];
    size_t count;
    const char *why;       /* of none: "it is a bot's message"; else "" */
    bool grave;            /* a person should know why */
    const char *challenge; /* to be echoed (HTTP only); "" for none */
};

/*
 * Reads a payload.  Texts of events are in the arena or in the document.  False
 * and err (ERROR_INPUT) if it is not as it should be, ERROR_REJECTED if it is
 * another workspace's.
 */
bool slack_event_read(enum slack_event_form form, const struct json *payload,
        const struct slack_event_self *self, int64_t now_ms,
        struct arena *arena, struct slack_heard *heard, struct error *err);

/* A slash command's form as the payload that a socket would bring; to be
 * closed. */
bool slack_event_from_form(const struct http_form *form, struct json *payload,
        struct error *err);

/* "slash_commands" and so on; false for another word. */
bool slack_event_form_of(const char *word, enum slack_event_form *form);

/* Of the event that a room is there, so that who wrote in it can be answered:
 * the same for a whole day.  In the arena. */
const char *slack_event_opened_id(struct arena *arena, const char *room,
        int64_t now_ms);

/* What a reaction's name looks like, skin tones left out: "👍" for
 * "+1::skin-tone-3"; NULL for one that means nothing to us. */
const char *slack_event_emoji(const char *name);

#endif
