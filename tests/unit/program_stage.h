/*
 * program_stage.h - the program with a folder, a clock and one product, for
 * tests of its subcommands.
 *
 * The test's state is a struct stage.
 */
#ifndef TESTS_UNIT_PROGRAM_STAGE_H
#define TESTS_UNIT_PROGRAM_STAGE_H

#include "bot/program/program.h"

#include "adapters/dialects/dialects.h"
#include "adapters/sources/papers_in.h"
#include "bot/base/text.h"
#include "store/registry.h"
#include "tests/support/clock.h"
#include "tests/support/fake_account.h"
#include "tests/support/fake_source.h"
#include "tests/support/fake_writer.h"
#include "tests/support/paper_file.h"

#include <dirent.h>
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
    const char *typed;   /* on standard input; NULL: none */
    bool silent;         /* verifying is never answered */
    const char *verdict; /* of verifying; NULL: all is well */
    struct fake_writer pen;
    const char *out, *err; /* of the last call */
};

static struct stage *on_stage; /* the adapters' constructors take no context */

static inline const char *environment(const char *name)
{
    return text_same(name, "HOME") ? "/nowhere" : NULL;
}

static inline struct transport *open_transport(struct outside *outside,
        struct error *err)
{
    (void)err;
    return (struct transport *)(void *)outside; /* never looked into */
}

static inline void cancel_verify(struct request *request)
{
    (void)request;
    on_stage->verified = NULL;
}

static inline struct request *verify(struct account *account,
        account_verified_fn *done, void *cookie)
{
    static struct request request = {.cancel = cancel_verify};
    (void)account;
    on_stage->verified = done;
    on_stage->verified_cookie = cookie;
    return &request;
}

static inline void keep_open(struct account *account)
{
    (void)account; /* a test looks at what was shown after the call */
}

static inline struct account *open_account(const struct settings *settings,
        struct transport *transport, const struct account_memory *memory,
        struct error *err)
{
    (void)memory;
    (void)settings;
    (void)transport;
    (void)err;
    return &on_stage->product.account;
}

static inline struct source *open_source(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &on_stage->feeds.source;
}

static inline struct writer *open_writer(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &on_stage->pen.writer;
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
static const struct writer_kind pen_kind = {.kind = "pen",
        .keys = no_keys,
        .open = open_writer};
static const struct writer_kind *const writer_kinds[] = {&pen_kind, NULL};
static const struct source_kind *const source_kinds[] = {&arxiv_kind, NULL};
static const struct dialect *const dialects[] = {&dialect_text, &dialect_matrix,
        &dialect_slack, &dialect_json, NULL};

static inline void answer_verify(struct stage *stage)
{
    struct error err = {0};
    account_verified_fn *done = stage->verified;
    stage->verified = NULL;
    if (stage->verdict != NULL)
        error_set(&err, ERROR_STOP, "%s", stage->verdict);
    if (done != NULL)
        done(stage->verified_cookie, stage->verdict == NULL ? NULL : &err);
}

/* A loop whose time flies. */
static inline bool run_core(struct outside *outside, const struct core *core,
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
        fake_writer_answer(&stage->pen);
        if (!stage->silent)
            answer_verify(stage);
    }
    (void)err;
    return true;
}

static inline int set_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    if (stage == NULL)
        return -1;
    snprintf(stage->folder, sizeof stage->folder,
            "/tmp/paperboy-program-XXXXXX");
    if (mkdtemp(stage->folder) == NULL)
        return -1;
    stage->time.ms = tuesday_ms;
    stage->verdict = "who are you?";
    stage->ends_ms = INT64_MAX;
    stage->clock = test_clock_of(&stage->time);
    stage->chance = chance_seeded(&stage->seed);
    fake_account_init(&stage->product, "team", &stage->clock);
    fake_source_init(&stage->feeds, &stage->clock);
    fake_writer_init(&stage->pen, "main", &stage->clock);
    stage->product.ops.verify = verify;
    stage->product.ops.close = keep_open;
    stage->outside = (struct outside){
            .store_open = store_registry_open,
            .store_exists = store_registry_exists,
            .store_restore = store_registry_restore,
            .source_read = papers_in_read,
            .kinds = {.accounts = account_kinds,
                    .sources = source_kinds,
                    .writers = writer_kinds},
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

static inline const char *in_folder(struct stage *stage, const char *name)
{
    return arena_format(&stage->arena, "%s/%s", stage->folder, name);
}

static inline void empty_folder(struct stage *stage)
{
    DIR *listing = opendir(stage->folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        if (!text_same(entry->d_name, ".") && !text_same(entry->d_name, ".."))
            remove(in_folder(stage, entry->d_name));
    closedir(listing);
}

static inline int clear_stage(void **state)
{
    struct stage *stage = *state;
    empty_folder(stage);
    assert_int_equal(remove(stage->folder), 0);
    fake_account_finish(&stage->product);
    fake_source_finish(&stage->feeds);
    fake_writer_finish(&stage->pen);
    arena_finish(&stage->arena);
    free(stage);
    return 0;
}

static inline const char *write_file(struct stage *stage, const char *name,
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
static inline const char *contents(struct stage *stage, FILE *file)
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

static inline FILE *typed_file(struct stage *stage)
{
    if (stage->typed == NULL)
        return NULL;
    FILE *file = tmpfile();
    assert_non_null(file);
    fputs(stage->typed, file);
    rewind(file);
    return file;
}

/* "paperboy" with words; NULL ends them. */
static inline int call(struct stage *stage, const char *first, ...)
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
    stage->outside.in = typed_file(stage);
    stage->outside.out = tmpfile();
    stage->outside.err = tmpfile();
    assert_true(stage->outside.out != NULL && stage->outside.err != NULL);
    int code = program_main(&stage->outside, count, words);
    if (stage->outside.in != NULL)
        fclose(stage->outside.in);
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

/* paperboy.ini with arXiv as its source. */
static inline void write_network_ini(struct stage *stage)
{
    write_file(stage, "paperboy.ini",
            arena_format(&stage->arena,
                    "[bot]\ncontact = a@b\n[source arxiv]\n%s", ini));
}

static inline void take_in_the_day(struct stage *stage)
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

/* The store of ini, empty. */
static inline void make_store(struct stage *stage)
{
    struct store *store =
            store_registry_open(arena_format(&stage->arena, "sqlite:%s",
                                        in_folder(stage, "p.db")),
                    NULL);
    assert_non_null(store);
    store_close(store);
}

#define CONFIGURED(stage, command)                                             \
    (stage), (command), "--config", in_folder((stage), "paperboy.ini")

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_stage, clear_stage)

#endif
