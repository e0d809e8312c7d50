#include "adapters/channels/channels.h"
#include "adapters/transport.h"
#include "tests/support/sent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct world {
    struct transport *transport;
    struct account *account;
    FILE *paper;
};

static void open_on(struct world *world, FILE *paper)
{
    static const struct settings settings = {.name = "here", .contact = ""};

    world->paper = paper;
    world->transport = transport_open(NULL);
    assert_non_null(world->transport);
    world->transport->console = paper;
    world->transport->console_is_terminal = false;
    world->account = console_kind.open(&settings, world->transport, NULL, NULL);
    assert_non_null(world->account);
}

static void close_all(struct world *world)
{
    world->account->ops->close(world->account);
    transport_close(world->transport);
    fclose(world->paper);
}

static struct sent print(struct world *world, const char *payload)
{
    struct outbox_row row = sent_row("", "key", payload);
    struct sent sent;

    sent_begin(&sent, world->account, &row);
    sent_wait(&sent, world->transport->loop);
    return sent;
}

static void test_messages_are_written_one_below_the_other(void **state)
{
    (void)state;
    struct world world;
    char read[64] = "";

    open_on(&world, tmpfile());
    assert_false(print(&world, "早报\n").failed);
    assert_false(print(&world, "no end of line").failed);
    assert_false(print(&world, "").failed);
    assert_false(print(&world, "last\n").failed);
    rewind(world.paper);
    fread(read, 1, sizeof read - 1, world.paper);
    assert_string_equal(read, "早报\nno end of line\nlast\n");
    close_all(&world);
}

static void test_it_is_written_when_the_send_returns(void **state)
{
    (void)state;
    struct world world;
    struct sent sent;
    struct outbox_row row = sent_row("", "key", "now\n");

    open_on(&world, tmpfile());
    sent_begin(&sent, world.account, &row);
    assert_int_equal(ftell(world.paper), 4);
    assert_false(sent.over);
    sent_wait(&sent, world.transport->loop);
    assert_string_equal(sent.id, "");
    close_all(&world);
}

static void test_a_terminal_sees_titles_bold_and_links_faint(void **state)
{
    (void)state;
    static const struct settings settings = {.name = "here", .contact = ""};
    struct world world;
    char read[400] = "";

    open_on(&world, tmpfile());
    world.account->ops->close(world.account);
    world.transport->console_is_terminal = true;
    world.account = console_kind.open(&settings, world.transport, NULL, NULL);
    print(&world,
            "LG - 机器学习\n1、[LG] 甲\n[A & B]\n2. [cs.SY] Two\n"
            "https://arxiv.org/abs/1\n\n[hep-th] Also\n[CV]");
    rewind(world.paper);
    fread(read, 1, sizeof read - 1, world.paper);
    assert_string_equal(read,
            "LG - 机器学习\n\033[1m1、[LG] 甲\033[0m\n[A & B]\n"
            "\033[1m2. [cs.SY] Two\033[0m\n"
            "\033[2mhttps://arxiv.org/abs/1\033[0m\n\n"
            "\033[1m[hep-th] Also\033[0m\n[CV]\n");
    close_all(&world);
}

static void test_a_full_disk_may_pass(void **state)
{
    (void)state;
    struct world world;
    FILE *full = fopen("/dev/full", "w");

    if (full == NULL) {
        puts("SKIP there is no /dev/full here");
        skip();
    }
    open_on(&world, full);
    struct sent sent = print(&world, "x\n");
    assert_true(sent.failed);
    assert_int_equal(sent.err.kind, ERROR_RETRY);
    assert_true(sent.maybe_taken);
    assert_non_null(strstr(sent.err.text, "console: "));
    close_all(&world);
}

static void test_a_reader_that_left_is_the_end(void **state)
{
    (void)state;
    struct world world;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    open_on(&world, fdopen(ends[1], "w")); /* SIGPIPE is ignored from here */
    close(ends[0]);
    struct sent sent = print(&world, "x\n");
    assert_true(sent.failed);
    assert_int_equal(sent.err.kind, ERROR_STOP);
    close_all(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_messages_are_written_one_below_the_other),
            cmocka_unit_test(test_it_is_written_when_the_send_returns),
            cmocka_unit_test(test_a_terminal_sees_titles_bold_and_links_faint),
            cmocka_unit_test(test_a_full_disk_may_pass),
            cmocka_unit_test(test_a_reader_that_left_is_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
