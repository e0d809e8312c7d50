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
    int64_t settle_ms, now_ms;
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

/* --- notes --- */

/* Whether a note or affiliations came that the channel's readers would see. */
static bool is_noted(const struct editing *editing,
        const struct edition_paper *paper)
{
    const char *const *tags = editing->channel->languages.tags;

    if ((paper->news.changes & EDITION_DETAILS) != 0)
        return true;
    for (size_t i = 0; i < LANGUAGES_MAX && tags[i] != NULL; i++)
        if (edition_news_notes(&paper->news, tags[i]))
            return true;
    return false;
}

/* When the newest of them came; 0: none did. */
static int64_t noted_ms(const struct editing *editing,
        const struct edition *edition)
{
    int64_t newest_ms = 0;

    for (size_t i = 0; i < edition->count; i++)
        if (is_noted(editing, &edition->papers[i]) &&
                edition->papers[i].news.noted_ms > newest_ms)
            newest_ms = edition->papers[i].news.noted_ms;
    return newest_ms;
}

/* Whether a language is one that notes of the edition came in. */
static bool comes_in(const struct edition *edition, const char *language)
{
    for (size_t i = 0; i < edition->count; i++)
        if (edition_news_notes(&edition->papers[i].news, language))
            return true;
    return false;
}

static bool has_notes(struct store *store, const struct editing *editing,
        const struct edition *edition, const char *paper_id, bool *has,
        struct error *err)
{
    const char *const *tags = editing->channel->languages.tags;
    struct note_list notes;

    if (!store_notes_get(store, paper_id, editing->arena, &notes, err))
        return false;
    *has = true;
    for (size_t i = 0; i < LANGUAGES_MAX && tags[i] != NULL; i++)
        *has = *has &&
                (!comes_in(edition, tags[i]) ||
                        note_find(&notes, paper_id, tags[i]) != NULL);
    return true;
}

/* Whether more notes are likely to come soon, so that one edit says them all. */
static bool is_unsettled(struct store *store, const struct editing *editing,
        const struct edition *edition, bool *unsettled, struct error *err)
{
    int64_t since_ms = editing->now_ms - noted_ms(editing, edition);
    bool has = true;

    *unsettled = false;
    if (since_ms < 0 || since_ms >= editing->settle_ms)
        return true;
    for (size_t i = 0; i < edition->count && has; i++)
        if (!has_notes(store, editing, edition, edition->papers[i].paper_id,
                    &has, err))
            return false;
    *unsettled = !has;
    return true;
}

/* --- what is written --- */

/* The edits that a message has had. */
struct history {
    unsigned count;
    bool due;               /* one is on its way */
    struct outbox_row last; /* if there is any */
    struct payload shown;   /* what the last that was sent says; or none */
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
        if (rows.items[0].state == OUTBOX_SENT)
            history->shown = (struct payload){rows.items[0].payload,
                    rows.items[0].payload_bytes};
    }
    return true;
}

/* A message as it was sent, and how it is laid out now. */
struct revised {
    const struct outbox_row *row;
    const struct plan_message *before, *after; /* without the marks, and with */
    bool noted; /* a paper in it has a new note */
};

static bool differs(const struct revised *revised,
        const struct history *history)
{
    const struct payload *after = &revised->after->payload;
    const struct payload shown = history->shown.bytes != NULL
            ? history->shown
            : (struct payload){revised->row->payload,
                      revised->row->payload_bytes};

    if (history->count > 0 &&
            same_bytes(after, history->last.payload,
                    history->last.payload_bytes))
        return false;
    return !same_bytes(after, revised->before->payload.bytes,
                   revised->before->payload.length) ||
            (revised->noted && !same_bytes(after, shown.bytes, shown.length));
}

