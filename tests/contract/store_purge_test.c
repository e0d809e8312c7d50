/* The promises of bot/ports/store.h on what grows old and is erased, kept by
 * every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static const struct civil_date monday = {2026, 11, 23};

static int64_t add_row(void **state, int64_t channel_id, const char *occasion,
        int64_t reply_to)
{
    const struct outbox_row row = {.channel_id = channel_id,
            .account = "home",
            .room = "a",
            .occasion = occasion,
            .delivery_key = occasion,
            .payload = "p",
            .payload_bytes = 1,
            .reply_to = reply_to};
    int64_t id = 0;

    assert_true(store_outbox_add(store_of(state), &row, &id, NULL));
    return id;
}

static struct outbox_list rows_of(void **state, int64_t channel_id)
{
    struct outbox_list rows;

    assert_true(store_outbox_list(store_of(state), channel_id, "",
            arena_of(state), &rows, NULL));
    return rows;
}

/* --- a removed channel --- */

static void post_there(void **state, int64_t id)
{
    struct store *store = store_of(state);
    const struct covered_batch covered = {"cs.LG", monday, 1};
    const struct posted_paper posted = {"2611.00001", "digest/x", 1};
    struct edition_paper paper = {.paper_id = "2611.00001", .tag = "LG"};
    const struct edition edition = {.channel_id = id,
            .occasion = "digest/x",
            .papers = &paper,
            .count = 1};
    const struct occasion occasion = {.channel_id = id,
            .key = "digest/x",
            .outcome = OUTCOME_DIGEST};

    put_named(store, "2611.00001");
    assert_true(store_covered_put(store, id, &covered, NULL));
    assert_true(store_posted_add(store, id, &posted, NULL));
    assert_true(store_edition_put(store, &edition, NULL));
    assert_true(store_occasion_record(store, &occasion, NULL));
    int64_t root = add_row(state, id, "digest/x", 0);
    add_row(state, id, "digest/x/t", root);
}

static void read_there(void **state, int64_t id)
{
    struct store *store = store_of(state);
    const struct channel_setting setting = {.key = "style",
            .value = "full",
            .person = "@a:x"};
    const struct channel_change change = {.person = "@a:x", .what = "w"};
    const struct vote vote = {.person = "@a:x",
            .paper_id = "2611.00001",
            .value = VOTE_UP};
    const char *curator = "@a:x";
    struct draft_paper paper = {"2611.00001", "LG", 1, DRAFT_TOP, ""};
    const struct draft draft = {.channel_id = id,
            .occasion = "digest/y",
            .curators = {&curator, 1},
            .papers = &paper,
            .count = 1};
    int before;

    assert_true(store_setting_put(store, id, &setting, NULL));
    assert_true(store_change_add(store, id, &change, NULL));
    assert_true(store_vote_put(store, id, &vote, &before, NULL));
    assert_true(store_bookmark_put(store, id, "@a:x", "t", 1, NULL));
    assert_true(store_draft_put(store, &draft, NULL));
}

struct remains {
    size_t covered, posted, editions, occasions, rows, settings, changes, votes,
            bookmarks, drafts;
};

static size_t posted_count(void **state, int64_t id)
{
    struct posted_paper *posted = NULL;

    assert_true(store_posted_get(store_of(state), id, "2611.00001",
            arena_of(state), &posted, NULL));
    return posted != NULL;
}

static struct remains remains_of(void **state, int64_t id)
{
    struct store *store = store_of(state);
    struct arena *arena = arena_of(state);
    struct covered_list covered;
    struct edition *edition = NULL;
    struct occasion_list occasions;
    struct channel_setting_list settings;
    struct channel_change_list changes;
    struct vote_list votes;
    char *text = NULL;
    struct draft *draft = NULL;

    assert_true(store_covered_list(store, id, arena, &covered, NULL));
    assert_true(store_edition_get(store, id, "digest/x", arena, &edition,
            NULL));
    assert_true(store_occasion_list(store, id, "", 9, arena, &occasions, NULL));
    assert_true(store_setting_list(store, id, arena, &settings, NULL));
    assert_true(store_change_list(store, id, 9, arena, &changes, NULL));
    assert_true(store_vote_list(store, id, 9, arena, &votes, NULL));
    assert_true(store_bookmark_get(store, id, "@a:x", arena, &text, NULL));
    assert_true(store_draft_get(store, id, "digest/y", arena, &draft, NULL));
    return (struct remains){covered.count, posted_count(state, id),
            edition != NULL, occasions.count, rows_of(state, id).count,
            settings.count, changes.count, votes.count, text != NULL,
            draft != NULL};
}

static void is_left(void **state, int64_t id, struct remains expected)
{
    struct remains left = remains_of(state, id);

    assert_memory_equal(&left, &expected, sizeof left);
}

static size_t purge(void **state, int64_t before_ms)
{
    size_t purged = 9;

    assert_true(store_channel_purge(store_of(state), before_ms, &purged, NULL));
    return purged;
}

static const struct remains all = {1, 1, 1, 1, 2, 1, 1, 1, 1, 1};
static const struct remains nothing = {0};

