/*
 * slack_actions.h - what people can press in our messages in Slack, and what
 * Slack then says that it was.
 *
 * A press comes back as an "actions" entry of a block_actions payload
 * (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload):
 *   a button     action_id SLACK_ACTIONS_OPEN: a link, Slack follows it; to be
 *                acknowledged and no more
 *   a button     action_id SLACK_ACTIONS_SHARE, value: the delivery key of the
 *                answer that is to be shown to all, which is its receipt too
 *   an overflow  action_id SLACK_ACTIONS_PAPER, selected_option.value:
 *                "save:ID", "similar:ID" or "fewer:ID" of a paper
 */
#ifndef ADAPTERS_DIALECTS_SLACK_ACTIONS_H
#define ADAPTERS_DIALECTS_SLACK_ACTIONS_H

#define SLACK_ACTIONS_OPEN "open"
#define SLACK_ACTIONS_SHARE "share"
#define SLACK_ACTIONS_PAPER "paper"

#define SLACK_ACTIONS_SAVE "save:"
#define SLACK_ACTIONS_SIMILAR "similar:"
#define SLACK_ACTIONS_FEWER "fewer:"

/* The block_id of the block with the share button, and behind it the language
 * of the answer: "answer-zh".  The account fills in its value, or takes it away
 * where there is nothing to share. */
#define SLACK_ACTIONS_ANSWER "answer-"

#endif
