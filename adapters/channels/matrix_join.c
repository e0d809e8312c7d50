#include "adapters/channels/matrix_join.h"

#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_invite.h"
#include "adapters/channels/matrix_joining.h"
#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <limits.h>
#include <string.h>

enum {
    GAP_MS = 1000, /* between two; the homeserver's limit says the rest */
    LONGEST_MS = 10 * 60 * 1000,
    PATIENCE_MS = 24 * 3600 * 1000,
    DEADLINE_MS = 120 * 1000, /* other servers are asked */
    VIA_MAX_BYTES = 4 * 1024,
    TRIES_MAX = 50,
    ROOM_NAME_MAX = 40,         /* graphemes of a room's */
    SEEN_MS = 24 * 3600 * 1000, /* /sync must have told of it by then */
};

/* As long as the settings of a channel are kept that the bot was put out of. */
static const int64_t BARRED_MS = INT64_C(30) * 24 * 3600 * 1000;

static const struct retry_policy policy = {.first_ms = 2000,
        .longest_ms = LONGEST_MS,
        .patience_ms = PATIENCE_MS,
        .attempts_max = UINT_MAX};

static int64_t now_ms(const struct matrix *matrix)
{
    return clock_now_ms(matrix->transport->clock);
}

bool matrix_join_recall(struct matrix *matrix, struct error *err)
{
    struct matrix_joins *joins = &matrix->joins;

    retry_init(&joins->retry, &policy);
    if (!joins->recalled && matrix->memory != NULL)
        joins->recalled = matrix_joining_recall(matrix, err);
    return joins->recalled || matrix->memory == NULL;
}

void matrix_join_close(struct matrix *matrix)
{
    request_cancel(matrix->joins.http);
    loop_timer_stop(matrix->joins.timer);
    while (matrix->joins.first != NULL)
        matrix_joining_drop(matrix, matrix->joins.first);
}

/* --- working it off --- */

static void on_time(void *ctx)
{
    struct matrix *matrix = ctx;

    matrix->joins.timer = NULL;
    matrix_join_go_on(matrix);
}

static void go_on_in(struct matrix *matrix, int64_t wait_ms)
{
    if (matrix->joins.timer == NULL && matrix->joins.http == NULL)
        matrix->joins.timer = loop_timer_start(matrix->transport->loop, wait_ms,
                on_time, matrix);
}

static struct event moved_event(const struct matrix *matrix,
        const struct matrix_joining *joining)
{
    return (struct event){.id = joining->event,
            .kind = EVENT_MOVED,
            .room = matrix_room_name(matrix, joining->from),
            .person = joining->by,
            .text = "",
            .target = joining->room,
            .reply = "",
            .sent_ms = joining->since_ms};
}

/* A configured alias stays the channel's name: the room behind it changes. */
static bool is_named(struct matrix *matrix,
        const struct matrix_joining *joining)
{
    const char *name = matrix_room_name(matrix, joining->from);

    matrix_room_replaced(matrix, joining->from, joining->room);
    if (name[0] != '#')
        return false;
    matrix_room_learn(matrix, name, joining->room);
    return true;
}

/* That a room goes on elsewhere is told as soon as we are there; false if it
 * has to be told again. */
static bool tell_move(struct matrix *matrix, struct matrix_joining *joining)
{
    struct event event = moved_event(matrix, joining);
    struct error err = {0};

    if (!is_named(matrix, joining) &&
            !matrix_listen_tell(matrix, &event, &err)) {
        log_warning("that a matrix room moved waits",
                log_text("account", matrix->account.name),
                log_text("why", err.text));
        return false;
    }
    joining->told = true;
    return true;
}

/* All was done that can be, until /sync tells of it. */
static bool is_over(const struct matrix_joining *joining)
{
    return joining->in && (joining->kind != JOIN_REPLACED || joining->told);
}

static struct matrix_joining *next_one(struct matrix *matrix)
{
    struct matrix_joining *at = matrix->joins.first;

