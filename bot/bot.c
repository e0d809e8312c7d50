#include "bot/bot.h"

#include "bot/alert.h"
#include "bot/base/arena.h"
#include "bot/base/log.h"
#include "bot/collect.h"
#include "bot/enrich/enrich.h"
#include "bot/hear.h"
#include "bot/parting.h"
#include "bot/pictures.h"
#include "bot/planning/plan_edits.h"
#include "bot/roster.h"
#include "bot/seat.h"
#include "bot/send.h"
#include "bot/tidy.h"
#include "bot/votes.h"
#include "bot/write/write.h"

#include <stdlib.h>

/* How often it is looked for posts that a changed paper is in; those that
 * nobody can change are only looked through for what is too old. */
static const int64_t edits_look_ms = INT64_C(30) * 1000;
static const int64_t edits_tidy_ms = INT64_C(24) * 60 * 60 * 1000;

/* The loop's timer knows nothing of a machine that slept or a clock that was
 * set, and "paperboy post" adds rows behind our back: so it looks now and then. */
static const int64_t look_ms = INT64_C(15) * 1000;

static const int64_t store_trouble_ms = INT64_C(5) * 1000;

/* A clock that goes back further was set; less is an ordinary correction. */
static const int64_t put_back_ms = INT64_C(60) * 1000;

struct bot {
    struct bot_parts parts;
    struct roster roster;
    struct arena
            arena; /* of the seats: one for each of the roster's channels */
    struct seat *seats;
    size_t count;
    int64_t seats_due_ms; /* the first of them, as of the last step */
    bool seats_change;    /* one waits for what comes between steps */
    struct collect *collect;
    struct votes *votes;       /* NULL: nobody is asked */
    struct enrich *enrich;     /* the same */
    struct write *write;       /* NULL: nobody writes */
    struct pictures *pictures; /* NULL: they come from nowhere */
    struct send *send;
    bool send_behind; /* it does not know the roster's channels yet */
    bool edits;       /* an account can change what it sent */
    int64_t edits_ms; /* when that is looked for again */
    int64_t edits_tidied_ms;
    struct alert *alert; /* NULL: troubles are told nowhere */
    struct hear *hear;
    struct tidy tidy;
    struct parting parting;
    int64_t stepped_ms; /* last */
    bool closing;
};

