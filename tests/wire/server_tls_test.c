/* TLS on both sides: the server shows its certificate and a new one after a
 * change; curl and the WebSocket client take it only if it is good for the
 * name. */
#include "adapters/websocket.h"
#include "tests/support/certificate.h"
#include "tests/support/loop_wait.h"
#include "tests/support/serving.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    HOUR_S = 3600
};

struct world {
    struct serving serving;
    struct certificate certificate;
    bool open;
};

struct heard {
    bool over;
    int status;
    struct error err;
    char body[64];
};

static void serve(struct world *world, const char *host, long seconds)
{
    certificate_make(&world->certificate, host, seconds);
    setenv("CURL_CA_BUNDLE", world->certificate.path, 1);
    world->serving.wish.certificate = world->certificate.path;
    world->serving.wish.key = world->certificate.key;
    serving_open(&world->serving);
    world->open = true;
}

static int set_up(void **state)
{
    static struct world world;

    world = (struct world){.open = false};
    serving_init(&world.serving);
    world.serving.limits.header_ms = world.serving.limits.idle_ms = 5000;
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    if (world->open) {
        serving_close(&world->serving);
        certificate_remove(&world->certificate);
    }
    unsetenv("CURL_CA_BUNDLE");
    return 0;
}

/* --- asking --- */

static const char *port_of(struct world *world)
{
    return strrchr(server_address(world->serving.server, 0), ':') + 1;
}

static void on_answer(void *cookie, const struct http_answer *answer,
        const struct error *err)
{
    struct heard *heard = cookie;

    heard->over = true;
    heard->status = answer->status;
    snprintf(heard->body, sizeof heard->body, "%s", answer->body);
    if (err != NULL)
        heard->err = *err;
}

static struct heard ask(struct world *world, const char *host)
{
    struct heard heard = {0};
    char url[64];

    snprintf(url, sizeof url, "https://%s:%s/taken", host, port_of(world));
    http_send(world->serving.transport->http,
            &(struct http_request){.method = "POST",
                    .url = url,
                    .body = "hello",
                    .body_bytes = 5},
            on_answer, &heard);
    assert_true(loop_wait(world->serving.transport->loop, &heard.over));
    return heard;
}

static void on_opened(void *ctx)
{
    (void)ctx;
    fail_msg("that server speaks no WebSocket");
}

static void on_text(void *ctx, const char *text, size_t bytes)
{
    (void)ctx;
    (void)text;
    (void)bytes;
}

static void on_closed(void *ctx, const struct error *err)
{
    struct heard *heard = ctx;

    heard->over = true;
    heard->err = *err;
}

/* How a WebSocket to that server ends, which does not speak it: by the
 * certificate, or by its answer to the hand-shake. */
static struct error knock(struct world *world)
{
    static const struct websocket_ears ears = {on_opened, on_text, on_closed};
    struct heard heard = {0};
    char url[64];

    snprintf(url, sizeof url, "wss://localhost:%s/secret", port_of(world));
    websocket_open(world->serving.transport->sockets,
            &(struct websocket_wish){.url = url}, &ears, &heard);
    assert_true(loop_wait(world->serving.transport->loop, &heard.over));
    return heard.err;
}

static void assert_told(const struct error *err, enum error_kind kind,
        const char *words)
{
    if (err->kind != kind || strstr(err->text, words) == NULL ||
            strstr(err->text, "secret") != NULL)
        fail_msg("told \"%s\"", err->text);
}

/* --- claims --- */

static void test_a_request_over_tls_is_handed_over(void **state)
{
    struct world *world = *state;

    serve(world, "localhost", HOUR_S);
    struct heard heard = ask(world, "localhost");
    if (heard.status != 200)
        fail_msg("%d %s", heard.status, heard.err.text);
    assert_string_equal(heard.body, "taken");
    assert_string_equal(world->serving.body, "hello");
    assert_string_equal(world->serving.method, "POST");
}

static void test_whoever_speaks_no_tls_is_hung_up_on(void **state)
{
    struct world *world = *state;

    serve(world, "localhost", HOUR_S);
    struct raw_client *client = serving_client(&world->serving);
    raw_client_say(client, "GET /taken HTTP/1.1\r\nHost: here\r\n\r\n");
    assert_true(raw_client_wait_hung_up(client));
    assert_int_equal(world->serving.times, 0);
    raw_client_close(client);
    assert_true(serving_wait_empty(&world->serving));
}

