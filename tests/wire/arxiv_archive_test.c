#include "adapters/json.h"
#include "adapters/sources/arxiv_archive.h"
#include "adapters/sources/arxiv_feed.h"
#include "adapters/transport.h"
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

#define FEED                                                                   \
    "<feed xmlns=\"http://www.w3.org/2005/Atom\" "                             \
    "xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">"               \
    "<id>http://arxiv.org/api/x</id>"
#define TOTAL(n) "<opensearch:totalResults>" n "</opensearch:totalResults>"
#define ENTRY(id)                                                              \
    "<entry><id>http://arxiv.org/abs/" id "v1</id><title>On " id "</title>"    \
    "<category term=\"cs.LG\"/></entry>"
#define END "</feed>"

#define OAI                                                                    \
    "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"                 \
    "<responseDate>2026-11-24T03:00:00Z</responseDate>"                        \
    "<request verb=\"ListRecords\">http://oaipmh.arxiv.org/oai</request>"
#define RECORD(id)                                                             \
    "<record><header><identifier>oai:arXiv.org:" id "</identifier>"            \
    "<datestamp>2026-11-20</datestamp></header><metadata>"                     \
    "<arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\"><id>" id "</id>"             \
    "<title>On " id "</title><categories>cs.LG</categories></arXiv>"           \
    "</metadata></record>"
#define OAI_END "</OAI-PMH>"

static const struct civil_date day = {2026, 11, 20};

struct world {
    struct transport *transport;
    struct http_server *server;
    struct source *source;
    struct records records;
    struct arena arena;
    bool over;
    unsigned times;
    struct source_page page;
    char continuation[SOURCE_RESUMPTION_SIZE];
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
    const struct setting urls[] = {
            {"feed_url", http_server_address(world->server, "/rss")},
            {"api_url", http_server_address(world->server, "/api")},
            {"oai_url", http_server_address(world->server, "/oai")},
    };
    world->source =
            arxiv_feed_kind.open(&(struct settings){.name = "arxiv",
                                         .items = urls,
                                         .count = 3,
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
    arena_finish(&world->arena);
    free(world);
    return 0;
}

static void hear(void *cookie, const struct source_page *page,
        const struct error *err)
{
    struct world *world = cookie;

    world->over = true;
    world->times++;
    world->page = *page;
    snprintf(world->continuation, sizeof world->continuation, "%s",
            page->continuation);
    world->failed = err != NULL;
    if (err != NULL)
        world->err = *err;
}

static struct source_range days(enum source_via via, const char *continuation)
{
    return (struct source_range){.via = via,
            .category = "cs.LG",
            .since = day,
            .until = day,
            .continuation = continuation};
}

static struct request *begin(struct world *world, struct source_range range)
{
    struct source_sink sink = records_sink(&world->records);

    return world->source->ops->page(world->source, &range, &sink, hear, world);
}

static void ask(struct world *world, enum source_via via,
        const char *continuation)
{
    world->over = false;
    begin(world, days(via, continuation));
    assert_true(loop_wait(world->transport->loop, &world->over));
    assert_int_equal(world->times, 1);
}

static void ask_ids(struct world *world, const char **ids, size_t count)
{
    begin(world,
            (struct source_range){.ids = {.items = ids, .count = count},
                    .continuation = ""});
    assert_true(loop_wait(world->transport->loop, &world->over));
}

static void script(struct world *world, int status, const char *headers,
        const char *body)
{
    http_server_script(world->server,
            &(struct http_script){.method = "GET",
                    .status = status,
                    .headers = headers,
                    .body = body});
}

static const char *target(const struct world *world)
{
    return http_server_record(world->server, 0)->target;
}

static void assert_page(const struct world *world, size_t records,
        const char *continuation)
{
    if (world->failed)
        fail_msg("failed: %s", world->err.text);
    assert_true(world->page.complete);
    assert_int_equal(world->records.count, records);
    assert_string_equal(world->continuation, continuation);
    assert_true(world->page.asked_ms > 0);
}

static void assert_failed(const struct world *world, enum error_kind kind,
        const char *words)
{
    assert_true(world->failed);
    assert_false(world->page.complete);
    assert_string_equal(world->continuation, "");
    if (strstr(world->err.text, words) == NULL ||
            strstr(world->err.text, "cs.LG of 2026-11-20") == NULL)
        fail_msg("\"%s\" does not say \"%s\"", world->err.text, words);
    assert_int_equal(world->err.kind, kind);
}

/* --- the API --- */

static void test_a_day_is_asked_for_by_submission_in_slices(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            FEED TOTAL("3") ENTRY("2611.00001") ENTRY("2611.00002") END);
    ask(world, SOURCE_VIA_API, "");
    assert_page(world, 2, "2");
    assert_string_equal(target(world),
            "/api?search_query=cat:cs.LG+AND+submittedDate:%5B202611200000+TO+"
            "202611202359%5D&start=0&max_results=500&sortBy=submittedDate&"
            "sortOrder=ascending");
    assert_false(world->page.summary.announces);
}

static void test_the_total_says_when_it_is_over(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("3") ENTRY("2611.00003") END);
    ask(world, SOURCE_VIA_API, "2");
    assert_page(world, 1, "");
    assert_non_null(strstr(target(world), "&start=2&"));
}

