#include "bot/program/program_reach.h"

#include "bot/base/text.h"
#include "bot/program/program_show.h"

#include <inttypes.h>
#include <string.h>

#define KNOWN_PAPER "1706.03762" /* that most have heard of */

static const int64_t patience_ms = 10000;

/* One question. */
struct probe {
    struct asking *asking;
    struct program_reach_answer answer;
    int line;   /* of the section, 0 where nobody needs it */
    bool tells; /* the answer proves something */
    struct account *account;
    const struct channel *channel;     /* for a test message */
    const char *room;                  /* is looked at */
    const char *category;              /* of the feed that is asked for */
    bool votes;                        /* the votes' source is asked */
    bool pictures;                     /* that of pictures is */
    struct source *facts;              /* is asked who works where */
    const struct hired_writer *writer; /* is asked for a note */
    size_t records;                    /* in it */
    struct request *request;           /* NULL unless under way */
    bool begun, done;
};

/* All of them, as the loop sees them. */
struct asking {
    struct program_setup *setup;
    struct probe *probes;
    size_t count;
    bool one_by_one; /* messages: each after the one before it */
    int64_t next_ms; /* not before */
    int64_t deadline_ms;
    bool ended; /* asked to */
};

/* --- answers --- */

static void settle(struct probe *probe, enum program_reach_verdict verdict,
        const char *text)
{
    struct asking *asking = probe->asking;
    probe->request = NULL;
    probe->done = true;
    probe->answer.verdict = verdict;
    probe->answer.text = arena_string(&asking->setup->arena, text);
}

static const char *remedy_of(const struct probe *probe, const struct error *err)
{
    if (err->kind == ERROR_RETRY)
        return "this may pass by itself; try again later";
    return arena_format(&probe->asking->setup->arena, "see its section, %s:%d",
            probe->asking->setup->config.file, probe->line);
}

static void settle_bad(struct probe *probe, const struct error *err)
{
    settle(probe, REACH_BAD,
            arena_format(&probe->asking->setup->arena, "%s; %s",
                    program_show_reason(probe->category, err->text),
                    remedy_of(probe, err)));
}

static const char *works_as(const struct probe *probe)
{
    const struct account_ops *ops = probe->account->ops;
    const char *who = ops->who != NULL ? ops->who(probe->account) : "";
    return *who == '\0'
            ? "works"
            : arena_format(&probe->asking->setup->arena, "works as %s", who);
}

static void verified(void *cookie, const struct error *err)
{
    struct probe *probe = cookie;
    if (err != NULL)
        settle_bad(probe, err);
    else if (probe->tells)
        settle(probe, REACH_GOOD, works_as(probe));
    else
        settle(probe, REACH_UNTOLD,
                "a webhook tells nothing until it is posted to: "
                "\"paperboy check --post\"");
}

/* What may pass, or could not be told, is not held against the channel. */
static void looked_at(void *cookie, const struct error *err)
{
    struct probe *probe = cookie;
    if (err == NULL)
        settle(probe, REACH_GOOD, "can be posted to");
    else if (err->kind == ERROR_REJECTED || err->kind == ERROR_RETRY)
        settle(probe, REACH_UNTOLD,
                arena_format(&probe->asking->setup->arena,
                        "not known without posting: %s", err->text));
    else
        settle_bad(probe, err);
}

static void sent(void *cookie, const struct account_receipt *receipt,
        const struct error *err)
{
    struct probe *probe = cookie;
    struct asking *asking = probe->asking;
    asking->next_ms = program_setup_now_ms(asking->setup) +
            probe->account->ops->account_gap_ms;
    if (err == NULL)
        settle(probe, REACH_GOOD, "a test message was posted");
    else if (receipt->maybe_taken)
        settle(probe, REACH_BAD,
                arena_format(&asking->setup->arena,
                        "%s; the message may have been shown all the same",
                        err->text));
    else
        settle_bad(probe, err);
}

