/*
 * dialect_mrkdwn.h - Slack's markup: text that stays text, links that stay one.
 *
 * "&", "<" and ">" are escaped as entities (Slack docs, "Formatting message
 * text"); that is what keeps <!channel> from calling anybody.  The marks
 * * _ ~ ` have no escape: where one could open or close formatting, that is
 * anywhere but between two letters or digits, the character that looks like it
 * stands in its place.
 */
#ifndef ADAPTERS_DIALECTS_DIALECT_MRKDWN_H
#define ADAPTERS_DIALECTS_DIALECT_MRKDWN_H

#include "bot/base/text.h"
#include "bot/model/document.h"

#include <stddef.h>

/* Text of strangers. */
void dialect_mrkdwn_text(struct text *out, const char *text);

/* <url|label>, or only the label if the url is not safe; label "" shows the
 * url. */
void dialect_mrkdwn_link(struct text *out, const char *label, const char *url);

/* The same in bold, with the space before it that Slack needs. */
void dialect_mrkdwn_strong_link(struct text *out, const char *label,
        const char *url);

/* One inline piece of a document. */
void dialect_mrkdwn_piece(struct text *out, const struct document_node *piece);

/* For a plain_text object, where Slack does not say whether entities are read:
 * "&", "<", ">" become characters that look like them. */
char *dialect_mrkdwn_plain(struct arena *arena, const char *text);

/* Characters as a product in JavaScript counts them: UTF-16 units, which are
 * never fewer than code points. */
size_t dialect_mrkdwn_characters(const char *text);

#endif
