/*
 * Anything said to the bot, up to four lines by one person: each is answered, in
 * words that can be shown, and the store stays well.
 *
 * The first byte says whether the person may change the channel.
 */
#include "bot/base/arena.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/small_talk.h"

enum {
    LINES_MAX = 4
};

static size_t cut(char *text, const char *lines[LINES_MAX])
{
    size_t count = 0;

    while (count < LINES_MAX && *text != '\0') {
        lines[count++] = text;
        text += strcspn(text, "\n");
        if (*text != '\0')
            *text++ = '\0';
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct small_talk talk;
    const char *lines[LINES_MAX];
    struct arena arena = {0};

    if (size == 0)
        return 0;
    if (talk.store == NULL)
        talk = small_talk_open("memory:");
    char *text = fuzz_string(data + 1, size - 1);
    size_t count = cut(text, lines);
    const char *said =
            small_talk_say(&talk, lines, count, data[0] % 2 == 1, &arena);
    fuzz_claim(count == 0 || *said != '\0', "what is said is answered");
    free(text);
    arena_finish(&arena);
    return 0;
}
