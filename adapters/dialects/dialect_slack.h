/*
 * dialect_slack.h - Slack's messages with what can be pressed in them.
 *
 * As dialect_slack (dialects.h) renders, but where somebody hears it: with a
 * button to the paper and a menu (slack_actions.h), and below an answer with a
 * button to share it.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_SLACK_H
#define ADAPTERS_DIALECTS_DIALECT_SLACK_H

#include "bot/base/arena.h"
#include "bot/model/document.h"
#include "bot/model/outbox.h"

#include <stdbool.h>

/* presses: with buttons and menus.  Payloads are in the arena. */
void dialect_slack_render(const struct document *document, bool presses,
        struct arena *arena, struct payload_list *payloads);

#endif
