/* What people set goes through a file and comes back the same. */
#include "bot/transfer.h"

#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/roster.h"
#include "bot/transfer_escape.h"
#include "tests/support/store_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    ROUNDS = 40,
    CHANNELS_MAX = 5,
};

static char *exported(struct store *store, struct arena *arena)
{
    struct transfer transfer;
    char *bytes = NULL;
    size_t size = 0;

    assert_true(transfer_collect(store, true, arena, &transfer, NULL));
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    transfer_write(&transfer, out);
    assert_int_equal(fclose(out), 0);
    char *text = arena_string(arena, bytes);
    free(bytes);
    return text;
}

/* Every complaint, a line each; "" if it was read and kept. */
static const char *imported(struct store *store, const char *text,
        struct arena *arena)
{
    struct config_complaints complaints = {.arena = arena};
    struct transfer transfer;
    struct transfer_report_list reports;
    struct error err = {0};
    const char *all = "";

    if (transfer_read(text, &complaints, &transfer)) {
        if (!transfer_keep(store, &transfer, "owner", 5, arena, &reports, &err))
            fail_msg("%s", err.text);
        return "";
    }
    for (size_t i = 0; i < complaints.list.count; i++)
        all = arena_format(arena, "%s%d: %s\n", all,
                complaints.list.items[i].line, complaints.list.items[i].text);
    return all;
}

/* --- round trips --- */

static const char *one_of(const struct random_source *chance,
        const char *const *items, size_t count)
{
    return items[chance->below(chance->state, count)];
}

#define ONE_OF(chance, items)                                                  \
    one_of((chance), (items), sizeof(items) / sizeof *(items))

/* Any bytes but NUL, the awkward ones often. */
static char *any_text(const struct random_source *chance, size_t most,
        struct arena *arena)
{
    static const char *const pieces[] = {"a", " ", ";", "\\", "\"", "=", ":",
            "#", "[", "]", "\n", "\t", "机器", "é", "\xFF", "\x01", "  ",
            "@ana:example.org", " ; ", "\\x20", "\xF0\x9F\x98\x80"};
    struct text text;

    text_init(&text, arena, 4000);
    for (uint64_t n = chance->below(chance->state, most); n > 0; n--)
        text_add(&text, ONE_OF(chance, pieces));
    return arena_string(arena, text_string(&text));
}

static const char *any_value(const struct random_source *chance,
        const char *key, struct arena *arena)
{
    static const char *const categories[] = {"cs.LG", "cs.LG math.CV hep-th"};
    static const char *const schedules[] = {"off", "08:00 weekdays",
            "13:30 mon wed sun"};
    static const char *const zones[] = {"Asia/Shanghai", "Europe/Berlin"};
    struct text text;

    if (text_same(key, "categories"))
        return ONE_OF(chance, categories);
    if (text_same(key, "schedule"))
        return ONE_OF(chance, schedules);
    if (text_same(key, "timezone"))
        return ONE_OF(chance, zones);
    if (text_same(key, "credit"))
        return chance->below(chance->state, 2) == 0 ? "A ; B \\ [c]" : "";
    if (!text_same(key, "words"))
        return NULL;
    text_init(&text, arena, 8000);
    for (uint64_t n = chance->below(chance->state, 60); n > 0; n--)
        text_add_format(&text, "%s\"optimal ; 运输 \\ %d\"",
                text.length > 0 ? " " : "", (int)n);
    return text_string(&text);
}

static void set_some(struct store *store, const struct random_source *chance,
        int64_t id, struct arena *arena)
{
    for (size_t i = 0; channel_settings_keys[i] != NULL; i++) {
        const char *key = channel_settings_keys[i];
        const char *value = any_value(chance, key, arena);
        const struct channel_setting setting = {.key = key,
                .value = value == NULL ? "" : value,
                .person = any_text(chance, 6, arena),
                .set_ms = (int64_t)chance->below(chance->state,
                        INT64_C(1795411800000))};
        if (value != NULL && chance->below(chance->state, 2) == 0)
            assert_true(store_setting_put(store, id, &setting, NULL));
    }
}

