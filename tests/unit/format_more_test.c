/* The snapshot, Hugging Face's lists, the feed's Atom form, recordings. */
#include "adapters/sources/papers_in.h"
#include "tests/support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include <cmocka.h>

/* --- the snapshot --- */

#define SNAPSHOT(id)                                                           \
    "{\"id\":\"" id "\",\"submitter\":\"S\",\"authors\":\"A. One and B. "      \
    "Two\",\"title\":\"T\",\"comments\":null,\"journal-ref\":\"J. 1\","        \
    "\"doi\":\"10.1/a 10.1/b\",\"report-no\":null,\"categories\":\"hep-ph "    \
    "cs.LG\",\"license\":null,\"abstract\":\"  Of it.\\n\",\"versions\":"      \
    "[{\"version\":\"v1\",\"created\":\"Mon, 2 Apr 2007 19:18:42 GMT\"},"      \
    "{\"version\":\"v2\",\"created\":\"Tue, 24 Jul 2007 20:10:27 GMT\"}],"     \
    "\"update_date\":\"2008-11-26\",\"authors_parsed\":[[\"One\",\"A.\","      \
    "\"\"]]}\n"

static void test_a_snapshot_line_gives_all_its_fields(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got, SNAPSHOT("0704.0001")));
    assert_string_equal(got.summary.format, "arXiv metadata snapshot JSONL");
    assert_false(got.summary.announces);
    const struct paper *paper = &got.items[0].paper;
    assert_string_equal(paper->id, "0704.0001");
    assert_int_equal(paper->version, 2);
    assert_int_equal(paper->authors.count, 2);
    assert_string_equal(paper->authors.items[1].name, "B. Two");
    assert_string_equal(paper->categories.items[0], "hep-ph");
    assert_int_equal(paper->categories.count, 2);
    assert_string_equal(paper->abstract, "Of it.");
    assert_string_equal(paper->doi, "10.1/a");
    assert_string_equal(paper->journal_ref, "J. 1");
    assert_string_equal(paper->comment, "");
    assert_int_equal(paper->published_ms, INT64_C(1175541522000));
    assert_int_equal(paper->updated_ms, INT64_C(1185307827000));
    records_finish(&got);
}

static void test_parsed_authors_stand_in_for_a_missing_line(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "{\"id\":\"0704.0001\",\"title\":\"T\",\"authors_parsed\":"
            "[[\"Bal\\u00e1zs\",\"C.\",\"Jr.\",\"Here\"],[\"Two\",\"B.\"],7]"
            "}"));
    const struct paper *paper = &got.items[0].paper;
    assert_int_equal(paper->authors.count, 2);
    assert_string_equal(paper->authors.items[0].name, "C. Bal\xc3\xa1zs Jr.");
    assert_string_equal(paper->authors.items[0].affiliation, "Here");
    assert_string_equal(paper->authors.items[1].name, "B. Two");
    records_finish(&got);
}

static void test_a_bad_snapshot_line_costs_itself_only(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            SNAPSHOT("0704.0001") "{\"id\":7}\n{\"id\n" SNAPSHOT("0704.0002")));
    assert_int_equal(got.count, 2);
    assert_int_equal(got.summary.rejected, 2);
    assert_string_equal(got.complaints[0].where, "line 2");
    records_finish(&got);
}

/* --- going on --- */

/* A file of which it is known where it was read. */
struct shelf {
    const char *bytes;
    size_t length, at;
    size_t seeks, read;
};

static long read_shelf(void *ctx, char *buffer, size_t size, struct error *err)
{
    struct shelf *shelf = ctx;
    size_t left = shelf->length - shelf->at;
    size_t taken = left < size ? left : size;
    (void)err;

    memcpy(buffer, shelf->bytes + shelf->at, taken);
    shelf->at += taken;
    shelf->read += taken;
    return (long)taken;
}

