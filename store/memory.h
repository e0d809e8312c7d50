/*
 * memory.h - the store in this process's memory, inside view.
 *
 * The reference: the shortest true answer to each promise of bot/ports/store.h.
 * Also what runs where nothing is to be kept.  What rows point at stays in one
 * arena until the store closes, also what was replaced.
 */
#ifndef STORE_MEMORY_H
#define STORE_MEMORY_H

#include "bot/ports/store.h"
#include "store/memory_table.h"

/* --- rows; the first comment says the key --- */

struct memory_paper { /* paper.id */
    struct paper paper;
    /* row numbers, or MEMORY_TABLE_NONE */
    size_t last_filing, last_note, last_signal;
};

struct memory_note { /* note.paper_id, note.language */
    struct note note;
    size_t previous_of_paper;
};

struct memory_attempt { /* paper, version, language, writer, prompt */
    struct note_attempt attempt;
};

struct memory_signal { /* signal.paper_id, signal.kind */
    struct signal signal;
    int64_t rose;
    size_t previous_of_paper;
};

struct memory_picture { /* picture.paper_id */
    struct picture picture;
};

struct memory_arrival { /* no key: there is one row at most */
    int64_t newest;
};

struct memory_category { /* category */
    const char *category;
    size_t newest; /* of its batches */
};

struct memory_batch { /* batch.category, batch.date */
    struct batch batch;
    bool known;   /* false: papers are filed, the batch was never put */
    size_t older; /* the next of its category, or MEMORY_TABLE_NONE */
    size_t first_filing, last_filing;
};

struct memory_filing { /* batch (number in batches), paper.paper_id */
    size_t batch;
    struct batch_paper paper;
    size_t next_of_batch, previous_of_paper;
};

struct memory_channel { /* channel.account, channel.room */
    struct known_channel channel;
};

struct memory_revision { /* no key: there is one row at most */
    int64_t newest;
};

struct memory_setting { /* channel_id, setting.key */
    int64_t channel_id;
    struct channel_setting setting;
};

struct memory_channel_change { /* id: the row's number */
    int64_t id, channel_id;
    struct channel_change change;
};

struct memory_vote { /* channel_id, vote.person, vote.paper_id */
    int64_t channel_id;
    struct vote vote;
};

struct memory_taste { /* channel_id, word.word */
    int64_t channel_id;
    struct taste_word word;
};

struct memory_saved { /* account, person, saved.paper_id */
    const char *account, *person;
    struct saved_paper saved;
};

struct memory_bookmark { /* channel_id, person */
    int64_t channel_id;
    const char *person, *text;
    int64_t kept_ms;
};

struct memory_draft { /* draft.channel_id, draft.occasion */
    struct draft draft;
};

struct memory_inbox { /* row.account, row.event.id */
    struct inbox_row row;
    bool waits; /* false: it was heard, and only its key is still told */
};

struct memory_covered { /* channel_id, covered.category, covered.date */
    int64_t channel_id;
    struct covered_batch covered;
};

struct memory_posted { /* channel_id, posted.paper_id */
    int64_t channel_id;
    struct posted_paper posted;
};

struct memory_edition {     /* edition.channel_id, edition.occasion */
    struct edition edition; /* without its papers */
    bool pending;
};

struct memory_edition_paper { /* channel_id, paper.paper_id */
    int64_t channel_id;
    size_t edition, position; /* the edition's number */
    struct edition_paper paper;
};

struct memory_occasion { /* occasion.channel_id, occasion.key */
    struct occasion occasion;
};

struct memory_outbox { /* row.channel_id, row.occasion, row.part */
    struct outbox_row row;
    const char *lease_owner; /* NULL: nobody is sending it */
    int64_t lease_until_ms;
};

struct memory_value { /* key */
    const char *key, *value;
};

/* --- the store --- */

