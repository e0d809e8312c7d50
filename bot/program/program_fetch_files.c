#include "bot/program/program_fetch.h"

#include "bot/base/text.h"
#include "bot/program/program_files.h"
#include "bot/program/program_place.h"

enum {
    RECORDS_AT_ONCE = 500, /* in one transaction */
};

/* One file on its way into the store. */
struct fetching {
    struct program_setup *setup;
    const struct source_summary *summary; /* its format is known by now */
    struct civil_date date;
    struct arena names; /* of categories, for the file */
    struct arena batch; /* of the records that wait for their transaction */
    struct source_record *records;
    size_t count;
    struct string_list refusals; /* of the store, in the running transaction */
    size_t refusal_capacity;
    struct intake intake;
    struct intake_counts before; /* the running transaction */
    size_t risen_before;         /* this file */
    struct program_place place;
    struct program_progress progress;
    struct program_files_complaints complaints;
    struct error failure; /* of the store */
};

/* --- a transaction's worth --- */

static void take_refusal(void *ctx, const struct source_complaint *complaint)
{
    struct fetching *fetching = ctx;
    string_list_add(&fetching->refusals, &fetching->refusal_capacity,
            &fetching->batch,
            arena_format(&fetching->batch, "%s: %s", complaint->where,
                    complaint->wrong));
}

/* Where an import that is interrupted goes on; what a file announces is announced
 * whole or not at all. */
static bool keeps_place(const struct fetching *fetching)
{
    return fetching->place.key != NULL && !fetching->summary->announces &&
            fetching->count == RECORDS_AT_ONCE &&
            fetching->records[fetching->count - 1].end.offset > 0;
}

static bool keep_place(struct fetching *fetching, struct store *store,
        struct error *err)
{
    return !keeps_place(fetching) ||
            program_place_put(&fetching->place, store,
                    fetching->records[fetching->count - 1].end, err);
}

/* May run again, so it begins from what was counted before it. */
static bool put_records(struct store *store, void *ctx, struct error *err)
{
    struct fetching *fetching = ctx;
    struct intake *intake = &fetching->intake;
    struct source_sink sink = intake_sink(intake);
    intake->counts = fetching->before;
    intake->failure = (struct error){0};
    fetching->refusals.count = 0;
    for (size_t i = 0; i < fetching->count; i++)
        sink.record(sink.ctx, &fetching->records[i]);
    if (intake->failure.kind == ERROR_NONE)
        return keep_place(fetching, store, err);
    *err = intake->failure;
    return false;
}

static void flush(struct fetching *fetching)
{
    if (fetching->count == 0 || fetching->failure.kind != ERROR_NONE)
        return;
    if (fetching->summary->announces)
        fetching->intake.date = fetching->date;
    fetching->before = fetching->intake.counts;
    if (store_transact(fetching->setup->store, put_records, fetching,
                &fetching->failure))
        fetching->place.kept = fetching->place.kept || keeps_place(fetching);
    else
        fetching->intake.counts = fetching->before;
    program_progress_count(&fetching->progress, fetching->count);
    if (fetching->refusals.count > 0)
        program_progress_wipe(&fetching->progress);
    for (size_t i = 0; i < fetching->refusals.count; i++)
        fprintf(fetching->setup->outside->err, "%s: %s\n",
                fetching->complaints.file, fetching->refusals.items[i]);
    fetching->refusals = (struct string_list){0};
    fetching->refusal_capacity = 0;
    fetching->count = 0;
    arena_finish(&fetching->batch);
    fetching->records = NULL;
}

/* --- the sink --- */

static void take_record(void *ctx, const struct source_record *record)
{
    struct fetching *fetching = ctx;
    if (fetching->failure.kind != ERROR_NONE)
        return; /* the rest would fail alike */
    if (fetching->records == NULL)
        fetching->records = arena_array(&fetching->batch, struct source_record,
                RECORDS_AT_ONCE);
    fetching->records[fetching->count++] =
            source_record_copy(&fetching->batch, record);
    if (fetching->count == RECORDS_AT_ONCE)
        flush(fetching);
}

static void take_complaint(void *ctx, const struct source_complaint *complaint)
{
    struct fetching *fetching = ctx;
    program_progress_wipe(&fetching->progress);
    program_files_complain(&fetching->complaints, complaint);
}

