#include "bot/reading.h"

#include "bot/base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    BATCHES_LOOKED_AT = 8, /* more than ever are newer than the day's */
    NUMBER_SIZE = 24,
};

void reading_begin(struct reading *reading, const struct source_ops *ops,
        const char *category, struct civil_date day)
{
    arena_finish(&reading->arena);
    *reading = (struct reading){.ops = ops, .category = category, .day = day};
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

static char *key_of(struct arena *arena, const char *what,
        const struct source_ops *ops)
{
    return arena_format(arena, "%s/%s", what, ops->kind);
}

static bool get_ms(struct store *store, const char *key, struct arena *arena,
        int64_t *ms, struct error *err)
{
    char *value;

    if (!store_value_get(store, key, arena, &value, err))
        return false;
    *ms = value == NULL ? 0 : strtoll(value, NULL, 10);
    return true;
}

static bool put_ms(struct store *store, const char *key, int64_t ms,
        struct error *err)
{
    char number[NUMBER_SIZE];

    snprintf(number, sizeof number, "%" PRId64, ms);
    return store_value_put(store, key, number, err);
}

bool reading_free_ms(struct store *store, const struct source_ops *ops,
        int64_t *free_ms, struct error *err)
{
    struct arena arena = {0};
    int64_t asked_ms, hold_ms;
    bool ok = get_ms(store, key_of(&arena, "asked", ops), &arena, &asked_ms,
                      err) &&
            get_ms(store, key_of(&arena, "hold", ops), &arena, &hold_ms, err);

    if (ok) {
        *free_ms = asked_ms == 0 ? 0 : asked_ms + ops->gap_ms;
        if (hold_ms > *free_ms)
            *free_ms = hold_ms;
    }
    arena_finish(&arena);
    return ok;
}

bool reading_asked(struct store *store, const struct source_ops *ops,
        int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    bool ok = put_ms(store, key_of(&arena, "asked", ops), now_ms, err);

    arena_finish(&arena);
    return ok;
}

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

/* --- storing --- */

struct keeping {
    const struct reading *reading;
    int64_t now_ms;
    struct reading_result result;
};

static bool keep_papers(struct store *store, struct keeping *keeping,
        struct error *err)
{
    const struct reading *reading = keeping->reading;
    struct intake intake = {.store = store,
            .now_ms = keeping->now_ms,
            .category = reading->category,
            .date = reading->day};
    struct source_sink sink = intake_sink(&intake);

    for (size_t i = 0; i < reading->count; i++)
        sink.record(sink.ctx, &reading->records[i]);
    intake.counts.rejected += reading->rejected;
    keeping->result = (struct reading_result){.counts = intake.counts};
    if (intake.failure.kind == ERROR_NONE)
        return true;
    if (err != NULL)
        *err = intake.failure;
    return false;
}

static bool find_batch(struct store *store, struct arena *arena,
        struct batch *batch, struct error *err)
{
    struct batch_list list;

    if (!store_batch_list(store, batch->category, BATCHES_LOOKED_AT, arena,
                &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (civil_date_compare(list.items[i].date, batch->date) == 0) {
            *batch = list.items[i];
            return true;
        }
    return true;
}

static bool keep_batch(struct store *store, struct keeping *keeping,
        struct arena *arena, struct error *err)
{
    const struct reading *reading = keeping->reading;
    struct batch batch = {.category = reading->category,
            .date = reading->day,
            .state = BATCH_NOT_YET,
            .complaint = ""};
    bool whole = reading->failure.kind == ERROR_NONE;
    bool more = keeping->result.counts.unseen > 0;

    if (!find_batch(store, arena, &batch, err))
        return false;
    keeping->result.announced =
            batch.state == BATCH_ANNOUNCED || (whole && more);
    if (keeping->result.announced && more)
        return intake_complete_batch(store, reading->category, reading->day,
                keeping->now_ms, err);
    batch.checked_ms = keeping->now_ms;
    if (batch.state != BATCH_ANNOUNCED) {
        batch.state = whole ? BATCH_NOT_YET : BATCH_FAILED;
        batch.complaint = reading->failure.text;
    }
    return store_batch_put(store, &batch, err);
}

static bool keep_pace(struct store *store, const struct keeping *keeping,
        struct arena *arena, struct error *err)
{
    const struct reading *reading = keeping->reading;
    int64_t asked_ms = reading->answer.asked_ms;
    int64_t wait_ms = reading->failure.retry_after_ms;

    if (wait_ms > READING_PATIENCE_MS)
        wait_ms = READING_PATIENCE_MS;
    if (asked_ms > 0 &&
            !put_ms(store, key_of(arena, "asked", reading->ops), asked_ms, err))
        return false;
    return wait_ms <= 0 ||
            put_ms(store, key_of(arena, "hold", reading->ops),
                    keeping->now_ms + wait_ms, err);
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
    bool ok = keep_papers(store, keeping, err) &&
            keep_batch(store, keeping, &arena, err) &&
            keep_pace(store, keeping, &arena, err) &&
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
