/*
 * schedule_words.h - hours, days and zones as people write them, in English and
 * Chinese: "13:30 weekdays Asia/Shanghai", "8am every day Berlin",
 * "每周一至周五下午1点半 上海".  Pure.
 */
#ifndef BOT_SCHEDULE_WORDS_H
#define BOT_SCHEDULE_WORDS_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum schedule_flaw {
    SCHEDULE_FLAWLESS,
    SCHEDULE_FLAW_WORD,    /* means nothing here */
    SCHEDULE_FLAW_TIME,    /* no time of a day */
    SCHEDULE_FLAW_ZONE,    /* has the form of a zone and is none */
    SCHEDULE_FLAW_ZONES,   /* may mean one of several: choices */
    SCHEDULE_FLAW_REPEATS, /* a second time, or a second zone */
    SCHEDULE_FLAW_OFF,     /* "off" with a time or days */
};

struct schedule_words {
    int minute_of_day;    /* -1: not given */
    unsigned weekdays;    /* of enum in channel.h; 0: not given */
    const char *timezone; /* IANA name; "": not given */
    bool off;

    enum schedule_flaw flaw;    /* the first; what stands behind is not read */
    const char *word;           /* what is wrong, as it was written */
    const char *nearest;        /* the right form next to it; NULL for none */
    const char *const *choices; /* ends with NULL; with SCHEDULE_FLAW_ZONES */
};

/* Reads a plain line (text_plain), which may be empty; all in the arena. */
struct schedule_words schedule_words_read(struct arena *arena,
        const char *line);

#endif
