#include "bot/planning/plan.h"

#include "bot/base/civil_time.h"
#include "bot/digest.h"
#include "bot/planning/plan_candidates.h"
#include "bot/planning/plan_day.h"
#include "bot/planning/plan_document.h"
#include "bot/planning/plan_draft.h"
#include "bot/planning/plan_items.h"
#include "bot/planning/plan_pictures.h"
#include "bot/planning/plan_rows.h"
#include "bot/selection.h"

#include <stdio.h>

enum {
    POSTS_A_DAY_MAX = 1000, /* looked at for the next free number */
};

/* One planning, inside its transaction. */
struct planning {
    const struct account *account;
    const struct channel *channel;
    const struct due *due;  /* of a digest; NULL: a post */
    struct civil_date date; /* of a post; unset: today, all that is uncovered */
    int64_t now_ms;
    struct arena *arena;       /* of this run of the step */
    const char *key;           /* the occasion's */
    const struct draft *draft; /* that it is made from; NULL: from candidates */
    struct plan_candidates candidates;
    bool week; /* they are the week's, for want of an announcement */
    struct plan_items items;
    struct plan_picture_list pictures;
    struct digest_foot foot;
    struct plan_result result;
};

/* --- what is said --- */

static void choose(struct planning *planning)
{
    const struct channel *channel = planning->channel;
    struct scored_list ranked = selection_rank(planning->candidates.items,
            planning->candidates.count, &channel->subscription,
            planning->arena);

    planning->items = plan_items_choose(&ranked, channel, planning->arena);
    planning->foot = planning->candidates.foot;
}

static bool find_pictures(struct store *store, struct planning *planning,
        struct error *err)
{
    if (!plan_pictures_find(store, planning->channel, planning->account,
                &planning->items, planning->arena, &planning->pictures, err))
        return false;
    if (planning->pictures.count > 0)
        planning->foot.contact = planning->channel->contact;
    return true;
}

static bool make_document(struct store *store, const struct planning *planning,
        struct civil_date date, struct document **document, struct error *err)
{
    const struct digest_input input = {
            .items = planning->items.items,
            .count = planning->items.count,
            .date = date,
            .foot = planning->foot,
            .week = planning->week,
            .curators =
                    planning->draft == NULL ? NULL : &planning->draft->curators,
    };

    return plan_document(store, planning->channel, input, planning->arena,
            document, err);
}

/* --- what is written --- */

static bool add_rows(struct store *store, struct planning *planning,
        const struct document *document, struct error *err)
{
    const struct plan_rows rows = {.account = planning->account,
            .threads = true,
            .channel = planning->channel,
            .key = planning->key,
            .pictures = &planning->pictures,
            .now_ms = planning->now_ms};

    return plan_rows_add(store, &rows, document, planning->arena,
            &planning->result.parts, err);
}

static bool mark_posted(struct store *store, const struct planning *planning,
        struct error *err)
{
    for (size_t i = 0; i < planning->items.count; i++) {
        const struct posted_paper posted = {
                .paper_id = planning->items.items[i].paper->id,
                .occasion = planning->key,
                .posted_ms = planning->now_ms,
        };
        if (!store_posted_add(store, planning->channel->id, &posted, err))
            return false;
    }
    return true;
}

/* So that it can be said again when one of the papers changes. */
static bool keep_edition(struct store *store, const struct planning *planning,
        struct civil_date date, struct error *err)
{
    const struct digest_foot *foot = &planning->foot;
    const struct plan_items *items = &planning->items;
    struct edition edition = {.channel_id = planning->channel->id,
            .occasion = planning->key,
            .date = date,
            .announced = foot->date,
            .new_count = foot->new_count,
            .cross_count = foot->cross_count,
            .week = planning->week,
            .posted_ms = planning->now_ms,
            .count = items->count};

    edition.papers =
            arena_array(planning->arena, struct edition_paper, items->count);
    for (size_t i = 0; i < items->count; i++)
        edition.papers[i] =
                (struct edition_paper){.paper_id = items->items[i].paper->id,
                        .tag = items->items[i].tag,
                        .top = items->items[i].top};
    return store_edition_put(store, &edition, err);
}

static bool mark_covered(struct store *store, const struct planning *planning,
        struct error *err)
{
    const struct covered_list *covered = &planning->candidates.covered;

