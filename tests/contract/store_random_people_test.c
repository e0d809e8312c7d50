/* The same random life of people in every store: each answer of one is the
 * other's.
 *
 * They set, vote, save, write and are forgotten; channels move, go, come back
 * and are purged; what is old goes. */
#include "tests/contract/random_life.h"

static int64_t a_channel(struct life *life)
{
    return 1 + roll(life, 6);
}

static const char *person(struct life *life)
{
    static const char *const people[] = {"@a:x", "@b:x", "@c:x"};
    return pick(life, people, 3);
}

static const char *account(struct life *life)
{
    static const char *const accounts[] = {"home", "away"};
    return pick(life, accounts, 2);
}

static const char *room(struct life *life)
{
    static const char *const rooms[] = {"#a", "#b", "#c"};
    return pick(life, rooms, 3);
}

static const char *few_papers(struct life *life)
{
    return arena_format(&life->arena, "2611.%05u", roll(life, 4));
}

static void say_flag(struct life *life, bool done, const struct error *err,
        bool flag)
{
    say_done(life, done, err);
    if (done)
        say(life, " %d", flag);
}

/* --- channels --- */

static void call_paper_put(struct life *life, struct store *store)
{
    struct error err = {0};
    struct paper paper = paper_named(few_papers(life), "A title");
    enum store_change change;

    say_done(life, store_paper_put(store, &paper, life->now_ms, &change, &err),
            &err);
}

static void call_channel_put(struct life *life, struct store *store)
{
    struct error err = {0};
    int64_t id = 0;
    const char *name = account(life);

    say_done(life,
            store_channel_put(store, name, room(life), "l", life->now_ms, &id,
                    &err),
            &err);
    say(life, " %" PRId64, id);
}

static void call_channel_place(struct life *life, struct store *store)
{
    struct error err = {0};
    struct known_channel_list channels = {0};
    int64_t revision = 0, id = a_channel(life);
    int64_t removed_ms = roll(life, 3) == 0 ? 0 : life->now_ms;

    if (roll(life, 2) == 0)
        say_done(life, store_channel_remove(store, id, removed_ms, &err), &err);
    else
        say_done(life, store_channel_move(store, id, room(life), &err), &err);
    say_done(life,
            store_channel_list(store, &life->arena, &channels, &err) &&
                    store_revision(store, &revision, &err),
            &err);
    say(life, " r%" PRId64, revision);
    for (size_t i = 0; i < channels.count; i++)
        say(life, " %" PRId64 "%s%s-%" PRId64, channels.items[i].id,
                channels.items[i].account, channels.items[i].room,
                channels.items[i].removed_ms);
}

static void call_purge(struct life *life, struct store *store)
{
    struct error err = {0};
    size_t purged = 0;
    int64_t before_ms = life->now_ms - 300;

    say_done(life, store_channel_purge(store, before_ms, &purged, &err), &err);
    say(life, " %zu", purged);
}

static void call_prune(struct life *life, struct store *store)
{
    struct error err = {0};
    const struct store_horizon before = {
            .outbox_ms = life->now_ms - (int64_t)roll(life, 200),
            .changes_ms = life->now_ms - (int64_t)roll(life, 200),
            .bookmarks_ms = life->now_ms - (int64_t)roll(life, 200),
            .drafts_ms = life->now_ms - (int64_t)roll(life, 200),
    };

    say_done(life, store_prune(store, &before, &err), &err);
    say_done(life, store_inbox_prune(store, before.outbox_ms, &err), &err);
}

/* --- settings --- */

