/* What commands set holds for every subcommand, and is told. */
#include "bot/roster.h"
#include "tests/unit/program_stage.h"

static void ask(struct stage *stage, const char *command)
{
    assert_int_equal(call(CONFIGURED(stage, "ask"), command, NULL), 0);
}

static void test_what_was_asked_for_holds_for_every_subcommand(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    ask(stage, "unsubscribe CL");
    ask(stage, "credit Chosen here");
    ask(stage, "style full");
    assert_int_equal(call(CONFIGURED(stage, "digest"), "--channel", "team",
                             NULL),
            0);
    assert_string_equal(stage->out,
            "RO - Robotics\n"
            "Chosen here\n"
            "1. [RO] Walking robots that fall well\n"
            "A Long\n"
            "They fall softly. Code is on github.com.\n"
            "https://arxiv.org/abs/2611.00001\n"
            "arXiv 11-24 announcement · 1 new + 0 cross-listed, 1 chosen\n");
    assert_int_equal(call(CONFIGURED(stage, "explain"), "2611.00002",
                             "--channel", "team", NULL),
            0);
    assert_non_null(strstr(stage->out,
            "not posted: it is in none of the channel's categories\n"));
    assert_int_equal(call(CONFIGURED(stage, "rank"), "--from",
                             in_folder(stage, "papers"), "--channel", "team",
                             NULL),
            0);
    assert_string_equal(stage->out,
            "17 2611.00001 Walking robots that fall "
            "well\n"
            "0 2611.00002 Small models, long talks\n");
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_string_equal(stage->out, "posted 1 paper to team in 1 message\n");
}

static void test_status_shows_what_commands_set_and_by_whom(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    ask(stage, "schedule 18:00 Berlin");
    ask(stage, "pause");
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_string_equal(stage->out,
            "channel team: no digest yet, next not before it is resumed\n"
            "  paused = yes, by owner, Tue 2026-11-24 12:00\n"
            "  schedule = 18:00 weekdays, by owner, Tue 2026-11-24 12:00\n"
            "  timezone = Europe/Berlin, by owner, Tue 2026-11-24 12:00\n"
            "cs.RO: 2026-11-24 announced: 1 new, 0 cross-listed, 0 replaced\n"
            "cs.CL: 2026-11-24 announced: 1 new, 0 cross-listed, 0 replaced\n"
            "papers: 2, notes: 0\n"
            "messages: 0 to be sent, 0 sent, 0 parked\n");
    assert_int_equal(call(CONFIGURED(stage, "status"), "--json", NULL), 0);
    assert_non_null(strstr(stage->out,
            "\"next\":null,\"broken\":\"\",\"settings\":[{\"key\":\"paused\","
            "\"value\":\"yes\",\"person\":\"owner\","
            "\"time\":\"2026-11-24T11:00:00Z\"},{\"key\":\"schedule\","));
}

static void test_status_counts_what_could_not_be_read(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s",
                                        in_folder(stage, "p.db")),
                    NULL);

    assert_non_null(store);
    assert_true(store_value_put(store,
            "account/team/" ACCOUNT_MEMORY_UNREADABLE, "12", NULL));
    store_close(store);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out,
            "account team: 12 encrypted messages could not be read\n"));
    assert_int_equal(call(CONFIGURED(stage, "status"), "--json", NULL), 0);
    assert_non_null(strstr(stage->out,
            "\"accounts\":[{\"name\":\"team\",\"unreadable\":12}]"));
}

static void test_the_log_tells_who_changed_what(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    ask(stage, "style full");
    stage->time.ms += 60000;
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    stage->time.ms += 60000;
    ask(stage, "reset all");
    assert_int_equal(call(CONFIGURED(stage, "log"), "--channel", "team", NULL),
            0);
    assert_string_equal(stage->out,
            "Tue 2026-11-24 19:00  team  by owner: style: brief -> full\n"
            "Tue 2026-11-24 19:01  team  post/2026-11-24/1: sent, 1 message\n"
            "Tue 2026-11-24 19:02  team  by owner: reset style: full -> "
            "brief\n");
    assert_int_equal(call(CONFIGURED(stage, "log"), "-n", "1", "--json", NULL),
            0);
    assert_string_equal(stage->out,
            "{\"time\":\"2026-11-24T11:02:00Z\",\"channel\":\"team\","
            "\"person\":\"owner\",\"change\":\"reset style: full -> brief\"}"
            "\n");
}

static void
test_only_those_in_charge_change_a_channel_at_a_terminal(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "ask"), "--as", "ana", "style full",
                             NULL),
            0);
    assert_string_equal(stage->out,
            "Sorry, only people in charge of this channel may do that: its "
            "moderators.\n");
    assert_int_equal(call(CONFIGURED(stage, "log"), NULL), 0);
    assert_string_equal(stage->out, "nothing yet\n");
}

/* As the daemon does it. */
static void invite(struct stage *stage, const char *room, const char *label)
{
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s",
                                        in_folder(stage, "p.db")),
                    NULL);
    int64_t id;

    assert_non_null(store);
    assert_true(store_channel_put(store, "team", room, label, tuesday_ms, &id,
            NULL));
    assert_true(roster_keep_invited(store, id, NULL));
    store_close(store);
}

