/*
 * One row to one room: resolve its alias; find the direct room, if it is for one
 * person; see whether the room is encrypted; look whether the event is there
 * already; put it.  Where the homeserver says that we are not in, join and go on.
 */
#include "adapters/channels/matrix.h"

#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* --- aliases --- */

static const char *known_room(const struct matrix *matrix, const char *alias)
{
    for (struct matrix_alias *at = matrix->session.aliases; at != NULL;
            at = at->next)
        if (text_same(at->alias, alias))
            return at->room_id;
    return NULL;
}

static void forget_room(struct matrix *matrix, const char *alias)
{
    struct matrix_alias **at = &matrix->session.aliases;

    while (*at != NULL)
        if (text_same((*at)->alias, alias))
            *at = (*at)->next;
        else
            at = &(*at)->next;
}

static void learn_room(struct matrix *matrix, const char *alias,
        const char *room_id)
{
    struct arena *arena = &matrix->session.arena;
    struct matrix_alias *entry = arena_new(arena, struct matrix_alias);

    forget_room(matrix, alias);
    entry->alias = arena_string(arena, alias);
    entry->room_id = arena_string(arena, room_id);
    entry->next = matrix->session.aliases;
    matrix->session.aliases = entry;
    matrix_room_learn(matrix, alias, room_id);
}

/* The homeserver has said which room this is. */
static void settle_room(struct matrix_call *call, const char *room_id)
{
    struct arena *arena = &call->call.arena;

    call->room_id = arena_string(arena, room_id);
    if (call->room[0] != '#')
        return;
    call->room_id = matrix_room_newest(call->matrix, call->room_id, arena);
    learn_room(call->matrix, call->room, call->room_id);
}

/* --- ends --- */

static bool is_token_death(const struct matrix_reply *reply)
{
    return text_same(reply->errcode, "M_UNKNOWN_TOKEN") ||
            text_same(reply->errcode, "M_MISSING_TOKEN");
}

void matrix_send_fail(struct matrix_call *call,
        const struct matrix_reply *reply, bool maybe_taken, struct error *err)
{
    if (err->kind == ERROR_STOP && !is_token_death(reply))
        forget_room(call->matrix, call->room); /* the alias may have moved */
    error_wrap(err, "matrix: %s", call->room);
    call_end(&call->call, "", maybe_taken, err);
}

static const char *base_of(const struct matrix_call *call)
{
    return call->matrix->session.base;
}

void matrix_send_ask(struct matrix_call *call, const char *method,
        const char *url, const char *body, http_done_fn *done)
{
    const struct matrix_question question = {.method = method,
            .url = url,
            .body = body,
            .body_bytes = body != NULL ? strlen(body) : 0};

    call->call.http = matrix_ask(call->matrix, &question, done, call);
}

/* --- joining --- */

static void on_joined(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    const char *room_id = NULL;

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err) &&
            matrix_reply_id(&reply, "room_id", '!', &room_id, &err);
    if (ok)
        settle_room(call, room_id);
    json_close(&reply.json);
    if (ok) {
        matrix_send_go_on(call);
        return;
    }
    if (err.kind == ERROR_STOP && !is_token_death(&reply))
        error_wrap(&err, "%s is not in the room and may not join it, invite it",
                call->matrix->session.user_id);
    /* Joining has a limit of its own. */
    call->call.room_waits = true;
    /* That we may not join says nothing of the message. */
    if (err.kind == ERROR_REJECTED)
        err.kind = ERROR_STOP;
    matrix_send_fail(call, &reply, false, &err);
}

void matrix_send_join(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;

    call->joined = true;
    matrix_send_ask(call, "POST",
            arena_format(arena, "%s" MATRIX_V3 "join/%s", base_of(call),
                    http_url_escape(arena, call->room)),
            "{}", on_joined);
}

/* --- threads --- */

static struct matrix_tail *tail_of(struct matrix *matrix, const char *root)
{
    for (size_t i = 0; i < MATRIX_TAILS; i++)
        if (text_same(matrix->tails[i].root, root))
            return &matrix->tails[i];
    return NULL;
}

/* Its last event that we know of: the root, unless we sent one below it. */
static const char *last_in_thread(struct matrix *matrix, const char *root)
{
    const struct matrix_tail *tail = tail_of(matrix, root);

    return tail != NULL ? tail->last : root;
}

/* What it belongs to may be in another room. */
static struct matrix_content_place place_of(struct matrix_call *call)
{
    if (call->origin != NULL)
        return (struct matrix_content_place){"", "", ""};
    return matrix_content_place_of(&call->row, &call->call.arena);
}

