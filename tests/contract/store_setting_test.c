/* The promises of bot/ports/store.h on what people set of a channel, and on
 * where the channel is, kept by every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static int64_t revision(void **state)
{
    int64_t number = -1;

    assert_true(store_revision(store_of(state), &number, NULL));
    return number;
}

static void put_setting(void **state, int64_t channel_id, const char *key,
        const char *value, const char *person)
{
    const struct channel_setting setting = {.key = key,
            .value = value,
            .person = person,
            .set_ms = 2000};

    assert_true(store_setting_put(store_of(state), channel_id, &setting, NULL));
}

static struct channel_setting_list settings_of(void **state, int64_t channel_id)
{
    struct channel_setting_list settings;

    assert_true(store_setting_list(store_of(state), channel_id, arena_of(state),
            &settings, NULL));
    return settings;
}

static struct known_channel_list channels(void **state)
{
    struct known_channel_list list;

    assert_true(store_channel_list(store_of(state), arena_of(state), &list,
            NULL));
    return list;
}

/* --- settings --- */

static void test_settings_are_listed_by_key_and_replaced(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    put_setting(state, id, "style", "brief", "@a:x");
    put_setting(state, id, "categories", "LG 机器学习", "@b:x");
    put_setting(state, id, "style", "full", "@b:x");
    put_setting(state, other, "style", "brief", "@c:x");
    struct channel_setting_list settings = settings_of(state, id);
    assert_int_equal(settings.count, 2);
    assert_string_equal(settings.items[0].key, "categories");
    assert_string_equal(settings.items[0].value, "LG 机器学习");
    assert_string_equal(settings.items[0].person, "@b:x");
    assert_int_equal(settings.items[0].set_ms, 2000);
    assert_string_equal(settings.items[1].value, "full");
    assert_string_equal(settings.items[1].person, "@b:x");
    assert_int_equal(settings_of(state, other).count, 1);
}

static void test_a_dropped_setting_is_gone_and_can_be_set_again(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    bool dropped = true;

    assert_true(store_setting_drop(store_of(state), id, "style", &dropped,
            NULL));
    assert_false(dropped);
    put_setting(state, id, "style", "full", "@a:x");
    assert_true(store_setting_drop(store_of(state), id, "style", &dropped,
            NULL));
    assert_true(dropped);
    assert_int_equal(settings_of(state, id).count, 0);
    put_setting(state, id, "style", "brief", "@a:x");
    assert_string_equal(settings_of(state, id).items[0].value, "brief");
}

