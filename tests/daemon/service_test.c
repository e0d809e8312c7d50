/*
 * A real "paperboy run" under a service manager: the socket is the test's own.
 */
#include "adapters/loop.h"
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
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static const int64_t limit_ms = 20000;

struct manager {
    struct loop *loop;
    struct process *daemon;
    int socket;
    char directory[64];
    char heard[4000]; /* "READY=1|WATCHDOG=1|" */
    const char *awaited;
};

static bool has_heard(void *ctx)
{
    struct manager *manager = ctx;
    char line[200];
    ssize_t count;

    while ((count = recv(manager->socket, line, sizeof line, 0)) > 0) {
        size_t length = strlen(manager->heard);
        snprintf(manager->heard + length, sizeof manager->heard - length,
                "%.*s|", (int)count, line);
    }
    return strstr(manager->heard, manager->awaited) != NULL;
}

static void expect(struct manager *manager, const char *words)
{
    manager->awaited = words;
    if (loop_wait_until(manager->loop, has_heard, manager, limit_ms))
        return;
    fail_msg("\"%s\" never came, but %s; the log: %s", words, manager->heard,
            process_said(manager->daemon));
}

static bool has_ended(void *ctx)
{
    return process_ended(((struct manager *)ctx)->daemon);
}

static void listen_for_it(struct manager *manager)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    snprintf(address.sun_path, sizeof address.sun_path, "%s/notify",
            manager->directory);
    manager->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(manager->socket, (struct sockaddr *)&address,
                             sizeof address),
            0);
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    setenv("WATCHDOG_USEC", "100000", 1);
}

static void start(struct manager *manager)
{
    char config[96];
    const char *program = getenv("PAPERBOY_PROGRAM");

    assert_non_null(program); /* "make test" sets it */
    snprintf(manager->directory, sizeof manager->directory,
            "/tmp/paperboy-service-XXXXXX");
    assert_non_null(mkdtemp(manager->directory));
    snprintf(config, sizeof config, "%s/paperboy.ini", manager->directory);
    FILE *file = fopen(config, "w");
    assert_non_null(file);
    fputs("[channel one]\ntype = console\n", file);
    fclose(file);
    listen_for_it(manager);
    manager->loop = loop_open(NULL);
    assert_non_null(manager->loop);
    const char *args[] = {program, "run", "--config", config, NULL};
    manager->daemon = process_start(manager->loop, args);
}

static void end(struct manager *manager)
{
    char command[96];

    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    process_close(manager->daemon);
    loop_close(manager->loop);
    close(manager->socket);
    snprintf(command, sizeof command, "rm -r %s", manager->directory);
    assert_int_equal(system(command), 0);
}

static void
test_the_daemon_says_that_it_is_ready_alive_and_stopping(void **state)
{
    struct manager manager = {0};
    (void)state;

    start(&manager);
    expect(&manager, "READY=1|WATCHDOG=1|WATCHDOG=1|");
    process_signal(manager.daemon, SIGHUP);
    expect(&manager, "RELOADING=1|READY=1|");
    process_signal(manager.daemon, SIGTERM);
    expect(&manager, "STOPPING=1|");
    assert_true(loop_wait_until(manager.loop, has_ended, &manager, limit_ms));
    assert_int_equal(process_exit_code(manager.daemon), 0);
    end(&manager);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_the_daemon_says_that_it_is_ready_alive_and_stopping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
