/*
 * drafted.h - the channel of asking.h on Tuesday 2026-11-24 at 11:30, when the
 * draft of its digest of 13:30 is due.
 *
 * Announced that day in cs.LG are drafted_papers, all new; the channel takes two
 * papers in full and two further ones, and its curators are @ana:example.org and
 * @bo:example.org.  Messages are rendered as text.
 */
#ifndef TESTS_SUPPORT_DRAFTED_H
#define TESTS_SUPPORT_DRAFTED_H

#include "bot/planning/plan_draft.h"
#include "tests/support/asking.h"

/* The draft's time, and the digest's. */
extern const int64_t drafted_time_ms, drafted_due_ms;

extern const char *const drafted_papers[]; /* ids; ends with NULL */

/* Opens it; no draft is made yet. */
void drafted_open(struct asking *asking, const char *kind);

/* The same of what is open, whoever its curators are. */
void drafted_prepare(struct asking *asking);

/* Makes the draft of now. */
struct plan_draft_result drafted_make(struct asking *asking);

/* One more paper is announced, now. */
void drafted_announce(struct asking *asking, const char *id, const char *title);

/* Plans the digest at its hour; what is posted, "" for nothing. */
const char *drafted_post(struct asking *asking);

/* The text of an occasion's messages, in the fixture's arena; "" for none. */
const char *drafted_text(struct asking *asking, const char *occasion);

#endif