static void test_a_handshake_that_does_not_go_on_is_hung_up_on(void **state)
{
    struct world *world = *state;

    world->serving.limits.header_ms = 200;
    serve(world, "localhost", HOUR_S);
    struct raw_client *client = serving_client(&world->serving);
    assert_true(raw_client_wait_hung_up(client));
    raw_client_close(client);
    assert_true(serving_wait_empty(&world->serving));
    assert_int_equal(server_counted(world->serving.server)->late, 1);
}

static void test_a_new_certificate_is_shown_after_a_change(void **state)
{
    struct world *world = *state;
    struct error err = {0};

    serve(world, "localhost", HOUR_S);
    assert_int_equal(ask(world, "localhost").status, 200);
    certificate_renew(&world->certificate, "other.example", HOUR_S);
    assert_true(server_change(world->serving.server, &world->serving.wish,
            &err));
    /* Whoever comes over a connection of before has seen the other. */
    struct transport *transport = world->serving.transport;
    http_close(transport->http);
    transport->http = http_open(transport->loop, &err);
    assert_non_null(transport->http);
    assert_int_equal(ask(world, "localhost").status, 0);
}

static void test_a_key_of_another_certificate_changes_nothing(void **state)
{
    struct world *world = *state;
    struct certificate other;
    struct error err = {0};

    serve(world, "localhost", HOUR_S);
    certificate_make(&other, "localhost", HOUR_S);
    world->serving.wish.key = other.key;
    assert_false(server_change(world->serving.server, &world->serving.wish,
            &err));
    assert_non_null(strstr(err.text, "key values mismatch"));
    assert_non_null(strstr(err.text, other.key));
    assert_int_equal(ask(world, "localhost").status, 200);
    certificate_remove(&other);
}

static void test_plain_http_can_become_tls(void **state)
{
    struct world *world = *state;
    struct error err = {0};

    serving_open(&world->serving);
    world->open = true;
    certificate_make(&world->certificate, "localhost", HOUR_S);
    setenv("CURL_CA_BUNDLE", world->certificate.path, 1);
    world->serving.wish.certificate = world->certificate.path;
    world->serving.wish.key = world->certificate.key;
    assert_true(server_change(world->serving.server, &world->serving.wish,
            &err));
    assert_int_equal(ask(world, "localhost").status, 200);
}

static void test_a_websocket_takes_a_certificate_for_its_name(void **state)
{
    struct world *world = *state;

    serve(world, "localhost", HOUR_S);
    struct error err = knock(world);
    assert_told(&err, ERROR_STOP, "localhost: HTTP 404 instead");
}

static void test_a_websocket_refuses_one_for_another_name(void **state)
{
    struct world *world = *state;

    serve(world, "other.example", HOUR_S);
    struct error err = knock(world);
    assert_told(&err, ERROR_STOP, "certificate is not good: ");
    assert_told(&err, ERROR_STOP, "name");
}

static void test_a_websocket_refuses_one_that_nobody_vouches_for(void **state)
{
    struct world *world = *state;

    serve(world, "localhost", HOUR_S);
    unsetenv("CURL_CA_BUNDLE");
    struct error err = knock(world);
    assert_told(&err, ERROR_STOP, "certificate is not good: self-signed");
}

static void test_a_websocket_refuses_one_that_has_expired(void **state)
{
    struct world *world = *state;

    serve(world, "localhost", -HOUR_S);
    struct error err = knock(world);
    assert_told(&err, ERROR_STOP,
            "certificate is not good: certificate has expired");
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_request_over_tls_is_handed_over),
            wire_test(test_whoever_speaks_no_tls_is_hung_up_on),
            wire_test(test_a_handshake_that_does_not_go_on_is_hung_up_on),
            wire_test(test_a_new_certificate_is_shown_after_a_change),
            wire_test(test_a_key_of_another_certificate_changes_nothing),
            wire_test(test_plain_http_can_become_tls),
            wire_test(test_a_websocket_takes_a_certificate_for_its_name),
            wire_test(test_a_websocket_refuses_one_for_another_name),
            wire_test(test_a_websocket_refuses_one_that_nobody_vouches_for),
            wire_test(test_a_websocket_refuses_one_that_has_expired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
