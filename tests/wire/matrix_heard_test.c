/* Who asks what in Matrix rooms, what they think of it, and who may. */
#include "tests/wire/matrix_sync.h"

/* --- commands --- */

static void test_only_what_people_say_to_the_bot_is_heard(void **state)
{
    struct homeserver *home = *state;
    const char *notice = "\"content\":{\"msgtype\":\"m.notice\",\"body\":"
                         "\"!paper 1\"}";
    const char *text = "\"content\":{\"msgtype\":\"m.text\",\"body\":"
                       "\"!paper 2\"}";

    sync_joined(home, "s1",
            EVENTS(event(home, "$1", "m.room.message", ANA, notice),
                    event(home, "$2", "m.room.message", HOMESERVER_BOT, text),
                    event_at(home, "$3", "m.room.message", ANA, 3700000, text),
                    event(home, "$4", "m.room.message", ANA, "\"content\":{}"),
                    event(home, "$5", "m.room.message", ANA, "\"content\":7"),
                    event(home, "no id", "m.room.message", ANA, text),
                    event(home, "$6", "m.room.message", "ana", text), "7", "[]",
                    "null", "{}", event(home, "$7", "m.room.topic", ANA, text),
                    message(home, "$8", "hello", ""),
                    event_at(home, "$9", "m.room.message", ANA, 3500000,
                            text)));
    listen_to_all(home, 1);
    assert_string_equal(heard(home, 0)->id, "$9");
}

static void test_in_a_thread_it_is_asked_and_answered(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(message(home, "$1", "!paper 3",
                    ",\"m.relates_to\":{\"rel_type\":\"m.thread\","
                    "\"event_id\":\"$root\",\"is_falling_back\":true,"
                    "\"m.in_reply_to\":{\"event_id\":\"$last\"}}")));
    listen_to_all(home, 1);
    assert_string_equal(heard(home, 0)->reply, "$root $1");

    struct outbox_row row = sent_row(ROOM, "k", "{\"body\":\"x\"}");
    struct sent sent;
    row.reply = heard(home, 0)->reply;
    sent_begin(&sent, home->account, &row);
    sent_wait(&sent, home->transport->loop);
    assert_string_equal(body_of(home, "PUT", ROOM_V3 "/send/", 0),
            "{\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.thread\","
            "\"event_id\":\"$root\",\"is_falling_back\":true,"
            "\"m.in_reply_to\":{\"event_id\":\"$1\"}},"
            "\"org.paperboy.key\":\"k\"}");
    row.reply = "$1";
    sent_begin(&sent, home->account, &row);
    sent_wait(&sent, home->transport->loop);
    assert_string_equal(body_of(home, "PUT", ROOM_V3 "/send/", 1),
            "{\"body\":\"x\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":"
            "\"$1\"}},\"org.paperboy.key\":\"k\"}");
}

static void test_an_edit_says_of_what(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(message(home, "$2", "* !paper 4",
                           ",\"m.new_content\":{\"msgtype\":\"m.text\","
                           "\"body\":\"!paper 4\"},\"m.relates_to\":{"
                           "\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}"),
                    message(home, "$3", "* never mind",
                            ",\"m.new_content\":{\"msgtype\":\"m.text\","
                            "\"body\":\"never mind\"},\"m.relates_to\":{"
                            "\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}"),
                    message(home, "$4", "!paper 4",
                            ",\"m.relates_to\":{\"rel_type\":\"m.replace\"}")));
    listen_to_all(home, 1);
    assert_int_equal(heard(home, 0)->kind, EVENT_COMMAND_EDIT);
    assert_string_equal(heard(home, 0)->target, "$1");
    assert_string_equal(heard(home, 0)->text, "4");
}

static void test_a_mention_is_a_beginning(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(message(home, "$1", "Paperboy today",
                           ",\"m.mentions\":{\"user_ids\":[\"" HOMESERVER_BOT
                           "\"]}"),
                    message(home, "$2", "Paperboy: 3", ""),
                    message(home, "$3", "Paperboy today",
                            ",\"m.mentions\":{\"user_ids\":[7]}"),
                    message(home, "$4",
                            "> <@x:y> hi\\n\\n" HOMESERVER_BOT " help",
                            ",\"m.relates_to\":{\"m.in_reply_to\":{"
                            "\"event_id\":\"$0\"}}")));
    listen_to_all(home, 3);
    assert_string_equal(heard(home, 0)->text, "today");
    assert_string_equal(heard(home, 1)->text, "3");
    assert_string_equal(heard(home, 2)->text, "help");
}

/* --- reactions --- */

#define REACTION                                                               \
    "\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\","            \
    "\"event_id\":\"$paper\",\"key\":\"👍\"}}"

