#include "bot/program/program_files.h"
#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/selection.h"

#include <stdlib.h>
#include <string.h>

static const struct program_option options_own[] = {
        {"from", "FILE", true, "files of papers, as for fetch"},
        {"channel", "NAME", false, "score as for that channel"},
        {NULL, NULL, false, NULL},
};

static int by_id(const void *a, const void *b)
{
    const struct scored *left = a, *right = b;
    return strcmp(left->paper->id, right->paper->id);
}

static int by_score(const void *a, const void *b)
{
    const struct scored *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return by_id(a, b);
}

static struct scored score(const struct source_record *record,
        const struct subscription *subscription, struct arena *arena)
{
    const struct candidate candidate = {.paper = &record->paper,
            .announce = record->announce,
            .signals = record->signals};
    return selection_score(&candidate, subscription, arena);
}

/* All papers, withdrawn and replaced ones too: a ranking hides nothing. */
static struct scored_list rank(const struct program_files_papers *papers,
        const struct subscription *subscription, struct arena *arena)
{
    struct scored_list list = {0};
    list.items = arena_array(arena, struct scored, papers->count + 1);
    for (size_t i = 0; i < papers->count; i++)
        list.items[i] = score(&papers->items[i], subscription, arena);
    qsort(list.items, papers->count, sizeof *list.items, by_id);
    for (size_t i = 0; i < papers->count; i++)
        if (i == 0 ||
                !text_same(list.items[i].paper->id,
                        list.items[list.count - 1].paper->id))
            list.items[list.count++] = list.items[i];
    qsort(list.items, list.count, sizeof *list.items, by_score);
    return list;
}

static void show_json(const struct scored *scored, FILE *out)
{
    struct program_json json = {.out = out};
    program_json_open(&json, NULL, '{');
    program_json_string(&json, "id", scored->paper->id);
    program_json_number(&json, "score", scored->score);
    program_json_open(&json, "parts", '{');
    for (enum feature feature = 0; feature < FEATURE_COUNT; feature++)
        program_json_number(&json, feature_name(feature),
                scored->parts[feature]);
    program_json_close(&json, '}');
    program_json_close(&json, '}');
}

static bool rank_files(struct program_setup *setup)
{
    static const struct subscription everything;
    const struct subscription *subscription = &everything;
    const char *label = program_options_value(setup->options, "channel");
    if (label != NULL) {
        if (!program_setup_config(setup, true))
            return false;
        const struct channel *channel = program_setup_channel(setup, label);
        if (channel == NULL || !program_setup_channels_if_any(setup))
            return false;
        subscription = &channel->subscription;
    }
    const struct string_list paths =
            program_options_all(setup->options, "from");
    struct program_files_papers papers = {0};
    bool good = program_files_read_all(setup->outside, &paths, &setup->arena,
            &papers);
    struct scored_list list = rank(&papers, subscription, &setup->arena);
    bool json = program_options_given(setup->options, "json");
    for (size_t i = 0; i < list.count; i++) {
        const struct scored *scored = &list.items[i];
        if (json)
            show_json(scored, setup->outside->out);
        else
            fprintf(setup->outside->out, "%d %s %s\n", scored->score,
                    scored->paper->id,
                    text_latex_show(&setup->arena, scored->paper->title));
    }
    return good;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    if (!program_options_given(options, "from"))
        return program_misused(outside, &program_rank,
                "say of what: --from FILE");
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = rank_files(&setup);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_rank = {
        .name = "rank",
        .summary = "score a file's papers and say why",
        .usage = "--from FILE... [--channel NAME] [--json]",
        .about = "Scores the papers of files, the highest first, every id "
                 "once. A score is the sum\n"
                 "of its parts; --json shows them. With --channel it is "
                 "that channel's, as commands\n"
                 "set it; else no store is opened.\n",
        .examples = "  paperboy rank --from day.jsonl\n"
                    "  paperboy rank --from day.jsonl --channel team --json\n",
        .options = options_own,
        .run = run,
};
