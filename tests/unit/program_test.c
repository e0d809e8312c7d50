#include "bot/program.h"

#include "adapters/dialects/dialects.h"
#include "adapters/sources/papers_in.h"
#include "bot/base/text.h"
#include "store/registry.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/fake_source.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>
#include <cmocka.h>

/* 2026-11-24 06:00 in New York, 19:00 in Shanghai; a Tuesday. */
static const int64_t tuesday_ms = INT64_C(1795518000000);
/* 13:30 in Shanghai on the day after. */
static const int64_t wednesday_hour_ms = INT64_C(1795584600000);

enum {
    WORDS_MAX = 24,
    STEPS_MAX = 100000, /* of a loop */
};

/* --- a stage: the program with a folder, a clock and one product --- */

struct stage {
    char folder[64];
    struct arena arena;
    struct test_clock time;
    struct clock clock;
    struct chance_seed seed;
    struct random_source chance;
    struct fake_account product;
    struct fake_source feeds;
    struct outside outside;
    int64_t ends_ms; /* when a signal ends a loop; INT64_MAX: never */
    account_verified_fn *verified;
    void *verified_cookie;
    const char *out, *err; /* of the last call */
};

static struct stage *on_stage; /* the adapters' constructors take no context */

static const char *environment(const char *name)
{
    return text_same(name, "HOME") ? "/nowhere" : NULL;
}

static struct transport *open_transport(struct outside *outside,
        struct error *err)
{
    (void)err;
    return (struct transport *)(void *)outside; /* never looked into */
}

static void cancel_verify(struct request *request)
{
    (void)request;
    on_stage->verified = NULL;
}

static struct request *verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    static struct request request = {.cancel = cancel_verify};
    (void)account;
    on_stage->verified = done;
    on_stage->verified_cookie = cookie;
    return &request;
}

static void keep_open(struct account *account)
{
    (void)account; /* a test looks at what was shown after the call */
}

static struct account *open_account(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &on_stage->product.account;
}

static struct source *open_source(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &on_stage->feeds.source;
}

static const struct setting_spec no_keys[] = {{.key = NULL}};
static const struct account_kind fake_kind = {.kind = "fake",
        .keys = no_keys,
        .one_channel = true,
        .open = open_account};
static const struct source_kind arxiv_kind = {.kind = "arxiv",
        .keys = no_keys,
        .open = open_source};
static const struct account_kind *const account_kinds[] = {&fake_kind, NULL};
static const struct source_kind *const source_kinds[] = {&arxiv_kind, NULL};
static const struct dialect *const dialects[] = {&dialect_text, &dialect_matrix,
        &dialect_slack, &dialect_json, NULL};

static void answer_verify(struct stage *stage)
{
    const struct error err = {.kind = ERROR_STOP, .text = "who are you?"};
    account_verified_fn *done = stage->verified;
    stage->verified = NULL;
    if (done != NULL)
        done(stage->verified_cookie, &err);
}

/* A loop whose time flies. */
static bool run_core(struct outside *outside, const struct core *core,
        struct error *err)
{
    struct stage *stage = on_stage;
    bool ending = false;
    (void)outside;
    for (int steps = 0; !core->finished(core->ctx); steps++) {
        assert_true(steps < STEPS_MAX); /* it never ends */
        int64_t due_ms = core->next_due_ms(core->ctx);
        if (due_ms > stage->ends_ms && !ending) {
            core->wind_down(core->ctx);
            ending = true;
        }
        if (due_ms != INT64_MAX && due_ms > stage->time.ms)
            stage->time.ms = due_ms;
        core->step(core->ctx, stage->time.ms);
        fake_account_answer(&stage->product);
        fake_source_answer(&stage->feeds);
        answer_verify(stage);
    }
    (void)err;
    return true;
}

