/* Papers as programs for bibliographies read them. */
#include "bot/citation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int finish(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static struct paper paper_of(const char *id, const char *title)
{
    struct paper paper = paper_empty();

    paper.id = id;
    paper.title = title;
    return paper;
}

static void add_author(struct paper *paper, const char *name)
{
    struct author *items =
            arena_array(&arena, struct author, paper->authors.count + 1);

    if (paper->authors.count > 0)
        memcpy(items, paper->authors.items,
                paper->authors.count * sizeof *items);
    items[paper->authors.count++] =
            (struct author){.name = name, .affiliation = ""};
    paper->authors.items = items;
}

static void test_a_whole_entry(void **state)
{
    static const char *categories[] = {"cs.LG", "stat.ML"};
    struct paper paper =
            paper_of("2611.10001", "Slow Tides: LoRA at 5% of the Cost & More");

    (void)state;
    add_author(&paper, "Thomas M\xc3\xb6llenhoff");
    add_author(&paper, "Bo Chen");
    paper.categories = (struct string_list){categories, 2};
    paper.doi = "10.1000/a_b";
    paper.journal_ref = "Rivers 12 (2026) 3";
    assert_string_equal(citation_bibtex(&arena, &paper),
            "@misc{mollenhoff2611.10001,\n"
            "  title         = {Slow Tides: {LoRA} at 5\\% of the Cost \\& "
            "More},\n"
            "  author        = {Thomas M\xc3\xb6llenhoff and Bo Chen},\n"
            "  year          = {2026},\n"
            "  eprint        = {2611.10001},\n"
            "  archivePrefix = {arXiv},\n"
            "  primaryClass  = {cs.LG},\n"
            "  doi           = {10.1000/a_b},\n"
            "  note          = {Rivers 12 (2026) 3},\n"
            "  url           = {https://arxiv.org/abs/2611.10001}\n"
            "}\n");
    assert_string_equal(citation_ris(&arena, &paper),
            "TY  - UNPB\n"
            "TI  - Slow Tides: LoRA at 5% of the Cost & More\n"
            "AU  - M\xc3\xb6llenhoff, Thomas\n"
            "AU  - Chen, Bo\n"
            "PY  - 2026\n"
            "DO  - 10.1000/a_b\n"
            "N1  - Rivers 12 (2026) 3\n"
            "M1  - arXiv:2611.10001\n"
            "UR  - https://arxiv.org/abs/2611.10001\n"
            "ER  - \n");
    assert_string_equal(citation_markdown(&arena, &paper),
            "- [Slow Tides: LoRA at 5% of the Cost \\& "
            "More](https://arxiv.org/abs/2611.10001) — Thomas "
            "M\xc3\xb6llenhoff, Bo Chen (2026)\n");
}

static const char *bibtex_title(const char *title)
{
    struct paper paper = paper_of("2611.10001", title);
    const char *from = strstr(citation_bibtex(&arena, &paper), "= {") + 3;

    return arena_string_n(&arena, from, (size_t)(strstr(from, "},\n") - from));
}

static void test_titles_are_tex_where_they_are_sound(void **state)
{
    static const struct {
        const char *title, *bibtex;
    } cases[] = {
            {"An $O(n^2)$ Bound for $k$_means",
                    "An $O(n^2)$ Bound for $k$\\_means"},
            {"On M{\\\"o}bius Maps by Cand\\`es",
                    "On M{\\\"o}bius Maps by Cand\\`es"},
            {"a~b", "a~b"},
            {"Sets {1, 2", "Sets {\\textbraceleft}1, 2"},
            {"It costs $5", "It costs \\$5"},
            {"a } b { c", "a {\\textbraceright} b {\\textbraceleft} c"},
            {"ends in \\", "ends in {\\textbackslash}"},
            {"x^2 #1", "x{\\textasciicircum}2 \\#1"},
            {"GPT-4 and 3D vision", "{GPT-4} and {3D} vision"},
            {"A Formula $X Y$ LoRA", "A Formula $X Y$ {LoRA}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bibtex_title(cases[i].title), cases[i].bibtex);
}

static void test_names_that_would_be_taken_for_others_stay_whole(void **state)
{
    struct paper paper = paper_of("hep-th/9901001", "A");

    (void)state;
    add_author(&paper, "Research and Development Group");
    add_author(&paper, "Smith, Jr.");
    add_author(&paper, "Paulo Andr\\'e Lima");
    paper.authors.more = true;
    const char *entry = citation_bibtex(&arena, &paper);
    assert_non_null(strstr(entry, "@misc{grouphep-th-9901001,\n"));
    assert_non_null(strstr(entry,
            "= {{Research and Development Group} and {Smith, Jr.} and Paulo "
            "Andr\xc3\xa9 Lima and others}"));
    assert_non_null(strstr(entry, "  year          = {1999}"));
}

static void test_a_key_is_ascii_whatever_the_name(void **state)
{
    struct paper paper = paper_of("2611.10001", "A");

    (void)state;
    assert_non_null(strstr(citation_bibtex(&arena, &paper),
            "@misc{arxiv2611.10001,"));
    add_author(&paper, "\xe5\xbc\xa0\xe4\xbc\x9f");
    assert_non_null(strstr(citation_bibtex(&arena, &paper),
            "@misc{arxiv2611.10001,"));
}

static void test_a_chinese_name_stays_in_its_order(void **state)
{
    struct paper paper = paper_of("2611.10001", "A");

    (void)state;
    add_author(&paper, "李 明");
    assert_non_null(strstr(citation_ris(&arena, &paper), "AU  - 李 明\n"));
}

static void test_a_doi_with_braces_is_left_out(void **state)
{
    struct paper paper = paper_of("2611.10001", "A");

    (void)state;
    paper.doi = "10.1/{x";
    assert_null(strstr(citation_bibtex(&arena, &paper), "doi"));
}

static void test_markdown_signs_are_escaped(void **state)
{
    struct paper paper = paper_of("2611.10001", "A *b* [c](d) `e` <f>");

    (void)state;
    assert_string_equal(citation_markdown(&arena, &paper),
            "- [A \\*b\\* \\[c\\](d) \\`e\\` "
            "\\<f\\>](https://arxiv.org/abs/2611.10001) (2026)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_whole_entry),
            cmocka_unit_test(test_titles_are_tex_where_they_are_sound),
            cmocka_unit_test(
                    test_names_that_would_be_taken_for_others_stay_whole),
            cmocka_unit_test(test_a_key_is_ascii_whatever_the_name),
            cmocka_unit_test(test_a_chinese_name_stays_in_its_order),
            cmocka_unit_test(test_a_doi_with_braces_is_left_out),
            cmocka_unit_test(test_markdown_signs_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, finish);
}
