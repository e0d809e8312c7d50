/* Atom and RSS in all the shapes that real files are not always kind enough to
 * show. */
#include "tests/support/records.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ATOM                                                                   \
    "<?xml version='1.0' encoding='UTF-8'?>\n"                                 \
    "<feed xmlns='http://www.w3.org/2005/Atom'"                                \
    " xmlns:arxiv='http://arxiv.org/schemas/atom'>\n"
#define ENTRY(id)                                                              \
    "<entry><id>http://arxiv.org/abs/" id "</id><title>T</title></entry>\n"
#define RSS                                                                    \
    "<?xml version='1.0'?><rss version='2.0'"                                  \
    " xmlns:arxiv='http://arxiv.org/schemas/atom'"                             \
    " xmlns:dc='http://purl.org/dc/elements/1.1/'>"                            \
    "<channel><title>cs.LG, cs.CV updates on arXiv.org</title>"
#define ITEM(id, more)                                                         \
    "<item><title>T</title><guid>oai:arXiv.org:" id "</guid>" more "</item>"
#define RSS_END "</channel></rss>"

static void assert_says(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, words);
}

/* --- Atom --- */

static void test_an_entry_gives_all_its_fields(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            ATOM "<title>Query: things</title>"
                 "<entry><id>http://arxiv.org/abs/math.GT/0309136v4</id>"
                 "<title>Knots,\n  and &amp; <i>how</i> to tie</title>"
                 "<updated>2026-01-02T03:04:05Z</updated>"
                 "<published>2003-09-08T00:00:00-04:00</published>"
                 "<summary> We tie. </summary>"
                 "<category term='math.AT'/><category term='math.GT'/>"
                 "<category term='57M25'/>"
                 "<arxiv:primary_category term='math.GT'/>"
                 "<author><name>Ren\\'e K. Noeud</name>"
                 "<arxiv:affiliation>Rope Institute</arxiv:affiliation>"
                 "<arxiv:affiliation>Cord College</arxiv:affiliation></author>"
                 "<author><name>A. Loop</name>"
                 "<arxiv:affiliation>Rope Institute</arxiv:affiliation>"
                 "</author><author><name>  </name></author>"
                 "<arxiv:comment>9 pages</arxiv:comment>"
                 "<arxiv:journal_ref>J. Knots 1</arxiv:journal_ref>"
                 "<arxiv:doi>10.1/x</arxiv:doi></entry></feed>"));
    const struct paper *paper = &got.items[0].paper;
    assert_string_equal(got.summary.format, "arXiv API Atom");
    assert_false(got.summary.announces);
    assert_string_equal(paper->id, "math/0309136");
    assert_int_equal(paper->version, 4);
    assert_string_equal(paper->title, "Knots, and & how to tie");
    assert_string_equal(paper->abstract, "We tie.");
    assert_int_equal(paper->published_ms, 1062993600000);
    assert_int_equal(paper->updated_ms, 1767323045000);
    assert_int_equal(paper->categories.count, 2);
    assert_string_equal(paper->categories.items[0], "math.GT");
    assert_int_equal(paper->authors.count, 2);
    assert_string_equal(paper->authors.items[0].name, "Ren\xc3\xa9 K. Noeud");
    assert_string_equal(paper->authors.items[0].affiliation, "Rope Institute");
    assert_int_equal(paper->affiliations.count, 2);
    assert_string_equal(paper->affiliations.items[1], "Cord College");
    assert_string_equal(paper->comment, "9 pages");
    assert_string_equal(paper->journal_ref, "J. Knots 1");
    assert_string_equal(paper->doi, "10.1/x");
    records_finish(&got);
}

static void test_the_prefix_does_not_matter(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry>"
            "<a:id>http://arxiv.org/abs/2601.00001v1</a:id>"
            "<a:title>T</a:title></a:entry></a:feed>"));
    assert_int_equal(got.count, 1);
    records_finish(&got);
}

