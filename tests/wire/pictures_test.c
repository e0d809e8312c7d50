/* Pictures of papers over HTTP: what is asked, and what of an answer is taken. */
#include "adapters/sources/pictures.h"
#include "adapters/transport.h"
#include "bot/base/text.h"
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

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\xb0\0\0\2\x88";

struct world {
    struct transport *transport;
    struct http_server *server;
    struct source *source;
    unsigned answers;
    bool found;
    struct picture picture; /* without its strings */
    char paper_id[32], type[32], bytes[64];
    struct error err;
};

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct error err = {0};

    world->transport = transport_open(&err);
    world->server = http_server_open(world->transport->loop);
    const struct setting url = {"url",
            http_server_address(world->server, "/cards/{id}.png?s=1")};
    world->source = pictures_kind.open(&(struct settings){.name = "pictures",
                                               .items = &url,
                                               .count = 1,
                                               .contact = "us@example.org"},
            world->transport, &err);
    assert_non_null(world->source);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    if (world->source != NULL)
        world->source->ops->close(world->source);
    http_server_close(world->server);
    transport_close(world->transport);
    free(world);
    return 0;
}

static void hear(void *cookie, const struct picture *picture,
        const struct error *err)
{
    struct world *world = cookie;

    world->answers++;
    world->found = picture != NULL;
    world->err = err != NULL ? *err : (struct error){0};
    assert_int_equal(world->found, err == NULL);
    if (picture == NULL)
        return;
    world->picture = *picture;
    snprintf(world->paper_id, sizeof world->paper_id, "%s", picture->paper_id);
    snprintf(world->type, sizeof world->type, "%s", picture->type);
    assert_true(picture->length <= sizeof world->bytes);
    memcpy(world->bytes, picture->bytes, picture->length);
}

static bool is_answered(void *ctx)
{
    return ((struct world *)ctx)->answers > 0;
}

static void ask(struct world *world, const char *paper_id)
{
    world->answers = 0;
    world->source->ops->picture(world->source, paper_id, hear, world);
    assert_int_equal(world->answers, 0);
    assert_true(loop_wait_until(world->transport->loop, is_answered, world,
            20000));
}

static void answer(struct world *world, int status, const char *headers,
        const char *body, size_t body_bytes)
{
    const struct http_script script = {.method = "GET",
            .path = "/cards/",
            .times = 1,
            .status = status,
            .headers = headers,
            .body = body,
            .body_bytes = body_bytes};

    http_server_script(world->server, &script);
}

static void test_a_picture_is_asked_for_by_id_and_taken_whole(void **state)
{
    struct world *world = *state;

    answer(world, 200, "Content-Type: image/png\r\n", png, sizeof png);
    ask(world, "2210.11693");
    assert_true(world->found);
    assert_string_equal(world->paper_id, "2210.11693");
    assert_string_equal(world->type, "image/png");
    assert_int_equal(world->picture.width, 1200);
    assert_int_equal(world->picture.height, 648);
    assert_int_equal(world->picture.length, sizeof png);
    assert_memory_equal(world->bytes, png, sizeof png);
    const struct http_record *record = http_server_record(world->server, 0);
    assert_string_equal(record->target, "/cards/2210.11693.png?s=1");
    assert_non_null(strstr(record->headers, "us@example.org"));
}

static void test_what_is_no_picture_is_refused(void **state)
{
    static char large[PICTURE_BYTES_MAX + 1];
    const struct {
        int status;
        const char *headers, *body;
        size_t length;
        enum error_kind kind;
    } cases[] = {
            {404, NULL, "none", 4, ERROR_REJECTED},
            {403, NULL, "none", 4, ERROR_REJECTED},
            {503, "Retry-After: 7\r\n", "busy", 4, ERROR_RETRY},
            {200, "Content-Type: text/html\r\n", "<html>", 6, ERROR_REJECTED},
            {200, "Content-Type: text/html\r\n", png, sizeof png,
                    ERROR_REJECTED},
            {200, "Content-Type: image/jpeg\r\n", png, sizeof png,
                    ERROR_REJECTED},
            {200, "Content-Type: image/png\r\n", large, sizeof large,
                    ERROR_REJECTED},
    };
    struct world *world = *state;

    memcpy(large, png, sizeof png);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        answer(world, cases[i].status, cases[i].headers, cases[i].body,
                cases[i].length);
        ask(world, "2210.11693");
        if (world->found || world->err.kind != cases[i].kind)
            fail_msg("%zu: %d %s", i, world->err.kind, world->err.text);
        assert_int_equal(world->err.retry_after_ms,
                cases[i].status == 503 ? 7000 : 0);
    }
}

static void test_a_store_of_files_need_not_know_types(void **state)
{
    struct world *world = *state;

    answer(world, 200, "Content-Type: application/octet-stream\r\n", png,
            sizeof png);
    ask(world, "hep-th/9901001");
    assert_true(world->found);
    assert_string_equal(http_server_record(world->server, 0)->target,
            "/cards/hep-th/9901001.png?s=1");
}

static void test_called_off_or_closed_it_stays_silent(void **state)
{
    struct world *world = *state;

    for (int i = 0; i < 2; i++) {
        answer(world, 200, NULL, png, sizeof png);
        struct request *request = world->source->ops->picture(world->source,
                "2210.11693", hear, world);
        if (i == 0)
            request_cancel(request);
        else
            world->source->ops->close(world->source);
        loop_wait_ms(world->transport->loop, 20);
        assert_int_equal(world->answers, 0);
    }
    world->source = NULL;
}

static void test_an_address_without_a_place_for_the_id_is_refused(void **state)
{
    const struct setting_spec *url = pictures_kind.keys;

    (void)state;
    assert_null(url->flaw("https://example.org/{id}.png"));
    assert_null(url->flaw("http://127.0.0.1:8000/{id}.png"));
    assert_non_null(url->flaw("https://example.org/cards.png"));
    assert_non_null(url->flaw("https://example.org/{id}/{id}.png"));
    assert_non_null(url->flaw("http://example.org/{id}.png"));
    assert_non_null(url->flaw("{id}"));
}

#define wire_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_picture_is_asked_for_by_id_and_taken_whole),
            wire_test(test_what_is_no_picture_is_refused),
            wire_test(test_a_store_of_files_need_not_know_types),
            wire_test(test_called_off_or_closed_it_stays_silent),
            wire_test(test_an_address_without_a_place_for_the_id_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