static void test_a_reaction_is_told_and_taken_back(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(event(home, "$r", "m.reaction", ANA, REACTION),
                    event(home, "$gone", "m.room.redaction", ANA,
                            "\"redacts\":\"$r\",\"content\":{}"),
                    event(home, "$other", "m.room.redaction", ANA,
                            "\"redacts\":\"$unknown\",\"content\":{}")));
    listen_to_all(home, 2);
    assert_int_equal(heard(home, 0)->kind, EVENT_REACTION);
    assert_string_equal(heard(home, 0)->target, "$paper");
    assert_string_equal(heard(home, 0)->text, "👍");
    assert_int_equal(heard(home, 1)->kind, EVENT_REACTION_GONE);
    assert_string_equal(heard(home, 1)->id, "$gone");
    assert_string_equal(heard(home, 1)->person, ANA);
    assert_string_equal(heard(home, 1)->target, "$paper");
    assert_string_equal(heard(home, 1)->text, "👍");
}

static void test_a_moderator_takes_back_what_another_put_there(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(event(home, "$r", "m.reaction", ANA, REACTION),
                    event(home, "$gone", "m.room.redaction", "@mod:example.org",
                            "\"content\":{\"redacts\":\"$r\"}")));
    listen_to_all(home, 2);
    assert_string_equal(heard(home, 1)->person, ANA);
}

static void test_after_a_restart_the_author_is_asked_for(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1",
            EVENTS(event(home, "$r", "m.reaction", ANA, REACTION)));
    listen_to_all(home, 1);
    assert_null(strstr(remembered_value(&home->remembered, "reaction/0"),
            "ana")); /* nobody's name is kept */

    http_server_forget(home->server);
    homeserver_open_again(home);
    script(home);
    answer(home, "GET", ROOM_V3 "/event/%24r",
            event(home, "$r", "m.reaction", ANA, "\"content\":{}"));
    sync_joined(home, "s2",
            EVENTS(message(home, "$1", "!paper 1", ""),
                    event(home, "$gone", "m.room.redaction", "@mod:example.org",
                            "\"redacts\":\"$r\",\"content\":{}"),
                    message(home, "$2", "!paper 2", "")));
    home->heard_count = 0;
    listen_to_all(home, 3);
    assert_string_equal(heard(home, 1)->person, ANA);
    assert_string_equal(heard(home, 1)->target, "$paper");
    assert_string_equal(heard(home, 1)->reply, "");
    assert_string_equal(heard(home, 2)->text, "2");
}

static void test_of_the_reactions_the_last_thousand_are_known(void **state)
{
    struct homeserver *home = *state;
    const char *events[1026];

    for (int i = 0; i < 1025; i++)
        events[i] = event(home, arena_format(&home->arena, "$%d", i),
                "m.reaction", HOMESERVER_BOT, REACTION);
    for (int i = 0; i < 1025; i++)
        events[i] = event(home, arena_format(&home->arena, "$%d", i),
                "m.reaction", ANA,
                "\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\","
                "\"event_id\":\"$p\",\"key\":\"x\"}}");
    events[1025] = NULL;
    home->quiet = true; /* they are too many for a test's ears */
    struct text text;
    text_init(&text, &home->arena, 1000000);
    text_add(&text,
            "{\"next_batch\":\"s1\",\"rooms\":{\"join\":{\"" ROOM
            "\":{\"timeline\":{\"events\":[");
    for (int i = 0; i < 1025; i++)
        text_add_format(&text, "%s%s", i > 0 ? "," : "", events[i]);
    text_add(&text, "]}}}}}");
    sync_once(home, text_string(&text));
    sync_joined(home, "s2",
            EVENTS(event(home, "$a", "m.room.redaction", ANA,
                           "\"redacts\":\"$0\",\"content\":{}"),
                    event(home, "$b", "m.room.redaction", ANA,
                            "\"redacts\":\"$1\",\"content\":{}"),
                    event(home, "$c", "m.room.redaction", ANA,
                            "\"redacts\":\"$1024\",\"content\":{}")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_batches(home, 1);
    home->quiet = false;
    homeserver_wait_heard(home, 2);
    assert_string_equal(heard(home, 0)->id, "$b");
    assert_string_equal(heard(home, 1)->id, "$c");
    assert_int_equal(home->remembered.count, 1024);
}

/* --- who is in charge --- */

static struct sent permission(struct homeserver *home, const char *person)
{
    const struct channel channel = {.room = ROOM};
    struct sent sent;

    sent_begin_permission(&sent, home->account, &channel, person);
    sent_wait(&sent, home->transport->loop);
    return sent;
}

#define LEVELS ROOM_V3 "/state/m.room.power_levels/"
#define CREATE ROOM_V3 "/state/m.room.create/"

static void test_power_is_asked_for_and_kept_until_it_changes(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LEVELS, 1, 200,
            "{\"users\":{\"" ANA "\":50}}");
    homeserver_answer(home, "GET", LEVELS, 0, 200, "{\"users\":{}}");
    answer(home, "GET", CREATE,
            "{\"sender\":\"@x:y\",\"content\":{\"room_version\":\"10\"}}");
    assert_true(permission(home, ANA).allowed);
    assert_false(permission(home, "@bo:example.org").allowed);
    assert_int_equal(homeserver_asked(home, "GET", LEVELS), 1);
    sync_joined(home, "s1",
            EVENTS(event(home, "$p", "m.room.power_levels", "@mod:example.org",
                           "\"state_key\":\"\",\"content\":{}"),
                    message(home, "$1", "!paper pause", "")));
    listen_to_all(home, 1);
    assert_false(permission(home, ANA).allowed);
    assert_int_equal(homeserver_asked(home, "GET", LEVELS), 2);
}

static void test_a_room_without_levels_is_its_creators(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LEVELS, 0, 404,
            "{\"errcode\":\"M_NOT_FOUND\"}");
    answer(home, "GET", CREATE,
            "{\"sender\":\"" ANA "\",\"content\":{\"room_version\":\"10\"}}");
    assert_true(permission(home, ANA).allowed);
    assert_false(permission(home, "@bo:example.org").allowed);
}

