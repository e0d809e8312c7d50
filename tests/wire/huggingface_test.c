#include "adapters/sources/huggingface.h"
#include "adapters/transport.h"
#include "bot/base/text.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/paper_file.h"
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PAPER(id, votes)                                                       \
    "{\"title\":\"On " id "\",\"paper\":{\"id\":\"" id                         \
    "\",\"upvotes\":" #votes ",\"summary\":\"What it is.\"}}"

static const struct civil_date day = {2026, 5, 22};

struct world {
    struct transport *transport;
    struct http_server *server;
    struct source *source;
    struct records records;
    struct arena arena;
    bool over;
    struct source_page page;
    char continuation[32];
    bool failed;
    struct error err;
};

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct error err = {0};

    assert_non_null(world);
    world->transport = transport_open(&err);
    assert_non_null(world->transport);
    world->server = http_server_open(world->transport->loop);
    const struct setting url = {"url",
            http_server_address(world->server, "/api/daily_papers")};
    world->source =
            huggingface_kind.open(&(struct settings){.name = "huggingface",
                                          .items = &url,
                                          .count = 1,
                                          .contact = "https://example.org/us"},
                    world->transport, &err);
    assert_non_null(world->source);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;

    world->source->ops->close(world->source);
    http_server_close(world->server);
    transport_close(world->transport);
    records_finish(&world->records);
    arena_finish(&world->arena);
    free(world);
    return 0;
}

static void hear(void *cookie, const struct source_page *page,
        const struct error *err)
{
    struct world *world = cookie;

    world->over = true;
    world->page = *page;
    snprintf(world->continuation, sizeof world->continuation, "%s",
            page->continuation);
    world->failed = err != NULL;
    if (err != NULL)
        world->err = *err;
}

static void ask(struct world *world, const char *continuation)
{
    const struct source_range range = {.since = day,
            .until = day,
            .continuation = continuation};
    struct source_sink sink = records_sink(&world->records);

    world->source->ops->page(world->source, &range, &sink, hear, world);
    assert_true(loop_wait(world->transport->loop, &world->over));
}

static void script(struct world *world, int status, const char *headers,
        const char *body, size_t length)
{
    http_server_script(world->server,
            &(struct http_script){.method = "GET",
                    .status = status,
                    .headers = headers,
                    .body = body,
                    .body_bytes = length});
}

static void assert_failed(const struct world *world, enum error_kind kind,
        const char *words)
{
    assert_true(world->failed);
    if (strstr(world->err.text, words) == NULL ||
            strstr(world->err.text, "Hugging Face, 2026-05-22") == NULL)
        fail_msg("\"%s\" does not say \"%s\"", world->err.text, words);
    assert_int_equal(world->err.kind, kind);
}

static void test_a_day_brings_its_votes_and_says_who_asks(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            "[" PAPER("2605.00001", 17) "," PAPER("2605.00002", 0) "]", 0);
    ask(world, "");
    assert_false(world->failed);
    assert_string_equal(world->continuation, "");
    assert_int_equal(world->records.count, 2);
    const struct source_record *record = &world->records.items[0];
    assert_true(record->secondhand);
    assert_int_equal(signal_value(&record->signals, SIGNAL_HF_VOTES), 17);
    assert_string_equal(http_server_record(world->server, 0)->target,
            "/api/daily_papers?date=2026-05-22");
    assert_string_equal(http_server_header(world->server, 0, "User-Agent"),
            "paperboy/" PAPERBOY_VERSION " (+https://example.org/us)");
    assert_string_equal(http_server_header(world->server, 0, "Accept"),
            "application/json");
}

static void test_a_weekend_may_be_empty(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, "[]", 0);
    ask(world, "");
    assert_false(world->failed);
    assert_true(world->page.complete);
    assert_int_equal(world->records.count, 0);
}

static void test_a_full_page_leads_to_the_next(void **state)
{
    struct world *world = *state;
    struct text text;

    text_init(&text, &world->arena, 1 << 16);
    for (int i = 1; i <= 50; i++)
        text_add_format(&text,
                "%s{\"title\":\"T\",\"paper\":{\"id\":\"2605.%05d\","
                "\"upvotes\":1}}",
                i == 1 ? "[" : ",", i);
    text_add(&text, "]");
    script(world, 200, NULL, text_string(&text), 0);
    ask(world, "1");
    assert_string_equal(world->continuation, "2");
    assert_string_equal(http_server_record(world->server, 0)->target,
            "/api/daily_papers?date=2026-05-22&p=1");
}

static void test_a_day_that_is_refused_is_not_asked_again(void **state)
{
    struct world *world = *state;

    script(world, 400, NULL, "{\"error\":\"date is in the future\"}", 0);
    ask(world, "");
    assert_failed(world, ERROR_REJECTED, "400");
}

static void test_a_busy_server_names_its_wait(void **state)
{
    struct world *world = *state;

    script(world, 429, "Retry-After: 60\r\n", "", 0);
    ask(world, "");
    assert_failed(world, ERROR_RETRY, "429");
    assert_int_equal(world->err.retry_after_ms, 60000);
}

static void test_a_web_page_is_no_list(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, "<!DOCTYPE html><html><body>x</body></html>", 0);
    ask(world, "");
    assert_failed(world, ERROR_RETRY, "web page");
}

static void test_a_real_day_brings_all_its_votes(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;
    size_t length;
    char *bytes = records_slurp(&world->arena,
            paper_file_shared(&world->arena,
                    "data/public/hf-daily/2026-05-22.json.gz"),
            &length);

    script(world, 200, NULL, bytes, length);
    ask(world, "");
    assert_false(world->failed);
    assert_true(world->records.count > 10);
    size_t voted = 0;
    for (size_t i = 0; i < world->records.count; i++)
        voted += signal_value(&world->records.items[i].signals,
                         SIGNAL_HF_VOTES) > 0;
    assert_true(voted > world->records.count / 2);
}

static void test_without_a_contact_it_does_not_open(void **state)
{
    struct world *world = *state;
    struct error err = {0};

    assert_null(huggingface_kind.open(&(struct settings){.name = "huggingface",
                                              .contact = ""},
            world->transport, &err));
    assert_non_null(strstr(err.text, "contact = "));
}

#define wire_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_day_brings_its_votes_and_says_who_asks),
            wire_test(test_a_weekend_may_be_empty),
            wire_test(test_a_full_page_leads_to_the_next),
            wire_test(test_a_day_that_is_refused_is_not_asked_again),
            wire_test(test_a_busy_server_names_its_wait),
            wire_test(test_a_web_page_is_no_list),
            wire_test(test_a_real_day_brings_all_its_votes),
            wire_test(test_without_a_contact_it_does_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