struct memory_store {
    struct store store; /* first: a struct store is one of these */
    struct arena arena; /* of the run */
    struct memory_journal journal;
    bool locked;
    struct memory_table papers, notes, attempts, signals, pictures, arrivals,
            categories, batches, filings, channels, revisions, settings,
            changes, votes, tastes, saved, bookmarks, drafts, inbox, covered,
            posted, editions, edition_papers, occasions, outbox, values;
    size_t outbox_sent; /* so many rows of outbox, the first, are sent or gone */
};

static inline struct memory_store *memory_of(struct store *store)
{
    return (struct memory_store *)store;
}

/* Opens an empty store; url is "memory:". */
struct store *memory_open(const char *url, struct error *err);

/* memory_key.c: sets up each table with the key of its rows. */
void memory_key_tables(struct memory_store *store);

/* memory_paper.c: papers. */
bool memory_paper_put(struct store *store, const struct paper *paper,
        int64_t now_ms, enum store_change *change, struct error *err);
bool memory_paper_get(struct store *store, const char *id, struct arena *arena,
        struct paper **paper, struct error *err);
/* The paper's number in papers; MEMORY_TABLE_NONE if it is not known. */
size_t memory_paper_find(const struct memory_store *store, const char *id);

/* memory_note.c: notes, and what was asked of writers. */
bool memory_note_put(struct store *store, const struct note *note,
        int64_t now_ms, struct error *err);
bool memory_note_list(struct store *store, const char *paper_id,
        struct arena *arena, struct note_list *notes, struct error *err);
bool memory_note_attempt_put(struct store *store,
        const struct note_attempt *attempt, struct error *err);
bool memory_note_attempt_get(struct store *store,
        const struct note_attempt *key, struct arena *arena,
        struct note_attempt **attempt, struct error *err);

/* memory_search.c: searching, by looking at every paper. */
bool memory_search(struct store *store, const struct search_query *query,
        struct arena *arena, struct search_result *result, struct error *err);

/* memory_signal.c: signals and the number of arrivals and rises. */
bool memory_signal_put(struct store *store, const struct signal *signal,
        bool *rose, struct error *err);
bool memory_signal_list(struct store *store, const char *paper_id,
        struct arena *arena, struct signal_list *signals, struct error *err);
/* When a signal of the paper rose last; 0: never. */
int64_t memory_signal_rose(const struct memory_store *store, size_t paper);
/* The newest arrival number given out, and the next, which is then taken. */
int64_t memory_signal_arrival(const struct memory_store *store);
int64_t memory_signal_next_arrival(struct memory_store *store);

/* memory_picture.c: pictures of papers. */
bool memory_picture_put(struct store *store, const struct picture *picture,
        struct error *err);
bool memory_picture_get(struct store *store, const char *paper_id,
        struct arena *arena, struct picture **picture, struct error *err);

/* memory_batch.c: batches and what is filed under them. */
bool memory_batch_put(struct store *store, const struct batch *batch,
        struct error *err);
bool memory_batch_list(struct store *store, const char *category, size_t limit,
        struct arena *arena, struct batch_list *batches, struct error *err);
bool memory_batch_paper_add(struct store *store, const char *category,
        struct civil_date date, const char *paper_id,
        enum announce_type announce, bool *added, struct error *err);
bool memory_batch_papers(struct store *store, const char *category,
        struct civil_date date, struct arena *arena,
        struct batch_paper_list *papers, struct error *err);
bool memory_batch_seen(struct store *store, const char *category,
        const char *paper_id, enum announce_type announce, bool *seen,
        struct error *err);
bool memory_batch_arrival(struct store *store, int64_t *arrival,
        struct error *err);

/* memory_channel.c: channels, what they covered and posted, occasions. */
bool memory_channel_put(struct store *store, const char *account,
        const char *room, const char *label, int64_t now_ms, int64_t *id,
        struct error *err);
bool memory_channel_list(struct store *store, struct arena *arena,
        struct known_channel_list *channels, struct error *err);
