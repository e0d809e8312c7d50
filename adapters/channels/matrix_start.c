/*
 * Where the homeserver is, whether it speaks our version, who we are.
 *
 * "Server discovery" of the client-server API, but without a person to ask:
 * where that says to prompt, the start fails.
 */
#include "adapters/channels/matrix.h"

#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

static void fail(struct matrix *matrix, struct error *err, const char *what)
{
    /* Nothing of this is about a message. */
    if (err->kind == ERROR_INPUT)
        err->kind = ERROR_RETRY;
    else if (err->kind == ERROR_REJECTED)
        err->kind = ERROR_STOP;
    if (!text_starts(err->text, "matrix: "))
        error_wrap(err, "matrix: %s", what);
    matrix_release(matrix, err);
}

static void ask(struct matrix *matrix, const char *url, bool anonymous,
        http_done_fn *done)
{
    const struct matrix_question question = {.method = "GET",
            .url = url,
            .anonymous = anonymous};

    matrix->starting = matrix_ask(matrix, &question, done, matrix);
}

/* --- who we are --- */

/* Whether that is who we should be: an id, or its local part. */
static bool may_be(const char *user, const char *user_id)
{
    size_t length = strlen(user);

    if (user[0] == '\0' || user[0] == '@')
        return user[0] == '\0' || text_same(user, user_id);
    return strncmp(user, user_id + 1, length) == 0 &&
            user_id[1 + length] == ':';
}

static bool learn_identity(struct matrix *matrix,
        const struct matrix_reply *reply, struct error *err)
{
    const char *user_id, *device_id;

    if (!matrix_reply_id(reply, "user_id", '@', &user_id, err) ||
            !json_text_or(&reply->json, reply->json.root, "device_id", "",
                    &device_id, err))
        return false;
    if (!may_be(matrix->user, user_id))
        return error_set(err, ERROR_STOP,
                "the login is %s's, not %s's: set user or token right", user_id,
                matrix->user);
    matrix->next.user_id = arena_string(&matrix->next.arena, user_id);
    matrix->next.device_id = arena_string(&matrix->next.arena, device_id);
    matrix->next.who = arena_format(&matrix->next.arena, "%s%s%s", user_id,
            device_id[0] != '\0' ? ", device " : "",
            text_one_line(&matrix->next.arena, device_id));
    return true;
}

static void on_whoami(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    matrix->starting = NULL;
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            learn_identity(matrix, &reply, &err);
    json_close(&reply.json);
    if (!ok) {
        fail(matrix, &err, "asking who the token is");
        return;
    }
    arena_finish(&matrix->session.arena);
    matrix->session = matrix->next;
    matrix->next = (struct matrix_session){.who = ""};
    matrix->ready = true;
    log_info("matrix account ready", log_text("account", matrix->account.name),
            log_text("user", matrix->session.user_id),
            log_text("homeserver", matrix->session.base));
    matrix_release(matrix, NULL);
}

/* --- whether we could log in --- */

static bool takes_passwords(const struct matrix_reply *reply, struct error *err)
{
    const struct json *json = &reply->json;
    const cJSON *flows, *flow;
    const char *type;

    if (!json_array(json, json->root, "flows", &flows, err))
        return false;
    cJSON_ArrayForEach(flow, flows)
    {
        if (!json_text(json, flow, "type", &type, err))
            return false;
        if (text_same(type, "m.login.password"))
            return true;
    }
    return error_set(err, ERROR_STOP,
            "nobody may log in with a password there: set a token instead");
}

/* Without a memory nobody logs in: that would leave a device behind. */
static void on_flows(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    matrix->starting = NULL;
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            takes_passwords(&reply, &err);
    json_close(&reply.json);
    if (ok)
        matrix_release(matrix, NULL);
    else
        fail(matrix, &err, "asking how to log in");
}

/* --- what it speaks --- */

/* The paths with /v3/ came with v1.1; before that versions were r0.N. */
static bool speaks_ours(const struct matrix_reply *reply, struct error *err)
{
    const struct json *json = &reply->json;
    const cJSON *versions, *item;
    const char *version;

    if (!json_array(json, json->root, "versions", &versions, err))
        return false;
    cJSON_ArrayForEach(item, versions)
    {
        if (!json_item_text(json, item, &version, err))
            return false;
        if (text_starts(version, "v1."))
            return true;
    }
    return error_set(err, ERROR_STOP,
            "it speaks no version v1.x: a homeserver of 2021 or later is "
            "needed");
}

