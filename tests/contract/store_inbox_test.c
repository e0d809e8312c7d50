/* The promises of bot/ports/store.h on the inbox, kept by every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static struct event event_named(const char *id)
{
    return (struct event){.id = id,
            .kind = EVENT_COMMAND,
            .room = "!a:x",
            .person = "@a:x",
            .text = "today",
            .target = "",
            .reply = ""};
}

static bool add_event(void **state, const char *account, const char *id,
        int64_t now_ms)
{
    const struct event event = event_named(id);
    bool added = false;

    assert_true(store_inbox_add(store_of(state), account, &event, now_ms,
            &added, NULL));
    return added;
}

static struct inbox_list waiting(void **state, size_t limit)
{
    struct inbox_list rows;

    assert_true(store_inbox_list(store_of(state), limit, arena_of(state), &rows,
            NULL));
    return rows;
}

static void drop(void **state, int64_t id)
{
    assert_true(store_inbox_drop(store_of(state), id, NULL));
}

static void test_an_event_is_kept_byte_for_byte(void **state)
{
    const struct event event = {.id = "$1",
            .kind = EVENT_MOVED,
            .room = "!a:x",
            .person = "@a:x",
            .text = "／paper 今天 \xff\xfe\x80 \"q\" 'r' \x01\n%s",
            .target = "!b:x",
            .reply = "https://hooks/1?a=b&c",
            .sent_ms = 1234};
    bool added = false;

    assert_true(store_inbox_add(store_of(state), "home", &event, 2000, &added,
            NULL));
    assert_true(added);
    assert_int_equal(waiting(state, 10).count, 1);
    const struct inbox_row *row = &waiting(state, 10).items[0];
    assert_string_equal(row->account, "home");
    assert_int_equal(row->received_ms, 2000);
    assert_string_equal(row->event.id, event.id);
    assert_int_equal(row->event.kind, EVENT_MOVED);
    assert_string_equal(row->event.room, event.room);
    assert_string_equal(row->event.person, event.person);
    assert_string_equal(row->event.text, event.text);
    assert_string_equal(row->event.target, event.target);
    assert_string_equal(row->event.reply, event.reply);
    assert_int_equal(row->event.sent_ms, 1234);
}

static void test_a_longest_text_is_kept_whole(void **state)
{
    char text[EVENT_TEXT_BYTES_MAX + 1];
    struct event event = event_named("$1");
    bool added;

    memset(text, 0xe4, sizeof text - 1);
    text[sizeof text - 1] = '\0';
    event.text = text;
    assert_true(store_inbox_add(store_of(state), "home", &event, 1, &added,
            NULL));
    assert_string_equal(waiting(state, 1).items[0].event.text, text);
    event = event_named("$2");
    event.text = "";
    assert_true(store_inbox_add(store_of(state), "home", &event, 1, &added,
            NULL));
    assert_string_equal(waiting(state, 2).items[1].event.text, "");
}

static void test_events_wait_in_the_order_they_came(void **state)
{
    assert_true(add_event(state, "home", "$z", 3000));
    assert_true(add_event(state, "away", "$a", 2000));
    assert_true(add_event(state, "home", "$b", 1000));
    struct inbox_list rows = waiting(state, 2);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.items[0].event.id, "$z");
    assert_string_equal(rows.items[1].event.id, "$a");
    assert_true(rows.items[0].id < rows.items[1].id);
    drop(state, rows.items[0].id);
    rows = waiting(state, 2);
    assert_string_equal(rows.items[0].event.id, "$a");
    assert_string_equal(rows.items[1].event.id, "$b");
}

static void test_an_event_comes_once_also_after_it_was_heard(void **state)
{
    assert_true(add_event(state, "home", "$1", 1000));
    assert_false(add_event(state, "home", "$1", 2000));
    assert_int_equal(waiting(state, 9).count, 1);
    assert_int_equal(waiting(state, 9).items[0].received_ms, 1000);
    assert_true(add_event(state, "away", "$1", 2000));
    drop(state, waiting(state, 9).items[0].id);
    assert_false(add_event(state, "home", "$1", 3000));
    assert_int_equal(waiting(state, 9).count, 1);
    assert_string_equal(waiting(state, 9).items[0].account, "away");
}

static void test_an_event_may_be_heard_twice_but_must_be_known(void **state)
{
    struct error err = {0};

    assert_true(add_event(state, "home", "$1", 1000));
    int64_t id = waiting(state, 9).items[0].id;
    drop(state, id);
    drop(state, id);
    assert_false(store_inbox_drop(store_of(state), id + 1, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static void test_old_ids_are_forgotten_but_nothing_that_waits(void **state)
{
    assert_true(add_event(state, "home", "$heard", 1000));
    assert_true(add_event(state, "home", "$late", 2000));
    assert_true(add_event(state, "home", "$waits", 1000));
    struct inbox_list rows = waiting(state, 9);
    int64_t last = rows.items[2].id;
    drop(state, rows.items[0].id);
    drop(state, rows.items[1].id);
    assert_true(store_inbox_prune(store_of(state), 2000, NULL));
    assert_int_equal(waiting(state, 9).count, 1);
    assert_false(add_event(state, "home", "$waits", 3000));
    assert_false(add_event(state, "home", "$late", 3000));
    assert_true(add_event(state, "home", "$heard", 3000));
    assert_true(waiting(state, 9).items[1].id > last);
}

static bool add_and_give_up(struct store *store, void *ctx, struct error *err)
{
    const struct event event = event_named("$2");
    bool added;

    assert_true(store_inbox_drop(store, *(int64_t *)ctx, NULL));
    assert_true(store_inbox_add(store, "home", &event, 1, &added, NULL));
    assert_true(store_inbox_prune(store, 9000, NULL));
    return error_set(err, ERROR_INPUT, "no");
}

static void test_hearing_is_taken_back_with_its_transaction(void **state)
{
    assert_true(add_event(state, "home", "$1", 1000));
    int64_t id = waiting(state, 9).items[0].id;
    assert_false(store_transact(store_of(state), add_and_give_up, &id, NULL));
    assert_int_equal(waiting(state, 9).count, 1);
    assert_string_equal(waiting(state, 9).items[0].event.text, "today");
    assert_true(add_event(state, "home", "$2", 1000));
    assert_false(add_event(state, "home", "$1", 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_an_event_is_kept_byte_for_byte),
            EVERY_STORE(test_a_longest_text_is_kept_whole),
            EVERY_STORE(test_events_wait_in_the_order_they_came),
            EVERY_STORE(test_an_event_comes_once_also_after_it_was_heard),
            EVERY_STORE(test_an_event_may_be_heard_twice_but_must_be_known),
            EVERY_STORE(test_old_ids_are_forgotten_but_nothing_that_waits),
            EVERY_STORE(test_hearing_is_taken_back_with_its_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
