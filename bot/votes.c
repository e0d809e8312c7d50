#include "bot/votes.h"

#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/paging.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

enum {
    DATES = 3,     /* an evening's: votes come for some days */
    PAGES_MAX = 5, /* of a date: more papers than any had */
};

/* Europe's and most of America's day is over, China's morning has begun. */
static const int64_t evening_ms = 22 * HOUR_MS;
/* Not everybody shall ask at the same instant. */
static const int64_t evening_jitter_ms = HOUR_MS;
static const int64_t start_jitter_ms = 10 * MINUTE_MS;

static const struct retry_policy page_policy = {
        .first_ms = 10 * MINUTE_MS,
        .longest_ms = 2 * HOUR_MS,
        .patience_ms = 6 * HOUR_MS,
        .attempts_max = 4,
};

struct votes {
    struct paging paging;
    struct store *store;
    const struct random_source *chance;
    struct arena arena;        /* of a date's pages */
    struct civil_date evening; /* whose dates are read, or were last */
    unsigned done;             /* of its dates */
    const char *continuation;  /* within the date */
    unsigned pages;            /* of the date */
    struct intake_counts counts;
    struct retry retry;
    int64_t next_ms;
};

/* --- when --- */

static int64_t jitter(const struct votes *votes, int64_t up_to_ms)
{
    return (int64_t)votes->chance->below(votes->chance->state,
            (uint64_t)up_to_ms + 1);
}

/* The newest evening that has come. */
static struct civil_date evening_at(int64_t now_ms)
{
    return civil_date_of_days((now_ms - evening_ms) / DAY_MS);
}

static void wait_for_evening(struct votes *votes)
{
    votes->done = DATES;
    votes->next_ms = (civil_date_days(votes->evening) + 1) * DAY_MS +
            evening_ms + jitter(votes, evening_jitter_ms);
}

static void begin_evening(struct votes *votes, int64_t now_ms)
{
    votes->evening = evening_at(now_ms);
    votes->done = 0;
}

/* --- what the store keeps: "2026-11-23 2" --- */

static char *evening_key(const struct votes *votes, struct arena *arena)
{
    return arena_format(arena, "votes/%s", votes->paging.source->ops->kind);
}

static bool keep_evening(struct store *store, void *ctx, struct error *err)
{
    const struct votes *votes = ctx;
    struct arena arena = {0};
    char day[CIVIL_DATE_SIZE];

    civil_date_format(votes->evening, day);
    bool ok = store_value_put(store, evening_key(votes, &arena),
            arena_format(&arena, "%s %u", day, votes->done), err);
    arena_finish(&arena);
    return ok;
}

/* Where the run before came to; a value that is none counts as none. */
static bool read_evening(struct votes *votes, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    char day[CIVIL_DATE_SIZE] = "";
    struct civil_date known;
    char *value;
    bool ok = store_value_get(votes->store, evening_key(votes, &arena), &arena,
            &value, err);

    begin_evening(votes, now_ms);
    votes->next_ms = now_ms + jitter(votes, start_jitter_ms);
    if (ok && value != NULL && strlen(value) > CIVIL_DATE_SIZE - 1) {
        memcpy(day, value, sizeof day - 1);
        if (civil_date_parse(day, &known) &&
                civil_date_compare(known, votes->evening) == 0)
            votes->done =
                    (unsigned)strtoul(value + CIVIL_DATE_SIZE - 1, NULL, 10);
    }
    if (votes->done >= DATES)
        wait_for_evening(votes);
    arena_finish(&arena);
    return ok;
}

/* --- opening --- */

static void begin_date(struct votes *votes)
{
    arena_finish(&votes->arena);
    votes->continuation = "";
    votes->pages = 0;
    votes->counts = (struct intake_counts){0};
    retry_after_success(&votes->retry);
}