static void call_setting(struct life *life, struct store *store)
{
    static const char *const keys[] = {"style", "size", "schedule"};
    struct error err = {0};
    struct channel_setting_list settings = {0};
    int64_t id = a_channel(life);
    bool dropped = false;
    const struct channel_setting setting = {.key = pick(life, keys, 3),
            .value = text(life),
            .person = person(life),
            .set_ms = life->now_ms};

    if (roll(life, 3) == 0)
        say_flag(life,
                store_setting_drop(store, id, setting.key, &dropped, &err),
                &err, dropped);
    else
        say_done(life, store_setting_put(store, id, &setting, &err), &err);
    say_done(life, store_setting_list(store, id, &life->arena, &settings, &err),
            &err);
    for (size_t i = 0; i < settings.count; i++)
        say(life, " %s=%s,%s@%" PRId64, settings.items[i].key,
                settings.items[i].value, settings.items[i].person,
                settings.items[i].set_ms);
}

static void call_change(struct life *life, struct store *store)
{
    struct error err = {0};
    struct channel_change_list changes = {0};
    int64_t id = a_channel(life);
    const struct channel_change change = {.changed_ms = life->now_ms -
                    (int64_t)roll(life, 20),
            .person = person(life),
            .what = text(life)};

    say_done(life, store_change_add(store, id, &change, &err), &err);
    say_done(life,
            store_change_list(store, id, 1 + roll(life, 5), &life->arena,
                    &changes, &err),
            &err);
    for (size_t i = 0; i < changes.count; i++)
        say(life, " %" PRId64 "%s:%s", changes.items[i].changed_ms,
                changes.items[i].person, changes.items[i].what);
}

/* --- readers --- */

static void call_vote(struct life *life, struct store *store)
{
    struct error err = {0};
    struct vote_list votes = {0};
    int before = 9;
    int64_t id = a_channel(life);
    const struct vote vote = {.person = person(life),
            .paper_id = few_papers(life),
            .value = (int)roll(life, 3) - 1,
            .voted_ms = life->now_ms - (int64_t)roll(life, 10)};

    say_done(life, store_vote_put(store, id, &vote, &before, &err), &err);
    say(life, " %d", before);
    say_done(life,
            store_vote_list(store, id, 1 + roll(life, 5), &life->arena, &votes,
                    &err),
            &err);
    for (size_t i = 0; i < votes.count; i++)
        say(life, " %s%s%+d@%" PRId64, votes.items[i].person,
                votes.items[i].paper_id, votes.items[i].value,
                votes.items[i].voted_ms);
}

static void call_saved(struct life *life, struct store *store)
{
    struct error err = {0};
    struct saved_list saved = {0};
    bool flag = false;
    const char *home = account(life), *who = person(life);
    const struct saved_paper paper = {few_papers(life),
            life->now_ms - (int64_t)roll(life, 10)};

    if (roll(life, 3) == 0)
        say_flag(life,
                store_saved_drop(store, home, who, paper.paper_id, &flag, &err),
                &err, flag);
    else
        say_flag(life, store_saved_put(store, home, who, &paper, &flag, &err),
                &err, flag);
    say_done(life,
            store_saved_list(store, home, who, &life->arena, &saved, &err),
            &err);
    for (size_t i = 0; i < saved.count; i++)
        say(life, " %s@%" PRId64, saved.items[i].paper_id,
                saved.items[i].saved_ms);
    struct person_list people = {0};
    say_done(life, store_saved_people(store, &life->arena, &people, &err),
            &err);
    for (size_t i = 0; i < people.count; i++)
        say(life, " %s/%s", people.items[i].account, people.items[i].id);
}

static void call_bookmark(struct life *life, struct store *store)
{
    struct error err = {0};
    char *read = NULL;
    int64_t id = a_channel(life);
    const char *who = person(life);

    if (roll(life, 2) == 0)
        say_done(life,
                store_bookmark_put(store, id, who, text(life), life->now_ms,
                        &err),
                &err);
    say_done(life,
            store_bookmark_get(store, id, who, &life->arena, &read, &err),
            &err);
    say(life, " %s", read == NULL ? "none" : read);
}

