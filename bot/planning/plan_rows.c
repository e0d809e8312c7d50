#include "bot/planning/plan_rows.h"

#include "bot/base/text.h"

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

/* What differs between the rows of an occasion. */
struct piece {
    enum outbox_verb verb;
    struct payload payload;
    const char *paper_id;
    unsigned part;
    int64_t reply_to;
};

static bool add_piece(struct store *store, const struct plan_rows *rows,
        const struct piece *piece, struct arena *arena, int64_t *id,
        struct error *err)
{
    const struct channel *channel = rows->channel;
    char key[DELIVERY_KEY_SIZE];

    if (!delivery_key(store, rows, piece->part, arena, key, err))
        return false;
    const struct outbox_row row = {
            .channel_id = channel->id,
            .account = channel->account,
            .room = channel->room,
            .occasion = rows->key,
            .part = piece->part,
            .delivery_key = key,
            .verb = piece->verb,
            .reply_to = piece->reply_to,
            .payload = piece->payload.bytes,
            .payload_bytes = piece->payload.length,
            .paper_id = piece->paper_id,
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

bool plan_rows_add_message(struct store *store, const struct plan_rows *rows,
        const struct plan_message *message, unsigned part, int64_t root,
        struct arena *arena, int64_t *id, struct error *err)
{
    const struct piece piece = {.verb = rows->edited == 0 ? OUTBOX_SEND
                                                          : OUTBOX_EDIT,
            .payload = message->payload,
            .paper_id = message->paper_id,
            .part = part,
            .reply_to = rows->edited != 0 ? rows->edited : root};

    return add_piece(store, rows, &piece, arena, id, err);
}

/* --- pictures --- */

/* Its upload, and the message that shows it. */
static bool add_picture(struct store *store, const struct plan_rows *rows,
        const struct plan_picture *picture, unsigned *part, int64_t root,
        struct arena *arena, struct error *err)
{
    struct piece upload = {.verb = OUTBOX_UPLOAD,
            .paper_id = picture->paper_id,
            .part = (*part)++,
            .reply_to = root};
    struct piece shown = {.verb = OUTBOX_SHOW,
            .paper_id = picture->paper_id,
            .part = (*part)++};
    int64_t id;

    rows->account->ops->picture(rows->account, picture->picture,
            picture->caption, arena, &upload.payload, &shown.payload);
    return add_piece(store, rows, &upload, arena, &shown.reply_to, err) &&
            add_piece(store, rows, &shown, arena, &id, err);
}

/* Those of one paper; with NULL all of them. */
static bool add_pictures(struct store *store, const struct plan_rows *rows,
        const char *paper_id, unsigned *part, int64_t root, struct arena *arena,
        struct error *err)
{
    static const struct plan_picture_list none;
    const struct plan_picture_list *list =
            rows->pictures != NULL ? rows->pictures : &none;

    for (size_t i = 0; i < list->count; i++)
        if ((paper_id == NULL ||
                    text_same(paper_id, list->items[i].paper_id)) &&
                !add_picture(store, rows, &list->items[i], part, root, arena,
                        err))
            return false;
    return true;
}

/* --- all of it --- */

/* A long one may take several messages. */
static bool ends_paper(const struct plan_message_list *messages, size_t i)
{
    return i + 1 == messages->count ||
            !text_same(messages->items[i].paper_id,
                    messages->items[i + 1].paper_id);
}

bool plan_rows_add_messages(struct store *store, const struct plan_rows *rows,
        const struct plan_message_list *messages, struct arena *arena,
        unsigned *parts, struct error *err)
{
    int64_t root = 0;
    unsigned part = 0;
    bool thread = false;

    for (size_t i = 0; i < messages->count; i++) {
        const struct plan_message *message = &messages->items[i];
        int64_t id;

        if (!plan_rows_add_message(store, rows, message, part++,
                    message->in_thread ? root : 0, arena, &id, err))
            return false;
        if (i == 0)
            root = id;
        thread = thread || message->in_thread;
        if (message->in_thread && ends_paper(messages, i) &&
                !add_pictures(store, rows, message->paper_id, &part, root,
                        arena, err))
            return false;
    }
    bool many = rows->channel->pictures == PICTURES_ALL;
    if (!thread &&
            !add_pictures(store, rows, NULL, &part, many ? root : 0, arena,
                    err))
        return false;
    *parts = part;
    return true;
}

bool plan_rows_add(struct store *store, const struct plan_rows *rows,
        const struct document *document, struct arena *arena, unsigned *parts,
        struct error *err)
{
    struct plan_message_list messages;

    return plan_layout_render(rows->account, rows->channel, document,
                   rows->threads, arena, &messages, err) &&
            plan_rows_add_messages(store, rows, &messages, arena, parts, err);
}
