/* The promises of bot/ports/store.h on what is kept of people, and on how it is
 * erased, kept by every store. */
#include "tests/contract/every_store.h"

#include <string.h>

static int cast(void **state, int64_t channel_id, const char *person,
        const char *paper_id, int value, int64_t voted_ms)
{
    const struct vote vote = {.person = person,
            .paper_id = paper_id,
            .value = value,
            .voted_ms = voted_ms};
    int before = 9;

    assert_true(store_vote_put(store_of(state), channel_id, &vote, &before,
            NULL));
    return before;
}

static struct vote_list votes_of(void **state, int64_t channel_id, size_t limit)
{
    struct vote_list votes;

    assert_true(store_vote_list(store_of(state), channel_id, limit,
            arena_of(state), &votes, NULL));
    return votes;
}

static bool save(void **state, const char *account, const char *person,
        const char *paper_id, int64_t saved_ms)
{
    const struct saved_paper saved = {paper_id, saved_ms};
    bool added = false;

    assert_true(store_saved_put(store_of(state), account, person, &saved,
            &added, NULL));
    return added;
}

static struct saved_list saved_of(void **state, const char *account,
        const char *person)
{
    struct saved_list saved;

    assert_true(store_saved_list(store_of(state), account, person,
            arena_of(state), &saved, NULL));
    return saved;
}

static void put_bookmark(void **state, int64_t channel_id, const char *person,
        const char *text)
{
    assert_true(store_bookmark_put(store_of(state), channel_id, person, text,
            2000, NULL));
}

static const char *bookmark_of(void **state, int64_t channel_id,
        const char *person)
{
    char *text = NULL;

    assert_true(store_bookmark_get(store_of(state), channel_id, person,
            arena_of(state), &text, NULL));
    return text;
}

static int64_t channel_with_papers(void **state)
{
    put_named(store_of(state), "2611.00001");
    put_named(store_of(state), "2611.00002");
    put_named(store_of(state), "2611.00003");
    return put_channel(store_of(state), "a");
}

/* --- votes --- */

static void test_a_vote_says_what_was_before(void **state)
{
    int64_t id = channel_with_papers(state);
    int64_t other = put_channel(store_of(state), "b");

    assert_int_equal(cast(state, id, "@a:x", "2611.00001", VOTE_UP, 1), 0);
    assert_int_equal(cast(state, id, "@a:x", "2611.00001", VOTE_DOWN, 2), 1);
    assert_int_equal(cast(state, id, "@a:x", "2611.00001", VOTE_DOWN, 3), -1);
    assert_int_equal(cast(state, id, "@b:x", "2611.00001", VOTE_UP, 3), 0);
    assert_int_equal(cast(state, other, "@a:x", "2611.00001", VOTE_UP, 3), 0);
    assert_int_equal(votes_of(state, id, 9).count, 2);
    assert_int_equal(cast(state, id, "@a:x", "2611.00001", VOTE_NONE, 4), -1);
    assert_int_equal(cast(state, id, "@a:x", "2611.00001", VOTE_NONE, 5), 0);
    struct vote_list votes = votes_of(state, id, 9);
    assert_int_equal(votes.count, 1);
    assert_string_equal(votes.items[0].person, "@b:x");
    assert_int_equal(votes_of(state, other, 9).count, 1);
    assert_int_equal(cast(state, id, "@a:x", "2611.00001", VOTE_UP, 6), 0);
    assert_int_equal(votes_of(state, id, 9).count, 2);
}

static void test_votes_come_newest_first(void **state)
{
    int64_t id = channel_with_papers(state);

    cast(state, id, "@b:x", "2611.00001", VOTE_DOWN, 2);
    cast(state, id, "@a:x", "2611.00002", VOTE_UP, 2);
    cast(state, id, "@a:x", "2611.00001", VOTE_UP, 2);
    cast(state, id, "@c:x", "2611.00003", VOTE_UP, 3);
    cast(state, id, "@d:x", "2611.00003", VOTE_UP, 1);
    struct vote_list votes = votes_of(state, id, 4);
    assert_int_equal(votes.count, 4);
    assert_string_equal(votes.items[0].person, "@c:x");
    assert_int_equal(votes.items[0].voted_ms, 3);
    assert_string_equal(votes.items[1].person, "@a:x");
    assert_string_equal(votes.items[1].paper_id, "2611.00001");
    assert_string_equal(votes.items[2].paper_id, "2611.00002");
    assert_int_equal(votes.items[2].value, VOTE_UP);
    assert_string_equal(votes.items[3].person, "@b:x");
    assert_int_equal(votes.items[3].value, VOTE_DOWN);
}

