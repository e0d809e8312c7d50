#include "adapters/channels/slack.h"

#include "bot/base/text.h"

#include <string.h>

enum {
    LIST_MAX_BYTES = 400,
};

/* What is needed to post stands first; the rest, to hear. */
static const char *const scopes[] = {
        "chat:write",
        "channels:join",    /* public channels, by itself */
        "channels:history", /* is it there already? */
        "groups:history",
        "im:write", /* drafts, what is for one person alone */
        "im:history",
        "commands",
        "app_mentions:read",
        "reactions:read",
        "users:read",    /* who is in charge of the workspace */
        "channels:read", /* that the bot was asked in, or put out */
        "groups:read",
};

enum {
    SCOPES = sizeof scopes / sizeof scopes[0],
    SCOPES_TO_POST = 6,
};

const char *slack_scopes_at(size_t place, bool hears)
{
    return place < (hears ? SCOPES : SCOPES_TO_POST) ? scopes[place] : NULL;
}

/* As one of "a,b, c". */
static bool is_in(const char *list, const char *scope)
{
    size_t length = strlen(scope);

    for (;;) {
        list += strspn(list, ", ");
        size_t here = strcspn(list, ", ");
        if (here == 0)
            return false;
        if (here == length && strncmp(list, scope, length) == 0)
            return true;
        list += here;
    }
}

const char *slack_scopes_missing(const char *given, bool hears,
        struct arena *arena)
{
    struct text missing;

    text_init(&missing, arena, LIST_MAX_BYTES);
    for (size_t i = 0; slack_scopes_at(i, hears) != NULL; i++)
        if (!is_in(given, slack_scopes_at(i, hears)))
            text_add_format(&missing, "%s%s", missing.length > 0 ? ", " : "",
                    slack_scopes_at(i, hears));
    return text_string(&missing);
}
