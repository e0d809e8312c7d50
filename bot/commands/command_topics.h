/*
 * command_topics.h - what a channel is to follow, as people write it: categories
 * (LG, cs.LG, 机器学习, cs.*), words and "phrases", by:"Chelsea Finn", -survey.
 */
#ifndef BOT_COMMAND_TOPICS_H
#define BOT_COMMAND_TOPICS_H

#include "bot/commands/command.h"
#include "bot/commands/command_topic.h"

enum {
    COMMAND_TOPICS_GRAPHEMES_MAX = 60,
    COMMAND_TOPICS_CATEGORIES_MAX = 80, /* of a channel: two large archives */
    COMMAND_TOPICS_WORDS_MAX = 50,      /* of each of the other kinds */
};

struct command_topics {
    struct command_topic *items;
    size_t count, capacity;
    bool loose_words; /* several words side by side that stand alone */
};

/*
 * Reads the words.  held is what the channel follows if topics of it are to be
 * named (then what it follows is preferred), or NULL.  False if the answer says
 * what was not understood, and asks back.
 */
bool command_topics_read(const struct command_call *call,
        const struct command_words *words, const struct subscription *held,
        struct command_answer *answer, struct command_topics *topics);

#endif
