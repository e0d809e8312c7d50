/*
 * "Direct Messaging" of the client-server API
 * (https://spec.matrix.org/v1.3/client-server-api/#direct-messaging).  One search
 * at a time: two for one person would make two rooms.
 */
#include "adapters/channels/matrix_direct.h"

#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_event.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    ROOMS_MAX = 8,                 /* that are looked at */
    ANOTHER_LOOK_MS = 250,         /* while another search is under way */
    MEMBERS_MAX_BYTES = 64 * 1024, /* two have less */
};

#define NOBODY_REACHED                                                                                             \
    "This answer is for you alone, but I could not open a direct chat with "                                       \
    "you. Invite me to one and ask me there.\n"                                                                    \
    "这个回答只给你本人看，但我没能与你建立私聊。请邀请我进入私聊，在那里再问" \
    "一次。"

struct matrix_direct_search {
    const char *rooms[ROOMS_MAX];
    size_t count, next;
    bool absent;      /* from the room in question: we are alone there */
    bool list_read;   /* of our direct rooms, "m.direct" */
    const char *list; /* as JSON */
    bool created;     /* the room in question is new */
};

static void try_next(struct matrix_call *call);

static const char *room_in_question(const struct matrix_call *call)
{
    return call->search->rooms[call->search->next];
}

static void add_room(struct matrix_call *call, const char *room)
{
    struct matrix_direct_search *search = call->search;

    if (room[0] != '!' || strlen(room) > MATRIX_ID_MAX_BYTES ||
            search->count == ROOMS_MAX)
        return;
    for (size_t i = 0; i < search->count; i++)
        if (text_same(search->rooms[i], room))
            return;
    search->rooms[search->count++] = arena_string(&call->call.arena, room);
}

static void ask(struct matrix_call *call, const char *method, const char *what,
        const char *body, http_done_fn *done)
{
    struct arena *arena = &call->call.arena;

    matrix_send_ask(call, method,
            arena_format(arena, "%s" MATRIX_V3 "%s", matrix_base(call->matrix),
                    what),
            body, done);
}

static const char *room_path(struct matrix_call *call, const char *what)
{
    struct arena *arena = &call->call.arena;

    return arena_format(arena, "rooms/%s/%s",
            http_url_escape(arena, room_in_question(call)), what);
}

/* A refusal that says nothing of the room: the send waits, or has failed. */
static bool ends_all(const struct matrix_call *call, const struct error *err)
{
    return err->kind == ERROR_RETRY ||
            call->matrix->login.dead.kind != ERROR_NONE;
}

/* The room in question will not do. */
static void pass_over(struct matrix_call *call)
{
    struct error err = {0};

    if (call->search->created) {
        error_set(&err, ERROR_STOP, "a new room is encrypted at once");
        matrix_direct_unreachable(call, &err);
        return;
    }
    call->search->next++;
    try_next(call);
}

static void take(struct matrix_call *call)
{
    const char *room = room_in_question(call);

    matrix_room_mark_direct(call->matrix, room, call->row.person);
    if (!text_same(room, call->room_id))
        call->origin = call->room_id;
    call->room_id = room;
    call->direct = call->checked = true;
    call->search = NULL;
    matrix_send_go_on(call);
}

/* --- a room that is there --- */

static void on_invited(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    if (ok) {
        take(call);
    } else if (ends_all(call, &err)) {
        call->call.room_waits = true; /* inviting has a limit of its own */
        matrix_send_fail(call, &reply, false, &err);
    } else {
        pass_over(call);
    }
}

static void invite(struct matrix_call *call)
{
    cJSON *body = dialect_payload_object();

    dialect_payload_string(body, "user_id", call->row.person);
    ask(call, "POST", room_path(call, "invite"),
            dialect_payload_print(&call->call.arena, body, false), on_invited);
}

static void on_encryption(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    bool is_none = failure == NULL && answer->status == 404;

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    if (is_none && call->search->absent)
        invite(call);
    else if (is_none)
        take(call);
    else if (!ok && ends_all(call, &err))
        matrix_send_fail(call, &reply, false, &err);
    else
        pass_over(call);
}

