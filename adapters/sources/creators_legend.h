/*
 * creators_legend.h - the footnotes of an author list: which mark stands for
 * which institute.
 *
 * "A (1), B (1 and 2) ((1) Inst X, (2) Inst Y)" (help/prep), and as authors vary
 * it: letters, small Roman numbers and stars for marks, "[1]", "1:" and "1 "
 * before an institute, no parentheses around the whole.
 */
#ifndef ADAPTERS_SOURCES_CREATORS_LEGEND_H
#define ADAPTERS_SOURCES_CREATORS_LEGEND_H

#include "adapters/sources/record.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CREATORS_LEGEND_MAX = 200,
    CREATORS_LEGEND_MARK_SIZE = 8,
};

struct creators_legend {
    struct creators_footnote {
        char mark[CREATORS_LEGEND_MARK_SIZE];
        const char *institute; /* in the record's arena */
        bool used;
    } items[CREATORS_LEGEND_MAX];
    size_t count;
};

/* Cuts the footnotes off a line whose parentheses match; none: *legend is empty
 * and the line stays. */
void creators_legend_take(struct creators_legend *legend, struct record *record,
        char *line);

/* Adds a footnote; one without an institute, or with a long mark, is left out. */
void creators_legend_add(struct creators_legend *legend, const char *mark,
        size_t length, const char *institute);

/* True if a group behind a name is made of marks ("1 and 2", "a,c", "1-3").
 * Their institutes join the paper's; *first is the first, "" if no footnote has
 * any of the marks. */
bool creators_legend_resolve(struct creators_legend *legend,
        struct record *record, const char *group, const char **first);

/* Institutes that no author pointed to are the paper's all the same. */
void creators_legend_rest(const struct creators_legend *legend,
        struct record *record);

#endif
