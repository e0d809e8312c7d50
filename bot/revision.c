#include "bot/revision.h"

#include "bot/base/text.h"
#include "bot/content/content_venue.h"
#include "bot/labels.h"
#include "bot/selection_match.h"

enum {
    VENUE_GRAPHEMES = 60, /* of a comment that says more than where */
    MARK_BYTES = 600,
};

static bool is_accepted(const struct paper *paper, struct arena *arena)
{
    struct match_paper match = selection_match_paper(paper, arena);

    return content_venue_score(&match) > 0;
}

struct edition_news revision_news(const struct paper *known,
        const struct paper *now, struct arena *arena)
{
    struct edition_news news = {.venue = "", .languages = ""};

    if (known->version > 0 && now->version > known->version) {
        news.changes |= EDITION_VERSION;
        news.version = now->version;
    }
    if (now->withdrawn && !known->withdrawn)
        news.changes |= EDITION_WITHDRAWN;
    if (!is_accepted(known, arena) && is_accepted(now, arena)) {
        news.changes |= EDITION_ACCEPTED;
        news.venue = text_shorten(arena,
                *now->journal_ref != '\0' ? now->journal_ref : now->comment,
                VENUE_GRAPHEMES);
    }
    if (known->affiliations.count == 0 && now->affiliations.count > 0)
        news.changes |= EDITION_DETAILS;
    return news;
}

static void add_mark(struct text *text, enum label label, const char *language,
        const char *value, struct arena *arena)
{
    const char *const values[4] = {value, "", "", ""};

    text_add(text, text->length > 0 ? " " : "");
    text_add(text, label_fill(arena, label, language, values));
}

const char *revision_mark(const struct edition_news *news, const char *language,
        struct arena *arena)
{
    struct text text;

    text_init(&text, arena, MARK_BYTES);
    if (news->changes & EDITION_WITHDRAWN) {
        add_mark(&text, LABEL_MARK_WITHDRAWN, language, "", arena);
        return text_string(&text);
    }
    if (news->changes & EDITION_VERSION)
        add_mark(&text, LABEL_MARK_VERSION, language,
                arena_format(arena, "%u", news->version), arena);
    if (news->changes & EDITION_ACCEPTED)
        add_mark(&text, LABEL_MARK_ACCEPTED, language, news->venue, arena);
    return text_string(&text);
}
