#include "adapters/channels/matrix_encryption.h"

#include "adapters/channels/matrix.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    AGAIN_MS = 30 * 1000, /* where the homeserver names no wait */
};

/* What is told, and remembered to have been. */
static const struct notice {
    const char *name; /* also of its transaction */
    const char *english, *chinese;
} notices[] = {
        {"refuse",
                "This room is encrypted, and I can neither read nor write "
                "encrypted messages: I post no digests here and hear no "
                "commands. Invite me to a room without encryption; or whoever "
                "runs me sets encrypted_rooms = clear, then I post here "
                "unencrypted.",
                "本房间已加密，而我读不了也发不了加密消息：这里不会有论文摘要，"
                "我也听不到命令。请邀请我加入一个未加密的房间；或者请我的运行者"
                "设置 encrypted_rooms = "
                "clear，我就会在这里以未加密的方式发送。"},
        {"clear",
                "This room is encrypted. What I post here is not, as whoever "
                "runs me has allowed; but I cannot read encrypted messages, so "
                "I hear no commands here. In a room without encryption I do.",
                "本房间已加密。经我的运行者允许，我在这里发送的内容不加密；但我"
                "读不了加密消息，所以在这里听不到命令。在未加密的房间里我能听到"
                "。"},
};

static const struct notice *notice_of(const struct matrix *matrix)
{
    return &notices[matrix->clear ? 1 : 0];
}

static const char *notice_content(const struct notice *notice,
        struct arena *arena)
{
    cJSON *content = dialect_payload_object();

    dialect_payload_string(content, "msgtype", "m.notice");
    dialect_payload_string(content, "body",
            arena_format(arena, "%s\n%s", notice->english, notice->chinese));
    dialect_payload_value(content, "m.mentions", dialect_payload_object());
    return dialect_payload_print(arena, content, false);
}

/* The same transaction each time: told twice at once it shows once. */
static char *notice_url(struct matrix *matrix, const char *room_id,
        const struct notice *notice, struct arena *arena)
{
    return arena_format(arena,
            "%s" MATRIX_V3 "rooms/%s/send/m.room.message/paperboy-encrypted-%s",
            matrix_base(matrix), http_url_escape(arena, room_id), notice->name);
}

static bool was_told(struct matrix *matrix, const char *room_id)
{
    struct arena arena = {0};
    bool told =
            text_same(matrix_room_kept(matrix, "encrypted", room_id, &arena),
                    notice_of(matrix)->name);

    arena_finish(&arena);
    return told;
}

static void note_told(struct matrix *matrix, const char *room_id)
{
    matrix_room_keep(matrix, "encrypted", room_id, notice_of(matrix)->name);
}

/* --- before something is sent --- */

static void refuse(struct matrix_call *call)
{
    struct error err = {0};

    error_set(&err, ERROR_STOP,
            "the room is encrypted, which the bot cannot do: a room without "
            "encryption is needed, or encrypted_rooms = clear");
    matrix_send_refuse(call, &err);
}

/* Whether the notice could be said makes no difference, unless it can later. */
static void on_told(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    if (ok)
        note_told(call->matrix, call->room_id);
    if (!ok && text_same(reply.errcode, "M_FORBIDDEN") && !call->joined)
        matrix_send_join(call);
    else if (!ok && err.kind == ERROR_RETRY)
        matrix_send_fail(call, &reply, false, &err);
    else
        refuse(call);
}

static void go_on(struct matrix_call *call, bool encrypted)
{
    struct matrix *matrix = call->matrix;
    const struct notice *notice = notice_of(matrix);
    struct arena *arena = &call->call.arena;

    if (!encrypted || matrix->clear) {
        call->checked = true;
        matrix_send_go_on(call);
    } else if (was_told(matrix, call->room_id)) {
        refuse(call);
    } else {
        matrix_send_ask(call, "PUT",
                notice_url(matrix, call->room_id, notice, arena),
                notice_content(notice, arena), on_told);
    }
}

static void on_state(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_room *room = matrix_room_get(call->matrix, call->room_id);
    struct matrix_reply reply;
    struct error err = {0};
    bool is_none = failure == NULL && answer->status == 404;

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    room->asked_encrypted = is_none;
    room->encrypted = room->encrypted || ok;
    if (ok || is_none)
        go_on(call, room->encrypted);
    else if (text_same(reply.errcode, "M_FORBIDDEN") && !call->joined)
        matrix_send_join(call);
    else
        matrix_send_fail(call, &reply, false, &err);
}