static void fetched(void *cookie, const struct source_answer *answer,
        const struct error *err)
{
    struct probe *probe = cookie;
    (void)answer;
    if (err != NULL)
        settle_bad(probe, err);
    else
        settle(probe, REACH_GOOD,
                arena_format(&probe->asking->setup->arena,
                        "answers: %zu papers in the newest announcement of it",
                        probe->records));
}

static void listed(void *cookie, const struct source_page *page,
        const struct error *err)
{
    struct probe *probe = cookie;
    (void)page;
    if (err != NULL)
        settle_bad(probe, err);
    else
        settle(probe, REACH_GOOD,
                arena_format(&probe->asking->setup->arena,
                        "answers: %zu papers with votes yesterday",
                        probe->records));
}

/* Who knows papers knows this one. */
static void looked_up(void *cookie, const struct source_page *page,
        const struct error *err)
{
    struct probe *probe = cookie;
    (void)page;
    if (err != NULL)
        settle_bad(probe, err);
    else if (probe->records > 0)
        settle(probe, REACH_GOOD, "answers: it knows " KNOWN_PAPER);
    else
        settle(probe, REACH_UNTOLD,
                "answers, but does not know " KNOWN_PAPER "; is url right?");
}

/* That there is none of this paper may be right, or the address wrong. */
static void pictured(void *cookie, const struct picture *picture,
        const struct error *err)
{
    struct probe *probe = cookie;
    struct arena *arena = &probe->asking->setup->arena;
    if (picture != NULL)
        settle(probe, REACH_GOOD,
                arena_format(arena, "answers: a picture of %s, %u x %u pixels",
                        picture->paper_id, picture->width, picture->height));
    else if (err->kind == ERROR_REJECTED)
        settle(probe, REACH_UNTOLD,
                arena_format(arena,
                        "no picture of " KNOWN_PAPER " (%s); if it should "
                        "have one, is url right?",
                        err->text));
    else
        settle_bad(probe, err);
}

static void written(void *cookie, const struct writer_answer *answer,
        const struct error *err)
{
    struct probe *probe = cookie;
    if (err != NULL)
        settle_bad(probe, err);
    else
        settle(probe, REACH_GOOD,
                arena_format(&probe->asking->setup->arena, "writes: %s",
                        answer->note.digest));
}

/* --- questions --- */

static void count_record(void *ctx, const struct source_record *record)
{
    struct probe *probe = ctx;
    (void)record;
    probe->records++;
}

static void pass_over(void *ctx, const struct source_complaint *complaint)
{
    (void)ctx;
    (void)complaint;
}

static void begin_fetch(struct probe *probe)
{
    struct program_setup *setup = probe->asking->setup;
    const struct string_list wanted =
            config_all_categories(&setup->config, &setup->arena);
    const struct source_query query = {.category = wanted.count > 0
                    ? wanted.items[0]
                    : "cs.LG",
            .validator = ""};
    const struct source_sink sink = {.record = count_record,
            .complaint = pass_over,
            .ctx = probe};
    probe->category = query.category;
    probe->answer.name = arena_format(&setup->arena, "%s, %s",
            probe->answer.name, query.category);
    probe->request = setup->source->ops->fetch(setup->source, &query, &sink,
            fetched, probe);
}

static void begin_votes(struct probe *probe)
{
    struct program_setup *setup = probe->asking->setup;
    struct civil_date yesterday =
            civil_date_of_days(program_setup_now_ms(setup) /
                            (INT64_C(86400) * 1000) -
                    1);
    const struct source_range range = {.since = yesterday,
            .until = yesterday,
            .continuation = ""};
    const struct source_sink sink = {.record = count_record,
            .complaint = pass_over,
            .ctx = probe};
    probe->request =
            setup->votes->ops->page(setup->votes, &range, &sink, listed, probe);
}

