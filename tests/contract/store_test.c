/* The promises of bot/ports/store.h on channels, occasions, small values and
 * transactions, kept by every store. */
#include "store/registry.h"
#include "tests/contract/every_store.h"

#include <string.h>

static const struct civil_date monday = {2026, 11, 23};
static const struct civil_date tuesday = {2026, 11, 24};

/* --- channels --- */

static void test_a_channel_keeps_its_number_and_takes_a_label(void **state)
{
    struct known_channel_list channels = {0};
    int64_t id = 0;
    int64_t first = put_channel(store_of(state), "#ml:example.org");
    int64_t second = put_channel(store_of(state), "#cv:example.org");

    assert_int_not_equal(first, second);
    assert_true(store_channel_put(store_of(state), "home", "#ml:example.org",
            "renamed", 2000, &id, NULL));
    assert_int_equal(id, first);
    assert_true(store_channel_list(store_of(state), arena_of(state), &channels,
            NULL));
    assert_int_equal(channels.count, 2);
    assert_int_equal(channels.items[0].id, first);
    assert_string_equal(channels.items[0].account, "home");
    assert_string_equal(channels.items[0].room, "#ml:example.org");
    assert_string_equal(channels.items[0].label, "renamed");
    assert_int_equal(channels.items[0].created_ms, 1000);
    assert_string_equal(channels.items[0].broken, "");
}

