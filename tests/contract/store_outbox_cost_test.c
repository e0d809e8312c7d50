/* What the outbox costs where much is due: SQLite counts its own steps. */
#include "store/sqlite.h"
#include "tests/contract/every_store.h"
#include "tests/contract/sqlite_file.h"

enum {
    FEW = 200,
    MANY = 4000,
    CLAIMED = 20
};

static bool fill(struct store *store, void *ctx, struct error *err)
{
    struct arena arena = {0};
    const int *numbers = ctx;
    bool done = true;
    int64_t channel, id;

    for (int i = numbers[0]; done && i < numbers[1]; i++) {
        const char *name = arena_format(&arena, "room-%d", i);
        done = store_channel_put(store, "home", name, name, 1, &channel, err);
        const struct outbox_row row = {.channel_id = channel,
                .account = "home",
                .room = name,
                .occasion = "digest/1",
                .delivery_key = name,
                .payload = "hello",
                .payload_bytes = 5,
                .next_try_ms = 1000,
                .created_ms = 1000};
        done = done && store_outbox_add(store, &row, &id, err);
    }
    arena_finish(&arena);
    return done;
}

/* Since the last time, over all statements. */
static int steps(struct store *store)
{
    sqlite3_stmt *statement = NULL;
    int count = 0;

    while ((statement = sqlite3_next_stmt(sqlite_of(store)->db, statement)) !=
            NULL)
        count += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    return count;
}

/* Of looking when the next is due, claiming some, and one that is sent. */
static int turn_costs(void **state)
{
    struct store *store = store_of(state);
    struct outbox_list rows;
    int64_t next_ms;

    steps(store);
    assert_true(store_outbox_next_ms(store, &next_ms, NULL));
    assert_int_equal(next_ms, 1000);
    assert_true(store_outbox_claim(store, "me", 2000, 9000, CLAIMED,
            arena_of(state), &rows, NULL));
    assert_int_equal(rows.count, CLAIMED);
    assert_true(store_outbox_attempt(store, rows.items[0].id, 2000, NULL));
    assert_true(store_outbox_settle(store, rows.items[0].id, "$1", 2001, NULL));
    int count = steps(store);
    assert_true(store_outbox_release(store, NULL, NULL));
    return count;
}

static void test_a_turn_costs_the_same_however_much_is_due(void **state)
{
    int few[] = {0, FEW}, more[] = {FEW, MANY};

    assert_true(store_transact(store_of(state), fill, few, NULL));
    int before = turn_costs(state);
    assert_true(store_transact(store_of(state), fill, more, NULL));
    int after = turn_costs(state);
    assert_true(before > 0);
    assert_true(after <= before + before / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            SQLITE_ONLY(test_a_turn_costs_the_same_however_much_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
