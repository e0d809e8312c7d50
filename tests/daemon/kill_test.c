/*
 * A real "paperboy run" against loopback servers for arXiv, Slack and Matrix,
 * killed with SIGKILL at fifty instants between planning, sending and settling.
 * What is planned must be there in the end: on Matrix once, by transaction id.
 */
#include "adapters/fingerprint.h"
#include "adapters/loop.h"
#include "bot/base/chance.h"
#include "store/registry.h"
#include "tests/support/http_server.h"
#include "tests/support/loop_wait.h"
#include "tests/support/process.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    WEBHOOKS = 30,
    ROOMS = 30,
    CHANNELS = WEBHOOKS + ROOMS,
    KILLS = 50,
    KILLS_WHILE_PLANNING = 10,
    FEED_MAX_BYTES = 1024 * 1024,
};

static const int64_t minute_ms = 60000;
static const int64_t day_minutes = 1440;
static const int64_t limit_ms = 60000;
static const int64_t end_limit_ms = 10000; /* SIGTERM is obeyed by then */

struct world {
    struct loop *loop;
    struct http_server *server;
    char directory[64], config[96], database[96], url[112];
    const char *program;
    struct process *daemon;
    struct chance_seed seed;
    struct random_source chance;
    /* What the next kill waits for. */
    size_t planned_lines, requests_before, requests_wanted;
    unsigned killed_planning, killed_unanswered, killed_answered;
};

/* --- the scene --- */

static const char *feed_file(char path[512], const char *category)
{
    const char *shared = getenv("PAPERBOY_SHARED");

    if (shared == NULL)
        return "tests/data/feed-cs.LG.xml";
    snprintf(path, 512, "%s/data/public/arxiv-rss/%s", shared,
            strcmp(category, "cs.RO") == 0 ? "cn-chat-arxiv/cs.RO.xml"
                                           : "laya-reader/arxiv_rss.xml");
    return path;
}

/* The feed of a category as the server gives it. */
static void serve_feed(struct world *world, const char *category)
{
    char path[512], target[64];
    FILE *file = fopen(feed_file(path, category), "rb");
    char *body = malloc(FEED_MAX_BYTES);

    assert_non_null(file);
    assert_non_null(body);
    size_t length = fread(body, 1, FEED_MAX_BYTES - 1, file);
    fclose(file);
    assert_in_range(length, 1, FEED_MAX_BYTES - 2);
    snprintf(target, sizeof target, "/rss/%s", category);
    const struct http_script script = {.method = "GET",
            .path = target,
            .headers = "Content-Type: application/rss+xml\r\n",
            .body = body,
            .body_bytes = length};
    http_server_script(world->server, &script);
    free(body);
}

static void serve_basics(struct world *world)
{
    http_server_forget(world->server);
    serve_feed(world, "cs.LG");
    serve_feed(world, "cs.RO");
    http_server_answer(world->server, "GET", "/.well-known/matrix/client", 0,
            404, "");
    http_server_answer(world->server, "GET", "/_matrix/client/versions", 0, 200,
            "{\"versions\":[\"v1.11\"]}");
    http_server_answer(world->server, "GET",
            "/_matrix/client/v3/account/whoami", 0, 200,
            "{\"user_id\":\"@paperboy:localhost\",\"device_id\":\"D\"}");
    /* No room is encrypted, and none shows what was sent before: here only the
     * transaction id tells a repetition. */
    http_server_answer(world->server, "GET", "/_matrix/client/v3/rooms/", 0,
            404, "{\"errcode\":\"M_NOT_FOUND\",\"error\":\"none\"}");
}

/* Answers so many deliveries, then leaves every other without an answer. */
static void serve_deliveries(struct world *world, unsigned count)
{
    serve_basics(world);
    for (unsigned i = 0; i < count; i++) {
        http_server_answer(world->server, "PUT", "/_matrix/", 1, 200,
                "{\"event_id\":\"$event\"}");
        http_server_answer(world->server, "POST", "/services/", 1, 200, "ok");
    }
    const struct http_script silence = {.act = SERVER_SILENCE};
    http_server_script(world->server, &silence);
}

static void serve_all_deliveries(struct world *world)
{
    serve_basics(world);
    http_server_answer(world->server, "PUT", "/_matrix/", 0, 200,
            "{\"event_id\":\"$event\"}");
    http_server_answer(world->server, "POST", "/services/", 0, 200, "ok");
}