static bool seek_shelf(void *ctx, int64_t offset)
{
    struct shelf *shelf = ctx;

    shelf->seeks++;
    shelf->at = (size_t)offset < shelf->length ? (size_t)offset : shelf->length;
    return true;
}

static void read_from(struct records *got, struct shelf *shelf, bool seekable,
        struct source_place from)
{
    const struct byte_stream stream = {.read = read_shelf,
            .ctx = shelf,
            .seek = seekable ? seek_shelf : NULL,
            .from = from};
    struct source_sink sink = records_sink(got);

    shelf->at = 0;
    got->whole = papers_in_read(&stream, &sink, &got->summary, &got->err);
}

static const char three_lines[] = "\xef\xbb\xbf" SNAPSHOT("0704.0001")
        SNAPSHOT("0704.0002") "\n{broken\n" SNAPSHOT("0704.0003");

static void test_reading_goes_on_behind_any_record(void **state)
{
    (void)state;
    struct records all = {0};
    struct shelf shelf = {.bytes = three_lines,
            .length = sizeof three_lines - 1};

    read_from(&all, &shelf, true, (struct source_place){0});
    assert_int_equal(all.count, 3);
    for (size_t seekable = 0; seekable < 2; seekable++)
        for (size_t done = 1; done <= 3; done++) {
            struct records rest = {0};
            read_from(&rest, &shelf, seekable, all.items[done - 1].end);
            assert_true(rest.whole);
            assert_int_equal(rest.count, 3 - done);
            if (done < 3)
                assert_string_equal(rest.items[0].paper.id,
                        all.items[done].paper.id);
            if (done == 2)
                assert_string_equal(rest.complaints[0].where, "line 4");
            records_finish(&rest);
        }
    assert_int_equal(shelf.seeks, 0); /* all of it was looked at already */
    records_finish(&all);
}

static char *many_lines(struct arena *arena, size_t count, size_t *length)
{
    size_t size = count * sizeof SNAPSHOT("0704.0001");
    char *text = arena_alloc(arena, size + 1);

    *length = 0;
    for (size_t i = 1; i <= count; i++)
        *length += (size_t)snprintf(text + *length, size - *length,
                SNAPSHOT("0704.%04zu"), i);
    return text;
}

static void test_a_place_far_on_is_sought_in_a_plain_file(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct records all = {0}, rest = {0};
    struct shelf shelf = {0};

    shelf.bytes = many_lines(&arena, 900, &shelf.length);
    read_from(&all, &shelf, true, (struct source_place){0});
    assert_int_equal(all.count, 900);
    shelf.read = 0;
    read_from(&rest, &shelf, true, all.items[890].end);
    assert_int_equal(rest.count, 9);
    assert_string_equal(rest.items[0].paper.id, "0704.0892");
    assert_int_equal(rest.items[0].end.lines, 892);
    assert_int_equal(rest.items[8].end.offset, (int64_t)shelf.length);
    assert_int_equal(shelf.seeks, 1);
    assert_true(shelf.read < 100000);
    records_finish(&all);
    records_finish(&rest);
    arena_finish(&arena);
}

static char *packed(struct arena *arena, const char *bytes, size_t length,
        size_t *packed_length)
{
    z_stream packer = {0};
    size_t room = length / 2 + 1000;
    char *out = arena_alloc(arena, room);

    assert_int_equal(deflateInit2(&packer, 6, Z_DEFLATED, 15 + 16, 8,
                             Z_DEFAULT_STRATEGY),
            Z_OK);
    packer.next_in = (const unsigned char *)bytes;
    packer.avail_in = (unsigned)length;
    packer.next_out = (unsigned char *)out;
    packer.avail_out = (unsigned)room;
    assert_int_equal(deflate(&packer, Z_FINISH), Z_STREAM_END);
    *packed_length = room - packer.avail_out;
    deflateEnd(&packer);
    return out;
}

