/* The outbox's promises of bot/ports/store.h, kept by every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static struct outbox_row row_of(int64_t channel_id, const char *occasion,
        unsigned part)
{
    return (struct outbox_row){
            .channel_id = channel_id,
            .account = "home",
            .room = "r",
            .occasion = occasion,
            .part = part,
            .delivery_key = "key",
            .payload = "text",
            .payload_bytes = 4,
            .next_try_ms = 100,
            .created_ms = 50,
    };
}

static int64_t add(struct store *store, const struct outbox_row *row)
{
    struct error err = {0};
    int64_t id = 0;
    if (!store_outbox_add(store, row, &id, &err))
        fail_msg("%s", err.text);
    return id;
}

static int64_t add_part(struct store *store, int64_t channel_id,
        const char *occasion, unsigned part)
{
    struct outbox_row row = row_of(channel_id, occasion, part);
    return add(store, &row);
}

/* Claims as "one" at that time for 1000 ms; the ids, space-joined. */
static const char *claim(void **state, const char *owner, int64_t now_ms,
        size_t limit)
{
    struct outbox_list rows = {0};
    const char *ids = "";

    assert_true(store_outbox_claim(store_of(state), owner, now_ms,
            now_ms + 1000, limit, arena_of(state), &rows, NULL));
    for (size_t i = 0; i < rows.count; i++)
        ids = arena_format(arena_of(state), "%s%s%lld", ids, i > 0 ? " " : "",
                (long long)rows.items[i].id);
    return ids;
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

static int64_t next_ms(void **state)
{
    int64_t next = 0;
    assert_true(store_outbox_next_ms(store_of(state), &next, NULL));
    return next;
}

static void test_hastening_moves_what_waits_and_nothing_else(void **state)
{
    struct store *store = store_of(state);
    int64_t channel = put_channel(store, "#r");
    int64_t sent = add_part(store, channel, "a", 0);
    int64_t leased = add_part(store, channel, "b", 0);
    int64_t late = add_part(store, channel, "c", 0);

    assert_true(store_outbox_settle(store, sent, "", 100, NULL));
    assert_true(store_outbox_retry(store, late, 90000, "busy", true, NULL));
    assert_string_equal(claim(state, "one", 80000, 9),
            arena_format(arena_of(state), "%lld", (long long)leased));
    assert_int_equal(next_ms(state), 81000);
    assert_true(store_outbox_hasten(store, 5000, NULL));
    assert_int_equal(next_ms(state), 5000);
    assert_int_equal(read_row(state, late).next_try_ms, 5000);
    assert_int_equal(read_row(state, leased).next_try_ms, 100);
    assert_int_equal(read_row(state, sent).state, OUTBOX_SENT);
    assert_true(read_row(state, late).attempted);
    assert_string_equal(claim(state, "two", 4999, 9), "");
    assert_string_equal(claim(state, "two", 5000, 9),
            arena_format(arena_of(state), "%lld %lld", (long long)leased,
                    (long long)late));
}

static void test_a_row_comes_back_byte_for_byte(void **state)
{
    static const char payload[] = "a\0b\xff\xfe'\"; \n末";
    int64_t root = add_part(store_of(state), put_channel(store_of(state), "#r"),
            "digest/2026-11-23", 0);
    struct outbox_row row = row_of(1, "digest/2026-11-23", 7);

    row.account = "an account";
    row.room = "#r:example.org";
    row.delivery_key = "pb.0123-_";
    row.verb = OUTBOX_EDIT;
    row.payload = payload;
    row.payload_bytes = sizeof payload;
    row.reply_to = root;
    row.expires_ms = 9000;
    row.id = 77;
    row.state = OUTBOX_SENT;
    row.attempts = 5;
    row.attempted = true;
    row.receipt = "$event";
    row.complaint = "none";
    row.settled_ms = 6;
    struct outbox_row read = read_row(state, add(store_of(state), &row));
    assert_true(read.id > root && read.id != 77);
    assert_int_equal(read.channel_id, 1);
    assert_string_equal(read.account, "an account");
    assert_string_equal(read.room, "#r:example.org");
    assert_string_equal(read.occasion, "digest/2026-11-23");
    assert_int_equal(read.part, 7);
    assert_string_equal(read.delivery_key, "pb.0123-_");
    assert_int_equal(read.verb, OUTBOX_EDIT);
    assert_int_equal(read.payload_bytes, sizeof payload);
    assert_memory_equal(read.payload, payload, sizeof payload);
    assert_int_equal(read.reply_to, root);
    assert_int_equal(read.expires_ms, 9000);
    assert_int_equal(read.next_try_ms, 100);
    assert_int_equal(read.created_ms, 50);
    assert_int_equal(read.state, OUTBOX_DUE);
    assert_int_equal(read.attempts, 0);
    assert_false(read.attempted);
    assert_int_equal(read.attempted_ms, 0);
    assert_string_equal(read.receipt, "");
    assert_string_equal(read.complaint, "");
    assert_int_equal(read.settled_ms, 0);
}

static void test_an_empty_payload_is_kept(void **state)
{
    struct outbox_row row =
            row_of(put_channel(store_of(state), "#r"), "digest/x", 0);

    row.payload = NULL;
    row.payload_bytes = 0;
    struct outbox_row read = read_row(state, add(store_of(state), &row));
    assert_int_equal(read.payload_bytes, 0);
    assert_non_null(read.payload);
}

static void test_a_part_exists_once(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "#r"), other = put_channel(store, "#s"),
            row_id = 0;
    struct outbox_row row = row_of(id, "digest/x", 0);
    struct error err = {0};

    add(store, &row);
    assert_false(store_outbox_add(store, &row, &row_id, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    assert_non_null(strstr(err.text, "digest/x"));
    add_part(store, id, "digest/x", 1);
    add_part(store, id, "digest/y", 0);
    add_part(store, other, "digest/x", 0);
}

static void test_a_row_for_nobody_is_our_mistake(void **state)
{
    struct outbox_row row = row_of(9, "digest/x", 0);
    struct error err = {0};
    int64_t id = 0;

    assert_false(store_outbox_add(store_of(state), &row, &id, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    row.channel_id = put_channel(store_of(state), "#r");
    row.reply_to = 1; /* itself, if it were taken */
    assert_false(store_outbox_add(store_of(state), &row, &id, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static void test_a_row_is_claimed_once_until_its_lease_ends(void **state)
{
    add_part(store_of(state), put_channel(store_of(state), "#r"), "digest/x",
            0);
    assert_string_equal(claim(state, "one", 99, 9), "");
    assert_string_equal(claim(state, "one", 100, 9), "1");
    assert_string_equal(claim(state, "two", 100, 9), "");
    assert_string_equal(claim(state, "one", 1099, 9), "");
    assert_string_equal(claim(state, "two", 1100, 9), "1");
}

static void test_parts_wait_for_the_one_before(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "#r");

    add_part(store, id, "digest/x", 1); /* row 1, added first, goes second */
    add_part(store, id, "digest/x", 0); /* row 2 */
    add_part(store, id, "digest/x", 5); /* row 3 */
    add_part(store, id, "digest/y", 0); /* row 4, another occasion */
    assert_string_equal(claim(state, "one", 100, 9), "2 4");
    assert_true(store_outbox_settle(store, 2, "$a", 200, NULL));
    assert_string_equal(claim(state, "one", 200, 9), "1");
    assert_true(store_outbox_retry(store, 1, 5000, "HTTP 503", false, NULL));
    assert_string_equal(claim(state, "one", 300, 9), "");
    assert_string_equal(claim(state, "one", 5000, 9), "4 1");
}

static void test_a_part_that_was_given_up_holds_nobody_back(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "#r");

    for (unsigned part = 0; part < 3; part++)
        add_part(store, id, "digest/x", part);
    assert_true(store_outbox_end(store, 1, OUTBOX_PARKED, "HTTP 400", 9, NULL));
    assert_string_equal(claim(state, "one", 100, 9), "2");
    assert_true(store_outbox_end(store, 2, OUTBOX_EXPIRED, "late", 9, NULL));
    assert_string_equal(claim(state, "one", 100, 9), "3");
}

static void test_claims_go_by_time_then_number(void **state)
{
    static const int64_t due_ms[] = {300, 100, 200, 100, 400};
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "#r");

    for (unsigned i = 0; i < 5; i++) {
        struct outbox_row row =
                row_of(id, arena_format(arena_of(state), "digest/%u", i), 0);
        row.next_try_ms = due_ms[i];
        add(store, &row);
    }
    assert_string_equal(claim(state, "one", 300, 2), "2 4");
    assert_string_equal(claim(state, "one", 300, 9), "3 1");
}

static void test_answers_are_claimed_before_what_nobody_waits_for(void **state)
{
    struct store *store = store_of(state);
    int64_t channel_id = put_channel(store, "#r");
    struct outbox_row row = row_of(channel_id, "answer/$1", 0);
    int64_t id;

    add_part(store, channel_id, "digest/x", 0);
    add_part(store, channel_id, "digest/y", 0);
    row.reply = "$1";
    row.next_try_ms = 300;
    assert_true(store_outbox_add(store, &row, &id, NULL));
    assert_string_equal(claim(state, "one", 200, 1), "1");
    assert_string_equal(claim(state, "one", 300, 9), "3 2");
}

static void test_a_released_row_can_be_claimed_at_once(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "#r");

    add_part(store, id, "digest/x", 0);
    add_part(store, id, "digest/y", 0);
    assert_string_equal(claim(state, "one", 100, 1), "1");
    assert_string_equal(claim(state, "two", 100, 1), "2");
    assert_true(store_outbox_attempt(store, 1, 100, NULL));
    assert_true(store_outbox_release(store, "one", NULL));
    assert_string_equal(claim(state, "three", 100, 9), "1");
    assert_true(read_row(state, 1).attempted);
    assert_int_equal(read_row(state, 1).attempts, 1);
    assert_int_equal(read_row(state, 1).attempted_ms, 100);
    assert_true(store_outbox_release(store, NULL, NULL));
    assert_string_equal(claim(state, "three", 100, 9), "1 2");
}

static void test_a_row_tells_what_became_of_it(void **state)
{
    struct store *store = store_of(state);

    add_part(store, put_channel(store, "#r"), "digest/x", 0);
    claim(state, "one", 100, 1);
    assert_true(store_outbox_attempt(store, 1, 100, NULL));
    assert_true(store_outbox_retry(store, 1, 200, "timed out", true, NULL));
    struct outbox_row row = read_row(state, 1);
    assert_int_equal(row.state, OUTBOX_DUE);
    assert_int_equal(row.attempts, 1);
    assert_true(row.attempted);
    assert_int_equal(row.attempted_ms, 100);
    assert_string_equal(row.complaint, "timed out");
    assert_int_equal(row.next_try_ms, 200);
    assert_string_equal(claim(state, "one", 200, 1), "1");
    assert_true(store_outbox_attempt(store, 1, 200, NULL));
    assert_true(store_outbox_retry(store, 1, 300, "HTTP 503", false, NULL));
    row = read_row(state, 1);
    assert_int_equal(row.attempts, 2);
    assert_false(row.attempted);
    assert_int_equal(row.attempted_ms, 0);
    assert_true(store_outbox_settle(store, 1, "$event", 400, NULL));
    row = read_row(state, 1);
    assert_int_equal(row.state, OUTBOX_SENT);
    assert_string_equal(row.receipt, "$event");
    assert_int_equal(row.settled_ms, 400);
    assert_string_equal(claim(state, "one", 9000, 9), "");
}

static void test_a_parked_row_is_put_back_as_new(void **state)
{
    struct store *store = store_of(state);

    add_part(store, put_channel(store, "#r"), "digest/x", 0);
    assert_true(store_outbox_attempt(store, 1, 100, NULL));
    assert_true(store_outbox_end(store, 1, OUTBOX_PARKED, "HTTP 404", 150,
            NULL));
    struct outbox_row row = read_row(state, 1);
    assert_int_equal(row.state, OUTBOX_PARKED);
    assert_string_equal(row.complaint, "HTTP 404");
    assert_int_equal(row.settled_ms, 150);
    assert_int_equal(next_ms(state), INT64_MAX);
    assert_true(store_outbox_end(store, 1, OUTBOX_DUE, "", 700, NULL));
    row = read_row(state, 1);
    assert_int_equal(row.state, OUTBOX_DUE);
    assert_int_equal(row.next_try_ms, 700);
    assert_int_equal(row.attempts, 0);
    assert_false(row.attempted);
    assert_int_equal(row.settled_ms, 0);
    assert_string_equal(claim(state, "one", 700, 9), "1");
}

static void test_what_was_sent_stays_sent(void **state)
{
    struct store *store = store_of(state);
    struct error err = {0};

    add_part(store, put_channel(store, "#r"), "digest/x", 0);
    assert_true(store_outbox_settle(store, 1, "$first", 100, NULL));
    assert_true(store_outbox_settle(store, 1, "$second", 200, NULL));
    assert_false(store_outbox_attempt(store, 1, 300, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    assert_non_null(strstr(err.text, "sent"));
    err = (struct error){0};
    assert_false(store_outbox_retry(store, 1, 300, "x", true, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    err = (struct error){0};
    assert_false(store_outbox_end(store, 1, OUTBOX_DUE, "x", 300, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    struct outbox_row row = read_row(state, 1);
    assert_int_equal(row.state, OUTBOX_SENT);
    assert_string_equal(row.receipt, "$first");
    assert_int_equal(row.settled_ms, 100);
    assert_int_equal(row.attempts, 0);
    assert_string_equal(row.complaint, "");
}

static void test_a_parked_row_is_not_attempted(void **state)
{
    struct store *store = store_of(state);
    struct error err = {0};

    add_part(store, put_channel(store, "#r"), "digest/x", 0);
    assert_true(store_outbox_end(store, 1, OUTBOX_PARKED, "x", 100, NULL));
    assert_false(store_outbox_attempt(store, 1, 100, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    assert_false(store_outbox_retry(store, 1, 100, "x", true, &err));
    assert_int_equal(read_row(state, 1).state, OUTBOX_PARKED);
    assert_true(store_outbox_settle(store, 1, "$late", 200, NULL));
    assert_int_equal(read_row(state, 1).state, OUTBOX_SENT);
}

static void test_a_row_that_is_none_is_our_mistake(void **state)
{
    struct store *store = store_of(state);
    struct error err[4] = {{0}};

    assert_false(store_outbox_attempt(store, 7, 1, &err[0]));
    assert_false(store_outbox_settle(store, 7, "x", 1, &err[1]));
    assert_false(store_outbox_retry(store, 7, 1, "x", true, &err[2]));
    assert_false(store_outbox_end(store, 7, OUTBOX_PARKED, "x", 1, &err[3]));
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(err[i].kind, ERROR_STOP);
        assert_non_null(strstr(err[i].text, "7"));
    }
}

static void test_the_next_time_counts_leases_and_parts(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "#r");

    assert_int_equal(next_ms(state), INT64_MAX);
    add_part(store, id, "digest/x", 0);
    add_part(store, id, "digest/x", 1);
    assert_int_equal(next_ms(state), 100);
    claim(state, "one", 150, 9);
    assert_int_equal(next_ms(state), 1150);
    /* The second part is due, but not before the first. */
    assert_true(store_outbox_retry(store, 1, 2000, "x", false, NULL));
    assert_int_equal(next_ms(state), 2000);
    assert_true(store_outbox_settle(store, 1, "$", 300, NULL));
    assert_int_equal(next_ms(state), 100);
    assert_true(store_outbox_settle(store, 2, "$", 300, NULL));
    assert_int_equal(next_ms(state), INT64_MAX);
}

static void test_rows_are_listed_by_channel_and_occasion(void **state)
{
    struct store *store = store_of(state);
    struct outbox_list rows = {0};
    int64_t id = put_channel(store, "#r"), other = put_channel(store, "#s");

    add_part(store, id, "digest/x", 1);
    add_part(store, other, "digest/x", 0);
    add_part(store, id, "digest/y", 0);
    add_part(store, id, "digest/x", 0);
    assert_true(store_outbox_list(store, 0, "", arena_of(state), &rows, NULL));
    assert_int_equal(rows.count, 4);
    assert_int_equal(rows.items[3].id, 4);
    assert_true(store_outbox_list(store, 0, "digest/x", arena_of(state), &rows,
            NULL));
    assert_int_equal(rows.count, 3);
    assert_true(store_outbox_list(store, id, "digest/x", arena_of(state), &rows,
            NULL));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.items[0].id, 1);
    assert_int_equal(rows.items[1].id, 4);
    assert_true(store_outbox_list(store, other, "", arena_of(state), &rows,
            NULL));
    assert_int_equal(rows.count, 1);
}

static void test_counts_tell_the_states_apart(void **state)
{
    struct store *store = store_of(state);
    struct store_counts counts = {0};
    int64_t id = put_channel(store, "#r");

    for (unsigned part = 0; part < 7; part++)
        add_part(store, id, "digest/x", part);
    for (int64_t row = 1; row <= 3; row++)
        assert_true(store_outbox_settle(store, row, "$", 1, NULL));
    assert_true(store_outbox_end(store, 4, OUTBOX_PARKED, "x", 1, NULL));
    assert_true(store_outbox_end(store, 5, OUTBOX_EXPIRED, "x", 1, NULL));
    assert_true(store_count(store, &counts, NULL));
    assert_int_equal(counts.outbox_sent, 3);
    assert_int_equal(counts.outbox_parked, 1);
    assert_int_equal(counts.outbox_due, 2);
    assert_int_equal(counts.papers, 0);
    assert_int_equal(counts.notes, 0);
}

struct claim_step {
    struct arena *arena;
    size_t claimed;
};

static bool claim_and_regret(struct store *store, void *ctx, struct error *err)
{
    struct claim_step *step = ctx;
    struct outbox_list rows = {0};

    if (!store_outbox_claim(store, "one", 100, 9999, 9, step->arena, &rows,
                err))
        return false;
    step->claimed = rows.count;
    return error_set(err, ERROR_INPUT, "no");
}

static void test_a_claim_is_taken_back_with_its_transaction(void **state)
{
    struct claim_step step = {.arena = arena_of(state)};

    add_part(store_of(state), put_channel(store_of(state), "#r"), "digest/x",
            0);
    assert_false(store_transact(store_of(state), claim_and_regret, &step,
            NULL));
    assert_int_equal(step.claimed, 1);
    assert_string_equal(claim(state, "two", 100, 9), "1");
}

static void test_a_message_is_found_by_what_the_product_calls_it(void **state)
{
    struct store *store = store_of(state);
    struct outbox_row row = row_of(put_channel(store, "room"), "a/1", 0);
    struct outbox_row *found = NULL;

    row.paper_id = "2611.10001";
    int64_t id = add(store, &row);
    assert_true(store_outbox_find(store, row.account, "", arena_of(state),
            &found, NULL));
    assert_null(found);
    assert_true(store_outbox_settle(store, id, "$event", 100, NULL));
    assert_true(store_outbox_find(store, row.account, "$event", arena_of(state),
            &found, NULL));
    assert_non_null(found);
    assert_int_equal(found->id, id);
    assert_string_equal(found->paper_id, "2611.10001");
    assert_true(store_outbox_find(store, "another", "$event", arena_of(state),
            &found, NULL));
    assert_null(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_a_message_is_found_by_what_the_product_calls_it),
            EVERY_STORE(test_a_row_comes_back_byte_for_byte),
            EVERY_STORE(test_an_empty_payload_is_kept),
            EVERY_STORE(test_a_part_exists_once),
            EVERY_STORE(test_a_row_for_nobody_is_our_mistake),
            EVERY_STORE(test_a_row_is_claimed_once_until_its_lease_ends),
            EVERY_STORE(test_parts_wait_for_the_one_before),
            EVERY_STORE(test_a_part_that_was_given_up_holds_nobody_back),
            EVERY_STORE(test_claims_go_by_time_then_number),
            EVERY_STORE(test_answers_are_claimed_before_what_nobody_waits_for),
            EVERY_STORE(test_a_released_row_can_be_claimed_at_once),
            EVERY_STORE(test_hastening_moves_what_waits_and_nothing_else),
            EVERY_STORE(test_a_row_tells_what_became_of_it),
            EVERY_STORE(test_a_parked_row_is_put_back_as_new),
            EVERY_STORE(test_what_was_sent_stays_sent),
            EVERY_STORE(test_a_parked_row_is_not_attempted),
            EVERY_STORE(test_a_row_that_is_none_is_our_mistake),
            EVERY_STORE(test_the_next_time_counts_leases_and_parts),
            EVERY_STORE(test_rows_are_listed_by_channel_and_occasion),
            EVERY_STORE(test_counts_tell_the_states_apart),
            EVERY_STORE(test_a_claim_is_taken_back_with_its_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
