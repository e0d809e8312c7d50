/*
 * text_latex_table.h - which LaTeX name is which character.
 *
 * Greek, symbols, operators, relations, arrows and function names of LaTeX2e
 * and amsmath; fonts; what Unicode has of raised and lowered letters.  The
 * characters are Unicode's (charts "Mathematical Operators", "Arrows",
 * "Letterlike Symbols", "Superscripts and Subscripts", "Phonetic Extensions").
 */
#ifndef BOT_BASE_TEXT_LATEX_TABLE_H
#define BOT_BASE_TEXT_LATEX_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum text_latex_kind {
    LATEX_LETTER, /* stands as it is: letters, brackets, big operators */
    LATEX_BINARY, /* between two things: operators, relations, arrows */
    LATEX_WORD,   /* a function's name */
    LATEX_SPACE,
    LATEX_NOTHING, /* sizes, weights: not seen in plain text */
    LATEX_ACCENT,  /* a combining mark for the argument */
    LATEX_GROUP,   /* its argument, in math */
    LATEX_TEXT,    /* its argument, as prose */
};

struct text_latex_name {
    enum text_latex_kind kind;
    const char *text; /* "" where the kind says it all */
};

/* The name without its backslash; false if the tables do not have it. */
bool text_latex_table_find(const char *name, size_t length,
        struct text_latex_name *found);

enum text_latex_style {
    LATEX_DOUBLE_STRUCK,
    LATEX_SCRIPT,
    LATEX_FRAKTUR,
};

/* The letter or digit in that style, or itself where Unicode has none. */
uint32_t text_latex_table_styled(enum text_latex_style style, uint32_t rune);

/* The rune as superscript or as subscript; 0 if Unicode has none. */
uint32_t text_latex_table_raised(uint32_t rune);
uint32_t text_latex_table_lowered(uint32_t rune);

#endif
