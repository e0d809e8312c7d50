#include "bot/pace.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    NUMBER_SIZE = 24,
    LEARNT_MAX_MS = 60 * 1000, /* the longest gap that is believed */
    LEARNT_FOR_MS = 30 * 1000, /* so long without a message it holds */
    STREAK_SURE = 8,           /* messages taken until it is doubted */
    STREAK_MAX = 256,
};

static const char sent_key[] = "sent";

static bool put_ms(struct store *store, const char *key, int64_t ms,
        struct error *err)
{
    char number[NUMBER_SIZE];

    snprintf(number, sizeof number, "%" PRId64, ms);
    return store_value_put(store, key, number, err);
}

static bool get_ms(struct store *store, const char *key, int64_t *ms,
        struct error *err)
{
    struct arena arena = {0};
    char *value;
    bool ok = store_value_get(store, key, &arena, &value, err);

    if (ok)
        *ms = value == NULL ? 0 : strtoll(value, NULL, 10);
    arena_finish(&arena);
    return ok;
}

static const char *hold_key(const struct account *account, struct arena *arena)
{
    return arena_format(arena, "hold/%s", account->name);
}

static bool get_hold_ms(struct store *store, const struct account *account,
        int64_t *ms, struct error *err)
{
    struct arena arena = {0};
    bool ok = get_ms(store, hold_key(account, &arena), ms, err);

    arena_finish(&arena);
    return ok;
}

bool pace_open(struct pace *pace, struct store *store,
        struct account *const *accounts, size_t account_count,
        struct arena *arena, struct error *err)
{
    pace->accounts = arena_array(arena, struct pace_account, account_count);
    pace->rooms = NULL;
    pace->account_count = account_count;
    int64_t sent_ms = 0;
    bool ok = get_ms(store, sent_key, &sent_ms, err);
    for (size_t i = 0; ok && i < account_count; i++) {
        if (pace_has_gap(accounts[i]))
            pace->accounts[i].sent_ms = sent_ms;
        ok = get_hold_ms(store, accounts[i], &pace->accounts[i].hold_ms, err);
    }
    return ok;
}

void pace_serve(struct pace *pace, const size_t *from, size_t before,
        size_t channel_count, struct arena *arena)
{
    int64_t *rooms = arena_array(arena, int64_t, channel_count);

    for (size_t i = 0; i < channel_count; i++)
        if (from[i] < before)
            rooms[i] = pace->rooms[from[i]];
    pace->rooms = rooms;
}

void pace_put_back(struct pace *pace, int64_t by_ms)
{
    for (size_t i = 0; i < pace->account_count; i++) {
        pace->accounts[i].hold_ms -= by_ms;
        pace->accounts[i].tail_ms -= by_ms;
    }
}

/* An instant from which now is at most so far away: one that lies further ahead
 * was written by a clock that was wrong. */
static int64_t within(int64_t ms, int64_t now_ms, int64_t most_ms)
{
    return ms - now_ms > most_ms ? now_ms : ms;
}

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* What was learnt is forgotten when nothing was sent for a while. */
static int64_t gap_now_ms(const struct pace_account *paced,
        const struct account *account, int64_t now_ms)
{
    int64_t until_ms = latest(paced->hold_ms, paced->sent_ms) +
            2 * paced->gap_ms + LEARNT_FOR_MS;
    int64_t gap_ms = account->ops->account_gap_ms;

    return now_ms < until_ms && paced->gap_ms > gap_ms ? paced->gap_ms : gap_ms;
}

void pace_begin(struct pace *pace)
{
    for (size_t i = 0; i < pace->account_count; i++)
        pace->accounts[i].asked_for_ms = 0;
}

/* One has the next turn; the others look again a little before theirs would come,
 * as the gap may be shorter by then. */
static int64_t learnt_turn_ms(struct pace_account *paced, int64_t turn_ms)
{
    if (paced->given_ms != turn_ms) {
        paced->given_ms = turn_ms;
        return turn_ms;
    }
    paced->tail_ms = latest(paced->tail_ms, turn_ms) + paced->gap_ms * 3 / 4;
    return paced->tail_ms;
}

