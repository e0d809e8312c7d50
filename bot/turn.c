#include "bot/turn.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    NUMBER_SIZE = 24,
    BUSY_LOOK_MS = 1000, /* another look at a turn that somebody has */
    PERSON_MS = 2000,    /* so long a turn is kept for a person who waits */
};

/* What the store keeps, each 0 if nothing. */
struct state {
    int64_t asked_ms, hold_ms;
    int64_t busy_ms;   /* a request is under way, at most until then */
    int64_t person_ms; /* it is a person's turn until then */
};

static char *key_of(struct arena *arena, const char *what,
        const struct source_ops *ops)
{
    return arena_format(arena, "%s/%s", what,
            ops->pace != NULL ? ops->pace : ops->kind);
}

static bool get_ms(struct store *store, const char *what,
        const struct source_ops *ops, int64_t *ms, struct error *err)
{
    struct arena arena = {0};
    char *value = NULL;
    bool ok = store_value_get(store, key_of(&arena, what, ops), &arena, &value,
            err);

    *ms = value == NULL ? 0 : strtoll(value, NULL, 10);
    arena_finish(&arena);
    return ok;
}

static bool put_ms(struct store *store, const char *what,
        const struct source_ops *ops, int64_t ms, struct error *err)
{
    struct arena arena = {0};
    char number[NUMBER_SIZE];

    snprintf(number, sizeof number, "%" PRId64, ms);
    bool ok = store_value_put(store, key_of(&arena, what, ops), number, err);
    arena_finish(&arena);
    return ok;
}

static bool read_state(struct store *store, const struct source_ops *ops,
        struct state *state, struct error *err)
{
    return get_ms(store, "asked", ops, &state->asked_ms, err) &&
            get_ms(store, "hold", ops, &state->hold_ms, err) &&
            get_ms(store, "busy", ops, &state->busy_ms, err) &&
            get_ms(store, "person", ops, &state->person_ms, err);
}

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

bool turn_free_ms(struct store *store, const struct source_ops *ops,
        int64_t *free_ms, struct error *err)
{
    struct state state;

    if (!read_state(store, ops, &state, err))
        return false;
    *free_ms = state.asked_ms == 0 ? 0 : state.asked_ms + ops->gap_ms;
    *free_ms = latest(*free_ms, state.hold_ms);
    return true;
}

/* --- claiming --- */

struct claiming {
    const struct source_ops *ops;
    enum turn_for whom;
    int64_t now_ms;
    struct turn turn;
};

/* Whether an instant that something waits for lies ahead, and not further than
 * it ever may: then it comes from a clock that was ahead. */
static bool lies_ahead(int64_t ms, int64_t now_ms, int64_t longest_ms)
{
    return ms > now_ms && ms <= now_ms + longest_ms;
}

static int64_t free_from(const struct claiming *claiming,
        const struct state *state)
{
    int64_t now_ms = claiming->now_ms, free_ms = 0;

    if (state->asked_ms > 0)
        free_ms = state->asked_ms + claiming->ops->gap_ms;
    if (lies_ahead(state->hold_ms, now_ms, TURN_PATIENCE_MS))
        free_ms = latest(free_ms, state->hold_ms);
    if (lies_ahead(state->busy_ms, now_ms, TURN_LEASE_MS))
        free_ms = latest(free_ms, now_ms + BUSY_LOOK_MS);
    if (claiming->whom == TURN_FOR_JOB &&
            lies_ahead(state->person_ms, now_ms, TURN_PATIENCE_MS))
        free_ms = latest(free_ms, state->person_ms);
    return free_ms;
}

static bool take_turn(struct store *store, const struct claiming *claiming,
        const struct state *state, struct error *err)
{
    bool person = claiming->whom == TURN_FOR_PERSON && state->person_ms != 0;

    return put_ms(store, "asked", claiming->ops, claiming->now_ms, err) &&
            put_ms(store, "busy", claiming->ops,
                    claiming->now_ms + TURN_LEASE_MS, err) &&
            put_ms(store, "alone", claiming->ops, store_is_locked(store),
                    err) &&
            (!person || put_ms(store, "person", claiming->ops, 0, err));
}

