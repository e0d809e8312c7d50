/*
 * command_day.h - days as answers say them, and the channel's own calendar.
 *
 * Announcements are dated by New York's calendar (call->today); what the channel
 * saw, by the channel's.
 */
#ifndef BOT_COMMAND_DAY_H
#define BOT_COMMAND_DAY_H

#include "bot/base/civil_time.h"
#include "bot/commands/command.h"

/* "Mon 2026-11-23", "2026-11-23（周一）", in the arena. */
const char *command_day_text(const struct command_call *call,
        struct civil_date date);

/* What the channel's calendar shows at that instant; UTC's if it has no zone. */
struct civil_date command_day_local(const struct command_call *call,
        int64_t ms);

#endif