static void test_who_is_in_charge_may_not_be_found_out(void **state)
{
    struct homeserver *home = *state;

    homeserver_answer(home, "GET", LEVELS, 1, 403,
            "{\"errcode\":\"M_FORBIDDEN\"}");
    homeserver_answer(home, "GET", LEVELS, 1, 502, "");
    homeserver_answer(home, "GET", LEVELS, 0, 200, "{}");
    homeserver_answer(home, "GET", CREATE, 1, 502, "");
    answer(home, "GET", CREATE, "{}");
    assert_int_equal(permission(home, ANA).err.kind, ERROR_STOP);
    assert_int_equal(permission(home, ANA).err.kind, ERROR_RETRY);
    assert_int_equal(permission(home, ANA).err.kind, ERROR_RETRY);
    struct sent sent = permission(home, ANA);
    assert_false(sent.failed);
    assert_false(sent.allowed);
}

/* --- attention --- */

#define TYPING ROOM_V3 "/typing/%40bot%3Aexample.org"

static void test_a_command_is_marked_read_when_it_was_taken(void **state)
{
    struct homeserver *home = *state;

    home->deaf = 1;
    sync_joined(home, "s1",
            EVENTS(message(home, "$1", "!paper 1", ""),
                    message(home, "$2", "!paper 2", ""),
                    message(home, "$3", "hello", "")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_pass(home, 300);
    assert_int_equal(homeserver_asked(home, "POST", ROOM_V3 "/receipt"), 0);
    homeserver_wait_asked(home, "POST", ROOM_V3 "/receipt/m.read/%242", 1);
    assert_int_equal(homeserver_asked(home, "POST", ROOM_V3 "/receipt"), 1);
}

static void test_a_slow_answer_is_seen_coming(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1", EVENTS(message(home, "$1", "!paper 1", "")));
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_asked(home, "PUT", TYPING, 1);
    assert_string_equal(body_of(home, "PUT", TYPING, 0),
            "{\"typing\":true,\"timeout\":30000}");
    homeserver_send(home, ROOM, "k");
    homeserver_wait_asked(home, "PUT", TYPING, 2);
    assert_string_equal(body_of(home, "PUT", TYPING, 1), "{\"typing\":false}");
}

static void test_a_fast_answer_needs_no_sign(void **state)
{
    struct homeserver *home = *state;

    sync_joined(home, "s1", EVENTS(message(home, "$1", "!paper 1", "")));
    listen_to_all(home, 1);
    homeserver_send(home, ROOM, "k");
    homeserver_pass(home, 1700);
    assert_int_equal(homeserver_asked(home, "PUT", TYPING), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            MATRIX_SYNC_TEST(test_only_what_people_say_to_the_bot_is_heard),
            MATRIX_SYNC_TEST(test_in_a_thread_it_is_asked_and_answered),
            MATRIX_SYNC_TEST(test_an_edit_says_of_what),
            MATRIX_SYNC_TEST(test_a_mention_is_a_beginning),
            MATRIX_SYNC_TEST(test_a_reaction_is_told_and_taken_back),
            MATRIX_SYNC_TEST(
                    test_a_moderator_takes_back_what_another_put_there),
            MATRIX_SYNC_TEST(test_after_a_restart_the_author_is_asked_for),
            MATRIX_SYNC_TEST(test_of_the_reactions_the_last_thousand_are_known),
            MATRIX_SYNC_TEST(test_power_is_asked_for_and_kept_until_it_changes),
            MATRIX_SYNC_TEST(test_a_room_without_levels_is_its_creators),
            MATRIX_SYNC_TEST(test_who_is_in_charge_may_not_be_found_out),
            MATRIX_SYNC_TEST(test_a_command_is_marked_read_when_it_was_taken),
            MATRIX_SYNC_TEST(test_a_slow_answer_is_seen_coming),
            MATRIX_SYNC_TEST(test_a_fast_answer_needs_no_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
