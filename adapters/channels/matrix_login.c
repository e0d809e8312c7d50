#include "adapters/channels/matrix_login.h"

#include "adapters/channels/matrix.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

/* Under which the memory has it. */
#define MEMORY_KEY "login"

enum {
    /* A token is renewed when a tenth of its life is left, at most so much. */
    EARLY_MS = 60 * 1000,
    LIFE_MAX_MS = 366 * 24 * 3600, /* s: what is longer counts as for ever */
    TOKEN_MAX_BYTES = 4096,
};

const struct error matrix_login_unkept = {.kind = ERROR_STOP,
        .text = "matrix: a login with a password has to be kept, and there is "
                "no database yet: \"paperboy run\" makes it"};

/* What a homeserver gave: the strings are those of its answer. */
struct gains {
    const char *token, *refresh, *device_id;
    int64_t renew_ms;
};

static int64_t now_ms(const struct matrix *matrix)
{
    return clock_now_ms(matrix->transport->clock);
}

/* --- what is held --- */

static void hold(struct matrix *matrix, const struct gains *gains)
{
    struct matrix_login *login = &matrix->login;
    struct arena arena = {0}, former = login->arena;

    login->token = arena_string(&arena, gains->token);
    login->refresh = arena_string(&arena, gains->refresh);
    login->device_id = arena_string(&arena, gains->device_id);
    login->renew_ms = gains->renew_ms;
    login->lost = false;
    login->arena = arena;
    arena_finish(&former);
}

void matrix_login_open(struct matrix *matrix, const char *token)
{
    const struct gains gains = {.token = token, .refresh = "", .device_id = ""};

    hold(matrix, &gains);
}

void matrix_login_close(struct matrix *matrix)
{
    request_cancel(matrix->login.http);
    arena_finish(&matrix->login.arena);
}

bool matrix_login_by_password(const struct matrix *matrix)
{
    return matrix->password[0] != '\0';
}

bool matrix_login_is_good(const struct matrix *matrix)
{
    const struct matrix_login *login = &matrix->login;

    return login->token[0] != '\0' && !login->unkept && !login->lost &&
            (login->renew_ms == 0 || now_ms(matrix) < login->renew_ms);
}

bool matrix_login_is_in(const struct matrix *matrix, const char *text)
{
    const char *const secrets[] = {matrix->login.token, matrix->login.refresh,
            matrix->password};

    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (secrets[i][0] != '\0' && strstr(text, secrets[i]) != NULL)
            return true;
    return false;
}

/* --- the memory --- */

static bool put(struct matrix *matrix, cJSON *object, struct error *err)
{
    char *text = cJSON_PrintUnformatted(object);
    bool kept = text != NULL
            ? matrix->memory->put(matrix->memory->ctx, MEMORY_KEY, text, err)
            : error_set(err, ERROR_STOP, "out of memory");

    cJSON_free(text);
    return kept || error_wrap(err, "matrix: keeping the login");
}

static bool keep(struct matrix *matrix, struct error *err)
{
    struct matrix_login *login = &matrix->login;
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "homeserver", matrix->homeserver);
    cJSON_AddStringToObject(object, "user", matrix->user);
    cJSON_AddStringToObject(object, "device_id", login->device_id);
    cJSON_AddStringToObject(object, "access_token", login->token);
    cJSON_AddStringToObject(object, "refresh_token", login->refresh);
    cJSON_AddNumberToObject(object, "renew_ms", (double)login->renew_ms);
    login->unkept = !put(matrix, object, err);
    cJSON_Delete(object);
    return !login->unkept;
}

/* What another homeserver or user was given is not ours. */
static bool is_ours(const struct matrix *matrix, const struct json *json)
{
    const char *homeserver, *user;

    return json_text(json, json->root, "homeserver", &homeserver, NULL) &&
            json_text(json, json->root, "user", &user, NULL) &&
            text_same(homeserver, matrix->homeserver) &&
            text_same(user, matrix->user);
}

static bool read_kept(const struct json *json, struct gains *gains)
{
    const cJSON *root = json->root;

    return json_text(json, root, "device_id", &gains->device_id, NULL) &&
            json_text(json, root, "access_token", &gains->token, NULL) &&
            json_text(json, root, "refresh_token", &gains->refresh, NULL) &&
            json_integer(json, root, "renew_ms", &gains->renew_ms, NULL);
}

/* Takes what the memory has, unless that is what is held and lost already.
 * False and err only if the memory failed. */