static int64_t busy_channel(void **state, const char *room)
{
    int64_t id = put_channel(store_of(state), room);

    post_there(state, id);
    read_there(state, id);
    return id;
}

static void test_of_a_purged_channel_nothing_is_left(void **state)
{
    int64_t id = busy_channel(state, "a"), other = busy_channel(state, "b");
    struct known_channel_list channels;
    bool holds;

    assert_true(store_channel_remove(store_of(state), id, 3000, NULL));
    is_left(state, id, all);
    assert_int_equal(purge(state, 3001), 1);
    is_left(state, id, nothing);
    is_left(state, other, all);
    assert_true(store_channel_list(store_of(state), arena_of(state), &channels,
            NULL));
    assert_int_equal(channels.count, 1);
    assert_int_equal(channels.items[0].id, other);
    assert_true(store_edition_holds(store_of(state), "2611.00001", &holds,
            NULL));
    assert_true(holds);
}

static void test_only_what_was_removed_long_ago_is_purged(void **state)
{
    int64_t there = put_channel(store_of(state), "a");
    int64_t back = put_channel(store_of(state), "b");
    int64_t lately = put_channel(store_of(state), "c");
    int64_t before = 0, after = 0;

    assert_true(store_channel_remove(store_of(state), back, 1000, NULL));
    put_channel(store_of(state), "b");
    assert_true(store_channel_remove(store_of(state), lately, 3000, NULL));
    assert_true(store_revision(store_of(state), &before, NULL));
    assert_int_equal(purge(state, 3000), 0);
    assert_true(store_revision(store_of(state), &after, NULL));
    assert_int_equal(after, before);
    assert_int_equal(purge(state, 3001), 1);
    assert_true(store_revision(store_of(state), &after, NULL));
    assert_true(after > before);
    assert_int_equal(put_channel(store_of(state), "a"), there);
    assert_int_equal(put_channel(store_of(state), "b"), back);
}

static void test_a_purged_channel_comes_back_as_a_new_one(void **state)
{
    struct error err = {0};
    int64_t id = busy_channel(state, "a");

    assert_true(store_channel_remove(store_of(state), id, 3000, NULL));
    assert_int_equal(purge(state, 9000), 1);
    assert_false(store_channel_break(store_of(state), id, "no", &err));
    assert_int_equal(err.kind, ERROR_STOP);
    int64_t fresh = put_channel(store_of(state), "a");
    assert_true(fresh > id);
    is_left(state, fresh, nothing);
}

static void test_a_message_outlives_the_channel_it_answered(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    add_row(state, other, "draft/x", add_row(state, id, "digest/x", 0));
    assert_true(store_channel_remove(store_of(state), id, 1000, NULL));
    assert_int_equal(purge(state, 9000), 1);
    assert_int_equal(rows_of(state, other).count, 1);
    assert_int_equal(rows_of(state, other).items[0].reply_to, 0);
}

static bool purge_and_give_up(struct store *store, void *ctx, struct error *err)
{
    size_t purged;

    (void)ctx;
    assert_true(store_channel_purge(store, 9000, &purged, NULL));
    assert_int_equal(purged, 1);
    return error_set(err, ERROR_INPUT, "no");
}

static void test_a_purge_is_taken_back_with_its_transaction(void **state)
{
    int64_t id = busy_channel(state, "a");

    assert_true(store_channel_remove(store_of(state), id, 3000, NULL));
    assert_false(store_transact(store_of(state), purge_and_give_up, NULL,
            NULL));
    is_left(state, id, all);
    assert_int_equal(put_channel(store_of(state), "a"), id);
}

/* --- what is old --- */

static void prune(void **state, struct store_horizon before)
{
    assert_true(store_prune(store_of(state), &before, NULL));
}

static void test_what_was_sent_long_ago_goes(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a");
    int64_t sent = add_row(state, id, "answer/1", 0);
    int64_t expired = add_row(state, id, "answer/2", 0);
    int64_t lately = add_row(state, id, "answer/3", 0);
    int64_t parked = add_row(state, id, "answer/4", 0);
    int64_t waits = add_row(state, id, "answer/5", 0);

    assert_true(store_outbox_settle(store, sent, "$1", 2000, NULL));
    assert_true(store_outbox_end(store, expired, OUTBOX_EXPIRED, "", 2000,
            NULL));
    assert_true(store_outbox_settle(store, lately, "$3", 3000, NULL));
    assert_true(store_outbox_end(store, parked, OUTBOX_PARKED, "", 1, NULL));
    prune(state, (struct store_horizon){.changes_ms = 9000});
    assert_int_equal(rows_of(state, id).count, 5);
    prune(state, (struct store_horizon){.outbox_ms = 3000});
    struct outbox_list rows = rows_of(state, id);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.items[0].id, lately);
    assert_int_equal(rows.items[1].id, parked);
    assert_int_equal(rows.items[2].id, waits);
    assert_true(add_row(state, id, "answer/6", 0) > waits);
}