static bool claim_step(struct store *store, void *ctx, struct error *err)
{
    struct claiming *claiming = ctx;
    struct state state;

    if (!read_state(store, claiming->ops, &state, err))
        return false;
    bool ahead = state.asked_ms > claiming->now_ms;
    if (ahead) /* by a clock that was put back since */
        state.asked_ms = claiming->now_ms;
    struct turn *turn = &claiming->turn;
    turn->free_ms = free_from(claiming, &state);
    turn->claimed = turn->free_ms <= claiming->now_ms;
    if (turn->claimed)
        return take_turn(store, claiming, &state, err);
    if (ahead && !put_ms(store, "asked", claiming->ops, state.asked_ms, err))
        return false;
    return claiming->whom == TURN_FOR_JOB ||
            put_ms(store, "person", claiming->ops, turn->free_ms + PERSON_MS,
                    err);
}

bool turn_claim(struct store *store, const struct source_ops *ops,
        enum turn_for whom, int64_t now_ms, struct turn *turn,
        struct error *err)
{
    struct claiming claiming = {.ops = ops,
            .whom = whom,
            .now_ms = now_ms,
            .turn = *turn};

    if (!store_transact(store, claim_step, &claiming, err))
        return false;
    *turn = claiming.turn;
    turn->held = turn->held || turn->claimed;
    if (turn->claimed)
        turn->free_ms = now_ms + ops->gap_ms;
    return true;
}

static bool bury_step(struct store *store, void *ctx, struct error *err)
{
    const struct source_ops *ops = ctx;
    int64_t alone, busy_ms;

    if (!get_ms(store, "alone", ops, &alone, err) ||
            !get_ms(store, "busy", ops, &busy_ms, err))
        return false;
    return alone == 0 || busy_ms == 0 || put_ms(store, "busy", ops, 0, err);
}

bool turn_bury(struct store *store, const struct source_ops *ops,
        struct error *err)
{
    struct source_ops asked = *ops;

    return !store_is_locked(store) ||
            store_transact(store, bury_step, &asked, err);
}

/* --- afterwards --- */

bool turn_keep(struct store *store, const struct source_ops *ops,
        int64_t asked_ms, int64_t wait_ms, int64_t now_ms, struct error *err)
{
    if (wait_ms > TURN_PATIENCE_MS)
        wait_ms = TURN_PATIENCE_MS;
    return put_ms(store, "busy", ops, 0, err) &&
            (asked_ms == 0 || put_ms(store, "asked", ops, asked_ms, err)) &&
            (wait_ms <= 0 || put_ms(store, "hold", ops, now_ms + wait_ms, err));
}

static void tell_failure(const struct source_ops *ops, const struct error *err)
{
    log_warning("the turn to ask a source could not be kept",
            log_text("source", ops->kind), log_text("why", err->text));
}

void turn_release(struct store *store, const struct source_ops *ops,
        struct turn *turn)
{
    struct error err = {0};

    if (!turn->held)
        return;
    turn->held = !put_ms(store, "busy", ops, 0, &err);
    if (turn->held)
        tell_failure(ops, &err);
}

struct putting_back {
    const struct source_ops *ops;
    int64_t by_ms;
};

static bool put_back_step(struct store *store, void *ctx, struct error *err)
{
    const struct putting_back *back = ctx;
    int64_t hold_ms;

    if (!get_ms(store, "hold", back->ops, &hold_ms, err))
        return false;
    return hold_ms == 0 ||
            put_ms(store, "hold", back->ops, hold_ms - back->by_ms, err);
}

void turn_put_back(struct store *store, const struct source_ops *ops,
        int64_t by_ms)
{
    struct putting_back back = {.ops = ops, .by_ms = by_ms};
    struct error err = {0};

    if (!store_transact(store, put_back_step, &back, &err))
        tell_failure(ops, &err);
}
