#include "adapters/channels/slack_place.h"

#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

#define DIGITS "0123456789"

enum {
    TS_MAX_BYTES = 32,
};

bool slack_place_is_ts(const char *ts)
{
    size_t seconds = strspn(ts, DIGITS);

    if (seconds == 0 || ts[seconds] != '.')
        return false;
    size_t rest = strspn(ts + seconds + 1, DIGITS);
    return rest > 0 && ts[seconds + 1 + rest] == '\0' &&
            seconds + 1 + rest <= TS_MAX_BYTES;
}

bool slack_place_is_url(const char *url)
{
    return strlen(url) <= SLACK_PLACE_URL_MAX_BYTES &&
            strpbrk(url, " \t\r\n") == NULL && http_url_allowed(url);
}

const char *slack_place_write(struct arena *arena,
        const struct slack_place *place)
{
    if (place->url[0] != '\0')
        return arena_format(arena, "url %s", place->url);
    if (place->thread[0] != '\0')
        return arena_format(arena, "thread %s", place->thread);
    return "";
}

struct slack_place slack_place_read(struct arena *arena, const char *reply)
{
    struct slack_place place = {.url = "", .thread = ""};

    if (text_starts(reply, "url ") && slack_place_is_url(reply + 4))
        place.url = arena_string(arena, reply + 4);
    else if (text_starts(reply, "thread ") && slack_place_is_ts(reply + 7))
        place.thread = arena_string(arena, reply + 7);
    return place;
}
