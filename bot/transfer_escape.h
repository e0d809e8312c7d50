/*
 * transfer_escape.h - any string as the value of an INI key, and back.
 */
#ifndef BOT_TRANSFER_ESCAPE_H
#define BOT_TRANSFER_ESCAPE_H

#include "bot/base/arena.h"

/*
 * A backslash becomes two, a semicolon \; (it would begin a comment), control
 * characters, bytes that are no UTF-8, and spaces at an end or side by side \xHH.
 */
const char *transfer_escape(const char *string, struct arena *arena);

/* The string again; NULL if a backslash stands before anything else. */
const char *transfer_escape_undo(const char *value, struct arena *arena);

#endif
