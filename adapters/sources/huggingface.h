/*
 * huggingface.h - the votes of Hugging Face's daily papers, a day at a time.
 *
 * GET https://huggingface.co/api/daily_papers?date=DAY (huggingface_hub).  Its
 * papers are a copy of arXiv's; what counts are the votes.
 */
#ifndef ADAPTERS_SOURCES_HUGGINGFACE_H
#define ADAPTERS_SOURCES_HUGGINGFACE_H

#include "bot/ports/source.h"

/* "huggingface": settings url; needs [bot] contact. */
extern const struct source_kind huggingface_kind;

#endif
