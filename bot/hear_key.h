/*
 * hear_key.h - what an answer's messages are found by again.
 *
 * An event's id is the product's, of any length and any bytes; an occasion's key
 * is short.  So the key holds a hash of account and event: who edits a command
 * names the event that it was, and finds its answer.
 */
#ifndef BOT_HEAR_KEY_H
#define BOT_HEAR_KEY_H

#include "bot/base/arena.h"

#include <stdint.h>

/* "answer/89abcdef01234567": the occasion of what answers the event. */
char *hear_key_answer(struct arena *arena, const char *account,
        const char *event_id);
/* "answer/89abcdef01234567/wait": of what is said before it. */
char *hear_key_wait(struct arena *arena, const char *account,
        const char *event_id);

/* "share/89abcdef01234567": of what an answer's key is shared as. */
char *hear_key_share(struct arena *arena, const char *answer);

/* FNV-1a over both, 64 bits: the same in every run. */
uint64_t hear_key_hash(const char *first, const char *second);

#endif