    for (size_t i = 0; i < covered->count; i++)
        if (!store_covered_put(store, planning->channel->id, &covered->items[i],
                    err))
            return false;
    return true;
}

static bool record(struct store *store, const struct planning *planning,
        struct error *err)
{
    const struct occasion occasion = {.channel_id = planning->channel->id,
            .key = planning->key,
            .outcome = planning->result.outcome,
            .due_ms = planning->due == NULL ? planning->now_ms
                                            : planning->due->ms,
            .recorded_ms = planning->now_ms};

    return store_occasion_record(store, &occasion, err);
}

/* Rows and posted pairs of what there is to say, if anything is. */
static bool write_digest(struct store *store, struct planning *planning,
        struct civil_date date, struct error *err)
{
    struct plan_result *result = &planning->result;
    struct document *document;

    snprintf(result->occasion, sizeof result->occasion, "%s", planning->key);
    result->candidates = (unsigned)planning->candidates.count;
    result->papers = (unsigned)planning->items.count;
    result->outcome = result->papers > 0 ? OUTCOME_DIGEST : OUTCOME_SILENT;
    if (result->papers == 0)
        return true;
    return find_pictures(store, planning, err) &&
            make_document(store, planning, date, &document, err) &&
            add_rows(store, planning, document, err) &&
            mark_posted(store, planning, err) &&
            keep_edition(store, planning, date, err);
}

static bool write_chosen(struct store *store, struct planning *planning,
        struct civil_date date, struct error *err)
{
    choose(planning);
    return write_digest(store, planning, date, err);
}

/* --- a quiet day --- */

/* Once a weekend: on its second day only where the first is none of the
 * channel's. */
static bool is_turn_of_week(const struct planning *planning,
        struct civil_date new_york)
{
    enum civil_weekday before =
            civil_date_weekday(civil_date_plus(planning->due->date, -1));

    return civil_date_weekday(new_york) != CIVIL_SUNDAY ||
            (planning->channel->schedule.weekdays & 1U << before) == 0;
}

/* The week's best in place of the day's papers; none is fine. */
static bool write_week(struct store *store, struct planning *planning,
        struct error *err)
{
    struct covered_list covered = planning->candidates.covered;
    struct civil_date new_york;

    if (!plan_day_new_york(planning->due, &new_york, err))
        return false;
    if (!is_turn_of_week(planning, new_york))
        return true;
    planning->week = true;
    bool ok = plan_candidates_of_week(store, planning->channel, new_york,
                      planning->arena, &planning->candidates, err) &&
            write_chosen(store, planning, planning->due->date, err);
    planning->candidates.covered = covered;
    return ok;
}

static bool write_line(struct store *store, struct planning *planning,
        enum digest_quiet why, struct error *err)
{
    const struct document *document = digest_quiet_line(why,
            planning->due->date, planning->channel->languages, planning->arena);

    planning->result.outcome = OUTCOME_QUIET;
    return add_rows(store, planning, document, err);
}