static void begin_facts(struct probe *probe)
{
    const char *ids[] = {KNOWN_PAPER};
    const struct source_range range = {.ids = {ids, 1}, .continuation = ""};
    const struct source_sink sink = {.record = count_record,
            .complaint = pass_over,
            .ctx = probe};
    probe->request = probe->facts->ops->page(probe->facts, &range, &sink,
            looked_up, probe);
}

static void begin_picture(struct probe *probe)
{
    struct source *source = probe->asking->setup->pictures;
    probe->request = source->ops->picture(source, KNOWN_PAPER, pictured, probe);
}

static const char *greeting(struct program_setup *setup,
        const struct channel *channel)
{
    char next[PROGRAM_SHOW_TIME_SIZE];
    int64_t due_ms;
    program_show_due(channel, program_setup_now_ms(setup), next, &due_ms);
    if (text_same(channel->languages.tags[0], "zh"))
        return arena_format(&setup->arena,
                "Paperboy 测试消息：本频道接收正常。下一期：%s",
                due_ms == 0 ? "未设定时间" : strchr(next, ' ') + 1);
    return arena_format(&setup->arena,
            "A test from Paperboy: this channel works. Next digest: %s", next);
}

/* What it says of itself is no matter: that it writes is what is asked. */
static void begin_note(struct probe *probe)
{
    struct writer *writer = probe->writer->writer;
    const struct string_list *only = &probe->writer->terms.languages;
    const char *language = only->count > 0 ? only->items[0] : "zh";
    struct paper paper = paper_empty();
    paper.id = "2611.00000";
    paper.title = "A Paper to Try Writers On";
    paper.abstract = "We propose a paper that tries writers. It has two "
                     "sentences.";
    if (!writer->ops->speaks(writer, language))
        language = "en";
    const struct writer_task task = {.paper = &paper,
            .language = language,
            .complaint = ""};
    probe->request = writer->ops->write(writer, &task, written, probe);
}

static bool render(struct probe *probe, struct payload_list *payloads,
        struct error *err)
{
    struct program_setup *setup = probe->asking->setup;
    const struct channel *channel = probe->channel;
    struct document document;
    const char *text = greeting(setup, channel);
    document_init(&document, &setup->arena, channel->languages.tags[0]);
    document.title = text;
    document_paragraph(&document, &document.root, ROLE_NONE, text);
    if (!probe->account->ops->render(probe->account, channel, &document,
                &setup->arena, payloads, err))
        return false;
    return payloads->count > 0 ||
            error_set(err, ERROR_STOP, "nothing was rendered");
}

static void begin_post(struct probe *probe)
{
    struct program_setup *setup = probe->asking->setup;
    const struct channel *channel = probe->channel;
    struct payload_list payloads = {0};
    struct error err;
    if (!render(probe, &payloads, &err)) {
        settle_bad(probe, &err);
        return;
    }
    /* Never the same twice, so that no product takes it for a repetition. */
    const char *key = arena_format(&setup->arena, "check-%" PRId64 "-%zu",
            program_setup_now_ms(setup),
            (size_t)(channel - setup->config.channels.items));
    const struct outbox_row row = {
            .channel_id = channel->id,
            .account = channel->account,
            .room = channel->room,
            .occasion = "check",
            .delivery_key = key,
            .verb = OUTBOX_SEND,
            .payload = payloads.items[0].bytes,
            .payload_bytes = payloads.items[0].length,
            .target = "",
            .reply = "",
            .person = "",
            .receipt = "",
            .complaint = "",
    };
    probe->request =
            probe->account->ops->send(probe->account, &row, sent, probe);
}

static void begin(struct probe *probe)
{
    probe->begun = true;
    if (probe->channel != NULL)
        begin_post(probe);
    else if (probe->votes)
        begin_votes(probe);
    else if (probe->facts != NULL)
        begin_facts(probe);
    else if (probe->pictures)
        begin_picture(probe);
    else if (probe->writer != NULL)
        begin_note(probe);
    else if (probe->account == NULL)
        begin_fetch(probe);
    else if (probe->room != NULL)
        probe->request = probe->account->ops->look(probe->account, probe->room,
                looked_at, probe);
    else if (probe->account->ops->verify != NULL)
        probe->request =
                probe->account->ops->verify(probe->account, verified, probe);
    else
        verified(probe, NULL);
}

