/* Each promise of bot/ports/store.h but the outbox's, kept by every store. */
#include "store/registry.h"
#include "tests/contract/every_store.h"

#include <string.h>

static const struct civil_date monday = {2026, 11, 23};
static const struct civil_date tuesday = {2026, 11, 24};

static struct paper paper_named(const char *id, const char *title)
{
    struct paper paper = paper_empty();
    paper.id = id;
    paper.title = title;
    return paper;
}

static enum store_change put(struct store *store, const struct paper *paper)
{
    struct error err = {0};
    enum store_change change = STORE_UNCHANGED;
    if (!store_paper_put(store, paper, 1000, &change, &err))
        fail_msg("%s", err.text);
    return change;
}

static void put_named(struct store *store, const char *id)
{
    struct paper paper = paper_named(id, "A title");
    put(store, &paper);
}

static bool file(struct store *store, const char *category,
        struct civil_date date, const char *id, enum announce_type announce)
{
    struct error err = {0};
    bool added = false;
    if (!store_batch_paper_add(store, category, date, id, announce, &added,
                &err))
        fail_msg("%s", err.text);
    return added;
}

static void put_batch(struct store *store, const char *category,
        struct civil_date date, enum batch_state batch_state)
{
    struct batch batch = {
            .category = category,
            .date = date,
            .state = batch_state,
            .complaint = "",
    };
    assert_true(store_batch_put(store, &batch, NULL));
}

static int64_t channel(struct store *store, const char *room)
{
    int64_t id = 0;
    assert_true(store_channel_put(store, "home", room, "team", 1000, &id,
            NULL));
    return id;
}

/* --- papers and notes --- */

static void test_a_paper_comes_back_whole(void **state)
{
    struct author authors[] = {
            {"Ankur P. Parikh", "Some Lab"},
            {"Lé Möllenhoff", ""},
    };
    const char *affiliations[] = {"Some Lab", "某大学"};
    const char *categories[] = {"cs.LG", "cs.CL", "hep-th"};
    struct paper paper = {
            .id = "hep-th/9901001",
            .version = 3,
            .title = "Title with 'quotes' and \"more\"",
            .abstract = "摘要; DROP TABLE papers",
            .authors = {authors, 2, true},
            .affiliations = {affiliations, 2},
            .more_affiliations = true,
            .categories = {categories, 3},
            .comment = "12 pages",
            .journal_ref = "J. 1 (2026)",
            .doi = "10.1/x",
            .license = "some license",
            .withdrawn = true,
            .published_ms = 1700000000123,
            .updated_ms = 1800000000456,
    };
    struct paper *read = NULL;

    assert_int_equal(put(store_of(state), &paper), STORE_NEW);
    assert_true(store_paper_get(store_of(state), "hep-th/9901001",
            arena_of(state), &read, NULL));
    assert_non_null(read);
    assert_true(paper_same_content(read, &paper));
    assert_int_equal(read->version, 3);
    assert_int_equal(read->published_ms, 1700000000123);
    assert_int_equal(read->updated_ms, 1800000000456);
    assert_string_equal(read->authors.items[1].name, "Lé Möllenhoff");
    assert_string_equal(read->categories.items[2], "hep-th");
}

static void test_an_unknown_paper_is_null(void **state)
{
    struct paper *read = (struct paper *)1;

    assert_true(store_paper_get(store_of(state), "2210.11693", arena_of(state),
            &read, NULL));
    assert_null(read);
}

static void test_a_put_says_what_changed(void **state)
{
    struct paper paper = paper_named("2210.11693", "One");
    struct paper *read = NULL;

    paper.version = 1;
    paper.comment = "8 pages";
    assert_int_equal(put(store_of(state), &paper), STORE_NEW);
    assert_int_equal(put(store_of(state), &paper), STORE_UNCHANGED);
    paper.updated_ms = 77;
    assert_int_equal(put(store_of(state), &paper), STORE_UNCHANGED);
    paper.version = 2;
    assert_int_equal(put(store_of(state), &paper), STORE_UPDATED);
    paper.title = "Two";
    paper.comment = "";
    assert_int_equal(put(store_of(state), &paper), STORE_UPDATED);
    assert_true(store_paper_get(store_of(state), "2210.11693", arena_of(state),
            &read, NULL));
    assert_string_equal(read->title, "Two");
    assert_string_equal(read->comment, "8 pages");
    assert_int_equal(read->version, 2);
    assert_int_equal(read->updated_ms, 77);
}

