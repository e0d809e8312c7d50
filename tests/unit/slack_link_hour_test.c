/* Hours of made-up time with a made-up Slack: it sends a command every second
 * down any connection that it believes open, and what is not answered within three
 * seconds again: at once, after a minute and after five, as it does with events. */
#include "adapters/channels/slack_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    STEP_MS = 50,
    HOUR_MS = 3600 * INT64_C(1000),
    WAY_MS = 150,       /* from one side to the other */
    OPEN_MS = 400,      /* until the greeting */
    ANSWER_MS = 3000,   /* Slack's patience */
    SILENCE_MS = 30000, /* ours, of a half-open connection */
    COMMANDS_MAX = 4000,
    TRIES_MAX = 4,
    WAITING_MAX = 400, /* commands that may still be tried again */
};

/* Slack's side of a socket. */
struct line {
    bool open, deaf;
    int64_t hello_ms, warn_ms, end_ms, deaf_ms;
    bool greeted, warned;
};

struct command {
    int64_t sent_ms, arrives_ms; /* of the last try */
    unsigned line, tries;
    uint64_t life; /* of the line it was sent down */
    bool here;
};

/* What happens to connections. */
struct weather {
    int64_t lasts_ms;  /* a connection */
    int64_t notice_ms; /* between the word and the end */
    enum slack_link_reason word;
    int64_t deaf_every_ms; /* one falls silent so often; 0: never */
    int64_t crowd_from_ms, crowd_to_ms;   /* no room for new ones */
    int64_t closed_from_ms, closed_to_ms; /* Socket Mode switched off */
};

static struct {
    struct slack_link link;
    struct chance_seed seed;
    struct random_source chance;
    const struct weather *weather;
    struct line lines[SLACK_LINK_SOCKETS_MAX];
    uint64_t lives[SLACK_LINK_SOCKETS_MAX];
    struct command commands[COMMANDS_MAX];
    size_t command_count, lost, late, refused;
    unsigned opened, most_open, gaps_ms;
    int64_t now_ms, next_deaf_ms;
} world;

static void begin(const struct weather *weather, unsigned wanted)
{
    memset(&world, 0, sizeof world);
    world.seed = (struct chance_seed){11};
    world.chance = chance_seeded(&world.seed);
    world.weather = weather;
    world.next_deaf_ms =
            weather->deaf_every_ms > 0 ? weather->deaf_every_ms : INT64_MAX;
    slack_link_init(&world.link, wanted, &slack_link_times_usual,
            &world.chance);
}

static bool within(int64_t from_ms, int64_t to_ms)
{
    return world.now_ms >= from_ms && world.now_ms < to_ms;
}

static void open_line(unsigned number)
{
    int64_t lasts_ms = world.weather->lasts_ms;

    world.opened++;
    world.lives[number]++;
    lasts_ms += (int64_t)world.chance.below(world.chance.state,
            (uint64_t)lasts_ms / 4 + 1);
    world.lines[number] = (struct line){.open = true,
            .hello_ms = world.now_ms + OPEN_MS,
            .warn_ms = world.now_ms + lasts_ms,
            .end_ms = world.now_ms + lasts_ms + world.weather->notice_ms};
}

static void act(void)
{
    enum slack_link_act what;
    unsigned number;

    while ((what = slack_link_next(&world.link, world.now_ms, &number)) !=
            SLACK_LINK_WAIT) {
        if (what == SLACK_LINK_OPEN)
            open_line(number);
        else
            world.lines[number].open = false;
    }
}

static void greet(unsigned number)
{
    struct line *line = &world.lines[number];

    line->greeted = true;
    if (within(world.weather->crowd_from_ms, world.weather->crowd_to_ms)) {
        line->open = false;
        slack_link_told(&world.link, number, SLACK_LINK_CROWDED, world.now_ms);
    } else if (within(world.weather->closed_from_ms,
                       world.weather->closed_to_ms)) {
        line->open = false;
        slack_link_told(&world.link, number, SLACK_LINK_DISABLED, world.now_ms);
    } else {
        slack_link_greeted(&world.link, number, world.now_ms);
    }
}

