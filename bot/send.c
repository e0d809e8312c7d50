#include "bot/send.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/base/text.h"
#include "bot/pace.h"

#include <limits.h>
#include <stdlib.h>

enum {
    FLIGHTS_MAX = 32,    /* messages under way, one a room */
    CLAIM_ROUNDS = 8,    /* in one step, so that it ends */
    ATTEMPTS_MAX = 12,   /* of a row without an end; about an hour and a half */
    LEASE_MS = 120000,   /* twice an adapter's deadline */
    ROOM_BUSY_MS = 1000, /* another look at a room that is being sent to */
    STORE_TROUBLE_MS = 5000,
};

static const struct retry_policy until_expiry = {.first_ms = 2000,
        .longest_ms = 15 * 60 * 1000,
        .patience_ms = PACE_PATIENCE_MS,
        .attempts_max = UINT_MAX};
static const struct retry_policy without_expiry = {.first_ms = 2000,
        .longest_ms = 15 * 60 * 1000,
        .patience_ms = PACE_PATIENCE_MS,
        .attempts_max = ATTEMPTS_MAX};

/* A row under way, or landed and not yet settled in the store. */
struct flight {
    struct send *send;
    struct request *request;
    struct arena arena;    /* owns the row's strings and the receipt */
    struct outbox_row row; /* without its payload */
    size_t account, channel;
    bool used, landed;
    const char *receipt;
    bool maybe_taken;
    struct error failure; /* ERROR_NONE: it was taken */
};

struct send {
    struct store *store;
    struct account *const *accounts;
    size_t account_count;
    const struct channel_list *channels;
    const struct clock *clock;
    const struct random_source *chance;
    const char *owner;
    struct arena arena;
    struct pace pace;
    bool *broken; /* of each channel */
    struct flight flights[FLIGHTS_MAX];
    int64_t next_ms;
    bool closing; /* claims nothing more */
};

/* --- opening and closing --- */

static size_t find_channel(const struct send *send, int64_t id)
{
    for (size_t i = 0; i < send->channels->count; i++)
        if (send->channels->items[i].id == id)
            return i;
    return send->channels->count;
}

static size_t find_account(const struct send *send, const char *name)
{
    for (size_t i = 0; i < send->account_count; i++)
        if (text_same(send->accounts[i]->name, name))
            return i;
    return send->account_count;
}

static bool read_broken(struct send *send, struct error *err)
{
    struct arena arena = {0};
    struct known_channel_list known;
    bool ok = store_channel_list(send->store, &arena, &known, err);

    send->broken = arena_array(&send->arena, bool, send->channels->count);
    for (size_t i = 0; ok && i < known.count; i++) {
        size_t channel = find_channel(send, known.items[i].id);
        if (channel < send->channels->count)
            send->broken[channel] = known.items[i].broken[0] != '\0';
    }
    arena_finish(&arena);
    return ok;
}

