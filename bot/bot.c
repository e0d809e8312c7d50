#include "bot/bot.h"

#include "bot/alert.h"
#include "bot/base/arena.h"
#include "bot/base/civil_time.h"
#include "bot/base/log.h"
#include "bot/base/retry.h"
#include "bot/base/text.h"
#include "bot/collect.h"
#include "bot/plan.h"
#include "bot/plan_day.h"
#include "bot/plan_edits.h"
#include "bot/schedule.h"
#include "bot/send.h"
#include "bot/votes.h"

#include <limits.h>
#include <stdlib.h>

enum {
    /* Recorded dates looked at to find the newest that has begun: the others
     * were recorded by a clock that was ahead. */
    OCCASIONS_LOOKED_AT = 400,
};

/* A step that comes this late after the hour is late, even without catch_up. */
static const int64_t late_ms = INT64_C(60) * 1000;
/* How long a late digest waits for the collector to have its first look. */
static const int64_t collect_first_ms = INT64_C(2) * 60 * 1000;

/* How often it is looked for posts that a changed paper is in. */
static const int64_t edits_look_ms = INT64_C(10) * 60 * 1000;

/* The loop's timer knows nothing of a machine that slept or a clock that was
 * set, and "paperboy post" adds rows behind our back: so it looks now and then. */
static const int64_t look_ms = INT64_C(15) * 1000;

/* A clock that goes back further was set; less is an ordinary correction. */
static const int64_t put_back_ms = INT64_C(60) * 1000;

static const struct retry_policy plan_policy = {.first_ms = 5000,
        .longest_ms = INT64_C(10) * 60 * 1000,
        .patience_ms = 0,
        .attempts_max = UINT_MAX};

/* A channel's place in the bot: when it is due. */
struct seat {
    const struct channel *channel;
    const struct account *account;
    struct civil_zone *zone; /* NULL: no digests by itself */
    bool waits;              /* due is the next one */
    struct due due;
    int64_t noticed_ms; /* a late one was found then; 0: not yet */
    bool awaits;        /* its announcement, until wait_for_batch is over */
    int64_t retry_ms;   /* not before, after a plan that failed */
    struct retry retry;
};

struct bot {
    struct bot_parts parts;
    struct arena arena;
    struct seat *seats;
    size_t count;
    struct collect *collect;
    struct votes *votes; /* NULL: nobody is asked */
    struct send *send;
    bool edits;          /* an account can change what it sent */
    int64_t edits_ms;    /* when that is looked for again */
    struct alert *alert; /* NULL: troubles are told nowhere */
    int64_t stepped_ms;  /* last */
    bool closing;
};

/* --- opening --- */

static const struct account *find_account(const struct bot_parts *parts,
        const char *name)
{
    for (size_t i = 0; i < parts->account_count; i++)
        if (text_same(parts->accounts[i]->name, name))
            return parts->accounts[i];
    return NULL;
}

/* What any channel wants to read. */
static struct string_list all_categories(struct bot *bot)
{
    const struct channel_list *channels = bot->parts.channels;
    struct string_list all = {0};
    size_t capacity = 0;

    for (size_t i = 0; i < channels->count; i++) {
        const struct string_list *wanted =
                &channels->items[i].subscription.categories;
        for (size_t k = 0; k < wanted->count; k++) {
            bool known = false;
            for (size_t n = 0; n < all.count; n++)
                known = known || text_same(all.items[n], wanted->items[k]);
            if (!known)
                string_list_add(&all, &capacity, &bot->arena, wanted->items[k]);
        }
    }
    return all;
}

static bool open_alert(struct bot *bot, const struct string_list *categories,
        struct error *err)
{
    const struct bot_parts *parts = &bot->parts;
    static const struct string_list none;

    if (parts->alerts == NULL)
        return true;
    const struct account *account = find_account(parts, parts->alerts->account);
    if (account == NULL)
        return error_set(err, ERROR_INPUT,
                "[alerts]: there is no account \"%s\"", parts->alerts->account);
    bot->alert = alert_open(parts->store, account, parts->alerts,
            parts->channels, parts->source != NULL ? categories : &none, err);
    return bot->alert != NULL;
}

static bool created_ms(struct store *store, int64_t channel_id,
        struct arena *arena, int64_t *ms, struct error *err)
{
    struct known_channel_list known;

