#include "bot/program/program_json.h"
#include "bot/program/program_memory.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"
#include "bot/program/program_status_facts.h"
#include "bot/program/program_status_writers.h"

#include "bot/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One channel as it stands. */
struct standing {
    const struct channel *channel;
    const char *broken;  /* "" while all is well */
    const char *last;    /* the newest digest's date; "" for none yet */
    const char *outcome; /* how it ended */
    const char *post;    /* the newest post, "2026-11-24/1"; "" for none yet */
    char next[PROGRAM_SHOW_TIME_SIZE];
    int64_t due_ms;
    struct channel_setting_list settings; /* by commands, over the file */
};

static const char digest_prefix[] = "digest/";
static const char post_prefix[] = "post/";

/* --- what is known --- */

static const char *broken_why(const struct known_channel_list *known,
        int64_t id)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].id == id)
            return known->items[i].broken;
    return "";
}

/* The newest occasion whose key begins so; NULL if there is none. */
static bool newest_occasion(struct program_setup *setup, int64_t channel_id,
        const char *prefix, const struct occasion **newest, struct error *err)
{
    struct occasion_list occasions;
    *newest = NULL;
    if (!store_occasion_list(setup->store, channel_id, prefix, 1, &setup->arena,
                &occasions, err))
        return false;
    if (occasions.count > 0)
        *newest = &occasions.items[0];
    return true;
}

static bool stand(struct program_setup *setup,
        const struct known_channel_list *known, const struct channel *channel,
        struct standing *standing, struct error *err)
{
    *standing = (struct standing){.channel = channel,
            .broken = "",
            .last = "",
            .outcome = "",
            .post = ""};
    program_show_due(channel, program_setup_now_ms(setup), standing->next,
            &standing->due_ms);
    if (channel->id == 0)
        return true; /* it was never posted to */
    standing->broken = broken_why(known, channel->id);
    const struct occasion *digest, *post;
    if (!store_setting_list(setup->store, channel->id, &setup->arena,
                &standing->settings, err) ||
            !newest_occasion(setup, channel->id, digest_prefix, &digest, err) ||
            !newest_occasion(setup, channel->id, post_prefix, &post, err))
        return false;
    if (digest != NULL) {
        standing->last = digest->key + sizeof digest_prefix - 1;
        standing->outcome = occasion_outcome_name(digest->outcome);
    }
    if (post != NULL)
        standing->post = post->key + sizeof post_prefix - 1;
    return true;
}

/* The newest batch of a category, whatever its state; false if none is. */
static bool newest_batch(struct program_setup *setup, const char *category,
        struct batch *batch, bool *known, struct error *err)
{
    struct batch_list batches;
    if (!store_batch_list(setup->store, category, 1, &setup->arena, &batches,
                err))
        return false;
    *known = batches.count > 0;
    if (*known)
        *batch = batches.items[0];
    return true;
}

/* --- for people --- */

/* "  style = full, by ana, Tue 2026-11-24 13:30" */
static void show_setting(const struct channel *channel,
        const struct channel_setting *setting, FILE *out)
{
    char when[PROGRAM_SHOW_TIME_SIZE];
    program_show_instant(channel->schedule.timezone, setting->set_ms, when);
    fprintf(out, "  %s = %s, by %s, %s\n", setting->key,
            *setting->value == '\0' ? "(none)" : setting->value,
            *setting->person == '\0' ? "somebody" : setting->person, when);
}

static void show_channel(const struct standing *standing, FILE *out)
{
    fprintf(out, "channel %s: ", standing->channel->label);
    if (*standing->last == '\0')
        fprintf(out, "no digest yet");
    else
        fprintf(out, "last %s (%s)", standing->last, standing->outcome);
    if (*standing->post != '\0')
        fprintf(out, ", a post %.*s", (int)strcspn(standing->post, "/"),
                standing->post);
    fprintf(out, ", next %s\n", standing->next);
    if (*standing->broken != '\0')
        fprintf(out, "  BROKEN: %s\n", standing->broken);
    for (size_t i = 0; i < standing->settings.count; i++)
        show_setting(standing->channel, &standing->settings.items[i], out);
}

