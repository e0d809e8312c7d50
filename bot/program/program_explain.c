#include "bot/explain.h"
#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/content/content_words.h"
#include "bot/model/category.h"

enum {
    REASONS_SHOWN = 5, /* of what is like what people pick */
};

static const struct program_option options_own[] = {
        {"", "ID", false, "the paper: 2210.11693, a link to it, ..."},
        {"channel", "NAME", false, "as that channel sees it"},
        {NULL, NULL, false, NULL},
};

/* --- for people --- */

static const char *part_in_words(const struct scored *scored,
        enum feature feature)
{
    static const char *const words[FEATURE_COUNT] = {
            [FEATURE_CATEGORY] = "one of its further categories is wanted",
            [FEATURE_WORDS] = "has words the channel wants",
            [FEATURE_AUTHORS] = "is by somebody the channel wants",
            [FEATURE_UNWANTED] = "has words the channel does not want",
            [FEATURE_CODE] = "says where its code is",
            [FEATURE_VENUE] = "says where it was accepted",
            [FEATURE_CONTENT] = "like, or unlike, what people elsewhere pick",
            [FEATURE_TASTE] = "is like, or unlike, what was voted for there",
            [FEATURE_SIGNALS] = "what others thought of it: votes",
            [FEATURE_CITATIONS] = "is cited by other papers",
    };
    if (feature == FEATURE_CATEGORY &&
            category_same(scored->paper->categories.items[0], scored->category))
        return "its first category is wanted";
    return words[feature] == NULL ? "" : words[feature];
}

static void show_reasons(struct program_setup *setup, const struct paper *paper)
{
    const char *words =
            content_words_of(paper, "en", REASONS_SHOWN, &setup->arena);
    if (*words != '\0')
        fprintf(setup->outside->out, "%17s%s\n", "", words);
}

static void show_score(struct program_setup *setup,
        const struct explanation *explanation, const struct channel *channel)
{
    FILE *out = setup->outside->out;
    const struct scored *scored = &explanation->scored;
    fprintf(out, "score %d for %s:\n", scored->score, channel->label);
    for (enum feature feature = 0; feature < FEATURE_COUNT; feature++) {
        if (scored->parts[feature] != 0)
            fprintf(out, "  %+4d  %-9s %s\n", scored->parts[feature],
                    feature_name(feature), part_in_words(scored, feature));
        if (feature == FEATURE_CONTENT)
            show_reasons(setup, scored->paper);
    }
}

static const char *announced_as(enum announce_type type)
{
    static const char *const words[] = {
            [ANNOUNCE_UNKNOWN] = "announced",
            [ANNOUNCE_NEW] = "announced as new",
            [ANNOUNCE_CROSS] = "announced as a cross-list",
            [ANNOUNCE_REPLACE] = "announced as a new version",
            [ANNOUNCE_REPLACE_CROSS] = "announced as a new version",
    };
    return words[type];
}

static void show_filings(const struct explanation *explanation, FILE *out)
{
    for (size_t i = 0; i < explanation->filing_count; i++) {
        const struct explain_filing *filing = &explanation->filings[i];
        char day[CIVIL_DATE_SIZE];
        civil_date_format(filing->date, day);
        fprintf(out, "%s in %s on %s%s\n", announced_as(filing->announce),
                filing->category, day,
                filing->state == BATCH_ANNOUNCED ? "" : ", not yet complete");
    }
}

/* A paper counts as posted once its message is planned. */
static size_t unsent(struct program_setup *setup, const struct channel *channel,
        const char *occasion)
{
    struct outbox_list rows;
    size_t count = 0;
    if (!store_outbox_list(setup->store, channel->id, occasion, &setup->arena,
                &rows, NULL))
        return 0;
    for (size_t i = 0; i < rows.count; i++)
        count += rows.items[i].state != OUTBOX_SENT;
    return count;
}

static void show_posted(struct program_setup *setup,
        const struct posted_paper *posted, const struct channel *channel)
{
    char when[PROGRAM_SHOW_TIME_SIZE];
    program_show_instant(channel->schedule.timezone, posted->posted_ms, when);
    fprintf(setup->outside->out, "posted %s, in %s%s\n", when, posted->occasion,
            unsent(setup, channel, posted->occasion) == 0
                    ? ""
                    : ", not all of which was sent: see \"paperboy outbox\"");
}

static void show_next(struct program_setup *setup,
        const struct channel *channel)
{
    char next[PROGRAM_SHOW_TIME_SIZE];
    int64_t due_ms;
    program_show_due(channel, program_setup_now_ms(setup), next, &due_ms);
    fprintf(setup->outside->out,
            due_ms == 0 ? "not posted yet: it would be in a digest now\n"
                        : "not posted yet: as things stand it is in the digest "
                          "of %s\n",
            next);
}

static void show_outdone(const struct explanation *explanation, FILE *out)
{
    fprintf(out,
            explanation->verdict == EXPLAIN_BEHIND ? "not posted yet: "
                                                   : "not posted: ");
    if (explanation->place == 0)
        fprintf(out, "others were taken\n");
    else if (explanation->place <= explanation->takes)
        fprintf(out,
                "place %zu of %zu, but near-twins, one author or one category "
                "do not fill a digest\n",
                explanation->place, explanation->among);
    else
        fprintf(out, "place %zu of %zu, and a digest takes %u\n",
                explanation->place, explanation->among, explanation->takes);
}

