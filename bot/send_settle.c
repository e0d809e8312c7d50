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

static bool is_picture(const struct outbox_row *row)
{
    return row->verb == OUTBOX_UPLOAD || row->verb == OUTBOX_SHOW;
}

/* --- judging --- */

static bool is_worth_waiting(const struct send_landing *landing)
{
    return landing->row->verb != OUTBOX_UPLOAD ||
            (landing->row->attempts + 1 < UPLOAD_ATTEMPTS_MAX &&
                    landing->failure.retry_after_ms <= upload_patience_ms);
}

/* False: it is time to give up.  Where the server names its wait, that is all:
 * the pace sees to it that not all come back at once. */
static bool next_wait_ms(const struct send_landing *landing,
        const struct random_source *chance, int64_t *wait_ms)
{
    int64_t server_ms = landing->failure.retry_after_ms;
    struct retry retry;

    retry_init(&retry,
            landing->row->expires_ms > 0 ? &until_expiry : &without_expiry);
    retry.failures = landing->row->attempts;
    if (!retry_after_failure(&retry, server_ms, chance, wait_ms))
        return false;
    if (server_ms > 0)
        *wait_ms = server_ms;
    return true;
}

static enum send_fate judge_retry(struct send_landing *landing,
        struct pace *pace, const struct random_source *chance, int64_t now_ms)
{
    int64_t server_ms = landing->failure.retry_after_ms;

    if (!is_worth_waiting(landing))
        return SEND_LEFT_OUT;
    if (!next_wait_ms(landing, chance, &landing->wait_ms))
        return SEND_PARKED;
    landing->next_try_ms = now_ms + landing->wait_ms;
    if (server_ms > 0 && !landing->room_waits)
        landing->hold_ms = pace_hold(pace, landing->account_index,
                landing->begun_ms, now_ms, server_ms);
    return SEND_AGAIN;
}

static enum send_fate fate_of(struct send_landing *landing, struct pace *pace,
        const struct random_source *chance, int64_t now_ms)
{
    switch (landing->failure.kind) {
    case ERROR_NONE:
        pace_taken(pace, landing->account_index, landing->begun_ms);
        return SEND_TAKEN;
    case ERROR_RETRY:
        return judge_retry(landing, pace, chance, now_ms);
    case ERROR_STOP:
        return SEND_CLOSED;
    case ERROR_REJECTED:
    case ERROR_INPUT:
        break;
    }
    return is_picture(landing->row) ? SEND_LEFT_OUT : SEND_PARKED;
}

void send_settle_judge(struct send_landing *landing, struct pace *pace,
        const struct random_source *chance, int64_t now_ms)
{
    landing->fate = fate_of(landing, pace, chance, now_ms);
}

/* --- keeping --- */

static bool keep_taken(const struct send_landing *landing, struct store *store,
        bool broken, int64_t now_ms, struct error *err)
{
    return store_outbox_settle(store, landing->row->id, landing->receipt,
                   now_ms, err) &&
            (!broken ||
                    store_channel_break(store, landing->row->channel_id, "",
                            err));
}

static bool keep_again(const struct send_landing *landing, struct store *store,
        struct error *err)
{
    return (landing->hold_ms == 0 ||
                   pace_keep_hold(landing->account, store, landing->hold_ms,
                           err)) &&
            store_outbox_retry(store, landing->row->id, landing->next_try_ms,
                    landing->failure.text, landing->maybe_taken, err);
}

/* The channel is closed to us: what it was to get now waits for a person. */
static bool park_occasion(const struct send_landing *landing,
        struct store *store, struct arena *arena, int64_t now_ms,
        struct error *err)
{
    const struct outbox_row *row = landing->row;
    const char *why = landing->failure.text;
    struct outbox_list rows;

    if (!store_outbox_list(store, row->channel_id, row->occasion, arena, &rows,
                err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].state == OUTBOX_DUE &&
                !store_outbox_end(store, rows.items[i].id, OUTBOX_PARKED, why,
                        now_ms, err))
            return false;
    return store_channel_break(store, row->channel_id, why, err);
}

static bool keep_closed(const struct send_landing *landing, struct store *store,
        int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    bool ok = park_occasion(landing, store, &arena, now_ms, err);

    arena_finish(&arena);
    return ok;
}

static bool keep(const struct send_landing *landing, struct store *store,
        bool broken, int64_t now_ms, struct error *err)
{
    switch (landing->fate) {
    case SEND_TAKEN:
        return keep_taken(landing, store, broken, now_ms, err);
    case SEND_AGAIN:
        return keep_again(landing, store, err);
    case SEND_CLOSED:
        return keep_closed(landing, store, now_ms, err);
    case SEND_PARKED:
    case SEND_LEFT_OUT:
        break;
    }
    return store_outbox_end(store, landing->row->id,
            landing->fate == SEND_PARKED ? OUTBOX_PARKED : OUTBOX_EXPIRED,
            landing->failure.text, now_ms, err);
}

bool send_settle_keep(struct send_landing *landing, struct store *store,
        bool broken, int64_t now_ms, struct error *err)
{
    struct error failure = {0};

    landing->refused = false;
    if (keep(landing, store, broken, now_ms, &failure))
        return true;
    landing->refused = failure.kind == ERROR_REJECTED;
    if (!landing->refused && err != NULL)
        *err = failure;
    return landing->refused;
}

/* --- telling --- */

static void tell(enum log_level level, const char *sentence,
        const struct send_landing *landing)
{
    struct log_field fields[] = {
            log_text("channel", landing->channel->label),
            log_text("occasion", landing->row->occasion),
            log_number("part", landing->row->part),
            log_text("why", landing->failure.text),
            log_number("wait_ms", landing->wait_ms),
            {.key = NULL},
    };
    size_t last = sizeof fields / sizeof fields[0] - 2;

    if (landing->fate != SEND_AGAIN) /* nothing is waited for */
        fields[last].key = NULL;
    log_event(level, sentence, fields);
}

static void tell_taken(const struct send_landing *landing, bool *broken)
{
    if (*broken)
        log_info("channel works again",
                log_text("channel", landing->channel->label));
    *broken = false;
}

void send_settle_tell(const struct send_landing *landing, bool *broken)
{
    if (landing->refused)
        return;
    switch (landing->fate) {
    case SEND_TAKEN:
        tell_taken(landing, broken);
        return;
    case SEND_AGAIN:
        tell(LOG_WARNING, "message not sent, will be tried again", landing);
        return;
    case SEND_PARKED:
        tell(LOG_ERROR, "message parked", landing);
        return;
    case SEND_LEFT_OUT:
        tell(LOG_WARNING, "picture left out", landing);
        return;
    case SEND_CLOSED:
        *broken = true;
        tell(LOG_ERROR, "channel is broken, its messages are parked", landing);
        return;
    }
}
