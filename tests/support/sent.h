/*
 * sent.h - remembers how a send, verify or other call of an account ended, and how often.
 */
#ifndef TESTS_SUPPORT_SENT_H
#define TESTS_SUPPORT_SENT_H

#include "adapters/loop.h"
#include "bot/ports/account.h"

#include <stdbool.h>

struct sent {
    bool over;
    unsigned times; /* that done ran */
    bool returned;  /* the call has returned */
    bool early;     /* done ran before that */
    char id[256];
    bool maybe_taken, room_waits, failed;
    bool allowed;     /* of a permission */
    struct error err; /* kind is ERROR_NONE unless failed */
};

struct request *sent_begin(struct sent *sent, struct account *account,
        const struct outbox_row *row);
struct request *sent_begin_verify(struct sent *sent, struct account *account);

struct request *sent_begin_leave(struct sent *sent, struct account *account,
        const char *room);
struct request *sent_begin_permission(struct sent *sent,
        struct account *account, const struct channel *channel,
        const char *person);

/* The same, and turns the loop until it has ended: once, and not early, or the
 * test program ends. */
void sent_wait(struct sent *sent, struct loop *loop);

/* A row as the outbox would hold it; strings are borrowed. */
struct outbox_row sent_row(const char *room, const char *delivery_key,
        const char *payload);

#endif