static void test_an_error_entry_is_no_paper(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            ATOM "<entry><id>https://arxiv.org/api/errors#oh</id>"
                 "<title>Error</title><summary>oh dear</summary></entry>"
                 "</feed>"));
    assert_int_equal(got.count, 0);
    assert_int_equal(got.summary.rejected, 1);
    assert_string_equal(got.complaints[0].where, "entry 1");
    assert_says(got.complaints[0].wrong, "oh dear");
    records_finish(&got);
}

static void test_a_broken_entry_costs_itself_only(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            ATOM ENTRY("2601.00001v1") "<entry><id>http://arxiv.org/abs/"
                                       "2601.00002v1</id></entry>"
                                       "<entry><id>http://example.org/7</"
                                       "id><title>T</title>"
                                       "</entry>" ENTRY("2601.00004v1") "</"
                                                                        "feed"
                                                                        ">"));
    assert_int_equal(got.count, 2);
    assert_int_equal(got.complaint_count, 2);
    assert_string_equal(got.complaints[0].where, "entry 2 (2601.00002)");
    assert_string_equal(got.complaints[0].field, "title");
    assert_string_equal(got.complaints[1].where, "entry 3");
    assert_string_equal(got.complaints[1].field, "id");
    assert_says(got.complaints[1].wrong, "http://example.org/7");
    records_finish(&got);
}

/* --- XML that breaks or bites --- */

static void assert_breaks(const char *text, size_t papers_before,
        const char *words)
{
    struct records got = {0};

    assert_false(records_read_text(&got, text));
    assert_int_equal(got.err.kind, ERROR_INPUT);
    assert_int_equal(got.count, papers_before);
    assert_int_equal(got.summary.records, papers_before);
    assert_says(got.err.text, words);
    records_finish(&got);
}

static void test_what_came_before_a_break_is_kept(void **state)
{
    (void)state;

    assert_breaks(ATOM ENTRY("2601.00001v1") "<entry><id>", 1,
            "line 4: the XML breaks off");
    assert_breaks(ATOM ENTRY("2601.00001v1"), 1, "breaks off");
    assert_breaks(ATOM ENTRY("2601.00001v1") "<entry></oops>", 1,
            "line 4, column");
    assert_breaks(ATOM ENTRY("2601.00001v1") "\xff</feed>", 1, "line 4");
}

static void test_declared_entities_are_refused(void **state)
{
    (void)state;

    assert_breaks("<!DOCTYPE feed [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>"
                  "<!ENTITY c '&b;&b;'>]>"
                  "<feed xmlns='http://www.w3.org/2005/Atom'>"
                  "<id>http://arxiv.org/x</id><title>&c;</title></feed>",
            0, "declares entities");
    assert_breaks("<!DOCTYPE feed [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                  "<feed xmlns='http://www.w3.org/2005/Atom'>"
                  "<id>http://arxiv.org/x</id><title>&a;</title></feed>",
            0, "declares entities");
    assert_breaks(ATOM "<entry><title>&nbsp;</title></entry></feed>"
                       "<!-- arxiv.org -->",
            0, "undefined entity");
}

static void test_deep_nesting_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text text;

    text_init(&text, &arena, 10000);
    text_add(&text, ATOM ENTRY("2601.00001v1"));
    for (int i = 0; i < 70; i++)
        text_add(&text, "<x>");
    assert_breaks(text_string(&text), 1, "more than 64 deep");
    arena_finish(&arena);
}

static void test_an_endless_tag_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t size = 3 << 20;
    char *filler = arena_alloc(&arena, size + 1);

    memset(filler, 'x', size);
    assert_breaks(arena_format(&arena, "%s<entry %s='1'/></feed>",
                          ATOM ENTRY("2601.00001v1"), filler),
            1, "longer than 1 MiB");
    arena_finish(&arena);
}

