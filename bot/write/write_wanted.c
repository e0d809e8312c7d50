#include "bot/write/write_wanted.h"

#include "bot/base/text.h"
#include "bot/digest_entry.h"
#include "bot/planning/plan_choice.h"

#include <stdlib.h>
#include <string.h>

/* Who is due later gets its notes later: most of what is announced until then is
 * not known yet. */
static const int64_t horizon_ms = INT64_C(24) * 60 * 60 * 1000;
/* Who would still look at a message that changes? */
static const int64_t shown_ms = INT64_C(24) * 60 * 60 * 1000;
static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

enum {
    SHOWN_OCCASIONS = 4, /* looked at a channel */
};

/* --- who is asked --- */

static bool same_strings(const struct string_list *a,
        const struct string_list *b)
{
    for (size_t i = 0; a->count == b->count && i < a->count; i++)
        if (!text_same(a->items[i], b->items[i]))
            return false;
    return a->count == b->count;
}

static bool same_languages(const struct language_pair *a,
        const struct language_pair *b)
{
    for (size_t i = 0; i < LANGUAGES_MAX; i++) {
        if ((a->tags[i] == NULL) != (b->tags[i] == NULL))
            return false;
        if (a->tags[i] != NULL && !text_same(a->tags[i], b->tags[i]))
            return false;
    }
    return true;
}

/* Whether both want the same papers in the same languages. */
static bool same_wishes(const struct channel *a, const struct channel *b)
{
    const struct subscription *one = &a->subscription, *two = &b->subscription;

    return a->style == b->style && a->top_count == b->top_count &&
            a->also_count == b->also_count &&
            same_languages(&a->languages, &b->languages) &&
            same_strings(&one->categories, &two->categories) &&
            same_strings(&one->words, &two->words) &&
            same_strings(&one->authors, &two->authors) &&
            same_strings(&one->unwanted, &two->unwanted);
}

/* A draft goes to its curators ahead of the hour. */
static int64_t needed_ms(const struct seat *seat)
{
    return seat->due.ms - seat->channel->curate_ms;
}

static int by_hour(const void *a, const void *b)
{
    const struct seat *one = *(const struct seat *const *)a;
    const struct seat *two = *(const struct seat *const *)b;

    if (needed_ms(one) != needed_ms(two))
        return needed_ms(one) < needed_ms(two) ? -1 : 1;
    return one->channel->id < two->channel->id
            ? -1
            : one->channel->id > two->channel->id;
}

/* What a channel's votes teach is its own. */
static bool has_votes(struct store *store, const struct channel *channel,
        struct arena *arena, bool *has, struct error *err)
{
    struct vote_list votes;

    if (!store_vote_list(store, channel->id, 1, arena, &votes, err))
        return false;
    *has = votes.count > 0;
    return true;
}

static bool is_new_wish(const struct wanted_seats *wanted, const bool *votes,
        const struct channel *channel)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (!votes[i] && same_wishes(wanted->items[i]->channel, channel))
            return false;
    return true;
}

static size_t due_seats(const struct seat *seats, size_t count, int64_t now_ms,
        const struct seat **due)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if (seats[i].waits && !seats[i].channel->paused &&
                needed_ms(&seats[i]) - now_ms <= horizon_ms)
            due[found++] = &seats[i];
    if (found > 1)
        qsort(due, found, sizeof(const struct seat *), by_hour);
    return found;
}

bool write_wanted_seats(struct store *store, const struct seat *seats,
        size_t count, int64_t now_ms, struct arena *arena,
        struct wanted_seats *wanted, struct error *err)
{
    const struct seat **due =
            arena_array(arena, const struct seat *, count + 1);
    bool *votes = arena_array(arena, bool, count + 1);
    size_t found = due_seats(seats, count, now_ms, due);

    *wanted = (struct wanted_seats){
            .items = arena_array(arena, const struct seat *, count + 1)};
    for (size_t i = 0; i < found; i++) {
        bool voted;
        if (!has_votes(store, due[i]->channel, arena, &voted, err))
            return false;
        if (!voted && !is_new_wish(wanted, votes, due[i]->channel))
            continue;
        votes[wanted->count] = voted;
        wanted->items[wanted->count++] = due[i];
    }
    return true;
}

/* --- what is wanted --- */

