/* Measures as Prometheus reads them: read back by a reader that takes nothing
 * but its text format. */
#include "adapters/server_metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";

static void add(struct measure_list *list, struct arena *arena,
        struct measure measure)
{
    query_add(list, arena, measure);
}

static void test_those_of_one_name_stand_below_one_head(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct measure_list list = {0};

    add(&list, &arena,
            (struct measure){.name = "outbox_messages",
                    .help = "Messages.",
                    .labels = {{"state", "due"}},
                    .value = 3});
    add(&list, &arena,
            (struct measure){.name = "outbox_messages",
                    .help = "Messages.",
                    .labels = {{"state", "sent"}, {"channel", "a"}},
                    .value = 1234567});
    add(&list, &arena,
            (struct measure){.name = "events_heard_total",
                    .help = "Events.",
                    .counter = true,
                    .value = 0.25});
    assert_string_equal(server_metrics_text(&list, &arena),
            "# HELP paperboy_outbox_messages Messages.\n"
            "# TYPE paperboy_outbox_messages gauge\n"
            "paperboy_outbox_messages{state=\"due\"} 3\n"
            "paperboy_outbox_messages{state=\"sent\",channel=\"a\"} 1234567\n"
            "# HELP paperboy_events_heard_total Events.\n"
            "# TYPE paperboy_events_heard_total counter\n"
            "paperboy_events_heard_total 0.250000\n");
    arena_finish(&arena);
}

static void test_what_a_label_holds_is_escaped(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct measure_list list = {0};

    add(&list, &arena,
            (struct measure){.name = "x",
                    .help = "a \\ \"b\"\nc",
                    .labels = {{"l", "\\ \" \n 二}"}},
                    .value = -1});
    assert_string_equal(server_metrics_text(&list, &arena),
            "# HELP paperboy_x a \\\\ \"b\"\\nc\n"
            "# TYPE paperboy_x gauge\n"
            "paperboy_x{l=\"\\\\ \\\" \\n 二}\"} -1\n");
    arena_finish(&arena);
}

static void test_names_are_names_of_prometheus(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct measure_list list = {0};

    add(&list, &arena,
            (struct measure){.name = "loop_lag_seconds",
                    .help = "Lag.",
                    .value = 0.001});
    const char *text = server_metrics_text(&list, &arena);
    const char *line = strrchr(text, '\n') -
            strlen("paperboy_loop_lag_seconds "
                   "0.001000");
    size_t name = strspn(line, letters);
    assert_int_equal(line[name], ' ');
    char *end;
    assert_true(strtod(line + name, &end) > 0);
    assert_string_equal(end, "\n");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_those_of_one_name_stand_below_one_head),
            cmocka_unit_test(test_what_a_label_holds_is_escaped),
            cmocka_unit_test(test_names_are_names_of_prometheus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
