#include "bot/send.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/pace.h"
#include "bot/send_decide.h"
#include "bot/send_flight.h"
#include "bot/send_place.h"
#include "bot/send_queue.h"
#include "bot/send_settle.h"

#include <stdlib.h>

enum {
    /* Some are kept for answers, which somebody waits for. */
    DIGESTS_MAX = SEND_FLIGHTS_MAX - 32,
    /* Of one account: one that has a limit refuses what is too much. */
    ACCOUNT_MAX = 32,
    QUEUE_MAX = SEND_FLIGHTS_MAX,
    TURNS_MAX = 8, /* in one step, so that it ends */
    /* An adapter's deadline, as often as the messages of all flights go to one
     * host, 32 at a time; and how long a row may wait before. */
    LEASE_MS = 600000,
    QUEUE_STALE_MS = 10000,
    SETTLE_WAIT_MS = 20, /* so long what landed waits for the others */
    STORE_TROUBLE_MS = 5000,
};

/* What is written together: what became of messages, what is decided about the
 * rows that wait, and the claim of those that come next. */
struct turn {
    int64_t now_ms;
    struct send_decision decisions[QUEUE_MAX];
    struct send_flight *flights[QUEUE_MAX]; /* of those that begin */
    size_t count;
    size_t wanted; /* to be claimed */
    struct arena arena;
    struct outbox_list claimed;
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
    struct send_places places;
    struct send_queue queue;
    struct send_flights flights;
    struct turn turn;
    bool more;         /* the last claim got as many as it wanted */
    int64_t settle_ms; /* when what landed is settled */
    int64_t next_ms;   /* when there is something to claim */
    bool hasten;       /* what waits does so by a clock that was put back */
    bool closing;      /* claims nothing more */
};

/* --- opening and closing --- */

static void take_channels(struct send *send,
        const struct known_channel_list *known)
{
    const struct channel_list *channels = send->channels;
    struct arena before = send->rooms, arena = {0};
    size_t *from = arena_array(&before, size_t, channels->count);

    for (size_t i = 0; i < channels->count; i++) {
        const struct send_place *place =
                send_places_find(&send->places, channels->items[i].id);
        from[i] = place != NULL ? place->channel : send->places.count;
    }
    pace_serve(&send->pace, from, send->places.count, channels->count, &arena);
    send->rooms = arena;
    send->places = send_places_of(channels, send->accounts, send->account_count,
            &send->rooms);
    arena_finish(&before);
    for (size_t i = 0; i < known->count; i++) {
        struct send_place *place =
                send_places_find(&send->places, known->items[i].id);
        if (place != NULL)
            place->broken = known->items[i].broken[0] != '\0';
    }
    send_flight_mark(&send->flights, &send->places);
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
    send->settle_ms = INT64_MAX;
    send->flights.of_account =
            arena_array(&send->arena, unsigned, account_count + 1);
    if (!pace_open(&send->pace, store, accounts, account_count, &send->arena,
                err) ||
            !send_serve(send, err)) {
        send_close(send);
        return NULL;
    }
    return send;
}

/* --- flights --- */

static struct send_flight *flight_begin(struct send *send,
        const struct send_decision *decision, int64_t now_ms)
{
    const struct send_place *place = decision->place;
    struct send_flight *flight =
            send_flight_begin(&send->flights, decision->row, place->account,
                    send->channels->items[place->channel].label, now_ms);

    flight->owner = send;
    return flight;
}

static void room_is_free(struct send *send, const struct send_flight *flight)
{
    struct send_place *place =
            send_places_find(&send->places, flight->row.channel_id);

    if (place != NULL)
        place->busy = false;
}

static void flight_undone(struct send *send, struct send_flight *flight)
{
    room_is_free(send, flight);
    send_flight_end(&send->flights, flight);
}

static void settle_last(struct send *send, int64_t now_ms);