static bool recall(struct matrix *matrix, struct error *err)
{
    struct arena arena = {0};
    struct json json = {0};
    struct gains gains = {0};
    char *text = NULL;

    bool done = matrix->memory->get(matrix->memory->ctx, MEMORY_KEY, &arena,
            &text, err);
    if (done && text != NULL &&
            json_parse(&json, text, strlen(text), MATRIX_SYNC_MAX_BYTES,
                    NULL) &&
            is_ours(matrix, &json) && read_kept(&json, &gains) &&
            (matrix->login.token[0] == '\0' ||
                    !text_same(gains.token, matrix->login.token)))
        hold(matrix, &gains);
    json_close(&json);
    arena_finish(&arena);
    return done || error_wrap(err, "matrix: recalling the login");
}

/* --- the end of a renewal --- */

static void settle(struct matrix *matrix, const struct error *err)
{
    matrix->login.renewing = false;
    matrix_ask_release(matrix, err);
}

/* Nothing is asked any more; the device stays ours for the next login. */
static void die(struct matrix *matrix, const struct error *err)
{
    struct matrix_login *login = &matrix->login;
    struct gains gains = {.token = "", .refresh = "", .device_id = ""};
    struct arena arena = {0};

    login->dead = *err;
    login->dead.kind = ERROR_STOP;
    log_error("matrix account stopped",
            log_text("account", matrix->account.name),
            log_text("why", login->dead.text));
    if (matrix_login_by_password(matrix)) {
        gains.device_id = arena_string(&arena, login->device_id);
        hold(matrix, &gains);
        keep(matrix, NULL);
    }
    arena_finish(&arena);
    settle(matrix, &login->dead);
}

/* --- what a homeserver gives --- */

static int64_t renewal_of(const struct matrix *matrix, int64_t life_ms)
{
    int64_t early_ms = life_ms / 10 < EARLY_MS ? life_ms / 10 : EARLY_MS;

    if (life_ms <= 0 || life_ms / 1000 > LIFE_MAX_MS)
        return 0;
    return now_ms(matrix) + life_ms - early_ms;
}

static bool is_token(const char *token)
{
    for (const char *at = token; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return false;
    return strlen(token) <= TOKEN_MAX_BYTES;
}

static bool read_gains(struct matrix *matrix, const struct json *json,
        struct gains *gains, struct error *err)
{
    const cJSON *root = json->root;
    int64_t life_ms = 0;

    if (!json_text(json, root, "access_token", &gains->token, err) ||
            !json_text_or(json, root, "refresh_token", gains->refresh,
                    &gains->refresh, err) ||
            !json_text_or(json, root, "device_id", gains->device_id,
                    &gains->device_id, err) ||
            !json_integer_or(json, root, "expires_in_ms", 0, &life_ms, err))
        return false;
    if (gains->token[0] == '\0' || !is_token(gains->token) ||
            !is_token(gains->refresh))
        return error_set(err, ERROR_RETRY, "what came is no access token");
    gains->renew_ms = renewal_of(matrix, life_ms);
    return true;
}

/* Takes and keeps what an answer gives; settles. */
static void gain(struct matrix *matrix, const struct json *json,
        const struct gains *former)
{
    struct gains gains = *former;
    struct error err = {0};

    if (!read_gains(matrix, json, &gains, &err)) {
        err.kind = ERROR_RETRY;
        error_wrap(&err, "matrix: the homeserver's answer to a login");
        settle(matrix, &err);
        return;
    }
    hold(matrix, &gains);
    if (keep(matrix, &err))
        settle(matrix, NULL);
    else
        settle(matrix, &err);
}

static void ask(struct matrix *matrix, const char *path, cJSON *body,
        http_done_fn *done)
{
    struct arena arena = {0};
    char *text = cJSON_PrintUnformatted(body);
    const struct matrix_question question = {.method = "POST",
            .url = arena_format(&arena, "%s" MATRIX_V3 "%s",
                    matrix_base(matrix), path),
            .body = text != NULL ? text : "{}",
            .body_bytes = text != NULL ? strlen(text) : 2,
            .anonymous = true};

    matrix->login.http = matrix_ask(matrix, &question, done, matrix);
    cJSON_free(text);
    cJSON_Delete(body);
    arena_finish(&arena);
}

/* --- by password --- */

static void refuse_login(struct matrix *matrix,
        const struct matrix_reply *reply, struct error *err)
{
    if (err->kind == ERROR_RETRY) {
        error_wrap(err, "matrix: logging in");
        settle(matrix, err);
        return;
    }
    if (text_same(reply->errcode, "M_FORBIDDEN"))
        error_wrap(err,
                "matrix: user or password is wrong, set them right and start "
                "paperboy again");
    else
        error_wrap(err,
                "matrix: the homeserver does not let %s log in with a "
                "password; set a token instead",
                matrix->user);
    die(matrix, err);
}

static void on_login(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    const struct gains former = {.refresh = "",
            .device_id = matrix->login.device_id};
    struct matrix_reply reply;
    struct error err = {0};

    matrix->login.http = NULL;
    if (matrix_reply_read(matrix, answer, failure, &reply, &err)) {
        log_info("matrix account logged in",
                log_text("account", matrix->account.name));
        gain(matrix, &reply.json, &former);
    } else {
        refuse_login(matrix, &reply, &err);
    }
    json_close(&reply.json);
}

static void log_in(struct matrix *matrix)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *who = cJSON_AddObjectToObject(body, "identifier");

    cJSON_AddStringToObject(body, "type", "m.login.password");
    cJSON_AddStringToObject(who, "type", "m.id.user");
    cJSON_AddStringToObject(who, "user", matrix->user);
    cJSON_AddStringToObject(body, "password", matrix->password);
    if (matrix->login.device_id[0] != '\0')
        cJSON_AddStringToObject(body, "device_id", matrix->login.device_id);
    cJSON_AddStringToObject(body, "initial_device_display_name", "Paperboy");
    cJSON_AddTrueToObject(body, "refresh_token");
    ask(matrix, "login", body, on_login);
}

