/* DeepL and LibreTranslate over the wire. */
#include "adapters/writers/deepl.h"
#include "adapters/writers/libretranslate.h"
#include "tests/support/writing_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct setting with_key[] = {{"key", "k-secret:fx"}, {NULL, NULL}};

static void assert_translated(const struct writing_stage *stage,
        const char *who)
{
    if (stage->failed)
        fail_msg("%s", stage->err.text);
    assert_string_equal(stage->answer.note.title, "耐心的梯度");
    assert_string_equal(stage->answer.note.digest, "误差降至 5.1%。");
    assert_string_equal(stage->answer.note.heading, "");
    assert_string_equal(stage->answer.note.writer, who);
    /* "Patient Gradients" and the abstract without its dollars. */
    assert_int_equal(stage->answer.usage.units_in,
            17 + strlen("We lower the error to 5.1% with {one} trick."));
    assert_int_equal(stage->answer.usage.units_out, 0);
}

static void test_deepl_translates_title_and_best_sentences(void **state)
{
    struct writing_stage stage;

    (void)state;
    writing_stage_open(&stage, &deepl_kind, "", with_key);
    http_server_answer(stage.server, "POST", "/v2/translate", 1, 200,
            "{\"translations\":[{\"detected_source_language\":\"EN\","
            "\"text\":\"耐心的梯度\"},{\"text\":\" 误差降至 5.1%。\"}]}");
    writing_stage_ask(&stage, "zh", "");
    assert_translated(&stage, "DeepL");
    assert_string_equal(http_server_header(stage.server, 0, "Authorization"),
            "DeepL-Auth-Key k-secret:fx");
    assert_string_equal(http_server_record(stage.server, 0)->body,
            "{\"text\":[\"Patient Gradients\",\"We lower the error to 5.1% "
            "with "
            "{one} trick.\"],\"source_lang\":\"EN\",\"target_lang\":\"ZH\"}");
    writing_stage_close(&stage);
}

static void test_libretranslate_translates_the_same(void **state)
{
    struct writing_stage stage;

    (void)state;
    writing_stage_open(&stage, &libretranslate_kind, "/", with_key);
    http_server_answer(stage.server, "POST", "/translate", 1, 200,
            "{\"translatedText\":[\"耐心的梯度\",\"误差降至 5.1%。\"]}");
    writing_stage_ask(&stage, "zh", "");
    assert_translated(&stage, "LibreTranslate");
    assert_string_equal(http_server_record(stage.server, 0)->body,
            "{\"q\":[\"Patient Gradients\",\"We lower the error to 5.1% with "
            "{one} trick.\"],\"source\":\"en\",\"target\":\"zh\","
            "\"format\":\"text\",\"api_key\":\"k-secret:fx\"}");
    writing_stage_close(&stage);
}

static void test_neither_writes_in_the_papers_own_language(void **state)
{
    struct writing_stage stage;

    (void)state;
    writing_stage_open(&stage, &deepl_kind, "", with_key);
    assert_false(stage.writer->ops->speaks(stage.writer, "en"));
    assert_true(stage.writer->ops->speaks(stage.writer, "zh"));
    writing_stage_close(&stage);
    writing_stage_open(&stage, &libretranslate_kind, "", with_key);
    assert_false(stage.writer->ops->speaks(stage.writer, "en"));
    writing_stage_close(&stage);
}

static void test_what_translators_fail_with_is_told_apart(void **state)
{
    static const struct {
        const struct writer_kind *kind;
        int status;
        const char *body;
        enum error_kind wanted;
        const char *words;
    } cases[] = {
            {&deepl_kind, 456, "{\"message\":\"Quota exceeded\"}", ERROR_STOP,
                    "456"},
            {&deepl_kind, 403, "", ERROR_STOP, "403"},
            {&deepl_kind, 429, "", ERROR_RETRY, "429"},
            {&deepl_kind, 200, "{\"translations\":[{\"text\":\"x\"}]}",
                    ERROR_RETRY, "$.translations[1]"},
            {&deepl_kind, 200, "{\"translations\":[{\"text\":7},{}]}",
                    ERROR_RETRY, "is a number"},
            {&libretranslate_kind, 400, "{\"error\":\"zz is not supported\"}",
                    ERROR_REJECTED, "400"},
            {&libretranslate_kind, 429, "", ERROR_RETRY, "429"},
            {&libretranslate_kind, 200, "{\"translatedText\":\"x\"}",
                    ERROR_RETRY, "$.translatedText"},
            {&libretranslate_kind, 200, "{\"translatedText\":[\"x\"]}",
                    ERROR_RETRY, "LibreTranslate's"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct writing_stage stage;
        writing_stage_open(&stage, cases[i].kind, "", with_key);
        http_server_answer(stage.server, "POST", "/", 0, cases[i].status,
                cases[i].body);
        writing_stage_ask(&stage, "zh", "");
        writing_stage_assert_failed(&stage, cases[i].wanted, cases[i].words);
        assert_null(strstr(stage.err.text, "k-secret"));
        writing_stage_close(&stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_deepl_translates_title_and_best_sentences),
            cmocka_unit_test(test_libretranslate_translates_the_same),
            cmocka_unit_test(test_neither_writes_in_the_papers_own_language),
            cmocka_unit_test(test_what_translators_fail_with_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
