#include "bot/intake.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/model/category.h"
#include "bot/noting.h"
#include "bot/revision.h"

/* How far back a batch's earlier state is looked for: about a year and a half
 * of announcements. */
enum {
    BATCHES_LOOKED_AT = 400
};

static void complain(struct intake *intake, const char *paper_id,
        const char *wrong)
{
    const struct source_complaint complaint = {.where = paper_id,
            .field = "",
            .wrong = wrong,
            .right = ""};

    intake->counts.rejected++;
    if (intake->complaint != NULL)
        intake->complaint(intake->ctx, &complaint);
}

static void count_change(struct intake_counts *counts, enum store_change change)
{
    if (change == STORE_NEW)
        counts->added++;
    else if (change == STORE_UPDATED)
        counts->updated++;
    else
        counts->unchanged++;
}

/* Remembers a category for intake_complete. */
static void note_filed(struct intake *intake, const char *category)
{
    if (intake->arena == NULL)
        return;
    for (size_t i = 0; i < intake->filed.count; i++)
        if (text_same(intake->filed.items[i], category))
            return;
    string_list_add(&intake->filed, &intake->filed_capacity, intake->arena,
            category);
}

/* A file does not say as what a paper was announced: in its primary category,
 * the first, it was new, in the others cross-listed. */
static enum announce_type announced_as(const struct source_record *record,
        const char *category)
{
    const struct string_list *own = &record->paper.categories;

    if (record->announce != ANNOUNCE_UNKNOWN || own->count == 0)
        return record->announce;
    return category_same(own->items[0], category) ? ANNOUNCE_NEW
                                                  : ANNOUNCE_CROSS;
}

/* True if the record brings a later version than is known. */
static bool is_newer(const struct source_record *record,
        const struct paper *known)
{
    return announce_type_is_replacement(record->announce) && known != NULL &&
            record->paper.version > known->version;
}

static bool seen_as(struct store *store, const char *category,
        const struct source_record *record, const struct paper *known,
        bool *seen, struct error *err)
{
    if (!store_batch_seen(store, category, record->paper.id, record->announce,
                seen, err))
        return false;
    *seen = *seen && !is_newer(record, known);
    return true;
}

/* What is known of a record's paper where that matters; else NULL. */
static bool known_before(struct store *store,
        const struct source_record *record, struct arena *arena,
        struct paper **known, struct error *err)
{
    *known = NULL;
    return !announce_type_is_replacement(record->announce) ||
            store_paper_get(store, record->paper.id, arena, known, err);
}

bool intake_seen(struct store *store, const char *category,
        const struct source_record *record, bool *seen, struct error *err)
{
    struct arena arena = {0};
    struct paper *known;
    bool ok = known_before(store, record, &arena, &known, err) &&
            seen_as(store, category, record, known, seen, err);

    arena_finish(&arena);
    return ok;
}

/*
 * Files one paper under one category.  A feed that still shows yesterday's
 * announcement must not turn it into today's, so what a complete batch of the
 * category holds already is not filed again; a file says itself what it is.
 */
static bool file_paper(struct intake *intake, const char *category,
        const struct source_record *record, const struct paper *known,
        bool *unseen, struct error *err)
{
    bool seen, added;

    if (!seen_as(intake->store, category, record, known, &seen, err))
        return false;
    if (!seen)
        *unseen = true;
    if (seen && intake->category != NULL)
        return true;
    note_filed(intake, category);
    return store_batch_paper_add(intake->store, category, intake->date,
            record->paper.id, announced_as(record, category), &added, err);
}

static bool file_record(struct intake *intake,
        const struct source_record *record, const struct paper *known,
        bool *unseen, struct error *err)
{
    const struct string_list *own = &record->paper.categories;

    if (!civil_date_is_set(intake->date))
        return true;
    if (intake->category != NULL)
        return file_paper(intake, intake->category, record, known, unseen, err);
    for (size_t i = 0; i < own->count; i++)
        if (!file_paper(intake, own->items[i], record, known, unseen, err))
            return false;
    return true;
}

static bool keep_notes(struct intake *intake, const struct note_list *notes,
        struct error *err)
{
    for (size_t i = 0; i < notes->count; i++)
        if (!noting_keep(intake->store, &notes->items[i], intake->now_ms, err))
            return false;
    return true;
}

static bool keep_signals(struct intake *intake,
        const struct source_record *record, struct error *err)
{
    for (size_t i = 0; i < record->signals.count; i++) {
        struct signal signal = record->signals.items[i];
        bool rose;

        if (signal.seen_ms == 0)
            signal.seen_ms = intake->now_ms;
        if (!store_signal_put(intake->store, &signal, &rose, err))
            return false;
        intake->counts.risen += rose;
    }
    return true;
}

/* Another site's copy of a paper that is known must not replace arXiv's own
 * words: what is known is laid over it. */
static bool keep_paper(struct intake *intake,
        const struct source_record *record, enum store_change *change,
        struct error *err)
{
    struct arena arena = {0};
    struct paper *known = NULL;
    struct paper paper = record->paper;
    bool ok = !record->secondhand ||
            store_paper_get(intake->store, paper.id, &arena, &known, err);

