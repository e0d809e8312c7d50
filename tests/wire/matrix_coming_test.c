/* Who lets the bot into Matrix rooms, and puts it out. */
#include "tests/wire/matrix_sync.h"

/* --- coming and going --- */

static void test_an_invitation_is_followed_and_told_once(void **state)
{
    struct homeserver *home = *state;

    answer(home, "POST", JOIN, "{\"room_id\":\"" ROOM "\"}");
    sync_invite(home, "s1", ROOM, ANA, "");
    sync_joined(home, "s2",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", "invite")));
    sync_joined(home, "s3",
            EVENTS(member(home, "$name", HOMESERVER_BOT, "join", "join")));
    listen_to_all(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_INVITED);
    assert_string_equal(heard(home, 0)->id, "$in");
    assert_string_equal(heard(home, 0)->room, ROOM);
    assert_string_equal(heard(home, 0)->person, ANA);
    assert_string_equal(heard(home, 0)->text, "Reading group");
    homeserver_wait_asked(home, "GET", SYNC, 4);
    assert_int_equal(homeserver_asked(home, "POST", JOIN), 1);
    assert_non_null(strstr(http_server_record(home->server,
                                   homeserver_index(home, "POST", JOIN, 0))
                                   ->target,
            "?via=example.org&server_name=example.org"));
    assert_string_equal(remembered_value(&home->remembered, "joins"), "[]");
    assert_int_equal(home->heard_count, 1);
}

static void test_invitations_of_strangers_are_declined(void **state)
{
    struct homeserver *home = *state;

    answer(home, "POST", ROOM_V3 "/leave", "{}");
    sync_invite(home, "s1", ROOM, "@eve:elsewhere.org", "");
    sync_room(home, "leave", "s2", ROOM, "",
            EVENTS(member(home, "$out", HOMESERVER_BOT, "leave", "invite")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "POST", ROOM_V3 "/leave", 1);
    homeserver_wait_asked(home, "GET", SYNC, 3);
    assert_int_equal(homeserver_asked(home, "POST", V3 "/join"), 0);
    assert_int_equal(home->heard_count, 0);
}

static void test_an_old_invitation_is_followed_too(void **state)
{
    struct homeserver *home = *state;

    answer(home, "POST", JOIN, "{\"room_id\":\"" ROOM "\"}");
    sync_invite(home, "s1", ROOM, ANA, "");
    sync_hangs(home);
    homeserver_listen(home, "");
    homeserver_wait_asked(home, "POST", JOIN, 1);
}

static void test_joining_waits_as_long_as_it_must(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", JOIN, 1, 429,
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":3000}");
    answer(home, "POST", JOIN, "{\"room_id\":\"" ROOM "\"}");
    sync_invite(home, "s1", ROOM, ANA, "");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "POST", JOIN, 1);
    homeserver_pass(home, 2800);
    assert_int_equal(homeserver_asked(home, "POST", JOIN), 1);
    homeserver_wait_asked(home, "POST", JOIN, 2);
}

static void test_an_invitation_outlives_a_restart(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", JOIN, 0, 502, "");
    sync_invite(home, "s1", ROOM, ANA, "");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "POST", JOIN, 1);
    http_server_forget(home->server);
    homeserver_open_again(home);
    script(home);
    answer(home, "POST", JOIN, "{\"room_id\":\"" ROOM "\"}");
    sync_joined(home, "s2",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", "invite")));
    sync_hangs(home);
    homeserver_listen(home, "s1");
    homeserver_wait_heard(home, 1);
    assert_string_equal(heard(home, 0)->person, ANA);
}

static void test_an_invitation_that_is_gone_is_let_go(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", JOIN, 0, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    sync_invite(home, "s1", ROOM, ANA, "");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "POST", JOIN, 1);
    homeserver_pass(home, 1500);
    assert_int_equal(homeserver_asked(home, "POST", JOIN), 1);
    assert_string_equal(remembered_value(&home->remembered, "joins"), "[]");
}

static void test_put_there_by_somebody_is_told_as_well(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", "")));
    listen_to_all(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_INVITED);
    assert_string_equal(heard(home, 0)->person, "");
}

static void test_a_room_of_our_own_making_was_opened(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(event(home, "$c", "m.room.create", HOMESERVER_BOT,
                           "\"state_key\":\"\",\"content\":{}"),
                    member(home, "$in", HOMESERVER_BOT, "join", "")));
    listen_to_all(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_OPENED);
}

