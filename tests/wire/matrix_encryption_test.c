/*
 * Encrypted Matrix rooms: nothing meant for them goes there in clear, and they
 * are told once what helps.
 */
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define V3 HOMESERVER_V3
#define ROOM "!abc:example.org"
#define ROOM_V3 V3 "/rooms/%21abc%3Aexample.org"
#define PUT_PATH ROOM_V3 "/send/m.room.message/"
#define NOTICE_PATH PUT_PATH "paperboy-encrypted-"
#define STATE_PATH ROOM_V3 "/state/m.room.encryption/"
#define SYNC V3 "/sync?"
#define MEGOLM "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}"

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static void script_event(struct homeserver *home)
{
    homeserver_answer(home, "PUT", PUT_PATH, 0, 200,
            "{\"event_id\":\"$event\"}");
}

static const char *body_of(const struct homeserver *home, const char *path)
{
    return http_server_record(home->server,
            homeserver_index(home, "PUT", path, 0))
            ->body;
}

static void test_a_room_in_clear_is_sent_to(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", STATE_PATH, 0, 404,
            "{\"errcode\":\"M_NOT_FOUND\"}");
    script_event(home);
    assert_string_equal(homeserver_send(home, ROOM, "key-1").id, "$event");
    assert_int_equal(homeserver_asked(home, "PUT", NOTICE_PATH), 0);
}

static void
test_an_encrypted_room_gets_one_notice_and_nothing_else(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", STATE_PATH, 0, 200, MEGOLM);
    script_event(home);
    for (int i = 0; i < 3; i++) {
        struct sent sent = homeserver_send(home, ROOM, "key-1");
        assert_int_equal(sent.err.kind, ERROR_STOP);
        assert_false(sent.maybe_taken);
        assert_non_null(strstr(sent.err.text, "encrypted_rooms = clear"));
        if (i == 1) /* and after a restart */
            homeserver_account(home,
                    (const char *const[]){"token", "syt_secret", NULL});
    }
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH), 1);
    const char *body = body_of(home, NOTICE_PATH "refuse");
    assert_non_null(strstr(body, "\"msgtype\":\"m.notice\""));
    assert_non_null(strstr(body, "\"m.mentions\":{}"));
    assert_non_null(strstr(body, "This room is encrypted"));
    assert_non_null(strstr(body, "本房间已加密"));
}

static void test_a_notice_that_cannot_be_said_now_is_said_later(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", STATE_PATH, 0, 200, MEGOLM);
    homeserver_answer(home, "PUT", NOTICE_PATH, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":3000}");
    homeserver_answer(home, "PUT", NOTICE_PATH, 0, 200,
            "{\"event_id\":\"$told\"}");
    struct sent sent = homeserver_send(home, ROOM, "key-1");
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 3000);
    assert_int_equal(homeserver_send(home, ROOM, "key-1").err.kind, ERROR_STOP);
    assert_int_equal(homeserver_asked(home, "PUT", NOTICE_PATH), 2);
}

static void test_the_owner_may_allow_it(void **state)
{
    struct homeserver *home = *state;

    homeserver_account(home,
            (const char *const[]){"token", "syt_secret", "encrypted_rooms",
                    "clear", NULL});
    homeserver_answer(home, "GET", STATE_PATH, 0, 200, MEGOLM);
    script_event(home);
    assert_string_equal(homeserver_send(home, ROOM, "key-1").id, "$event");
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH "key-1"), 1);
}

static void test_who_cannot_find_out_does_not_send(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", STATE_PATH, 1, 502, "");
    homeserver_answer(home, "GET", STATE_PATH, 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    homeserver_answer(home, "POST", V3 "/join/", 1, 200,
            "{\"room_id\":\"" ROOM "\"}");
    homeserver_answer(home, "POST", V3 "/join/", 1, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    script_event(home);
    assert_int_equal(homeserver_send(home, ROOM, "k").err.kind, ERROR_RETRY);
    assert_int_equal(homeserver_send(home, ROOM, "k").err.kind, ERROR_STOP);
    assert_int_equal(homeserver_send(home, ROOM, "k").err.kind, ERROR_STOP);
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH), 0);
}

/* --- what is heard --- */

#define JOINED(timeline)                                                       \
    "{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM                      \
    "\":{\"timeline\":{\"events\":[" timeline "]}}}}}"
#define ENCRYPTED(id)                                                          \
    "{\"event_id\":\"" id "\",\"type\":\"m.room.encrypted\","                  \
    "\"sender\":\"@ana:example.org\",\"origin_server_ts\":99999999999,"        \
    "\"content\":{\"ciphertext\":\"x\"}}"
#define ENCRYPTION                                                             \
    "{\"event_id\":\"$e\",\"type\":\"m.room.encryption\",\"state_key\":\"\","  \
    "\"sender\":\"@ana:example.org\",\"content\":" MEGOLM "}"

static void listen_from(struct homeserver *home, const char *place,
        const char *batch)
{
    const struct http_script hanging = {.method = "GET",
            .path = SYNC,
            .act = SERVER_SILENCE};

    homeserver_answer(home, "GET", V3 "/profile/", 0, 200, "{}");
    homeserver_answer(home, "GET", SYNC, 1, 200, batch);
    http_server_script(home->server, &hanging);
    homeserver_listen(home, place);
    homeserver_wait_asked(home, "GET", SYNC, 2);
}

