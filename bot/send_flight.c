#include "bot/send_flight.h"

static size_t find(const struct send_flights *flights, int64_t row_id)
{
    size_t number = 0;

    while (number < SEND_FLIGHTS_MAX && flights->row_ids[number] != row_id)
        number++;
    return number;
}

struct send_flight *send_flight_begin(struct send_flights *flights,
        const struct outbox_row *row, size_t account, const char *label,
        int64_t now_ms)
{
    size_t number = find(flights, 0);
    struct send_flight *flight = &flights->items[number];

    *flight = (struct send_flight){.row = {.id = row->id,
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
    flight->channel.label = arena_string(&flight->arena, label);
    flights->row_ids[number] = row->id;
    flights->used++;
    flights->of_account[account]++;
    return flight;
}

void send_flight_land(struct send_flights *flights, struct send_flight *flight,
        const struct account *account, const struct account_receipt *receipt,
        const struct error *err)
{
    flight->request = NULL;
    flight->landed = true;
    flight->landing = (struct send_landing){.account = account,
            .account_index = flight->account,
            .channel = &flight->channel,
            .row = &flight->row,
            .begun_ms = flight->begun_ms,
            .receipt = arena_string(&flight->arena, receipt->id),
            .maybe_taken = receipt->maybe_taken,
            .room_waits = receipt->room_waits};
    if (err != NULL)
        flight->landing.failure = *err;
    flights->landed++;
}

void send_flight_end(struct send_flights *flights, struct send_flight *flight)
{
    if (flight->landed)
        flights->landed--;
    flights->used--;
    flights->of_account[flight->account]--;
    flights->row_ids[flight - flights->items] = 0;
    arena_finish(&flight->arena);
    *flight = (struct send_flight){0};
}

bool send_flight_has(const struct send_flights *flights, int64_t row_id)
{
    return find(flights, row_id) < SEND_FLIGHTS_MAX;
}

void send_flight_mark(const struct send_flights *flights,
        const struct send_places *places)
{
    for (size_t i = 0; i < SEND_FLIGHTS_MAX; i++) {
        const struct send_flight *flight = &flights->items[i];
        struct send_place *place =
                send_places_find(places, flight->row.channel_id);
        if (flight->used && !flight->landed && place != NULL)
            place->busy = true;
    }
}
