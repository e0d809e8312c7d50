/*
 * store.h - memory that survives us.
 *
 * Synchronous: an embedded store answers in microseconds, and a step inside one
 * transaction is the easiest thing to reason about.  Every call outside
 * store_transact is a transaction of its own.  What a call returns lives in the
 * given arena.  Failures: ERROR_RETRY (busy), ERROR_STOP (disk full, damaged,
 * no such row: our own mistake).
 *
 * The contract holds nothing that only SQLite can do; tests/contract/ runs one
 * suite on every implementation.  Two of its parts stand in headers of their own,
 * which this one brings: store_people.h and store_outbox.h.
 */
#ifndef BOT_PORTS_STORE_H
#define BOT_PORTS_STORE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/batch.h"
#include "bot/model/channel.h"
#include "bot/model/draft.h"
#include "bot/model/edition.h"
#include "bot/model/event.h"
#include "bot/model/note.h"
#include "bot/model/occasion.h"
#include "bot/model/outbox.h"
#include "bot/model/paper.h"
#include "bot/model/picture.h"
#include "bot/model/reader.h"
#include "bot/model/search.h"
#include "bot/model/setting.h"
#include "bot/model/signal.h"
#include "bot/model/taste.h"
#include "bot/ports/store_outbox.h"
#include "bot/ports/store_people.h"

struct store;

/* A step of a transaction; false with err set takes everything back. */
typedef bool store_step_fn(struct store *store, void *ctx, struct error *err);

enum store_change {
    STORE_NEW,
    STORE_UPDATED,
    STORE_UNCHANGED
};

/* A paper posted to a channel. */
struct posted_paper {
    const char *paper_id;
    const char *occasion;
    int64_t posted_ms;
};

struct posted_list {
    struct posted_paper *items;
    size_t count;
};

/* A channel as the store knows it. */
struct known_channel {
    int64_t id;
    const char *account, *room, *label;
    int64_t created_ms;
    const char *broken; /* why nothing is sent there; "" while all is well */
    int64_t removed_ms; /* the bot was put out of it then; 0: it is there */
};

struct known_channel_list {
    struct known_channel *items;
    size_t count;
};

struct store_counts {
    int64_t papers, notes, outbox_due, outbox_parked, outbox_sent;
};

struct store_ops {
    const char *kind; /* "sqlite", "memory" */
    void (*close)(struct store *store);
    bool (*transact)(struct store *store, store_step_fn *fn, void *ctx,
            struct error *err);
    bool (*lock)(struct store *store, const char *owner, struct error *err);
    bool (*is_locked)(const struct store *store);

    bool (*paper_put)(struct store *store, const struct paper *paper,
            int64_t now_ms, enum store_change *change, struct error *err);
    bool (*paper_get)(struct store *store, const char *id, struct arena *arena,
            struct paper **paper, struct error *err);
    bool (*note_put)(struct store *store, const struct note *note,
            int64_t now_ms, struct error *err);
    bool (*notes_get)(struct store *store, const char *paper_id,
            struct arena *arena, struct note_list *notes, struct error *err);
    bool (*attempt_put)(struct store *store, const struct note_attempt *attempt,
            struct error *err);
    bool (*attempt_get)(struct store *store, const struct note_attempt *key,
            struct arena *arena, struct note_attempt **attempt,
            struct error *err);
    bool (*search)(struct store *store, const struct search_query *query,
            struct arena *arena, struct search_result *result,
            struct error *err);
    bool (*signal_put)(struct store *store, const struct signal *signal,
            bool *rose, struct error *err);
    bool (*signals_get)(struct store *store, const char *paper_id,
            struct arena *arena, struct signal_list *signals,
            struct error *err);
    bool (*picture_put)(struct store *store, const struct picture *picture,
            struct error *err);
    bool (*picture_get)(struct store *store, const char *paper_id,
            struct arena *arena, struct picture **picture, struct error *err);

    bool (*batch_put)(struct store *store, const struct batch *batch,
            struct error *err);
    bool (*batch_list)(struct store *store, const char *category, size_t limit,
            struct arena *arena, struct batch_list *batches, struct error *err);
    bool (*batch_paper_add)(struct store *store, const char *category,
            struct civil_date date, const char *paper_id,
            enum announce_type announce, bool *added, struct error *err);
    bool (*batch_papers)(struct store *store, const char *category,
            struct civil_date date, struct arena *arena,
            struct batch_paper_list *papers, struct error *err);
    bool (*batch_seen)(struct store *store, const char *category,
            const char *paper_id, enum announce_type announce, bool *seen,
            struct error *err);
    bool (*arrival)(struct store *store, int64_t *arrival, struct error *err);

