#include "bot/program/program_fetch.h"

#include "bot/base/text.h"
#include "bot/program/program_progress.h"

#include <string.h>

#define DAY_MS INT64_C(86400000)

/* --- what is wished for --- */

static bool misused(struct outside *outside, const char *what)
{
    program_misused(outside, &program_fetch, "%s", what);
    return false;
}

static bool read_day(struct outside *outside,
        const struct program_options *options, const char *name,
        struct civil_date *date)
{
    const char *given = program_options_value(options, name);
    if (given == NULL || civil_date_parse(given, date))
        return true;
    program_misused(outside, &program_fetch,
            "--%s \"%s\" is no day; expected such as 2026-11-24", name, given);
    return false;
}

static bool read_days(struct outside *outside,
        const struct program_options *options, struct backfill_wish *wish)
{
    struct civil_date today =
            civil_date_of_days(clock_now_ms(outside->clock) / DAY_MS);
    wish->until = today;
    if (!read_day(outside, options, "since", &wish->since) ||
            !read_day(outside, options, "until", &wish->until))
        return false;
    if (civil_date_compare(wish->until, today) > 0)
        wish->until = today;
    if (civil_date_compare(wish->since, today) > 0)
        return misused(outside, "--since lies in the future");
    if (civil_date_compare(wish->since, wish->until) > 0)
        return misused(outside, "--since is after --until");
    return true;
}

static bool read_via(struct outside *outside,
        const struct program_options *options, struct backfill_wish *wish)
{
    const char *via = program_options_value(options, "via");
    wish->again = program_options_given(options, "restart");
    if (via == NULL || text_same(via, "api"))
        return true;
    wish->via = SOURCE_VIA_OAI;
    if (text_same(via, "oai"))
        return true;
    program_misused(outside, &program_fetch,
            "--via \"%s\" is no way in; expected api or oai", via);
    return false;
}

struct id_reading {
    struct outside *outside;
    struct arena *arena;
    struct string_list *ids;
    size_t capacity;
};

static bool add_id(struct id_reading *reading, const char *word)
{
    unsigned version;
    const char *id = paper_id_parse(reading->arena, word, &version);
    if (id == NULL) {
        program_misused(reading->outside, &program_fetch,
                "--id \"%s\" is no arXiv id; expected such as 2210.11693",
                word);
        return false;
    }
    for (size_t i = 0; i < reading->ids->count; i++)
        if (text_same(reading->ids->items[i], id))
            return true;
    string_list_add(reading->ids, &reading->capacity, reading->arena, id);
    return true;
}

/* "2210.11693,1706.03762" and words on their own. */
static bool read_ids(struct outside *outside,
        const struct program_options *options, struct arena *arena,
        struct string_list *ids)
{
    struct string_list given = program_options_all(options, "id");
    struct id_reading reading = {outside, arena, ids, 0};
    for (size_t i = 0; i < given.count; i++)
        for (const char *at = given.items[i]; *at != '\0';) {
            size_t length = strcspn(at, ", ");
            if (length > 0 &&
                    !add_id(&reading, arena_string_n(arena, at, length)))
                return false;
            at += length + (at[length] != '\0');
        }
    return ids->count > 0 || given.count == 0 ||
            misused(outside, "--id names no id");
}

bool program_fetch_wish(struct outside *outside,
        const struct program_options *options, struct arena *arena,
        struct backfill_wish *wish)
{
    static const char *const refined[] = {"until", "via"};
    bool since = program_options_given(options, "since");
    bool id = program_options_given(options, "id");
    *wish = (struct backfill_wish){.via = SOURCE_VIA_API};
    if (since + id + program_options_given(options, "from") > 1)
        return misused(outside,
                "--from, --since and --id go one at a time: files, past days, "
                "or single papers");
    for (size_t i = 0; i < sizeof refined / sizeof *refined && !since; i++)
        if (program_options_given(options, refined[i])) {
            program_misused(outside, &program_fetch,
                    "--%s goes with --since: it says more of past days",
                    refined[i]);
            return false;
        }
    if (!read_ids(outside, options, arena, &wish->ids))
        return false;
    return !since ||
            (read_days(outside, options, wish) &&
                    read_via(outside, options, wish));
}

/* --- asking, as the loop sees it --- */

