/*
 * A real "paperboy run" that is told to read its configuration again, or to end,
 * while a server lets it wait.
 */
#include "adapters/loop.h"
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
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const int64_t limit_ms = 20000;

struct world {
    struct loop *loop;
    struct http_server *server;
    struct process *daemon;
    char directory[64], config[96];
    const char *awaited; /* what its log must say */
    size_t times;
};

static void write_config(const struct world *world, const char *channels)
{
    FILE *file = fopen(world->config, "w");

    assert_non_null(file);
    fprintf(file, "[store]\nurl = sqlite:paperboy.db\n%s", channels);
    fclose(file);
}

static bool has_said(void *ctx)
{
    const struct world *world = ctx;

    return process_lines_with(world->daemon, world->awaited) >= world->times;
}

/* Waits until the log holds the words that many times. */
static void expect(struct world *world, const char *words, size_t times)
{
    world->awaited = words;
    world->times = times;
    if (loop_wait_until(world->loop, has_said, world, limit_ms))
        return;
    print_message("%s\n", process_said(world->daemon));
    fail_msg("the log never said: %s", words);
}

static bool has_ended(void *ctx)
{
    return process_ended(((struct world *)ctx)->daemon);
}

static void start_daemon(struct world *world)
{
    const char *program = getenv("PAPERBOY_PROGRAM");

    assert_non_null(program); /* "make test" sets it */
    const char *args[] = {program, "run", "--config", world->config, "--log",
            "logfmt", NULL};
    world->daemon = process_start(world->loop, args);
}

static void end_daemon(struct world *world)
{
    process_signal(world->daemon, SIGTERM);
    assert_true(loop_wait_until(world->loop, has_ended, world, limit_ms));
    assert_int_equal(process_exit_code(world->daemon), 0);
    process_close(world->daemon);
}

static void open_world(struct world *world)
{
    struct error err = {0};

    *world = (struct world){0};
    snprintf(world->directory, sizeof world->directory,
            "/tmp/paperboy-reload-XXXXXX");
    assert_non_null(mkdtemp(world->directory));
    snprintf(world->config, sizeof world->config, "%s/paperboy.ini",
            world->directory);
    world->loop = loop_open(&err);
    assert_non_null(world->loop);
    world->server = http_server_open(world->loop);
}

static void start(struct world *world)
{
    open_world(world);
    write_config(world, "[channel one]\ntype = console\n");
    start_daemon(world);
}

static void end(struct world *world)
{
    char command[96];

    end_daemon(world);
    http_server_close(world->server);
    loop_close(world->loop);
    snprintf(command, sizeof command, "rm -r %s", world->directory);
    assert_int_equal(system(command), 0);
}

