#include "tests/unit/program_stage.h"

#include "bot/base/log.h"
#include "tests/support/paper_file.h"

#include <unistd.h>

/* --- help and wrong use --- */

/* "  run      the daemon: ..." for each. */
static const char *overview(struct arena *arena)
{
    struct text text;
    text_init(&text, arena, 10000);
    text_add(&text,
            "Paperboy delivers the day's arXiv papers to your channels.\n\n"
            "usage: paperboy COMMAND [--config FILE] [--store URL] [--json]\n"
            "\n");
    for (size_t i = 0; i < program_count; i++)
        text_add_format(&text, "  %-8s %s\n", program_table[i]->name,
                program_table[i]->summary);
    text_add(&text,
            "\npaperboy COMMAND --help   says more, with examples\n"
            "paperboy --version        says which paperboy this is\n");
    return text_string(&text);
}

static void test_help_lists_every_command(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "--help", NULL), 0);
    assert_string_equal(stage->out, overview(&stage->arena));
    assert_int_equal(call(stage, NULL), 2);
    assert_string_equal(stage->out, "");
    assert_string_equal(stage->err, overview(&stage->arena));
    assert_int_equal(call(stage, "--version", NULL), 0);
    assert_string_equal(stage->out, "paperboy " PAPERBOY_VERSION "\n");
}

static void test_each_command_helps_with_examples(void **state)
{
    struct stage *stage = *state;
    for (size_t i = 0; i < program_count; i++) {
        const char *name = program_table[i]->name;
        assert_int_equal(call(stage, name, "--help", NULL), 0);
        const char *help = stage->out;
        assert_true(text_starts(help,
                arena_format(&stage->arena, "usage: paperboy %s", name)));
        assert_non_null(strstr(help,
                arena_format(&stage->arena, "Examples:\n  ")));
        assert_non_null(strstr(help, "--store URL"));
        assert_int_equal(call(stage, "help", name, NULL), 0);
        assert_string_equal(stage->out, help);
    }
}

static void test_wrong_use_is_named_with_the_nearest_right_one(void **state)
{
    static const struct {
        const char *words[4], *err;
    } wrong[] = {
            {{"fetsh"},
                    "paperboy: there is no command \"fetsh\"; did you mean "
                    "fetch?\nTry: paperboy --help\n"},
            {{"fetch", "--form", "x"},
                    "paperboy fetch: there is no option --form; did you mean "
                    "--from?\nTry: paperboy fetch --help\n"},
            {{"fetch", "--from"},
                    "paperboy fetch: --from needs a value: --from FILE\n"
                    "Try: paperboy fetch --help\n"},
            {{"fetch", "--strict=yes"},
                    "paperboy fetch: --strict takes no value\n"
                    "Try: paperboy fetch --help\n"},
            {{"fetch", "day.jsonl"},
                    "paperboy fetch: \"day.jsonl\" belongs to no option\n"
                    "Try: paperboy fetch --help\n"},
            {{"fetch", "--date", "2026-02-30"},
                    "paperboy fetch: --date \"2026-02-30\" is no day; expected "
                    "such as 2026-11-24\nTry: paperboy fetch --help\n"},
            {{"post"},
                    "paperboy post: say where to: --channel NAME\n"
                    "Try: paperboy post --help\n"},
            {{"rank"},
                    "paperboy rank: say of what: --from FILE\n"
                    "Try: paperboy rank --help\n"},
            {{"digest", "--from", "-", "--format=txt"},
                    "paperboy digest: there is no format \"txt\"; did you mean "
                    "text?\nTry: paperboy digest --help\n"},
            {{"digest", "--from", "-", "--style=ful"},
                    "paperboy digest: --style: \"ful\" is no style; did you "
                    "mean full?\nTry: paperboy digest --help\n"},
            {{"digest", "--categories", "LG", "CV"},
                    "paperboy digest: \"CV\" is one word too many; "
                    "--categories takes one, write a list with commas\n"
                    "Try: paperboy digest --help\n"},
            {{"post", "--channel", "a", "b"},
                    "paperboy post: \"b\" is one word too many; --channel "
                    "takes one\nTry: paperboy post --help\n"},
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *const *words = wrong[i].words;
        assert_int_equal(call(stage, words[0], words[1], words[2], words[3],
                                 NULL),
                2);
        assert_string_equal(stage->err, wrong[i].err);
        assert_string_equal(stage->out, "");
    }
}

