/*
 * What happens in Matrix rooms, as the core hears of it: who asks what, who lets
 * the bot in and puts it out, who is in charge.
 */
#include "bot/base/text.h"
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
#define SYNC V3 "/sync?"
#define ROOM "!abc:example.org"
#define ROOM_V3 V3 "/rooms/%21abc%3Aexample.org"
#define ANA "@ana:example.org"

static void answer(struct homeserver *home, const char *method,
        const char *path, const char *body)
{
    homeserver_answer(home, method, path, 0, 200, body);
}

static void script(struct homeserver *home)
{
    answer(home, "GET", V3 "/profile/", "{\"displayname\":\"Paperboy\"}");
    answer(home, "POST", ROOM_V3 "/receipt/", "{}");
    answer(home, "PUT", ROOM_V3 "/typing/", "{}");
    answer(home, "PUT", ROOM_V3 "/send/", "{\"event_id\":\"$sent\"}");
}

static int set_up(void **state)
{
    static struct homeserver home;

    homeserver_open(&home);
    homeserver_token_account(&home);
    script(&home);
    *state = &home;
    return 0;
}

static int tear_down(void **state)
{
    homeserver_close(*state);
    return 0;
}

static void sync_once(struct homeserver *home, const char *body)
{
    homeserver_answer(home, "GET", SYNC, 1, 200, body);
}

static void sync_hangs(struct homeserver *home)
{
    const struct http_script silence = {.method = "GET",
            .path = SYNC,
            .act = SERVER_SILENCE};

    http_server_script(home->server, &silence);
}

static const char *event_at(struct homeserver *home, const char *id,
        const char *type, const char *sender, int64_t age_ms, const char *rest)
{
    return arena_format(&home->arena,
            "{\"type\":\"%s\",\"event_id\":\"%s\",\"sender\":\"%s\","
            "\"origin_server_ts\":%lld,%s}",
            type, id, sender,
            (long long)(clock_now_ms(home->transport->clock) - age_ms), rest);
}

static const char *event(struct homeserver *home, const char *id,
        const char *type, const char *sender, const char *rest)
{
    return event_at(home, id, type, sender, 0, rest);
}

/* A message with more in its content than a body. */
static const char *message(struct homeserver *home, const char *id,
        const char *body, const char *more)
{
    return event(home, id, "m.room.message", ANA,
            arena_format(&home->arena,
                    "\"content\":{\"msgtype\":\"m.text\",\"body\":\"%s\"%s}",
                    body, more));
}

/* One answer of /sync with that in a room, under "join" or "leave". */
static void sync_room(struct homeserver *home, const char *where,
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

static void sync_joined(struct homeserver *home, const char *place,
        const char *const *events)
{
    sync_room(home, "join", place, ROOM, "", events);
}

/* Hears all that is scripted. */
static void listen_to_all(struct homeserver *home, size_t heard)
{
    sync_hangs(home);
    homeserver_listen(home, "s0");
    homeserver_wait_heard(home, heard);
    loop_wait_ms(home->transport->loop, 30);
    assert_int_equal(home->heard_count, heard);
}

static const struct event *heard(const struct homeserver *home, size_t i)
{
    assert_true(i < home->heard_count);
    return &home->heard[i].event;
}

static const char *body_of(struct homeserver *home, const char *method,
        const char *path, size_t n)
{
    return http_server_record(home->server,
            homeserver_index(home, method, path, n))
            ->body;
}

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

/* --- coming and going --- */

static void sync_invite(struct homeserver *home, const char *place,
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

static const char *member(struct homeserver *home, const char *id,
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
    loop_wait_ms(home->transport->loop, 2800);
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
    loop_wait_ms(home->transport->loop, 1500);
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

/* --- replaced rooms --- */

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
    loop_wait_ms(home->transport->loop, 100);
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
    loop_wait_ms(home->transport->loop, 1500);
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
    loop_wait_ms(home->transport->loop, 500);
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
    loop_wait_ms(home->transport->loop, 300);
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
    loop_wait_ms(home->transport->loop, 1700);
    assert_int_equal(homeserver_asked(home, "PUT", TYPING), 0);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_only_what_people_say_to_the_bot_is_heard),
            wire_test(test_in_a_thread_it_is_asked_and_answered),
            wire_test(test_an_edit_says_of_what),
            wire_test(test_a_mention_is_a_beginning),
            wire_test(test_a_reaction_is_told_and_taken_back),
            wire_test(test_a_moderator_takes_back_what_another_put_there),
            wire_test(test_after_a_restart_the_author_is_asked_for),
            wire_test(test_of_the_reactions_the_last_thousand_are_known),
            wire_test(test_an_invitation_is_followed_and_told_once),
            wire_test(test_invitations_of_strangers_are_declined),
            wire_test(test_an_old_invitation_is_followed_too),
            wire_test(test_joining_waits_as_long_as_it_must),
            wire_test(test_an_invitation_outlives_a_restart),
            wire_test(test_an_invitation_that_is_gone_is_let_go),
            wire_test(test_put_there_by_somebody_is_told_as_well),
            wire_test(test_a_room_of_our_own_making_was_opened),
            wire_test(test_state_that_comes_again_tells_nothing),
            wire_test(test_what_was_said_before_it_came_is_not_answered),
            wire_test(test_put_out_it_says_by_whom),
            wire_test(test_a_room_of_two_needs_no_beginning),
            wire_test(test_a_replaced_room_is_followed_and_told_once),
            wire_test(test_that_a_room_moved_is_told_until_it_is_taken),
            wire_test(test_a_closed_room_is_followed_once_it_opens),
            wire_test(test_an_invitation_on_the_way_counts),
            wire_test(test_behind_an_alias_the_room_may_change),
            wire_test(test_an_alias_that_cannot_be_resolved_is_the_last_known),
            wire_test(test_leaving_a_room_that_one_is_not_in_is_done),
            wire_test(test_power_is_asked_for_and_kept_until_it_changes),
            wire_test(test_a_room_without_levels_is_its_creators),
            wire_test(test_who_is_in_charge_may_not_be_found_out),
            wire_test(test_a_command_is_marked_read_when_it_was_taken),
            wire_test(test_a_slow_answer_is_seen_coming),
            wire_test(test_a_fast_answer_needs_no_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