bool memory_channel_break(struct store *store, int64_t channel_id,
        const char *why, struct error *err);
bool memory_channel_remove(struct store *store, int64_t channel_id,
        int64_t removed_ms, struct error *err);
bool memory_channel_move(struct store *store, int64_t channel_id,
        const char *room, struct error *err);
bool memory_channel_covered_put(struct store *store, int64_t channel_id,
        const struct covered_batch *covered, struct error *err);
bool memory_channel_covered_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct covered_list *covered, struct error *err);
bool memory_channel_posted_add(struct store *store, int64_t channel_id,
        const struct posted_paper *posted, struct error *err);
bool memory_channel_posted_get(struct store *store, int64_t channel_id,
        const char *paper_id, struct arena *arena, struct posted_paper **posted,
        struct error *err);
bool memory_channel_occasion_record(struct store *store,
        const struct occasion *occasion, struct error *err);
bool memory_channel_occasion_list(struct store *store, int64_t channel_id,
        const char *prefix, size_t limit, struct arena *arena,
        struct occasion_list *occasions, struct error *err);
/* False with ERROR_STOP if there is no such channel. */
bool memory_channel_known(const struct memory_store *store, int64_t channel_id,
        struct error *err);

/* memory_setting.c: what commands changed of channels. */
bool memory_setting_put(struct store *store, int64_t channel_id,
        const struct channel_setting *setting, struct error *err);
bool memory_setting_drop(struct store *store, int64_t channel_id,
        const char *key, bool *dropped, struct error *err);
bool memory_setting_list(struct store *store, int64_t channel_id,
        struct arena *arena, struct channel_setting_list *settings,
        struct error *err);
bool memory_setting_revision(struct store *store, int64_t *revision,
        struct error *err);
bool memory_setting_change_add(struct store *store, int64_t channel_id,
        const struct channel_change *change, struct error *err);
bool memory_setting_change_list(struct store *store, int64_t channel_id,
        size_t limit, struct arena *arena, struct channel_change_list *changes,
        struct error *err);
/* Whoever serves channels has to look again. */
void memory_setting_revise(struct memory_store *store);

/* memory_taste.c: what votes say of words. */
bool memory_taste_put(struct store *store, int64_t channel_id,
        const struct taste *changed, struct error *err);
bool memory_taste_get(struct store *store, int64_t channel_id,
        struct arena *arena, struct taste *taste, struct error *err);

/* memory_reader.c: what is kept of people. */
bool memory_reader_vote_put(struct store *store, int64_t channel_id,
        const struct vote *vote, int *before, struct error *err);
bool memory_reader_vote_list(struct store *store, int64_t channel_id,
        size_t limit, struct arena *arena, struct vote_list *votes,
        struct error *err);
bool memory_reader_saved_put(struct store *store, const char *account,
        const char *person, const struct saved_paper *saved, bool *added,
        struct error *err);
bool memory_reader_saved_drop(struct store *store, const char *account,
        const char *person, const char *paper_id, bool *dropped,
        struct error *err);
bool memory_reader_saved_list(struct store *store, const char *account,
        const char *person, struct arena *arena, struct saved_list *saved,
        struct error *err);
bool memory_reader_saved_people(struct store *store, struct arena *arena,
        struct person_list *people, struct error *err);
bool memory_reader_bookmark_put(struct store *store, int64_t channel_id,
        const char *person, const char *text, int64_t now_ms,
        struct error *err);
bool memory_reader_bookmark_get(struct store *store, int64_t channel_id,
        const char *person, struct arena *arena, char **text,
        struct error *err);

/* memory_forget.c: erasing a person. */
bool memory_forget_traces(struct store *store, const char *account,
        const char *person, struct traces *traces, struct error *err);
bool memory_forget_person(struct store *store, const char *account,
        const char *person, struct traces *forgotten, struct error *err);

/* memory_draft.c: digests before their hour. */
bool memory_draft_put(struct store *store, const struct draft *draft,
        struct error *err);
