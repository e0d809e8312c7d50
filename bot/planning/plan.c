#include "bot/planning/plan.h"

#include "bot/base/civil_time.h"
#include "bot/digest.h"
#include "bot/planning/plan_day.h"
#include "bot/planning/plan_document.h"
#include "bot/planning/plan_draft.h"
#include "bot/planning/plan_work.h"

enum {
    POSTS_A_DAY_MAX = 1000, /* looked at for the next free number */
    TOGETHER = 256,         /* digests in one transaction: some 30 ms */
};

static bool write_chosen(struct store *store, struct plan_work *planning,
        struct civil_date date, struct error *err)
{
    plan_work_choose(planning);
    return plan_work_write(store, planning, date, err);
}

/* --- a quiet day --- */

/* Once a weekend: on its second day only where the first is none of the
 * channel's. */
static bool is_turn_of_week(const struct plan_work *planning,
        struct civil_date new_york)
{
    enum civil_weekday before =
            civil_date_weekday(civil_date_plus(planning->due->date, -1));

    return civil_date_weekday(new_york) != CIVIL_SUNDAY ||
            (planning->channel->schedule.weekdays & 1U << before) == 0;
}

/* The week's best in place of the day's papers; none is fine. */
static bool write_week(struct store *store, struct plan_work *planning,
        struct error *err)
{
    struct covered_list covered = planning->candidates.covered;
    struct civil_date new_york;

    if (!plan_day_new_york(planning->due, &new_york, err))
        return false;
    if (!is_turn_of_week(planning, new_york))
        return true;
    planning->week = true;
    planning->choice = NULL;
    bool ok = plan_candidates_of_week(store, planning->channel, new_york,
                      planning->arena, &planning->candidates, err) &&
            write_chosen(store, planning, planning->due->date, err);
    planning->candidates.covered = covered;
    return ok;
}

static bool write_line(struct store *store, struct plan_work *planning,
        enum digest_quiet why, struct error *err)
{
    const struct plan_rows rows = plan_work_rows(planning);
    const struct document *document = digest_quiet_line(why,
            planning->due->date, planning->channel->languages, planning->arena);

    planning->result.outcome = OUTCOME_QUIET;
    return plan_rows_add(store, &rows, document, planning->arena,
            &planning->result.parts, err);
}

static bool write_quiet(struct store *store, struct plan_work *planning,
        struct error *err)
{
    const struct channel *channel = planning->channel;
    enum plan_day day;

    if (channel->quiet == QUIET_SILENT)
        return true;
    if (!plan_day_of(store, channel, planning->due, &day, err))
        return false;
    if (channel->quiet == QUIET_BEST &&
            (day == PLAN_DAY_WEEKEND || day == PLAN_DAY_NONE) &&
            !write_week(store, planning, err))
        return false;
    if (planning->result.papers > 0)
        return true;
    switch (day) {
    case PLAN_DAY_NONE:
        return write_line(store, planning, DIGEST_QUIET_NONE, err);
    case PLAN_DAY_LATE:
        return write_line(store, planning, DIGEST_QUIET_LATE, err);
    case PLAN_DAY_FAILED:
        return write_line(store, planning, DIGEST_QUIET_FAILED, err);
    case PLAN_DAY_WEEKEND:
    case PLAN_DAY_ANNOUNCED:
    case PLAN_DAY_UNKNOWN:
        break;
    }
    return true;
}

/* --- a due digest --- */

static bool write_choice(struct store *store, struct plan_work *planning,
        struct error *err)
{
    if (!plan_choice_uncovered(store, planning->channel, planning->memo,
                planning->arena, &planning->choice, err))
        return false;
    planning->candidates = planning->choice->candidates;
    planning->items = planning->choice->items;
    planning->foot = planning->candidates.foot;
    return plan_work_write(store, planning, planning->due->date, err) &&
            (planning->result.papers > 0 || write_quiet(store, planning, err));
}

/* As its curators saw it; with nothing left in it nothing is said. */
static bool write_draft(struct store *store, struct plan_work *planning,
        struct error *err)
{
    const struct draft *draft = planning->draft;

