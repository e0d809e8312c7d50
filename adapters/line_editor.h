/*
 * line_editor.h - the port of that name over libedit.
 */
#ifndef ADAPTERS_LINE_EDITOR_H
#define ADAPTERS_LINE_EDITOR_H

#include "bot/ports/line_editor.h"

struct line_editor *line_editor_open(const struct line_editor_options *options,
        struct error *err);

#endif
