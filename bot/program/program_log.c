#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"

#include "bot/base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum {
    LINES_USUAL = 20,
    LINES_MAX = 100000,
};

static const struct program_option options_own[] = {
        {"channel", "NAME", false, "that channel's only"},
        {"n", "N", false, "so many of the newest, else 20"},
        {NULL, NULL, false, NULL},
};

/* One occasion and what became of its messages; or a change of the channel by
 * a command. */
struct entry {
    const struct channel *channel;
    int64_t ms;
    const struct channel_change *change; /* NULL: an occasion */
    struct occasion occasion;
    unsigned sent, parked, waiting, dropped;
    const char *complaint; /* of the first that was not sent; "" if all were */
};

struct entry_list {
    struct entry *items;
    size_t count, capacity;
};

/* --- what happened --- */

static void entry_add(struct program_setup *setup, struct entry_list *entries,
        const struct entry *entry)
{
    entries->items = arena_grow(&setup->arena, entries->items, entries->count,
            &entries->capacity, sizeof *entries->items);
    entries->items[entries->count++] = *entry;
}

static bool take_changes(struct program_setup *setup,
        const struct channel *channel, struct entry_list *entries,
        struct error *err)
{
    struct channel_change_list changes = {0};
    if (channel->id == 0)
        return true; /* nobody ever changed it */
    if (!store_change_list(setup->store, channel->id, LINES_MAX, &setup->arena,
                &changes, err))
        return false;
    for (size_t i = 0; i < changes.count; i++)
        entry_add(setup, entries,
                &(struct entry){.channel = channel,
                        .ms = changes.items[i].changed_ms,
                        .change = &changes.items[i],
                        .complaint = ""});
    return true;
}

static bool take_occasions(struct program_setup *setup,
        const struct channel *channel, struct entry_list *entries,
        struct error *err)
{
    struct occasion_list occasions;
    if (channel->id == 0)
        return true; /* nothing was ever said there */
    if (!store_occasion_list(setup->store, channel->id, "", LINES_MAX,
                &setup->arena, &occasions, err))
        return false;
    for (size_t i = 0; i < occasions.count; i++)
        entry_add(setup, entries,
                &(struct entry){.channel = channel,
                        .ms = occasions.items[i].recorded_ms,
                        .occasion = occasions.items[i],
                        .complaint = ""});
    return true;
}

/* Newest first; of one instant by name, so that the order is the same again. */
static int by_time(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    if (left->ms != right->ms)
        return left->ms > right->ms ? -1 : 1;
    if (left->channel != right->channel)
        return left->channel < right->channel ? -1 : 1;
    if (left->change == NULL || right->change == NULL)
        return (left->change != NULL) - (right->change != NULL);
    return left->change < right->change ? -1 : 1; /* the store's order */
}

static void count_row(struct entry *entry, const struct outbox_row *row)
{
    if (row->state != OUTBOX_DUE && row->state != OUTBOX_PARKED &&
            !outbox_row_counts(row))
        return;
    switch (row->state) {
    case OUTBOX_SENT:
        entry->sent++;
        return;
    case OUTBOX_PARKED:
        entry->parked++;
        break;
    case OUTBOX_EXPIRED:
        entry->dropped++;
        break;
    case OUTBOX_DUE:
        entry->waiting++;
        break;
    }
    if (*entry->complaint == '\0')
        entry->complaint = row->complaint;
}

static bool count_rows(struct program_setup *setup, struct entry *entry,
        struct error *err)
{
    struct arena arena = {0};
    struct outbox_list rows;
    if (entry->change != NULL)
        return true;
    bool good = store_outbox_list(setup->store, entry->channel->id,
            entry->occasion.key, &arena, &rows, err);
    for (size_t i = 0; good && i < rows.count; i++)
        count_row(entry, &rows.items[i]);
    entry->complaint = arena_string(&setup->arena, entry->complaint);
    arena_finish(&arena);
    return good;
}

/* --- for people --- */

static const char *plural(unsigned count)
{
    return count == 1 ? "" : "s";
}

static const char *person_of(const struct channel_change *change)
{
    return *change->person == '\0' ? "somebody" : change->person;
}