static void show_batch(const char *category, const struct batch *batch,
        FILE *out)
{
    char day[CIVIL_DATE_SIZE];
    civil_date_format(batch->date, day);
    fprintf(out, "%s: %s ", category, day);
    switch (batch->state) {
    case BATCH_ANNOUNCED:
        fprintf(out, "announced: %u new, %u cross-listed, %u replaced\n",
                batch->new_count, batch->cross_count, batch->replaced_count);
        break;
    case BATCH_NOT_YET:
        fprintf(out, "not yet announced\n");
        break;
    case BATCH_FAILED:
        fprintf(out, "could not be fetched: %s\n",
                program_show_reason(category, batch->complaint));
        break;
    case BATCH_NONE:
        fprintf(out, "no announcement that day\n");
        break;
    case BATCH_STALE:
        fprintf(out, "stale: %s\n", batch->complaint);
        break;
    }
}

static void show_counts(const struct store_counts *counts, FILE *out)
{
    fprintf(out, "papers: %" PRId64 ", notes: %" PRId64 "\n", counts->papers,
            counts->notes);
    fprintf(out,
            "messages: %" PRId64 " to be sent, %" PRId64 " sent, %" PRId64
            " parked\n",
            counts->outbox_due, counts->outbox_sent, counts->outbox_parked);
}

/* --- for programs --- */

static void settings_json(struct program_json *json,
        const struct channel_setting_list *settings)
{
    char instant[CIVIL_INSTANT_SIZE];
    program_json_open(json, "settings", '[');
    for (size_t i = 0; i < settings->count; i++) {
        const struct channel_setting *setting = &settings->items[i];
        civil_format_instant(setting->set_ms, instant);
        program_json_open(json, NULL, '{');
        program_json_string(json, "key", setting->key);
        program_json_string(json, "value", setting->value);
        program_json_string(json, "person", setting->person);
        program_json_string(json, "time", instant);
        program_json_close(json, '}');
    }
    program_json_close(json, ']');
}

static void channel_json(struct program_json *json,
        const struct standing *standing)
{
    char instant[CIVIL_INSTANT_SIZE];
    program_json_open(json, NULL, '{');
    program_json_string(json, "name", standing->channel->label);
    program_json_string(json, "last", standing->last);
    program_json_string(json, "outcome", standing->outcome);
    program_json_string(json, "post", standing->post);
    if (standing->due_ms > 0) {
        civil_format_instant(standing->due_ms, instant);
        program_json_string(json, "next", instant);
    } else {
        program_json_null(json, "next");
    }
    program_json_string(json, "broken", standing->broken);
    settings_json(json, &standing->settings);
    program_json_close(json, '}');
}

static void batch_json(struct program_json *json, const char *category,
        const struct batch *batch)
{
    char day[CIVIL_DATE_SIZE];
    civil_date_format(batch->date, day);
    program_json_open(json, NULL, '{');
    program_json_string(json, "category", category);
    program_json_string(json, "date", day);
    program_json_string(json, "state", batch_state_name(batch->state));
    program_json_number(json, "new", batch->new_count);
    program_json_number(json, "cross", batch->cross_count);
    program_json_number(json, "replaced", batch->replaced_count);
    program_json_string(json, "complaint", batch->complaint);
    program_json_close(json, '}');
}

static void counts_json(struct program_json *json,
        const struct store_counts *counts)
{
    program_json_number(json, "papers", counts->papers);
    program_json_number(json, "notes", counts->notes);
    program_json_number(json, "due", counts->outbox_due);
    program_json_number(json, "sent", counts->outbox_sent);
    program_json_number(json, "parked", counts->outbox_parked);
}

/* --- both --- */

/* json is NULL for people. */
static bool tell_channels(struct program_setup *setup,
        struct program_json *json, struct error *err)
{
    const struct channel_list *channels = &setup->config.channels;
    struct known_channel_list known;
    if (!store_channel_list(setup->store, &setup->arena, &known, err))
        return false;
    for (size_t i = 0; i < channels->count; i++) {
        struct standing standing;
        if (!stand(setup, &known, &channels->items[i], &standing, err))
            return false;
        if (json != NULL)
            channel_json(json, &standing);
        else
            show_channel(&standing, setup->outside->out);
    }
    return true;
}

static bool tell_batches(struct program_setup *setup, struct program_json *json,
        struct error *err)
{
    struct string_list categories =
            config_all_categories(&setup->config, &setup->arena);
    for (size_t i = 0; i < categories.count; i++) {
        const char *category = categories.items[i];
        struct batch batch;
        bool known;
        if (!newest_batch(setup, category, &batch, &known, err))
            return false;
        if (json != NULL && known)
            batch_json(json, category, &batch);
        else if (json == NULL && known)
            show_batch(category, &batch, setup->outside->out);
        else if (json == NULL)
            fprintf(setup->outside->out, "%s: nothing fetched yet\n", category);
    }
    return true;
}

