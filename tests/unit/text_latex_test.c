#include "bot/base/text_latex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct pair {
    const char *in, *out;
};

#define CHECK_ALL(cases) check_all((cases), sizeof(cases) / sizeof *(cases))

static void check_all(const struct pair *cases, size_t count)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++)
        assert_string_equal(text_latex_accents(&arena, cases[i].in),
                cases[i].out);
    arena_finish(&arena);
}

static void test_every_accent_has_its_mark(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"\\`a \\'e \\^o \\\"u \\~n \\=a \\.z", "à é ô ü ñ ā ż"},
            {"\\u{g} \\v{s} \\H{o} \\r{u}", "ğ š ő ů"},
            {"\\c{c} \\d{a} \\k{a} \\b{d}", "ç ạ ą ḏ"},
            {"\\t{oo}", "o\u0361o"},
    };
    CHECK_ALL(cases);
}

static void test_every_named_letter_is_known(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"{\\aa}{\\AA}{\\ae}{\\AE}{\\oe}{\\OE}", "åÅæÆœŒ"},
            {"{\\o}{\\O}{\\l}{\\L}{\\ss}{\\SS}", "øØłŁßSS"},
            {"{\\dh}{\\DH}{\\dj}{\\DJ}{\\th}{\\TH}", "ðÐđĐþÞ"},
            {"{\\ng}{\\NG}{\\i}{\\j}", "ŋŊıȷ"},
    };
    CHECK_ALL(cases);
}

static void test_braces_and_blanks_may_stand_anywhere(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"\\\"o \\\"{o} {\\\"o} {\\\"{o}} \\\"{ o } { \\\"o }",
                    "ö ö ö ö ö ö"},
            {"\\v S \\v{S} {\\v S} {\\v{S}} \\v  S", "Š Š Š Š Š"},
            {"\\'{\\i} \\'\\i{} {\\'\\i} \\'i", "í í í í"},
            {"{M\\\"uller}", "{Müller}"},
            {"\\\"{ou}", "öu"},
    };
    CHECK_ALL(cases);
}

static void test_names_come_out_as_their_bearers_write_them(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"Paulo Andr\\'e", "Paulo André"},
            {"Erd\\H{o}s", "Erdős"},
            {"Mart\\'\\i nez and Mart\\'{\\i}n", "Martínez and Martín"},
            {"S\\o ren Kierkegaard, Troms\\o, K{\\o}benhavn",
                    "Søren Kierkegaard, Tromsø, København"},
            {"\\L ukasz, \\L UKASZ, Micha\\l Nowak, Micha{\\l} Nowak",
                    "Łukasz, ŁUKASZ, Michał Nowak, Michał Nowak"},
            {"Stra\\ss e, Gau\\ss{} map", "Straße, Gauß map"},
            {"\\O{}stergaard \\AA rhus", "Østergaard Århus"},
            {"Nguy\\~{\\^e}n \\d{\\^{a}}", "Nguyễn ậ"},
            {"Dvo\\v{r}\\'ak", "Dvořák"},
            {"\\.{I}stanbul", "İstanbul"},
            {"\\d{\\i}", "ı\u0323"},
    };
    CHECK_ALL(cases);
}

static void test_needless_backslashes_go(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"by 42.7\\% in Q\\&A", "by 42.7% in Q&A"},
            {"C\\# and a\\_b", "C# and a_b"},
            {"$50\\%$ and 50\\%", "$50\\%$ and 50%"},
            {"\\\\%", "\\\\%"},
            {"\\$5\\%", "\\$5%"},
    };
    CHECK_ALL(cases);
}

static void test_math_is_left_alone(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"$\\alpha\\'e$ \\'e", "$\\alpha\\'e$ é"},
            {"$$\\'e$$\\'e", "$$\\'e$$é"},
            {"\\(\\'e\\)\\'e", "\\(\\'e\\)é"},
            {"\\[\\'e\\]\\'e", "\\[\\'e\\]é"},
            {"$a\\$\\'e$\\'e", "$a\\$\\'e$é"},
            {"costs \\$5, \\'e, \\$6", "costs \\$5, é, \\$6"},
            {"costs $5, \\'e", "costs $5, é"},
    };
    CHECK_ALL(cases);
}

