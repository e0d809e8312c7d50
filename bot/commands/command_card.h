/*
 * command_card.h - the family of a paper's full card: "/paper 2210.11693".
 */
#ifndef BOT_COMMAND_CARD_H
#define BOT_COMMAND_CARD_H

#include "bot/commands/command.h"
#include "bot/commands/command_paper.h"

extern const struct command command_card_rows[];

/*
 * Adds the paper's card to the answer: the entry that a digest of the channel
 * in full style has, with what became of the paper since as a mark, and below
 * it where its code is, who told its affiliations, how often it is cited and when
 * it was posted there.
 */
bool command_card_add(const struct command_call *call,
        const struct command_paper *paper, struct command_answer *answer,
        struct error *err);

/* The tag that the paper has, or would have, in the channel. */
const char *command_card_tag(const struct command_call *call,
        const struct paper *paper);

#endif
