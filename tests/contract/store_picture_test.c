/* The promises of bot/ports/store.h on pictures of papers and the rows that
 * upload and show them, kept by every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static const char bytes[] = "\x89PNG\r\n\x1a\n\0\xff'\";";

static struct picture a_picture(const char *paper_id, int64_t fetched_ms)
{
    return (struct picture){.paper_id = paper_id,
            .type = "image/png",
            .width = 1200,
            .height = 648,
            .bytes = bytes,
            .length = sizeof bytes,
            .fetched_ms = fetched_ms};
}

static const struct picture *read_picture(void **state, const char *paper_id)
{
    struct picture *picture = NULL;

    assert_true(store_picture_get(store_of(state), paper_id, arena_of(state),
            &picture, NULL));
    return picture;
}

static void put_picture(void **state, const char *paper_id, int64_t fetched_ms)
{
    const struct picture picture = a_picture(paper_id, fetched_ms);

    assert_true(store_picture_put(store_of(state), &picture, NULL));
}

static void test_a_picture_comes_back_byte_for_byte(void **state)
{
    put_picture(state, "2611.00001", 5000);
    const struct picture *read = read_picture(state, "2611.00001");
    assert_non_null(read);
    assert_string_equal(read->paper_id, "2611.00001");
    assert_string_equal(read->type, "image/png");
    assert_int_equal(read->width, 1200);
    assert_int_equal(read->height, 648);
    assert_int_equal(read->length, sizeof bytes);
    assert_memory_equal(read->bytes, bytes, sizeof bytes);
    assert_int_equal(read->fetched_ms, 5000);
    assert_null(read_picture(state, "2611.00002"));
}

static void test_a_later_picture_takes_the_place_of_one_before(void **state)
{
    struct picture none = {.paper_id = "1", .type = "", .bytes = ""};

    none.fetched_ms = 9000;
    put_picture(state, "1", 5000);
    assert_true(store_picture_put(store_of(state), &none, NULL));
    assert_string_equal(read_picture(state, "1")->type, "");
    assert_int_equal(read_picture(state, "1")->length, 0);
    assert_int_equal(read_picture(state, "1")->fetched_ms, 9000);
}

static void test_old_pictures_are_erased(void **state)
{
    const struct store_horizon horizon = {.pictures_ms = 6000};

    put_picture(state, "1", 5999);
    put_picture(state, "2", 6000);
    assert_true(store_prune(store_of(state), &horizon, NULL));
    assert_null(read_picture(state, "1"));
    assert_non_null(read_picture(state, "2"));
}

static bool put_and_fail(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    const struct picture picture = a_picture("1", 1000);

    return store_picture_put(store, &picture, err) &&
            error_set(err, ERROR_STOP, "taken back");
}

static void test_a_picture_is_taken_back_with_its_transaction(void **state)
{
    assert_false(store_transact(store_of(state), put_and_fail, NULL, NULL));
    assert_null(read_picture(state, "1"));
}

/* --- the outbox --- */

static int64_t add_row(void **state, int64_t channel, unsigned part,
        enum outbox_verb verb, int64_t reply_to)
{
    const struct outbox_row row = {.channel_id = channel,
            .account = "home",
            .room = "r",
            .occasion = "digest/x",
            .part = part,
            .delivery_key = "key",
            .verb = verb,
            .payload = bytes,
            .payload_bytes = sizeof bytes,
            .reply_to = reply_to,
            .next_try_ms = 100,
            .created_ms = 50};
    struct error err = {0};
    int64_t id = 0;

    if (!store_outbox_add(store_of(state), &row, &id, &err))
        fail_msg("%s", err.text);
    return id;
}

static struct outbox_row read_row(void **state, int64_t id)
{
    struct outbox_list rows = {0};

    assert_true(store_outbox_list(store_of(state), 0, "", arena_of(state),
            &rows, NULL));
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].id == id)
            return rows.items[i];
    fail_msg("no row %lld", (long long)id);
    return (struct outbox_row){0};
}

static void test_what_shows_a_picture_knows_it_and_its_thread(void **state)
{
    struct store *store = store_of(state);
    int64_t channel = put_channel(store, "r");
    int64_t head = add_row(state, channel, 0, OUTBOX_SEND, 0);
    int64_t upload = add_row(state, channel, 1, OUTBOX_UPLOAD, head);
    int64_t show = add_row(state, channel, 2, OUTBOX_SHOW, upload);

    assert_int_equal(read_row(state, show).verb, OUTBOX_SHOW);
    assert_string_equal(read_row(state, show).target, "");
    assert_string_equal(read_row(state, show).root, "");
    assert_true(store_outbox_settle(store, head, "$head", 200, NULL));
    assert_true(store_outbox_settle(store, upload, "mxc://x/y", 200, NULL));
    assert_string_equal(read_row(state, upload).target, "$head");
    assert_string_equal(read_row(state, upload).root, "");
    assert_string_equal(read_row(state, show).target, "mxc://x/y");
    assert_string_equal(read_row(state, show).root, "$head");
}

static void test_a_picture_outside_a_thread_has_no_root(void **state)
{
    struct store *store = store_of(state);
    int64_t channel = put_channel(store, "r");
    int64_t upload = add_row(state, channel, 1, OUTBOX_UPLOAD, 0);
    int64_t show = add_row(state, channel, 2, OUTBOX_SHOW, upload);

    assert_true(store_outbox_settle(store, upload, "mxc://x/y", 200, NULL));
    assert_string_equal(read_row(state, show).target, "mxc://x/y");
    assert_string_equal(read_row(state, show).root, "");
}

static void test_bytes_are_let_go_once_they_are_uploaded(void **state)
{
    struct store *store = store_of(state);
    int64_t channel = put_channel(store, "r");
    int64_t sent = add_row(state, channel, 0, OUTBOX_UPLOAD, 0);
    int64_t expired = add_row(state, channel, 1, OUTBOX_UPLOAD, 0);
    int64_t parked = add_row(state, channel, 2, OUTBOX_UPLOAD, 0);
    int64_t show = add_row(state, channel, 3, OUTBOX_SHOW, sent);

    assert_true(store_outbox_settle(store, sent, "mxc://x/y", 200, NULL));
    assert_true(store_outbox_end(store, expired, OUTBOX_EXPIRED, "too large",
            200, NULL));
    assert_true(store_outbox_end(store, parked, OUTBOX_PARKED, "closed", 200,
            NULL));
    assert_true(store_outbox_settle(store, show, "$show", 200, NULL));
    assert_int_equal(read_row(state, sent).payload_bytes, 0);
    assert_int_equal(read_row(state, expired).payload_bytes, 0);
    assert_int_equal(read_row(state, parked).payload_bytes, sizeof bytes);
    assert_int_equal(read_row(state, show).payload_bytes, sizeof bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_a_picture_comes_back_byte_for_byte),
            EVERY_STORE(test_a_later_picture_takes_the_place_of_one_before),
            EVERY_STORE(test_old_pictures_are_erased),
            EVERY_STORE(test_a_picture_is_taken_back_with_its_transaction),
            EVERY_STORE(test_what_shows_a_picture_knows_it_and_its_thread),
            EVERY_STORE(test_a_picture_outside_a_thread_has_no_root),
            EVERY_STORE(test_bytes_are_let_go_once_they_are_uploaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
