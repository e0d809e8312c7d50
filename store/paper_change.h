/*
 * paper_change.h - what putting a paper did, said alike by every store.
 */
#ifndef STORE_PAPER_CHANGE_H
#define STORE_PAPER_CHANGE_H

#include "bot/ports/store.h"

/* merged is what paper_merge made of known, or NULL, and an incoming paper.  A
 * new version is a change even if its text is the same. */
static inline enum store_change paper_change(const struct paper *known,
        const struct paper *merged)
{
    if (known == NULL)
        return STORE_NEW;
    return known->version == merged->version &&
                    paper_same_content(known, merged)
            ? STORE_UNCHANGED
            : STORE_UPDATED;
}

#endif
