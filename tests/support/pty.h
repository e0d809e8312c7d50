/*
 * pty.h - a program on a terminal of its own, driven as a person would.
 *
 * What it shows is read as it comes; a wait ends when the words are there, or
 * fails the test after ten seconds.
 */
#ifndef TESTS_SUPPORT_PTY_H
#define TESTS_SUPPORT_PTY_H

#include <stdbool.h>

struct pty;

/* Starts args[0] with args (NULL-terminated) in a folder, with environment
 * ("NAME=VALUE", NULL-terminated).  Ends the test program if that fails. */
struct pty *pty_start(const char *folder, const char *const *args,
        const char *const *environment);

/* Waits for words that were not waited for before; false, with what was shown
 * instead, if they do not come. */
bool pty_wait(struct pty *pty, const char *words);

/* Types a line, or single keys; pty_end_input is Ctrl-D at its beginning. */
void pty_type(struct pty *pty, const char *line);
void pty_type_keys(struct pty *pty, const char *keys);
void pty_end_input(struct pty *pty);
void pty_interrupt(struct pty *pty); /* Ctrl-C */

/* SIGTERM from elsewhere: what was typed stays, as Ctrl-C does not let it. */
void pty_terminate(struct pty *pty);

/* Whether the terminal shows what is typed. */
bool pty_echoes(const struct pty *pty);

/* Waits for its end: the exit code, or 128 + the signal that ended it. */
int pty_end(struct pty *pty);

/* All it has shown, "\r" left out; valid until the next call. */
const char *pty_shown(const struct pty *pty);

void pty_close(struct pty *pty);

#endif
