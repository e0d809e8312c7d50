/* Where adapters/http.h may go: addresses, proxies, redirects. */

#include "tests/support/http_asker.h"
#include "tests/support/loop_wait.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* --- where it may go --- */

static void test_an_address_that_may_not_be_asked_is_refused_later(void **state)
{
    struct http_asker *asker = *state;
    static const char *const refused[] = {"http://example.org/secret",
            "ftp://example.org/secret", "nonsense secret", "",
            "https://user:secret@example.org/", "file:///etc/secret",
            "http://127.0.0.1.example.org/secret"};

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct http_heard heard = {0};
        http_asker_get(asker,
                &(struct http_request){.method = "GET", .url = refused[i]},
                &heard);
        assert_true(heard.failed);
        assert_int_equal(heard.err.kind, ERROR_INPUT);
        assert_null(strstr(heard.err.text, "secret"));
        assert_false(heard.maybe_taken);
    }
}

static void test_a_header_of_two_lines_is_refused(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};
    const char *const headers[] = {"A: b\r\nC: d", NULL};

    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/"),
                    .headers = headers},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_INPUT);
    assert_int_equal(http_server_count(asker->server), 0);
}

static void test_this_machine_is_asked_without_a_proxy(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};

    http_server_answer(asker->server, "GET", "/", 0, 200, "here");
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/")},
            &heard);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    assert_string_equal(heard.body, "here");
}

/* The address's host may have been told to the proxy; the request was not. */
static void test_a_proxy_that_refuses_has_not_passed_it_on(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};

    http_server_answer(asker->server, "CONNECT", NULL, 0, 502, "no way");
    setenv("https_proxy", http_server_url(asker->server), 1);
    http_asker_get(asker,
            &(struct http_request){.method = "POST",
                    .url = "https://hooks.example/secret",
                    .body = "x",
                    .body_bytes = 1},
            &heard);
    unsetenv("https_proxy");
    assert_int_equal(http_server_count(asker->server), 1);
    assert_true(heard.failed);
    assert_int_equal(heard.err.kind, ERROR_RETRY);
    assert_non_null(strstr(heard.err.text, "502"));
    assert_null(strstr(heard.err.text, "secret"));
    assert_int_equal(heard.status, 0);
    assert_false(heard.maybe_taken);
}

static void test_a_redirect_is_followed_only_when_asked(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard stays = {0}, goes = {0};

    http_asker_redirect(asker, "/old", "/new");
    http_server_answer(asker->server, "GET", "/new", 0, 200, "here");
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/old")},
            &stays);
    assert_int_equal(stays.status, 302);
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/old"),
                    .follow_redirects = true},
            &goes);
    assert_int_equal(goes.status, 200);
    assert_string_equal(goes.body, "here");
}

static void test_a_redirect_leaves_the_credentials_behind(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};
    const char *const headers[] = {"Authorization: Bearer abc", "X-Key: abc",
            "If-None-Match: \"v1\"", NULL};

    http_asker_redirect(asker, "/old", "/new");
    http_server_answer(asker->server, "GET", "/new", 0, 200, "");
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/old"),
                    .headers = headers,
                    .follow_redirects = true},
            &heard);
    assert_string_equal(http_server_header(asker->server, 0, "Authorization"),
            "Bearer abc");
    assert_string_equal(http_server_header(asker->server, 1, "Authorization"),
            "");
    assert_string_equal(http_server_header(asker->server, 1, "X-Key"), "");
    assert_string_equal(http_server_header(asker->server, 1, "If-None-Match"),
            "\"v1\"");
}

static void test_a_redirect_leads_only_where_it_may(void **state)
{
    struct http_asker *asker = *state;
    static const char *const bad[] = {"http://example.org/",
            "http://localhost:9/", "file:///etc/passwd", "ftp://example.org/",
            "https://u:p@example.org/"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct http_heard heard = {0};
        char from[16];
        snprintf(from, sizeof from, "/%zu", i);
        http_asker_redirect(asker, from, bad[i]);
        http_asker_get(asker,
                &(struct http_request){.method = "GET",
                        .url = http_asker_address(asker, from),
                        .follow_redirects = true},
                &heard);
        assert_true(heard.failed);
        assert_int_equal(heard.err.kind, ERROR_RETRY);
    }
    assert_int_equal(http_server_count(asker->server), 5);
}

static void test_redirects_in_a_ring_end(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};

    http_asker_redirect(asker, "/ring", "/ring");
    http_asker_get(asker,
            &(struct http_request){.method = "GET",
                    .url = http_asker_address(asker, "/ring"),
                    .follow_redirects = true},
            &heard);
    assert_true(heard.failed);
    assert_int_equal(http_server_count(asker->server), 4);
}

static void test_a_post_is_not_led_elsewhere(void **state)
{
    struct http_asker *asker = *state;
    struct http_heard heard = {0};

    http_asker_redirect(asker, "/old", "/new");
    http_asker_get(asker,
            &(struct http_request){.method = "POST",
                    .url = http_asker_address(asker, "/old"),
                    .body = "x",
                    .body_bytes = 1,
                    .follow_redirects = true},
            &heard);
    assert_int_equal(heard.status, 302);
    assert_int_equal(http_server_count(asker->server), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            HTTP_ASKER_TEST(
                    test_an_address_that_may_not_be_asked_is_refused_later),
            HTTP_ASKER_TEST(test_a_header_of_two_lines_is_refused),
            HTTP_ASKER_TEST(test_this_machine_is_asked_without_a_proxy),
            HTTP_ASKER_TEST(test_a_proxy_that_refuses_has_not_passed_it_on),
            HTTP_ASKER_TEST(test_a_redirect_is_followed_only_when_asked),
            HTTP_ASKER_TEST(test_a_redirect_leaves_the_credentials_behind),
            HTTP_ASKER_TEST(test_a_redirect_leads_only_where_it_may),
            HTTP_ASKER_TEST(test_redirects_in_a_ring_end),
            HTTP_ASKER_TEST(test_a_post_is_not_led_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
