#include "bot/paging.h"

#include "bot/base/log.h"
#include "bot/turn.h"

bool paging_open(struct paging *paging, struct store *store,
        struct source *source, int64_t now_ms, struct error *err)
{
    *paging = (struct paging){.store = store, .source = source};
    if (!turn_free_ms(store, source->ops, &paging->free_ms, err))
        return false;
    paging_mind_clock(paging, now_ms);
    return true;
}

void paging_mind_clock(struct paging *paging, int64_t now_ms)
{
    if (!paging_busy(paging))
        turn_release(paging->store, paging->source->ops, &paging->turn);
    if (paging->free_ms > now_ms + TURN_PATIENCE_MS)
        paging->free_ms = now_ms + paging->source->ops->gap_ms;
}

static void forget(struct paging *paging)
{
    arena_finish(&paging->arena);
    paging->records = NULL;
    paging->count = paging->capacity = paging->rejected = 0;
    paging->page = (struct source_page){.continuation = ""};
    paging->failure = (struct error){0};
    paging->answered = false;
}

void paging_cancel(struct paging *paging)
{
    if (paging->request == NULL)
        return;
    request_cancel(paging->request);
    paging->request = NULL;
    turn_release(paging->store, paging->source->ops, &paging->turn);
}

void paging_close(struct paging *paging)
{
    paging_cancel(paging);
    forget(paging);
}

/* --- asking --- */

static void gather_record(void *ctx, const struct source_record *record)
{
    struct paging *paging = ctx;

    paging->records = arena_grow(&paging->arena, paging->records, paging->count,
            &paging->capacity, sizeof *paging->records);
    paging->records[paging->count++] =
            source_record_copy(&paging->arena, record);
}

static void gather_complaint(void *ctx,
        const struct source_complaint *complaint)
{
    struct paging *paging = ctx;

    paging->rejected++;
    log_debug("an entry of an archive's page is no paper",
            log_text("source", paging->source->ops->kind),
            log_text("where", complaint->where),
            log_text("field", complaint->field),
            log_text("wrong", complaint->wrong));
}

static void page_read(void *cookie, const struct source_page *page,
        const struct error *err)
{
    struct paging *paging = cookie;

    paging->request = NULL;
    paging->answered = true;
    paging->page = *page;
    paging->page.continuation =
            arena_string(&paging->arena, page->continuation);
    if (err != NULL)
        paging->failure = *err;
    else if (!page->complete)
        error_set(&paging->failure, ERROR_RETRY,
                "the page broke off before its end");
}

bool paging_ask(struct paging *paging, const struct source_range *range,
        int64_t now_ms, struct error *err)
{
    const struct source_ops *ops = paging->source->ops;
    const struct source_sink sink = {gather_record, gather_complaint, paging};
    struct source_range paced = *range;

    forget(paging);
    if (!turn_claim(paging->store, ops, paging->whom, now_ms, &paging->turn,
                err))
        return false;
    paging->free_ms = paging->turn.free_ms;
    paced.not_before_ms = now_ms;
    if (paging->turn.claimed)
        paging->request =
                ops->page(paging->source, &paced, &sink, page_read, paging);
    return true;
}

bool paging_busy(const struct paging *paging)
{
    return paging->request != NULL || paging->answered;
}

/* --- storing --- */

struct keeping {
    struct paging *paging;
    int64_t now_ms;
    paging_keep_fn *keep;
    void *ctx;
    struct intake_counts counts;
};

static bool keep_papers(struct store *store, struct keeping *keeping,
        struct error *err)
{
    const struct paging *paging = keeping->paging;
    struct intake intake = {.store = store, .now_ms = keeping->now_ms};
    struct source_sink sink = intake_sink(&intake);

    for (size_t i = 0; i < paging->count; i++)
        sink.record(sink.ctx, &paging->records[i]);
    intake.counts.rejected += paging->rejected;
    keeping->counts = intake.counts;
    if (intake.failure.kind == ERROR_NONE)
        return true;
    if (err != NULL)
        *err = intake.failure;
    return false;
}

static bool keep_page(struct store *store, void *ctx, struct error *err)
{
    struct keeping *keeping = ctx;
    const struct paging *paging = keeping->paging;

    if (!turn_keep(store, paging->source->ops, paging->page.asked_ms,
                paging->failure.retry_after_ms, keeping->now_ms, err))
        return false;
    if (paging->failure.kind != ERROR_NONE)
        return true;
    return keep_papers(store, keeping, err) &&
            (keeping->keep == NULL || keeping->keep(store, keeping->ctx, err));
}

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void take_pace(struct paging *paging, int64_t now_ms)
{
    int64_t wait_ms = paging->failure.retry_after_ms;

    if (wait_ms > TURN_PATIENCE_MS)
        wait_ms = TURN_PATIENCE_MS;
    paging->free_ms = latest(paging->free_ms,
            paging->page.asked_ms + paging->source->ops->gap_ms);
    if (wait_ms > 0)
        paging->free_ms = latest(paging->free_ms, now_ms + wait_ms);
}

static void add_counts(struct intake_counts *sum,
        const struct intake_counts *counts)
{
    sum->added += counts->added;
    sum->updated += counts->updated;
    sum->unchanged += counts->unchanged;
    sum->rejected += counts->rejected;
    sum->risen += counts->risen;
}

bool paging_store(struct paging *paging, int64_t now_ms, paging_keep_fn *keep,
        void *ctx, struct intake_counts *counts, struct error *err)
{
    struct keeping keeping = {.paging = paging,
            .now_ms = now_ms,
            .keep = keep,
            .ctx = ctx};

    paging->answered = false;
    take_pace(paging, now_ms);
    if (!store_transact(paging->store, keep_page, &keeping, err)) {
        turn_release(paging->store, paging->source->ops, &paging->turn);
        return error_wrap(err, "a page could not be stored");
    }
    paging->turn.held = false;
    if (paging->failure.kind != ERROR_NONE) {
        if (err != NULL)
            *err = paging->failure;
        return false;
    }
    add_counts(counts, &keeping.counts);
    return true;
}
