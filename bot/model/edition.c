#include "bot/model/edition.h"

#include "bot/base/text.h"

#include <string.h>

static bool is_listed(const char *languages, const char *language)
{
    size_t length = strlen(language);

    for (const char *at = languages; *at != '\0'; at += *at == ' ') {
        size_t size = strcspn(at, " ");
        if (size == length && strncmp(at, language, length) == 0)
            return true;
        at += size;
    }
    return false;
}

bool edition_news_notes(const struct edition_news *news, const char *language)
{
    return (news->changes & EDITION_NOTES) != 0 &&
            is_listed(news->languages, language);
}

/* Each of a few, so that one at a time is enough. */
static const char *join_languages(const char *first, const char *second,
        struct arena *arena)
{
    const char *all = first == NULL ? "" : first;

    while (second != NULL && *second != '\0') {
        size_t length = strcspn(second, " ");
        const char *language = arena_format(arena, "%.*s", (int)length, second);

        if (!is_listed(all, language))
            all = arena_format(arena, "%s%s%s", all, *all == '\0' ? "" : " ",
                    language);
        second += length;
        second += strspn(second, " ");
    }
    return all;
}

struct edition_news edition_news_join(struct edition_news first,
        struct edition_news second, struct arena *arena)
{
    bool venue = (second.changes & EDITION_ACCEPTED) != 0;

    return (struct edition_news){
            .changes = first.changes | second.changes,
            .version = second.version > first.version ? second.version
                                                      : first.version,
            .venue = venue ? second.venue : first.venue,
            .languages =
                    join_languages(first.languages, second.languages, arena),
            .noted_ms = second.noted_ms > first.noted_ms ? second.noted_ms
                                                         : first.noted_ms,
    };
}
