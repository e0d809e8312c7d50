#include "adapters/http.h"
#include "adapters/transport.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct world {
    struct transport *transport;
    struct http_server *server;
};

/* What done was told, copied; and how often it ran. */
struct heard {
    bool over;
    unsigned times;
    bool returned; /* set by the test after http_send has returned */
    bool early;    /* done ran before that */
    int status;
    char body[64], content_type[64], etag[64], last_modified[64];
    size_t body_bytes;
    int64_t retry_after_ms, started_ms;
    bool maybe_taken, failed;
    struct error err;
};

static int set_up(void **state)
{
    static struct world world;
    struct error err = {0};

    world.transport = transport_open(&err);
    assert_non_null(world.transport);
    world.server = http_server_open(world.transport->loop);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    http_server_close(world->server);
    transport_close(world->transport);
    return 0;
}

static void hear(void *cookie, const struct http_answer *answer,
        const struct error *err)
{
    struct heard *heard = cookie;

    heard->times++;
    heard->over = true;
    heard->early = !heard->returned;
    heard->status = answer->status;
    heard->body_bytes = answer->body_bytes;
    assert_int_equal(answer->body[answer->body_bytes], '\0');
    snprintf(heard->body, sizeof heard->body, "%s", answer->body);
    snprintf(heard->content_type, sizeof heard->content_type, "%s",
            answer->content_type);
    snprintf(heard->etag, sizeof heard->etag, "%s", answer->etag);
    snprintf(heard->last_modified, sizeof heard->last_modified, "%s",
            answer->last_modified);
    heard->retry_after_ms = answer->retry_after_ms;
    heard->started_ms = answer->started_ms;
    heard->maybe_taken = answer->maybe_taken;
    heard->failed = err != NULL;
    if (err != NULL)
        heard->err = *err;
}

static struct request *ask(struct world *world,
        const struct http_request *request, struct heard *heard)
{
    struct request *sent =
            http_send(world->transport->http, request, hear, heard);

    heard->returned = true;
    assert_non_null(sent);
    return sent;
}

static void get(struct world *world, const struct http_request *request,
        struct heard *heard)
{
    ask(world, request, heard);
    assert_true(loop_wait(world->transport->loop, &heard->over));
    assert_int_equal(heard->times, 1);
    assert_false(heard->early);
}

static const char *address(struct world *world, const char *path)
{
    return http_server_address(world->server, path);
}

/* --- asking and answering --- */

static void test_an_answer_comes_whole_with_its_headers(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};
    const struct http_script script = {.path = "/feed",
            .status = 200,
            .headers = "Content-Type: text/plain\r\nETag: \"v1\"\r\n"
                       "Last-Modified: Mon, 05 Jan 2026 05:00:00 GMT\r\n",
            .body = "hello"};
    const char *const headers[] = {"Accept: text/plain", NULL};

    http_server_script(world->server, &script);
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/feed?q=1"),
                    .headers = headers},
            &heard);
    assert_false(heard.failed);
    assert_int_equal(heard.status, 200);
    assert_string_equal(heard.body, "hello");
    assert_string_equal(heard.content_type, "text/plain");
    assert_string_equal(heard.etag, "\"v1\"");
    assert_string_equal(heard.last_modified, "Mon, 05 Jan 2026 05:00:00 GMT");
    assert_string_equal(http_server_record(world->server, 0)->target,
            "/feed?q=1");
    assert_string_equal(http_server_header(world->server, 0, "Accept"),
            "text/plain");
    assert_true(strncmp(http_server_header(world->server, 0, "User-Agent"),
                        "paperboy/", 9) == 0);
}

static void test_a_body_is_sent_byte_for_byte(void **state)
{
    struct world *world = *state;
    struct heard post = {0}, put = {0};
    static char body[200000];

    for (size_t i = 0; i < sizeof body; i++)
        body[i] = (char)(i * 7 % 251);
    http_server_answer(world->server, NULL, "/", 0, 200, "ok");
    get(world,
            &(struct http_request){.method = "POST",
                    .url = address(world, "/in"),
                    .body = body,
                    .body_bytes = sizeof body},
            &post);
    get(world,
            &(struct http_request){.method = "PUT",
                    .url = address(world, "/in"),
                    .body = "{}",
                    .body_bytes = 2},
            &put);
    const struct http_record *record = http_server_record(world->server, 0);
    assert_string_equal(record->method, "POST");
    assert_int_equal(record->body_bytes, sizeof body);
    assert_memory_equal(record->body, body, sizeof body);
    record = http_server_record(world->server, 1);
    assert_string_equal(record->method, "PUT");
    assert_string_equal(record->body, "{}");
}

