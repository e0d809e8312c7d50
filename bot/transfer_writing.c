#include "bot/transfer_writing.h"

#include "bot/base/civil_time.h"
#include "bot/transfer_escape.h"

#include <inttypes.h>
#include <string.h>

enum {
    PIECE_BYTES_MAX = 150, /* of a value, so that a line is at most 198 */
};

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

void transfer_writing_value(const char *key, const char *value, FILE *out,
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

const char *transfer_writing_instant(int64_t ms, struct arena *arena)
{
    char instant[CIVIL_INSTANT_SIZE];

    civil_format_instant(ms, instant);
    return arena_format(arena, "%.*s.%03" PRId64 "Z", (int)strlen(instant) - 1,
            instant, ms % 1000);
}

void transfer_writing_place(const struct transfer_channel *channel, FILE *out,
        struct arena *arena)
{
    transfer_writing_value("account", channel->account, out, arena);
    transfer_writing_value("room", channel->room, out, arena);
    transfer_writing_value("label", channel->label, out, arena);
    if (channel->invited)
        transfer_writing_value("invited", "yes", out, arena);
}
