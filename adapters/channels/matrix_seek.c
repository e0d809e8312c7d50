/*
 * Whether an event of ours is in a room already.
 *
 * A homeserver knows a repetition by its transaction id for a while only
 * (Synapse: a day, Dendrite: half an hour, and not over a restart of its own).
 * So a row whose sending was begun and never known to have ended is looked for
 * among what we said there, before it is sent again.
 *
 * Dendrite knows a transaction id only once the event is in the room, and goes on
 * with what was asked when we are gone: a look just after a kill finds nothing,
 * and the repetition is shown, too (tests/peers/matrix_kills.py).  So the look
 * waits, but not for a sending that ended long ago either way.
 */
#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_event.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    PAGE_EVENTS = 20, /* 64 KiB each at the most */
    PAGES_MAX = 10,
    PLACE_MAX_BYTES = 8192,
    CLOCKS_DIFFER_MS = 60 * 60 * 1000, /* ours and the homeserver's */
    LOOK_WAIT_MS = 2000, /* a homeserver that takes longer is out of order */
    LOOK_AGAIN_MS = 100,
    ATTEMPT_LASTS_MS = 5 * 60 * 1000, /* at the most, with its own waits */
};

static void ask_page(struct matrix_call *call, const char *from);

static bool is_it(const struct matrix_call *call, const cJSON *event)
{
    const char *key = call->row.delivery_key;
    const cJSON *content = json_find(event, "content");
    const cJSON *hidden = json_find(event, "unsigned");

    if (!text_same(matrix_event_text(event, "sender"),
                call->matrix->session.user_id))
        return false;
    return text_same(matrix_event_text(content, MATRIX_CONTENT_KEY), key) ||
            text_same(matrix_event_text(hidden, "transaction_id"), key);
}

/* What was there before the row was made cannot be it. */
static bool is_older(const struct matrix_call *call, const cJSON *event)
{
    const cJSON *sent = json_find(event, "origin_server_ts");

    return cJSON_IsNumber(sent) &&
            sent->valuedouble <
            (double)(call->row.created_ms - CLOCKS_DIFFER_MS);
}

/* The event's id, NULL if the page has it not; *over: no older page has it. */
static const char *look_through(const struct matrix_call *call,
        const struct json *json, bool *over)
{
    const cJSON *chunk = json_find(json->root, "chunk");
    const cJSON *event;

    *over = !cJSON_IsArray(chunk) || chunk->child == NULL;
    if (*over)
        return NULL;
    cJSON_ArrayForEach(event, chunk)
    {
        const char *id = matrix_event_text(event, "event_id");
        if (is_it(call, event) && id[0] == '$' &&
                strlen(id) <= MATRIX_ID_MAX_BYTES)
            return id;
        *over = *over || is_older(call, event);
    }
    return NULL;
}

static void go_on(struct matrix_call *call)
{
    call->sought = true;
    matrix_send_go_on(call);
}

static void read_page(struct matrix_call *call, const struct json *json)
{
    struct arena *arena = &call->call.arena;
    const char *next = matrix_event_text(json->root, "end");
    bool over;
    const char *found = look_through(call, json, &over);

    if (found != NULL)
        matrix_send_end(call, arena_string(arena, found));
    else if (over || next[0] == '\0' || strlen(next) > PLACE_MAX_BYTES ||
            ++call->pages == PAGES_MAX)
        go_on(call);
    else
        ask_page(call, arena_string(arena, next));
}

/* Who may not look there is not in the room, and joining it comes later. */
static void on_page(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    if (ok)
        read_page(call, &reply.json);
    json_close(&reply.json);
    if (ok)
        return;
    if (err.kind != ERROR_RETRY && call->matrix->login.dead.kind == ERROR_NONE)
        go_on(call);
    else
        matrix_send_fail(call, &reply, true, &err);
}

static void ask_page(struct matrix_call *call, const char *from)
{
    struct arena *arena = &call->call.arena;
    const char *sender = call->matrix->session.user_id;
    const char *filter = http_url_escape(arena,
            arena_format(arena,
                    "{\"types\":[\"m.room.message\"],\"senders\":[\"%s\"]}",
                    sender));
    const char *since = from[0] == '\0'
            ? ""
            : arena_format(arena, "&from=%s", http_url_escape(arena, from));
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(arena,
                    "%s" MATRIX_V3
                    "rooms/%s/messages?dir=b&limit=%d&filter=%s%s",
                    matrix_base(call->matrix),
                    http_url_escape(arena, call->room_id), PAGE_EVENTS, filter,
                    since),
            .answer_max = MATRIX_SYNC_MAX_BYTES};

    call->call.http = matrix_ask(call->matrix, &question, on_page, call);
}

static int64_t now_of(const struct matrix_call *call)
{
    return clock_now_ms(call->matrix->transport->clock);
}

/* By the clock, also if that is set meanwhile. */
static void wait_and_look(void *ctx)
{
    struct matrix_call *call = ctx;
    int64_t left_ms = call->look_ms - now_of(call);

    call->call.timer = NULL;
    if (left_ms <= 0 || left_ms > LOOK_WAIT_MS)
        ask_page(call, "");
    else
        call->call.timer = loop_timer_start(call->matrix->transport->loop,
                left_ms < LOOK_AGAIN_MS ? left_ms : LOOK_AGAIN_MS,
                wait_and_look, call);
}

/* Counted from now, not from the attempt: that one may have waited as well. */
void matrix_seek(struct matrix_call *call)
{
    int64_t now_ms = now_of(call);
    int64_t since_ms = now_ms - call->row.attempted_ms;

    if (since_ms < 0 || since_ms > ATTEMPT_LASTS_MS) {
        ask_page(call, "");
        return;
    }
    call->look_ms = now_ms + LOOK_WAIT_MS;
    wait_and_look(call);
}
