/* Long imports: how far they are, and going on after an interruption. */
#include "tests/unit/program_stage.h"

#include "adapters/sources/papers_in.h"
#include "bot/program/program_place.h"
#include "bot/program/program_progress.h"

#include <fcntl.h>
#include <sys/stat.h>

enum {
    LINES = 1200,
};

static const char *snapshot(struct stage *stage, const char *name)
{
    struct text text;

    text_init(&text, &stage->arena, (size_t)LINES * 200);
    for (unsigned i = 1; i <= LINES; i++)
        text_add_format(&text,
                "{\"id\":\"0704.%04u\",\"title\":\"T\",\"authors\":\"A\","
                "\"categories\":\"cs.LG\",\"authors_parsed\":[]}\n",
                i);
    return write_file(stage, name, text_string(&text));
}

/* --- interrupted --- */

static struct {
    const struct source_sink *real;
    size_t left; /* records until the plug is pulled */
} plug;

static void pass_record(void *ctx, const struct source_record *record)
{
    (void)ctx;
    if (plug.left == 0)
        return;
    plug.left--;
    plug.real->record(plug.real->ctx, record);
}

static void pass_complaint(void *ctx, const struct source_complaint *complaint)
{
    (void)ctx;
    plug.real->complaint(plug.real->ctx, complaint);
}

static bool read_until_unplugged(const struct byte_stream *stream,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err)
{
    const struct source_sink passing = {pass_record, pass_complaint, NULL};

    plug.real = sink;
    return papers_in_read(stream, &passing, summary, err) &&
            error_set(err, ERROR_INPUT, "the plug was pulled");
}

static const char *store_url(struct stage *stage)
{
    return arena_format(&stage->arena, "sqlite:%s", in_folder(stage, "db"));
}

static void take_in(struct stage *stage, const char *path, const char *option)
{
    assert_int_equal(call(stage, "fetch", "--store", store_url(stage), "--from",
                             path, option, NULL),
            0);
}

static void interrupt(struct stage *stage, const char *path, size_t records)
{
    plug.left = records;
    stage->outside.source_read = read_until_unplugged;
    assert_int_equal(call(stage, "fetch", "--store", store_url(stage), "--from",
                             path, NULL),
            1);
    assert_non_null(strstr(stage->err, "the plug was pulled"));
    stage->outside.source_read = papers_in_read;
}

static void test_an_interrupted_import_goes_on(void **state)
{
    struct stage *stage = *state;
    const char *path = snapshot(stage, "snapshot");

    interrupt(stage, path, 700);
    assert_string_equal(stage->out,
            "700 new, 0 updated, 0 unchanged, 0 rejected\n");
    take_in(stage, path, NULL);
    assert_non_null(strstr(stage->err,
            "DIR/snapshot: goes on behind line 500, where the last import "
            "stopped; --restart begins anew\n"));
    assert_string_equal(stage->out,
            "500 new, 0 updated, 200 unchanged, 0 rejected\n");
    take_in(stage, path, NULL);
    assert_null(strstr(stage->err, "goes on"));
    assert_string_equal(stage->out,
            "0 new, 0 updated, 1200 unchanged, 0 rejected\n");
}

static void test_restart_begins_anew(void **state)
{
    struct stage *stage = *state;
    const char *path = snapshot(stage, "snapshot");

    interrupt(stage, path, 1100);
    take_in(stage, path, "--restart");
    assert_null(strstr(stage->err, "goes on"));
    assert_string_equal(stage->out,
            "100 new, 0 updated, 1100 unchanged, 0 rejected\n");
    assert_int_equal(call(stage, "fetch", "--restart", NULL), 2);
    assert_non_null(strstr(stage->err, "--restart goes with --from"));
}

static void test_a_file_that_changed_begins_anew(void **state)
{
    struct stage *stage = *state;
    const char *path = snapshot(stage, "snapshot");
    const struct timespec times[] = {{1, 0}, {1, 0}};

    interrupt(stage, path, 700);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    take_in(stage, path, NULL);
    assert_null(strstr(stage->err, "goes on"));
    assert_string_equal(stage->out,
            "500 new, 0 updated, 700 unchanged, 0 rejected\n");
}

static void test_what_is_announced_is_taken_whole(void **state)
{
    struct stage *stage = *state;
    struct text text;

    text_init(&text, &stage->arena, (size_t)LINES * 200);
    for (unsigned i = 1; i <= LINES; i++)
        text_add_format(&text,
                "{\"id\":\"2601.%05u\",\"title\":\"T\",\"summary\":\"A\","
                "\"categories\":[\"cs.LG\"]}\n",
                i);
    const char *path = write_file(stage, "listing", text_string(&text));
    interrupt(stage, path, 700);
    take_in(stage, path, NULL);
    assert_null(strstr(stage->err, "goes on"));
    assert_string_equal(stage->out,
            "500 new, 0 updated, 700 unchanged, 0 rejected\n");
}