static const char *paper_of(const struct random_source *chance,
        struct arena *arena)
{
    return arena_format(arena, "2611.%05d",
            (int)chance->below(chance->state, 3) + 1);
}

static int64_t instant_of(const struct random_source *chance)
{
    return (int64_t)chance->below(chance->state, INT64_C(1795411800000));
}

/* All papers that anybody may vote on or save. */
static void put_papers(struct store *store)
{
    static const char *const ids[] = {"2611.00001", "2611.00002", "2611.00003"};
    enum store_change change;

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct paper paper = paper_empty();
        paper.id = ids[i];
        paper.title = "T";
        assert_true(store_paper_put(store, &paper, 1, &change, NULL));
    }
}

static void vote_some(struct store *store, const struct random_source *chance,
        int64_t id, struct arena *arena)
{
    for (uint64_t n = chance->below(chance->state, 6); n > 0; n--) {
        const struct vote vote = {.person = arena_format(arena, "@%s",
                                          any_text(chance, 5, arena)),
                .paper_id = paper_of(chance, arena),
                .value = chance->below(chance->state, 2) == 0 ? VOTE_UP
                                                              : VOTE_DOWN,
                .voted_ms = instant_of(chance)};
        int before;
        assert_true(store_vote_put(store, id, &vote, &before, NULL));
    }
}

static void save_some(struct store *store, const struct random_source *chance,
        struct arena *arena)
{
    for (uint64_t n = chance->below(chance->state, 9); n > 0; n--) {
        const struct saved_paper saved = {.paper_id = paper_of(chance, arena),
                .saved_ms = instant_of(chance)};
        bool added;
        assert_true(store_saved_put(store, any_text(chance, 2, arena),
                arena_format(arena, "@%s", any_text(chance, 3, arena)), &saved,
                &added, NULL));
    }
}

static void fill(struct store *store, const struct random_source *chance,
        struct arena *arena)
{
    save_some(store, chance, arena);
    for (uint64_t n = chance->below(chance->state, CHANNELS_MAX); n > 0; n--) {
        const char *room =
                arena_format(arena, "%d%s", (int)n, any_text(chance, 5, arena));
        int64_t id;
        assert_true(store_channel_put(store, any_text(chance, 3, arena), room,
                any_text(chance, 30, arena), 1, &id, NULL));
        if (chance->below(chance->state, 2) == 0)
            assert_true(roster_keep_invited(store, id, NULL));
        set_some(store, chance, id, arena);
        vote_some(store, chance, id, arena);
    }
}

static void round_trips(const char *kind)
{
    struct chance_seed seed = {.state = 11};
    struct random_source chance = chance_seeded(&seed);

    for (int i = 0; i < ROUNDS; i++) {
        struct store_fixture from, to;
        store_fixture_open(&from, kind);
        store_fixture_open(&to, "memory");
        put_papers(from.store);
        put_papers(to.store);
        fill(from.store, &chance, &from.arena);
        char *first = exported(from.store, &from.arena);
        assert_string_equal(imported(to.store, first, &to.arena), "");
        assert_string_equal(exported(to.store, &to.arena), first);
        assert_string_equal(imported(to.store, first, &to.arena), "");
        assert_string_equal(exported(to.store, &to.arena), first);
        store_fixture_close(&from);
        store_fixture_close(&to);
    }
}

static void
test_what_was_exported_is_imported_the_same_from_memory(void **state)
{
    (void)state;
    round_trips("memory");
}

static void
test_what_was_exported_is_imported_the_same_from_sqlite(void **state)
{
    (void)state;
    round_trips("sqlite");
}

static void test_no_line_is_longer_than_the_reader_takes(void **state)
{
    struct store_fixture fixture;
    struct text value;
    int64_t id;
    (void)state;

    store_fixture_open(&fixture, "memory");
    text_init(&value, &fixture.arena, 20000);
    for (int i = 0; i < 500; i++)
        text_add(&value, "\"扩散 ;模型\" ");
    assert_true(store_channel_put(fixture.store, "a", "r", "l", 1, &id, NULL));
    assert_true(store_setting_put(fixture.store, id,
            &(struct channel_setting){.key = "words",
                    .value = text_string(&value),
                    .person = "p",
                    .set_ms = 1},
            NULL));
    for (const char *line = exported(fixture.store, &fixture.arena);
            *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 198);
    store_fixture_close(&fixture);
}

