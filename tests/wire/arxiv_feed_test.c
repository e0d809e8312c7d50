#include "adapters/sources/arxiv_feed.h"
#include "adapters/transport.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                   \
    "<?xml version='1.0'?><rss version=\"2.0\""                                \
    " xmlns:arxiv=\"http://arxiv.org/schemas/atom\">"                          \
    "<channel><title>cs.LG updates on arXiv.org</title>"                       \
    "<link>http://rss.arxiv.org/rss/cs.LG</link>"
#define ITEM(id)                                                               \
    "<item><title>On " id "</title><guid>oai:arXiv.org:" id "v1</guid>"        \
    "<arxiv:announce_type>new</arxiv:announce_type>"                           \
    "<category>cs.LG</category></item>"
#define TAIL "</channel></rss>"

struct world {
    struct transport *transport;
    struct http_server *server;
    struct source *source;
    struct records records;
    bool over, early, returned;
    unsigned times;
    struct source_answer answer;
    char validator[128];
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
    const struct setting url = {"feed_url",
            http_server_address(world->server, "/rss/")};
    world->source =
            arxiv_feed_kind.open(&(struct settings){.name = "arxiv",
                                         .items = &url,
                                         .count = 1,
                                         .contact = "paper@example.org"},
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
    records_finish(&world->records);
    free(world);
    return 0;
}

static void hear(void *cookie, const struct source_answer *answer,
        const struct error *err)
{
    struct world *world = cookie;

    world->over = true;
    world->early = !world->returned;
    world->times++;
    world->answer = *answer;
    snprintf(world->validator, sizeof world->validator, "%s",
            answer->validator);
    world->failed = err != NULL;
    if (err != NULL)
        world->err = *err;
}

static struct request *begin(struct world *world, const char *validator)
{
    const struct source_query query = {.category = "cs.LG",
            .validator = validator};
    struct source_sink sink = records_sink(&world->records);
    struct request *request = world->source->ops->fetch(world->source, &query,
            &sink, hear, world);

    world->returned = true;
    return request;
}

static void fetch(struct world *world, const char *validator)
{
    begin(world, validator);
    assert_true(loop_wait(world->transport->loop, &world->over));
    assert_int_equal(world->times, 1);
    assert_false(world->early);
    assert_int_equal(http_server_count(world->server), 1);
}

static void script(struct world *world, int status, const char *headers,
        const char *body, enum http_server_act act)
{
    http_server_script(world->server,
            &(struct http_script){.method = "GET",
                    .path = "/rss/cs.LG",
                    .status = status,
                    .headers = headers,
                    .body = body,
                    .act = act});
}

static void assert_failed(const struct world *world, enum error_kind kind,
        const char *words)
{
    assert_true(world->failed);
    assert_int_equal(world->err.kind, kind);
    assert_false(world->answer.complete);
    assert_string_equal(world->validator, "");
    if (strstr(world->err.text, words) == NULL ||
            strstr(world->err.text, "cs.LG") == NULL)
        fail_msg("\"%s\" does not say \"%s\"", world->err.text, words);
}

static void test_a_feed_comes_whole_and_leaves_its_validator(void **state)
{
    struct world *world = *state;

    script(world, 200, "ETag: \"abc\"\r\n",
            HEAD ITEM("2609.00001") ITEM("2609.00002") TAIL, SERVER_ANSWER);
    fetch(world, "");
    assert_false(world->failed);
    assert_true(world->answer.complete && !world->answer.unchanged);
    assert_int_equal(world->records.count, 2);
    assert_int_equal(world->records.items[0].announce, ANNOUNCE_NEW);
    assert_string_equal(world->validator, "\"abc\"");
    assert_true(world->answer.summary.announces);
    assert_true(world->answer.asked_ms > 0);
}

static void test_it_says_who_asks_and_what_it_has(void **state)
{
    struct world *world = *state;

    script(world, 304, NULL, "", SERVER_ANSWER);
    fetch(world, "W/\"abc\"");
    assert_string_equal(http_server_header(world->server, 0, "User-Agent"),
            "paperboy/" PAPERBOY_VERSION " (+mailto:paper@example.org)");
    assert_non_null(strstr(http_server_header(world->server, 0, "Accept"),
            "rss+xml"));
    assert_string_equal(http_server_header(world->server, 0, "If-None-Match"),
            "W/\"abc\"");
    assert_false(world->failed);
    assert_true(world->answer.unchanged);
    assert_string_equal(world->validator, "W/\"abc\"");
}

static void test_a_date_serves_where_there_is_no_etag(void **state)
{
    struct world *world = *state;
    static const char date[] = "Thu, 24 Sep 2026 05:00:00 GMT";

    script(world, 200, "Last-Modified: Thu, 24 Sep 2026 05:00:00 GMT\r\n",
            HEAD TAIL, SERVER_ANSWER);
    fetch(world, date);
    assert_string_equal(http_server_header(world->server, 0,
                                "If-Modified-Since"),
            date);
    assert_string_equal(world->validator, date);
}

static void test_an_empty_feed_is_a_day_without_papers(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, HEAD TAIL, SERVER_ANSWER);
    fetch(world, "");
    assert_false(world->failed);
    assert_true(world->answer.complete);
    assert_int_equal(world->records.count, 0);
}

