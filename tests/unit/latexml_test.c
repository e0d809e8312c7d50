/*
 * Author blocks of papers' HTML pages, in the shapes that LaTeXML gives to what
 * authors write; the people and their institutes are made up.
 */
#include "adapters/sources/latexml_authors.h"
#include "adapters/sources/latexml_front.h"
#include "tests/support/author_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct page {
    const char *html;
    const char *authors; /* name[affiliation]; ... */
    const char *places;  /* of the paper: A | B */
};

#define HEAD                                                                   \
    "<!DOCTYPE html><html lang=\"en\"><head><title>Knots</title></head><body>" \
    "<nav class=\"ltx_page_navbar\"><nav class=\"ltx_TOC\"><li class=\""       \
    "ltx_tocentry ltx_tocentry_section\"><a href=\"https://github.com/toc/"    \
    "x\">1 Ropes</a></li></nav></nav><div class=\"ltx_page_main\"><article "   \
    "class=\"ltx_document ltx_authors_1line\"><h1 class=\"ltx_title "          \
    "ltx_title_document\">Knots\nThat Hold</h1>"
#define TAIL                                                                   \
    "<div class=\"ltx_abstract\"><h6 class=\"ltx_title ltx_title_abstract\">"  \
    "Abstract</h6><p class=\"ltx_p\">Ropes.</p></div><section class=\""        \
    "ltx_section\"><h2>1 Ropes</h2><span class=\"ltx_creator "                 \
    "ltx_role_author\"><span class=\"ltx_personname\">Nobody</span></span>"    \
    "</section></article></div></body></html>"
#define AUTHORS(inside) "<div class=\"ltx_authors\">" inside "</div>"
#define PERSON(names, notes)                                                   \
    "<span class=\"ltx_creator ltx_role_author\">\n<span class=\""             \
    "ltx_personname\">" names "</span>" notes "</span>\n<span class=\""        \
    "ltx_author_before\"> and </span>"
#define NOTES(inside)                                                          \
    "<span class=\"ltx_author_notes\"><span class=\""                          \
    "ltx_author_notes_content\">" inside "</span></span>"
#define CONTACT(role, text)                                                    \
    "<span class=\"ltx_contact ltx_role_" role "\">" text "</span>"
#define SUP(mark) "<sup class=\"ltx_sup\">" mark "</sup>"
#define FORMULA(mark)                                                          \
    "<math class=\"ltx_Math\" alttext=\"{}^{" mark "}\"><semantics><msup>"     \
    "<mi></mi><mn>" mark "</mn></msup><annotation encoding=\"application/"     \
    "x-tex\">{}^{" mark "}</annotation></semantics></math>"
#define BREAK "<br class=\"ltx_break\">\n"
#define FOOTNOTE(role, mark, text)                                             \
    "<span class=\"ltx_note ltx_role_" role "\"><sup class=\""                 \
    "ltx_note_mark\">" mark "</sup><span class=\"ltx_note_outer\"><span "      \
    "class=\"ltx_note_content\"><sup class=\"ltx_note_mark\">" mark            \
    "</sup><span class=\"ltx_note_type\">" role ": </span>" text               \
    "</span></span></span>"

static void ignore_record(void *ctx, const struct source_record *record)
{
    (void)ctx;
    (void)record;
}

static void ignore_complaint(void *ctx,
        const struct source_complaint *complaint)
{
    (void)ctx;
    (void)complaint;
}

static void assert_page(const struct page *page)
{
    const struct source_sink sink = {ignore_record, ignore_complaint, NULL};
    struct source_summary summary = {0};
    struct record record;
    struct latexml_front front;
    struct error err = {0};

    record_open(&record, &sink, &summary);
    record_begin(&record, "page", 0);
    if (!latexml_front_read(page->html, strlen(page->html), &record.arena,
                &front, &err))
        fail_msg("%s", err.text);
    assert_string_equal(front.title, "Knots That Hold");
    latexml_authors_read(&record, &front);
    const char *authors = author_text_names(&record.out.paper, &record.arena);
    const char *places = author_text_places(&record.out.paper, &record.arena);
    if (strcmp(authors, page->authors) != 0 ||
            strcmp(places, page->places) != 0)
        fail_msg("\nread: %s\n      %s\nnot:  %s\n      %s", authors, places,
                page->authors, page->places);
    record_close(&record);
}

static size_t assert_pages(const struct page *pages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_page(&pages[i]);
    return count;
}

#define ASSERT_PAGES(pages) assert_pages(pages, sizeof(pages) / sizeof *(pages))

