/* The promises of bot/ports/store.h on papers, notes and batches, kept by every
 * store. */
#include "tests/contract/every_store.h"

#include <string.h>

static const struct civil_date monday = {2026, 11, 23};
static const struct civil_date tuesday = {2026, 11, 24};

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
            .affiliations_from = "openalex",
            .code = "https://example.org/code",
            .withdrawn = true,
            .published_ms = 1700000000123,
            .updated_ms = 1800000000456,
    };
    struct paper *read = NULL;

    assert_int_equal(put_paper(store_of(state), &paper), STORE_NEW);
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
    assert_int_equal(put_paper(store_of(state), &paper), STORE_NEW);
    assert_int_equal(put_paper(store_of(state), &paper), STORE_UNCHANGED);
    paper.updated_ms = 77;
    assert_int_equal(put_paper(store_of(state), &paper), STORE_UNCHANGED);
    paper.version = 2;
    assert_int_equal(put_paper(store_of(state), &paper), STORE_UPDATED);
    paper.title = "Two";
    paper.comment = "";
    assert_int_equal(put_paper(store_of(state), &paper), STORE_UPDATED);
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
    put_paper(store_of(state), &paper);
    paper.authors.count = 1;
    paper.version = 2;
    assert_int_equal(put_paper(store_of(state), &paper), STORE_UPDATED);
    assert_true(store_paper_get(store_of(state), "2210.11693", arena_of(state),
            &read, NULL));
    assert_int_equal(read->authors.count, 1);
}

