/*
 * content_model.h - what a content model is: integer weights.
 *
 * Weights are in units of the model's own; unit[part] says what one is worth in
 * 1/1024 of a tenth of log odds.
 */
#ifndef BOT_CONTENT_CONTENT_MODEL_H
#define BOT_CONTENT_CONTENT_MODEL_H

#include "bot/content/content_fact.h"
#include "bot/content/content_term.h"
#include "bot/content/content_topic.h"

struct content_model {
    int term_unit[CONTENT_KINDS];
    int fact_unit;
    signed char facts[CONTENT_FACTS];
    signed char topics[TOPIC_COUNT];
    signed char terms[CONTENT_ALL_BUCKETS];
};

/* The one that the program ships: see bot/data/content_model.c. */
extern const struct content_model content_model_shipped;

#endif