static bool add_edit(struct store *store, struct editing *editing,
        const struct revised *revised, struct error *err)
{
    const struct outbox_row *row = revised->row;
    struct history history;
    int64_t id;

    if (!history_of(store, editing, row->id, &history, err))
        return false;
    if (!differs(revised, &history))
        return true;
    const struct plan_rows rows = {.account = editing->account,
            .channel = editing->channel,
            .key = occasion_edit_key(editing->arena, row->id,
                    history.count + 1),
            .now_ms = editing->now_ms,
            .edited = row->id};
    editing->planned++;
    return plan_rows_add_message(store, &rows, revised->after, 0, 0,
            editing->arena, &id, err);
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

/* Whether a paper that is in the message has a new note. */
static bool has_noted(const struct editing *editing,
        const struct edition *edition, const struct plan_message *message)
{
    for (size_t i = 0; i < edition->count; i++)
        if ((message->paper_id[0] == '\0' ||
                    strcmp(message->paper_id, edition->papers[i].paper_id) ==
                            0) &&
                is_noted(editing, &edition->papers[i]))
            return true;
    return false;
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
    for (size_t i = 0; i < rows->count; i++) {
        const struct revised revised = {.row = &rows->items[i],
                .before = &before.items[i],
                .after = &after.items[i],
                .noted = has_noted(editing, edition, &after.items[i])};
        if (was_sent(&rows->items[i]) &&
                !add_edit(store, editing, &revised, err))
            return false;
    }
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

static bool say_again(struct store *store, struct editing *editing,
        const struct edition *edition, const struct outbox_list *rows,
        struct error *err)
{
    const struct outbox_list said =
            said_in(rows, editing->arena, &editing->pictures);

    return write_edits(store, editing, edition, &said, err);
}

static bool can_edit(const struct editing *editing)
{
    return (editing->account->ops->abilities & ACCOUNT_EDITS) != 0;
}

/* *wait: it is too early, or nothing can be done. */
static bool revise(struct store *store, struct editing *editing,
        const struct edition *edition, bool *wait, struct error *err)
{
    struct outbox_list rows;

    *wait = !can_edit(editing);
    if (*wait)
        return true;
    return store_outbox_list(store, editing->channel->id, edition->occasion,
                   editing->arena, &rows, err) &&
            is_under_way(store, editing, &rows, wait, err) &&
            (*wait || is_unsettled(store, editing, edition, wait, err)) &&
            (*wait || say_again(store, editing, edition, &rows, err));
}

static bool edit_edition(struct store *store, struct editing *editing,
        const char *occasion, struct error *err)
{
    int64_t channel_id = editing->channel->id;
    struct edition *edition;
    bool wait = false;

    if (!store_edition_get(store, channel_id, occasion, editing->arena,
                &edition, err))
        return false;
    if (edition != NULL && edition->count > 0 &&
            editing->now_ms - edition->posted_ms <= editable_ms &&
            !revise(store, editing, edition, &wait, err))
        return false;
    return wait || store_edition_settle(store, channel_id, occasion, err);
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

/* Most often nothing is, and no transaction is begun. */
static bool is_pending(struct store *store, const struct channel *channel,
        bool *pending, struct error *err)
{
    struct arena arena = {0};
    struct string_list occasions;
    bool ok =
            store_edition_pending(store, channel->id, &arena, &occasions, err);

    *pending = ok && occasions.count > 0;
    arena_finish(&arena);
    return ok;
}

bool plan_edits(struct store *store, const struct account *account,
        const struct channel *channel, int64_t settle_ms, int64_t now_ms,
        unsigned *planned, struct error *err)
{
    struct editing editing = {.account = account,
            .channel = channel,
            .settle_ms = settle_ms,
            .now_ms = now_ms};
    bool pending;

    *planned = 0;
    if (!is_pending(store, channel, &pending, err) ||
            (pending && !store_transact(store, edit_step, &editing, err)))
        return error_wrap(err, "channel %s: edits", channel->label);
    *planned = editing.planned;
    return true;
}