static void turn_line(unsigned number)
{
    struct line *line = &world.lines[number];
    const struct error silent = {.kind = ERROR_RETRY};

    if (!line->open)
        return;
    if (!line->greeted && line->hello_ms <= world.now_ms)
        greet(number);
    if (line->open && line->greeted && !line->deaf && !line->warned &&
            line->warn_ms <= world.now_ms) {
        line->warned = true;
        slack_link_told(&world.link, number, world.weather->word, world.now_ms);
    }
    if (line->deaf && line->deaf_ms + SILENCE_MS <= world.now_ms) {
        line->open = false;
        slack_link_lost(&world.link, number, &silent, world.now_ms);
    } else if (!line->deaf && line->end_ms + WAY_MS < world.now_ms) {
        line->open = false;
        slack_link_lost(&world.link, number, NULL, world.now_ms);
    }
}

static void fall_silent(void)
{
    if (world.now_ms < world.next_deaf_ms)
        return;
    world.next_deaf_ms += world.weather->deaf_every_ms;
    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
        if (world.lines[i].open && world.lines[i].greeted) {
            world.lines[i].deaf = true;
            world.lines[i].deaf_ms = world.now_ms;
            return;
        }
}

/* --- commands --- */

static bool believed_open(const struct line *line)
{
    return line->open && line->greeted &&
            (line->deaf || world.now_ms < line->end_ms);
}

static bool choose(unsigned *number)
{
    unsigned found = 0;

    for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
        if (believed_open(&world.lines[i]) &&
                world.chance.below(world.chance.state, ++found) == 0)
            *number = i;
    return found > 0;
}

static void try_command(struct command *command)
{
    command->tries++;
    command->sent_ms = world.now_ms;
    command->arrives_ms = INT64_MAX;
    if (!choose(&command->line))
        return;
    command->life = world.lives[command->line];
    command->arrives_ms = world.now_ms + WAY_MS;
}

static void turn_command(struct command *command)
{
    static const int64_t waits_ms[TRIES_MAX] = {0, ANSWER_MS,
            ANSWER_MS + 60 * INT64_C(1000), ANSWER_MS + 300 * INT64_C(1000)};
    const struct line *line = &world.lines[command->line];

    if (command->here)
        return;
    if (command->arrives_ms <= world.now_ms) {
        command->here = line->open && !line->deaf &&
                world.lives[command->line] == command->life;
        command->arrives_ms = INT64_MAX;
        world.late += command->here && command->tries > 1;
    }
    if (!command->here && command->tries < TRIES_MAX &&
            command->sent_ms + waits_ms[command->tries] <= world.now_ms)
        try_command(command);
}

static void turn_commands(void)
{
    size_t first = world.command_count > WAITING_MAX
            ? world.command_count - WAITING_MAX
            : 0;

    if (world.now_ms % 1000 == 0 && world.now_ms > 2000 &&
            world.now_ms < HOUR_MS)
        try_command(&world.commands[world.command_count++]);
    for (size_t i = first; i < world.command_count; i++)
        turn_command(&world.commands[i]);
}

/* And until the last try of the last command. */
static void run(void)
{
    unsigned open, number;

    for (; world.now_ms < HOUR_MS + 400 * INT64_C(1000);
            world.now_ms += STEP_MS) {
        act();
        for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
            turn_line(i);
        fall_silent();
        turn_commands();
        open = 0;
        for (unsigned i = 0; i < SLACK_LINK_SOCKETS_MAX; i++)
            open += world.lines[i].open;
        world.most_open = open > world.most_open ? open : world.most_open;
        if (world.now_ms > 2000 && !choose(&number))
            world.gaps_ms += STEP_MS;
    }
    for (size_t i = 0; i < world.command_count; i++)
        world.lost += !world.commands[i].here;
}

