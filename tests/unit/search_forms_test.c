/* English singulars and plurals. */
#include "store/search_forms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *said(struct arena *arena, const char *word)
{
    const char *forms[SEARCH_FORMS_MAX];
    size_t count = search_forms_of(arena, word, forms);
    return count == 0    ? ""
            : count == 1 ? forms[0]
                         : arena_format(arena, "%s %s", forms[0], forms[1]);
}

static void test_a_form_leads_to_the_other_and_back(void **state)
{
    static const char *const pairs[][2] = {
            {"model", "models"},
            {"vlm", "vlms"},
            {"bias", "biases"},
            {"class", "classes"},
            {"corpus", "corpuses"},
            {"box", "boxes"},
            {"search", "searches"},
            {"mesh", "meshes"},
            {"cache", "caches"},
            {"epoch", "epochs"},
            {"database", "databases"},
            {"study", "studies"},
            {"movie", "movies"},
            {"survey", "surveys"},
            {"analysis", "analyses"},
            {"hypothesis", "hypotheses"},
            {"formula", "formulas"},
            {"prize", "prizes"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int k = 0; k < 2; k++) {
            const char *forms = said(&arena, pairs[i][k]);
            if (strstr(forms, pairs[i][1 - k]) == NULL)
                fail_msg("%s: \"%s\" lacks %s", pairs[i][k], forms,
                        pairs[i][1 - k]);
        }
    arena_finish(&arena);
}

static void test_what_is_no_english_word_has_no_form(void **state)
{
    static const char *const words[] = {"", "s", "ss", "is", "gpt4", "3ds",
            "möller", "扩散", "a b"};
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_string_equal(said(&arena, words[i]), "");
    assert_string_equal(said(&arena, "yses"), "ys yse");
    assert_string_equal(said(&arena, "ses"), "se");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_form_leads_to_the_other_and_back),
            cmocka_unit_test(test_what_is_no_english_word_has_no_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
