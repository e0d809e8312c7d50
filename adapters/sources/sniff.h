/*
 * sniff.h - what a file looks like by its first bytes.
 *
 * Formats ask here for the marks they know themselves by; what none of them
 * takes is told by a table of other things that people hand over by mistake.
 */
#ifndef ADAPTERS_SOURCES_SNIFF_H
#define ADAPTERS_SOURCES_SNIFF_H

#include "adapters/sources/input.h"
#include "bot/base/error.h"

#include <stdbool.h>

enum {
    SNIFF_NAME_SIZE = 64,
};

/* True if the string stands anywhere in what can be seen. */
bool sniff_finds(const struct input_look *look, const char *string);

/* The local name of an XML document's root element, its prologue skipped;
 * false if this is no XML. */
bool sniff_xml_root(const struct input_look *look, char name[SNIFF_NAME_SIZE]);

/* The first line that is not blank, as a part of the look. */
struct input_look sniff_first_line(const struct input_look *look);

/* Refuses with ERROR_INPUT: what the file looks like, and what would be right.
 * Always returns false. */
bool sniff_refuse(const struct input_look *look, struct error *err);

#endif