    bool (*channel_put)(struct store *store, const char *account,
            const char *room, const char *label, int64_t now_ms, int64_t *id,
            struct error *err);
    bool (*channel_list)(struct store *store, struct arena *arena,
            struct known_channel_list *channels, struct error *err);
    bool (*channel_break)(struct store *store, int64_t channel_id,
            const char *why, struct error *err);

    bool (*channel_remove)(struct store *store, int64_t channel_id,
            int64_t removed_ms, struct error *err);
    bool (*channel_move)(struct store *store, int64_t channel_id,
            const char *room, struct error *err);
    bool (*channel_purge)(struct store *store, int64_t before_ms,
            size_t *purged, struct error *err);

    bool (*setting_put)(struct store *store, int64_t channel_id,
            const struct channel_setting *setting, struct error *err);
    bool (*setting_drop)(struct store *store, int64_t channel_id,
            const char *key, bool *dropped, struct error *err);
    bool (*setting_list)(struct store *store, int64_t channel_id,
            struct arena *arena, struct channel_setting_list *settings,
            struct error *err);
    bool (*revision)(struct store *store, int64_t *revision, struct error *err);
    bool (*change_add)(struct store *store, int64_t channel_id,
            const struct channel_change *change, struct error *err);
    bool (*change_list)(struct store *store, int64_t channel_id, size_t limit,
            struct arena *arena, struct channel_change_list *changes,
            struct error *err);

    bool (*vote_put)(struct store *store, int64_t channel_id,
            const struct vote *vote, int *before, struct error *err);
    bool (*vote_list)(struct store *store, int64_t channel_id, size_t limit,
            struct arena *arena, struct vote_list *votes, struct error *err);
    bool (*taste_put)(struct store *store, int64_t channel_id,
            const struct taste *changed, struct error *err);
    bool (*taste_get)(struct store *store, int64_t channel_id,
            struct arena *arena, struct taste *taste, struct error *err);
    bool (*saved_put)(struct store *store, const char *account,
            const char *person, const struct saved_paper *saved, bool *added,
            struct error *err);
    bool (*saved_drop)(struct store *store, const char *account,
            const char *person, const char *paper_id, bool *dropped,
            struct error *err);
    bool (*saved_list)(struct store *store, const char *account,
            const char *person, struct arena *arena, struct saved_list *saved,
            struct error *err);
    bool (*saved_people)(struct store *store, struct arena *arena,
            struct person_list *people, struct error *err);
    bool (*bookmark_put)(struct store *store, int64_t channel_id,
            const char *person, const char *text, int64_t now_ms,
            struct error *err);
    bool (*bookmark_get)(struct store *store, int64_t channel_id,
            const char *person, struct arena *arena, char **text,
            struct error *err);
    bool (*person_traces)(struct store *store, const char *account,
            const char *person, struct traces *traces, struct error *err);
    bool (*person_forget)(struct store *store, const char *account,
            const char *person, struct traces *forgotten, struct error *err);

    bool (*draft_put)(struct store *store, const struct draft *draft,
            struct error *err);
    bool (*draft_get)(struct store *store, int64_t channel_id,
            const char *occasion, struct arena *arena, struct draft **draft,
            struct error *err);

    bool (*inbox_add)(struct store *store, const char *account,
            const struct event *event, int64_t now_ms, bool *added,
            struct error *err);
    bool (*inbox_list)(struct store *store, size_t limit, struct arena *arena,
            struct inbox_list *rows, struct error *err);
    bool (*inbox_drop)(struct store *store, int64_t id, struct error *err);
    bool (*inbox_prune)(struct store *store, int64_t before_ms,
            struct error *err);
    bool (*prune)(struct store *store, const struct store_horizon *before,
            struct error *err);

    bool (*covered_put)(struct store *store, int64_t channel_id,
            const struct covered_batch *covered, struct error *err);
    bool (*covered_list)(struct store *store, int64_t channel_id,
            struct arena *arena, struct covered_list *covered,
            struct error *err);
    bool (*posted_add)(struct store *store, int64_t channel_id,
            const struct posted_paper *posted, struct error *err);
    bool (*posted_get)(struct store *store, int64_t channel_id,
            const char *paper_id, struct arena *arena,
            struct posted_paper **posted, struct error *err);