    while (at != NULL && (at->barred || is_over(at)))
        at = at->next;
    return at;
}

static void succeed(struct matrix *matrix, struct matrix_joining *joining)
{
    retry_after_success(&matrix->joins.retry);
    joining->in = true;
    if (joining->kind == JOIN_DECLINED)
        matrix_joining_drop(matrix, joining);
    else if (joining->kind == JOIN_REPLACED && !joining->told)
        tell_move(matrix, joining);
    matrix_joining_keep(matrix);
    go_on_in(matrix, GAP_MS);
}

static void give_up(struct matrix *matrix, struct matrix_joining *joining,
        const struct error *err)
{
    log_warning(joining->kind == JOIN_DECLINED
                    ? "a matrix invitation could not be declined"
                    : "a matrix room could not be joined",
            log_text("account", matrix->account.name),
            log_text("room", joining->room), log_text("by", joining->by),
            log_text("why", err->text));
    matrix_joining_drop(matrix, joining);
}

/* Who upgrades a room that is not open to all invites its people anew: before
 * or after we have tried. */
static void wait_for_invitation(const struct matrix *matrix,
        struct matrix_joining *joining)
{
    joining->barred = !joining->invited;
    joining->invited = false;
    if (joining->barred)
        log_warning("a matrix room goes on where the bot has to be invited",
                log_text("account", matrix->account.name),
                log_text("room", joining->from), log_text("by", joining->room));
}

static void fail(struct matrix *matrix, struct matrix_joining *joining,
        const struct matrix_reply *reply, const struct error *err)
{
    int64_t wait_ms = policy.longest_ms;

    if (matrix->login.dead.kind != ERROR_NONE)
        return;
    if (err->kind == ERROR_RETRY && ++joining->tries < TRIES_MAX) {
        retry_after_failure(&matrix->joins.retry, err->retry_after_ms,
                &chance_system, &wait_ms);
        go_on_in(matrix, wait_ms);
        return;
    }
    if (joining->kind == JOIN_REPLACED &&
            text_same(reply->errcode, "M_FORBIDDEN"))
        wait_for_invitation(matrix, joining);
    else
        give_up(matrix, joining, err);
    matrix_joining_keep(matrix);
    go_on_in(matrix, GAP_MS);
}

