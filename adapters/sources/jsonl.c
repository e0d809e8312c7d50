#include "adapters/sources/jsonl.h"

#include "adapters/sources/sniff.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    SNIFFED_LINES = 8,
    REPAIRED_MAX = 3 * INPUT_LINE_MAX, /* each bad byte becomes three */
};

/* --- telling --- */

static bool line_is_it(const struct input_look *line,
        bool (*is_it)(const cJSON *object))
{
    struct arena arena = {0};
    struct json json = {0};
    const char *text = text_repair(&arena, line->bytes, line->length);
    bool found = json_parse(&json, text, strlen(text), INPUT_LINE_MAX, NULL) &&
            is_it(json.root);

    json_close(&json);
    arena_finish(&arena);
    return found;
}

bool jsonl_sniff(const struct input_look *look,
        bool (*is_it)(const cJSON *object),
        bool (*begins_it)(const struct input_look *line))
{
    struct input_look rest = *look;

    for (int i = 0; i < SNIFFED_LINES; i++) {
        struct input_look line = sniff_first_line(&rest);
        const char *end = line.bytes + line.length;
        size_t after = (size_t)(look->bytes + look->length - end);
        if (line.length == 0 || line.bytes[0] != '{')
            return false;
        if (after == 0 && !look->whole)
            return i == 0 && begins_it(&line);
        if (line_is_it(&line, is_it))
            return true;
        rest.bytes = end;
        rest.length = after;
    }
    return false;
}

/* --- fields --- */

const char *jsonl_describe(struct jsonl_line *line, const char *verb,
        const cJSON *node)
{
    return arena_format(&line->record->arena, "%s %s", verb, json_what(node));
}

const char *jsonl_raw(struct jsonl_line *line, const cJSON *object,
        const char *key)
{
    const cJSON *member = json_find(object, key);
    if (member == NULL)
        return "";
    if (!cJSON_IsString(member)) {
        record_fault(line->record, key, jsonl_describe(line, "is", member),
                "text");
        return "";
    }
    return member->valuestring;
}

const char *jsonl_prose(struct jsonl_line *line, const cJSON *object,
        const char *key)
{
    const char *text = jsonl_raw(line, object, key);
    return record_prose(line->record, text, strlen(text));
}

/* --- lines --- */

static void read_line(struct record *record, const struct input_line *source,
        const struct source_place *end, jsonl_take_fn *take)
{
    struct json json = {0};
    struct error err = {0};

    record_begin(record, "line", source->number);
    record->out.end = *end;
    const char *text =
            text_repair(&record->arena, source->text, source->length);
    struct jsonl_line line = {.record = record};
    if (source->cut)
        record_fault(record, "", "is longer than 1 MiB",
                "one paper's JSON object");
    else if (!json_parse(&json, text, strlen(text), REPAIRED_MAX, &err))
        record_fault(record, "", err.text, "one JSON object in each line");
    else if (!cJSON_IsObject(json.root))
        record_fault(record, "", jsonl_describe(&line, "is", json.root),
                "one JSON object in each line");
    else {
        line.object = json.root;
        take(&line);
    }
    record_end(record);
    json_close(&json);
}

bool jsonl_read(struct input *input, struct record *record, jsonl_take_fn *take,
        struct error *err)
{
    struct input_line line;
    int got;

    while ((got = input_next_line(input, &line, err)) > 0) {
        struct source_place end = input_place(input);
        if (line.text[strspn(line.text, " \t\r")] != '\0')
            read_line(record, &line, &end, take);
    }
    return got == 0;
}