    planning->foot = (struct digest_foot){.date = draft->announced,
            .new_count = draft->new_count,
            .cross_count = draft->cross_count};
    planning->candidates.count = draft->count;
    planning->candidates.covered = draft->covered;
    return plan_items_of_draft(store, draft, planning->arena, &planning->items,
                   err) &&
            plan_work_write(store, planning, planning->due->date, err);
}

static bool digest_in_arena(struct store *store, struct plan_work *planning,
        struct error *err)
{
    planning->key = occasion_digest_key(planning->arena, planning->due->date);
    return plan_draft_for_digest(store, planning->channel, planning->key,
                   planning->arena, &planning->draft, err) &&
            (planning->draft != NULL ? write_draft(store, planning, err)
                                     : write_choice(store, planning, err)) &&
            plan_work_cover(store, planning, err) &&
            plan_draft_end(store, planning->channel, planning->key,
                    planning->arena, err) &&
            plan_work_record(store, planning, err);
}

/* Some of the digests of one hour. */
struct plan_some {
    struct plan_job *jobs;
    size_t count;
    int64_t now_ms;
    struct plan_memo *memo;
};

static bool plan_job(struct store *store, const struct plan_some *some,
        struct plan_job *job, struct error *err)
{
    struct plan_work planning = {.account = job->account,
            .channel = job->channel,
            .due = &job->due,
            .now_ms = some->now_ms,
            .memo = some->memo};

    if (!plan_work_run(store, &planning, digest_in_arena, err))
        return error_wrap(err, "channel %s", job->channel->label);
    job->result = planning.result;
    return true;
}

static bool digests_step(struct store *store, void *ctx, struct error *err)
{
    const struct plan_some *some = ctx;

    if (!plan_memo_renew(store, some->memo, err))
        return false;
    for (size_t i = 0; i < some->count; i++)
        if (!plan_job(store, some, &some->jobs[i], err))
            return false;
    return true;
}

static void plan_some(struct store *store, struct plan_some *some)
{
    struct plan_some one = {.count = 1,
            .now_ms = some->now_ms,
            .memo = some->memo};
    bool all = store_transact(store, digests_step, some, NULL);

    for (size_t i = 0; i < some->count; i++) {
        struct plan_job *job = &some->jobs[i];
        job->err = (struct error){0};
        one.jobs = job;
        job->planned =
                all || store_transact(store, digests_step, &one, &job->err);
    }
}

void plan_digests(struct store *store, struct plan_job *jobs, size_t count,
        int64_t now_ms)
{
    struct arena arena = {0};
    struct plan_memo memo;
    struct plan_some some = {.now_ms = now_ms, .memo = &memo};

    plan_memo_init(&memo, &arena);
    for (size_t i = 0; i < count; i += some.count) {
        some.jobs = &jobs[i];
        some.count = count - i < TOGETHER ? count - i : TOGETHER;
        plan_some(store, &some);
    }
    arena_finish(&arena);
}

bool plan_digest(struct store *store, const struct account *account,
        const struct channel *channel, const struct due *due, int64_t now_ms,
        struct plan_result *result, struct error *err)
{
    struct plan_job job = {.account = account, .channel = channel, .due = *due};

    plan_digests(store, &job, 1, now_ms);
    if (job.planned)
        *result = job.result;
    else if (err != NULL)
        *err = job.err;
    return job.planned;
}

bool plan_missed(struct store *store, const struct channel *channel,
        const struct due *due, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    const struct plan_work planning = {.channel = channel,
            .due = due,
            .now_ms = now_ms,
            .key = occasion_digest_key(&arena, due->date),
            .result = {.outcome = OUTCOME_MISSED}};
    bool ok = plan_work_record(store, &planning, err);

    arena_finish(&arena);
    return ok;
}

static bool paused_in_arena(struct store *store, struct plan_work *planning,
        struct error *err)
{
    planning->key = occasion_digest_key(planning->arena, planning->due->date);
    planning->result.outcome = OUTCOME_SILENT;
    return plan_candidates_uncovered(store, planning->channel, planning->memo,
                   planning->arena, &planning->candidates, err) &&
            plan_work_cover(store, planning, err) &&
            plan_work_record(store, planning, err);
}

static bool paused_step(struct store *store, void *ctx, struct error *err)
{
    return plan_work_run(store, ctx, paused_in_arena, err);
}