struct asking {
    struct backfill *backfill;
    struct program_setup *setup;
    struct program_progress line;
    struct backfill_progress shown;
    bool ended; /* asked to */
};

static int64_t next_due_ms(void *ctx)
{
    const struct asking *asking = ctx;
    return backfill_next_due_ms(asking->backfill);
}

/* Where nobody looks at a terminal, the job itself writes to the log. */
static void show_progress(struct asking *asking)
{
    struct backfill_progress now = backfill_progress(asking->backfill);
    struct program_progress *line = &asking->line;
    if (line->out == NULL)
        return;
    if (now.troubles > asking->shown.troubles) {
        program_progress_wipe(line);
        program_complain(asking->setup->outside, "%s; asking again in %lld s",
                now.trouble, (long long)(now.wait_ms + 999) / 1000);
    }
    if (now.pages > asking->shown.pages) {
        program_progress_read(line, (int64_t)(now.done - asking->shown.done));
        program_progress_count(line, now.papers - asking->shown.papers);
    }
    asking->shown = now;
}

static void step(void *ctx, int64_t now_ms)
{
    struct asking *asking = ctx;
    if (asking->ended)
        return;
    backfill_step(asking->backfill, now_ms);
    show_progress(asking);
}

static void wind_down(void *ctx)
{
    struct asking *asking = ctx;
    asking->ended = true;
}

static bool finished(void *ctx)
{
    const struct asking *asking = ctx;
    return asking->ended || backfill_finished(asking->backfill);
}

/* --- how it went --- */

static bool report(struct program_setup *setup, const struct asking *asking,
        const struct backfill_wish *wish)
{
    struct outside *outside = setup->outside;
    struct string_list missing = backfill_missing(asking->backfill);
    struct backfill_progress progress = backfill_progress(asking->backfill);
    const char *failure = backfill_failure(asking->backfill);
    bool days = wish->ids.count == 0;
    bool good = *failure == '\0' && !asking->ended && missing.count == 0;
    for (size_t i = 0; i < missing.count; i++)
        program_complain(outside, "%s: arXiv has no such paper",
                missing.items[i]);
    if (*failure != '\0')
        program_complain(outside, "%s", failure);
    if (asking->ended)
        program_complain(outside, "stopped before the end");
    if (days && (*failure != '\0' || asking->ended))
        program_complain(outside,
                "%zu of %zu days of a category are there; the same command "
                "goes on from here",
                progress.done, progress.total);
    if (days && good && progress.total == 0)
        program_complain(outside,
                "all of these days are there already; --restart asks for them "
                "once more");
    return good;
}

static void show_days(struct asking *asking)
{
    asking->shown = backfill_progress(asking->backfill);
    program_progress_begin(&asking->line, asking->setup->outside, "arXiv",
            (int64_t)asking->shown.total);
    asking->line.unit = "days of a category";
}

static bool ask(struct program_setup *setup, const struct backfill_wish *wish,
        struct intake_counts *counts)
{
    struct outside *outside = setup->outside;
    struct error err;
    struct backfill_wish told = *wish;
    told.quiet = outside->err_is_terminal && wish->ids.count == 0;
    struct asking asking = {.setup = setup,
            .backfill = backfill_open(setup->store, setup->source,
                    outside->chance, &told, program_setup_now_ms(setup), &err)};
    if (asking.backfill == NULL) {
        program_complain(outside, "%s", err.text);
        return false;
    }
    const struct core core = {.next_due_ms = next_due_ms,
            .step = step,
            .wind_down = wind_down,
            .finished = finished,
            .ctx = &asking};
    if (told.quiet)
        show_days(&asking);
    bool good = outside->run(outside, &core, &err);
    program_progress_wipe(&asking.line);
    if (!good)
        program_complain(outside, "%s", err.text);
    good = report(setup, &asking, wish) && good;
    *counts = backfill_counts(asking.backfill);
    backfill_close(asking.backfill);
    return good;
}

bool program_fetch_archive(struct program_setup *setup,
        const struct backfill_wish *wish, struct intake_counts *counts,
        bool *began)
{
    struct backfill_wish whole = *wish;
    *began = program_fetch_open(setup, wish->ids.count > 0, &whole.categories);
    if (*began && setup->source->ops->page == NULL) {
        program_complain(setup->outside,
                "the configured source has no archive to be asked");
        *began = false;
    }
    return *began && ask(setup, &whole, counts);
}