static const char original[] = "en"; /* as digest_entry_is_original has it */

/* One look at one seat. */
struct wishing {
    const struct seat *seat;
    struct store *store;
    struct plan_memo *memo;
    struct arena *arena; /* of the list */
    struct arena scratch;
    struct wanted_list *list;
    int64_t due_ms;
    bool better; /* a stand-in's note may be bettered */
};

static struct wanted_note *find(const struct wanted_list *list, const char *id,
        const char *language)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_same(list->items[i].paper_id, id) &&
                text_same(list->items[i].language, language))
            return &list->items[i];
    return NULL;
}

static bool is_more_urgent(int64_t due_ms, unsigned rank,
        const struct wanted_note *note)
{
    return due_ms < note->due_ms ||
            (due_ms == note->due_ms && rank < note->rank);
}

static void want(struct wishing *wishing, const char *id, const char *language,
        bool local_only, unsigned passed, unsigned rank)
{
    struct wanted_list *list = wishing->list;
    struct wanted_note *known = find(list, id, language);

    if (known != NULL)
        known->local_only = known->local_only && local_only;
    if (known != NULL && !is_more_urgent(wishing->due_ms, rank, known))
        return;
    if (known == NULL) {
        list->items = arena_grow(wishing->arena, list->items, list->count,
                &list->capacity, sizeof *list->items);
        known = &list->items[list->count++];
        *known = (struct wanted_note){.paper_id =
                                              arena_string(wishing->arena, id),
                .language = arena_string(wishing->arena, language),
                .local_only = local_only,
                .passed = passed};
    }
    known->due_ms = wishing->due_ms;
    known->rank = rank;
}

/* The writer's place in the chain, by its model: other words to the same one are no
 * reason to pay for what is there.  0 for who is not in it. */
static size_t place_of(const struct wanted_list *list, const char *writer)
{
    for (size_t i = 0; i < list->chain_count; i++)
        if (text_same(list->chain[i].writer->model, writer))
            return i;
    return 0;
}

/* Whether somebody has yet to write it: *passed are those who need not.  What
 * people wrote stays; of what was written from this version or a newer one, those
 * before its writer may make something better. */
static bool is_wanting(const struct wishing *wishing,
        const struct note_list *notes, const struct paper *paper,
        const char *language, unsigned *passed)
{
    const struct note *note = note_find(notes, paper->id, language);

    *passed = 0;
    if (note == NULL)
        return true;
    if (note->version != 0 && note->version < paper->version)
        return true;
    size_t place = note->version == 0 || !wishing->better
            ? 0
            : place_of(wishing->list, note->writer);
    *passed = ~((1U << place) - 1);
    return place > 0;
}

/* The second language of a brief digest shows as a title alone: the papers' own
 * language has that already. */
static bool is_shown(const struct channel *channel, size_t language)
{
    const char *tag = channel->languages.tags[language];

    return tag != NULL &&
            (language == 0 || channel->style == STYLE_FULL ||
                    !digest_entry_is_original(tag));
}

static bool want_paper(struct wishing *wishing, const struct paper *paper,
        unsigned rank, struct error *err)
{
    const struct channel *channel = wishing->seat->channel;
    struct note_list notes;
    unsigned passed;

    if (!store_notes_get(wishing->store, paper->id, &wishing->scratch, &notes,
                err))
        return false;
    for (size_t i = 0; i < LANGUAGES_MAX; i++)
        if (is_shown(channel, i) &&
                is_wanting(wishing, &notes, paper, channel->languages.tags[i],
                        &passed))
            want(wishing, paper->id, channel->languages.tags[i], false, passed,
                    rank);
    if (channel->style == STYLE_BRIEF &&
            is_wanting(wishing, &notes, paper, original, &passed))
        want(wishing, paper->id, original, true, passed, rank);
    return true;
}

static bool want_id(struct wishing *wishing, const char *id, unsigned rank,
        struct error *err)
{
    struct paper *paper;

    return store_paper_get(wishing->store, id, &wishing->scratch, &paper,
                   err) &&
            (paper == NULL || want_paper(wishing, paper, rank, err));
}

static bool is_chosen(const struct plan_items *chosen,
        const struct paper *paper)
{
    for (size_t i = 0; i < chosen->count; i++)
        if (text_same(chosen->items[i].paper->id, paper->id))
            return true;
    return false;
}

