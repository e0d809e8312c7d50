#include "bot/planning/plan_edits.h"

#include "bot/base/log.h"
#include "bot/planning/plan_document.h"
#include "bot/planning/plan_draft.h"
#include "bot/planning/plan_rows.h"
#include "bot/revision.h"

#include <inttypes.h>
#include <string.h>

enum {
    EDITS_MAX = 1000, /* of one message, ever */
};

/* Who would look there again? */
static const int64_t editable_ms = INT64_C(90) * 24 * 60 * 60 * 1000;

struct editing {
    const struct account *account;
    const struct channel *channel;
    int64_t now_ms;
    unsigned planned;
    struct arena *arena; /* of this run of the step */
    bool pictures;       /* were posted with the edition */
};

/* --- what is said --- */

/* The edition's papers as they are now; *items is NULL if one is gone. */
static bool items_of(struct store *store, const struct editing *editing,
        const struct edition *edition, const struct draft *draft, bool marked,
        struct digest_item **items, struct error *err)
{
    const char *language = editing->channel->languages.tags[0];

    *items = arena_array(editing->arena, struct digest_item, edition->count);
    for (size_t i = 0; i < edition->count; i++) {
        const struct edition_paper *held = &edition->papers[i];
        struct paper *paper;
        if (!store_paper_get(store, held->paper_id, editing->arena, &paper,
                    err))
            return false;
        if (paper == NULL)
            return error_set(err, ERROR_STOP, "paper %s is gone",
                    held->paper_id);
        (*items)[i] = (struct digest_item){.paper = paper,
                .tag = held->tag,
                .top = held->top,
                .text = plan_draft_text(draft, held->paper_id),
                .mark = marked
                        ? revision_mark(&held->news, language, editing->arena)
                        : ""};
    }
    return true;
}

static bool render(struct store *store, const struct editing *editing,
        const struct edition *edition, bool marked,
        struct plan_message_list *messages, struct error *err)
{
    struct document *document;
    struct digest_input input = {.count = edition->count,
            .date = edition->date,
            .foot = {.date = edition->announced,
                    .new_count = edition->new_count,
                    .cross_count = edition->cross_count,
                    .contact =
                            editing->pictures ? editing->channel->contact : ""},
            .week = edition->week};
    struct digest_item *items;
    struct draft *draft;

    *messages = (struct plan_message_list){0};
    if (!store_draft_get(store, editing->channel->id, edition->occasion,
                editing->arena, &draft, err) ||
            !items_of(store, editing, edition, draft, marked, &items, err))
        return false;
    input.items = items;
    input.curators = draft == NULL ? NULL : &draft->curators;
    return plan_document(store, editing->channel, input, editing->arena,
                   &document, err) &&
            plan_layout_render(editing->account, editing->channel, document,
                    true, editing->arena, messages, err);
}

static bool same_bytes(const struct payload *payload, const char *bytes,
        size_t length)
{
    return payload->length == length &&
            memcmp(payload->bytes, bytes, length) == 0;
}

/* --- what is written --- */

/* The edits that a message has had. */
struct history {
    unsigned count;
    bool due;               /* one is on its way */
    struct outbox_row last; /* if there is any */
};

static bool history_of(struct store *store, const struct editing *editing,
        int64_t row_id, struct history *history, struct error *err)
{
    *history = (struct history){0};
    while (history->count < EDITS_MAX) {
        struct outbox_list rows;
        if (!store_outbox_list(store, editing->channel->id,
                    occasion_edit_key(editing->arena, row_id,
                            history->count + 1),
                    editing->arena, &rows, err))
            return false;
        if (rows.count == 0)
            break;
        history->count++;
        history->last = rows.items[0];
        history->due = history->due || rows.items[0].state == OUTBOX_DUE;
    }
    return true;
}

static bool add_edit(struct store *store, struct editing *editing,
        const struct outbox_row *row, const struct plan_message *message,
        struct error *err)
{
    struct history history;
    int64_t id;