static void
test_a_block_of_one_person_has_its_institutes_beside_it(void **state)
{
    (void)state;
    static const struct page pages[] = {
            {HEAD AUTHORS(PERSON("Ada Loop",
                     NOTES(CONTACT("affiliation",
                             "Rope University"))) PERSON("Ben Bow",
                     NOTES(CONTACT("affiliation",
                             "<span class=\"ltx_contact_name\">"
                             "Affiliation: </span>Cord Lab") CONTACT("email",
                             "ben@cord.example")))) TAIL,
                    "Ada Loop[Rope University]; Ben Bow[Cord Lab]",
                    "Rope University | Cord Lab"},
            {HEAD AUTHORS(PERSON("Ada\nLoop",
                     NOTES(CONTACT("affiliation",
                             "Department of Knots, "
                             "University of Tar, 12 Main "
                             "Street, Oslo, Norway") CONTACT("affiliation",
                             "Cord Lab") CONTACT("orcid", "0000-1")))) TAIL,
                    "Ada Loop[University of Tar]",
                    "University of Tar | Cord Lab"},
            {HEAD AUTHORS(PERSON("Ada Loop",
                     NOTES(CONTACT("affiliation",
                             "<span class=\"ltx_text "
                             "ltx_affiliation_institution\">Rope University"
                             "</span><span class=\"ltx_text "
                             "ltx_affiliation_city\">Oslo</span><span class=\""
                             "ltx_text "
                             "ltx_affiliation_country\">Norway</span>")))) TAIL,
                    "Ada Loop[Rope University]", "Rope University"},
            {HEAD AUTHORS(PERSON("Ada Loop", "") PERSON("Ben Bow" SUP("*"), ""))
                            TAIL,
                    "Ada Loop[]; Ben Bow[]", ""},
            {HEAD AUTHORS(PERSON("Ada Loop" BREAK "Department of Knots" BREAK
                                 "Rope University" BREAK "Oslo, Norway" BREAK
                                 "<span class=\"ltx_text "
                                 "ltx_font_typewriter\">ada@rope.example"
                                 "</span>",
                     "")) TAIL,
                    "Ada Loop[Department of Knots]",
                    "Department of Knots | Rope University"},
    };

    ASSERT_PAGES(pages);
}

static void
test_a_block_of_many_people_is_taken_apart_by_its_marks(void **state)
{
    (void)state;
    static const struct page pages[] = {
            {HEAD AUTHORS(PERSON(
                     "Ada Loop" SUP("1,*") ", Ben Bow" SUP(
                             "1,2") ", Li Wei" SUP("2") " and Carl Knot" SUP("\xE2\x80\xA0")
                             BREAK SUP("1") "Rope University " SUP(
                                     "2") "Cord Lab, NVIDIA" BREAK
                                     SUP("*") "Equal contribution",
                     "")) TAIL,
                    "Ada Loop[Rope University]; Ben Bow[Rope University]; "
                    "Li Wei[Cord Lab]; Carl Knot[]",
                    "Rope University | Cord Lab"},
            {HEAD AUTHORS(PERSON(
                     "Ada Loop" FORMULA(
                             "1") "\xE2\x80\x83"
                                  "Ben Bow" FORMULA("2") BREAK
                                          FORMULA("1") "Rope "
                                                       "University\xE2\x80"
                                                       "\x83" FORMULA("2") "KAU"
                                                                           "ST",
                     "")) TAIL,
                    "Ada Loop[Rope University]; Ben Bow[KAUST]",
                    "Rope University | KAUST"},
            {HEAD AUTHORS(PERSON("Ada Loop" SUP("1") ", Ben Bow" SUP("2"),
                     NOTES(CONTACT("affiliation",
                             SUP("1") "CORD, R*PE") CONTACT("affiliation",
                             SUP("2") "Rope University")))) TAIL,
                    "Ada Loop[CORD, R*PE]; Ben Bow[Rope University]",
                    "CORD, R*PE | Rope University"},
            {HEAD AUTHORS(PERSON("Ada Loop, Ben Bow, Carl Knot" BREAK
                                 "Institute of Knots, Rope University",
                     "")) TAIL,
                    "Ada Loop[Rope University]; Ben Bow[Rope University]; "
                    "Carl Knot[Rope University]",
                    "Rope University"},
            {HEAD AUTHORS(PERSON("Ada Loop" SUP("1") ", Ben Bow" SUP(
                                         "1") "," BREAK "Carl Knot" SUP("2")
                                         BREAK SUP("1") "Rope University, " SUP(
                                                 "2") "Cord Institute" BREAK
                                                      "{ada,ben}@rope.example",
                     "")) TAIL,
                    "Ada Loop[Rope University]; Ben Bow[Rope University]; "
                    "Carl Knot[Cord Institute]",
                    "Rope University | Cord Institute"},
            {HEAD AUTHORS(PERSON("Ada Loop,  Fellow, IEEE,  Ben Bow,  "
                                 "Senior Member, IEEE",
                     NOTES(CONTACT("thanks",
                             "A. Loop is with Rope "
                             "University.")))) TAIL,
                    "Ada Loop[]; Ben Bow[]", ""},
    };

    ASSERT_PAGES(pages);
}

