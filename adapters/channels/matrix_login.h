/*
 * matrix_login.h - what the account is let in with, and how it is renewed.
 *
 * Either a token that the configuration gives and that nobody renews, or a user
 * with a password: then the account logs in by itself, once, as one device, and
 * keeps what it was given: a new pair of tokens is in the account's memory
 * before it is used.  Where a person has to act the login is dead: nothing more
 * is asked until the program starts anew or its configuration is read again.
 *
 * "Login", "Refreshing access tokens" and "Soft logout" of the client-server
 * API.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_LOGIN_H
#define ADAPTERS_CHANNELS_MATRIX_LOGIN_H

#include "adapters/json.h"
#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/ports/request.h"

#include <stdbool.h>
#include <stdint.h>

struct matrix;

struct matrix_login {
    struct arena arena;
    const char *token;     /* "" while there is none */
    const char *refresh;   /* what a new pair is had for; "" for none */
    const char *device_id; /* also of a login that is over; "" at first */
    int64_t renew_ms;      /* when the token should be renewed; 0: never */
    bool unkept;           /* the memory does not have this pair yet */
    struct request *http;  /* of the renewal under way */
    bool renewing;
    bool lost;         /* the homeserver does not know the token any more */
    struct error dead; /* why a person must act; ERROR_NONE while all is well */
};

/* What becomes of a question that needs a login with a password where there is
 * no memory. */
extern const struct error matrix_login_unkept;

/* A login with a token of the configuration's, or with none yet. */
void matrix_login_open(struct matrix *matrix, const char *token);
void matrix_login_close(struct matrix *matrix);

/* Whether it logs in by itself. */
bool matrix_login_by_password(const struct matrix *matrix);

/* Whether the token can be used now; if not it is to be renewed first. */
bool matrix_login_is_good(const struct matrix *matrix);

/* Begins to renew, unless that is under way; ends with matrix_ask_release. */
void matrix_login_renew(struct matrix *matrix);

/*
 * The homeserver refused this token.  True: asking again is worth it, now or
 * after a renewal.  False: there is nothing to renew it with, or it was for
 * good; the login is dead if it was the one in force.
 */
bool matrix_login_refused(struct matrix *matrix, const char *token,
        const struct json *answer);

/* Whether a text holds something of it that nobody may read. */
bool matrix_login_is_in(const struct matrix *matrix, const char *text);

#endif