static void test_any_string_is_escaped_and_comes_back(void **state)
{
    struct chance_seed seed = {.state = 3};
    struct random_source chance = chance_seeded(&seed);
    struct arena arena = {0};
    (void)state;

    for (int i = 0; i < 2000; i++) {
        char *text = any_text(&chance, 12, &arena);
        assert_string_equal(transfer_escape_undo(transfer_escape(text, &arena),
                                    &arena),
                text);
    }
    assert_null(transfer_escape_undo("a\\b", &arena));
    assert_null(transfer_escape_undo("a\\", &arena));
    assert_null(transfer_escape_undo("a\\x0", &arena));
    assert_null(transfer_escape_undo("a\\x00", &arena));
    arena_finish(&arena);
}

/* --- merging --- */

static const char people[] =
        "[paperboy]\n"
        "format = 1\n"
        "[votes 1]\n"
        "account = home\n"
        "room = r\n"
        "label = team\n"
        "vote_1 = up 2611.00001 2026-11-24T05:30:00.000Z ana\n"
        "vote_2 = down 2611.00002 2026-11-24T05:30:00.000Z ana\n"
        "vote_3 = up 2611.00009 2026-11-24T05:30:00.000Z bo\n"
        "[person 1]\n"
        "account = home\n"
        "id = ana\n"
        "saved_1 = 2611.00001 2026-11-24T05:30:00.000Z\n"
        "saved_2 = 2611.00003 2026-11-24T05:30:00.000Z\n"
        "saved_3 = hep-th/9901001 2026-11-24T05:30:00.000Z\n";

static struct transfer_tally tally_of(struct store *store, const char *text,
        struct arena *arena)
{
    struct config_complaints complaints = {.arena = arena};
    struct transfer transfer;
    struct transfer_report_list reports;

    assert_true(transfer_read(text, &complaints, &transfer));
    assert_true(transfer_keep(store, &transfer, "owner", 5, arena, &reports,
            NULL));
    return reports.people;
}

static void test_votes_and_saved_papers_are_merged(void **state)
{
    struct store_fixture fixture;
    struct vote newer = {"ana", "2611.00001", VOTE_DOWN,
            INT64_C(1895411800000)};
    struct vote older = {"ana", "2611.00002", VOTE_UP, 7};
    const struct saved_paper saved = {"2611.00003", 7};
    struct vote_list votes;
    struct saved_list list;
    int before;
    bool added;
    int64_t id;
    (void)state;

    store_fixture_open(&fixture, "sqlite");
    struct store *store = fixture.store;
    put_papers(store);
    assert_true(store_channel_put(store, "home", "r", "ours", 1, &id, NULL));
    assert_true(store_vote_put(store, id, &newer, &before, NULL));
    assert_true(store_vote_put(store, id, &older, &before, NULL));
    assert_true(store_saved_put(store, "home", "ana", &saved, &added, NULL));
    struct transfer_tally tally = tally_of(store, people, &fixture.arena);
    assert_int_equal(tally.votes, 1);
    assert_int_equal(tally.saved, 1);
    assert_int_equal(tally.same, 2);
    assert_int_equal(tally.passed_over, 2);
    assert_int_equal(tally.unknown.count, 2);
    assert_string_equal(tally.unknown.items[0], "2611.00009");
    assert_string_equal(tally.unknown.items[1], "hep-th/9901001");
    assert_true(store_vote_list(store, id, 9, &fixture.arena, &votes, NULL));
    assert_int_equal(votes.count, 2);
    assert_string_equal(votes.items[0].paper_id, "2611.00001");
    assert_int_equal(votes.items[0].value, VOTE_DOWN);
    assert_int_equal(votes.items[1].value, VOTE_DOWN);
    assert_true(store_saved_list(store, "home", "ana", &fixture.arena, &list,
            NULL));
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[1].saved_ms, 7);
    struct taste taste;
    assert_true(store_taste_get(store, id, &fixture.arena, &taste, NULL));
    assert_true(taste.count > 0);
    assert_int_equal(taste.items[0].ups, 0);
    assert_int_equal(taste.items[0].downs, 2);
    tally = tally_of(store, people, &fixture.arena);
    assert_int_equal(tally.votes + tally.saved, 0);
    assert_int_equal(tally.same, 4);
    store_fixture_close(&fixture);
}

