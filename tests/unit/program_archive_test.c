/* "paperboy fetch --since" and "--id" on a stage. */
#include "tests/support/fake_archive.h"
#include "tests/unit/program_stage.h"

static struct fake_archive archive;

static struct source *open_archive(const struct settings *settings,
        struct transport *transport, struct error *err)
{
    (void)settings;
    (void)transport;
    (void)err;
    return &archive.source;
}

static const struct source_kind archive_kind = {.kind = "arxiv",
        .keys = no_keys,
        .open = open_archive};
static const struct source_kind *const archive_kinds[] = {&archive_kind, NULL};

/* The same archive as one of votes, beside the stage's feeds. */
static const struct source_kind votes_kind = {.kind = "huggingface",
        .use = SOURCE_VOTES,
        .keys = no_keys,
        .open = open_archive};
static const struct source_kind *const both_kinds[] = {&votes_kind, &arxiv_kind,
        NULL};

static size_t answers_left; /* then a signal ends the loop */

static bool run_archive(struct outside *outside, const struct core *core,
        struct error *err)
{
    struct stage *stage = on_stage;
    (void)outside;
    (void)err;
    for (int steps = 0; !core->finished(core->ctx); steps++) {
        assert_true(steps < STEPS_MAX);
        int64_t due_ms = core->next_due_ms(core->ctx);
        if (due_ms != INT64_MAX && due_ms > stage->time.ms)
            stage->time.ms = due_ms;
        core->step(core->ctx, stage->time.ms);
        fake_source_answer(&stage->feeds);
        answer_verify(stage);
        if (answers_left == 0)
            core->wind_down(core->ctx);
        else
            answers_left -= fake_archive_answer(&archive);
    }
    fake_archive_drop(&archive);
    return true;
}

static int set_archive(void **state)
{
    if (set_stage(state) != 0)
        return -1;
    struct stage *stage = *state;
    fake_archive_init(&archive, &stage->clock);
    answers_left = SIZE_MAX;
    stage->outside.kinds.sources = archive_kinds;
    stage->outside.run = run_archive;
    write_file(stage, "paperboy.ini",
            arena_format(&stage->arena,
                    "[bot]\ncontact = a@b\n[source arxiv]\n%s", ini));
    return 0;
}

static int clear_archive(void **state)
{
    fake_archive_finish(&archive);
    return clear_stage(state);
}

#define SINCE "--since", "2026-10-01", "--until", "2026-10-02"

static void test_past_days_come_in_and_a_second_run_says_so(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 0);
    assert_string_equal(stage->out,
            "20 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_string_equal(stage->err, "");
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 0);
    assert_string_equal(stage->out,
            "0 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_string_equal(stage->err,
            "paperboy: all of these days are there already; --restart asks "
            "for them once more\n");
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, "--restart", NULL),
            0);
    assert_string_equal(stage->out,
            "0 new, 0 updated, 20 unchanged, 0 rejected\n");
}

static void test_an_interrupted_run_says_how_to_go_on(void **state)
{
    struct stage *stage = *state;
    answers_left = 4;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 1);
    assert_string_equal(stage->err,
            "paperboy: stopped before the end\n"
            "paperboy: 1 of 4 days of a category are there; the same command "
            "goes on from here\n");
    size_t asked = archive.asked;
    answers_left = SIZE_MAX;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 0);
    assert_true(archive.asked < 12 + asked);
    assert_int_equal(archive.handed_on, 20);
}

static void test_a_failure_is_told_and_what_is_there_counts(void **state)
{
    struct stage *stage = *state;
    fake_archive_fail(&archive, 2, FAKE_ARCHIVE_REFUSES, 0);
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 1);
    assert_string_equal(stage->out,
            "2 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_true(text_starts(stage->err, "paperboy: the archive says no\n"));
}

static void test_single_papers_come_by_their_ids(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--id",
                             "2210.11693v2,hep-th/9901001",
                             "https://arxiv.org/abs/2210.11693", NULL),
            0);
    assert_string_equal(stage->out,
            "2 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_int_equal(archive.asked, 1);
}

static void test_an_id_without_a_paper_is_named(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), "--id",
                             "2210.11693,2210.99999", NULL),
            1);
    assert_string_equal(stage->out,
            "1 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_string_equal(stage->err,
            "paperboy: 2210.99999: arXiv has no such paper\n");
}

static void test_a_command_fetches_the_paper_that_it_wants(void **state)
{
    struct stage *stage = *state;
    for (int i = 0; i < 2; i++) { /* once is enough */
        assert_int_equal(call(CONFIGURED(stage, "ask"), "2210.11693", NULL), 0);
        assert_non_null(strstr(stage->out, "Of the archive"));
        assert_string_equal(stage->err,
                i == 0 ? "Looking at arXiv for 2210.11693…\n" : "");
    }
    assert_int_equal(archive.asked, 1);
}

static void test_a_command_says_what_the_archive_does_not_know(void **state)
{
    struct stage *stage = *state;
    assert_int_equal(call(CONFIGURED(stage, "ask"), "2210.99999", NULL), 0);
    assert_true(text_starts(stage->out, "arXiv does not know 2210.99999"));
    fake_archive_fail(&archive, 0, FAKE_ARCHIVE_REFUSES, 0);
    assert_int_equal(call(CONFIGURED(stage, "ask"), "2210.11693", NULL), 0);
    assert_true(text_starts(stage->out, "arXiv does not know 2210.11693"));
}