static void test_a_line_that_breaks_off_ends_there(void **state)
{
    (void)state;
    static const struct page pages[] = {
            {HEAD AUTHORS(PERSON("Ada Loop and " BREAK "Rope University", ""))
                            TAIL,
                    "Ada Loop[Rope University]", "Rope University"},
            {HEAD AUTHORS(PERSON("Ada Loop" SUP("1 " BREAK "x ") " " BREAK, ""))
                            TAIL,
                    "Ada Loop[]", ""},
    };

    ASSERT_PAGES(pages);
}

static void test_footnotes_outside_of_the_blocks_tell_too(void **state)
{
    (void)state;
    static const struct page pages[] = {
            {HEAD AUTHORS(PERSON("Ada Loop" FOOTNOTE("footnotemark", "1", "1"),
                     "") PERSON("Ben Bow" FOOTNOTE("footnotemark", "2", "2"),
                     "")) FOOTNOTE("footnotetext", "1", "Rope University.")
                            FOOTNOTE("footnotetext", "2",
                                    "Cord Lab. Email: ben@cord.example") TAIL,
                    "Ada Loop[Rope University]; Ben Bow[Cord Lab]",
                    "Rope University | Cord Lab"},
            {HEAD AUTHORS(PERSON("Ada Loop" SUP("1"), "")
                             PERSON("Ben Bow" SUP("1,2"),
                                     "")) FOOTNOTE("institutetext", "1",
                     "Rope University, Oslo") FOOTNOTE("institutetext", "2",
                     "Cord Institute") TAIL,
                    "Ada Loop[Rope University]; Ben Bow[Rope University]",
                    "Rope University | Cord Institute"},
            {HEAD AUTHORS(PERSON("Ada Loop" SUP("1"),
                     "")) FOOTNOTE("footnotetext", "*", "Corresponding author.")
                            FOOTNOTE("footnotetext", "1",
                                    "Work done at the Cord Lab.") TAIL,
                    "Ada Loop[]", ""},
    };

    ASSERT_PAGES(pages);
}

static void test_seats_are_kept_and_streets_are_not(void **state)
{
    (void)state;
    static const struct page pages[] = {
            {HEAD AUTHORS(PERSON("Ada Loop",
                     NOTES(CONTACT("affiliation",
                             "School of Knots, University of California, "
                             "Berkeley, CA, USA")))) TAIL,
                    "Ada Loop[University of California, Berkeley]",
                    "University of California, Berkeley"},
            {HEAD AUTHORS(PERSON("Ada Loop",
                     NOTES(CONTACT("affiliation",
                             "Rope Research, Cord Inc., Oslo")))) TAIL,
                    "Ada Loop[Rope Research]", "Rope Research"},
            {HEAD AUTHORS(PERSON("Ada Loop",
                     NOTES(CONTACT("affiliation", "Hemp &amp; Sons")))) TAIL,
                    "Ada Loop[Hemp & Sons]", "Hemp & Sons"},
            {HEAD AUTHORS(PERSON("\xE9\xA9\xAC\xE7\xBB\xB3",
                     NOTES(CONTACT("affiliation",
                             "\xE7\xBB\xB3\xE7\xBB\x93\xE5\xA4\xA7\xE5\xAD"
                             "\xA6")))) TAIL,
                    "\xE9\xA9\xAC\xE7\xBB\xB3[\xE7\xBB\xB3\xE7\xBB\x93"
                    "\xE5\xA4\xA7\xE5\xAD\xA6]",
                    "\xE7\xBB\xB3\xE7\xBB\x93\xE5\xA4\xA7\xE5\xAD\xA6"},
    };

    ASSERT_PAGES(pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(
                    test_a_block_of_one_person_has_its_institutes_beside_it),
            cmocka_unit_test(
                    test_a_block_of_many_people_is_taken_apart_by_its_marks),
            cmocka_unit_test(test_a_line_that_breaks_off_ends_there),
            cmocka_unit_test(test_footnotes_outside_of_the_blocks_tell_too),
            cmocka_unit_test(test_seats_are_kept_and_streets_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
