#include "bot/command.h"
#include "bot/command_card.h"
#include "bot/command_help.h"
#include "bot/command_setting.h"
#include "bot/command_subscription.h"

/* In the order in which help lists them. */
const struct command *const command_families[] = {
        command_help_rows,
        command_card_rows,
        command_subscription_rows,
        command_setting_rows,
        NULL,
};
