/*
 * command_entries.h - papers in a list: title, who, link, and no more.
 */
#ifndef BOT_COMMAND_ENTRIES_H
#define BOT_COMMAND_ENTRIES_H

#include "bot/commands/command.h"

struct command_entry {
    const struct paper *paper;
    const char *tag;  /* NULL: as the channel would show it */
    const char *mark; /* behind the title; NULL or "" for none */
};

/* Adds an entry each, with the title in the channel's first language where there
 * is a note.  All is borrowed for as long as the answer. */
bool command_entries_add(const struct command_call *call,
        const struct command_entry *entries, size_t count,
        struct command_answer *answer, struct error *err);

#endif
