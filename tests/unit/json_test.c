#include "adapters/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    BYTES_MAX = 1 << 20,
};

static const char SAMPLE[] =
        "{\"name\": \"home\", \"count\": 7, \"half\": 1.5, \"on\": true,"
        " \"none\": null, \"channels\": [{\"id\": \"a\"}, {\"id\": 5}, 3],"
        " \"odd key!\": {\"x\": [[1]]}, \"name\": \"second\"}";

static struct json parse(const char *text)
{
    struct json json;
    struct error err = {0};

    if (!json_parse(&json, text, strlen(text), BYTES_MAX, &err))
        fail_msg("%s", err.text);
    return json;
}

static void assert_refused(const char *text, size_t length, const char *why)
{
    struct json json;
    struct error err = {0};

    assert_false(json_parse(&json, text, length, BYTES_MAX, &err));
    assert_null(json.root);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.text, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void test_members_come_in_their_types(void **state)
{
    (void)state;
    struct json json = parse(SAMPLE);
    const char *name = NULL, *other = NULL;
    int64_t count = 0, absent = 0;
    bool on = false;

    assert_true(json_text(&json, json.root, "name", &name, NULL));
    assert_string_equal(name, "home"); /* of two, the first */
    assert_true(json_text_or(&json, json.root, "none", "x", &other, NULL));
    assert_string_equal(other, "x");
    assert_true(json_integer(&json, json.root, "count", &count, NULL));
    assert_int_equal(count, 7);
    assert_true(json_integer_or(&json, json.root, "no", 9, &absent, NULL));
    assert_int_equal(absent, 9);
    assert_true(json_truth_or(&json, json.root, "on", false, &on, NULL));
    assert_true(on);
    json_close(&json);
}

static void test_an_error_names_the_path(void **state)
{
    (void)state;
    struct json json = parse(SAMPLE);
    const cJSON *channels = NULL;
    const char *text = NULL;
    int64_t number = 0;
    struct error err = {0};

    assert_true(json_array(&json, json.root, "channels", &channels, &err));
    const cJSON *second = cJSON_GetArrayItem(channels, 1);
    assert_false(json_text(&json, second, "id", &text, &err));
    assert_string_equal(err.text,
            "$.channels[1].id is a number, text would be right");
    assert_false(json_text(&json, second, "room", &text, &err));
    assert_string_equal(err.text,
            "$.channels[1].room is missing, text would be right");
    assert_false(json_integer(&json, json.root, "half", &number, &err));
    assert_string_equal(err.text,
            "$.half is a number, a whole number would be right");
    const cJSON *odd = json_find(json.root, "odd key!");
    assert_false(json_wrong(&json, odd->child->child->child, "text", &err));
    assert_string_equal(err.text,
            "$[\"odd key!\"].x[0][0] is a number, text would be right");
    json_close(&json);
}

static void test_a_read_from_what_is_no_object_is_an_error(void **state)
{
    (void)state;
    struct json json = parse("[1]");
    const char *text = NULL;
    const cJSON *list = NULL;

    assert_false(json_text(&json, json.root, "a", &text, NULL));
    assert_false(json_array(&json, NULL, "a", &list, NULL));
    assert_true(json_array_or_none(&json, json.root, "a", &list, NULL));
    assert_null(list);
    json_close(&json);
}

static void test_what_is_no_json_is_refused_with_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {
            {"", "empty"},
            {" \n ", "empty"},
            {"{\"a\": 1", "breaks off"},
            {"{\"a\": nonsense}", "byte 7"},
            {"{} {}", "follows"},
            {"{\"a\": \"\\ud800\"}", "stops making sense"},
            {"{\"a\": \"x\\u0000y\"}", "NUL"},
            {"\"\xff\"", "UTF-8"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].text, strlen(cases[i].text), cases[i].why);
    assert_refused("{\"a\": \"x\0y\"}", 12, "NUL");
}

static void test_brackets_inside_strings_do_not_count_as_depth(void **state)
{
    (void)state;
    char text[256] = "[\"\\\"";
    memset(text + 4, '[', 100);
    memcpy(text + 104, "\"]", 3);
    struct json json = parse(text);
    json_close(&json);
}

static void test_deep_and_long_documents_are_refused(void **state)
{
    (void)state;
    char deep[2 * (JSON_DEPTH_MAX + 1) + 1] = {0};
    struct json json;
    struct error err = {0};

    memset(deep, '[', JSON_DEPTH_MAX);
    memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    json = parse(deep);
    json_close(&json);
    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    assert_refused(deep, strlen(deep), "deep");
    assert_false(json_parse(&json, "[1, 2]", 6, 5, &err));
    assert_non_null(strstr(err.text, "6 bytes"));
}

static void test_numbers_beyond_what_a_double_holds_are_refused(void **state)
{
    (void)state;
    struct json json = parse("{\"a\": 1e400, \"b\": 9007199254740993000}");
    int64_t value = 0;

    assert_false(json_integer(&json, json.root, "a", &value, NULL));
    assert_false(json_integer(&json, json.root, "b", &value, NULL));
    json_close(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_members_come_in_their_types),
            cmocka_unit_test(test_an_error_names_the_path),
            cmocka_unit_test(test_a_read_from_what_is_no_object_is_an_error),
            cmocka_unit_test(test_what_is_no_json_is_refused_with_the_place),
            cmocka_unit_test(
                    test_brackets_inside_strings_do_not_count_as_depth),
            cmocka_unit_test(test_deep_and_long_documents_are_refused),
            cmocka_unit_test(
                    test_numbers_beyond_what_a_double_holds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
