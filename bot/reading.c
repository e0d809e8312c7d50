#include "bot/reading.h"

#include "bot/announcement.h"
#include "bot/base/log.h"
#include "bot/judge.h"
#include "bot/turn.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    BATCHES_LOOKED_AT = 8, /* more than ever are newer than the day's */
    NUMBER_SIZE = 24,
};

struct reading_time reading_time_at(const struct civil_zone *new_york,
        int64_t now_ms)
{
    struct reading_time time = {.day = announcement_day(new_york, now_ms),
            .over = !announcement_is_today(new_york, now_ms)};

    if (now_ms >= announcement_eve_ms(new_york, time.day))
        time.next = announcement_day_after(time.day);
    return time;
}

void reading_begin(struct reading *reading, const struct source_ops *ops,
        const char *category, const struct civil_zone *new_york, int64_t now_ms)
{
    arena_finish(&reading->arena);
    *reading = (struct reading){.ops = ops,
            .category = category,
            .time = reading_time_at(new_york, now_ms),
            .new_york = new_york};
}

void reading_finish(struct reading *reading)
{
    arena_finish(&reading->arena);
    *reading = (struct reading){0};
}

static void gather_record(void *ctx, const struct source_record *record)
{
    struct reading *reading = ctx;
    struct arena *arena = &reading->arena;

    reading->records = arena_grow(arena, reading->records, reading->count,
            &reading->capacity, sizeof *reading->records);
    reading->records[reading->count++] = source_record_copy(arena, record);
}

static void gather_complaint(void *ctx,
        const struct source_complaint *complaint)
{
    struct reading *reading = ctx;

    reading->rejected++;
    log_warning("an entry of a feed is broken",
            log_text("category", reading->category),
            log_text("where", complaint->where),
            log_text("field", complaint->field),
            log_text("wrong", complaint->wrong));
}

struct source_sink reading_sink(struct reading *reading)
{
    return (struct source_sink){.record = gather_record,
            .complaint = gather_complaint,
            .ctx = reading};
}

void reading_end(struct reading *reading, const struct source_answer *answer,
        const struct error *err)
{
    reading->answer = *answer;
    reading->answer.validator =
            arena_string(&reading->arena, answer->validator);
    if (err != NULL)
        reading->failure = *err;
    else if (!answer->unchanged && !answer->complete)
        error_set(&reading->failure, ERROR_RETRY,
                "%s: the feed broke off before its end", reading->category);
    else if (reading->count == 0 && reading->rejected > 0)
        error_set(&reading->failure, ERROR_INPUT,
                "%s: none of the feed's %zu entries is as it should be",
                reading->category, reading->rejected);
}

/* --- what the store keeps of a source --- */

static char *validator_key(const struct reading *reading, struct arena *arena)
{
    return arena_format(arena, "validator/%s/%s", reading->ops->kind,
            reading->category);
}

bool reading_validator(struct reading *reading, struct store *store,
        const char **validator, struct error *err)
{
    char *value;

    if (!store_value_get(store, validator_key(reading, &reading->arena),
                &reading->arena, &value, err))
        return false;
    *validator = value == NULL ? "" : value;
    return true;
}

/* --- what is known of the category --- */

struct keeping {
    const struct reading *reading;
    int64_t now_ms;
    struct arena *arena; /* of this run of the step */
    struct batch_list batches;
    struct judge_verdict verdict;
    struct reading_result result;
};

static bool is_whole(const struct keeping *keeping)
{
    return keeping->reading->failure.kind == ERROR_NONE;
}

static const struct batch *find_batch(const struct batch_list *list,
        struct civil_date date)
{
    for (size_t i = 0; i < list->count; i++)
        if (civil_date_compare(list->items[i].date, date) == 0)
            return &list->items[i];
    return NULL;
}

static const struct batch *newest_before(const struct batch_list *list,
        struct civil_date date)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].state == BATCH_ANNOUNCED &&
                civil_date_compare(list->items[i].date, date) < 0)
            return &list->items[i];
    return NULL;
}

struct shown {
    size_t count, unseen;
};