static void test_busy_servers_are_asked_again_when_they_say(void **state)
{
    struct world *world = *state;

    script(world, 429, "Retry-After: 120\r\n", "slow down", SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "429");
    assert_int_equal(world->err.retry_after_ms, 120000);
}

static void test_a_503_may_pass(void **state)
{
    struct world *world = *state;

    script(world, 503, "Retry-After: 7\r\n", "", SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "503");
    assert_int_equal(world->err.retry_after_ms, 7000);
}

static void test_a_feed_that_is_not_there_is_named_by_its_address(void **state)
{
    struct world *world = *state;

    script(world, 404, NULL, "", SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_STOP, "/rss/cs.LG: HTTP 404");
    assert_true(strncmp(world->err.text, "cs.LG: http://", 14) == 0);
}

static void test_rate_exceeded_comes_with_200(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, "Rate exceeded.", SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "fewer requests");
}

static void test_406_is_throttling(void **state)
{
    struct world *world = *state;

    script(world, 406, NULL, "", SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "406");
}

static void test_an_unknown_category_is_named(void **state)
{
    struct world *world = *state;

    script(world, 400, NULL,
            "<?xml version='1.0'?><rss version=\"2.0\"><channel><title>Feed "
            "error for query: http://rss.arxiv.org/rss/cs.LG</title>"
            "<description>no such thing</description></channel></rss>",
            SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_INPUT, "no category \"cs.LG\"");
    assert_int_equal(world->records.complaint_count, 0);
}

static void test_a_page_is_no_feed(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            "<!DOCTYPE html><html><body>Back soon</body></html>",
            SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "web page");
}

static void test_of_broken_xml_the_beginning_is_kept(void **state)
{
    struct world *world = *state;

    script(world, 200, "ETag: \"half\"\r\n",
            HEAD ITEM("2609.00001") "<item><title>cut", SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "breaks off");
    assert_int_equal(world->records.count, 1);
}

static void test_of_a_broken_connection_the_beginning_is_kept(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            HEAD ITEM("2609.00001") ITEM("2609.00002") ITEM("2609.00003")
                    ITEM("2609.00004") ITEM("2609.00005") TAIL,
            SERVER_TRUNCATE);
    fetch(world, "");
    assert_failed(world, ERROR_RETRY, "127.0.0.1");
    assert_true(world->records.count >= 1 && world->records.count < 5);
}

static void test_an_atom_answer_of_the_api_is_no_announcement(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">"
            "<id>http://arxiv.org/api/x</id></feed>",
            SERVER_ANSWER);
    fetch(world, "");
    assert_failed(world, ERROR_INPUT, "announces nothing");
}

static void test_cancelled_means_no_answer(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, HEAD TAIL, SERVER_ANSWER);
    request_cancel(begin(world, ""));
    loop_wait_ms(world->transport->loop, 50);
    assert_int_equal(world->times, 0);
    begin(world, ""); /* closed with the source, by tear_down */
}

struct quitter {
    struct world *world;
    struct request *request;
    bool closes; /* the source, too */
    bool reached;
    unsigned records;
};

static void quit(struct quitter *quitter)
{
    struct world *world = quitter->world;

    quitter->reached = true;
    request_cancel(quitter->request);
    if (!quitter->closes)
        return;
    world->source->ops->close(world->source);
    world->source = NULL;
}

static void quit_at_record(void *ctx, const struct source_record *record)
{
    (void)record;
    struct quitter *quitter = ctx;

    if (quitter->records++ == 0)
        quit(quitter);
}

static void quit_at_end(void *ctx, const struct source_answer *answer,
        const struct error *err)
{
    (void)answer, (void)err;
    quit(ctx);
}

static void never(void *ctx, const struct source_answer *answer,
        const struct error *err)
{
    (void)answer, (void)err;
    ((struct quitter *)ctx)->world->times++;
}

static void pass_over(void *ctx, const struct source_record *record)
{
    (void)ctx, (void)record;
}

