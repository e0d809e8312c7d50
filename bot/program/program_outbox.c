#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"

#include "bot/base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct program_option options_own[] = {
        {"", "ACTION", true, "list (if none is given), retry ID, drop ID"},
        {"channel", "NAME", false, "list that channel's only"},
        {"all", NULL, false, "list what was sent or dropped, too"},
        {"why", "TEXT", false, "drop: the reason, to be kept with it"},
        {NULL, NULL, false, NULL},
};

/* What one action works on. */
struct outbox {
    struct program_setup *setup;
    struct known_channel_list channels;
    bool alone; /* no paperboy runs on this database */
};

/* --- channels, as the store knows them --- */

static const char *label_of(const struct outbox *outbox, int64_t id)
{
    for (size_t i = 0; i < outbox->channels.count; i++)
        if (outbox->channels.items[i].id == id)
            return outbox->channels.items[i].label;
    return "?";
}

/* 0 for all of them; false after a complaint. */
static bool channel_wanted(const struct outbox *outbox, int64_t *id)
{
    struct program_setup *setup = outbox->setup;
    const char *label = program_options_value(setup->options, "channel");
    *id = 0;
    if (label == NULL)
        return true;
    const char **labels = arena_array(&setup->arena, const char *,
            outbox->channels.count + 1);
    for (size_t i = 0; i < outbox->channels.count; i++) {
        labels[i] = outbox->channels.items[i].label;
        if (text_same(labels[i], label))
            *id = outbox->channels.items[i].id;
    }
    if (*id != 0)
        return true;
    const char *nearest = text_nearest(label, labels);
    program_complain(setup->outside,
            "nothing was ever for a channel \"%s\"%s%s%s", label,
            nearest == NULL ? "" : "; did you mean ",
            nearest == NULL ? "" : nearest, nearest == NULL ? "" : "?");
    return false;
}

static const char *timezone_of(const struct outbox *outbox, int64_t id)
{
    const struct channel_list *channels = &outbox->setup->config.channels;
    for (size_t i = 0; i < channels->count; i++)
        if (channels->items[i].id == id)
            return channels->items[i].schedule.timezone;
    return "";
}

/* --- list --- */

/* Of a row that is at its end the complaint says what is known. */
static bool is_uncertain(const struct outbox_row *row)
{
    return row->state == OUTBOX_DUE && row->attempted;
}

static void show_state(const struct outbox *outbox,
        const struct outbox_row *row)
{
    FILE *out = outbox->setup->outside->out;
    const char *zone = timezone_of(outbox, row->channel_id);
    char when[PROGRAM_SHOW_TIME_SIZE];
    switch (row->state) {
    case OUTBOX_SENT:
        program_show_instant(zone, row->settled_ms, when);
        fprintf(out, "sent %s\n", when);
        return;
    case OUTBOX_EXPIRED:
        program_show_instant(zone, row->settled_ms, when);
        fprintf(out, "given up %s\n", when);
        break;
    case OUTBOX_PARKED:
        fprintf(out, "parked, tried %u time%s\n", row->attempts,
                row->attempts == 1 ? "" : "s");
        break;
    case OUTBOX_DUE:
        program_show_instant(zone, row->next_try_ms, when);
        fprintf(out, "to be sent, next try %s\n", when);
        break;
    }
    if (is_uncertain(row))
        fprintf(out, "    may have been shown all the same\n");
    if (*row->complaint != '\0')
        fprintf(out, "    %s\n", row->complaint);
}

static void show_row(const struct outbox *outbox, const struct outbox_row *row)
{
    fprintf(outbox->setup->outside->out, "%" PRId64 "  %s, %s, part %u\n    ",
            row->id, label_of(outbox, row->channel_id), row->occasion,
            row->part + 1);
    show_state(outbox, row);
}

static void instant_json(struct program_json *json, const char *key, int64_t ms)
{
    char instant[CIVIL_INSTANT_SIZE];
    civil_format_instant(ms, instant);
    if (ms == 0)
        program_json_null(json, key);
    else
        program_json_string(json, key, instant);
}