static void test_a_room_that_the_bot_was_invited_to_has_its_name(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    invite(stage, "!lab:example.org", "lab");
    assert_int_equal(call(CONFIGURED(stage, "ask"), "--channel", "lab",
                             "subscribe RO", NULL),
            0);
    assert_int_equal(call(CONFIGURED(stage, "digest"), "--channel", "lab",
                             NULL),
            0);
    assert_non_null(strstr(stage->out, "Walking robots that fall well"));
    assert_null(strstr(stage->out, "Small models, long talks"));
    assert_int_equal(call(CONFIGURED(stage, "log"), "--channel", "lab", NULL),
            0);
    assert_string_equal(stage->out,
            "Tue 2026-11-24 11:00 UTC  lab  by owner: "
            "subscribe: RO\n");
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out,
            "channel lab: no digest yet, next never by itself\n"
            "  categories = cs.RO, by owner, Tue 2026-11-24 11:00 UTC\n"));
    assert_int_equal(call(CONFIGURED(stage, "log"), "--channel", "lba", NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: there is no channel \"lba\" in DIR/paperboy.ini; did "
            "you mean lab?\n");
}

static void test_settings_go_from_one_database_to_another(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    ask(stage, "style full");
    ask(stage, "unsubscribe CL");
    assert_int_equal(call(CONFIGURED(stage, "export"), NULL), 0);
    assert_string_equal(stage->out,
            "; What commands set of channels. \"paperboy import FILE\" brings "
            "it into a database.\n"
            "[paperboy]\n"
            "format = 1\n"
            "\n"
            "[channel 1]\n"
            "account = team\n"
            "room = webhook\n"
            "label = team\n"
            "categories = cs.RO\n"
            "categories_set = 2026-11-24T11:00:00.000Z owner\n"
            "style = full\n"
            "style_set = 2026-11-24T11:00:00.000Z owner\n");
    const char *file = write_file(stage, "settings.ini", stage->out);
    const char *before = stage->out;
    ask(stage, "reset all");
    ask(stage, "subscribe LG");
    assert_int_equal(call(CONFIGURED(stage, "import"), file, NULL), 0);
    assert_string_equal(stage->out,
            "channel team: 2 set, 0 so already\n"
            "  categories: cs.RO cs.CL cs.LG -> cs.RO\n"
            "  style: as configured -> full\n"
            "1 channel: 2 settings set, 0 so already\n");
    assert_int_equal(call(CONFIGURED(stage, "export"), NULL), 0);
    assert_string_equal(stage->out, before);
    assert_int_equal(call(CONFIGURED(stage, "import"), "--json", file, NULL),
            0);
    assert_string_equal(stage->out,
            "{\"channels\":[{\"name\":\"team\",\"set\":0,\"same\":2}],"
            "\"votes\":0,\"saved\":0,\"there\":0,\"passed_over\":0}\n");
}

static void test_saved_papers_are_carried_if_asked_for(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    ask(stage, "save 2611.00001");
    assert_int_equal(call(CONFIGURED(stage, "export"), NULL), 0);
    assert_null(strstr(stage->out, "2611.00001"));
    assert_int_equal(call(CONFIGURED(stage, "export"), "--people", NULL), 0);
    assert_non_null(strstr(stage->out,
            "[person 1]\n"
            "account = team\n"
            "id = owner\n"
            "saved_1 = 2611.00001 2026-11-24T11:00:00.000Z\n"));
    const char *file = write_file(stage, "all.ini",
            arena_format(&stage->arena,
                    "%ssaved_2 = 2611.09999 2026-11-24T11:00:00.000Z\n",
                    stage->out));
    ask(stage, "unsave 2611.00001");
    assert_int_equal(call(CONFIGURED(stage, "import"), file, NULL), 0);
    assert_string_equal(stage->out,
            "0 channels: 0 settings set, 0 so already\n"
            "0 votes and 1 saved paper taken in, 0 so already\n"
            "1 passed over: their papers are not here; bring them, and import "
            "again:\n"
            "  paperboy fetch --id 2611.09999\n");
}

static void test_an_import_that_is_not_understood_changes_nothing(void **state)
{
    struct stage *stage = *state;

    take_in_the_day(stage);
    const char *file = write_file(stage, "settings.ini",
            "[paperboy]\nformat = 1\n[channel 1]\naccount = team\n"
            "room = webhook\nlabel = team\nstyle = loud\n"
            "style_set = 2026-11-24T11:00:00Z ana\n");
    assert_int_equal(call(CONFIGURED(stage, "import"), file, NULL), 1);
    assert_string_equal(stage->err,
            "DIR/settings.ini:7: [channel 1] style: \"loud\" is no style; "
            "expected brief or full\n"
            "paperboy: 1 mistake; nothing was imported\n");
    assert_int_equal(call(CONFIGURED(stage, "import"), NULL), 2);
    assert_int_equal(call(CONFIGURED(stage, "import"), "/nowhere.ini", NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: /nowhere.ini: cannot be read: No such file or "
            "directory\n");
    assert_int_equal(call(CONFIGURED(stage, "log"), NULL), 0);
    assert_string_equal(stage->out, "nothing yet\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_what_was_asked_for_holds_for_every_subcommand),
            TEST(test_status_shows_what_commands_set_and_by_whom),
            TEST(test_status_counts_what_could_not_be_read),
            TEST(test_the_log_tells_who_changed_what),
            TEST(test_only_those_in_charge_change_a_channel_at_a_terminal),
            TEST(test_a_room_that_the_bot_was_invited_to_has_its_name),
            TEST(test_settings_go_from_one_database_to_another),
            TEST(test_saved_papers_are_carried_if_asked_for),
            TEST(test_an_import_that_is_not_understood_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