static void on_answered(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix *matrix = cookie;
    struct matrix_joining *joining = matrix->joins.current;
    struct matrix_reply reply;
    struct error err = {0};

    matrix->joins.http = NULL;
    matrix->joins.current = NULL;
    bool ok = matrix_reply_read(matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    if (joining == NULL)
        go_on_in(matrix, GAP_MS);
    else if (ok)
        succeed(matrix, joining);
    else
        fail(matrix, joining, &reply, &err);
}

/* Any server that is in the room can let us in: those of who asks and of the
 * room's name are. */
static char *via(struct arena *arena, const struct matrix_joining *joining)
{
    const char *servers[] = {matrix_invite_server(joining->by),
            matrix_invite_server(joining->room)};
    struct text text;

    text_init(&text, arena, VIA_MAX_BYTES);
    for (size_t i = 0; i < 2; i++) {
        const char *server = http_url_escape(arena, servers[i]);
        if (server[0] == '\0' || (i == 1 && text_same(servers[0], servers[1])))
            continue;
        text_add_format(&text, "%svia=%s&server_name=%s",
                text.length == 0 ? "?" : "&", server, server);
    }
    return arena_string(arena, text_string(&text));
}

static void put_question(struct matrix *matrix, struct matrix_joining *joining)
{
    struct arena arena = {0};
    const char *room = http_url_escape(&arena, joining->room);
    const char *base = matrix_base(matrix);
    const struct matrix_question question = {.method = "POST",
            .url = joining->kind == JOIN_DECLINED
                    ? arena_format(&arena, "%s" MATRIX_V3 "rooms/%s/leave",
                              base, room)
                    : arena_format(&arena, "%s" MATRIX_V3 "join/%s%s", base,
                              room, via(&arena, joining)),
            .body = "{}",
            .body_bytes = 2,
            .deadline_ms = DEADLINE_MS};

    matrix->joins.current = joining;
    matrix->joins.http = matrix_ask(matrix, &question, on_answered, matrix);
    arena_finish(&arena);
}

/* Those of which /sync never told, or to which nobody asked us. */
static bool is_old(const struct matrix *matrix,
        const struct matrix_joining *joining)
{
    int64_t age_ms = now_ms(matrix) - joining->since_ms;

    return (joining->barred && age_ms > BARRED_MS) ||
            (is_over(joining) && !joining->seen && age_ms > SEEN_MS);
}

static void drop_old(struct matrix *matrix)
{
    struct matrix_joining *at = matrix->joins.first;

    while (at != NULL) {
        struct matrix_joining *next = at->next;
        if (is_old(matrix, at))
            matrix_joining_drop(matrix, at);
        at = next;
    }
}

void matrix_join_go_on(struct matrix *matrix)
{
    struct matrix_joins *joins = &matrix->joins;

    if (joins->http != NULL || joins->timer != NULL ||
            matrix->listening.place[0] == '\0')
        return;
    drop_old(matrix);
    struct matrix_joining *joining = next_one(matrix);
    if (joining == NULL)
        return;
    if (!joining->in) {
        put_question(matrix, joining);
        return;
    }
    bool told = tell_move(matrix, joining);
    if (told)
        matrix_joining_keep(matrix);
    go_on_in(matrix, told ? 0 : policy.first_ms);
}

/* --- what comes in --- */

static const cJSON *stripped(const cJSON *events, const char *type,
        const char *state_key)
{
    const cJSON *event;

    if (!cJSON_IsArray(events))
        return NULL;
    cJSON_ArrayForEach(event, events)
    {
        if (text_same(matrix_event_text(event, "type"), type) &&
                text_same(matrix_event_text(event, "state_key"), state_key))
            return event;
    }
    return NULL;
}

static bool is_space(const cJSON *events)
{
    const cJSON *create = stripped(events, "m.room.create", "");

    return text_same(matrix_event_text(json_find(create, "content"), "type"),
            "m.space");
}

/* What the room is called, for the owner's eyes. */
static void take_name(struct matrix_joining *joining, const cJSON *events)
{
    const cJSON *name = stripped(events, "m.room.name", "");
    struct arena arena = {0};

    matrix_joining_set_id(joining->name,
            text_shorten(&arena,
                    text_one_line(&arena,
                            matrix_event_text(json_find(name, "content"),
                                    "name")),
                    ROOM_NAME_MAX));
    arena_finish(&arena);
}

static void say_invited(const struct matrix *matrix,
        const struct matrix_joining *joining)
{
    if (joining->kind == JOIN_INVITED)
        log_info("matrix account invited",
                log_text("account", matrix->account.name),
                log_text("room", joining->room), log_text("by", joining->by));
    else
        log_warning("an invitation is declined: invites and allow say whose "
                    "are followed",
                log_text("account", matrix->account.name),
                log_text("room", joining->room), log_text("by", joining->by));
}

/* The invitation that a replaced room waits for. */
static void let_in(struct matrix *matrix, struct matrix_joining *joining)
{
    joining->invited = joining->kind == JOIN_REPLACED && !joining->barred;
    if (!joining->barred)
        return;
    joining->barred = false;
    joining->tries = 0;
    matrix_joining_keep(matrix);
    go_on_in(matrix, 0);
}

void matrix_join_invited(struct matrix *matrix, const char *room_id,
        const cJSON *events)
{
    const char *own = matrix->session.user_id;
    const cJSON *member = stripped(events, "m.room.member", own);
    struct matrix_joining joining = {.since_ms = now_ms(matrix),
            .direct = cJSON_IsTrue(json_find(json_find(member, "content"),
                    "is_direct"))};
    const struct matrix_invite invite = {.room = room_id,
            .inviter = matrix_event_text(member, "sender"),
            .own = own};

    struct matrix_joining *known = matrix_joining_find(matrix, room_id);

    if (known != NULL && !known->in) {
        let_in(matrix, known);
        return;
    }
    if (room_id[0] != '!' || strlen(room_id) > MATRIX_ID_MAX_BYTES ||
            matrix_joining_is_full(matrix))
        return;
    if (known != NULL) /* it was put out and is invited again */
        matrix_joining_drop(matrix, known);
    joining.kind = !is_space(events) &&
                    matrix_invite_is_allowed(&invite, matrix->invites,
                            matrix->allow)
            ? JOIN_INVITED
            : JOIN_DECLINED;
    matrix_joining_set_id(joining.room, room_id);
    matrix_joining_set_id(joining.by, invite.inviter);
    take_name(&joining, events);
    matrix_joining_add(matrix, &joining);
    matrix_joining_keep(matrix);
    say_invited(matrix, &joining);
    go_on_in(matrix, 0);
}

void matrix_join_follow(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event)
{
    const char *room = matrix_event_text(event->content, "replacement_room");
    struct matrix_joining joining = {.kind = JOIN_REPLACED,
            .since_ms = now_ms(matrix)};
    struct matrix_joining *known = matrix_joining_find(matrix, room);

    if (room[0] != '!' || strlen(room) > MATRIX_ID_MAX_BYTES ||
            text_same(room, room_id) || matrix_joining_is_full(matrix))
        return;
    if (known != NULL && known->kind == JOIN_REPLACED)
        return;
    if (known != NULL) /* an invitation came first: the reason is this one */
        matrix_joining_drop(matrix, known);
    matrix_joining_set_id(joining.room, room);
    matrix_joining_set_id(joining.by, event->sender);
    matrix_joining_set_id(joining.from, room_id);
    matrix_joining_set_id(joining.event, event->id);
    matrix_joining_add(matrix, &joining);
    matrix_joining_keep(matrix);
    log_info("a matrix room was replaced",
            log_text("account", matrix->account.name),
            log_text("room", room_id), log_text("by", room));
    go_on_in(matrix, 0);
}

bool matrix_join_seen(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, bool state, struct arena *arena,
        struct event *told)
{
    struct matrix_joining *joining = matrix_joining_find(matrix, room_id);
    bool asked = joining != NULL && joining->kind != JOIN_DECLINED;

    /* State that came before may come again at any time. */
    if (!asked && state)
        return false;
    *told = (struct event){.id = event->id,
            .kind = EVENT_INVITED,
            .room = matrix_room_name(matrix, room_id),
            .person = asked ? arena_string(arena, joining->by) : "",
            .text = asked ? arena_string(arena, joining->name) : "",
            .target = "",
            .reply = "",
            .sent_ms = event->sent_ms};
    if (!asked)
        return true;
    joining->in = true;
    joining->seen = true;
    if (joining->direct)
        matrix_room_mark_direct(matrix, room_id, joining->by);
    if (joining->kind == JOIN_INVITED)
        return true;
    if (joining->told || is_named(matrix, joining))
        return false;
    struct event moved = moved_event(matrix, joining);
    *told = moved;
    told->id = arena_string(arena, moved.id);
    told->person = arena_string(arena, moved.person);
    told->target = arena_string(arena, moved.target);
    told->room = arena_string(arena, moved.room);
    joining->told = true;
    return true;
}

void matrix_join_settle(struct matrix *matrix)
{
    struct matrix_joining *at = matrix->joins.first;
    bool changed = false;

    while (at != NULL) {
        struct matrix_joining *next = at->next;
        if (at->seen) {
            matrix_joining_drop(matrix, at);
            changed = true;
        }
        at = next;
    }
    if (changed)
        matrix_joining_keep(matrix);
    matrix_join_go_on(matrix);
}
