/*
 * deepl.h - [writer NAME] type = deepl: DeepL translates title and abstract's best
 * sentences.
 *
 * https://developers.deepl.com/docs/api-reference/translate: POST /v2/translate,
 * Authorization: DeepL-Auth-Key KEY; keys that end in ":fx" belong to the free host.
 */
#ifndef ADAPTERS_WRITERS_DEEPL_H
#define ADAPTERS_WRITERS_DEEPL_H

#include "bot/ports/writer.h"

extern const struct writer_kind deepl_kind;

#endif
