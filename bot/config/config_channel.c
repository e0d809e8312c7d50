#include "bot/config/config_channel.h"

#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/config/config_account.h"
#include "bot/schedule.h"

#include <string.h>

#define WAIT_FOR_BATCH_MAX_MS (20 * INT64_C(3600000))
#define CURATE_MIN_MS (5 * INT64_C(60000))
#define CURATE_MAX_MS (20 * INT64_C(3600000))

enum {
    CREDIT_MAX = 60, /* user-perceived characters: it is one short line */
};

/* --- single keys --- */

static bool take_categories(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    struct channel *channel = target;
    return config_parse_categories(value, arena,
            &channel->subscription.categories, err);
}

static bool take_words(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    return config_parse_words(value, arena, &channel->subscription.words, err);
}

static bool take_authors(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    return config_parse_words(value, arena, &channel->subscription.authors,
            err);
}

static bool take_unwanted(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    return config_parse_words(value, arena, &channel->subscription.unwanted,
            err);
}

static bool take_schedule(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return schedule_parse(value, &channel->schedule, err);
}

static bool take_timezone(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    struct civil_zone *zone = civil_zone_open(value, err);
    if (zone == NULL)
        return false;
    civil_zone_close(zone);
    channel->schedule.timezone = value;
    return true;
}

static bool take_languages(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    return config_parse_languages(value, arena, &channel->languages, err);
}

static bool take_size(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_size(value, &channel->top_count, &channel->also_count,
            err);
}

static bool take_style(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_style(value, &channel->style, err);
}

static bool take_layout(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_layout(value, &channel->layout, err);
}

static bool take_pictures(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_pictures(value, &channel->pictures, err);
}

static bool take_mix(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_mix(value, &channel->mix, err);
}

static bool take_when(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_when(value, &channel->when, err);
}

static bool take_quiet(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_quiet(value, &channel->quiet, err);
}

static bool take_wait_for_batch(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    if (!config_parse_duration(value, &channel->wait_for_batch_ms, err))
        return false;
    return channel->wait_for_batch_ms <= WAIT_FOR_BATCH_MAX_MS ||
            error_set(err, ERROR_INPUT,
                    "is too long; expected at most 20h, for a day later the "
                    "next digest is due");
}

static bool take_catch_up(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_duration(value, &channel->catch_up_ms, err);
}

static bool take_on_uncertain(void *target, const char *value,
        struct arena *arena, struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    return config_parse_uncertain(value, &channel->on_uncertain, err);
}

static bool take_credit(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    if (text_graphemes(value) > CREDIT_MAX)
        return error_set(err, ERROR_INPUT,
                "is too long; expected one line of at most %d characters",
                CREDIT_MAX);
    channel->credit = text_one_line(arena, value);
    return true;
}

static bool take_paused(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    channel->paused = text_same(value, "yes");
    return channel->paused || text_same(value, "no") ||
            error_set(err, ERROR_INPUT, "is \"%s\"; expected yes or no", value);
}

static bool take_curate(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    (void)arena;
    channel->curate_ms = 0;
    if (text_same(value, "off"))
        return true;
    int64_t curate_ms;
    if (!config_parse_duration(value, &curate_ms, err))
        return error_set(err, ERROR_INPUT,
                "is \"%s\"; expected off, or a time such as 2h", value);
    if (curate_ms < CURATE_MIN_MS || curate_ms > CURATE_MAX_MS)
        return error_set(err, ERROR_INPUT,
                "is \"%s\"; expected off, or from 5m to 20h", value);
    channel->curate_ms = curate_ms;
    return true;
}

static bool take_curators(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    return config_parse_words(value, arena, &channel->curators, err);
}

static bool take_admins(void *target, const char *value, struct arena *arena,
        struct error *err)
{
    struct channel *channel = target;
    return config_parse_words(value, arena, &channel->admins, err);
}

const struct config_key config_channel_keys[] = {
        {.key = "account"},
        {.key = "type"},
        {.key = "room"},
        {.key = "categories", .take = take_categories},
        {.key = "words", .quoted = true, .lines = true, .take = take_words},
        {.key = "authors", .quoted = true, .lines = true, .take = take_authors},
        {.key = "unwanted",
                .quoted = true,
                .lines = true,
                .take = take_unwanted},
        {.key = "schedule", .take = take_schedule},
        {.key = "timezone", .take = take_timezone},
        {.key = "languages", .take = take_languages},
        {.key = "size", .take = take_size},
        {.key = "style", .take = take_style},
        {.key = "layout", .take = take_layout},
        {.key = "mix", .take = take_mix},
        {.key = "pictures", .take = take_pictures},
        {.key = "when", .take = take_when},
        {.key = "wait_for_batch", .take = take_wait_for_batch},
        {.key = "quiet", .take = take_quiet},
        {.key = "catch_up", .take = take_catch_up},
        {.key = "on_uncertain", .take = take_on_uncertain},
        {.key = "credit", .take = take_credit},
        {.key = "admins", .take = take_admins},
        {.key = "curators", .take = take_curators},
        {.key = "curate", .take = take_curate},
        {.key = "paused", .take = take_paused},
        {.key = NULL},
};