/* How many papers the feed showed of each class, and how many are unseen. */
static bool count_shown(struct store *store, const struct reading *reading,
        struct shown *news, struct shown *replaced, struct error *err)
{
    for (size_t i = 0; i < reading->count; i++) {
        const struct source_record *record = &reading->records[i];
        struct shown *shown = announce_type_is_replacement(record->announce)
                ? replaced
                : news;
        bool seen;
        if (!intake_seen(store, reading->category, record, &seen, err))
            return false;
        shown->count++;
        shown->unseen += !seen;
    }
    return true;
}

/* --- days that are over --- */

/* Whether something is filed there that no complete batch holds. */
static bool holds_unseen(struct store *store, const struct keeping *keeping,
        const struct batch *batch, bool *unseen, struct error *err)
{
    struct batch_paper_list papers;

    *unseen = false;
    if (!store_batch_papers(store, batch->category, batch->date, keeping->arena,
                &papers, err))
        return false;
    for (size_t i = 0; i < papers.count && !*unseen; i++) {
        bool seen;
        if (!store_batch_seen(store, batch->category, papers.items[i].paper_id,
                    papers.items[i].announce, &seen, err))
            return false;
        *unseen = !seen;
    }
    return true;
}

/*
 * What could be read of a feed that was never read to its end is all that will
 * come of it once the feed is well again: so it counts as announced, or its
 * papers would be lost.  Of a day whose feed failed and gave nothing, nothing is
 * known.
 */
static bool settle_day(struct store *store, const struct keeping *keeping,
        struct batch batch, struct error *err)
{
    bool unseen;

    if (!holds_unseen(store, keeping, &batch, &unseen, err))
        return false;
    if (unseen)
        return !is_whole(keeping) ||
                intake_complete_batch(store, batch.category, batch.date,
                        keeping->now_ms, err);
    if (batch.state == BATCH_FAILED)
        return true;
    batch.state = BATCH_NONE;
    batch.complaint = "";
    return store_batch_put(store, &batch, err);
}

static bool list_batches(struct store *store, struct keeping *keeping,
        struct error *err)
{
    return store_batch_list(store, keeping->reading->category,
            BATCHES_LOOKED_AT, keeping->arena, &keeping->batches, err);
}

static bool is_open(const struct batch *batch, struct civil_date today)
{
    return civil_date_compare(batch->date, today) < 0 &&
            batch->state != BATCH_ANNOUNCED && batch->state != BATCH_NONE;
}

/* And leaves the batches as they are then. */
static bool settle_days(struct store *store, struct keeping *keeping,
        struct error *err)
{
    bool settled = false;

    if (!list_batches(store, keeping, err))
        return false;
    for (size_t i = 0; i < keeping->batches.count; i++) {
        const struct batch *batch = &keeping->batches.items[i];
        if (!is_open(batch, keeping->reading->time.day))
            continue;
        settled = true;
        if (!settle_day(store, keeping, *batch, err))
            return false;
    }
    return !settled || list_batches(store, keeping, err);
}

/* --- the verdict --- */

/* The verdict on the reading, before anything of it is stored. */
static bool judge_reading(struct store *store, struct keeping *keeping,
        struct error *err)
{
    const struct reading *reading = keeping->reading;
    const struct reading_time *time = &reading->time;
    int64_t built_ms = reading->answer.summary.built_ms;
    struct shown news = {0}, replaced = {0};

    if (!count_shown(store, reading, &news, &replaced, err))
        return false;
    const struct shown *telling = news.count > 0 ? &news : &replaced;
    const struct judge_known known = {
            .day = find_batch(&keeping->batches, time->day),
            .older = newest_before(&keeping->batches, time->day),
    };
    const struct judge_look look = {
            .day = time->day,
            .next = time->next,
            .over = time->over,
            .holiday = announcement_is_holiday(time->day),
            .built = built_ms == 0
                    ? (struct civil_date){0}
                    : civil_from_ms(reading->new_york, built_ms).date,
            .whole = is_whole(keeping),
            .unchanged = reading->answer.unchanged,
            .shown = telling->count,
            .unseen = telling->unseen,
            .now_ms = keeping->now_ms,
    };
    keeping->verdict = judge(&look, &known);
    return true;
}

/* --- storing --- */

static bool keep_papers(struct store *store, struct keeping *keeping,
        struct error *err)
{
    const struct reading *reading = keeping->reading;
    struct intake intake = {.store = store,
            .now_ms = keeping->now_ms,
            .category = reading->category,
            .date = keeping->verdict.filed};
    struct source_sink sink = intake_sink(&intake);

