#include "bot/planning/plan_work.h"

#include "bot/planning/plan_document.h"
#include "bot/planning/plan_keep.h"
#include "bot/planning/plan_layout.h"
#include "bot/selection.h"

#include <stdio.h>
#include <string.h>

/* --- what is said --- */

void plan_work_choose(struct plan_work *planning)
{
    const struct channel *channel = planning->channel;
    struct scored_list ranked = selection_rank(planning->candidates.items,
            planning->candidates.count, &channel->subscription,
            planning->arena);

    planning->items = plan_items_choose(&ranked, channel, planning->arena);
    planning->foot = planning->candidates.foot;
}

static bool find_pictures(struct store *store, struct plan_work *planning,
        struct error *err)
{
    if (!plan_pictures_find(store, planning->channel, planning->account,
                &planning->items, planning->arena, &planning->pictures, err))
        return false;
    if (planning->pictures.count > 0)
        planning->foot.contact = planning->channel->contact;
    return true;
}

struct digest_input plan_work_said(const struct plan_work *planning,
        struct civil_date date)
{
    return (struct digest_input){
            .items = planning->items.items,
            .count = planning->items.count,
            .date = date,
            .foot = planning->foot,
            .week = planning->week,
            .curators =
                    planning->draft == NULL ? NULL : &planning->draft->curators,
    };
}

/* --- what is written --- */

struct plan_rows plan_work_rows(const struct plan_work *planning)
{
    return (struct plan_rows){.account = planning->account,
            .threads = true,
            .channel = planning->channel,
            .key = planning->key,
            .pictures = &planning->pictures,
            .now_ms = planning->now_ms};
}

static struct plan_keep keep_of(const struct plan_work *planning)
{
    return (struct plan_keep){.channel_id = planning->channel->id,
            .key = planning->key,
            .now_ms = planning->now_ms,
            .arena = planning->arena};
}

static bool render(struct store *store, const struct plan_work *planning,
        struct civil_date date, struct arena *arena,
        struct plan_message_list *messages, struct error *err)
{
    struct document *document;

    return plan_document(store, planning->channel,
                   plan_work_said(planning, date), arena, &document, err) &&
            plan_layout_render(planning->account, planning->channel, document,
                    true, arena, messages, err);
}

/* What an account makes of a choice that channels share, in the words of those
 * that are spoken to alike. */
static const char *text_key(const struct plan_work *planning,
        struct civil_date date)
{
    const struct channel *channel = planning->channel;
    const char *const *tags = channel->languages.tags;
    char day[CIVIL_DATE_SIZE];

    civil_date_format(date, day);
    return arena_format(planning->arena, "%p %p %s %s %s %d %d %s",
            (const void *)planning->choice, (const void *)planning->account,
            day, tags[0] == NULL ? "" : tags[0], tags[1] == NULL ? "" : tags[1],
            (int)channel->style, (int)channel->layout, channel->credit);
}

static bool messages_of(struct store *store, const struct plan_work *planning,
        struct civil_date date, struct plan_message_list *messages,
        struct error *err)
{
    struct plan_memo *memo = planning->memo;

    if (planning->choice == NULL || !planning->choice->shared ||
            planning->pictures.count > 0)
        return render(store, planning, date, planning->arena, messages, err);
    const char *key = text_key(planning, date);
    void **slot = string_map_at(&memo->messages, memo->arena, key, strlen(key));
    struct plan_message_list *kept = *slot;
    if (kept == NULL) {
        kept = arena_new(memo->arena, struct plan_message_list);
        if (!render(store, planning, date, memo->arena, kept, err))
            return false;
        *slot = kept;
    }
    *messages = *kept;
    return true;
}

static bool add_rows(struct store *store, struct plan_work *planning,
        struct civil_date date, struct error *err)
{
    const struct plan_rows rows = plan_work_rows(planning);
    struct plan_message_list messages;

    return messages_of(store, planning, date, &messages, err) &&
            plan_rows_add_messages(store, &rows, &messages, planning->arena,
                    &planning->result.parts, err);
}

static bool keep_digest(struct store *store, const struct plan_work *planning,
        struct civil_date date, struct error *err)
{
    const struct plan_keep keep = keep_of(planning);
    const struct digest_input said = plan_work_said(planning, date);

    return plan_keep_posted(store, &keep, &planning->items, err) &&
            plan_keep_edition(store, &keep, &said, err);
}

bool plan_work_cover(struct store *store, const struct plan_work *planning,
        struct error *err)
{
    const struct plan_keep keep = keep_of(planning);

    return plan_keep_covered(store, &keep, &planning->candidates.covered, err);
}

bool plan_work_record(struct store *store, const struct plan_work *planning,
        struct error *err)
{
    const struct plan_keep keep = keep_of(planning);

    return plan_keep_occasion(store, &keep, planning->result.outcome,
            planning->due == NULL ? planning->now_ms : planning->due->ms, err);
}

bool plan_work_write(struct store *store, struct plan_work *planning,
        struct civil_date date, struct error *err)
{
    struct plan_result *result = &planning->result;

    snprintf(result->occasion, sizeof result->occasion, "%s", planning->key);
    result->candidates = (unsigned)planning->candidates.count;
    result->papers = (unsigned)planning->items.count;
    result->outcome = result->papers > 0 ? OUTCOME_DIGEST : OUTCOME_SILENT;
    if (result->papers == 0)
        return true;
    return find_pictures(store, planning, err) &&
            add_rows(store, planning, date, err) &&
            keep_digest(store, planning, date, err);
}

bool plan_work_run(struct store *store, struct plan_work *planning,
        plan_work_fn *body, struct error *err)
{
    struct arena arena = {0};
    struct plan_memo own;
    bool alone = planning->memo == NULL;

    plan_memo_init(&own, &arena);
    if (alone)
        planning->memo = &own;
    planning->arena = &arena;
    planning->result = (struct plan_result){0};
    planning->week = false;
    planning->pictures = (struct plan_picture_list){0};
    planning->choice = NULL;
    planning->draft = NULL;
    bool ok = body(store, planning, err);
    if (alone)
        planning->memo = NULL;
    arena_finish(&arena);
    return ok;
}