/* They are settled when all have landed, or the first has waited long enough. */
static void message_sent(void *cookie, const struct account_receipt *receipt,
        const struct error *err)
{
    struct send_flight *flight = cookie;
    struct send *send = flight->owner;
    struct send_flights *flights = &send->flights;
    int64_t now_ms = clock_now_ms(send->clock);

    send_flight_land(flights, flight, send->accounts[flight->account], receipt,
            err);
    send_settle_judge(&flight->landing, &send->pace, send->chance, now_ms);
    room_is_free(send, flight);
    if (flights->landed == flights->used)
        send->settle_ms = 0;
    else if (flights->landed == 1)
        send->settle_ms = now_ms + SETTLE_WAIT_MS;
    if (send->closing && flights->landed == flights->used)
        settle_last(send, now_ms);
}

/* --- settling --- */

static bool is_broken(const struct send *send, const struct send_flight *flight)
{
    const struct send_place *place =
            send_places_find(&send->places, flight->row.channel_id);

    return place != NULL && place->broken;
}

static void flight_settled(struct send *send, struct send_flight *flight)
{
    struct send_place *place =
            send_places_find(&send->places, flight->row.channel_id);
    bool gone_away = false;

    send_settle_tell(&flight->landing,
            place != NULL ? &place->broken : &gone_away);
    send_flight_end(&send->flights, flight);
}

struct settling {
    struct send *send;
    struct send_flight *flight;
    int64_t now_ms;
};

static bool settle_step(struct store *store, void *ctx, struct error *err)
{
    const struct settling *settling = ctx;
    struct send_flight *flight = settling->flight;

    return send_settle_keep(&flight->landing, store,
            is_broken(settling->send, flight), settling->now_ms, err);
}

/* One by one: what keeps one from being settled does not concern the others.
 * What the store did not take stays landed. */
static void settle_each(struct send *send, int64_t now_ms, struct error *err)
{
    for (size_t i = 0; i < SEND_FLIGHTS_MAX; i++) {
        struct settling settling = {send, &send->flights.items[i], now_ms};
        if (!settling.flight->landed)
            continue;
        if (store_transact(send->store, settle_step, &settling, err))
            flight_settled(send, settling.flight);
    }
}

/* --- a turn --- */

static struct send_view view_of(struct send *send)
{
    return (struct send_view){.channels = send->channels,
            .accounts = send->accounts,
            .account_count = send->account_count,
            .places = &send->places,
            .pace = &send->pace};
}

/* Where there is no room for it now the row stays in the queue. */
static bool has_room(const struct send *send, const struct outbox_row *row)
{
    if (row->reply[0] != '\0')
        return send->flights.used < SEND_FLIGHTS_MAX;
    const struct send_place *place =
            send_places_find(&send->places, row->channel_id);
    return send->flights.used < DIGESTS_MAX &&
            (place == NULL ||
                    send->flights.of_account[place->account] < ACCOUNT_MAX);
}

/* What waits too long is given back rather than sent under a lease that may end
 * meanwhile. */
static void decide_row(struct send *send, const struct outbox_row *row,
        bool stale, int64_t now_ms)
{
    struct turn *turn = &send->turn;
    struct send_decision *decision = &turn->decisions[turn->count];
    const struct send_view view = view_of(send);

    *decision =
            stale ? send_decide_return(row) : send_decide(&view, row, now_ms);
    turn->flights[turn->count++] = decision->deed == SEND_BEGIN
            ? flight_begin(send, decision, now_ms)
            : NULL;
}

static void decide(struct send *send, int64_t now_ms)
{
    const struct outbox_row *rows[QUEUE_MAX];
    int64_t claimed_ms[QUEUE_MAX];
    size_t count = send_queue_look(&send->queue, rows, claimed_ms,
            send->closing ? 0 : QUEUE_MAX);

    send->turn.count = 0;
    for (size_t i = 0; i < count; i++) {
        bool stale = now_ms - claimed_ms[i] > QUEUE_STALE_MS;
        if (send_flight_has(&send->flights,
                    rows[i]->id)) /* and its lease is renewed by now */
            send_queue_drop(&send->queue, &rows[i], 1);
        else if (stale || has_room(send, rows[i]))
            decide_row(send, rows[i], stale, now_ms);
    }
}