static void test_a_packed_file_is_skipped_to_the_same_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct records all = {0}, rest = {0};
    struct shelf shelf = {0};
    size_t length;
    char *text = many_lines(&arena, 900, &length);

    shelf.bytes = packed(&arena, text, length, &shelf.length);
    read_from(&all, &shelf, true, (struct source_place){0});
    read_from(&rest, &shelf, true, all.items[890].end);
    assert_true(rest.whole);
    assert_int_equal(rest.count, 9);
    assert_int_equal(shelf.seeks, 0);
    records_finish(&all);
    records_finish(&rest);
    arena_finish(&arena);
}

static void test_a_place_behind_the_end_holds_nothing(void **state)
{
    (void)state;
    struct records rest = {0};
    struct shelf shelf = {.bytes = three_lines,
            .length = sizeof three_lines - 1};

    read_from(&rest, &shelf, true, (struct source_place){1 << 20, 9});
    assert_true(rest.whole);
    assert_int_equal(rest.count + rest.complaint_count, 0);
    records_finish(&rest);
}

static void test_a_packed_file_of_nothing_is_not_unpacked_for_ever(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct records got = {0};
    const size_t size = (size_t)16 << 20;
    size_t length;
    char *spaces = arena_alloc(&arena, size);
    char text[] = SNAPSHOT("0704.0001");

    /* 40 members of 16 MiB each: 640 MiB in some 640 KiB. */
    memset(spaces, ' ', size);
    memcpy(spaces, text, sizeof text - 1);
    char *member = packed(&arena, spaces, size, &length);
    char *bomb = arena_alloc(&arena, 40 * length);
    for (size_t i = 0; i < 40; i++)
        memcpy(bomb + i * length, member, length);
    assert_false(records_read(&got, bomb, 40 * length, 0));
    assert_int_equal(got.err.kind, ERROR_INPUT);
    assert_non_null(strstr(got.err.text, "64 times its size"));
    records_finish(&got);
    arena_finish(&arena);
}

/* --- Hugging Face --- */

static void test_votes_become_signals_of_another_sites_copy(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "[{\"paper\":{\"id\":\"2601.00001\",\"authors\":[{\"name\":\"A "
            "One\"},{}],\"title\":\"Inner\",\"summary\":\"Of\\nit\","
            "\"upvotes\":45,\"publishedAt\":\"2026-01-01T00:00:00.000Z\"},"
            "\"title\":\"Outer\",\"numComments\":2},"
            "{\"id\":\"2601.00002\",\"title\":\"Flat\",\"upvotes\":0},"
            "{\"paper\":{\"id\":\"2601.00003\"},\"title\":\"Outer\","
            "\"upvotes\":7}]"));
    assert_string_equal(got.summary.format, "Hugging Face daily papers");
    assert_false(got.summary.announces);
    assert_int_equal(got.count, 3);
    const struct source_record *one = &got.items[0];
    assert_true(one->secondhand);
    assert_string_equal(one->paper.title, "Inner");
    assert_string_equal(one->paper.abstract, "Of it");
    assert_int_equal(one->paper.authors.count, 1);
    assert_int_equal(one->paper.published_ms, INT64_C(1767225600000));
    assert_int_equal(one->signals.count, 1);
    assert_string_equal(one->signals.items[0].paper_id, "2601.00001");
    assert_int_equal(signal_value(&one->signals, SIGNAL_HF_VOTES), 45);
    assert_int_equal(got.items[1].signals.count, 0);
    assert_string_equal(got.items[2].paper.title, "Outer");
    assert_int_equal(signal_value(&got.items[2].signals, SIGNAL_HF_VOTES), 7);
    records_finish(&got);
}