bool memory_draft_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct draft **draft,
        struct error *err);
/* Whether the person changed a draft. */
bool memory_draft_names(const struct draft *draft, const char *person);
/* The person is no curator of any draft of the channel. */
void memory_draft_forget(struct memory_store *store, int64_t channel_id,
        const char *person);

/* memory_inbox.c: what waits to be heard. */
bool memory_inbox_add(struct store *store, const char *account,
        const struct event *event, int64_t now_ms, bool *added,
        struct error *err);
bool memory_inbox_list(struct store *store, size_t limit, struct arena *arena,
        struct inbox_list *rows, struct error *err);
bool memory_inbox_drop(struct store *store, int64_t id, struct error *err);
bool memory_inbox_prune(struct store *store, int64_t before_ms,
        struct error *err);
/* How many of a person's events wait, and dropping them. */
size_t memory_inbox_of(const struct memory_store *store, const char *account,
        const char *person);
void memory_inbox_forget(struct memory_store *store, const char *account,
        const char *person);

/* memory_purge.c: what is too old to be kept. */
bool memory_purge_channels(struct store *store, int64_t before_ms,
        size_t *purged, struct error *err);
bool memory_purge_old(struct store *store, const struct store_horizon *before,
        struct error *err);

/* memory_edition.c: editions. */
bool memory_edition_put(struct store *store, const struct edition *edition,
        struct error *err);
bool memory_edition_get(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct edition **edition,
        struct error *err);
bool memory_edition_holds(struct store *store, const char *paper_id,
        bool *holds, struct error *err);
bool memory_edition_change(struct store *store, const char *paper_id,
        const struct edition_news *news, struct error *err);
bool memory_edition_pending(struct store *store, int64_t channel_id,
        struct arena *arena, struct string_list *occasions, struct error *err);
bool memory_edition_settle(struct store *store, int64_t channel_id,
        const char *occasion, struct error *err);

/* memory_outbox.c: what is to be sent. */
bool memory_outbox_add(struct store *store, const struct outbox_row *row,
        int64_t *id, struct error *err);
bool memory_outbox_claim(struct store *store, const char *owner, int64_t now_ms,
        int64_t lease_until_ms, size_t limit, struct arena *arena,
        struct outbox_list *rows, struct error *err);
bool memory_outbox_release(struct store *store, const char *owner,
        struct error *err);
bool memory_outbox_attempt(struct store *store, int64_t id, int64_t now_ms,
        struct error *err);
bool memory_outbox_settle(struct store *store, int64_t id, const char *receipt,
        int64_t now_ms, struct error *err);
bool memory_outbox_retry(struct store *store, int64_t id, int64_t next_try_ms,
        const char *complaint, bool attempted, struct error *err);
bool memory_outbox_end(struct store *store, int64_t id, enum outbox_state state,
        const char *complaint, int64_t now_ms, struct error *err);
bool memory_outbox_hasten(struct store *base, int64_t latest_ms,
        struct error *err);
bool memory_outbox_next_ms(struct store *store, int64_t *next_ms,
        struct error *err);
bool memory_outbox_list(struct store *store, int64_t channel_id,
        const char *occasion, struct arena *arena, struct outbox_list *rows,
        struct error *err);
bool memory_outbox_find(struct store *store, const char *account,
        const char *receipt, struct arena *arena, struct outbox_row **row,
        struct error *err);
bool memory_outbox_unsent(struct store *store, int64_t channel_id,
        struct arena *arena, struct outbox_list *rows, struct error *err);
/* What waits and belongs to no message of the old room goes to the new one,
 * whose name stays valid. */
void memory_outbox_move(struct memory_store *store, int64_t channel_id,
        const char *room);
/* Erases the rows whose numbers are marked; others that refer to one of them
 * refer to none then. */
void memory_outbox_erase(struct memory_store *store, const bool *gone);

#endif
