/*
 * draft_change.h - how a draft is changed.  Pure.
 *
 * In its list the top papers come first, then the further ones, then those that
 * are out; places are counted through both tiers that are in, from 1.  Numbers
 * stay with their papers.
 */
#ifndef BOT_DRAFT_CHANGE_H
#define BOT_DRAFT_CHANGE_H

#include "bot/base/arena.h"
#include "bot/model/draft.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    DRAFT_CHANGE_IN_MAX = 100,     /* papers that are in */
    DRAFT_CHANGE_PAPERS_MAX = 300, /* and in all */
};

/* The paper with that number, or id; NULL if there is none. */
struct draft_paper *draft_change_number(const struct draft *draft,
        unsigned number);
struct draft_paper *draft_change_id(const struct draft *draft, const char *id);

size_t draft_change_in(const struct draft *draft); /* how many are in */
unsigned draft_change_last_number(const struct draft *draft); /* 0: none */
/* Where a paper that is in stands; 0 if it is out. */
size_t draft_change_place(const struct draft *draft,
        const struct draft_paper *paper);

/* Adds a paper, out, under the next number. */
struct draft_paper *draft_change_add(struct draft *draft, const char *id,
        const char *tag, struct arena *arena);

/* To the end of a tier, or out.  Pointers into the list are stale afterwards. */
void draft_change_put(struct draft *draft, unsigned number,
        enum draft_place place);

/* To a place (the last one if there are fewer), in the tier of whoever has it
 * now.  A paper that is out is taken in. */
void draft_change_move(struct draft *draft, unsigned number, size_t place);

#endif