static void call_forget(struct life *life, struct store *store)
{
    struct error err = {0};
    struct traces traces = {0}, gone = {0};
    const char *home = account(life), *who = person(life);

    say_done(life, store_person_traces(store, home, who, &traces, &err), &err);
    say_done(life, store_person_forget(store, home, who, &gone, &err), &err);
    if (memcmp(&traces, &gone, sizeof gone) != 0)
        fail_msg("more or less was erased of %s than was there", who);
    say(life, " %zu %zu %zu %zu %zu %zu %zu %zu", gone.votes, gone.saved,
            gone.events, gone.changes, gone.settings, gone.drafts,
            gone.bookmarks, gone.answers);
}

/* --- drafts --- */

static void call_draft_put(struct life *life, struct store *store)
{
    struct error err = {0};
    const char *curators[3];
    struct draft_paper papers[3];
    struct covered_batch covered[] = {{"cs.LG", {2026, 11, 24}, roll(life, 9)},
            {text(life), {2026, 11, 23}, 1}};

    for (unsigned i = 0; i < 3; i++) {
        curators[i] = person(life);
        papers[i] = (struct draft_paper){few_papers(life), text(life), i + 1,
                (enum draft_place)roll(life, 3), text(life)};
    }
    const struct draft draft = {.channel_id = a_channel(life),
            .occasion = occasion(life),
            .made_ms = life->now_ms,
            .due_ms = life->now_ms + (int64_t)roll(life, 50),
            .touched = roll(life, 2) == 0,
            .covered = {covered, roll(life, 3)},
            .curators = {curators, roll(life, 4)},
            .papers = papers,
            .count = roll(life, 4)};
    say_done(life, store_draft_put(store, &draft, &err), &err);
}

static void call_draft_get(struct life *life, struct store *store)
{
    struct error err = {0};
    struct draft *draft = NULL;
    int64_t id = a_channel(life);

    say_done(life,
            store_draft_get(store, id, occasion(life), &life->arena, &draft,
                    &err),
            &err);
    if (draft == NULL)
        return;
    say(life, " %" PRId64 "-%" PRId64 " %d", draft->made_ms, draft->due_ms,
            draft->touched);
    for (size_t i = 0; i < draft->covered.count; i++)
        say(life, " %s:%" PRId64, draft->covered.items[i].category,
                draft->covered.items[i].arrival);
    for (size_t i = 0; i < draft->curators.count; i++)
        say(life, " %s", draft->curators.items[i]);
    for (size_t i = 0; i < draft->count; i++)
        say(life, " %s,%s,%u,%d,%s", draft->papers[i].paper_id,
                draft->papers[i].tag, draft->papers[i].number,
                (int)draft->papers[i].place, draft->papers[i].text);
}

/* --- events and answers --- */

static void call_inbox_add(struct life *life, struct store *store)
{
    struct error err = {0};
    bool added = false;
    const char *home = account(life);
    const struct event event = {.id = arena_format(&life->arena, "$%u",
                                        roll(life, 12)),
            .kind = (enum event_kind)roll(life, 7),
            .room = room(life),
            .person = person(life),
            .text = text(life),
            .target = text(life),
            .reply = text(life),
            .sent_ms = roll(life, 9)};

    say_flag(life,
            store_inbox_add(store, home, &event, life->now_ms, &added, &err),
            &err, added);
}

static void call_inbox_hear(struct life *life, struct store *store)
{
    struct error err = {0};
    struct inbox_list rows = {0};

    if (roll(life, 2) == 0)
        say_done(life, store_inbox_drop(store, 1 + roll(life, 30), &err), &err);
    say_done(life,
            store_inbox_list(store, 1 + roll(life, 6), &life->arena, &rows,
                    &err),
            &err);
    for (size_t i = 0; i < rows.count; i++) {
        const struct event *event = &rows.items[i].event;
        say(life, " %" PRId64 "%s%s:%d,%s,%s,%s,%s,%s,%" PRId64 "@%" PRId64,
                rows.items[i].id, rows.items[i].account, event->id,
                (int)event->kind, event->room, event->person, event->text,
                event->target, event->reply, event->sent_ms,
                rows.items[i].received_ms);
    }
}