static void test_odd_lists_are_taken_or_say_what_is_odd(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count, rejected;
        const char *wrong;
    } cases[] = {
            {"[]", 0, 0, NULL},
            {" [ \n ] \n", 0, 0, NULL},
            {"{\"status\":\"ok\",\"data\":[{\"paper\":{\"id\":\"2601.00001\","
             "\"title\":\"T\",\"upvotes\":1}}]}",
                    1, 0, NULL},
            {"[\"{'paper': {'id': '2601.00001', 'upvotes': 3}}\"]", 0, 1,
                    "Python dictionary"},
            {"[{\"paper\":{\"id\":\"2601.00001\",\"title\":\"T\",\"upvotes\":"
             "\"many\"}}]",
                    0, 1, "is text"},
            {"[{\"paper\":{\"id\":\"2601.00001\",\"title\":\"T\",\"upvotes\":"
             "-1}}]",
                    0, 1, "no count"},
            {"[{\"paper\":{\"id\":\"2601.00001\",\"upvotes\":1}}]", 0, 1,
                    "is empty"},
            {"[7,{\"paper\":{\"id\":\"blog\",\"title\":\"T\"}}]", 0, 2,
                    "is a number"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct records got = {0};
        if (!records_read_text(&got, cases[i].text))
            fail_msg("%s: %s", cases[i].text, got.err.text);
        assert_int_equal(got.count, cases[i].count);
        assert_int_equal(got.summary.rejected, cases[i].rejected);
        if (cases[i].wrong != NULL &&
                strstr(got.complaints[0].wrong, cases[i].wrong) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", got.complaints[0].wrong,
                    cases[i].wrong);
        records_finish(&got);
    }
}

static void test_a_list_cut_off_is_named(void **state)
{
    (void)state;
    struct records got = {0};

    assert_false(records_read_text(&got,
            "[{\"paper\":{\"id\":\"2601.00001\",\"title\":\"T\",\"upvotes\":"
            "1"));
    assert_int_equal(got.err.kind, ERROR_INPUT);
    assert_int_equal(got.count, 0);
    records_finish(&got);
    assert_false(records_read_text(&got,
            "{\"paper\":{\"id\":\"2601.00001\",\"upvotes\":1}}"));
    assert_non_null(strstr(got.err.text, "no list of papers"));
    records_finish(&got);
}

/* --- the announcement feed in Atom --- */

#define FEED                                                                   \
    "<?xml version='1.0' encoding='UTF-8'?><feed "                             \
    "xmlns='http://www.w3.org/2005/Atom' "                                     \
    "xmlns:arxiv='http://arxiv.org/schemas/atom' "                             \
    "xmlns:dc='http://purl.org/dc/elements/1.1/'>"                             \
    "<id>http://rss.arxiv.org/atom/cs.LG</id>"

static void test_the_feeds_atom_form_says_what_rss_says(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            FEED "<title>cs.LG updates on arXiv.org</title>"
                 "<updated>2026-01-05T05:00:12.5+00:00</updated>"
                 "<entry><id>oai:arXiv.org:2601.00001v3</id><title>A \\'etude"
                 "</title><updated>2026-01-05T05:00:00+00:00</updated>"
                 "<link href='https://arxiv.org/abs/2601.00001' "
                 "rel='alternate' type='text/html'/>"
                 "<summary>arXiv:2601.00001v3 Announce Type: replace-cross \n"
                 "Abstract: We test.</summary>"
                 "<category term='math.AP'/><category term='cs.LG'/>"
                 "<published>2026-01-05T00:00:00-05:00</published>"
                 "<arxiv:announce_type>replace-cross</arxiv:announce_type>"
                 "<dc:rights>http://l/</dc:rights>"
                 "<arxiv:journal_reference>J. 1</arxiv:journal_reference>"
                 "<arxiv:DOI>10.1/a</arxiv:DOI>"
                 "<dc:creator>A. One (Here, There), B. Two</dc:creator></entry>"
                 "<entry><id>oai:arXiv.org:2601.00002v1</id><title>T</title>"
                 "<summary>arXiv:2601.00002v1 Announce Type: new \nAbstract: X"
                 "</summary></entry></feed>"));
    assert_string_equal(got.summary.format, "arXiv announcement Atom");
    assert_true(got.summary.announces);
    /* The feed's own time: the entry's is another's. */
    assert_int_equal(got.summary.built_ms / 1000, 1767589212);
    assert_int_equal(got.count, 2);
    const struct source_record *one = &got.items[0];
    assert_string_equal(one->paper.id, "2601.00001");
    assert_int_equal(one->paper.version, 3);
    assert_int_equal(one->announce, ANNOUNCE_REPLACE_CROSS);
    assert_string_equal(one->paper.title, "A \xc3\xa9tude");
    assert_string_equal(one->paper.abstract, "We test.");
    assert_string_equal(one->paper.categories.items[0], "math.AP");
    assert_int_equal(one->paper.authors.count, 2);
    assert_string_equal(one->paper.authors.items[0].affiliation, "Here, There");
    assert_string_equal(one->paper.doi, "10.1/a");
    assert_string_equal(one->paper.journal_ref, "J. 1");
    assert_string_equal(one->paper.license, "http://l/");
    assert_int_equal(one->paper.published_ms, 0);
    assert_int_equal(got.items[1].announce, ANNOUNCE_NEW);
    records_finish(&got);
}