static void test_without_a_configuration_it_says_where_it_looked(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "post", "--channel", "team", NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: no configuration: looked for paperboy.ini, "
            "/nowhere/.config/paperboy/paperboy.ini and /etc/paperboy.ini; "
            "\"paperboy init\" writes one, --config FILE names another\n");
}

/* --- fetch --- */

static void test_fetch_counts_each_record_once(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    const char *changed = arena_format(&stage->arena,
            "%s{\"id\":\"2611.00001\",\"title\":\"Walking robots that fall "
            "better\",\"categories\":[\"cs.RO\"]}\n"
            "{\"id\":\"2611.00003\",\"title\":\"\"}\n"
            "{\"id\":\"2611.00004\",\"title\":\"New\","
            "\"categories\":[\"cs.RO\"]}\n",
            day);
    const char *path = write_file(stage, "papers", changed);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--from", path, NULL), 0);
    assert_string_equal(stage->out,
            "1 new, 1 updated, 2 unchanged, 1 rejected\n");
    assert_true(text_starts(stage->err, "DIR/papers: line 4"));
    assert_non_null(strstr(stage->err, "title: "));
    assert_non_null(strstr(stage->err, "; expected "));
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--strict", "--json",
                             "--from", path, NULL),
            1);
    assert_true(text_starts(stage->out, "{\"new\":0,\"updated\":"));
    assert_non_null(strstr(stage->out, "\"rejected\":1}\n"));
}

static void test_a_refused_file_costs_no_other(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "more", "Dear Sir or Madam\n");
    assert_int_equal(call(stage, "fetch", "--store", "memory:", "--from",
                             in_folder(stage, "absent"),
                             in_folder(stage, "more"),
                             write_file(stage, "papers", day), NULL),
            1);
    assert_string_equal(stage->out,
            "2 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_true(text_starts(stage->err,
            "paperboy: DIR/absent: cannot be opened: No such file or "
            "directory\npaperboy: DIR/more: "));
}

static void test_a_long_file_goes_in_by_parts_and_whole(void **state)
{
    struct stage *stage = *state;
    struct text text;
    text_init(&text, &stage->arena, 1 << 20);
    for (int i = 1; i <= 1203; i++)
        text_add_format(&text,
                "{\"id\":\"2611.%05d\",\"title\":\"Paper %d\","
                "\"categories\":[\"cs.RO\"]}\n{\"title\":\"%d\"}\n",
                i, i, i);
    assert_int_equal(call(stage, "fetch", "--store", "memory:", "--from",
                             write_file(stage, "papers", text_string(&text)),
                             NULL),
            0);
    assert_string_equal(stage->out,
            "1203 new, 0 updated, 0 unchanged, 1203 rejected\n");
    assert_non_null(strstr(stage->err, "... and 1183 more of the kind\n"));
}

static void test_an_answer_of_the_api_announces_nothing(void **state)
{
    static const char atom[] =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
            "<id>http://arxiv.org/api/x</id><title>ArXiv Query</title>\n"
            "<entry><id>http://arxiv.org/abs/2611.00009v1</id>\n"
            "<title>Asked for</title><summary>By somebody.</summary>\n"
            "<author><name>Cy Deep</name></author>\n"
            "<category term=\"cs.RO\"/></entry>\n"
            "</feed>\n";
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--from",
                             write_file(stage, "papers", atom), NULL),
            0);
    assert_string_equal(stage->out,
            "1 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_non_null(strstr(stage->err, "announced by it"));
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out, "cs.RO: nothing fetched yet\n"));
}

static void test_the_network_needs_a_source_and_categories(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), NULL), 1);
    assert_string_equal(stage->out, "");
    assert_string_equal(stage->err,
            "paperboy: DIR/paperboy.ini has no [source arxiv]; add one, or "
            "give files with --from\n");
}