static bool write_quiet(struct store *store, struct planning *planning,
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

/* What only a signal brings back joins the next digest, and makes none. */
static bool digest_candidates(struct store *store, struct planning *planning,
        struct error *err)
{
    if (!plan_candidates_uncovered(store, planning->channel, planning->arena,
                &planning->candidates, err))
        return false;
    if (!planning->candidates.news)
        planning->candidates.count = 0;
    return true;
}

static bool write_choice(struct store *store, struct planning *planning,
        struct error *err)
{
    return digest_candidates(store, planning, err) &&
            write_chosen(store, planning, planning->due->date, err) &&
            (planning->result.papers > 0 || write_quiet(store, planning, err));
}

/* As its curators saw it; with nothing left in it nothing is said. */
static bool write_draft(struct store *store, struct planning *planning,
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
            write_digest(store, planning, planning->due->date, err);
}

static bool digest_in_arena(struct store *store, struct planning *planning,
        struct error *err)
{
    planning->key = occasion_digest_key(planning->arena, planning->due->date);
    return plan_draft_for_digest(store, planning->channel, planning->key,
                   planning->arena, &planning->draft, err) &&
            (planning->draft != NULL ? write_draft(store, planning, err)
                                     : write_choice(store, planning, err)) &&
            mark_covered(store, planning, err) &&
            plan_draft_end(store, planning->channel, planning->key,
                    planning->arena, err) &&
            record(store, planning, err);
}

/* Runs a planning's body with an arena of its own, as it may run again. */
typedef bool planning_fn(struct store *store, struct planning *planning,
        struct error *err);

static bool run_in_arena(struct store *store, struct planning *planning,
        planning_fn *body, struct error *err)
{
    struct arena arena = {0};

    planning->arena = &arena;
    planning->result = (struct plan_result){0};
    planning->week = false;
    planning->pictures = (struct plan_picture_list){0};
    planning->draft = NULL;
    bool ok = body(store, planning, err);
    arena_finish(&arena);
    return ok;
}

static bool digest_step(struct store *store, void *ctx, struct error *err)
{
    return run_in_arena(store, ctx, digest_in_arena, err);
}

bool plan_digest(struct store *store, const struct account *account,
        const struct channel *channel, const struct due *due, int64_t now_ms,
        struct plan_result *result, struct error *err)
{
    struct planning planning = {.account = account,
            .channel = channel,
            .due = due,
            .now_ms = now_ms};

    if (!store_transact(store, digest_step, &planning, err))
        return error_wrap(err, "channel %s", channel->label);
    *result = planning.result;
    return true;
}

bool plan_missed(struct store *store, const struct channel *channel,
        const struct due *due, int64_t now_ms, struct error *err)
{
    struct arena arena = {0};
    const struct planning planning = {.channel = channel,
            .due = due,
            .now_ms = now_ms,
            .key = occasion_digest_key(&arena, due->date),
            .result = {.outcome = OUTCOME_MISSED}};
    bool ok = record(store, &planning, err);

    arena_finish(&arena);
    return ok;
}

static bool paused_in_arena(struct store *store, struct planning *planning,
        struct error *err)
{
    planning->key = occasion_digest_key(planning->arena, planning->due->date);
    planning->result.outcome = OUTCOME_SILENT;
    return plan_candidates_uncovered(store, planning->channel, planning->arena,
                   &planning->candidates, err) &&
            mark_covered(store, planning, err) && record(store, planning, err);
}

static bool paused_step(struct store *store, void *ctx, struct error *err)
{
    return run_in_arena(store, ctx, paused_in_arena, err);
}

bool plan_paused(struct store *store, const struct channel *channel,
        const struct due *due, int64_t now_ms, struct error *err)
{
    struct planning planning = {.channel = channel,
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
static bool free_post_key(struct store *store, struct planning *planning,
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

static bool candidates_for_post(struct store *store, struct planning *planning,
        struct error *err)
{
    if (!civil_date_is_set(planning->date))
        return plan_candidates_uncovered(store, planning->channel,
                planning->arena, &planning->candidates, err);
    return plan_candidates_of_date(store, planning->channel, planning->date,
            false, planning->arena, &planning->candidates, err);
}

/* Covers nothing: the day's digest still has all that was not posted here. */
static bool post_in_arena(struct store *store, struct planning *planning,
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
    return planning->result.papers == 0 || record(store, planning, err);
}

static bool post_step(struct store *store, void *ctx, struct error *err)
{
    return run_in_arena(store, ctx, post_in_arena, err);
}

bool plan_post(struct store *store, const struct account *account,
        const struct channel *channel, struct civil_date date, int64_t now_ms,
        struct plan_result *result, struct error *err)
{
    struct planning planning = {.account = account,
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
    struct planning planning = {.channel = channel, .arena = arena};

    *document = NULL;
    *result = (struct plan_result){.outcome = OUTCOME_SILENT};
    if (dated ? !plan_candidates_of_date(store, channel, date, true, arena,
                        &planning.candidates, err)
              : !plan_candidates_uncovered(store, channel, arena,
                        &planning.candidates, err))
        return false;
    if (!dated && !local_date(channel, now_ms, &date, err))
        return false;
    choose(&planning);
    result->candidates = (unsigned)planning.candidates.count;
    result->papers = (unsigned)planning.items.count;
    if (result->papers == 0)
        return true;
    result->outcome = OUTCOME_DIGEST;
    return make_document(store, &planning, date, document, err);
}
