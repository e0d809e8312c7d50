/* The same random life in every store: each answer of one is the other's.
 *
 * Keys come from small sets, so that rows meet: papers are merged, batches
 * filled twice, rows claimed, settled and put back, transactions taken back. */
#include "tests/contract/random_life.h"

/* --- the calls --- */

static void call_paper_put(struct life *life, struct store *store)
{
    struct error err = {0};
    enum store_change change = STORE_UNCHANGED;
    struct paper paper = paper_empty();
    struct author authors[3];
    const char *names[3];

    paper.id = paper_id(life);
    paper.version = roll(life, 3);
    paper.title = arena_format(&life->arena, "Title %u", roll(life, 3));
    paper.abstract = text(life);
    paper.comment = text(life);
    paper.withdrawn = roll(life, 8) == 0;
    paper.updated_ms = roll(life, 3);
    for (int i = 0; i < 3; i++) {
        authors[i] = (struct author){text(life), text(life)};
        names[i] = category(life);
    }
    paper.authors =
            (struct author_list){authors, roll(life, 4), roll(life, 2) == 0};
    paper.affiliations = (struct string_list){names, roll(life, 4)};
    paper.categories = (struct string_list){names, roll(life, 4)};
    bool done = store_paper_put(store, &paper, life->now_ms, &change, &err);
    say_done(life, done, &err);
    say(life, " %d", (int)change);
}

static void call_paper_get(struct life *life, struct store *store)
{
    struct error err = {0};
    struct paper *paper = NULL;
    const char *id = paper_id(life);

    say_done(life, store_paper_get(store, id, &life->arena, &paper, &err),
            &err);
    if (paper == NULL)
        return;
    say(life, " %s v%u %s|%s|%s %d %" PRId64, paper->id, paper->version,
            paper->title, paper->abstract, paper->comment, paper->withdrawn,
            paper->updated_ms);
    for (size_t i = 0; i < paper->authors.count; i++)
        say(life, " %s(%s)", paper->authors.items[i].name,
                paper->authors.items[i].affiliation);
    for (size_t i = 0; i < paper->affiliations.count; i++)
        say(life, " %s", paper->affiliations.items[i]);
    for (size_t i = 0; i < paper->categories.count; i++)
        say(life, " %s", paper->categories.items[i]);
}

static void call_note_put(struct life *life, struct store *store)
{
    static const char *const languages[] = {"zh", "en", "de"};
    struct error err = {0};
    struct note note = {
            .paper_id = paper_id(life),
            .language = pick(life, languages, 3),
            .title = text(life),
            .heading = text(life),
            .digest = text(life),
            .writer = text(life),
            .version = (unsigned)roll(life, 3),
            .prompt = text(life),
    };
    say_done(life, store_note_put(store, &note, life->now_ms, &err), &err);
}

static void call_notes_get(struct life *life, struct store *store)
{
    struct error err = {0};
    struct note_list notes = {0};
    const char *id = paper_id(life);

    say_done(life, store_notes_get(store, id, &life->arena, &notes, &err),
            &err);
    for (size_t i = 0; i < notes.count; i++)
        say(life, " %s:%s,%s,%s,%s,%u,%s,%" PRId64, notes.items[i].language,
                notes.items[i].title, notes.items[i].heading,
                notes.items[i].digest, notes.items[i].writer,
                notes.items[i].version, notes.items[i].prompt,
                notes.items[i].written_ms);
}

static struct note_attempt attempt_key(struct life *life)
{
    static const char *const languages[] = {"zh", "en"};
    static const char *const writers[] = {"main/gpt-x", "spare/deepl"};
    static const char *const prompts[] = {"", "1"};

    return (struct note_attempt){.paper_id = paper_id(life),
            .version = (unsigned)roll(life, 2),
            .language = pick(life, languages, 2),
            .writer = pick(life, writers, 2),
            .prompt = pick(life, prompts, 2)};
}