static void write_network_ini(struct stage *stage)
{
    write_file(stage, "paperboy.ini",
            arena_format(&stage->arena,
                    "[bot]\ncontact = a@b\n[source arxiv]\n%s", ini));
}

static void test_the_network_is_asked_once_a_category(void **state)
{
    static const struct fake_item items[] = {{.id = "2611.00011",
                                                     .announce = ANNOUNCE_NEW},
            {.id = "2611.00012", .announce = ANNOUNCE_CROSS, .cross = "cs.CV"}};
    struct stage *stage = *state;
    write_network_ini(stage);
    fake_source_publish(&stage->feeds, "cs.RO", items, 2, false);
    fake_source_publish(&stage->feeds, "cs.CL", items, 1, false);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), NULL), 0);
    assert_string_equal(stage->err, "");
    assert_true(text_starts(stage->out, "2 new, "));
    assert_int_equal(stage->feeds.asked, 2);
    assert_true(stage->feeds.least_gap_ms >= FAKE_SOURCE_GAP_MS);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out,
            "cs.RO: 2026-11-24 announced: 1 new, 1 cross-listed, 0 "
            "replaced\n"));
}

static void test_a_feed_that_fails_is_named(void **state)
{
    struct stage *stage = *state;
    write_network_ini(stage);
    stage->feeds.mode = FAKE_SOURCE_DOWN;
    stage->feeds.fail_kind = ERROR_STOP;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), NULL), 1);
    assert_string_equal(stage->out,
            "0 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_true(text_starts(stage->err, "paperboy: cs.RO: "));
    assert_non_null(strstr(stage->err, "\npaperboy: cs.CL: "));
}

/* --- digest and rank --- */

static void test_the_model_digest_comes_out_byte_for_byte(void **state)
{
    paper_file_need_shared();
    struct stage *stage = *state;
    assert_int_equal(call(stage, "digest", "--from",
                             paper_file_shared(&stage->arena,
                                     "data/seed-papers.jsonl"),
                             "--categories", "LG,CV,CL,AS,RO", "--languages",
                             "zh,en", "--style", "full", "--credit",
                             "转自爱可可爱生活", "--format", "text", NULL),
            0);
    assert_string_equal(stage->out,
            paper_file_text(&stage->arena,
                    paper_file_shared(&stage->arena,
                            "data/seed-digest.golden.txt")));
    assert_string_equal(stage->err, "");
}

static void test_the_readme_shows_what_the_program_prints(void **state)
{
    struct stage *stage = *state;
    const char *readme = paper_file_text(&stage->arena, "README.md");
    assert_int_equal(call(stage, "digest", "--from",
                             "bot/data/sample-day.jsonl", "--categories",
                             "LG,CV,CL,AS,RO", "--style", "brief", "--size",
                             "2+2", "--foot", "--date", "2025-05-29", NULL),
            0);
    assert_non_null(strstr(readme,
            arena_format(&stage->arena, "```text\n%s```\n", stage->out)));
}

