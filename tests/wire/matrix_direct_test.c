/*
 * What is for one person alone goes to a Matrix room of two, and nowhere else.
 */
#include "tests/support/homeserver.h"
#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define V3 HOMESERVER_V3
#define ROOM "!abc:example.org"
#define ROOM_PUT V3 "/rooms/%21abc%3Aexample.org/send/m.room.message/"
#define DIRECT "!two:example.org"
#define DIRECT_V3 V3 "/rooms/%21two%3Aexample.org"
#define DIRECT_PUT DIRECT_V3 "/send/m.room.message/"
#define DIRECT_MEMBERS DIRECT_V3 "/members?not_membership=leave"
#define LIST V3 "/user/%40bot%3Aexample.org/account_data/m.direct"
#define CREATE V3 "/createRoom"
#define ANA "@ana:example.org"
#define SECRET "what nobody else may read"

#define MEMBER(user, how)                                                      \
    "{\"type\":\"m.room.member\",\"state_key\":\"" user                        \
    "\",\"content\":{\"membership\":\"" how "\"}}"
#define MEMBERS(list) "{\"chunk\":[" list "]}"
#define US MEMBER(HOMESERVER_BOT, "join")
#define THE_TWO MEMBERS(US "," MEMBER(ANA, "join"))

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    homeserver_answer(&home, "PUT", ROOM_PUT, 0, 200,
            "{\"event_id\":\"$room\"}");
    homeserver_answer(&home, "PUT", DIRECT_PUT, 0, 200,
            "{\"event_id\":\"$direct\"}");
    homeserver_answer(&home, "PUT", LIST, 0, 200, "{}");
    *state = &home;
    return 0;
}

/* Whatever a test did, the room has not seen it. */
static int tear_down(void **state)
{
    struct homeserver *home = *state;

    for (size_t i = 0; i < homeserver_asked(home, "PUT", ROOM_PUT); i++) {
        size_t index = homeserver_index(home, "PUT", ROOM_PUT, i);
        assert_null(strstr(http_server_record(home->server, index)->body,
                SECRET));
    }
    homeserver_close(home);
    return 0;
}

static struct outbox_row personal_row(const char *room)
{
    struct outbox_row row = sent_row(room, "key-1",
            "{\"msgtype\":\"m.notice\",\"body\":\"" SECRET "\"}");

    row.person = ANA;
    row.reply = "$question";
    return row;
}

static struct sent send_row(struct homeserver *home,
        const struct outbox_row *row)
{
    struct sent sent;

    sent_begin(&sent, home->account, row);
    sent_wait(&sent, home->transport->loop);
    return sent;
}

static struct sent send_personal(struct homeserver *home)
{
    struct outbox_row row = personal_row(ROOM);

    return send_row(home, &row);
}

static void script_create(struct homeserver *home)
{
    homeserver_answer(home, "POST", CREATE, 0, 200,
            "{\"room_id\":\"" DIRECT "\"}");
}

static const char *body_of(const struct homeserver *home, const char *method,
        const char *path)
{
    return http_server_record(home->server,
            homeserver_index(home, method, path, 0))
            ->body;
}

static void test_a_new_room_is_made_once_and_remembered(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LIST, 0, 200,
            "{\"@other:example.org\":[\"!x:example.org\"]}");
    script_create(home);
    homeserver_answer(home, "GET", DIRECT_MEMBERS, 0, 200,
            MEMBERS(US "," MEMBER(ANA, "invite")));
    assert_string_equal(send_personal(home).id, "$direct");
    assert_string_equal(send_personal(home).id, "$direct");
    homeserver_account(home, /* a restart */
            (const char *const[]){"token", "syt_secret", NULL});
    assert_string_equal(send_personal(home).id, "$direct");
    assert_int_equal(homeserver_asked(home, "POST", CREATE), 1);
    assert_string_equal(body_of(home, "POST", CREATE),
            "{\"is_direct\":true,\"preset\":\"trusted_private_chat\","
            "\"invite\":[\"" ANA "\"]}");
    assert_string_equal(body_of(home, "PUT", LIST),
            "{\"@other:example.org\":[\"!x:example.org\"],\"" ANA
            "\":[\"" DIRECT "\"]}");
    /* The question is in another room. */
    assert_null(strstr(body_of(home, "PUT", DIRECT_PUT), "$question"));
    assert_non_null(strstr(body_of(home, "PUT", DIRECT_PUT), SECRET));
}

static void test_a_direct_room_of_the_list_is_used(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LIST, 0, 200,
            "{\"" ANA "\":[7,\"nonsense\",\"" DIRECT "\"]}");
    homeserver_answer(home, "GET", DIRECT_MEMBERS, 0, 200, THE_TWO);
    assert_string_equal(send_personal(home).id, "$direct");
    assert_int_equal(homeserver_asked(home, "POST", CREATE), 0);
}

static void test_in_their_own_room_they_are_answered_there(void **state)
{
    struct homeserver *home = *state;
    struct outbox_row row = personal_row(DIRECT);

    homeserver_answer(home, "GET", LIST, 0, 200,
            "{\"" ANA "\":[\"" DIRECT "\"]}");
    homeserver_answer(home, "GET", DIRECT_MEMBERS, 0, 200, THE_TWO);
    assert_string_equal(send_row(home, &row).id, "$direct");
    assert_non_null(strstr(body_of(home, "PUT", DIRECT_PUT), "$question"));
}

