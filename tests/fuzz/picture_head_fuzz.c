/* The first bytes of what claims to be a picture. */
#include "adapters/sources/picture_head.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct picture picture = {.type = ""};
    struct error err = {0};
    bool ok = picture_head_read((const char *)data, size, &picture, &err);

    fuzz_claim(!ok || text_starts(picture.type, "image/"), "it has a type");
    fuzz_claim(!ok ||
                    (picture.width > 0 && picture.width <= PICTURE_SIDE_MAX &&
                            picture.height > 0 &&
                            picture.height <= PICTURE_SIDE_MAX),
            "it has a size");
    fuzz_claim(ok || err.kind == ERROR_REJECTED, "it is refused");
    return 0;
}
