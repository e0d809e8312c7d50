#include "bot/model/outbox.h"

const char *outbox_state_name(enum outbox_state state)
{
    static const char *const names[] = {
            [OUTBOX_DUE] = "due",
            [OUTBOX_SENT] = "sent",
            [OUTBOX_PARKED] = "parked",
            [OUTBOX_EXPIRED] = "expired",
    };
    return names[state];
}
