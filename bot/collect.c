#include "bot/collect.h"

#include "bot/announcement.h"
#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/base/text.h"
#include "bot/reading.h"
#include "bot/turn.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)

enum {
    BATCHES_LOOKED_AT = 8, /* more than ever are newer than the day's */
    FAILURE_SIZE = 480,
};

/* While the day's announcement is not out; on a day that is said to have none;
 * once it is out; on the evening before the next; at the weekend. */
static const int64_t poll_ms = 15 * MINUTE_MS;
static const int64_t holiday_look_ms = HOUR_MS;
static const int64_t late_look_ms = 3 * HOUR_MS;
static const int64_t evening_look_ms = 75 * MINUTE_MS;
static const int64_t weekend_look_ms = 4 * HOUR_MS;
static const int64_t refused_look_ms = HOUR_MS;
static const int64_t store_trouble_ms = MINUTE_MS;
/* Not everybody's clock shall ask at the same instant. */
static const int64_t first_jitter_ms = 10 * MINUTE_MS;
/* No wait of ours is longer (Friday to Monday); a longer one comes from a clock
 * that was ahead. */
static const int64_t longest_wait_ms = 96 * HOUR_MS;

static const struct retry_policy feed_policy = {
        .first_ms = MINUTE_MS,
        .longest_ms = 30 * MINUTE_MS,
        .patience_ms = TURN_PATIENCE_MS,
        .attempts_max = UINT_MAX,
};

/* What is known of one category's feed. */
struct look {
    const char *category;
    bool assessed;   /* next_ms follows from what the store says */
    int64_t next_ms; /* 0: at once */
    bool looked;     /* since it was made due by hand, or since the start */
    bool dropped;    /* nobody wants it; it goes when it was read */
    struct retry retry;
    char failure[FAILURE_SIZE];
};

struct collect {
    struct store *store;
    struct source *source;
    const struct random_source *chance;
    struct civil_zone *new_york;
    struct arena arena;
    struct look *looks;
    size_t count, capacity;
    struct turn turn;
    int64_t free_ms; /* no request before: the pace, or a server's wait */
    struct request *request;
    size_t current; /* the look whose feed is or was read */
    struct reading reading;
    bool read; /* the reading is to be stored */
    struct intake_counts counts;
};

/* --- opening --- */

static int64_t latest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static struct look *find_look(const struct collect *collect,
        const char *category)
{
    for (size_t i = 0; i < collect->count; i++)
        if (text_same(collect->looks[i].category, category))
            return &collect->looks[i];
    return NULL;
}

static void add_look(struct collect *collect, const char *category)
{
    collect->looks = arena_grow(&collect->arena, collect->looks, collect->count,
            &collect->capacity, sizeof *collect->looks);
    struct look *look = &collect->looks[collect->count++];
    *look = (struct look){.category = arena_string(&collect->arena, category)};
    retry_init(&look->retry, &feed_policy);
}

/* Those that nobody wants go, but for the one that is being read. */
static void drop_looks(struct collect *collect)
{
    size_t kept = 0, current = collect->current;

    for (size_t i = 0; i < collect->count; i++) {
        if (collect->looks[i].dropped &&
                !(collect_busy(collect) && i == collect->current))
            continue;
        if (i == collect->current)
            current = kept;
        collect->looks[kept++] = collect->looks[i];
    }
    collect->count = kept;
    collect->current = current;
}

void collect_serve(struct collect *collect,
        const struct string_list *categories)
{
    for (size_t i = 0; i < collect->count; i++)
        collect->looks[i].dropped =
                !string_list_has(categories, collect->looks[i].category);
    /* Adding may move them all, dropping only shifts. */
    drop_looks(collect);
    for (size_t i = 0; i < categories->count; i++)
        if (find_look(collect, categories->items[i]) == NULL)
            add_look(collect, categories->items[i]);
}

