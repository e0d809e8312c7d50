/*
 * What a homeserver's answer means for us.
 *
 * "Standard error response" of the client-server API: the code decides, the
 * status only where there is none that we know.
 */
#include "adapters/channels/matrix.h"

#include "bot/base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    WORDS_MAX_BYTES = 160,               /* of the server's own, shown */
    WAIT_MAX_MS = 10 * 24 * 3600 * 1000, /* as http does it */
};

static const struct verdict {
    const char *errcode;
    enum error_kind kind;
    const char *plainly;
} verdicts[] = {
        {"M_LIMIT_EXCEEDED", ERROR_RETRY, "too many requests at once"},
        {"M_UNKNOWN_TOKEN", ERROR_STOP,
                "the access token is not valid (any more): log in again and "
                "set token"},
        {"M_MISSING_TOKEN", ERROR_STOP,
                "the access token did not arrive: a proxy in between may drop "
                "it"},
        {"M_USER_DEACTIVATED", ERROR_STOP, "the bot's user was deactivated"},
        {"M_USER_LOCKED", ERROR_STOP, "the bot's user was locked"},
        {"M_USER_SUSPENDED", ERROR_STOP, "the bot's user was suspended"},
        {"M_CONSENT_NOT_GIVEN", ERROR_STOP,
                "the homeserver's terms wait to be accepted: log in as the bot "
                "and accept them"},
        {"M_RESOURCE_LIMIT_EXCEEDED", ERROR_STOP,
                "the homeserver has reached a limit that its administrator "
                "must raise"},
        {"M_FORBIDDEN", ERROR_STOP, "forbidden"},
        {"M_GUEST_ACCESS_FORBIDDEN", ERROR_STOP,
                "guests are not let in: a registered user is needed"},
        {"M_NOT_FOUND", ERROR_STOP, "not known to the homeserver"},
        {"M_UNRECOGNIZED", ERROR_STOP,
                "the homeserver does not know this request"},
        {"M_UNSUPPORTED_ROOM_VERSION", ERROR_STOP,
                "the homeserver cannot take part in this version of room"},
        {"M_INCOMPATIBLE_ROOM_VERSION", ERROR_STOP,
                "the homeserver cannot take part in this version of room"},
        {"M_TOO_LARGE", ERROR_REJECTED, "the message is too large"},
        {"M_BAD_JSON", ERROR_REJECTED, "the message is not as it should be"},
        {"M_NOT_JSON", ERROR_REJECTED, "the message is not JSON"},
        {"M_INVALID_PARAM", ERROR_REJECTED, "something asked for is invalid"},
        {"M_MISSING_PARAM", ERROR_REJECTED, "something needed is missing"},
};

static const struct verdict *verdict_of(const char *errcode)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++)
        if (text_same(verdicts[i].errcode, errcode))
            return &verdicts[i];
    return NULL;
}

/* The server's own words, made fit for a line; none if they hold a secret of ours. */
static const char *own_words(const struct matrix *matrix, struct arena *arena,
        const struct json *json)
{
    const char *words;

    if (!json_text_or(json, json->root, "error", "", &words, NULL) ||
            matrix_login_is_in(matrix, words))
        return "";
    words = text_one_line(arena, words);
    return arena_string_n(arena, words,
            text_prefix_bytes(words, WORDS_MAX_BYTES));
}

static int64_t wait_of(const struct http_answer *answer,
        const struct json *json)
{
    int64_t wait_ms = 0;

    if (answer->retry_after_ms > 0)
        return answer->retry_after_ms;
    if (!json_integer_or(json, json->root, "retry_after_ms", 0, &wait_ms, NULL))
        return 0;
    if (wait_ms < 0)
        return 0;
    return wait_ms < WAIT_MAX_MS ? wait_ms : WAIT_MAX_MS;
}

/* A code that is none is left out, as if it had not come. */
static void read_errcode(const struct json *json, struct matrix_reply *reply)
{
    const char *code;

    if (!json_text_or(json, json->root, "errcode", "", &code, NULL) ||
            strlen(code) >= sizeof reply->errcode ||
            strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_.0123456789") !=
                    strlen(code))
        return;
    snprintf(reply->errcode, sizeof reply->errcode, "%s", code);
}

/* Whatever the code, a 5xx may pass; a redirect of the API itself is a wrong
 * address. */
static void refuse_by_status(const struct http_answer *answer,
        struct error *err)
{
    struct http_answer bare = *answer;

    bare.content_type = "";
    http_status_error(&bare, err);
    if (answer->status < 300)
        err->kind = ERROR_RETRY;
    else if (answer->status < 400)
        error_set(err, ERROR_STOP,
                "the homeserver's address leads elsewhere (HTTP %d): set "
                "homeserver to where it leads",
                answer->status);
}

static bool refuse(const struct matrix *matrix,
        const struct http_answer *answer, struct matrix_reply *reply,
        struct error *err)
{
    struct arena arena = {0};
    struct json json = {0};

    if (json_parse(&json, answer->body, answer->body_bytes,
                MATRIX_SYNC_MAX_BYTES, NULL)) {
        read_errcode(&json, reply);
        json_truth_or(&json, json.root, "soft_logout", false,
                &reply->soft_logout, NULL);
    }
    const struct verdict *verdict =
            answer->status < 500 ? verdict_of(reply->errcode) : NULL;
    const char *words = own_words(matrix, &arena, &json);
    const char *gap = words[0] != '\0' ? ": " : "";

    if (verdict != NULL) {
        error_set(err, verdict->kind, "%s (%s%s%s)", verdict->plainly,
                verdict->errcode, gap, words);
    } else {
        refuse_by_status(answer, err);
        if (reply->errcode[0] != '\0')
            error_wrap(err, "%s%s%s", reply->errcode, gap, words);
    }
    if (err->kind == ERROR_RETRY)
        err->retry_after_ms = wait_of(answer, &json);
    json_close(&json);
    arena_finish(&arena);
    return false;
}

bool matrix_reply_read(const struct matrix *matrix,
        const struct http_answer *answer, const struct error *failure,
        struct matrix_reply *reply, struct error *err)
{
    *reply = (struct matrix_reply){.maybe_done = answer->maybe_taken};
    if (failure != NULL) {
        *err = *failure;
        /* Too much of an answer is the homeserver's fault and may pass. */
        if (err->kind == ERROR_INPUT)
            err->kind = answer->status != 0 ? ERROR_RETRY : ERROR_STOP;
        return false;
    }
    reply->maybe_done = answer->status < 300 || answer->status >= 500;
    if (answer->status < 200 || answer->status > 299)
        return refuse(matrix, answer, reply, err);
    if (json_parse(&reply->json, answer->body, answer->body_bytes,
                MATRIX_SYNC_MAX_BYTES, err))
        return true;
    err->kind = ERROR_RETRY;
    return error_wrap(err, "the homeserver's answer");
}

bool matrix_reply_id(const struct matrix_reply *reply, const char *key,
        char sigil, const char **value, struct error *err)
{
    const struct json *json = &reply->json;
    const char *id;

    if (!json_text(json, json->root, key, &id, err)) {
        err->kind = ERROR_RETRY;
        return error_wrap(err, "the homeserver's answer");
    }
    if (id[0] != sigil || strlen(id) > MATRIX_ID_MAX_BYTES)
        return error_set(err, ERROR_RETRY,
                "the homeserver's answer: %s is no identifier that begins with "
                "%c",
                key, sigil);
    *value = id;
    return true;
}