struct channel config_default_channel(void)
{
    return (struct channel){
            .account = "",
            .home = "",
            .room = "",
            .label = "",
            .schedule = {.minute_of_day = -1, .timezone = ""},
            .languages = {{"zh", "en"}},
            .top_count = 5,
            .also_count = 4,
            .style = STYLE_BRIEF,
            .layout = LAYOUT_MESSAGE,
            .mix = MIX_FAIR,
            .pictures = PICTURES_NONE,
            .contact = "",
            .when = WHEN_PUNCTUAL,
            .quiet = QUIET_LINE,
            .on_uncertain = UNCERTAIN_RESEND,
            .wait_for_batch_ms = 4 * INT64_C(3600000),
            .catch_up_ms = 6 * INT64_C(3600000),
            .credit = "",
    };
}

/* --- when --- */

int config_channel_usual_minute(const char *zone)
{
    static const char *const china[] = {"Asia/Shanghai", "Asia/Hong_Kong",
            "Asia/Taipei", "Asia/Singapore", "Asia/Macau", "PRC"};
    for (size_t i = 0; i < sizeof china / sizeof *china; i++)
        if (text_same(zone, china[i]))
            return 13 * 60 + 30;
    if (text_starts(zone, "America/") || text_starts(zone, "Europe/"))
        return 8 * 60;
    return -1;
}

static void settle_schedule(struct config_reading *reading,
        const struct config_section *section, struct schedule *schedule)
{
    const struct config_entry *hour = config_section_find(section, "schedule");
    const struct config_entry *zone = config_section_find(section, "timezone");
    if (zone == NULL && hour != NULL && schedule->minute_of_day >= 0)
        config_section_complain(reading, section, section->line, "timezone",
                "is missing; schedule needs it: an IANA name such as "
                "Asia/Shanghai or Europe/Berlin");
    if (hour != NULL || *schedule->timezone == '\0')
        return;
    schedule->minute_of_day = config_channel_usual_minute(schedule->timezone);
    schedule->weekdays = WEEKDAYS_WORKING;
    if (schedule->minute_of_day < 0)
        config_section_complain(reading, section, section->line, "schedule",
                "is missing; %s has no usual hour: give one such as "
                "\"18:00 weekdays\", or \"off\"",
                schedule->timezone);
}

/* --- where --- */

/* The account that "account = NAME" names; NULL after a complaint. */
static const struct config_account *
account_named(struct config_reading *reading,
        const struct config_section *section)
{
    const struct config_entry *entry;
    const char *name;
    if (!config_section_take(reading, section, "account", false, false, &entry,
                &name))
        return NULL;
    const struct config *config = reading->config;
    const char **names = arena_array(reading->arena, const char *,
            config->account_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < config->account_count; i++) {
        const struct config_account *account = &config->accounts[i];
        if (text_same(account->settings.name, name))
            return account;
        if (account->line > 0)
            names[count++] = account->settings.name;
    }
    config_section_unknown(reading, section, entry->line, "account",
            arena_format(reading->arena, "there is no [account %s]",
                    config_section_hides(entry) ? "..." : name),
            name, names);
    return NULL;
}

/* The account that the section itself is; NULL after a complaint. */
static const struct config_account *
account_inside(struct config_reading *reading,
        const struct config_section *section)
{
    const struct account_kind *kind = config_account_kind(reading, section);
    if (kind == NULL)
        return NULL;
    if (!kind->one_channel) {
        config_section_complain(reading, section,
                config_section_find(section, "type")->line, "type",
                "one %s account serves many rooms; give it a section [account "
                "NAME], and write account = NAME here",
                kind->kind);
        return NULL;
    }
    return config_account_add(reading, section, kind);
}

static const struct config_account *find_account(struct config_reading *reading,
        const struct config_section *section)
{
    const struct config_entry *named = config_section_find(section, "account");
    const struct config_entry *typed = config_section_find(section, "type");
    if (named != NULL && typed != NULL) {
        config_section_complain(reading, section, typed->line, "type",
                "account is given as well; keep account for a room of an "
                "[account], type for a channel with a webhook of its own");
        return NULL;
    }
    if (named == NULL && typed == NULL) {
        config_section_complain(reading, section, section->line, "",
                "leads nowhere; give it type = %s with the keys of that, or "
                "account = NAME of an [account NAME]",
                config_account_one_channel_kinds(reading));
        return NULL;
    }
    return named != NULL ? account_named(reading, section)
                         : account_inside(reading, section);
}

