/*
 * slack_callback.h - events of the Events API: slack_event.h's part for them.
 *
 * docs.slack.dev, "Events API" and the pages of its event types.  Pure.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_CALLBACK_H
#define ADAPTERS_CHANNELS_SLACK_CALLBACK_H

#include "adapters/channels/slack_event.h"

/* As slack_event_read, for what has the type "event_callback". */
bool slack_callback_read(const struct json *payload,
        const struct slack_event_self *self, struct arena *arena,
        struct slack_heard *heard, struct error *err);

#endif
