/*
 * What is sent into a Matrix thread, and what is changed afterwards.
 */
#include "tests/support/homeserver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROOM "!abc:example.org"
#define PUT_PATH                                                               \
    HOMESERVER_V3 "/rooms/%21abc%3Aexample.org/send/m.room.message/"

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

static struct outbox_row a_row(const char *key)
{
    return sent_row(ROOM, key, "{\"body\":\"x\"}");
}

static struct sent send_row(struct homeserver *home,
        const struct outbox_row *row)
{
    struct sent sent;

    sent_begin(&sent, home->account, row);
    sent_wait(&sent, home->transport->loop);
    return sent;
}

static void script_event(struct homeserver *home, const char *answer)
{
    homeserver_answer(home, "PUT", PUT_PATH, 1, 200, answer);
}

static void assert_put(const struct homeserver *home, size_t n,
        const char *part)
{
    size_t index = homeserver_index(home, "PUT", PUT_PATH, n);
    const char *body = http_server_record(home->server, index)->body;

    if (strstr(body, part) == NULL)
        fail_msg("%s is not in %s", part, body);
}

static void test_each_paper_follows_the_one_before_it(void **state)
{
    struct homeserver *home = *state;
    struct outbox_row row = a_row("head");

    script_event(home, "{\"event_id\":\"$head\"}");
    script_event(home, "{\"event_id\":\"$one\"}");
    script_event(home, "{\"event_id\":\"$two\"}");
    assert_string_equal(send_row(home, &row).id, "$head");
    row = a_row("one");
    row.target = "$head";
    send_row(home, &row);
    row.delivery_key = "two";
    send_row(home, &row);
    assert_put(home, 1,
            "\"event_id\":\"$head\",\"is_falling_back\":true,"
            "\"m.in_reply_to\":{\"event_id\":\"$head\"}");
    assert_put(home, 2,
            "\"event_id\":\"$head\",\"is_falling_back\":true,"
            "\"m.in_reply_to\":{\"event_id\":\"$one\"}");
}

static void test_an_edit_goes_to_what_was_posted_first(void **state)
{
    struct homeserver *home = *state;
    struct outbox_row row = a_row("edit-1");

    row.verb = OUTBOX_EDIT;
    row.target = "$head";
    script_event(home, "{\"event_id\":\"$edit\"}");
    script_event(home, "{\"event_id\":\"$edit2\"}");
    assert_string_equal(send_row(home, &row).id, "$edit");
    row.delivery_key = "edit-2";
    send_row(home, &row);
    for (size_t i = 0; i < 2; i++)
        assert_put(home, i,
                "\"rel_type\":\"m.replace\",\"event_id\":\"$head\"");
}

static void test_an_edit_of_nothing_is_not_sent(void **state)
{
    struct homeserver *home = *state;
    struct outbox_row row = a_row("edit-1");

    row.verb = OUTBOX_EDIT;
    for (int i = 0; i < 2; i++) { /* before and after it has started */
        struct sent sent = send_row(home, &row);
        assert_int_equal(sent.err.kind, ERROR_REJECTED);
        assert_false(sent.maybe_taken);
        assert_non_null(strstr(sent.err.text, "matrix: " ROOM));
    }
    assert_int_equal(homeserver_asked(home, "PUT", ""), 0);
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_each_paper_follows_the_one_before_it),
            wire_test(test_an_edit_goes_to_what_was_posted_first),
            wire_test(test_an_edit_of_nothing_is_not_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
