#include "bot/program/program_json.h"
#include "bot/program/program_setup.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/digest_names.h"
#include "bot/model/category.h"
#include "bot/search_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_USUAL = 10
};

static const struct program_option options_own[] = {
        {"", "WORDS", true, "what to look for"},
        {"in", "CATEGORY", false, "such as LG, cs.LG or cs"},
        {"by", "NAME", false, "an author: \"Chelsea Finn\", \"C Finn\", Finn"},
        {"since", "DAY", false,
                "first submitted then or later: 2026-11-23, 2026-11, mon, 7d"},
        {"until", "DAY", false, "first submitted then or earlier"},
        {"limit", "N", false, "so many papers at most, else 10"},
        {NULL, NULL, false, NULL},
};

/* --- what to look for --- */

static bool take_option(const struct program_options *options, const char *key,
        struct search_words *words)
{
    const char *value = program_options_value(options, key);
    return value == NULL || search_query_take(words, key, value);
}

/* One line, as if it had been typed in a chat. */
static bool take_words(const struct program_options *options,
        struct search_words *words)
{
    const struct string_list all = program_options_all(options, "");
    struct text line;
    text_init(&line, words->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < all.count; i++)
        text_add_format(&line, "%s%s", i > 0 ? " " : "", all.items[i]);
    return search_query_read(words, text_string(&line));
}

static bool take_limit(const struct program_options *options,
        struct search_words *words, struct error *err)
{
    const char *given = program_options_value(options, "limit");
    char *end = NULL;
    errno = 0;
    long limit = given == NULL ? LIMIT_USUAL : strtol(given, &end, 10);
    if (errno != 0 || (given != NULL && (end == given || *end != '\0')) ||
            limit < 1 || limit > SEARCH_TOTAL_MAX)
        return error_set(err, ERROR_INPUT,
                "--limit \"%s\" is no number from 1 to %d", given,
                (int)SEARCH_TOTAL_MAX);
    words->query.limit = (size_t)limit;
    return true;
}

static bool take_query(const struct program_options *options,
        struct search_words *words, struct error *err)
{
    return (take_words(options, words) && take_option(options, "in", words) &&
                   take_option(options, "by", words) &&
                   take_option(options, "since", words) &&
                   take_option(options, "until", words) &&
                   search_query_ready(words)) ||
            error_set(err, ERROR_INPUT, "%s",
                    search_flaw_text(words->arena, &words->flaw, "en"));
}

static bool take_all(const struct program_options *options,
        struct search_words *words, struct error *err)
{
    return take_limit(options, words, err) && take_query(options, words, err);
}

/* --- for people --- */

static const char *readable(struct program_setup *setup, const char *text)
{
    return text_latex_show(&setup->arena, text);
}

/* "2026-11-23"; the month alone where only the id tells; "" where nothing does. */
static void submitted_on(const struct paper *paper, char day[CIVIL_DATE_SIZE])
{
    struct civil_date submitted = paper_submitted(paper);
    day[0] = '\0';
    if (!civil_date_is_set(submitted))
        return;
    civil_date_format(submitted, day);
    if (paper->published_ms == 0)
        *strrchr(day, '-') = '\0';
}

static void show_names(struct program_setup *setup, const struct paper *paper)
{
    FILE *out = setup->outside->out;
    const char *names = digest_names_authors(&setup->arena, &paper->authors);
    char day[CIVIL_DATE_SIZE];
    submitted_on(paper, day);
    if (*names != '\0' || *day != '\0')
        fprintf(out, "  %s%s%s\n", names,
                *names != '\0' && *day != '\0' ? ", " : "", day);
}

static void show(struct program_setup *setup, const struct paper *paper,
        const struct note_list *notes)
{
    FILE *out = setup->outside->out;
    fprintf(out, "%s ", paper->id);
    if (paper->categories.count > 0)
        fprintf(out, "[%s] ", category_tag(paper->categories.items[0]));
    fprintf(out, "%s\n", readable(setup, paper->title));
    for (size_t i = 0; i < notes->count; i++)
        if (*notes->items[i].title != '\0' &&
                !text_same(notes->items[i].title, paper->title))
            fprintf(out, "  %s\n", readable(setup, notes->items[i].title));
    show_names(setup, paper);
}

