/*
 * json_text.h - a string as JSON writes it.
 */
#ifndef BOT_BASE_JSON_TEXT_H
#define BOT_BASE_JSON_TEXT_H

#include "bot/base/text.h"

/* Appends string, which is UTF-8, in double quotes and escaped as RFC 8259,
 * section 7 wants it. */
void json_text_add(struct text *text, const char *string);

#endif
