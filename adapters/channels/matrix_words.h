/*
 * matrix_words.h - what a message asks of the bot; pure.
 *
 * Commands are written "!paper ...", "/paper ...", "//paper ..." or with their
 * full-width signs, because clients differ in what they let through; or the bot
 * is mentioned first, by a pill, its name or its id.  In a room of two, all is
 * meant for it.  For adapters/channels/matrix*.c alone.
 */
#ifndef ADAPTERS_CHANNELS_MATRIX_WORDS_H
#define ADAPTERS_CHANNELS_MATRIX_WORDS_H

#include "bot/base/arena.h"

#include <stdbool.h>

struct matrix_words {
    const char *body;
    const char *formatted; /* HTML; "" for none: only pills are looked for */
    bool reply;            /* the body may begin with what it replies to */
    bool mentions;         /* m.mentions names the bot */
};

struct matrix_words_self {
    const char *user_id, *display_name; /* "" if it has none */
};

/*
 * What is asked, without what it begins with, in the arena; "" if only that was
 * written.  NULL: the message is not for the bot.
 */
const char *matrix_words_asked(struct arena *arena,
        const struct matrix_words *words, const struct matrix_words_self *self,
        bool direct);

#endif
