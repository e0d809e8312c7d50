/*
 * send_flight.h - messages under way: begun, landed, and settled in the store.
 */
#ifndef BOT_SEND_FLIGHT_H
#define BOT_SEND_FLIGHT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/outbox.h"
#include "bot/ports/account.h"
#include "bot/ports/request.h"
#include "bot/send_place.h"
#include "bot/send_settle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /* One a room.  What they cost the store is written together, so that a disk
     * that takes milliseconds to keep something is waited for once; a crash
     * leaves at most so many uncertain. */
    SEND_FLIGHTS_MAX = 96,
};

/* A row under way, or landed and not yet settled in the store. */
struct send_flight {
    void *owner; /* whoever began it */
    struct request *request;
    struct arena arena;     /* owns the strings below */
    struct outbox_row row;  /* what settling needs of it */
    struct channel channel; /* its id and label: it may go away meanwhile */
    size_t account;
    bool used, landed;
    int64_t begun_ms;
    struct send_landing landing; /* once it has landed */
};

struct send_flights {
    struct send_flight items[SEND_FLIGHTS_MAX];
    size_t used, landed;               /* how many; what landed is used, too */
    int64_t row_ids[SEND_FLIGHTS_MAX]; /* 0: not used */
    unsigned *of_account; /* how many each has; in the caller's arena */
};

/* There must be one that is not used.  The label is copied. */
struct send_flight *send_flight_begin(struct send_flights *flights,
        const struct outbox_row *row, size_t account, const char *label,
        int64_t now_ms);

/* The account has answered. */
void send_flight_land(struct send_flights *flights, struct send_flight *flight,
        const struct account *account, const struct account_receipt *receipt,
        const struct error *err);

/* It is free for another. */
void send_flight_end(struct send_flights *flights, struct send_flight *flight);

/* Whether the row is under way, or landed. */
bool send_flight_has(const struct send_flights *flights, int64_t row_id);

/* Marks the places busy that something is under way to. */
void send_flight_mark(const struct send_flights *flights,
        const struct send_places *places);

#endif
