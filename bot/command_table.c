#include "bot/command.h"
#include "bot/command_help.h"

/* In the order in which help lists them. */
const struct command *const command_families[] = {
        command_help_rows,
};
const size_t command_family_count =
        sizeof command_families / sizeof *command_families;
