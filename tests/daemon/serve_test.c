/*
 * A real "paperboy run" with [server]: what is really bound, what it answers, and
 * how it goes over to another configuration.
 */
#include "adapters/transport.h"
#include "tests/support/loop_wait.h"
#include "tests/support/process.h"
#include "tests/support/raw_client.h"

#include <inttypes.h>
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

static const int64_t limit_ms = 20000;

struct world {
    struct loop *loop;
    struct process *daemon;
    char directory[64], config[96];
    const char *awaited;
    size_t times;
    char address[64];
};

static void write_config(const struct world *world, const char *server)
{
    FILE *file = fopen(world->config, "w");

    assert_non_null(file);
    fprintf(file,
            "[store]\nurl = sqlite:paperboy.db\n"
            "[channel one]\ntype = console\ncategories = LG\n%s",
            server);
    fclose(file);
}

static bool has_said(void *ctx)
{
    const struct world *world = ctx;

    return process_lines_with(world->daemon, world->awaited) >= world->times;
}

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

static void begin(struct world *world, const char *server)
{
    struct error err = {0};

    *world = (struct world){0};
    snprintf(world->directory, sizeof world->directory,
            "/tmp/paperboy-serve-XXXXXX");
    assert_non_null(mkdtemp(world->directory));
    snprintf(world->config, sizeof world->config, "%s/paperboy.ini",
            world->directory);
    world->loop = loop_open(&err);
    assert_non_null(world->loop);
    write_config(world, server);
    const char *program = getenv("PAPERBOY_PROGRAM");
    assert_non_null(program); /* "make test" sets it */
    world->daemon = process_start(world->loop,
            (const char *const[]){program, "run", "--config", world->config,
                    "--log", "logfmt", NULL});
}

static int wait_end(struct world *world)
{
    char command[96];

    assert_true(loop_wait_until(world->loop, has_ended, world, limit_ms));
    int code = process_exit_code(world->daemon);
    process_close(world->daemon);
    loop_close(world->loop);
    snprintf(command, sizeof command, "rm -r %s", world->directory);
    assert_int_equal(system(command), 0);
    return code;
}

static void end(struct world *world)
{
    process_signal(world->daemon, SIGTERM);
    assert_int_equal(wait_end(world), 0);
}

/* The last "server listens address=..." in its log. */
static const char *address_of(struct world *world, const char *begin)
{
    const char *said = process_said(world->daemon), *last = NULL;
    char words[64];

    snprintf(words, sizeof words, "server listens\" address=%s", begin);
    while ((said = strstr(said, words)) != NULL)
        last = said++;
    if (last == NULL)
        fail_msg("nothing listens on %s...", begin);
    else
        last += strcspn(last, "=") + 1;
    snprintf(world->address, sizeof world->address, "%.*s",
            last == NULL ? 0 : (int)strcspn(last, " \n"),
            last == NULL ? "" : last);
    return world->address;
}

/* --- what is bound --- */

/* The inodes of a process's sockets stand in the links of its descriptors. */
static bool owns(int pid, unsigned long inode)
{
    char path[64], link[64], wanted[64];

    snprintf(wanted, sizeof wanted, "socket:[%lu]", inode);
    for (int fd = 0; fd < 256; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
        ssize_t length = readlink(path, link, sizeof link - 1);
        if (length > 0 && (size_t)length == strlen(wanted) &&
                memcmp(link, wanted, (size_t)length) == 0)
            return true;
    }
    return false;
}

/* Adds the addresses, in the kernel's own hexadecimal form, on which a process
 * listens. */
static void listening(const char *table, int pid, char *out, size_t size)
{
    FILE *file = fopen(table, "r");
    char line[512], local[64];
    unsigned state;
    unsigned long inode;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line,
                    " %*d: %63[0-9A-F]:%*x %*[0-9A-F]:%*x %x %*s %*s %*s %*s "
                    "%*s %lu",
                    local, &state, &inode) != 3 ||
                state != 0x0a || !owns(pid, inode))
            continue;
        size_t length = strlen(out);
        snprintf(out + length, size - length, "%s ", local);
    }
    fclose(file);
}

static void assert_bound(const struct world *world, const char *wanted)
{
    char bound[256] = "";

    listening("/proc/net/tcp", process_id(world->daemon), bound, sizeof bound);
    listening("/proc/net/tcp6", process_id(world->daemon), bound, sizeof bound);
    assert_string_equal(bound, wanted);
}

#define LOOPBACK "0100007F "
#define LOOPBACK6 "00000000000000000000000001000000 "

static void test_without_a_server_nothing_is_bound(void **state)
{
    (void)state;
    struct world world;

    begin(&world, "");
    expect(&world, "msg=\"paperboy runs\"", 1);
    assert_bound(&world, "");
    end(&world);
}