bool plan_paused(struct store *store, const struct channel *channel,
        const struct due *due, int64_t now_ms, struct error *err)
{
    struct plan_work planning = {.channel = channel,
            .due = due,
            .now_ms = now_ms};

    return store_transact(store, paused_step, &planning, err) ||
            error_wrap(err, "channel %s", channel->label);
}

/* --- a post by hand --- */

static bool local_date(const struct channel *channel, int64_t now_ms,
        struct civil_date *date, struct error *err)
{
    const char *name = channel->schedule.timezone;
    struct civil_zone *zone =
            civil_zone_open(name == NULL || name[0] == '\0' ? "UTC" : name,
                    err);

    if (zone == NULL)
        return false;
    *date = civil_from_ms(zone, now_ms).date;
    civil_zone_close(zone);
    return true;
}

/* The first "post/DATE/N" that has no outcome yet. */
static bool free_post_key(struct store *store, struct plan_work *planning,
        struct civil_date date, struct error *err)
{
    struct occasion_list occasions;
    char day[CIVIL_DATE_SIZE];

    civil_date_format(date, day);
    if (!store_occasion_list(store, planning->channel->id,
                arena_format(planning->arena, "post/%s/", day), POSTS_A_DAY_MAX,
                planning->arena, &occasions, err))
        return false;
    planning->key = occasion_post_key(planning->arena, date,
            (unsigned)occasions.count + 1);
    return true;
}

static bool candidates_for_post(struct store *store, struct plan_work *planning,
        struct error *err)
{
    if (!civil_date_is_set(planning->date))
        return plan_candidates_uncovered(store, planning->channel,
                planning->memo, planning->arena, &planning->candidates, err);
    return plan_candidates_of_date(store, planning->channel, planning->date,
            false, planning->arena, &planning->candidates, err);
}

/* Covers nothing: the day's digest still has all that was not posted here. */
static bool post_in_arena(struct store *store, struct plan_work *planning,
        struct error *err)
{
    struct civil_date date = planning->date;

    if (!civil_date_is_set(date) &&
            !local_date(planning->channel, planning->now_ms, &date, err))
        return false;
    if (!free_post_key(store, planning, date, err) ||
            !candidates_for_post(store, planning, err) ||
            !write_chosen(store, planning, date, err))
        return false;
    return planning->result.papers == 0 ||
            plan_work_record(store, planning, err);
}

static bool post_step(struct store *store, void *ctx, struct error *err)
{
    return plan_work_run(store, ctx, post_in_arena, err);
}

bool plan_post(struct store *store, const struct account *account,
        const struct channel *channel, struct civil_date date, int64_t now_ms,
        struct plan_result *result, struct error *err)
{
    struct plan_work planning = {.account = account,
            .channel = channel,
            .date = date,
            .now_ms = now_ms};

    if (!store_transact(store, post_step, &planning, err))
        return error_wrap(err, "channel %s", channel->label);
    *result = planning.result;
    return true;
}

/* --- a look ahead --- */

bool plan_preview(struct store *store, const struct channel *channel,
        struct civil_date date, int64_t now_ms, struct arena *arena,
        struct document **document, struct plan_result *result,
        struct error *err)
{
    bool dated = civil_date_is_set(date);
    struct plan_memo memo;
    struct plan_work planning = {.channel = channel,
            .memo = &memo,
            .arena = arena};

    plan_memo_init(&memo, arena);
    *document = NULL;
    *result = (struct plan_result){.outcome = OUTCOME_SILENT};
    if (dated ? !plan_candidates_of_date(store, channel, date, true, arena,
                        &planning.candidates, err)
              : !plan_candidates_uncovered(store, channel, &memo, arena,
                        &planning.candidates, err))
        return false;
    if (!dated && !local_date(channel, now_ms, &date, err))
        return false;
    plan_work_choose(&planning);
    result->candidates = (unsigned)planning.candidates.count;
    result->papers = (unsigned)planning.items.count;
    if (result->papers == 0)
        return true;
    result->outcome = OUTCOME_DIGEST;
    return plan_document(store, channel, plan_work_said(&planning, date), arena,
            document, err);
}
