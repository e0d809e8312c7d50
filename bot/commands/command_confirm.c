#include "bot/commands/command_confirm.h"

#include "bot/base/text.h"
#include "bot/labels.h"

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
};

static const struct phrase how = {
        .english = "To confirm, write %1",
        .chinese = "确认请发送 %1",
};
static const struct phrase unclear = {
        .english = "“%1” is no confirmation, so nothing was done.",
        .chinese = "“%1”不是确认，什么都没有做。",
};

static bool is_yes(const char *word)
{
    static const char *const words[] = {"yes", "确认", "确定", "是", "是的"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same_ascii(word, words[i]))
            return true;
    return false;
}

void command_confirm_say(const struct command_call *call,
        const struct phrase *command, struct command_answer *answer)
{
    bool chinese = label_same_language(call->language, "zh");

    command_say(call, answer, &how,
            PHRASE_VALUES(command_as_typed(call,
                    arena_format(call->arena, "%s %s",
                            phrase_text(command, call->language),
                            chinese ? "确认" : "yes"))));
}

enum command_confirm command_confirm_read(const struct command_call *call,
        const struct command_words *words, size_t first,
        const struct phrase *command, struct command_answer *answer)
{
    if (words->count <= first)
        return COMMAND_CONFIRM_ASKED;
    const char *word = words->items[first].text;
    if (words->count == first + 1 && is_yes(word))
        return COMMAND_CONFIRM_YES;
    command_say(call, answer, &unclear,
            PHRASE_VALUES(text_shorten(call->arena, word, SHOWN_MAX)));
    command_confirm_say(call, command, answer);
    return COMMAND_CONFIRM_UNCLEAR;
}