static void test_a_digest_of_files_opens_no_store(void **state)
{
    struct stage *stage = *state;
    stage->outside.store_open = NULL;
    const char *path = write_file(stage, "papers", day);
    assert_int_equal(call(stage, "digest", "--from", path, "--languages", "en",
                             "--size", "1", NULL),
            0);
    assert_non_null(strstr(stage->out, "https://arxiv.org/abs/2611.0000"));
    assert_null(strstr(stage->out, "公告"));
    assert_int_equal(call(stage, "digest", "--from", path, "--foot", NULL), 0);
    assert_non_null(strstr(stage->out,
            "\narXiv 公告 · 2 篇新论文 + 0 篇交叉,选 2 篇\n"));
    assert_int_equal(call(stage, "digest", "--from", path, "--foot", "--date",
                             "2026-11-23", NULL),
            0);
    assert_non_null(strstr(stage->out, "\narXiv 11-23 公告 · "));
    assert_int_equal(call(stage, "digest", "--from", path, "--categories",
                             "math.GT", NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: no paper in these files fits; nothing to say\n");
}

static void test_the_foot_counts_what_the_categories_were_told_of(void **state)
{
    struct stage *stage = *state;
    const char *path = write_file(stage, "papers", day);
    assert_int_equal(call(stage, "digest", "--from", path, "--categories",
                             "RO,LG", "--languages", "en", "--foot", NULL),
            0);
    assert_non_null(strstr(stage->out, "1 new + 1 cross"));
    /* The walking robots carry neither, and cs.CL leads the other. */
    assert_int_equal(call(stage, "digest", "--from", path, "--categories", "LG",
                             "--languages", "en", "--foot", NULL),
            0);
    assert_non_null(strstr(stage->out, "0 new + 1 cross"));
}

static void test_a_digest_is_json_where_programs_read_it(void **state)
{
    struct stage *stage = *state;
    const char *path = write_file(stage, "papers", day);
    assert_int_equal(call(stage, "digest", "--from", path, "--json", NULL), 0);
    cJSON *json = cJSON_Parse(stage->out);
    assert_true(cJSON_IsObject(json));
    cJSON_Delete(json);
    size_t length = strlen(stage->out);
    assert_true(length > 1 && stage->out[length - 1] == '\n');
}

static int signals_part(struct stage *stage, const char *first,
        const char *second)
{
    stage->outside.store_open = NULL;
    assert_int_equal(call(stage, "rank", "--json", "--from", first, second,
                             NULL),
            0);
    const char *part = strstr(stage->out, "\"signals\":");
    assert_non_null(part);
    assert_null(strstr(part + 1, "\"signals\":"));
    return (int)strtol(part + strlen("\"signals\":"), NULL, 10);
}

static void test_rank_takes_votes_from_lists_of_votes_alone(void **state)
{
    struct stage *stage = *state;
    const char *row = write_file(stage, "eval",
            "{\"id\":\"2601.00001\",\"title\":\"T\",\"abstract\":\"A\","
            "\"categories\":[\"cs.LG\"],\"picked\":1,\"upvotes\":300,"
            "\"hf_date\":\"2026-01-02\"}\n");
    const char *votes = write_file(stage, "votes",
            "[{\"paper\":{\"id\":\"2601.00001\",\"title\":\"Theirs\","
            "\"upvotes\":12}}]");
    assert_int_equal(signals_part(stage, row, NULL), 0);
    assert_int_equal(signals_part(stage, votes, row), 16);
    assert_int_equal(signals_part(stage, row, votes), 16);
    assert_int_equal(signals_part(stage, votes, NULL), 16);
}

static void test_rank_shows_every_id_once_and_its_sum(void **state)
{
    struct stage *stage = *state;
    const char *twice = arena_format(&stage->arena, "%s%s", day, day);
    const char *path = write_file(stage, "papers", twice);
    stage->outside.store_open = NULL;
    assert_int_equal(call(stage, "rank", "--json", "--from", path, NULL), 0);
    int lines = 0, before = 1000000;
    for (const char *at = stage->out; *at != '\0'; lines++) {
        const char *end;
        cJSON *json = cJSON_ParseWithOpts(at, &end, false);
        assert_non_null(json);
        int sum = 0, score = cJSON_GetObjectItem(json, "score")->valueint;
        cJSON *part;
        cJSON_ArrayForEach(part, cJSON_GetObjectItem(json, "parts")) sum +=
                part->valueint;
        assert_int_equal(sum, score);
        assert_true(score <= before);
        before = score;
        cJSON_Delete(json);
        assert_int_equal(*end, '\n');
        at = end + 1;
    }
    assert_int_equal(lines, 2);
    assert_int_equal(call(stage, "rank", "--from", path, NULL), 0);
    assert_non_null(strstr(stage->out,
            " 2611.00002 Small models, long talks\n"));
}

/* --- post, status, check --- */

static void test_post_sends_once_and_says_so(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_string_equal(stage->err, "");
    assert_string_equal(stage->out, "posted 2 papers to team in 1 message\n");
    assert_int_equal(stage->product.shown_count, 1);
    assert_string_equal(stage->product.shown[0].occasion, "post/2026-11-24/1");
    assert_true(fake_account_count(&stage->product, NULL, "2611.00001") > 0);

    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_int_equal(stage->product.shown_count, 1);
    assert_true(text_starts(stage->err, "paperboy: nothing new for team;"));
}

static void test_a_dry_run_shows_and_sends_nothing(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team",
                             "--dry-run", NULL),
            0);
    assert_non_null(strstr(stage->out, "Small models, long talks"));
    assert_string_equal(stage->err,
            "paperboy: 2 of 2 papers for team; nothing was sent (--dry-run)\n");
    assert_int_equal(stage->product.asked, 0);
    assert_int_equal(call(CONFIGURED(stage, "digest"), "--channel", "team",
                             NULL),
            0);
    assert_non_null(strstr(stage->out, "Small models, long talks"));
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team",
                             "--json", NULL),
            0);
    assert_string_equal(stage->out,
            "{\"channel\":\"team\",\"occasion\":\"post/2026-11-24/1\","
            "\"papers\":2,\"candidates\":2,\"sent\":1,\"parked\":0,"
            "\"waiting\":0,\"complaint\":\"\"}\n");
}

