#include "adapters/channels/slack_text.h"

#include "bot/base/text.h"

#include <string.h>

enum {
    BYTES_MAX = 160 * 1000, /* Slack cuts a message at 40,000 signs */
};

static const struct {
    const char *escape, *sign;
} escapes[] = {
        {"&lt;", "<"},
        {"&gt;", ">"},
        {"&amp;", "&"},
};

/* Adds one sign of the source, or what its escape stands for. */
static const char *add_sign(struct text *plain, const char *at)
{
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (text_starts(at, escapes[i].escape)) {
            text_add(plain, escapes[i].sign);
            return at + strlen(escapes[i].escape);
        }
    text_add_n(plain, at, 1);
    return at + 1;
}

static void add_range(struct text *plain, const char *at, const char *end)
{
    while (at < end)
        at = add_sign(plain, at);
}

/* "@U1|name", "#C1|name", "!here", "!subteam^S1|@readers", "https://…|label",
 * "mailto:a@example.org|a@example.org": between the angles. */
static void add_reference(struct text *plain, const char *at, const char *end)
{
    const char *bar = memchr(at, '|', (size_t)(end - at));
    bool named = bar != NULL && bar + 1 < end;

    if (*at == '@' || *at == '#' || *at == '!') {
        const char *name = named ? bar + 1 : at + 1;
        const char *sign = *at == '#' ? "#" : "@";
        if (!text_starts(name, sign))
            text_add(plain, sign);
        add_range(plain, name, named || bar == NULL ? end : bar);
        return;
    }
    if (named && (text_starts(at, "mailto:") || text_starts(at, "tel:")))
        add_range(plain, bar + 1, end);
    else
        add_range(plain, at, bar == NULL ? end : bar);
}

static char *plain_range(struct arena *arena, const char *at, const char *end)
{
    struct text plain;

    text_init(&plain, arena, BYTES_MAX);
    while (at < end) {
        const char *close =
                *at == '<' ? memchr(at, '>', (size_t)(end - at)) : NULL;
        if (close == NULL || at[1] == ' ' || close == at + 1) {
            at = add_sign(&plain, at);
            continue;
        }
        add_reference(&plain, at + 1, close);
        at = close + 1;
    }
    return text_repair(arena, text_string(&plain), plain.length);
}

char *slack_text_plain(struct arena *arena, const char *text)
{
    return plain_range(arena, text, text + strlen(text));
}

/* --- said to the bot --- */

/* Where the bot is named, "<@U1>" or "<@U1|name>"; NULL if nowhere. */
static const char *find_mention(const char *text, const char *bot,
        const char **end)
{
    for (const char *at = strstr(text, "<@"); at != NULL;
            at = strstr(at + 1, "<@")) {
        size_t length = strcspn(at + 2, "|>");
        *end = strchr(at, '>');
        if (*end == NULL)
            return NULL;
        if (bot[0] == '\0' ||
                (strlen(bot) == length && strncmp(at + 2, bot, length) == 0))
            return at;
    }
    return NULL;
}

static const char *skip_address(const char *at)
{
    static const char *const signs[] = {" ", "\t", "\r", "\n", ",", ":", "，",
            "：", "\u00A0"};
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; !more && i < sizeof signs / sizeof *signs; i++)
            if (text_starts(at, signs[i])) {
                at += strlen(signs[i]);
                more = true;
            }
    }
    return at;
}

char *slack_text_asked(struct arena *arena, const char *text, const char *bot)
{
    const char *end;
    const char *mention = find_mention(text, bot, &end);

    if (mention == NULL)
        return slack_text_plain(arena, text);
    const char *behind = skip_address(end + 1);
    if (*behind != '\0')
        return slack_text_plain(arena, behind);
    return plain_range(arena, text, mention);
}