    if (ok && known != NULL)
        paper = paper_merge(&record->paper, known);
    ok = ok &&
            store_paper_put(intake->store, &paper, intake->now_ms, change, err);
    arena_finish(&arena);
    return ok;
}

/* Of a paper that readers were shown, what they do not know yet. */
static bool notice_news(struct intake *intake, const struct paper *before,
        struct arena *arena, struct error *err)
{
    struct paper *now;

    if (!store_paper_get(intake->store, before->id, arena, &now, err))
        return false;
    struct edition_news news = revision_news(before, now, arena);
    if (news.changes == 0)
        return true;
    log_info("a posted paper changed", log_text("paper", before->id),
            log_text("how", revision_mark(&news, "en", arena)));
    return store_edition_change(intake->store, before->id, &news, err);
}

/* The paper, and what it is news of. */
static bool keep_and_notice(struct intake *intake,
        const struct source_record *record, enum store_change *change,
        struct arena *arena, struct error *err)
{
    struct paper *before = NULL;
    bool posted;

    return store_edition_holds(intake->store, record->paper.id, &posted, err) &&
            (!posted ||
                    store_paper_get(intake->store, record->paper.id, arena,
                            &before, err)) &&
            keep_paper(intake, record, change, err) &&
            (before == NULL || *change != STORE_UPDATED ||
                    notice_news(intake, before, arena, err));
}

static bool keep(struct intake *intake, const struct source_record *record,
        enum store_change *change, bool *unseen, struct error *err)
{
    struct arena arena = {0};
    struct paper *known;
    bool ok = known_before(intake->store, record, &arena, &known, err) &&
            keep_and_notice(intake, record, change, &arena, err) &&
            keep_notes(intake, &record->notes, err) &&
            keep_signals(intake, record, err) &&
            file_record(intake, record, known, unseen, err);

    arena_finish(&arena);
    return ok;
}

static void take_record(void *ctx, const struct source_record *record)
{
    struct intake *intake = ctx;
    struct error err = {0};
    enum store_change change = STORE_UNCHANGED;
    bool unseen = false;

    /* After a failure of the store itself the rest would fail alike. */
    if (intake->failure.kind != ERROR_NONE)
        return;
    if (keep(intake, record, &change, &unseen, &err)) {
        count_change(&intake->counts, change);
        intake->counts.unseen += unseen;
    } else if (err.kind == ERROR_REJECTED) {
        complain(intake, record->paper.id, err.text);
    } else {
        error_wrap(&err, "paper %s", record->paper.id);
        intake->failure = err;
    }
}

static void take_complaint(void *ctx, const struct source_complaint *complaint)
{
    struct intake *intake = ctx;

    intake->counts.rejected++;
    if (intake->complaint != NULL)
        intake->complaint(intake->ctx, complaint);
}

struct source_sink intake_sink(struct intake *intake)
{
    return (struct source_sink){.record = take_record,
            .complaint = take_complaint,
            .ctx = intake};
}

static void count_papers(struct batch *batch,
        const struct batch_paper_list *papers)
{
    for (size_t i = 0; i < papers->count; i++) {
        switch (papers->items[i].announce) {
        case ANNOUNCE_UNKNOWN:
        case ANNOUNCE_NEW:
            batch->new_count++;
            break;
        case ANNOUNCE_CROSS:
            batch->cross_count++;
            break;
        case ANNOUNCE_REPLACE:
        case ANNOUNCE_REPLACE_CROSS:
            batch->replaced_count++;
            break;
        }
    }
}

/* When the batch was complete first: a late paper does not move that. */
static bool first_completed(struct store *store, struct batch *batch,
        struct arena *arena, struct error *err)
{
    struct batch_list known;

    if (!store_batch_list(store, batch->category, BATCHES_LOOKED_AT, arena,
                &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (civil_date_compare(known.items[i].date, batch->date) == 0 &&
                known.items[i].state == BATCH_ANNOUNCED)
            batch->completed_ms = known.items[i].completed_ms;
    return true;
}

bool intake_complete_batch(struct store *store, const char *category,
        struct civil_date date, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    struct batch batch = {.category = category,
            .date = date,
            .state = BATCH_ANNOUNCED,
            .checked_ms = now_ms,
            .completed_ms = now_ms,
            .complaint = ""};
    struct batch_paper_list papers;
    bool ok = false;

    if (!store_batch_papers(store, category, date, &arena, &papers, err) ||
            !first_completed(store, &batch, &arena, err))
        goto finish_arena;
    count_papers(&batch, &papers);
    ok = store_batch_put(store, &batch, err);
finish_arena:
    arena_finish(&arena);
    return ok;
}

bool intake_complete(struct intake *intake, struct error *err)
{
    for (size_t i = 0; i < intake->filed.count; i++)
        if (!intake_complete_batch(intake->store, intake->filed.items[i],
                    intake->date, intake->now_ms, err))
            return false;
    return true;
}
