#include "bot/model/batch.h"

#include "bot/base/text.h"

static const char *const announce_names[] = {
        [ANNOUNCE_UNKNOWN] = "unknown",
        [ANNOUNCE_NEW] = "new",
        [ANNOUNCE_CROSS] = "cross",
        [ANNOUNCE_REPLACE] = "replace",
        [ANNOUNCE_REPLACE_CROSS] = "replace-cross",
};

const char *batch_state_name(enum batch_state state)
{
    static const char *const names[] = {
            [BATCH_NOT_YET] = "not yet",
            [BATCH_FAILED] = "failed",
            [BATCH_ANNOUNCED] = "announced",
            [BATCH_NONE] = "none today",
            [BATCH_STALE] = "stale",
    };
    return names[state];
}

bool announce_type_is_replacement(enum announce_type type)
{
    return type == ANNOUNCE_REPLACE || type == ANNOUNCE_REPLACE_CROSS;
}

const char *announce_type_name(enum announce_type type)
{
    return announce_names[type];
}

enum announce_type announce_type_parse(const char *word)
{
    const size_t count = sizeof announce_names / sizeof *announce_names;
    for (size_t i = ANNOUNCE_NEW; i < count; i++)
        if (text_same_ascii(word, announce_names[i]))
            return (enum announce_type)i;
    return ANNOUNCE_UNKNOWN;
}