struct collect *collect_open(struct store *store, struct source *source,
        const struct random_source *chance,
        const struct string_list *categories, struct error *err)
{
    struct collect *collect = calloc(1, sizeof *collect);

    if (collect == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    collect->store = store;
    collect->source = source;
    collect->chance = chance;
    collect_serve(collect, categories);
    collect->new_york = civil_zone_open(ANNOUNCEMENT_TIMEZONE, err);
    if (collect->new_york == NULL ||
            (source != NULL &&
                    (!turn_bury(store, source->ops, err) ||
                            !turn_free_ms(store, source->ops, &collect->free_ms,
                                    err)))) {
        collect_close(collect);
        return NULL;
    }
    return collect;
}

void collect_close(struct collect *collect)
{
    if (collect == NULL)
        return;
    request_cancel(collect->request);
    if (collect->source != NULL) /* also of an answer that nobody kept yet */
        turn_release(collect->store, collect->source->ops, &collect->turn);
    reading_finish(&collect->reading);
    civil_zone_close(collect->new_york);
    arena_finish(&collect->arena);
    free(collect);
}

/* --- when to look --- */

static int64_t jitter(struct collect *collect, int64_t up_to_ms)
{
    return (int64_t)collect->chance->below(collect->chance->state,
            (uint64_t)up_to_ms + 1);
}

/* Around the wait: from five sixths of it to seven sixths. */
static int64_t about(struct collect *collect, int64_t wait_ms)
{
    return wait_ms - wait_ms / 6 + jitter(collect, wait_ms / 3);
}

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* How long until the next look at a day whose announcement may yet come. */
static int64_t poll_wait(const struct reading_time *time)
{
    if (time->over)
        return weekend_look_ms;
    return announcement_is_holiday(time->day) ? holiday_look_ms : poll_ms;
}

/* From 20:00 on: seldom, and not at all if that evening's announcement is there
 * or none is to be made. */
static int64_t evening_look(struct collect *collect,
        const struct reading_time *time, bool next_announced,
        int64_t checked_ms, int64_t midnight_ms)
{
    if (next_announced || announcement_is_holiday(time->next))
        return midnight_ms;
    return earliest(checked_ms + about(collect, evening_look_ms), midnight_ms);
}

/* The next look at a category that was looked at last at checked_ms. */
static int64_t next_look(struct collect *collect, bool announced,
        bool next_announced, int64_t checked_ms)
{
    struct reading_time time = reading_time_at(collect->new_york, checked_ms);
    int64_t midnight_ms = announcement_next_ms(collect->new_york, time.day) +
            jitter(collect, first_jitter_ms);

    if (civil_date_is_set(time.next))
        return evening_look(collect, &time, next_announced, checked_ms,
                midnight_ms);
    int64_t eve_ms = announcement_eve_ms(collect->new_york, time.day) +
            jitter(collect, first_jitter_ms);
    int64_t ms = checked_ms +
            about(collect, announced ? late_look_ms : poll_wait(&time));
    if (announced && !announcement_is_today(collect->new_york, ms))
        return eve_ms;
    return earliest(ms, eve_ms);
}

static const struct batch *find_batch(const struct batch_list *batches,
        struct civil_date date)
{
    for (size_t i = 0; i < batches->count; i++)
        if (civil_date_compare(batches->items[i].date, date) == 0)
            return &batches->items[i];
    return NULL;
}

static bool is_announced(const struct batch *batch)
{
    return batch != NULL && batch->state == BATCH_ANNOUNCED;
}

/* After a start: when to look follows from what was recorded last. */
static int64_t assessed_look(struct collect *collect,
        const struct batch_list *batches, int64_t now_ms)
{
    struct reading_time time = reading_time_at(collect->new_york, now_ms);
    const struct batch *batch = find_batch(batches, time.day);

    /* A clock that was ahead took another day's feed for this day's, perhaps. */
    if (batch == NULL || batch->checked_ms > now_ms)
        return now_ms;
    return next_look(collect, is_announced(batch),
            is_announced(find_batch(batches, announcement_day_after(time.day))),
            batch->checked_ms);
}

static void assess(struct collect *collect, struct look *look, int64_t now_ms)
{
    struct arena arena = {0};
    struct error err = {0};
    struct batch_list batches;

    look->assessed = store_batch_list(collect->store, look->category,
            BATCHES_LOOKED_AT, &arena, &batches, &err);
    if (look->assessed) {
        look->next_ms = assessed_look(collect, &batches, now_ms);
    } else {
        look->next_ms = now_ms + store_trouble_ms;
        log_error("batches cannot be read",
                log_text("category", look->category),
                log_text("why", err.text));
    }
    arena_finish(&arena);
}

/* --- reading a feed and what follows from it --- */

static void feed_read(void *cookie, const struct source_answer *answer,
        const struct error *err)
{
    struct collect *collect = cookie;

    collect->request = NULL;
    collect->read = true;
    reading_end(&collect->reading, answer, err);
}

/* Unless it is somebody else's turn: then free_ms says when to try again. */
static bool begin_reading(struct collect *collect, struct look *look,
        int64_t now_ms, struct error *err)
{
    const struct source_ops *ops = collect->source->ops;
    struct reading *reading = &collect->reading;
    struct source_query query = {.category = look->category,
            .not_before_ms = now_ms};

    collect->current = (size_t)(look - collect->looks);
    reading_begin(reading, ops, look->category, collect->new_york, now_ms);
    if (!reading_validator(reading, collect->store, &query.validator, err) ||
            !turn_claim(collect->store, ops, TURN_FOR_JOB, now_ms,
                    &collect->turn, err))
        return false;
    collect->free_ms = collect->turn.free_ms;
    if (!collect->turn.claimed)
        return true;
    struct source_sink sink = reading_sink(reading);
    collect->request =
            ops->fetch(collect->source, &query, &sink, feed_read, collect);
    return true;
}

static void add_counts(struct intake_counts *sum,
        const struct intake_counts *counts)
{
    sum->added += counts->added;
    sum->updated += counts->updated;
    sum->unchanged += counts->unchanged;
    sum->rejected += counts->rejected;
    sum->unseen += counts->unseen;
}

/* The next look after a failure, and whether the source may be asked at all
 * until then: a wait is the server's, not the category's. */
static void put_off(struct collect *collect, struct look *look,
        const struct error *err, int64_t now_ms)
{
    int64_t server_ms = err->retry_after_ms < TURN_PATIENCE_MS
            ? err->retry_after_ms
            : TURN_PATIENCE_MS;
    int64_t wait_ms = refused_look_ms;

    snprintf(look->failure, sizeof look->failure, "%s", err->text);
    if (err->kind != ERROR_STOP)
        retry_after_failure(&look->retry, server_ms, collect->chance, &wait_ms);
    look->next_ms = now_ms + wait_ms;
    if (server_ms > 0)
        collect->free_ms = latest(collect->free_ms, now_ms + server_ms);
}

static void feed_failed(struct collect *collect, struct look *look,
        const struct error *err, int64_t now_ms)
{
    if (err->kind == ERROR_STOP)
        log_error("a feed refuses us", log_text("category", look->category),
                log_text("why", err->text));
    else
        log_warning("a feed could not be read",
                log_text("category", look->category),
                log_text("why", err->text));
    put_off(collect, look, err, now_ms);
}

/* Not the feed's fault: it is read again as soon as the store may be well. */
static void store_failed(struct collect *collect, struct look *look,
        struct error *err, int64_t now_ms)
{
    log_error("a feed cannot be stored", log_text("category", look->category),
            log_text("why", err->text));
    err->kind = ERROR_RETRY;
    put_off(collect, look, err, now_ms);
}

static void after_success(struct collect *collect, struct look *look,
        const struct reading_result *result, int64_t now_ms)
{
    char day[CIVIL_DATE_SIZE];

    look->failure[0] = '\0';
    retry_after_success(&look->retry);
    look->next_ms = next_look(collect, result->state == BATCH_ANNOUNCED,
            result->next_announced, now_ms);
    if (result->counts.unseen == 0)
        return;
    civil_date_format(result->filed, day);
    log_info("announcement taken in", log_text("category", look->category),
            log_text("date", day), log_number("papers", collect->reading.count),
            log_number("unseen", result->counts.unseen));
}

static void store_reading(struct collect *collect, int64_t now_ms)
{
    struct reading *reading = &collect->reading;
    struct look *look = &collect->looks[collect->current];
    struct reading_result result;
    struct error err = {0};

    collect->read = false;
    look->looked = true;
    collect->free_ms = latest(collect->free_ms,
            reading->answer.asked_ms + collect->source->ops->gap_ms);
    if (!reading_store(reading, collect->store, now_ms, &result, &err)) {
        turn_release(collect->store, collect->source->ops, &collect->turn);
        store_failed(collect, look, &err, now_ms);
    } else {
        collect->turn.held = false;
        add_counts(&collect->counts, &result.counts);
        if (reading->failure.kind != ERROR_NONE)
            feed_failed(collect, look, &reading->failure, now_ms);
        else
            after_success(collect, look, &result, now_ms);
    }
    reading_finish(reading);
    if (look->dropped)
        drop_looks(collect);
}

/* --- stepping --- */

static int64_t look_due_ms(const struct collect *collect,
        const struct look *look)
{
    return look->assessed ? latest(look->next_ms, collect->free_ms)
                          : look->next_ms;
}

int64_t collect_next_due_ms(const struct collect *collect)
{
    int64_t next_ms = INT64_MAX;

    if (collect->source == NULL)
        return INT64_MAX;
    if (collect->read)
        return 0;
    if (collect->request != NULL)
        return INT64_MAX;
    for (size_t i = 0; i < collect->count; i++) {
        int64_t due_ms = look_due_ms(collect, &collect->looks[i]);
        if (due_ms < next_ms)
            next_ms = due_ms;
    }
    return next_ms;
}

/* The category that has waited longest; NULL if none is due. */
static struct look *due_look(struct collect *collect, int64_t now_ms)
{
    struct look *best = NULL;

    for (size_t i = 0; i < collect->count; i++) {
        struct look *look = &collect->looks[i];
        if (look_due_ms(collect, look) > now_ms)
            continue;
        if (best == NULL || look->next_ms < best->next_ms)
            best = look;
    }
    return best;
}

/* What a clock that was ahead has left behind. */
static void forget_far_future(struct collect *collect, int64_t now_ms)
{
    if (collect->free_ms > now_ms + TURN_PATIENCE_MS)
        collect->free_ms = now_ms + collect->source->ops->gap_ms;
    for (size_t i = 0; i < collect->count; i++)
        if (collect->looks[i].next_ms > now_ms + longest_wait_ms) {
            collect->looks[i].assessed = false;
            collect->looks[i].next_ms = now_ms;
        }
}

void collect_step(struct collect *collect, int64_t now_ms)
{
    struct error err = {0};

    if (collect->source == NULL)
        return;
    if (collect->read)
        store_reading(collect, now_ms);
    if (!collect_busy(collect))
        turn_release(collect->store, collect->source->ops, &collect->turn);
    forget_far_future(collect, now_ms);
    for (size_t i = 0; i < collect->count; i++)
        if (!collect->looks[i].assessed && collect->looks[i].next_ms <= now_ms)
            assess(collect, &collect->looks[i], now_ms);
    if (collect->request != NULL)
        return;
    struct look *look = due_look(collect, now_ms);
    if (look == NULL || begin_reading(collect, look, now_ms, &err))
        return;
    look->looked = true;
    store_failed(collect, look, &err, now_ms);
}

void collect_put_back(struct collect *collect, int64_t by_ms)
{
    collect->free_ms -= by_ms;
    if (collect->source != NULL)
        turn_put_back(collect->store, collect->source->ops, by_ms);
    for (size_t i = 0; i < collect->count; i++) {
        collect->looks[i].assessed = false;
        collect->looks[i].next_ms = 0;
    }
}

bool collect_busy(const struct collect *collect)
{
    return collect->request != NULL || collect->read;
}

bool collect_behind(const struct collect *collect, int64_t now_ms)
{
    if (collect->source == NULL)
        return false;
    for (size_t i = 0; i < collect->count; i++)
        if (collect->looks[i].next_ms <= now_ms ||
                collect->looks[i].failure[0] != '\0')
            return true;
    return collect_busy(collect);
}

void collect_all_now(struct collect *collect, int64_t now_ms)
{
    for (size_t i = 0; i < collect->count; i++) {
        collect->looks[i].assessed = true;
        collect->looks[i].next_ms = now_ms;
        collect->looks[i].looked = false;
    }
}

bool collect_finished(const struct collect *collect)
{
    for (size_t i = 0; i < collect->count && collect->source != NULL; i++)
        if (!collect->looks[i].looked)
            return false;
    return true;
}

struct intake_counts collect_counts(const struct collect *collect)
{
    return collect->counts;
}

const char *collect_failure(const struct collect *collect, size_t category)
{
    return collect->looks[category].failure;
}
