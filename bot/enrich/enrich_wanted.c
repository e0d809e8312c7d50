#include "bot/enrich/enrich_wanted.h"

#include "bot/planning/plan_choice.h"
#include "bot/write/write_wanted.h"

/* OpenAlex knows a paper after some days; later nobody looks there again. */
static const int64_t shown_ms = INT64_C(7) * 24 * 60 * 60 * 1000;

enum {
    SHOWN_OCCASIONS = 8, /* looked at a channel */
};

struct wishing {
    struct store *store;
    const struct seat *seat;
    int64_t now_ms;
    struct arena *arena;  /* of the ids */
    struct arena scratch; /* of one seat */
    struct arena shared;  /* of the memo */
    struct plan_memo memo;
    struct enrich_wishes *wishes;
    size_t places_capacity, links_capacity;
};

static void add(struct wishing *wishing, struct string_list *ids,
        size_t *capacity, const char *id)
{
    if (ids->count < ENRICH_WANTED_MAX && !string_list_has(ids, id))
        string_list_add(ids, capacity, wishing->arena, id);
}

static void want(struct wishing *wishing, const struct paper *paper)
{
    if (paper->withdrawn)
        return;
    if (paper->affiliations.count == 0)
        add(wishing, &wishing->wishes->places, &wishing->places_capacity,
                paper->id);
    if (paper_lacks_links(paper))
        add(wishing, &wishing->wishes->links, &wishing->links_capacity,
                paper->id);
}

static bool want_id(struct wishing *wishing, const char *id, struct error *err)
{
    struct paper *paper;

    if (!store_paper_get(wishing->store, id, &wishing->scratch, &paper, err))
        return false;
    if (paper != NULL)
        want(wishing, paper);
    return true;
}

static bool want_candidates(struct wishing *wishing, struct error *err)
{
    const struct channel *channel = wishing->seat->channel;
    const struct plan_choice *choice;

    if (!plan_choice_uncovered(wishing->store, channel, &wishing->memo,
                &wishing->scratch, &choice, err))
        return false;
    const struct plan_items *chosen = &choice->items;
    for (size_t i = 0; i < chosen->count; i++)
        want(wishing, chosen->items[i].paper);
    /* Half as many more: what is best by score stands among them already. */
    size_t spares = chosen->count + (chosen->count + 1) / 2;
    for (size_t i = 0; i < choice->ranked.count && i < spares; i++)
        want(wishing, choice->ranked.items[i].paper);
    return true;
}

static bool want_draft(struct wishing *wishing, const struct draft *draft,
        struct error *err)
{
    for (size_t i = 0; i < draft->count; i++)
        if (draft->papers[i].place != DRAFT_OUT &&
                !want_id(wishing, draft->papers[i].paper_id, err))
            return false;
    return true;
}

static bool want_next(struct wishing *wishing, struct error *err)
{
    const struct seat *seat = wishing->seat;
    struct draft *draft;

    if (!store_draft_get(wishing->store, seat->channel->id,
                occasion_digest_key(&wishing->scratch, seat->due.date),
                &wishing->scratch, &draft, err))
        return false;
    return draft != NULL ? want_draft(wishing, draft, err)
                         : want_candidates(wishing, err);
}

static bool want_edition(struct wishing *wishing,
        const struct occasion *occasion, struct error *err)
{
    struct edition *edition;

    if (occasion->outcome != OUTCOME_DIGEST)
        return true;
    if (!store_edition_get(wishing->store, occasion->channel_id, occasion->key,
                &wishing->scratch, &edition, err))
        return false;
    if (edition == NULL || wishing->now_ms - edition->posted_ms > shown_ms)
        return true;
    for (size_t i = 0; i < edition->count; i++)
        if (!want_id(wishing, edition->papers[i].paper_id, err))
            return false;
    return true;
}

static bool want_shown(struct wishing *wishing, struct error *err)
{
    struct occasion_list occasions;

    if ((wishing->seat->account->ops->abilities & ACCOUNT_EDITS) == 0)
        return true;
    if (!store_occasion_list(wishing->store, wishing->seat->channel->id,
                "digest/", SHOWN_OCCASIONS, &wishing->scratch, &occasions, err))
        return false;
    for (size_t i = 0; i < occasions.count; i++)
        if (!want_edition(wishing, &occasions.items[i], err))
            return false;
    return true;
}

/* One seat at a time. */
static bool want_of(struct wishing *wishing, const struct seat *seat,
        bool (*wants)(struct wishing *wishing, struct error *err),
        struct error *err)
{
    wishing->seat = seat;
    bool ok = wants(wishing, err);
    arena_finish(&wishing->scratch);
    return ok;
}

static bool want_all(struct wishing *wishing, const struct seat *seats,
        size_t count, struct error *err)
{
    struct wanted_seats due;

    if (!write_wanted_seats(wishing->store, seats, count, wishing->now_ms,
                wishing->arena, &due, err))
        return false;
    for (size_t i = 0; i < due.count; i++)
        if (!want_of(wishing, due.items[i], want_next, err))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!want_of(wishing, &seats[i], want_shown, err))
            return false;
    return true;
}

bool enrich_wanted(struct store *store, const struct seat *seats, size_t count,
        int64_t now_ms, struct arena *arena, struct enrich_wishes *wishes,
        struct error *err)
{
    struct wishing wishing = {.store = store,
            .now_ms = now_ms,
            .arena = arena,
            .wishes = wishes};

    *wishes = (struct enrich_wishes){0};
    plan_memo_init(&wishing.memo, &wishing.shared);
    bool ok = want_all(&wishing, seats, count, err);
    arena_finish(&wishing.shared);
    return ok;
}
