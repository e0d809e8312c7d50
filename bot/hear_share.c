#include "bot/hear_share.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/hear_key.h"
#include "bot/planning/plan_rows.h"

/* As long as an answer itself. */
static const int64_t share_life_ms = INT64_C(60) * 60 * 1000;

struct sharing {
    const struct account *account;
    const struct channel *channel;
    const struct inbox_row *row;
    int64_t now_ms;
    struct arena *arena; /* of this run of the step */
};

/* The rows of the answer; none if it may not be shared. */
static bool find_answer(struct store *store, const struct sharing *sharing,
        struct outbox_list *rows, struct error *err)
{
    struct outbox_row *message;

    *rows = (struct outbox_list){0};
    if (!store_outbox_find(store, sharing->row->account,
                sharing->row->event.target, sharing->arena, &message, err))
        return false;
    if (message == NULL || message->channel_id != sharing->channel->id ||
            !text_starts(message->occasion, "answer/") ||
            message->person[0] != '\0')
        return true;
    return store_outbox_list(store, sharing->channel->id, message->occasion,
            sharing->arena, rows, err);
}

static bool add_rows(struct store *store, const struct sharing *sharing,
        const struct outbox_list *answer, struct error *err)
{
    const struct plan_rows rows = {.account = sharing->account,
            .channel = sharing->channel,
            .key = hear_key_share(sharing->arena, answer->items[0].occasion),
            .now_ms = sharing->now_ms,
            .life_ms = share_life_ms,
            .reply = sharing->row->event.reply,
            .person = ""};

    for (size_t i = 0; i < answer->count; i++) {
        const struct outbox_row *row = &answer->items[i];
        const struct plan_message message = {.payload = {row->payload,
                                                     row->payload_bytes},
                .paper_id = row->paper_id};
        int64_t id;
        if (!plan_rows_add_message(store, &rows, &message, (unsigned)i, 0,
                    sharing->arena, &id, err))
            return false;
    }
    return true;
}

static bool share(struct store *store, const struct sharing *sharing,
        struct error *err)
{
    struct outbox_list answer, before;

    if (!find_answer(store, sharing, &answer, err))
        return false;
    if (answer.count == 0) {
        log_info("an answer is not shared: it is not there, or one person's",
                log_text("channel", sharing->channel->label));
        return true;
    }
    return store_outbox_list(store, sharing->channel->id,
                   hear_key_share(sharing->arena, answer.items[0].occasion),
                   sharing->arena, &before, err) &&
            (before.count > 0 || add_rows(store, sharing, &answer, err));
}

static bool share_step(struct store *store, void *ctx, struct error *err)
{
    struct sharing sharing = *(const struct sharing *)ctx;
    struct arena arena = {0};

    sharing.arena = &arena;
    bool ok = share(store, &sharing, err) &&
            store_inbox_drop(store, sharing.row->id, err);
    arena_finish(&arena);
    return ok;
}

bool hear_share_take(struct store *store, const struct account *account,
        const struct channel *channel, const struct inbox_row *row,
        int64_t now_ms, struct error *err)
{
    struct sharing sharing = {.account = account,
            .channel = channel,
            .row = row,
            .now_ms = now_ms};

    return store_transact(store, share_step, &sharing, err);
}