static bool keep_landed(struct send *send, struct store *store, int64_t now_ms,
        struct error *err)
{
    for (size_t i = 0; i < SEND_FLIGHTS_MAX; i++) {
        struct send_flight *flight = &send->flights.items[i];
        if (flight->landed &&
                !send_settle_keep(&flight->landing, store,
                        is_broken(send, flight), now_ms, err))
            return false;
    }
    return true;
}

/* Makes decisions true. */
static bool keep_decided(struct send *send, struct store *store, int64_t now_ms,
        struct error *err)
{
    struct turn *turn = &send->turn;
    bool paced = false;

    for (size_t i = 0; i < turn->count; i++) {
        const struct send_flight *flight = turn->flights[i];
        if (!send_decide_keep(&turn->decisions[i], store, now_ms, err))
            return false;
        paced = paced ||
                (flight != NULL &&
                        pace_has_gap(send->accounts[flight->account]));
    }
    return !paced || pace_keep_sent(store, now_ms, err);
}

static bool turn_step(struct store *store, void *ctx, struct error *err)
{
    struct send *send = ctx;
    struct turn *turn = &send->turn;

    arena_finish(&turn->arena);
    turn->claimed = (struct outbox_list){0};
    return keep_landed(send, store, turn->now_ms, err) &&
            keep_decided(send, store, turn->now_ms, err) &&
            (turn->wanted == 0 ||
                    store_outbox_claim(store, send->owner, turn->now_ms,
                            turn->now_ms + LEASE_MS, turn->wanted, &turn->arena,
                            &turn->claimed, err));
}

static void take_off(struct send *send, struct send_flight *flight,
        const struct send_decision *decision)
{
    struct account *account = send->accounts[flight->account];

    if (decision->refused)
        flight_undone(send, flight);
    else
        flight->request = account->ops->send(account, decision->row,
                message_sent, flight);
}

static void turn_done(struct send *send)
{
    struct turn *turn = &send->turn;
    const struct send_view view = view_of(send);
    const struct outbox_row *rows[QUEUE_MAX];

    for (size_t i = 0; i < SEND_FLIGHTS_MAX; i++)
        if (send->flights.items[i].landed)
            flight_settled(send, &send->flights.items[i]);
    for (size_t i = 0; i < turn->count; i++) {
        rows[i] = turn->decisions[i].row;
        send_decide_tell(&turn->decisions[i], &view);
        if (turn->flights[i] != NULL)
            take_off(send, turn->flights[i], &turn->decisions[i]);
    }
    send_queue_drop(&send->queue, rows, turn->count);
    send->more = turn->wanted > 0 && turn->claimed.count == turn->wanted;
    send_queue_add(&send->queue, &turn->arena, &turn->claimed, turn->now_ms);
    send->settle_ms = INT64_MAX;
}

/* Nothing was kept.  Rows that nobody has decided about are claimed again when
 * their lease ends, unless it is only that another writer was in the way. */
static void turn_failed(struct send *send, struct error *err)
{
    struct turn *turn = &send->turn;

    for (size_t i = 0; i < turn->count; i++)
        if (turn->flights[i] != NULL)
            flight_undone(send, turn->flights[i]);
    arena_finish(&turn->arena);
    send->more = false;
    if (err->kind != ERROR_RETRY)
        send_queue_clear(&send->queue);
    settle_each(send, turn->now_ms, err);
}

static bool take_turn(struct send *send, int64_t now_ms, struct error *err)
{
    send->turn.now_ms = now_ms;
    if (store_transact(send->store, turn_step, send, err)) {
        turn_done(send);
        return true;
    }
    turn_failed(send, err);
    return false;
}

