/*
 * dialect_slack_block.h - Slack's blocks, as far as ours differ.
 *
 * Everything that Slack limits stands here, with its source.  For
 * adapters/dialects/dialect_slack*.c alone.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_SLACK_BLOCK_H
#define ADAPTERS_DIALECTS_DIALECT_SLACK_BLOCK_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* All in characters, but where it says otherwise. */
enum {
    /* Block Kit reference, "Blocks": 50 blocks a message. */
    SLACK_BLOCKS = 50,
    /* Block Kit reference, section block's text object: 3000 characters. */
    SLACK_TEXT = 3000,
    /* Block Kit reference, header block: 150 characters. */
    SLACK_HEADER = 150,
    /* Undocumented: messages were refused from 11341 characters on
     * (slackapi/bolt-js issue 2509); well below that. */
    SLACK_MESSAGE = 9000,
    /* The fall-back text is for notifications; past 3000 Slack was seen to
     * post a message twice (slackapi/bolt-python issue 764). */
    SLACK_FALLBACK = 1500,
    /* Longer messages are folded behind "Show more" on a phone: our own. */
    SLACK_HEAD = 1200,
    /* The others are never near: 75 characters on a button and in a menu's
     * entry, 150 of an entry's value, 255 of an action_id or block_id, 5 entries
     * in an overflow menu, 25 elements in an actions block, 10 in a context
     * block, 2000 of a button's value, 3000 of its url (Block Kit reference,
     * "Block elements" and "Composition objects"). */
};

enum dialect_slack_block_kind {
    SLACK_BLOCK_HEADER,
    SLACK_BLOCK_SECTION,
    SLACK_BLOCK_CONTEXT, /* small and grey */
    SLACK_BLOCK_DIVIDER,
    SLACK_BLOCK_ACTIONS, /* what can be pressed */
};

struct dialect_slack_block {
    enum dialect_slack_block_kind kind;
    const char *text; /* mrkdwn, of a header plain; "" without */
    /* SECTION: a menu for this paper beside it; ACTIONS: in it; "" without. */
    const char *paper_id;
    const char *url;      /* ACTIONS: of the button to the paper; "" without */
    const char *language; /* with either: of its labels */
    bool share;           /* ACTIONS: with the button to share an answer */
};

/* A message of these blocks with its text for notifications, JSON in the
 * arena. */
const char *
dialect_slack_block_message(const struct dialect_slack_block *blocks,
        size_t count, const char *fallback, struct arena *arena);

/* Characters in all its texts, as Slack counts. */
size_t dialect_slack_block_characters(const struct dialect_slack_block *block);

#endif
