#include "bot/commands/command_change.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"

#include <stdint.h>

enum {
    HISTORY_GRAPHEMES_MAX = 200, /* of a value, in its line of history */
};

const char *command_change_text(const struct channel *channel,
        const char *const *keys, struct arena *arena)
{
    struct text text;

    text_init(&text, arena, SIZE_MAX / 2);
    for (; *keys != NULL; keys++) {
        const char *value = channel_settings_text(channel, *keys, arena);
        if (*value != '\0')
            text_add_format(&text, "%s%s", text.length > 0 ? " " : "", value);
    }
    return text_string(&text);
}

static const char *shown(const struct command_call *call, const char *value)
{
    return *value == '\0'
            ? "none"
            : text_shorten(call->arena, value, HISTORY_GRAPHEMES_MAX);
}

static bool add_history(const struct command_call *call, const char *what,
        struct error *err)
{
    const struct channel_change change = {
            .changed_ms = call->now_ms,
            .person = call->person,
            .what = what,
    };

    return store_change_add(call->store, call->channel->id, &change, err);
}

static const char *history_line(const struct command_call *call,
        const struct channel *after, const char *const *keys, const char *name)
{
    struct arena *arena = call->arena;

    return arena_format(arena, "%s: %s -> %s", name,
            shown(call, command_change_text(call->channel, keys, arena)),
            shown(call, command_change_text(after, keys, arena)));
}

bool command_change_keep(const struct command_call *call,
        const struct channel *wanted, const char *const *keys, const char *name,
        const char *what, bool *changed, struct error *err)
{
    *changed = false;
    for (const char *const *key = keys; *key != NULL; key++) {
        const struct channel_setting setting = {
                .key = *key,
                .value = channel_settings_text(wanted, *key, call->arena),
                .person = call->person,
                .set_ms = call->now_ms,
        };
        if (text_same(setting.value,
                    channel_settings_text(call->channel, *key, call->arena)))
            continue;
        if (!store_setting_put(call->store, call->channel->id, &setting, err))
            return false;
        *changed = true;
    }
    return !*changed ||
            add_history(call,
                    what != NULL ? what
                                 : history_line(call, wanted, keys, name),
                    err);
}

bool command_change_reset(const struct command_call *call,
        const char *const *keys, const char *name, struct channel *after,
        bool *changed, struct error *err)
{
    *changed = false;
    for (const char *const *key = keys; *key != NULL; key++) {
        bool dropped;
        if (!store_setting_drop(call->store, call->channel->id, *key, &dropped,
                    err))
            return false;
        *changed = *changed || dropped;
    }
    if (!channel_settings_apply(call->store, call->configured, call->arena,
                after, err))
        return false;
    return !*changed ||
            add_history(call,
                    arena_format(call->arena, "reset %s",
                            history_line(call, after, keys, name)),
                    err);
}