struct send *send_open(struct store *store, struct account *const *accounts,
        size_t account_count, const struct channel_list *channels,
        const struct clock *clock, const struct random_source *chance,
        const char *owner, struct error *err)
{
    struct send *send = calloc(1, sizeof *send);

    if (send == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    send->store = store;
    send->accounts = accounts;
    send->account_count = account_count;
    send->channels = channels;
    send->clock = clock;
    send->chance = chance;
    send->owner = owner;
    if (!read_broken(send, err) ||
            !pace_open(&send->pace, store, accounts, account_count,
                    channels->count, &send->arena, err)) {
        send_close(send);
        return NULL;
    }
    return send;
}

static void settle_landed(struct send *send, int64_t now_ms);

void send_close(struct send *send)
{
    if (send == NULL)
        return;
    settle_landed(send, clock_now_ms(send->clock));
    for (size_t i = 0; i < FLIGHTS_MAX; i++) {
        request_cancel(send->flights[i].request);
        arena_finish(&send->flights[i].arena);
    }
    arena_finish(&send->arena);
    free(send);
}

/* --- settling --- */

static const struct channel *channel_of(const struct flight *flight)
{
    return &flight->send->channels->items[flight->channel];
}

/* Says what became of a message; level as for log_event. */
static void tell(enum log_level level, const char *sentence,
        const struct flight *flight, int64_t wait_ms)
{
    const struct log_field fields[] = {
            log_text("channel", channel_of(flight)->label),
            log_text("occasion", flight->row.occasion),
            log_number("part", flight->row.part),
            log_text("why", flight->failure.text),
            log_number("wait_ms", wait_ms),
            {.key = NULL},
    };

    log_event(level, sentence, fields);
}

static bool settle_taken(struct flight *flight, int64_t now_ms,
        struct error *err)
{
    struct send *send = flight->send;

    if (!store_outbox_settle(send->store, flight->row.id, flight->receipt,
                now_ms, err))
        return false;
    if (!send->broken[flight->channel])
        return true;
    if (!store_channel_break(send->store, flight->row.channel_id, "", err))
        return false;
    send->broken[flight->channel] = false;
    log_info("channel works again",
            log_text("channel", channel_of(flight)->label));
    return true;
}

static bool park(struct flight *flight, int64_t now_ms, struct error *err)
{
    if (!store_outbox_end(flight->send->store, flight->row.id, OUTBOX_PARKED,
                flight->failure.text, now_ms, err))
        return false;
    tell(LOG_ERROR, "message parked", flight, 0);
    return true;
}

static bool settle_retry(struct flight *flight, int64_t now_ms,
        struct error *err)
{
    struct send *send = flight->send;
    int64_t server_ms = flight->failure.retry_after_ms;
    struct retry retry;
    int64_t wait_ms;

    retry_init(&retry,
            flight->row.expires_ms > 0 ? &until_expiry : &without_expiry);
    retry.failures = flight->row.attempts;
    if (!retry_after_failure(&retry, server_ms, send->chance, &wait_ms))
        return park(flight, now_ms, err);
    if (server_ms > 0 &&
            !pace_hold(&send->pace, send->store,
                    send->accounts[flight->account], flight->account,
                    now_ms + server_ms, err))
        return false;
    if (!store_outbox_retry(send->store, flight->row.id, now_ms + wait_ms,
                flight->failure.text, flight->maybe_taken, err))
        return false;
    tell(LOG_WARNING, "message not sent, will be tried again", flight, wait_ms);
    return true;
}

struct closing {
    const struct flight *flight;
    int64_t now_ms;
};

static bool park_occasion(struct store *store, const struct closing *closing,
        struct arena *arena, struct error *err)
{
    const struct flight *flight = closing->flight;
    struct outbox_list rows;

    if (!store_outbox_list(store, flight->row.channel_id, flight->row.occasion,
                arena, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].state == OUTBOX_DUE &&
                !store_outbox_end(store, rows.items[i].id, OUTBOX_PARKED,
                        flight->failure.text, closing->now_ms, err))
            return false;
    return store_channel_break(store, flight->row.channel_id,
            flight->failure.text, err);
}

static bool close_channel(struct store *store, void *ctx, struct error *err)
{
    struct arena arena = {0};
    bool ok = park_occasion(store, ctx, &arena, err);

    arena_finish(&arena);
    return ok;
}

/* The channel is closed to us: what it was to get now waits for a person. */
static bool settle_stop(struct flight *flight, int64_t now_ms,
        struct error *err)
{
    struct closing closing = {.flight = flight, .now_ms = now_ms};

    if (!store_transact(flight->send->store, close_channel, &closing, err))
        return false;
    flight->send->broken[flight->channel] = true;
    tell(LOG_ERROR, "channel is broken, its messages are parked", flight, 0);
    return true;
}

static bool settle(struct flight *flight, int64_t now_ms, struct error *err)
{
    switch (flight->failure.kind) {
    case ERROR_NONE:
        return settle_taken(flight, now_ms, err);
    case ERROR_RETRY:
        return settle_retry(flight, now_ms, err);
    case ERROR_STOP:
        return settle_stop(flight, now_ms, err);
    case ERROR_REJECTED:
    case ERROR_INPUT:
        break;
    }
    return park(flight, now_ms, err);
}

static void store_trouble(struct send *send, const char *sentence,
        const struct error *err, int64_t now_ms)
{
    log_error(sentence, log_text("why", err->text));
    send->next_ms = now_ms + STORE_TROUBLE_MS;
}

static void flight_end(struct flight *flight)
{
    arena_finish(&flight->arena);
    *flight = (struct flight){0};
}

/* What the store did not take stays landed for the next step.  A row that
 * another sender has dealt with is settled. */
static void settle_landed(struct send *send, int64_t now_ms)
{
    for (size_t i = 0; i < FLIGHTS_MAX; i++) {
        struct flight *flight = &send->flights[i];
        struct error err = {0};
        if (!flight->landed)
            continue;
        if (settle(flight, now_ms, &err) || err.kind == ERROR_REJECTED)
            flight_end(flight);
        else
            store_trouble(send, "what became of a message cannot be stored",
                    &err, now_ms);
    }
}

static void message_sent(void *cookie, const struct account_receipt *receipt,
        const struct error *err)
{
    struct flight *flight = cookie;
    struct send *send = flight->send;

    flight->request = NULL;
    flight->landed = true;
    flight->receipt = arena_string(&flight->arena, receipt->id);
    flight->maybe_taken = receipt->maybe_taken;
    if (err != NULL)
        flight->failure = *err;
    send->next_ms = 0;
    settle_landed(send, clock_now_ms(send->clock));
}

/* --- starting --- */

struct beginning {
    struct send *send;
    const struct flight *flight;
    int64_t now_ms;
};

static bool begin_step(struct store *store, void *ctx, struct error *err)
{
    const struct beginning *beginning = ctx;
    const struct flight *flight = beginning->flight;

    return store_outbox_attempt(store, flight->row.id, beginning->now_ms,
                   err) &&
            pace_keep_sent(beginning->send->accounts[flight->account], store,
                    beginning->now_ms, err);
}

static struct flight *free_flight(struct send *send)
{
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (!send->flights[i].used)
            return &send->flights[i];
    return NULL;
}

static bool begin(struct send *send, const struct outbox_row *row,
        size_t account, size_t channel, int64_t now_ms, struct error *err)
{
    struct flight *flight = free_flight(send);

    *flight = (struct flight){.send = send,
            .row = *row,
            .account = account,
            .channel = channel,
            .used = true};
    flight->row.payload = NULL;
    flight->row.occasion = arena_string(&flight->arena, row->occasion);
    struct beginning beginning = {.send = send,
            .flight = flight,
            .now_ms = now_ms};
    if (!store_transact(send->store, begin_step, &beginning, err)) {
        flight_end(flight);
        return false;
    }
    pace_sent(&send->pace, account, channel, now_ms);
    flight->request =
            send->accounts[account]->ops->send(send->accounts[account], row,
                    message_sent, flight);
    return true;
}

static bool is_flying(const struct send *send, int64_t row_id)
{
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (send->flights[i].used && send->flights[i].row.id == row_id)
            return true;
    return false;
}

static bool room_is_busy(const struct send *send, size_t channel)
{
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (send->flights[i].used && send->flights[i].channel == channel)
            return true;
    return false;
}

static bool put_off(struct send *send, const struct outbox_row *row,
        int64_t until_ms, struct error *err)
{
    return store_outbox_retry(send->store, row->id, until_ms, row->complaint,
            row->attempted, err);
}

static bool end_row(struct send *send, const struct outbox_row *row,
        enum outbox_state state, const char *why, int64_t now_ms,
        struct error *err)
{
    log_error(state == OUTBOX_EXPIRED ? "message expired" : "message parked",
            log_text("room", row->room), log_text("occasion", row->occasion),
            log_number("part", row->part), log_text("why", why));
    return store_outbox_end(send->store, row->id, state, why, now_ms, err);
}

/* A crash left the row begun and the product cannot tell it from a new one. */
static bool is_uncertain(const struct outbox_row *row,
        const struct account *account)
{
    return row->attempted &&
            (account->ops->abilities & ACCOUNT_DEDUPLICATES) == 0;
}

static bool start_row(struct send *send, const struct outbox_row *row,
        size_t account, size_t channel, int64_t now_ms, struct error *err)
{
    const struct channel *wants = &send->channels->items[channel];
    bool uncertain = is_uncertain(row, send->accounts[account]);

    if (uncertain && wants->on_uncertain == UNCERTAIN_HOLD)
        return end_row(send, row, OUTBOX_PARKED,
                "it may have been shown already, and on_uncertain = hold: look "
                "in the room before it is put back",
                now_ms, err);
    if (room_is_busy(send, channel))
        return put_off(send, row, now_ms + ROOM_BUSY_MS, err);
    int64_t turn_ms = pace_turn_ms(&send->pace, send->accounts[account],
            account, channel, now_ms);
    if (turn_ms > now_ms)
        return put_off(send, row, turn_ms, err);
    if (uncertain)
        log_warning("message is sent again, it may be shown twice",
                log_text("channel", wants->label),
                log_text("occasion", row->occasion),
                log_number("part", row->part));
    return begin(send, row, account, channel, now_ms, err);
}

static bool handle_row(struct send *send, const struct outbox_row *row,
        int64_t now_ms, struct error *err)
{
    size_t channel = find_channel(send, row->channel_id);
    size_t account = find_account(send, row->account);

    if (is_flying(send, row->id)) /* and its lease is renewed by now */
        return true;
    if (row->expires_ms > 0 && row->expires_ms <= now_ms)
        return end_row(send, row, OUTBOX_EXPIRED,
                row->complaint[0] == '\0' ? "its time passed" : row->complaint,
                now_ms, err);
    if (account == send->account_count)
        return end_row(send, row, OUTBOX_PARKED,
                "its account is not in the configuration any more", now_ms,
                err);
    if (channel == send->channels->count)
        return end_row(send, row, OUTBOX_PARKED,
                "its channel is not in the configuration any more", now_ms,
                err);
    return start_row(send, row, account, channel, now_ms, err);
}

/* --- stepping --- */

static size_t count_free(const struct send *send)
{
    size_t count = 0;

    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        count += !send->flights[i].used;
    return count;
}

/* A row that another sender has dealt with meanwhile is none of ours. */
static bool handle_claimed(struct send *send, const struct outbox_row *row,
        int64_t now_ms, struct error *err)
{
    struct error failure = {0};

    if (handle_row(send, row, now_ms, &failure) ||
            failure.kind == ERROR_REJECTED)
        return true;
    *err = failure;
    return false;
}

/* Claims what is due and there is room for; *claimed is how much. */
static bool claim(struct send *send, int64_t now_ms, size_t *claimed,
        struct error *err)
{
    struct arena arena = {0};
    struct outbox_list rows = {0};
    bool ok = store_outbox_claim(send->store, send->owner, now_ms,
            now_ms + LEASE_MS, count_free(send), &arena, &rows, err);

    for (size_t i = 0; ok && i < rows.count; i++)
        ok = handle_claimed(send, &rows.items[i], now_ms, err);
    *claimed = rows.count;
    arena_finish(&arena);
    return ok;
}

void send_step(struct send *send, int64_t now_ms)
{
    struct error err = {0};
    size_t claimed = 1;
    bool ok = true;

    send->next_ms = INT64_MAX;
    settle_landed(send, now_ms);
    if (send->closing || send->next_ms != INT64_MAX)
        return;
    pace_begin(&send->pace);
    for (int i = 0; ok && i < CLAIM_ROUNDS && claimed > 0; i++) {
        if (free_flight(send) == NULL)
            break;
        ok = claim(send, now_ms, &claimed, &err);
    }
    if (!ok || !store_outbox_next_ms(send->store, &send->next_ms, &err))
        store_trouble(send, "the outbox cannot be worked off", &err, now_ms);
}

int64_t send_next_due_ms(const struct send *send)
{
    bool landed = false;

    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        landed = landed || send->flights[i].landed;
    if (landed)
        return send->next_ms;
    if (send->closing || count_free(send) == 0)
        return INT64_MAX;
    return send->next_ms;
}

void send_wind_down(struct send *send)
{
    send->closing = true;
}

bool send_busy(const struct send *send)
{
    return count_free(send) < FLIGHTS_MAX;
}