    bool (*edition_put)(struct store *store, const struct edition *edition,
            struct error *err);
    bool (*edition_get)(struct store *store, int64_t channel_id,
            const char *occasion, struct arena *arena, struct edition **edition,
            struct error *err);
    bool (*edition_holds)(struct store *store, const char *paper_id,
            bool *holds, struct error *err);
    bool (*edition_change)(struct store *store, const char *paper_id,
            const struct edition_news *news, struct error *err);
    bool (*edition_pending)(struct store *store, int64_t channel_id,
            struct arena *arena, struct string_list *occasions,
            struct error *err);
    bool (*edition_settle)(struct store *store, int64_t channel_id,
            const char *occasion, struct error *err);

    bool (*occasion_record)(struct store *store,
            const struct occasion *occasion, struct error *err);
    bool (*occasion_list)(struct store *store, int64_t channel_id,
            const char *prefix, size_t limit, struct arena *arena,
            struct occasion_list *occasions, struct error *err);

    bool (*outbox_add)(struct store *store, const struct outbox_row *row,
            int64_t *id, struct error *err);
    bool (*outbox_claim)(struct store *store, const char *owner, int64_t now_ms,
            int64_t lease_until_ms, size_t limit, struct arena *arena,
            struct outbox_list *rows, struct error *err);
    bool (*outbox_release)(struct store *store, const char *owner,
            struct error *err);
    bool (*outbox_attempt)(struct store *store, int64_t id, int64_t now_ms,
            struct error *err);
    bool (*outbox_settle)(struct store *store, int64_t id, const char *receipt,
            int64_t now_ms, struct error *err);
    bool (*outbox_retry)(struct store *store, int64_t id, int64_t next_try_ms,
            const char *complaint, bool attempted, struct error *err);
    bool (*outbox_end)(struct store *store, int64_t id, enum outbox_state state,
            const char *complaint, int64_t now_ms, struct error *err);
    bool (*outbox_hasten)(struct store *store, int64_t latest_ms,
            struct error *err);
    bool (*outbox_next_ms)(struct store *store, int64_t *next_ms,
            struct error *err);
    bool (*outbox_list)(struct store *store, int64_t channel_id,
            const char *occasion, struct arena *arena, struct outbox_list *rows,
            struct error *err);

    bool (*outbox_find)(struct store *store, const char *account,
            const char *receipt, struct arena *arena, struct outbox_row **row,
            struct error *err);
    bool (*outbox_unsent)(struct store *store, int64_t channel_id,
            struct arena *arena, struct outbox_list *rows, struct error *err);

    bool (*value_put)(struct store *store, const char *key, const char *value,
            struct error *err);
    bool (*value_get)(struct store *store, const char *key, struct arena *arena,
            char **value, struct error *err);
    bool (*counts)(struct store *store, struct store_counts *counts,
            struct error *err);
    bool (*backup)(struct store *store, const char *path, struct error *err);
};

struct store {
    const struct store_ops *ops;
};

/* Opens by address ("sqlite:PATH", "memory:"); NULL and err on failure. */
typedef struct store *store_open_fn(const char *url, struct error *err);

/* Whether a store lies at url already; ERROR_INPUT where none ever can.  What
 * keeps nothing (memory:) is always there. */
typedef bool store_exists_fn(const char *url, bool *exists, struct error *err);

/*
 * Puts a backup in the place of what lies at url, whatever state that is in;
 * what lay there is kept, and *aside names it ("" if nothing lay there).
 * ERROR_STOP while a daemon has its place there (store_lock), ERROR_INPUT if
 * path is no sound backup: nothing is changed then.
 */
typedef bool store_restore_fn(const char *url, const char *path,
        const char *owner, struct arena *arena, const char **aside,
        struct error *err);

void store_close(struct store *store); /* NULL is fine */

/*
 * Runs fn inside one transaction; may run it again after a conflict, so fn has
 * no effect outside the store.  Not nested (ERROR_STOP).
 */
bool store_transact(struct store *store, store_step_fn *fn, void *ctx,
        struct error *err);

/* Takes the daemon's place: one a database.  Held until store_close or the end
 * of the process, however it ends.  owner ("pid 4711") is shown to a second,
 * who gets ERROR_STOP. */