static void test_an_error_status_is_an_answer(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};

    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/none")},
            &heard);
    assert_false(heard.failed);
    assert_int_equal(heard.status, 404);
}

static void test_a_post_never_takes_a_used_connection(void **state)
{
    struct world *world = *state;

    http_server_answer(world->server, NULL, "/", 0, 200, "ok");
    for (int i = 0; i < 2; i++) {
        struct heard heard = {0};
        get(world,
                &(struct http_request){.method = "GET",
                        .url = address(world, "/a")},
                &heard);
    }
    struct heard heard = {0};
    get(world,
            &(struct http_request){.method = "POST",
                    .url = address(world, "/a"),
                    .body = "x",
                    .body_bytes = 1},
            &heard);
    assert_int_equal(http_server_record(world->server, 1)->connection, 1);
    assert_int_equal(http_server_record(world->server, 2)->connection, 2);
}

/* --- what an outsider can make large or long --- */

static void test_an_answer_over_the_cap_is_refused(void **state)
{
    struct world *world = *state;
    static char big[5000];
    const struct http_script plain = {.path = "/big",
            .body = big,
            .body_bytes = sizeof big};
    struct heard heard = {0}, fits = {0};

    memset(big, 'x', sizeof big);
    http_server_script(world->server, &plain);
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/big"),
                    .answer_max = sizeof big - 1},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_INPUT);
    assert_non_null(strstr(heard.err.text, "4999 bytes"));
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/big"),
                    .answer_max = sizeof big},
            &fits);
    assert_false(fits.failed);
    assert_int_equal(fits.body_bytes, sizeof big);
}

static void test_an_error_page_over_the_cap_is_still_its_status(void **state)
{
    struct world *world = *state;
    static char big[5000];
    const struct http_script script = {.path = "/",
            .status = 503,
            .headers = "Retry-After: 7\r\n",
            .body = big,
            .body_bytes = sizeof big};
    struct heard heard = {0};

    memset(big, 'x', sizeof big);
    http_server_script(world->server, &script);
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/"),
                    .answer_max = 100},
            &heard);
    assert_false(heard.failed);
    assert_int_equal(heard.status, 503);
    assert_int_equal(heard.retry_after_ms, 7000);
}

static void test_the_deadline_ends_a_silent_request(void **state)
{
    struct world *world = *state;
    const struct http_script script = {.path = "/", .act = SERVER_SILENCE};
    struct heard heard = {0};

    http_server_script(world->server, &script);
    get(world,
            &(struct http_request){.method = "POST",
                    .url = address(world, "/"),
                    .body = "x",
                    .body_bytes = 1,
                    .deadline_ms = 250},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_RETRY);
    assert_int_equal(heard.status, 0);
    assert_true(heard.maybe_taken);
}

static void test_a_torn_answer_is_no_answer(void **state)
{
    struct world *world = *state;
    const struct http_script script = {.path = "/",
            .body = "0123456789",
            .act = SERVER_TRUNCATE};
    struct heard heard = {0};

    http_server_script(world->server, &script);
    get(world,
            &(struct http_request){.method = "GET", .url = address(world, "/")},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_RETRY);
    assert_true(heard.maybe_taken);
}

static void test_who_hangs_up_may_have_taken_it(void **state)
{
    struct world *world = *state;
    const struct http_script script = {.path = "/", .act = SERVER_HANG_UP};
    struct heard heard = {0};

    http_server_script(world->server, &script);
    get(world,
            &(struct http_request){.method = "POST",
                    .url = address(world, "/"),
                    .body = "x",
                    .body_bytes = 1},
            &heard);
    assert_true(heard.failed);
    assert_true(heard.maybe_taken);
    assert_int_equal(http_server_count(world->server), 1);
}

