/* What a service manager hears, on a socket of the test's own. */
#include "adapters/notify.h"

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

struct manager {
    char folder[64], path[80];
    int socket;
    char heard[4000]; /* "READY=1|WATCHDOG=1|" */
    struct loop *loop;
    /* the core */
    bool ended, reloads;
    int signal; /* it sends itself when it was stepped */
    size_t signs_wanted;
};

static void listen_at(struct manager *manager, const char *name, size_t length)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, name, length);
    manager->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_true(manager->socket >= 0);
    assert_int_equal(bind(manager->socket, (struct sockaddr *)&address,
                             (socklen_t)(offsetof(struct sockaddr_un,
                                                 sun_path) +
                                     length)),
            0);
}

static int set_manager(void **state)
{
    struct manager *manager = calloc(1, sizeof *manager);
    if (manager == NULL)
        return -1;
    snprintf(manager->folder, sizeof manager->folder,
            "/tmp/paperboy-notify-XXXXXX");
    if (mkdtemp(manager->folder) == NULL)
        return -1;
    snprintf(manager->path, sizeof manager->path, "%s/socket", manager->folder);
    listen_at(manager, manager->path, strlen(manager->path) + 1);
    manager->loop = loop_open(NULL);
    *state = manager;
    return manager->loop == NULL ? -1 : 0;
}

static int clear_manager(void **state)
{
    struct manager *manager = *state;
    close(manager->socket);
    loop_close(manager->loop);
    unlink(manager->path);
    rmdir(manager->folder);
    free(manager);
    return 0;
}

static void hear(struct manager *manager)
{
    char line[200];
    ssize_t count;
    while ((count = recv(manager->socket, line, sizeof line, 0)) > 0) {
        size_t length = strlen(manager->heard);
        snprintf(manager->heard + length, sizeof manager->heard - length,
                "%.*s|", (int)count, line);
    }
}

static size_t heard(const struct manager *manager, const char *line)
{
    size_t count = 0;
    for (const char *at = manager->heard; (at = strstr(at, line)) != NULL; at++)
        count++;
    return count;
}

/* --- a core that ends once so many signs of life were heard --- */

static int64_t next_due_ms(void *ctx)
{
    const struct manager *manager = ctx;
    return manager->signal != 0 ? 0 : INT64_MAX;
}

static void step(void *ctx, int64_t now_ms)
{
    struct manager *manager = ctx;
    int number = manager->signal;
    (void)now_ms;
    manager->signal = 0;
    if (number != 0)
        kill(getpid(), number);
}

static void wind_down(void *ctx)
{
    struct manager *manager = ctx;
    manager->ended = true;
}

static void hang_up(void *ctx)
{
    struct manager *manager = ctx;
    manager->reloads = true;
    manager->signal = SIGTERM;
}

static bool finished(void *ctx)
{
    struct manager *manager = ctx;
    hear(manager);
    return manager->ended ||
            (manager->signs_wanted > 0 &&
                    heard(manager, "WATCHDOG=1") >= manager->signs_wanted);
}

static struct core core_of(struct manager *manager)
{
    return (struct core){.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .hang_up = hang_up,
            .finished = finished,
            .ctx = manager};
}

static void run(struct manager *manager,
        const struct notify_environment *environment)
{
    const struct core core = core_of(manager);
    struct notify *notify = notify_open(manager->loop, environment);
    const struct core told = notify_core(notify, &core);
    struct error err;
    assert_true(loop_run(manager->loop, &told, &err));
    notify_close(notify);
    hear(manager);
}

/* --- claims --- */

static void test_readiness_and_the_end_are_told(void **state)
{
    struct manager *manager = *state;
    manager->signal = SIGTERM;
    run(manager, &(struct notify_environment){.socket = manager->path});
    assert_string_equal(manager->heard, "READY=1|STOPPING=1|");
}

static void test_a_reload_is_told_with_its_end(void **state)
{
    struct manager *manager = *state;
    manager->signal = SIGHUP;
    run(manager, &(struct notify_environment){.socket = manager->path});
    assert_true(manager->reloads);
    assert_string_equal(manager->heard,
            "READY=1|RELOADING=1|READY=1|STOPPING=1|");
}

static void test_signs_of_life_come_at_half_the_managers_patience(void **state)
{
    struct manager *manager = *state;
    char pid[24];
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    int64_t began_ms = clock_now_ms(&loop_system_clock);
    manager->signs_wanted = 4;
    run(manager,
            &(struct notify_environment){.socket = manager->path,
                    .watchdog_usec = "40000",
                    .watchdog_pid = pid});
    int64_t took_ms = clock_now_ms(&loop_system_clock) - began_ms;
    assert_int_equal(heard(manager, "WATCHDOG=1"), 4);
    assert_true(took_ms >= 4 * 20 - 5);
}

static void test_the_watchdog_of_another_process_is_left_to_it(void **state)
{
    struct manager *manager = *state;
    const struct core core = core_of(manager);
    struct notify *notify = notify_open(manager->loop,
            &(struct notify_environment){.socket = manager->path,
                    .watchdog_usec = "2000",
                    .watchdog_pid = "1"});
    const struct core told = notify_core(notify, &core);
    manager->signal = SIGTERM;
    assert_true(loop_run(manager->loop, &told, NULL));
    notify_close(notify);
    hear(manager);
    assert_int_equal(heard(manager, "WATCHDOG"), 0);
}

static void test_a_name_in_the_abstract_space_is_reached(void **state)
{
    struct manager *manager = *state;
    char name[64];
    snprintf(name, sizeof name, "@paperboy-test-%ld", (long)getpid());
    close(manager->socket);
    char bytes[64];
    memcpy(bytes, name, sizeof bytes);
    bytes[0] = '\0';
    listen_at(manager, bytes, strlen(name));
    manager->signal = SIGTERM;
    run(manager, &(struct notify_environment){.socket = name});
    assert_string_equal(manager->heard, "READY=1|STOPPING=1|");
}

static void test_without_a_listener_all_goes_on(void **state)
{
    static const char *const nobody[] = {NULL, "", "relative", "@",
            "/nowhere/at/all"};
    struct manager *manager = *state;
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        manager->signal = SIGTERM;
        manager->ended = false;
        run(manager,
                &(struct notify_environment){.socket = nobody[i],
                        .watchdog_usec = "x"});
        assert_true(manager->ended);
    }
    assert_string_equal(manager->heard, "");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, set_manager, clear_manager)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_readiness_and_the_end_are_told),
            TEST(test_a_reload_is_told_with_its_end),
            TEST(test_signs_of_life_come_at_half_the_managers_patience),
            TEST(test_the_watchdog_of_another_process_is_left_to_it),
            TEST(test_a_name_in_the_abstract_space_is_reached),
            TEST(test_without_a_listener_all_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
