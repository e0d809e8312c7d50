/* Text of strangers through every tool that cleans, measures or cuts it. */
#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/base/text_latex.h"
#include "bot/base/text_latex_show.h"
#include "tests/fuzz/fuzz.h"

static void is_utf8(const char *text, const char *claim)
{
    fuzz_claim(text_is_utf8(text, strlen(text)), claim);
}

static void cut(const char *text, size_t bytes)
{
    size_t prefix = text_prefix_bytes(text, bytes);

    fuzz_claim(prefix <= bytes && prefix <= strlen(text), "a cut fits");
    fuzz_claim(text_is_utf8(text, prefix), "a cut is between characters");
    fuzz_claim(text_prefix_bytes(text, strlen(text)) == strlen(text),
            "what fits is not cut");
}

static void shorten(struct arena *arena, const char *text, size_t graphemes)
{
    const char *shorter = text_shorten(arena, text, graphemes);

    is_utf8(shorter, "shortened text is UTF-8");
    fuzz_claim(text_graphemes(shorter) <= graphemes, "shortened text fits");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    char *bytes = fuzz_string(data, size);
    int64_t ms = 0;

    const char *text = text_repair(&arena, bytes, size);
    is_utf8(text, "repaired text is UTF-8");
    const char *composed = text_latex_accents(&arena, text);
    is_utf8(composed, "composed text is UTF-8");
    is_utf8(text_latex_show(&arena, text), "shown text is UTF-8");
    is_utf8(text_latex_show(&arena, text), "shown text is UTF-8");
    is_utf8(text_latex_show(&arena, composed), "shown text is UTF-8");
    const char *line = text_one_line(&arena, composed);
    is_utf8(line, "a line is UTF-8");
    fuzz_claim(text_same(line, text_one_line(&arena, line)),
            "a clean line stays as it is");
    is_utf8(text_fold(&arena, text), "folded text is UTF-8");
    for (size_t i = 0; i < 8; i++) {
        cut(text, size * i / 7);
        shorten(&arena, line, i);
    }
    text_columns(text);
    text_has_han(text);
    civil_parse_instant(bytes, &ms);
    free(bytes);
    arena_finish(&arena);
    return 0;
}
