#include "adapters/channels/matrix_leave.h"

#include "adapters/channels/matrix.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

static void on_left(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    /* Both are said of a room that we are not in. */
    ok = ok || text_same(reply.errcode, "M_FORBIDDEN") ||
            text_same(reply.errcode, "M_NOT_FOUND");
    if (!ok)
        error_wrap(&err, "matrix: leaving %s", call->room);
    call_end(&call->call, "", false, ok ? NULL : &err);
}

static void go_on(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;
    const char *room_id = call->room[0] == '#'
            ? matrix_room_behind(call->matrix, call->room)
            : call->room;
    const struct matrix_question question = {.method = "POST",
            .url = arena_format(arena, "%s" MATRIX_V3 "rooms/%s/leave",
                    matrix_base(call->matrix),
                    http_url_escape(arena,
                            room_id != NULL ? room_id : call->room)),
            .body = "{}",
            .body_bytes = 2};

    call->call.http = matrix_ask(call->matrix, &question, on_left, call);
}

struct request *matrix_leave(struct account *account, const char *room,
        account_verified_fn *done, void *cookie)
{
    struct matrix *matrix = (struct matrix *)account;
    struct matrix_call *call =
            (struct matrix_call *)call_open_verify(&matrix->calls, sizeof *call,
                    done, cookie);

    call->matrix = matrix;
    call->room = arena_string(&call->call.arena, room);
    matrix_when_started(call, go_on);
    return &call->call.request;
}
