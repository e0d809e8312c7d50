/*
 * "Syncing" of the client-server API: what is asked for, and what an answer
 * holds.
 */
#include "adapters/channels/matrix.h"
#include "adapters/channels/matrix_event.h"
#include "adapters/channels/matrix_power.h"
#include "adapters/http_url.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    POLL_MS = 30 * 1000,
    SLIM_MAX = 2,
    PLACE_MAX_BYTES = 8192,
};

/* --- what is asked for --- */

/* All that concerns us.  Membership tells of invitations followed, of who was
 * put out, and whether a room is one of two. */
#define TIMELINE_TYPES                                                         \
    "[\"m.room.message\",\"m.room.encrypted\",\"m.reaction\","                 \
    "\"m.room.redaction\",\"m.room.member\",\"m.room.tombstone\","             \
    "\"m.room.encryption\",\"m.room.power_levels\",\"m.room.create\"]"
#define STATE_TYPES                                                            \
    "[\"m.room.member\",\"m.room.tombstone\",\"m.room.encryption\","           \
    "\"m.room.power_levels\",\"m.room.create\"]"
/* The rest is asked for when it is needed. */
#define SLIM_STATE_TYPES                                                       \
    "[\"m.room.create\",\"m.room.tombstone\",\"m.room.encryption\"]"
#define NOTHING "{\"not_types\":[\"*\"]}"

char *matrix_sync_page_filter(struct arena *arena)
{
    return arena_string(arena,
            "{\"types\":" TIMELINE_TYPES ",\"lazy_load_members\":true}");
}

/* Of old events none is looked at. */
static int timeline_limit(const struct matrix_listening *listening)
{
    static const int limits[SLIM_MAX + 1] = {50, 10, 1};

    return listening->place[0] == '\0' ? 1 : limits[listening->slim];
}

static char *filter_of(const struct matrix_listening *listening,
        struct arena *arena)
{
    return arena_format(arena,
            "{\"presence\":" NOTHING ",\"account_data\":" NOTHING
            ",\"room\":{\"ephemeral\":" NOTHING ",\"account_data\":" NOTHING
            ",\"state\":{\"types\":%s,\"lazy_load_members\":true}"
            ",\"timeline\":{\"types\":" TIMELINE_TYPES
            ",\"limit\":%d,\"lazy_load_members\":true}}}",
            listening->slim > 0 ? SLIM_STATE_TYPES : STATE_TYPES,
            timeline_limit(listening));
}

char *matrix_sync_url(const struct matrix *matrix, struct arena *arena)
{
    const struct matrix_listening *listening = &matrix->listening;
    const char *since = "";

    if (listening->place[0] != '\0')
        since = arena_format(arena, "&since=%s",
                http_url_escape(arena, listening->place));
    return arena_format(arena,
            "%s" MATRIX_V3 "sync?timeout=%d&set_presence=offline&filter=%s%s",
            matrix_base(matrix), POLL_MS,
            http_url_escape(arena, filter_of(listening, arena)), since);
}

/* --- what an answer holds --- */

static struct event *add_event(struct matrix_batch *batch)
{
    batch->events = arena_grow(&batch->arena, batch->events, batch->count,
            &batch->capacity, sizeof *batch->events);
    return &batch->events[batch->count++];
}

/* --- membership --- */

/* Our own membership before this event; "" if it is not said. */
static const char *membership_before(const struct matrix_event *event)
{
    const cJSON *hidden = json_find(event->json, "unsigned");

    return matrix_event_text(json_find(hidden, "prev_content"), "membership");
}

static bool is_created_by(const cJSON *part, const char *user)
{
    const cJSON *events = json_find(part, "events");
    const cJSON *event;

    if (!cJSON_IsArray(events))
        return false;
    cJSON_ArrayForEach(event, events)
    {
        if (text_same(matrix_event_text(event, "type"), "m.room.create"))
            return text_same(matrix_event_text(event, "sender"), user);
    }
    return false;
}

/* The room whose turn it is was made by us: see matrix_direct.h. */
static bool is_of_our_making(const struct matrix *matrix)
{
    const cJSON *room = matrix->listening.batch->joined;
    const char *own = matrix->session.user_id;

    return is_created_by(json_find(room, "state"), own) ||
            is_created_by(json_find(room, "timeline"), own);
}

static void own_join(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, bool state)
{
    struct matrix_batch *batch = matrix->listening.batch;
    struct event told;

    /* A new name of ours comes as another event of that kind. */
    if (text_same(membership_before(event), "join") ||
            !matrix_join_seen(matrix, room_id, event, state, &batch->arena,
                    &told))
        return;
    if (told.kind == EVENT_INVITED && is_of_our_making(matrix))
        told.kind = EVENT_OPENED;
    *add_event(batch) = told;
}