static void test_who_cannot_be_reached_has_not_taken_it(void **state)
{
    struct world *world = *state;
    struct http_server *gone = http_server_open(world->transport->loop);
    struct heard heard = {0};
    char url[64];

    snprintf(url, sizeof url, "%s/", http_server_url(gone));
    http_server_close(gone);
    get(world,
            &(struct http_request){.method = "POST",
                    .url = url,
                    .body = "x",
                    .body_bytes = 1},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_RETRY);
    assert_false(heard.maybe_taken);
    assert_non_null(strstr(heard.err.text, "127.0.0.1"));
}

/* --- where it may go --- */

static void test_an_address_that_may_not_be_asked_is_refused_later(void **state)
{
    struct world *world = *state;
    static const char *const refused[] = {"http://example.org/secret",
            "ftp://example.org/secret", "nonsense secret", "",
            "https://user:secret@example.org/", "file:///etc/secret",
            "http://127.0.0.1.example.org/secret"};

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct heard heard = {0};
        get(world, &(struct http_request){.method = "GET", .url = refused[i]},
                &heard);
        assert_true(heard.failed);
        assert_int_equal(heard.err.kind, ERROR_INPUT);
        assert_null(strstr(heard.err.text, "secret"));
        assert_false(heard.maybe_taken);
    }
}

static void test_a_header_of_two_lines_is_refused(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};
    const char *const headers[] = {"A: b\r\nC: d", NULL};

    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/"),
                    .headers = headers},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_INPUT);
    assert_int_equal(http_server_count(world->server), 0);
}

static void test_this_machine_is_asked_without_a_proxy(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};

    http_server_answer(world->server, "GET", "/", 0, 200, "here");
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    get(world,
            &(struct http_request){.method = "GET", .url = address(world, "/")},
            &heard);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    assert_string_equal(heard.body, "here");
}

/* The address's host may have been told to the proxy; the request was not. */
static void test_a_proxy_that_refuses_has_not_passed_it_on(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};

    http_server_answer(world->server, "CONNECT", NULL, 0, 502, "no way");
    setenv("https_proxy", http_server_url(world->server), 1);
    get(world,
            &(struct http_request){.method = "POST",
                    .url = "https://hooks.example/secret",
                    .body = "x",
                    .body_bytes = 1},
            &heard);
    unsetenv("https_proxy");
    assert_int_equal(http_server_count(world->server), 1);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_RETRY);
    assert_non_null(strstr(heard.err.text, "502"));
    assert_null(strstr(heard.err.text, "secret"));
    assert_int_equal(heard.status, 0);
    assert_false(heard.maybe_taken);
}

static void redirect(struct world *world, const char *from, const char *to)
{
    char line[200];
    const struct http_script script = {.path = from,
            .status = 302,
            .headers = line};

    snprintf(line, sizeof line, "Location: %s\r\n", to);
    http_server_script(world->server, &script);
}

static void test_a_redirect_is_followed_only_when_asked(void **state)
{
    struct world *world = *state;
    struct heard stays = {0}, goes = {0};

    redirect(world, "/old", "/new");
    http_server_answer(world->server, "GET", "/new", 0, 200, "here");
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/old")},
            &stays);
    assert_int_equal(stays.status, 302);
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/old"),
                    .follow_redirects = true},
            &goes);
    assert_int_equal(goes.status, 200);
    assert_string_equal(goes.body, "here");
}

static void test_a_redirect_leaves_the_credentials_behind(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};
    const char *const headers[] = {"Authorization: Bearer abc", "X-Key: abc",
            "If-None-Match: \"v1\"", NULL};

    redirect(world, "/old", "/new");
    http_server_answer(world->server, "GET", "/new", 0, 200, "");
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/old"),
                    .headers = headers,
                    .follow_redirects = true},
            &heard);
    assert_string_equal(http_server_header(world->server, 0, "Authorization"),
            "Bearer abc");
    assert_string_equal(http_server_header(world->server, 1, "Authorization"),
            "");
    assert_string_equal(http_server_header(world->server, 1, "X-Key"), "");
    assert_string_equal(http_server_header(world->server, 1, "If-None-Match"),
            "\"v1\"");
}

