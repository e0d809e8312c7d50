#include "bot/commands/command_choice.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/commands/command_due.h"
#include "bot/commands/command_shown.h"
#include "bot/commands/command_values.h"
#include "bot/labels.h"

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
};

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

static const char *shortened(const struct command_call *call, const char *word)
{
    return text_shorten(call->arena, word, SHOWN_MAX);
}

static const struct phrase no_choice = {
        .english = "“%1” is no choice here; you can write %2. For example: %3",
        .chinese = "没有“%1”这个选项，可选的有：%2。例如 %3",
};
static const struct phrase near_choice = {
        .english = "“%1” is no choice here; did you mean %2? You can write %3.",
        .chinese = "没有“%1”这个选项；你是不是想写“%2”？可选的有：%3。",
};
static const struct phrase choices = {
        .english = "You can write %1. For example: %2",
        .chinese = "可选的有：%1。例如 %2",
};

static const struct command_value *values_of(const struct command_shown *shown)
{
    return text_same(shown->name, "style")     ? command_values_style
            : text_same(shown->name, "layout") ? command_values_layout
            : text_same(shown->name, "mix")    ? command_values_mix
            : text_same(shown->name, "when")   ? command_values_when
                                               : command_values_quiet;
}

static const char *choice_typed(const struct command_call *call,
        const struct command_shown *shown, const struct command_value *value)
{
    return typed(call,
            arena_format(call->arena, "%s %s", shown->name, value->english[0]),
            arena_format(call->arena, "%s %s", shown->chinese,
                    value->chinese[0]));
}

static void refuse_choice(const struct command_call *call,
        const struct command_shown *shown, const char *word,
        struct command_answer *answer)
{
    const struct command_value *values = values_of(shown);
    const char *nearest =
            command_values_nearest(values, word, call->language, call->arena);
    const char *all = command_values_all(values, call->language, call->arena);

    if (nearest != NULL)
        command_say(call, answer, &near_choice,
                PHRASE_VALUES(shortened(call, word), nearest, all));
    else
        command_say(call, answer, &no_choice,
                PHRASE_VALUES(shortened(call, word), all,
                        choice_typed(call, shown, &values[0])));
}

static bool show_choice(const struct command_call *call,
        const struct command_shown *shown, struct command_answer *answer)
{
    const struct command_value *values = values_of(shown);
    const struct command_value *now = command_values_find(values,
            channel_settings_text(call->channel, shown->keys[0], call->arena),
            call->arena);
    const struct command_value *other = now == values ? values + 1 : values;

    command_shown_say(call, shown, false, answer);
    command_say(call, answer, &now->meaning, PHRASE_NO_VALUES);
    command_say(call, answer, &choices,
            PHRASE_VALUES(command_values_all(values, call->language,
                                  call->arena),
                    choice_typed(call, shown, other)));
    return true;
}

bool command_choice_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown =
            command_shown_find(call->arena, request->command->english[0]);
    struct channel channel = *call->channel;
    bool changed;

    if (request->words.count == 0)
        return show_choice(call, shown, answer);
    const struct command_value *value =
            command_values_find(values_of(shown), request->line, call->arena);
    if (value == NULL) {
        refuse_choice(call, shown, request->line, answer);
        return true;
    }
    if (!channel_settings_take(&channel, shown->keys[0], value->value,
                call->arena, err) ||
            !command_shown_keep(call, shown, &channel, answer, &changed, err))
        return false;
    command_say(call, answer, &value->meaning, PHRASE_NO_VALUES);
    return !changed || command_due_say(call, &channel, answer, err);
}