static void test_loopback_is_loopback_and_nothing_else(void **state)
{
    (void)state;
    struct world world;

    begin(&world, "[server]\nlisten = 127.0.0.1:0\n");
    expect(&world, "msg=\"paperboy runs\"", 1);
    assert_bound(&world, LOOPBACK);
    end(&world);
}

static void test_the_other_loopback_is_bound_if_asked_for(void **state)
{
    (void)state;
    struct world world;

    begin(&world, "[server]\nlisten = 127.0.0.1:0, [::1]:0\n");
    expect(&world, "msg=\"paperboy runs\"", 1);
    assert_bound(&world, LOOPBACK LOOPBACK6);
    end(&world);
}

/* --- what it answers --- */

static void assert_answers(struct world *world, const char *path,
        const char *text)
{
    struct raw_client *client =
            raw_client_open(world->loop, world->address, NULL);
    char request[128];

    snprintf(request, sizeof request,
            "GET %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", path);
    assert_true(raw_client_say(client, request));
    assert_true(raw_client_wait_hung_up(client));
    if (strstr(raw_client_heard(client), text) == NULL)
        fail_msg("%s: %s", path, raw_client_heard(client));
    raw_client_close(client);
}

static void test_it_says_that_it_is_well_and_how_it_goes(void **state)
{
    (void)state;
    struct world world;

    begin(&world,
            "[writer main]\ntype = libretranslate\n"
            "url = http://127.0.0.1:9\nmoney_a_day = 1.5\nprice_in = 20\n"
            "[server]\nlisten = 127.0.0.1:0\n"
            "[bot]\ncontact = you@example.org\n"
            "[source openalex]\nurl = http://127.0.0.1:9\n");
    expect(&world, "msg=\"paperboy runs\"", 1);
    address_of(&world, "127");
    assert_answers(&world, "/healthz", "200 OK\r\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_outbox_messages{state=\"due\"} 0\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_feed_state{category=\"cs.LG\",state=\"unknown\"} 1\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_writer_requests{writer=\"main\"} 0\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_writer_refused_notes{writer=\"main\"} 0\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_writer_money_left{writer=\"main\"} 1.500000\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_facts_requests_left{source=\"openalex\"} 100\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_facts_refused_papers{source=\"openalex\"} 0\n");
    assert_answers(&world, "/metrics",
            "\npaperboy_facts_failing_requests{source=\"openalex\"} 0\n");
    assert_answers(&world, "/", "404 Not Found");
    end(&world);
}

/* --- another configuration --- */

static void test_a_hang_up_brings_the_server_to_another_address(void **state)
{
    (void)state;
    struct world world;

    begin(&world, "[server]\nlisten = 127.0.0.1:0\n");
    expect(&world, "msg=\"paperboy runs\"", 1);
    write_config(&world, "[server]\nlisten = [::1]:0\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "msg=\"paperboy runs\"", 2);
    assert_bound(&world, LOOPBACK6);
    address_of(&world, "[::1]");
    assert_answers(&world, "/healthz", "200 OK\r\n");
    write_config(&world, "");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "msg=\"paperboy runs\"", 3);
    assert_bound(&world, "");
    end(&world);
}

static void test_a_certificate_that_is_none_leaves_the_old_server(void **state)
{
    (void)state;
    struct world world;

    begin(&world, "[server]\nlisten = 127.0.0.1:0\n");
    expect(&world, "msg=\"paperboy runs\"", 1);
    write_config(&world,
            "[server]\nlisten = 127.0.0.1:0 [::1]:0\n"
            "certificate = none.pem\nkey = none.key\n");
    process_signal(world.daemon, SIGHUP);
    expect(&world, "the old one stays in force", 1);
    expect(&world, "none.pem: No such file or directory", 1);
    assert_bound(&world, LOOPBACK);
    address_of(&world, "127");
    assert_answers(&world, "/healthz", "200 OK\r\n");
    end(&world);
}

static void test_a_port_in_use_is_said_and_ends_it(void **state)
{
    (void)state;
    struct world first, second;
    char server[128];

    begin(&first, "[server]\nlisten = 127.0.0.1:0\n");
    expect(&first, "msg=\"paperboy runs\"", 1);
    snprintf(server, sizeof server, "[server]\nlisten = %s\n",
            address_of(&first, "127"));
    begin(&second, server);
    expect(&second, "is in use by another program", 1);
    assert_int_equal(wait_end(&second), 1);
    end(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_without_a_server_nothing_is_bound),
            cmocka_unit_test(test_loopback_is_loopback_and_nothing_else),
            cmocka_unit_test(test_the_other_loopback_is_bound_if_asked_for),
            cmocka_unit_test(test_it_says_that_it_is_well_and_how_it_goes),
            cmocka_unit_test(
                    test_a_hang_up_brings_the_server_to_another_address),
            cmocka_unit_test(
                    test_a_certificate_that_is_none_leaves_the_old_server),
            cmocka_unit_test(test_a_port_in_use_is_said_and_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
