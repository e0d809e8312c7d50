/*
 * labels.h - the words Paperboy itself says, in the reader's language.
 *
 * One table a language (bot/data/labels.c); a language without a table gets
 * English.  A text may hold the places %1 to %4, which label_fill fills.
 */
#ifndef BOT_LABELS_H
#define BOT_LABELS_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum label {
    LABEL_LEGEND_JOIN,   /* between two categories of the legend */
    LABEL_HEADLINE,      /* "摘要:" */
    LABEL_HEADLINE_JOIN, /* "、" */
    LABEL_NUMBER_STOP,   /* "、" after a paper's number in the full style */
    LABEL_NOTE_STOP,     /* "。" between note title and note digest */
    LABEL_ALSO,          /* "另外几篇值得关注的论文:" */
    LABEL_UNTRANSLATED,  /* the small mark where a note is missing */
    LABEL_QUIET_HOLIDAY, /* "今日 arXiv 无公告" */
    LABEL_QUIET_LATE,    /* it is not out yet, and will come */
    LABEL_QUIET_FAILED,  /* it cannot be read yet, and will come */
    LABEL_MARK_VERSION,  /* behind a title: %1 the number of a new version */
    LABEL_MARK_WITHDRAWN,
    LABEL_MARK_ACCEPTED, /* %1 where */
    LABEL_WEEK,          /* above the best of the week: why it is there */
    LABEL_WEEK_TITLE,    /* as LABEL_DIGEST_TITLE */
    LABEL_WEEK_FOOT,     /* as LABEL_FOOT, of a week that ends there */
    LABEL_CHOSEN,        /* the credit of curators: %1 their names */
    LABEL_CURATED,       /* %1 a curator's words, in place of the notes' */
    LABEL_DIGEST_TITLE,  /* one line for notifications: %1 the date with a space
                          * before it, or nothing; %2 how many papers */
    LABEL_FOOT,       /* %1 month and day with a space before them, or nothing;
                       * %2 new, %3 cross-listed, %4 chosen */
    LABEL_TRANSLATED, /* %1 a language's name, %2 who translated into it */
    LABEL_WRITTEN,    /* the same, of notes in the papers' own language */
    LABEL_TAKE_DOWN,  /* where pictures are shown: %1 whom to ask */
    LABEL_ALERT_CHANNEL, /* %1 the channel, %2 why nothing can be sent there */
    LABEL_ALERT_CHANNEL_WELL, /* %1 the channel */
    LABEL_ALERT_FEED,         /* %1 categories, %2 the day */
    LABEL_ALERT_FEED_WELL,    /* %1 categories */
    LABEL_ALERT_DIGEST,
    LABEL_ALERT_DIGEST_WELL,
    LABEL_ALERT_BUDGET,      /* %1 the writer, %2 what was spent */
    LABEL_ALERT_BUDGET_WELL, /* %1 the writer */
    LABEL_SPENT_REQUESTS,    /* %1 how many, or LABEL_SPENT_OF */
    LABEL_SPENT_TOKENS,      /* likewise */
    LABEL_SPENT_MONEY,       /* likewise */
    LABEL_SPENT_OF,          /* %1 of %2 that there are */
    LABEL_ALERT_MORE,        /* %1 how many lines were left out */
    LABEL_CHINESE,           /* the languages' names */
    LABEL_ENGLISH,
    LABEL_COUNT,
};

struct label_table {
    const char *language;     /* primary subtag: "zh" */
    const char *const *texts; /* LABEL_COUNT of them */
};

/* English first: it serves every language without a table. */
extern const struct label_table label_tables[];
extern const size_t label_table_count;

const char *label_text(enum label label, const char *language);

/* The text with %1 to %4 replaced by the values, in the arena. */
char *label_fill(struct arena *arena, enum label label, const char *language,
        const char *const values[4]);

/* A category's name in a language: "机器学习", "Machine Learning"; the code if
 * it is not in the taxonomy. */
const char *label_category(const char *code, const char *language);

/* True if both tags name one language: "zh" and "zh-Hans" do. */
bool label_same_language(const char *a, const char *b);

#endif