static void test_notes_are_replaced_and_come_by_language(void **state)
{
    struct note_list notes = {0};
    struct note note = {.paper_id = "2210.11693",
            .language = "zh",
            .title = "标题",
            .heading = "短语",
            .digest = "一句。",
            .writer = "file"};

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

static void test_a_note_says_what_it_was_written_from(void **state)
{
    struct note_list notes = {0};
    struct note note = {.paper_id = "2210.11693",
            .language = "zh",
            .title = "标题",
            .heading = "短语",
            .digest = "一句。",
            .writer = "gpt-x",
            .version = 2,
            .prompt = "3"};

    put_named(store_of(state), "2210.11693");
    assert_true(store_note_put(store_of(state), &note, 7000, NULL));
    note.language = "en";
    note.version = 0;
    note.prompt = NULL;
    assert_true(store_note_put(store_of(state), &note, 8000, NULL));
    assert_true(store_notes_get(store_of(state), "2210.11693", arena_of(state),
            &notes, NULL));
    assert_int_equal(notes.items[0].version, 0);
    assert_string_equal(notes.items[0].prompt, "");
    assert_int_equal(notes.items[0].written_ms, 8000);
    assert_int_equal(notes.items[1].version, 2);
    assert_string_equal(notes.items[1].prompt, "3");
    assert_int_equal(notes.items[1].written_ms, 7000);
}

static const struct note_attempt refused = {
        .paper_id = "2210.11693",
        .version = 2,
        .language = "zh",
        .writer = "main/gpt-x",
        .prompt = "3",
        .outcome = NOTE_REFUSED,
        .tries = 1,
        .flaw = "the digest is empty",
        .tried_ms = 7000,
};

static struct note_attempt *attempt_at(void **state,
        const struct note_attempt *key)
{
    struct note_attempt *attempt = NULL;
    struct error err = {0};

    if (!store_attempt_get(store_of(state), key, arena_of(state), &attempt,
                &err))
        fail_msg("%s", err.text);
    return attempt;
}

static void test_what_was_asked_of_a_writer_is_kept_and_replaced(void **state)
{
    struct note_attempt kept = refused;

    put_named(store_of(state), "2210.11693");
    assert_null(attempt_at(state, &refused));
    assert_true(store_attempt_put(store_of(state), &refused, NULL));
    struct note_attempt *read = attempt_at(state, &refused);
    assert_int_equal(read->outcome, NOTE_REFUSED);
    assert_int_equal(read->tries, 1);
    assert_string_equal(read->flaw, "the digest is empty");
    assert_int_equal(read->tried_ms, 7000);
    kept.outcome = NOTE_KEPT;
    kept.tries = 2;
    kept.flaw = "";
    assert_true(store_attempt_put(store_of(state), &kept, NULL));
    read = attempt_at(state, &refused);
    assert_int_equal(read->outcome, NOTE_KEPT);
    assert_int_equal(read->tries, 2);
    assert_string_equal(read->flaw, "");
}

static void
test_each_writer_prompt_version_and_language_is_asked_apart(void **state)
{
    struct note_attempt other = refused;

    put_named(store_of(state), "2210.11693");
    assert_true(store_attempt_put(store_of(state), &refused, NULL));
    other.version = 3;
    assert_null(attempt_at(state, &other));
    other = refused;
    other.language = "en";
    assert_null(attempt_at(state, &other));
    other = refused;
    other.writer = "main/gpt-y";
    assert_null(attempt_at(state, &other));
    other = refused;
    other.prompt = "4";
    assert_null(attempt_at(state, &other));
}

static void test_asking_about_an_unknown_paper_is_our_mistake(void **state)
{
    struct error err = {0};

    assert_false(store_attempt_put(store_of(state), &refused, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_non_null(strstr(err.text, "2210.11693"));
}

static void test_a_note_of_an_unknown_paper_is_our_mistake(void **state)
{
    struct note note = {.paper_id = "2210.11693",
            .language = "zh",
            .title = "t",
            .heading = "h",
            .digest = "d",
            .writer = "w"};
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
    file_paper(store_of(state), "cs.LG", monday, "1", ANNOUNCE_NEW);
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
    assert_true(file_paper(store_of(state), "cs.LG", monday, "2",
            ANNOUNCE_NEW));
    assert_true(file_paper(store_of(state), "cs.CV", tuesday, "2",
            ANNOUNCE_CROSS));
    assert_true(file_paper(store_of(state), "cs.LG", monday, "1",
            ANNOUNCE_REPLACE));
    assert_false(file_paper(store_of(state), "cs.LG", monday, "2",
            ANNOUNCE_CROSS));
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
    file_paper(store, "cs.LG", monday, "1", ANNOUNCE_NEW);
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
    file_paper(store, "cs.LG", monday, "1", ANNOUNCE_CROSS);
    file_paper(store, "cs.LG", monday, "2", ANNOUNCE_REPLACE_CROSS);
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_UNKNOWN));
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
    assert_false(seen(store, "cs.LG", "1", ANNOUNCE_REPLACE));
    assert_true(seen(store, "cs.LG", "2", ANNOUNCE_REPLACE));
    assert_false(seen(store, "cs.LG", "2", ANNOUNCE_CROSS));
    put_batch(store, "cs.LG", tuesday, BATCH_ANNOUNCED);
    file_paper(store, "cs.LG", tuesday, "1", ANNOUNCE_REPLACE);
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_REPLACE_CROSS));
    assert_true(seen(store, "cs.LG", "1", ANNOUNCE_NEW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_a_paper_comes_back_whole),
            EVERY_STORE(test_an_unknown_paper_is_null),
            EVERY_STORE(test_a_put_says_what_changed),
            EVERY_STORE(test_a_shorter_author_list_replaces_a_longer),
            EVERY_STORE(test_notes_are_replaced_and_come_by_language),
            EVERY_STORE(test_a_note_says_what_it_was_written_from),
            EVERY_STORE(test_what_was_asked_of_a_writer_is_kept_and_replaced),
            EVERY_STORE(
                    test_each_writer_prompt_version_and_language_is_asked_apart),
            EVERY_STORE(test_asking_about_an_unknown_paper_is_our_mistake),
            EVERY_STORE(test_a_note_of_an_unknown_paper_is_our_mistake),
            EVERY_STORE(test_batches_come_newest_first_up_to_the_limit),
            EVERY_STORE(test_a_batch_is_replaced_whole),
            EVERY_STORE(test_a_filed_paper_makes_no_batch),
            EVERY_STORE(test_arrivals_rise_over_all_batches),
            EVERY_STORE(test_filing_an_unknown_paper_is_our_mistake),
            EVERY_STORE(test_seen_means_in_a_complete_batch_of_the_category),
            EVERY_STORE(test_replacements_are_a_class_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
