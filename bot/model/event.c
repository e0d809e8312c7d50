#include "bot/model/event.h"

const char *event_kind_name(enum event_kind kind)
{
    switch (kind) {
    case EVENT_COMMAND:
        return "command";
    case EVENT_COMMAND_EDIT:
        return "command-edit";
    case EVENT_REACTION:
        return "reaction";
    case EVENT_REACTION_GONE:
        return "reaction-gone";
    case EVENT_INVITED:
        return "invited";
    case EVENT_REMOVED:
        return "removed";
    case EVENT_MOVED:
        return "moved";
    case EVENT_OPENED:
        return "opened";
    case EVENT_SHARED:
        return "shared";
    }
    return "unknown";
}