static void fetch_and_quit(struct quitter *quitter, bool at_record)
{
    struct world *world = quitter->world;
    const struct source_query query = {.category = "cs.LG", .validator = ""};
    const struct source_sink sink = {
            .record = at_record ? quit_at_record : pass_over,
            .ctx = quitter,
    };

    script(world, 200, NULL, HEAD ITEM("2401.00001") ITEM("2401.00002") TAIL,
            SERVER_ANSWER);
    quitter->request = world->source->ops->fetch(world->source, &query, &sink,
            at_record ? never : quit_at_end, quitter);
    assert_true(loop_wait(world->transport->loop, &quitter->reached));
    loop_wait_ms(world->transport->loop, 20);
}

static void test_who_hears_a_record_may_call_the_rest_off(void **state)
{
    struct quitter quitter = {.world = *state};

    fetch_and_quit(&quitter, true);
    assert_int_equal(quitter.records, 1);
    assert_int_equal(quitter.world->times, 0);
}

static void test_who_hears_a_record_may_close_the_source(void **state)
{
    struct quitter quitter = {.world = *state, .closes = true};

    fetch_and_quit(&quitter, true);
    assert_int_equal(quitter.records, 1);
    assert_int_equal(quitter.world->times, 0);
}

static void test_calling_off_what_is_ending_is_harmless(void **state)
{
    struct quitter quitter = {.world = *state};

    fetch_and_quit(&quitter, false);
}

static void test_a_validator_that_fits_no_header_is_not_kept(void **state)
{
    struct world *world = *state;
    char headers[1200];

    snprintf(headers, sizeof headers,
            "ETag: \"%0999d\"\r\n"
            "Last-Modified: Tue, 06 Jan 2026 05:00:00 GMT\r\n",
            7);
    script(world, 200, headers, HEAD ITEM("2401.00001") TAIL, SERVER_ANSWER);
    fetch(world, "");
    assert_false(world->failed);
    assert_string_equal(world->validator, "Tue, 06 Jan 2026 05:00:00 GMT");
}

struct pair {
    struct source_sink sink;
    unsigned over;
    bool both;
};

static void hear_of_pair(void *cookie, const struct source_answer *answer,
        const struct error *err)
{
    struct pair *pair = cookie;

    (void)answer;
    assert_null(err);
    pair->both = ++pair->over == 2;
}

/* arXiv's terms: help/api/tou. */
static void test_two_feeds_are_asked_for_3_s_apart(void **state)
{
    struct world *world = *state;
    struct pair pair = {.sink = records_sink(&world->records)};
    static const char *const categories[] = {"cs.LG", "cs.CV"};

    http_server_answer(world->server, "GET", "/rss/", 0, 200, HEAD TAIL);
    for (size_t i = 0; i < 2; i++) {
        const struct source_query query = {.category = categories[i],
                .validator = ""};
        assert_non_null(world->source->ops->fetch(world->source, &query,
                &pair.sink, hear_of_pair, &pair));
    }
    assert_true(loop_wait(world->transport->loop, &pair.both));
    assert_int_equal(http_server_count(world->server), 2);
    /* Arrivals jitter by some milliseconds, departures do not. */
    assert_true(http_server_record(world->server, 1)->arrived_ms -
                    http_server_record(world->server, 0)->arrived_ms >=
            2950);
}

static void test_without_a_contact_it_does_not_open(void **state)
{
    struct world *world = *state;
    struct error err = {0};

    assert_null(arxiv_feed_kind.open(&(struct settings){.name = "arxiv",
                                             .contact = ""},
            world->transport, &err));
    assert_non_null(strstr(err.text, "contact = "));
}

#define wire_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_feed_comes_whole_and_leaves_its_validator),
            wire_test(test_it_says_who_asks_and_what_it_has),
            wire_test(test_a_date_serves_where_there_is_no_etag),
            wire_test(test_an_empty_feed_is_a_day_without_papers),
            wire_test(test_busy_servers_are_asked_again_when_they_say),
            wire_test(test_a_503_may_pass),
            wire_test(test_a_feed_that_is_not_there_is_named_by_its_address),
            wire_test(test_rate_exceeded_comes_with_200),
            wire_test(test_406_is_throttling),
            wire_test(test_an_unknown_category_is_named),
            wire_test(test_a_page_is_no_feed),
            wire_test(test_of_broken_xml_the_beginning_is_kept),
            wire_test(test_of_a_broken_connection_the_beginning_is_kept),
            wire_test(test_an_atom_answer_of_the_api_is_no_announcement),
            wire_test(test_cancelled_means_no_answer),
            wire_test(test_who_hears_a_record_may_call_the_rest_off),
            wire_test(test_who_hears_a_record_may_close_the_source),
            wire_test(test_calling_off_what_is_ending_is_harmless),
            wire_test(test_a_validator_that_fits_no_header_is_not_kept),
            wire_test(test_two_feeds_are_asked_for_3_s_apart),
            wire_test(test_without_a_contact_it_does_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