static void test_what_a_later_row_refers_to_stays_with_it(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a");
    int64_t root = add_row(state, id, "digest/1", 0);
    int64_t thread = add_row(state, id, "digest/1/t", root);
    int64_t edit = add_row(state, id, "edit/2/1", thread);

    assert_true(store_outbox_settle(store, root, "$1", 1000, NULL));
    assert_true(store_outbox_settle(store, thread, "$2", 1000, NULL));
    prune(state, (struct store_horizon){.outbox_ms = 5000});
    assert_int_equal(rows_of(state, id).count, 3);
    assert_string_equal(rows_of(state, id).items[2].target, "$2");
    assert_true(store_outbox_settle(store, edit, "$3", 4000, NULL));
    prune(state, (struct store_horizon){.outbox_ms = 4000});
    assert_int_equal(rows_of(state, id).count, 3);
    prune(state, (struct store_horizon){.outbox_ms = 4001});
    assert_int_equal(rows_of(state, id).count, 0);
}

static void sent_edition(void **state, int64_t id, const char *occasion,
        const char *paper_id, int64_t posted_ms)
{
    struct edition_paper paper = {.paper_id = paper_id, .tag = "LG"};
    const struct edition edition = {.channel_id = id,
            .occasion = occasion,
            .posted_ms = posted_ms,
            .papers = &paper,
            .count = 1};

    put_named(store_of(state), paper_id);
    assert_true(store_edition_put(store_of(state), &edition, NULL));
    int64_t row = add_row(state, id, occasion, 0);
    assert_true(store_outbox_settle(store_of(state), row, "$1", posted_ms - 1,
            NULL));
}

static void test_a_message_that_may_be_edited_stays(void **state)
{
    const struct edition_news news = {.changes = EDITION_VERSION,
            .languages = "",
            .version = 2,
            .venue = ""};
    int64_t id = put_channel(store_of(state), "a");

    sent_edition(state, id, "digest/1", "2611.00001", 1000);
    sent_edition(state, id, "digest/2", "2611.00002", 2000);
    assert_true(store_edition_change(store_of(state), "2611.00001", &news,
            NULL));
    prune(state, (struct store_horizon){.outbox_ms = 2000});
    assert_int_equal(rows_of(state, id).count, 2);
    assert_true(store_edition_settle(store_of(state), id, "digest/1", NULL));
    prune(state, (struct store_horizon){.outbox_ms = 2000});
    assert_int_equal(rows_of(state, id).count, 1);
    assert_string_equal(rows_of(state, id).items[0].occasion, "digest/2");
    prune(state, (struct store_horizon){.outbox_ms = 2001});
    assert_int_equal(rows_of(state, id).count, 0);
}

static void put_draft_due(void **state, int64_t id, const char *occasion,
        int64_t due_ms)
{
    const struct draft draft = {.channel_id = id,
            .occasion = occasion,
            .due_ms = due_ms};

    assert_true(store_draft_put(store_of(state), &draft, NULL));
}

static void test_each_kind_has_its_horizon(void **state)
{
    struct store *store = store_of(state);
    int64_t id = put_channel(store, "a");
    struct channel_change change = {2999, "@a:x", "old"};

    assert_true(store_change_add(store, id, &change, NULL));
    change = (struct channel_change){3000, "@a:x", "new"};
    assert_true(store_change_add(store, id, &change, NULL));
    assert_true(store_bookmark_put(store, id, "@a:x", "t", 3999, NULL));
    put_draft_due(state, id, "digest/y", 4999);
    prune(state, (struct store_horizon){.outbox_ms = 0});
    is_left(state, id,
            (struct remains){.changes = 2, .bookmarks = 1, .drafts = 1});
    prune(state,
            (struct store_horizon){.outbox_ms = 1,
                    .changes_ms = 3000,
                    .bookmarks_ms = 3999,
                    .drafts_ms = 4999});
    is_left(state, id,
            (struct remains){.changes = 1, .bookmarks = 1, .drafts = 1});
    prune(state,
            (struct store_horizon){.outbox_ms = 1,
                    .changes_ms = 3000,
                    .bookmarks_ms = 4000,
                    .drafts_ms = 4999});
    is_left(state, id, (struct remains){.changes = 1, .drafts = 1});
    prune(state,
            (struct store_horizon){.outbox_ms = 1,
                    .changes_ms = 3000,
                    .bookmarks_ms = 4000,
                    .drafts_ms = 5000});
    is_left(state, id, (struct remains){.changes = 1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_of_a_purged_channel_nothing_is_left),
            EVERY_STORE(test_only_what_was_removed_long_ago_is_purged),
            EVERY_STORE(test_a_purged_channel_comes_back_as_a_new_one),
            EVERY_STORE(test_a_message_outlives_the_channel_it_answered),
            EVERY_STORE(test_a_purge_is_taken_back_with_its_transaction),
            EVERY_STORE(test_what_was_sent_long_ago_goes),
            EVERY_STORE(test_what_a_later_row_refers_to_stays_with_it),
            EVERY_STORE(test_a_message_that_may_be_edited_stays),
            EVERY_STORE(test_each_kind_has_its_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
