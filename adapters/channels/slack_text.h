/*
 * slack_text.h - what a person wrote, without Slack's escapes.
 *
 * "&lt;", "&gt;" and "&amp;" stand for signs, "<...>" for links, people and
 * channels: docs.slack.dev, "Formatting message text".  Pure.
 */
#ifndef ADAPTERS_CHANNELS_SLACK_TEXT_H
#define ADAPTERS_CHANNELS_SLACK_TEXT_H

#include "bot/base/arena.h"

/* As it was typed: links are their addresses, people and channels their names,
 * or their ids where no name came. */
char *slack_text_plain(struct arena *arena, const char *text);

/* The same of a message that mentions the bot: what is said to it stands behind
 * its name, or else before.  bot is its user id; "": the first mention is
 * taken for it. */
char *slack_text_asked(struct arena *arena, const char *text, const char *bot);

#endif
