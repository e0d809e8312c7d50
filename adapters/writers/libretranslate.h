/*
 * libretranslate.h - [writer NAME] type = libretranslate: a LibreTranslate server
 * translates title and abstract's best sentences.
 *
 * https://docs.libretranslate.com: POST /translate with q, source, target, format
 * and, where it wants one, api_key.
 */
#ifndef ADAPTERS_WRITERS_LIBRETRANSLATE_H
#define ADAPTERS_WRITERS_LIBRETRANSLATE_H

#include "bot/ports/writer.h"

extern const struct writer_kind libretranslate_kind;

#endif
