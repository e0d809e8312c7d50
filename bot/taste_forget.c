#include "bot/taste_forget.h"

#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "bot/taste.h"

#include <stdint.h>

enum {
    /* Votes of a person in a channel that are taken back one by one; for more
     * the channel learns the others' anew. */
    TAKEN_BACK_MAX = 100,
};

static size_t count_votes(const struct vote_list *votes, const char *person)
{
    size_t count = 0;

    for (size_t i = 0; i < votes->count; i++)
        count += text_same(votes->items[i].person, person);
    return count;
}

static bool take_back(struct store *store, int64_t channel_id,
        const struct vote_list *votes, const char *person, struct error *err)
{
    int before;

    for (size_t i = 0; i < votes->count; i++) {
        struct vote vote = votes->items[i];
        vote.value = VOTE_NONE;
        if (text_same(vote.person, person) &&
                !taste_vote(store, channel_id, &vote, &before, err))
            return false;
    }
    return true;
}

/* *anew: the channel is to learn again when the votes are gone. */
static bool unlearn(struct store *store, int64_t channel_id, const char *person,
        bool *anew, struct error *err)
{
    struct arena arena = {0};
    struct vote_list votes;
    bool ok = store_vote_list(store, channel_id, SIZE_MAX, &arena, &votes, err);

    *anew = ok && count_votes(&votes, person) > TAKEN_BACK_MAX;
    if (ok && !*anew)
        ok = take_back(store, channel_id, &votes, person, err);
    arena_finish(&arena);
    return ok;
}

static bool forget(struct store *store, const char *account, const char *person,
        const struct known_channel_list *known, bool *anew, struct error *err)
{
    struct traces rest;

    for (size_t i = 0; i < known->count; i++)
        if (text_same(known->items[i].account, account) &&
                !unlearn(store, known->items[i].id, person, &anew[i], err))
            return false;
    if (!store_person_forget(store, account, person, &rest, err))
        return false;
    for (size_t i = 0; i < known->count; i++)
        if (anew[i] && !taste_relearn(store, known->items[i].id, err))
            return false;
    return true;
}

bool taste_forget(struct store *store, const char *account, const char *person,
        struct traces *erased, struct error *err)
{
    struct arena arena = {0};
    struct known_channel_list known = {0};
    bool ok = store_person_traces(store, account, person, erased, err) &&
            store_channel_list(store, &arena, &known, err) &&
            forget(store, account, person, &known,
                    arena_array(&arena, bool, known.count + 1), err);

    arena_finish(&arena);
    return ok;
}
