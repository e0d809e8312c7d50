#include "bot/planning/plan.h"
#include "bot/program/program_files.h"
#include "bot/program/program_setup.h"
#include "bot/program/program_show.h"

#include "bot/base/text.h"
#include "bot/digest.h"
#include "bot/model/category.h"
#include "bot/selection.h"

static const struct program_option options_own[] = {
        {"channel", "NAME", false, "a channel's digest, as it would be posted"},
        {"from", "FILE", true, "a digest of files instead; no store is opened"},
        {"date", "DAY", false, "of that day's announcement"},
        {"format", "NAME", false,
                "text (the default), markdown, html, matrix, slack or json"},
        {"categories", "LIST", false, "with --from: such as LG,CV,CL"},
        {"languages", "LIST", false,
                "with --from: such as zh,en (the default)"},
        {"style", "NAME", false, "with --from: full (the default) or brief"},
        {"size", "N+M", false, "with --from: 5+4 unless the file says which"},
        {"credit", "TEXT", false, "with --from: a line below the legend"},
        {"foot", NULL, false, "with --from: a last line, with the counts"},
        {NULL, NULL, false, NULL},
};

/* --- what is asked for --- */

static bool bad(struct outside *outside, const char *option,
        const struct error *err)
{
    program_misused(outside, &program_digest, "--%s: %s", option, err->text);
    return false;
}

/* The options that describe a channel which exists on the command line only. */
static bool read_channel(struct outside *outside,
        const struct program_options *options, struct channel *channel)
{
    struct arena *arena = options->arena;
    struct error err;
    const char *categories = program_options_value(options, "categories");
    const char *languages = program_options_value(options, "languages");
    const char *style = program_options_value(options, "style");
    const char *size = program_options_value(options, "size");
    const char *credit = program_options_value(options, "credit");
    *channel = config_default_channel();
    channel->style = STYLE_FULL;
    if (categories != NULL &&
            !config_parse_categories(categories, arena,
                    &channel->subscription.categories, &err))
        return bad(outside, "categories", &err);
    if (languages != NULL &&
            !config_parse_languages(languages, arena, &channel->languages,
                    &err))
        return bad(outside, "languages", &err);
    if (style != NULL && !config_parse_style(style, &channel->style, &err))
        return bad(outside, "style", &err);
    if (size != NULL &&
            !config_parse_size(size, &channel->top_count, &channel->also_count,
                    &err))
        return bad(outside, "size", &err);
    if (credit != NULL)
        channel->credit = text_one_line(arena, credit);
    return true;
}

/* --- a digest of files --- */

struct making {
    struct arena *arena;
    const struct channel *channel;
    const struct program_files_papers *papers;
    struct digest_item *items;
    size_t count, capacity;
};

static void item_add(struct making *making, const struct paper *paper,
        const char *tag, bool top)
{
    making->items = arena_grow(making->arena, making->items, making->count,
            &making->capacity, sizeof *making->items);
    making->items[making->count++] =
            (struct digest_item){.paper = paper, .tag = tag, .top = top};
}

static struct candidate candidate_of(const struct source_record *record)
{
    return (struct candidate){
            .paper = &record->paper,
            .announce = record->announce,
            .signals = record->signals,
    };
}

/* The file says itself what is in which section: its order stands. */
static bool take_sections(struct making *making, const char *section, bool top)
{
    size_t before = making->count;
    for (size_t i = 0; i < making->papers->count; i++) {
        const struct source_record *record = &making->papers->items[i];
        if (!text_same(record->section, section))
            continue;
        const struct candidate candidate = candidate_of(record);
        struct scored scored = selection_score(&candidate,
                &making->channel->subscription, making->arena);
        item_add(making, &record->paper, scored.tag, top);
    }
    return making->count > before;
}

static void take_best(struct making *making)
{
    size_t count = making->papers->count;
    struct candidate *candidates =
            arena_array(making->arena, struct candidate, count + 1);
    for (size_t i = 0; i < count; i++)
        candidates[i] = candidate_of(&making->papers->items[i]);
    const struct channel *channel = making->channel;
    struct scored_list ranked = selection_rank(candidates, count,
            &channel->subscription, making->arena);
    struct scored_list chosen =
            selection_choose(&ranked, channel->top_count + channel->also_count,
                    channel->mix, making->arena);
    for (size_t i = 0; i < chosen.count; i++)
        item_add(making, chosen.items[i].paper, chosen.items[i].tag,
                i < channel->top_count);
}

static struct note_list all_notes(const struct making *making)
{
    struct note_list notes = {0};
    size_t capacity = 0;
    for (size_t i = 0; i < making->papers->count; i++) {
        const struct note_list *own = &making->papers->items[i].notes;
        for (size_t k = 0; k < own->count; k++) {
            notes.items = arena_grow(making->arena, notes.items, notes.count,
                    &capacity, sizeof *notes.items);
            notes.items[notes.count++] = own->items[k];
        }
    }
    return notes;
}

