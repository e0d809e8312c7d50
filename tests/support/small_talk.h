/*
 * small_talk.h - a small store to which anything can be said, for fuzz targets.
 *
 * Like asking.h's, but without a test around it: a broken promise aborts.
 */
#ifndef TESTS_SUPPORT_SMALL_TALK_H
#define TESTS_SUPPORT_SMALL_TALK_H

#include "bot/commands/command.h"

struct small_talk {
    struct store *store;
    struct channel channel; /* in Chinese and English, wants cs.LG and cs.CV;
                             * its digest of yesterday has two papers */
};

/* Opens the store ("memory:", "sqlite:PATH") and fills it, if it is new. */
struct small_talk small_talk_open(const char *url);
void small_talk_close(struct small_talk *talk);

/*
 * Says the lines, one behind the other, as one person; returns the answers as
 * text, in the arena.  What they did is taken back.
 */
const char *small_talk_say(const struct small_talk *talk,
        const char *const *lines, size_t count, bool allowed,
        struct arena *arena);

#endif
