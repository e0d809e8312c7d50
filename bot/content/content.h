/*
 * content.h - what a paper's own words promise, by a linear model.
 *
 * The model was trained on what people picked of whole weeks of listings (make
 * train).  A score is in tenths of log odds, as all of selection.h's; it needs
 * no channel, so it is made once a paper.  An abstract of under 20 words is too
 * little to judge by: content is 0 then.
 */
#ifndef BOT_CONTENT_CONTENT_H
#define BOT_CONTENT_CONTENT_H

#include "bot/base/arena.h"
#include "bot/content/content_model.h"
#include "bot/selection_match.h"

#include <stddef.h>

struct content_score {
    int code;    /* it says where its code or page is */
    int content; /* all else */
};

struct content_score content_score(const struct content_model *model,
        const struct match_paper *paper, struct arena *arena);

/* A word, a fact or a topic that raised or lowered the score. */
struct content_reason {
    enum content_reason_kind {
        CONTENT_REASON_TITLE,    /* words of the title */
        CONTENT_REASON_ABSTRACT, /* words of the abstract */
        CONTENT_REASON_NAMES,    /* who wrote it */
        CONTENT_REASON_CATEGORY, /* where it is filed */
        CONTENT_REASON_TOPIC,
        CONTENT_REASON_FACT,
    } kind;
    const char *text;            /* of words; in the arena; "" for others */
    const struct phrase *phrase; /* of a topic or a fact; else NULL */
    size_t number;               /* its %1; 0: none */
    int score;                   /* in tenths, rounded; never 0 */
};

struct content_reasons {
    struct content_reason *items; /* the heaviest first */
    size_t count;
};

/* At most so many reasons; those that code has are left out. */
struct content_reasons content_reasons_of(const struct content_model *model,
        const struct match_paper *paper, size_t most, struct arena *arena);

#endif
