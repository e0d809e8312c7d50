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

/* --- what can be pressed --- */

static const char *string_of(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, key));

    return text == NULL ? "" : text;
}

static const char *length_flaw(struct reading *reading, const cJSON *object,
        const char *key, size_t limit)
{
    size_t units = utf16_units(string_of(object, key));

    return units > limit
            ? arena_format(reading->arena, "%s of %zu characters", key, units)
            : NULL;
}

static const char *options_flaw(struct reading *reading, const cJSON *element)
{
    const cJSON *options = cJSON_GetObjectItem(element, "options");
    const cJSON *option;
    const char *flaw = NULL;

    if (cJSON_GetArraySize(options) < 1 || cJSON_GetArraySize(options) > 5)
        return "an overflow menu wants 1 to 5 options";
    cJSON_ArrayForEach(option, options)
    {
        flaw = text_flaw(reading, cJSON_GetObjectItem(option, "text"),
                "plain_text", 75);
        if (flaw == NULL && *string_of(option, "value") == '\0')
            flaw = "an option without value";
        flaw = flaw != NULL ? flaw : length_flaw(reading, option, "value", 150);
        if (flaw != NULL)
            break;
    }
    return flaw;
}

static const char *element_flaw(struct reading *reading, const cJSON *element)
{
    const char *type = string_of(element, "type");
    const char *url = string_of(element, "url");
    const char *flaw = length_flaw(reading, element, "action_id", 255);

    if (*string_of(element, "action_id") == '\0')
        return "an element without action_id";
    flaw = flaw != NULL ? flaw : length_flaw(reading, element, "value", 2000);
    flaw = flaw != NULL ? flaw : length_flaw(reading, element, "url", 3000);
    if (flaw != NULL)
        return flaw;
    if (*url != '\0' && strncmp(url, "https://", 8) != 0)
        return "a button to somewhere else";
    if (strcmp(type, "overflow") == 0)
        return options_flaw(reading, element);
    if (strcmp(type, "button") == 0)
        return text_flaw(reading, cJSON_GetObjectItem(element, "text"),
                "plain_text", 75);
    return "an unknown element";
}

static const char *actions_flaw(struct reading *reading, const cJSON *block)
{
    const cJSON *elements = cJSON_GetObjectItem(block, "elements");
    const cJSON *element, *other;
    const char *flaw = NULL;

    if (cJSON_GetArraySize(elements) < 1 || cJSON_GetArraySize(elements) > 25)
        return "actions want 1 to 25 elements";
    cJSON_ArrayForEach(element, elements)
    {
        flaw = flaw != NULL ? flaw : element_flaw(reading, element);
        for (other = element->next; other != NULL; other = other->next)
            if (strcmp(string_of(element, "action_id"),
                        string_of(other, "action_id")) == 0)
                return "two elements of one action_id";
    }
    return flaw;
}

static const char *section_flaw(struct reading *reading, const cJSON *block)
{
    const cJSON *accessory = cJSON_GetObjectItem(block, "accessory");
    const char *flaw = text_flaw(reading, cJSON_GetObjectItem(block, "text"),
            "mrkdwn", 3000);

    if (flaw != NULL || accessory == NULL)
        return flaw;
    return element_flaw(reading, accessory);
}

static const char *block_id_flaw(struct reading *reading, const cJSON *block)
{
    const char *id = string_of(block, "block_id");
    const cJSON *other;

    for (other = block->next; *id != '\0' && other != NULL; other = other->next)
        if (strcmp(id, string_of(other, "block_id")) == 0)
            return "two blocks of one block_id";
    return length_flaw(reading, block, "block_id", 255);
}

static const char *block_flaw(struct reading *reading, const cJSON *block)
{
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItem(block, "type"));
    const cJSON *text = cJSON_GetObjectItem(block, "text");

    reading->blocks++;
    if (type == NULL)
        return "a block without type";
    if (block_id_flaw(reading, block) != NULL)
        return block_id_flaw(reading, block);
    if (strcmp(type, "actions") == 0)
        return actions_flaw(reading, block);
    if (strcmp(type, "header") == 0)
        return text_flaw(reading, text, "plain_text", 150);
    if (strcmp(type, "section") == 0)
        return section_flaw(reading, block);
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

/* --- calls of the Web API --- */

static const char *metadata_flaw(const cJSON *metadata)
{
    const char *type = string_of(metadata, "event_type");
    const cJSON *payload = cJSON_GetObjectItem(metadata, "event_payload");

    if (metadata == NULL)
        return NULL;
    if (*type == '\0' ||
            strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789_") !=
                    strlen(type))
        return "metadata without a good event_type";
    return cJSON_IsObject(payload) ? NULL : "metadata without event_payload";
}

const char *slack_limits_post_flaw(struct arena *arena, const char *body,
        size_t *characters)
{
    cJSON *message = cJSON_Parse(body);
    const char *flaw = slack_limits_flaw(arena, body, characters);

    if (message == NULL)
        return flaw;
    if (flaw == NULL && *string_of(message, "channel") == '\0')
        flaw = "no channel";
    if (flaw == NULL)
        flaw = metadata_flaw(cJSON_GetObjectItem(message, "metadata"));
    cJSON_Delete(message);
    return flaw;
}