bool store_lock(struct store *store, const char *owner, struct error *err);
/* Whether this store has that place: nobody else has. */
bool store_is_locked(const struct store *store);

/* --- papers and notes --- */

/* Adds a paper, or merges it into what is known (paper_merge); says which it
 * was.  STORE_UNCHANGED: nothing a reader would see changed. */
bool store_paper_put(struct store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err);
/* *paper is NULL if there is none with that id. */
bool store_paper_get(struct store *store, const char *id, struct arena *arena,
        struct paper **paper, struct error *err);
/* Adds or replaces the note of (paper, language); it was written at now_ms. */
bool store_note_put(struct store *store, const struct note *note,
        int64_t now_ms, struct error *err);
/* In the order of their language tags. */
bool store_notes_get(struct store *store, const char *paper_id,
        struct arena *arena, struct note_list *notes, struct error *err);
/* Adds or replaces what came of asking (paper, version, language, writer, prompt)
 * for a note.  The paper is known. */
bool store_attempt_put(struct store *store, const struct note_attempt *attempt,
        struct error *err);
/* Of key only the first five members are read; *attempt is NULL if it was never
 * asked. */
bool store_attempt_get(struct store *store, const struct note_attempt *key,
        struct arena *arena, struct note_attempt **attempt, struct error *err);

/*
 * The papers that fit (search.h), as they are now, also within a transaction.
 * Best first: those that have all the words wanted in a title or a name, then the
 * others; in each, the better they fit (more words in a title, met more often,
 * side by side as they were asked for), and of equals later days of submission
 * first, of one day those stored later.  Of more than SEARCH_TOTAL_MAX only the
 * newest are looked at more closely, those with all words in a title before
 * others.  The order stays as long as nothing is stored.  ERROR_INPUT for a query that looks
 * for nothing, is too long or has a term without a letter or digit.
 */
bool store_search(struct store *store, const struct search_query *query,
        struct arena *arena, struct search_result *result, struct error *err);

/*
 * Keeps a signal if it is greater than what is known of (paper, kind), 0 if
 * nothing is; then *rose is true, and the rise has the next arrival number.
 * Otherwise nothing changes.  The paper is known.
 */
bool store_signal_put(struct store *store, const struct signal *signal,
        bool *rose, struct error *err);
/* In the order of their kinds. */
bool store_signals_get(struct store *store, const char *paper_id,
        struct arena *arena, struct signal_list *signals, struct error *err);

/* Adds or replaces the picture of a paper, or with an empty type that there is
 * none. */
bool store_picture_put(struct store *store, const struct picture *picture,
        struct error *err);
/* *picture is NULL if nothing is known of it. */
bool store_picture_get(struct store *store, const char *paper_id,
        struct arena *arena, struct picture **picture, struct error *err);

/* --- batches --- */

/* Adds or replaces the batch of (category, date), counts and all. */
bool store_batch_put(struct store *store, const struct batch *batch,
        struct error *err);
/* The newest batches of a category, newest first, whatever their state. */
bool store_batch_list(struct store *store, const char *category, size_t limit,
        struct arena *arena, struct batch_list *batches, struct error *err);
/* Files a paper under a batch, with the next arrival number (rising over all
 * batches and over the rises of signals, never given twice).  *added is false, and nothing changes, if it is
 * there already.  The paper is known; the batch need not be yet. */
bool store_batch_paper_add(struct store *store, const char *category,
        struct civil_date date, const char *paper_id,
        enum announce_type announce, bool *added, struct error *err);
/* In the order of arrival. */
bool store_batch_papers(struct store *store, const char *category,
        struct civil_date date, struct arena *arena,
        struct batch_paper_list *papers, struct error *err);
/*
 * Whether a complete (announced) batch of the category, of any date, holds the
 * paper with an announce type of the same class: unknown, new and cross are one
 * class, the two replacements the other.  Tells a stale feed from a fresh one; a
 * replacement that was seen may be news all the same (v3 after v2).
 */
bool store_batch_seen(struct store *store, const char *category,
        const char *paper_id, enum announce_type announce, bool *seen,
        struct error *err);
/* The newest arrival number given out, to a paper or a rise; 0 if none. */
bool store_arrival(struct store *store, int64_t *arrival, struct error *err);

/* --- channels --- */

/* Finds or adds the channel (account, room) and sets its label; *id is its
 * number, the same until it is purged and never given twice.  One that was
 * removed is back. */