static void write_channel(FILE *file, const struct world *world, int number,
        int minute_of_day)
{
    if (number < WEBHOOKS)
        fprintf(file,
                "[channel hook%d]\ntype = slack\nwebhook = %s/services/%d\n",
                number, http_server_url(world->server), number);
    else
        fprintf(file,
                "[channel room%d]\naccount = home\nroom = !r%d:localhost\n",
                number, number);
    fprintf(file,
            "categories = cs.LG cs.RO\nschedule = %02d:%02d daily\n"
            "timezone = UTC\nlanguages = zh en\nsize = 9+9\nstyle = %s\n",
            minute_of_day / 60, minute_of_day % 60,
            number % 2 == 0 ? "full" : "brief");
}

static void write_config(struct world *world, int minute_of_day)
{
    FILE *file = fopen(world->config, "w");

    assert_non_null(file);
    fprintf(file, "[bot]\ncontact = tests@example.org\n[store]\nurl = %s\n",
            world->url);
    fprintf(file, "[source arxiv]\nfeed_url = %s/rss\n",
            http_server_url(world->server));
    fprintf(file,
            "[account home]\ntype = matrix\nhomeserver = %s\n"
            "token = secret\n",
            http_server_url(world->server));
    for (int i = 0; i < CHANNELS; i++)
        write_channel(file, world, i, minute_of_day);
    fclose(file);
}

/* The channels were set up a while ago, and the hour passed while the bot was
 * down: it is due as soon as it is up. */
static void set_up_channels(const struct world *world, int64_t created_ms)
{
    struct error err = {0};
    struct arena arena = {0};
    struct store *store = store_registry_open(world->url, &err);

    assert_non_null(store);
    for (int i = 0; i < CHANNELS; i++) {
        bool hook = i < WEBHOOKS;
        int64_t id;
        const char *room = hook
                ? fingerprint_of(arena_format(&arena, "%s/services/%d",
                                         http_server_url(world->server), i),
                          &arena)
                : arena_format(&arena, "!r%d:localhost", i);
        assert_true(store_channel_put(store, hook ? "slack" : "home", room,
                arena_format(&arena, "%s%d", hook ? "hook" : "room", i),
                created_ms, &id, &err));
    }
    store_close(store);
    arena_finish(&arena);
}

static void open_world(struct world *world)
{
    struct error err = {0};

    if (getenv("PAPERBOY_SHARED") == NULL) {
        assert_null(getenv("CI"));
        print_message("SKIP the real feed files (PAPERBOY_SHARED is not set): "
                      "one of our own is served\n");
    }
    *world = (struct world){.seed = {.state = 20261124}};
    world->chance = chance_seeded(&world->seed);
    world->program = getenv("PAPERBOY_PROGRAM");
    assert_non_null(world->program); /* "make test" sets it */
    snprintf(world->directory, sizeof world->directory,
            "/tmp/paperboy-kill-XXXXXX");
    assert_non_null(mkdtemp(world->directory));
    snprintf(world->config, sizeof world->config, "%s/paperboy.ini",
            world->directory);
    snprintf(world->database, sizeof world->database, "%s/paperboy.db",
            world->directory);
    snprintf(world->url, sizeof world->url, "sqlite:%s", world->database);
    world->loop = loop_open(&err);
    assert_non_null(world->loop);
    world->server = http_server_open(world->loop);

    int64_t now_ms = clock_now_ms(&loop_system_clock);
    int64_t due_ms = now_ms - 30 * minute_ms;
    write_config(world, (int)(due_ms / minute_ms % day_minutes));
    set_up_channels(world, now_ms - 1200 * minute_ms);
}

static void close_world(struct world *world)
{
    char command[96];

    http_server_close(world->server);
    loop_close(world->loop);
    snprintf(command, sizeof command, "rm -r %s", world->directory);
    assert_int_equal(system(command), 0);
}

/* --- the daemon --- */

static void start_daemon(struct world *world)
{
    const char *args[] = {world->program, "run", "--config", world->config,
            NULL};

    world->daemon = process_start(world->loop, args);
}

static bool has_ended(void *ctx)
{
    return process_ended(((struct world *)ctx)->daemon);
}

