#include "bot/model/outbox.h"

bool outbox_row_counts(const struct outbox_row *row)
{
    return row->verb != OUTBOX_UPLOAD &&
            (row->verb != OUTBOX_SHOW || row->state != OUTBOX_EXPIRED);
}

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