static void test_people_are_exported_only_if_asked_for(void **state)
{
    struct store_fixture fixture;
    struct transfer transfer;
    (void)state;

    store_fixture_open(&fixture, "memory");
    put_papers(fixture.store);
    tally_of(fixture.store, people, &fixture.arena);
    assert_true(transfer_collect(fixture.store, false, &fixture.arena,
            &transfer, NULL));
    assert_int_equal(transfer.votes_count + transfer.people_count, 0);
    assert_true(transfer_collect(fixture.store, true, &fixture.arena, &transfer,
            NULL));
    assert_int_equal(transfer.votes_count, 1);
    assert_int_equal(transfer.people_count, 1);
    store_fixture_close(&fixture);
}

/* More than fit into a section. */
static void test_a_thousand_votes_come_back(void **state)
{
    struct store_fixture from, to;
    int64_t id;
    (void)state;

    store_fixture_open(&from, "memory");
    store_fixture_open(&to, "memory");
    put_papers(from.store);
    put_papers(to.store);
    assert_true(store_channel_put(from.store, "home", "r", "l", 1, &id, NULL));
    for (int i = 0; i < 1001; i++) {
        const struct vote vote = {arena_format(&from.arena, "p%04d", i),
                "2611.00001", VOTE_UP, 7};
        int before;
        assert_true(store_vote_put(from.store, id, &vote, &before, NULL));
    }
    char *text = exported(from.store, &from.arena);
    assert_non_null(strstr(text, "[votes 3]"));
    assert_string_equal(imported(to.store, text, &to.arena), "");
    assert_string_equal(exported(to.store, &to.arena), text);
    store_fixture_close(&from);
    store_fixture_close(&to);
}

static void test_what_is_no_vote_is_named(void **state)
{
    struct store_fixture fixture;
    (void)state;

    store_fixture_open(&fixture, "memory");
    assert_string_equal(imported(fixture.store,
                                "[paperboy]\nformat = 1\n"
                                "[votes 1]\naccount = home\nroom = r\n"
                                "vote_1 = sideways 2611.00001 "
                                "2026-11-24T05:30:00.000Z ana\n"
                                "vote_2 = up 2611.00001 "
                                "2026-11-24T05:30:00.000Z\n"
                                "votes = 3\n"
                                "[person 1]\naccount = home\n"
                                "saved_1 = today 2026-11-24T05:30:00.000Z\n",
                                &fixture.arena),
            "3: [votes 1]: needs account, room and label\n"
            "6: [votes 1] vote_1: is no vote; expected such as up 2611.10001 "
            "2026-11-24T05:30:00.123Z @ana:example.org\n"
            "7: [votes 1] vote_2: is no vote; expected such as up 2611.10001 "
            "2026-11-24T05:30:00.123Z @ana:example.org\n"
            "8: [votes 1] votes: is not understood here\n"
            "9: [person 1]: needs account and id\n"
            "11: [person 1] saved_1: is no saved paper; expected such as "
            "2611.10001 2026-11-24T05:30:00.123Z\n");
    store_fixture_close(&fixture);
}

static const char two_settings[] = "[paperboy]\n"
                                   "format = 1\n"
                                   "[channel 1]\n"
                                   "account = home\n"
                                   "room = r\n"
                                   "label = team\n"
                                   "style = full\n"
                                   "style_set = 2026-11-24T05:30:00.000Z ana\n"
                                   "size = 3+0\n"
                                   "size_set = 2026-11-24T05:30:00.000Z\n";

