#include "bot/channel_settings.h"

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/config_channel.h"

bool channel_settings_take(struct channel *channel, const char *key,
        const char *value, struct arena *arena, struct error *err)
{
    for (const struct config_key *at = config_channel_keys; at->key != NULL;
            at++)
        if (at->take != NULL && text_same(at->key, key))
            return at->take(channel, value, arena, err);
    return error_set(err, ERROR_INPUT, "\"%s\" is no setting of a channel",
            key);
}

bool channel_settings_apply(struct store *store,
        const struct channel *configured, struct arena *arena,
        struct channel *in_force, struct error *err)
{
    struct channel_setting_list list = {0};

    *in_force = *configured;
    if (configured->id == 0)
        return true;
    if (!store_setting_list(store, configured->id, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct channel_setting *setting = &list.items[i];
        struct channel before = *in_force;
        struct error flaw = {0};

        if (channel_settings_take(in_force, setting->key, setting->value, arena,
                    &flaw))
            continue;
        *in_force = before;
        log_warning("a setting that a command made is not understood",
                log_text("channel", configured->label),
                log_text("key", setting->key), log_text("why", flaw.text));
    }
    return true;
}
