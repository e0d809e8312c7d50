/* What chat endpoints answer, well and badly, and the note in it. */
#include "adapters/writers/chat_answer.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOTE "{\"title\":\"题目\",\"heading\":\"短题\",\"digest\":\"一句。\"}"

static void test_the_note_is_found_whatever_stands_around_it(void **state)
{
    static const char *const contents[] = {
            NOTE,
            "  \n" NOTE "\n",
            "```json\n" NOTE "\n```",
            "Sure! Here it is:\n\n```\n" NOTE "\n```\nAnything else?",
            "<think>{\"digest\": 7} or {so}?</think>\n" NOTE,
            "The set {1, 2} matters. " NOTE,
            "{\"note\": " NOTE "}",
            "{\"unfinished\": \"" NOTE,
            "{\"title\":\"题目\",\"heading\":\"短题\","
            "\"digest\":\" 一句。\\n\",\"more\":[1,2]}",
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        struct note note = {0};
        struct error err = {0};
        if (!chat_answer_note(contents[i], &arena, &note, &err))
            fail_msg("%s: %s", contents[i], err.text);
        assert_string_equal(note.title, "题目");
        assert_string_equal(note.heading, "短题");
        assert_string_equal(note.digest, "一句。");
    }
    arena_finish(&arena);
}

static void test_what_is_no_note_is_refused_with_a_reason(void **state)
{
    static const struct {
        const char *content, *reason;
    } cases[] = {
            {"", "no JSON object"},
            {"I cannot help with that.", "I cannot help with that."},
            {"{\"title\": \"题目\", \"digest\": \"一", "no JSON object"},
            {"{\"title\":\"题目\"}", "$.digest"},
            {"{\"title\":\"题目\",\"digest\":7}", "$.digest is a number"},
            {"{\"title\":[\"题目\"],\"digest\":\"一句。\"}",
                    "$.title is a list"},
            {"{\"title\":\"a\\u0000b\",\"digest\":\"c\"}", "no JSON object"},
            {"{\"Digest\":\"一句。\"}", "no JSON object"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct note note = {0};
        struct error err = {0};
        assert_false(chat_answer_note(cases[i].content, &arena, &note, &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        if (strstr(err.text, cases[i].reason) == NULL)
            fail_msg("\"%s\": %s", cases[i].content, err.text);
    }
    arena_finish(&arena);
}

static bool read_body(const char *body, struct arena *arena, struct note *note,
        struct writer_usage *usage, struct error *err)
{
    return chat_answer_read(body, strlen(body), arena, note, usage, err);
}

static void test_a_completion_tells_what_it_cost(void **state)
{
    struct arena arena = {0};
    struct note note = {0};
    struct writer_usage usage = {0};

    (void)state;
    assert_true(read_body("{\"choices\":[{\"message\":{\"role\":\"assistant\","
                          "\"content\":\"{\\\"digest\\\":\\\"一句。\\\"}\"},"
                          "\"finish_reason\":\"stop\"}],\"usage\":{"
                          "\"prompt_tokens\":812,\"completion_tokens\":97,"
                          "\"total_tokens\":909}}",
            &arena, &note, &usage, NULL));
    assert_string_equal(note.digest, "一句。");
    assert_string_equal(note.title, "");
    assert_int_equal(usage.units_in, 812);
    assert_int_equal(usage.units_out, 97);
    arena_finish(&arena);
}

static void test_a_content_in_parts_is_one_text(void **state)
{
    struct arena arena = {0};
    struct note note = {0};
    struct writer_usage usage = {0};

    (void)state;
    assert_true(read_body("{\"choices\":[{\"message\":{\"content\":["
                          "{\"type\":\"text\",\"text\":\"{\\\"digest\\\":\"},"
                          "{\"type\":\"text\",\"text\":\"\\\"一句。\\\"}\"}"
                          "]}}]}",
            &arena, &note, &usage, NULL));
    assert_string_equal(note.digest, "一句。");
    assert_int_equal(usage.units_in, 0);
    arena_finish(&arena);
}

static void test_refusals_and_cuts_are_told_from_what_is_no_answer(void **state)
{
    static const struct {
        const char *body;
        enum error_kind kind;
        const char *reason;
    } cases[] = {
            {"", ERROR_RETRY, "no chat completion"},
            {"<html>busy</html>", ERROR_RETRY, "no chat completion"},
            {"{\"choices\":[]}", ERROR_RETRY, "$.choices[0].message"},
            {"{\"choices\":{}}", ERROR_RETRY, "$.choices[0].message"},
            {"[]", ERROR_RETRY, "$.choices[0].message"},
            {"{\"choices\":[{\"message\":{\"content\":null,"
             "\"refusal\":\"I must not.\"}}]}",
                    ERROR_REJECTED, "refused: I must not."},
            {"{\"choices\":[{\"message\":{\"content\":\"{\"},"
             "\"finish_reason\":\"length\"}]}",
                    ERROR_REJECTED, "too long"},
            {"{\"choices\":[{\"message\":{\"content\":\"\"},"
             "\"finish_reason\":\"content_filter\"}]}",
                    ERROR_REJECTED, "content filter"},
            {"{\"choices\":[{\"message\":{\"content\":12}}],"
             "\"usage\":{\"prompt_tokens\":-4}}",
                    ERROR_REJECTED, "no JSON object"},
    };
    struct arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct note note = {0};
        struct writer_usage usage = {0};
        struct error err = {0};
        assert_false(read_body(cases[i].body, &arena, &note, &usage, &err));
        if (err.kind != cases[i].kind ||
                strstr(err.text, cases[i].reason) == NULL)
            fail_msg("%s: %d, %s", cases[i].body, err.kind, err.text);
        assert_int_equal(usage.units_in, 0);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_the_note_is_found_whatever_stands_around_it),
            cmocka_unit_test(test_what_is_no_note_is_refused_with_a_reason),
            cmocka_unit_test(test_a_completion_tells_what_it_cost),
            cmocka_unit_test(test_a_content_in_parts_is_one_text),
            cmocka_unit_test(
                    test_refusals_and_cuts_are_told_from_what_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