static void show(struct program_setup *setup, const struct entry *entry)
{
    FILE *out = setup->outside->out;
    char when[PROGRAM_SHOW_TIME_SIZE];
    program_show_instant(entry->channel->schedule.timezone, entry->ms, when);
    fprintf(out, "%s  %s  ", when, entry->channel->label);
    if (entry->change != NULL) {
        fprintf(out, "by %s: %s\n", person_of(entry->change),
                entry->change->what);
        return;
    }
    fprintf(out, "%s: ", entry->occasion.key);
    unsigned all =
            entry->sent + entry->parked + entry->waiting + entry->dropped;
    if (all == 0)
        fprintf(out, "%s\n",
                entry->occasion.outcome == OUTCOME_SILENT
                        ? "nothing new, nothing said"
                        : occasion_outcome_name(entry->occasion.outcome));
    else if (entry->sent == all)
        fprintf(out, "sent, %u message%s\n", all, plural(all));
    else
        fprintf(out, "%u of %u message%s sent\n", entry->sent, all,
                plural(all));
    if (entry->waiting > 0)
        fprintf(out, "    %u still to be sent\n", entry->waiting);
    if (entry->parked > 0)
        fprintf(out, "    %u parked, see \"paperboy outbox\"\n", entry->parked);
    if (entry->dropped > 0)
        fprintf(out, "    %u given up\n", entry->dropped);
    if (*entry->complaint != '\0')
        fprintf(out, "    %s\n", entry->complaint);
}

/* --- for programs --- */

static void show_json(struct program_setup *setup, const struct entry *entry)
{
    struct program_json json = {.out = setup->outside->out};
    char instant[CIVIL_INSTANT_SIZE];
    program_json_open(&json, NULL, '{');
    civil_format_instant(entry->ms, instant);
    program_json_string(&json, "time", instant);
    program_json_string(&json, "channel", entry->channel->label);
    if (entry->change != NULL) {
        program_json_string(&json, "person", entry->change->person);
        program_json_string(&json, "change", entry->change->what);
        program_json_close(&json, '}');
        return;
    }
    program_json_string(&json, "occasion", entry->occasion.key);
    program_json_string(&json, "outcome",
            occasion_outcome_name(entry->occasion.outcome));
    program_json_number(&json, "sent", entry->sent);
    program_json_number(&json, "waiting", entry->waiting);
    program_json_number(&json, "parked", entry->parked);
    program_json_number(&json, "given_up", entry->dropped);
    program_json_string(&json, "complaint", entry->complaint);
    program_json_close(&json, '}');
}

/* --- the command --- */

static bool take_all(struct program_setup *setup, const struct channel *only,
        struct entry_list *entries, struct error *err)
{
    const struct channel_list *channels = &setup->config.channels;
    for (size_t i = 0; i < channels->count; i++)
        if ((only == NULL || only == &channels->items[i]) &&
                !(take_occasions(setup, &channels->items[i], entries, err) &&
                        take_changes(setup, &channels->items[i], entries, err)))
            return false;
    if (entries->count > 0)
        qsort(entries->items, entries->count, sizeof *entries->items, by_time);
    return true;
}

static bool tell(struct program_setup *setup, const struct channel *only,
        size_t lines, struct error *err)
{
    struct entry_list entries = {0};
    if (!take_all(setup, only, &entries, err))
        return false;
    size_t shown = entries.count < lines ? entries.count : lines;
    bool json = program_options_given(setup->options, "json");
    for (size_t i = shown; i-- > 0;) {
        if (!count_rows(setup, &entries.items[i], err))
            return false;
        if (json)
            show_json(setup, &entries.items[i]);
        else
            show(setup, &entries.items[i]);
    }
    if (shown == 0 && !json)
        fprintf(setup->outside->out, "nothing yet\n");
    return true;
}

static bool read_log(struct program_setup *setup, size_t lines)
{
    const char *label = program_options_value(setup->options, "channel");
    const struct channel *only = NULL;
    struct error err;
    if (!program_setup_config(setup, true))
        return false;
    if (label != NULL) {
        only = program_setup_channel(setup, label);
        if (only == NULL)
            return false;
    }
    if (!program_setup_present_store(setup) ||
            !program_setup_known_channels(setup))
        return false;
    if (tell(setup, only, lines, &err))
        return true;
    program_complain(setup->outside, "%s", err.text);
    return false;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const char *given = program_options_value(options, "n");
    char *end = NULL;
    errno = 0;
    long long lines = given == NULL ? LINES_USUAL : strtoll(given, &end, 10);
    if (errno != 0 || (given != NULL && (end == given || *end != '\0')) ||
            lines < 1 || lines > LINES_MAX)
        return program_misused(outside, &program_log,
                "-n \"%s\" is no number; expected such as 20",
                given == NULL ? "" : given);
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = read_log(&setup, (size_t)lines);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_log = {
        .name = "log",
        .summary = "what was posted where and when, and who changed what",
        .usage = "[--channel NAME] [-n N] [--json]",
        .about = "Shows each time a channel was spoken to, the newest last, "
                 "on the channel's own\n"
                 "clock: what was sent, what was not and why; and each change "
                 "that a command made,\n"
                 "with whose it was. What a running paperboy does from minute "
                 "to minute is on its\n"
                 "standard error.\n",
        .examples = "  paperboy log\n"
                    "  paperboy log --channel team -n 5\n",
        .options = options_own,
        .run = run,
};
