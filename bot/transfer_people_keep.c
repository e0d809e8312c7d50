#include "bot/transfer_people.h"

#include "bot/taste.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --- papers that are not here --- */

static bool is_known(struct store *store, const char *id, bool *known,
        struct error *err)
{
    struct arena arena = {0};
    struct paper *paper;
    bool ok = store_paper_get(store, id, &arena, &paper, err);

    *known = ok && paper != NULL;
    arena_finish(&arena);
    return ok;
}

static void pass_over(struct transfer_tally *tally, const char *id,
        struct arena *arena)
{
    tally->passed_over++;
    if (tally->unknown.count < TRANSFER_UNKNOWN_MAX &&
            !string_list_has(&tally->unknown, id))
        string_list_add(&tally->unknown, &tally->unknown_capacity, arena, id);
}

/* --- votes --- */

static int by_person(const void *a, const void *b)
{
    const struct vote *one = a, *other = b;
    int order = strcmp(one->person, other->person);
    return order != 0 ? order : strcmp(one->paper_id, other->paper_id);
}

static bool keep_vote(struct store *store, int64_t id, const struct vote *vote,
        const struct vote_list *there, struct arena *arena,
        struct transfer_tally *tally, struct error *err)
{
    const struct vote *same = there->count == 0
            ? NULL
            : bsearch(vote, there->items, there->count, sizeof *there->items,
                      by_person);
    bool known;
    int before;

    if (same != NULL && same->voted_ms >= vote->voted_ms) {
        tally->same++;
        return true;
    }
    if (!is_known(store, vote->paper_id, &known, err))
        return false;
    if (!known) {
        pass_over(tally, vote->paper_id, arena);
        return true;
    }
    tally->votes++;
    return store_vote_put(store, id, vote, &before, err);
}

static bool keep_votes(struct store *store, int64_t id,
        const struct vote_list *votes, struct arena *arena,
        struct transfer_tally *tally, bool *changed, struct error *err)
{
    size_t taken_in = tally->votes;
    struct arena scratch = {0};
    struct vote_list there = {0};
    bool ok = store_vote_list(store, id, SIZE_MAX, &scratch, &there, err);

    if (ok && there.count > 1)
        qsort(there.items, there.count, sizeof *there.items, by_person);
    for (size_t i = 0; ok && i < votes->count; i++)
        ok = keep_vote(store, id, &votes->items[i], &there, arena, tally, err);
    *changed = tally->votes > taken_in;
    arena_finish(&scratch);
    return ok;
}

/* Each channel with other votes than before learns once. */
static bool learn(struct store *store, const int64_t *ids, const bool *changed,
        size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        bool later = false;
        for (size_t n = i + 1; n < count; n++)
            later = later || (ids[n] == ids[i] && changed[n]);
        if (changed[i] && !later && !taste_relearn(store, ids[i], err))
            return false;
    }
    return true;
}

/* --- saved papers --- */

static bool keep_saved(struct store *store, const struct person *person,
        const struct saved_paper *saved, struct arena *arena,
        struct transfer_tally *tally, struct error *err)
{
    bool known, added;

    if (!is_known(store, saved->paper_id, &known, err))
        return false;
    if (!known) {
        pass_over(tally, saved->paper_id, arena);
        return true;
    }
    if (!store_saved_put(store, person->account, person->id, saved, &added,
                err))
        return false;
    tally->saved += added;
    tally->same += !added;
    return true;
}

bool transfer_people_keep(struct store *store, const struct transfer *transfer,
        const int64_t *ids, struct arena *arena, struct transfer_tally *tally,
        struct error *err)
{
    bool *changed = arena_array(arena, bool, transfer->votes_count + 1);

    *tally = (struct transfer_tally){0};
    for (size_t i = 0; i < transfer->votes_count; i++)
        if (!keep_votes(store, ids[i], &transfer->votes[i].votes, arena, tally,
                    &changed[i], err))
            return false;
    if (!learn(store, ids, changed, transfer->votes_count, err))
        return false;
    for (size_t i = 0; i < transfer->people_count; i++) {
        const struct transfer_person *person = &transfer->people[i];
        for (size_t n = 0; n < person->saved.count; n++)
            if (!keep_saved(store, &person->person, &person->saved.items[n],
                        arena, tally, err))
                return false;
    }
    return true;
}
