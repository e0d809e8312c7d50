/*
 * content_topic.h - what a paper is about, by a small table of phrases.
 */
#ifndef BOT_CONTENT_CONTENT_TOPIC_H
#define BOT_CONTENT_CONTENT_TOPIC_H

#include "bot/phrase.h"
#include "bot/selection_match.h"

#include <stdbool.h>
#include <stdint.h>

enum content_topic {
    TOPIC_NONE, /* holds of nothing */
    TOPIC_RESOURCE,
    TOPIC_SURVEY,
    TOPIC_LANGUAGE_MODEL,
    TOPIC_REASONING_TITLE,
    TOPIC_REASONING,
    TOPIC_REINFORCEMENT,
    TOPIC_AGENT,
    TOPIC_MULTIMODAL,
    TOPIC_MEDIA_TITLE,
    TOPIC_MEDIA,
    TOPIC_SCALE,
    TOPIC_RELEASE,
    TOPIC_EFFICIENCY,
    TOPIC_MEDICINE,
    TOPIC_RECOGNITION,
    TOPIC_APPLICATION,
    TOPIC_THEORY,
    TOPIC_REPORT,
    TOPIC_COUNT,
};

/* A bit a topic: 1 << TOPIC_MEDICINE. */
uint64_t content_topic_all(const struct match_paper *paper);

/* "medicine", "医学". */
const struct phrase *content_topic_phrase(enum content_topic topic);

/* True if the phrase table is in order, as looking up needs; for the tests. */
bool content_topic_is_sorted(void);

#endif