static int set_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    if (stage == NULL)
        return -1;
    snprintf(stage->folder, sizeof stage->folder,
            "/tmp/paperboy-program-XXXXXX");
    if (mkdtemp(stage->folder) == NULL)
        return -1;
    stage->time.ms = tuesday_ms;
    stage->ends_ms = INT64_MAX;
    stage->clock = test_clock_of(&stage->time);
    stage->chance = chance_seeded(&stage->seed);
    fake_account_init(&stage->product, "team", &stage->clock);
    fake_source_init(&stage->feeds, &stage->clock);
    stage->product.ops.verify = verify;
    stage->product.ops.close = keep_open;
    stage->outside = (struct outside){
            .store_open = store_registry_open,
            .source_read = papers_in_read,
            .kinds = {account_kinds, source_kinds},
            .dialects = dialects,
            .clock = &stage->clock,
            .chance = &stage->chance,
            .environment = environment,
            .owner = "pid 1",
            .transport_open = open_transport,
            .run = run_core,
    };
    on_stage = stage;
    *state = stage;
    return 0;
}

static const char *in_folder(struct stage *stage, const char *name)
{
    return arena_format(&stage->arena, "%s/%s", stage->folder, name);
}

static int clear_stage(void **state)
{
    static const char *const files[] = {"paperboy.ini", "papers", "more",
            "p.db", "p.db-wal", "p.db-shm", "p.db.lock"};
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        remove(in_folder(stage, files[i]));
    assert_int_equal(remove(stage->folder), 0);
    fake_account_finish(&stage->product);
    fake_source_finish(&stage->feeds);
    arena_finish(&stage->arena);
    free(stage);
    return 0;
}

