/* The promises of bot/ports/store.h on editions and edited messages, kept by
 * every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static const struct civil_date monday = {2026, 11, 23};

static const char *const ids[] = {"2611.00002", "2611.00001", "2611.00003"};

/* An edition of the first count of the three papers, the first one on top. */
static void put_edition(struct store *store, int64_t channel_id,
        const char *occasion, size_t count)
{
    struct edition_paper papers[3];
    const struct edition edition = {.channel_id = channel_id,
            .occasion = occasion,
            .date = monday,
            .announced = monday,
            .new_count = 212,
            .cross_count = 79,
            .week = true,
            .posted_ms = 4000,
            .papers = papers,
            .count = count};

    for (size_t i = 0; i < count; i++) {
        put_named(store, ids[i]);
        papers[i] = (struct edition_paper){.paper_id = ids[i],
                .tag = "LG",
                .top = i == 0};
    }
    assert_true(store_edition_put(store, &edition, NULL));
}

static struct edition *get(void **state, int64_t channel_id,
        const char *occasion)
{
    struct edition *edition = NULL;

    assert_true(store_edition_get(store_of(state), channel_id, occasion,
            arena_of(state), &edition, NULL));
    return edition;
}

static void change(void **state, const char *id, unsigned changes,
        unsigned version, const char *venue)
{
    const struct edition_news news = {.changes = changes,
            .version = version,
            .venue = venue,
            .languages = ""};

    assert_true(store_edition_change(store_of(state), id, &news, NULL));
}

static size_t pending(void **state, int64_t channel_id)
{
    struct string_list occasions;

    assert_true(store_edition_pending(store_of(state), channel_id,
            arena_of(state), &occasions, NULL));
    return occasions.count;
}

static void test_an_edition_is_kept_in_its_order(void **state)
{
    int64_t id = put_channel(store_of(state), "a");

    assert_null(get(state, id, "digest/x"));
    put_edition(store_of(state), id, "digest/x", 3);
    struct edition *edition = get(state, id, "digest/x");
    assert_non_null(edition);
    assert_string_equal(edition->occasion, "digest/x");
    assert_int_equal(edition->channel_id, id);
    assert_int_equal(civil_date_compare(edition->date, monday), 0);
    assert_int_equal(civil_date_compare(edition->announced, monday), 0);
    assert_int_equal(edition->new_count, 212);
    assert_int_equal(edition->cross_count, 79);
    assert_true(edition->week);
    assert_int_equal(edition->posted_ms, 4000);
    assert_int_equal(edition->count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(edition->papers[i].paper_id, ids[i]);
        assert_string_equal(edition->papers[i].tag, "LG");
        assert_int_equal(edition->papers[i].top, i == 0);
        assert_int_equal(edition->papers[i].news.changes, 0);
        assert_string_equal(edition->papers[i].news.venue, "");
        assert_string_equal(edition->papers[i].news.languages, "");
        assert_int_equal(edition->papers[i].news.noted_ms, 0);
    }
}

static void test_dates_may_be_unset(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    const struct edition edition = {.channel_id = id, .occasion = "post/x/1"};

    assert_true(store_edition_put(store_of(state), &edition, NULL));
    assert_false(civil_date_is_set(get(state, id, "post/x/1")->date));
    assert_false(civil_date_is_set(get(state, id, "post/x/1")->announced));
    assert_int_equal(get(state, id, "post/x/1")->count, 0);
}

static void test_the_first_edition_of_a_paper_stands(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    put_edition(store_of(state), id, "digest/x", 2);
    put_edition(store_of(state), id, "digest/x", 3);
    assert_int_equal(get(state, id, "digest/x")->count, 2);
    put_edition(store_of(state), id, "digest/y", 3);
    assert_int_equal(get(state, id, "digest/y")->count, 1);
    put_edition(store_of(state), other, "digest/x", 3);
    assert_int_equal(get(state, other, "digest/x")->count, 3);
}

static void test_news_join_and_make_editions_pending(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");
    bool holds = true;

    assert_true(store_edition_holds(store_of(state), ids[0], &holds, NULL));
    assert_false(holds);
    change(state, ids[0], EDITION_VERSION, 2, ""); /* nobody has it */
    put_edition(store_of(state), id, "digest/x", 2);
    put_edition(store_of(state), other, "digest/y", 1);
    assert_true(store_edition_holds(store_of(state), ids[0], &holds, NULL));
    assert_true(holds);
    assert_int_equal(pending(state, id), 0);
    change(state, ids[0], EDITION_ACCEPTED, 0, "ICML");
    change(state, ids[0], EDITION_VERSION, 3, "");
    change(state, ids[0], EDITION_VERSION, 2, "");
    assert_int_equal(pending(state, id), 1);
    assert_int_equal(pending(state, other), 1);
    const struct edition_news *news =
            &get(state, id, "digest/x")->papers[0].news;
    assert_int_equal(news->changes, EDITION_ACCEPTED | EDITION_VERSION);
    assert_int_equal(news->version, 3);
    assert_string_equal(news->venue, "ICML");
    assert_true(store_edition_settle(store_of(state), id, "digest/x", NULL));
    assert_int_equal(pending(state, id), 0);
    assert_int_equal(pending(state, other), 1);
    assert_int_equal(get(state, id, "digest/x")->papers[0].news.changes,
            EDITION_ACCEPTED | EDITION_VERSION);
}

