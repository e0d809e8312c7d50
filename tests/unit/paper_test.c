#include "bot/model/paper.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct string_list strings(const char **items, size_t count)
{
    return (struct string_list){.items = items, .count = count};
}

static const char *categories_one[] = {"cs.LG", "eess.SY"};
static const char *affiliations_one[] = {"Institute of Examples"};
static struct author authors_one[] = {
        {.name = "Ada B. Sample", .affiliation = "Institute of Examples"},
        {.name = "Max Muster", .affiliation = ""},
};

static struct paper sample(void)
{
    struct paper paper = paper_empty();
    paper.id = "2210.11693";
    paper.version = 2;
    paper.title = "A Title";
    paper.abstract = "What it says.";
    paper.authors = (struct author_list){.items = authors_one, .count = 2};
    paper.affiliations = strings(affiliations_one, 1);
    paper.categories = strings(categories_one, 2);
    paper.comment = "9 pages";
    paper.journal_ref = "J. Ex. 1";
    paper.doi = "10.1000/1";
    paper.license = "http://example.org/l";
    paper.published_ms = 1000;
    paper.updated_ms = 2000;
    return paper;
}

static void test_an_empty_paper_has_no_null_strings(void **state)
{
    (void)state;
    struct paper paper = paper_empty();
    const char *const all[] = {paper.id, paper.title, paper.abstract,
            paper.comment, paper.journal_ref, paper.doi, paper.license};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_string_equal(all[i], "");
    assert_int_equal(paper.authors.count, 0);
    assert_int_equal(paper.version, 0);
}

static void test_a_copy_stands_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct paper paper = sample();
    char title[] = "A Title";
    paper.title = title;

    struct paper copy = paper_copy(&arena, &paper);
    assert_true(paper_same_content(&paper, &copy));
    title[0] = 'X';
    assert_string_equal(copy.title, "A Title");
    assert_ptr_not_equal(copy.authors.items, paper.authors.items);
    assert_ptr_not_equal(copy.categories.items[0], paper.categories.items[0]);
    assert_int_equal(copy.version, 2);
    assert_int_equal(copy.updated_ms, 2000);

    paper = paper_empty();
    copy = paper_copy(&arena, &paper);
    assert_true(paper_same_content(&paper, &copy));
    arena_finish(&arena);
}

static void test_version_and_times_are_not_content(void **state)
{
    (void)state;
    struct paper a = sample(), b = sample();

    b.version = 3;
    b.published_ms = 5;
    b.updated_ms = 6;
    assert_true(paper_same_content(&a, &b));
}

static void test_each_other_field_is_content(void **state)
{
    (void)state;
    struct author renamed[] = {authors_one[0], authors_one[1]};
    struct author moved[] = {authors_one[0], authors_one[1]};
    struct paper a = sample(), changed[16];

    renamed[1].name = "M Muster";
    moved[1].affiliation = "elsewhere";
    for (size_t i = 0; i < 16; i++)
        changed[i] = sample();
    changed[0].title = "x";
    changed[1].abstract = "x";
    changed[2].comment = "x";
    changed[3].journal_ref = "x";
    changed[4].doi = "x";
    changed[5].license = "x";
    changed[6].withdrawn = true;
    changed[7].authors.items = renamed;
    changed[8].authors.items = moved;
    changed[9].authors.more = true;
    changed[10].authors.count = 1;
    changed[11].categories.count = 1;
    changed[12].affiliations.count = 0;
    changed[13].more_affiliations = true;
    changed[14].affiliations_from = "openalex";
    changed[15].code = "https://example.org/";
    for (size_t i = 0; i < 16; i++)
        assert_false(paper_same_content(&a, &changed[i]));
}

static void test_a_paper_is_in_its_categories_by_alias_too(void **state)
{
    (void)state;
    struct paper paper = sample();

    assert_true(paper_in_category(&paper, "cs.LG"));
    assert_true(paper_in_category(&paper, "eess.SY"));
    assert_true(paper_in_category(&paper, "cs.SY"));
    assert_false(paper_in_category(&paper, "cs.CV"));
}

static void test_news_wins_but_silence_does_not(void **state)
{
    (void)state;
    struct paper known = sample(), incoming = paper_empty();

    incoming.id = "2210.11693";
    incoming.version = 3;
    incoming.title = "A Better Title";
    incoming.updated_ms = 3000;
    struct paper merged = paper_merge(&known, &incoming);
    struct paper expected = sample();
    expected.title = "A Better Title";
    assert_true(paper_same_content(&merged, &expected));
    assert_int_equal(merged.version, 3);
    assert_int_equal(merged.published_ms, 1000);
    assert_int_equal(merged.updated_ms, 3000);
}

static void test_an_older_version_only_fills_gaps(void **state)
{
    (void)state;
    struct paper known = sample(), incoming = sample();

    known.comment = "";
    incoming.version = 1;
    incoming.title = "An Old Title";
    incoming.comment = "8 pages";
    incoming.categories.count = 1;
    incoming.withdrawn = true;
    struct paper merged = paper_merge(&known, &incoming);
    struct paper expected = sample();
    expected.comment = "8 pages";
    assert_true(paper_same_content(&merged, &expected));
    assert_int_equal(merged.version, 2);
}