/* --- by a refresh token --- */

static void refuse_refresh(struct matrix *matrix,
        const struct matrix_reply *reply, struct error *err)
{
    if (err->kind == ERROR_RETRY) {
        error_wrap(err, "matrix: renewing the login");
        settle(matrix, err);
    } else if (reply->soft_logout) {
        log_in(matrix);
    } else {
        error_wrap(err,
                "matrix: the homeserver logged %s out (its password was "
                "changed, or somebody removed its device); start paperboy "
                "again to log in anew",
                matrix->user);
        die(matrix, err);
    }
}

static void on_refresh(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    const struct gains former = {.refresh = matrix->login.refresh,
            .device_id = matrix->login.device_id};
    struct matrix_reply reply;
    struct error err = {0};

    matrix->login.http = NULL;
    if (matrix_reply_read(matrix, answer, failure, &reply, &err))
        gain(matrix, &reply.json, &former);
    else
        refuse_refresh(matrix, &reply, &err);
    json_close(&reply.json);
}

static void refresh(struct matrix *matrix)
{
    cJSON *body = cJSON_CreateObject();

    cJSON_AddStringToObject(body, "refresh_token", matrix->login.refresh);
    ask(matrix, "refresh", body, on_refresh);
}

/* --- renewing --- */

/* Another process of ours may have renewed meanwhile; false if it settled. */
static bool look_into_memory(struct matrix *matrix)
{
    struct error err = {0};

    if (matrix->memory == NULL) {
        settle(matrix, &matrix_login_unkept);
        return false;
    }
    if (!(matrix->login.unkept ? keep(matrix, &err) : recall(matrix, &err))) {
        settle(matrix, &err);
        return false;
    }
    return true;
}

void matrix_login_renew(struct matrix *matrix)
{
    struct matrix_login *login = &matrix->login;

    if (login->renewing)
        return;
    login->renewing = true;
    if (!look_into_memory(matrix))
        return;
    if (matrix_login_is_good(matrix))
        settle(matrix, NULL);
    else if (login->refresh[0] != '\0')
        refresh(matrix);
    else
        log_in(matrix);
}

/* --- refusals --- */

/* Logged out for good: another login of the memory, or none. */
static bool has_newer(struct matrix *matrix, const char *token)
{
    return matrix_login_by_password(matrix) && matrix->memory != NULL &&
            recall(matrix, NULL) && !text_same(matrix->login.token, token) &&
            matrix->login.token[0] != '\0';
}

bool matrix_login_refused(struct matrix *matrix, const char *token,
        const struct json *answer)
{
    struct matrix_login *login = &matrix->login;
    bool soft = false;
    struct error err = {0};

    if (!text_same(token, login->token) || login->renewing)
        return login->dead.kind == ERROR_NONE; /* renewed meanwhile */
    json_truth_or(answer, answer->root, "soft_logout", false, &soft, NULL);
    login->lost = true;
    if (has_newer(matrix, token))
        return true;
    if (soft && matrix_login_by_password(matrix))
        return true;
    if (matrix_login_by_password(matrix))
        error_set(&err, ERROR_STOP,
                "matrix: the homeserver logged %s out (its password was "
                "changed, or somebody removed its device): start paperboy "
                "again to log in anew (M_UNKNOWN_TOKEN)",
                matrix->user);
    else
        error_set(&err, ERROR_STOP,
                "matrix: the access token is not valid (any more): log in "
                "again, set token and start paperboy again "
                "(M_UNKNOWN_TOKEN)");
    die(matrix, &err);
    return false;
}
