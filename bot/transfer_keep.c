#include "bot/base/text.h"
#include "bot/roster.h"
#include "bot/transfer.h"
#include "bot/transfer_people.h"

#include <stdint.h>

struct keeping {
    const struct transfer *transfer;
    const char *person;
    int64_t now_ms;
    struct arena *arena;
    struct transfer_report_list *reports;
};

/* --- one channel --- */

/* Its id, which is new only where nothing was known of it. */
static bool find_channel(struct store *store, const struct keeping *keeping,
        const struct transfer_channel *channel, int64_t *id,
        struct transfer_report *report, struct error *err)
{
    struct known_channel_list known = {0};

    report->label = channel->label;
    if (!store_channel_list(store, keeping->arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (text_same(known.items[i].account, channel->account) &&
                text_same(known.items[i].room, channel->room)) {
            *id = known.items[i].id;
            report->label = known.items[i].label;
            return true;
        }
    report->is_new = true;
    return store_channel_put(store, channel->account, channel->room,
                   channel->label, keeping->now_ms, id, err) &&
            (!channel->invited || roster_keep_invited(store, *id, err));
}

static const struct channel_setting *
find_setting(const struct channel_setting_list *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_same(list->items[i].key, key))
            return &list->items[i];
    return NULL;
}

static const char *shown(const char *value)
{
    return *value == '\0' ? "none" : value;
}

static void tell(const struct keeping *keeping, struct transfer_report *report,
        const struct channel_setting *before,
        const struct channel_setting *setting)
{
    const char *was = before == NULL ? "as configured" : shown(before->value);

    report->changed_count++;
    report->changed = arena_format(keeping->arena, "%s%s%s: %s -> %s",
            report->changed, *report->changed == '\0' ? "" : "\n", setting->key,
            was, shown(setting->value));
}

static bool keep_setting(struct store *store, const struct keeping *keeping,
        int64_t id, const struct channel_setting *before,
        const struct channel_setting *setting, struct transfer_report *report,
        struct error *err)
{
    if (before != NULL && text_same(before->value, setting->value))
        report->same++;
    else
        tell(keeping, report, before, setting);
    return store_setting_put(store, id, setting, err);
}

static bool add_history(struct store *store, const struct keeping *keeping,
        int64_t id, const struct transfer_channel *channel, struct error *err)
{
    struct text text;

    text_init(&text, keeping->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < channel->settings.count; i++)
        text_add_format(&text, "%s%s", i == 0 ? "import: " : ", ",
                channel->settings.items[i].key);
    const struct channel_change change = {.changed_ms = keeping->now_ms,
            .person = keeping->person,
            .what = text_string(&text)};
    return store_change_add(store, id, &change, err);
}

static bool keep_channel(struct store *store, const struct keeping *keeping,
        const struct transfer_channel *channel, struct transfer_report *report,
        struct error *err)
{
    struct channel_setting_list kept = {0};
    int64_t id;

    *report = (struct transfer_report){.changed = ""};
    if (!find_channel(store, keeping, channel, &id, report, err) ||
            !store_setting_list(store, id, keeping->arena, &kept, err))
        return false;
    for (size_t i = 0; i < channel->settings.count; i++) {
        const struct channel_setting *setting = &channel->settings.items[i];
        if (!keep_setting(store, keeping, id, find_setting(&kept, setting->key),
                    setting, report, err))
            return false;
    }
    return report->changed_count == 0 ||
            add_history(store, keeping, id, channel, err);
}

/* --- all of them --- */

/* The votes' channels, added where they are not known. */
static bool find_votes(struct store *store, const struct keeping *keeping,
        int64_t *ids, struct error *err)
{
    struct transfer_report ignored = {0};

    for (size_t i = 0; i < keeping->transfer->votes_count; i++)
        if (!find_channel(store, keeping, &keeping->transfer->votes[i].place,
                    &ids[i], &ignored, err))
            return false;
    return true;
}

static bool keep_step(struct store *store, void *ctx, struct error *err)
{
    const struct keeping *keeping = ctx;
    const struct transfer *transfer = keeping->transfer;
    int64_t *ids =
            arena_array(keeping->arena, int64_t, transfer->votes_count + 1);

    for (size_t i = 0; i < transfer->count; i++)
        if (!keep_channel(store, keeping, &transfer->channels[i],
                    &keeping->reports->items[i], err))
            return false;
    return find_votes(store, keeping, ids, err) &&
            transfer_people_keep(store, transfer, ids, keeping->arena,
                    &keeping->reports->people, err);
}

bool transfer_keep(struct store *store, const struct transfer *transfer,
        const char *person, int64_t now_ms, struct arena *arena,
        struct transfer_report_list *reports, struct error *err)
{
    struct keeping keeping = {.transfer = transfer,
            .person = person,
            .now_ms = now_ms,
            .arena = arena,
            .reports = reports};

    reports->count = transfer->count;
    reports->items =
            arena_array(arena, struct transfer_report, transfer->count + 1);
    return store_transact(store, keep_step, &keeping, err);
}
