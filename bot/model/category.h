/*
 * category.h - arXiv's subject classes, with both languages' names.
 *
 * The table is complete (arxiv.org/category_taxonomy) and lies in
 * bot/data/taxonomy.c.  A tag is the last part of the code ("cs.LG" -> "LG"),
 * and the full code where two archives share that part ("cs.SY", "eess.SY") or
 * there is no dot ("hep-th").  Only cs.CV keeps "CV" although math.CV shares
 * it, because the model digest prints it so.
 */
#ifndef BOT_MODEL_CATEGORY_H
#define BOT_MODEL_CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

struct category {
    const char *code;    /* "cs.LG" */
    const char *tag;     /* "LG" */
    const char *english; /* "Machine Learning" */
    const char *chinese; /* "机器学习" */
    const char *alias;   /* the code that arXiv treats as this one, or "" */
};

extern const struct category category_table[];
extern const size_t category_count;

/* The category of a code as arXiv writes it; NULL if there is none such. */
const struct category *category_find(const char *code);

/*
 * What a person wrote: code, tag, English or Chinese name, last part of a code;
 * letter case and width ignored.  Of two aliases the one arXiv files under.
 * NULL if none fits or several do (then *ambiguous is true).
 */
const struct category *category_lookup(const char *word, bool *ambiguous);

/* True if both codes name one class: the same, or aliases (cs.SY = eess.SY). */
bool category_same(const char *a, const char *b);

/* Has the form of a code ("cs.LG", "hep-th", "astro-ph.GA") and is known, now
 * or formerly (cmp-lg, alg-geom, ...). */
bool category_is_code(const char *word);

/* The tag of a code; the code itself if it is not in the table. */
const char *category_tag(const char *code);

#endif