static int end_daemon(struct world *world, int signal_number)
{
    process_signal(world->daemon, signal_number);
    assert_true(loop_wait_until(world->loop, has_ended, world, end_limit_ms));
    int code = process_exit_code(world->daemon);
    if (signal_number == SIGTERM && code != 0)
        print_message("%s\n", process_said(world->daemon));
    process_close(world->daemon);
    world->daemon = NULL;
    return code;
}

static bool is_delivery(const struct http_record *record)
{
    return strcmp(record->method, "GET") != 0;
}

static size_t count_deliveries(const struct world *world)
{
    size_t count = 0;

    for (size_t i = 0; i < http_server_count(world->server); i++)
        count += is_delivery(http_server_record(world->server, i));
    return count;
}

/* --- killing --- */

/* Digests are planned together: what is sent says that none is left. */
static bool has_planned_enough(void *ctx)
{
    const struct world *world = ctx;

    return process_lines_with(world->daemon, "digest planned") >=
            world->planned_lines ||
            count_deliveries(world) > world->requests_before;
}

static bool has_sent_enough(void *ctx)
{
    const struct world *world = ctx;

    return count_deliveries(world) - world->requests_before >=
            world->requests_wanted;
}

static void wait_for(struct world *world, loop_wait_condition_fn *condition)
{
    if (loop_wait_until(world->loop, condition, world, limit_ms))
        return;
    print_message("%s\n", process_said(world->daemon));
    fail_msg("what the kill waits for never came");
}

static unsigned draw(struct world *world, unsigned bound)
{
    return (unsigned)world->chance.below(world->chance.state, bound);
}

static void kill_while_planning(struct world *world)
{
    serve_deliveries(world, 0);
    world->requests_before = count_deliveries(world);
    start_daemon(world);
    world->planned_lines = 1 + draw(world, 4);
    wait_for(world, has_planned_enough);
    world->killed_planning++;
    assert_int_equal(end_daemon(world, SIGKILL), 128 + SIGKILL);
}

/* Some answers are given, the others withheld: the kill falls between sending
 * and settling of the one or the other. */
static void kill_while_sending(struct world *world)
{
    unsigned answered = draw(world, 3);

    serve_deliveries(world, answered);
    world->requests_before = count_deliveries(world);
    world->requests_wanted = 1 + 2 * answered + draw(world, 3);
    start_daemon(world);
    wait_for(world, has_sent_enough);
    if (answered > 0)
        world->killed_answered++;
    else
        world->killed_unanswered++;
    assert_int_equal(end_daemon(world, SIGKILL), 128 + SIGKILL);
}

/* --- what must be there in the end --- */

struct ledger {
    struct arena arena;
    struct outbox_list rows;
};

static void read_ledger(const struct world *world, struct ledger *ledger)
{
    struct error err = {0};
    struct store *store = store_registry_open(world->url, &err);

    *ledger = (struct ledger){0};
    assert_non_null(store);
    assert_true(store_outbox_list(store, 0, "", &ledger->arena, &ledger->rows,
            &err));
    store_close(store);
}

static bool all_is_settled(void *ctx)
{
    const struct world *world = ctx;
    struct ledger ledger;
    bool settled = true;

    read_ledger(world, &ledger);
    for (size_t i = 0; i < ledger.rows.count; i++)
        settled = settled && ledger.rows.items[i].state != OUTBOX_DUE;
    arena_finish(&ledger.arena);
    return settled;
}

/* The part of a Matrix target that is the transaction id. */
static const char *transaction_id(const struct http_record *record)
{
    return strrchr(record->target, '/') + 1;
}

struct arrivals {
    unsigned count;
    size_t first; /* index of the first request */
};

static void count_arrival(struct arrivals *arrivals, size_t index)
{
    if (arrivals->count++ == 0)
        arrivals->first = index;
}

static bool same_body(const struct http_record *one,
        const struct http_record *other)
{
    return one->body_bytes == other->body_bytes &&
            memcmp(one->body, other->body, one->body_bytes) == 0;
}

/* The requests that brought this row, each byte for byte the same: a webhook's
 * are the payload, Matrix's are made of it. */
