/*
 * sqlite.h - the store in one SQLite file, inside view.
 *
 * For the files store/sqlite*.c, one a subject, and for tests that must reach
 * the connection.  Everybody else opens a store by its address and sees
 * bot/ports/store.h only.
 */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "bot/ports/store.h"

#include <sqlite3.h>

struct sqlite_kept;
struct sqlite_pending;
struct sqlite_ranking;

struct sqlite_store {
    struct store store; /* first: a struct store is one of these */
    sqlite3 *db;
    const char *path;         /* as given */
    bool inside;              /* a step of a transaction is running */
    int lock;                 /* of the daemon's lock file; -1: not held */
    struct sqlite_kept *kept; /* prepared statements */
    size_t kept_count, kept_capacity;
    struct arena arena;             /* of the run: path, list of statements */
    struct sqlite_pending *pending; /* papers to be indexed at the commit */
    size_t pending_count, pending_capacity;
    struct arena pending_arena;
    /* What the rows of the answer being read are ranked by. */
    const struct sqlite_ranking *ranking;
};

static inline struct sqlite_store *sqlite_of(struct store *store)
{
    return (struct sqlite_store *)store;
}

/* What stands behind "sqlite:"; NULL with ERROR_INPUT if nothing does. */
const char *sqlite_path_of(const char *url, struct error *err);

/* Opens, and makes or migrates where needed, the database at url's path
 * ("sqlite:PATH"). */
struct store *sqlite_open(const char *url, struct error *err);

/* A store_exists_fn for "sqlite:PATH": whether there is a file. */
bool sqlite_exists(const char *url, bool *exists, struct error *err);

/*
 * A call that needs several statements: begins a transaction, or joins the one
 * that is running; *own tells which.
 */
bool sqlite_begin(struct sqlite_store *store, bool *own, struct error *err);
/* Ends it: kept if done, otherwise taken back.  Returns whether it was kept;
 * of a joined one that is for its owner to decide, and done is returned. */
bool sqlite_end(struct sqlite_store *store, bool own, bool done,
        struct error *err);

/* Finalizes every prepared statement. */
void sqlite_query_forget_all(struct sqlite_store *store);

/* sqlite_lock.c: the lock file PATH.lock. */
bool sqlite_lock_take(struct store *store, const char *owner,
        struct error *err);
bool sqlite_lock_held(const struct store *store);
void sqlite_lock_free(struct sqlite_store *store);
/* The same for a database that is not open: a file descriptor, or -1. */
int sqlite_lock_path(const char *path, const char *owner, struct error *err);
void sqlite_lock_release(int file);

/* sqlite_paper.c: papers. */
bool sqlite_paper_put(struct store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err);
bool sqlite_paper_get(struct store *store, const char *id, struct arena *arena,
        struct paper **paper, struct error *err);
/* The same as a part of a transaction; *paper is NULL if it is not known. */
bool sqlite_paper_read(struct sqlite_store *store, const char *id,
        struct arena *arena, struct paper **paper, struct error *err);
/* False with ERROR_STOP if there is no such paper: for calls of several rows,
 * which must leave nothing behind where one of them is refused. */
bool sqlite_paper_known(struct sqlite_store *store, const char *id,
        struct error *err);

/* sqlite_note.c: notes, and what was asked of writers. */
bool sqlite_note_put(struct store *store, const struct note *note,
        int64_t now_ms, struct error *err);
bool sqlite_note_list(struct store *store, const char *paper_id,
        struct arena *arena, struct note_list *notes, struct error *err);
bool sqlite_note_attempt_put(struct store *store,
        const struct note_attempt *attempt, struct error *err);
bool sqlite_note_attempt_get(struct store *store,
        const struct note_attempt *key, struct arena *arena,
        struct note_attempt **attempt, struct error *err);

/* sqlite_search.c: searching, and the index kept in step with the papers. */
/* Inside a transaction, behind the insertion of a paper. */
bool sqlite_search_added(struct sqlite_store *store, const char *id,
        struct error *err);
/* Inside a transaction, before anything of a paper or its notes changes. */
bool sqlite_search_changes(struct sqlite_store *store, const char *id,
        struct error *err);
/* Indexes what was added and changed: before the commit, or sooner. */
bool sqlite_search_settle(struct sqlite_store *store, struct error *err);
/* The transaction was taken back. */
void sqlite_search_forget(struct sqlite_store *store);
/* Indexes papers that were stored before there was an index. */
bool sqlite_search_fill(struct sqlite_store *store, struct error *err);