/* --- votes --- */

static void test_votes_are_kept_and_their_rise_is_said(void **state)
{
    struct stage *stage = *state;
    const char *path = write_file(stage, "votes",
            "[{\"paper\":{\"id\":\"2601.00001\",\"title\":\"T\",\"upvotes\":3}}"
            ",{\"paper\":{\"id\":\"2601.00002\",\"title\":\"U\",\"upvotes\":0}}"
            "]");

    take_in(stage, path, NULL);
    assert_string_equal(stage->out,
            "2 new, 0 updated, 0 unchanged, 0 rejected\n");
    assert_string_equal(stage->err,
            "paperboy: DIR/votes (Hugging Face daily papers): its papers are "
            "known now, but nothing was announced by it; the votes of 1 "
            "rose\n");
    take_in(stage, path, NULL);
    assert_string_equal(stage->err,
            "paperboy: DIR/votes (Hugging Face daily papers): its papers are "
            "known now, but nothing was announced by it\n");
    take_in(stage, write_file(stage, "weekend", "[]"), NULL);
    assert_string_equal(stage->err, "");
}

/* --- progress --- */

static int64_t hasten(void *state)
{
    struct test_clock *clock = state;
    return clock->ms += 500;
}

static void test_progress_is_shown_on_a_terminal_only(void **state)
{
    struct stage *stage = *state;
    const char *path = snapshot(stage, "snapshot");

    stage->clock = (struct clock){hasten, &stage->time};
    take_in(stage, path, NULL);
    assert_null(strchr(stage->err, '\r'));
    stage->outside.err_is_terminal = true;
    take_in(stage, path, NULL);
    assert_non_null(strstr(stage->err, "snapshot "));
    assert_non_null(strstr(stage->err, "% ["));
    assert_non_null(strstr(stage->err, " papers/s"));
    /* Wiped before what is said at the end. */
    assert_non_null(strstr(stage->err, " \rpaperboy: DIR/snapshot ("));
}

static void check_line(struct program_progress progress, int64_t after_ms,
        const char *expected)
{
    char line[PROGRAM_PROGRESS_SIZE];

    program_progress_line(&progress, progress.began_ms + after_ms, line);
    assert_string_equal(line, expected);
    assert_true(text_columns(line) < 80);
}

static void test_the_line_says_how_far_how_fast_and_how_long(void **state)
{
    (void)state;
    const struct program_progress start = {.name = "snapshot.jsonl",
            .size = INT64_C(4000000000),
            .began_ms = 5000};
    struct program_progress now = start;

    check_line(now, 0, "snapshot.jsonl   0 % [........] 0.0 of 4.0 GB");
    now.bytes = INT64_C(1800000000);
    now.papers = 600000;
    check_line(now, 200000,
            "snapshot.jsonl  45 % [###.....] 1.8 of 4.0 GB, 3000 papers/s, 4 "
            "min left");
    now.from_bytes = INT64_C(1700000000);
    check_line(now, 200000,
            "snapshot.jsonl  45 % [###.....] 1.8 of 4.0 GB, 3000 papers/s, "
            "73 "
            "min left");
    now.bytes = now.size;
    check_line(now, 200000,
            "snapshot.jsonl 100 % [########] 4.0 of 4.0 GB, 3000 papers/s, 0 "
            "s left");
    now = (struct program_progress){.name = "standard input",
            .bytes = 1234,
            .papers = 10};
    check_line(now, 1000, "standard input 1.2 kB, 10 papers/s");
    now = start;
    now.name = "arxiv-metadata-oai-snapshot.json";
    now.bytes = 1000;
    now.papers = 99999;
    check_line(now, 1000,
            "arxiv-metadata…   0 % [........] 0.0 of 4.0 GB, 99999 papers/s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_setup_teardown(test_an_interrupted_import_goes_on,
                    set_stage, clear_stage),
            cmocka_unit_test_setup_teardown(test_restart_begins_anew, set_stage,
                    clear_stage),
            cmocka_unit_test_setup_teardown(
                    test_a_file_that_changed_begins_anew, set_stage,
                    clear_stage),
            cmocka_unit_test_setup_teardown(
                    test_what_is_announced_is_taken_whole, set_stage,
                    clear_stage),
            cmocka_unit_test_setup_teardown(
                    test_votes_are_kept_and_their_rise_is_said, set_stage,
                    clear_stage),
            cmocka_unit_test_setup_teardown(
                    test_progress_is_shown_on_a_terminal_only, set_stage,
                    clear_stage),
            cmocka_unit_test(test_the_line_says_how_far_how_fast_and_how_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