static void test_what_it_does_not_know_stays(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "\\", "\\'", "\\'{}", "\\~{}x",
            "\\alpha", "\\omega", "\\texttt{x}", "\\cite{a}", "\\ref",
            "\\\\\"o", "\\\"quoted\\\"", "{", "{\\\"o", "{}", "a { b } c",
            "\\\"{", "\\\"{o", "\\\"{o+}", "\\'é", "\\{x\\}", "\\v", "\\v{",
            "\\c1", "论文"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        /* A brace may stay behind where its accent could be read. */
        const char *out = text_latex_accents(&arena, cases[i]);
        assert_string_equal(out,
                strcmp(cases[i], "{\\\"o") == 0 ? "{ö" : cases[i]);
        arena_finish(&arena);
    }
}

static void test_quoted_words_are_no_accents(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"the \\\"edge\\\" of", "the \\\"edge\\\" of"},
            {"\\\"Anarchy\\\", once", "\\\"Anarchy\\\", once"},
            {"(\\\"a b\\\")", "(\\\"a b\\\")"},
            {"dialects-\\\"U-Tsang", "dialects-Ü-Tsang"},
            {"\\\"Uber M\\\"uller", "Über Müller"},
            {"\\\"O{}zg\\\"{u}r \\\"A", "Ö{}zgür Ä"},
    };
    CHECK_ALL(cases);
}

/* What arXiv's records make of \beta, \rho and \copyright. */
static void test_macros_taken_apart_are_no_accents(void **state)
{
    (void)state;
    static const struct pair cases[] = {
            {"2\\b{eta}-decay", "2\\b{eta}-decay"},
            {"\\r{ho} = 0.998", "\\r{ho} = 0.998"},
            {"\\c{opyright} 2026", "\\c{opyright} 2026"},
            {"\\t{imes}", "\\t{imes}"},
    };
    CHECK_ALL(cases);
}

static void test_hostile_nesting_ends(void **state)
{
    (void)state;
    struct arena arena = {0};
    char deep[4097], accents[4097];

    memset(deep, '{', 4096);
    deep[4096] = '\0';
    assert_string_equal(text_latex_accents(&arena, deep), deep);
    for (size_t i = 0; i < 4096; i += 2)
        memcpy(accents + i, "\\'", 2);
    accents[4096] = '\0';
    assert_string_equal(text_latex_accents(&arena, accents), accents);
    arena_finish(&arena);
}

/* A feed of 32 MiB of these must not hold everything else up for minutes. */
static void test_math_that_never_closes_costs_no_more_than_text(void **state)
{
    (void)state;
    enum {
        BYTES = 2 * 1024 * 1024,
    };
    static char openers[BYTES + 1];
    struct arena arena = {0};

    for (size_t i = 0; i < BYTES; i++)
        openers[i] = i % 2 == 0 ? '\\' : '(';
    clock_t before = clock(); /* of the processor, not of the wall */
    assert_string_equal(text_latex_accents(&arena, openers), openers);
    assert_true(clock() - before < 2 * CLOCKS_PER_SEC);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_every_accent_has_its_mark),
            cmocka_unit_test(test_every_named_letter_is_known),
            cmocka_unit_test(test_braces_and_blanks_may_stand_anywhere),
            cmocka_unit_test(test_names_come_out_as_their_bearers_write_them),
            cmocka_unit_test(test_needless_backslashes_go),
            cmocka_unit_test(test_math_is_left_alone),
            cmocka_unit_test(test_what_it_does_not_know_stays),
            cmocka_unit_test(test_quoted_words_are_no_accents),
            cmocka_unit_test(test_macros_taken_apart_are_no_accents),
            cmocka_unit_test(test_hostile_nesting_ends),
            cmocka_unit_test(
                    test_math_that_never_closes_costs_no_more_than_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
