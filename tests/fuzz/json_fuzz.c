/* An answer in JSON: bounded before it is parsed, valid text afterwards, and
 * every value can be complained of. */
#include "adapters/json.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

enum {
    BYTES_MAX = 1024 * 1024,
    COMPLAINTS_MAX = 64, /* finding a path walks over the document */
};

struct walk {
    const struct json *json;
    size_t depth, complaints;
};

static void visit(struct walk *walk, const cJSON *node)
{
    struct error err = {0};
    const char *value = NULL;
    int64_t number = 0;

    fuzz_claim(++walk->depth <= JSON_DEPTH_MAX + 1, "nesting is bounded");
    if (cJSON_IsString(node))
        fuzz_claim(text_is_utf8(node->valuestring, strlen(node->valuestring)),
                "text is UTF-8");
    if (walk->complaints++ < COMPLAINTS_MAX) {
        json_wrong(walk->json, node, "something else", &err);
        fuzz_claim(err.text[0] == '$', "a complaint names the path");
        json_text_or(walk->json, node, "id", "", &value, &err);
        json_integer_or(walk->json, node, "id", 0, &number, &err);
        json_item_text(walk->json, node, &value, &err);
    }
    for (const cJSON *child = node->child; child != NULL; child = child->next)
        visit(walk, child);
    walk->depth--;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_string(data, size);
    struct json json = {0};
    struct error err = {0};

    if (json_parse(&json, bytes, size, BYTES_MAX, &err)) {
        struct walk walk = {.json = &json};
        visit(&walk, json.root);
    } else {
        fuzz_claim(json.root == NULL && err.text[0] != '\0',
                "a failure says why and holds nothing");
    }
    json_close(&json);
    free(bytes);
    return 0;
}
