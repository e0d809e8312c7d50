#include "bot/plan_rows.h"

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

bool plan_rows_add_payload(struct store *store, const struct plan_rows *rows,
        const struct payload *payload, unsigned part, struct arena *arena,
        struct error *err)
{
    const struct channel *channel = rows->channel;
    char key[DELIVERY_KEY_SIZE];
    int64_t id;

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
            .reply_to = rows->edited,
            .payload = payload->bytes,
            .payload_bytes = payload->length,
            .reply = "",
            .person = "",
            .expires_ms = rows->now_ms + row_life_ms,
            .state = OUTBOX_DUE,
            .next_try_ms = rows->now_ms,
            .receipt = "",
            .complaint = "",
            .created_ms = rows->now_ms,
    };
    return store_outbox_add(store, &row, &id, err);
}

bool plan_rows_add(struct store *store, const struct plan_rows *rows,
        const struct document *document, struct arena *arena, unsigned *parts,
        struct error *err)
{
    struct payload_list payloads = {0};

    if (!rows->account->ops->render(rows->account, rows->channel, document,
                arena, &payloads, err)) {
        if (err != NULL) /* ERROR_REJECTED would say: it was planned before */
            err->kind = ERROR_INPUT;
        return error_wrap(err, "rendering for %s", rows->account->ops->kind);
    }
    if (payloads.count == 0)
        return error_set(err, ERROR_STOP, "%s rendered a document as nothing",
                rows->account->ops->kind);
    for (size_t i = 0; i < payloads.count; i++)
        if (!plan_rows_add_payload(store, rows, &payloads.items[i], (unsigned)i,
                    arena, err))
            return false;
    *parts = (unsigned)payloads.count;
    return true;
}
