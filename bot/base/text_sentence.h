/*
 * text_sentence.h - where sentences end.
 */
#ifndef BOT_BASE_TEXT_SENTENCE_H
#define BOT_BASE_TEXT_SENTENCE_H

#include <stddef.h>

/*
 * Where the sentence ends whose stop stands at string[at], quotes and brackets that
 * close behind it included; 0 if there is no such stop.  The stops of abbreviations
 * ("et al.", "e.g.", "J. Smith") end none, nor does what goes on in lower case.  A
 * space that was forgotten ("It fails.We show") is seen.
 */
size_t text_sentence_end(const char *string, size_t at);

#endif