struct votes *votes_open(struct store *store, struct source *source,
        const struct random_source *chance, int64_t now_ms, struct error *err)
{
    struct votes *votes = calloc(1, sizeof *votes);

    if (votes == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    votes->store = store;
    votes->chance = chance;
    retry_init(&votes->retry, &page_policy);
    begin_date(votes);
    if (!turn_bury(store, source->ops, err) ||
            !paging_open(&votes->paging, store, source, now_ms, err) ||
            !read_evening(votes, now_ms, err)) {
        votes_close(votes);
        return NULL;
    }
    return votes;
}

void votes_close(struct votes *votes)
{
    if (votes == NULL)
        return;
    paging_close(&votes->paging);
    arena_finish(&votes->arena);
    free(votes);
}

/* --- what came --- */

static struct civil_date date_of(const struct votes *votes)
{
    return civil_date_plus(votes->evening, -(int)votes->done);
}

static void next_date(struct votes *votes)
{
    begin_date(votes);
    if (++votes->done >= DATES)
        wait_for_evening(votes);
}

static void tell_date(const struct votes *votes)
{
    char day[CIVIL_DATE_SIZE];

    civil_date_format(date_of(votes), day);
    log_info("votes taken in",
            log_text("source", votes->paging.source->ops->kind),
            log_text("date", day), log_number("rose", votes->counts.risen));
}

/* Wrong addresses and refusals do not get better tonight. */
static void page_failed(struct votes *votes, const struct error *err,
        int64_t now_ms)
{
    int64_t wait_ms = 0;
    bool again = err->kind == ERROR_RETRY &&
            retry_after_failure(&votes->retry, err->retry_after_ms,
                    votes->chance, &wait_ms);

    log_warning(again ? "votes could not be read, will be tried again"
                      : "votes could not be read",
            log_text("why", err->text), log_number("wait_ms", wait_ms));
    if (again)
        votes->next_ms = now_ms + wait_ms;
    else if (err->kind == ERROR_REJECTED)
        next_date(votes);
    else
        wait_for_evening(votes);
    if (!again)
        begin_date(votes);
}

static void take_page(struct votes *votes, int64_t now_ms)
{
    const char *continuation = votes->paging.page.continuation;
    bool more = *continuation != '\0' && votes->pages + 1 < PAGES_MAX;
    struct votes after = *votes;
    struct error err = {0};

    after.done += !more;
    if (!paging_store(&votes->paging, now_ms, keep_evening, &after,
                &votes->counts, &err)) {
        page_failed(votes, &err, now_ms);
        return;
    }
    retry_after_success(&votes->retry);
    votes->pages++;
    if (more) {
        votes->continuation = arena_string(&votes->arena, continuation);
        return;
    }
    tell_date(votes);
    next_date(votes);
}

/* --- stepping --- */

int64_t votes_next_due_ms(const struct votes *votes)
{
    if (votes == NULL)
        return INT64_MAX;
    if (votes->paging.answered)
        return 0;
    if (votes->paging.request != NULL)
        return INT64_MAX;
    return votes->next_ms > votes->paging.free_ms ? votes->next_ms
                                                  : votes->paging.free_ms;
}

static void ask(struct votes *votes, int64_t now_ms)
{
    const struct source_range range = {.since = date_of(votes),
            .until = date_of(votes),
            .continuation = votes->continuation};
    struct error err = {0};

    if (!paging_ask(&votes->paging, &range, now_ms, &err))
        page_failed(votes, &err, now_ms);
}

/* What a clock that was ahead has left behind. */
static void forget_far_future(struct votes *votes, int64_t now_ms)
{
    if (votes->next_ms - now_ms <= 2 * DAY_MS)
        return;
    begin_evening(votes, now_ms);
    wait_for_evening(votes);
}

void votes_step(struct votes *votes, int64_t now_ms)
{
    if (votes == NULL)
        return;
    if (votes->paging.answered)
        take_page(votes, now_ms);
    paging_mind_clock(&votes->paging, now_ms);
    forget_far_future(votes, now_ms);
    if (paging_busy(&votes->paging) || votes_next_due_ms(votes) > now_ms)
        return;
    if (votes->done >= DATES)
        begin_evening(votes, now_ms);
    ask(votes, now_ms);
}

bool votes_busy(const struct votes *votes)
{
    return votes != NULL && paging_busy(&votes->paging);
}