static void remember_tail(struct matrix *matrix, const char *root,
        const char *event_id)
{
    struct matrix_tail *tail = tail_of(matrix, root);

    if (root[0] == '\0' || strlen(root) > MATRIX_ID_MAX_BYTES)
        return;
    if (tail == NULL)
        tail = &matrix->tails[matrix->next_tail++ % MATRIX_TAILS];
    snprintf(tail->root, sizeof tail->root, "%s", root);
    snprintf(tail->last, sizeof tail->last, "%s", event_id);
}

static void end_refused(void *ctx)
{
    struct matrix_call *call = ctx;

    call->call.timer = NULL;
    error_wrap(&call->failure, "matrix: %s", call->room);
    call_end(&call->call, "", false, &call->failure);
}

void matrix_send_refuse(struct matrix_call *call, const struct error *err)
{
    call->failure = *err;
    call_soon(&call->call, call->matrix->transport->loop, end_refused);
}

void matrix_send_end(struct matrix_call *call, const char *event_id)
{
    struct matrix *matrix = call->matrix;

    assert(matrix != NULL);
    remember_tail(matrix, place_of(call).thread, event_id);
    matrix_attention_answered(matrix,
            call->origin != NULL ? call->origin : call->room_id);
    call_end(&call->call, event_id, false, NULL);
}

/* --- the event --- */

static void on_put(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    const char *event_id = NULL;

    call->call.http = NULL;
    if (matrix_reply_read(call->matrix, answer, failure, &reply, &err) &&
            matrix_reply_id(&reply, "event_id", '$', &event_id, &err)) {
        event_id = arena_string(&call->call.arena, event_id);
        json_close(&reply.json);
        matrix_send_end(call, event_id);
        return;
    }
    json_close(&reply.json);
    /* "Not in the room" and "may not speak" come with the same code. */
    if (text_same(reply.errcode, "M_FORBIDDEN")) {
        if (call->direct) {
            matrix_direct_unreachable(call, &err);
            return;
        }
        if (!call->joined) {
            matrix_send_join(call);
            return;
        }
        error_wrap(&err, "%s may not speak there, give it the power to",
                call->matrix->session.user_id);
    }
    matrix_send_fail(call, &reply, reply.maybe_done, &err);
}

static bool make_content(struct matrix_call *call, struct error *err)
{
    struct matrix_content_place place = place_of(call);

    if (call->content.bytes != NULL) /* before it joined */
        return true;
    if (place.thread[0] != '\0' && call->row.reply[0] == '\0')
        place.before = last_in_thread(call->matrix, place.thread);
    return matrix_content_make(&call->row, &place, &call->call.arena,
            &call->content, err);
}

/* The same path each time: it is what the homeserver knows a repetition by. */
static void put(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;
    struct error err = {0};

    if (!make_content(call, &err)) {
        matrix_send_refuse(call, &err);
        return;
    }
    matrix_send_ask(call, "PUT",
            arena_format(arena,
                    "%s" MATRIX_V3 "rooms/%s/send/m.room.message/%s",
                    base_of(call), http_url_escape(arena, call->room_id),
                    http_url_escape(arena, call->row.delivery_key)),
            call->content.bytes, on_put);
}

/* --- the room --- */

static void on_resolved(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    const char *room_id = NULL;

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err) &&
            matrix_reply_id(&reply, "room_id", '!', &room_id, &err);
    if (ok)
        settle_room(call, room_id);
    json_close(&reply.json);
    if (ok) {
        matrix_send_go_on(call);
        return;
    }
    if (err.kind == ERROR_REJECTED)
        err.kind = ERROR_STOP; /* the alias is wrong, not the message */
    if (text_same(reply.errcode, "M_NOT_FOUND"))
        error_wrap(&err, "no room has this alias, set room right");
    matrix_send_fail(call, &reply, false, &err);
}

static void resolve(struct matrix_call *call)
{
    matrix_send_ask(call, "GET",
            arena_format(&call->call.arena, "%s" MATRIX_V3 "directory/room/%s",
                    base_of(call),
                    http_url_escape(&call->call.arena, call->room)),
            NULL, on_resolved);
}

/* --- one step after the other --- */

void matrix_send_go_on(struct matrix_call *call)
{
    if (call->room_id == NULL)
        resolve(call);
    else if (call->row.person[0] != '\0' && !call->direct)
        matrix_direct_find(call);
    else if (!call->checked)
        matrix_encryption_check(call);
    else if (call->row.verb == OUTBOX_UPLOAD)
        matrix_picture_upload(call);
    else if (call->row.attempted && !call->sought)
        matrix_seek(call);
    else
        put(call);
}

void matrix_send(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;

    if (call->room_id == NULL)
        call->room_id = known_room(call->matrix, call->room);
    if (call->room_id != NULL)
        call->room_id = arena_string(arena, call->room_id);
    matrix_send_go_on(call);
}