    if (!store_channel_list(store, arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++)
        if (known.items[i].id == channel_id) {
            *ms = known.items[i].created_ms;
            return true;
        }
    return error_set(err, ERROR_STOP, "the store does not know the channel");
}

/* The newest digest date with an outcome, today's or before; unset: none. */
static bool last_recorded(struct store *store, int64_t channel_id,
        struct civil_date today, struct arena *arena, struct civil_date *last,
        struct error *err)
{
    const size_t prefix = sizeof "digest/" - 1;
    struct occasion_list list;

    *last = (struct civil_date){0};
    if (!store_occasion_list(store, channel_id, "digest/", OCCASIONS_LOOKED_AT,
                arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        struct civil_date date;
        if (civil_date_parse(list.items[i].key + prefix, &date) &&
                civil_date_compare(date, today) <= 0) {
            *last = date;
            return true;
        }
    }
    return true;
}

/* The first occasion without an outcome: after the last one that has, or after
 * the channel was set up. */
static bool find_due(struct seat *seat, struct store *store, int64_t now_ms,
        struct error *err)
{
    const struct channel *channel = seat->channel;
    struct civil_date today = civil_from_ms(seat->zone, now_ms).date;
    struct arena arena = {0};
    struct civil_date last;
    int64_t since_ms = 0;
    bool ok = last_recorded(store, channel->id, today, &arena, &last, err) &&
            created_ms(store, channel->id, &arena, &since_ms, err);

    if (ok && civil_date_is_set(last))
        seat->waits = schedule_after_date(&channel->schedule, seat->zone, last,
                &seat->due);
    else if (ok) /* set up in the future: by a clock that was ahead */
        seat->waits = schedule_after_ms(&channel->schedule, seat->zone,
                since_ms < now_ms ? since_ms : now_ms, &seat->due);
    arena_finish(&arena);
    return ok;
}

static bool open_seat(struct bot *bot, struct seat *seat, int64_t now_ms,
        struct error *err)
{
    const struct channel *channel = seat->channel;

    retry_init(&seat->retry, &plan_policy);
    seat->account = find_account(&bot->parts, channel->account);
    if (seat->account == NULL)
        return error_set(err, ERROR_INPUT, "there is no account \"%s\"",
                channel->account);
    if (channel->schedule.minute_of_day < 0)
        return true;
    seat->zone = civil_zone_open(channel->schedule.timezone, err);
    return seat->zone != NULL && find_due(seat, bot->parts.store, now_ms, err);
}

static bool can_edit(const struct account *account)
{
    return (account->ops->abilities & ACCOUNT_EDITS) != 0;
}

static bool open_parts(struct bot *bot, int64_t now_ms, struct error *err)
{
    const struct bot_parts *parts = &bot->parts;

    bot->count = parts->channels->count;
    bot->seats = arena_array(&bot->arena, struct seat, bot->count);
    for (size_t i = 0; i < bot->count; i++) {
        bot->seats[i].channel = &parts->channels->items[i];
        if (!open_seat(bot, &bot->seats[i], now_ms, err))
            return error_wrap(err, "channel %s",
                    parts->channels->items[i].label);
        bot->edits = bot->edits || can_edit(bot->seats[i].account);
    }
    /* There is one daemon a database: whoever held a lease is gone. */
    if (!store_outbox_release(parts->store, NULL, err))
        return false;
    struct string_list categories = all_categories(bot);
    bot->collect = collect_open(parts->store, parts->source, parts->chance,
            &categories, err);
    bot->send = bot->collect == NULL
            ? NULL
            : send_open(parts->store, parts->accounts, parts->account_count,
                      parts->channels, parts->clock, parts->chance,
                      parts->owner, err);
    if (bot->send != NULL && parts->votes != NULL) {
        bot->votes = votes_open(parts->store, parts->votes, parts->chance,
                now_ms, err);
        if (bot->votes == NULL)
            return false;
    }
    return bot->send != NULL && open_alert(bot, &categories, err);
}

struct bot *bot_open(const struct bot_parts *parts, int64_t now_ms,
        struct error *err)
{
    struct bot *bot = calloc(1, sizeof *bot);

