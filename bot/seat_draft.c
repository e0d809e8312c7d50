#include "bot/seat_draft.h"

#include "bot/base/log.h"
#include "bot/planning/plan_day.h"
#include "bot/planning/plan_draft.h"

/* Nobody reads a draft and answers it in less. */
static const int64_t least_ms = INT64_C(60) * 1000;
/* How long news wait for those of the other categories. */
static const int64_t settle_ms = INT64_C(10) * 60 * 1000;
/* A batch can become complete without a new paper. */
static const int64_t look_ms = INT64_C(5) * 60 * 1000;
static const int64_t first_trouble_ms = INT64_C(5) * 1000;

bool seat_draft_is_wanted(const struct channel *channel,
        const struct account *account)
{
    return channel->curate_ms > 0 && !channel->paused &&
            (account->ops->abilities & ACCOUNT_LISTENS) != 0;
}

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int64_t seat_draft_due_ms(const struct seat_draft *seat,
        const struct channel *channel, const struct due *due)
{
    int64_t due_ms = latest(due->ms - channel->curate_ms, seat->look_ms);

    return due_ms > due->ms - least_ms ? INT64_MAX : due_ms;
}

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void try_again(struct seat_draft *seat, const struct channel *channel,
        const struct error *err, int64_t now_ms)
{
    seat->trouble_ms = earliest(look_ms,
            seat->trouble_ms == 0 ? first_trouble_ms : 2 * seat->trouble_ms);
    seat->look_ms = now_ms + seat->trouble_ms;
    log_error("draft could not be planned, will be tried again",
            log_text("channel", channel->label), log_text("why", err->text),
            log_number("wait_ms", seat->trouble_ms));
}

static void make(struct seat_draft *seat, struct store *store,
        const struct channel *channel, const struct account *account,
        const struct due *due, int64_t now_ms)
{
    struct plan_draft_result result;
    struct error err = {0};

    if (!plan_draft(store, account, channel, due, now_ms, &result, &err)) {
        try_again(seat, channel, &err, now_ms);
        return;
    }
    seat->trouble_ms = 0;
    if (result.made)
        log_info("draft planned", log_text("channel", channel->label),
                log_number("papers", result.papers),
                log_number("curators", result.readers));
}

/* The first look is at its time, whatever is still to come. */
static bool is_settling(const struct seat_draft *seat, struct store *store,
        const struct channel *channel, const struct due *due, int64_t now_ms)
{
    bool awaited = false;

    return seat->news_ms != 0 && now_ms - seat->news_ms < settle_ms &&
            now_ms >= seat->news_ms &&
            plan_day_awaited(store, channel, due, &awaited, NULL) && awaited;
}

void seat_draft_step(struct seat_draft *seat, struct store *store,
        const struct channel *channel, const struct account *account,
        const struct due *due, int64_t now_ms)
{
    int64_t arrival = seat->arrival;

    if (now_ms < due->ms - channel->curate_ms)
        return;
    if (now_ms > due->ms - least_ms) {
        seat->look_ms = due->ms;
        return;
    }
    store_arrival(store, &arrival, NULL);
    bool looked = seat->look_ms != 0;
    bool came = arrival != seat->arrival;
    /* A clock that was ahead must not make us wait for it. */
    bool waits = looked && now_ms < seat->look_ms &&
            seat->look_ms - now_ms <= look_ms;
    if (waits && !came && seat->news_ms == 0)
        return;
    if (looked && came && seat->news_ms == 0)
        seat->news_ms = now_ms;
    seat->arrival = arrival;
    seat->look_ms = now_ms + look_ms;
    if (is_settling(seat, store, channel, due, now_ms))
        return;
    seat->news_ms = 0;
    make(seat, store, channel, account, due, now_ms);
}