/* Half as many more, behind those that were chosen. */
static bool want_spares(struct wishing *wishing,
        const struct scored_list *ranked, const struct plan_items *chosen,
        struct error *err)
{
    size_t spares = (chosen->count + 1) / 2;

    for (size_t i = 0, found = 0; i < ranked->count && found < spares; i++) {
        if (is_chosen(chosen, ranked->items[i].paper))
            continue;
        if (!want_paper(wishing, ranked->items[i].paper,
                    (unsigned)(chosen->count + found++), err))
            return false;
    }
    return true;
}

static bool want_candidates(struct wishing *wishing, struct error *err)
{
    const struct plan_choice *choice;

    if (!plan_choice_uncovered(wishing->store, wishing->seat->channel,
                wishing->memo, &wishing->scratch, &choice, err))
        return false;
    for (size_t i = 0; i < choice->items.count; i++)
        if (!want_paper(wishing, choice->items.items[i].paper, (unsigned)i,
                    err))
            return false;
    return want_spares(wishing, &choice->ranked, &choice->items, err);
}

static bool want_draft(struct wishing *wishing, const struct draft *draft,
        struct error *err)
{
    for (size_t i = 0; i < draft->count; i++)
        if (draft->papers[i].place != DRAFT_OUT &&
                !want_id(wishing, draft->papers[i].paper_id, (unsigned)i, err))
            return false;
    return true;
}

bool write_wanted_add(struct store *store, const struct seat *seat,
        struct plan_memo *memo, struct arena *arena, struct wanted_list *list,
        struct error *err)
{
    struct wishing wishing = {.seat = seat,
            .store = store,
            .memo = memo,
            .arena = arena,
            .list = list,
            .due_ms = needed_ms(seat),
            .better = true};
    struct draft *draft;
    bool ok = store_draft_get(store, seat->channel->id,
            occasion_digest_key(&wishing.scratch, seat->due.date),
            &wishing.scratch, &draft, err);

    if (ok)
        ok = draft != NULL ? want_draft(&wishing, draft, err)
                           : want_candidates(&wishing, err);
    arena_finish(&wishing.scratch);
    return ok;
}

/* --- what was shown --- */

static bool want_edition(struct wishing *wishing,
        const struct occasion *occasion, int64_t now_ms, struct error *err)
{
    struct edition *edition;

    if (!store_edition_get(wishing->store, occasion->channel_id, occasion->key,
                &wishing->scratch, &edition, err))
        return false;
    if (edition == NULL || now_ms - edition->posted_ms > shown_ms)
        return true;
    wishing->better = edition->posted_ms / day_ms == now_ms / day_ms;
    for (size_t i = 0; i < edition->count; i++)
        if (!want_id(wishing, edition->papers[i].paper_id, (unsigned)i, err))
            return false;
    return true;
}

bool write_wanted_add_shown(struct store *store, const struct seat *seat,
        int64_t now_ms, struct arena *arena, struct wanted_list *list,
        struct error *err)
{
    struct wishing wishing = {.seat = seat,
            .store = store,
            .arena = arena,
            .list = list,
            .due_ms = INT64_MAX};
    struct occasion_list occasions = {0};
    bool ok = store_occasion_list(store, seat->channel->id, "digest/",
            SHOWN_OCCASIONS, &wishing.scratch, &occasions, err);

    for (size_t i = 0; ok && i < occasions.count; i++)
        ok = occasions.items[i].outcome != OUTCOME_DIGEST ||
                want_edition(&wishing, &occasions.items[i], now_ms, err);
    arena_finish(&wishing.scratch);
    return ok;
}

/* --- in order --- */

static int by_urgency(const void *a, const void *b)
{
    const struct wanted_note *one = a, *two = b;
    bool betters = one->passed != 0;

    if (one->due_ms == two->due_ms && betters != (two->passed != 0))
        return betters ? 1 : -1;
    if (is_more_urgent(one->due_ms, one->rank, two))
        return -1;
    if (is_more_urgent(two->due_ms, two->rank, one))
        return 1;
    int order = strcmp(one->paper_id, two->paper_id);
    return order != 0 ? order : strcmp(one->language, two->language);
}

void write_wanted_sort(struct wanted_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_urgency);
}