static void show_verdict(struct program_setup *setup,
        const struct explanation *explanation, const struct channel *channel)
{
    FILE *out = setup->outside->out;
    switch (explanation->verdict) {
    case EXPLAIN_POSTED:
        show_posted(setup, explanation->posted, channel);
        break;
    case EXPLAIN_UNWANTED:
        fprintf(out, "not posted: it is in none of the channel's categories\n");
        break;
    case EXPLAIN_WITHDRAWN:
        fprintf(out, "not posted: it was withdrawn\n");
        break;
    case EXPLAIN_UNANNOUNCED:
        fprintf(out,
                "not posted: it was not announced in the channel's "
                "categories, as far as is known here\n");
        break;
    case EXPLAIN_REPLACEMENT:
        fprintf(out, "not posted: a new version is no news\n");
        break;
    case EXPLAIN_INCOMPLETE:
        fprintf(out,
                "not posted yet: its announcement was not read to the "
                "end\n");
        break;
    case EXPLAIN_MISSED:
        fprintf(out,
                "not posted, though it has place %zu of %zu: no digest there "
                "was "
                "made of its\nannouncement, or the score has changed since\n",
                explanation->place, explanation->among);
        break;
    case EXPLAIN_COMES:
        show_next(setup, channel);
        break;
    case EXPLAIN_BEHIND:
    case EXPLAIN_OUTDONE:
        show_outdone(explanation, out);
        break;
    }
}

static void show(struct program_setup *setup,
        const struct explanation *explanation, const struct channel *channel)
{
    FILE *out = setup->outside->out;
    fprintf(out, "%s %s\n", explanation->paper->id,
            text_latex_show(&setup->arena, explanation->paper->title));
    show_score(setup, explanation, channel);
    show_filings(explanation, out);
    show_verdict(setup, explanation, channel);
}

/* --- for programs --- */

static void filings_json(struct program_json *json,
        const struct explanation *explanation)
{
    program_json_open(json, "announced", '[');
    for (size_t i = 0; i < explanation->filing_count; i++) {
        const struct explain_filing *filing = &explanation->filings[i];
        char day[CIVIL_DATE_SIZE];
        civil_date_format(filing->date, day);
        program_json_open(json, NULL, '{');
        program_json_string(json, "category", filing->category);
        program_json_string(json, "date", day);
        program_json_string(json, "type", announce_type_name(filing->announce));
        program_json_string(json, "state", batch_state_name(filing->state));
        program_json_close(json, '}');
    }
    program_json_close(json, ']');
}

static void posted_json(struct program_json *json,
        const struct explanation *explanation)
{
    char instant[CIVIL_INSTANT_SIZE];
    if (explanation->posted == NULL) {
        program_json_null(json, "posted");
        return;
    }
    civil_format_instant(explanation->posted->posted_ms, instant);
    program_json_open(json, "posted", '{');
    program_json_string(json, "time", instant);
    program_json_string(json, "occasion", explanation->posted->occasion);
    program_json_close(json, '}');
}

static void show_json(struct program_setup *setup,
        const struct explanation *explanation, const struct channel *channel)
{
    struct program_json json = {.out = setup->outside->out};
    program_json_open(&json, NULL, '{');
    program_json_string(&json, "id", explanation->paper->id);
    program_json_string(&json, "title", explanation->paper->title);
    program_json_string(&json, "channel", channel->label);
    program_json_number(&json, "score", explanation->scored.score);
    program_json_open(&json, "parts", '{');
    for (enum feature feature = 0; feature < FEATURE_COUNT; feature++)
        program_json_number(&json, feature_name(feature),
                explanation->scored.parts[feature]);
    program_json_close(&json, '}');
    filings_json(&json, explanation);
    posted_json(&json, explanation);
    program_json_string(&json, "verdict",
            explain_verdict_name(explanation->verdict));
    program_json_number(&json, "place", (int64_t)explanation->place);
    program_json_number(&json, "among", (int64_t)explanation->among);
    program_json_number(&json, "takes", explanation->takes);
    program_json_close(&json, '}');
}

/* --- the command --- */

static bool explain(struct program_setup *setup, const char *id,
        const char *label)
{
    struct explanation explanation;
    struct error err;
    if (!program_setup_config(setup, true))
        return false;
    const struct channel *channel = program_setup_channel(setup, label);
    if (channel == NULL || !program_setup_present_store(setup) ||
            !program_setup_known_channels(setup))
        return false;
    if (!explain_paper(setup->store, channel, id, &setup->arena, &explanation,
                &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    if (explanation.paper == NULL) {
        program_complain(setup->outside,
                "%s is not known here; \"paperboy fetch --id %s\" brings it",
                id, id);
        return false;
    }
    if (program_options_given(setup->options, "json"))
        show_json(setup, &explanation, channel);
    else
        show(setup, &explanation, channel);
    return true;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    const char *word = program_options_value(options, "");
    const char *label = program_options_value(options, "channel");
    unsigned version;
    if (word == NULL)
        return program_misused(outside, &program_explain,
                "say which paper: paperboy explain ID --channel NAME");
    if (label == NULL)
        return program_misused(outside, &program_explain,
                "say for whom: --channel NAME");
    const char *id = paper_id_parse(options->arena, word, &version);
    if (id == NULL)
        return program_misused(outside, &program_explain,
                "\"%s\" is no arXiv id; expected such as 2210.11693", word);
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = explain(&setup, id, label);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_explain = {
        .name = "explain",
        .summary = "why a channel got a paper, or did not",
        .usage = "ID --channel NAME [--json]",
        .about = "Shows what a paper is worth to a channel, part by part, "
                 "where it was announced, and\n"
                 "when it was posted there or why it was not.\n",
        .examples = "  paperboy explain 2210.11693 --channel team\n"
                    "  paperboy explain https://arxiv.org/abs/2210.11693v2 "
                    "--channel team --json\n",
        .options = options_own,
        .run = run,
};