static void own_leave(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event)
{
    struct matrix_batch *batch = matrix->listening.batch;
    const char *before = membership_before(event);

    /* An invitation that came to nothing was no place of ours. */
    if (text_same(before, "invite") || text_same(before, "knock"))
        return;
    matrix_room_mark_direct(matrix, room_id, "");
    *add_event(batch) = (struct event){.id = event->id,
            .kind = EVENT_REMOVED,
            .room = matrix_room_name(matrix, room_id),
            .person = event->sender,
            .text = "",
            .target = "",
            .reply = "",
            .sent_ms = event->sent_ms};
}

static void read_member(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, bool state)
{
    const char *membership = matrix_event_text(event->content, "membership");

    if (!text_same(event->state_key, matrix->session.user_id))
        return;
    if (text_same(membership, "join"))
        own_join(matrix, room_id, event, state);
    else if (text_same(membership, "leave") || text_same(membership, "ban"))
        own_leave(matrix, room_id, event);
}

/* --- events --- */

static void read_state(struct matrix *matrix, const char *room_id,
        const struct matrix_event *event, bool state)
{
    struct matrix_room *room = matrix_room_get(matrix, room_id);

    if (text_same(event->type, "m.room.member"))
        read_member(matrix, room_id, event, state);
    else if (text_same(event->type, "m.room.tombstone"))
        matrix_join_follow(matrix, room_id, event);
    else if (text_same(event->type, "m.room.encryption"))
        matrix_encryption_heard(matrix, room_id);
    else if (text_same(event->type, "m.room.power_levels") ||
            text_same(event->type, "m.room.create"))
        matrix_power_forget(room);
}

static void read_event(struct matrix *matrix, const char *room_id,
        const cJSON *json, bool state)
{
    struct matrix_batch *batch = matrix->listening.batch;
    struct matrix_event event;
    struct event told;

    if (!matrix_event_parse(json, &event))
        return;
    if (event.state_key != NULL)
        read_state(matrix, room_id, &event, state);
    else if (!state &&
            matrix_event_read(matrix, room_id, &event, &batch->arena, &told))
        *add_event(batch) = told;
}

static void read_from(struct matrix *matrix, const char *room_id,
        const cJSON *event, bool state)
{
    for (; event != NULL; event = event->next)
        read_event(matrix, room_id, event, state);
}

static void read_events(struct matrix *matrix, const char *room_id,
        const cJSON *part, bool state)
{
    const cJSON *events = json_find(part, "events");

    if (cJSON_IsArray(events))
        read_from(matrix, room_id, events->child, state);
}

/* A page has the newest first. */
static void read_page_backwards(struct matrix *matrix, const char *room_id,
        const struct matrix_page *page)
{
    const cJSON *chunk = json_find(page->json.root, "chunk");
    const cJSON *event = cJSON_IsArray(chunk) ? chunk->child : NULL;

    if (event == NULL)
        return;
    for (event = event->prev;; event = event->prev) { /* the last one */
        read_event(matrix, room_id, event, false);
        if (event == chunk->child)
            return;
    }
}

static void read_gap(struct matrix *matrix, const char *room_id)
{
    struct matrix_batch *batch = matrix->listening.batch;

    while (batch->pages != NULL) {
        struct matrix_page *page = batch->pages;
        read_page_backwards(matrix, room_id, page);
        batch->pages = page->next;
        page->next = batch->read; /* events have strings of it */
        batch->read = page;
    }
    batch->gap_filled = false;
}

/* --- rooms --- */

static void count_members(struct matrix *matrix, const cJSON *room)
{
    const cJSON *joined =
            json_find(json_find(room, "summary"), "m.joined_member_count");

    if (cJSON_IsNumber(joined) && joined->valuedouble > 2 &&
            matrix_room_is_direct(matrix, room->string))
        matrix_room_mark_direct(matrix, room->string, "");
}

/* True if the room's timeline begins too late for what we know. */
static bool has_gap(const struct matrix_batch *batch, const cJSON *timeline)
{
    return !batch->first && !batch->gap_filled &&
            cJSON_IsTrue(json_find(timeline, "limited")) &&
            matrix_event_text(timeline, "prev_batch")[0] != '\0';
}

static bool has_type(const cJSON *part, const char *type)
{
    const cJSON *events = json_find(part, "events");
    const cJSON *event;

    if (!cJSON_IsArray(events))
        return false;
    cJSON_ArrayForEach(event, events)
    {
        if (text_same(matrix_event_text(event, "type"), type))
            return true;
    }
    return false;
}

/* Of a room that we came into just now all of the state comes. */
static bool is_new_to_us(const cJSON *room)
{
    return has_type(json_find(room, "state"), "m.room.create") ||
            has_type(json_find(room, "timeline"), "m.room.create");
}

/* What was said there before we came is not for us. */
static void read_from_our_coming(struct matrix *matrix, const cJSON *room)
{
    const cJSON *events = json_find(json_find(room, "timeline"), "events");
    const cJSON *first = cJSON_IsArray(events) ? events->child : NULL;
    struct matrix_event event;

    for (const cJSON *at = first; at != NULL; at = at->next)
        if (matrix_event_parse(at, &event) && event.state_key != NULL &&
                text_same(event.type, "m.room.member") &&
                text_same(event.state_key, matrix->session.user_id) &&
                text_same(matrix_event_text(event.content, "membership"),
                        "join"))
            first = at;
    read_from(matrix, room->string, first, false);
}