static const char *write_file(struct stage *stage, const char *name,
        const char *text)
{
    const char *path = in_folder(stage, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* What was written, with the folder's path as "DIR". */
static const char *contents(struct stage *stage, FILE *file)
{
    size_t size = (size_t)ftell(file), length = strlen(stage->folder);
    char *bytes = arena_alloc(&stage->arena, size + 1);
    struct text text;
    rewind(file);
    assert_int_equal(fread(bytes, 1, size, file), size);
    fclose(file);
    text_init(&text, &stage->arena, size + 1);
    while (*bytes != '\0') {
        bool folder = text_starts(bytes, stage->folder);
        if (folder)
            text_add(&text, "DIR");
        else
            text_add_n(&text, bytes, 1);
        bytes += folder ? length : 1;
    }
    return text_string(&text);
}

/* "paperboy" with words; NULL ends them. */
static int call(struct stage *stage, const char *first, ...)
{
    char *words[WORDS_MAX] = {arena_string(&stage->arena, "paperboy")};
    int count = 1;
    va_list args;
    va_start(args, first);
    for (const char *word = first; word != NULL;
            word = va_arg(args, const char *)) {
        assert_true(count < WORDS_MAX - 1);
        words[count++] = arena_string(&stage->arena, word);
    }
    va_end(args);
    stage->outside.in = NULL;
    stage->outside.out = tmpfile();
    stage->outside.err = tmpfile();
    assert_true(stage->outside.out != NULL && stage->outside.err != NULL);
    int code = program_main(&stage->outside, count, words);
    stage->out = contents(stage, stage->outside.out);
    stage->err = contents(stage, stage->outside.err);
    return code;
}

/* --- papers and a configuration in our own words --- */

static const char day[] =
        "{\"id\":\"2611.00001\",\"title\":\"Walking robots that fall well\","
        "\"authors\":[\"Ada Long\"],\"categories\":[\"cs.RO\"],"
        "\"abstract\":\"They fall softly. Code is on github.com.\"}\n"
        "{\"id\":\"2611.00002\",\"title\":\"Small models, long talks\","
        "\"authors\":[\"Bo Wide\",\"Ada Long\"],"
        "\"categories\":[\"cs.CL\",\"cs.LG\"],"
        "\"abstract\":\"Talking for hours.\"}\n";

static const char ini[] = "[store]\n"
                          "url = sqlite:p.db\n"
                          "[channel team]\n"
                          "type = fake\n"
                          "categories = RO CL\n"
                          "schedule = 13:30 weekdays\n"
                          "timezone = Asia/Shanghai\n"
                          "languages = en\n";

static void take_in_the_day(struct stage *stage)
{
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(stage, "fetch", "--config",
                             in_folder(stage, "paperboy.ini"), "--from",
                             write_file(stage, "papers", day), NULL),
            0);
    assert_string_equal(stage->out,
            "2 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_string_equal(stage->err, "");
}

#define CONFIGURED(stage, command)                                             \
    (stage), (command), "--config", in_folder((stage), "paperboy.ini")

/* --- help and wrong use --- */

static void test_help_lists_every_command(void **state)
{
    struct stage *stage = *state;
    static const char overview[] =
            "Paperboy delivers the day's arXiv papers to your channels.\n"
            "\n"
            "usage: paperboy COMMAND [--config FILE] [--store URL] [--json]\n"
            "\n"
            "  run      the daemon: fetch, plan and post, every day\n"
            "  fetch    take in papers, from the network or from files\n"
            "  digest   show a digest, of a channel or of files, without "
            "posting\n"
            "  post     post a channel's digest now\n"
            "  rank     score a file's papers and say why\n"
            "  check    read the configuration and say what it would do\n"
            "  status   what was posted, what comes next, what is broken\n"
            "\n"
            "paperboy COMMAND --help   says more, with examples\n"
            "paperboy --version        says which paperboy this is\n";
    assert_int_equal(call(stage, "--help", NULL), 0);
    assert_string_equal(stage->out, overview);
    assert_int_equal(call(stage, NULL), 2);
    assert_string_equal(stage->out, "");
    assert_string_equal(stage->err, overview);
    assert_int_equal(call(stage, "--version", NULL), 0);
    assert_string_equal(stage->out, "paperboy " PAPERBOY_VERSION "\n");
}

static void test_each_command_helps_with_examples(void **state)
{
    static const char *const names[] = {"run", "fetch", "digest", "post",
            "rank", "check", "status"};
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(call(stage, names[i], "--help", NULL), 0);
        const char *help = stage->out;
        assert_true(text_starts(help,
                arena_format(&stage->arena, "usage: paperboy %s", names[i])));
        assert_non_null(strstr(help,
                arena_format(&stage->arena, "Examples:\n  ")));
        assert_non_null(strstr(help, "--store URL"));
        assert_int_equal(call(stage, "help", names[i], NULL), 0);
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
            "copy config.example.ini to paperboy.ini, or give --config FILE\n");
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
    assert_non_null(strstr(stage->err, "is an answer of the API"));
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
    static const struct fake_item items[] = {{"2611.00011", ANNOUNCE_NEW, NULL},
            {"2611.00012", ANNOUNCE_CROSS, "cs.CV"}};
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

static void test_check_says_what_it_would_do(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", ini);
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 0);
    assert_string_equal(stage->out,
            "DIR/paperboy.ini: ok\n"
            "store   sqlite:DIR/p.db\n"
            "source  none: papers come with \"paperboy fetch --from\" only\n"
            "channel team\n"
            "  where  fake\n"
            "  next   Wed 2026-11-25 13:30 Asia/Shanghai\n"
            "  what   RO CL, brief, 5+4, in en\n");
    write_file(stage, "paperboy.ini", "[channel a]\ntype = fak\nsize = x\n");
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 1);
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

static void test_a_daemon_without_channels_does_not_start(void **state)
{
    struct stage *stage = *state;
    write_file(stage, "paperboy.ini", "[bot]\ncontact = a@b\n");
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: DIR/paperboy.ini has no channel; add a section "
            "[channel NAME], see config.example.ini\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_stage, clear_stage)

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
            TEST(test_rank_shows_every_id_once_and_its_sum),
            TEST(test_post_sends_once_and_says_so),
            TEST(test_a_dry_run_shows_and_sends_nothing),
            TEST(test_a_refused_post_fails_with_the_reason),
            TEST(test_a_post_that_finds_nobody_is_left_in_the_outbox),
            TEST(test_a_running_daemon_is_left_to_send),
            TEST(test_status_tells_what_was_and_what_comes),
            TEST(test_check_says_what_it_would_do),
            TEST(test_an_unknown_channel_names_the_nearest),
            TEST(test_the_daemon_posts_at_its_hour_whatever_verifying_says),
            TEST(test_a_daemon_without_channels_does_not_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
