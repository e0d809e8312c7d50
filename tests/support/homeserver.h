/*
 * homeserver.h - a Matrix account, its scripted homeserver and what it hears.
 *
 * Every test's token, password and refresh token holds the word "secret", which
 * is looked for where it must not be when the homeserver is closed.
 */
#ifndef TESTS_SUPPORT_HOMESERVER_H
#define TESTS_SUPPORT_HOMESERVER_H

#include "adapters/transport.h"
#include "bot/ports/account.h"
#include "tests/support/http_server.h"
#include "tests/support/passing.h"
#include "tests/support/remembered.h"
#include "tests/support/sent.h"

#define HOMESERVER_V3 "/_matrix/client/v3"
#define HOMESERVER_BOT "@bot:example.org"

/* One event as the ears had it. */
struct homeserver_heard {
    struct event event; /* strings in the arena */
    unsigned batch;     /* from 1: which call brought it */
};

struct homeserver {
    struct transport *transport;
    struct passing passing; /* the account's clock, and the loop's timers */
    struct http_server *server;
    struct remembered remembered;
    struct account *account;

    struct arena arena;
    struct homeserver_heard heard[64];
    size_t heard_count;
    unsigned batches;       /* that the ears were handed */
    unsigned deaf;          /* so many times they say false */
    bool quiet;             /* they take, and remember nothing */
    const char *checkpoint; /* the last that they took; "" for none */
};

/* No account yet; versions are answered for ever. */
void homeserver_open(struct homeserver *home);
void homeserver_close(struct homeserver *home);

/* Opens the account; settings are KEY, VALUE, ..., NULL besides homeserver and
 * what the account's memory is.  An account that is open is closed first. */
void homeserver_account(struct homeserver *home, const char *const *settings);
/* With a token, and a whoami that knows it. */
void homeserver_token_account(struct homeserver *home);

/* The same after a restart: another account with the same memory. */
void homeserver_open_again(struct homeserver *home);

void homeserver_answer(struct homeserver *home, const char *method,
        const char *path, unsigned times, int status, const char *body);

/* Lets so much time pass, in none: what is due by then has happened. */
void homeserver_pass(struct homeserver *home, int64_t duration_ms);

/* Sends a row to a room and waits. */
struct sent homeserver_send(struct homeserver *home, const char *room,
        const char *key);
struct sent homeserver_verify(struct homeserver *home);

/* Begins to listen with the ears of this homeserver. */
void homeserver_listen(struct homeserver *home, const char *checkpoint);
/* Lets time pass until so many events were heard, or batches handed, or
 * requests with that path came; the test program ends if they do not. */
void homeserver_wait_heard(struct homeserver *home, size_t count);
void homeserver_wait_batches(struct homeserver *home, unsigned count);
void homeserver_wait_asked(struct homeserver *home, const char *method,
        const char *path, size_t count);

/* How many requests had that method and a target that begins so. */
size_t homeserver_asked(const struct homeserver *home, const char *method,
        const char *path);
/* The n-th of them, from 0; ends the test program if there are fewer. */
size_t homeserver_index(const struct homeserver *home, const char *method,
        const char *path, size_t n);

#endif
