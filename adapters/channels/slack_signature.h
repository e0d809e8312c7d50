/*
 * slack_signature.h - whether a request comes from Slack.
 *
 * Slack signs the bytes of the body and the second at which it sent them with a
 * secret of the app: "v0=" and the HMAC-SHA256 of "v0:TIMESTAMP:BODY", in
 * hexadecimal.  https://api.slack.com/authentication/verifying-requests-from-slack
 * Pure.  A replay within the window passes: the inbox knows what it has had.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_SIGNATURE_H
#define ADAPTERS_CHANNELS_SLACK_SIGNATURE_H

#include "bot/base/arena.h"
#include "bot/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SLACK_SIGNATURE_WINDOW_S = 300, /* either way, as Slack advises */
};

/* As it came; "" for a header that did not. */
struct slack_signature {
    const char *timestamp; /* X-Slack-Request-Timestamp: seconds */
    const char *signature; /* X-Slack-Signature */
    const char *body;
    size_t body_bytes;
};

/* False and err (ERROR_REJECTED), which says what is wrong and, where it may be
 * our own side, what to look at.  Takes the same time whatever the signature
 * is. */
bool slack_signature_check(const struct slack_signature *request,
        const char *secret, int64_t now_ms, struct error *err);

/* When it says it was sent, ms since the epoch; 0 if it does not. */
int64_t slack_signature_sent_ms(const struct slack_signature *request);

/* What Slack would sign it with, in the arena. */
char *slack_signature_make(const struct slack_signature *request,
        const char *secret, struct arena *arena);

#endif
