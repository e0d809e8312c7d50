/* The program as a whole: help, wrong use, and what the daemon says. */

#include "tests/unit/program_stage.h"

#include "bot/base/log.h"
#include "tests/support/paper_file.h"

#include <unistd.h>

/* --- help and wrong use --- */

/* "  run      the daemon: ..." for each. */
static const char *overview(struct arena *arena)
{
    struct text text;
    text_init(&text, arena, 10000);
    text_add(&text,
            "Paperboy delivers the day's arXiv papers to your channels.\n\n"
            "usage: paperboy COMMAND [--config FILE] [--store URL] [--json]\n"
            "\n");
    for (size_t i = 0; i < program_count; i++)
        text_add_format(&text, "  %-8s %s\n", program_table[i]->name,
                program_table[i]->summary);
    text_add(&text,
            "\npaperboy COMMAND --help   says more, with examples\n"
            "paperboy --version        says which paperboy this is\n");
    return text_string(&text);
}

static void test_help_lists_every_command(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "--help", NULL), 0);
    assert_string_equal(stage->out, overview(&stage->arena));
    assert_int_equal(call(stage, NULL), 2);
    assert_string_equal(stage->out, "");
    assert_string_equal(stage->err, overview(&stage->arena));
    assert_int_equal(call(stage, "--version", NULL), 0);
    assert_string_equal(stage->out, "paperboy " PAPERBOY_VERSION "\n");
}

static void test_each_command_helps_with_examples(void **state)
{
    struct stage *stage = *state;
    for (size_t i = 0; i < program_count; i++) {
        const char *name = program_table[i]->name;
        assert_int_equal(call(stage, name, "--help", NULL), 0);
        const char *help = stage->out;
        assert_true(text_starts(help,
                arena_format(&stage->arena, "usage: paperboy %s", name)));
        assert_non_null(strstr(help,
                arena_format(&stage->arena, "Examples:\n  ")));
        assert_non_null(strstr(help, "--store URL"));
        assert_int_equal(call(stage, "help", name, NULL), 0);
        assert_string_equal(stage->out, help);
    }
}

static void test_wrong_use_is_named_with_the_nearest_right_one(void **state)
{
    static const struct {
        const char *words[4], *err;
    } wrong[] = {
            {{"fetsh"},
                    "paperboy: there is no command \"fetsh\"; did you mean "
                    "fetch?\nTry: paperboy --help\n"},
            {{"fetch", "--form", "x"},
                    "paperboy fetch: there is no option --form; did you mean "
                    "--from?\nTry: paperboy fetch --help\n"},
            {{"fetch", "--from"},
                    "paperboy fetch: --from needs a value: --from FILE\n"
                    "Try: paperboy fetch --help\n"},
            {{"fetch", "--strict=yes"},
                    "paperboy fetch: --strict takes no value\n"
                    "Try: paperboy fetch --help\n"},
            {{"fetch", "day.jsonl"},
                    "paperboy fetch: \"day.jsonl\" belongs to no option\n"
                    "Try: paperboy fetch --help\n"},
            {{"fetch", "--date", "2026-02-30"},
                    "paperboy fetch: --date \"2026-02-30\" is no day; expected "
                    "such as 2026-11-24\nTry: paperboy fetch --help\n"},
            {{"post"},
                    "paperboy post: say where to: --channel NAME\n"
                    "Try: paperboy post --help\n"},
            {{"rank"},
                    "paperboy rank: say of what: --from FILE\n"
                    "Try: paperboy rank --help\n"},
            {{"digest", "--from", "-", "--format=txt"},
                    "paperboy digest: there is no format \"txt\"; did you mean "
                    "text?\nTry: paperboy digest --help\n"},
            {{"digest", "--from", "-", "--style=ful"},
                    "paperboy digest: --style: \"ful\" is no style; did you "
                    "mean full?\nTry: paperboy digest --help\n"},
            {{"digest", "--categories", "LG", "CV"},
                    "paperboy digest: \"CV\" is one word too many; "
                    "--categories takes one, write a list with commas\n"
                    "Try: paperboy digest --help\n"},
            {{"post", "--channel", "a", "b"},
                    "paperboy post: \"b\" is one word too many; --channel "
                    "takes one\nTry: paperboy post --help\n"},
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *const *words = wrong[i].words;
        assert_int_equal(call(stage, words[0], words[1], words[2], words[3],
                                 NULL),
                2);
        assert_string_equal(stage->err, wrong[i].err);
        assert_string_equal(stage->out, "");
    }
}

static void test_without_a_configuration_it_says_where_it_looked(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "post", "--channel", "team", NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: no configuration: looked for paperboy.ini, "
            "/nowhere/.config/paperboy/paperboy.ini and /etc/paperboy.ini; "
            "\"paperboy init\" writes one, --config FILE names another\n");
}

/* --- run --- */

static void
test_the_daemon_posts_at_its_hour_whatever_verifying_says(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->ends_ms = wednesday_hour_ms + 60000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_int_equal(stage->product.shown_count, 1);
    assert_string_equal(stage->product.shown[0].occasion, "digest/2026-11-25");
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out, "channel team: last 2026-1"));
}

static void test_the_daemon_says_at_its_start_what_comes_when(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    FILE *file = tmpfile();
    log_open(file, LOG_INFO, &stage->clock);
    stage->ends_ms = tuesday_ms + 1000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    log_close();
    fseek(file, 0, SEEK_END);
    assert_non_null(strstr(contents(stage, file),
            " channel=team at=\"Wed 2026-11-25 13:30 "
            "Asia/Shanghai\""));
}

static void test_a_daemon_without_channels_does_not_start(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", "[bot]\ncontact = a@b\n");
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: DIR/paperboy.ini has no channel; add a section "
            "[channel NAME], see config.example.ini\n");
}

/* It can be asked into a room. */
static void test_an_account_with_rooms_is_served_without_channels(void **state)
{
    struct stage *stage = *state;
    static const struct account_kind rooms = {.kind = "rooms",
            .keys = no_keys,
            .room_help = "a room's id",
            .open = open_account};
    static const struct account_kind *const kinds[] = {&rooms, NULL};
    stage->outside.kinds.accounts = kinds;
    stage->ends_ms = tuesday_ms + 1000;
    write_file(stage, "paperboy.ini",
            "[store]\nurl = sqlite:p.db\n[account home]\ntype = rooms\n");
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_string_equal(stage->err, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_help_lists_every_command),
            TEST(test_each_command_helps_with_examples),
            TEST(test_wrong_use_is_named_with_the_nearest_right_one),
            TEST(test_without_a_configuration_it_says_where_it_looked),
            TEST(test_the_daemon_posts_at_its_hour_whatever_verifying_says),
            TEST(test_the_daemon_says_at_its_start_what_comes_when),
            TEST(test_a_daemon_without_channels_does_not_start),
            TEST(test_an_account_with_rooms_is_served_without_channels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
