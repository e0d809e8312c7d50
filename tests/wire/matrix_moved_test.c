/* Matrix rooms that go on in other ones. */
#include "tests/wire/matrix_sync.h"

#define NEXT "!next:example.org"
#define JOIN_NEXT V3 "/join/%21next%3Aexample.org"
#define TOMBSTONE                                                              \
    "\"state_key\":\"\",\"content\":{\"body\":\"moved\","                      \
    "\"replacement_room\":\"" NEXT "\"}"

static void test_a_replaced_room_is_followed_and_told_once(void **state)
{
    struct homeserver *home = *state;

    answer(home, "POST", JOIN_NEXT, "{\"room_id\":\"" NEXT "\"}");
    sync_joined(home, "s1",
            EVENTS(event(home, "$tomb", "m.room.tombstone", "@mod:example.org",
                    TOMBSTONE)));
    sync_room(home, "join", "s2", NEXT, "",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", "")));
    listen_to_all(home, 1);
    homeserver_wait_asked(home, "GET", SYNC, 3);
    homeserver_pass(home, 100);
    assert_int_equal(home->heard_count, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_MOVED);
    assert_string_equal(heard(home, 0)->id, "$tomb");
    assert_string_equal(heard(home, 0)->room, ROOM);
    assert_string_equal(heard(home, 0)->target, NEXT);
    assert_string_equal(remembered_value(&home->remembered, "joins"), "[]");
}

static void test_that_a_room_moved_is_told_until_it_is_taken(void **state)
{
    struct homeserver *home = *state;

    const struct http_script slow = {.method = "POST",
            .path = JOIN_NEXT,
            .body = "{\"room_id\":\"" NEXT "\"}",
            .delay_ms = 100};

    http_server_script(home->server, &slow);
    sync_joined(home, "s1",
            EVENTS(event(home, "$tomb", "m.room.tombstone", "@mod:example.org",
                    TOMBSTONE)));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "POST", JOIN_NEXT, 1);
    home->deaf = 1;
    homeserver_wait_heard(home, 1);
    assert_int_equal(home->deaf, 0);
    assert_int_equal(heard(home, 0)->kind, EVENT_MOVED);
}

static void test_a_closed_room_is_followed_once_it_opens(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "POST", JOIN_NEXT, 1, 403,
            "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"not invited\"}");
    answer(home, "POST", JOIN_NEXT, "{\"room_id\":\"" NEXT "\"}");
    sync_joined(home, "s1",
            EVENTS(event(home, "$tomb", "m.room.tombstone", "@mod:example.org",
                    TOMBSTONE)));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "POST", JOIN_NEXT, 1);
    homeserver_pass(home, 1500);
    assert_int_equal(homeserver_asked(home, "POST", JOIN_NEXT), 1);
    assert_int_equal(home->heard_count, 0);

    http_server_forget(home->server);
    homeserver_open_again(home);
    script(home);
    answer(home, "POST", JOIN_NEXT, "{\"room_id\":\"" NEXT "\"}");
    /* Whoever asks: it is where the room has gone. */
    sync_invite(home, "s2", NEXT, "@eve:elsewhere.org", "");
    sync_room(home, "join", "s3", NEXT, "",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", "invite")));
    sync_hangs(home);
    homeserver_listen(home, "s1");
    homeserver_wait_heard(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_MOVED);
    assert_string_equal(heard(home, 0)->target, NEXT);
    homeserver_pass(home, 500);
    assert_int_equal(home->heard_count, 1);
}

static void test_an_invitation_on_the_way_counts(void **state)
{
    struct homeserver *home = *state;
    const struct http_script slow = {.method = "POST",
            .path = JOIN_NEXT,
            .times = 1,
            .status = 403,
            .body = "{\"errcode\":\"M_FORBIDDEN\"}",
            .delay_ms = 2000};

    http_server_script(home->server, &slow);
    answer(home, "POST", JOIN_NEXT, "{\"room_id\":\"" NEXT "\"}");
    sync_joined(home, "s1",
            EVENTS(event(home, "$tomb", "m.room.tombstone", "@mod:example.org",
                    TOMBSTONE)));
    sync_invite(home, "s2", NEXT, ANA, "");
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_MOVED);
    assert_int_equal(homeserver_asked(home, "POST", JOIN_NEXT), 2);
}

static void test_behind_an_alias_the_room_may_change(void **state)
{
    struct homeserver *home = *state;

    answer(home, "GET", V3 "/directory/room/%23ml%3Aexample.org",
            "{\"room_id\":\"" ROOM "\"}");
    answer(home, "POST", JOIN_NEXT, "{\"room_id\":\"" NEXT "\"}");
    answer(home, "POST", V3 "/rooms/%21next%3Aexample.org/receipt/", "{}");
    answer(home, "PUT", V3 "/rooms/%21next%3Aexample.org/send/",
            "{\"event_id\":\"$there\"}");
    home->account->ops->serve(home->account, "#ml:example.org");
    home->account->ops->serve(home->account, "!any:example.org");
    sync_joined(home, "s1",
            EVENTS(message(home, "$1", "!paper 1", ""),
                    event(home, "$tomb", "m.room.tombstone", "@mod:example.org",
                            TOMBSTONE)));
    sync_room(home, "join", "s2", NEXT, "",
            EVENTS(member(home, "$in", HOMESERVER_BOT, "join", ""),
                    message(home, "$2", "!paper 2", "")));
    listen_to_all(home, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(heard(home, i)->kind, EVENT_COMMAND);
        assert_string_equal(heard(home, i)->room, "#ml:example.org");
    }
    /* The alias still leads to the old room: after a restart, too. */
    struct sent sent = homeserver_send(home, "#ml:example.org", "k1");
    assert_string_equal(sent.id, "$there");
    homeserver_open_again(home);
    sent = homeserver_send(home, "#ml:example.org", "k2");
    assert_string_equal(sent.id, "$there");
}

static void
test_an_alias_that_cannot_be_resolved_is_the_last_known(void **state)
{
    struct homeserver *home = *state;

    remembered_set(&home->remembered, "alias/#ml:example.org", ROOM);
    homeserver_answer(home, "GET", V3 "/directory/", 0, 502, "");
    home->account->ops->serve(home->account, "#ml:example.org");
    sync_joined(home, "s1", EVENTS(message(home, "$1", "!paper 1", "")));
    listen_to_all(home, 1);
    assert_string_equal(heard(home, 0)->room, "#ml:example.org");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            MATRIX_SYNC_TEST(test_a_replaced_room_is_followed_and_told_once),
            MATRIX_SYNC_TEST(test_that_a_room_moved_is_told_until_it_is_taken),
            MATRIX_SYNC_TEST(test_a_closed_room_is_followed_once_it_opens),
            MATRIX_SYNC_TEST(test_an_invitation_on_the_way_counts),
            MATRIX_SYNC_TEST(test_behind_an_alias_the_room_may_change),
            MATRIX_SYNC_TEST(
                    test_an_alias_that_cannot_be_resolved_is_the_last_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