static void test_a_record_without_a_version_is_news(void **state)
{
    (void)state;
    struct paper known = sample(), incoming = sample();

    incoming.version = 0;
    incoming.title = "A Better Title";
    struct paper merged = paper_merge(&known, &incoming);
    assert_string_equal(merged.title, "A Better Title");
    assert_int_equal(merged.version, 2);
    merged = paper_merge(&incoming, &known);
    assert_int_equal(merged.version, 2);
    assert_string_equal(merged.title, "A Title");
}

static void test_merging_the_same_changes_nothing(void **state)
{
    (void)state;
    struct paper known = sample();
    struct paper merged = paper_merge(&known, &known);

    assert_true(paper_same_content(&merged, &known));
    assert_int_equal(merged.version, known.version);
    assert_int_equal(merged.updated_ms, known.updated_ms);
}

static void test_a_withdrawal_stands_until_a_new_version(void **state)
{
    (void)state;
    struct paper known = sample(), incoming = sample();

    known.withdrawn = true;
    struct paper merged = paper_merge(&known, &incoming);
    assert_true(merged.withdrawn);
    incoming.version = 3;
    merged = paper_merge(&known, &incoming);
    assert_false(merged.withdrawn);
    merged = paper_merge(&incoming, &known);
    assert_false(merged.withdrawn);
}

static void test_a_poorer_list_of_authors_does_not_win(void **state)
{
    (void)state;
    struct author bare[] = {{"Ada B. Sample", ""}, {"Max Muster", ""}};
    struct author other[] = {{"Ada B. Sample", ""}, {"Eva Else", ""}};
    struct paper known = sample(), incoming = sample();

    incoming.authors.items = bare;
    struct paper merged = paper_merge(&known, &incoming);
    assert_ptr_equal(merged.authors.items, authors_one);

    incoming.authors = (struct author_list){bare, 1, .more = true};
    merged = paper_merge(&known, &incoming);
    assert_int_equal(merged.authors.count, 2);

    incoming.authors = (struct author_list){other, 2, .more = false};
    merged = paper_merge(&known, &incoming);
    assert_ptr_equal(merged.authors.items, other);
}

static void test_a_text_without_its_links_does_not_win(void **state)
{
    (void)state;
    struct paper linked = paper_empty(), bare = paper_empty();

    linked.abstract = "Ropes. Code: https://example.org/rope is free.";
    linked.comment = "https://example.org/rope";
    bare.abstract = "Ropes. Code: this https URL is free.";
    bare.comment = "this http URL";
    struct paper merged = paper_merge(&linked, &bare);
    assert_string_equal(merged.abstract, linked.abstract);
    assert_string_equal(merged.comment, linked.comment);
    merged = paper_merge(&bare, &linked);
    assert_string_equal(merged.abstract, linked.abstract);
    bare.abstract = "Other words. Code: this https URL is free.";
    merged = paper_merge(&linked, &bare);
    assert_string_equal(merged.abstract, bare.abstract);
    linked.abstract = "Ropes";
    merged = paper_merge(&linked, &bare);
    assert_string_equal(merged.abstract, bare.abstract);
}

static void test_a_place_for_a_link_is_told_from_other_words(void **state)
{
    (void)state;
    struct paper paper = paper_empty();

    paper.abstract = "Of this http is said nothing; see https://example.org";
    assert_false(paper_lacks_links(&paper));
    paper.comment = "Code: this https URL";
    assert_true(paper_lacks_links(&paper));
    paper.comment = "";
    paper.abstract = "This is at this http URL.";
    assert_true(paper_lacks_links(&paper));
}

static void test_strings_are_appended_as_copies(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct string_list list = {0};
    size_t capacity = 0;
    char word[] = "w0";

    for (int i = 0; i < 20; i++) {
        word[1] = (char)('0' + i % 10);
        string_list_add(&list, &capacity, &arena, word);
    }
    assert_int_equal(list.count, 20);
    assert_string_equal(list.items[0], "w0");
    assert_string_equal(list.items[19], "w9");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_an_empty_paper_has_no_null_strings),
            cmocka_unit_test(test_a_copy_stands_alone),
            cmocka_unit_test(test_version_and_times_are_not_content),
            cmocka_unit_test(test_each_other_field_is_content),
            cmocka_unit_test(test_a_paper_is_in_its_categories_by_alias_too),
            cmocka_unit_test(test_news_wins_but_silence_does_not),
            cmocka_unit_test(test_an_older_version_only_fills_gaps),
            cmocka_unit_test(test_a_record_without_a_version_is_news),
            cmocka_unit_test(test_merging_the_same_changes_nothing),
            cmocka_unit_test(test_a_withdrawal_stands_until_a_new_version),
            cmocka_unit_test(test_a_poorer_list_of_authors_does_not_win),
            cmocka_unit_test(test_a_text_without_its_links_does_not_win),
            cmocka_unit_test(test_a_place_for_a_link_is_told_from_other_words),
            cmocka_unit_test(test_strings_are_appended_as_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
