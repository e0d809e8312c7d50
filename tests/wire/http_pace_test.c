/* When adapters/http.h asks: waits, paces, and what is called off. */

#include "tests/support/http_asker.h"
#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* --- waits --- */

static int64_t wait_told(struct http_asker *asker, const char *headers)
{
    struct http_heard heard = {0};
    const struct http_script script = {.path = "/",
            .times = 1,
            .status = 429,
            .headers = headers};

    http_server_script(asker->server, &script);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/")},
            &heard);
    assert_int_equal(heard.status, 429);
    return heard.retry_after_ms;
}

static void test_retry_after_is_read_in_both_forms(void **state)
{
    struct http_asker *asker = *state;

    assert_int_equal(wait_told(asker, "Retry-After: 120\r\n"), 120000);
    assert_int_equal(wait_told(asker,
                             "Date: Mon, 05 Jan 2026 05:00:00 GMT\r\n"
                             "Retry-After: Mon, 05 Jan 2026 05:01:30 GMT\r\n"),
            90000);
    assert_int_equal(wait_told(asker,
                             "Retry-After: Mon, 05 Jan 2015 05:01:30 GMT\r\n"),
            0);
    assert_int_equal(wait_told(asker, "Retry-After: soon\r\n"), 0);
    assert_int_equal(wait_told(asker, "Retry-After: -5\r\n"), 0);
    assert_int_equal(wait_told(asker, ""), 0);
    assert_true(wait_told(asker, "Retry-After: 99999999999999999999\r\n") <=
            INT64_C(10) * 24 * 3600 * 1000);
}

static void
test_a_date_without_the_servers_clock_is_measured_by_ours(void **state)
{
    int64_t wait =
            wait_told(*state, "Retry-After: Fri, 01 Jan 2100 00:00:00 GMT\r\n");

    assert_int_equal(wait, INT64_C(10) * 24 * 3600 * 1000); /* at most */
}

static void test_a_pace_sends_one_at_a_time_and_apart(void **state)
{
    struct http_asker *asker = *state;
    const struct http_script script = {.path = "/", .delay_ms = 5};
    struct http_heard heard[3] = {{0}};
    const int64_t gap_ms = 40;

    http_server_script(asker->server, &script);
    for (int i = 0; i < 3; i++)
        http_asker_begin(asker,
                &(struct http_request){.method = "GET",
                        .url = http_asker_address(asker, "/"),
                        .pace = {"arxiv", gap_ms}},
                &heard[i]);
    assert_true(loop_wait(asker->transport->loop, &heard[2].over));
    assert_int_equal(http_server_count(asker->server), 3);
    assert_int_equal(http_server_most_at_once(asker->server), 1);
    for (int i = 1; i < 3; i++) {
        /* Departures are ours to keep apart, to the millisecond that the wall
         * clock is cut to; arrivals jitter. */
        assert_true(heard[i].started_ms - heard[i - 1].started_ms >=
                gap_ms - 2);
    }
    assert_true(http_server_record(asker->server, 2)->arrived_ms -
                    http_server_record(asker->server, 0)->arrived_ms >=
            gap_ms);
}

static void test_different_paces_do_not_wait_for_each_other(void **state)
{
    struct http_asker *asker = *state;
    const struct http_script silent = {.path = "/silent",
            .act = SERVER_SILENCE};
    struct http_heard first = {0}, second = {0};

    http_server_script(asker->server, &silent);
    struct request *request = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/silent"),
                    .pace = {"a", 0}},
            &first);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/quick"),
                    .pace = {"b", 0}},
            &second);
    assert_false(first.over);
    request_cancel(request);
}

static void test_a_redirect_keeps_the_pace(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard first = {0}, second = {0};

    http_asker_redirect(asker, "/old", "/new");
    http_server_answer(asker->server, "GET", "/", 0, 200, "");
    http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/old"),
                    .follow_redirects = true,
                    .pace = {"arxiv", 60}},
            &first);
    http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/other"),
                    .pace = {"arxiv", 60}},
            &second);
    assert_true(loop_wait(asker->transport->loop, &second.over));
    assert_true(first.over);
    assert_string_equal(http_server_record(asker->server, 1)->target, "/new");
    assert_true(http_server_record(asker->server, 1)->arrived_ms -
                    http_server_record(asker->server, 0)->arrived_ms >=
            30);
}

static void test_nothing_leaves_before_its_time(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};
    int64_t not_before_ms = clock_now_ms(&loop_system_clock) + 40;

    http_server_answer(asker->server, NULL, "/", 0, 200, "");
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/"),
                    .not_before_ms = not_before_ms},
            &heard);
    assert_true(heard.started_ms >= not_before_ms);
}

/* --- calling off --- */

static bool one_has_arrived(void *ctx)
{
    return http_server_count(ctx) == 1;
}

