#include "bot/planning/plan_day.h"

#include "bot/announcement.h"
#include "bot/base/arena.h"
#include "bot/base/civil_time.h"

enum {
    /* More than ever are newer than the day that is due. */
    BATCHES_LOOKED_AT = 16
};

/* In how many of the channel's categories the day's announcement is what. */
struct tally {
    size_t announced, none, failed, expected, unknown;
};

static void count_batch(struct tally *tally, const struct batch_list *batches,
        struct civil_date date)
{
    for (size_t i = 0; i < batches->count; i++) {
        if (civil_date_compare(batches->items[i].date, date) != 0)
            continue;
        switch (batches->items[i].state) {
        case BATCH_ANNOUNCED:
            tally->announced++;
            return;
        case BATCH_NONE:
            tally->none++;
            return;
        case BATCH_FAILED:
            tally->failed++;
            return;
        case BATCH_NOT_YET:
        case BATCH_STALE:
            tally->expected++;
            return;
        }
    }
    tally->unknown++;
}

static bool count_batches(struct store *store, const struct channel *channel,
        struct civil_date date, struct tally *tally, struct error *err)
{
    const struct string_list *categories = &channel->subscription.categories;
    struct arena arena = {0};
    bool ok = true;

    *tally = (struct tally){0};
    for (size_t i = 0; ok && i < categories->count; i++) {
        struct batch_list batches;
        ok = store_batch_list(store, categories->items[i], BATCHES_LOOKED_AT,
                &arena, &batches, err);
        if (ok)
            count_batch(tally, &batches, date);
    }
    arena_finish(&arena);
    return ok;
}

bool plan_day_new_york(const struct due *due, struct civil_date *date,
        struct error *err)
{
    struct civil_zone *zone = civil_zone_open(ANNOUNCEMENT_TIMEZONE, err);

    if (zone == NULL)
        return false;
    *date = civil_from_ms(zone, due->ms).date;
    civil_zone_close(zone);
    return true;
}

static enum plan_day judge_tally(const struct tally *tally,
        struct civil_date date)
{
    if (tally->expected + tally->failed > 0) {
        if (tally->announced == 0 && announcement_is_holiday(date))
            return PLAN_DAY_NONE;
        return tally->expected > 0 ? PLAN_DAY_LATE : PLAN_DAY_FAILED;
    }
    if (tally->announced > 0)
        return PLAN_DAY_ANNOUNCED;
    return tally->none > 0 ? PLAN_DAY_NONE : PLAN_DAY_UNKNOWN;
}

bool plan_day_of(struct store *store, const struct channel *channel,
        const struct due *due, enum plan_day *day, struct error *err)
{
    struct civil_date date = due->date;
    struct tally tally;

    if (channel->when == WHEN_PUNCTUAL && !plan_day_new_york(due, &date, err))
        return false;
    if (!announcement_is_day(date)) {
        *day = PLAN_DAY_WEEKEND;
        return true;
    }
    if (!count_batches(store, channel, date, &tally, err))
        return false;
    *day = judge_tally(&tally, date);
    return true;
}

bool plan_day_awaited(struct store *store, const struct channel *channel,
        const struct due *due, bool *awaited, struct error *err)
{
    struct tally tally;

    *awaited = false;
    if (!announcement_is_day(due->date))
        return true;
    if (!count_batches(store, channel, due->date, &tally, err))
        return false;
    *awaited = tally.expected + tally.failed + tally.unknown > 0;
    return true;
}
