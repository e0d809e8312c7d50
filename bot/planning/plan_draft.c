#include "bot/planning/plan_draft.h"

#include "bot/base/text.h"
#include "bot/draft_show.h"
#include "bot/model/occasion.h"
#include "bot/planning/plan_candidates.h"
#include "bot/planning/plan_items.h"
#include "bot/planning/plan_rows.h"
#include "bot/selection.h"

enum {
    MESSAGES_A_DAY_MAX = 1000, /* looked at for the next free number */
};

/* One planning, inside its transaction. */
struct drafting {
    const struct account *account;
    const struct channel *channel;
    const struct due *due;
    int64_t now_ms;
    struct arena *arena; /* of this run of the step */
    const char *key;     /* the digest's */
    const struct draft *before;
    struct plan_candidates candidates;
    struct draft draft;
    unsigned numbers; /* that were given */
    struct plan_draft_result result;
};

const struct string_list *plan_draft_readers(const struct channel *channel)
{
    return channel->curators.count > 0 ? &channel->curators : &channel->admins;
}

/* --- what is in it --- */

static const struct draft_paper *find(const struct draft *draft, const char *id)
{
    for (size_t i = 0; draft != NULL && i < draft->count; i++)
        if (text_same(draft->papers[i].paper_id, id))
            return &draft->papers[i];
    return NULL;
}

const char *plan_draft_text(const struct draft *draft, const char *paper_id)
{
    const struct draft_paper *paper = find(draft, paper_id);

    return paper == NULL ? "" : paper->text;
}

/* A number that a paper had in the draft before is its own. */
static void add(struct drafting *drafting, const char *id, const char *tag,
        enum draft_place place)
{
    const struct draft_paper *before = find(drafting->before, id);

    drafting->draft.papers[drafting->draft.count++] =
            (struct draft_paper){.paper_id = id,
                    .tag = tag,
                    .number = before != NULL ? before->number
                                             : ++drafting->numbers,
                    .place = place,
                    .text = ""};
}

static void add_reserves(struct drafting *drafting,
        const struct scored_list *ranked)
{
    size_t wanted = drafting->draft.count + PLAN_DRAFT_RESERVES;

    for (size_t i = 0; i < ranked->count && drafting->draft.count < wanted; i++)
        if (find(&drafting->draft, ranked->items[i].paper->id) == NULL)
            add(drafting, ranked->items[i].paper->id, ranked->items[i].tag,
                    DRAFT_OUT);
}

/* Whoever still looks at the draft before may speak of them. */
static void add_numbered_before(struct drafting *drafting)
{
    const struct draft *before = drafting->before;

    for (size_t i = 0; before != NULL && i < before->count; i++)
        if (find(&drafting->draft, before->papers[i].paper_id) == NULL)
            add(drafting, before->papers[i].paper_id, before->papers[i].tag,
                    DRAFT_OUT);
}

static void fill(struct drafting *drafting)
{
    const struct plan_candidates *candidates = &drafting->candidates;
    const struct draft *before = drafting->before;
    const struct scored_list ranked =
            selection_rank(candidates->items, candidates->count,
                    &drafting->channel->subscription, drafting->arena);
    const struct plan_items items =
            plan_items_choose(&ranked, drafting->channel, drafting->arena);

    drafting->draft = (struct draft){.channel_id = drafting->channel->id,
            .occasion = drafting->key,
            .made_ms = drafting->now_ms,
            .due_ms = drafting->due->ms,
            .announced = candidates->foot.date,
            .new_count = candidates->foot.new_count,
            .cross_count = candidates->foot.cross_count,
            .covered = candidates->covered,
            .papers = arena_array(drafting->arena, struct draft_paper,
                    items.count + PLAN_DRAFT_RESERVES +
                            (before == NULL ? 0 : before->count))};
    drafting->result.papers = (unsigned)items.count;
    drafting->numbers = 0;
    for (size_t i = 0; before != NULL && i < before->count; i++)
        if (before->papers[i].number > drafting->numbers)
            drafting->numbers = before->papers[i].number;
    for (size_t i = 0; i < items.count; i++)
        add(drafting, items.items[i].paper->id, items.items[i].tag,
                items.items[i].top ? DRAFT_TOP : DRAFT_ALSO);
    add_reserves(drafting, &ranked);
    add_numbered_before(drafting);
}

/* --- what is sent --- */

static bool free_key(struct store *store, const struct drafting *drafting,
        unsigned *number, const char **key, struct error *err)
{
    for (; *number <= MESSAGES_A_DAY_MAX; ++*number) {
        struct outbox_list rows;
        *key = occasion_draft_key(drafting->arena, drafting->due->date,
                *number);
        if (!store_outbox_list(store, drafting->channel->id, *key,
                    drafting->arena, &rows, err))
            return false;
        if (rows.count == 0)
            return true;
    }
    return error_set(err, ERROR_STOP, "a draft was sent %d times",
            MESSAGES_A_DAY_MAX);
}