static void test_state_that_comes_again_tells_nothing(void **state)
{
    struct homeserver *home = *state;

    sync_room(home, "join", "s1", ROOM,
            arena_format(&home->arena, "\"state\":{\"events\":[%s]},",
                    member(home, "$in", HOMESERVER_BOT, "join", "invite")),
            EVENTS(message(home, "$1", "!paper 1", "")));
    listen_to_all(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_COMMAND);
}

static void test_what_was_said_before_it_came_is_not_answered(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(event(home, "$c", "m.room.create", ANA,
                           "\"state_key\":\"\",\"content\":{}"),
                    member(home, "$in", HOMESERVER_BOT, "join", "invite"),
                    message(home, "$1", "!paper 1", ""),
                    member(home, "$kick", ANA, "leave", "join"),
                    message(home, "$2", "!paper 2", ""),
                    member(home, "$again", HOMESERVER_BOT, "join", "invite"),
                    message(home, "$3", "!paper 3", "")));
    listen_to_all(home, 2);
    assert_int_equal(heard(home, 0)->kind, EVENT_INVITED);
    assert_string_equal(heard(home, 0)->id, "$again");
    assert_string_equal(heard(home, 1)->text, "3");
}

static void test_put_out_it_says_by_whom(void **state)
{
    struct homeserver *home = *state;

    sync_room(home, "leave", "s1", ROOM, "",
            EVENTS(message(home, "$1", "!paper 1", ""),
                    member(home, "$kick", "@mod:example.org", "leave",
                            "join")));
    sync_room(home, "leave", "s2", ROOM, "",
            EVENTS(member(home, "$ban", "@mod:example.org", "ban", "join")));
    listen_to_all(home, 3);
    assert_int_equal(heard(home, 1)->kind, EVENT_REMOVED);
    assert_string_equal(heard(home, 1)->id, "$kick");
    assert_string_equal(heard(home, 1)->person, "@mod:example.org");
    assert_int_equal(heard(home, 2)->kind, EVENT_REMOVED);
}

static void test_a_room_of_two_needs_no_beginning(void **state)
{
    struct homeserver *home = *state;

    answer(home, "POST", JOIN, "{\"room_id\":\"" ROOM "\"}");
    sync_invite(home, "s1", ROOM, ANA, ",\"is_direct\":true");
    sync_joined(home, "s2",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", "invite")));
    sync_joined(home, "s3", EVENTS(message(home, "$1", "today LG", "")));
    sync_room(home, "join", "s4", ROOM,
            "\"summary\":{\"m.joined_member_count\":3},",
            EVENTS(message(home, "$2", "hello all", ""),
                    message(home, "$3", "!paper 3", "")));
    listen_to_all(home, 3);
    assert_string_equal(heard(home, 1)->text, "today LG");
    assert_string_equal(heard(home, 2)->text, "3");
}

/* --- leaving --- */

static void test_leaving_a_room_that_one_is_not_in_is_done(void **state)
{
    struct homeserver *home = *state;
    static const struct {
        int status;
        const char *body;
        bool good;
    } cases[] = {
            {200, "{}", true},
            {403, "{\"errcode\":\"M_FORBIDDEN\"}", true},
            {404, "{\"errcode\":\"M_NOT_FOUND\"}", true},
            {502, "", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sent sent;
        homeserver_answer(home, "POST", ROOM_V3 "/leave", 1, cases[i].status,
                cases[i].body);
        sent_begin_leave(&sent, home->account, ROOM);
        sent_wait(&sent, home->transport->loop);
        assert_int_equal(!sent.failed, cases[i].good);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            MATRIX_SYNC_TEST(test_an_invitation_is_followed_and_told_once),
            MATRIX_SYNC_TEST(test_invitations_of_strangers_are_declined),
            MATRIX_SYNC_TEST(test_an_old_invitation_is_followed_too),
            MATRIX_SYNC_TEST(test_joining_waits_as_long_as_it_must),
            MATRIX_SYNC_TEST(test_an_invitation_outlives_a_restart),
            MATRIX_SYNC_TEST(test_an_invitation_that_is_gone_is_let_go),
            MATRIX_SYNC_TEST(test_put_there_by_somebody_is_told_as_well),
            MATRIX_SYNC_TEST(test_a_room_of_our_own_making_was_opened),
            MATRIX_SYNC_TEST(test_state_that_comes_again_tells_nothing),
            MATRIX_SYNC_TEST(test_what_was_said_before_it_came_is_not_answered),
            MATRIX_SYNC_TEST(test_put_out_it_says_by_whom),
            MATRIX_SYNC_TEST(test_a_room_of_two_needs_no_beginning),
            MATRIX_SYNC_TEST(test_leaving_a_room_that_one_is_not_in_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
