/*
 * command_settings.h - all settings of a channel at once: shown with where each
 * comes from, and undone.
 */
#ifndef BOT_COMMAND_SETTINGS_H
#define BOT_COMMAND_SETTINGS_H

#include "bot/commands/command.h"

/* "settings" */
bool command_settings_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err);

/* "reset SETTING", "reset all" */
bool command_settings_reset(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err);

#endif