    if (bot == NULL) {
        error_set(err, ERROR_STOP, "out of memory");
        return NULL;
    }
    bot->parts = *parts;
    if (!open_parts(bot, now_ms, err)) {
        bot_close(bot);
        return NULL;
    }
    return bot;
}

void bot_close(struct bot *bot)
{
    if (bot == NULL)
        return;
    alert_close(bot->alert);
    send_close(bot->send);
    votes_close(bot->votes);
    collect_close(bot->collect);
    for (size_t i = 0; i < bot->count; i++)
        civil_zone_close(bot->seats[i].zone);
    arena_finish(&bot->arena);
    free(bot);
}

/* --- due digests --- */

static void next_occasion(struct seat *seat)
{
    seat->waits = schedule_after_date(&seat->channel->schedule, seat->zone,
            seat->due.date, &seat->due);
    seat->noticed_ms = 0;
    seat->awaits = false;
    seat->retry_ms = 0;
    retry_after_success(&seat->retry);
}

static void plan_failed(struct bot *bot, struct seat *seat,
        const struct error *err, int64_t now_ms)
{
    int64_t wait_ms;

    if (err->kind == ERROR_REJECTED) { /* it has its outcome already */
        next_occasion(seat);
        return;
    }
    retry_after_failure(&seat->retry, 0, bot->parts.chance, &wait_ms);
    seat->retry_ms = now_ms + wait_ms;
    log_error("digest could not be planned, will be tried again",
            log_text("channel", seat->channel->label),
            log_text("why", err->text), log_number("wait_ms", wait_ms));
}

static void miss(struct bot *bot, struct seat *seat, int64_t now_ms)
{
    char date[CIVIL_DATE_SIZE];
    struct error err = {0};

    if (!plan_missed(bot->parts.store, seat->channel, &seat->due, now_ms,
                &err)) {
        plan_failed(bot, seat, &err, now_ms);
        return;
    }
    civil_date_format(seat->due.date, date);
    log_warning("digest missed", log_text("channel", seat->channel->label),
            log_text("date", date));
    next_occasion(seat);
}

static void plan(struct bot *bot, struct seat *seat, int64_t now_ms)
{
    char date[CIVIL_DATE_SIZE];
    struct plan_result result;
    struct error err = {0};

    if (!plan_digest(bot->parts.store, seat->account, seat->channel, &seat->due,
                now_ms, &result, &err)) {
        plan_failed(bot, seat, &err, now_ms);
        return;
    }
    civil_date_format(seat->due.date, date);
    log_info("digest planned", log_text("channel", seat->channel->label),
            log_text("date", date),
            log_text("outcome", occasion_outcome_name(result.outcome)),
            log_number("papers", result.papers),
            log_number("candidates", result.candidates),
            log_number("parts", result.parts));
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
static bool waits_for_collect(const struct bot *bot, const struct seat *seat,
        int64_t now_ms)
{
    return seat->noticed_ms - seat->due.ms > late_ms &&
            now_ms < seat->noticed_ms + collect_first_ms &&
            collect_behind(bot->collect, now_ms);
}

/* Until when a fresh channel waits; its own hour otherwise. */
static int64_t patient_until_ms(const struct seat *seat)
{
    return seat->channel->when == WHEN_FRESH
            ? seat->due.ms + seat->channel->wait_for_batch_ms
            : seat->due.ms;
}

/* A store that cannot say leaves it to the planning to fail. */
static bool awaits_batch(const struct bot *bot, const struct seat *seat,
        int64_t now_ms)
{
    bool awaited = false;

    return now_ms < patient_until_ms(seat) &&
            plan_day_awaited(bot->parts.store, seat->channel, &seat->due,
                    &awaited, NULL) &&
            awaited;
}

static bool is_too_late(const struct seat *seat, int64_t now_ms)
{
    return now_ms > seat->due.ms + seat->channel->catch_up_ms &&
            now_ms > patient_until_ms(seat) + late_ms;
}

static void step_seat(struct bot *bot, struct seat *seat, int64_t now_ms)
{
    /* A clock that was ahead must not make us wait for it. */
    if (seat->retry_ms - now_ms > plan_policy.longest_ms)
        seat->retry_ms = now_ms;
    while (seat->waits && seat->due.ms <= now_ms && seat->retry_ms <= now_ms) {
        if (is_overtaken(seat, now_ms) || is_too_late(seat, now_ms)) {
            miss(bot, seat, now_ms);
            continue;
        }
        if (seat->noticed_ms == 0)
            seat->noticed_ms = now_ms;
        seat->awaits = awaits_batch(bot, seat, now_ms);
        if (seat->awaits || waits_for_collect(bot, seat, now_ms))
            return;
        plan(bot, seat, now_ms);
    }
}

static int64_t seat_due_ms(const struct bot *bot, const struct seat *seat)
{
    if (!seat->waits)
        return INT64_MAX;
    if (seat->awaits) /* or when the collector brings it, in the same step */
        return patient_until_ms(seat);
    int64_t due_ms =
            seat->due.ms > seat->retry_ms ? seat->due.ms : seat->retry_ms;
    if (seat->noticed_ms != 0 && waits_for_collect(bot, seat, seat->noticed_ms))
        due_ms = seat->noticed_ms + collect_first_ms;
    return due_ms;
}

/* --- edits --- */

static void plan_seat_edits(struct bot *bot, const struct seat *seat,
        int64_t now_ms)
{
    unsigned planned;
    struct error err = {0};

    if (!plan_edits(bot->parts.store, seat->account, seat->channel, now_ms,
                &planned, &err))
        log_error("edits could not be planned, will be tried again",
                log_text("channel", seat->channel->label),
                log_text("why", err.text));
    else if (planned > 0)
        log_info("edits planned", log_text("channel", seat->channel->label),
                log_number("messages", planned));
}

static void step_edits(struct bot *bot, int64_t now_ms)
{
    if (!bot->edits || now_ms < bot->edits_ms)
        return;
    bot->edits_ms = now_ms + edits_look_ms;
    for (size_t i = 0; i < bot->count; i++)
        if (can_edit(bot->seats[i].account))
            plan_seat_edits(bot, &bot->seats[i], now_ms);
}

/* --- stepping --- */

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t bot_next_due_ms(const struct bot *bot)
{
    int64_t next_ms = send_next_due_ms(bot->send);

    if (bot->closing)
        return next_ms;
    next_ms = earliest(next_ms, collect_next_due_ms(bot->collect));
    next_ms = earliest(next_ms, votes_next_due_ms(bot->votes));
    next_ms = earliest(next_ms, alert_next_due_ms(bot->alert));
    if (bot->edits)
        next_ms = earliest(next_ms, bot->edits_ms);
    for (size_t i = 0; i < bot->count; i++)
        next_ms = earliest(next_ms, seat_due_ms(bot, &bot->seats[i]));
    return next_ms;
}

/* What was to wait until some instant does not wait for the same hours twice. */
static void notice_put_back(struct bot *bot, int64_t now_ms)
{
    int64_t by_ms = bot->stepped_ms - now_ms;

    bot->stepped_ms = now_ms;
    if (by_ms <= put_back_ms)
        return;
    log_warning("the clock was put back", log_number("ms", by_ms));
    if (bot->collect != NULL)
        collect_put_back(bot->collect, by_ms);
    send_put_back(bot->send, by_ms);
    bot->edits_ms = now_ms;
    for (size_t i = 0; i < bot->count; i++) {
        bot->seats[i].noticed_ms = 0;
        bot->seats[i].retry_ms = 0;
    }
}

void bot_step(struct bot *bot, int64_t now_ms)
{
    notice_put_back(bot, now_ms);
    if (!bot->closing) {
        collect_step(bot->collect, now_ms);
        votes_step(bot->votes, now_ms);
        for (size_t i = 0; i < bot->count; i++)
            step_seat(bot, &bot->seats[i], now_ms);
        step_edits(bot, now_ms);
        alert_step(bot->alert, now_ms);
    }
    send_step(bot->send, now_ms);
}

void bot_wind_down(struct bot *bot)
{
    bot->closing = true;
    /* A feed half read is read again after the next start. */
    collect_close(bot->collect);
    bot->collect = NULL;
    votes_close(bot->votes);
    bot->votes = NULL;
    send_wind_down(bot->send);
}

bool bot_busy(const struct bot *bot)
{
    return (bot->collect != NULL && collect_busy(bot->collect)) ||
            votes_busy(bot->votes) || send_busy(bot->send);
}

/* --- as the loop sees it --- */

static int64_t core_next_due_ms(void *ctx)
{
    const struct bot *bot = ctx;

    if (bot->closing)
        return bot_next_due_ms(bot);
    return earliest(bot_next_due_ms(bot), bot->stepped_ms + look_ms);
}

static void core_step(void *ctx, int64_t now_ms)
{
    bot_step(ctx, now_ms);
}

static void core_wind_down(void *ctx)
{
    bot_wind_down(ctx);
}

static bool core_finished(void *ctx)
{
    const struct bot *bot = ctx;

    return bot->closing && !bot_busy(bot);
}

struct core bot_core(struct bot *bot)
{
    return (struct core){.next_due_ms = core_next_due_ms,
            .step = core_step,
            .wind_down = core_wind_down,
            .finished = core_finished,
            .ctx = bot};
}
