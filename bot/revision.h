/*
 * revision.h - what became of a paper that readers were shown.
 *
 * A new version, a withdrawal, a journal or conference that accepted it: noticed
 * when the paper is stored again, and said as a mark behind its title.  Pure.
 */
#ifndef BOT_REVISION_H
#define BOT_REVISION_H

#include "bot/base/arena.h"
#include "bot/model/edition.h"
#include "bot/model/paper.h"

/* What a reader of the paper as it was known does not know, now that it is as
 * now.  A version counts where both are known.  The venue is in the arena. */
struct edition_news revision_news(const struct paper *known,
        const struct paper *now, struct arena *arena);

/* "[v2] [accepted: ICML 2026]" in a language, in the arena; "" for no news.  Of
 * what is withdrawn nothing else is said. */
const char *revision_mark(const struct edition_news *news, const char *language,
        struct arena *arena);

#endif