/* sqlite_search_find.c: finding papers. */
/* Once for each connection, before the first search. */
bool sqlite_search_find_begin(struct sqlite_store *store, struct error *err);
bool sqlite_search_find(struct store *store, const struct search_query *query,
        struct arena *arena, struct search_result *result, struct error *err);

/* sqlite_signal.c: signals. */
bool sqlite_signal_put(struct store *store, const struct signal *signal,
        bool *rose, struct error *err);
bool sqlite_signal_list(struct store *store, const char *paper_id,
        struct arena *arena, struct signal_list *signals, struct error *err);

/* sqlite_picture.c: pictures of papers. */
bool sqlite_picture_put(struct store *store, const struct picture *picture,
        struct error *err);
bool sqlite_picture_get(struct store *store, const char *paper_id,
        struct arena *arena, struct picture **picture, struct error *err);

/* sqlite_batch.c: batches and what is filed under them. */
bool sqlite_batch_put(struct store *store, const struct batch *batch,
        struct error *err);
bool sqlite_batch_list(struct store *store, const char *category, size_t limit,
        struct arena *arena, struct batch_list *batches, struct error *err);
bool sqlite_batch_paper_add(struct store *store, const char *category,
        struct civil_date date, const char *paper_id,
        enum announce_type announce, bool *added, struct error *err);
bool sqlite_batch_papers(struct store *store, const char *category,
        struct civil_date date, struct arena *arena,
        struct batch_paper_list *papers, struct error *err);
bool sqlite_batch_seen(struct store *store, const char *category,
        const char *paper_id, enum announce_type announce, bool *seen,
        struct error *err);
bool sqlite_batch_arrival(struct store *store, int64_t *arrival,
        struct error *err);

/* sqlite_channel.c: channels, what they covered and posted, occasions. */
bool sqlite_channel_put(struct store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err);
bool sqlite_channel_list(struct store *store, struct arena *arena,
        struct known_channel_list *channels, struct error *err);
bool sqlite_channel_break(struct store *store, int64_t channel_id,
        const char *why, struct error *err);
bool sqlite_channel_remove(struct store *store, int64_t channel_id,
        int64_t removed_ms, struct error *err);
bool sqlite_channel_move(struct store *store, int64_t channel_id,
        const char *room, struct error *err);
bool sqlite_channel_covered_put(struct store *store, int64_t channel_id,
        const struct covered_batch *covered, struct error *err);
bool sqlite_channel_covered_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct covered_list *covered, struct error *err);
bool sqlite_channel_posted_add(struct store *store, int64_t channel_id,
        const struct posted_paper *posted, struct error *err);
bool sqlite_channel_posted_get(struct store *store, int64_t channel_id,
        const char *paper_id, struct arena *arena, struct posted_paper **posted,
        struct error *err);
bool sqlite_channel_occasion_record(struct store *store,
        const struct occasion *occasion, struct error *err);
bool sqlite_channel_occasion_list(struct store *store, int64_t channel_id,
        const char *prefix, size_t limit, struct arena *arena,
        struct occasion_list *occasions, struct error *err);

/* sqlite_setting.c: what commands changed of channels. */
bool sqlite_setting_put(struct store *store, int64_t channel_id,
        const struct channel_setting *setting, struct error *err);
bool sqlite_setting_drop(struct store *store, int64_t channel_id,
        const char *key, bool *dropped, struct error *err);
bool sqlite_setting_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct channel_setting_list *settings,
        struct error *err);
bool sqlite_setting_revision(struct store *store, int64_t *revision,
        struct error *err);
bool sqlite_setting_change_add(struct store *store, int64_t channel_id,
        const struct channel_change *change, struct error *err);
bool sqlite_setting_change_list(struct store *store, int64_t channel_id,
        size_t limit, struct arena *arena, struct channel_change_list *changes,
        struct error *err);
/* Whoever serves channels has to look again. */
bool sqlite_setting_revise(struct sqlite_store *store, struct error *err);

/* sqlite_taste.c: what votes say of words. */
bool sqlite_taste_put(struct store *store, int64_t channel_id,
        const struct taste *changed, struct error *err);
