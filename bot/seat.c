#include "bot/seat.h"

#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/occasion_due.h"
#include "bot/planning/plan.h"
#include "bot/planning/plan_day.h"
#include "bot/planning/plan_draft.h"

#include <limits.h>

/* A step that comes this late after the hour is late, even without catch_up. */
static const int64_t late_ms = INT64_C(60) * 1000;
/* How long a late digest waits for the collector to have its first look. */
static const int64_t collect_first_ms = INT64_C(2) * 60 * 1000;

static const struct retry_policy plan_policy = {.first_ms = 5000,
        .longest_ms = INT64_C(10) * 60 * 1000,
        .patience_ms = 0,
        .attempts_max = UINT_MAX};

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* --- taking a seat --- */

/* Whatever was under way for the occasion before is over. */
static bool begin(struct seat *seat, struct store *store, int64_t after_ms,
        int64_t now_ms, struct error *err)
{
    struct occasion_due found = {0};

    civil_zone_close(seat->zone);
    seat->zone = NULL;
    seat->waits = seat->awaits = false;
    seat->draft = (struct seat_draft){0};
    seat->noticed_ms = seat->retry_ms = 0;
    retry_init(&seat->retry, &plan_policy);
    if (seat->channel->schedule.minute_of_day < 0)
        return true;
    seat->zone = civil_zone_open(seat->channel->schedule.timezone, err);
    if (seat->zone == NULL ||
            !occasion_due_find(store, seat->channel, seat->zone, after_ms,
                    now_ms, &found, err))
        return false;
    seat->waits = found.waits;
    seat->due = found.due;
    return true;
}

bool seat_open(struct seat *seat, const struct seat_tools *tools,
        const struct channel *channel, const struct account *account,
        int64_t now_ms, struct error *err)
{
    *seat = (struct seat){.channel = channel, .account = account};
    return begin(seat, tools->store, 0, now_ms, err);
}

void seat_close(struct seat *seat)
{
    civil_zone_close(seat->zone);
    seat->zone = NULL;
}

static bool same_hours(const struct schedule *a, const struct schedule *b)
{
    bool off = a->minute_of_day < 0 && b->minute_of_day < 0;

    return off ||
            (a->minute_of_day == b->minute_of_day &&
                    a->weekdays == b->weekdays &&
                    text_same(a->timezone, b->timezone));
}

bool seat_serve(struct seat *seat, const struct seat_tools *tools,
        const struct channel *channel, const struct account *account,
        int64_t now_ms, struct error *err)
{
    bool same = same_hours(&seat->channel->schedule, &channel->schedule);

    seat->channel = channel;
    seat->account = account;
    return same || begin(seat, tools->store, now_ms, now_ms, err);
}

void seat_put_back(struct seat *seat)
{
    seat->draft = (struct seat_draft){0};
    seat->noticed_ms = 0;
    seat->retry_ms = 0;
}

/* --- due digests --- */

static void next_occasion(struct seat *seat)
{
    seat->waits = schedule_after_date(&seat->channel->schedule, seat->zone,
            seat->due.date, &seat->due);
    seat->draft = (struct seat_draft){0};
    seat->noticed_ms = 0;
    seat->awaits = false;
    seat->retry_ms = 0;
    retry_after_success(&seat->retry);
}

static void plan_failed(const struct seat_tools *tools, struct seat *seat,
        const struct error *err, int64_t now_ms)
{
    int64_t wait_ms;

    if (err->kind == ERROR_REJECTED) { /* it has its outcome already */
        next_occasion(seat);
        return;
    }
    retry_after_failure(&seat->retry, 0, tools->chance, &wait_ms);
    seat->retry_ms = now_ms + wait_ms;
    log_error("digest could not be planned, will be tried again",
            log_text("channel", seat->channel->label),
            log_text("why", err->text), log_number("wait_ms", wait_ms));
}

static void miss(const struct seat_tools *tools, struct seat *seat,
        int64_t now_ms)
{
    char date[CIVIL_DATE_SIZE];
    struct error err = {0};

    if (!plan_missed(tools->store, seat->channel, &seat->due, now_ms, &err)) {
        plan_failed(tools, seat, &err, now_ms);
        return;
    }
    civil_date_format(seat->due.date, date);
    log_warning("digest missed", log_text("channel", seat->channel->label),
            log_text("date", date));
    next_occasion(seat);
}

static void planned(const struct seat_tools *tools, struct seat *seat,
        const struct plan_job *job, int64_t now_ms)
{
    char date[CIVIL_DATE_SIZE];

    if (!job->planned) {
        plan_failed(tools, seat, &job->err, now_ms);
        return;
    }
    civil_date_format(seat->due.date, date);
    log_info("digest planned", log_text("channel", seat->channel->label),
            log_text("date", date),
            log_text("outcome", occasion_outcome_name(job->result.outcome)),
            log_number("papers", job->result.papers),
            log_number("candidates", job->result.candidates),
            log_number("parts", job->result.parts));
    next_occasion(seat);
}

