#include "bot/transfer.h"

#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/roster.h"
#include "bot/transfer_escape.h"

#include <inttypes.h>
#include <string.h>

enum {
    PIECE_BYTES_MAX = 150, /* of a value, so that a line is at most 198 */
};

/* --- from the store --- */

bool transfer_collect(struct store *store, struct arena *arena,
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
    return true;
}

/* --- to a file --- */

/* How much of a value stands in the next line: not within a character, with no
 * space at an end, and no semicolon at the beginning of what is left. */
static size_t piece_length(const char *value)
{
    size_t length = strlen(value);

    if (length <= PIECE_BYTES_MAX)
        return length;
    length = PIECE_BYTES_MAX;
    while (length > 1 &&
            (((unsigned char)value[length] & 0xC0) == 0x80 ||
                    value[length] == ' ' || value[length] == ';' ||
                    value[length - 1] == ' '))
        length--;
    return length;
}

static void write_value(const char *key, const char *value, FILE *out,
        struct arena *arena)
{
    const char *at = transfer_escape(value, arena);
    size_t length = piece_length(at);

    fprintf(out, "%s = %.*s\n", key, (int)length, at);
    at += length;
    for (unsigned piece = 2; *at != '\0'; piece++) {
        length = piece_length(at);
        fprintf(out, "%s.%u = %.*s\n", key, piece, (int)length, at);
        at += length;
    }
}

static const char *instant_text(int64_t ms, struct arena *arena)
{
    char instant[CIVIL_INSTANT_SIZE];

    civil_format_instant(ms, instant);
    return arena_format(arena, "%.*s.%03" PRId64 "Z", (int)strlen(instant) - 1,
            instant, ms % 1000);
}

static void write_setting(const struct channel_setting *setting, FILE *out,
        struct arena *arena)
{
    write_value(setting->key, setting->value, out, arena);
    write_value(arena_format(arena, "%s_set", setting->key),
            arena_format(arena, "%s%s%s", instant_text(setting->set_ms, arena),
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
        write_value("account", channel->account, out, &arena);
        write_value("room", channel->room, out, &arena);
        write_value("label", channel->label, out, &arena);
        if (channel->invited)
            write_value("invited", "yes", out, &arena);
        for (size_t n = 0; n < channel->settings.count; n++)
            write_setting(&channel->settings.items[n], out, &arena);
    }
    arena_finish(&arena);
}
