/* What others thought of a paper, and when that rose. */
#include "tests/contract/every_store.h"

#include <string.h>

static const struct civil_date monday = {2026, 11, 23};

static bool put_signal(struct store *store, const char *id, const char *kind,
        int64_t value, int64_t seen_ms)
{
    struct error err = {0};
    bool rose = false;
    const struct signal signal = {id, kind, value, seen_ms};

    if (!store_signal_put(store, &signal, &rose, &err))
        fail_msg("%s", err.text);
    return rose;
}

static int64_t newest_arrival(struct store *store)
{
    int64_t arrival = -1;
    assert_true(store_arrival(store, &arrival, NULL));
    return arrival;
}

static int64_t rose_of(void **state, size_t place)
{
    struct batch_paper_list papers = {0};

    assert_true(store_batch_papers(store_of(state), "cs.LG", monday,
            arena_of(state), &papers, NULL));
    assert_true(place < papers.count);
    return papers.items[place].rose;
}

static void test_signals_come_back_by_kind(void **state)
{
    struct signal_list signals = {0};

    put_named(store_of(state), "1");
    put_named(store_of(state), "2");
    assert_true(put_signal(store_of(state), "1", "hf-votes", 12, 1000));
    assert_true(put_signal(store_of(state), "1", "citations", 3, 2000));
    assert_true(put_signal(store_of(state), "2", "hf-votes", 99, 3000));
    assert_true(store_signals_get(store_of(state), "1", arena_of(state),
            &signals, NULL));
    assert_int_equal(signals.count, 2);
    assert_string_equal(signals.items[0].paper_id, "1");
    assert_string_equal(signals.items[0].kind, "citations");
    assert_int_equal(signals.items[0].value, 3);
    assert_int_equal(signals.items[0].seen_ms, 2000);
    assert_int_equal(signal_value(&signals, "hf-votes"), 12);
    assert_int_equal(signal_value(&signals, "stars"), 0);
    assert_true(store_signals_get(store_of(state), "3", arena_of(state),
            &signals, NULL));
    assert_int_equal(signals.count, 0);
}

static void test_a_signal_only_grows(void **state)
{
    struct signal_list signals = {0};

    put_named(store_of(state), "1");
    assert_false(put_signal(store_of(state), "1", "hf-votes", 0, 1000));
    assert_true(put_signal(store_of(state), "1", "hf-votes", 10, 2000));
    assert_false(put_signal(store_of(state), "1", "hf-votes", 8, 3000));
    assert_false(put_signal(store_of(state), "1", "hf-votes", 10, 4000));
    assert_true(store_signals_get(store_of(state), "1", arena_of(state),
            &signals, NULL));
    assert_int_equal(signals.count, 1);
    assert_int_equal(signals.items[0].value, 10);
    assert_int_equal(signals.items[0].seen_ms, 2000);
    assert_true(put_signal(store_of(state), "1", "hf-votes", 11, 5000));
}

static void test_a_rise_is_numbered_among_arrivals(void **state)
{
    struct store *store = store_of(state);

    put_named(store, "1");
    put_named(store, "2");
    file_paper(store, "cs.LG", monday, "1", ANNOUNCE_NEW);
    assert_int_equal(rose_of(state, 0), 0);
    int64_t before = newest_arrival(store);
    put_signal(store, "1", "hf-votes", 5, 1000);
    int64_t first = rose_of(state, 0);
    assert_true(first > before);
    assert_int_equal(newest_arrival(store), first);
    put_signal(store, "1", "hf-votes", 4, 1000);
    assert_int_equal(newest_arrival(store), first);
    file_paper(store, "cs.LG", monday, "2", ANNOUNCE_NEW);
    assert_true(newest_arrival(store) > first);
    put_signal(store, "1", "citations", 1, 1000);
    assert_int_equal(rose_of(state, 0), newest_arrival(store));
    assert_int_equal(rose_of(state, 1), 0);
}

static void test_a_signal_may_be_the_first_to_rise(void **state)
{
    put_named(store_of(state), "1");
    assert_int_equal(newest_arrival(store_of(state)), 0);
    put_signal(store_of(state), "1", "hf-votes", 5, 1000);
    int64_t rose = newest_arrival(store_of(state));
    assert_true(rose > 0);
    file_paper(store_of(state), "cs.LG", monday, "1", ANNOUNCE_NEW);
    assert_true(newest_arrival(store_of(state)) > rose);
    assert_int_equal(rose_of(state, 0), rose);
}

static bool put_and_give_up(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    put_signal(store, "1", "hf-votes", 50, 1000);
    put_signal(store, "1", "citations", 50, 1000);
    return error_set(err, ERROR_RETRY, "given up");
}

static void test_a_rise_is_taken_back_with_its_transaction(void **state)
{
    struct signal_list signals = {0};

    put_named(store_of(state), "1");
    put_signal(store_of(state), "1", "hf-votes", 5, 1000);
    int64_t before = newest_arrival(store_of(state));
    assert_false(store_transact(store_of(state), put_and_give_up, NULL, NULL));
    assert_int_equal(newest_arrival(store_of(state)), before);
    assert_true(store_signals_get(store_of(state), "1", arena_of(state),
            &signals, NULL));
    assert_int_equal(signals.count, 1);
    assert_int_equal(signals.items[0].value, 5);
}

static void test_a_signal_of_an_unknown_paper_is_our_mistake(void **state)
{
    struct error err = {0};
    bool rose = false;
    const struct signal signal = {"1", "hf-votes", 5, 1000};

    assert_false(store_signal_put(store_of(state), &signal, &rose, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, "no such paper"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_signals_come_back_by_kind),
            EVERY_STORE(test_a_signal_only_grows),
            EVERY_STORE(test_a_rise_is_numbered_among_arrivals),
            EVERY_STORE(test_a_signal_may_be_the_first_to_rise),
            EVERY_STORE(test_a_rise_is_taken_back_with_its_transaction),
            EVERY_STORE(test_a_signal_of_an_unknown_paper_is_our_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
