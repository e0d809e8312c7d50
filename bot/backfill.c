#include "bot/backfill.h"

#include "bot/backfill_course.h"
#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/base/text.h"
#include "bot/paging.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

enum {
    RESTARTS_MAX = 3, /* of one day, after a token that had expired */
    PAGES_MAX = 2000, /* of one day: more is a server going in circles */
    FAILURE_SIZE = 480,
};

static const struct retry_policy page_policy = {
        .first_ms = 5000,
        .longest_ms = INT64_C(5) * 60 * 1000,
        .patience_ms = INT64_C(15) * 60 * 1000,
        .attempts_max = 8,
};

/* What is asked for one after the other: a category, or some ids. */
struct lane {
    const char *category; /* NULL: ids */
    struct string_list ids;
    struct backfill_course course;
    unsigned restarts, pages; /* of the day */
    bool over;
};

struct backfill {
    struct paging paging;
    struct store *store;
    const struct random_source *chance;
    struct arena arena;
    enum source_via via;
    struct lane *lanes;
    size_t count;
    struct lane *current; /* whose page was asked for */
    struct retry retry;
    int64_t retry_ms;
    bool failed;
    char failure[FAILURE_SIZE];
    bool quiet;
    struct intake_counts counts;
    struct backfill_progress progress;
    char trouble[FAILURE_SIZE];
    struct string_list missing;
    size_t missing_capacity;
};

/* --- how far a category has come --- */

static char *course_key(const struct backfill *backfill, const char *category,
        struct arena *arena)
{
    return arena_format(arena, "backfill/%s/%s",
            backfill->via == SOURCE_VIA_OAI ? "oai" : "api", category);
}

/* --- opening --- */

static bool open_category(struct backfill *backfill, struct lane *lane,
        const struct backfill_wish *wish, struct civil_date today,
        struct error *err)
{
    struct arena arena = {0};
    struct backfill_course known;
    char *value;
    bool ok = store_value_get(backfill->store,
            course_key(backfill, lane->category, &arena), &arena, &value, err);

    if (ok) {
        bool usable = value != NULL && !wish->again &&
                backfill_course_read(value, &known);
        lane->course = backfill_course_begin(usable ? &known : NULL,
                wish->since, wish->until, today);
        lane->over = backfill_course_left(&lane->course) == 0;
        backfill->progress.total += backfill_course_left(&lane->course);
    }
    arena_finish(&arena);
    return ok;
}

static struct string_list copy_list(struct arena *arena,
        const struct string_list *list, size_t from, size_t count)
{
    struct string_list copy = {0};
    size_t capacity = 0;

    for (size_t i = from; i < from + count; i++)
        string_list_add(&copy, &capacity, arena, list->items[i]);
    return copy;
}

static void open_ids(struct backfill *backfill, const struct string_list *ids)
{
    backfill->count = (ids->count + SOURCE_IDS_MAX - 1) / SOURCE_IDS_MAX;
    backfill->lanes =
            arena_array(&backfill->arena, struct lane, backfill->count);
    for (size_t i = 0; i < backfill->count; i++) {
        size_t from = i * SOURCE_IDS_MAX, left = ids->count - from;
        backfill->lanes[i].ids = copy_list(&backfill->arena, ids, from,
                left < SOURCE_IDS_MAX ? left : SOURCE_IDS_MAX);
    }
}

static bool open_lanes(struct backfill *backfill,
        const struct backfill_wish *wish, int64_t now_ms, struct error *err)
{
    const struct string_list *categories = &wish->categories;

    if (wish->ids.count > 0) {
        open_ids(backfill, &wish->ids);
        return true;
    }
    backfill->count = categories->count;
    backfill->lanes =
            arena_array(&backfill->arena, struct lane, backfill->count);
    for (size_t i = 0; i < backfill->count; i++) {
        struct lane *lane = &backfill->lanes[i];
        lane->category = arena_string(&backfill->arena, categories->items[i]);
        if (!open_category(backfill, lane, wish,
                    civil_date_of_days(now_ms / DAY_MS), err))
            return false;
    }
    return true;
}