static void test_a_day_without_papers_is_whole(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("0") END);
    ask(world, SOURCE_VIA_API, "");
    assert_page(world, 0, "");
}

static void test_an_empty_page_before_the_end_may_pass(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("1214") END);
    ask(world, SOURCE_VIA_API, "500");
    assert_failed(world, ERROR_RETRY, "an empty answer after 500 of 1214");
}

static void test_it_says_who_asks(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("0") END);
    ask(world, SOURCE_VIA_API, "");
    assert_string_equal(http_server_header(world->server, 0, "User-Agent"),
            "paperboy/" PAPERBOY_VERSION " (+mailto:paper@example.org)");
    assert_non_null(strstr(http_server_header(world->server, 0, "Accept"),
            "atom+xml"));
}

static void test_ids_are_asked_for_together(void **state)
{
    static const char *ids[] = {"2611.00001", "hep-th/9901001"};
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("2") ENTRY("2611.00001") END);
    ask_ids(world, ids, 2);
    assert_page(world, 1, "");
    assert_string_equal(target(world),
            "/api?id_list=2611.00001,hep-th/9901001&max_results=2");
}

static const char *error_feed =
        FEED TOTAL("1") "<entry><id>http://arxiv.org/api/errors#x</id>"
                        "<title>Error</title><summary>start must not be so "
                        "large</summary></entry>" END;

static void test_an_error_is_told_as_arxiv_says_it(void **state)
{
    struct world *world = *state;

    script(world, 400, NULL, error_feed);
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_REJECTED, "start must not be so large");
    assert_non_null(strstr(world->err.text, "arXiv's API"));
}

static void test_an_error_comes_with_200_too(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, error_feed);
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_REJECTED, "start must not be so large");
}

static void test_a_server_in_trouble_may_get_well(void **state)
{
    struct world *world = *state;

    script(world, 500, NULL, error_feed);
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "HTTP 500");
}

static void test_rate_exceeded_comes_with_200(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, "Rate exceeded.");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "fewer requests");
}

static void test_406_is_throttling(void **state)
{
    struct world *world = *state;

    script(world, 406, NULL, "");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "406");
}

static void test_too_many_requests_name_their_wait(void **state)
{
    struct world *world = *state;

    script(world, 429, "Retry-After: 90\r\n", "");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "429");
    assert_int_equal(world->err.retry_after_ms, 90000);
}

static void test_a_broken_page_may_be_whole_next_time(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("3") ENTRY("2611.00001") "<entry><id");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "the answer");
}

static void test_a_web_page_is_no_answer(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, "<!DOCTYPE html><html><body>Soon</body></html>");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "web page");
}

static void test_an_empty_body_is_no_answer(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, "");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_RETRY, "empty answer");
}