static void test_an_endless_field_costs_its_entry(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct records got = {0};
    size_t size = 3 << 20;
    char *filler = arena_alloc(&arena, size + 1);

    memset(filler, 'x', size);
    assert_true(records_read_text(&got,
            arena_format(&arena,
                    ATOM "<entry><id>http://arxiv.org/abs/2601.00001v1</id>"
                         "<title>T</title><summary>%s</summary></entry>" ENTRY(
                                 "2601.00002v1") "</feed>",
                    filler)));
    assert_int_equal(got.count, 1);
    assert_string_equal(got.complaints[0].field, "summary");
    assert_says(got.complaints[0].wrong, "longer than 64 KiB");
    arena_finish(&arena);
    records_finish(&got);
}

static char *entry_by(struct arena *arena, size_t authors)
{
    struct text text;

    text_init(&text, arena, 200 * authors + 1000);
    text_add(&text,
            ATOM "<entry><id>http://arxiv.org/abs/2601.00001v1</id>"
                 "<title>T</title>");
    for (size_t i = 0; i < authors; i++)
        text_add_format(&text,
                "<author><name>A%zu Person</name><arxiv:affiliation>Lab %zu"
                "</arxiv:affiliation></author>",
                i, i % 700);
    text_add(&text, "</entry></feed>");
    return arena_string(arena, text_string(&text));
}

static void test_large_collaborations_are_read_whole(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct records got = {0};

    assert_true(records_read_text(&got, entry_by(&arena, 300)));
    assert_int_equal(got.items[0].paper.authors.count, 300);
    assert_string_equal(got.items[0].paper.authors.items[299].name,
            "A299 Person");
    assert_false(got.items[0].paper.more_affiliations);
    records_finish(&got);
    assert_true(records_read_text(&got, entry_by(&arena, 5200)));
    assert_int_equal(got.items[0].paper.authors.count, 5200);
    assert_int_equal(got.items[0].paper.affiliations.count, 500);
    assert_true(got.items[0].paper.more_affiliations);
    records_finish(&got);
    assert_true(records_read_text(&got, entry_by(&arena, 10001)));
    assert_int_equal(got.count, 0);
    assert_string_equal(got.complaints[0].field, "authors");
    records_finish(&got);
    arena_finish(&arena);
}

static void test_pieces_of_any_size_read_the_same(void **state)
{
    (void)state;
    static const char text[] =
            ATOM ENTRY("2601.00001v1") ENTRY("2601.00002v1") "</feed>";

    for (size_t piece = 1; piece < 9; piece++) {
        struct records got = {0};
        assert_true(records_read(&got, text, strlen(text), piece));
        assert_int_equal(got.count, 2);
        records_finish(&got);
    }
}

/* --- RSS --- */

static void test_a_feed_says_when_it_was_made(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            RSS "<lastBuildDate>Tue, 24 Nov 2026 05:00:11 +0000"
                "</lastBuildDate>" RSS_END));
    assert_true(got.summary.built_ms == INT64_C(1795496411000));
    records_finish(&got);
    assert_true(records_read_text(&got,
            RSS "<lastBuildDate>lately</lastBuildDate>" RSS_END));
    assert_true(got.summary.built_ms == 0);
    records_finish(&got);
}

static void test_an_item_gives_all_its_fields(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            RSS
            "<item><title>Tying &lt;fast&gt;</title>"
            "<link>https://arxiv.org/abs/2601.00001</link>"
            "<description>arXiv:2601.00001v2 Announce Type: replace-cross "
            "\nAbstract: We tie with $p &lt; 0.05$.</description>"
            "<guid isPermaLink='false'>oai:arXiv.org:2601.00001v2</guid>"
            "<category>cs.CV</category><category>cs.LG</category>"
            "<pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>"
            "<arxiv:announce_type>replace-cross</arxiv:announce_type>"
            "<dc:rights>http://creativecommons.org/licenses/by/4.0/"
            "</dc:rights><arxiv:DOI>10.1/x</arxiv:DOI>"
            "<arxiv:journal_reference>J. Knots 2"
            "</arxiv:journal_reference>"
            "<dc:creator>A. Loop, Jos\\'e Bow</dc:creator></item>" RSS_END));
    const struct paper *paper = &got.items[0].paper;
    assert_true(got.summary.announces);
    assert_int_equal(got.items[0].announce, ANNOUNCE_REPLACE_CROSS);
    assert_string_equal(paper->id, "2601.00001");
    assert_int_equal(paper->version, 2);
    assert_string_equal(paper->title, "Tying <fast>");
    assert_string_equal(paper->abstract, "We tie with $p < 0.05$.");
    assert_string_equal(paper->categories.items[0], "cs.CV");
    assert_string_equal(paper->authors.items[1].name, "Jos\xc3\xa9 Bow");
    assert_string_equal(paper->license,
            "http://creativecommons.org/licenses/by/4.0/");
    assert_string_equal(paper->doi, "10.1/x");
    assert_string_equal(paper->journal_ref, "J. Knots 2");
    records_finish(&got);
}

