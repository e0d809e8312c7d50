/*
 * hear_limit.h - how many commands of one person are answered in a minute.
 *
 * A sliding window a person, in memory: after a restart it begins anew.  Who is
 * over it is told so once, then nothing until it is over.
 */
#ifndef BOT_HEAR_LIMIT_H
#define BOT_HEAR_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    HEAR_LIMIT_ANSWERS = 20,  /* a person and window */
    HEAR_LIMIT_PERSONS = 512, /* remembered; who was silent longest goes */
};

#define HEAR_LIMIT_WINDOW_MS INT64_C(60000)

enum hear_verdict {
    HEAR_ANSWER,
    HEAR_TELL, /* that it is too much, and when it goes on */
    HEAR_SILENT,
};

struct hear_limit_person {
    uint64_t hash;                     /* of account and native id; 0: nobody */
    int64_t at_ms[HEAR_LIMIT_ANSWERS]; /* a ring: the oldest is at next */
    unsigned next;
    int64_t last_ms; /* whatever became of it */
    bool told;
};

struct hear_limit {
    struct hear_limit_person persons[HEAR_LIMIT_PERSONS];
};

/* Counts one command.  *wait_ms, with HEAR_TELL, is how long until another is
 * answered. */
enum hear_verdict hear_limit_judge(struct hear_limit *limit,
        const char *account, const char *person, int64_t now_ms,
        int64_t *wait_ms);

#endif