int64_t pace_turn_ms(struct pace *pace, const struct account *account,
        size_t account_index, size_t channel_index, bool answer, int64_t now_ms)
{
    struct pace_account *paced = &pace->accounts[account_index];
    int64_t account_gap_ms = gap_now_ms(paced, account, now_ms);
    int64_t room_gap_ms = account->ops->room_gap_ms;
    /* A room that was not sent to since the start may have been just before. */
    int64_t room_ms = pace->rooms[channel_index] == 0
            ? paced->sent_ms
            : pace->rooms[channel_index];
    int64_t turn_ms = now_ms;

    if (paced->sent_ms != 0)
        turn_ms = latest(turn_ms,
                within(paced->sent_ms + account_gap_ms, now_ms,
                        account_gap_ms));
    if (room_ms != 0)
        turn_ms = latest(turn_ms,
                within(room_ms + room_gap_ms, now_ms, room_gap_ms));
    turn_ms = latest(turn_ms, within(paced->hold_ms, now_ms, PACE_PATIENCE_MS));
    if (turn_ms == now_ms || answer)
        return turn_ms;
    if (account_gap_ms > account->ops->account_gap_ms)
        return learnt_turn_ms(paced, turn_ms);
    if (paced->asked_for_ms != 0)
        turn_ms = latest(turn_ms, paced->asked_for_ms + account_gap_ms);
    paced->asked_for_ms = turn_ms;
    return turn_ms;
}

bool pace_has_gap(const struct account *account)
{
    return account->ops->account_gap_ms != 0 || account->ops->room_gap_ms != 0;
}

bool pace_keep_sent(struct store *store, int64_t now_ms, struct error *err)
{
    return put_ms(store, sent_key, now_ms, err);
}

void pace_sent(struct pace *pace, size_t account_index, size_t channel_index,
        int64_t now_ms)
{
    pace->accounts[account_index].sent_ms = now_ms;
    pace->rooms[channel_index] = now_ms;
}

/* The server may be faster than was learnt: after some in a row the next one
 * tries a little sooner, and the more so the longer none is refused. */
void pace_taken(struct pace *pace, size_t account_index, int64_t left_ms)
{
    struct pace_account *paced = &pace->accounts[account_index];

    paced->taken_ms = latest(paced->taken_ms, left_ms);
    if (paced->streak < STREAK_MAX)
        paced->streak++;
    if (paced->streak > STREAK_SURE)
        paced->gap_ms -=
                paced->gap_ms * (paced->streak - STREAK_SURE) / STREAK_MAX;
}

/* The server reckoned when the message had just left, its answer may have taken
 * a while.  The wait is never longer than the gap. */
static void learn(struct pace_account *paced, int64_t left_ms, int64_t wait_ms)
{
    int64_t gap_ms = left_ms + wait_ms - paced->taken_ms;

    if (paced->taken_ms == 0 || gap_ms > LEARNT_MAX_MS || gap_ms < wait_ms)
        gap_ms = wait_ms < LEARNT_MAX_MS ? wait_ms : LEARNT_MAX_MS;
    paced->gap_ms = gap_ms;
    paced->streak = 0;
    paced->sent_ms = paced->taken_ms; /* what was refused does not count */
}

int64_t pace_hold(struct pace *pace, size_t account_index, int64_t left_ms,
        int64_t now_ms, int64_t wait_ms)
{
    struct pace_account *paced = &pace->accounts[account_index];

    if (now_ms + wait_ms <= paced->hold_ms)
        return 0;
    learn(paced, left_ms, wait_ms);
    paced->hold_ms = now_ms + wait_ms;
    return paced->hold_ms;
}

bool pace_keep_hold(const struct account *account, struct store *store,
        int64_t hold_ms, struct error *err)
{
    struct arena arena = {0};
    bool ok = put_ms(store, hold_key(account, &arena), hold_ms, err);

    arena_finish(&arena);
    return ok;
}
