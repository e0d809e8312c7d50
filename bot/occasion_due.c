#include "bot/occasion_due.h"

#include "bot/base/arena.h"
#include "bot/base/text.h"

enum {
    /* Recorded dates looked at to find the newest that has begun: the others
     * were recorded by a clock that was ahead. */
    OCCASIONS_LOOKED_AT = 400,
};

static bool created_ms(struct store *store, int64_t channel_id,
        struct arena *arena, int64_t *ms, struct error *err)
{
    struct known_channel_list known;

    if (!store_channel_list(store, arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (known.items[i].id == channel_id) {
            *ms = known.items[i].created_ms;
            return true;
        }
    return error_set(err, ERROR_STOP, "the store does not know the channel");
}

/* The newest digest date with an outcome, today's or before; unset: none. */
static bool last_recorded(struct store *store, int64_t channel_id,
        struct civil_date today, struct arena *arena, struct civil_date *last,
        struct error *err)
{
    const size_t prefix = sizeof "digest/" - 1;
    struct occasion_list list;

    *last = (struct civil_date){0};
    if (!store_occasion_list(store, channel_id, "digest/", OCCASIONS_LOOKED_AT,
                arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        struct civil_date date;
        if (civil_date_parse(list.items[i].key + prefix, &date) &&
                civil_date_compare(date, today) <= 0) {
            *last = date;
            return true;
        }
    }
    return true;
}

/* When a command set the hour last; 0: none did. */
static bool hour_set_ms(struct store *store, int64_t channel_id,
        struct arena *arena, int64_t *ms, struct error *err)
{
    struct channel_setting_list list;

    *ms = 0;
    if (!store_setting_list(store, channel_id, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct channel_setting *setting = &list.items[i];
        if ((text_same(setting->key, "schedule") ||
                    text_same(setting->key, "timezone")) &&
                setting->set_ms > *ms)
            *ms = setting->set_ms;
    }
    return true;
}

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

bool occasion_due_find(struct store *store, const struct channel *channel,
        const struct civil_zone *zone, int64_t after_ms, int64_t now_ms,
        struct occasion_due *found, struct error *err)
{
    const struct schedule *schedule = &channel->schedule;
    struct civil_date today = civil_from_ms(zone, now_ms).date;
    struct arena arena = {0};
    struct civil_date last;
    int64_t since_ms = 0, set_ms = 0;
    bool ok = last_recorded(store, channel->id, today, &arena, &last, err) &&
            created_ms(store, channel->id, &arena, &since_ms, err) &&
            hour_set_ms(store, channel->id, &arena, &set_ms, err);

    arena_finish(&arena);
    if (!ok)
        return false;
    if (civil_date_is_set(last))
        found->waits = schedule_after_date(schedule, zone, last, &found->due);
    else /* set up in the future: by a clock that was ahead */
        found->waits = schedule_after_ms(schedule, zone,
                earliest(since_ms, now_ms), &found->due);
    if (set_ms > after_ms)
        after_ms = earliest(set_ms, now_ms);
    if (found->waits && found->due.ms <= after_ms)
        found->waits = schedule_after_ms(schedule, zone, after_ms, &found->due);
    return true;
}