static void test_a_refused_post_fails_with_the_reason(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->product.fail_next = 1;
    stage->product.fail_kind = ERROR_STOP;
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            1);
    assert_string_equal(stage->out, "");
    assert_true(text_starts(stage->err,
            "paperboy: team: 1 message not taken: "));
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out, "\n  BROKEN: "));
    assert_non_null(strstr(stage->out,
            "messages: 0 to be sent, 0 sent, 1 parked\n"));
}

static void test_a_post_that_finds_nobody_is_left_in_the_outbox(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->product.fail_next = 100;
    stage->product.fail_kind = ERROR_RETRY;
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            1);
    assert_true(text_starts(stage->err,
            "paperboy: team: 1 message not sent yet: "));
    assert_true(stage->product.asked > 2);
    assert_true(stage->time.ms - tuesday_ms < 300000);
}

static void test_a_running_daemon_is_left_to_send(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    struct error err;
    struct store *daemon =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s/p.db",
                                        stage->folder),
                    &err);
    assert_non_null(daemon);
    assert_true(store_lock(daemon, "pid 7", &err));
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_string_equal(stage->out,
            "2 papers for team; the paperboy that is running sends them\n");
    assert_int_equal(stage->product.asked, 0);
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 1);
    assert_non_null(strstr(stage->err, "pid 7"));
    write_network_ini(stage);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), NULL), 1);
    assert_non_null(strstr(stage->err, "; it fetches by itself"));
    assert_int_equal(stage->feeds.asked, 0);
    store_close(daemon);
}

static void test_status_tells_what_was_and_what_comes(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_string_equal(stage->out,
            "channel team: no digest yet, next Wed 2026-11-25 13:30 "
            "Asia/Shanghai\n"
            "cs.RO: 2026-11-24 announced: 1 new, 0 cross-listed, 0 replaced\n"
            "cs.CL: 2026-11-24 announced: 1 new, 0 cross-listed, 0 replaced\n"
            "papers: 2, notes: 0\n"
            "messages: 0 to be sent, 0 sent, 0 parked\n");
    assert_int_equal(call(CONFIGURED(stage, "status"), "--json", NULL), 0);
    cJSON *json = cJSON_Parse(stage->out);
    assert_int_equal(cJSON_GetObjectItem(json, "papers")->valueint, 2);
    cJSON_Delete(json);
}

static void test_status_of_a_fresh_start_says_how_to_go_on(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    make_store(stage);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_string_equal(stage->out,
            "channel team: no digest yet, next Wed 2026-11-25 13:30 "
            "Asia/Shanghai\n"
            "cs.RO: nothing fetched yet\n"
            "cs.CL: nothing fetched yet\n"
            "papers: 0, notes: 0\n"
            "messages: 0 to be sent, 0 sent, 0 parked\n"
            "No papers yet: \"paperboy run\" fetches and posts them, "
            "\"paperboy fetch\" only fetches.\n");
    take_in_the_day(stage);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "team", NULL),
            0);
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_true(text_starts(stage->out,
            "channel team: no digest yet, a post 2026-11-24, next Wed "));
}