/* --- as the loop sees it --- */

static struct probe *waiting(struct asking *asking)
{
    for (size_t i = 0; i < asking->count; i++) {
        struct probe *probe = &asking->probes[i];
        if (!probe->begun)
            return probe;
        if (asking->one_by_one && !probe->done)
            return NULL;
    }
    return NULL;
}

static int64_t next_due_ms(void *ctx)
{
    struct asking *asking = ctx;
    return waiting(asking) != NULL ? asking->next_ms : asking->deadline_ms;
}

static void give_up(struct asking *asking, const char *why)
{
    for (size_t i = 0; i < asking->count; i++) {
        struct probe *probe = &asking->probes[i];
        if (probe->done)
            continue;
        request_cancel(probe->request);
        if (probe->writer != NULL && !asking->ended)
            settle(probe, REACH_UNTOLD,
                    "no note within 10 seconds; a slow model is waited for "
                    "when it is needed, up to two minutes a note");
        else
            settle(probe, REACH_BAD, why);
    }
}

static void step(void *ctx, int64_t now_ms)
{
    struct asking *asking = ctx;
    struct probe *probe;
    if (now_ms >= asking->deadline_ms)
        give_up(asking,
                "no answer within 10 seconds; is this machine on the network, "
                "and is the address right?");
    while (now_ms >= asking->next_ms && (probe = waiting(asking)) != NULL)
        begin(probe);
}

static void wind_down(void *ctx)
{
    struct asking *asking = ctx;
    asking->ended = true;
    give_up(asking, "stopped before an answer came");
}

static bool finished(void *ctx)
{
    const struct asking *asking = ctx;
    for (size_t i = 0; i < asking->count; i++)
        if (!asking->probes[i].done)
            return false;
    return true;
}

/* --- asking --- */

static void add(struct program_reach *reach, struct arena *arena,
        const struct program_reach_answer *answer)
{
    reach->items = arena_grow(arena, reach->items, reach->count,
            &reach->capacity, sizeof *reach->items);
    reach->items[reach->count++] = *answer;
}

static bool run_asking(struct asking *asking, struct program_reach *reach,
        struct error *err)
{
    struct program_setup *setup = asking->setup;
    const struct core core = {.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = asking};
    asking->next_ms = program_setup_now_ms(setup);
    if (!setup->outside->run(setup->outside, &core, err)) {
        give_up(asking, "");
        return false;
    }
    for (size_t i = 0; i < asking->count; i++)
        add(reach, &setup->arena, &asking->probes[i].answer);
    return true;
}

static struct probe *probe_add(struct asking *asking, const char *what,
        const char *name)
{
    struct probe *probe = &asking->probes[asking->count++];
    *probe = (struct probe){.asking = asking,
            .answer = {.what = what, .name = name, .text = ""},
            .category = ""};
    return probe;
}

static void probe_accounts(struct asking *asking, bool posts)
{
    struct program_setup *setup = asking->setup;
    for (size_t i = 0; i < setup->account_count; i++) {
        struct account *account = setup->accounts[i];
        const struct config_account *wanted =
                config_find_account(&setup->config, account->name);
        bool tells = wanted == NULL || !config_is_webhook(wanted->kind);
        if (posts && !tells)
            continue;
        struct probe *probe = probe_add(asking, "account", account->name);
        probe->account = account;
        probe->line = wanted == NULL ? 0 : wanted->line;
        probe->tells = tells;
    }
}

