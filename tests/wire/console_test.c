#include "adapters/channels/channels.h"
#include "adapters/transport.h"
#include "tests/support/loop_wait.h"
#include "tests/support/sent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    HEARD_MAX = 16,
};

struct world {
    struct transport *transport;
    struct account *account;
    FILE *paper;
    struct account_ears ears;
    char heard[HEARD_MAX][64]; /* what was typed, or its beginning */
    size_t longest, count, wanted;
    size_t refuse; /* so many times from now on */
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

/* --- listening --- */

static bool take(void *ctx, struct account *account, const struct event *events,
        size_t count, const char *checkpoint, struct error *err)
{
    struct world *world = ctx;

    (void)account;
    (void)checkpoint;
    assert_int_equal(count, 1);
    assert_string_equal(events[0].person, "owner");
    assert_string_equal(events[0].room, "");
    assert_int_equal(events[0].kind, EVENT_COMMAND);
    if (world->refuse > 0) {
        world->refuse--;
        return error_set(err, ERROR_RETRY, "the disk is full");
    }
    assert_true(world->count < HEARD_MAX);
    if (strlen(events[0].text) > world->longest)
        world->longest = strlen(events[0].text);
    snprintf(world->heard[world->count++], sizeof world->heard[0], "%.60s",
            events[0].text);
    return true;
}

static bool has_heard(void *ctx)
{
    const struct world *world = ctx;

    return world->count >= world->wanted;
}

/* A console that listens to a descriptor, a terminal or not. */
static void listen_to(struct world *world, int fd, bool terminal,
        const char *listens)
{
    const struct setting key = {"listen", listens};
    const struct settings settings = {.name = "here",
            .items = &key,
            .count = listens == NULL ? 0 : 1,
            .contact = ""};

    *world = (struct world){.paper = tmpfile()};
    world->transport = transport_open(NULL);
    assert_non_null(world->transport);
    world->transport->console = world->paper;
    world->transport->typed = fd;
    world->transport->typed_is_terminal = terminal;
    world->account = console_kind.open(&settings, world->transport, NULL, NULL);
    world->ears = (struct account_ears){take, world};
    world->account->ops->listen(world->account, &world->ears, "");
}

static void wait_for(struct world *world, size_t count)
{
    world->wanted = count;
    assert_true(loop_wait_until(world->transport->loop, has_heard, world,
            20000));
    assert_int_equal(world->count, count);
}

static void put(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static void test_each_line_that_is_typed_is_a_command(void **state)
{
    (void)state;
    struct world world;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    listen_to(&world, ends[0], true, NULL);
    put(ends[1], "today LG\n\n  \n");
    wait_for(&world, 1);
    put(ends[1], "今天");
    loop_wait_ms(world.transport->loop, 20);
    put(ends[1], " CV\nhelp\nlast");
    wait_for(&world, 3);
    close(ends[1]);
    wait_for(&world, 4);
    assert_string_equal(world.heard[0], "today LG");
    assert_string_equal(world.heard[1], "今天 CV");
    assert_string_equal(world.heard[2], "help");
    assert_string_equal(world.heard[3], "last");
    close_all(&world);
    close(ends[0]);
}

static void test_without_a_terminal_nobody_is_heard_unless_asked(void **state)
{
    (void)state;
    static const struct {
        bool terminal;
        const char *listens;
        size_t heard;
    } cases[] = {{false, NULL, 0}, {false, "yes", 1}, {true, "no", 0}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world world;
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        listen_to(&world, ends[0], cases[i].terminal, cases[i].listens);
        put(ends[1], "help\n");
        loop_wait_ms(world.transport->loop, 50);
        assert_int_equal(world.count, cases[i].heard);
        close_all(&world);
        close(ends[0]);
        close(ends[1]);
    }
}

static void test_a_file_is_read_to_its_end(void **state)
{
    (void)state;
    struct world world;
    FILE *file = tmpfile();

    fputs("one\ntwo\nthree", file);
    fflush(file);
    rewind(file);
    listen_to(&world, fileno(file), false, "yes");
    wait_for(&world, 3);
    assert_string_equal(world.heard[2], "three");
    loop_wait_ms(world.transport->loop, 20);
    close_all(&world);
    fclose(file);
}

static void test_a_line_without_end_is_one_command(void **state)
{
    (void)state;
    struct world world;
    int ends[2];
    static char text[20000];

    memset(text, 'a', sizeof text - 1);
    assert_int_equal(pipe(ends), 0);
    listen_to(&world, ends[0], true, NULL);
    put(ends[1], text);
    put(ends[1], "\nhelp\n");
    wait_for(&world, 2);
    assert_int_equal(world.longest, 8192);
    assert_string_equal(world.heard[1], "help");
    close_all(&world);
    close(ends[0]);
    close(ends[1]);
}

static void test_what_could_not_be_kept_is_handed_on_again(void **state)
{
    (void)state;
    struct world world;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    listen_to(&world, ends[0], true, NULL);
    world.refuse = 1;
    put(ends[1], "help\ntoday\n");
    wait_for(&world, 2);
    assert_string_equal(world.heard[0], "help");
    assert_string_equal(world.heard[1], "today");
    close_all(&world);
    close(ends[0]);
    close(ends[1]);
}

static void permitted(void *cookie, bool allowed, const struct error *err)
{
    bool *done = cookie;

    assert_true(allowed && err == NULL);
    *done = true;
}

static void test_whoever_types_is_in_charge(void **state)
{
    (void)state;
    struct world world;
    bool done = false;

    open_on(&world, tmpfile());
    world.account->ops->permission(world.account, NULL, "owner", permitted,
            &done);
    assert_false(done);
    assert_true(loop_wait(world.transport->loop, &done));
    close_all(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_each_line_that_is_typed_is_a_command),
            cmocka_unit_test(
                    test_without_a_terminal_nobody_is_heard_unless_asked),
            cmocka_unit_test(test_a_file_is_read_to_its_end),
            cmocka_unit_test(test_a_line_without_end_is_one_command),
            cmocka_unit_test(test_what_could_not_be_kept_is_handed_on_again),
            cmocka_unit_test(test_whoever_types_is_in_charge),
            cmocka_unit_test(test_messages_are_written_one_below_the_other),
            cmocka_unit_test(test_it_is_written_when_the_send_returns),
            cmocka_unit_test(test_a_terminal_sees_titles_bold_and_links_faint),
            cmocka_unit_test(test_a_full_disk_may_pass),
            cmocka_unit_test(test_a_reader_that_left_is_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
