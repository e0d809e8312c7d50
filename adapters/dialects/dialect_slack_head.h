/*
 * dialect_slack_head.h - the head of a digest whose papers follow in its thread.
 *
 * Short enough to be read without unfolding: at most SLACK_HEAD characters in
 * its blocks and its text for notifications together.  Titles are kept before
 * anything else and shortened last, the longest first.  No links: the papers are
 * one touch away, in the thread.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_SLACK_HEAD_H
#define ADAPTERS_DIALECTS_DIALECT_SLACK_HEAD_H

#include "bot/base/arena.h"
#include "bot/model/document.h"

/* The message, JSON in the arena. */
const char *dialect_slack_head(const struct document *document,
        const char *header, struct arena *arena);

#endif
