#include "bot/program/program_show.h"

#include "bot/announcement.h"
#include "bot/base/text.h"
#include "bot/schedule.h"

#include <string.h>

/* --- documents --- */

static const struct dialect *find_dialect(const struct outside *outside,
        const char *name)
{
    const struct dialect *const *dialects = outside->dialects;
    for (; *dialects != NULL; dialects++)
        if (text_same((*dialects)->name, name))
            return *dialects;
    return NULL;
}

bool program_show_format_known(struct outside *outside,
        const struct program *program, const struct program_options *options)
{
    const char *name = program_options_value(options, "format");
    if (name == NULL || find_dialect(outside, name) != NULL)
        return true;
    size_t count = 0;
    while (outside->dialects[count] != NULL)
        count++;
    const char **names = arena_array(options->arena, const char *, count + 1);
    struct text all;
    text_init(&all, options->arena, 400);
    for (size_t i = 0; i < count; i++) {
        names[i] = outside->dialects[i]->name;
        text_add_format(&all, " %s", names[i]);
    }
    const char *nearest = text_nearest(name, names);
    program_misused(outside, program, "there is no format \"%s\"; %s%s%s", name,
            nearest != NULL ? "did you mean " : "there are:",
            nearest != NULL ? nearest : text_string(&all),
            nearest != NULL ? "?" : "");
    return false;
}

bool program_show_document(struct program_setup *setup,
        const struct document *document, const char *otherwise)
{
    struct outside *outside = setup->outside;
    const char *name = program_options_value(setup->options, "format");
    if (name == NULL && program_options_given(setup->options, "json"))
        name = "json";
    const struct dialect *dialect =
            find_dialect(outside, name == NULL ? otherwise : name);
    struct payload_list payloads = {0};
    struct error err = {0};
    if (dialect == NULL ||
            !dialect->render(document, &setup->arena, &payloads, &err)) {
        program_complain(outside, "%s: %s", name == NULL ? otherwise : name,
                dialect == NULL ? "there is no such format" : err.text);
        return false;
    }
    for (size_t i = 0; i < payloads.count; i++) {
        const struct payload *payload = &payloads.items[i];
        fwrite(payload->bytes, 1, payload->length, outside->out);
        if (payload->length == 0 || payload->bytes[payload->length - 1] != '\n')
            fputc('\n', outside->out);
    }
    return true;
}

void program_show_nothing(struct program_setup *setup,
        const struct channel *channel, struct civil_date date)
{
    struct outside *outside = setup->outside;
    char day[CIVIL_DATE_SIZE];
    if (channel->subscription.categories.count == 0) {
        program_complain(outside,
                "nothing for %s: it has no categories; add categories = LG CV "
                "to its section",
                channel->label);
        return;
    }
    if (civil_date_is_set(date)) {
        civil_date_format(date, day);
        program_complain(outside,
                "nothing of %s for %s: no announcement of that day is known "
                "here, or all of it was posted",
                day, channel->label);
        return;
    }
    program_complain(outside,
            "nothing new for %s; \"paperboy fetch\" brings papers, \"paperboy "
            "status\" shows what is there",
            channel->label);
}

const char *program_show_holidays(struct program_setup *setup)
{
    struct civil_date today;
    if (config_find_source(&setup->config, SOURCE_ANNOUNCES) == NULL ||
            !program_setup_today(setup, &today) ||
            announcement_year_is_known(today.year))
        return NULL;
    return arena_format(&setup->arena,
            "arXiv's holidays of %d are not known to this version; a day "
            "without an announcement is called a late one",
            today.year);
}

const char *program_show_reason(const char *subject, const char *reason)
{
    size_t length = strlen(subject);
    return text_starts(reason, subject) && text_starts(reason + length, ": ")
            ? reason + length + 2
            : reason;
}

/* --- times --- */

void program_show_time(const struct civil_zone *zone, int64_t ms,
        char out[PROGRAM_SHOW_TIME_SIZE])
{
    static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri",
            "Sat", "Sun"};
    struct civil_time time = civil_from_ms(zone, ms);
    char day[CIVIL_DATE_SIZE];
    civil_date_format(time.date, day);
    snprintf(out, PROGRAM_SHOW_TIME_SIZE, "%s %s %02d:%02d",
            weekdays[civil_date_weekday(time.date)], day,
            time.minute_of_day / 60, time.minute_of_day % 60);
}

void program_show_instant(const char *zone_name, int64_t ms,
        char out[PROGRAM_SHOW_TIME_SIZE])
{
    struct civil_zone *zone =
            *zone_name == '\0' ? NULL : civil_zone_open(zone_name, NULL);
    bool known = zone != NULL;
    if (!known)
        zone = civil_zone_open("UTC", NULL);
    out[0] = '\0';
    if (zone != NULL)
        program_show_time(zone, ms, out);
    size_t length = strlen(out);
    if (!known)
        snprintf(out + length, PROGRAM_SHOW_TIME_SIZE - length, " UTC");
    civil_zone_close(zone);
}

void program_show_due(const struct channel *channel, int64_t now_ms,
        char out[PROGRAM_SHOW_TIME_SIZE], int64_t *due_ms)
{
    *due_ms = 0;
    struct due due;
    struct civil_zone *zone = *channel->schedule.timezone == '\0'
            ? NULL
            : civil_zone_open(channel->schedule.timezone, NULL);
    if (channel->paused) {
        snprintf(out, PROGRAM_SHOW_TIME_SIZE, "not before it is resumed");
    } else if (zone == NULL ||
            !schedule_after_ms(&channel->schedule, zone, now_ms, &due)) {
        snprintf(out, PROGRAM_SHOW_TIME_SIZE, "never by itself");
    } else {
        program_show_time(zone, due.ms, out);
        size_t length = strlen(out);
        snprintf(out + length, PROGRAM_SHOW_TIME_SIZE - length, " %s",
                channel->schedule.timezone);
        *due_ms = due.ms;
    }
    civil_zone_close(zone);
}