static void test_another_site_at_api_url_is_named(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            OAI "<ListRecords>" RECORD("2611.00001") "</ListRecords>" OAI_END);
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_INPUT, "api_url should be");
}

/* --- OAI-PMH --- */

static void test_a_day_of_changes_comes_with_its_token(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            OAI "<ListRecords>" RECORD("2611.00001")
                    RECORD("2611.00002") "<resumptionToken>verb%3DList|1001 "
                                         "&amp; more"
                                         "</resumptionToken></"
                                         "ListRecords>" OAI_END);
    ask(world, SOURCE_VIA_OAI, "");
    assert_page(world, 2, "verb%3DList|1001 & more");
    assert_string_equal(target(world),
            "/oai?verb=ListRecords&metadataPrefix=arXiv&from=2026-11-20&"
            "until=2026-11-20&set=cs%3Acs%3ALG");
    assert_false(world->page.summary.announces);
}

static void test_a_token_stands_for_the_whole_question(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            OAI "<ListRecords>" RECORD("2611.00003") "<resumptionToken/></"
                                                     "ListRecords>" OAI_END);
    ask(world, SOURCE_VIA_OAI, "726959|1001");
    assert_page(world, 1, "");
    assert_string_equal(target(world),
            "/oai?verb=ListRecords&resumptionToken=726959%7C1001");
}

static void test_no_records_is_a_day_without_changes(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, OAI "<error code=\"noRecordsMatch\"/>" OAI_END);
    ask(world, SOURCE_VIA_OAI, "");
    assert_page(world, 0, "");
}

static void test_an_expired_token_is_told_apart(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            OAI "<error code=\"badResumptionToken\">too old</error>" OAI_END);
    ask(world, SOURCE_VIA_OAI, "726959|1001");
    assert_failed(world, ERROR_RETRY, "too old");
    assert_true(world->page.expired);
}

static void test_an_error_of_oai_comes_with_any_status(void **state)
{
    struct world *world = *state;

    script(world, 422, NULL,
            OAI "<error code=\"badArgument\">no such set</error>" OAI_END);
    ask(world, SOURCE_VIA_OAI, "");
    assert_failed(world, ERROR_REJECTED, "no such set");
    assert_false(world->page.expired);
}

static void test_503_names_its_wait(void **state)
{
    struct world *world = *state;

    script(world, 503, "Retry-After: 20\r\n", "Retry after 20 seconds");
    ask(world, SOURCE_VIA_OAI, "");
    assert_failed(world, ERROR_RETRY, "503");
    assert_int_equal(world->err.retry_after_ms, 20000);
}

static void test_a_token_that_leads_to_itself_is_a_failure(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL,
            OAI "<ListRecords>" RECORD("2611.00003") "<resumptionToken>t</"
                                                     "resumptionToken></"
                                                     "ListRecords>" OAI_END);
    ask(world, SOURCE_VIA_OAI, "t");
    assert_failed(world, ERROR_RETRY, "token");
}

static void test_a_category_is_a_set_of_its_group(void **state)
{
    static const struct {
        const char *category, *set;
    } cases[] = {
            {"cs.LG", "cs:cs:LG"},
            {"hep-th", "physics:hep-th"},
            {"cond-mat.mtrl-sci", "physics:cond-mat:mtrl-sci"},
            {"physics.acc-ph", "physics:physics:acc-ph"},
            {"math-ph", "physics:math-ph"},
            {"nlin.AO", "physics:nlin:AO"},
            {"q-bio.NC", "q-bio:q-bio:NC"},
            {"stat.ML", "stat:stat:ML"},
            {"eess.AS", "eess:eess:AS"},
    };
    struct world *world = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(arxiv_archive_set(&world->arena, cases[i].category),
                cases[i].set);
}

/* --- real answers --- */

/* What arXiv answered in May 2026. */
static void serve_recording(struct world *world, const char *name)
{
    struct error err = {0};
    struct json json = {0};
    size_t length;
    char *bytes = records_slurp(&world->arena,
            paper_file_shared(&world->arena,
                    arena_format(&world->arena,
                            "data/public/arxiv-atom/arxiv.py/%s", name)),
            &length);

    assert_true(json_parse(&json, bytes, length, length, &err));
    script(world, json_find(json.root, "status_code")->valueint, NULL,
            json_find(json.root, "body")->valuestring);
    json_close(&json);
}

