/*
 * jsonl.h - one JSON object a line, one paper an object.
 *
 * What every such format has in common: lines become records, a broken line
 * costs itself only, and reading can go on behind any line.
 */
#ifndef ADAPTERS_SOURCES_JSONL_H
#define ADAPTERS_SOURCES_JSONL_H

#include "adapters/json.h"
#include "adapters/sources/input.h"
#include "adapters/sources/record.h"

struct jsonl_line {
    struct record *record;
    const cJSON *object;
};

/* Takes the object's fields into the record. */
typedef void jsonl_take_fn(struct jsonl_line *line);

/* Reads to the end; see struct format. */
bool jsonl_read(struct input *input, struct record *record, jsonl_take_fn *take,
        struct error *err);

/* True if one of the first lines is an object that is_it knows as its own; so
 * many are asked that a broken first one costs only itself.  Of a line so long
 * that its end cannot be seen begins_it judges. */
bool jsonl_sniff(const struct input_look *look,
        bool (*is_it)(const cJSON *object),
        bool (*begins_it)(const struct input_look *line));

/* "is a number", in the record's arena. */
const char *jsonl_describe(struct jsonl_line *line, const char *verb,
        const cJSON *node);

/* A member's text as it stands, "" if there is none; a fault if it is no
 * text. */
const char *jsonl_raw(struct jsonl_line *line, const cJSON *object,
        const char *key);
/* The same, cleaned. */
const char *jsonl_prose(struct jsonl_line *line, const cJSON *object,
        const char *key);

#endif
