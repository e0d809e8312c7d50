/* paperboy fetch: files and the network. */

#include "tests/unit/program_stage.h"

#include "bot/base/log.h"
#include "tests/support/paper_file.h"

#include <unistd.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_fetch_counts_each_record_once),
            TEST(test_a_refused_file_costs_no_other),
            TEST(test_a_long_file_goes_in_by_parts_and_whole),
            TEST(test_an_answer_of_the_api_announces_nothing),
            TEST(test_the_network_needs_a_source_and_categories),
            TEST(test_the_network_is_asked_once_a_category),
            TEST(test_a_feed_that_fails_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
