/*
 * matrix_sync.h - a Matrix account that hears what a scripted /sync says of rooms.
 */
#ifndef TESTS_WIRE_MATRIX_SYNC_H
#define TESTS_WIRE_MATRIX_SYNC_H

#include "bot/base/text.h"
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define V3 HOMESERVER_V3
#define SYNC V3 "/sync?"
#define ROOM "!abc:example.org"
#define ROOM_V3 V3 "/rooms/%21abc%3Aexample.org"
#define ANA "@ana:example.org"

static inline void answer(struct homeserver *home, const char *method,
        const char *path, const char *body)
{
    homeserver_answer(home, method, path, 0, 200, body);
}

static inline void script(struct homeserver *home)
{
    answer(home, "GET", V3 "/profile/", "{\"displayname\":\"Paperboy\"}");
    answer(home, "POST", ROOM_V3 "/receipt/", "{}");
    answer(home, "PUT", ROOM_V3 "/typing/", "{}");
    answer(home, "PUT", ROOM_V3 "/send/", "{\"event_id\":\"$sent\"}");
}

static inline int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    script(&home);
    *state = &home;
    return 0;
}

static inline int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static inline void sync_once(struct homeserver *home, const char *body)
{
    homeserver_answer(home, "GET", SYNC, 1, 200, body);
}

static inline void sync_hangs(struct homeserver *home)
{
    const struct http_script silence = {.method = "GET",
            .path = SYNC,
            .act = SERVER_SILENCE};

    http_server_script(home->server, &silence);
}

static inline const char *event_at(struct homeserver *home, const char *id,
        const char *type, const char *sender, int64_t age_ms, const char *rest)
{
    return arena_format(&home->arena,
            "{\"type\":\"%s\",\"event_id\":\"%s\",\"sender\":\"%s\","
            "\"origin_server_ts\":%lld,%s}",
            type, id, sender,
            (long long)(clock_now_ms(home->transport->clock) - age_ms), rest);
}

static inline const char *event(struct homeserver *home, const char *id,
        const char *type, const char *sender, const char *rest)
{
    return event_at(home, id, type, sender, 0, rest);
}

/* A message with more in its content than a body. */
static inline const char *message(struct homeserver *home, const char *id,
        const char *body, const char *more)
{
    return event(home, id, "m.room.message", ANA,
            arena_format(&home->arena,
                    "\"content\":{\"msgtype\":\"m.text\",\"body\":\"%s\"%s}",
                    body, more));
}

/* One answer of /sync with that in a room, under "join" or "leave". */
static inline void sync_room(struct homeserver *home, const char *where,
        const char *place, const char *room, const char *more,
        const char *const *events)
{
    struct text text;

    text_init(&text, &home->arena, 100000);
    text_add_format(&text,
            "{\"next_batch\":\"%s\",\"rooms\":{\"%s\":{\"%s\":{%s\"timeline\":{"
            "\"events\":[",
            place, where, room, more);
    for (size_t i = 0; events[i] != NULL; i++)
        text_add_format(&text, "%s%s", i > 0 ? "," : "", events[i]);
    text_add(&text, "]}}}}}");
    assert_true(text_ok(&text));
    sync_once(home, text_string(&text));
}

#define EVENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline void sync_joined(struct homeserver *home, const char *place,
        const char *const *events)
{
    sync_room(home, "join", place, ROOM, "", events);
}

/* Hears all that is scripted. */
static inline void listen_to_all(struct homeserver *home, size_t heard)
{
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, heard);
    homeserver_pass(home, 30);
    assert_int_equal(home->heard_count, heard);
}

static inline const struct event *heard(const struct homeserver *home, size_t i)
{
    assert_true(i < home->heard_count);
    return &home->heard[i].event;
}

static inline const char *body_of(struct homeserver *home, const char *method,
        const char *path, size_t n)
{
    return http_server_record(home->server,
            homeserver_index(home, method, path, n))
            ->body;
}

static inline void sync_invite(struct homeserver *home, const char *place,
        const char *room, const char *inviter, const char *more)
{
    sync_once(home,
            arena_format(&home->arena,
                    "{\"next_batch\":\"%s\",\"rooms\":{\"invite\":{\"%s\":{"
                    "\"invite_state\":{\"events\":[{\"type\":\"m.room.member\","
                    "\"sender\":\"%s\",\"state_key\":\"" HOMESERVER_BOT "\","
                    "\"content\":{\"membership\":\"invite\"%s}},"
                    "{\"type\":\"m.room.name\",\"sender\":\"@x:y\","
                    "\"state_key\":\"\",\"content\":{\"name\":"
                    "\"Reading\\ngroup\"}}]}}}}}",
                    place, room, inviter, more));
}

static inline const char *member(struct homeserver *home, const char *id,
        const char *sender, const char *membership, const char *before)
{
    return event(home, id, "m.room.member", sender,
            arena_format(&home->arena,
                    "\"state_key\":\"" HOMESERVER_BOT
                    "\",\"content\":{\"membership\":\"%s\"},\"unsigned\":{"
                    "\"prev_content\":{\"membership\":\"%s\"}}",
                    membership, before));
}

#define JOIN V3 "/join/%21abc%3Aexample.org"

#define MATRIX_SYNC_TEST(name)                                                 \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
