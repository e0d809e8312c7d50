/*
 * matrix_invite.h - whose invitations are followed; pure.
 *
 * invites = nobody|server|anyone is the rule, allow adds users, servers and
 * rooms to it.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_INVITE_H
#define ADAPTERS_CHANNELS_MATRIX_INVITE_H

#include <stdbool.h>

/* As setting_spec.flaw. */
const char *matrix_invite_whose_flaw(const char *value);
const char *matrix_invite_allow_flaw(const char *value);

struct matrix_invite {
    const char *room;    /* "!abc:example.org" */
    const char *inviter; /* "@ana:example.org"; "" if it was not said */
    const char *own;     /* user id of who was invited */
};

/* Whether it is followed; whose and allow are the settings' values. */
bool matrix_invite_is_allowed(const struct matrix_invite *invite,
        const char *whose, const char *allow);

/* The server of a user's or room's id, behind the first colon; "" if it has
 * none. */
const char *matrix_invite_server(const char *id);

#endif