static void test_a_good_file_takes_over(void **state)
{
    (void)state;
    struct world world;

    start(&world);
    expect(&world, "msg=\"paperboy runs\"", 1);
    write_config(&world,
            "[channel one]\ntype = console\n"
            "[channel two]\ntype = console\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "channels=2", 1);
    process_signal(world.daemon, SIGHUP);
    expect(&world, "msg=\"paperboy runs\"", 3);
    end(&world);
}

static void test_a_bad_file_leaves_the_old_one_in_force(void **state)
{
    (void)state;
    struct world world;

    start(&world);
    expect(&world, "msg=\"paperboy runs\"", 1);
    write_config(&world, "[channel one]\ntype = consol\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "did you mean console?", 1);
    expect(&world, "the old one stays in force", 1);
    assert_int_equal(process_lines_with(world.daemon, "paperboy runs"), 1);
    write_config(&world, "[channel one]\ntype = console\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "msg=\"paperboy runs\"", 2);
    end(&world);
}

/* --- with a message under way --- */

static const char hook_section[] = "[channel one]\ntype = slack\nwebhook = "
                                   "%s/services/1\n%s";

static void write_hook_config(const struct world *world, const char *more)
{
    char channels[400];

    snprintf(channels, sizeof channels, hook_section,
            http_server_url(world->server), more);
    write_config(world, channels);
}

/* Into the outbox of the only channel. */
static void add_message(const struct world *world)
{
    char url[128];
    struct arena arena = {0};
    struct error err = {0};
    struct known_channel_list channels;
    int64_t id;

    snprintf(url, sizeof url, "sqlite:%s/paperboy.db", world->directory);
    struct store *store = store_registry_open(url, &err);
    assert_non_null(store);
    assert_true(store_channel_list(store, &arena, &channels, &err));
    assert_int_equal(channels.count, 1);
    const struct outbox_row row = {.channel_id = channels.items[0].id,
            .account = "one",
            .room = channels.items[0].room,
            .occasion = "post/2026-11-24/1",
            .delivery_key = "key",
            .verb = OUTBOX_SEND,
            .payload = "{}",
            .payload_bytes = 2,
            .next_try_ms = 1,
            .receipt = "",
            .complaint = "",
            .created_ms = 1};
    assert_true(store_outbox_add(store, &row, &id, &err));
    store_close(store);
    arena_finish(&arena);
}

static bool has_asked(void *ctx)
{
    return http_server_count(((struct world *)ctx)->server) > 0;
}

/* A daemon whose one message has left and waits for its answer. */
static void start_waiting(struct world *world, const struct http_script *script)
{
    open_world(world);
    http_server_script(world->server, script);
    write_hook_config(world, "");
    start_daemon(world);
    expect(world, "msg=\"paperboy runs\"", 1);
    end_daemon(world); /* the store knows the channel */
    add_message(world);
    start_daemon(world);
    assert_true(loop_wait_until(world->loop, has_asked, world, limit_ms));
}

static void test_of_two_new_files_the_last_takes_over(void **state)
{
    (void)state;
    struct world world;
    const struct http_script slow = {.body = "ok", .delay_ms = 4000};

    start_waiting(&world, &slow);
    write_hook_config(&world, "[channel two]\ntype = console\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "configuration read again", 1);
    assert_int_equal(process_lines_with(world.daemon, "channels=2"), 0);
    write_hook_config(&world,
            "[channel two]\ntype = console\n[channel three]\ntype = "
            "console\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "configuration read again", 2);
    expect(&world, "channels=3", 1);
    assert_int_equal(process_lines_with(world.daemon, "channels=2"), 0);
    assert_int_equal(http_server_count(world.server), 1);
    end(&world);
}

static void test_a_webhook_that_was_not_asked_is_not_said_to_work(void **state)
{
    (void)state;
    struct world world;

    open_world(&world);
    write_hook_config(&world, "");
    start_daemon(&world);
    expect(&world, "account not asked: a webhook shows only by a message", 1);
    assert_int_equal(process_lines_with(world.daemon, "account works"), 0);
    assert_int_equal(http_server_count(world.server), 0);
    end(&world);
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void test_it_ends_within_10_s_though_a_server_never_answers(void **state)
{
    (void)state;
    struct world world;
    const struct http_script silence = {.act = SERVER_SILENCE};

    start_waiting(&world, &silence);
    double before = seconds_now();
    end(&world);
    assert_true(seconds_now() - before < 10);
}

/* --- at its start --- */

static void test_it_asks_at_its_start_whose_token_it_has(void **state)
{
    (void)state;
    struct world world;
    char section[400];

    open_world(&world);
    http_server_answer(world.server, "GET", "/_matrix/client/versions", 0, 200,
            "{\"versions\":[\"v1.11\"]}");
    http_server_answer(world.server, "GET", "/_matrix/client/v3/account/whoami",
            0, 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"no\"}");
    snprintf(section, sizeof section,
            "[account home]\ntype = matrix\nhomeserver = %s\ntoken = t\n"
            "[channel one]\naccount = home\nroom = !r:localhost\n",
            http_server_url(world.server));
    write_config(&world, section);
    start_daemon(&world);
    expect(&world, "account does not work", 1);
    expect(&world, "M_UNKNOWN_TOKEN", 1);
    end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_good_file_takes_over),
            cmocka_unit_test(test_a_bad_file_leaves_the_old_one_in_force),
            cmocka_unit_test(test_of_two_new_files_the_last_takes_over),
            cmocka_unit_test(
                    test_it_ends_within_10_s_though_a_server_never_answers),
            cmocka_unit_test(
                    test_a_webhook_that_was_not_asked_is_not_said_to_work),
            cmocka_unit_test(test_it_asks_at_its_start_whose_token_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
