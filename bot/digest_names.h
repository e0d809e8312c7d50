/*
 * digest_names.h - the authors' and the affiliations' line of a digest.
 */
#ifndef BOT_DIGEST_NAMES_H
#define BOT_DIGEST_NAMES_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

/*
 * Short names joined by ", "; of more than 10, or of a list that is known to go
 * on, the first 4 and "...".  "" if there is nobody to name.
 */
const char *digest_names_authors(struct arena *arena,
        const struct author_list *authors);

/* "[A & B]", the first 5 and " & ..." if there are more; "" without any. */
const char *digest_names_affiliations(struct arena *arena,
        const struct paper *paper);

/* The same for a small screen: the first 2 that are short enough for it. */
const char *digest_names_brief_affiliations(struct arena *arena,
        const struct paper *paper);

#endif
