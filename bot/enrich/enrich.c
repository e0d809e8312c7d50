#include "bot/enrich/enrich.h"

#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/base/text.h"
#include "bot/enrich/enrich_counts.h"
#include "bot/enrich/enrich_match.h"
#include "bot/enrich/enrich_wanted.h"
#include "bot/paging.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

enum {
    IDS_MAX = 50, /* in one question: what OpenAlex takes */
    TRIES_MAX = 6,
};

/* The choice changes with what comes in, with votes and with drafts. */
static const int64_t look_ms = 10 * MINUTE_MS;
/* Who did not know a paper may know it later: new ones come after days. */
static const int64_t again_ms = 20 * HOUR_MS;
static const int64_t refused_ms = 6 * HOUR_MS;
static const int64_t trouble_ms = MINUTE_MS;

static const struct retry_policy question_policy = {.first_ms = MINUTE_MS,
        .longest_ms = HOUR_MS,
        .patience_ms = 6 * HOUR_MS,
        .attempts_max = 5};

/* One source, and what it is asked. */
struct asker {
    struct paging paging;
    struct arena arena; /* of the ids */
    struct string_list ids;
    struct retry retry;
    int64_t next_ms;
    bool links;     /* is asked for the links in papers' texts */
    size_t refused; /* of the answer's records: of another paper */
};

struct enrich {
    struct store *store;
    const struct random_source *chance;
    struct asker askers[ENRICH_SOURCES_MAX + 1];
    size_t count;
};

/* --- opening --- */

static bool add_asker(struct enrich *enrich, struct source *source, bool links,
        int64_t now_ms, struct error *err)
{
    struct asker *asker = &enrich->askers[enrich->count++];

    asker->links = links;
    retry_init(&asker->retry, &question_policy);
    return paging_open(&asker->paging, enrich->store, source, now_ms, err);
}

