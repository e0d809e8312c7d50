/* Requests over adapters/http.h: what is asked and answered, within limits. */

#include "tests/support/http_asker.h"
#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* --- asking and answering --- */

static void test_an_answer_comes_whole_with_its_headers(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};
    const struct http_script script = {.path = "/feed",
            .status = 200,
            .headers = "Content-Type: text/plain\r\nETag: \"v1\"\r\n"
                       "Last-Modified: Mon, 05 Jan 2026 05:00:00 GMT\r\n",
            .body = "hello"};
    const char *const headers[] = {"Accept: text/plain", NULL};

    http_server_script(asker->server, &script);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/feed?q=1"),
                    .headers = headers},
            &heard);
    assert_false(heard.failed);
    assert_int_equal(heard.status, 200);
    assert_string_equal(heard.body, "hello");
    assert_string_equal(heard.content_type, "text/plain");
    assert_string_equal(heard.etag, "\"v1\"");
    assert_string_equal(heard.last_modified, "Mon, 05 Jan 2026 05:00:00 GMT");
    assert_string_equal(http_server_record(asker->server, 0)->target,
            "/feed?q=1");
    assert_string_equal(http_server_header(asker->server, 0, "Accept"),
            "text/plain");
    assert_true(strncmp(http_server_header(asker->server, 0, "User-Agent"),
                        "paperboy/", 9) == 0);
}

static void test_a_body_is_sent_byte_for_byte(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard post = {0}, put = {0};
    static char body[200000];

    for (size_t i = 0; i < sizeof body; i++)
        body[i] = (char)(i * 7 % 251);
    http_server_answer(asker->server, NULL, "/", 0, 200, "ok");
    http_asker_get(asker,
            &(struct http_request){.method = "POST",
                    .url = http_asker_address(asker, "/in"),
                    .body = body,
                    .body_bytes = sizeof body},
            &post);
    http_asker_get(asker,
            &(struct http_request){.method = "PUT",
                    .url = http_asker_address(asker, "/in"),
                    .body = "{}",
                    .body_bytes = 2},
            &put);
    const struct http_record *record = http_server_record(asker->server, 0);
    assert_string_equal(record->method, "POST");
    assert_int_equal(record->body_bytes, sizeof body);
    assert_memory_equal(record->body, body, sizeof body);
    record = http_server_record(asker->server, 1);
    assert_string_equal(record->method, "PUT");
    assert_string_equal(record->body, "{}");
}

static void test_an_error_status_is_an_answer(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};

    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/none")},
            &heard);
    assert_false(heard.failed);
    assert_int_equal(heard.status, 404);
}

static void post(struct http_asker *asker, const char *path,
        struct http_heard *heard)
{
    http_asker_get(asker,
            &(struct http_request){.method = "POST",
                    .url = http_asker_address(asker, path),
                    .body = "x",
                    .body_bytes = 1},
            heard);
}

static void test_a_post_takes_a_connection_that_was_just_used(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard first = {0}, second = {0};

    http_server_answer(asker->server, NULL, "/", 0, 200, "ok");
    post(asker, "/a", &first);
    post(asker, "/a", &second);
    assert_int_equal(second.status, 200);
    assert_int_equal(http_server_record(asker->server, 0)->connection, 1);
    assert_int_equal(http_server_record(asker->server, 1)->connection, 1);
}

static void
test_a_post_whose_kept_connection_ends_does_not_leave_again(void **state)
{
    struct http_asker *asker = *state;
    const struct http_script hang_up = {.path = "/b",
            .times = 1,
            .act = SERVER_HANG_UP};
    struct http_heard first = {0}, second = {0};

    http_server_script(asker->server, &hang_up);
    http_server_answer(asker->server, NULL, "/", 0, 200, "ok");
    post(asker, "/a", &first);
    post(asker, "/b", &second);
    assert_int_equal(first.status, 200);
    assert_true(second.failed);
    assert_true(second.maybe_taken);
    assert_non_null(strstr(second.err.text, "ended without an answer"));
    assert_int_equal(http_server_count(asker->server), 2);
    assert_int_equal(http_server_record(asker->server, 1)->connection, 1);
}

enum {
    AT_ONCE = 32,
    SENT = 40
};

static bool all_there(void *ctx)
{
    return http_server_count(ctx) >= AT_ONCE;
}

/* While questions go on being answered. */
static void test_a_host_is_sent_32_messages_at_a_time(void **state)
{
    struct http_asker *asker = *state;
    static struct http_heard heard[SENT];
    const struct http_script silence = {.method = "POST",
            .act = SERVER_SILENCE};
    struct http_heard question = {0};

    memset(heard, 0, sizeof heard);
    http_server_script(asker->server, &silence);
    http_server_answer(asker->server, "GET", "/", 0, 200, "ok");
    for (size_t i = 0; i < SENT; i++)
        http_asker_begin(asker,
                &(struct http_request){.method = "POST",
                        .url = http_asker_address(asker, "/a"),
                        .body = "x",
                        .body_bytes = 1},
                &heard[i]);
    assert_true(loop_wait_until(asker->transport->loop, all_there,
            asker->server, 20000));
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/b")},
            &question);
    assert_int_equal(question.status, 200);
    assert_int_equal(http_server_count(asker->server), AT_ONCE + 1);
}

