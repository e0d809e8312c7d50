#include "adapters/channels/matrix.h"

#include "adapters/channels/channels.h"
#include "adapters/dialects/dialects.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    DEADLINE_MS = 30 * 1000,
    ANSWER_MAX_BYTES = 64 * 1024, /* the largest is the list of versions */
};

/* --- questions --- */

struct request *matrix_ask(struct matrix *matrix,
        const struct matrix_question *question, http_done_fn *done,
        void *cookie)
{
    struct arena arena = {0};
    const char *headers[4];
    size_t count = 0;

    headers[count++] = "Accept: application/json";
    if (question->body != NULL)
        headers[count++] = "Content-Type: application/json";
    if (!question->anonymous)
        headers[count++] =
                arena_format(&arena, "Authorization: Bearer %s", matrix->token);
    headers[count] = NULL;
    const struct http_request request = {
            .method = question->method,
            .url = question->url,
            .headers = headers,
            .body = question->body,
            .body_bytes = question->body_bytes,
            .deadline_ms = DEADLINE_MS,
            .answer_max = ANSWER_MAX_BYTES,
            .follow_redirects = question->anonymous,
    };
    struct request *sent =
            http_send(matrix->transport->http, &request, done, cookie);
    arena_finish(&arena);
    return sent;
}

/* --- those who wait for the start --- */

static struct matrix_call *first_released(const struct matrix *matrix)
{
    for (struct call *at = matrix->calls.first; at != NULL; at = at->next)
        if (((struct matrix_call *)at)->released)
            return (struct matrix_call *)at;
    return NULL;
}

void matrix_release(struct matrix *matrix, const struct error *err)
{
    struct matrix_call *call;

    /* Marked first: who is told of a failure may send again at once, and that
     * call waits for the next start. */
    for (struct call *at = matrix->calls.first; at != NULL; at = at->next) {
        call = (struct matrix_call *)at;
        call->released = call->waiting;
        call->waiting = false;
    }
    while ((call = first_released(matrix)) != NULL) {
        call->released = false;
        if (err != NULL || call->call.verified != NULL)
            call_end(&call->call, "", false, err);
        else
            matrix_send(call);
    }
}

static void wait_for_start(struct matrix_call *call)
{
    call->waiting = true;
    matrix_start(call->matrix);
}

/* --- operations --- */

static bool render(const struct account *account, const struct channel *channel,
        const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)account;
    (void)channel;
    return dialect_matrix.render(document, arena, payloads, err);
}

static void refuse_room(void *ctx)
{
    struct matrix_call *call = ctx;
    struct error err = {0};

    call->call.timer = NULL;
    error_set(&err, ERROR_STOP,
            "matrix: room \"%s\" is none: an id (!abc:example.org) or an alias "
            "(#ml:example.org) is needed",
            call->room);
    call_end(&call->call, "", false, &err);
}

static struct request *send_row(struct account *account,
        const struct outbox_row *row, account_sent_fn *done, void *cookie)
{
    struct matrix *matrix = (struct matrix *)account;
    struct matrix_call *call =
            (struct matrix_call *)call_open_send(&matrix->calls, sizeof *call,
                    done, cookie);
    struct arena *arena = &call->call.arena;

    call->matrix = matrix;
    call->room = arena_string(arena, row->room);
    call->delivery_key = arena_string(arena, row->delivery_key);
    call->payload = arena_string_n(arena, row->payload, row->payload_bytes);
    call->payload_bytes = row->payload_bytes;
    if (call->room[0] == '!')
        call->room_id = call->room;
    if ((call->room[0] != '!' && call->room[0] != '#') ||
            strlen(call->room) > MATRIX_ID_MAX_BYTES)
        call_soon(&call->call, matrix->transport->loop, refuse_room);
    else if (matrix->ready)
        matrix_send(call);
    else
        wait_for_start(call);
    return &call->call.request;
}

/* A new start asks everything that can be asked without posting; sends go on
 * with what the last one found. */
static struct request *verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    struct matrix *matrix = (struct matrix *)account;
    struct matrix_call *call =
            (struct matrix_call *)call_open_verify(&matrix->calls, sizeof *call,
                    done, cookie);

    call->matrix = matrix;
    wait_for_start(call);
    return &call->call.request;
}

