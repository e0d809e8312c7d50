#include "adapters/channels/matrix.h"

#include "adapters/channels/channels.h"
#include "adapters/channels/matrix_leave.h"
#include "adapters/channels/matrix_power.h"
#include "adapters/channels/matrix_settings.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"

#include <string.h>

const char *matrix_base(const struct matrix *matrix)
{
    return matrix->ready ? matrix->session.base : matrix->next.base;
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
        if (err != NULL || call->go_on == NULL)
            call_end(&call->call, "", false, err);
        else if (!matrix->ready)
            call_end(&call->call, "", false, &matrix_login_unkept);
        else
            call->go_on(call);
    }
    matrix_listen_started(matrix, err);
}

static void wait_for_start(struct matrix_call *call)
{
    call->waiting = true;
    matrix_start(call->matrix);
}

void matrix_when_started(struct matrix_call *call,
        void (*go_on)(struct matrix_call *call))
{
    call->go_on = go_on;
    if (call->matrix->ready)
        go_on(call);
    else
        wait_for_start(call);
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

static void picture_payloads(const struct account *account,
        const struct picture *picture, const char *caption, struct arena *arena,
        struct payload *upload, struct payload *shown)
{
    (void)account;
    matrix_picture_render(picture, caption, arena, upload, shown);
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

/* What sending needs of it. */
static struct outbox_row row_copy(struct arena *arena,
        const struct outbox_row *row)
{
    return (struct outbox_row){.verb = row->verb,
            .delivery_key = arena_string(arena, row->delivery_key),
            .payload = arena_string_n(arena, row->payload, row->payload_bytes),
            .payload_bytes = row->payload_bytes,
            .target = arena_string(arena, row->target),
            .root = arena_string(arena, row->root),
            .reply = arena_string(arena, row->reply),
            .person = arena_string(arena, row->person),
            .part = row->part,
            .attempted = row->attempted,
            .attempted_ms = row->attempted_ms,
            .created_ms = row->created_ms};
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
    call->row = row_copy(arena, row);
    if (call->room[0] == '!')
        call->room_id = call->room;
    if ((call->room[0] != '!' && call->room[0] != '#') ||
            strlen(call->room) > MATRIX_ID_MAX_BYTES)
        call_soon(&call->call, matrix->transport->loop, refuse_room);
    else
        matrix_when_started(call, matrix_send);
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
    matrix_listen_close(matrix);
    matrix_join_close(matrix);
    matrix_attention_close(matrix);
    matrix_encryption_close(matrix);
    matrix_reaction_close(matrix);
    matrix_room_close_all(matrix);
    matrix_login_close(matrix);
    matrix_ask_cancel_all(matrix);
    arena_finish(&matrix->session.arena);
    arena_finish(&matrix->next.arena);
    struct arena arena = matrix->arena;
    arena_finish(&arena);
}

static const char *who(const struct account *account)
{
    return ((const struct matrix *)account)->session.who;
}

static void serve(struct account *account, const char *room)
{
    matrix_room_serve((struct matrix *)account, room);
}

static const struct account_ops ops = {
        .kind = "matrix",
        .abilities = ACCOUNT_LISTENS | ACCOUNT_EDITS | ACCOUNT_THREADS |
                ACCOUNT_DEDUPLICATES | ACCOUNT_PICTURES,
        .render = render,
        .picture = picture_payloads,
        .send = send_row,
        .verify = verify,
        .who = who,
        .command_form = "!paper",
        .permission = matrix_power_permission,
        .serve = serve,
        .listen = matrix_listen,
        .leave = matrix_leave,
        .close = close_account,
};

/* --- opening --- */

static const char *kept(struct matrix *matrix, const struct settings *settings,
        const char *key, const char *fallback)
{
    return arena_string(&matrix->arena, settings_get(settings, key, fallback));
}

static struct account *open_account(const struct settings *settings,
        struct transport *transport, const struct account_memory *memory,
        struct error *err)
{
    if (!matrix_settings_fit(settings, err))
        return NULL;
    struct arena arena = {0};
    struct matrix *matrix = arena_new(&arena, struct matrix);
    matrix->arena = arena;
    matrix->account.ops = &ops;
    matrix->account.name = arena_string(&matrix->arena, settings->name);
    matrix->transport = transport;
    matrix->memory = memory;
    matrix->session.who = "";
    matrix->homeserver = matrix_settings_homeserver(&matrix->arena,
            settings_get(settings, "homeserver", ""));
    matrix->user = kept(matrix, settings, "user", "");
    matrix->password = kept(matrix, settings, "password", "");
    matrix->invites = kept(matrix, settings, "invites", "server");
    matrix->allow = kept(matrix, settings, "allow", "");
    matrix->clear =
            text_same(settings_get(settings, "encrypted_rooms", ""), "clear");
    matrix->listening.place = matrix->listening.display_name = "";
    matrix_login_open(matrix, settings_get(settings, "token", ""));
    return &matrix->account;
}

const struct account_kind matrix_kind = {
        .kind = "matrix",
        .pictures = true,
        .keys = matrix_settings_keys,
        .room_help = matrix_settings_room_help,
        .room_flaw = matrix_settings_room_flaw,
        .open = open_account,
};
