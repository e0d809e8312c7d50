#include "bot/config/config_ini.h"
#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"
#include "bot/transfer.h"

#include <string.h>

/* Who it is in a channel's history. */
static const char *const owner = "owner";

static const struct program_option options_own[] = {
        {"", "FILE", false, "what \"paperboy export\" wrote"},
        {NULL, NULL, false, NULL},
};

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* --- the report --- */

static void show_channel(const struct transfer_report *report, FILE *out)
{
    const char *at = report->changed;

    fprintf(out, "channel %s%s: %zu set, %zu so already\n", report->label,
            report->is_new ? " (not known here before)" : "",
            report->changed_count, report->same);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        fprintf(out, "  %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
}

static void show_json(const struct transfer_report_list *reports, FILE *out)
{
    struct program_json json = {.out = out};

    program_json_open(&json, NULL, '{');
    program_json_open(&json, "channels", '[');
    for (size_t i = 0; i < reports->count; i++) {
        const struct transfer_report *report = &reports->items[i];
        program_json_open(&json, NULL, '{');
        program_json_string(&json, "name", report->label);
        program_json_number(&json, "set", (int64_t)report->changed_count);
        program_json_number(&json, "same", (int64_t)report->same);
        program_json_close(&json, '}');
    }
    program_json_close(&json, ']');
    program_json_number(&json, "votes", (int64_t)reports->people.votes);
    program_json_number(&json, "saved", (int64_t)reports->people.saved);
    program_json_number(&json, "there", (int64_t)reports->people.same);
    program_json_number(&json, "passed_over",
            (int64_t)reports->people.passed_over);
    program_json_close(&json, '}');
}

/* The command that brings the papers which are missing. */
static void show_unknown(const struct transfer_tally *tally, FILE *out)
{
    fprintf(out,
            "%zu passed over: their papers are not here; bring them, and "
            "import again:\n  paperboy fetch --id",
            tally->passed_over);
    for (size_t i = 0; i < tally->unknown.count; i++)
        fprintf(out, " %s", tally->unknown.items[i]);
    fprintf(out, "%s\n",
            tally->unknown.count == TRANSFER_UNKNOWN_MAX ? " ..." : "");
}

static void show_people(const struct transfer_tally *tally, FILE *out)
{
    if (tally->votes + tally->saved + tally->same + tally->passed_over == 0)
        return;
    fprintf(out, "%zu vote%s and %zu saved paper%s taken in, %zu so already\n",
            tally->votes, plural(tally->votes), tally->saved,
            plural(tally->saved), tally->same);
    if (tally->passed_over > 0)
        show_unknown(tally, out);
}

static void show(struct program_setup *setup,
        const struct transfer_report_list *reports)
{
    FILE *out = setup->outside->out;
    size_t set = 0, same = 0;

    if (program_options_given(setup->options, "json")) {
        show_json(reports, out);
        return;
    }
    for (size_t i = 0; i < reports->count; i++) {
        show_channel(&reports->items[i], out);
        set += reports->items[i].changed_count;
        same += reports->items[i].same;
    }
    fprintf(out, "%zu channel%s: %zu setting%s set, %zu so already\n",
            reports->count, plural(reports->count), set, plural(set), same);
    show_people(&reports->people, out);
}

/* --- the command --- */

static void show_complaints(struct outside *outside, const char *file,
        const struct config_complaint_list *complaints)
{
    for (size_t i = 0; i < complaints->count; i++) {
        const struct config_complaint *complaint = &complaints->items[i];
        if (complaint->line == 0)
            fprintf(outside->err, "%s: %s\n", file, complaint->text);
        else
            fprintf(outside->err, "%s:%d: %s\n", file, complaint->line,
                    complaint->text);
    }
    program_complain(outside, "%zu mistake%s; nothing was imported",
            complaints->count, plural(complaints->count));
}

static bool read_file(struct program_setup *setup, const char *file,
        struct transfer *transfer)
{
    struct config_complaints complaints = {.arena = &setup->arena};
    struct error err;
    const char *text =
            config_ini_file_text(file, TRANSFER_FILE_MAX, &setup->arena, &err);

    if (text == NULL) {
        program_complain(setup->outside, "%s: %s", file, err.text);
        return false;
    }
    if (transfer_read(text, &complaints, transfer))
        return true;
    show_complaints(setup->outside, file, &complaints.list);
    return false;
}

static bool import(struct program_setup *setup, const char *file)
{
    struct transfer transfer;
    struct transfer_report_list reports;
    struct error err;

    if (!program_setup_config(setup, false) ||
            !read_file(setup, file, &transfer) || !program_setup_store(setup))
        return false;
    if (!transfer_keep(setup->store, &transfer, owner,
                program_setup_now_ms(setup), &setup->arena, &reports, &err)) {
        program_complain(setup->outside, "%s; nothing was imported", err.text);
        return false;
    }
    show(setup, &reports);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const char *file = program_options_value(options, "");
    if (file == NULL)
        return program_misused(outside, &program_import,
                "say what: paperboy import FILE");
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = import(&setup, file);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_import = {
        .name = "import",
        .summary = "take in what \"paperboy export\" wrote",
        .usage = "FILE [--json]",
        .about = "Takes in what commands set elsewhere, all of it or, if "
                 "anything in the file is not\n"
                 "understood, nothing. What the file has replaces what is "
                 "here, the rest stays; a\n"
                 "channel is known by its account and room. Votes and saved "
                 "papers are added to those\n"
                 "that are here, of two votes the newer one holds. A running "
                 "paperboy follows at once.\n",
        .examples = "  paperboy import settings.ini\n",
        .options = options_own,
        .run = run,
};