static void test_a_real_first_page_goes_on(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_recording(world, "q_testing_s0_m100_cfe7536492ca.json");
    ask(world, SOURCE_VIA_API, "");
    assert_page(world, 100, "100");
    assert_int_equal(world->page.summary.total, 214881);
}

static void test_a_real_later_page_goes_on_from_there(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_recording(world, "q_testing_s30_m10_f2e39f0143dc.json");
    ask(world, SOURCE_VIA_API, "30");
    assert_page(world, 10, "40");
}

static void test_a_real_unknown_id_brings_nothing(void **state)
{
    static const char *ids[] = {"0808.05394"};
    paper_file_need_shared();
    struct world *world = *state;

    serve_recording(world, "id_0808.05394_s0_m100_7b0c7d0a7cdd.json");
    ask_ids(world, ids, 1);
    assert_page(world, 0, "");
}

static void test_a_real_id_brings_its_paper(void **state)
{
    static const char *ids[] = {"1605.08386"};
    paper_file_need_shared();
    struct world *world = *state;

    serve_recording(world, "id_1605.08386_s0_m100_199195aa31ad.json");
    ask_ids(world, ids, 1);
    assert_page(world, 1, "");
    assert_string_equal(world->records.items[0].paper.id, "1605.08386");
}

static void test_a_real_refusal_is_told(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_recording(world, "id_abc_s0_m100_b79c8dcf6bc3.json");
    ask(world, SOURCE_VIA_API, "");
    assert_failed(world, ERROR_REJECTED, "is an error of arXiv's");
}

static void serve_file(struct world *world, const char *name)
{
    size_t length;
    char *bytes = records_slurp(&world->arena,
            paper_file_shared(&world->arena,
                    arena_format(&world->arena, "data/public/arxiv-oai/%s",
                            name)),
            &length);

    http_server_script(world->server,
            &(struct http_script){.method = "GET",
                    .status = 200,
                    .body = bytes,
                    .body_bytes = length});
}

static void test_a_real_page_of_oai_has_its_token(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_file(world, "arXivOAIHarvester/ListRecordsResponse.xml");
    ask(world, SOURCE_VIA_OAI, "");
    assert_page(world, 6, "726959|1001");
}

static void test_a_real_last_page_of_oai_ends(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_file(world,
            "invenio-oaiharvester/"
            "sample_arxiv_response_listrecords_physics.xml.gz");
    ask(world, SOURCE_VIA_OAI, "726959|1001");
    assert_page(world, 150, "");
}

static void test_real_errors_of_oai_are_told_apart(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_file(world, "sickle-generic/badResumptionToken.xml");
    ask(world, SOURCE_VIA_OAI, "t");
    assert_true(world->failed && world->page.expired);
}

static void test_a_real_empty_answer_of_oai_is_no_failure(void **state)
{
    paper_file_need_shared();
    struct world *world = *state;

    serve_file(world, "sickle-generic/noRecordsMatch.xml");
    ask(world, SOURCE_VIA_OAI, "");
    assert_page(world, 0, "");
}

/* --- manners --- */

static void fed(void *cookie, const struct source_answer *answer,
        const struct error *err)
{
    struct world *world = cookie;
    (void)answer, (void)err;

    world->over = true;
}

static void test_feed_api_and_oai_share_one_pace(void **state)
{
    struct world *world = *state;
    const struct source_query query = {.category = "cs.LG", .validator = ""};
    struct source_sink sink = records_sink(&world->records);

    world->source->ops->fetch(world->source, &query, &sink, fed, world);
    begin(world, days(SOURCE_VIA_API, ""));
    begin(world, days(SOURCE_VIA_OAI, ""));
    assert_true(loop_wait(world->transport->loop, &world->over));
    /* The feed was answered at once: only the pace holds the others back. */
    loop_wait_ms(world->transport->loop, 200);
    assert_int_equal(http_server_count(world->server), 1);
    assert_int_equal(http_server_most_at_once(world->server), 1);
}