/* Of the first answer only what holds on. */
static void read_old(struct matrix *matrix, const cJSON *room)
{
    if (has_type(json_find(room, "state"), "m.room.encryption") ||
            has_type(json_find(room, "timeline"), "m.room.encryption"))
        matrix_encryption_heard(matrix, room->string);
}

static void read_joined(struct matrix *matrix, const cJSON *room)
{
    count_members(matrix, room);
    if (matrix->listening.batch->first) {
        read_old(matrix, room);
        return;
    }
    read_events(matrix, room->string, json_find(room, "state"), true);
    read_gap(matrix, room->string);
    if (is_new_to_us(room))
        read_from_our_coming(matrix, room);
    else
        read_events(matrix, room->string, json_find(room, "timeline"), false);
}

static void read_left(struct matrix *matrix, const cJSON *rooms)
{
    const cJSON *room;

    if (matrix->listening.batch->first || !cJSON_IsObject(rooms))
        return;
    cJSON_ArrayForEach(room, rooms)
    {
        read_events(matrix, room->string, json_find(room, "state"), true);
        read_events(matrix, room->string, json_find(room, "timeline"), false);
    }
}

static void read_invited(struct matrix *matrix, const cJSON *rooms)
{
    const cJSON *room;

    if (!cJSON_IsObject(rooms))
        return;
    cJSON_ArrayForEach(room, rooms) matrix_join_invited(matrix, room->string,
            json_find(json_find(room, "invite_state"), "events"));
}

static const cJSON *rooms_of(const struct matrix_batch *batch, const char *key)
{
    const cJSON *rooms = json_find(json_find(batch->json.root, "rooms"), key);

    return cJSON_IsObject(rooms) ? rooms : NULL;
}

bool matrix_sync_is_empty(const struct matrix_batch *batch)
{
    const cJSON *rooms = json_find(batch->json.root, "rooms");
    const cJSON *part;

    if (!cJSON_IsObject(rooms))
        return true;
    cJSON_ArrayForEach(part, rooms)
    {
        if (part->child != NULL)
            return false;
    }
    return true;
}

/* Reactions that were taken back by somebody of whom we do not know whether
 * they were his. */
static bool look_up_next(struct matrix *matrix)
{
    struct matrix_batch *batch = matrix->listening.batch;

    while (batch->looked_up < batch->count) {
        const struct event *event = &batch->events[batch->looked_up];
        if (event->kind == EVENT_REACTION_GONE && event->person[0] == '\0') {
            matrix_gap_look_up(matrix, event);
            return true;
        }
        batch->looked_up++;
    }
    return false;
}

void matrix_sync_go_on(struct matrix *matrix)
{
    struct matrix_batch *batch = matrix->listening.batch;

    for (; batch->joined != NULL; batch->joined = batch->joined->next) {
        const cJSON *timeline = json_find(batch->joined, "timeline");
        if (has_gap(batch, timeline) && !is_new_to_us(batch->joined)) {
            matrix_gap_fill(matrix, matrix_event_text(timeline, "prev_batch"));
            return;
        }
        read_joined(matrix, batch->joined);
    }
    if (!batch->others_read) {
        read_left(matrix, rooms_of(batch, "leave"));
        read_invited(matrix, rooms_of(batch, "invite"));
    }
    batch->others_read = true;
    if (!look_up_next(matrix))
        matrix_listen_ready(matrix);
}

bool matrix_sync_begin(struct matrix *matrix, struct json *json,
        struct error *err)
{
    struct matrix_listening *listening = &matrix->listening;
    struct arena arena = {0};
    const char *place;

    if (!json_text(json, json->root, "next_batch", &place, err))
        return false;
    if (place[0] == '\0' || strlen(place) > PLACE_MAX_BYTES)
        return error_set(err, ERROR_RETRY, "next_batch is no place");
    struct matrix_batch *batch = arena_new(&arena, struct matrix_batch);
    batch->arena = arena;
    batch->json = *json;
    *json = (struct json){0};
    batch->place = place;
    batch->first = listening->place[0] == '\0';
    listening->batch = batch;
    const cJSON *joined = rooms_of(batch, "join");
    batch->joined = joined != NULL ? joined->child : NULL;
    matrix_sync_go_on(matrix);
    return true;
}

void matrix_sync_free(struct matrix_batch *batch)
{
    if (batch == NULL)
        return;
    for (; batch->pages != NULL; batch->pages = batch->pages->next)
        json_close(&batch->pages->json);
    for (; batch->read != NULL; batch->read = batch->read->next)
        json_close(&batch->read->json);
    json_close(&batch->json);
    struct arena arena = batch->arena;
    arena_finish(&arena);
}