bool sqlite_taste_get(struct store *store, int64_t channel_id,
        struct arena *arena, struct taste *taste, struct error *err);

/* sqlite_reader.c: what is kept of people. */
bool sqlite_reader_vote_put(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err);
bool sqlite_reader_vote_list(struct store *store, int64_t channel_id,
        size_t limit, struct arena *arena, struct vote_list *votes,
        struct error *err);
bool sqlite_reader_saved_put(struct store *store, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err);
bool sqlite_reader_saved_drop(struct store *store, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err);
bool sqlite_reader_saved_list(struct store *store, const char *account,
        const char *person, struct arena *arena, struct saved_list *saved,
        struct error *err);
bool sqlite_reader_saved_people(struct store *store, struct arena *arena,
        struct person_list *people, struct error *err);
bool sqlite_reader_bookmark_put(struct store *store, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms,
        struct error *err);
bool sqlite_reader_bookmark_get(struct store *store, int64_t channel_id,
        const char *person, struct arena *arena, char **text,
        struct error *err);

/* sqlite_draft.c: digests before their hour. */
bool sqlite_draft_put(struct store *store, const struct draft *draft,
        struct error *err);
bool sqlite_draft_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err);

/* sqlite_inbox.c: what waits to be heard. */
bool sqlite_inbox_add(struct store *store, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err);
bool sqlite_inbox_list(struct store *store, size_t limit, struct arena *arena,
        struct inbox_list *rows, struct error *err);
bool sqlite_inbox_drop(struct store *store, int64_t id, struct error *err);
bool sqlite_inbox_prune(struct store *store, int64_t before_ms,
        struct error *err);
/* Drops what of a person's waits.  Part of a transaction. */
bool sqlite_inbox_forget(struct sqlite_store *store, const char *account,
        const char *person, struct error *err);

/* sqlite_purge.c: what is not to be kept any longer. */
bool sqlite_purge_traces(struct store *store, const char *account,
        const char *person, struct traces *traces, struct error *err);
bool sqlite_purge_person(struct store *store, const char *account,
        const char *person, struct traces *forgotten, struct error *err);
bool sqlite_purge_channels(struct store *store, int64_t before_ms,
        size_t *purged, struct error *err);
bool sqlite_purge_old(struct store *store, const struct store_horizon *before,
        struct error *err);

/* sqlite_edition.c: editions. */
bool sqlite_edition_put(struct store *store, const struct edition *edition,
        struct error *err);
bool sqlite_edition_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct edition **edition,
        struct error *err);
bool sqlite_edition_holds(struct store *store, const char *paper_id,
        bool *holds, struct error *err);
bool sqlite_edition_change(struct store *store, const char *paper_id,
        const struct edition_news *news, struct error *err);
bool sqlite_edition_pending(struct store *store, int64_t channel_id,
        struct arena *arena, struct string_list *occasions, struct error *err);
bool sqlite_edition_settle(struct store *store, int64_t channel_id,
        const char *occasion, struct error *err);

/* sqlite_outbox.c: what is to be sent. */
bool sqlite_outbox_add(struct store *store, const struct outbox_row *row,
        int64_t *id, struct error *err);
bool sqlite_outbox_claim(struct store *store, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err);
bool sqlite_outbox_release(struct store *store, const char *owner,
        struct error *err);
bool sqlite_outbox_attempt(struct store *store, int64_t id, int64_t now_ms,
        struct error *err);
bool sqlite_outbox_settle(struct store *store, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err);
bool sqlite_outbox_retry(struct store *store, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err);
bool sqlite_outbox_end(struct store *store, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err);
bool sqlite_outbox_hasten(struct store *base, int64_t latest_ms,
        struct error *err);
bool sqlite_outbox_next_ms(struct store *store, int64_t *next_ms,
        struct error *err);
bool sqlite_outbox_list(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct outbox_list *rows,
        struct error *err);
bool sqlite_outbox_find(struct store *store, const char *account,
        const char *receipt, struct arena *arena, struct outbox_row **row,
        struct error *err);
bool sqlite_outbox_unsent(struct store *store, int64_t channel_id,
        struct arena *arena, struct outbox_list *rows, struct error *err);
/* What waits and belongs to no message of the old room goes to the new one.
 * Part of a transaction. */
bool sqlite_outbox_move(struct sqlite_store *store, int64_t channel_id,
        const char *room, struct error *err);

#endif