/* --- what an outsider can make large or long --- */

static void test_an_answer_over_the_cap_is_refused(void **state)
{
    struct http_asker *asker = *state;
    static char big[5000];
    const struct http_script plain = {.path = "/big",
            .body = big,
            .body_bytes = sizeof big};
    struct http_heard heard = {0}, fits = {0};

    memset(big, 'x', sizeof big);
    http_server_script(asker->server, &plain);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/big"),
                    .answer_max = sizeof big - 1},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_INPUT);
    assert_non_null(strstr(heard.err.text, "4999 bytes"));
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/big"),
                    .answer_max = sizeof big},
            &fits);
    assert_false(fits.failed);
    assert_int_equal(fits.body_bytes, sizeof big);
}

static void test_an_error_page_over_the_cap_is_still_its_status(void **state)
{
    struct http_asker *asker = *state;
    static char big[5000];
    const struct http_script script = {.path = "/",
            .status = 503,
            .headers = "Retry-After: 7\r\n",
            .body = big,
            .body_bytes = sizeof big};
    struct http_heard heard = {0};

    memset(big, 'x', sizeof big);
    http_server_script(asker->server, &script);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/"),
                    .answer_max = 100},
            &heard);
    assert_false(heard.failed);
    assert_int_equal(heard.status, 503);
    assert_int_equal(heard.retry_after_ms, 7000);
}

static void test_the_deadline_ends_a_silent_request(void **state)
{
    struct http_asker *asker = *state;
    const struct http_script script = {.path = "/", .act = SERVER_SILENCE};
    struct http_heard heard = {0};

    http_server_script(asker->server, &script);
    http_asker_get(asker,
            &(struct http_request){.method = "POST",
                    .url = http_asker_address(asker, "/"),
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
    struct http_asker *asker = *state;
    const struct http_script script = {.path = "/",
            .body = "0123456789",
            .act = SERVER_TRUNCATE};
    struct http_heard heard = {0};

    http_server_script(asker->server, &script);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/")},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_RETRY);
    assert_true(heard.maybe_taken);
}

static void test_who_hangs_up_may_have_taken_it(void **state)
{
    struct http_asker *asker = *state;
    const struct http_script script = {.path = "/", .act = SERVER_HANG_UP};
    struct http_heard heard = {0};

    http_server_script(asker->server, &script);
    http_asker_get(asker,
            &(struct http_request){.method = "POST",
                    .url = http_asker_address(asker, "/"),
                    .body = "x",
                    .body_bytes = 1},
            &heard);
    assert_true(heard.failed);
    assert_true(heard.maybe_taken);
    assert_int_equal(http_server_count(asker->server), 1);
}

static void test_who_cannot_be_reached_has_not_taken_it(void **state)
{
    struct http_asker *asker = *state;
    struct http_server *gone = http_server_open(asker->transport->loop);
    struct http_heard heard = {0};
    char url[64];

    snprintf(url, sizeof url, "%s/", http_server_url(gone));
    http_server_close(gone);
    http_asker_get(asker,
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

int main(void)
{
    const struct CMUnitTest tests[] = {
            HTTP_ASKER_TEST(test_an_answer_comes_whole_with_its_headers),
            HTTP_ASKER_TEST(test_a_body_is_sent_byte_for_byte),
            HTTP_ASKER_TEST(test_an_error_status_is_an_answer),
            HTTP_ASKER_TEST(test_a_post_takes_a_connection_that_was_just_used),
            HTTP_ASKER_TEST(
                    test_a_post_whose_kept_connection_ends_does_not_leave_again),
            HTTP_ASKER_TEST(test_a_host_is_sent_32_messages_at_a_time),
            HTTP_ASKER_TEST(test_an_answer_over_the_cap_is_refused),
            HTTP_ASKER_TEST(
                    test_an_error_page_over_the_cap_is_still_its_status),
            HTTP_ASKER_TEST(test_the_deadline_ends_a_silent_request),
            HTTP_ASKER_TEST(test_a_torn_answer_is_no_answer),
            HTTP_ASKER_TEST(test_who_hangs_up_may_have_taken_it),
            HTTP_ASKER_TEST(test_who_cannot_be_reached_has_not_taken_it),
            cmocka_unit_test(test_a_status_says_what_to_do),
            cmocka_unit_test(test_a_page_for_browsers_is_not_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