/* Those that can be looked at; where a message will be posted that shows it. */
static void probe_rooms(struct asking *asking)
{
    struct program_setup *setup = asking->setup;
    const struct channel_list *channels = &setup->config.channels;
    for (size_t i = 0; i < channels->count; i++) {
        const struct channel *channel = &channels->items[i];
        struct account *account = program_setup_account(setup, channel);
        if (account == NULL || account->ops->look == NULL)
            continue;
        struct probe *probe = probe_add(asking, "channel", channel->label);
        probe->account = account;
        probe->room = channel->room;
        probe->line = config_find_account(&setup->config, account->name)->line;
    }
}

static void probe_sources(struct asking *asking)
{
    struct program_setup *setup = asking->setup;
    const struct config *config = &setup->config;
    if (setup->source != NULL)
        probe_add(asking, "source",
                config_find_source(config, SOURCE_ANNOUNCES)->settings.name);
    if (setup->votes != NULL)
        probe_add(asking, "source",
                config_find_source(config, SOURCE_VOTES)->settings.name)
                ->votes = true;
    if (setup->pictures != NULL)
        probe_add(asking, "source",
                config_find_source(config, SOURCE_PICTURES)->settings.name)
                ->pictures = true;
    for (size_t i = 0; i < setup->fact_count; i++)
        probe_add(asking, "source", setup->facts[i]->ops->kind)->facts =
                setup->facts[i];
}

static void probe_writers(struct asking *asking)
{
    struct program_setup *setup = asking->setup;
    for (size_t i = 0; i < setup->writer_count; i++) {
        const struct hired_writer *hired = &setup->writers[i];
        struct probe *probe = probe_add(asking, "writer", hired->writer->name);
        probe->writer = hired;
        for (size_t k = 0; k < setup->config.writer_count; k++)
            if (text_same(setup->config.writers[k].settings.name,
                        hired->writer->name))
                probe->line = setup->config.writers[k].line;
    }
}

bool program_reach_ask(struct program_setup *setup, struct program_reach *reach,
        struct error *err)
{
    struct asking asking = {.setup = setup,
            .probes = arena_array(&setup->arena, struct probe,
                    setup->account_count + setup->config.channels.count +
                            setup->writer_count + setup->fact_count + 3),
            .deadline_ms = program_setup_now_ms(setup) + patience_ms};
    probe_accounts(&asking, reach->posts);
    if (!reach->posts)
        probe_rooms(&asking);
    probe_sources(&asking);
    probe_writers(&asking);
    return asking.count == 0 || run_asking(&asking, reach, err);
}

bool program_reach_post(struct program_setup *setup, const struct channel *only,
        struct program_reach *reach, struct error *err)
{
    const struct channel_list *channels = &setup->config.channels;
    struct asking asking = {.setup = setup,
            .probes = arena_array(&setup->arena, struct probe,
                    channels->count + 1),
            .one_by_one = true,
            .deadline_ms = INT64_MAX}; /* the adapters keep one */
    for (size_t i = 0; i < channels->count; i++) {
        const struct channel *channel = &channels->items[i];
        if (only != NULL && only != channel)
            continue;
        struct account *account = program_setup_account(setup, channel);
        if (account == NULL)
            continue; /* it could not be opened, as was said */
        struct probe *probe = probe_add(&asking, "channel", channel->label);
        const struct config_account *wanted =
                config_find_account(&setup->config, channel->account);
        probe->account = account;
        probe->channel = channel;
        probe->line = wanted == NULL ? 0 : wanted->line;
    }
    return asking.count == 0 || run_asking(&asking, reach, err);
}

/* --- telling --- */

bool program_reach_good(const struct program_reach *reach)
{
    for (size_t i = 0; i < reach->count; i++)
        if (reach->items[i].verdict == REACH_BAD)
            return false;
    return true;
}

void program_reach_show(const struct program_reach *reach, size_t first,
        FILE *out)
{
    for (size_t i = first; i < reach->count; i++) {
        const struct program_reach_answer *answer = &reach->items[i];
        fprintf(out, "%s %s: %s%s\n", answer->what, answer->name,
                answer->verdict == REACH_BAD ? "PROBLEM: " : "", answer->text);
    }
}
