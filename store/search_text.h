/*
 * search_text.h - a paper as the one text that every store searches.
 *
 * The text is a row of tokens with a space before and after each.  First come
 * those of the titles, the abstract, the notes and the names, in order, with
 * SEARCH_MARK_BREAK where a phrase must not go on; then what has no place in that
 * order.  Some tokens come again behind a mark, so that a plain search for them
 * says that they stand in a title or a name: no token of text_tokens.h holds
 * any of these marks.
 */
#ifndef STORE_SEARCH_TEXT_H
#define STORE_SEARCH_TEXT_H

#include "bot/base/text_tokens.h"
#include "bot/model/note.h"
#include "bot/model/paper.h"

#define SEARCH_MARK_BREAK "\u00B6" /* ¶ */
#define SEARCH_MARK_ANY "\u00A7"   /* § stands in every paper's text */
#define SEARCH_MARK_TITLE                                                      \
    "\u00AB" /* «word: in a title, the paper's or a note's */
#define SEARCH_MARK_NAME "\u00B7"     /* ·word: in an author's name */
#define SEARCH_MARK_CATEGORY "\u00A7" /* §cs·lg */

enum {
    SEARCH_NUMBER_BITS = 24 /* arXiv holds 3 million papers after 35 years */
};

/* " «graph «nets ... ", in the arena. */
const char *search_text_of(struct arena *arena, const struct paper *paper,
        const struct note_list *notes);

/*
 * Where a paper stands among all: later days of submission are greater, of one
 * day those stored later.  number counts the stored papers and is below
 * 2^SEARCH_NUMBER_BITS.
 */
int64_t search_text_row(const struct paper *paper, int64_t number);
/* The least row of a day, if its papers are numbered from 0. */
int64_t search_text_first_row(struct civil_date day);

/* The words of a name, for comparing: "J.-L. O'Brien" is j, l, obrien. */
struct text_token_list search_text_name(struct arena *arena, const char *name);
/* What stands for (first word, last word) of a name in the text. */
const char *search_text_name_key(struct arena *arena, const char *first,
        const char *last);
/* The same with the first word's initial, whatever the name has. */
const char *search_text_initial_key(struct arena *arena, const char *first,
        const char *last);
/* The first character of a word. */
const char *search_text_initial(struct arena *arena, const char *word);

/* "§cs·lg" */
const char *search_text_category(struct arena *arena, const char *code);

#endif