struct backfill *backfill_open(struct store *store, struct source *source,
        const struct random_source *chance, const struct backfill_wish *wish,
        int64_t now_ms, struct error *err)
{
    struct backfill *backfill = calloc(1, sizeof *backfill);

    if (backfill == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    backfill->store = store;
    backfill->chance = chance;
    backfill->via = wish->via;
    backfill->quiet = wish->quiet;
    backfill->progress.category = "";
    backfill->progress.trouble = backfill->trouble;
    retry_init(&backfill->retry, &page_policy);
    if (!turn_bury(store, source->ops, err) ||
            !paging_open(&backfill->paging, store, source, now_ms, err) ||
            !open_lanes(backfill, wish, now_ms, err)) {
        backfill_close(backfill);
        return NULL;
    }
    return backfill;
}

void backfill_close(struct backfill *backfill)
{
    if (backfill == NULL)
        return;
    paging_close(&backfill->paging);
    arena_finish(&backfill->arena);
    free(backfill);
}

/* --- what comes next --- */

/* The lane that is furthest behind; NULL if all are there. */
static struct lane *next_lane(const struct backfill *backfill)
{
    struct lane *best = NULL;

    for (size_t i = 0; i < backfill->count; i++) {
        struct lane *lane = &backfill->lanes[i];
        if (lane->over)
            continue;
        if (best == NULL ||
                civil_date_compare(lane->course.next, best->course.next) < 0)
            best = lane;
    }
    return best;
}

bool backfill_finished(const struct backfill *backfill)
{
    return backfill->failed ||
            (next_lane(backfill) == NULL && !paging_busy(&backfill->paging));
}

int64_t backfill_next_due_ms(const struct backfill *backfill)
{
    if (backfill->paging.answered)
        return 0;
    if (backfill->paging.request != NULL || backfill_finished(backfill))
        return INT64_MAX;
    return backfill->retry_ms > backfill->paging.free_ms
            ? backfill->retry_ms
            : backfill->paging.free_ms;
}

static void fail(struct backfill *backfill, const struct error *err)
{
    backfill->failed = true;
    snprintf(backfill->failure, sizeof backfill->failure, "%s", err->text);
}

static void ask(struct backfill *backfill, struct lane *lane, int64_t now_ms)
{
    const struct source_range range = {
            .via = backfill->via,
            .category = lane->category,
            .since = lane->course.next,
            .until = lane->course.next,
            .ids = lane->ids,
            .continuation = lane->course.continuation,
    };
    struct error err = {0};

    backfill->current = lane;
    if (!paging_ask(&backfill->paging, &range, now_ms, &err))
        fail(backfill, &err);
}

/* --- what came --- */

/* Where a lane is after its page. */
static struct lane after_page(const struct lane *lane, const char *continuation)
{
    struct lane after = *lane;

    snprintf(after.course.continuation, sizeof after.course.continuation, "%s",
            continuation);
    after.pages++;
    after.over = lane->category == NULL;
    if (*continuation != '\0' || after.over)
        return after;
    after.restarts = after.pages = 0;
    after.course.next = civil_date_plus(lane->course.next, 1);
    after.over = backfill_course_left(&after.course) == 0;
    return after;
}

struct keeping {
    const struct backfill *backfill;
    const struct lane *lane;
};

static bool keep_course(struct store *store, void *ctx, struct error *err)
{
    const struct keeping *keeping = ctx;
    const struct lane *lane = keeping->lane;
    struct arena arena = {0};
    bool ok = true;

    if (lane->category != NULL)
        ok = store_value_put(store,
                course_key(keeping->backfill, lane->category, &arena),
                backfill_course_text(&lane->course, &arena), err);
    arena_finish(&arena);
    return ok;
}

static bool has_come(const struct paging *paging, const char *id)
{
    for (size_t i = 0; i < paging->count; i++)
        if (text_same(paging->records[i].paper.id, id))
            return true;
    return false;
}

static void note_missing(struct backfill *backfill, const struct lane *lane)
{
    for (size_t i = 0; i < lane->ids.count; i++)
        if (!has_come(&backfill->paging, lane->ids.items[i]))
            string_list_add(&backfill->missing, &backfill->missing_capacity,
                    &backfill->arena, lane->ids.items[i]);
}

static void tell_page(const struct backfill *backfill, const struct lane *lane)
{
    char day[CIVIL_DATE_SIZE];

    if (lane->category == NULL || backfill->quiet)
        return;
    civil_date_format(lane->course.next, day);
    log_info("page taken in", log_text("category", lane->category),
            log_text("date", day), log_number("papers", backfill->paging.count),
            log_number("done", backfill->progress.done),
            log_number("of", backfill->progress.total));
}

static void after_success(struct backfill *backfill, struct lane *lane,
        const struct lane *after)
{
    struct backfill_progress *progress = &backfill->progress;

    retry_after_success(&backfill->retry);
    backfill->retry_ms = 0;
    note_missing(backfill, lane);
    progress->pages++;
    progress->papers += backfill->paging.count;
    progress->category = lane->category == NULL ? "" : lane->category;
    progress->date = lane->course.next;
    if (lane->category != NULL && *after->course.continuation == '\0')
        progress->done++;
    tell_page(backfill, lane);
    *lane = *after;
    if (lane->pages < PAGES_MAX)
        return;
    struct error err;
    error_set(&err, ERROR_INPUT, "%s: a day of more than %d pages has no end",
            lane->category, PAGES_MAX);
    fail(backfill, &err);
}

/* A token that the archive knows no more: the day from its beginning. */
static bool begin_day_again(struct backfill *backfill, struct lane *lane,
        struct error *err)
{
    struct keeping keeping = {backfill, lane};

    lane->course.continuation[0] = '\0';
    if (++lane->restarts > RESTARTS_MAX)
        return error_wrap(err, "the day was begun %d times", RESTARTS_MAX);
    return keep_course(backfill->store, &keeping, err);
}

static void tell_trouble(struct backfill *backfill, const struct error *err,
        int64_t wait_ms)
{
    backfill->progress.troubles++;
    backfill->progress.wait_ms = wait_ms;
    snprintf(backfill->trouble, sizeof backfill->trouble, "%s", err->text);
    if (!backfill->quiet)
        log_warning("a page could not be read, will be asked for again",
                log_text("why", err->text), log_number("wait_ms", wait_ms));
}

static void after_failure(struct backfill *backfill, struct lane *lane,
        struct error *err, int64_t now_ms)
{
    int64_t wait_ms;
    bool expired = backfill->paging.failure.kind != ERROR_NONE &&
            backfill->paging.page.expired;

    if (err->kind != ERROR_RETRY ||
            (expired && !begin_day_again(backfill, lane, err)) ||
            !retry_after_failure(&backfill->retry, err->retry_after_ms,
                    backfill->chance, &wait_ms)) {
        fail(backfill, err);
        return;
    }
    backfill->retry_ms = now_ms + wait_ms;
    tell_trouble(backfill, err, wait_ms);
}

static void take_page(struct backfill *backfill, int64_t now_ms)
{
    struct lane *lane = backfill->current;
    struct lane after = after_page(lane, backfill->paging.page.continuation);
    struct keeping keeping = {backfill, &after};
    struct error err = {0};

    if (paging_store(&backfill->paging, now_ms, keep_course, &keeping,
                &backfill->counts, &err))
        after_success(backfill, lane, &after);
    else
        after_failure(backfill, lane, &err, now_ms);
}

void backfill_step(struct backfill *backfill, int64_t now_ms)
{
    if (backfill->paging.answered)
        take_page(backfill, now_ms);
    paging_mind_clock(&backfill->paging, now_ms);
    if (backfill->failed || paging_busy(&backfill->paging) ||
            backfill_next_due_ms(backfill) > now_ms)
        return;
    struct lane *lane = next_lane(backfill);
    if (lane != NULL)
        ask(backfill, lane, now_ms);
}

/* --- how it went --- */

const char *backfill_failure(const struct backfill *backfill)
{
    return backfill->failure;
}

struct intake_counts backfill_counts(const struct backfill *backfill)
{
    return backfill->counts;
}

struct backfill_progress backfill_progress(const struct backfill *backfill)
{
    return backfill->progress;
}

struct string_list backfill_missing(const struct backfill *backfill)
{
    return backfill->missing;
}