void seat_plan(const struct seat_tools *tools, struct seat *const *seats,
        size_t count, int64_t now_ms)
{
    struct arena arena = {0};
    struct plan_job *jobs = arena_array(&arena, struct plan_job, count);

    for (size_t i = 0; i < count; i++)
        jobs[i] = (struct plan_job){.account = seats[i]->account,
                .channel = seats[i]->channel,
                .due = seats[i]->due};
    plan_digests(tools->store, jobs, count, now_ms);
    for (size_t i = 0; i < count; i++)
        planned(tools, seats[i], &jobs[i], now_ms);
    arena_finish(&arena);
}

/* What was announced meanwhile is over when the channel goes on. */
static void pass_over(const struct seat_tools *tools, struct seat *seat,
        int64_t now_ms)
{
    char date[CIVIL_DATE_SIZE];
    struct error err = {0};

    if (!plan_paused(tools->store, seat->channel, &seat->due, now_ms, &err)) {
        plan_failed(tools, seat, &err, now_ms);
        return;
    }
    civil_date_format(seat->due.date, date);
    log_info("digest passed over: the channel is paused",
            log_text("channel", seat->channel->label), log_text("date", date));
    next_occasion(seat);
}

/* Another due time has come since: this one was slept over. */
static bool is_overtaken(const struct seat *seat, int64_t now_ms)
{
    struct due next;

    return schedule_after_date(&seat->channel->schedule, seat->zone,
                   seat->due.date, &next) &&
            next.ms <= now_ms;
}

/* After a start or a sleep over the hour, the collector looks first: what it
 * finds belongs to this digest. */
static bool waits_for_collect(const struct seat_tools *tools,
        const struct seat *seat, int64_t now_ms)
{
    return seat->noticed_ms - seat->due.ms > late_ms &&
            now_ms < seat->noticed_ms + collect_first_ms &&
            collect_behind(tools->collect, now_ms);
}

/* Until when a fresh channel waits; its own hour otherwise. */
static int64_t patient_until_ms(const struct seat *seat)
{
    return seat->channel->when == WHEN_FRESH
            ? seat->due.ms + seat->channel->wait_for_batch_ms
            : seat->due.ms;
}

/* What curators made of the digest has nothing to wait for. */
static bool is_in_hand(const struct seat_tools *tools, const struct seat *seat)
{
    struct arena arena = {0};
    bool touched = false;
    bool known = plan_draft_is_touched(tools->store, seat->channel,
            occasion_digest_key(&arena, seat->due.date), &touched, NULL);

    arena_finish(&arena);
    return known && touched;
}

/* A store that cannot say leaves it to the planning to fail. */
static bool awaits_batch(const struct seat_tools *tools,
        const struct seat *seat, int64_t now_ms)
{
    bool awaited = false;

    return now_ms < patient_until_ms(seat) &&
            plan_day_awaited(tools->store, seat->channel, &seat->due, &awaited,
                    NULL) &&
            awaited && !is_in_hand(tools, seat);
}

static bool is_too_late(const struct seat *seat, int64_t now_ms)
{
    return now_ms > seat->due.ms + seat->channel->catch_up_ms &&
            now_ms > patient_until_ms(seat) + late_ms;
}

bool seat_step(const struct seat_tools *tools, struct seat *seat,
        int64_t now_ms)
{
    /* A clock that was ahead must not make us wait for it. */
    if (seat->retry_ms - now_ms > plan_policy.longest_ms)
        seat->retry_ms = now_ms;
    if (seat->waits && seat_draft_is_wanted(seat->channel, seat->account))
        seat_draft_step(&seat->draft, tools->store, seat->channel,
                seat->account, &seat->due, now_ms);
    while (seat->waits && seat->due.ms <= now_ms && seat->retry_ms <= now_ms) {
        if (seat->channel->paused) {
            pass_over(tools, seat, now_ms);
            continue;
        }
        if (is_overtaken(seat, now_ms) || is_too_late(seat, now_ms)) {
            miss(tools, seat, now_ms);
            continue;
        }
        if (seat->noticed_ms == 0)
            seat->noticed_ms = now_ms;
        seat->awaits = awaits_batch(tools, seat, now_ms);
        return !seat->awaits && !waits_for_collect(tools, seat, now_ms);
    }
    return false;
}

static int64_t digest_due_ms(const struct seat_tools *tools,
        const struct seat *seat)
{
    if (seat->awaits) /* or when the collector brings it, in the same step */
        return patient_until_ms(seat);
    int64_t due_ms =
            seat->due.ms > seat->retry_ms ? seat->due.ms : seat->retry_ms;
    if (seat->noticed_ms != 0 &&
            waits_for_collect(tools, seat, seat->noticed_ms))
        due_ms = seat->noticed_ms + collect_first_ms;
    return due_ms;
}

int64_t seat_due_ms(const struct seat_tools *tools, const struct seat *seat)
{
    if (!seat->waits)
        return INT64_MAX;
    int64_t due_ms = digest_due_ms(tools, seat);
    if (!seat_draft_is_wanted(seat->channel, seat->account))
        return due_ms;
    return earliest(due_ms,
            seat_draft_due_ms(&seat->draft, seat->channel, &seat->due));
}