static void test_what_is_set_needs_its_channel(void **state)
{
    const struct channel_setting setting = {.key = "style",
            .value = "full",
            .person = "@a:x"};
    const struct channel_change change = {.person = "@a:x", .what = "what"};
    struct error err = {0};

    assert_false(store_setting_put(store_of(state), 7, &setting, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    err = (struct error){0};
    assert_false(store_change_add(store_of(state), 7, &change, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_int_equal(revision(state), 0);
}

/* --- the revision --- */

static void test_the_revision_rises_with_each_change(void **state)
{
    struct store *store = store_of(state);
    int64_t before = revision(state);
    bool dropped;

    assert_int_equal(before, 0);
    int64_t id = put_channel(store, "a");
    assert_true(revision(state) > before);
    before = revision(state);
    put_setting(state, id, "style", "full", "@a:x");
    assert_true(revision(state) > before);
    before = revision(state);
    assert_true(store_setting_drop(store, id, "style", &dropped, NULL));
    assert_true(revision(state) > before);
    before = revision(state);
    assert_true(store_channel_move(store, id, "b", NULL));
    assert_true(revision(state) > before);
    before = revision(state);
    assert_true(store_channel_remove(store, id, 3000, NULL));
    assert_true(revision(state) > before);
    before = revision(state);
    assert_int_equal(put_channel(store, "b"), id);
    assert_true(revision(state) > before);
}

static void test_the_revision_stays_where_nothing_changed(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a"), before = revision(state);
    const struct channel_change change = {.person = "@a:x", .what = "what"};
    bool dropped;

    assert_int_equal(put_channel(store, "a"), id);
    assert_true(store_channel_remove(store, id, 0, NULL));
    assert_true(store_setting_drop(store, id, "style", &dropped, NULL));
    assert_true(store_change_add(store, id, &change, NULL));
    assert_true(store_channel_break(store, id, "no", NULL));
    assert_int_equal(revision(state), before);
}

static bool set_and_give_up(struct store *store, void *ctx, struct error *err)
{
    const struct channel_setting setting = {.key = "style",
            .value = "full",
            .person = "@a:x"};
    bool dropped;

    assert_true(store_setting_drop(store, *(int64_t *)ctx, "size", &dropped,
            NULL));
    assert_true(dropped);
    assert_true(store_setting_put(store, *(int64_t *)ctx, &setting, NULL));
    return error_set(err, ERROR_INPUT, "no");
}

static void test_settings_are_taken_back_with_their_transaction(void **state)
{
    int64_t id = put_channel(store_of(state), "a");

    put_setting(state, id, "size", "5+4", "@a:x");
    int64_t before = revision(state);
    assert_false(store_transact(store_of(state), set_and_give_up, &id, NULL));
    assert_int_equal(settings_of(state, id).count, 1);
    assert_string_equal(settings_of(state, id).items[0].key, "size");
    assert_int_equal(revision(state), before);
}

/* --- history --- */

static void add_change(void **state, int64_t channel_id, int64_t changed_ms,
        const char *what)
{
    const struct channel_change change = {.changed_ms = changed_ms,
            .person = "@a:x",
            .what = what};

    assert_true(store_change_add(store_of(state), channel_id, &change, NULL));
}

static void test_history_is_told_newest_first(void **state)
{
    struct channel_change_list changes;
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    add_change(state, id, 3000, "third");
    add_change(state, id, 1000, "first");
    add_change(state, id, 3000, "fourth");
    add_change(state, other, 4000, "elsewhere");
    add_change(state, id, 2000, "second");
    assert_true(store_change_list(store_of(state), id, 3, arena_of(state),
            &changes, NULL));
    assert_int_equal(changes.count, 3);
    assert_string_equal(changes.items[0].what, "fourth");
    assert_int_equal(changes.items[0].changed_ms, 3000);
    assert_string_equal(changes.items[0].person, "@a:x");
    assert_string_equal(changes.items[1].what, "third");
    assert_string_equal(changes.items[2].what, "second");
}

/* --- places --- */

static void test_a_removed_channel_keeps_what_is_known_of_it(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a");

    put_setting(state, id, "style", "full", "@a:x");
    assert_int_equal(channels(state).items[0].removed_ms, 0);
    assert_true(store_channel_remove(store, id, 3000, NULL));
    assert_int_equal(channels(state).items[0].removed_ms, 3000);
    assert_int_equal(settings_of(state, id).count, 1);
    assert_int_equal(put_channel(store, "a"), id);
    assert_int_equal(channels(state).items[0].removed_ms, 0);
    assert_true(store_channel_remove(store, id, 3000, NULL));
    assert_true(store_channel_remove(store, id, 0, NULL));
    assert_int_equal(channels(state).items[0].removed_ms, 0);
}

static void test_a_channel_moves_with_its_history(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a");

    put_setting(state, id, "style", "full", "@a:x");
    assert_true(store_channel_move(store, id, "b", NULL));
    assert_int_equal(channels(state).count, 1);
    assert_string_equal(channels(state).items[0].room, "b");
    assert_int_equal(put_channel(store, "b"), id);
    assert_int_equal(settings_of(state, id).count, 1);
    int64_t fresh = put_channel(store, "a");
    assert_true(fresh != id);
    assert_int_equal(settings_of(state, fresh).count, 0);
}

static void test_no_channel_moves_to_anothers_place(void **state)
{
    struct store *store = store_of(state);
    struct error err = {0};
    int64_t id = put_channel(store, "a"), other = put_channel(store, "b");
    int64_t away = 0, before = revision(state);

    assert_false(store_channel_move(store, id, "b", &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    assert_int_equal(revision(state), before);
    assert_string_equal(channels(state).items[0].room, "a");
    assert_int_equal(put_channel(store, "b"), other);
    assert_true(store_channel_move(store, id, "a", NULL));
    assert_true(store_channel_put(store, "away", "c", "l", 1, &away, NULL));
    assert_true(store_channel_move(store, id, "c", NULL));
}

static void test_only_a_known_channel_moves_or_goes(void **state)
{
    struct error err = {0};

    assert_false(store_channel_move(store_of(state), 7, "b", &err));
    assert_int_equal(err.kind, ERROR_STOP);
    err = (struct error){0};
    assert_false(store_channel_remove(store_of(state), 7, 3000, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

/* --- what waits to be sent --- */

static int64_t add_row(void **state, int64_t channel_id, const char *occasion,
        int64_t reply_to, const char *reply)
{
    const struct outbox_row row = {.channel_id = channel_id,
            .account = "home",
            .room = "a",
            .occasion = occasion,
            .delivery_key = occasion,
            .payload = "p",
            .payload_bytes = 1,
            .reply_to = reply_to,
            .reply = reply,
            .person = "@a:x"};
    int64_t id = 0;

    assert_true(store_outbox_add(store_of(state), &row, &id, NULL));
    return id;
}

static struct outbox_row row_of(void **state, int64_t id)
{
    struct outbox_list rows;

    assert_true(store_outbox_list(store_of(state), 0, "", arena_of(state),
            &rows, NULL));
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].id == id)
            return rows.items[i];
    fail_msg("row %lld is gone", (long long)id);
    return (struct outbox_row){0};
}

static void test_an_answer_knows_where_it_goes(void **state)
{
    struct outbox_list rows;
    int64_t id = put_channel(store_of(state), "a");

    add_row(state, id, "answer/1", 0, "https://hooks/1");
    assert_true(store_outbox_claim(store_of(state), "me", 3000, 9000, 5,
            arena_of(state), &rows, NULL));
    assert_string_equal(rows.items[0].reply, "https://hooks/1");
    assert_string_equal(rows.items[0].person, "@a:x");
    int64_t plain = add_row(state, id, "digest/1", 0, NULL);
    assert_string_equal(row_of(state, plain).reply, "");
}

static void test_what_waits_moves_along(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a"), other = put_channel(store, "o");
    int64_t sent = add_row(state, id, "digest/1", 0, "");
    int64_t edit = add_row(state, id, "edit/1/1", sent, "");
    int64_t waits = add_row(state, id, "digest/2", 0, "");
    int64_t behind = add_row(state, id, "digest/2/t", waits, "");
    int64_t parked = add_row(state, id, "digest/3", 0, "");
    int64_t answer = add_row(state, id, "answer/1", 0, "$thread");
    int64_t others = add_row(state, other, "digest/2", 0, "");

    assert_true(store_outbox_settle(store, sent, "$1", 2000, NULL));
    assert_true(store_outbox_end(store, parked, OUTBOX_PARKED, "no", 2000,
            NULL));
    assert_true(store_channel_move(store, id, "b", NULL));
    assert_string_equal(row_of(state, sent).room, "a");
    assert_string_equal(row_of(state, edit).room, "a");
    assert_string_equal(row_of(state, waits).room, "b");
    assert_string_equal(row_of(state, behind).room, "b");
    assert_string_equal(row_of(state, parked).room, "b");
    assert_string_equal(row_of(state, answer).room, "a");
    assert_string_equal(row_of(state, others).room, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_settings_are_listed_by_key_and_replaced),
            EVERY_STORE(test_a_dropped_setting_is_gone_and_can_be_set_again),
            EVERY_STORE(test_what_is_set_needs_its_channel),
            EVERY_STORE(test_the_revision_rises_with_each_change),
            EVERY_STORE(test_the_revision_stays_where_nothing_changed),
            EVERY_STORE(test_settings_are_taken_back_with_their_transaction),
            EVERY_STORE(test_history_is_told_newest_first),
            EVERY_STORE(test_a_removed_channel_keeps_what_is_known_of_it),
            EVERY_STORE(test_a_channel_moves_with_its_history),
            EVERY_STORE(test_no_channel_moves_to_anothers_place),
            EVERY_STORE(test_only_a_known_channel_moves_or_goes),
            EVERY_STORE(test_an_answer_knows_where_it_goes),
            EVERY_STORE(test_what_waits_moves_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
