#include "bot/command.h"
#include "bot/command_card.h"
#include "bot/command_days.h"
#include "bot/command_draft.h"
#include "bot/command_help.h"
#include "bot/command_leave.h"
#include "bot/command_page.h"
#include "bot/command_privacy.h"
#include "bot/command_random.h"
#include "bot/command_role.h"
#include "bot/command_saved.h"
#include "bot/command_search.h"
#include "bot/command_setting.h"
#include "bot/command_similar.h"
#include "bot/command_status.h"
#include "bot/command_subscription.h"
#include "bot/command_top.h"
#include "bot/command_vote.h"
#include "bot/command_why.h"

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