struct enrich *enrich_open(struct store *store, struct source *const *sources,
        size_t count, struct source *links, const struct random_source *chance,
        int64_t now_ms, struct error *err)
{
    if (count == 0)
        return NULL;
    struct enrich *enrich = calloc(1, sizeof *enrich);
    if (enrich == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    enrich->store = store;
    enrich->chance = chance;
    bool ok = true;
    for (size_t i = 0; ok && i < count && i < ENRICH_SOURCES_MAX; i++)
        ok = add_asker(enrich, sources[i], false, now_ms, err);
    if (ok && links != NULL && links->ops->page != NULL)
        ok = add_asker(enrich, links, true, now_ms, err);
    if (ok)
        return enrich;
    enrich_close(enrich);
    return NULL;
}

void enrich_close(struct enrich *enrich)
{
    if (enrich == NULL)
        return;
    for (size_t i = 0; i < enrich->count; i++) {
        paging_close(&enrich->askers[i].paging);
        arena_finish(&enrich->askers[i].arena);
    }
    free(enrich);
}

void enrich_put_back(struct enrich *enrich)
{
    for (size_t i = 0; enrich != NULL && i < enrich->count; i++)
        enrich->askers[i].next_ms = 0;
}

/* --- what is kept --- */

const char *enrich_key(const char *kind, const char *paper_id,
        struct arena *arena)
{
    return arena_format(arena, "enrich/%s/%s", kind, paper_id);
}

static const char *kind_of(const struct asker *asker)
{
    return asker->paging.source->ops->kind;
}

/* When a paper was asked for and how often; a value that is none counts as none. */
static bool read_asked(struct store *store, const char *key, int64_t *asked_ms,
        unsigned *tries, struct error *err)
{
    struct arena arena = {0};
    char *value;
    bool ok = store_value_get(store, key, &arena, &value, err);

    *asked_ms = 0;
    *tries = 0;
    if (ok && value != NULL) {
        char *end;
        *asked_ms = strtoll(value, &end, 10);
        *tries = (unsigned)strtoul(end, NULL, 10);
    }
    arena_finish(&arena);
    return ok;
}

static bool is_due(struct store *store, const char *key, int64_t now_ms,
        bool *due, struct error *err)
{
    int64_t asked_ms;
    unsigned tries;

    if (!read_asked(store, key, &asked_ms, &tries, err))
        return false;
    *due = tries < TRIES_MAX &&
            (now_ms - asked_ms >= again_ms || asked_ms > now_ms);
    return true;
}

/* --- what came --- */

static const struct source_record *record_of(const struct paging *paging,
        const char *id)
{
    for (size_t i = 0; i < paging->count; i++)
        if (text_same(paging->records[i].paper.id, id))
            return &paging->records[i];
    return NULL;
}

static const char *told_of(const struct asker *asker, const char *id)
{
    const struct source_record *record = record_of(&asker->paging, id);

    if (record == NULL)
        return "nothing";
    if (asker->links)
        return paper_lacks_links(&record->paper) ? "nothing" : "links";
    if (record->paper.affiliations.count > 0)
        return "affiliations";
    return record->signals.count > 0 ? "citations" : "nothing";
}

static bool keep_one(struct store *store, const struct asker *asker,
        const char *id, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    const char *key = enrich_key(kind_of(asker), id, &arena);
    int64_t asked_ms;
    unsigned tries;
    bool ok = read_asked(store, key, &asked_ms, &tries, err) &&
            store_value_put(store, key,
                    arena_format(&arena, "%" PRId64 " %u %s", now_ms, tries + 1,
                            told_of(asker, id)),
                    err);

    arena_finish(&arena);
    return ok;
}

struct keeping {
    const struct asker *asker;
    int64_t now_ms;
    const struct error *failure; /* why there is no answer; NULL: there is */
};

/* That nothing is known is kept as well, so that it is not asked at each look. */
static bool keep_asked(struct store *store, void *ctx, struct error *err)
{
    const struct keeping *keeping = ctx;
    const struct string_list *ids = &keeping->asker->ids;

    for (size_t i = 0; i < ids->count; i++)
        if (!keep_one(store, keeping->asker, ids->items[i], keeping->now_ms,
                    err))
            return false;
    return true;
}

static bool keep_answer(struct store *store, void *ctx, struct error *err)
{
    const struct keeping *keeping = ctx;
    const struct asker *asker = keeping->asker;
    struct enrich_counts more = {.asked = (int64_t)asker->ids.count,
            .refused = (int64_t)asker->refused};

    for (size_t i = 0; i < asker->ids.count; i++)
        more.found +=
                !text_same("nothing", told_of(asker, asker->ids.items[i]));
    return keep_asked(store, ctx, err) &&
            enrich_counts_add(store, kind_of(asker), keeping->now_ms, &more,
                    err);
}

/* What is refused for good would be refused again at each look. */
static bool keep_failure(struct store *store, void *ctx, struct error *err)
{
    static const struct enrich_counts more = {.failing = 1};
    const struct keeping *keeping = ctx;

    return (keeping->failure->kind != ERROR_REJECTED ||
                   keep_asked(store, ctx, err)) &&
            enrich_counts_add(store, kind_of(keeping->asker), keeping->now_ms,
                    &more, err);
}

/* Whether a record is of a paper that was asked for, and of that very one. */
static bool is_believed(const struct enrich *enrich, const struct asker *asker,
        const struct source_record *record, bool *believed, struct error *err)
{
    struct arena arena = {0};
    struct paper *known;
    bool ok = store_paper_get(enrich->store, record->paper.id, &arena, &known,
            err);

    *believed = ok && known != NULL &&
            string_list_has(&asker->ids, record->paper.id) &&
            enrich_match(known, &record->paper);
    arena_finish(&arena);
    return ok;
}

static bool sift(const struct enrich *enrich, struct asker *asker,
        struct error *err)
{
    struct paging *paging = &asker->paging;
    size_t kept = 0;

    for (size_t i = 0; i < paging->count; i++) {
        struct source_record *record = &paging->records[i];
        bool believed;
        if (!is_believed(enrich, asker, record, &believed, err))
            return false;
        if (record->secondhand && record->paper.affiliations.count > 0)
            record->paper.affiliations_from = kind_of(asker);
        if (believed)
            paging->records[kept++] = *record;
        else
            log_info("what a source says is of another paper",
                    log_text("source", kind_of(asker)),
                    log_text("paper", record->paper.id),
                    log_text("title", record->paper.title));
    }
    asker->refused = paging->count - kept;
    paging->count = kept;
    return true;
}

static void question_failed(struct enrich *enrich, struct asker *asker,
        const struct error *err, int64_t now_ms)
{
    struct keeping keeping = {asker, now_ms, err};
    struct error why = {0};
    int64_t wait_ms = refused_ms;

    if (!store_transact(enrich->store, keep_failure, &keeping, &why))
        log_error("what was asked cannot be kept", log_text("why", why.text));
    if (err->kind == ERROR_RETRY &&
            !retry_after_failure(&asker->retry, err->retry_after_ms,
                    enrich->chance, &wait_ms))
        wait_ms = refused_ms;
    if (wait_ms == refused_ms)
        retry_after_success(&asker->retry);
    log_warning(asker->links ? "links could not be read"
                             : "affiliations could not be read",
            log_text("source", kind_of(asker)), log_text("why", err->text),
            log_number("wait_ms", wait_ms));
    asker->next_ms = now_ms + wait_ms;
}

static void take_page(struct enrich *enrich, struct asker *asker,
        int64_t now_ms)
{
    struct keeping keeping = {asker, now_ms, NULL};
    struct intake_counts counts = {0};
    struct error err = {0};

    if (!sift(enrich, asker, &err)) {
        log_error("papers cannot be read", log_text("why", err.text));
        asker->paging.count = asker->refused = 0;
    }
    if (!paging_store(&asker->paging, now_ms, keep_answer, &keeping, &counts,
                &err)) {
        question_failed(enrich, asker, &err, now_ms);
        return;
    }
    retry_after_success(&asker->retry);
    log_info(asker->links ? "links asked for" : "affiliations asked for",
            log_text("source", kind_of(asker)),
            log_number("papers", (int64_t)asker->ids.count),
            log_number("changed", (int64_t)counts.updated));
    asker->next_ms = now_ms;
}

/* --- asking --- */

static size_t ids_max_of(const struct asker *asker)
{
    size_t most = asker->paging.source->ops->ids_max;

    return most > 0 && most < IDS_MAX ? most : IDS_MAX;
}

/* The first of those that are wanted and not asked for lately. */
static bool choose(struct enrich *enrich, struct asker *asker,
        const struct string_list *wanted, int64_t now_ms, struct error *err)
{
    size_t capacity = 0;

    arena_finish(&asker->arena);
    asker->ids = (struct string_list){0};
    for (size_t i = 0;
            i < wanted->count && asker->ids.count < ids_max_of(asker); i++) {
        bool due;
        if (!is_due(enrich->store,
                    enrich_key(kind_of(asker), wanted->items[i], &asker->arena),
                    now_ms, &due, err))
            return false;
        if (due)
            string_list_add(&asker->ids, &capacity, &asker->arena,
                    wanted->items[i]);
    }
    return true;
}

static bool ask(struct enrich *enrich, struct asker *asker,
        const struct string_list *wanted, int64_t now_ms, struct error *err)
{
    static const struct enrich_counts more = {.requests = 1};
    struct enrich_counts today;

    asker->next_ms = now_ms + look_ms;
    if (!choose(enrich, asker, wanted, now_ms, err))
        return false;
    if (asker->ids.count == 0)
        return true;
    if (!enrich_counts_read(enrich->store, kind_of(asker), now_ms, &today, err))
        return false;
    if (today.requests >= ENRICH_REQUESTS_A_DAY)
        return true;
    const struct source_range range = {.ids = asker->ids, .continuation = ""};
    if (!paging_ask(&asker->paging, &range, now_ms, err))
        return false;
    if (asker->paging.request != NULL)
        return enrich_counts_add(enrich->store, kind_of(asker), now_ms, &more,
                err);
    asker->next_ms = now_ms; /* it was another's turn: when that is over */
    return true;
}

static int64_t due_ms(const struct asker *asker)
{
    if (asker->paging.answered)
        return 0;
    if (asker->paging.request != NULL)
        return INT64_MAX;
    return asker->next_ms > asker->paging.free_ms ? asker->next_ms
                                                  : asker->paging.free_ms;
}

int64_t enrich_next_due_ms(const struct enrich *enrich)
{
    int64_t next_ms = INT64_MAX;

    for (size_t i = 0; enrich != NULL && i < enrich->count; i++)
        if (due_ms(&enrich->askers[i]) < next_ms)
            next_ms = due_ms(&enrich->askers[i]);
    return next_ms;
}

static void ask_those_due(struct enrich *enrich, const struct seat *seats,
        size_t count, int64_t now_ms)
{
    struct arena arena = {0};
    struct enrich_wishes wishes;
    struct error err = {0};
    bool ok = enrich_wanted(enrich->store, seats, count, now_ms, &arena,
            &wishes, &err);

    for (size_t i = 0; i < enrich->count; i++) {
        struct asker *asker = &enrich->askers[i];
        if (due_ms(asker) > now_ms)
            continue;
        ok = ok &&
                ask(enrich, asker,
                        asker->links ? &wishes.links : &wishes.places, now_ms,
                        &err);
        if (!ok)
            asker->next_ms = now_ms + trouble_ms;
    }
    if (!ok)
        log_error("affiliations are not asked for", log_text("why", err.text));
    arena_finish(&arena);
}

void enrich_step(struct enrich *enrich, const struct seat *seats, size_t count,
        int64_t now_ms)
{
    if (enrich == NULL)
        return;
    for (size_t i = 0; i < enrich->count; i++) {
        struct asker *asker = &enrich->askers[i];
        if (asker->paging.answered)
            take_page(enrich, asker, now_ms);
        paging_mind_clock(&asker->paging, now_ms);
        if (asker->next_ms - now_ms > refused_ms) /* a clock was ahead */
            asker->next_ms = now_ms;
    }
    if (enrich_next_due_ms(enrich) <= now_ms)
        ask_those_due(enrich, seats, count, now_ms);
}

bool enrich_busy(const struct enrich *enrich)
{
    for (size_t i = 0; enrich != NULL && i < enrich->count; i++)
        if (paging_busy(&enrich->askers[i].paging))
            return true;
    return false;
}