/* What an account could not read; text and NULL json for people. */
static bool tell_account(struct program_setup *setup, const char *name,
        struct program_json *json, struct error *err)
{
    const struct account_memory *memory = program_memory_of(setup, name);
    char *value;
    if (!memory->get(memory->ctx, ACCOUNT_MEMORY_UNREADABLE, &setup->arena,
                &value, err))
        return false;
    int64_t count = value == NULL ? 0 : strtoll(value, NULL, 10);
    if (json != NULL) {
        program_json_open(json, NULL, '{');
        program_json_string(json, "name", name);
        program_json_number(json, "unreadable", count);
        program_json_close(json, '}');
    } else if (count > 0) {
        fprintf(setup->outside->out,
                "account %s: %" PRId64
                " encrypted messages could not be read\n",
                name, count);
    }
    return true;
}

static bool tell_accounts(struct program_setup *setup,
        struct program_json *json, struct error *err)
{
    for (size_t i = 0; i < setup->config.account_count; i++)
        if (!tell_account(setup, setup->config.accounts[i].settings.name, json,
                    err))
            return false;
    return true;
}

static bool tell_json(struct program_setup *setup, struct error *err)
{
    struct program_json json = {.out = setup->outside->out};
    struct store_counts counts;
    if (!store_count(setup->store, &counts, err))
        return false;
    program_json_open(&json, NULL, '{');
    program_json_open(&json, "channels", '[');
    if (!tell_channels(setup, &json, err))
        return false;
    program_json_close(&json, ']');
    program_json_open(&json, "accounts", '[');
    if (!tell_accounts(setup, &json, err))
        return false;
    program_json_close(&json, ']');
    program_json_open(&json, "announcements", '[');
    if (!tell_batches(setup, &json, err))
        return false;
    program_json_close(&json, ']');
    program_json_open(&json, "writers", '[');
    if (!program_status_writers(setup, &json, err))
        return false;
    program_json_close(&json, ']');
    program_json_open(&json, "facts", '[');
    if (!program_status_facts(setup, &json, err))
        return false;
    program_json_close(&json, ']');
    counts_json(&json, &counts);
    program_json_close(&json, '}');
    return true;
}

static bool tell(struct program_setup *setup, struct error *err)
{
    struct store_counts counts;
    if (program_options_given(setup->options, "json"))
        return tell_json(setup, err);
    if (setup->config.channels.count == 0)
        fprintf(setup->outside->out, "no channel is configured: %s\n",
                *setup->config.file != '\0' ? "add a section [channel NAME]"
                                            : "there is no paperboy.ini");
    if (!tell_channels(setup, NULL, err) || !tell_accounts(setup, NULL, err) ||
            !tell_batches(setup, NULL, err) ||
            !program_status_writers(setup, NULL, err) ||
            !program_status_facts(setup, NULL, err) ||
            !store_count(setup->store, &counts, err))
        return false;
    show_counts(&counts, setup->outside->out);
    if (program_show_holidays(setup) != NULL)
        fprintf(setup->outside->out, "%s\n", program_show_holidays(setup));
    if (counts.papers == 0)
        fprintf(setup->outside->out,
                "No papers yet: \"paperboy run\" fetches and posts them, "
                "\"paperboy fetch\" only fetches.\n");
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;
    struct error err;
    program_setup_init(&setup, outside, options);
    bool good = program_setup_config(&setup, false) &&
            program_setup_present_store(&setup) &&
            program_setup_known_channels(&setup);
    if (good && !tell(&setup, &err)) {
        program_complain(outside, "%s", err.text);
        good = false;
    }
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_status = {
        .name = "status",
        .summary = "what was posted, what comes next, what is broken",
        .usage = "[--json]",
        .about =
                "Shows each channel with its last and its next digest, each "
                "category's newest\n"
                "announcement, the messages that wait or were refused, and how "
                "many came\n"
                "encrypted and could not be read; what each writer has used "
                "today, and what\n"
                "each source of facts was asked and told. Below a channel is "
                "what commands set,\n"
                "which holds over the file.\n",
        .examples = "  paperboy status\n"
                    "  paperboy status --json\n",
        .run = run,
};
