/*
 * outbox.h - what is to be sent, exactly as it will be sent.
 *
 * A row is written in the transaction that decides on it and then only its
 * state changes; resending is byte for byte the same.  Rows of one (channel,
 * occasion) go in the order of their parts.
 */
#ifndef BOT_MODEL_OUTBOX_H
#define BOT_MODEL_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outbox_verb {
    OUTBOX_SEND,
    OUTBOX_EDIT,
    OUTBOX_UPLOAD, /* a picture to where the product keeps them: nobody sees it */
    OUTBOX_SHOW,   /* a message with the picture that reply_to uploaded */
};

enum outbox_state {
    OUTBOX_DUE,     /* to be sent at next_try_ms */
    OUTBOX_SENT,    /* settled: the receipt says as what */
    OUTBOX_PARKED,  /* will not be tried again by itself: see complaint */
    OUTBOX_EXPIRED, /* its time passed before it could go */
};

struct outbox_row {
    int64_t id; /* the store's, rising */
    int64_t channel_id;
    const char *account, *room; /* copied from the channel */
    const char *occasion;
    unsigned part; /* from 0 */
    /* Unique over all stores and times: what a deduplicating product is told
     * (Matrix: the transaction id).  [A-Za-z0-9._-], at most 64 bytes. */
    const char *delivery_key;
    enum outbox_verb verb;
    const char *payload; /* opaque to the core: the account's own bytes */
    size_t payload_bytes;
    int64_t reply_to;   /* id of the thread's root row, with OUTBOX_EDIT of the
                         * row whose message is changed, with OUTBOX_SHOW of the
                         * upload; 0 for none */
    const char *target; /* that row's receipt; "" if it has none */
    const char *root;   /* the receipt of the row that reply_to replies to: with
                         * OUTBOX_SHOW, of the thread's; "" if there is none.
                         * Told when rows are read, of no interest in adding */
    /* Of an answer: where it goes, as the event said it (event.h), and whom it
     * is for alone; "" for the room, for all. */
    const char *reply, *person;
    const char *paper_id; /* the one paper that the message shows; "" or NULL
                           * for none, or several */
    int64_t expires_ms;   /* 0: never */
    enum outbox_state state;
    int64_t next_try_ms;
    unsigned attempts;     /* that were begun */
    bool attempted;        /* begun and not known to have failed: uncertain */
    int64_t attempted_ms;  /* then: when it was begun last, 1 if nobody knows;
                            * else 0 */
    const char *receipt;   /* the product's id of the message; "" until sent */
    const char *complaint; /* the last failure; "" for none */
    int64_t created_ms, settled_ms;
};

struct outbox_list {
    struct outbox_row *items;
    size_t count;
};

/* One rendered message of a document. */
struct payload {
    const char *bytes;
    size_t length;
};

struct payload_list {
    struct payload *items;
    size_t count;
};

/* False of what nobody misses or sees as a message of its own: an upload, and a
 * picture that was left out. */
bool outbox_row_counts(const struct outbox_row *row);

const char *outbox_state_name(enum outbox_state state);

#endif