static void test_the_description_fills_what_the_item_lacks(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            RSS "<item><title>T</title><guid>tag:example.org,7</guid>"
                "<description>arXiv:2601.00001v1 Announce Type: cross "
                "Abstract: A</description></item>"
                "<item><title>T</title>"
                "<link>https://arxiv.org/abs/2601.00002</link></item>"
                "<item><title>T</title><guid>7</guid></item>" RSS_END));
    assert_int_equal(got.count, 2);
    assert_int_equal(got.items[0].announce, ANNOUNCE_CROSS);
    assert_int_equal(got.items[0].paper.version, 1);
    assert_int_equal(got.items[1].announce, ANNOUNCE_UNKNOWN);
    assert_int_equal(got.items[1].paper.categories.count, 0);
    assert_string_equal(got.complaints[0].where, "entry 3");
    assert_says(got.complaints[0].wrong, "is \"7\"");
    records_finish(&got);
}

static void test_html_in_a_description_is_unfolded(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "<rss version='2.0'><channel><title>Talk of cs.RO</title><item>"
            "<title>别的话</title><link>https://arxiv.org/abs/2601.00001</link>"
            "<description>&lt;p&gt;\nArms &amp;amp; hands\n&lt;/p&gt;"
            "&lt;p&gt;https://arxiv.org/abs/2601.00001&lt;/p&gt;"
            "&lt;p&gt;arXiv:2601.00001v5 Announce Type: new  Abstract: We "
            "hold a &amp;#60; b.&lt;/p&gt;</description></item>"
            "</channel></rss>"));
    assert_int_equal(got.count, 1);
    assert_string_equal(got.items[0].paper.title, "Arms & hands");
    assert_string_equal(got.items[0].paper.abstract, "We hold a < b.");
    assert_int_equal(got.items[0].paper.version, 5);
    assert_int_equal(got.items[0].announce, ANNOUNCE_NEW);
    assert_string_equal(got.items[0].paper.categories.items[0], "cs.RO");
    records_finish(&got);
}

static void test_an_empty_feed_is_read_whole(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got, RSS RSS_END));
    assert_int_equal(got.count + got.complaint_count, 0);
    records_finish(&got);
}

static void test_a_feed_about_an_error_is_no_paper(void **state)
{
    (void)state;
    struct records got = {0};

    assert_true(records_read_text(&got,
            "<rss version='2.0'><channel><title>Feed error for query: "
            "http://rss.arxiv.org/rss/cs.ZZ</title>"
            "<description>no such thing</description></channel></rss>"));
    assert_int_equal(got.count, 0);
    assert_int_equal(got.summary.rejected, 1);
    assert_string_equal(got.complaints[0].where, "feed");
    assert_says(got.complaints[0].wrong, "no such thing");
    records_finish(&got);
}

/* --- authors in one string --- */

