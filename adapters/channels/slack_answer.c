#include "adapters/channels/slack_answer.h"

#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS_MAX_BYTES = 2048,
    PARTS_MAX = 4,
};

const char *slack_answer_write(const struct slack_answer *answer,
        struct arena *arena)
{
    switch (answer->way) {
    case SLACK_ANSWER_ROOM:
        break;
    case SLACK_ANSWER_THREAD:
        return arena_format(arena, "thread %s", answer->ts);
    case SLACK_ANSWER_URL:
        return arena_format(arena, "url %s %" PRId64 " %s", answer->person,
                answer->given_ms, answer->url);
    case SLACK_ANSWER_SHARED:
        return arena_format(arena, "shared %s", answer->person);
    }
    return "";
}

/* Words between single spaces; 0 if there are more than fit. */
static size_t split(const char *words, struct arena *arena,
        const char *parts[PARTS_MAX])
{
    for (size_t count = 0; count < PARTS_MAX;) {
        size_t length = strcspn(words, " ");
        parts[count++] = arena_string_n(arena, words, length);
        if (words[length] == '\0')
            return count;
        words += length + 1;
    }
    return 0;
}

static bool read_url(const char *const parts[PARTS_MAX],
        struct slack_answer *answer)
{
    char *end;

    answer->way = SLACK_ANSWER_URL;
    answer->person = parts[1];
    answer->given_ms = strtoll(parts[2], &end, 10);
    answer->url = parts[3];
    return *parts[1] != '\0' && *parts[2] != '\0' && *end == '\0' &&
            http_url_allowed(parts[3]);
}

bool slack_answer_read(const char *words, struct arena *arena,
        struct slack_answer *answer)
{
    const char *parts[PARTS_MAX];

    *answer = (struct slack_answer){.ts = "", .person = "", .url = ""};
    if (*words == '\0')
        return true;
    if (strlen(words) > WORDS_MAX_BYTES)
        return false;
    size_t count = split(words, arena, parts);
    if (count == 4 && text_same(parts[0], "url"))
        return read_url(parts, answer);
    if (count != 2 || *parts[1] == '\0')
        return false;
    bool thread = text_same(parts[0], "thread");
    answer->way = thread ? SLACK_ANSWER_THREAD : SLACK_ANSWER_SHARED;
    answer->ts = thread ? parts[1] : "";
    answer->person = thread ? "" : parts[1];
    return thread || text_same(parts[0], "shared");
}