static void test_a_redirect_leads_only_where_it_may(void **state)
{
    struct world *world = *state;
    static const char *const bad[] = {"http://example.org/",
            "http://localhost:9/", "file:///etc/passwd", "ftp://example.org/",
            "https://u:p@example.org/"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct heard heard = {0};
        char from[16];
        snprintf(from, sizeof from, "/%zu", i);
        redirect(world, from, bad[i]);
        get(world,
                &(struct http_request){.method = "GET",
                        .url = address(world, from),
                        .follow_redirects = true},
                &heard);
        assert_true(heard.failed);
        assert_int_equal(heard.err.kind, ERROR_RETRY);
    }
    assert_int_equal(http_server_count(world->server), 5);
}

static void test_redirects_in_a_ring_end(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};

    redirect(world, "/ring", "/ring");
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/ring"),
                    .follow_redirects = true},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(http_server_count(world->server), 4);
}

static void test_a_post_is_not_led_elsewhere(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};

    redirect(world, "/old", "/new");
    get(world,
            &(struct http_request){.method = "POST",
                    .url = address(world, "/old"),
                    .body = "x",
                    .body_bytes = 1,
                    .follow_redirects = true},
            &heard);
    assert_int_equal(heard.status, 302);
    assert_int_equal(http_server_count(world->server), 1);
}

/* --- waits --- */

static int64_t wait_told(struct world *world, const char *headers)
{
    struct heard heard = {0};
    const struct http_script script = {.path = "/",
            .times = 1,
            .status = 429,
            .headers = headers};

    http_server_script(world->server, &script);
    get(world,
            &(struct http_request){.method = "GET", .url = address(world, "/")},
            &heard);
    assert_int_equal(heard.status, 429);
    return heard.retry_after_ms;
}

static void test_retry_after_is_read_in_both_forms(void **state)
{
    struct world *world = *state;

    assert_int_equal(wait_told(world, "Retry-After: 120\r\n"), 120000);
    assert_int_equal(wait_told(world,
                             "Date: Mon, 05 Jan 2026 05:00:00 GMT\r\n"
                             "Retry-After: Mon, 05 Jan 2026 05:01:30 GMT\r\n"),
            90000);
    assert_int_equal(wait_told(world,
                             "Retry-After: Mon, 05 Jan 2015 05:01:30 GMT\r\n"),
            0);
    assert_int_equal(wait_told(world, "Retry-After: soon\r\n"), 0);
    assert_int_equal(wait_told(world, "Retry-After: -5\r\n"), 0);
    assert_int_equal(wait_told(world, ""), 0);
    assert_true(wait_told(world, "Retry-After: 99999999999999999999\r\n") <=
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
    struct world *world = *state;
    const struct http_script script = {.path = "/", .delay_ms = 5};
    struct heard heard[3] = {{0}};
    const int64_t gap_ms = 40;

    http_server_script(world->server, &script);
    for (int i = 0; i < 3; i++)
        ask(world,
                &(struct http_request){.method = "GET",
                        .url = address(world, "/"),
                        .pace = {"arxiv", gap_ms}},
                &heard[i]);
    assert_true(loop_wait(world->transport->loop, &heard[2].over));
    assert_int_equal(http_server_count(world->server), 3);
    assert_int_equal(http_server_most_at_once(world->server), 1);
    for (int i = 1; i < 3; i++) {
        /* Departures are ours to keep apart, to the millisecond that the wall
         * clock is cut to; arrivals jitter. */
        assert_true(heard[i].started_ms - heard[i - 1].started_ms >=
                gap_ms - 2);
    }
    assert_true(http_server_record(world->server, 2)->arrived_ms -
                    http_server_record(world->server, 0)->arrived_ms >=
            gap_ms);
}

static void test_different_paces_do_not_wait_for_each_other(void **state)
{
    struct world *world = *state;
    const struct http_script silent = {.path = "/silent",
            .act = SERVER_SILENCE};
    struct heard first = {0}, second = {0};

    http_server_script(world->server, &silent);
    struct request *request = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/silent"),
                    .pace = {"a", 0}},
            &first);
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/quick"),
                    .pace = {"b", 0}},
            &second);
    assert_false(first.over);
    request_cancel(request);
}

