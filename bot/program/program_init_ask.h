/*
 * program_init_ask.h - the questions of "paperboy init".
 */
#ifndef BOT_PROGRAM_INIT_ASK_H
#define BOT_PROGRAM_INIT_ASK_H

#include "bot/dialog.h"
#include "bot/program/program_init_words.h"
#include "bot/program/program_init_write.h"
#include "bot/program/program_setup.h"

enum {
    PROGRAM_INIT_SETTINGS_MAX = 16
};

/* One setting up. */
struct program_init {
    struct program_setup *setup;
    struct dialog dialog;
    struct arena *arena;
    bool chinese;
    const char *path; /* to be written */
    const struct account_kind *kind;
    const struct setting_spec *spec; /* being asked for */
    struct init_answers answers;
    struct init_setting settings[PROGRAM_INIT_SETTINGS_MAX];
    struct channel channel; /* what its keys were taken into */
    struct config config;
};

/* Asks for the language of the questions; the environment's is offered.  False
 * if the input ended. */
bool program_init_ask_language(struct program_init *init);

/* Asks all the rest and whether to write it; false if that is not wanted or the
 * input ended. */
bool program_init_ask_all(struct program_init *init);

/* A word in the reader's language; with a value in the place of its {}. */
const char *program_init_ask_word(const struct program_init *init,
        enum init_word word);
const char *program_init_ask_filled(const struct program_init *init,
        enum init_word word, const char *value);

#endif