/* To each an occasion of its own: nobody waits for another's message. */
static bool send(struct store *store, struct drafting *drafting,
        const struct document *document, struct error *err)
{
    const struct string_list *readers = plan_draft_readers(drafting->channel);
    unsigned number = 1, parts;

    for (size_t i = 0; i < readers->count; i++) {
        struct plan_rows rows = {.account = drafting->account,
                .channel = drafting->channel,
                .now_ms = drafting->now_ms,
                .life_ms = drafting->due->ms - drafting->now_ms,
                .person = readers->items[i]};
        if (!free_key(store, drafting, &number, &rows.key, err) ||
                !plan_rows_add(store, &rows, document, drafting->arena, &parts,
                        err))
            return false;
    }
    drafting->result.readers = (unsigned)readers->count;
    return true;
}

static bool send_to_all(struct store *store, struct drafting *drafting,
        struct error *err)
{
    const struct draft_show show = {.store = store,
            .channel = drafting->channel,
            .draft = &drafting->draft,
            .due_ms = drafting->due->ms,
            .renewed = drafting->before != NULL,
            .form = drafting->account->ops->command_form,
            .arena = drafting->arena};
    struct document *document;

    return draft_show_document(&show, &document, err) &&
            send(store, drafting, document, err);
}

/* --- whether there is one to be made --- */

static bool has_outcome(struct store *store, const struct drafting *drafting,
        bool *has, struct error *err)
{
    struct occasion_list occasions;

    if (!store_occasion_list(store, drafting->channel->id, drafting->key, 1,
                drafting->arena, &occasions, err))
        return false;
    *has = occasions.count > 0;
    return true;
}

static bool is_wanted(struct store *store, struct drafting *drafting,
        bool *wanted, struct error *err)
{
    struct draft *before;
    bool over;

    *wanted = false;
    if (!has_outcome(store, drafting, &over, err) ||
            !store_draft_get(store, drafting->channel->id, drafting->key,
                    drafting->arena, &before, err))
        return false;
    drafting->before = before;
    if (over || (before != NULL && before->touched))
        return true;
    *wanted = true;
    return before == NULL ||
            plan_candidates_more(store, drafting->channel, &before->covered,
                    wanted, err);
}

static bool draft_in_arena(struct store *store, struct drafting *drafting,
        struct error *err)
{
    bool wanted;

    drafting->key = occasion_digest_key(drafting->arena, drafting->due->date);
    if (!is_wanted(store, drafting, &wanted, err))
        return false;
    if (!wanted)
        return true;
    struct plan_memo memo;
    plan_memo_init(&memo, drafting->arena);
    if (!plan_candidates_uncovered(store, drafting->channel, &memo,
                drafting->arena, &drafting->candidates, err))
        return false;
    if (!drafting->candidates.news)
        return true;
    fill(drafting);
    drafting->result.made = drafting->result.papers > 0;
    return !drafting->result.made ||
            (store_draft_put(store, &drafting->draft, err) &&
                    send_to_all(store, drafting, err));
}

static bool draft_step(struct store *store, void *ctx, struct error *err)
{
    struct drafting *drafting = ctx;
    struct arena arena = {0};

    drafting->arena = &arena;
    drafting->result = (struct plan_draft_result){0};
    bool ok = draft_in_arena(store, drafting, err);
    arena_finish(&arena);
    return ok;
}

bool plan_draft(struct store *store, const struct account *account,
        const struct channel *channel, const struct due *due, int64_t now_ms,
        struct plan_draft_result *result, struct error *err)
{
    struct drafting drafting = {.account = account,
            .channel = channel,
            .due = due,
            .now_ms = now_ms};

    if (!store_transact(store, draft_step, &drafting, err))
        return error_wrap(err, "channel %s: draft", channel->label);
    *result = drafting.result;
    return true;
}

/* --- when it becomes a digest --- */

bool plan_draft_is_touched(struct store *store, const struct channel *channel,
        const char *occasion, bool *touched, struct error *err)
{
    struct arena arena = {0};
    struct draft *draft = NULL;
    bool ok =
            store_draft_get(store, channel->id, occasion, &arena, &draft, err);

    *touched = draft != NULL && draft->touched;
    arena_finish(&arena);
    return ok;
}

bool plan_draft_for_digest(struct store *store, const struct channel *channel,
        const char *occasion, struct arena *arena, const struct draft **draft,
        struct error *err)
{
    struct draft *held;
    bool more = false;

    *draft = NULL;
    if (!store_draft_get(store, channel->id, occasion, arena, &held, err))
        return false;
    if (held == NULL)
        return true;
    if (!held->touched &&
            !plan_candidates_more(store, channel, &held->covered, &more, err))
        return false;
    if (!more)
        *draft = held;
    return true;
}

bool plan_draft_end(struct store *store, const struct channel *channel,
        const char *occasion, struct arena *arena, struct error *err)
{
    struct draft *draft;

    if (!store_draft_get(store, channel->id, occasion, arena, &draft, err))
        return false;
    if (draft == NULL || draft->covered.count == 0)
        return true;
    draft->covered = (struct covered_list){0};
    return store_draft_put(store, draft, err);
}
