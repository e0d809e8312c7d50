#include "bot/planning/plan_rows.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    DELIVERY_KEY_SIZE = 65, /* with its NUL; see outbox.h */
};

/* What could not be delivered by then is no news any more. */
static const int64_t row_life_ms = INT64_C(48) * 60 * 60 * 1000;

static bool delivery_key(struct store *store, const struct plan_rows *rows,
        unsigned part, struct arena *arena, char key[DELIVERY_KEY_SIZE],
        struct error *err)
{
    char *instance;

    if (!store_value_get(store, STORE_INSTANCE_KEY, arena, &instance, err))
        return false;
    int length = snprintf(key, DELIVERY_KEY_SIZE, "%s-%" PRId64 "-%s-%u",
            instance == NULL ? "" : instance, rows->channel->id, rows->key,
            part);
    if (length < 0 || length >= DELIVERY_KEY_SIZE)
        return error_set(err, ERROR_STOP,
                "the delivery key of %s would be longer than %d bytes",
                rows->key, DELIVERY_KEY_SIZE - 1);
    for (char *at = key; *at != '\0'; at++)
        if (*at == '/')
            *at = '-';
    return true;
}

bool plan_rows_add_message(struct store *store, const struct plan_rows *rows,
        const struct plan_message *message, unsigned part, int64_t root,
        struct arena *arena, int64_t *id, struct error *err)
{
    const struct channel *channel = rows->channel;
    char key[DELIVERY_KEY_SIZE];

    if (!delivery_key(store, rows, part, arena, key, err))
        return false;
    const struct outbox_row row = {
            .channel_id = channel->id,
            .account = channel->account,
            .room = channel->room,
            .occasion = rows->key,
            .part = part,
            .delivery_key = key,
            .verb = rows->edited == 0 ? OUTBOX_SEND : OUTBOX_EDIT,
            .reply_to = rows->edited != 0 ? rows->edited : root,
            .payload = message->payload.bytes,
            .payload_bytes = message->payload.length,
            .paper_id = message->paper_id,
            .reply = rows->reply == NULL ? "" : rows->reply,
            .person = rows->person == NULL ? "" : rows->person,
            .expires_ms = rows->now_ms +
                    (rows->life_ms == 0 ? row_life_ms : rows->life_ms),
            .state = OUTBOX_DUE,
            .next_try_ms = rows->now_ms,
            .receipt = "",
            .complaint = "",
            .created_ms = rows->now_ms,
    };
    return store_outbox_add(store, &row, id, err);
}

bool plan_rows_add(struct store *store, const struct plan_rows *rows,
        const struct document *document, struct arena *arena, unsigned *parts,
        struct error *err)
{
    struct plan_message_list messages;
    int64_t root = 0;

    if (!plan_layout_render(rows->account, rows->channel, document,
                rows->threads, arena, &messages, err))
        return false;
    for (size_t i = 0; i < messages.count; i++) {
        const struct plan_message *message = &messages.items[i];
        int64_t id;

        if (!plan_rows_add_message(store, rows, message, (unsigned)i,
                    message->in_thread ? root : 0, arena, &id, err))
            return false;
        if (i == 0)
            root = id;
    }
    *parts = (unsigned)messages.count;
    return true;
}
