#include "bot/model/category.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *last_part(const char *code)
{
    const char *dot = strrchr(code, '.');
    return dot == NULL ? code : dot + 1;
}

static bool is_shared(const char *code)
{
    size_t holders = 0;
    for (size_t i = 0; i < category_count; i++)
        holders += strchr(category_table[i].code, '.') != NULL &&
                text_same(last_part(category_table[i].code), last_part(code));
    return holders > 1;
}

static void test_each_tag_follows_from_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < category_count; i++) {
        const char *code = category_table[i].code;
        bool full = is_shared(code) && !text_same(code, "cs.CV");
        assert_string_equal(category_tag(code), full ? code : last_part(code));
    }
}

static void test_the_table_is_complete_and_without_repeats(void **state)
{
    (void)state;
    assert_int_equal(category_count, 155);
    for (size_t i = 0; i < category_count; i++) {
        const struct category *category = &category_table[i];
        assert_ptr_equal(category_find(category->code), category);
        assert_true(category_is_code(category->code));
        assert_true(*category->english != '\0');
        assert_true(text_has_han(category->chinese));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(category_table[j].tag, category->tag);
    }
}

static void test_aliases_point_at_each_other(void **state)
{
    (void)state;
    size_t aliases = 0;

    for (size_t i = 0; i < category_count; i++) {
        const struct category *category = &category_table[i];
        if (*category->alias == '\0')
            continue;
        const struct category *other = category_find(category->alias);
        assert_non_null(other);
        assert_string_equal(other->alias, category->code);
        assert_true(category_same(category->code, other->code));
        assert_true(category_same(other->code, category->code));
        aliases++;
    }
    assert_int_equal(aliases, 12);
    assert_true(category_same("cs.LG", "cs.LG"));
    assert_false(category_same("cs.LG", "stat.ML"));
    assert_true(category_same("cmp-lg", "cmp-lg"));
    assert_false(category_same("cs.LG", ""));
}

static void test_the_model_digest_names_its_five(void **state)
{
    (void)state;
    static const struct {
        const char *code, *tag, *chinese;
    } cases[] = {
            {"cs.LG", "LG", "机器学习"},
            {"cs.CV", "CV", "计算机视觉"},
            {"cs.CL", "CL", "计算与语言"},
            {"eess.AS", "AS", "音频与语音"},
            {"cs.RO", "RO", "机器人"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct category *category = category_find(cases[i].code);
        assert_non_null(category);
        assert_string_equal(category->tag, cases[i].tag);
        assert_string_equal(category->chinese, cases[i].chinese);
    }
}

static void test_people_may_write_it_their_way(void **state)
{
    (void)state;
    static const struct {
        const char *word, *code;
    } cases[] = {
            {"lg", "cs.LG"},
            {"LG", "cs.LG"},
            {"CS.lg", "cs.LG"},
            {" ＬＧ ", "cs.LG"},
            {"机器学习", "cs.LG"},
            {"cv", "cs.CV"},
            {"math.cv", "math.CV"},
            {"robotics", "cs.RO"},
            {"音频与语音", "eess.AS"},
            {"optics", "physics.optics"},
            {"HEP-TH", "hep-th"},
            {"ml", "stat.ML"},
            {"统计机器学习", "stat.ML"},
            /* of two aliases the one arXiv files under */
            {"sy", "eess.SY"},
            {"systems and control", "eess.SY"},
            {"信息论", "cs.IT"},
            {"NA", "math.NA"},
            {"mathematical physics", "math-ph"},
            {"Statistics Theory", "stat.TH"},
            {"cs.SY", "cs.SY"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool ambiguous = true;
        const struct category *found =
                category_lookup(cases[i].word, &ambiguous);
        assert_non_null(found);
        assert_string_equal(found->code, cases[i].code);
        assert_false(ambiguous);
    }
}

static void
test_what_fits_several_is_ambiguous_and_what_fits_none_not(void **state)
{
    (void)state;
    static const char *const several[] = {"gt", "DS", "Machine Learning", "co",
            "GN"};
    static const char *const none[] = {"", "XX", "cs", "cs.", ".LG", "cs.LG2",
            "machine", "学习"};
    bool ambiguous;

    for (size_t i = 0; i < COUNT(several); i++) {
        ambiguous = false;
        assert_null(category_lookup(several[i], &ambiguous));
        assert_true(ambiguous);
    }
    for (size_t i = 0; i < COUNT(none); i++) {
        ambiguous = true;
        assert_null(category_lookup(none[i], &ambiguous));
        assert_false(ambiguous);
    }
}

static void test_former_codes_are_codes_without_a_name(void **state)
{
    (void)state;
    static const char *const former[] = {"cmp-lg", "alg-geom", "funct-an",
            "acc-phys", "adap-org", "atom-ph", "astro-ph", "cond-mat", "q-alg",
            "dg-ga", "chao-dyn", "solv-int", "patt-sol", "physics"};
    static const char *const wrong[] = {"", "cs", "CS.LG", "LG", "cs.XX",
            "68T05", "I.2.6", "machine learning"};

    for (size_t i = 0; i < COUNT(former); i++) {
        assert_true(category_is_code(former[i]));
        assert_null(category_find(former[i]));
        assert_string_equal(category_tag(former[i]), former[i]);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(category_is_code(wrong[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_each_tag_follows_from_the_table),
            cmocka_unit_test(test_the_table_is_complete_and_without_repeats),
            cmocka_unit_test(test_aliases_point_at_each_other),
            cmocka_unit_test(test_the_model_digest_names_its_five),
            cmocka_unit_test(test_people_may_write_it_their_way),
            cmocka_unit_test(
                    test_what_fits_several_is_ambiguous_and_what_fits_none_not),
            cmocka_unit_test(test_former_codes_are_codes_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