static void close_account(struct account *account)
{
    struct matrix *matrix = (struct matrix *)account;

    call_list_cancel(&matrix->calls);
    request_cancel(matrix->starting);
    arena_finish(&matrix->session.arena);
    arena_finish(&matrix->next.arena);
    struct arena arena = matrix->arena;
    arena_finish(&arena);
}

static const struct account_ops ops = {
        .kind = "matrix",
        .abilities = ACCOUNT_DEDUPLICATES,
        .render = render,
        .send = send_row,
        .verify = verify,
        .close = close_account,
};

/* --- opening --- */

/* "example.org" is a server's name: the same host is asked where to go. */
static char *homeserver_url(struct arena *arena, const char *value)
{
    char *url = arena_format(arena, "%s%s",
            strstr(value, "://") != NULL ? "" : "https://", value);

    for (size_t length = strlen(url); length > 0 && url[length - 1] == '/';)
        url[--length] = '\0';
    return url;
}

static const char *homeserver_flaw(const char *value)
{
    struct arena arena = {0};
    bool ok = http_url_allowed(homeserver_url(&arena, value)) &&
            strpbrk(value, "?#") == NULL;

    arena_finish(&arena);
    return ok ? NULL
              : "https://matrix.example.org or a server's name (http:// only "
                "to this machine)";
}

/* What else would spoil the header it goes into. */
static const char *token_flaw(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~')
            return "an access token, one word of plain ASCII";
    return value[0] != '\0' ? NULL : "an access token";
}

static const char *user_flaw(const char *value)
{
    return value[0] == '@' && strchr(value, ':') != NULL
            ? NULL
            : "a user id, @name:example.org";
}

static const struct setting_spec keys[] = {
        {.key = "homeserver",
                .required = true,
                .help = "the homeserver's address, https://matrix.example.org, "
                        "or its server name, example.org",
                .flaw = homeserver_flaw},
        {.key = "token",
                .required = true,
                .secret = true,
                .help = "the access token of the bot's login",
                .flaw = token_flaw},
        {.key = "user",
                .help = "whose token it is, @paperboy:example.org; checked at "
                        "start if given",
                .flaw = user_flaw},
        {.key = NULL},
};

static const char room_forms[] =
        "a room id (!abc:example.org) or an alias (#ml:example.org)";

/* Sigils of the Matrix specification's appendices, "common identifier format";
 * the newest room versions' ids have no server name. */
static const char *room_flaw(const char *room)
{
    bool id = room[0] == '!' && room[1] != '\0';
    bool alias = room[0] == '#' && strchr(room + 1, ':') != NULL;

    return (id || alias) && strpbrk(room, " \t") == NULL ? NULL : room_forms;
}

static bool settings_fit(const struct settings *settings, struct error *err)
{
    for (const struct setting_spec *spec = keys; spec->key != NULL; spec++) {
        const char *value = settings_get(settings, spec->key, NULL);
        if (value == NULL && !spec->required)
            continue;
        const char *flaw = spec->flaw(value != NULL ? value : "");
        if (flaw != NULL)
            return error_set(err, ERROR_INPUT, "%s: %s: %s is needed",
                    settings->name, spec->key, flaw);
    }
    return true;
}

static struct account *open_account(const struct settings *settings,
        struct transport *transport, const struct account_memory *memory,
        struct error *err)
{
    (void)memory;
    if (!settings_fit(settings, err))
        return NULL;
    struct arena arena = {0};
    struct matrix *matrix = arena_new(&arena, struct matrix);
    matrix->arena = arena;
    matrix->account.ops = &ops;
    matrix->account.name = arena_string(&matrix->arena, settings->name);
    matrix->transport = transport;
    matrix->homeserver = homeserver_url(&matrix->arena,
            settings_get(settings, "homeserver", ""));
    matrix->token =
            arena_string(&matrix->arena, settings_get(settings, "token", ""));
    matrix->user =
            arena_string(&matrix->arena, settings_get(settings, "user", ""));
    return &matrix->account;
}

const struct account_kind matrix_kind = {
        .kind = "matrix",
        .keys = keys,
        .room_help = room_forms,
        .room_flaw = room_flaw,
        .open = open_account,
};
