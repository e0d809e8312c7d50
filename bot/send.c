#include "bot/send.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/pace.h"
#include "bot/send_settle.h"

#include <stdlib.h>

enum {
    FLIGHTS_MAX = 32,      /* messages under way, one a room */
    CLAIM_ROUNDS = 8,      /* in one step, so that it ends */
    LEASE_MS = 120000,     /* twice an adapter's deadline */
    ROOM_BUSY_MS = 1000,   /* another look at a room that is being sent to */
    HOME_LOOK_MS = 600000, /* another look for a channel that is not there */
    STORE_TROUBLE_MS = 5000,
};

/* A row under way, or landed and not yet settled in the store. */
struct flight {
    struct send *send;
    struct request *request;
    struct arena arena;    /* owns the strings below */
    struct outbox_row row; /* what settling needs of it */
    size_t account;
    struct channel channel; /* its id and label: it may go away meanwhile */
    bool used, landed;
    int64_t begun_ms;
    const char *receipt;
    bool maybe_taken, room_waits;
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
    struct arena arena; /* of the accounts' pace */
    struct arena rooms; /* of what follows */
    struct pace pace;
    int64_t *ids; /* of the channels, in their order */
    bool *broken; /* each of them */
    size_t count;
    struct flight flights[FLIGHTS_MAX];
    int64_t next_ms;
    bool hasten;  /* what waits does so by a clock that was put back */
    bool closing; /* claims nothing more */
};

/* --- opening and closing --- */

static size_t find_channel(const struct send *send, int64_t id)
{
    for (size_t i = 0; i < send->count; i++)
        if (send->ids[i] == id)
            return i;
    return send->count;
}

static size_t find_account(const struct send *send, const char *name)
{
    for (size_t i = 0; i < send->account_count; i++)
        if (text_same(send->accounts[i]->name, name))
            return i;
    return send->account_count;
}

static void take_channels(struct send *send,
        const struct known_channel_list *known)
{
    const struct channel_list *channels = send->channels;
    struct arena before = send->rooms, arena = {0};
    size_t *from = arena_array(&before, size_t, channels->count);
    int64_t *ids = arena_array(&arena, int64_t, channels->count);

    for (size_t i = 0; i < channels->count; i++) {
        ids[i] = channels->items[i].id;
        from[i] = find_channel(send, ids[i]);
    }
    pace_serve(&send->pace, from, send->count, channels->count, &arena);
    send->rooms = arena;
    send->ids = ids;
    send->broken = arena_array(&send->rooms, bool, channels->count);
    send->count = channels->count;
    arena_finish(&before);
    for (size_t i = 0; i < known->count; i++) {
        size_t channel = find_channel(send, known->items[i].id);
        if (channel < send->count)
            send->broken[channel] = known->items[i].broken[0] != '\0';
    }
}