static void show_end(FILE *out, const struct search_result *result)
{
    if (result->total == 0)
        fprintf(out, "no paper fits\n");
    else if (result->count < result->total)
        fprintf(out, "%zu of %s%zu papers that fit; --limit N shows more\n",
                result->count, result->more ? "more than " : "", result->total);
    else
        fprintf(out, "%zu paper%s\n", result->total,
                result->total == 1 ? "" : "s");
}

/* --- for programs --- */

static void show_json(struct program_setup *setup, const struct paper *paper,
        const struct note_list *notes)
{
    struct program_json json = {.out = setup->outside->out};
    char day[CIVIL_DATE_SIZE];
    submitted_on(paper, day);
    program_json_open(&json, NULL, '{');
    program_json_string(&json, "id", paper->id);
    program_json_string(&json, "title", paper->title);
    program_json_open(&json, "titles", '{');
    for (size_t i = 0; i < notes->count; i++)
        program_json_string(&json, notes->items[i].language,
                notes->items[i].title);
    program_json_close(&json, '}');
    program_json_open(&json, "authors", '[');
    for (size_t i = 0; i < paper->authors.count; i++)
        program_json_string(&json, NULL, paper->authors.items[i].name);
    program_json_close(&json, ']');
    program_json_open(&json, "categories", '[');
    for (size_t i = 0; i < paper->categories.count; i++)
        program_json_string(&json, NULL, paper->categories.items[i]);
    program_json_close(&json, ']');
    program_json_string(&json, "submitted", day);
    program_json_close(&json, '}');
}

/* --- the command --- */

static bool tell_one(struct program_setup *setup, const char *id,
        struct error *err)
{
    struct paper *paper = NULL;
    struct note_list notes;
    if (!store_paper_get(setup->store, id, &setup->arena, &paper, err) ||
            !store_notes_get(setup->store, id, &setup->arena, &notes, err))
        return false;
    if (paper == NULL)
        return true; /* it went between the two looks */
    if (program_options_given(setup->options, "json"))
        show_json(setup, paper, &notes);
    else
        show(setup, paper, &notes);
    return true;
}

static bool tell(struct program_setup *setup, const struct search_query *query,
        struct error *err)
{
    struct search_result result;
    if (!store_search(setup->store, query, &setup->arena, &result, err))
        return false;
    for (size_t i = 0; i < result.count; i++)
        if (!tell_one(setup, result.ids[i], err))
            return false;
    if (!program_options_given(setup->options, "json"))
        show_end(setup->outside->out, &result);
    return true;
}

/* Days are New York's, as arXiv's are. */
static enum program_exit search(struct program_setup *setup)
{
    struct search_words words;
    struct civil_date today;
    struct error err = {0};
    if (!program_setup_today(setup, &today))
        return PROGRAM_FAILED;
    search_query_begin(&words, today, &setup->arena);
    if (!take_all(setup->options, &words, &err))
        return program_misused(setup->outside, &program_search, "%s", err.text);
    if (!program_setup_config(setup, false) ||
            !program_setup_present_store(setup))
        return PROGRAM_FAILED;
    if (tell(setup, &words.query, &err))
        return PROGRAM_DONE;
    if (err.kind == ERROR_INPUT)
        return program_misused(setup->outside, &program_search, "%s", err.text);
    program_complain(setup->outside, "%s", err.text);
    return PROGRAM_FAILED;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct program_setup setup;
    program_setup_init(&setup, outside, options);
    enum program_exit code = search(&setup);
    program_setup_finish(&setup);
    return code;
}

const struct program program_search = {
        .name = "search",
        .summary = "find stored papers by words, names, categories, days",
        .usage = "\"WORDS...\" [--in CATEGORY] [--by NAME] [--since DAY]\n"
                 "       [--until DAY] [--limit N] [--json]",
        .about = "Looks in titles, abstracts, notes in every language and "
                 "authors' names; accents,\n"
                 "case, hyphens and an English plural do not matter. Best "
                 "first: what stands in titles,\n"
                 "often and side by side; of equals the newest.\n"
                 "Within WORDS: \"side by side\" in quotes, neur* for how a "
                 "word begins, -this not,\n"
                 "in:LG, by:\"Chelsea Finn\", since:2026-11, until:mon; in "
                 "Chinese 分类: 作者: 自: 至:.\n",
        .examples = "  paperboy search \"diffusion policy\"\n"
                    "  paperboy search '\"score matching\" neur* -survey "
                    "in:CV since:7d'\n"
                    "  paperboy search 扩散模型 --by \"C Finn\" --since "
                    "2026-01\n",
        .options = options_own,
        .run = run,
};
