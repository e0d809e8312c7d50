/*
 * extractive.h - [writer NAME] type = extractive: the abstract's best sentences.
 *
 * Asks nobody and costs nothing; writes in the papers' own language alone, as it
 * only chooses among what the authors wrote.
 */
#ifndef ADAPTERS_WRITERS_EXTRACTIVE_H
#define ADAPTERS_WRITERS_EXTRACTIVE_H

#include "bot/ports/writer.h"

extern const struct writer_kind extractive_kind;

#endif