static void test_creators_are_divided_at_the_top_level(void **state)
{
    (void)state;
    /* expected: name[affiliation]; ... */
    static const struct {
        const char *line, *expected;
    } cases[] = {
            {"", ""},
            {"A. Loop", "A. Loop[]; "},
            {" A. Loop ,, B. Bow, ", "A. Loop[]; B. Bow[]; "},
            {"A. Loop (Rope Inst., Oslo, Norway), B. Bow",
                    "A. Loop[Rope Inst., Oslo, Norway]; B. Bow[]; "},
            {"A. Loop (Dept. (North), Oslo), B. Bow (Oslo)",
                    "A. Loop[Dept. (North), Oslo]; B. Bow[Oslo]; "},
            {"A (1), B (1 and 2), C (3) ((1) Inst X, (2) Inst Y (North), "
             "(3) Z)",
                    "A[Inst X]; B[Inst X]; C[Z]; "},
            {"A (1 2), B ((1) Only)", "A[Only]; B[]; "},
            {"A (1), B (3M Corp.)", "A[]; B[3M Corp.]; "},
            {"A (for the Rope Collaboration)", "A[Rope Collaboration]; "},
            {"Wei (Wayne) Bow, C. Knot (Oslo)",
                    "Wei (Wayne) Bow[]; C. Knot[Oslo]; "},
            {"A. Loop, Jr., B. Bow, III", "A. Loop, Jr.[]; B. Bow, III[]; "},
            {"A (Oslo, B, C", "A (Oslo[]; B[]; C[]; "},
            {"A) Oslo(, B", "A) Oslo([]; B[]; "},
            {"(Oslo), B", "B[]; "},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char feed[900];
        struct records got = {0};
        struct text text;
        snprintf(feed, sizeof feed,
                RSS ITEM("2601.00001v1", "<dc:creator>%s</dc:creator>") RSS_END,
                cases[i].line);
        assert_true(records_read_text(&got, feed));
        text_init(&text, &got.arena, 1000);
        const struct author_list *authors = &got.items[0].paper.authors;
        for (size_t n = 0; n < authors->count; n++)
            text_add_format(&text, "%s[%s]; ", authors->items[n].name,
                    authors->items[n].affiliation);
        assert_string_equal(text_string(&text), cases[i].expected);
        records_finish(&got);
    }
}

static void test_hostile_creators_take_no_time(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const pieces[] = {"(", ",", "()", "(1)", "a,(", "((1)"};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct text text;
        struct records got = {0};
        text_init(&text, &arena, 65000);
        while (text.length < 60000)
            text_add(&text, pieces[i]);
        assert_true(records_read_text(&got,
                arena_format(&arena, "%s<dc:creator>%s</dc:creator></item>%s",
                        RSS "<item><title>T</title>"
                            "<guid>oai:arXiv.org:2601.00001v1</guid>",
                        text_string(&text), RSS_END)));
        records_finish(&got);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_entry_gives_all_its_fields),
            cmocka_unit_test(test_the_prefix_does_not_matter),
            cmocka_unit_test(test_an_error_entry_is_no_paper),
            cmocka_unit_test(test_a_broken_entry_costs_itself_only),
            cmocka_unit_test(test_what_came_before_a_break_is_kept),
            cmocka_unit_test(test_declared_entities_are_refused),
            cmocka_unit_test(test_deep_nesting_is_refused),
            cmocka_unit_test(test_an_endless_tag_is_refused),
            cmocka_unit_test(test_an_endless_field_costs_its_entry),
            cmocka_unit_test(test_large_collaborations_are_read_whole),
            cmocka_unit_test(test_pieces_of_any_size_read_the_same),
            cmocka_unit_test(test_a_feed_says_when_it_was_made),
            cmocka_unit_test(test_an_item_gives_all_its_fields),
            cmocka_unit_test(test_the_description_fills_what_the_item_lacks),
            cmocka_unit_test(test_html_in_a_description_is_unfolded),
            cmocka_unit_test(test_an_empty_feed_is_read_whole),
            cmocka_unit_test(test_a_feed_about_an_error_is_no_paper),
            cmocka_unit_test(test_creators_are_divided_at_the_top_level),
            cmocka_unit_test(test_hostile_creators_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
