#include "adapters/sources/user_agent.h"

#include "bot/base/text.h"

#include <stdbool.h>

char *user_agent_of(struct arena *arena, const char *contact)
{
    bool is_page =
            text_starts(contact, "https://") || text_starts(contact, "http://");
    return arena_format(arena, "paperboy/%s (+%s%s)", PAPERBOY_VERSION,
            is_page ? "" : "mailto:", contact);
}