static void test_cancelled_means_no_answer(void **state)
{
    struct world *world = *state;

    script(world, 200, NULL, FEED TOTAL("0") END);
    request_cancel(begin(world, days(SOURCE_VIA_API, "")));
    loop_wait_ms(world->transport->loop, 50);
    assert_int_equal(world->times, 0);
    begin(world, days(SOURCE_VIA_OAI, "")); /* closed with the source */
}

struct quitter {
    struct world *world;
    struct request *request;
    bool reached;
};

static void quit(void *ctx, const struct source_record *record)
{
    struct quitter *quitter = ctx;
    struct world *world = quitter->world;
    (void)record;

    request_cancel(quitter->request);
    world->source->ops->close(world->source);
    world->source = NULL;
    quitter->reached = true;
}

static void never(void *ctx, const struct source_page *page,
        const struct error *err)
{
    (void)page, (void)err;
    ((struct quitter *)ctx)->world->times++;
}

static void test_who_hears_a_record_may_close_the_source(void **state)
{
    struct world *world = *state;
    struct quitter quitter = {.world = world};
    const struct source_sink sink = {.record = quit, .ctx = &quitter};
    struct source_range range = days(SOURCE_VIA_API, "");

    script(world, 200, NULL,
            FEED TOTAL("2") ENTRY("2611.00001") ENTRY("2611.00002") END);
    quitter.request = world->source->ops->page(world->source, &range, &sink,
            never, &quitter);
    assert_true(loop_wait(world->transport->loop, &quitter.reached));
    loop_wait_ms(world->transport->loop, 20);
    assert_int_equal(world->times, 0);
}

#define wire_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            wire_test(test_a_day_is_asked_for_by_submission_in_slices),
            wire_test(test_the_total_says_when_it_is_over),
            wire_test(test_a_day_without_papers_is_whole),
            wire_test(test_an_empty_page_before_the_end_may_pass),
            wire_test(test_it_says_who_asks),
            wire_test(test_ids_are_asked_for_together),
            wire_test(test_an_error_is_told_as_arxiv_says_it),
            wire_test(test_an_error_comes_with_200_too),
            wire_test(test_a_server_in_trouble_may_get_well),
            wire_test(test_rate_exceeded_comes_with_200),
            wire_test(test_406_is_throttling),
            wire_test(test_too_many_requests_name_their_wait),
            wire_test(test_a_broken_page_may_be_whole_next_time),
            wire_test(test_a_web_page_is_no_answer),
            wire_test(test_an_empty_body_is_no_answer),
            wire_test(test_another_site_at_api_url_is_named),
            wire_test(test_a_day_of_changes_comes_with_its_token),
            wire_test(test_a_token_stands_for_the_whole_question),
            wire_test(test_no_records_is_a_day_without_changes),
            wire_test(test_an_expired_token_is_told_apart),
            wire_test(test_an_error_of_oai_comes_with_any_status),
            wire_test(test_503_names_its_wait),
            wire_test(test_a_token_that_leads_to_itself_is_a_failure),
            wire_test(test_a_category_is_a_set_of_its_group),
            wire_test(test_a_real_first_page_goes_on),
            wire_test(test_a_real_later_page_goes_on_from_there),
            wire_test(test_a_real_unknown_id_brings_nothing),
            wire_test(test_a_real_id_brings_its_paper),
            wire_test(test_a_real_refusal_is_told),
            wire_test(test_a_real_page_of_oai_has_its_token),
            wire_test(test_a_real_last_page_of_oai_ends),
            wire_test(test_real_errors_of_oai_are_told_apart),
            wire_test(test_a_real_empty_answer_of_oai_is_no_failure),
            wire_test(test_feed_api_and_oai_share_one_pace),
            wire_test(test_cancelled_means_no_answer),
            wire_test(test_who_hears_a_record_may_close_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
