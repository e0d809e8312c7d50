/* The head of a request, read strictly: what would leave a doubt where it ends
 * is refused. */
#include "adapters/server_request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HOST "Host: h\r\n"

static int read_head(const char *text, struct arena *arena,
        struct server_request_head *head)
{
    return server_request_read(text, strlen(text), arena, head);
}

static void test_a_head_ends_at_its_empty_line(void **state)
{
    (void)state;
    static const char text[] = "GET / HTTP/1.1\r\n\r\nrest";

    assert_int_equal(server_request_end(text, sizeof text - 1), 18);
    assert_int_equal(server_request_end(text, 17), 0);
    assert_int_equal(server_request_end("", 0), 0);
    assert_int_equal(server_request_end("GET / HTTP/1.1\n\n", 16), 0);
}

static void test_a_good_head_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct server_request_head head;

    assert_int_equal(read_head("POST /a%20b/%E4%B8%80?x=%20&y HTTP/1.1\r\n" HOST
                               "X-Slack-Signature:\t v0=AB "
                               "\t\r\nContent-Length: 12\r\n"
                               "Connection: keep-alive, Close\r\n\r\n",
                             &arena, &head),
            0);
    assert_string_equal(head.method, "POST");
    assert_string_equal(head.path, "/a b/一");
    assert_string_equal(head.query, "x=%20&y");
    assert_string_equal(server_request_value(&head, "x-slack-signature"),
            "v0=AB");
    assert_string_equal(server_request_value(&head, "x-other"), "");
    assert_int_equal(head.body_bytes, 12);
    assert_true(head.last);
    assert_false(head.waits);
    arena_finish(&arena);
}

static const struct {
    const char *text;
    int status;
} odd[] = {
        {"GET / HTTP/1.1\r\n\r\n", 400}, /* no Host */
        {"GET / HTTP/1.0\r\n\r\n", 0},
        {"GET / HTTP/1.1\r\n" HOST HOST "\r\n", 400},
        {"GET / HTTP/2.0\r\n" HOST "\r\n", 505},
        {"GET / FTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /\r\n" HOST "\r\n", 400},
        {"GET  / HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET / x HTTP/1.1\r\n" HOST "\r\n", 400},
        {" GET / HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET http://h/ HTTP/1.1\r\n" HOST "\r\n", 400},
        {"OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /%zz HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /%0 HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /%00 HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /#a HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /\x80 HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST "A : b\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST "A\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST " folded\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST "A: b\nC: d\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n" HOST "A: b\rC: d\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n"
         "Content-Length: 1\r\n\r\n",
                400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1, 1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 0x1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\n" HOST
         "Content-Length: 99999999999999999999\r\n\r\n",
                400},
        {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 411},
        {"POST / HTTP/1.1\r\n" HOST
         "Transfer-Encoding: x\r\nContent-Length: 1\r\n\r\n",
                411},
        {"POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nExpect: more\r\n\r\n",
                417},
        {"\r\nGET / HTTP/1.1\r\n" HOST "\r\n", 400},
        {"", 400},
        {"\r\n\r\n", 400},
};

static void test_what_is_odd_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        struct arena arena = {0};
        struct server_request_head head;
        int status = read_head(odd[i].text, &arena, &head);
        if (status != odd[i].status)
            fail_msg("%d, not %d: %s", status, odd[i].status, odd[i].text);
        arena_finish(&arena);
    }
}

static void test_a_nul_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct server_request_head head;
    static const char text[] = "GET / HTTP/1.1\r\nHost: h\0\r\n\r\n";

    assert_int_equal(server_request_read(text, sizeof text - 1, &arena, &head),
            400);
    arena_finish(&arena);
}

static void test_more_than_a_hundred_headers_are_431(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct server_request_head head;
    char text[1024] = "GET / HTTP/1.1\r\n" HOST;

    for (int i = 0; i < 100; i++)
        memcpy(text + strlen(text), "A: b\r\n", 7);
    memcpy(text + strlen(text), "\r\n", 3);
    assert_int_equal(read_head(text, &arena, &head), 431);
    arena_finish(&arena);
}

static void test_the_last_proxy_is_the_one_that_is_believed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct server_request_head head;

    read_head("GET / HTTP/1.1\r\n" HOST
              "X-Forwarded-For: 1.1.1.1,  2001:db8::1 \r\n\r\n",
            &arena, &head);
    assert_true(server_request_is_forwarded(&head));
    assert_string_equal(server_request_forwarded(&head, &arena), "2001:db8::1");
    read_head("GET / HTTP/1.1\r\n" HOST
              "X-Forwarded-For: 1.1.1.1, someone\r\n\r\n",
            &arena, &head);
    assert_null(server_request_forwarded(&head, &arena));
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_head_ends_at_its_empty_line),
            cmocka_unit_test(test_a_good_head_is_read),
            cmocka_unit_test(test_what_is_odd_is_refused),
            cmocka_unit_test(test_a_nul_is_refused),
            cmocka_unit_test(test_more_than_a_hundred_headers_are_431),
            cmocka_unit_test(test_the_last_proxy_is_the_one_that_is_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