static void look_at_encryption(struct matrix_call *call)
{
    if (!call->matrix->clear)
        ask(call, "GET", room_path(call, "state/m.room.encryption/"), NULL,
                on_encryption);
    else if (call->search->absent)
        invite(call);
    else
        take(call);
}

/* Somebody who is or may yet come in. */
static bool belongs(const cJSON *member)
{
    const char *membership =
            matrix_event_text(json_find(member, "content"), "membership");

    return text_same(membership, "join") || text_same(membership, "invite") ||
            text_same(membership, "knock");
}

/* True if nobody but us and the person is there; *absent: not even they. */
static bool is_private(const struct matrix_call *call, const cJSON *root,
        bool *absent)
{
    const cJSON *chunk = json_find(root, "chunk");
    const cJSON *member;
    bool ours = false;

    *absent = true;
    if (!cJSON_IsArray(chunk))
        return false;
    cJSON_ArrayForEach(member, chunk)
    {
        const char *user = matrix_event_text(member, "state_key");
        bool own = text_same(user, call->matrix->session.user_id);
        bool theirs = text_same(user, call->row.person);
        if (!belongs(member))
            continue;
        if (!own && !theirs)
            return false;
        ours = ours || own;
        *absent = *absent && !theirs;
    }
    return ours;
}

/* What is too long to read is a room of many. */
static void on_members(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};
    bool too_long = failure != NULL && failure->kind == ERROR_INPUT &&
            answer->status != 0;

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    bool private =
            ok && is_private(call, reply.json.root, &call->search->absent);
    json_close(&reply.json);
    if (private)
        look_at_encryption(call);
    else if (!ok && !too_long && ends_all(call, &err))
        matrix_send_fail(call, &reply, false, &err);
    else
        pass_over(call);
}

static void look_at_members(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(arena, "%s" MATRIX_V3 "%s",
                    matrix_base(call->matrix),
                    room_path(call, "members?not_membership=leave")),
            .answer_max = MEMBERS_MAX_BYTES};

    call->call.http = matrix_ask(call->matrix, &question, on_members, call);
}

/* --- the list of direct rooms --- */

static const char *list_path(struct matrix_call *call)
{
    struct arena *arena = &call->call.arena;

    return arena_format(arena, "user/%s/account_data/m.direct",
            http_url_escape(arena, call->matrix->session.user_id));
}

static void take_list(struct matrix_call *call, const struct json *json)
{
    const cJSON *rooms = json_find(json->root, call->row.person);
    const cJSON *room;

    char *text = cJSON_PrintUnformatted(json->root);
    if (text != NULL && cJSON_IsObject(json->root))
        call->search->list = arena_string(&call->call.arena, text);
    cJSON_free(text);
    if (!cJSON_IsArray(rooms))
        return;
    cJSON_ArrayForEach(room, rooms)
    {
        if (cJSON_IsString(room))
            add_room(call, room->valuestring);
    }
}

static void on_list(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err);
    if (ok)
        take_list(call, &reply.json);
    json_close(&reply.json);
    if (!ok && ends_all(call, &err)) {
        matrix_send_fail(call, &reply, false, &err);
        return;
    }
    call->search->list_read = true;
    try_next(call);
}

static void ignore(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    (void)cookie;
    (void)answer;
    (void)failure;
}

/* For the account's other clients; we remember by ourselves. */
static void keep_in_list(struct matrix_call *call, const char *room)
{
    struct arena *arena = &call->call.arena;
    const char *list = call->search->list, *person = call->row.person;
    cJSON *root = cJSON_Parse(list);

    if (!cJSON_IsObject(root)) {
        cJSON_Delete(root);
        root = dialect_payload_object();
    }
    cJSON *rooms = cJSON_GetObjectItemCaseSensitive(root, person);
    if (!cJSON_IsArray(rooms)) {
        cJSON_DeleteItemFromObjectCaseSensitive(root, person);
        rooms = dialect_payload_array();
        dialect_payload_value(root, person, rooms);
    }
    dialect_payload_item(rooms, cJSON_CreateString(room));
    const char *body = dialect_payload_print(arena, root, false);
    const struct matrix_question question = {.method = "PUT",
            .url = arena_format(arena, "%s" MATRIX_V3 "%s",
                    matrix_base(call->matrix), list_path(call)),
            .body = body,
            .body_bytes = strlen(body)};
    matrix_ask(call->matrix, &question, ignore, NULL);
}

