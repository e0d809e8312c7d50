#include "bot/commands/command_edit.h"

#include "bot/base/text.h"
#include "bot/commands/command_drafting.h"
#include "bot/draft_change.h"
#include "bot/labels.h"

#include <string.h>

enum {
    TEXT_GRAPHEMES_MAX = 600, /* of a curator's words on a paper */
    HISTORY_GRAPHEMES_MAX = 80,
};

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

static const struct phrase what_to_say = {
        .english = "Write the paper's number in the draft and what is to be "
                   "said of it: %1",
        .chinese = "请写论文在草稿中的序号和新的介绍，例如 %1",
};
static const struct phrase edited = {
        .english = "%1 will say: %2",
        .chinese = "%1 的介绍改为：%2",
};
static const struct phrase restored = {
        .english = "%1 has its own text again: %2",
        .chinese = "%1 已恢复原来的介绍：%2",
};
static const struct phrase nothing_edited = {
        .english = "%1 has its own text, and no curator's. To change it: %2",
        .chinese = "%1 的介绍没有改动过。要改请发送 %2",
};
static const struct phrase too_long = {
        .english = "That is %1 characters; at most %2 are shown. Nothing was "
                   "changed.",
        .chinese = "这段文字有 %1 个字，最多 %2 个字。没有改动。",
};
static const struct phrase is_kept_out = {
        .english = "It is not in the draft, though. To take it in: %1",
        .chinese = "不过它还没有收录。要收录请发送 %1",
};

/* Bytes of the number in front of a line ("3", "#3", "第3篇"), also where its
 * text follows at once; 0: none is there. */
static size_t number_length(const char *line)
{
    size_t before = text_starts(line, "第") ? strlen("第") : *line == '#';
    size_t digits = strspn(line + before, "0123456789");
    const char *behind = line + before + digits;

    if (digits == 0)
        return 0;
    if (text_starts(behind, "篇") || text_starts(behind, "号"))
        return before + digits + strlen("篇");
    bool ends = *behind == '\0' || strchr(" ,:;", *behind) != NULL ||
            (*behind & 0x80) != 0;
    return ends ? before + digits : 0;
}

static size_t rune_length(const char *at)
{
    size_t length = 1;

    while ((at[length] & 0xC0) == 0x80)
        length++;
    return length;
}

/* Of a text all of which is in quotes, what is between them. */
static const char *unquoted(struct arena *arena, const char *text)
{
    static const char *const pairs[][2] = {{"\"", "\""}, {"“", "”"},
            {"「", "」"}, {"＂", "＂"}};
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t open = strlen(pairs[i][0]), close = strlen(pairs[i][1]);
        if (length < open + close || !text_starts(text, pairs[i][0]) ||
                !text_same(text + length - close, pairs[i][1]))
            continue;
        const char *inner =
                arena_string_n(arena, text + open, length - open - close);
        if (strstr(inner, pairs[i][0]) == NULL &&
                strstr(inner, pairs[i][1]) == NULL)
            return text_one_line(arena, inner);
    }
    return text;
}

/* Cuts "3 some words" into the paper and the words as they were written. */
static struct command_word cut(const struct command_call *call,
        const struct command_request *request, const char **words)
{
    const char *line = request->line, *written = request->written;
    size_t length = number_length(line);

    if (length == 0)
        length = strcspn(line, " ");
    const struct command_word word = {.text = arena_string_n(call->arena, line,
                                              length),
            .key = ""};
    const char *end = line + length;
    end += strspn(end, " ,:;");
    for (; line < end; line += rune_length(line))
        written += rune_length(written);
    *words = unquoted(call->arena, written);
    return word;
}

static const char *edit_typed(const struct command_call *call, unsigned number)
{
    return typed(call, arena_format(call->arena, "edit %u your words", number),
            arena_format(call->arena, "改 %u 新的介绍", number));
}

static void say_edit(const struct command_drafting *drafting,
        const struct draft_paper *held, const char *before, const char *title)
{
    const struct command_call *call = drafting->call;
    const char *number = phrase_number(call->arena, held->number);

    if (*held->text != '\0')
        command_say(call, drafting->answer, &edited,
                PHRASE_VALUES(number, held->text));
    else if (*before != '\0')
        command_say(call, drafting->answer, &restored,
                PHRASE_VALUES(number, title));
    else
        command_say(call, drafting->answer, &nothing_edited,
                PHRASE_VALUES(number, edit_typed(call, held->number)));
    if (held->place == DRAFT_OUT && *held->text != '\0')
        command_say(call, drafting->answer, &is_kept_out,
                PHRASE_VALUES(typed(call,
                        arena_format(call->arena, "pick %s", number),
                        arena_format(call->arena, "选 %s", number))));
}

static bool edit(struct command_drafting *drafting,
        const struct command_word *word, const char *words, struct error *err)
{
    const struct command_call *call = drafting->call;
    const char *title;
    unsigned number;

    if (!command_drafting_find(drafting, word, false, &number, err))
        return false;
    if (number == 0)
        return true;
    if (!command_drafting_title(drafting, number, &title, err))
        return false;
    struct draft_paper *held = draft_change_number(drafting->draft, number);
    const char *before = held->text;
    held->text = words;
    if (!text_same(before, words))
        command_drafting_note(drafting, "edit", number,
                *words == '\0' ? "back"
                               : text_shorten(call->arena, words,
                                         HISTORY_GRAPHEMES_MAX));
    say_edit(drafting, held, before, title);
    return true;
}

bool command_edit_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_drafting drafting;
    const char *words;

    if (!command_drafting_begin(call, answer, &drafting, err))
        return false;
    if (drafting.draft == NULL)
        return true;
    if (request->words.count == 0) {
        command_say(call, answer, &what_to_say,
                PHRASE_VALUES(edit_typed(call, 3)));
        return true;
    }
    const struct command_word word = cut(call, request, &words);
    size_t length = text_graphemes(words);
    if (length > TEXT_GRAPHEMES_MAX) {
        command_say(call, answer, &too_long,
                PHRASE_VALUES(phrase_number(call->arena, length),
                        phrase_number(call->arena, TEXT_GRAPHEMES_MAX)));
        return true;
    }
    return edit(&drafting, &word, words, err) &&
            command_drafting_end(&drafting, err);
}
