/*
 * command_schedule.h - "schedule 13:30 weekdays Asia/Shanghai", "时间 每天下午1点半".
 */
#ifndef BOT_COMMAND_SCHEDULE_H
#define BOT_COMMAND_SCHEDULE_H

#include "bot/commands/command.h"

bool command_schedule_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err);

#endif