/* Each of those that only look. */
static void test_who_only_looks_makes_no_database(void **state)
{
    struct stage *stage = *state;
    static const char *const words[][4] = {{"status"}, {"log"}, {"outbox"},
            {"outbox", "retry", "1"}, {"search", "robots"}, {"backup", "b.db"},
            {"explain", "2611.00001", "--channel", "team"},
            {"digest", "--channel", "team"}};
    write_file(stage, "paperboy.ini", ini);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *const *word = words[i];
        assert_int_equal(call(CONFIGURED(stage, word[0]), word[1], word[2],
                                 word[3], NULL),
                1);
        assert_string_equal(stage->out, "");
        assert_string_equal(stage->err,
                "paperboy: there is no database at sqlite:DIR/p.db yet; "
                "\"paperboy run\" makes it and posts every day, or --store "
                "names another\n");
        assert_int_not_equal(access(in_folder(stage, "p.db"), F_OK), 0);
    }
    assert_int_equal(call(stage, "status", "--store",
                             arena_format(&stage->arena, "sqlite:%s",
                                     in_folder(stage, "none.db")),
                             NULL),
            1);
    assert_non_null(strstr(stage->err, "\"paperboy init\" sets everything up"));
    assert_int_not_equal(access(in_folder(stage, "none.db"), F_OK), 0);
}

static void test_titles_are_shown_as_they_are_read(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    const char *path = write_file(stage, "papers",
            "{\"id\":\"2611.00001\",\"title\":\"Sums of $n^2$ by P\\\\'olya\","
            "\"authors\":[\"A\"],\"categories\":[\"cs.RO\"],"
            "\"abstract\":\"None.\"}\n");
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--from", path, NULL), 0);
    assert_int_equal(call(stage, "rank", "--from", path, NULL), 0);
    assert_non_null(strstr(stage->out, " 2611.00001 Sums of n² by Pólya\n"));
    assert_int_equal(call(CONFIGURED(stage, "explain"), "2611.00001",
                             "--channel", "team", NULL),
            0);
    assert_true(text_starts(stage->out, "2611.00001 Sums of n² by Pólya\n"));
}

static void test_a_store_that_fails_is_named_once(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(stage, "status", "--store", "foo.db", NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: store address \"foo.db\": of no known kind; known are "
            "sqlite:PATH and memory:\n");
}

static void test_check_says_what_it_would_do(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "check"), "--offline", NULL), 0);
    assert_string_equal(stage->out,
            "DIR/paperboy.ini: ok\n"
            "store   sqlite:DIR/p.db\n"
            "source  none: papers come with \"paperboy fetch --from\" only\n"
            "channel team\n"
            "  where  fake\n"
            "  next   Wed 2026-11-25 13:30 Asia/Shanghai\n"
            "  what   RO CL, brief, 5+4, in en\n");
    write_file(stage, "paperboy.ini", "[channel a]\ntype = fak\nsize = x\n");
    assert_int_equal(call(CONFIGURED(stage, "check"), "--offline", NULL), 1);
    assert_string_equal(stage->err,
            "DIR/paperboy.ini:2: [channel a] type: there is no type \"fak\"; "
            "did you mean fake?\n"
            "DIR/paperboy.ini:3: [channel a] size: \"x\" is no size; expected "
            "two numbers such as 5+4: five papers in full and four more\n"
            "paperboy: 2 mistakes in the configuration\n");
    assert_int_equal(call(CONFIGURED(stage, "check"), "--json", NULL), 1);
    cJSON *json = cJSON_Parse(stage->out);
    assert_true(cJSON_IsFalse(cJSON_GetObjectItem(json, "ok")));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(json,
                             "complaints")),
            2);
    cJSON_Delete(json);
}

static void test_an_unknown_channel_names_the_nearest(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "post"), "--channel", "teem", NULL),
            1);
    assert_string_equal(stage->err,
            "paperboy: there is no channel \"teem\" in DIR/paperboy.ini; did "
            "you mean team?\n");
}

