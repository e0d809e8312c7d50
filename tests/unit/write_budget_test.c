/* What a writer has cost today, and what that leaves. */
#include "bot/write/write_budget.h"
#include "tests/contract/every_store.h"
#include "tests/support/world.h"

#include <string.h>

static struct writer writer = {.name = "main"};
static const struct hired_writer hired = {.writer = &writer,
        .terms = {.at_once = 1,
                .price = {.request = 5,
                        .unit_in = 150000,
                        .unit_out = 600000}}};

static struct write_spent spent_at(void **state, int64_t now_ms)
{
    struct write_spent spent;

    assert_true(write_budget_read(store_of(state), "main", now_ms, &spent,
            NULL));
    return spent;
}

static void test_what_is_asked_and_answered_adds_up_within_a_day(void **state)
{
    int64_t noon = world_ms("2026-11-24T12:00:00Z");
    const struct writer_usage usage = {1000, 101};

    assert_true(write_budget_ask(store_of(state), &hired, noon, NULL));
    assert_true(write_budget_answer(store_of(state), &hired, &usage, NOTE_ASKED,
            noon, NULL));
    assert_true(write_budget_ask(store_of(state), &hired, noon + 1, NULL));
    struct write_spent spent = spent_at(state, noon + 2);
    assert_int_equal(spent.requests, 2);
    assert_int_equal(spent.units, 1101);
    /* 2 x 5, 1000 x 0.15, and 101 x 0.6 = 60.6 rounded up. */
    assert_int_equal(spent.money, 10 + 150 + 61);
    spent = spent_at(state, world_ms("2026-11-24T23:59:59Z"));
    assert_int_equal(spent.requests, 2);
}

static void test_notes_are_counted_by_what_became_of_them(void **state)
{
    static const enum note_outcome outcomes[] = {NOTE_KEPT, NOTE_REFUSED,
            NOTE_KEPT, NOTE_ASKED};
    int64_t noon = world_ms("2026-11-24T12:00:00Z");
    const struct writer_usage nothing = {0};

    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        assert_true(write_budget_answer(store_of(state), &hired, &nothing,
                outcomes[i], noon, NULL));
    struct write_spent spent = spent_at(state, noon + 1);
    assert_int_equal(spent.kept, 2);
    assert_int_equal(spent.refused, 1);
    /* As it was kept before notes were counted. */
    assert_true(store_value_put(store_of(state), "writer/main/spent",
            "2026-11-24 3 40 50", NULL));
    spent = spent_at(state, noon + 1);
    assert_int_equal(spent.money, 50);
    assert_int_equal(spent.kept, 0);
}

static void test_a_new_day_begins_with_nothing_spent(void **state)
{
    int64_t late = world_ms("2026-11-24T23:59:59Z");

    assert_true(write_budget_ask(store_of(state), &hired, late, NULL));
    struct write_spent spent = spent_at(state, late + 1000);
    assert_int_equal(spent.requests, 0);
    assert_int_equal(spent.money, 0);
    /* What comes to nothing after midnight is not owed to the new day. */
    assert_true(write_budget_return(store_of(state), &hired, late + 2000,
            NULL));
    spent = spent_at(state, late + 3000);
    assert_int_equal(spent.requests, 0);
    assert_int_equal(spent.money, 0);
    assert_int_equal(write_budget_tomorrow_ms(late), late + 1000);
}

static void test_a_request_that_cost_nothing_is_taken_back(void **state)
{
    int64_t noon = world_ms("2026-11-24T12:00:00Z");

    assert_true(write_budget_ask(store_of(state), &hired, noon, NULL));
    assert_true(write_budget_return(store_of(state), &hired, noon, NULL));
    struct write_spent spent = spent_at(state, noon);
    assert_int_equal(spent.requests, 0);
    assert_int_equal(spent.money, 0);
}

static void test_each_bound_ends_a_budget_and_none_ends_none(void **state)
{
    const struct write_spent spent = {.requests = 10, .units = 20, .money = 30};
    static const struct {
        struct writer_budget budget;
        bool ends;
    } cases[] = {
            {{0, 0, 0}, false},
            {{10, 0, 0}, true},
            {{11, 0, 0}, false},
            {{0, 20, 0}, true},
            {{0, 21, 0}, false},
            {{0, 0, 30}, true},
            {{0, 0, 31}, false},
            {{11, 21, 30}, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(write_budget_is_spent(&spent, &cases[i].budget),
                cases[i].ends);
}

static void test_what_was_spent_reads_as_a_sentence(void **state)
{
    const struct write_spent spent = {.requests = 12,
            .units = 3400,
            .money = 50000};
    const struct writer_budget budget = {.requests = 200, .money = 1500000};
    const struct writer_budget none = {0};
    const struct write_spent nothing = {0};

    assert_string_equal(write_budget_text(&spent, &budget, "en",
                                arena_of(state)),
            "12 of 200 requests, 3400 tokens, 0.05 of 1.50 in money");
    assert_string_equal(write_budget_text(&spent, &budget, "zh",
                                arena_of(state)),
            "请求 12/200 次, 词元 3400 个, 费用 0.05/1.50");
    assert_string_equal(write_budget_text(&nothing, &none, "en",
                                arena_of(state)),
            "0 requests");
}

static void test_what_is_no_count_counts_as_nothing(void **state)
{
    static const char *const values[] = {"", "2026", "2026-13-45 3 4 5",
            "yesterday, a lot"};

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_true(store_value_put(store_of(state), "writer/main/spent",
                values[i], NULL));
        assert_int_equal(spent_at(state, world_ms("2026-11-24T12:00:00Z"))
                                 .requests,
                0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_what_is_asked_and_answered_adds_up_within_a_day),
            EVERY_STORE(test_notes_are_counted_by_what_became_of_them),
            EVERY_STORE(test_a_new_day_begins_with_nothing_spent),
            EVERY_STORE(test_a_request_that_cost_nothing_is_taken_back),
            EVERY_STORE(test_each_bound_ends_a_budget_and_none_ends_none),
            EVERY_STORE(test_what_was_spent_reads_as_a_sentence),
            EVERY_STORE(test_what_is_no_count_counts_as_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