static void call_attempt_put(struct life *life, struct store *store)
{
    struct error err = {0};
    struct note_attempt attempt = attempt_key(life);

    attempt.outcome = (enum note_outcome)roll(life, 3);
    attempt.tries = (unsigned)roll(life, 3);
    attempt.flaw = text(life);
    attempt.tried_ms = life->now_ms;
    say_done(life, store_attempt_put(store, &attempt, &err), &err);
}

static void call_attempt_get(struct life *life, struct store *store)
{
    struct error err = {0};
    struct note_attempt *attempt = NULL;
    const struct note_attempt key = attempt_key(life);

    say_done(life, store_attempt_get(store, &key, &life->arena, &attempt, &err),
            &err);
    if (attempt != NULL)
        say(life, " %s v%u %s %s %s: %d, %u, %s, %" PRId64, attempt->paper_id,
                attempt->version, attempt->language, attempt->writer,
                attempt->prompt, (int)attempt->outcome, attempt->tries,
                attempt->flaw, attempt->tried_ms);
}

static void call_signal_put(struct life *life, struct store *store)
{
    static const char *const kinds[] = {"hf-votes", "citations"};
    struct error err = {0};
    bool rose = false;
    const struct signal signal = {
            .paper_id = paper_id(life),
            .kind = pick(life, kinds, 2),
            .value = roll(life, 6),
            .seen_ms = life->now_ms,
    };
    say_done(life, store_signal_put(store, &signal, &rose, &err), &err);
    say(life, " %d", (int)rose);
}

static void call_signals_get(struct life *life, struct store *store)
{
    struct error err = {0};
    struct signal_list signals = {0};
    const char *id = paper_id(life);

    say_done(life, store_signals_get(store, id, &life->arena, &signals, &err),
            &err);
    for (size_t i = 0; i < signals.count; i++)
        say(life, " %s=%" PRId64 "@%" PRId64, signals.items[i].kind,
                signals.items[i].value, signals.items[i].seen_ms);
}

static void call_batch_put(struct life *life, struct store *store)
{
    struct error err = {0};
    struct batch batch = {
            .category = category(life),
            .date = date(life),
            .state = (enum batch_state)roll(life, 3),
            .new_count = roll(life, 300),
            .checked_ms = life->now_ms,
            .complaint = text(life),
    };
    say_done(life, store_batch_put(store, &batch, &err), &err);
}

static void call_batch_list(struct life *life, struct store *store)
{
    struct error err = {0};
    struct batch_list batches = {0};
    const char *code = category(life);

    say_done(life,
            store_batch_list(store, code, 1 + roll(life, 6), &life->arena,
                    &batches, &err),
            &err);
    for (size_t i = 0; i < batches.count; i++)
        say(life, " %d-%d %d %u %" PRId64 " %s", batches.items[i].date.month,
                batches.items[i].date.day, (int)batches.items[i].state,
                batches.items[i].new_count, batches.items[i].checked_ms,
                batches.items[i].complaint);
}

static void call_batch_add(struct life *life, struct store *store)
{
    struct error err = {0};
    bool added = false;
    const char *code = category(life), *id = paper_id(life);
    struct civil_date day = date(life);

    bool done = store_batch_paper_add(store, code, day, id,
            (enum announce_type)roll(life, 5), &added, &err);
    say_done(life, done, &err);
    say(life, " %d", added);
}

static void call_batch_papers(struct life *life, struct store *store)
{
    struct error err = {0};
    struct batch_paper_list papers = {0};
    int64_t arrival = 0;
    const char *code = category(life);
    struct civil_date day = date(life);

    say_done(life,
            store_batch_papers(store, code, day, &life->arena, &papers, &err) &&
                    store_arrival(store, &arrival, &err),
            &err);
    say(life, " %" PRId64 ":", arrival);
    for (size_t i = 0; i < papers.count; i++)
        say(life, " %s/%d@%" PRId64 "+%" PRId64, papers.items[i].paper_id,
                (int)papers.items[i].announce, papers.items[i].arrival,
                papers.items[i].rose);
}

static void call_batch_seen(struct life *life, struct store *store)
{
    struct error err = {0};
    bool seen = false;
    const char *code = category(life), *id = paper_id(life);

    say_done(life,
            store_batch_seen(store, code, id, (enum announce_type)roll(life, 5),
                    &seen, &err),
            &err);
    say(life, " %d", seen);
}

