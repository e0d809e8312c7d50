#include "bot/pace.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    NUMBER_SIZE = 24
};

static bool put_ms(struct store *store, const char *what,
        const struct account *account, int64_t ms, struct error *err)
{
    struct arena arena = {0};
    char number[NUMBER_SIZE];

    snprintf(number, sizeof number, "%" PRId64, ms);
    bool ok = store_value_put(store,
            arena_format(&arena, "%s/%s", what, account->name), number, err);
    arena_finish(&arena);
    return ok;
}

static bool get_ms(struct store *store, const char *what,
        const struct account *account, int64_t *ms, struct error *err)
{
    struct arena arena = {0};
    char *value;
    bool ok = store_value_get(store,
            arena_format(&arena, "%s/%s", what, account->name), &arena, &value,
            err);

    if (ok)
        *ms = value == NULL ? 0 : strtoll(value, NULL, 10);
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
    for (size_t i = 0; i < account_count; i++)
        if (!get_ms(store, "sent", accounts[i], &pace->accounts[i].sent_ms,
                    err) ||
                !get_ms(store, "hold", accounts[i], &pace->accounts[i].hold_ms,
                        err))
            return false;
    return true;
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
    for (size_t i = 0; i < pace->account_count; i++)
        pace->accounts[i].hold_ms -= by_ms;
}

void pace_begin(struct pace *pace)
{
    for (size_t i = 0; i < pace->account_count; i++)
        pace->accounts[i].asked_for_ms = 0;
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

int64_t pace_turn_ms(struct pace *pace, const struct account *account,
        size_t account_index, size_t channel_index, int64_t now_ms)
{
    struct pace_account *paced = &pace->accounts[account_index];
    int64_t account_gap_ms = account->ops->account_gap_ms;
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
    if (turn_ms == now_ms)
        return now_ms;
    if (paced->asked_for_ms != 0)
        turn_ms = latest(turn_ms, paced->asked_for_ms + account_gap_ms);
    paced->asked_for_ms = turn_ms;
    return turn_ms;
}

bool pace_keep_sent(const struct account *account, struct store *store,
        int64_t now_ms, struct error *err)
{
    if (account->ops->account_gap_ms == 0 && account->ops->room_gap_ms == 0)
        return true;
    return put_ms(store, "sent", account, now_ms, err);
}

void pace_sent(struct pace *pace, size_t account_index, size_t channel_index,
        int64_t now_ms)
{
    pace->accounts[account_index].sent_ms = now_ms;
    pace->rooms[channel_index] = now_ms;
}

bool pace_hold(struct pace *pace, struct store *store,
        const struct account *account, size_t account_index, int64_t until_ms,
        struct error *err)
{
    if (until_ms <= pace->accounts[account_index].hold_ms)
        return true;
    pace->accounts[account_index].hold_ms = until_ms;
    return put_ms(store, "hold", account, until_ms, err);
}
