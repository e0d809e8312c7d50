/*
 * draft.h - a digest before its hour, in its curators' hands.
 *
 * A paper keeps the number under which the draft first showed it, whatever is
 * moved or dropped meanwhile: so two curators who look at different states of
 * it still speak of the same paper.
 */
#ifndef BOT_MODEL_DRAFT_H
#define BOT_MODEL_DRAFT_H

#include "bot/base/civil_time.h"
#include "bot/model/batch.h"
#include "bot/model/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum draft_place {
    DRAFT_TOP,
    DRAFT_ALSO,
    DRAFT_OUT, /* dropped, or considered and never in */
};

struct draft_paper {
    const char *paper_id;
    const char *tag; /* as it is shown */
    unsigned number; /* from 1; for good */
    enum draft_place place;
    const char *text; /* a curator's words in place of the note's; "" */
};

struct draft {
    int64_t channel_id;
    const char *occasion; /* of the digest that it becomes */
    int64_t made_ms, due_ms;
    bool touched;                /* somebody changed it */
    struct string_list curators; /* native ids of who did, each once */
    /* The announcements that it was made from: what its digest says of them, and
     * what it will have covered. */
    struct civil_date announced; /* the newest; may be unset */
    unsigned new_count, cross_count;
    struct covered_list covered;
    struct draft_paper *papers; /* in the order in which they would be shown */
    size_t count;
};

#endif