static void on_versions(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    matrix->starting = NULL;
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            speaks_ours(&reply, &err);
    json_close(&reply.json);
    if (!ok) {
        if (err.kind == ERROR_STOP)
            error_wrap(&err,
                    "no usable homeserver at %s, set homeserver to its "
                    "address",
                    matrix->next.base);
        fail(matrix, &err, "asking for versions");
        return;
    }
    if (matrix_login_by_password(matrix) && matrix->memory == NULL)
        ask(matrix,
                arena_format(&matrix->next.arena, "%s" MATRIX_V3 "login",
                        matrix->next.base),
                true, on_flows);
    else
        ask(matrix,
                arena_format(&matrix->next.arena,
                        "%s" MATRIX_V3 "account/whoami", matrix->next.base),
                false, on_whoami);
}

static void ask_versions(struct matrix *matrix)
{
    ask(matrix,
            arena_format(&matrix->next.arena, "%s/_matrix/client/versions",
                    matrix->next.base),
            true, on_versions);
}

/* --- where it is --- */

/* The token will go there: not in clear over the network, and not to this
 * machine because a stranger said so. */
static bool may_be_base(struct matrix *matrix, const char *url)
{
    struct http_url from = {0}, to = {0};

    return http_url_parse(matrix->homeserver, &matrix->next.arena, &from) &&
            http_url_parse(url, &matrix->next.arena, &to) &&
            (to.loopback ? from.loopback : to.secure);
}

static bool learn_base(struct matrix *matrix, const struct matrix_reply *reply,
        struct error *err)
{
    const struct json *json = &reply->json;
    const cJSON *homeserver;
    const char *url;

    if (!json_object_or_none(json, json->root, "m.homeserver", &homeserver,
                err))
        return false;
    if (homeserver == NULL) /* the address stands as configured */
        return true;
    if (!json_text(json, homeserver, "base_url", &url, err))
        return false;
    if (!may_be_base(matrix, url))
        return error_set(err, ERROR_STOP,
                "m.homeserver.base_url leads where it must not: an https:// "
                "address is needed");
    char *base = arena_string(&matrix->next.arena, url);
    for (size_t length = strlen(base); length > 0 && base[length - 1] == '/';)
        base[--length] = '\0';
    matrix->next.base = base;
    return true;
}

/* Many a web server answers every path with a page of its own or refuses it.
 * The operator has named an address, so that is no reason not to use it. */
static bool says_nothing(const struct http_answer *answer)
{
    int status = answer->status;

    if (status >= 400 && status < 500)
        return status != 408 && status != 429;
    return status == 200 &&
            answer->body[strspn(answer->body, " \t\r\n")] != '{';
}

static void on_discovery(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_reply reply = {0};
    struct error err = {0};

    matrix->starting = NULL;
    if (failure == NULL && says_nothing(answer)) {
        ask_versions(matrix);
        return;
    }
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err) &&
            learn_base(matrix, &reply, &err);
    json_close(&reply.json);
    if (!ok) {
        fail(matrix, &err, "reading /.well-known/matrix/client");
        return;
    }
    ask_versions(matrix);
}

/* The origin: scheme, host and port, without a path. */
static char *discovery_url(struct matrix *matrix)
{
    const char *host = strstr(matrix->homeserver, "://") + 3;
    size_t length = (size_t)(host - matrix->homeserver) + strcspn(host, "/");

    return arena_format(&matrix->next.arena, "%.*s/.well-known/matrix/client",
            (int)length, matrix->homeserver);
}

void matrix_start(struct matrix *matrix)
{
    if (matrix->starting != NULL)
        return;
    arena_finish(&matrix->next.arena);
    matrix->next =
            (struct matrix_session){.base = matrix->homeserver, .who = ""};
    if (matrix->login.dead.kind != ERROR_NONE)
        ask(matrix, matrix->homeserver, false, on_whoami); /* says why */
    else
        ask(matrix, discovery_url(matrix), true, on_discovery);
}
