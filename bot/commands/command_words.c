#include "bot/commands/command_words.h"

#include "bot/base/text.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *word, *key;
} keys[] = {
        {"by", "by"},
        {"作者", "by"},
        {"in", "in"},
        {"分类", "in"},
        {"类别", "in"},
        {"since", "since"},
        {"自", "since"},
        {"until", "until"},
        {"至", "until"},
};

/* Bytes of what stands between words at this place; 0: nothing does. */
static size_t separator(const char *at)
{
    static const char *const wide[] = {"、", "。", "；"};

    if (*at == ' ' || *at == ',' || *at == ';')
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text_starts(at, wide[i]))
            return strlen(wide[i]);
    return 0;
}

static const char *skip_separators(const char *at)
{
    size_t length;

    while ((length = separator(at)) > 0)
        at += length;
    return at;
}

static size_t plain_length(const char *at)
{
    size_t length = 0;

    while (at[length] != '\0' && at[length] != '"' &&
            separator(at + length) == 0)
        length++;
    return length;
}

static const char *take_key(const char *at, struct command_word *word)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t length = strlen(keys[i].word);

        if (strncasecmp(at, keys[i].word, length) == 0 && at[length] == ':') {
            word->key = keys[i].key;
            at += length + 1;
            return at + strspn(at, " ");
        }
    }
    return at;
}

static const char *take_word(struct arena *arena, const char *at,
        struct command_word *word)
{
    *word = (struct command_word){.text = "", .key = ""};
    word->negated = *at == '-' && at[1] != '\0' && separator(at + 1) == 0;
    at = take_key(at + word->negated, word);
    word->quoted = *at == '"';
    size_t length = word->quoted ? strcspn(++at, "\"") : plain_length(at);
    word->text = text_one_line(arena, arena_string_n(arena, at, length));
    at += length;
    return at + (word->quoted && *at == '"');
}

struct command_words command_words_of(struct arena *arena, const char *line)
{
    struct command_words words = {0};
    size_t capacity = 0;
    const char *at = skip_separators(line);

    while (*at != '\0' && !words.more) {
        struct command_word word;

        at = skip_separators(take_word(arena, at, &word));
        if (*word.text == '\0')
            continue;
        words.more = words.count == COMMAND_WORDS_MAX;
        if (words.more)
            break;
        words.items = arena_grow(arena, words.items, words.count, &capacity,
                sizeof *words.items);
        words.items[words.count++] = word;
    }
    return words;
}