/* --- run --- */

static void
test_the_daemon_posts_at_its_hour_whatever_verifying_says(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    stage->ends_ms = wednesday_hour_ms + 60000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_int_equal(stage->product.shown_count, 1);
    assert_string_equal(stage->product.shown[0].occasion, "digest/2026-11-25");
    assert_int_equal(call(CONFIGURED(stage, "status"), NULL), 0);
    assert_non_null(strstr(stage->out, "channel team: last 2026-1"));
}

static void test_the_daemon_says_at_its_start_what_comes_when(void **state)
{
    struct stage *stage = *state;
    take_in_the_day(stage);
    FILE *file = tmpfile();
    log_open(file, LOG_INFO, &stage->clock);
    stage->ends_ms = tuesday_ms + 1000;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    log_close();
    fseek(file, 0, SEEK_END);
    assert_non_null(strstr(contents(stage, file),
            " channel=team at=\"Wed 2026-11-25 13:30 "
            "Asia/Shanghai\""));
}

static void test_a_daemon_without_channels_does_not_start(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", "[bot]\ncontact = a@b\n");
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: DIR/paperboy.ini has no channel; add a section "
            "[channel NAME], see config.example.ini\n");
}

/* It can be asked into a room. */
static void test_an_account_with_rooms_is_served_without_channels(void **state)
{
    struct stage *stage = *state;
    static const struct account_kind rooms = {.kind = "rooms",
            .keys = no_keys,
            .room_help = "a room's id",
            .open = open_account};
    static const struct account_kind *const kinds[] = {&rooms, NULL};
    stage->outside.kinds.accounts = kinds;
    stage->ends_ms = tuesday_ms + 1000;
    write_file(stage, "paperboy.ini",
            "[store]\nurl = sqlite:p.db\n[account home]\ntype = rooms\n");
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_string_equal(stage->err, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_help_lists_every_command),
            TEST(test_each_command_helps_with_examples),
            TEST(test_wrong_use_is_named_with_the_nearest_right_one),
            TEST(test_without_a_configuration_it_says_where_it_looked),
            TEST(test_fetch_counts_each_record_once),
            TEST(test_a_refused_file_costs_no_other),
            TEST(test_a_long_file_goes_in_by_parts_and_whole),
            TEST(test_an_answer_of_the_api_announces_nothing),
            TEST(test_the_network_needs_a_source_and_categories),
            TEST(test_the_network_is_asked_once_a_category),
            TEST(test_a_feed_that_fails_is_named),
            TEST(test_the_model_digest_comes_out_byte_for_byte),
            TEST(test_the_readme_shows_what_the_program_prints),
            TEST(test_a_digest_of_files_opens_no_store),
            TEST(test_the_foot_counts_what_the_categories_were_told_of),
            TEST(test_a_digest_is_json_where_programs_read_it),
            TEST(test_rank_takes_votes_from_lists_of_votes_alone),
            TEST(test_rank_shows_every_id_once_and_its_sum),
            TEST(test_post_sends_once_and_says_so),
            TEST(test_a_dry_run_shows_and_sends_nothing),
            TEST(test_a_refused_post_fails_with_the_reason),
            TEST(test_a_post_that_finds_nobody_is_left_in_the_outbox),
            TEST(test_a_running_daemon_is_left_to_send),
            TEST(test_status_tells_what_was_and_what_comes),
            TEST(test_status_of_a_fresh_start_says_how_to_go_on),
            TEST(test_who_only_looks_makes_no_database),
            TEST(test_titles_are_shown_as_they_are_read),
            TEST(test_a_store_that_fails_is_named_once),
            TEST(test_check_says_what_it_would_do),
            TEST(test_an_unknown_channel_names_the_nearest),
            TEST(test_the_daemon_posts_at_its_hour_whatever_verifying_says),
            TEST(test_the_daemon_says_at_its_start_what_comes_when),
            TEST(test_a_daemon_without_channels_does_not_start),
            TEST(test_an_account_with_rooms_is_served_without_channels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
