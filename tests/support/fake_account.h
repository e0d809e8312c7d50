/*
 * fake_account.h - an account that records and can be told to fail, and where
 * people write.
 *
 * Nothing is answered before fake_account_answer: as with a real account, done
 * never runs inside the call.  The product behind it outlives fake_account_drop,
 * which is what a crash of the bot looks like from there.
 */
#ifndef TESTS_SUPPORT_FAKE_ACCOUNT_H
#define TESTS_SUPPORT_FAKE_ACCOUNT_H

#include "bot/base/arena.h"
#include "bot/base/clock.h"
#include "bot/ports/account.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FAKE_ACCOUNT_PENDING_MAX = 512,
    FAKE_ACCOUNT_ASKING_MAX = 16,
};

/* A message as the product shows it. */
struct fake_message {
    const char *room, *occasion, *delivery_key, *payload;
    const char *reply, *person, *paper_id; /* as in the outbox */
    unsigned part;
    int64_t channel_id, shown_ms;
    const char *edits; /* the receipt of the message it changes; "" for none */
    enum outbox_verb verb;
    const char *target, *root; /* as in the outbox */
};

struct fake_pending {
    struct request request;
    struct fake_account *account;
    bool used;
    struct fake_message message;
    account_sent_fn *done;
    void *cookie;
};

/* A room that is being left. */
struct fake_leaving {
    struct request request;
    bool used;
    const char *room;
    account_verified_fn *done;
    void *cookie;
};

/* A permission that is asked for. */
struct fake_asking {
    struct request request;
    struct fake_account *account;
    bool used;
    const char *person;
    account_permission_fn *done;
    void *cookie;
};

struct fake_account {
    struct account account; /* first: the port's view of it */
    struct account_ops ops;
    const struct clock *clock;
    struct arena arena;

    struct fake_message *shown; /* what readers see, in order */
    size_t shown_count, shown_capacity;
    size_t asked;   /* sends begun */
    size_t edits;   /* messages changed in their place */
    size_t uploads; /* pictures taken, which nobody sees */
    size_t repeats; /* deliveries that the product recognised */
    int64_t last_asked_ms, least_gap_ms; /* between two sends; INT64_MAX */

    /* How it behaves. */
    size_t entries_a_part;      /* 0: the whole document in one payload */
    const char *render_failure; /* not NULL: rendering fails so */
    size_t fail_next;           /* so many answers from now on are failures, */
    const char *fail_room;      /* only in that room, unless NULL */
    int fail_part;              /* only of that part, unless -1 */
    int fail_verb;              /* only of that verb, unless -1 */
    enum error_kind fail_kind;
    int64_t fail_wait_ms;
    bool fail_room_waits; /* and nothing else has to */
    /* A bucket of so many messages, with one more each fill_ms; 0: there is no
     * limit.  Who comes too early is told when there will be one. */
    int64_t bucket_burst, bucket_fill_ms;
    int64_t bucket_full_ms; /* when it will be full again */
    size_t refused_sends;   /* that came too early */
    bool hang;              /* answers nothing for now */
    size_t lose_next;       /* so many are shown, but the answer is lost */
    const char *manager;    /* whom the product knows to be in charge; NULL */
    bool permission_hangs;  /* and is not answered for now */
    bool permission_fails;  /* it cannot be found out */
    size_t permissions;     /* asked for */

    const char *left;      /* the room that was left last; "" */
    size_t leaves;         /* asked for */
    size_t leave_failures; /* so many of them fail from now on */

    struct fake_leaving leaving;
    struct fake_pending pending[FAKE_ACCOUNT_PENDING_MAX];
    struct fake_asking asking[FAKE_ACCOUNT_ASKING_MAX];

    /* What happened there, in order; a checkpoint is how much was taken. */
    struct event *events;
    size_t event_count, event_capacity, taken;
    const struct account_ears *ears; /* NULL: nobody listens */
    size_t refused;                  /* events that were not taken at once */
};

/* Opens it in the caller's storage; name and clock are borrowed. */
void fake_account_init(struct fake_account *fake, const char *name,
        const struct clock *clock);
void fake_account_finish(struct fake_account *fake);

/* Something happens there; copied.  It is handed on at once if somebody listens,
 * else when somebody does. */
void fake_account_happen(struct fake_account *fake, const struct event *event);

/* Answers all that was asked; true if there was anything. */
bool fake_account_answer(struct fake_account *fake);

/* The bot dies: what was asked is taken by the product (or not), and nobody
 * hears of it. */
void fake_account_drop(struct fake_account *fake, bool taken);

/* How often the word is in what a room's readers see (room NULL: anywhere). */
size_t fake_account_count(const struct fake_account *fake, const char *room,
        const char *word);

#endif
