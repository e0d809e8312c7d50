/* A form's body, whatever it holds: fields are bounded and texts, and what is no
 * form is refused with a reason. */
#include "adapters/http_form.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

static bool is_text(const char *string)
{
    return text_is_utf8(string, strlen(string));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = fuzz_string(data, size);
    struct arena arena = {0};
    struct http_form form;
    struct error err = {0};

    if (http_form_parse(bytes, size, &arena, &form, &err)) {
        fuzz_claim(form.count <= HTTP_FORM_FIELDS_MAX, "fields are bounded");
        for (size_t i = 0; i < form.count; i++) {
            const struct http_form_field *field = &form.fields[i];
            fuzz_claim(is_text(field->name) && is_text(field->value),
                    "fields are UTF-8");
            fuzz_claim(strlen(field->name) + strlen(field->value) <= 3 * size,
                    "nothing is made up");
            fuzz_claim(http_form_get(&form, field->name, NULL) != NULL,
                    "a field is found by its name");
        }
    } else {
        fuzz_claim(err.kind == ERROR_INPUT && err.text[0] != '\0',
                "a failure says why");
    }
    arena_finish(&arena);
    free(bytes);
    return 0;
}
