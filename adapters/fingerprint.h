/*
 * fingerprint.h - a name for a secret that does not give it away.
 */
#ifndef ADAPTERS_FINGERPRINT_H
#define ADAPTERS_FINGERPRINT_H

#include "bot/base/arena.h"

/* The first 64 bits of the secret's SHA-256 as 16 hexadecimal digits, in the
 * arena; "" for "".  Only for secrets that nobody can guess: who guesses one
 * can check it. */
char *fingerprint_of(const char *secret, struct arena *arena);

#endif
