/*
 * program_measures.h - what the daemon tells of itself, from its store and its
 * configuration.
 */
#ifndef BOT_PROGRAM_MEASURES_H
#define BOT_PROGRAM_MEASURES_H

#include "bot/ports/query.h"
#include "bot/program/program_setup.h"

/* NULL if the store answers, else one line in the arena. */
const char *program_measures_trouble(struct program_setup *setup,
        struct arena *arena);

/* Appends what the store knows: the outbox, papers, each category's newest
 * announcement, each channel's last digest, what each writer has used today and
 * each source of facts was asked. */
bool program_measures_add(struct program_setup *setup, struct arena *arena,
        struct measure_list *list, struct error *err);

#endif