static void test_a_shorter_author_list_replaces_a_longer(void **state)
{
    struct author authors[] = {{"A", ""}, {"B", ""}, {"C", ""}};
    struct paper paper = paper_named("2210.11693", "One");
    struct paper *read = NULL;

    paper.authors = (struct author_list){authors, 3, false};
    put(store_of(state), &paper);
    paper.authors.count = 1;
    paper.version = 2;
    assert_int_equal(put(store_of(state), &paper), STORE_UPDATED);
    assert_true(store_paper_get(store_of(state), "2210.11693", arena_of(state),
            &read, NULL));
    assert_int_equal(read->authors.count, 1);
}

static void test_notes_are_replaced_and_come_by_language(void **state)
{
    struct note_list notes = {0};
    struct note note = {"2210.11693", "zh", "标题", "短语", "一句。", "file"};

    put_named(store_of(state), "2210.11693");
    assert_true(store_note_put(store_of(state), &note, 1, NULL));
    note.language = "en";
    assert_true(store_note_put(store_of(state), &note, 1, NULL));
    note.language = "zh";
    note.heading = "新短语";
    note.digest = "";
    assert_true(store_note_put(store_of(state), &note, 2, NULL));
    assert_true(store_notes_get(store_of(state), "2210.11693", arena_of(state),
            &notes, NULL));
    assert_int_equal(notes.count, 2);
    assert_string_equal(notes.items[0].language, "en");
    assert_string_equal(notes.items[0].heading, "短语");
    assert_string_equal(notes.items[1].heading, "新短语");
    assert_string_equal(notes.items[1].digest, "");
    assert_string_equal(notes.items[1].writer, "file");
    assert_string_equal(notes.items[1].paper_id, "2210.11693");
}

static void test_a_note_of_an_unknown_paper_is_our_mistake(void **state)
{
    struct note note = {"2210.11693", "zh", "t", "h", "d", "w"};
    struct error err = {0};

    assert_false(store_note_put(store_of(state), &note, 1, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, "2210.11693"));
}

/* --- batches --- */

static void test_batches_come_newest_first_up_to_the_limit(void **state)
{
    struct batch_list batches = {0};
    struct batch batch = {
            .category = "cs.LG",
            .date = monday,
            .state = BATCH_ANNOUNCED,
            .new_count = 212,
            .cross_count = 79,
            .replaced_count = 140,
            .checked_ms = 5,
            .completed_ms = 4,
            .complaint = "",
    };

    assert_true(store_batch_put(store_of(state), &batch, NULL));
    put_batch(store_of(state), "cs.LG", tuesday, BATCH_FAILED);
    put_batch(store_of(state), "cs.CV", tuesday, BATCH_NOT_YET);
    put_batch(store_of(state), "cs.LG", (struct civil_date){2026, 9, 30},
            BATCH_NOT_YET);
    assert_true(store_batch_list(store_of(state), "cs.LG", 2, arena_of(state),
            &batches, NULL));
    assert_int_equal(batches.count, 2);
    assert_int_equal(batches.items[0].date.day, 24);
    assert_int_equal(batches.items[0].state, BATCH_FAILED);
    assert_int_equal(batches.items[1].date.day, 23);
    assert_int_equal(batches.items[1].new_count, 212);
    assert_int_equal(batches.items[1].cross_count, 79);
    assert_int_equal(batches.items[1].replaced_count, 140);
    assert_int_equal(batches.items[1].checked_ms, 5);
    assert_int_equal(batches.items[1].completed_ms, 4);
    assert_true(store_batch_list(store_of(state), "cs.LG", SIZE_MAX,
            arena_of(state), &batches, NULL));
    assert_int_equal(batches.count, 3);
}

