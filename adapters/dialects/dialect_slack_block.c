#include "adapters/dialects/dialect_slack_block.h"

#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/slack_actions.h"
#include "bot/base/text.h"

#include <string.h>

/* --- labels --- */

enum label {
    LABEL_OPEN,
    LABEL_SHARE,
    LABEL_SAVE,
    LABEL_SIMILAR,
    LABEL_FEWER,
    LABELS,
};

static const char *label_of(enum label label, const char *language)
{
    static const char *const labels[LABELS][2] = {
            [LABEL_OPEN] = {"Read the paper", "看论文"},
            [LABEL_SHARE] = {"Share to channel", "分享到频道"},
            [LABEL_SAVE] = {"Save for later", "收藏"},
            [LABEL_SIMILAR] = {"More like this", "找相似的"},
            [LABEL_FEWER] = {"Fewer like this", "少推这类"},
    };

    return labels[label][text_starts(language, "zh") ? 1 : 0];
}

/* --- what can be pressed --- */

static cJSON *text_object(const char *type, const char *text)
{
    cJSON *object = dialect_payload_object();

    dialect_payload_string(object, "type", type);
    dialect_payload_string(object, "text", text);
    /* Names and addresses in running text stay text (Block Kit reference, text
     * object). */
    if (strcmp(type, "mrkdwn") == 0)
        dialect_payload_bool(object, "verbatim", true);
    else
        dialect_payload_bool(object, "emoji", false);
    return object;
}

static cJSON *button(const char *action, enum label label, const char *language)
{
    cJSON *object = dialect_payload_object();

    dialect_payload_string(object, "type", "button");
    dialect_payload_string(object, "action_id", action);
    dialect_payload_value(object, "text",
            text_object("plain_text", label_of(label, language)));
    return object;
}

static void add_option(cJSON *options, const struct dialect_slack_block *block,
        const char *action, enum label label, struct arena *arena)
{
    cJSON *option = dialect_payload_object();

    dialect_payload_value(option, "text",
            text_object("plain_text", label_of(label, block->language)));
    dialect_payload_string(option, "value",
            arena_format(arena, "%s%s", action, block->paper_id));
    dialect_payload_item(options, option);
}

static cJSON *menu(const struct dialect_slack_block *block, struct arena *arena)
{
    cJSON *object = dialect_payload_object();
    cJSON *options = dialect_payload_array();

    add_option(options, block, SLACK_ACTIONS_SAVE, LABEL_SAVE, arena);
    add_option(options, block, SLACK_ACTIONS_SIMILAR, LABEL_SIMILAR, arena);
    add_option(options, block, SLACK_ACTIONS_FEWER, LABEL_FEWER, arena);
    dialect_payload_string(object, "type", "overflow");
    dialect_payload_string(object, "action_id", SLACK_ACTIONS_PAPER);
    dialect_payload_value(object, "options", options);
    return object;
}

static void add_actions(cJSON *object, const struct dialect_slack_block *block,
        struct arena *arena)
{
    cJSON *elements = dialect_payload_array();

    if (*block->url != '\0') {
        cJSON *open = button(SLACK_ACTIONS_OPEN, LABEL_OPEN, block->language);
        dialect_payload_string(open, "url", block->url);
        dialect_payload_item(elements, open);
    }
    if (block->share) {
        dialect_payload_string(object, "block_id",
                arena_format(arena, "%s%s", SLACK_ACTIONS_ANSWER,
                        text_starts(block->language, "zh") ? "zh" : "en"));
        dialect_payload_item(elements,
                button(SLACK_ACTIONS_SHARE, LABEL_SHARE, block->language));
    }
    if (*block->paper_id != '\0')
        dialect_payload_item(elements, menu(block, arena));
    dialect_payload_value(object, "elements", elements);
}

/* --- blocks --- */

static void add_context(cJSON *object, const char *text)
{
    cJSON *elements = dialect_payload_array();

    dialect_payload_item(elements, text_object("mrkdwn", text));
    dialect_payload_value(object, "elements", elements);
}

static void add_section(cJSON *object, const struct dialect_slack_block *block,
        struct arena *arena)
{
    dialect_payload_value(object, "text", text_object("mrkdwn", block->text));
    if (*block->paper_id != '\0')
        dialect_payload_value(object, "accessory", menu(block, arena));
}

static cJSON *object_of(const struct dialect_slack_block *block,
        struct arena *arena)
{
    static const char *const types[] = {
            [SLACK_BLOCK_HEADER] = "header",
            [SLACK_BLOCK_SECTION] = "section",
            [SLACK_BLOCK_CONTEXT] = "context",
            [SLACK_BLOCK_DIVIDER] = "divider",
            [SLACK_BLOCK_ACTIONS] = "actions",
    };
    cJSON *object = dialect_payload_object();

    dialect_payload_string(object, "type", types[block->kind]);
    if (block->kind == SLACK_BLOCK_HEADER)
        dialect_payload_value(object, "text",
                text_object("plain_text", block->text));
    else if (block->kind == SLACK_BLOCK_SECTION)
        add_section(object, block, arena);
    else if (block->kind == SLACK_BLOCK_CONTEXT)
        add_context(object, block->text);
    else if (block->kind == SLACK_BLOCK_ACTIONS)
        add_actions(object, block, arena);
    return object;
}

const char *
dialect_slack_block_message(const struct dialect_slack_block *blocks,
        size_t count, const char *fallback, struct arena *arena)
{
    cJSON *body = dialect_payload_object();
    cJSON *array = dialect_payload_array();

    for (size_t i = 0; i < count; i++)
        dialect_payload_item(array, object_of(&blocks[i], arena));
    dialect_payload_string(body, "text", fallback);
    dialect_payload_value(body, "blocks", array);
    dialect_payload_bool(body, "unfurl_links", false);
    dialect_payload_bool(body, "unfurl_media", false);
    return dialect_payload_print(arena, body, false);
}

static size_t label_characters(const struct dialect_slack_block *block,
        enum label label)
{
    return dialect_mrkdwn_characters(label_of(label, block->language));
}

size_t dialect_slack_block_characters(const struct dialect_slack_block *block)
{
    size_t characters = dialect_mrkdwn_characters(block->text);

    if (block->kind == SLACK_BLOCK_ACTIONS && *block->url != '\0')
        characters += label_characters(block, LABEL_OPEN);
    if (block->share)
        characters += label_characters(block, LABEL_SHARE);
    if (*block->paper_id != '\0')
        characters += label_characters(block, LABEL_SAVE) +
                label_characters(block, LABEL_SIMILAR) +
                label_characters(block, LABEL_FEWER);
    return characters;
}