static void row_json(const struct outbox *outbox, const struct outbox_row *row)
{
    struct program_json json = {.out = outbox->setup->outside->out};
    program_json_open(&json, NULL, '{');
    program_json_number(&json, "id", row->id);
    program_json_string(&json, "channel", label_of(outbox, row->channel_id));
    program_json_string(&json, "occasion", row->occasion);
    program_json_number(&json, "part", row->part + 1);
    program_json_string(&json, "state", outbox_state_name(row->state));
    program_json_number(&json, "attempts", row->attempts);
    program_json_bool(&json, "uncertain", is_uncertain(row));
    instant_json(&json, "next_try",
            row->state == OUTBOX_DUE ? row->next_try_ms : 0);
    instant_json(&json, "settled", row->settled_ms);
    program_json_string(&json, "complaint", row->complaint);
    program_json_close(&json, '}');
}

static bool list(struct outbox *outbox)
{
    struct program_setup *setup = outbox->setup;
    int64_t channel_id;
    struct outbox_list rows;
    struct error err;
    if (!channel_wanted(outbox, &channel_id))
        return false;
    bool all = program_options_given(setup->options, "all");
    if (all ? !store_outbox_list(setup->store, channel_id, "", &setup->arena,
                      &rows, &err)
            : !store_outbox_unsent(setup->store, channel_id, &setup->arena,
                      &rows, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    bool json = program_options_given(setup->options, "json");
    for (size_t i = 0; i < rows.count; i++)
        if (json)
            row_json(outbox, &rows.items[i]);
        else
            show_row(outbox, &rows.items[i]);
    if (!json && rows.count == 0)
        fprintf(setup->outside->out,
                all ? "nothing was ever to be sent\n"
                    : "nothing waits, nothing is parked\n");
    return true;
}

/* --- retry and drop --- */

/* *row is NULL if there is none; false if the store failed. */
static bool find_row(const struct outbox *outbox, int64_t id,
        const struct outbox_row **row, struct error *err)
{
    struct program_setup *setup = outbox->setup;
    struct outbox_list rows;
    *row = NULL;
    if (!store_outbox_list(setup->store, 0, "", &setup->arena, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].id == id)
            *row = &rows.items[i];
    return true;
}

static bool retry(const struct outbox *outbox, const struct outbox_row *row,
        struct error *err)
{
    struct program_setup *setup = outbox->setup;
    int64_t now_ms = program_setup_now_ms(setup);
    char when[PROGRAM_SHOW_TIME_SIZE];
    if (row->expires_ms != 0 && row->expires_ms <= now_ms) {
        program_show_instant(timezone_of(outbox, row->channel_id),
                row->expires_ms, when);
        return error_set(err, ERROR_REJECTED,
                "it was news until %s; \"paperboy post --channel %s\" posts "
                "what is new now",
                when, label_of(outbox, row->channel_id));
    }
    if (!store_outbox_end(setup->store, row->id, OUTBOX_DUE, row->complaint,
                now_ms, err))
        return false;
    fprintf(setup->outside->out,
            outbox->alone ? "%" PRId64 ": \"paperboy run\" sends it\n"
                          : "%" PRId64 ": the paperboy that is running sends "
                            "it within a minute\n",
            row->id);
    return true;
}

static bool drop(const struct outbox *outbox, const struct outbox_row *row,
        struct error *err)
{
    struct program_setup *setup = outbox->setup;
    const char *who = setup->outside->environment("USER");
    const char *why = program_options_value(setup->options, "why");
    const char *complaint = arena_format(&setup->arena, "dropped by %s%s%s",
            who == NULL || *who == '\0' ? "hand" : who, why == NULL ? "" : ": ",
            why == NULL ? "" : text_one_line(&setup->arena, why));
    if (!store_outbox_end(setup->store, row->id, OUTBOX_EXPIRED, complaint,
                program_setup_now_ms(setup), err))
        return false;
    fprintf(setup->outside->out, "%" PRId64 ": will not be sent\n", row->id);
    return true;
}

typedef bool action_fn(const struct outbox *outbox,
        const struct outbox_row *row, struct error *err);

static bool act_on(const struct outbox *outbox, const char *word,
        action_fn *action)
{
    struct outside *outside = outbox->setup->outside;
    const struct outbox_row *row = NULL;
    struct error err = {0};
    char *end;
    errno = 0;
    long long id = strtoll(word, &end, 10);
    if (*word == '\0' || *end != '\0' || errno != 0 || id <= 0)
        error_set(&err, ERROR_INPUT,
                "no id; expected a number of \"outbox "
                "list\"");
    else if (find_row(outbox, id, &row, &err) && row == NULL)
        error_set(&err, ERROR_INPUT,
                "there is no such message; \"paperboy outbox list\" shows "
                "those there are");
    if (err.kind == ERROR_NONE && action(outbox, row, &err))
        return true;
    program_complain(outside, "%s: %s", word,
            program_show_reason(arena_format(&outbox->setup->arena,
                                        "outbox row %s", word),
                    err.text));
    return false;
}

static bool act_on_all(struct outbox *outbox, const struct string_list *words,
        action_fn *action)
{
    struct program_setup *setup = outbox->setup;
    bool good = true;
    outbox->alone = store_lock(setup->store, setup->outside->owner, NULL);
    for (size_t i = 1; i < words->count; i++)
        good = act_on(outbox, words->items[i], action) && good;
    return good;
}

/* --- the command --- */

static const struct {
    const char *name;
    action_fn *run;
} actions[] = {
        {"list", NULL},
        {"retry", retry},
        {"drop", drop},
};

enum {
    ACTIONS = sizeof actions / sizeof actions[0]
};

static size_t find_action(const char *name)
{
    size_t place = 0;
    while (place < ACTIONS && !text_same(actions[place].name, name))
        place++;
    return place;
}

static enum program_exit misused(struct outside *outside,
        const struct string_list *words, size_t place)
{
    if (place == ACTIONS)
        return program_misused(outside, &program_outbox,
                "\"%s\" is no action; there are: list, retry ID, drop ID",
                words->items[0]);
    if (actions[place].run == NULL)
        return program_misused(outside, &program_outbox,
                "\"%s\" is one word too many", words->items[1]);
    return program_misused(outside, &program_outbox,
            "say which: paperboy outbox %s ID", actions[place].name);
}

static bool open_outbox(struct outbox *outbox)
{
    struct program_setup *setup = outbox->setup;
    struct error err;
    if (!program_setup_config(setup, false) ||
            !program_setup_present_store(setup) ||
            !program_setup_known_channels(setup))
        return false;
    if (store_channel_list(setup->store, &setup->arena, &outbox->channels,
                &err))
        return true;
    program_complain(setup->outside, "%s", err.text);
    return false;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const struct string_list words = program_options_all(options, "");
    size_t place = words.count == 0 ? 0 : find_action(words.items[0]);
    if (place == ACTIONS || (actions[place].run == NULL && words.count > 1) ||
            (actions[place].run != NULL && words.count < 2))
        return misused(outside, &words, place);
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    struct outbox outbox = {.setup = &setup};
    bool good = open_outbox(&outbox);
    if (good)
        good = actions[place].run == NULL
                ? list(&outbox)
                : act_on_all(&outbox, &words, actions[place].run);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_outbox = {
        .name = "outbox",
        .summary = "messages that wait or were refused: see, retry, drop",
        .usage = "[list | retry ID... | drop ID... [--why TEXT]] [--channel "
                 "NAME] [--all] [--json]",
        .about = "list shows what is to be sent and what is parked, with the "
                 "reason. retry sends a\n"
                 "parked message once more, drop gives one up. The id is the "
                 "number that list shows.\n",
        .examples = "  paperboy outbox\n"
                    "  paperboy outbox retry 12 13\n"
                    "  paperboy outbox drop 14 --why \"room was closed\"\n",
        .options = options_own,
        .run = run,
};
