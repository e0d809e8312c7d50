/*
 * signal.h - what others thought of a paper: votes, citations, one number a
 * kind.
 *
 * A signal only grows: of what is seen of it the greatest value counts, so that
 * an old file or a vote taken back makes nothing rise twice.
 */
#ifndef BOT_MODEL_SIGNAL_H
#define BOT_MODEL_SIGNAL_H

#include "bot/base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Votes of Hugging Face's daily papers. */
#define SIGNAL_HF_VOTES "hf-votes"
/* Other papers that cite it, as OpenAlex or Semantic Scholar count them. */
#define SIGNAL_CITATIONS "citations"

struct signal {
    const char *paper_id;
    const char *kind; /* "hf-votes" */
    int64_t value;    /* from 0 */
    int64_t seen_ms;  /* when it was so great first; 0 if unknown */
};

struct signal_list {
    struct signal *items;
    size_t count;
};

/* The value of a kind; 0 if there is none. */
int64_t signal_value(const struct signal_list *signals, const char *kind);

/* A deep copy into the arena. */
struct signal_list signal_list_copy(struct arena *arena,
        const struct signal_list *signals);

#endif