static void test_a_room_that_is_not_private_is_passed_over(void **state)
{
    struct homeserver *home = *state;
    static const struct {
        int status;
        const char *body;
    } cases[] = {
            {200,
                    MEMBERS(US "," MEMBER(ANA, "join") "," MEMBER("@eve:x",
                            "join"))},
            {200,
                    MEMBERS(US "," MEMBER(ANA, "join") "," MEMBER("@eve:x",
                            "invite"))},
            {200, MEMBERS(MEMBER(ANA, "join"))},
            {200, "{\"chunk\":{}}"},
            {200, "{}"},
            {403, "{\"errcode\":\"M_FORBIDDEN\"}"},
            {404, "{\"errcode\":\"M_NOT_FOUND\"}"},
    };

    homeserver_answer(home, "GET", LIST, 0, 200,
            "{\"" ANA "\":[\"" DIRECT "\"]}");
    homeserver_answer(home, "POST", CREATE, 0, 200,
            "{\"room_id\":\"!new:example.org\"}");
    homeserver_answer(home, "PUT", V3 "/rooms/%21new%3Aexample.org/send/", 0,
            200, "{\"event_id\":\"$new\"}");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        remembered_finish(&home->remembered);
        remembered_init(&home->remembered);
        homeserver_account(home,
                (const char *const[]){"token", "syt_secret", NULL});
        homeserver_answer(home, "GET", DIRECT_MEMBERS, 1, cases[i].status,
                cases[i].body);
        assert_string_equal(send_personal(home).id, "$new");
    }
    assert_int_equal(homeserver_asked(home, "PUT", DIRECT_PUT), 0);
}

static void test_who_left_is_invited_back(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LIST, 0, 200,
            "{\"" ANA "\":[\"" DIRECT "\"]}");
    homeserver_answer(home, "GET", DIRECT_MEMBERS, 0, 200,
            MEMBERS(US "," MEMBER("@eve:x", "ban")));
    homeserver_answer(home, "POST", DIRECT_V3 "/invite", 0, 200, "{}");
    assert_string_equal(send_personal(home).id, "$direct");
    assert_string_equal(body_of(home, "POST", DIRECT_V3 "/invite"),
            "{\"user_id\":\"" ANA "\"}");
}

static void test_an_encrypted_room_of_two_is_passed_over(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LIST, 0, 200,
            "{\"" ANA "\":[\"!old:example.org\"]}");
    homeserver_answer(home, "GET", V3 "/rooms/%21old%3Aexample.org/members?", 0,
            200, THE_TWO);
    homeserver_answer(home, "GET",
            V3 "/rooms/%21old%3Aexample.org/state/m.room.encryption/", 0, 200,
            "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
    script_create(home);
    assert_string_equal(send_personal(home).id, "$direct");
    assert_int_equal(homeserver_asked(home, "POST", CREATE), 1);
}

static void test_who_cannot_be_reached_is_told_so_in_the_room(void **state)
{
    struct homeserver *home = *state;
    struct outbox_row second = personal_row(ROOM);

    homeserver_answer(home, "POST", CREATE, 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    assert_string_equal(send_personal(home).id, "$room");
    const char *body = body_of(home, "PUT", ROOM_PUT "key-1");
    assert_non_null(strstr(body, "for you alone"));
    assert_non_null(strstr(body, "私聊"));
    assert_non_null(strstr(body, "$question"));
    assert_non_null(strstr(body, "\"m.mentions\":{}"));
    second.part = 1;
    assert_int_equal(send_row(home, &second).err.kind, ERROR_REJECTED);
    assert_int_equal(homeserver_asked(home, "PUT", ROOM_PUT), 1);
}

static void test_a_new_room_that_is_encrypted_at_once_is_not_used(void **state)
{
    struct homeserver *home = *state;

    script_create(home);
    homeserver_answer(home, "GET", DIRECT_V3 "/state/m.room.encryption/", 0,
            200, "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
    assert_string_equal(send_personal(home).id, "$room");
    assert_int_equal(homeserver_asked(home, "PUT", DIRECT_PUT), 0);
}

static void test_trouble_that_may_pass_is_waited_out(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", CREATE, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":7000}");
    script_create(home);
    struct sent sent = send_personal(home);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_int_equal(sent.err.retry_after_ms, 7000);
    assert_false(sent.maybe_taken);
    assert_true(sent.room_waits);
    assert_string_equal(send_personal(home).id, "$direct");
}

static void test_two_at_once_make_one_room(void **state)
{
    struct homeserver *home = *state;
    const struct http_script slow = {.method = "POST",
            .path = CREATE,
            .delay_ms = 30,
            .body = "{\"room_id\":\"" DIRECT "\"}"};
    struct outbox_row row = personal_row(ROOM);
    struct sent sends[2];

    http_server_script(home->server, &slow);
    homeserver_answer(home, "GET", DIRECT_MEMBERS, 0, 200, THE_TWO);
    for (int i = 0; i < 2; i++)
        sent_begin(&sends[i], home->account, &row);
    for (int i = 0; i < 2; i++) {
        sent_wait(&sends[i], home->transport->loop);
        assert_string_equal(sends[i].id, "$direct");
    }
    assert_int_equal(homeserver_asked(home, "POST", CREATE), 1);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_new_room_is_made_once_and_remembered),
            wire_test(test_a_direct_room_of_the_list_is_used),
            wire_test(test_in_their_own_room_they_are_answered_there),
            wire_test(test_a_room_that_is_not_private_is_passed_over),
            wire_test(test_who_left_is_invited_back),
            wire_test(test_an_encrypted_room_of_two_is_passed_over),
            wire_test(test_who_cannot_be_reached_is_told_so_in_the_room),
            wire_test(test_a_new_room_that_is_encrypted_at_once_is_not_used),
            wire_test(test_trouble_that_may_pass_is_waited_out),
            wire_test(test_two_at_once_make_one_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
