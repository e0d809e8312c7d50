#include "bot/transfer.h"

#include "bot/base/text.h"
#include "bot/roster.h"
#include "bot/transfer_people.h"
#include "bot/transfer_writing.h"

/* --- from the store --- */

bool transfer_collect(struct store *store, bool people, struct arena *arena,
        struct transfer *transfer, struct error *err)
{
    struct known_channel_list known = {0};

    *transfer = (struct transfer){0};
    if (!store_channel_list(store, arena, &known, err))
        return false;
    for (size_t i = 0; i < known.count; i++) {
        const struct known_channel *from = &known.items[i];
        struct transfer_channel channel = {.account = from->account,
                .room = from->room,
                .label = from->label};
        if (!store_setting_list(store, from->id, arena, &channel.settings, err))
            return false;
        if (from->removed_ms != 0 || channel.settings.count == 0)
            continue;
        if (!roster_is_invited(store, from->id, &channel.invited, err))
            return false;
        transfer->channels =
                arena_grow(arena, transfer->channels, transfer->count,
                        &transfer->capacity, sizeof *transfer->channels);
        transfer->channels[transfer->count++] = channel;
    }
    return !people ||
            transfer_people_collect(store, &known, arena, transfer, err);
}

/* --- to a file --- */

static void write_setting(const struct channel_setting *setting, FILE *out,
        struct arena *arena)
{
    transfer_writing_value(setting->key, setting->value, out, arena);
    transfer_writing_value(arena_format(arena, "%s_set", setting->key),
            arena_format(arena, "%s%s%s",
                    transfer_writing_instant(setting->set_ms, arena),
                    *setting->person == '\0' ? "" : " ", setting->person),
            out, arena);
}

void transfer_write(const struct transfer *transfer, FILE *out)
{
    struct arena arena = {0};

    fprintf(out,
            "; What commands set of channels. \"paperboy import FILE\" brings "
            "it into a database.\n"
            "[paperboy]\n"
            "format = %d\n",
            TRANSFER_FORMAT);
    for (size_t i = 0; i < transfer->count; i++) {
        const struct transfer_channel *channel = &transfer->channels[i];
        fprintf(out, "\n[channel %zu]\n", i + 1);
        transfer_writing_place(channel, out, &arena);
        for (size_t n = 0; n < channel->settings.count; n++)
            write_setting(&channel->settings.items[n], out, &arena);
    }
    transfer_people_write(transfer, out, &arena);
    arena_finish(&arena);
}
