/*
 * author_text.h - a paper's authors and affiliations as one line each, to be
 * compared.
 */
#ifndef TESTS_SUPPORT_AUTHOR_TEXT_H
#define TESTS_SUPPORT_AUTHOR_TEXT_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

/* "Ada Loop[Rope University]; Ben Bow[]; ...", in the arena. */
const char *author_text_names(const struct paper *paper, struct arena *arena);

/* "Rope University | Cord Lab", in the arena. */
const char *author_text_places(const struct paper *paper, struct arena *arena);

#endif
