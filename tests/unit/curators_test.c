/* Who chose, as readers are told. */
#include "bot/curators.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void names(const char *const *ids, size_t count, const char *language,
        const char *expected)
{
    struct arena arena = {0};
    struct string_list list = {0};
    size_t capacity = 0;

    for (size_t i = 0; i < count; i++)
        string_list_add(&list, &capacity, &arena, ids[i]);
    assert_string_equal(curators_names(&list, language, &arena), expected);
    arena_finish(&arena);
}

#define NAMES(language, expected, ...)                                         \
    names((const char *const[]){__VA_ARGS__},                                  \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),       \
            language, expected)

static void test_a_native_id_is_shown_as_its_name(void **state)
{
    (void)state;
    NAMES("en", "ana, bo", "@ana:example.org", "bo@example.org");
    NAMES("zh", "ana、U024BE7LH", "@ana:example.org", "U024BE7LH");
    NAMES("en", "@", "@");
    NAMES("en", "@:example.org", "@:example.org");
}

static void test_two_of_one_name_are_told_apart(void **state)
{
    (void)state;
    NAMES("en", "@ana:example.org, @ana:example.net, bo", "@ana:example.org",
            "@ana:example.net", "@bo:example.org");
}

static void test_of_many_only_some_are_named(void **state)
{
    (void)state;
    NAMES("en", "a, b, c, d and 2 more", "@a:x", "@b:x", "@c:x", "@d:x", "@e:x",
            "@f:x");
    NAMES("zh", "a、b、c、d 等 5 人", "@a:x", "@b:x", "@c:x", "@d:x", "@e:x");
}

static void test_a_name_stays_on_its_line_and_short(void **state)
{
    (void)state;
    NAMES("en", "a b", "@a\nb\xE2\x80\xAE:x");
    NAMES("en", "aaaaaaaaaaaaaaaaaaaaaaa\xE2\x80\xA6",
            "@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_a_native_id_is_shown_as_its_name),
            cmocka_unit_test(test_two_of_one_name_are_told_apart),
            cmocka_unit_test(test_of_many_only_some_are_named),
            cmocka_unit_test(test_a_name_stays_on_its_line_and_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