bool send_serve(struct send *send, struct error *err)
{
    struct arena arena = {0};
    struct known_channel_list known;
    bool ok = store_channel_list(send->store, &arena, &known, err);

    if (ok)
        take_channels(send, &known);
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
    if (!pace_open(&send->pace, store, accounts, account_count, &send->arena,
                err) ||
            !send_serve(send, err)) {
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
    arena_finish(&send->rooms);
    free(send);
}

/* --- settling --- */

static bool settle(struct flight *flight, int64_t now_ms, struct error *err)
{
    struct send *send = flight->send;
    size_t channel = find_channel(send, flight->row.channel_id);
    bool gone_away = false;
    const struct send_landing landing = {
            .store = send->store,
            .pace = &send->pace,
            .chance = send->chance,
            .account = send->accounts[flight->account],
            .account_index = flight->account,
            .channel = &flight->channel,
            .broken =
                    channel < send->count ? &send->broken[channel] : &gone_away,
            .row = &flight->row,
            .begun_ms = flight->begun_ms,
            .receipt = flight->receipt,
            .maybe_taken = flight->maybe_taken,
            .room_waits = flight->room_waits,
            .failure = &flight->failure,
    };

    return send_settle(&landing, now_ms, err);
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
    flight->room_waits = receipt->room_waits;
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
            .row = {.id = row->id,
                    .channel_id = row->channel_id,
                    .part = row->part,
                    .verb = row->verb,
                    .expires_ms = row->expires_ms,
                    .attempts = row->attempts},
            .account = account,
            .used = true,
            .begun_ms = now_ms};
    flight->row.occasion = arena_string(&flight->arena, row->occasion);
    flight->channel.id = row->channel_id;
    flight->channel.label =
            arena_string(&flight->arena, send->channels->items[channel].label);
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

static bool room_is_busy(const struct send *send, int64_t channel_id)
{
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (send->flights[i].used &&
                send->flights[i].row.channel_id == channel_id)
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
    if (room_is_busy(send, row->channel_id))
        return put_off(send, row, now_ms + ROOM_BUSY_MS, err);
    int64_t turn_ms = pace_turn_ms(&send->pace, send->accounts[account],
            account, channel, row->reply[0] != '\0', now_ms);
    if (turn_ms > now_ms)
        return put_off(send, row, turn_ms, err);
    if (uncertain)
        log_warning("message is sent again, it may be shown twice",
                log_text("channel", wants->label),
                log_text("occasion", row->occasion),
                log_number("part", row->part));
    return begin(send, row, account, channel, now_ms, err);
}

/* Whoever took a channel out may put it back, and "paperboy post" may know one
 * that was added after our start. */
static bool wait_for_home(struct send *send, const struct outbox_row *row,
        int64_t now_ms, struct error *err)
{
    const char *why = "its channel is not in the configuration";

    if (row->expires_ms == 0)
        return end_row(send, row, OUTBOX_PARKED, why, now_ms, err);
    if (!text_same(row->complaint, why))
        log_warning("message waits for its channel",
                log_text("room", row->room),
                log_text("occasion", row->occasion),
                log_number("part", row->part), log_text("why", why));
    return store_outbox_retry(send->store, row->id, now_ms + HOME_LOOK_MS, why,
            row->attempted, err);
}

static bool handle_row(struct send *send, const struct outbox_row *row,
        int64_t now_ms, struct error *err)
{
    size_t channel = find_channel(send, row->channel_id);

    if (is_flying(send, row->id)) /* and its lease is renewed by now */
        return true;
    if (row->expires_ms > 0 && row->expires_ms <= now_ms)
        return end_row(send, row, OUTBOX_EXPIRED,
                row->complaint[0] == '\0' ? "its time passed" : row->complaint,
                now_ms, err);
    if (row->verb == OUTBOX_SHOW && row->target[0] == '\0')
        return send_settle_unshown(send->store, row, now_ms, err);
    /* The row's own account may have been called otherwise when it was made. */
    size_t account = channel == send->count
            ? send->account_count
            : find_account(send, send->channels->items[channel].account);
    if (account == send->account_count)
        return wait_for_home(send, row, now_ms, err);
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

/* Works off what is due; *next_ms is when more will be.  Looking costs nothing,
 * claiming is a write. */
static bool work_off(struct send *send, int64_t now_ms, int64_t *next_ms,
        struct error *err)
{
    size_t claimed = 1;

    if (send->hasten && !store_outbox_hasten(send->store, now_ms, err))
        return false;
    send->hasten = false;
    pace_begin(&send->pace);
    for (int i = 0; i < CLAIM_ROUNDS && claimed > 0; i++) {
        if (!store_outbox_next_ms(send->store, next_ms, err))
            return false;
        if (*next_ms > now_ms || free_flight(send) == NULL)
            return true;
        if (!claim(send, now_ms, &claimed, err))
            return false;
    }
    return store_outbox_next_ms(send->store, next_ms, err);
}

void send_step(struct send *send, int64_t now_ms)
{
    struct error err = {0};

    send->next_ms = INT64_MAX;
    settle_landed(send, now_ms);
    if (send->closing || send->next_ms != INT64_MAX)
        return;
    if (!work_off(send, now_ms, &send->next_ms, &err))
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

void send_put_back(struct send *send, int64_t by_ms)
{
    pace_put_back(&send->pace, by_ms);
    send->hasten = true;
}

void send_wind_down(struct send *send)
{
    send->closing = true;
}

bool send_busy(const struct send *send)
{
    return count_free(send) < FLIGHTS_MAX;
}
