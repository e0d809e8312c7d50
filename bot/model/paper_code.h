/*
 * paper_code.h - where a paper's code is, as it says itself.
 *
 * Places that keep code, models and data are known by their hosts; a project
 * page is none.  Pure.
 */
#ifndef BOT_MODEL_PAPER_CODE_H
#define BOT_MODEL_PAPER_CODE_H

#include "bot/base/arena.h"
#include "bot/model/paper.h"

/*
 * The first link to such a place in a text, whatever stands around it
 * ("\url{...}", a full stop, no scheme), as an https:// address in the arena; ""
 * if there is none.
 */
const char *paper_code_in(const char *text, struct arena *arena);

/* Where the paper's code is: as its abstract or comment says, else as a page of it
 * links; "" if nobody told. */
const char *paper_code_of(const struct paper *paper, struct arena *arena);

#endif