static void test_a_redirect_keeps_the_pace(void **state)
{
    struct world *world = *state;
    struct heard first = {0}, second = {0};

    redirect(world, "/old", "/new");
    http_server_answer(world->server, "GET", "/", 0, 200, "");
    ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/old"),
                    .follow_redirects = true,
                    .pace = {"arxiv", 60}},
            &first);
    ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/other"),
                    .pace = {"arxiv", 60}},
            &second);
    assert_true(loop_wait(world->transport->loop, &second.over));
    assert_true(first.over);
    assert_string_equal(http_server_record(world->server, 1)->target, "/new");
    assert_true(http_server_record(world->server, 1)->arrived_ms -
                    http_server_record(world->server, 0)->arrived_ms >=
            30);
}

static void test_nothing_leaves_before_its_time(void **state)
{
    struct world *world = *state;
    struct heard heard = {0};
    int64_t not_before_ms = clock_now_ms(&loop_system_clock) + 40;

    http_server_answer(world->server, NULL, "/", 0, 200, "");
    get(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/"),
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
    struct world *world = *state;
    struct loop *loop = world->transport->loop;
    const struct http_script slow = {.path = "/slow", .delay_ms = 10};
    struct heard fresh = {0}, later = {0}, queued = {0}, flying = {0},
                 refused = {0};

    http_server_script(world->server, &slow);
    struct request *request = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/fresh")},
            &fresh);
    request_cancel(request);
    request = ask(world,
            &(struct http_request){.method = "GET", .url = "http://x.org/"},
            &refused);
    request_cancel(request);
    struct request *waits = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/later"),
                    .not_before_ms = clock_now_ms(&loop_system_clock) + 10},
            &later);
    struct request *flies = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/slow"),
                    .pace = {"p", 0}},
            &flying);
    struct request *queues = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/queued"),
                    .pace = {"p", 0}},
            &queued);
    request_cancel(waits);
    request_cancel(queues);
    assert_true(loop_wait_until(loop, one_has_arrived, world->server, 10000));
    request_cancel(flies);
    loop_wait_ms(loop, 30);
    assert_int_equal(http_server_count(world->server), 1);
    assert_int_equal(fresh.times + later.times + queued.times + flying.times +
                    refused.times,
            0);
}

static void test_a_pace_goes_on_after_one_was_called_off(void **state)
{
    struct world *world = *state;
    const struct http_script script = {.path = "/silent",
            .act = SERVER_SILENCE};
    struct heard first = {0}, second = {0};

    http_server_script(world->server, &script);
    struct request *request = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/silent"),
                    .pace = {"p", 0}},
            &first);
    ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/next"),
                    .pace = {"p", 0}},
            &second);
    loop_wait_ms(world->transport->loop, 10);
    request_cancel(request);
    assert_true(loop_wait(world->transport->loop, &second.over));
    assert_int_equal(first.times, 0);
}

struct chain {
    struct world *world;
    struct request *victim;
    struct heard last;
    bool over;
};

static void cancel_and_ask_again(void *cookie, const struct http_answer *answer,
        const struct error *err)
{
    struct chain *chain = cookie;

    (void)answer;
    assert_null(err);
    request_cancel(chain->victim);
    ask(chain->world,
            &(struct http_request){.method = "GET",
                    .url = address(chain->world, "/last")},
            &chain->last);
}

static void test_who_is_answered_may_ask_and_call_off(void **state)
{
    struct world *world = *state;
    struct chain chain = {.world = world};
    struct heard victim = {0};
    const struct http_request quick = {.method = "GET",
            .url = address(world, "/quick")};
    const struct http_script silent = {.path = "/silent",
            .act = SERVER_SILENCE};

    http_server_script(world->server, &silent);
    chain.victim = ask(world,
            &(struct http_request){.method = "GET",
                    .url = address(world, "/silent")},
            &victim);
    http_send(world->transport->http, &quick, cancel_and_ask_again, &chain);
    assert_true(loop_wait(world->transport->loop, &chain.last.over));
    assert_int_equal(victim.times, 0);
}