static void test_a_request_called_off_stays_silent(void **state)
{
    struct http_asker *asker = *state;
    struct loop *loop = asker->transport->loop;
    const struct http_script slow = {.path = "/slow", .delay_ms = 10};
    struct http_heard fresh = {0}, later = {0}, queued = {0}, flying = {0},
                      refused = {0};

    http_server_script(asker->server, &slow);
    struct request *request = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/fresh")},
            &fresh);
    request_cancel(request);
    request = http_asker_begin(asker,
            &(struct http_request){.method = "GET", .url = "http://x.org/"},
            &refused);
    request_cancel(request);
    struct request *waits = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/later"),
                    .not_before_ms = clock_now_ms(&loop_system_clock) + 10},
            &later);
    struct request *flies = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/slow"),
                    .pace = {"p", 0}},
            &flying);
    struct request *queues = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/queued"),
                    .pace = {"p", 0}},
            &queued);
    request_cancel(waits);
    request_cancel(queues);
    assert_true(loop_wait_until(loop, one_has_arrived, asker->server, 10000));
    request_cancel(flies);
    loop_wait_ms(loop, 30);
    assert_int_equal(http_server_count(asker->server), 1);
    assert_int_equal(fresh.times + later.times + queued.times + flying.times +
                    refused.times,
            0);
}

static void test_a_pace_goes_on_after_one_was_called_off(void **state)
{
    struct http_asker *asker = *state;
    const struct http_script script = {.path = "/silent",
            .act = SERVER_SILENCE};
    struct http_heard first = {0}, second = {0};

    http_server_script(asker->server, &script);
    struct request *request = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/silent"),
                    .pace = {"p", 0}},
            &first);
    http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/next"),
                    .pace = {"p", 0}},
            &second);
    loop_wait_ms(asker->transport->loop, 10);
    request_cancel(request);
    assert_true(loop_wait(asker->transport->loop, &second.over));
    assert_int_equal(first.times, 0);
}

struct chain {
    struct http_asker *asker;
    struct request *victim;
    struct http_heard last;
    bool over;
};

static void cancel_and_ask_again(void *cookie, const struct http_answer *answer,
        const struct error *err)
{
    struct chain *chain = cookie;

    (void)answer;
    assert_null(err);
    request_cancel(chain->victim);
    http_asker_begin(chain->asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(chain->asker, "/last")},
            &chain->last);
}

static void test_who_is_answered_may_ask_and_call_off(void **state)
{
    struct http_asker *asker = *state;
    struct chain chain = {.asker = asker};
    struct http_heard victim = {0};
    const struct http_request quick = {.method = "GET",
            .url = http_asker_address(asker, "/quick")};
    const struct http_script silent = {.path = "/silent",
            .act = SERVER_SILENCE};

    http_server_script(asker->server, &silent);
    chain.victim = http_asker_begin(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/silent")},
            &victim);
    http_send(asker->transport->http, &quick, cancel_and_ask_again, &chain);
    assert_true(loop_wait(asker->transport->loop, &chain.last.over));
    assert_int_equal(victim.times, 0);
}

static void test_closing_calls_everything_off(void **state)
{
    struct http_asker *asker = *state;
    struct http *own = http_open(asker->transport->loop, NULL);
    struct http_heard heard[3] = {{0}};
    const struct http_script silent = {.path = "/", .act = SERVER_SILENCE};

    http_server_script(asker->server, &silent);
    for (int i = 0; i < 3; i++) {
        const struct http_request request = {.method = "GET",
                .url = http_asker_address(asker, "/"),
                .pace = {i > 0 ? "p" : NULL, 0}};
        http_send(own, &request, http_asker_hear, &heard[i]);
    }
    loop_wait_ms(asker->transport->loop, 10);
    http_close(own);
    loop_wait_ms(asker->transport->loop, 10);
    for (int i = 0; i < 3; i++)
        assert_int_equal(heard[i].times, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            HTTP_ASKER_TEST(test_retry_after_is_read_in_both_forms),
            HTTP_ASKER_TEST(
                    test_a_date_without_the_servers_clock_is_measured_by_ours),
            HTTP_ASKER_TEST(test_a_pace_sends_one_at_a_time_and_apart),
            HTTP_ASKER_TEST(test_different_paces_do_not_wait_for_each_other),
            HTTP_ASKER_TEST(test_a_redirect_keeps_the_pace),
            HTTP_ASKER_TEST(test_nothing_leaves_before_its_time),
            HTTP_ASKER_TEST(test_a_request_called_off_stays_silent),
            HTTP_ASKER_TEST(test_a_pace_goes_on_after_one_was_called_off),
            HTTP_ASKER_TEST(test_who_is_answered_may_ask_and_call_off),
            HTTP_ASKER_TEST(test_closing_calls_everything_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