static void call_channel_put(struct life *life, struct store *store)
{
    static const char *const rooms[] = {"#a", "#b", "#c"};
    struct error err = {0};
    int64_t id = 0;
    const char *room = pick(life, rooms, 3);

    say_done(life,
            store_channel_put(store, "home", room, text(life), life->now_ms,
                    &id, &err),
            &err);
    say(life, " %" PRId64, id);
}

static void call_channel_list(struct life *life, struct store *store)
{
    struct error err = {0};
    struct known_channel_list channels = {0};

    if (roll(life, 2) == 0) {
        int64_t id = channel_id(life);
        say_done(life, store_channel_break(store, id, text(life), &err), &err);
    }
    say_done(life, store_channel_list(store, &life->arena, &channels, &err),
            &err);
    for (size_t i = 0; i < channels.count; i++)
        say(life, " %" PRId64 "%s %s %" PRId64 " %s", channels.items[i].id,
                channels.items[i].room, channels.items[i].label,
                channels.items[i].created_ms, channels.items[i].broken);
}

static void call_covered(struct life *life, struct store *store)
{
    struct error err = {0};
    struct covered_list covered = {0};
    int64_t id = channel_id(life);
    struct covered_batch batch = {category(life), date(life), roll(life, 99)};

    say_done(life, store_covered_put(store, id, &batch, &err), &err);
    say_done(life, store_covered_list(store, id, &life->arena, &covered, &err),
            &err);
    for (size_t i = 0; i < covered.count; i++)
        say(life, " %s %d-%d %" PRId64, covered.items[i].category,
                covered.items[i].date.month, covered.items[i].date.day,
                covered.items[i].arrival);
}

static void call_posted(struct life *life, struct store *store)
{
    struct error err = {0};
    struct posted_paper *read = NULL;
    int64_t id = channel_id(life);
    struct posted_paper posted = {paper_id(life), occasion(life), life->now_ms};

    say_done(life, store_posted_add(store, id, &posted, &err), &err);
    say_done(life,
            store_posted_get(store, channel_id(life), posted.paper_id,
                    &life->arena, &read, &err),
            &err);
    if (read != NULL)
        say(life, " %s %" PRId64, read->occasion, read->posted_ms);
}

static void call_occasion(struct life *life, struct store *store)
{
    static const char *const prefixes[] = {"", "digest/", "post", "x"};
    struct error err = {0};
    struct occasion_list occasions = {0};
    struct occasion recorded = {
            .channel_id = channel_id(life),
            .key = occasion(life),
            .outcome = (enum occasion_outcome)roll(life, 5),
            .due_ms = life->now_ms,
    };

    say_done(life, store_occasion_record(store, &recorded, &err), &err);
    const char *prefix = pick(life, prefixes, 4);
    say_done(life,
            store_occasion_list(store, recorded.channel_id, prefix,
                    1 + roll(life, 3), &life->arena, &occasions, &err),
            &err);
    for (size_t i = 0; i < occasions.count; i++)
        say(life, " %s=%d", occasions.items[i].key,
                (int)occasions.items[i].outcome);
}

static void call_outbox_add(struct life *life, struct store *store)
{
    struct error err = {0};
    int64_t id = 0;
    struct outbox_row row = {
            .channel_id = channel_id(life),
            .account = text(life),
            .room = text(life),
            .occasion = occasion(life),
            .part = roll(life, 3),
            .delivery_key = "k",
            .verb = (enum outbox_verb)roll(life, 4),
            .payload = text(life),
            .reply_to = roll(life, 4) == 0 ? roll(life, 9) : 0,
            .next_try_ms = life->now_ms + (int64_t)roll(life, 30),
            .created_ms = life->now_ms,
    };

    row.payload_bytes = strlen(row.payload);
    say_done(life, store_outbox_add(store, &row, &id, &err), &err);
    say(life, " %" PRId64, id);
}

static const char *owner(struct life *life)
{
    static const char *const owners[] = {"one", "two"};
    return pick(life, owners, 2);
}

