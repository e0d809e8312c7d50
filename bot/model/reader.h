/*
 * reader.h - what is kept of a person: votes, saved papers, where they read.
 *
 * A person is (account, native user id).  Votes belong to the channel they were
 * cast in, saved papers to the person everywhere in the account.
 */
#ifndef BOT_MODEL_READER_H
#define BOT_MODEL_READER_H

#include <stddef.h>
#include <stdint.h>

enum {
    VOTE_UP = 1,
    VOTE_NONE = 0,
    VOTE_DOWN = -1
};

struct vote {
    const char *person; /* native id */
    const char *paper_id;
    int value; /* VOTE_UP or VOTE_DOWN */
    int64_t voted_ms;
};

struct vote_list {
    struct vote *items;
    size_t count;
};

struct saved_paper {
    const char *paper_id;
    int64_t saved_ms;
};

struct saved_list {
    struct saved_paper *items;
    size_t count;
};

/* How much is kept of a person, or was erased. */
struct traces {
    size_t votes, saved;
    size_t events;            /* that wait to be heard */
    size_t changes, settings; /* that name who made them */
    size_t drafts;            /* that name who chose */
    size_t bookmarks;         /* where reading goes on */
    size_t answers; /* for the person alone, and not waiting to be sent */
};

struct person {
    const char *account; /* the home of a channel's identity */
    const char *id;      /* native */
};

struct person_list {
    struct person *items;
    size_t count;
};

#endif
