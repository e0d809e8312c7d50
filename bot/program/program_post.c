#include "bot/planning/plan.h"
#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"
#include "bot/send.h"

/* How long a refused message is tried again before it is left to the daemon. */
static const int64_t patience_ms = 30000;

static const struct program_option options_own[] = {
        {"channel", "NAME", false, "where to"},
        {"date", "DAY", false, "of that day's announcement; else what is new"},
        {"dry-run", NULL, false, "show it, send and keep nothing"},
        {NULL, NULL, false, NULL},
};

/* One post on its way out, as the loop sees it. */
struct posting {
    struct program_setup *setup;
    const struct channel *channel;
    struct plan_result plan;
    struct send *send;
    bool ended; /* asked to */
};

/* What became of the rows of one occasion. */
struct tally {
    unsigned sent, parked, waiting;
    int64_t next_try_ms; /* of the first that waits */
    const char *complaint;
};

static bool tally_rows(const struct posting *posting, struct arena *arena,
        struct tally *tally, struct error *err)
{
    struct outbox_list rows;
    *tally = (struct tally){.complaint = ""};
    if (!store_outbox_list(posting->setup->store, posting->channel->id,
                posting->plan.occasion, arena, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct outbox_row *row = &rows.items[i];
        if (row->state != OUTBOX_DUE && !outbox_row_counts(row))
            continue;
        if (row->state == OUTBOX_SENT) {
            tally->sent++;
            continue;
        }
        if (*tally->complaint == '\0')
            tally->complaint = row->complaint;
        if (row->state != OUTBOX_DUE)
            tally->parked++;
        else if (tally->waiting++ == 0)
            tally->next_try_ms = row->next_try_ms;
    }
    return true;
}

/* --- as the loop sees it --- */

static int64_t next_due_ms(void *ctx)
{
    const struct posting *posting = ctx;
    return send_next_due_ms(posting->send);
}

static void step(void *ctx, int64_t now_ms)
{
    struct posting *posting = ctx;
    send_step(posting->send, now_ms);
}

static void wind_down(void *ctx)
{
    struct posting *posting = ctx;
    posting->ended = true;
    send_wind_down(posting->send);
}

static bool finished(void *ctx)
{
    const struct posting *posting = ctx;
    if (send_busy(posting->send))
        return false;
    if (posting->ended)
        return true;
    struct arena arena = {0};
    struct tally tally;
    bool done = !tally_rows(posting, &arena, &tally, NULL) ||
            tally.waiting == 0 ||
            tally.next_try_ms >
                    program_setup_now_ms(posting->setup) + patience_ms;
    arena_finish(&arena);
    return done;
}

static bool send_rows(struct posting *posting, struct error *err)
{
    struct program_setup *setup = posting->setup;
    struct outside *outside = setup->outside;
    posting->send = send_open(setup->store, setup->accounts,
            setup->account_count, &setup->config.channels, outside->clock,
            outside->chance, outside->owner, err);
    if (posting->send == NULL)
        return false;
    const struct core core = {.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = posting};
    bool good = outside->run(outside, &core, err);
    send_close(posting->send);
    return good;
}

/* --- what is said --- */

static void show_json(const struct posting *posting, const struct tally *tally)
{
    struct program_json json = {.out = posting->setup->outside->out};
    program_json_open(&json, NULL, '{');
    program_json_string(&json, "channel", posting->channel->label);
    program_json_string(&json, "occasion", posting->plan.occasion);
    program_json_number(&json, "papers", posting->plan.papers);
    program_json_number(&json, "candidates", posting->plan.candidates);
    program_json_number(&json, "sent", tally->sent);
    program_json_number(&json, "parked", tally->parked);
    program_json_number(&json, "waiting", tally->waiting);
    program_json_string(&json, "complaint", tally->complaint);
    program_json_close(&json, '}');
}

static const char *plural(unsigned count)
{
    return count == 1 ? "" : "s";
}

static void show(const struct posting *posting, const struct tally *tally)
{
    struct outside *outside = posting->setup->outside;
    const char *label = posting->channel->label;
    unsigned papers = posting->plan.papers;
    if (program_options_given(posting->setup->options, "json")) {
        show_json(posting, tally);
        return;
    }
    if (tally->parked + tally->waiting == 0)
        fprintf(outside->out, "posted %u paper%s to %s in %u message%s\n",
                papers, plural(papers), label, tally->sent,
                plural(tally->sent));
    if (tally->parked > 0)
        program_complain(outside,
                "%s: %u message%s not taken: %s; \"paperboy status\" shows "
                "what is wrong there",
                label, tally->parked, plural(tally->parked), tally->complaint);
    if (tally->waiting > 0)
        program_complain(outside,
                "%s: %u message%s not sent yet%s%s; kept in the outbox, "
                "\"paperboy run\" sends what is there",
                label, tally->waiting, plural(tally->waiting),
                *tally->complaint == '\0' ? "" : ": ", tally->complaint);
}

static bool send_and_show(struct posting *posting)
{
    struct program_setup *setup = posting->setup;
    struct error err;
    struct tally tally;
    if (!send_rows(posting, &err) ||
            !tally_rows(posting, &setup->arena, &tally, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    show(posting, &tally);
    return tally.parked + tally.waiting == 0;
}

/* Another process has the database and sends what it finds there. */
static bool leave_to_other(const struct posting *posting)
{
    struct program_setup *setup = posting->setup;
    struct tally tally;
    struct error err;
    if (!tally_rows(posting, &setup->arena, &tally, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    if (program_options_given(setup->options, "json"))
        show_json(posting, &tally);
    else
        fprintf(setup->outside->out,
                "%u paper%s for %s; the paperboy that is running sends them\n",
                posting->plan.papers, plural(posting->plan.papers),
                posting->channel->label);
    return true;
}

/* --- the command --- */

static bool post_now(struct program_setup *setup, const struct channel *channel,
        struct civil_date date)
{
    struct posting posting = {.setup = setup, .channel = channel};
    struct error err;
    if (!program_setup_channels(setup) || !program_setup_accounts(setup))
        return false;
    bool alone = store_lock(setup->store, setup->outside->owner, NULL);
    if (!plan_post(setup->store, program_setup_account(setup, channel), channel,
                date, program_setup_now_ms(setup), &posting.plan, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    if (posting.plan.papers == 0) {
        program_show_nothing(setup, channel, date);
        return true;
    }
    return alone ? send_and_show(&posting) : leave_to_other(&posting);
}

static bool show_only(struct program_setup *setup,
        const struct channel *channel, struct civil_date date)
{
    struct document *document;
    struct plan_result plan;
    struct error err;
    if (!program_setup_known_channels(setup))
        return false;
    if (!plan_preview(setup->store, channel, date, program_setup_now_ms(setup),
                &setup->arena, &document, &plan, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    if (document == NULL) {
        program_show_nothing(setup, channel, date);
        return true;
    }
    if (!program_show_document(setup, document, "text"))
        return false;
    program_complain(setup->outside,
            "%u of %u papers for %s; nothing was sent (--dry-run)", plan.papers,
            plan.candidates, channel->label);
    return true;
}

static bool post(struct program_setup *setup, const char *label,
        struct civil_date date)
{
    if (!program_setup_config(setup, true))
        return false;
    const struct channel *channel = program_setup_channel(setup, label);
    if (channel == NULL || !program_setup_store(setup))
        return false;
    return program_options_given(setup->options, "dry-run")
            ? show_only(setup, channel, date)
            : post_now(setup, channel, date);
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct civil_date date;
    const char *label = program_options_value(options, "channel");
    if (label == NULL)
        return program_misused(outside, &program_post,
                "say where to: --channel NAME");
    if (!program_setup_date(outside, &program_post, options, &date))
        return PROGRAM_USAGE;
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = post(&setup, label, date);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_post = {
        .name = "post",
        .summary = "post a channel's digest now",
        .usage = "--channel NAME [--date DAY] [--dry-run]",
        .about = "Posts what is new for a channel, now. The papers count as "
                 "posted; the digest of\n"
                 "the day still comes at its hour, with what is new by "
                 "then.\n",
        .examples = "  paperboy post --channel team --dry-run\n"
                    "  paperboy post --channel team\n"
                    "  paperboy post --channel team --date 2026-11-24\n",
        .options = options_own,
        .run = run,
};