static void call_outbox_claim(struct life *life, struct store *store)
{
    struct error err = {0};
    struct outbox_list rows = {0};
    int64_t next = 0;
    const char *name = owner(life);
    int64_t until = life->now_ms + (int64_t)roll(life, 60);

    say_done(life,
            store_outbox_claim(store, name, life->now_ms, until,
                    1 + roll(life, 4), &life->arena, &rows, &err) &&
                    store_outbox_next_ms(store, &next, &err),
            &err);
    say(life, " next %" PRId64, next);
    for (size_t i = 0; i < rows.count; i++)
        say(life, " %" PRId64, rows.items[i].id);
}

static void call_outbox_change(struct life *life, struct store *store)
{
    struct error err = {0};
    int64_t id = 1 + roll(life, 20), now = life->now_ms;
    unsigned what = roll(life, 6);
    const char *why = text(life);
    bool done = false;

    if (what == 0)
        done = store_outbox_attempt(store, id, now, &err);
    else if (what == 1)
        done = store_outbox_settle(store, id, why, now, &err);
    else if (what == 2)
        done = store_outbox_retry(store, id, now + (int64_t)roll(life, 40), why,
                roll(life, 2) == 0, &err);
    else if (what == 3)
        done = store_outbox_release(store,
                roll(life, 2) == 0 ? NULL : owner(life), &err);
    else
        done = store_outbox_end(store, id, (enum outbox_state)roll(life, 4),
                why, now, &err);
    say_done(life, done, &err);
}

static void call_outbox_list(struct life *life, struct store *store)
{
    struct error err = {0};
    struct outbox_list rows = {0};
    struct store_counts counts = {0};
    int64_t id = roll(life, 2) == 0 ? 0 : channel_id(life);
    const char *key = roll(life, 2) == 0 ? "" : occasion(life);

    say_done(life,
            store_outbox_list(store, id, key, &life->arena, &rows, &err) &&
                    store_count(store, &counts, &err),
            &err);
    say(life, " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64,
            counts.papers, counts.notes, counts.outbox_due,
            counts.outbox_parked, counts.outbox_sent);
    for (size_t i = 0; i < rows.count; i++) {
        const struct outbox_row *row = &rows.items[i];
        say(life,
                " %" PRId64 ":%s,%s.%u %d %.*s >%" PRId64 " %d %" PRId64
                " %u%d %s|%s %s|%s %" PRId64 " %" PRId64,
                row->id, row->account, row->occasion, row->part, (int)row->verb,
                (int)row->payload_bytes, row->payload, row->reply_to,
                (int)row->state, row->next_try_ms, row->attempts,
                row->attempted, row->receipt, row->complaint, row->target,
                row->root, row->created_ms, row->settled_ms);
    }
}

static void call_value(struct life *life, struct store *store)
{
    static const char *const keys[] = {"k1", "k2", "k3"};
    struct error err = {0};
    char *value = NULL;
    const char *key = pick(life, keys, 3);

    if (roll(life, 2) == 0)
        say_done(life, store_value_put(store, key, text(life), &err), &err);
    say_done(life, store_value_get(store, key, &life->arena, &value, &err),
            &err);
    say(life, " %s", value == NULL ? "none" : value);
}

/* The outbox has most to go wrong and gets most of the calls. */
static call_fn *const calls[] = {call_paper_put, call_paper_put, call_paper_get,
        call_note_put, call_notes_get, call_attempt_put, call_attempt_get,
        call_signal_put, call_signals_get, call_batch_put, call_batch_list,
        call_batch_add, call_batch_add, call_batch_papers, call_batch_seen,
        call_channel_put, call_channel_list, call_covered, call_posted,
        call_occasion, call_outbox_add, call_outbox_add, call_outbox_add,
        call_outbox_claim, call_outbox_claim, call_outbox_change,
        call_outbox_change, call_outbox_change, call_outbox_list, call_value};

static void test_random_lives_are_the_same_in_every_store(void **state)
{
    random_lives(*state, calls, sizeof calls / sizeof *calls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            SQLITE_ONLY(test_random_lives_are_the_same_in_every_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
