#include "bot/command.h"
#include "bot/command_card.h"
#include "bot/command_help.h"

/* In the order in which help lists them. */
const struct command *const command_families[] = {
        command_help_rows,
        command_card_rows,
        NULL,
};
