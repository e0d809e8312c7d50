/*
 * A real "paperboy run" that is told to read its configuration again.
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
#include <unistd.h>

#include <cmocka.h>

static const int64_t limit_ms = 20000;

struct world {
    struct loop *loop;
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

static void start(struct world *world)
{
    struct error err = {0};
    const char *program = getenv("PAPERBOY_PROGRAM");

    assert_non_null(program); /* "make test" sets it */
    *world = (struct world){0};
    snprintf(world->directory, sizeof world->directory,
            "/tmp/paperboy-reload-XXXXXX");
    assert_non_null(mkdtemp(world->directory));
    snprintf(world->config, sizeof world->config, "%s/paperboy.ini",
            world->directory);
    write_config(world, "[channel one]\ntype = console\n");
    world->loop = loop_open(&err);
    assert_non_null(world->loop);
    const char *args[] = {program, "run", "--config", world->config, "--log",
            "logfmt", NULL};
    world->daemon = process_start(world->loop, args);
}

static void end(struct world *world)
{
    char command[96];

    process_signal(world->daemon, SIGTERM);
    assert_true(loop_wait_until(world->loop, has_ended, world, limit_ms));
    assert_int_equal(process_exit_code(world->daemon), 0);
    process_close(world->daemon);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_good_file_takes_over),
            cmocka_unit_test(test_a_bad_file_leaves_the_old_one_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