    for (size_t i = 0; i < reading->count; i++)
        sink.record(sink.ctx, &reading->records[i]);
    intake.counts.rejected += reading->rejected;
    keeping->result = (struct reading_result){.counts = intake.counts,
            .filed = keeping->verdict.filed,
            .state = keeping->verdict.state};
    if (intake.failure.kind == ERROR_NONE)
        return true;
    if (err != NULL)
        *err = intake.failure;
    return false;
}

static const char *complaint_of(const struct keeping *keeping)
{
    char day[CIVIL_DATE_SIZE];

    if (keeping->verdict.state == BATCH_FAILED)
        return keeping->reading->failure.text;
    if (keeping->verdict.state != BATCH_STALE)
        return "";
    civil_date_format(keeping->verdict.stale_of, day);
    return arena_format(keeping->arena,
            "the feed shows the announcement of %s as today's", day);
}

/* The day's batch as it was looked at, without papers that join it. */
static bool keep_day(struct store *store, const struct keeping *keeping,
        struct error *err)
{
    const struct reading *reading = keeping->reading;
    struct civil_date day = reading->time.day;
    const struct batch *known = find_batch(&keeping->batches, day);
    struct batch batch = {.category = reading->category, .date = day};

    if (known != NULL)
        batch = *known;
    batch.checked_ms = keeping->now_ms;
    if (batch.state != BATCH_ANNOUNCED) {
        /* Announced by papers that the store refused: by none. */
        batch.state = keeping->verdict.state == BATCH_ANNOUNCED
                ? BATCH_NOT_YET
                : keeping->verdict.state;
        batch.complaint = complaint_of(keeping);
    }
    return store_batch_put(store, &batch, err);
}

static bool next_is_announced(const struct keeping *keeping,
        struct civil_date joined)
{
    struct civil_date next = keeping->reading->time.next;
    const struct batch *known = find_batch(&keeping->batches, next);

    return civil_date_is_set(next) &&
            (civil_date_compare(joined, next) == 0 ||
                    (known != NULL && known->state == BATCH_ANNOUNCED));
}

/* The batch that papers joined, and the day's if that is another. */
static bool keep_batches(struct store *store, struct keeping *keeping,
        struct error *err)
{
    const struct reading *reading = keeping->reading;
    struct civil_date filed = keeping->verdict.filed;
    bool joined = keeping->result.counts.unseen > 0 && is_whole(keeping);
    bool same = civil_date_compare(filed, reading->time.day) == 0;

    if (joined &&
            !intake_complete_batch(store, reading->category, filed,
                    keeping->now_ms, err))
        return false;
    keeping->result.next_announced =
            next_is_announced(keeping, joined ? filed : reading->time.day);
    return (joined && same) || keep_day(store, keeping, err);
}

/* In the same transaction as the batch it belongs to: or else a crash between
 * would make the server say "unchanged" of papers that we never kept. */
static bool keep_validator(struct store *store, const struct keeping *keeping,
        struct arena *arena, struct error *err)
{
    const struct reading *reading = keeping->reading;

    if (reading->failure.kind != ERROR_NONE || reading->answer.unchanged)
        return true;
    return store_value_put(store, validator_key(reading, arena),
            reading->answer.validator, err);
}

static bool keep_reading(struct store *store, void *ctx, struct error *err)
{
    struct keeping *keeping = ctx;
    struct arena arena = {0};
    keeping->arena = &arena;
    bool ok = settle_days(store, keeping, err) &&
            judge_reading(store, keeping, err) &&
            keep_papers(store, keeping, err) &&
            keep_batches(store, keeping, err) &&
            turn_keep(store, keeping->reading->ops,
                    keeping->reading->answer.asked_ms,
                    keeping->reading->failure.retry_after_ms, keeping->now_ms,
                    err) &&
            keep_validator(store, keeping, &arena, err);

    arena_finish(&arena);
    return ok;
}

bool reading_store(const struct reading *reading, struct store *store,
        int64_t now_ms, struct reading_result *result, struct error *err)
{
    struct keeping keeping = {.reading = reading, .now_ms = now_ms};

    if (!store_transact(store, keep_reading, &keeping, err))
        return error_wrap(err, "what the feed of %s held could not be stored",
                reading->category);
    *result = keeping.result;
    return true;
}