static void
test_an_import_replaces_what_it_has_and_leaves_the_rest(void **state)
{
    struct store_fixture fixture;
    struct channel_setting_list list;
    struct channel_change_list changes;
    int64_t id;
    (void)state;

    store_fixture_open(&fixture, "memory");
    assert_true(store_channel_put(fixture.store, "home", "r", "ours", 1, &id,
            NULL));
    assert_true(store_setting_put(fixture.store, id,
            &(struct channel_setting){"size", "1+1", "bo", 9}, NULL));
    assert_true(store_setting_put(fixture.store, id,
            &(struct channel_setting){"when", "fresh", "bo", 9}, NULL));
    assert_string_equal(imported(fixture.store, two_settings, &fixture.arena),
            "");
    assert_true(store_setting_list(fixture.store, id, &fixture.arena, &list,
            NULL));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].value, "3+0");
    assert_string_equal(list.items[0].person, "");
    assert_string_equal(list.items[1].value, "full");
    assert_string_equal(list.items[1].person, "ana");
    assert_string_equal(list.items[2].person, "bo");
    assert_true(store_change_list(fixture.store, id, 9, &fixture.arena,
            &changes, NULL));
    assert_int_equal(changes.count, 1);
    assert_string_equal(changes.items[0].what, "import: size, style");
    store_fixture_close(&fixture);
}

static void
test_what_is_not_understood_is_named_and_nothing_is_kept(void **state)
{
    struct store_fixture fixture;
    (void)state;

    store_fixture_open(&fixture, "memory");
    assert_string_equal(imported(fixture.store,
                                "[paperboy]\n"
                                "format = 2\n"
                                "[channel 1]\n"
                                "account = home\n"
                                "room = r\n"
                                "style = fulll\n"
                                "style_set = yesterday\n"
                                "stile = full\n"
                                "size = 3+0\n"
                                "words.3 = x\n"
                                "colour = me\n"
                                "[weather]\n",
                                &fixture.arena),
            "2: [paperboy] format: is \"2\"; this paperboy understands 1, a "
            "newer one may understand more\n"
            "3: [channel 1]: needs account, room and label\n"
            "6: [channel 1] style: \"fulll\" is no style; did you mean full?\n"
            "8: [channel 1] stile: is not understood here; did you mean "
            "style?\n"
            "9: [channel 1] size_set: is missing or no instant and person; "
            "expected such as 2026-11-24T05:30:00.123Z @ana:example.org\n"
            "10: [channel 1] words.3: is not understood here; did you mean "
            "words?\n"
            "11: [channel 1] colour: is not understood here\n"
            "12: [weather]: this section is not understood\n");
    assert_string_equal(imported(fixture.store, "hello", &fixture.arena),
            "0: does not begin with [paperboy]; expected what \"paperboy "
            "export\" wrote\n"
            "1: this line is neither a [section] nor key = value nor a ; "
            "comment\n");
    assert_string_equal(imported(fixture.store,
                                arena_format(&fixture.arena,
                                        "%s[channel 2]\naccount = home\nroom = "
                                        "r\n"
                                        "label = x\n",
                                        two_settings),
                                &fixture.arena),
            "11: this is the same channel as at line 3; put them together\n");
    struct known_channel_list known;
    assert_true(store_channel_list(fixture.store, &fixture.arena, &known,
            NULL));
    assert_int_equal(known.count, 0);
    store_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_what_was_exported_is_imported_the_same_from_memory),
            cmocka_unit_test(
                    test_what_was_exported_is_imported_the_same_from_sqlite),
            cmocka_unit_test(test_no_line_is_longer_than_the_reader_takes),
            cmocka_unit_test(test_any_string_is_escaped_and_comes_back),
            cmocka_unit_test(test_votes_and_saved_papers_are_merged),
            cmocka_unit_test(test_people_are_exported_only_if_asked_for),
            cmocka_unit_test(test_a_thousand_votes_come_back),
            cmocka_unit_test(test_what_is_no_vote_is_named),
            cmocka_unit_test(
                    test_an_import_replaces_what_it_has_and_leaves_the_rest),
            cmocka_unit_test(
                    test_what_is_not_understood_is_named_and_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
