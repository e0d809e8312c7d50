/*
 * labels.h - the words Paperboy itself says, in the reader's language.
 *
 * One table a language (bot/data/labels.c); a language without a table gets
 * English.
 */
#ifndef BOT_LABELS_H
#define BOT_LABELS_H

enum label {
    LABEL_HEADLINE,      /* "摘要:" */
    LABEL_HEADLINE_JOIN, /* "、" */
    LABEL_NUMBER_STOP,   /* "、" after a paper's number in the full style */
    LABEL_NOTE_STOP,     /* "。" between note title and note digest */
    LABEL_ALSO,          /* "另外几篇值得关注的论文:" */
    LABEL_UNTRANSLATED,  /* the small mark where a note is missing */
    LABEL_QUIET_HOLIDAY, /* "今日 arXiv 无公告" */
    LABEL_DIGEST_TITLE, /* one line for notifications: "论文日报 %s" (date) */
    LABEL_COUNT,
};

const char *label_text(enum label label, const char *language);

/* A category's name in a language: "机器学习", "Machine Learning"; the code if
 * it is not in the taxonomy. */
const char *label_category(const char *code, const char *language);

#endif
