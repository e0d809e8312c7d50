/*
 * An outbox row as the content of a Matrix event: its place in a thread, what it
 * answers, what it changes.
 */
#include "adapters/channels/matrix_content.h"

#include "bot/base/text.h"
#include "tests/support/sent.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define KEY ",\"org.paperboy.key\":\"key-1\"}"

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static struct outbox_row a_row(const char *payload)
{
    return sent_row("!abc:example.org", "key-1", payload);
}

static const char *content_of(const struct outbox_row *row)
{
    struct matrix_content_place place = matrix_content_place_of(row, &arena);
    struct payload content;
    struct error err = {0};

    if (!matrix_content_make(row, &place, &arena, &content, &err))
        fail_msg("%s", err.text);
    assert_int_equal(strlen(content.bytes), content.length);
    return content.bytes;
}

static void test_a_message_only_gets_its_key(void **state)
{
    (void)state;
    struct outbox_row row = a_row("{\"body\":\"x\",\"m.mentions\":{}}");

    assert_string_equal(content_of(&row),
            "{\"body\":\"x\",\"m.mentions\":{}" KEY);
}

static void test_below_its_head_it_is_in_a_thread(void **state)
{
    (void)state;
    struct outbox_row row = a_row("{\"body\":\"x\"}");

    row.reply_to = 7;
    row.target = "$root";
    assert_string_equal(content_of(&row),
            "{\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.thread\","
            "\"event_id\":\"$root\",\"is_falling_back\":true,"
            "\"m.in_reply_to\":{\"event_id\":\"$root\"}}" KEY);
}

static void test_an_answer_goes_where_the_question_was(void **state)
{
    (void)state;
    struct outbox_row row = a_row("{\"body\":\"x\"}");

    row.reply = "$question";
    assert_string_equal(content_of(&row),
            "{\"body\":\"x\",\"m.relates_to\":{\"m.in_reply_to\":{"
            "\"event_id\":\"$question\"}}" KEY);
    row.reply = "$root $question";
    assert_string_equal(content_of(&row),
            "{\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.thread\","
            "\"event_id\":\"$root\",\"is_falling_back\":true,"
            "\"m.in_reply_to\":{\"event_id\":\"$question\"}}" KEY);
    row.reply = "https://another.example/product";
    assert_string_equal(content_of(&row), "{\"body\":\"x\"" KEY);
}

static void test_an_edit_has_the_new_text_and_one_for_old_clients(void **state)
{
    (void)state;
    struct outbox_row row = a_row("{\"msgtype\":\"m.text\",\"body\":\"new\","
                                  "\"format\":\"org.matrix.custom.html\","
                                  "\"formatted_body\":\"<p>new</p>\","
                                  "\"m.mentions\":{}}");

    row.verb = OUTBOX_EDIT;
    row.target = "$first";
    assert_string_equal(content_of(&row),
            "{\"msgtype\":\"m.text\",\"body\":\"* new\","
            "\"format\":\"org.matrix.custom.html\","
            "\"formatted_body\":\"* <p>new</p>\",\"m.mentions\":{},"
            "\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"new\","
            "\"format\":\"org.matrix.custom.html\","
            "\"formatted_body\":\"<p>new</p>\",\"m.mentions\":{}},"
            "\"m.relates_to\":{\"rel_type\":\"m.replace\","
            "\"event_id\":\"$first\"}" KEY);
}

/* A message whose plain and formatted texts have so many bytes each. */
static const char *long_message(size_t plain, size_t formatted)
{
    struct text text;

    text_init(&text, &arena, 200000);
    text_add(&text, "{\"msgtype\":\"m.text\",\"body\":\"");
    for (size_t i = 0; i < plain; i++)
        text_add(&text, "p");
    text_add(&text,
            "\",\"format\":\"org.matrix.custom.html\","
            "\"formatted_body\":\"");
    for (size_t i = 0; i < formatted; i++)
        text_add(&text, "f");
    text_add(&text, "\",\"m.mentions\":{}}");
    return text_string(&text);
}

/* All that a digest may have: see dialect_matrix.c. */
static void
test_the_edit_of_a_long_message_leaves_its_form_out_once(void **state)
{
    (void)state;
    struct outbox_row row = a_row(long_message(16000, 24000));

    row.verb = OUTBOX_EDIT;
    row.target = "$first";
    cJSON *content = cJSON_Parse(content_of(&row));
    const cJSON *fresh = cJSON_GetObjectItem(content, "m.new_content");
    assert_true(strlen(content_of(&row)) <= MATRIX_CONTENT_MAX_BYTES);
    assert_null(cJSON_GetObjectItem(content, "formatted_body"));
    assert_null(cJSON_GetObjectItem(content, "format"));
    assert_int_equal(strlen(cJSON_GetObjectItem(content, "body")->valuestring),
            16002);
    assert_int_equal(strlen(cJSON_GetObjectItem(fresh, "formatted_body")
                                     ->valuestring),
            24000);
    cJSON_Delete(content);
}

static void expect_refused(const struct outbox_row *row, const char *why)
{
    struct matrix_content_place place = matrix_content_place_of(row, &arena);
    struct payload content;
    struct error err = {0};

    assert_false(matrix_content_make(row, &place, &arena, &content, &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    if (strstr(err.text, why) == NULL)
        fail_msg("%s", err.text);
}

static void test_what_would_not_go_is_refused_before(void **state)
{
    (void)state;
    struct outbox_row row = a_row(long_message(30000, 10000));

    row.verb = OUTBOX_EDIT;
    expect_refused(&row, "no event id");
    row.target = "$first";
    expect_refused(&row, "60000 is the most");
    row.verb = OUTBOX_SEND;
    assert_non_null(content_of(&row));
    row = a_row(long_message(30000, 30001));
    expect_refused(&row, "the message: ");
    row = a_row("[]");
    expect_refused(&row, "an object would be right");
    row = a_row("{");
    expect_refused(&row, "the message: ");
    row = a_row("");
    expect_refused(&row, "the message: ");
}

#define content_test(name) cmocka_unit_test_teardown(name, tidy)

int main(void)
{
    const struct CMUnitTest tests[] = {
            content_test(test_a_message_only_gets_its_key),
            content_test(test_below_its_head_it_is_in_a_thread),
            content_test(test_an_answer_goes_where_the_question_was),
            content_test(test_an_edit_has_the_new_text_and_one_for_old_clients),
            content_test(
                    test_the_edit_of_a_long_message_leaves_its_form_out_once),
            content_test(test_what_would_not_go_is_refused_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
