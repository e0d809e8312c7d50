#include "bot/send_settle.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"

#include <limits.h>

enum {
    ATTEMPTS_MAX = 12, /* about an hour and a half */
    UPLOAD_ATTEMPTS_MAX = 3,
};

/* The papers behind a picture wait as long. */
static const int64_t upload_patience_ms = INT64_C(60) * 1000;

static const struct retry_policy until_expiry = {.first_ms = 2000,
        .longest_ms = INT64_C(15) * 60 * 1000,
        .patience_ms = PACE_PATIENCE_MS,
        .attempts_max = UINT_MAX};
/* A row that never expires must end all the same. */
static const struct retry_policy without_expiry = {.first_ms = 2000,
        .longest_ms = INT64_C(15) * 60 * 1000,
        .patience_ms = PACE_PATIENCE_MS,
        .attempts_max = ATTEMPTS_MAX};

static void tell(enum log_level level, const char *sentence,
        const struct send_landing *landing, int64_t wait_ms)
{
    struct log_field fields[] = {
            log_text("channel", landing->channel->label),
            log_text("occasion", landing->row->occasion),
            log_number("part", landing->row->part),
            log_text("why", landing->failure->text),
            log_number("wait_ms", wait_ms),
            {.key = NULL},
    };
    size_t last = sizeof fields / sizeof fields[0] - 2;

    if (wait_ms == 0) /* nothing is waited for */
        fields[last].key = NULL;

    log_event(level, sentence, fields);
}

static bool settle_taken(const struct send_landing *landing, int64_t now_ms,
        struct error *err)
{
    if (!store_outbox_settle(landing->store, landing->row->id, landing->receipt,
                now_ms, err))
        return false;
    pace_taken(landing->pace, landing->account_index, landing->begun_ms);
    if (!*landing->broken)
        return true;
    if (!store_channel_break(landing->store, landing->row->channel_id, "", err))
        return false;
    *landing->broken = false;
    log_info("channel works again",
            log_text("channel", landing->channel->label));
    return true;
}

static bool park(const struct send_landing *landing, int64_t now_ms,
        struct error *err)
{
    if (!store_outbox_end(landing->store, landing->row->id, OUTBOX_PARKED,
                landing->failure->text, now_ms, err))
        return false;
    tell(LOG_ERROR, "message parked", landing, 0);
    return true;
}

/* The digest goes on without it. */
static bool leave_out(const struct send_landing *landing, int64_t now_ms,
        struct error *err)
{
    if (!store_outbox_end(landing->store, landing->row->id, OUTBOX_EXPIRED,
                landing->failure->text, now_ms, err))
        return false;
    tell(LOG_WARNING, "picture left out", landing, 0);
    return true;
}

bool send_settle_unshown(struct store *store, const struct outbox_row *row,
        int64_t now_ms, struct error *err)
{
    log_info("message with a picture left out", log_text("room", row->room),
            log_text("occasion", row->occasion), log_number("part", row->part),
            log_text("why", "the picture was not uploaded"));
    return store_outbox_end(store, row->id, OUTBOX_EXPIRED,
            "its picture was not uploaded", now_ms, err);
}

static bool is_worth_waiting(const struct send_landing *landing)
{
    return landing->row->verb != OUTBOX_UPLOAD ||
            (landing->row->attempts + 1 < UPLOAD_ATTEMPTS_MAX &&
                    landing->failure->retry_after_ms <= upload_patience_ms);
}

/* False: it is time to give up.  Where the server names its wait, that is all:
 * the pace sees to it that not all come back at once. */
static bool next_wait_ms(const struct send_landing *landing, int64_t *wait_ms)
{
    int64_t server_ms = landing->failure->retry_after_ms;
    struct retry retry;

    retry_init(&retry,
            landing->row->expires_ms > 0 ? &until_expiry : &without_expiry);
    retry.failures = landing->row->attempts;
    if (!retry_after_failure(&retry, server_ms, landing->chance, wait_ms))
        return false;
    if (server_ms > 0)
        *wait_ms = server_ms;
    return true;
}

static bool settle_retry(const struct send_landing *landing, int64_t now_ms,
        struct error *err)
{
    int64_t server_ms = landing->failure->retry_after_ms;
    int64_t wait_ms;

    if (!next_wait_ms(landing, &wait_ms))
        return park(landing, now_ms, err);
    if (server_ms > 0 && !landing->room_waits &&
            !pace_hold(landing->pace, landing->store, landing->account,
                    landing->account_index, landing->begun_ms, now_ms,
                    server_ms, err))
        return false;
    if (!store_outbox_retry(landing->store, landing->row->id, now_ms + wait_ms,
                landing->failure->text, landing->maybe_taken, err))
        return false;
    tell(LOG_WARNING, "message not sent, will be tried again", landing,
            wait_ms);
    return true;
}

struct closing {
    const struct send_landing *landing;
    int64_t now_ms;
};

static bool park_occasion(struct store *store, const struct closing *closing,
        struct arena *arena, struct error *err)
{
    const struct outbox_row *row = closing->landing->row;
    const char *why = closing->landing->failure->text;
    struct outbox_list rows;

    if (!store_outbox_list(store, row->channel_id, row->occasion, arena, &rows,
                err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].state == OUTBOX_DUE &&
                !store_outbox_end(store, rows.items[i].id, OUTBOX_PARKED, why,
                        closing->now_ms, err))
            return false;
    return store_channel_break(store, row->channel_id, why, err);
}

static bool close_channel(struct store *store, void *ctx, struct error *err)
{
    struct arena arena = {0};
    bool ok = park_occasion(store, ctx, &arena, err);

    arena_finish(&arena);
    return ok;
}

/* The channel is closed to us: what it was to get now waits for a person. */
static bool settle_stop(const struct send_landing *landing, int64_t now_ms,
        struct error *err)
{
    struct closing closing = {.landing = landing, .now_ms = now_ms};

    if (!store_transact(landing->store, close_channel, &closing, err))
        return false;
    *landing->broken = true;
    tell(LOG_ERROR, "channel is broken, its messages are parked", landing, 0);
    return true;
}

bool send_settle(const struct send_landing *landing, int64_t now_ms,
        struct error *err)
{
    switch (landing->failure->kind) {
    case ERROR_NONE:
        return settle_taken(landing, now_ms, err);
    case ERROR_RETRY:
        return is_worth_waiting(landing) ? settle_retry(landing, now_ms, err)
                                         : leave_out(landing, now_ms, err);
    case ERROR_STOP:
        return settle_stop(landing, now_ms, err);
    case ERROR_REJECTED:
    case ERROR_INPUT:
        break;
    }
    return landing->row->verb == OUTBOX_UPLOAD ||
                    landing->row->verb == OUTBOX_SHOW
            ? leave_out(landing, now_ms, err)
            : park(landing, now_ms, err);
}