static void listen_to(struct homeserver *home, const char *batch)
{
    listen_from(home, "s1", batch);
}

static void test_encryption_that_comes_later_is_answered_at_once(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", STATE_PATH, 0, 404,
            "{\"errcode\":\"M_NOT_FOUND\"}");
    script_event(home);
    assert_false(homeserver_send(home, ROOM, "key-1").failed);
    listen_to(home, JOINED(ENCRYPTION));
    homeserver_wait_asked(home, "PUT", NOTICE_PATH "refuse", 1);
    assert_int_equal(homeserver_send(home, ROOM, "key-2").err.kind, ERROR_STOP);
    assert_int_equal(homeserver_asked(home, "PUT", NOTICE_PATH), 1);
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH "key-2"), 0);
}

static const char *counted(struct homeserver *home)
{
    char *value = NULL;

    assert_true(home->remembered.memory.get(home->remembered.memory.ctx,
            ACCOUNT_MEMORY_UNREADABLE, &home->arena, &value, NULL));
    return value != NULL ? value : "none";
}

static void test_what_cannot_be_read_is_counted_and_told_once(void **state)
{
    struct homeserver *home = *state;

    homeserver_account(home,
            (const char *const[]){"token", "syt_secret", "encrypted_rooms",
                    "clear", NULL});
    script_event(home);
    assert_string_equal(counted(home), "none");
    listen_to(home,
            JOINED(ENCRYPTED("$1") "," ENCRYPTED("$2") "," ENCRYPTED("$3")));
    homeserver_wait_asked(home, "PUT", NOTICE_PATH "clear", 1);
    assert_string_equal(counted(home), "3");
    assert_string_equal(home->checkpoint, "s2"); /* not counted anew */
    assert_int_equal(homeserver_asked(home, "PUT", NOTICE_PATH), 1);
    const char *body = body_of(home, NOTICE_PATH "clear");
    assert_non_null(strstr(body, "I hear no commands here"));
    assert_non_null(strstr(body, "听不到命令"));
}

/* As Synapse gives it: not in the timeline, of which only the end comes. */
#define FIRST_SYNC                                                             \
    "{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM                      \
    "\":{\"state\":{\"events\":[" ENCRYPTION                                   \
    "]},\"timeline\":{\"events\":[" ENCRYPTED("$1") "]}}}}}"

static void
test_a_room_that_is_encrypted_at_the_first_sync_is_told_then(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "PUT", NOTICE_PATH, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":5}");
    script_event(home);
    listen_from(home, "", FIRST_SYNC);
    homeserver_wait_asked(home, "PUT", NOTICE_PATH "refuse", 2);
    assert_string_equal(counted(home), "none"); /* that is old */
    assert_int_equal(homeserver_send(home, ROOM, "key-1").err.kind, ERROR_STOP);
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH), 2);
}

#define COMMAND                                                                \
    "{\"event_id\":\"$c\",\"type\":\"m.room.message\","                        \
    "\"sender\":\"@ana:example.org\",\"origin_server_ts\":9999999999999,"      \
    "\"content\":{\"msgtype\":\"m.text\",\"body\":\"!paper help\"}}"

static void
test_a_command_in_clear_is_not_heard_in_an_encrypted_room(void **state)
{
    struct homeserver *home = *state;

    script_event(home);
    listen_to(home, JOINED(ENCRYPTION "," COMMAND));
    homeserver_wait_asked(home, "PUT", NOTICE_PATH "refuse", 1);
    assert_int_equal(home->heard_count, 0);
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH), 1);
}

static void test_nor_after_a_restart_when_nobody_says_that_it_is(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", STATE_PATH, 0, 200, MEGOLM);
    script_event(home);
    assert_int_equal(homeserver_send(home, ROOM, "key-1").err.kind, ERROR_STOP);
    homeserver_open_again(home);
    listen_to(home, JOINED(COMMAND));
    assert_int_equal(home->heard_count, 0);
    assert_int_equal(homeserver_asked(home, "PUT", PUT_PATH), 1);
}

static void
test_where_the_owner_allows_it_a_command_in_clear_is_heard(void **state)
{
    struct homeserver *home = *state;

    homeserver_account(home,
            (const char *const[]){"token", "syt_secret", "encrypted_rooms",
                    "clear", NULL});
    script_event(home);
    listen_to(home, JOINED(ENCRYPTION "," COMMAND));
    homeserver_wait_asked(home, "PUT", NOTICE_PATH "clear", 1);
    assert_int_equal(home->heard_count, 1);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_room_in_clear_is_sent_to),
            wire_test(test_an_encrypted_room_gets_one_notice_and_nothing_else),
            wire_test(test_a_notice_that_cannot_be_said_now_is_said_later),
            wire_test(test_the_owner_may_allow_it),
            wire_test(test_who_cannot_find_out_does_not_send),
            wire_test(test_encryption_that_comes_later_is_answered_at_once),
            wire_test(test_what_cannot_be_read_is_counted_and_told_once),
            wire_test(
                    test_a_room_that_is_encrypted_at_the_first_sync_is_told_then),
            wire_test(
                    test_a_command_in_clear_is_not_heard_in_an_encrypted_room),
            wire_test(test_nor_after_a_restart_when_nobody_says_that_it_is),
            wire_test(
                    test_where_the_owner_allows_it_a_command_in_clear_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
