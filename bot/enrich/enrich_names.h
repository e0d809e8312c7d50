/*
 * enrich_names.h - what readers call the sources that tell where authors work.
 */
#ifndef BOT_ENRICH_NAMES_H
#define BOT_ENRICH_NAMES_H

/* "OpenAlex" for "openalex", in a language; a kind that is none of them is its
 * own name. */
const char *enrich_names_of(const char *kind, const char *language);

#endif
