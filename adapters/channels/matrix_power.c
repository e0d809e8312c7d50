#include "adapters/channels/matrix_power.h"

#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_event.h"
#include "adapters/http_url.h"
#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    FRESH_MS = 10 * 60 * 1000,
    STATE_DEFAULT = 50,  /* where there are levels, but not this one */
    CREATOR_LEVEL = 100, /* where there are none */
    CREATORS_RULE = 12,  /* since this version of rooms */
    STATE_MAX_BYTES = 256 * 1024,
};

struct matrix_power {
    struct json levels, create;
    int64_t read_ms;
};

static void free_power(struct matrix_power *power)
{
    if (power == NULL)
        return;
    json_close(&power->levels);
    json_close(&power->create);
    free(power);
}

void matrix_power_forget(struct matrix_room *room)
{
    free_power(room->power);
    room->power = NULL;
    room->power_changes++;
}

/* --- the rule --- */

/* Old rooms have levels in text. */
static double level_of(const cJSON *object, const char *key, double fallback)
{
    const cJSON *level = json_find(object, key);
    char *end;

    if (cJSON_IsNumber(level))
        return level->valuedouble;
    if (!cJSON_IsString(level))
        return fallback;
    double number = strtod(level->valuestring, &end);
    return *end == '\0' && end != level->valuestring ? number : fallback;
}

static const cJSON *content_of(const cJSON *create)
{
    const cJSON *content = json_find(create, "content");

    return cJSON_IsObject(content) ? content : create;
}

static bool is_listed(const cJSON *list, const char *user_id)
{
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return false;
    cJSON_ArrayForEach(item, list)
    {
        if (cJSON_IsString(item) && text_same(item->valuestring, user_id))
            return true;
    }
    return false;
}

static bool has_creators_rule(const cJSON *create)
{
    const char *version = matrix_event_text(content_of(create), "room_version");
    char *end;
    long number = strtol(version, &end, 10);

    return *end == '\0' && number >= CREATORS_RULE;
}

static bool is_creator(const cJSON *create, const char *user_id)
{
    const cJSON *content = content_of(create);

    return text_same(matrix_event_text(create, "sender"), user_id) ||
            text_same(matrix_event_text(content, "creator"), user_id);
}

bool matrix_power_allows(const cJSON *levels, const cJSON *create,
        const char *user_id)
{
    double usual = level_of(levels, "users_default", 0);

    if (has_creators_rule(create) &&
            (text_same(matrix_event_text(create, "sender"), user_id) ||
                    is_listed(json_find(content_of(create),
                                      "additional_creators"),
                            user_id)))
        return true;
    if (levels == NULL) /* then anybody may send state; we are stricter */
        return is_creator(create, user_id) && CREATOR_LEVEL >= STATE_DEFAULT;
    return level_of(json_find(levels, "users"), user_id, usual) >=
            level_of(levels, "state_default", STATE_DEFAULT);
}

/* --- asking --- */

struct power_call {
    struct matrix_call call; /* first */
    const char *room_id, *person;
    const char *levels; /* JSON; "" for none */
    unsigned changes;   /* heard of before we asked */
};

static void end_badly(struct power_call *call, struct error *err)
{
    error_wrap(err, "matrix: who is in charge of %s", call->room_id);
    call_end(&call->call.call, "", false, err);
}

static void end_well(struct power_call *call, const struct matrix_power *power)
{
    call->call.call.allowed = matrix_power_allows(power->levels.root,
            power->create.root, call->person);
    call_end(&call->call.call, "", false, NULL);
}

static void ask(struct power_call *call, const char *state, http_done_fn *done)
{
    struct arena *arena = &call->call.call.arena;
    const struct matrix_question question = {.method = "GET",
            .url = arena_format(arena, "%s" MATRIX_V3 "rooms/%s/state/%s",
                    matrix_base(call->call.matrix),
                    http_url_escape(arena, call->room_id), state),
            .answer_max = STATE_MAX_BYTES};

    call->call.call.http = matrix_ask(call->call.matrix, &question, done, call);
}

/* Kept unless something changed while we asked. */
static void settle(struct power_call *call, struct json *create)
{
    struct matrix *matrix = call->call.matrix;
    struct matrix_room *room = matrix_room_get(matrix, call->room_id);
    struct matrix_power *power = calloc(1, sizeof *power);
    struct error err = {0};

    if (power == NULL) {
        error_set(&err, ERROR_RETRY, "out of memory");
        end_badly(call, &err);
        return;
    }
    json_parse(&power->levels, call->levels, strlen(call->levels),
            STATE_MAX_BYTES, NULL);
    power->create = *create;
    *create = (struct json){0};
    power->read_ms = clock_now_ms(matrix->transport->clock);
    bool holds = room->power_changes == call->changes;
    if (holds) {
        free_power(room->power);
        room->power = power;
    }
    end_well(call, power);
    if (!holds)
        free_power(power);
}

static void on_create(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct power_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.call.http = NULL;
    if (matrix_reply_read(call->call.matrix, answer, failure, &reply, &err))
        settle(call, &reply.json);
    else
        end_badly(call, &err);
    json_close(&reply.json);
}

static void on_levels(void *cookie, const struct http_answer *answer,
        const struct error *failure)
{
    struct power_call *call = cookie;
    struct matrix_reply reply;
    struct error err = {0};

    call->call.call.http = NULL;
    bool ok =
            matrix_reply_read(call->call.matrix, answer, failure, &reply, &err);
    json_close(&reply.json);
    if (ok)
        call->levels = arena_string_n(&call->call.call.arena, answer->body,
                answer->body_bytes);
    if (ok || text_same(reply.errcode, "M_NOT_FOUND"))
        ask(call, "m.room.create/?format=event", on_create);
    else
        end_badly(call, &err);
}

static void go_on(struct matrix_call *base)
{
    struct power_call *call = (struct power_call *)base;
    struct matrix *matrix = base->matrix;
    struct error err = {0};

    call->room_id = base->room[0] == '#'
            ? matrix_room_behind(matrix, base->room)
            : base->room;
    if (call->room_id == NULL) {
        call->room_id = base->room;
        error_set(&err, ERROR_RETRY, "the alias leads nowhere yet");
        end_badly(call, &err);
        return;
    }
    call->room_id = arena_string(&base->call.arena, call->room_id);
    const struct matrix_room *room = matrix_room_get(matrix, call->room_id);
    const struct matrix_power *power = room->power;
    call->changes = room->power_changes;
    call->levels = "";
    int64_t age_ms = power != NULL
            ? clock_now_ms(matrix->transport->clock) - power->read_ms
            : FRESH_MS;
    if (power != NULL && age_ms >= 0 && age_ms < FRESH_MS)
        end_well(call, power);
    else
        ask(call, "m.room.power_levels/", on_levels);
}

static void begin(void *ctx)
{
    struct matrix_call *call = ctx;

    call->call.timer = NULL;
    matrix_when_started(call, go_on);
}

struct request *matrix_power_permission(struct account *account,
        const struct channel *channel, const char *person,
        account_permission_fn *done, void *cookie)
{
    struct matrix *matrix = (struct matrix *)account;
    struct power_call *call =
            (struct power_call *)call_open_permission(&matrix->calls,
                    sizeof *call, done, cookie);
    struct arena *arena = &call->call.call.arena;

    call->call.matrix = matrix;
    call->call.room = arena_string(arena, channel->room);
    call->person = arena_string(arena, person);
    call_soon(&call->call.call, matrix->transport->loop, begin);
    return &call->call.call.request;
}
