/*
 * process.h - a child process on the test's loop: its standard error is read
 * line by line, and it can be killed at any instant.
 */
#ifndef TESTS_SUPPORT_PROCESS_H
#define TESTS_SUPPORT_PROCESS_H

#include "adapters/loop.h"

#include <stdbool.h>
#include <stddef.h>

struct process;

/* Starts args[0] with args (NULL-terminated), standard input and output on
 * /dev/null.  Ends the test program if that fails. */
struct process *process_start(struct loop *loop, const char *const *args);

/* How many lines of its standard error so far hold the word. */
size_t process_lines_with(const struct process *process, const char *word);

/* All it has said on standard error, NUL-terminated; valid until the next turn
 * of the loop. */
const char *process_said(const struct process *process);

int process_id(const struct process *process);

void process_signal(struct process *process, int signal_number);
bool process_ended(const struct process *process);
/* Its exit code, or 128 + the signal that ended it. */
int process_exit_code(const struct process *process);

/* Frees a process that has ended; its handles are gone after the next turn. */
void process_close(struct process *process);

#endif
