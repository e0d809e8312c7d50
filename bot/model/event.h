/*
 * event.h - what people do in a channel, as an account tells of it.
 *
 * Plain data.  Events come up from an account, are kept as inbox rows and
 * worked off in the order they came (hear.h).  What an account cannot place in
 * one of these kinds it does not hand on.
 */
#ifndef BOT_MODEL_EVENT_H
#define BOT_MODEL_EVENT_H

#include <stddef.h>
#include <stdint.h>

enum event_kind {
    EVENT_COMMAND,       /* somebody wrote to the bot */
    EVENT_COMMAND_EDIT,  /* and changed it: target is the id of what was
                          * written first */
    EVENT_REACTION,      /* text is the emoji, target what it stands on */
    EVENT_REACTION_GONE, /* taken back; text and target as before */
    EVENT_INVITED,       /* the bot was asked into a room, or put there; text
                          * is what people call that, "" if nothing */
    EVENT_REMOVED,       /* and out of it */
    EVENT_MOVED,         /* the room goes on in another one: target */
    EVENT_OPENED, /* the bot itself made a room, to answer somebody alone */
    EVENT_SHARED, /* somebody wants the answer target, which only he sees, shown
                   * to all; reply says how */
};

enum {
    EVENT_TEXT_BYTES_MAX = 4096, /* an account cuts nothing: hear.h refuses */
};

struct event {
    const char *id; /* unique in its account: a second one is the same again */
    enum event_kind kind;
    const char *room;   /* native id, as in struct channel; "" where the account
                         * leads to one place */
    const char *person; /* native id */
    const char *text;   /* UTF-8, or any bytes: commands repair them */
    const char *target; /* native id; see the kinds; else "" */
    /* Where an answer goes: the account's own words, "" for the room itself
     * (Matrix: the thread's root; Slack: a response URL). */
    const char *reply;
    int64_t sent_ms; /* UTC; 0 if the product does not say */
};

/* As it waits in the store. */
struct inbox_row {
    int64_t id; /* the store's, rising */
    const char *account;
    struct event event;
    int64_t received_ms;
};

struct inbox_list {
    struct inbox_row *items;
    size_t count;
};

const char *event_kind_name(enum event_kind kind); /* "invited" */

#endif
