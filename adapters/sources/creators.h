/*
 * creators.h - the names in one string, as arXiv's feed and author lists have
 * them.
 *
 * "A. Author (Univ. X, City Y), B. Other": commas at the top level divide,
 * parentheses hold affiliations with commas of their own (help/prep).  The
 * numbered form is resolved: "A (1), B (1 and 2) ((1) Inst X, (2) Inst Y)".
 */
#ifndef ADAPTERS_SOURCES_CREATORS_H
#define ADAPTERS_SOURCES_CREATORS_H

#include "adapters/sources/record.h"

/* Adds every author of the line (cleaned UTF-8) to the record.  Parentheses
 * that do not match are taken as letters. */
void creators_read(struct record *record, const char *line);

/* The same of a line as authors write it on submission: "A. Author, B. Other
 * and C. Third", "X Collaboration: A. Author". */
void creators_read_submitted(struct record *record, const char *line);

#endif
