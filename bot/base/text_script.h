/*
 * text_script.h - in which scripts a text is written.
 */
#ifndef BOT_BASE_TEXT_SCRIPT_H
#define BOT_BASE_TEXT_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

struct text_scripts {
    size_t han;   /* characters */
    size_t latin; /* letters */
    size_t words; /* runs of Latin letters, what is joined to them included:
                   * "GPT-4o" is one */
    size_t greek;
    size_t other;     /* letters of any other script */
    uint32_t foreign; /* the first of these; 0 for none */
};

/* Counts the letters of a UTF-8 string (Unicode's scripts; digits, signs and
 * what several scripts share count for none). */
struct text_scripts text_scripts_of(const char *string);

#endif