/* Without --categories the legend has those that the papers lead with. */
static struct string_list legend(const struct making *making)
{
    struct string_list codes = making->channel->subscription.categories;
    size_t capacity = 0;
    if (codes.count > 0)
        return codes;
    for (size_t i = 0; i < making->count; i++) {
        const struct string_list *own = &making->items[i].paper->categories;
        bool known = own->count == 0;
        for (size_t k = 0; k < codes.count && !known; k++)
            known = text_same(codes.items[k], own->items[0]);
        if (!known)
            string_list_add(&codes, &capacity, making->arena, own->items[0]);
    }
    return codes;
}

static bool is_wanted(const struct string_list *wanted, const char *code)
{
    for (size_t i = 0; i < wanted->count; i++)
        if (category_same(wanted->items[i], code))
            return true;
    return false;
}

/* As what a reader of these categories was told of a paper: where nobody says,
 * new if its primary category, the first, is one of them.  ANNOUNCE_REPLACE if
 * not told at all. */
static enum announce_type announced_as(const struct source_record *record,
        const struct string_list *wanted)
{
    const struct string_list *own = &record->paper.categories;
    bool any = wanted->count == 0;
    for (size_t i = 0; i < own->count && !any; i++)
        any = is_wanted(wanted, own->items[i]);
    if (!any)
        return ANNOUNCE_REPLACE;
    if (record->announce != ANNOUNCE_UNKNOWN)
        return record->announce;
    return wanted->count == 0 || is_wanted(wanted, own->items[0])
            ? ANNOUNCE_NEW
            : ANNOUNCE_CROSS;
}

static struct digest_foot foot_of(const struct making *making,
        struct civil_date date)
{
    struct digest_foot foot = {.date = date,
            .undated = !civil_date_is_set(date)};
    for (size_t i = 0; i < making->papers->count; i++) {
        enum announce_type type = announced_as(&making->papers->items[i],
                &making->channel->subscription.categories);
        foot.new_count += type == ANNOUNCE_NEW;
        foot.cross_count += type == ANNOUNCE_CROSS;
    }
    return foot;
}

static bool digest_of_files(struct program_setup *setup,
        const struct channel *channel, struct civil_date date)
{
    struct arena *arena = &setup->arena;
    const struct string_list paths =
            program_options_all(setup->options, "from");
    struct program_files_papers papers = {0};
    if (!program_files_read_all(setup->outside, &paths, arena, &papers))
        return false;

    struct making making = {.arena = arena,
            .channel = channel,
            .papers = &papers};
    bool sections = take_sections(&making, "top", true);
    sections = take_sections(&making, "also", false) || sections;
    if (!sections)
        take_best(&making);
    if (making.count == 0) {
        program_complain(setup->outside,
                "no paper in these files fits; nothing to say");
        return false;
    }
    struct note_list notes = all_notes(&making);
    struct string_list categories = legend(&making);
    struct digest_input input = {
            .items = making.items,
            .count = making.count,
            .notes = &notes,
            .categories = &categories,
            .languages = channel->languages,
            .style = channel->style,
            .credit = channel->credit,
            .date = date,
    };
    if (program_options_given(setup->options, "foot"))
        input.foot = foot_of(&making, date);
    return program_show_document(setup, digest_document(&input, arena), "text");
}

/* --- a channel's digest --- */

static bool digest_of_channel(struct program_setup *setup, const char *label,
        struct civil_date date)
{
    if (!program_setup_config(setup, true))
        return false;
    const struct channel *channel = program_setup_channel(setup, label);
    if (channel == NULL || !program_setup_present_store(setup) ||
            !program_setup_known_channels(setup))
        return false;
    struct document *document;
    struct plan_result result;
    struct error err;
    if (!plan_preview(setup->store, channel, date, program_setup_now_ms(setup),
                &setup->arena, &document, &result, &err)) {
        program_complain(setup->outside, "%s", err.text);
        return false;
    }
    if (document == NULL) {
        program_show_nothing(setup, channel, date);
        return true;
    }
    return program_show_document(setup, document, "text");
}

/* --- the command --- */

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct civil_date date;
    struct channel channel;
    const char *label = program_options_value(options, "channel");
    bool files = program_options_given(options, "from");
    if (label == NULL && !files)
        return program_misused(outside, &program_digest,
                "say of what: --channel NAME or --from FILE");
    if (label != NULL && files)
        return program_misused(outside, &program_digest,
                "--channel and --from exclude each other");
    if (!program_setup_date(outside, &program_digest, options, &date) ||
            !read_channel(outside, options, &channel))
        return PROGRAM_USAGE;
    if (!program_show_format_known(outside, &program_digest, options))
        return PROGRAM_USAGE;

    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    bool good = files ? digest_of_files(&setup, &channel, date)
                      : digest_of_channel(&setup, label, date);
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_digest = {
        .name = "digest",
        .summary = "show a digest, of a channel or of files, without posting",
        .usage = "--channel NAME | --from FILE... [--format NAME] ...",
        .about = "Shows a digest and changes nothing. With --channel it is "
                 "what would be posted\n"
                 "there now; with --from it is made of files, whose own order "
                 "and sections stand\n"
                 "where they have them.\n",
        .examples =
                "  paperboy digest --channel team\n"
                "  paperboy digest --channel team --date 2026-11-24 --format "
                "json\n"
                "  paperboy digest --channel team --format html > digest.html\n"
                "  paperboy digest --from day.jsonl --categories LG,CV "
                "--languages zh,en\n",
        .options = options_own,
        .run = run,
};
