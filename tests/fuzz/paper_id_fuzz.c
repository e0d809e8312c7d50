/* Ids, links and citations that people paste. */
#include "bot/base/text.h"
#include "bot/model/paper.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    char *text = fuzz_string(data, size);
    unsigned version = 0, again = 0;

    const char *id = paper_id_parse(&arena, text, &version);
    if (id != NULL) {
        const char *same = paper_id_parse(&arena, id, &again);
        fuzz_claim(same != NULL && text_same(same, id) && again == 0,
                "a canonical id is its own");
        fuzz_claim(strlen(id) <= 20 && version <= 9999, "an id is short");
    } else {
        fuzz_claim(version == 0, "what is no id has no version");
    }
    free(text);
    arena_finish(&arena);
    return 0;
}