static void no_vote(void **state, int64_t channel_id, const char *paper_id,
        int value)
{
    const struct vote vote = {.person = "@a:x",
            .paper_id = paper_id,
            .value = value};
    struct error err = {0};
    int before = 0;

    assert_false(store_vote_put(store_of(state), channel_id, &vote, &before,
            &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static void test_a_vote_needs_its_channel_and_paper(void **state)
{
    int64_t id = channel_with_papers(state);

    no_vote(state, id, "2611.00009", VOTE_UP);
    no_vote(state, id, "2611.00009", VOTE_NONE);
    no_vote(state, id + 1, "2611.00001", VOTE_UP);
    no_vote(state, id + 1, "2611.00001", VOTE_NONE);
    assert_int_equal(votes_of(state, id, 9).count, 0);
}

/* --- saved papers --- */

static void test_a_paper_is_saved_once(void **state)
{
    bool dropped = true;

    channel_with_papers(state);
    assert_true(save(state, "home", "@a:x", "2611.00001", 1000));
    assert_false(save(state, "home", "@a:x", "2611.00001", 5000));
    assert_true(save(state, "away", "@a:x", "2611.00001", 2000));
    assert_true(save(state, "home", "@b:x", "2611.00001", 2000));
    struct saved_list saved = saved_of(state, "home", "@a:x");
    assert_int_equal(saved.count, 1);
    assert_int_equal(saved.items[0].saved_ms, 1000);
    assert_true(store_saved_drop(store_of(state), "home", "@a:x", "2611.00001",
            &dropped, NULL));
    assert_true(dropped);
    assert_true(store_saved_drop(store_of(state), "home", "@a:x", "2611.00001",
            &dropped, NULL));
    assert_false(dropped);
    assert_int_equal(saved_of(state, "home", "@a:x").count, 0);
    assert_int_equal(saved_of(state, "home", "@b:x").count, 1);
    assert_true(save(state, "home", "@a:x", "2611.00001", 5000));
}

static void test_saved_papers_come_newest_first(void **state)
{
    channel_with_papers(state);
    save(state, "home", "@a:x", "2611.00002", 1000);
    save(state, "home", "@a:x", "2611.00001", 1000);
    save(state, "home", "@a:x", "2611.00003", 2000);
    struct saved_list saved = saved_of(state, "home", "@a:x");
    assert_int_equal(saved.count, 3);
    assert_string_equal(saved.items[0].paper_id, "2611.00003");
    assert_string_equal(saved.items[1].paper_id, "2611.00001");
    assert_string_equal(saved.items[2].paper_id, "2611.00002");
}

static void test_only_a_known_paper_is_saved(void **state)
{
    const struct saved_paper saved = {"2611.00009", 1000};
    struct error err = {0};
    bool added;

    assert_false(store_saved_put(store_of(state), "home", "@a:x", &saved,
            &added, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

/* --- bookmarks --- */

static void test_a_bookmark_is_one_persons_in_one_channel(void **state)
{
    struct error err = {0};
    int64_t id = put_channel(store_of(state), "a");
    int64_t other = put_channel(store_of(state), "b");

    assert_null(bookmark_of(state, id, "@a:x"));
    put_bookmark(state, id, "@a:x", "search 扩散 page 2");
    put_bookmark(state, id, "@b:x", "today page 2");
    assert_string_equal(bookmark_of(state, id, "@a:x"), "search 扩散 page 2");
    assert_null(bookmark_of(state, other, "@a:x"));
    put_bookmark(state, id, "@a:x", "");
    assert_string_equal(bookmark_of(state, id, "@a:x"), "");
    assert_string_equal(bookmark_of(state, id, "@b:x"), "today page 2");
    assert_false(store_bookmark_put(store_of(state), 7, "@a:x", "t", 1, &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

/* --- forgetting --- */

static void set_by(void **state, int64_t channel_id, const char *key,
        const char *person)
{
    const struct channel_setting setting = {.key = key,
            .value = "full",
            .person = person};
    const struct channel_change change = {.person = person, .what = key};

    assert_true(store_setting_put(store_of(state), channel_id, &setting, NULL));
    assert_true(store_change_add(store_of(state), channel_id, &change, NULL));
}

static void hear(void **state, const char *account, const char *id,
        const char *person)
{
    const struct event event = {.id = id,
            .room = "a",
            .person = person,
            .text = "today",
            .target = "",
            .reply = ""};
    bool added;

    assert_true(store_inbox_add(store_of(state), account, &event, 1000, &added,
            NULL));
}

static struct traces forget(void **state, const char *account,
        const char *person)
{
    struct traces forgotten;

    assert_true(store_person_forget(store_of(state), account, person,
            &forgotten, NULL));
    return forgotten;
}

static void test_who_saved_papers_is_listed(void **state)
{
    struct person_list people;

    channel_with_papers(state);
    save(state, "home", "@b:x", "2611.00001", 1);
    save(state, "home", "@b:x", "2611.00002", 1);
    save(state, "home", "@a:x", "2611.00001", 1);
    save(state, "away", "@b:x", "2611.00001", 1);
    assert_true(store_saved_people(store_of(state), arena_of(state), &people,
            NULL));
    assert_int_equal(people.count, 3);
    assert_string_equal(people.items[0].account, "away");
    assert_string_equal(people.items[1].id, "@a:x");
    assert_string_equal(people.items[2].id, "@b:x");
}

static struct traces traces_of(void **state, const char *account,
        const char *person)
{
    struct traces traces;

    assert_true(store_person_traces(store_of(state), account, person, &traces,
            NULL));
    return traces;
}

/* The same of two people in the channel. */
static void live(void **state, int64_t id, const char *account)
{
    static const char *const people[] = {"@a:x", "@b:x"};

    for (size_t i = 0; i < 2; i++) {
        cast(state, id, people[i], "2611.00001", VOTE_UP, 1);
        cast(state, id, people[i], "2611.00002", VOTE_DOWN, 1);
        save(state, account, people[i], "2611.00001", 1);
        put_bookmark(state, id, people[i], "t");
        set_by(state, id, people[i], people[i]);
        set_by(state, id, "size", people[i]);
        set_by(state, id, "style", "@a:x");
        hear(state, account, people[i], people[i]);
    }
}

static void test_of_a_forgotten_person_nothing_is_kept(void **state)
{
    int64_t id = channel_with_papers(state);
    struct inbox_list rows;

    live(state, id, "home");
    struct traces traces = traces_of(state, "home", "@a:x");
    struct traces forgotten = forget(state, "home", "@a:x");
    assert_memory_equal(&traces, &forgotten, sizeof traces);
    assert_int_equal(forgotten.votes, 2);
    assert_int_equal(forgotten.saved, 1);
    assert_int_equal(forgotten.events, 1);
    assert_int_equal(forgotten.changes, 4);
    assert_int_equal(forgotten.settings, 2);
    assert_int_equal(forgotten.bookmarks, 1);
    assert_int_equal(forgotten.drafts, 0);
    assert_int_equal(forgotten.answers, 0);
    struct vote_list votes = votes_of(state, id, 9);
    assert_int_equal(votes.count, 2);
    assert_string_equal(votes.items[0].person, "@b:x");
    assert_int_equal(saved_of(state, "home", "@a:x").count, 0);
    assert_int_equal(saved_of(state, "home", "@b:x").count, 1);
    assert_null(bookmark_of(state, id, "@a:x"));
    assert_non_null(bookmark_of(state, id, "@b:x"));
    assert_true(store_inbox_list(store_of(state), 9, arena_of(state), &rows,
            NULL));
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.items[0].event.person, "@b:x");
    traces = traces_of(state, "home", "@a:x");
    assert_memory_equal(&traces, &(struct traces){0}, sizeof traces);
    forgotten = forget(state, "home", "@a:x");
    assert_memory_equal(&forgotten, &(struct traces){0}, sizeof forgotten);
}

static void test_settings_and_history_stay_without_the_name(void **state)
{
    int64_t id = channel_with_papers(state), before = 0, after = 0;
    struct channel_setting_list settings;
    struct channel_change_list changes;

    live(state, id, "home");
    assert_true(store_revision(store_of(state), &before, NULL));
    forget(state, "home", "@a:x");
    assert_true(store_setting_list(store_of(state), id, arena_of(state),
            &settings, NULL));
    assert_int_equal(settings.count, 4); /* @a:x, @b:x, size, style */
    assert_string_equal(settings.items[0].person, "");
    assert_string_equal(settings.items[1].person, "@b:x");
    assert_string_equal(settings.items[2].person, "@b:x");
    assert_string_equal(settings.items[3].person, "");
    assert_string_equal(settings.items[3].value, "full");
    assert_true(store_change_list(store_of(state), id, 9, arena_of(state),
            &changes, NULL));
    assert_int_equal(changes.count, 6);
    for (size_t i = 0; i < changes.count; i++)
        assert_string_not_equal(changes.items[i].person, "@a:x");
    assert_true(store_revision(store_of(state), &after, NULL));
    assert_int_equal(after, before);
}

static void test_an_account_forgets_only_its_own(void **state)
{
    int64_t id = channel_with_papers(state), away = 0;

    assert_true(store_channel_put(store_of(state), "away", "a", "team", 1,
            &away, NULL));
    live(state, id, "home");
    live(state, away, "away");
    forget(state, "home", "@a:x");
    assert_int_equal(votes_of(state, away, 9).count, 4);
    assert_int_equal(saved_of(state, "away", "@a:x").count, 1);
    assert_non_null(bookmark_of(state, away, "@a:x"));
    struct traces forgotten = forget(state, "away", "@a:x");
    assert_int_equal(forgotten.votes, 2);
    assert_int_equal(forgotten.saved, 1);
    assert_int_equal(forgotten.events, 1);
    assert_int_equal(forgotten.changes, 4);
}

static void test_a_forgotten_event_does_not_come_again(void **state)
{
    struct inbox_list rows;

    hear(state, "home", "$1", "@a:x");
    assert_true(store_inbox_list(store_of(state), 9, arena_of(state), &rows,
            NULL));
    assert_int_equal(forget(state, "home", "@a:x").events, 1);
    hear(state, "home", "$1", "@a:x");
    assert_true(store_inbox_drop(store_of(state), rows.items[0].id, NULL));
    assert_true(store_inbox_list(store_of(state), 9, arena_of(state), &rows,
            NULL));
    assert_int_equal(rows.count, 0);
}

static void test_nobody_cannot_be_forgotten(void **state)
{
    struct error err = {0};
    struct traces forgotten;

    assert_false(store_person_forget(store_of(state), "home", "", &forgotten,
            &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

/* --- private answers --- */

static int64_t answer(void **state, int64_t channel_id, const char *occasion,
        const char *person, int64_t reply_to)
{
    const struct outbox_row row = {.channel_id = channel_id,
            .account = "home",
            .room = "a",
            .occasion = occasion,
            .delivery_key = occasion,
            .payload = "p",
            .payload_bytes = 1,
            .reply_to = reply_to,
            .person = person};
    int64_t id = 0;

    assert_true(store_outbox_add(store_of(state), &row, &id, NULL));
    return id;
}

static void test_private_answers_are_forgotten_once_they_were_sent(void **state)
{
    struct store *store = store_of(state);
    struct outbox_list rows;
    int64_t id = put_channel(store, "a");
    int64_t sent = answer(state, id, "answer/1", "@a:x", 0);
    int64_t waits = answer(state, id, "answer/2", "@a:x", 0);
    int64_t edit = answer(state, id, "edit/1/1", "", sent);
    int64_t others = answer(state, id, "answer/3", "@b:x", 0);
    int64_t parked = answer(state, id, "answer/4", "@a:x", sent);

    assert_true(store_outbox_settle(store, sent, "$1", 2000, NULL));
    assert_true(store_outbox_settle(store, others, "$3", 2000, NULL));
    assert_true(store_outbox_end(store, parked, OUTBOX_PARKED, "no", 2000,
            NULL));
    assert_int_equal(traces_of(state, "home", "@a:x").answers, 2);
    assert_int_equal(forget(state, "home", "@a:x").answers, 2);
    assert_true(store_outbox_list(store, id, "", arena_of(state), &rows, NULL));
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.items[0].id, waits);
    assert_string_equal(rows.items[0].person, "@a:x");
    assert_int_equal(rows.items[1].id, edit);
    assert_int_equal(rows.items[1].reply_to, 0);
    assert_int_equal(rows.items[2].id, others);
}

static bool forget_and_give_up(struct store *store, void *ctx,
        struct error *err)
{
    struct traces forgotten;

    (void)ctx;
    assert_true(store_person_forget(store, "home", "@a:x", &forgotten, NULL));
    assert_int_equal(forgotten.votes, 2);
    return error_set(err, ERROR_INPUT, "no");
}

static void test_forgetting_is_taken_back_with_its_transaction(void **state)
{
    int64_t id = channel_with_papers(state);

    live(state, id, "home");
    assert_false(store_transact(store_of(state), forget_and_give_up, NULL,
            NULL));
    struct traces forgotten = forget(state, "home", "@a:x");
    assert_int_equal(forgotten.votes, 2);
    assert_int_equal(forgotten.saved, 1);
    assert_int_equal(forgotten.events, 1);
    assert_int_equal(forgotten.changes, 4);
}

static void put_taste(void **state, int64_t channel_id, const char *word,
        int ups, int downs)
{
    struct taste_word one = {word, ups, downs};

    assert_true(store_taste_put(store_of(state), channel_id,
            &(struct taste){&one, 1}, NULL));
}

static struct taste taste_of(void **state, int64_t channel_id)
{
    struct taste taste;

    assert_true(store_taste_get(store_of(state), channel_id, arena_of(state),
            &taste, NULL));
    return taste;
}

static void test_words_of_votes_come_in_order_and_go_at_nothing(void **state)
{
    int64_t channel = put_channel(store_of(state), "room");
    int64_t other = put_channel(store_of(state), "other");

    put_taste(state, channel, "b", 1, 0);
    put_taste(state, channel, "", 2, 1);
    put_taste(state, channel, "a", 0, 3);
    put_taste(state, channel, "b", 2, 1);
    put_taste(state, other, "c", 1, 1);
    struct taste taste = taste_of(state, channel);
    assert_int_equal(taste.count, 3);
    assert_string_equal(taste.items[0].word, "");
    assert_string_equal(taste.items[1].word, "a");
    assert_int_equal(taste.items[1].downs, 3);
    assert_int_equal(taste.items[2].ups, 2);
    put_taste(state, channel, "a", 0, 0);
    put_taste(state, channel, "z", 0, 0);
    assert_int_equal(taste_of(state, channel).count, 2);
}

static void test_words_of_votes_need_their_channel(void **state)
{
    struct taste_word one = {"a", 1, 0};
    struct error err = {0};

    assert_false(store_taste_put(store_of(state), 99, &(struct taste){&one, 1},
            &err));
    assert_int_equal(err.kind, ERROR_STOP);
}

static void test_words_of_votes_go_with_their_channel(void **state)
{
    int64_t channel = put_channel(store_of(state), "room");
    size_t purged;

    put_taste(state, channel, "a", 1, 0);
    assert_true(store_channel_remove(store_of(state), channel, 5000, NULL));
    assert_true(store_channel_purge(store_of(state), 6000, &purged, NULL));
    assert_int_equal(taste_of(state, channel).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            EVERY_STORE(test_words_of_votes_come_in_order_and_go_at_nothing),
            EVERY_STORE(test_words_of_votes_need_their_channel),
            EVERY_STORE(test_words_of_votes_go_with_their_channel),
            EVERY_STORE(test_a_vote_says_what_was_before),
            EVERY_STORE(test_votes_come_newest_first),
            EVERY_STORE(test_a_vote_needs_its_channel_and_paper),
            EVERY_STORE(test_a_paper_is_saved_once),
            EVERY_STORE(test_saved_papers_come_newest_first),
            EVERY_STORE(test_only_a_known_paper_is_saved),
            EVERY_STORE(test_a_bookmark_is_one_persons_in_one_channel),
            EVERY_STORE(test_who_saved_papers_is_listed),
            EVERY_STORE(test_of_a_forgotten_person_nothing_is_kept),
            EVERY_STORE(test_settings_and_history_stay_without_the_name),
            EVERY_STORE(test_an_account_forgets_only_its_own),
            EVERY_STORE(test_a_forgotten_event_does_not_come_again),
            EVERY_STORE(test_nobody_cannot_be_forgotten),
            EVERY_STORE(test_private_answers_are_forgotten_once_they_were_sent),
            EVERY_STORE(test_forgetting_is_taken_back_with_its_transaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