static void call_outbox_add(struct life *life, struct store *store)
{
    struct error err = {0};
    int64_t id = 0;
    const struct outbox_row row = {.channel_id = a_channel(life),
            .account = "home",
            .room = room(life),
            .occasion = occasion(life),
            .part = roll(life, 4),
            .delivery_key = "k",
            .payload = "p",
            .payload_bytes = 1,
            .reply_to = roll(life, 3) == 0 ? roll(life, 20) : 0,
            .reply = roll(life, 4) == 0 ? "$thread" : "",
            .person = roll(life, 2) == 0 ? person(life) : ""};

    say_done(life, store_outbox_add(store, &row, &id, &err), &err);
    say(life, " %" PRId64, id);
}

static void call_outbox_end(struct life *life, struct store *store)
{
    struct error err = {0};
    int64_t id = 1 + roll(life, 30);
    enum outbox_state end = roll(life, 2) == 0 ? OUTBOX_PARKED : OUTBOX_EXPIRED;

    if (roll(life, 3) > 0)
        say_done(life, store_outbox_settle(store, id, "$1", life->now_ms, &err),
                &err);
    else
        say_done(life, store_outbox_end(store, id, end, "", life->now_ms, &err),
                &err);
}

static void call_outbox_list(struct life *life, struct store *store)
{
    struct error err = {0};
    struct outbox_list rows = {0};

    say_done(life, store_outbox_list(store, 0, "", &life->arena, &rows, &err),
            &err);
    for (size_t i = 0; i < rows.count; i++) {
        const struct outbox_row *row = &rows.items[i];
        say(life, " %" PRId64 ":%s,%s.%u,%s,%s >%" PRId64 "%s %d", row->id,
                row->room, row->occasion, row->part, row->reply, row->person,
                row->reply_to, row->target, (int)row->state);
    }
}

static void call_edition(struct life *life, struct store *store)
{
    struct error err = {0};
    bool holds = false;
    struct edition_paper paper = {.paper_id = few_papers(life), .tag = "LG"};
    const struct edition edition = {.channel_id = a_channel(life),
            .occasion = occasion(life),
            .posted_ms = life->now_ms,
            .papers = &paper,
            .count = 1};
    const struct edition_news news = {.changes = EDITION_WITHDRAWN,
            .venue = ""};

    say_done(life, store_edition_put(store, &edition, &err), &err);
    if (roll(life, 4) == 0)
        say_done(life,
                store_edition_change(store, few_papers(life), &news, &err),
                &err);
    if (roll(life, 4) == 0)
        say_done(life,
                store_edition_settle(store, edition.channel_id,
                        edition.occasion, &err),
                &err);
    say_flag(life, store_edition_holds(store, few_papers(life), &holds, &err),
            &err, holds);
}

static call_fn *const calls[] = {call_paper_put, call_paper_put,
        call_channel_put, call_channel_put, call_channel_put,
        call_channel_place, call_purge, call_prune, call_setting, call_setting,
        call_change, call_change, call_vote, call_vote, call_vote, call_saved,
        call_saved, call_bookmark, call_forget, call_draft_put, call_draft_put,
        call_draft_get, call_draft_get, call_inbox_add, call_inbox_add,
        call_inbox_add, call_inbox_hear, call_inbox_hear, call_outbox_add,
        call_outbox_add, call_outbox_end, call_outbox_end, call_outbox_list,
        call_edition};

static void test_peoples_random_lives_are_the_same_in_every_store(void **state)
{
    random_lives(*state, calls, sizeof calls / sizeof *calls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            SQLITE_ONLY(test_peoples_random_lives_are_the_same_in_every_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
