#include "bot/commands/command_settings.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/commands/command_change.h"
#include "bot/commands/command_due.h"
#include "bot/commands/command_shown.h"
#include "bot/labels.h"

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
};

static const struct phrase of_channel = {
        .english = "Settings of this channel (%1):",
        .chinese = "本频道（%1）的设置：",
};
static const struct phrase set_by = {
        .english = "set by %1, %2",
        .chinese = "%1 于 %2 设置",
};
static const struct phrase set_once = {
        .english = "set by command, %2",
        .chinese = "%2 用命令设置",
};
static const struct phrase configured = {
        .english = "as configured",
        .chinese = "按配置",
};
static const struct phrase reset_what = {
        .english = "Which setting? Write one of %1, or %2. For example: %3",
        .chinese = "要重置哪项设置？可以写：%1，或“%2”。例如 %3",
};
static const struct phrase no_setting = {
        .english = "“%1” is no setting. There are %2; %3 undoes them all.",
        .chinese = "没有“%1”这项设置。可以写：%2；要全部重置请发送 %3",
};
static const struct phrase near_setting = {
        .english = "“%1” is no setting; did you mean %2?",
        .chinese = "没有“%1”这项设置；你是不是想发 %2？",
};
static const struct phrase is_reset = {
        .english = "Back to what is configured: %1 %2 (before: %3).",
        .chinese = "已恢复为配置中的值：%1 %2（原来：%3）。",
};
static const struct phrase is_reset_same = {
        .english = "Back to what is configured, which is the same: %1 %2.",
        .chinese = "已恢复为配置中的值，内容相同：%1 %2。",
};
static const struct phrase was_configured = {
        .english = "Nothing to undo, it is as configured: %1 %2.",
        .chinese = "没有可撤销的，它就是配置中的值：%1 %2。",
};
static const struct phrase all_configured = {
        .english = "Nothing to undo: every setting is as configured.",
        .chinese = "没有可撤销的：全部设置都是配置中的值。",
};

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

/* --- where a value comes from --- */

/* The newest setting that a command made of the keys; NULL if none did. */
static const struct channel_setting *
newest_setting(const struct channel_setting_list *list,
        const struct command_shown *shown)
{
    const struct channel_setting *newest = NULL;

    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; shown->keys[k] != NULL; k++)
            if (text_same(list->items[i].key, shown->keys[k]) &&
                    (newest == NULL || list->items[i].set_ms > newest->set_ms))
                newest = &list->items[i];
    return newest;
}

static const char *origin(const struct command_call *call,
        const struct channel_setting *setting)
{
    if (setting == NULL)
        return phrase_text(&configured, call->language);
    return phrase_fill(call->arena,
            *setting->person == '\0' ? &set_once : &set_by, call->language,
            PHRASE_VALUES(setting->person,
                    command_due_instant(call, call->channel, setting->set_ms)));
}

static void add_item(const struct command_call *call,
        struct command_answer *answer, struct document_node *list,
        const struct command_shown *shown,
        const struct channel_setting *setting)
{
    struct document *document = answer->document;
    struct document_node *item =
            document_block(document, list, DOCUMENT_ITEM, ROLE_NONE);
    bool chinese = in_chinese(call);

    document_inline(document, item, DOCUMENT_TEXT,
            arena_format(call->arena, chinese ? "%s：%s（%s）" : "%s: %s (%s)",
                    command_shown_name(call, shown),
                    command_shown_value(call, shown, call->channel),
                    origin(call, setting)));
}

bool command_settings_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct channel_setting_list kept = {0};
    (void)request;

    if (!store_setting_list(call->store, call->channel->id, call->arena, &kept,
                err))
        return false;
    command_say(call, answer, &of_channel, PHRASE_VALUES(call->channel->label));
    struct document_node *list = document_block(answer->document,
            &answer->document->root, DOCUMENT_LIST, ROLE_NONE);
    for (const struct command_shown *at = command_shown_table; at->name != NULL;
            at++)
        add_item(call, answer, list, at, newest_setting(&kept, at));
    return command_due_say(call, call->channel, answer, err);
}

/* --- undoing --- */

static const char *names(const struct command_call *call)
{
    bool chinese = in_chinese(call);
    struct text text;

    text_init(&text, call->arena, 400);
    for (const struct command_shown *at = command_shown_table; at->name != NULL;
            at++)
        text_add_format(&text, "%s%s",
                text.length == 0  ? ""
                        : chinese ? "、"
                                  : ", ",
                command_shown_name(call, at));
    return text_string(&text);
}

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            arena_format(call->arena, "%s %s",
                    in_chinese(call) ? "重置" : "reset",
                    in_chinese(call) ? chinese : english));
}

static void refuse(const struct command_call *call, const char *word,
        struct command_answer *answer)
{
    const char *known[40] = {NULL};
    size_t count = 0;

    for (const struct command_shown *at = command_shown_table; at->name != NULL;
            at++) {
        known[count++] = at->name;
        known[count++] = at->chinese;
    }
    const char *nearest = text_nearest(word, known);
    const char *shown = text_shorten(call->arena, word, SHOWN_MAX);
    if (nearest != NULL)
        command_say(call, answer, &near_setting,
                PHRASE_VALUES(shown, typed(call, nearest, nearest)));
    else
        command_say(call, answer, &no_setting,
                PHRASE_VALUES(shown, names(call), typed(call, "all", "全部")));
}

static bool reset_one(const struct command_call *call,
        const struct command_shown *shown, struct channel *after,
        struct command_answer *answer, bool *changed, struct error *err)
{
    if (!command_change_reset(call, shown->keys, shown->name, after, changed,
                err))
        return false;
    const char *now = command_shown_value(call, shown, after);
    const char *before = command_shown_value(call, shown, call->channel);
    if (*changed)
        command_say(call, answer,
                text_same(now, before) ? &is_reset_same : &is_reset,
                PHRASE_VALUES(command_shown_name(call, shown), now, before));
    return true;
}

static bool reset_all(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    struct channel after = *call->channel;
    bool any = false;

    for (const struct command_shown *at = command_shown_table; at->name != NULL;
            at++) {
        bool changed;
        if (!reset_one(call, at, &after, answer, &changed, err))
            return false;
        any = any || changed;
    }
    if (!any)
        command_say(call, answer, &all_configured, PHRASE_NO_VALUES);
    return command_due_say(call, &after, answer, err);
}

static bool is_all(const char *word)
{
    return text_same_ascii(word, "all") || text_same(word, "全部") ||
            text_same(word, "所有");
}

bool command_settings_reset(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct channel after = *call->channel;
    bool changed;

    if (request->words.count == 0) {
        command_say(call, answer, &reset_what,
                PHRASE_VALUES(names(call), in_chinese(call) ? "全部" : "all",
                        typed(call, "schedule", "时间")));
        return true;
    }
    if (is_all(request->line))
        return reset_all(call, answer, err);
    const struct command_shown *shown =
            command_shown_find(call->arena, request->line);
    if (shown == NULL) {
        refuse(call, request->line, answer);
        return true;
    }
    if (!reset_one(call, shown, &after, answer, &changed, err))
        return false;
    if (!changed)
        command_say(call, answer, &was_configured,
                PHRASE_VALUES(command_shown_name(call, shown),
                        command_shown_value(call, shown, call->channel)));
    return command_due_say(call, &after, answer, err);
}
