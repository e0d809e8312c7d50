#include "adapters/channels/slack.h"

#include <string.h>

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const char *slack_message_id(struct arena *arena, const char *channel,
        const char *ts)
{
    return arena_format(arena, "%s/%s", channel, ts);
}

/* Seconds, a point, six digits that tell messages of one second apart. */
static bool is_ts(const char *ts)
{
    size_t seconds = strspn(ts, "0123456789");

    return seconds > 0 && ts[seconds] == '.' && ts[seconds + 1] != '\0' &&
            strspn(ts + seconds + 1, "0123456789") == strlen(ts + seconds + 1);
}

bool slack_message_parts(const char *id, struct arena *arena,
        const char **channel, const char **ts)
{
    const char *slash = strchr(id, '/');

    if (slash == NULL || strlen(id) > SLACK_MESSAGE_MAX_BYTES ||
            !is_ts(slash + 1))
        return false;
    *channel = arena_string_n(arena, id, (size_t)(slash - id));
    *ts = arena_string(arena, slash + 1);
    return slack_message_is_channel(*channel);
}

bool slack_message_is_channel(const char *id)
{
    size_t length = strlen(id);

    return length >= 2 && length <= SLACK_ID_MAX_BYTES &&
            strchr("CGD", id[0]) != NULL && strspn(id, capitals) == length;
}