static int64_t earliest(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* --- opening --- */

static struct seat_tools tools_of(const struct bot *bot)
{
    return (struct seat_tools){.store = bot->parts.store,
            .chance = bot->parts.chance,
            .collect = bot->collect};
}

/* Where troubles are told, as it is in force. */
static const struct channel *alerts_of(const struct bot *bot)
{
    const struct channel *channel =
            roster_find(&bot->roster, bot->parts.alerts->id);

    return channel == NULL ? bot->parts.alerts : channel;
}

static bool open_alert(struct bot *bot, const struct string_list *categories,
        struct error *err)
{
    const struct bot_parts *parts = &bot->parts;
    static const struct string_list none;

    if (parts->alerts == NULL)
        return true;
    const struct account *account =
            roster_account(&bot->roster, parts->alerts->account);
    if (account == NULL)
        return error_set(err, ERROR_INPUT,
                "[alerts]: there is no account \"%s\"", parts->alerts->account);
    bot->alert = alert_open(parts->store, account, alerts_of(bot),
            &bot->roster.channels, parts->source != NULL ? categories : &none,
            err);
    alert_hire(bot->alert, parts->writers, parts->writer_count);
    return bot->alert != NULL;
}

static bool can_edit(const struct account *account)
{
    return (account->ops->abilities & ACCOUNT_EDITS) != 0;
}

static bool open_seat(struct bot *bot, const struct channel *channel,
        struct seat *seat, int64_t now_ms, struct error *err)
{
    const struct seat_tools tools = tools_of(bot);
    const struct account *account =
            roster_account(&bot->roster, channel->account);

    if (account == NULL)
        return error_set(err, ERROR_INPUT, "there is no account \"%s\"",
                channel->account);
    bot->edits = bot->edits || can_edit(account);
    return seat_open(seat, &tools, channel, account, now_ms, err);
}

static bool open_seats(struct bot *bot, int64_t now_ms, struct error *err)
{
    const struct channel_list *channels = &bot->roster.channels;

    bot->count = channels->count;
    bot->seats = arena_array(&bot->arena, struct seat, bot->count);
    for (size_t i = 0; i < bot->count; i++)
        if (!open_seat(bot, &channels->items[i], &bot->seats[i], now_ms, err))
            return error_wrap(err, "channel %s", channels->items[i].label);
    return true;
}

static void open_write(struct bot *bot, int64_t now_ms)
{
    const struct write_parts parts = {.store = bot->parts.store,
            .chain = bot->parts.writers,
            .count = bot->parts.writer_count,
            .glossary = bot->parts.glossary,
            .chance = bot->parts.chance};

    bot->write = write_open(&parts, now_ms);
}

static bool open_parts(struct bot *bot, int64_t now_ms, struct error *err)
{
    const struct bot_parts *parts = &bot->parts;

    if (!roster_open(&bot->roster, parts->store, parts->channels,
                parts->accounts, parts->account_count, err) ||
            !open_seats(bot, now_ms, err))
        return false;
    /* There is one daemon a database: whoever held a lease is gone. */
    if (!store_outbox_release(parts->store, NULL, err))
        return false;
    struct string_list categories =
            roster_categories(&bot->roster, &bot->roster.arena);
    bot->collect = collect_open(parts->store, parts->source, parts->chance,
            &categories, err);
    bot->send = bot->collect == NULL
            ? NULL
            : send_open(parts->store, parts->accounts, parts->account_count,
                      &bot->roster.sent, parts->clock, parts->chance,
                      parts->owner, err);
    if (bot->send != NULL && parts->votes != NULL) {
        bot->votes = votes_open(parts->store, parts->votes, parts->chance,
                now_ms, err);
        if (bot->votes == NULL)
            return false;
    }
    if (bot->send == NULL || !open_alert(bot, &categories, err))
        return false;
    if (parts->fact_count > 0) {
        bot->enrich = enrich_open(parts->store, parts->facts, parts->fact_count,
                parts->source, parts->chance, now_ms, err);
        if (bot->enrich == NULL)
            return false;
    }
    open_write(bot, now_ms);
    bot->pictures = pictures_open(parts->store, parts->pictures, parts->chance);
    parting_begin(&bot->parting, &bot->roster);
    bot->tidy = tidy_begin(parts->store, &parts->keep, now_ms);
    bot->hear = hear_open(parts->store, &bot->roster, parts->source,
            &parts->keep, parts->chance, now_ms, err);
    return bot->hear != NULL;
}

/* The loop asks after each of its turns, of which there are thousands a second
 * while much is sent: it is found out once a step where only steps change it. */
static void find_seats_due(struct bot *bot)
{
    const struct seat_tools tools = tools_of(bot);

    bot->seats_due_ms = INT64_MAX;
    bot->seats_change = false;
    for (size_t i = 0; i < bot->count; i++) {
        int64_t due_ms = seat_due_ms(&tools, &bot->seats[i]);
        bot->seats_due_ms = earliest(bot->seats_due_ms, due_ms);
        bot->seats_change = bot->seats_change || bot->seats[i].noticed_ms != 0;
    }
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
    find_seats_due(bot);
    return bot;
}

void bot_close(struct bot *bot)
{
    if (bot == NULL)
        return;
    hear_close(bot->hear);
    parting_end(&bot->parting);
    alert_close(bot->alert);
    send_close(bot->send);
    write_close(bot->write);
    pictures_close(bot->pictures);
    votes_close(bot->votes);
    enrich_close(bot->enrich);
    collect_close(bot->collect);
    for (size_t i = 0; i < bot->count; i++)
        seat_close(&bot->seats[i]);
    arena_finish(&bot->arena);
    roster_finish(&bot->roster);
    free(bot);
}

/* --- other channels, or other settings --- */

static struct seat *take_seat(const struct seat *seats, size_t count,
        int64_t channel_id, struct seat *taken)
{
    for (size_t i = 0; i < count; i++)
        if (seats[i].channel->id == channel_id) {
            *taken = seats[i];
            return taken;
        }
    return NULL;
}

/* A channel that cannot be served as it is set is served without digests. */
static void serve_channel(struct bot *bot, const struct seat *before,
        size_t count, const struct channel *channel, int64_t now_ms)
{
    struct seat *seat = &bot->seats[bot->count];
    const struct seat_tools tools = tools_of(bot);
    struct error err = {0};
    const struct account *account =
            roster_account(&bot->roster, channel->account);
    bool known = take_seat(before, count, channel->id, seat) != NULL;
    bool ok = known ? seat_serve(seat, &tools, channel, account, now_ms, &err)
                    : open_seat(bot, channel, seat, now_ms, &err);

    if (!ok)
        log_error("channel has no digests by itself",
                log_text("channel", channel->label), log_text("why", err.text));
    bot->count++;
}

static void serve_seats(struct bot *bot, int64_t now_ms)
{
    const struct channel_list *channels = &bot->roster.channels;
    struct arena arena = bot->arena;
    const struct seat *before = bot->seats;
    size_t count = bot->count;

    bot->arena = (struct arena){0};
    bot->seats = arena_array(&bot->arena, struct seat, channels->count);
    bot->count = 0;
    for (size_t i = 0; i < channels->count; i++)
        serve_channel(bot, before, count, &channels->items[i], now_ms);
    for (size_t i = 0; i < count; i++)
        if (roster_find(&bot->roster, before[i].channel->id) == NULL)
            civil_zone_close(before[i].zone);
    arena_finish(&arena);
}

static void serve_roster(struct bot *bot, int64_t now_ms)
{
    static const struct string_list none;
    struct arena arena = {0};
    struct string_list categories = roster_categories(&bot->roster, &arena);

    serve_seats(bot, now_ms);
    collect_serve(bot->collect, &categories);
    write_serve(bot->write);
    if (bot->alert != NULL)
        alert_serve(bot->alert, alerts_of(bot),
                bot->parts.source != NULL ? &categories : &none);
    bot->send_behind = true;
    parting_wake(&bot->parting);
    arena_finish(&arena);
    log_info("channels and settings taken over",
            log_number("channels", (int64_t)bot->count));
}

static void refresh_roster(struct bot *bot, int64_t now_ms)
{
    struct error err = {0};
    bool changed;

    if (!roster_refresh(&bot->roster, &changed, &err))
        log_error("what commands set cannot be read",
                log_text("why", err.text));
    else if (changed)
        serve_roster(bot, now_ms);
    if (!bot->send_behind)
        return;
    bot->send_behind = !send_serve(bot->send, &err);
    if (bot->send_behind)
        log_error("the channels cannot be read", log_text("why", err.text));
}

/* --- edits --- */

static void plan_seat_edits(struct bot *bot, const struct seat *seat,
        int64_t now_ms)
{
    unsigned planned;
    struct error err = {0};

    if (!plan_edits(bot->parts.store, seat->account, seat->channel,
                plan_edits_settle_ms, now_ms, &planned, &err))
        log_error("edits could not be planned, will be tried again",
                log_text("channel", seat->channel->label),
                log_text("why", err.text));
    else if (planned > 0)
        log_info("edits planned", log_text("channel", seat->channel->label),
                log_number("messages", planned));
}

static void step_edits(struct bot *bot, int64_t now_ms)
{
    bool tidies = now_ms - bot->edits_tidied_ms >= edits_tidy_ms ||
            now_ms < bot->edits_tidied_ms;

    if (now_ms < bot->edits_ms)
        return;
    bot->edits_ms = now_ms + edits_look_ms;
    if (tidies)
        bot->edits_tidied_ms = now_ms;
    for (size_t i = 0; i < bot->count; i++)
        if (tidies || can_edit(bot->seats[i].account))
            plan_seat_edits(bot, &bot->seats[i], now_ms);
}

/* --- stepping --- */

int64_t bot_next_due_ms(const struct bot *bot)
{
    int64_t next_ms = send_next_due_ms(bot->send);

    if (bot->closing)
        return next_ms;
    if (bot->send_behind)
        next_ms = bot->stepped_ms + store_trouble_ms;
    next_ms = earliest(next_ms, collect_next_due_ms(bot->collect));
    next_ms = earliest(next_ms, votes_next_due_ms(bot->votes));
    next_ms = earliest(next_ms, enrich_next_due_ms(bot->enrich));
    next_ms = earliest(next_ms, write_next_due_ms(bot->write));
    next_ms = earliest(next_ms, pictures_next_due_ms(bot->pictures));
    next_ms = earliest(next_ms, alert_next_due_ms(bot->alert));
    next_ms = earliest(next_ms, parting_next_due_ms(&bot->parting));
    next_ms = earliest(next_ms, hear_next_due_ms(bot->hear));
    if (bot->edits)
        next_ms = earliest(next_ms, bot->edits_ms);
    if (!bot->seats_change)
        return earliest(next_ms, bot->seats_due_ms);
    const struct seat_tools tools = tools_of(bot);
    for (size_t i = 0; i < bot->count; i++)
        next_ms = earliest(next_ms, seat_due_ms(&tools, &bot->seats[i]));
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
    write_put_back(bot->write);
    enrich_put_back(bot->enrich);
    pictures_put_back(bot->pictures);
    bot->edits_ms = now_ms;
    for (size_t i = 0; i < bot->count; i++)
        seat_put_back(&bot->seats[i]);
}

static void step_seats(struct bot *bot, int64_t now_ms)
{
    const struct seat_tools tools = tools_of(bot);
    struct arena arena = {0};
    struct seat **due = arena_array(&arena, struct seat *, bot->count);
    size_t count = 0;

    for (size_t i = 0; i < bot->count; i++)
        if (seat_step(&tools, &bot->seats[i], now_ms))
            due[count++] = &bot->seats[i];
    if (count > 0)
        seat_plan(&tools, due, count, now_ms);
    arena_finish(&arena);
}

void bot_step(struct bot *bot, int64_t now_ms)
{
    notice_put_back(bot, now_ms);
    if (!bot->closing) {
        refresh_roster(bot, now_ms);
        hear_step(bot->hear, now_ms);
        refresh_roster(bot, now_ms);
        collect_step(bot->collect, now_ms);
        votes_step(bot->votes, now_ms);
        step_seats(bot, now_ms);
        /* After the digests: none waits for it. */
        enrich_step(bot->enrich, bot->seats, bot->count, now_ms);
        write_step(bot->write, bot->seats, bot->count, now_ms);
        pictures_step(bot->pictures, bot->seats, bot->count, now_ms);
        step_edits(bot, now_ms);
        alert_step(bot->alert, now_ms);
        parting_step(&bot->parting, now_ms);
        tidy_step(&bot->tidy, now_ms);
        find_seats_due(bot);
    }
    if (bot->closing || !bot->send_behind)
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
    enrich_close(bot->enrich);
    bot->enrich = NULL;
    write_close(bot->write);
    bot->write = NULL;
    pictures_close(bot->pictures);
    bot->pictures = NULL;
    /* What waits in the inbox is answered then. */
    hear_close(bot->hear);
    bot->hear = NULL;
    parting_end(&bot->parting);
    send_wind_down(bot->send);
}

bool bot_busy(const struct bot *bot)
{
    return (bot->collect != NULL && collect_busy(bot->collect)) ||
            votes_busy(bot->votes) || enrich_busy(bot->enrich) ||
            send_busy(bot->send);
}

/* --- ears --- */

bool bot_received(struct bot *bot, struct account *account,
        const struct event *events, size_t count, const char *checkpoint,
        struct error *err)
{
    if (!hear_received(bot->parts.store, account, events, count, checkpoint,
                clock_now_ms(bot->parts.clock), err))
        return false;
    if (count > 0)
        hear_wake(bot->hear);
    return true;
}

static bool listen_to(struct bot *bot, struct account *account,
        const struct account_ears *ears, struct error *err)
{
    struct arena arena = {0};
    const char *checkpoint;
    bool ok = hear_checkpoint(bot->parts.store, account, &arena, &checkpoint,
            err);

    if (ok)
        account->ops->listen(account, ears, checkpoint);
    arena_finish(&arena);
    return ok;
}

bool bot_listen(struct bot *bot, const struct account_ears *ears,
        struct error *err)
{
    for (size_t i = 0; i < bot->parts.account_count; i++) {
        struct account *account = bot->parts.accounts[i];
        if ((account->ops->abilities & ACCOUNT_LISTENS) != 0 &&
                !listen_to(bot, account, ears, err))
            return error_wrap(err, "account %s", account->name);
    }
    return true;
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
