/*
 * command_topic.h - one thing that a channel follows: a category, a word, an
 * author, or a word that is to be kept away.
 */
#ifndef BOT_COMMAND_TOPIC_H
#define BOT_COMMAND_TOPIC_H

#include "bot/commands/command.h"

enum command_topic_kind {
    COMMAND_TOPIC_CATEGORY,
    COMMAND_TOPIC_WORD,
    COMMAND_TOPIC_AUTHOR,
    COMMAND_TOPIC_UNWANTED,
    COMMAND_TOPIC_KINDS,
};

struct command_topic {
    enum command_topic_kind kind;
    const char *text; /* a code, a word or phrase, a name */
};

/* The list of a kind in a subscription. */
struct string_list *command_topic_list(struct subscription *subscription,
        enum command_topic_kind kind);

/* Whether a text of the same kind means the same. */
bool command_topic_is(const struct command_topic *topic, const char *text,
        struct arena *arena);

/* Where a topic stands in a list of its kind; the count if it does not. */
size_t command_topic_place(const struct string_list *list,
        const struct command_topic *topic, struct arena *arena);

/* The same for what is to be taken out: of an author who does not stand there so,
 * the only one who may be meant ("C Finn": Chelsea Finn). */
size_t command_topic_only_fit(const struct string_list *list,
        const struct command_topic *topic, struct arena *arena);

/* A topic as it is typed: LG, "diffusion", by:"Chelsea Finn", -survey. */
const char *command_topic_typed(const struct command_call *call,
        const struct command_topic *topic);

/* All that is followed, as it is typed; archives that are complete as "cs.*". */
const char *command_topic_all(const struct command_call *call,
        const struct subscription *subscription);

#endif