static void note(void **state, const char *id, const char *languages,
        int64_t noted_ms)
{
    const struct edition_news news = {.changes = EDITION_NOTES,
            .venue = "",
            .languages = languages,
            .noted_ms = noted_ms};

    assert_true(store_edition_change(store_of(state), id, &news, NULL));
}

static void test_news_of_notes_keep_each_language_and_the_newest(void **state)
{
    int64_t id = put_channel(store_of(state), "a");

    put_edition(store_of(state), id, "digest/x", 2);
    note(state, ids[0], "zh", 2000);
    note(state, ids[0], "zh-Hant", 5000);
    note(state, ids[0], "zh en", 3000);
    assert_int_equal(pending(state, id), 1);
    const struct edition_news *news =
            &get(state, id, "digest/x")->papers[0].news;
    assert_int_equal(news->changes, EDITION_NOTES);
    assert_string_equal(news->languages, "zh zh-Hant en");
    assert_int_equal(news->noted_ms, 5000);
    assert_true(edition_news_notes(news, "zh-Hant"));
    assert_false(edition_news_notes(news, "z"));
    assert_string_equal(get(state, id, "digest/x")->papers[1].news.languages,
            "");
}

static void test_notes_are_no_news_once_they_are_seen_to(void **state)
{
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    put_edition(store_of(state), id, "digest/x", 1);
    put_edition(store_of(state), other, "digest/x", 1);
    change(state, ids[0], EDITION_VERSION | EDITION_DETAILS, 2, "");
    note(state, ids[0], "zh", 2000);
    assert_true(store_edition_settle(store_of(state), id, "digest/x", NULL));
    const struct edition_news *news =
            &get(state, id, "digest/x")->papers[0].news;
    assert_int_equal(news->changes, EDITION_VERSION);
    assert_int_equal(news->version, 2);
    assert_string_equal(news->languages, "");
    assert_int_equal(news->noted_ms, 0);
    assert_false(edition_news_notes(news, "zh"));
    news = &get(state, other, "digest/x")->papers[0].news;
    assert_int_equal(news->changes,
            EDITION_VERSION | EDITION_NOTES | EDITION_DETAILS);
    assert_int_equal(news->noted_ms, 2000);
}

static void test_pending_editions_come_by_occasion(void **state)
{
    struct string_list occasions;
    int64_t id = put_channel(store_of(state), "a");

    put_edition(store_of(state), id, "post/a/1", 1);
    put_edition(store_of(state), id, "digest/b", 2);
    change(state, ids[1], EDITION_WITHDRAWN, 0, "");
    change(state, ids[0], EDITION_WITHDRAWN, 0, "");
    assert_true(store_edition_pending(store_of(state), id, arena_of(state),
            &occasions, NULL));
    assert_int_equal(occasions.count, 2);
    assert_string_equal(occasions.items[0], "digest/b");
    assert_string_equal(occasions.items[1], "post/a/1");
}

static void test_an_edition_needs_its_channel_and_papers(void **state)
{
    struct error err = {0};
    struct edition_paper paper = {.paper_id = "2611.00009", .tag = ""};
    struct edition edition = {.channel_id = 7, .occasion = "digest/x"};

    assert_false(store_edition_put(store_of(state), &edition, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    edition.channel_id = put_channel(store_of(state), "a");
    edition.papers = &paper;
    edition.count = 1;
    assert_false(store_edition_put(store_of(state), &edition, &err));
    assert_int_equal(err.kind, ERROR_STOP);
    assert_null(get(state, edition.channel_id, "digest/x"));
}

/* --- edited messages --- */

static int64_t add_row(void **state, int64_t channel_id, const char *occasion,
        int64_t reply_to)
{
    const struct outbox_row row = {.channel_id = channel_id,
            .account = "home",
            .room = "a",
            .occasion = occasion,
            .delivery_key = occasion,
            .verb = reply_to == 0 ? OUTBOX_SEND : OUTBOX_EDIT,
            .payload = "p",
            .payload_bytes = 1,
            .reply_to = reply_to,
            .next_try_ms = 1000};
    int64_t id = 0;

    assert_true(store_outbox_add(store_of(state), &row, &id, NULL));
    return id;
}

static void test_an_edit_knows_the_message_it_changes(void **state)
{
    struct outbox_list rows;
    int64_t channel_id = put_channel(store_of(state), "a");
    int64_t first = add_row(state, channel_id, "digest/x", 0);

    assert_true(store_outbox_settle(store_of(state), first, "$event", 2000,
            NULL));
    add_row(state, channel_id, "edit/1/1", first);
    assert_true(store_outbox_claim(store_of(state), "me", 3000, 9000, 5,
            arena_of(state), &rows, NULL));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].verb, OUTBOX_EDIT);
    assert_int_equal(rows.items[0].reply_to, first);
    assert_string_equal(rows.items[0].target, "$event");
    assert_true(store_outbox_list(store_of(state), channel_id, "digest/x",
            arena_of(state), &rows, NULL));
    assert_string_equal(rows.items[0].target, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_an_edition_is_kept_in_its_order),
            EVERY_STORE(test_dates_may_be_unset),
            EVERY_STORE(test_the_first_edition_of_a_paper_stands),
            EVERY_STORE(test_news_join_and_make_editions_pending),
            EVERY_STORE(test_news_of_notes_keep_each_language_and_the_newest),
            EVERY_STORE(test_notes_are_no_news_once_they_are_seen_to),
            EVERY_STORE(test_pending_editions_come_by_occasion),
            EVERY_STORE(test_an_edition_needs_its_channel_and_papers),
            EVERY_STORE(test_an_edit_knows_the_message_it_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
