/*
 * terminal.h - the terminal that standard input is.
 */
#ifndef ADAPTERS_TERMINAL_H
#define ADAPTERS_TERMINAL_H

#include <stdbool.h>

/* Whether what is typed is shown.  A signal that ends the program while it is
 * hidden gives the terminal back as it was. */
void terminal_hide_typing(bool hide);

#endif