static void test_closing_calls_everything_off(void **state)
{
    struct world *world = *state;
    struct http *own = http_open(world->transport->loop, NULL);
    struct heard heard[3] = {{0}};
    const struct http_script silent = {.path = "/", .act = SERVER_SILENCE};

    http_server_script(world->server, &silent);
    for (int i = 0; i < 3; i++) {
        const struct http_request request = {.method = "GET",
                .url = address(world, "/"),
                .pace = {i > 0 ? "p" : NULL, 0}};
        http_send(own, &request, hear, &heard[i]);
    }
    loop_wait_ms(world->transport->loop, 10);
    http_close(own);
    loop_wait_ms(world->transport->loop, 10);
    for (int i = 0; i < 3; i++)
        assert_int_equal(heard[i].times, 0);
}

/* --- statuses as errors --- */

static void test_a_status_says_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum error_kind kind;
    } cases[] = {{408, ERROR_RETRY}, {429, ERROR_RETRY}, {500, ERROR_RETRY},
            {503, ERROR_RETRY}, {401, ERROR_STOP}, {403, ERROR_STOP},
            {404, ERROR_STOP}, {410, ERROR_STOP}, {400, ERROR_REJECTED},
            {413, ERROR_REJECTED}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err = {0};
        const struct http_answer answer = {.status = cases[i].status,
                .body = "slow\ndown",
                .body_bytes = 9,
                .content_type = "text/plain; charset=utf-8",
                .retry_after_ms = 3000};
        char text[64];
        snprintf(text, sizeof text, "HTTP %d: slow down", cases[i].status);
        assert_false(http_status_error(&answer, &err));
        assert_int_equal(err.kind, cases[i].kind);
        assert_int_equal(err.retry_after_ms, 3000);
        assert_string_equal(err.text, text);
    }
}

static void test_a_page_for_browsers_is_not_quoted(void **state)
{
    (void)state;
    struct error err = {0};
    const struct http_answer answer = {.status = 502,
            .body = "<html>",
            .body_bytes = 6,
            .content_type = "text/html"};

    http_status_error(&answer, &err);
    assert_string_equal(err.text, "HTTP 502");
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_an_answer_comes_whole_with_its_headers),
            wire_test(test_a_body_is_sent_byte_for_byte),
            wire_test(test_an_error_status_is_an_answer),
            wire_test(test_a_post_never_takes_a_used_connection),
            wire_test(test_an_answer_over_the_cap_is_refused),
            wire_test(test_an_error_page_over_the_cap_is_still_its_status),
            wire_test(test_the_deadline_ends_a_silent_request),
            wire_test(test_a_torn_answer_is_no_answer),
            wire_test(test_who_hangs_up_may_have_taken_it),
            wire_test(test_who_cannot_be_reached_has_not_taken_it),
            wire_test(test_an_address_that_may_not_be_asked_is_refused_later),
            wire_test(test_a_header_of_two_lines_is_refused),
            wire_test(test_this_machine_is_asked_without_a_proxy),
            wire_test(test_a_proxy_that_refuses_has_not_passed_it_on),
            wire_test(test_a_redirect_is_followed_only_when_asked),
            wire_test(test_a_redirect_leaves_the_credentials_behind),
            wire_test(test_a_redirect_leads_only_where_it_may),
            wire_test(test_redirects_in_a_ring_end),
            wire_test(test_a_post_is_not_led_elsewhere),
            wire_test(test_retry_after_is_read_in_both_forms),
            wire_test(
                    test_a_date_without_the_servers_clock_is_measured_by_ours),
            wire_test(test_a_pace_sends_one_at_a_time_and_apart),
            wire_test(test_different_paces_do_not_wait_for_each_other),
            wire_test(test_a_redirect_keeps_the_pace),
            wire_test(test_nothing_leaves_before_its_time),
            wire_test(test_a_request_called_off_stays_silent),
            wire_test(test_a_pace_goes_on_after_one_was_called_off),
            wire_test(test_who_is_answered_may_ask_and_call_off),
            wire_test(test_closing_calls_everything_off),
            cmocka_unit_test(test_a_status_says_what_to_do),
            cmocka_unit_test(test_a_page_for_browsers_is_not_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