/* The room key, where the kind has rooms. */
static const char *find_room(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind)
{
    const struct config_entry *entry;
    const char *room;
    bool given = config_section_take(reading, section, "room", false, false,
            &entry, &room);
    if (kind == NULL)
        return "";
    if (kind->room_help == NULL && entry != NULL)
        config_section_complain(reading, section, entry->line, "room",
                "a %s account leads to one place by itself; leave this key out",
                kind->kind);
    if (kind->room_help == NULL)
        return "webhook";
    if (entry == NULL)
        config_section_complain(reading, section, section->line, "room",
                "is missing; %s", kind->room_help);
    if (!given)
        return "";
    const char *right = kind->room_flaw == NULL ? NULL : kind->room_flaw(room);
    if (right != NULL)
        config_section_flaw(reading, section, entry, false, room, right);
    return room;
}

static void settle_place(struct config_reading *reading,
        const struct config_account *account, struct channel *channel)
{
    const struct account_kind *kind = account->kind;
    channel->account = account->settings.name;
    channel->home = account->settings.name;
    if (kind == NULL || kind->room == NULL)
        return;
    channel->home = kind->kind;
    channel->room = kind->room(&account->settings, reading->arena);
}

/* Two sections for one place would post everything twice. */
static void check_place(struct config_reading *reading,
        const struct config_section *section, const struct channel *channel)
{
    const struct channel_list *others = &reading->config->channels;
    for (size_t i = 0; i < others->count; i++) {
        const struct channel *other = &others->items[i];
        if (*channel->room == '\0' || !text_same(other->home, channel->home) ||
                !text_same(other->room, channel->room))
            continue;
        config_section_complain(reading, section, section->line, "",
                "leads to the same place as [channel %s] at line %d; keep one "
                "of the two",
                other->label, reading->channel_lines[i]);
    }
}

static void channel_add(struct config_reading *reading, int line,
        const struct channel *channel)
{
    struct channel_list *list = &reading->config->channels;
    list->items = arena_grow(reading->arena, list->items, list->count,
            &reading->channel_capacity, sizeof *list->items);
    reading->channel_lines = arena_grow(reading->arena, reading->channel_lines,
            list->count, &reading->channel_line_capacity,
            sizeof *reading->channel_lines);
    reading->channel_lines[list->count] = line;
    list->items[list->count++] = *channel;
}

/* A draft is sent to people, who answer. */
static void check_curation(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind,
        const struct channel *channel)
{
    const struct config_entry *entry = config_section_find(section, "curate");
    if (channel->curate_ms == 0 || entry == NULL || kind == NULL)
        return;
    if (kind->one_channel)
        config_section_complain(reading, section, entry->line, "curate",
                "a %s channel has no place where only its curators would see a "
                "draft; leave this key out, or use an [account NAME] with "
                "rooms",
                kind->kind);
    else if (channel->curators.count + channel->admins.count == 0)
        config_section_complain(reading, section, entry->line, "curate",
                "has nobody to send a draft to; name people in curators");
}

static void check_pictures(struct config_reading *reading,
        const struct config_section *section, const struct account_kind *kind,
        const struct channel *channel)
{
    const struct config_entry *entry = config_section_find(section, "pictures");
    if (channel->pictures == PICTURES_NONE || entry == NULL)
        return;
    if (kind != NULL && !kind->pictures)
        config_section_complain(reading, section, entry->line, "pictures",
                "a %s channel is not sent any; leave this key out, or use a "
                "room of a matrix account",
                kind->kind);
    else if (config_find_source(reading->config, SOURCE_PICTURES) == NULL)
        config_section_complain(reading, section, entry->line, "pictures",
                "has nowhere to take them from; add a section [source "
                "pictures] with url = https://.../{id}.png");
}

void config_channel_read(struct config_reading *reading,
        const struct config_section *section)
{
    struct channel channel = config_default_channel();
    channel.label = section->name;
    channel.in_file = true;
    channel.contact = reading->config->contact;
    const struct config_account *account = find_account(reading, section);
    const struct account_kind *kind = account == NULL ? NULL : account->kind;
    bool inside = config_section_find(section, "type") != NULL;
    channel.room = find_room(reading, section, kind);
    config_section_take_keys(reading, section, config_channel_keys, &channel);
    settle_schedule(reading, section, &channel.schedule);
    check_curation(reading, section, kind, &channel);
    check_pictures(reading, section, kind, &channel);
    config_section_check_keys(reading, section, config_channel_keys,
            inside ? config_account_keys(reading, kind) : NULL);
    if (account != NULL) {
        settle_place(reading, account, &channel);
        check_place(reading, section, &channel);
    }
    channel_add(reading, section->line, &channel);
}