/* --- a new room --- */

static void on_created(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct matrix_call *call = cookie;
    struct matrix_direct_search *search = call->search;
    struct matrix_reply reply;
    struct error err = {0};
    const char *room = NULL;

    call->call.http = NULL;
    bool ok = matrix_reply_read(call->matrix, answer, failure, &reply, &err) &&
            matrix_reply_id(&reply, "room_id", '!', &room, &err);
    if (ok) {
        search->next = 0;
        search->count = 0;
        search->created = true;
        search->absent = false;
        add_room(call, room);
        matrix_room_mark_direct(call->matrix, room, call->row.person);
        keep_in_list(call, room);
    }
    json_close(&reply.json);
    call->call.room_waits = !ok; /* making rooms has a limit of its own */
    if (ok)
        look_at_encryption(call);
    else if (ends_all(call, &err))
        matrix_send_fail(call, &reply, false, &err);
    else
        matrix_direct_unreachable(call, &err);
}

static void create(struct matrix_call *call)
{
    cJSON *body = dialect_payload_object();
    cJSON *invited = dialect_payload_array();

    dialect_payload_item(invited, cJSON_CreateString(call->row.person));
    dialect_payload_bool(body, "is_direct", true);
    dialect_payload_string(body, "preset", "trusted_private_chat");
    dialect_payload_value(body, "invite", invited);
    ask(call, "POST", "createRoom",
            dialect_payload_print(&call->call.arena, body, false), on_created);
}

/* --- the search --- */

static void try_next(struct matrix_call *call)
{
    struct matrix_direct_search *search = call->search;

    if (search->next < search->count)
        look_at_members(call);
    else if (!search->list_read)
        ask(call, "GET", list_path(call), NULL, on_list);
    else
        create(call);
}

static bool is_searching(const struct matrix *matrix)
{
    for (struct call *at = matrix->calls.first; at != NULL; at = at->next)
        if (((struct matrix_call *)at)->search != NULL)
            return true;
    return false;
}

static void look_again(void *ctx)
{
    struct matrix_call *call = ctx;

    call->call.timer = NULL;
    matrix_direct_find(call);
}

void matrix_direct_find(struct matrix_call *call)
{
    struct matrix *matrix = call->matrix;
    struct arena *arena = &call->call.arena;

    if (is_searching(matrix)) {
        call->call.timer = loop_timer_start(matrix->transport->loop,
                ANOTHER_LOOK_MS, look_again, call);
        return;
    }
    call->search = arena_new(arena, struct matrix_direct_search);
    call->search->list = "{}";
    if (matrix_room_is_direct(matrix, call->room_id))
        add_room(call, call->room_id);
    add_room(call, matrix_room_kept(matrix, "direct", call->row.person, arena));
    try_next(call);
}

/* --- nobody there --- */

void matrix_direct_unreachable(struct matrix_call *call,
        const struct error *why)
{
    struct arena *arena = &call->call.arena;
    struct error err = {0};

    log_warning("somebody could not be written to directly",
            log_text("account", call->matrix->account.name),
            log_text("why", why->text));
    if (call->row.part > 0) {
        error_set(&err, ERROR_REJECTED,
                "whom it is for alone cannot be written to directly");
        matrix_send_refuse(call, &err);
        return;
    }
    cJSON *content = dialect_payload_object();
    dialect_payload_string(content, "msgtype", "m.notice");
    dialect_payload_string(content, "body", NOBODY_REACHED);
    dialect_payload_value(content, "m.mentions", dialect_payload_object());
    call->row.payload = dialect_payload_print(arena, content, false);
    call->row.payload_bytes = strlen(call->row.payload);
    call->row.person = "";
    call->content = (struct payload){0};
    if (call->origin != NULL)
        call->room_id = call->origin;
    call->origin = NULL;
    call->search = NULL;
    call->direct = call->checked = false;
    matrix_send_go_on(call);
}