    if (!history_of(store, editing, row->id, &history, err))
        return false;
    if (history.count > 0 &&
            same_bytes(&message->payload, history.last.payload,
                    history.last.payload_bytes))
        return true;
    const struct plan_rows rows = {.account = editing->account,
            .channel = editing->channel,
            .key = occasion_edit_key(editing->arena, row->id,
                    history.count + 1),
            .now_ms = editing->now_ms,
            .edited = row->id};
    editing->planned++;
    return plan_rows_add_message(store, &rows, message, 0, 0, editing->arena,
            &id, err);
}

static bool was_sent(const struct outbox_row *row)
{
    return row->state == OUTBOX_SENT && row->receipt[0] != '\0';
}

/* Whether a message of the edition is still on its way, or an edit of one. */
static bool is_under_way(struct store *store, const struct editing *editing,
        const struct outbox_list *rows, bool *under_way, struct error *err)
{
    *under_way = false;
    for (size_t i = 0; i < rows->count && !*under_way; i++) {
        struct history history;
        if (!history_of(store, editing, rows->items[i].id, &history, err))
            return false;
        *under_way = rows->items[i].state == OUTBOX_DUE || history.due;
    }
    return true;
}

static bool write_edits(struct store *store, struct editing *editing,
        const struct edition *edition, const struct outbox_list *rows,
        struct error *err)
{
    struct plan_message_list before, after;

    if (!render(store, editing, edition, false, &before, err) ||
            !render(store, editing, edition, true, &after, err))
        return false;
    if (before.count != rows->count || after.count != rows->count) {
        log_info("a post is left as it is: it would take another number of "
                 "messages",
                log_text("channel", editing->channel->label),
                log_text("occasion", edition->occasion));
        return true;
    }
    for (size_t i = 0; i < rows->count; i++)
        if (was_sent(&rows->items[i]) &&
                !same_bytes(&after.items[i].payload,
                        before.items[i].payload.bytes,
                        before.items[i].payload.length) &&
                !add_edit(store, editing, &rows->items[i], &after.items[i],
                        err))
            return false;
    return true;
}

/* Only what was said is said again; *pictures: there are some with it. */
static struct outbox_list said_in(const struct outbox_list *rows,
        struct arena *arena, bool *pictures)
{
    struct outbox_list said = {arena_array(arena, struct outbox_row,
                                       rows->count),
            0};

    *pictures = false;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].verb == OUTBOX_SEND)
            said.items[said.count++] = rows->items[i];
        else
            *pictures = true;
    return said;
}

static bool edit_edition(struct store *store, struct editing *editing,
        const char *occasion, struct error *err)
{
    int64_t channel_id = editing->channel->id;
    struct edition *edition;
    struct outbox_list rows;
    bool under_way;

    if (!store_edition_get(store, channel_id, occasion, editing->arena,
                &edition, err) ||
            !store_outbox_list(store, channel_id, occasion, editing->arena,
                    &rows, err) ||
            !is_under_way(store, editing, &rows, &under_way, err))
        return false;
    if (under_way)
        return true;
    rows = said_in(&rows, editing->arena, &editing->pictures);
    bool editable = edition != NULL && edition->count > 0 &&
            editing->now_ms - edition->posted_ms <= editable_ms;
    return (!editable || write_edits(store, editing, edition, &rows, err)) &&
            store_edition_settle(store, channel_id, occasion, err);
}

static bool edit_channel(struct store *store, struct editing *editing,
        struct error *err)
{
    struct string_list occasions;

    if (!store_edition_pending(store, editing->channel->id, editing->arena,
                &occasions, err))
        return false;
    for (size_t i = 0; i < occasions.count; i++)
        if (!edit_edition(store, editing, occasions.items[i], err))
            return error_wrap(err, "%s", occasions.items[i]);
    return true;
}

static bool edit_step(struct store *store, void *ctx, struct error *err)
{
    struct editing *editing = ctx;
    struct arena arena = {0};

    editing->arena = &arena;
    editing->planned = 0;
    bool ok = edit_channel(store, editing, err);
    arena_finish(&arena);
    return ok;
}

bool plan_edits(struct store *store, const struct account *account,
        const struct channel *channel, int64_t now_ms, unsigned *planned,
        struct error *err)
{
    struct editing editing = {.account = account,
            .channel = channel,
            .now_ms = now_ms};

    if (!store_transact(store, edit_step, &editing, err))
        return error_wrap(err, "channel %s: edits", channel->label);
    *planned = editing.planned;
    return true;
}