/* --- files --- */

static bool complete_batches(struct store *store, void *ctx, struct error *err)
{
    struct fetching *fetching = ctx;
    (void)store;
    return intake_complete(&fetching->intake, err);
}

/* Where to begin; says so if it is not the beginning. */
static bool begin_file(struct fetching *fetching, const char *path,
        struct source_place *from, struct error *err)
{
    struct program_setup *setup = fetching->setup;

    fetching->risen_before = fetching->intake.counts.risen;
    fetching->place = program_place_of(path, &fetching->names);
    fetching->complaints.file = program_files_name(path);
    if (!program_place_get(&fetching->place, setup->store, &fetching->names,
                from, err))
        return false;
    if (program_options_given(setup->options, "restart"))
        *from = (struct source_place){0};
    if (from->offset > 0)
        program_complain(setup->outside,
                "%s: goes on behind line %zu, where the last import stopped; "
                "--restart begins anew",
                fetching->complaints.file, from->lines);
    program_progress_begin(&fetching->progress, setup->outside,
            fetching->complaints.file, fetching->place.size);
    return true;
}

static void say_what_it_was(struct fetching *fetching)
{
    const struct source_summary *summary = fetching->summary;
    size_t risen = fetching->intake.counts.risen - fetching->risen_before;

    if (summary->announces || summary->records == 0)
        return;
    program_complain(fetching->setup->outside,
            "%s (%s): its papers are known now, but nothing was announced by "
            "it%s",
            fetching->complaints.file, summary->format,
            risen == 0 ? ""
                       : arena_format(&fetching->names,
                                 "; the votes of %zu rose", risen));
}

static bool end_file(struct fetching *fetching, struct error *err)
{
    struct store *store = fetching->setup->store;

    say_what_it_was(fetching);
    return program_place_forget(&fetching->place, store, err) &&
            store_transact(store, complete_batches, fetching, err);
}

/* The store's failure ends all; a refused file only itself. */
static bool take_file(struct fetching *fetching, const char *path,
        struct error *err)
{
    const struct source_sink sink = {.record = take_record,
            .complaint = take_complaint,
            .ctx = fetching};
    struct source_summary summary;
    struct source_place from;
    fetching->summary = &summary;
    if (!begin_file(fetching, path, &from, &fetching->failure)) {
        *err = fetching->failure;
        return false;
    }
    bool whole = program_files_read(fetching->setup->outside, path, from,
            &fetching->progress, &sink, &summary, err);
    flush(fetching);
    program_progress_wipe(&fetching->progress);
    fetching->intake.counts.rejected += summary.rejected;
    if (fetching->failure.kind != ERROR_NONE) {
        *err = fetching->failure;
        return false;
    }
    if (!whole)
        return false;
    if (end_file(fetching, err))
        return true;
    fetching->failure = *err;
    return false;
}

static struct intake intake_for(struct fetching *fetching,
        struct intake_counts counts)
{
    return (struct intake){
            .store = fetching->setup->store,
            .now_ms = program_setup_now_ms(fetching->setup),
            .arena = &fetching->names,
            .complaint = take_refusal,
            .ctx = fetching,
            .counts = counts,
    };
}

bool program_fetch_files(struct program_setup *setup,
        const struct string_list *paths, struct civil_date date,
        struct intake_counts *counts)
{
    struct fetching fetching = {.setup = setup,
            .date = date,
            .complaints = {.outside = setup->outside}};
    if (!civil_date_is_set(date) && !program_setup_today(setup, &fetching.date))
        return false;
    bool good = true;
    for (size_t i = 0; i < paths->count && fetching.failure.kind == ERROR_NONE;
            i++) {
        struct error err = {0};
        fetching.intake = intake_for(&fetching, *counts);
        if (!take_file(&fetching, paths->items[i], &err)) {
            program_complain(setup->outside, "%s: %s", fetching.complaints.file,
                    err.text);
            good = false;
        }
        *counts = fetching.intake.counts;
        arena_finish(&fetching.names);
    }
    program_files_complain_end(&fetching.complaints);
    arena_finish(&fetching.batch);
    return good;
}