static struct arrivals arrivals_of(const struct world *world,
        const struct outbox_row *row)
{
    bool matrix = strcmp(row->account, "home") == 0;
    struct arrivals arrivals = {0};

    for (size_t i = 0; i < http_server_count(world->server); i++) {
        const struct http_record *record = http_server_record(world->server, i);
        if (!is_delivery(record))
            continue;
        bool same = record->body_bytes == row->payload_bytes &&
                memcmp(record->body, row->payload, row->payload_bytes) == 0;
        if (matrix && strcmp(transaction_id(record), row->delivery_key) == 0) {
            count_arrival(&arrivals, i);
            assert_true(same_body(record,
                    http_server_record(world->server, arrivals.first)));
        } else if (!matrix && same &&
                strcmp(record->target + strlen("/services/"),
                        row->account + strlen("hook")) == 0) {
            count_arrival(&arrivals, i);
        }
    }
    return arrivals;
}

static bool is_a_row(const struct ledger *ledger,
        const struct http_record *record)
{
    for (size_t i = 0; i < ledger->rows.count; i++)
        if (strcmp(transaction_id(record),
                    ledger->rows.items[i].delivery_key) == 0)
            return true;
    return false;
}

/* No event but those of the outbox: two transaction ids for one row would show
 * it twice. */
static void no_foreign_transaction(const struct world *world,
        const struct ledger *ledger)
{
    for (size_t i = 0; i < http_server_count(world->server); i++) {
        const struct http_record *record = http_server_record(world->server, i);
        if (strcmp(record->method, "PUT") == 0)
            assert_true(is_a_row(ledger, record));
    }
}

/* Every row arrived, and the parts of a digest in their order. */
static void check_rows(const struct world *world, const struct ledger *ledger)
{
    unsigned requests = 0, repeats_matrix = 0, repeats_slack = 0, later = 0;
    struct arrivals before = {0};

    assert_true(ledger->rows.count >= CHANNELS);
    for (size_t i = 0; i < ledger->rows.count; i++) {
        const struct outbox_row *row = &ledger->rows.items[i];
        struct arrivals arrivals = arrivals_of(world, row);
        assert_int_equal(row->state, OUTBOX_SENT);
        assert_true(arrivals.count >= 1);
        if (row->part > 0) {
            assert_int_equal(row[-1].channel_id, row->channel_id);
            assert_true(arrivals.first > before.first);
            later++;
        }
        before = arrivals;
        requests += arrivals.count;
        *(strcmp(row->account, "home") == 0 ? &repeats_matrix
                                            : &repeats_slack) +=
                arrivals.count - 1;
    }
    assert_true(later > 0);
    print_message("# PRINT %zu messages (%u of them second parts or later) in "
                  "%u requests; sent again: Matrix %u (under one transaction "
                  "id each), webhooks %u\n",
            ledger->rows.count, later, requests, repeats_matrix, repeats_slack);
}

static void each_channel_has_one_digest(const struct world *world)
{
    struct arena arena = {0};
    struct error err = {0};
    struct store *store = store_registry_open(world->url, &err);
    struct known_channel_list channels;

    assert_non_null(store);
    assert_true(store_channel_list(store, &arena, &channels, &err));
    assert_int_equal(channels.count, CHANNELS);
    for (size_t i = 0; i < channels.count; i++) {
        struct occasion_list occasions;
        assert_true(store_occasion_list(store, channels.items[i].id, "digest/",
                10, &arena, &occasions, &err));
        assert_int_equal(occasions.count, 1);
        assert_int_equal(occasions.items[0].outcome, OUTCOME_DIGEST);
    }
    store_close(store);
    arena_finish(&arena);
}

static void test_fifty_kills_lose_nothing_and_show_nothing_twice(void **state)
{
    (void)state;
    struct world world;
    struct ledger ledger;

    open_world(&world);
    for (int i = 0; i < KILLS_WHILE_PLANNING; i++)
        kill_while_planning(&world);
    for (int i = KILLS_WHILE_PLANNING; i < KILLS; i++)
        kill_while_sending(&world);
    print_message("# PRINT %u kills while planning, %u before any answer, %u "
                  "around an answer\n",
            world.killed_planning, world.killed_unanswered,
            world.killed_answered);

    serve_all_deliveries(&world);
    start_daemon(&world);
    wait_for(&world, all_is_settled);
    assert_int_equal(end_daemon(&world, SIGTERM), 0);

    read_ledger(&world, &ledger);
    check_rows(&world, &ledger);
    no_foreign_transaction(&world, &ledger);
    each_channel_has_one_digest(&world);
    arena_finish(&ledger.arena);
    close_world(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_fifty_kills_lose_nothing_and_show_nothing_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
