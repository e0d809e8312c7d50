#include "tests/support/slack_limits.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

struct reading {
    struct arena *arena;
    size_t characters, blocks;
};

static size_t utf16_units(const char *text)
{
    size_t units = 0;

    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte & 0xc0) != 0x80)
            units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

static bool is_entity(const char *text)
{
    return strncmp(text, "&amp;", 5) == 0 || strncmp(text, "&lt;", 4) == 0 ||
            strncmp(text, "&gt;", 4) == 0;
}

/* The end of a well-formed <https://...|label> or NULL. */
static const char *link_end(const char *open)
{
    const char *end = strchr(open, '>');

    if (end == NULL || strncmp(open, "<https://", 9) != 0)
        return NULL;
    size_t bars = 0;
    for (const char *at = open + 1; at < end; at++) {
        if (*at == '<' || *at == '\n' || (*at == '&' && !is_entity(at)))
            return NULL;
        if (bars == 0 && (*at == ' ' || *at == '"'))
            return NULL;
        bars += *at == '|';
    }
    return bars <= 1 ? end : NULL;
}

static const char *markup_flaw(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '&' && !is_entity(at))
            return "a bare &";
        if (*at == '>')
            return "a bare >";
        if ((unsigned char)*at < 0x20 && *at != '\n')
            return "a control character";
        if (*at == '<' && (at = link_end(at)) == NULL)
            return "a < that begins no good link";
    }
    return NULL;
}

static const char *mention_flaw(const char *text)
{
    static const char *const calls[] = {"@channel", "@here", "@everyone", "<!",
            "<@", "<#", "\xe2\x80\xae", "\xe2\x81\xa6"};

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcasestr(text, calls[i]) != NULL)
            return calls[i];
    }
    return NULL;
}

static bool is_edge(const char *text, const char *at)
{
    return at == text || strchr(" \n", at[-1]) != NULL ||
            strchr(" \n,.;:!?)]", at[1]) != NULL;
}

/* Each bold opens and closes in one line; a mark too many would be a
 * stranger's. */
static const char *mark_flaw(const char *text)
{
    size_t stars = 0;

    for (const char *at = text; *at != '\0'; at++) {
        stars += *at == '*' && is_edge(text, at);
        if (*at == '\n' && stars % 2 != 0)
            break;
    }
    return stars % 2 != 0 ? "a * without its other" : NULL;
}

static const char *text_flaw(struct reading *reading, const cJSON *object,
        const char *type, size_t limit)
{
    const char *is = cJSON_GetStringValue(cJSON_GetObjectItem(object, "type"));
    const char *text =
            cJSON_GetStringValue(cJSON_GetObjectItem(object, "text"));

    if (is == NULL || text == NULL || strcmp(is, type) != 0)
        return arena_format(reading->arena, "not a %s text", type);
    size_t units = utf16_units(text);
    reading->characters += units;
    if (units == 0 || units > limit)
        return arena_format(reading->arena, "%zu characters", units);
    if (strcmp(type, "mrkdwn") != 0)
        return strpbrk(text, "<>&\n") != NULL ? "markup in plain_text" : NULL;
    const cJSON *verbatim = cJSON_GetObjectItem(object, "verbatim");
    if (!cJSON_IsTrue(verbatim))
        return "not verbatim";
    const char *flaw = markup_flaw(text);
    flaw = flaw != NULL ? flaw : mention_flaw(text);
    return flaw != NULL ? flaw : mark_flaw(text);
}

static const char *context_flaw(struct reading *reading, const cJSON *block)
{
    const cJSON *elements = cJSON_GetObjectItem(block, "elements");
    const cJSON *element;

    if (cJSON_GetArraySize(elements) < 1 || cJSON_GetArraySize(elements) > 10)
        return "context wants 1 to 10 elements";
    cJSON_ArrayForEach(element, elements)
    {
        const char *flaw = text_flaw(reading, element, "mrkdwn", 3000);
        if (flaw != NULL)
            return flaw;
    }
    return NULL;
}

static const char *block_flaw(struct reading *reading, const cJSON *block)
{
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItem(block, "type"));
    const cJSON *text = cJSON_GetObjectItem(block, "text");

    reading->blocks++;
    if (type == NULL)
        return "a block without type";
    if (strcmp(type, "header") == 0)
        return text_flaw(reading, text, "plain_text", 150);
    if (strcmp(type, "section") == 0)
        return text_flaw(reading, text, "mrkdwn", 3000);
    if (strcmp(type, "context") == 0)
        return context_flaw(reading, block);
    return strcmp(type, "divider") == 0 ? NULL : "an unknown block";
}

static const char *fallback_flaw(struct reading *reading, const cJSON *message)
{
    const char *text =
            cJSON_GetStringValue(cJSON_GetObjectItem(message, "text"));

    if (text == NULL || *text == '\0')
        return "no_text";
    size_t units = utf16_units(text);
    reading->characters += units;
    if (units >= 3000)
        return "the fall-back has 3000 characters or more";
    const char *flaw = markup_flaw(text);
    flaw = flaw != NULL ? flaw : mention_flaw(text);
    return flaw != NULL ? flaw : mark_flaw(text);
}

static const char *message_flaw(struct reading *reading, const cJSON *message)
{
    const cJSON *blocks = cJSON_GetObjectItem(message, "blocks");
    const cJSON *block;

    if (!cJSON_IsFalse(cJSON_GetObjectItem(message, "unfurl_links")) ||
            !cJSON_IsFalse(cJSON_GetObjectItem(message, "unfurl_media")))
        return "links would unfurl";
    const char *flaw = fallback_flaw(reading, message);
    cJSON_ArrayForEach(block, blocks)
    {
        flaw = flaw != NULL ? flaw : block_flaw(reading, block);
    }
    if (flaw != NULL)
        return flaw;
    if (reading->blocks > 50)
        return "more than 50 blocks";
    return reading->characters > 9000 ? "more than 9000 characters" : NULL;
}

const char *slack_limits_flaw(struct arena *arena, const char *payload,
        size_t *characters)
{
    struct reading reading = {.arena = arena};
    cJSON *message = cJSON_Parse(payload);

    if (message == NULL)
        return "not JSON";
    const char *flaw = message_flaw(&reading, message);
    if (flaw != NULL)
        flaw = arena_format(arena, "block %zu: %s", reading.blocks, flaw);
    *characters = reading.characters;
    cJSON_Delete(message);
    return flaw;
}
