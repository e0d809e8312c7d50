#include "bot/commands/command.h"
#include "bot/commands/command_card.h"
#include "bot/commands/command_days.h"
#include "bot/commands/command_draft.h"
#include "bot/commands/command_help.h"
#include "bot/commands/command_leave.h"
#include "bot/commands/command_page.h"
#include "bot/commands/command_privacy.h"
#include "bot/commands/command_random.h"
#include "bot/commands/command_role.h"
#include "bot/commands/command_saved.h"
#include "bot/commands/command_search.h"
#include "bot/commands/command_setting.h"
#include "bot/commands/command_similar.h"
#include "bot/commands/command_status.h"
#include "bot/commands/command_subscription.h"
#include "bot/commands/command_top.h"
#include "bot/commands/command_vote.h"
#include "bot/commands/command_why.h"

/* In the order in which help lists them. */
const struct command *const command_families[] = {
        command_card_rows,
        command_days_rows,
        command_top_rows,
        command_search_rows,
        command_similar_rows,
        command_why_rows,
        command_random_rows,
        command_page_rows,
        command_vote_rows,
        command_saved_rows,
        command_subscription_rows,
        command_setting_rows,
        command_role_rows,
        command_draft_rows,
        command_status_rows,
        command_privacy_rows,
        command_leave_rows,
        command_help_rows,
        NULL,
};
