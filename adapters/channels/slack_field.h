/*
 * slack_field.h - members of a payload of Slack's, checked as they are read.
 *
 * As json.h's reads: false and err (ERROR_INPUT) with the path.  Pure.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_FIELD_H
#define ADAPTERS_CHANNELS_SLACK_FIELD_H

#include "adapters/json.h"

#include <stdbool.h>

enum {
    SLACK_FIELD_ID_MAX_BYTES = 40,     /* of a channel, a user, a team: 9 to 11
                                       * today */
    SLACK_FIELD_EVENT_MAX_BYTES = 128, /* of an event or a trigger */
};

/* A channel's, a user's or a team's id: letters and digits. */
bool slack_field_id(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* The same, or "" where there is none. */
bool slack_field_id_or_none(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* What names one telling: "Ev0123", "13345224609.738474920.8088930838d". */
bool slack_field_event(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* What a button of ours was given as its value: a delivery key. */
bool slack_field_key(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* A message's time stamp. */
bool slack_field_ts(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* The same, or "". */
bool slack_field_ts_or_none(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* An address to answer to. */
bool slack_field_url(const struct json *json, const cJSON *object,
        const char *key, const char **value, struct error *err);
/* An object that must be there. */
bool slack_field_object(const struct json *json, const cJSON *object,
        const char *key, const cJSON **value, struct error *err);

#endif