static void test_a_batch_is_replaced_whole(void **state)
{
    struct batch_list batches = {0};
    struct batch batch = {
            .category = "cs.LG",
            .date = monday,
            .state = BATCH_FAILED,
            .new_count = 3,
            .complaint = "HTTP 503",
    };

    assert_true(store_batch_put(store_of(state), &batch, NULL));
    put_batch(store_of(state), "cs.LG", monday, BATCH_ANNOUNCED);
    assert_true(store_batch_list(store_of(state), "cs.LG", 9, arena_of(state),
            &batches, NULL));
    assert_int_equal(batches.count, 1);
    assert_int_equal(batches.items[0].state, BATCH_ANNOUNCED);
    assert_int_equal(batches.items[0].new_count, 0);
    assert_string_equal(batches.items[0].complaint, "");
}

static void test_a_filed_paper_makes_no_batch(void **state)
{
    struct batch_list batches = {0};

    put_named(store_of(state), "1");
    file(store_of(state), "cs.LG", monday, "1", ANNOUNCE_NEW);
    assert_true(store_batch_list(store_of(state), "cs.LG", 9, arena_of(state),
            &batches, NULL));
    assert_int_equal(batches.count, 0);
}

static void test_arrivals_rise_over_all_batches(void **state)
{
    struct batch_paper_list papers = {0};
    int64_t arrival = -1;

    assert_true(store_arrival(store_of(state), &arrival, NULL));
    assert_int_equal(arrival, 0);
    put_named(store_of(state), "1");
    put_named(store_of(state), "2");
    assert_true(file(store_of(state), "cs.LG", monday, "2", ANNOUNCE_NEW));
    assert_true(file(store_of(state), "cs.CV", tuesday, "2", ANNOUNCE_CROSS));
    assert_true(file(store_of(state), "cs.LG", monday, "1", ANNOUNCE_REPLACE));
    assert_false(file(store_of(state), "cs.LG", monday, "2", ANNOUNCE_CROSS));
    assert_true(store_batch_papers(store_of(state), "cs.LG", monday,
            arena_of(state), &papers, NULL));
    assert_int_equal(papers.count, 2);
    assert_string_equal(papers.items[0].paper_id, "2");
    assert_int_equal(papers.items[0].announce, ANNOUNCE_NEW);
    assert_string_equal(papers.items[1].paper_id, "1");
    assert_int_equal(papers.items[1].announce, ANNOUNCE_REPLACE);
    assert_true(papers.items[0].arrival < papers.items[1].arrival);
    assert_true(store_arrival(store_of(state), &arrival, NULL));
    assert_int_equal(arrival, papers.items[1].arrival);
}

