/*
 * banned.h - calls this house does not make; force-included by the Makefile.
 *
 * Unbounded copies, hidden state, and clocks and dice that a test cannot set.
 * adapters/loop.c is the one place that reads the clock, bot/base/chance.c the
 * one that rolls dice.  System headers come first, because the poison would
 * reach their own declarations.
 */
#ifndef BOT_BASE_BANNED_H
#define BOT_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok
#pragma GCC poison gmtime localtime atoi atol atof srand

/* OpenSSL's headers call parameters so, which poison would not let pass: any use
 * of the function is an error all the same. */
int rand(void) __attribute__((deprecated("chance is handed in: chance.h")));

#endif
