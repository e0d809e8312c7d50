#include "adapters/dialects/dialects.h"

#include "tests/support/sample_document.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static cJSON *rendered(const struct document *document)
{
    struct payload_list payloads;
    struct error err = {0};

    assert_true(dialect_json.render(document, &arena, &payloads, &err));
    assert_int_equal(payloads.count, 1);
    const char *bytes = payloads.items[0].bytes;
    assert_int_equal(bytes[payloads.items[0].length - 1], '\n');
    cJSON *object = cJSON_Parse(bytes);
    assert_non_null(object);
    return object;
}

static void assert_field(const cJSON *object, const char *name,
        const char *value)
{
    const char *is = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));

    assert_non_null(is);
    assert_string_equal(is, value);
}

static void test_a_digest_has_its_fields(void **state)
{
    (void)state;
    cJSON *object = rendered(sample_document_digest(&arena));
    const cJSON *entries = cJSON_GetObjectItem(object, "entries");
    const cJSON *first = cJSON_GetArrayItem(entries, 0);
    const cJSON *second = cJSON_GetArrayItem(entries, 1);

    assert_field(object, "title", "论文日报 2024-01-02");
    assert_field(object, "language", "zh");
    assert_field(object, "legend", "LG - 机器学习 CV - 计算机视觉");
    assert_field(object, "credit", "转自鸟巢");
    assert_field(object, "headline", "摘要:慢鸟与快图");
    assert_field(object, "foot", "arXiv 01-02 公告");
    assert_int_equal(cJSON_GetArraySize(entries), 2);
    assert_int_equal(cJSON_GetObjectItem(first, "number")->valueint, 1);
    assert_field(first, "id", "2401.00001");
    assert_field(first, "tag", "LG");
    assert_field(first, "title", "Slow Birds & Fast Maps");
    assert_field(first, "authors", "A Finch, B v Owl");
    assert_field(first, "affiliations", "[Nest & Tree]");
    assert_field(first, "note_title", "");
    assert_field(first, "note", "慢鸟与快图。鸟群在地图上找路。");
    assert_field(first, "abstract", "We let birds find their way.");
    assert_field(first, "url", "https://arxiv.org/abs/2401.00001");
    assert_field(first, "section", "");
    assert_field(second, "note_title", "少看一点");
    assert_field(second, "section", "另外几篇值得关注的论文:");
    cJSON_Delete(object);
}

static void test_an_answer_keeps_its_lines(void **state)
{
    (void)state;
    struct document document;

    document_init(&document, &arena, "en");
    document_paragraph(&document, &document.root, ROLE_NONE, "Two things:");
    struct document_node *list =
            document_block(&document, &document.root, DOCUMENT_LIST, ROLE_NONE);
    document_inline(&document,
            document_block(&document, list, DOCUMENT_ITEM, ROLE_NONE),
            DOCUMENT_TEXT, "one");
    cJSON *object = rendered(&document);
    const cJSON *text = cJSON_GetObjectItem(object, "text");
    assert_int_equal(cJSON_GetArraySize(text), 2);
    assert_string_equal(cJSON_GetArrayItem(text, 1)->valuestring, "- one");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(object, "entries")),
            0);
    cJSON_Delete(object);
}

static void test_hostile_texts_come_back_as_one_line_of_text(void **state)
{
    (void)state;
    cJSON *object = rendered(sample_document_hostile(&arena));
    const cJSON *entries = cJSON_GetObjectItem(object, "entries");
    const cJSON *entry;

    assert_field(object, "title",
            "<!channel> <!here|x> <@U123> <#C123> <!subteam^S1|all>");
    cJSON_ArrayForEach(entry, entries)
    {
        const char *title = cJSON_GetObjectItem(entry, "title")->valuestring;
        assert_null(strpbrk(title, "\n\r\t\x01\x1b\x7f"));
        assert_null(strstr(title, "\xe2\x80\xae"));
        const char *url = cJSON_GetObjectItem(entry, "url")->valuestring;
        assert_memory_equal(url, "https://arxiv.org/", 18);
    }
    assert_int_equal(cJSON_GetArraySize(entries), 16);
    cJSON_Delete(object);
}

static void test_every_paper_is_there(void **state)
{
    (void)state;
    struct chance_seed seed = {7};
    struct random_source chance = chance_seeded(&seed);

    for (int i = 0; i < 100; i++) {
        size_t papers;
        cJSON *object =
                rendered(sample_document_random(&arena, &chance, &papers));
        const cJSON *entries = cJSON_GetObjectItem(object, "entries");
        assert_int_equal(cJSON_GetArraySize(entries), papers);
        cJSON_Delete(object);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_digest_has_its_fields, tidy),
            cmocka_unit_test_teardown(test_an_answer_keeps_its_lines, tidy),
            cmocka_unit_test_teardown(
                    test_hostile_texts_come_back_as_one_line_of_text, tidy),
            cmocka_unit_test_teardown(test_every_paper_is_there, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