static void test_filing_an_unknown_paper_is_our_mistake(void **state)
{
    struct error err = {0};
    bool added = false;

    assert_false(store_batch_paper_add(store_of(state), "cs.LG", monday, "1",
            ANNOUNCE_NEW, &added, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static bool seen(struct store *store, const char *category, const char *id,
        enum announce_type announce)
{
    bool answer = false;
    assert_true(store_batch_seen(store, category, id, announce, &answer, NULL));
    return answer;
}

static void test_seen_means_in_a_complete_batch_of_the_category(void **state)
{
    struct store *store = store_of(state);

    put_named(store, "1");
    assert_false(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
    file(store, "cs.LG", monday, "1", ANNOUNCE_NEW);
    assert_false(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
    put_batch(store, "cs.LG", monday, BATCH_NOT_YET);
    assert_false(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
    put_batch(store, "cs.LG", monday, BATCH_ANNOUNCED);
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
    assert_false(seen(store, "cs.CV", "1", ANNOUNCE_NEW));
    assert_false(seen(store, "cs.LG", "2", ANNOUNCE_NEW));
}

static void test_replacements_are_a_class_of_their_own(void **state)
{
    struct store *store = store_of(state);

    put_named(store, "1");
    put_named(store, "2");
    put_batch(store, "cs.LG", monday, BATCH_ANNOUNCED);
    file(store, "cs.LG", monday, "1", ANNOUNCE_CROSS);
    file(store, "cs.LG", monday, "2", ANNOUNCE_REPLACE_CROSS);
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_UNKNOWN));
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
    assert_false(seen(store, "cs.LG", "1", ANNOUNCE_REPLACE));
    assert_true(seen(store, "cs.LG", "2", ANNOUNCE_REPLACE));
    assert_false(seen(store, "cs.LG", "2", ANNOUNCE_CROSS));
    put_batch(store, "cs.LG", tuesday, BATCH_ANNOUNCED);
    file(store, "cs.LG", tuesday, "1", ANNOUNCE_REPLACE);
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_REPLACE_CROSS));
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
}

/* --- channels --- */

static void test_a_channel_keeps_its_number_and_takes_a_label(void **state)
{
    struct known_channel_list channels = {0};
    int64_t id = 0;
    int64_t first = channel(store_of(state), "#ml:example.org");
    int64_t second = channel(store_of(state), "#cv:example.org");

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
    int64_t id = channel(store_of(state), "webhook");

    assert_true(store_channel_break(store_of(state), id, "HTTP 404", NULL));
    channel(store_of(state), "webhook");
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
    int64_t id = channel(store_of(state), "a");
    int64_t other = channel(store_of(state), "b");
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
    int64_t id = channel(store_of(state), "a");
    int64_t other = channel(store_of(state), "b");

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
    assert_false(store_posted_add(store, channel(store, "a"), &posted, &err));
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
    int64_t id = channel(store_of(state), "a");
    int64_t other = channel(store_of(state), "b");

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
    int64_t id = channel(store_of(state), "a");

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
    int64_t id = channel(store, "new room"), row_id = 0;
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
    struct note note = {"old", "zh", "t", "h", "d", "w"};

    put_named(store, "new");
    put(store, &changed);
    put_batch(store, "cs.LG", monday, BATCH_ANNOUNCED);
    file(store, "cs.LG", monday, "new", ANNOUNCE_NEW);
    file(store, "cs.LG", monday, "old", ANNOUNCE_NEW);
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
    int64_t id = channel(store_of(state), "a");

    assert_true(store_transact(store_of(state), record_twice, &id, NULL));
    assert_true(store_occasion_list(store_of(state), id, "", 9, arena_of(state),
            &occasions, NULL));
    assert_int_equal(occasions.count, 2);
}

static bool file_and_regret(struct store *store, void *ctx, struct error *err)
{
    (void)ctx;
    file(store, "cs.LG", tuesday, "2", ANNOUNCE_NEW);
    return error_set(err, ERROR_INPUT, "no");
}

static void test_arrivals_still_rise_after_a_rollback(void **state)
{
    struct store *store = store_of(state);
    int64_t before = 0, after = 0;

    put_named(store, "1");
    put_named(store, "2");
    file(store, "cs.LG", monday, "1", ANNOUNCE_NEW);
    assert_true(store_arrival(store, &before, NULL));
    assert_false(store_transact(store, file_and_regret, NULL, NULL));
    assert_true(file(store, "cs.LG", tuesday, "2", ANNOUNCE_NEW));
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
            EVERY_STORE(test_a_paper_comes_back_whole),
            EVERY_STORE(test_an_unknown_paper_is_null),
            EVERY_STORE(test_a_put_says_what_changed),
            EVERY_STORE(test_a_shorter_author_list_replaces_a_longer),
            EVERY_STORE(test_notes_are_replaced_and_come_by_language),
            EVERY_STORE(test_a_note_of_an_unknown_paper_is_our_mistake),
            EVERY_STORE(test_batches_come_newest_first_up_to_the_limit),
            EVERY_STORE(test_a_batch_is_replaced_whole),
            EVERY_STORE(test_a_filed_paper_makes_no_batch),
            EVERY_STORE(test_arrivals_rise_over_all_batches),
            EVERY_STORE(test_filing_an_unknown_paper_is_our_mistake),
            EVERY_STORE(test_seen_means_in_a_complete_batch_of_the_category),
            EVERY_STORE(test_replacements_are_a_class_of_their_own),
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
