/*
 * store_people.h - the part of a store that is people's: what they set, cast,
 * saved and wrote, drafts, and how it grows old.
 *
 * Included by store.h, whose promises hold.
 */
#ifndef BOT_PORTS_STORE_PEOPLE_H
#define BOT_PORTS_STORE_PEOPLE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/draft.h"
#include "bot/model/event.h"
#include "bot/model/reader.h"
#include "bot/model/setting.h"
#include "bot/model/taste.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* How long things are kept: what is older than its instant may go (0: all of it
 * is kept). */
struct store_horizon {
    int64_t outbox_ms, changes_ms, bookmarks_ms, drafts_ms, pictures_ms;
};

/* --- what people set --- */

/* Adds or replaces the setting of (channel, key). */
bool store_setting_put(struct store *store, int64_t channel_id,
        const struct channel_setting *setting, struct error *err);
/* *dropped is false if there was none. */
bool store_setting_drop(struct store *store, int64_t channel_id,
        const char *key, bool *dropped, struct error *err);
/* In the order of their keys. */
bool store_setting_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct channel_setting_list *settings,
        struct error *err);
/* A number of the whole store that rises whenever a setting is put or dropped, or
 * a channel is added, moved, removed, back or purged: whoever serves channels by
 * what he read looks again.  0 in a new store. */
bool store_revision(struct store *store, int64_t *revision, struct error *err);
/* Adds a line to a channel's history. */
bool store_change_add(struct store *store, int64_t channel_id,
        const struct channel_change *change, struct error *err);
/* The newest first; of one instant those added later. */
bool store_change_list(struct store *store, int64_t channel_id, size_t limit,
        struct arena *arena, struct channel_change_list *changes,
        struct error *err);

/* --- what is kept of people --- */

/* Adds or replaces the vote of (channel, person, paper), which is known;
 * VOTE_NONE takes it away.  *before is what it was. */
bool store_vote_put(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err);
/* The newest first; of one instant by person, then paper. */
bool store_vote_list(struct store *store, int64_t channel_id, size_t limit,
        struct arena *arena, struct vote_list *votes, struct error *err);
/* Sets the counts of the words given; a word with none is kept no more. */
bool store_taste_put(struct store *store, int64_t channel_id,
        const struct taste *changed, struct error *err);
bool store_taste_get(struct store *store, int64_t channel_id,
        struct arena *arena, struct taste *taste, struct error *err);
/* *added is false, and nothing changes, if it is saved already.  The paper is
 * known. */
bool store_saved_put(struct store *store, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err);
bool store_saved_drop(struct store *store, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err);
/* The newest first; of one instant by paper. */
bool store_saved_list(struct store *store, const char *account,
        const char *person, struct arena *arena, struct saved_list *saved,
        struct error *err);
/* Who has saved papers: by account, then native id. */
bool store_saved_people(struct store *store, struct arena *arena,
        struct person_list *people, struct error *err);
/* Where a person stopped reading in a channel: what "more" goes on with. */
bool store_bookmark_put(struct store *store, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms,
        struct error *err);
/* *text is NULL if there is none. */
bool store_bookmark_get(struct store *store, int64_t channel_id,
        const char *person, struct arena *arena, char **text,
        struct error *err);
/* How much is kept of a person (not "") in an account: what store_person_forget
 * would erase. */
bool store_person_traces(struct store *store, const char *account,
        const char *person, struct traces *traces, struct error *err);
/*
 * Erases all that is kept of a person (not "") in an account, named as in
 * store_channel_put: votes, saved papers, bookmarks, answers that were for the
 * person alone and are not waiting to be sent; events that wait are dropped as
 * if they had been heard.  Lines of history, settings and drafts stay, without
 * the name of who made them.
 */
bool store_person_forget(struct store *store, const char *account,
        const char *person, struct traces *forgotten, struct error *err);

/* --- drafts --- */

/* Adds or replaces the draft of (channel, occasion); its papers are known.  What
 * it lists stays in the order given. */
bool store_draft_put(struct store *store, const struct draft *draft,
        struct error *err);
/* *draft is NULL if there is none. */
bool store_draft_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err);

/* --- inbox --- */

/* Keeps an event, byte for byte, until it was heard.  *added is false if one with that id came
 * from the account before, also if it was heard meanwhile. */
bool store_inbox_add(struct store *store, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err);
/* Those that wait, in the order they came. */
bool store_inbox_list(struct store *store, size_t limit, struct arena *arena,
        struct inbox_list *rows, struct error *err);
/* It was heard, perhaps before: it waits no more, its id is remembered and nothing
 * else of it. */
bool store_inbox_drop(struct store *store, int64_t id, struct error *err);
/* Forgets the ids of events that were heard and came before that instant. */
bool store_inbox_prune(struct store *store, int64_t before_ms,
        struct error *err);

/* --- growing old --- */

/*
 * Erases what is older than the horizon: bookmarks, drafts by their hour,
 * pictures by when they were fetched, history, and of the outbox what was sent or has expired before.  Of that a row
 * stays as long as one that stays refers to it, or its edition is pending or was
 * posted since: both horizons, of the outbox and of drafts, must lie further back
 * than posts are edited, for an edit says what its draft said.
 */
bool store_prune(struct store *store, const struct store_horizon *before,
        struct error *err);

#endif