static void test_a_channel_breaks_and_is_well_again(void **state)
{
    struct known_channel_list channels = {0};
    struct error err = {0};
    int64_t id = put_channel(store_of(state), "webhook");

    assert_true(store_channel_break(store_of(state), id, "HTTP 404", NULL));
    put_channel(store_of(state), "webhook");
    assert_true(store_channel_list(store_of(state), arena_of(state), &channels,
            NULL));
    assert_string_equal(channels.items[0].broken, "HTTP 404");
    assert_true(store_channel_break(store_of(state), id, "", NULL));
    assert_true(store_channel_list(store_of(state), arena_of(state), &channels,
            NULL));
    assert_string_equal(channels.items[0].broken, "");
    assert_false(store_channel_break(store_of(state), id + 1, "x", &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static void test_covered_comes_by_category_then_newest_date(void **state)
{
    struct covered_list covered = {0};
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");
    const struct covered_batch batches[] = {
            {"cs.LG", monday, 10},
            {"cs.CV", monday, 10},
            {"cs.LG", tuesday, 20},
            {"cs.LG", monday, 15},
    };

    for (size_t i = 0; i < 4; i++)
        assert_true(store_covered_put(store_of(state), id, &batches[i], NULL));
    assert_true(store_covered_put(store_of(state), other, &batches[0], NULL));
    assert_true(store_covered_list(store_of(state), id, arena_of(state),
            &covered, NULL));
    assert_int_equal(covered.count, 3);
    assert_string_equal(covered.items[0].category, "cs.CV");
    assert_int_equal(covered.items[1].date.day, 24);
    assert_int_equal(covered.items[1].arrival, 20);
    assert_int_equal(covered.items[2].date.day, 23);
    assert_int_equal(covered.items[2].arrival, 15);
}

static void test_the_first_posting_stands(void **state)
{
    struct posted_paper *read = NULL;
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    put_named(store_of(state), "1");
    assert_true(store_posted_add(store_of(state), id,
            &(struct posted_paper){"1", "digest/2026-11-23", 100}, NULL));
    assert_true(store_posted_add(store_of(state), id,
            &(struct posted_paper){"1", "digest/2026-11-24", 200}, NULL));
    assert_true(store_posted_get(store_of(state), id, "1", arena_of(state),
            &read, NULL));
    assert_string_equal(read->occasion, "digest/2026-11-23");
    assert_int_equal(read->posted_ms, 100);
    assert_string_equal(read->paper_id, "1");
    assert_true(store_posted_get(store_of(state), other, "1", arena_of(state),
            &read, NULL));
    assert_null(read);
}

static void test_what_names_no_channel_or_paper_is_our_mistake(void **state)
{
    struct store *store = store_of(state);
    struct covered_batch covered = {"cs.LG", monday, 1};
    struct posted_paper posted = {"1", "digest/x", 1};
    struct occasion occasion = {.channel_id = 5, .key = "digest/x"};
    struct error err = {0};

    assert_false(store_covered_put(store, 5, &covered, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_false(store_posted_add(store, put_channel(store, "a"), &posted,
            &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_false(store_occasion_record(store, &occasion, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

/* --- occasions --- */

static bool record(struct store *store, int64_t channel_id, const char *key,
        struct error *err)
{
    struct occasion occasion = {
            .channel_id = channel_id,
            .key = key,
            .outcome = OUTCOME_DIGEST,
            .due_ms = 10,
            .recorded_ms = 11,
    };
    return store_occasion_record(store, &occasion, err);
}

static void test_an_occasion_has_one_outcome(void **state)
{
    struct occasion_list occasions = {0};
    struct error err = {0};
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    assert_true(record(store_of(state), id, "digest/2026-11-23", NULL));
    assert_false(record(store_of(state), id, "digest/2026-11-23", &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    assert_non_null(strstr(err.text, "digest/2026-11-23"));
    assert_true(record(store_of(state), other, "digest/2026-11-23", NULL));
    assert_true(store_occasion_list(store_of(state), id, "", 9, arena_of(state),
            &occasions, NULL));
    assert_int_equal(occasions.count, 1);
    assert_int_equal(occasions.items[0].channel_id, id);
    assert_int_equal(occasions.items[0].outcome, OUTCOME_DIGEST);
    assert_int_equal(occasions.items[0].due_ms, 10);
    assert_int_equal(occasions.items[0].recorded_ms, 11);
}

static void test_occasions_come_by_prefix_greatest_first(void **state)
{
    static const char *const keys[] = {"digest/2026-11-23", "post/2026-11-23/1",
            "digest/2026-11-25", "digest/2026-11-24", "digest%", "Digest/9"};
    struct occasion_list occasions = {0};
    int64_t id = put_channel(store_of(state), "a");

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_true(record(store_of(state), id, keys[i], NULL));
    assert_true(store_occasion_list(store_of(state), id, "digest/", 2,
            arena_of(state), &occasions, NULL));
    assert_int_equal(occasions.count, 2);
    assert_string_equal(occasions.items[0].key, "digest/2026-11-25");
    assert_string_equal(occasions.items[1].key, "digest/2026-11-24");
    assert_true(store_occasion_list(store_of(state), id, "digest/", SIZE_MAX,
            arena_of(state), &occasions, NULL));
    assert_int_equal(occasions.count, 3);
}

/* --- small things --- */

static void test_values_are_kept_and_replaced(void **state)
{
    char *value = NULL;

    assert_true(store_value_get(store_of(state), "etag/cs.LG", arena_of(state),
            &value, NULL));
    assert_null(value);
    assert_true(store_value_put(store_of(state), "etag/cs.LG", "\"a\"", NULL));
    assert_true(store_value_put(store_of(state), "etag/cs.LG", "", NULL));
    assert_true(store_value_get(store_of(state), "etag/cs.LG", arena_of(state),
            &value, NULL));
    assert_string_equal(value, "");
}

static void test_a_store_has_a_name_of_its_own(void **state)
{
    char *name = NULL;

    assert_true(store_value_get(store_of(state), STORE_INSTANCE_KEY,
            arena_of(state), &name, NULL));
    assert_non_null(name);
    assert_int_equal(strlen(name), 16);
    assert_int_equal(strspn(name, "0123456789abcdef"), 16);
}

static void test_one_daemon_a_store(void **state)
{
    struct error err = {0};

    assert_true(store_lock(store_of(state), "pid 1", NULL));
    assert_false(store_lock(store_of(state), "pid 2", &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

/* --- transactions --- */

static bool write_all_kinds(struct store *store, void *ctx, struct error *err)
{
    int64_t id = put_channel(store, "new room"), row_id = 0;
    struct occasion occasion = {.channel_id = id, .key = "digest/x"};
    struct outbox_row row = {
            .channel_id = id,
            .account = "home",
            .room = "r",
            .occasion = "digest/x",
            .delivery_key = "k",
            .payload = "p",
            .payload_bytes = 1,
    };
    struct paper changed = paper_named("old", "Changed");
    struct note note = {.paper_id = "old",
            .language = "zh",
            .title = "t",
            .heading = "h",
            .digest = "d",
            .writer = "w"};

    put_named(store, "new");
    put_paper(store, &changed);
    put_batch(store, "cs.LG", monday, BATCH_ANNOUNCED);
    file_paper(store, "cs.LG", monday, "new", ANNOUNCE_NEW);
    file_paper(store, "cs.LG", monday, "old", ANNOUNCE_NEW);
    return store_note_put(store, &note, 1, err) &&
            store_covered_put(store, id,
                    &(struct covered_batch){"cs.LG", monday, 1}, err) &&
            store_posted_add(store, id,
                    &(struct posted_paper){"old", "digest/x", 1}, err) &&
            store_occasion_record(store, &occasion, err) &&
            store_outbox_add(store, &row, &row_id, err) &&
            store_value_put(store, "key", "changed", err) &&
            (*(bool *)ctx || error_set(err, ERROR_INPUT, "on second thoughts"));
}

/* One line that tells any trace of write_all_kinds. */
static const char *sketch(struct store *store, struct arena *arena)
{
    struct known_channel_list channels = {0};
    struct batch_list batches = {0};
    struct batch_paper_list papers = {0};
    struct note_list notes = {0};
    struct outbox_list rows = {0};
    struct occasion_list occasions = {0};
    struct covered_list covered = {0};
    struct posted_paper *posted = NULL;
    struct store_counts counts = {0};
    struct paper *paper = NULL;
    char *value = NULL;

    assert_true(store_channel_list(store, arena, &channels, NULL));
    assert_true(store_batch_list(store, "cs.LG", 9, arena, &batches, NULL));
    assert_true(store_batch_papers(store, "cs.LG", monday, arena, &papers,
            NULL));
    assert_true(store_notes_get(store, "old", arena, &notes, NULL));
    assert_true(store_outbox_list(store, 0, "", arena, &rows, NULL));
    assert_true(store_occasion_list(store, 1, "", 9, arena, &occasions, NULL));
    assert_true(store_covered_list(store, 1, arena, &covered, NULL));
    assert_true(store_posted_get(store, 1, "old", arena, &posted, NULL));
    assert_true(store_paper_get(store, "old", arena, &paper, NULL));
    assert_true(store_value_get(store, "key", arena, &value, NULL));
    assert_true(store_count(store, &counts, NULL));
    return arena_format(arena, "%zu %zu %zu %zu %zu %zu %zu %d %s %s %d %d",
            channels.count, batches.count, papers.count, notes.count,
            rows.count, occasions.count, covered.count, posted != NULL,
            paper->title, value, (int)counts.papers, (int)counts.notes);
}

static void test_a_step_that_fails_leaves_nothing(void **state)
{
    struct error err = {0};
    bool keep = false;

    put_named(store_of(state), "old");
    assert_true(store_value_put(store_of(state), "key", "before", NULL));
    assert_false(store_transact(store_of(state), write_all_kinds, &keep, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.text, "on second thoughts");
    assert_string_equal(sketch(store_of(state), arena_of(state)),
            "0 0 0 0 0 0 0 0 A title before 1 0");
    keep = true;
    assert_true(store_transact(store_of(state), write_all_kinds, &keep, NULL));
    assert_string_equal(sketch(store_of(state), arena_of(state)),
            "1 1 2 1 1 1 1 1 Changed changed 2 1");
}

static bool transact_again(struct store *store, void *ctx, struct error *err)
{
    return store_transact(store, write_all_kinds, ctx, err);
}

static void test_transactions_are_not_nested(void **state)
{
    struct error err = {0};
    bool keep = true;

    assert_false(store_transact(store_of(state), transact_again, &keep, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static bool record_twice(struct store *store, void *ctx, struct error *err)
{
    int64_t id = *(int64_t *)ctx;
    struct error refused = {0};

    return record(store, id, "digest/a", err) &&
            !record(store, id, "digest/a", &refused) &&
            refused.kind == ERROR_REJECTED &&
            record(store, id, "digest/b", err);
}

static void test_a_refused_row_does_not_spoil_the_transaction(void **state)
{
    struct occasion_list occasions = {0};
    int64_t id = put_channel(store_of(state), "a");

    assert_true(store_transact(store_of(state), record_twice, &id, NULL));
    assert_true(store_occasion_list(store_of(state), id, "", 9, arena_of(state),
            &occasions, NULL));
    assert_int_equal(occasions.count, 2);
}

static bool file_and_regret(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    file_paper(store, "cs.LG", tuesday, "2", ANNOUNCE_NEW);
    return error_set(err, ERROR_INPUT, "no");
}

static void test_arrivals_still_rise_after_a_rollback(void **state)
{
    struct store *store = store_of(state);
    int64_t before = 0, after = 0;

    put_named(store, "1");
    put_named(store, "2");
    file_paper(store, "cs.LG", monday, "1", ANNOUNCE_NEW);
    assert_true(store_arrival(store, &before, NULL));
    assert_false(store_transact(store, file_and_regret, NULL, NULL));
    assert_true(file_paper(store, "cs.LG", tuesday, "2", ANNOUNCE_NEW));
    assert_true(store_arrival(store, &after, NULL));
    assert_true(after > before);
}

/* --- addresses --- */

static void test_an_unknown_address_is_told_what_is_known(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "paperboy.db", "sqlite",
            "sqlite:", "sqlite::memory:", "memory:x",
            "postgresql://me:secret@host/db"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = {0};
        assert_null(store_registry_open(wrong[i], &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_true(strstr(err.text, "sqlite:") != NULL ||
                strstr(err.text, "memory:") != NULL);
        assert_null(strstr(err.text, "secret"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_a_channel_keeps_its_number_and_takes_a_label),
            EVERY_STORE(test_a_channel_breaks_and_is_well_again),
            EVERY_STORE(test_covered_comes_by_category_then_newest_date),
            EVERY_STORE(test_the_first_posting_stands),
            EVERY_STORE(test_what_names_no_channel_or_paper_is_our_mistake),
            EVERY_STORE(test_an_occasion_has_one_outcome),
            EVERY_STORE(test_occasions_come_by_prefix_greatest_first),
            EVERY_STORE(test_values_are_kept_and_replaced),
            EVERY_STORE(test_a_store_has_a_name_of_its_own),
            EVERY_STORE(test_one_daemon_a_store),
            EVERY_STORE(test_a_step_that_fails_leaves_nothing),
            EVERY_STORE(test_transactions_are_not_nested),
            EVERY_STORE(test_a_refused_row_does_not_spoil_the_transaction),
            EVERY_STORE(test_arrivals_still_rise_after_a_rollback),
            cmocka_unit_test(test_an_unknown_address_is_told_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