/* Encryption is never taken back; and who listens hears when it comes. */
static bool is_known(const struct matrix *matrix,
        const struct matrix_room *room)
{
    return room->encrypted ||
            (room->asked_encrypted && matrix->listening.place[0] != '\0');
}

void matrix_encryption_check(struct matrix_call *call)
{
    struct matrix_room *room = matrix_room_get(call->matrix, call->room_id);
    struct arena *arena = &call->call.arena;

    if (call->matrix->clear || is_known(call->matrix, room)) {
        go_on(call, room->encrypted);
        return;
    }
    matrix_send_ask(call, "GET",
            arena_format(arena,
                    "%s" MATRIX_V3 "rooms/%s/state/m.room.encryption/",
                    matrix_base(call->matrix),
                    http_url_escape(arena, call->room_id)),
            NULL, on_state);
}

/* --- what is heard --- */

static void tell_next(struct matrix *matrix);

static void tell_again(void *ctx)
{
    struct matrix *matrix = ctx;

    matrix->notices.timer = NULL;
    tell_next(matrix);
}

/* What may pass is tried again until it does. */
static void on_refused(struct matrix_room *room, const struct error *err)
{
    struct matrix *matrix = room->matrix;
    int64_t wait_ms = err->retry_after_ms > 0 ? err->retry_after_ms : AGAIN_MS;

    log_warning("a matrix room could not be told that it is encrypted",
            log_text("account", matrix->account.name),
            log_text("room", matrix_room_name(matrix, room->id)),
            log_text("why", err->text));
    room->telling = err->kind == ERROR_RETRY;
    if (room->telling)
        matrix->notices.timer = loop_timer_start(matrix->transport->loop,
                wait_ms, tell_again, matrix);
}

static void on_notice(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_room *room = cookie;
    struct matrix *matrix = room->matrix;
    struct matrix_reply reply;
    struct error err = {0};

    matrix->notices.asking = false;
    if (matrix_reply_read(matrix, answer, failure, &reply, &err)) {
        room->telling = false;
        note_told(matrix, room->id);
    } else {
        on_refused(room, &err);
    }
    json_close(&reply.json);
    if (matrix->login.dead.kind == ERROR_NONE)
        tell_next(matrix);
}

static void tell(struct matrix *matrix, struct matrix_room *room)
{
    const struct notice *notice = notice_of(matrix);
    struct arena arena = {0};
    const char *content = notice_content(notice, &arena);
    const struct matrix_question question = {.method = "PUT",
            .url = notice_url(matrix, room->id, notice, &arena),
            .body = content,
            .body_bytes = strlen(content)};

    matrix->notices.asking = true;
    matrix_ask(matrix, &question, on_notice, room);
    arena_finish(&arena);
}

static void tell_next(struct matrix *matrix)
{
    struct matrix_room *room = matrix->rooms.first;

    if (matrix->notices.asking || matrix->notices.timer != NULL)
        return;
    while (room != NULL && !room->telling)
        room = room->next;
    if (room != NULL)
        tell(matrix, room);
}

void matrix_encryption_close(struct matrix *matrix)
{
    loop_timer_stop(matrix->notices.timer);
    matrix->notices.timer = NULL;
}

void matrix_encryption_count(struct matrix *matrix, size_t unreadable)
{
    const struct account_memory *memory = matrix->memory;
    struct arena arena = {0};
    char *value = NULL;

    if (unreadable > 0 && memory != NULL &&
            memory->get(memory->ctx, ACCOUNT_MEMORY_UNREADABLE, &arena, &value,
                    NULL)) {
        int64_t count = value != NULL ? strtoll(value, NULL, 10) : 0;
        memory->put(memory->ctx, ACCOUNT_MEMORY_UNREADABLE,
                arena_format(&arena, "%" PRId64, count + (int64_t)unreadable),
                NULL);
    }
    arena_finish(&arena);
}

void matrix_encryption_heard(struct matrix *matrix, const char *room_id)
{
    struct matrix_room *room = matrix_room_get(matrix, room_id);

    room->encrypted = true;
    if (room->telling || was_told(matrix, room_id))
        return;
    room->telling = true;
    tell_next(matrix);
}

bool matrix_encryption_is_deaf(struct matrix *matrix, const char *room_id)
{
    struct matrix_room *room = matrix_room_get(matrix, room_id);

    if (matrix->clear)
        return false;
    room->encrypted = room->encrypted || was_told(matrix, room_id);
    return room->encrypted;
}
