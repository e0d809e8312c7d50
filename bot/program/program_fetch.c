#include "bot/program/program_fetch.h"

#include "bot/program/program_json.h"

static const struct program_option options_own[] = {
        {"from", "FILE", true,
                "files of papers, plain or gzip, told by\n"
                "their content; - is standard input"},
        {"date", "DAY", false,
                "the announcement the files are of (today in New York)"},
        {"restart", NULL, false,
                "begin files or past days anew, instead of\n"
                "going on where the last run came to"},
        {"since", "DAY", false,
                "papers of past days from arXiv's archive, for the\n"
                "categories of all channels; goes on where it stopped"},
        {"until", "DAY", false, "the last of these days (today)"},
        {"via", "WAY", false,
                "api: by the day of submission (as it stands);\n"
                "oai: by the day of the last change"},
        {"id", "ID", true, "single papers: 2210.11693,1706.03762"},
        {"strict", NULL, false, "fail if any record was rejected"},
        {NULL, NULL, false, NULL},
};

static void show(struct program_setup *setup,
        const struct intake_counts *counts)
{
    FILE *out = setup->outside->out;
    if (!program_options_given(setup->options, "json")) {
        fprintf(out, "%zu new, %zu updated, %zu unchanged, %zu rejected\n",
                counts->added, counts->updated, counts->unchanged,
                counts->rejected);
        return;
    }
    struct program_json json = {.out = out};
    program_json_open(&json, NULL, '{');
    program_json_number(&json, "new", (int64_t)counts->added);
    program_json_number(&json, "updated", (int64_t)counts->updated);
    program_json_number(&json, "unchanged", (int64_t)counts->unchanged);
    program_json_number(&json, "rejected", (int64_t)counts->rejected);
    program_json_close(&json, '}');
}

static bool fetch(struct program_setup *setup, struct civil_date date,
        const struct backfill_wish *wish, struct intake_counts *counts)
{
    struct string_list paths = program_options_all(setup->options, "from");
    bool network = paths.count == 0;
    /* Only the store's address is of interest to files. */
    if (network || !program_options_given(setup->options, "store"))
        if (!program_setup_config(setup, network))
            return false;
    if (!program_setup_store(setup))
        return false;
    bool archive = wish->ids.count > 0 || civil_date_is_set(wish->since);
    bool began = true, good;
    if (archive)
        good = program_fetch_archive(setup, wish, counts, &began);
    else if (network)
        good = program_fetch_network(setup, counts, &began);
    else
        good = program_fetch_files(setup, &paths, date, counts);
    if (began)
        show(setup, counts);
    return good;
}

static enum program_exit run(struct outside *outside,
        const struct program_options *options)
{
    struct civil_date date;
    if (!program_setup_date(outside, &program_fetch, options, &date))
        return PROGRAM_USAGE;
    if (civil_date_is_set(date) && !program_options_given(options, "from"))
        return program_misused(outside, &program_fetch,
                "--date goes with --from: the network says its own date");
    if (program_options_given(options, "restart") &&
            !program_options_given(options, "from") &&
            !program_options_given(options, "since"))
        return program_misused(outside, &program_fetch,
                "--restart goes with --from or --since: the rest is small");

    struct program_setup setup;
    struct intake_counts counts = {0};
    struct backfill_wish wish;
    program_setup_init(&setup, outside, options);
    if (!program_fetch_wish(outside, options, &setup.arena, &wish)) {
        program_setup_finish(&setup);
        return PROGRAM_USAGE;
    }
    bool good = fetch(&setup, date, &wish, &counts);
    if (program_options_given(options, "strict") && counts.rejected > 0)
        good = false;
    program_setup_finish(&setup);
    return good ? PROGRAM_DONE : PROGRAM_FAILED;
}

const struct program program_fetch = {
        .name = "fetch",
        .summary = "take in papers, from the network or from files",
        .usage = "[--from FILE... | --since DAY | --id ID...] [OPTION...]",
        .about = "Takes in papers. Without --from it asks [source arxiv] for "
                 "the categories of\n"
                 "all channels, once. Files may be arXiv's RSS or Atom, "
                 "OAI-PMH, the metadata\n"
                 "snapshot, Hugging Face daily papers (their votes count in "
                 "the score), or JSON\n"
                 "lines. What was announced together, a feed or a day's "
                 "listing, becomes an\n"
                 "announcement of --date; other files bring papers and "
                 "announce nothing. --since\n"
                 "and --id bring papers, too, and announce nothing; for "
                 "more than some months\n"
                 "take the snapshot. The last line counts: 12 new, 3 "
                 "updated, 0 unchanged,\n"
                 "1 rejected.\n",
        .examples = "  paperboy fetch\n"
                    "  paperboy fetch --since 2026-11-01 --until 2026-11-20\n"
                    "  paperboy fetch --id 2210.11693,hep-th/9901001\n"
                    "  paperboy fetch --from cs.LG.xml cs.CV.xml\n"
                    "  zcat day.jsonl.gz | paperboy fetch --from - --date "
                    "2026-11-24\n",
        .options = options_own,
        .run = run,
};