static void show(const char *name)
{
    print_message("# PRINT Socket Mode, an hour, %s: %u connections, at most "
                  "%u at once, %zu commands, %zu at a later try, %zu lost, "
                  "%u ms without one\n",
            name, world.opened, world.most_open, world.command_count,
            world.late, world.lost, world.gaps_ms);
}

/* --- claims --- */

static void test_warnings_lose_no_command_and_delay_none(void **state)
{
    static const struct weather weather = {.lasts_ms = 90 * INT64_C(1000),
            .notice_ms = 10 * INT64_C(1000),
            .word = SLACK_LINK_WARNING};

    (void)state;
    begin(&weather, 1);
    run();
    show("warnings");
    assert_int_equal(world.lost, 0);
    assert_int_equal(world.late, 0);
    assert_int_equal(world.gaps_ms, 0);
    assert_in_range(world.opened, 30, 45);
    assert_int_equal(world.most_open, 2);
}

static void test_refreshes_of_three_connections_lose_none(void **state)
{
    static const struct weather weather = {.lasts_ms = 90 * INT64_C(1000),
            .notice_ms = 30 * INT64_C(1000),
            .word = SLACK_LINK_REFRESH};

    (void)state;
    begin(&weather, 3);
    run();
    show("refreshes of three");
    assert_int_equal(world.lost, 0);
    assert_int_equal(world.late, 0);
    assert_int_equal(world.gaps_ms, 0);
    assert_true(world.most_open <= 6);
}

static void test_half_open_connections_lose_no_event_with_two(void **state)
{
    static const struct weather weather = {.lasts_ms = 3600 * INT64_C(1000),
            .notice_ms = 10 * INT64_C(1000),
            .word = SLACK_LINK_WARNING,
            .deaf_every_ms = 240 * INT64_C(1000)};

    (void)state;
    begin(&weather, 2);
    run();
    show("half-open, two wanted");
    assert_true(world.late > 0);
    assert_int_equal(world.lost, 0);
    assert_in_range(world.opened, 10, 20);
}

static void test_a_crowd_of_ten_minutes_is_sat_out(void **state)
{
    static const struct weather weather = {.lasts_ms = 300 * INT64_C(1000),
            .notice_ms = 10 * INT64_C(1000),
            .word = SLACK_LINK_WARNING,
            .crowd_from_ms = 600 * INT64_C(1000),
            .crowd_to_ms = 1200 * INT64_C(1000)};

    (void)state;
    begin(&weather, 1);
    run();
    show("a crowd of ten minutes");
    assert_in_range(world.opened, 20, 45);
    assert_true(world.gaps_ms <= 660 * INT64_C(1000));
    assert_int_equal(slack_link_ready(&world.link), 1);
}

static void test_switched_off_it_comes_back_when_switched_on(void **state)
{
    static const struct weather weather = {.lasts_ms = 300 * INT64_C(1000),
            .notice_ms = 10 * INT64_C(1000),
            .word = SLACK_LINK_WARNING,
            .closed_from_ms = 900 * INT64_C(1000),
            .closed_to_ms = 2400 * INT64_C(1000)};

    (void)state;
    begin(&weather, 1);
    run();
    show("switched off for 25 minutes");
    assert_true(world.gaps_ms <= (1500 + 310) * 1000);
    assert_in_range(world.opened, 10, 25);
    assert_int_equal(slack_link_ready(&world.link), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_warnings_lose_no_command_and_delay_none),
            cmocka_unit_test(test_refreshes_of_three_connections_lose_none),
            cmocka_unit_test(test_half_open_connections_lose_no_event_with_two),
            cmocka_unit_test(test_a_crowd_of_ten_minutes_is_sat_out),
            cmocka_unit_test(test_switched_off_it_comes_back_when_switched_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
