#include "bot/program_fetch.h"

#include "bot/base/text.h"
#include "bot/program_files.h"

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

/* May run again, so it begins from what was counted before it. */
static bool put_records(struct store *store, void *ctx, struct error *err)
{
    struct fetching *fetching = ctx;
    struct intake *intake = &fetching->intake;
    (void)store;
    struct intake_counts before = intake->counts;
    struct source_sink sink = intake_sink(intake);
    intake->failure = (struct error){0};
    fetching->refusals.count = 0;
    for (size_t i = 0; i < fetching->count; i++)
        sink.record(sink.ctx, &fetching->records[i]);
    if (intake->failure.kind == ERROR_NONE)
        return true;
    intake->counts = before;
    *err = intake->failure;
    return false;
}

static void flush(struct fetching *fetching)
{
    if (fetching->count == 0 || fetching->failure.kind != ERROR_NONE)
        return;
    if (fetching->summary->announces)
        fetching->intake.date = fetching->date;
    store_transact(fetching->setup->store, put_records, fetching,
            &fetching->failure);
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
    program_files_complain(&fetching->complaints, complaint);
}

/* --- files --- */

static bool complete_batches(struct store *store, void *ctx, struct error *err)
{
    struct fetching *fetching = ctx;
    (void)store;
    return intake_complete(&fetching->intake, err);
}

/* The store's failure ends all; a refused file only itself. */
static bool take_file(struct fetching *fetching, const char *path,
        struct error *err)
{
    const struct source_sink sink = {.record = take_record,
            .complaint = take_complaint,
            .ctx = fetching};
    struct source_summary summary;
    fetching->summary = &summary;
    fetching->complaints.file = program_files_name(path);
    bool whole = program_files_read(fetching->setup->outside, path, &sink,
            &summary, err);
    flush(fetching);
    fetching->intake.counts.rejected += summary.rejected;
    if (fetching->failure.kind != ERROR_NONE) {
        *err = fetching->failure;
        return false;
    }
    if (!whole)
        return false;
    if (!summary.announces)
        program_complain(fetching->setup->outside,
                "%s (%s): its papers are known now, but nothing was announced "
                "by it",
                fetching->complaints.file, summary.format);
    if (store_transact(fetching->setup->store, complete_batches, fetching, err))
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