static void test_an_empty_feed_is_whole_and_a_refused_query_is_not(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            FEED "<title>cs.LG updates on arXiv.org</title></feed>"));
    assert_int_equal(got.count + got.complaint_count, 0);
    records_finish(&got);
    assert_true(records_read_text(&got,
            FEED "<title>Feed error for query: cs.XX</title>"
                 "<subtitle>no such class</subtitle></feed>"));
    assert_int_equal(got.complaint_count, 1);
    assert_string_equal(got.complaints[0].where, "feed");
    assert_non_null(strstr(got.complaints[0].wrong, "no such class"));
    records_finish(&got);
}

/* --- recordings --- */

static void test_a_recording_is_read_as_what_it_recorded(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "{\"url\":\"x\",\"status_code\":200,\"body\":\"[{\\\"paper\\\":"
            "{\\\"id\\\":\\\"2601.00001\\\",\\\"title\\\":\\\"T\\\"}}]\"}"));
    assert_string_equal(got.summary.format, "Hugging Face daily papers");
    assert_int_equal(got.count, 1);
    records_finish(&got);
    assert_false(records_read_text(&got,
            "{\"status_code\":429,\"body\":\"Rate exceeded.\"}"));
    assert_non_null(strstr(got.err.text, "the recorded answer: looks like"));
    records_finish(&got);
    assert_false(records_read_text(&got,
            "{\"status_code\":429,\"body\":null}"));
    assert_int_equal(got.err.kind, ERROR_INPUT);
    records_finish(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_snapshot_line_gives_all_its_fields),
            cmocka_unit_test(test_parsed_authors_stand_in_for_a_missing_line),
            cmocka_unit_test(test_a_bad_snapshot_line_costs_itself_only),
            cmocka_unit_test(test_reading_goes_on_behind_any_record),
            cmocka_unit_test(test_a_place_far_on_is_sought_in_a_plain_file),
            cmocka_unit_test(test_a_packed_file_is_skipped_to_the_same_place),
            cmocka_unit_test(test_a_place_behind_the_end_holds_nothing),
            cmocka_unit_test(
                    test_a_packed_file_of_nothing_is_not_unpacked_for_ever),
            cmocka_unit_test(test_votes_become_signals_of_another_sites_copy),
            cmocka_unit_test(test_odd_lists_are_taken_or_say_what_is_odd),
            cmocka_unit_test(test_a_list_cut_off_is_named),
            cmocka_unit_test(test_the_feeds_atom_form_says_what_rss_says),
            cmocka_unit_test(
                    test_an_empty_feed_is_whole_and_a_refused_query_is_not),
            cmocka_unit_test(test_a_recording_is_read_as_what_it_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