static void test_an_archive_that_asks_to_wait_is_not_pressed(void **state)
{
    struct stage *stage = *state;
    int64_t before_ms = stage->time.ms;
    fake_archive_fail(&archive, 1, FAKE_ARCHIVE_BUSY, 600000);
    assert_int_equal(call(CONFIGURED(stage, "ask"), "2210.11693", NULL), 0);
    assert_true(stage->time.ms - before_ms <= 25000);
    assert_int_equal(call(CONFIGURED(stage, "ask"), "2210.11693", NULL), 0);
    assert_int_equal(archive.asked, 1);
}

static void test_a_command_can_be_called_off(void **state)
{
    struct stage *stage = *state;
    answers_left = 0;
    assert_int_equal(call(CONFIGURED(stage, "ask"), "2210.11693", NULL), 1);
    assert_string_equal(stage->out, "");
}

static void test_wrong_use_is_told_before_anything_is_asked(void **state)
{
    static const struct {
        const char *words[5];
        const char *complaint;
    } cases[] = {
            {{"--since", "yesterday"}, "--since \"yesterday\" is no day"},
            {{"--since", "2026-12-01"}, "lies in the future"},
            {{"--since", "2026-11-02", "--until", "2026-11-01"},
                    "--since is after --until"},
            {{"--since", "2026-11-02", "--via", "ftp"}, "expected api or oai"},
            {{"--until", "2026-11-02"}, "--until goes with --since"},
            {{"--via", "oai"}, "--via goes with --since"},
            {{"--restart"}, "--restart goes with --from or --since"},
            {{"--id", "tomatoes"}, "\"tomatoes\" is no arXiv id"},
            {{"--id", ","}, "names no id"},
            {{"--id", "2210.11693", "--since", "2026-11-02"}, "one at a time"},
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const *words = cases[i].words;
        assert_int_equal(call(CONFIGURED(stage, "fetch"), words[0], words[1],
                                 words[2], words[3], NULL),
                2);
        if (strstr(stage->err, cases[i].complaint) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", stage->err,
                    cases[i].complaint);
    }
    assert_int_equal(archive.asked, 0);
}

static void test_a_terminal_sees_how_far_it_is(void **state)
{
    struct stage *stage = *state;
    fake_archive_fail(&archive, 3, FAKE_ARCHIVE_BUSY, 60000);
    stage->outside.err_is_terminal = true;
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 0);
    assert_non_null(strstr(stage->err,
            "\rarXiv  50 % [####....] 2 of 4 days of a category, "));
    assert_non_null(strstr(stage->err,
            "\rpaperboy: the archive says no; asking again in 60 s\n"));
    assert_true(text_starts(stage->out, "20 new, "));
}

/* --- votes --- */

static const char *with_votes(struct stage *stage, const char *more)
{
    stage->outside.kinds.sources = both_kinds;
    return write_file(stage, "paperboy.ini",
            arena_format(&stage->arena,
                    "[bot]\ncontact = a@b\n[source huggingface]\n%s%s", more,
                    ini));
}

static void test_check_asks_both_sources(void **state)
{
    struct stage *stage = *state;
    with_votes(stage, "[source arxiv]\n");
    stage->verdict = NULL;
    assert_int_equal(call(CONFIGURED(stage, "check"), NULL), 0);
    assert_non_null(strstr(stage->out, "\nsource  huggingface\n"));
    assert_non_null(strstr(stage->out, "\nsource  arxiv\n"));
    assert_non_null(strstr(stage->out, "source arxiv, cs.RO: answers: 0 "));
    assert_non_null(strstr(stage->out,
            "source huggingface: answers: 2 papers with votes yesterday\n"));
    assert_string_equal(archive.last, "all 2026-11-23 ");
}

static void test_votes_alone_bring_no_papers(void **state)
{
    struct stage *stage = *state;
    with_votes(stage, "");
    assert_int_equal(call(CONFIGURED(stage, "fetch"), NULL), 1);
    assert_non_null(strstr(stage->err, "has no [source arxiv]"));
    assert_int_equal(call(CONFIGURED(stage, "fetch"), SINCE, NULL), 1);
    assert_non_null(strstr(stage->err, "has no [source arxiv]"));
    assert_int_equal(archive.asked, 0);
}

static void test_the_daemon_looks_at_the_votes(void **state)
{
    struct stage *stage = *state;
    with_votes(stage, "[source arxiv]\n");
    archive.votes = 3;
    answers_left = 9;
    assert_int_equal(call(CONFIGURED(stage, "run"), NULL), 0);
    assert_int_equal(archive.asked, 9);
}

#define ARCHIVE_TEST(name)                                                     \
    cmocka_unit_test_setup_teardown(name, set_archive, clear_archive)

int main(void)
{
    const struct CMUnitTest tests[] = {
            ARCHIVE_TEST(test_past_days_come_in_and_a_second_run_says_so),
            ARCHIVE_TEST(test_an_interrupted_run_says_how_to_go_on),
            ARCHIVE_TEST(test_a_failure_is_told_and_what_is_there_counts),
            ARCHIVE_TEST(test_single_papers_come_by_their_ids),
            ARCHIVE_TEST(test_an_id_without_a_paper_is_named),
            ARCHIVE_TEST(test_a_command_fetches_the_paper_that_it_wants),
            ARCHIVE_TEST(test_a_command_says_what_the_archive_does_not_know),
            ARCHIVE_TEST(test_an_archive_that_asks_to_wait_is_not_pressed),
            ARCHIVE_TEST(test_a_command_can_be_called_off),
            ARCHIVE_TEST(test_a_terminal_sees_how_far_it_is),
            ARCHIVE_TEST(test_check_asks_both_sources),
            ARCHIVE_TEST(test_votes_alone_bring_no_papers),
            ARCHIVE_TEST(test_the_daemon_looks_at_the_votes),
            ARCHIVE_TEST(test_wrong_use_is_told_before_anything_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
