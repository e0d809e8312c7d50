#include "adapters/channels/slack_signature.h"

#include "bot/base/text.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

enum {
    DIGITS_MAX = 12, /* of a timestamp: until the year 33658 */
    HASH_BYTES = 32,
    SIGNATURE_BYTES = 3 + 2 * HASH_BYTES, /* "v0=" before it */
};

int64_t slack_signature_sent_ms(const struct slack_signature *request)
{
    size_t digits = strspn(request->timestamp, "0123456789");

    if (digits == 0 || digits > DIGITS_MAX ||
            request->timestamp[digits] != '\0')
        return 0;
    return INT64_C(1000) * strtoll(request->timestamp, NULL, 10);
}

char *slack_signature_make(const struct slack_signature *request,
        const char *secret, struct arena *arena)
{
    size_t head = strlen(request->timestamp) + 4;
    size_t bytes = head + request->body_bytes;
    char *message = arena_alloc(arena, bytes + 1);
    char *made = arena_alloc(arena, SIGNATURE_BYTES + 1);
    unsigned char hash[HASH_BYTES];
    unsigned length = sizeof hash;

    snprintf(message, head + 1, "v0:%s:", request->timestamp);
    if (request->body_bytes > 0)
        memcpy(message + head, request->body, request->body_bytes);
    HMAC(EVP_sha256(), secret, (int)strlen(secret),
            (const unsigned char *)message, bytes, hash, &length);
    snprintf(made, SIGNATURE_BYTES + 1, "v0=");
    for (size_t i = 0; i < sizeof hash; i++)
        snprintf(made + 3 + 2 * i, 3, "%02x", hash[i]);
    return made;
}

/* --- the time --- */

static bool check_time(const struct slack_signature *request, int64_t now_ms,
        struct error *err)
{
    int64_t sent_ms = slack_signature_sent_ms(request);
    int64_t late_s = (now_ms - sent_ms) / 1000;

    if (request->timestamp[0] == '\0')
        return error_set(err, ERROR_REJECTED,
                "it has no X-Slack-Request-Timestamp");
    if (sent_ms == 0)
        return error_set(err, ERROR_REJECTED,
                "its X-Slack-Request-Timestamp is no number of seconds");
    if (late_s > SLACK_SIGNATURE_WINDOW_S)
        return error_set(err, ERROR_REJECTED,
                "it was signed %" PRId64 " s ago, %d are allowed: a replay, "
                "or this machine's clock is wrong",
                late_s, SLACK_SIGNATURE_WINDOW_S);
    if (late_s < -SLACK_SIGNATURE_WINDOW_S)
        return error_set(err, ERROR_REJECTED,
                "it was signed %" PRId64 " s from now, %d are allowed: this "
                "machine's clock is wrong, or the sender's",
                -late_s, SLACK_SIGNATURE_WINDOW_S);
    return true;
}

/* --- the signature --- */

bool slack_signature_check(const struct slack_signature *request,
        const char *secret, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};

    if (!check_time(request, now_ms, err))
        return false;
    if (request->signature[0] == '\0')
        return error_set(err, ERROR_REJECTED, "it has no X-Slack-Signature");
    if (strlen(request->signature) != SIGNATURE_BYTES ||
            !text_starts(request->signature, "v0="))
        return error_set(err, ERROR_REJECTED,
                "its X-Slack-Signature is not \"v0=\" and %d hexadecimal "
                "digits",
                2 * HASH_BYTES);
    const char *right = slack_signature_make(request, secret, &arena);
    bool same = CRYPTO_memcmp(right, request->signature, SIGNATURE_BYTES) == 0;
    arena_finish(&arena);
    return same ||
            error_set(err, ERROR_REJECTED,
                    "its X-Slack-Signature does not fit: somebody else than "
                    "Slack sent it, or signing_secret is another app's");
}