bool store_channel_put(struct store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err);
bool store_channel_list(struct store *store, struct arena *arena,
        struct known_channel_list *channels, struct error *err);
/* Marks a channel broken, or well again with "". */
bool store_channel_break(struct store *store, int64_t channel_id,
        const char *why, struct error *err);

/*
 * The bot was put out of the channel then, or is back (0).  A channel that was
 * removed keeps all that is known of it until it is purged; store_channel_put
 * brings it back.
 */
bool store_channel_remove(struct store *store, int64_t channel_id,
        int64_t removed_ms, struct error *err);
/*
 * The channel's place has another native id now; its history goes with it, and
 * so does what waits in the outbox or is parked there, but for answers with a
 * reply of their own and rows whose reply_to was sent: they belong to messages
 * of the old place.  Events that wait keep the room they came from.
 * ERROR_REJECTED if another channel of the account is there already.
 */
bool store_channel_move(struct store *store, int64_t channel_id,
        const char *room, struct error *err);
/* Erases every channel that was removed before that instant, with all that was
 * kept of it: settings, history, votes, bookmarks, drafts, covered and posted,
 * editions, occasions, outbox.  *purged is how many. */
bool store_channel_purge(struct store *store, int64_t before_ms, size_t *purged,
        struct error *err);

/* --- covered and posted --- */

/* Adds or replaces what the channel covered of (category, date). */
bool store_covered_put(struct store *store, int64_t channel_id,
        const struct covered_batch *covered, struct error *err);
/* By category, then newest date first. */
bool store_covered_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct covered_list *covered, struct error *err);
/* Keeps that a paper was posted; the first posting stands. */
bool store_posted_add(struct store *store, int64_t channel_id,
        const struct posted_paper *posted, struct error *err);
/* *posted is NULL if the paper was never posted there. */
bool store_posted_get(struct store *store, int64_t channel_id,
        const char *paper_id, struct arena *arena, struct posted_paper **posted,
        struct error *err);

/* --- editions: what was posted, to be said again --- */

/* Keeps an edition of a channel with its papers, all known; one that is kept
 * already stays, and so does a paper in the first edition of the channel that
 * had it.  News of the papers are not looked at. */
bool store_edition_put(struct store *store, const struct edition *edition,
        struct error *err);
/* With the news of its papers; *edition is NULL if there is none. */
bool store_edition_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct edition **edition,
        struct error *err);
/* Whether an edition of any channel has the paper. */
bool store_edition_holds(struct store *store, const char *paper_id, bool *holds,
        struct error *err);
/* Joins news to what is known of the paper in each edition that has it; these
 * are pending from now on.  Neither text is NULL. */
bool store_edition_change(struct store *store, const char *paper_id,
        const struct edition_news *news, struct error *err);
/* The occasions of a channel's pending editions, in the order of their keys. */
bool store_edition_pending(struct store *store, int64_t channel_id,
        struct arena *arena, struct string_list *occasions, struct error *err);
/* What was pending is seen to: notes are no news any more, the rest is what the
 * edition says from now on. */
bool store_edition_settle(struct store *store, int64_t channel_id,
        const char *occasion, struct error *err);

/* --- occasions --- */

/* Records an outcome; ERROR_REJECTED if (channel, key) has one already. */
bool store_occasion_record(struct store *store, const struct occasion *occasion,
        struct error *err);
/* A channel's occasions whose key begins with prefix, the greatest key first,
 * at most limit of them. */
bool store_occasion_list(struct store *store, int64_t channel_id,
        const char *prefix, size_t limit, struct arena *arena,
        struct occasion_list *occasions, struct error *err);

/* --- small things that must survive: validators, holds, the instance id --- */

/* The key of the store's own name, 16 hexadecimal digits drawn when it was
 * made: what tells its delivery keys from those of any other store. */
#define STORE_INSTANCE_KEY "instance"

bool store_value_put(struct store *store, const char *key, const char *value,
        struct error *err);
/* *value is NULL if the key was never put. */
bool store_value_get(struct store *store, const char *key, struct arena *arena,
        char **value, struct error *err);

bool store_count(struct store *store, struct store_counts *counts,
        struct error *err);

/*
 * Writes all there is, as it is at one instant, to a new file that only its
 * owner can read, and checks it; others may go on working meanwhile.
 * ERROR_INPUT if path exists or the store keeps nothing; no file is left on
 * failure.
 */
bool store_backup(struct store *store, const char *path, struct error *err);

#endif