static void store_trouble(struct send *send, const struct error *err,
        int64_t now_ms)
{
    log_error("the outbox cannot be worked off", log_text("why", err->text));
    send->next_ms = now_ms + STORE_TROUBLE_MS;
    send->settle_ms = send->next_ms;
}

/* While closing, nothing waits for another step. */
static void settle_last(struct send *send, int64_t now_ms)
{
    struct error err = {0};

    send->turn.count = send->turn.wanted = 0;
    if (!take_turn(send, now_ms, &err))
        store_trouble(send, &err, now_ms);
}

/* --- stepping --- */

/* Whether there is something to claim.  Looking costs less than claiming
 * nothing. */
static bool look(struct send *send, int64_t now_ms, int64_t *next_ms,
        struct error *err)
{
    *next_ms = now_ms;
    return send->more || send->closing || send->queue.count >= QUEUE_MAX ||
            store_outbox_next_ms(send->store, next_ms, err);
}

/* As many as can be begun when those that wait are. */
static size_t count_wanted(const struct send *send)
{
    size_t waiting = send->queue.count - send->turn.count;

    return send->closing || waiting >= QUEUE_MAX ? 0 : QUEUE_MAX - waiting;
}

/* Works off what is due; *next_ms is when more will be. */
static bool work_off(struct send *send, int64_t now_ms, int64_t *next_ms,
        struct error *err)
{
    if (send->hasten && !store_outbox_hasten(send->store, now_ms, err))
        return false;
    send->hasten = false;
    pace_begin(&send->pace);
    for (int i = 0; i < TURNS_MAX; i++) {
        if (!look(send, now_ms, next_ms, err))
            return false;
        decide(send, now_ms);
        send->turn.wanted = *next_ms <= now_ms ? count_wanted(send) : 0;
        if (send->turn.count + send->turn.wanted + send->flights.landed == 0)
            break;
        if (!take_turn(send, now_ms, err))
            return false;
    }
    if (send->turn.count + send->turn.wanted == 0 && *next_ms <= now_ms)
        *next_ms = INT64_MAX; /* the queue waits for something to land */
    return true;
}

void send_step(struct send *send, int64_t now_ms)
{
    struct error err = {0};

    send->next_ms = INT64_MAX;
    if (work_off(send, now_ms, &send->next_ms, &err))
        return;
    store_trouble(send, &err, now_ms);
}

int64_t send_next_due_ms(const struct send *send)
{
    int64_t next_ms = send->closing ? INT64_MAX : send->next_ms;

    if (send->flights.landed > 0 && send->settle_ms < next_ms)
        next_ms = send->settle_ms;
    return next_ms;
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
    return send->flights.used > 0;
}

/* What landed is settled, and what was only claimed is given back: somebody else
 * may send it at once. */
static void leave(struct send *send)
{
    const struct outbox_row *rows[QUEUE_MAX];
    int64_t claimed_ms[QUEUE_MAX];
    struct turn *turn = &send->turn;
    struct error err = {0};

    turn->count = send_queue_look(&send->queue, rows, claimed_ms, QUEUE_MAX);
    turn->wanted = 0;
    for (size_t i = 0; i < turn->count; i++) {
        turn->decisions[i] = send_decide_return(rows[i]);
        turn->flights[i] = NULL;
    }
    if (turn->count + send->flights.landed > 0 &&
            !take_turn(send, clock_now_ms(send->clock), &err))
        log_error("the outbox cannot be left as it should be",
                log_text("why", err.text));
}

void send_close(struct send *send)
{
    if (send == NULL)
        return;
    leave(send);
    for (size_t i = 0; i < SEND_FLIGHTS_MAX; i++) {
        request_cancel(send->flights.items[i].request);
        arena_finish(&send->flights.items[i].arena);
    }
    send_queue_clear(&send->queue);
    arena_finish(&send->arena);
    arena_finish(&send->rooms);
    free(send);
}
