#include "bot/base/log.h"

#include "tests/support/clock.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct capture {
    struct test_clock time;
    struct clock clock;
    FILE *stream;
    char *bytes;
    size_t length;
};

static void capture_open(struct capture *capture, enum log_level least)
{
    *capture = (struct capture){.time = {.ms = INT64_C(1795498200123)}};
    capture->clock = test_clock_of(&capture->time);
    capture->stream = open_memstream(&capture->bytes, &capture->length);
    assert_non_null(capture->stream);
    log_open(capture->stream, least, &capture->clock);
}

static void capture_close(struct capture *capture)
{
    log_close();
    fclose(capture->stream);
    free(capture->bytes);
}

static void test_a_line_has_time_level_sentence_and_fields(void **state)
{
    (void)state;
    struct capture capture;

    capture_open(&capture, LOG_INFO);
    log_info("digest planned", log_text("channel", "team"),
            log_number("papers", 9), log_number("least", INT64_MIN));
    assert_string_equal(capture.bytes,
            "time=2026-11-24T05:30:00Z level=info msg=\"digest planned\" "
            "channel=team papers=9 "
            "least=-9223372036854775808\n");
    capture_close(&capture);
}

static void test_values_that_would_mislead_are_quoted(void **state)
{
    (void)state;
    struct capture capture;

    capture_open(&capture, LOG_INFO);
    log_error("x", log_text("a", "two words"), log_text("b", "say \"no\""),
            log_text("c", ""), log_text("d", "k=v"), log_text("e", "a\\b"));
    assert_string_equal(strchr(capture.bytes, ' '),
            " level=error msg=x a=\"two words\" b=\"say \\\"no\\\"\" c=\"\" "
            "d=\"k=v\" "
            "e=\"a\\\\b\"\n");
    capture_close(&capture);
}

static void test_control_characters_never_reach_the_stream(void **state)
{
    (void)state;
    struct capture capture;

    capture_open(&capture, LOG_INFO);
    log_warning("x", log_text("a", "1\n2026 error forged\r\x1B[2J\x07"),
            log_text("b",
                    "\xC2\x9B"
                    "31m"),
            log_text("c", "\u202Etxt"), log_text("d", "bad\xFF"));
    assert_string_equal(strchr(capture.bytes, ' '),
            " level=warning msg=x a=\"1 2026 error forged [2J\" b=31m c=txt "
            "d=bad\uFFFD\n");
    capture_close(&capture);
}

static void test_a_program_reads_json(void **state)
{
    (void)state;
    struct capture capture;

    capture_open(&capture, LOG_INFO);
    log_set_form(LOG_FORM_JSON);
    log_info("digest planned", log_text("why", "say \"no\"\n\x01"),
            log_number("papers", 9));
    assert_string_equal(capture.bytes,
            "{\"time\":\"2026-11-24T05:30:00Z\",\"level\":\"info\",\"msg\":"
            "\"digest planned\",\"why\":\"say \\\"no\\\"\",\"papers\":9}\n");
    capture_close(&capture);
}

static void test_a_person_reads_the_sentence_first(void **state)
{
    (void)state;
    struct capture capture;

    capture_open(&capture, LOG_INFO);
    log_set_form(LOG_FORM_HUMAN);
    log_info("digest planned", log_number("papers", 9));
    log_error("channel is broken", log_text("channel", "team"));
    assert_string_equal(capture.bytes,
            "2026-11-24T05:30:00Z digest planned  papers=9\n"
            "2026-11-24T05:30:00Z error channel is broken  channel=team\n");
    capture_close(&capture);
}

static void test_forms_have_names(void **state)
{
    (void)state;
    enum log_form form;

    assert_true(log_form_parse("json", &form));
    assert_int_equal(form, LOG_FORM_JSON);
    assert_true(log_form_parse("auto", &form));
    assert_int_equal(form, LOG_FORM_AUTO);
    assert_false(log_form_parse("xml", &form));
}

static void test_a_huge_value_is_cut(void **state)
{
    (void)state;
    struct capture capture;
    char *huge = malloc(1 << 20);

    assert_non_null(huge);
    memset(huge, 'x', (1 << 20) - 1);
    huge[(1 << 20) - 1] = '\0';
    capture_open(&capture, LOG_INFO);
    log_info("x", log_text("a", huge), log_number("n", 1));
    assert_true(capture.length < 3000);
    assert_non_null(strstr(capture.bytes, "… n=1\n"));
    capture_close(&capture);
    free(huge);
}

static void test_less_important_lines_are_left_out(void **state)
{
    (void)state;
    struct capture capture;

    capture_open(&capture, LOG_WARNING);
    log_info("x", log_number("n", 1));
    log_debug("x", log_number("n", 1));
    fflush(capture.stream);
    assert_int_equal(capture.length, 0);
    log_error("x", log_number("n", 1));
    assert_true(capture.length > 0);
    capture_close(&capture);
}

static void test_a_closed_log_is_silent(void **state)
{
    (void)state;
    struct capture capture;

    log_error("nobody listens", log_number("n", 1));
    capture_open(&capture, LOG_DEBUG);
    log_close();
    log_error("x", log_number("n", 1));
    fflush(capture.stream);
    assert_int_equal(capture.length, 0);
    capture_close(&capture);
}

static void
test_a_terminal_is_told_levels_in_colour_and_values_safely(void **state)
{
    (void)state;
    struct test_clock time = {.ms = INT64_C(1795498200123)};
    struct clock clock = test_clock_of(&time);
    char shown[256] = "";

    int person = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(person >= 0 && grantpt(person) == 0 && unlockpt(person) == 0);
    FILE *terminal = fopen(ptsname(person), "w");
    assert_non_null(terminal);
    log_open(terminal, LOG_INFO, &clock);
    log_warning("late", log_text("who", "\x1B[2Jx"));
    log_close();
    assert_true(read(person, shown, sizeof shown - 1) > 0);
    assert_string_equal(shown,
            "2026-11-24T05:30:00Z \x1B[33mwarning\x1B[0m late  who=[2Jx\r\n");
    fclose(terminal);
    close(person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_line_has_time_level_sentence_and_fields),
            cmocka_unit_test(test_values_that_would_mislead_are_quoted),
            cmocka_unit_test(test_control_characters_never_reach_the_stream),
            cmocka_unit_test(test_a_program_reads_json),
            cmocka_unit_test(test_a_person_reads_the_sentence_first),
            cmocka_unit_test(test_forms_have_names),
            cmocka_unit_test(test_a_huge_value_is_cut),
            cmocka_unit_test(test_less_important_lines_are_left_out),
            cmocka_unit_test(test_a_closed_log_is_silent),
            cmocka_unit_test(
                    test_a_terminal_is_told_levels_in_colour_and_values_safely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
