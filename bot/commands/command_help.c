#include "bot/commands/command_help.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <stdio.h>
#include <string.h>

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
};

static const struct phrase greeting = {
        .english = "I bring research papers. You can write:",
        .chinese = "我是送论文的报童。你可以发送：",
};
static const struct phrase more_help = {
        .english = "%1 lists everything; %2 explains one of them.",
        .chinese = "发送 %1 查看全部命令；发送 %2 查看其中一个的详细说明。",
};
static const struct phrase one_help = {
        .english = "%1 explains one of them, with examples.",
        .chinese = "发送 %1 查看其中一个的详细说明和例子。",
};
static const struct phrase no_such = {
        .english = "There is no command “%1”. You can write:",
        .chinese = "没有“%1”这个命令。你可以发送：",
};
static const struct phrase no_such_near = {
        .english = "There is no command “%1”. Did you mean %2? %3 lists "
                   "everything.",
        .chinese = "没有“%1”这个命令。你是不是想发 %2？发送 %3 查看全部命令。",
};
static const struct phrase also_called = {
        .english = "Also: %1",
        .chinese = "也可以写作：%1",
};
static const struct phrase for_managers = {
        .english = "Only for people in charge of the channel.",
        .chinese = "仅限频道的管理者。",
};
static const struct phrase for_curators = {
        .english = "Only for the channel's curators and people in charge.",
        .chinese = "仅限频道的编辑和管理者。",
};
static const struct phrase shows_for_all = {
        .english = "Without anything behind it, it shows what holds; anyone "
                   "may ask. Changing is for people in charge of the channel.",
        .chinese = "后面什么都不写时只显示当前设置，任何人都可以用；修改仅限频"
                   "道的管"
                   "理者。",
};
static const struct phrase examples = {
        .english = "For example:",
        .chinese = "例如：",
};

/* "/paper today [LG CV] [N]" */
static const char *usage(const struct command_call *call,
        const struct command *command)
{
    const char *grammar = phrase_text(&command->grammar, call->language);

    return command_as_typed(call,
            arena_format(call->arena, "%s%s%s",
                    command->claims != NULL
                            ? ""
                            : command_name(command, call->language),
                    *grammar == '\0' || command->claims != NULL ? "" : " ",
                    grammar));
}

static void add_item(const struct command_call *call, struct document *document,
        struct document_node *list, const struct command *command)
{
    struct document_node *item =
            document_block(document, list, DOCUMENT_ITEM, ROLE_NONE);
    bool chinese = label_same_language(call->language, "zh");

    document_inline(document, item, DOCUMENT_CODE, usage(call, command));
    document_inline(document, item, DOCUMENT_TEXT,
            arena_format(call->arena, "%s%s", chinese ? "：" : ": ",
                    phrase_text(&command->summary, call->language)));
}

static void add_list(const struct command_call *call,
        struct command_answer *answer, bool all)
{
    struct document *document = answer->document;
    struct document_node *list =
            document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);

    for (size_t i = 0; command_families[i] != NULL; i++)
        for (const struct command *at = command_families[i];
                at->english[0] != NULL; at++)
            if (all || !at->seldom)
                add_item(call, document, list, at);
}

static const char *typed_help(const struct command_call *call, bool all)
{
    bool chinese = label_same_language(call->language, "zh");

    return command_as_typed(call,
            chinese ? (all ? "帮助 全部" : "帮助 搜索")
                    : (all ? "help all" : "help search"));
}

static void tell_short(const struct command_call *call,
        struct command_answer *answer)
{
    add_list(call, answer, false);
    command_say(call, answer, &more_help,
            PHRASE_VALUES(typed_help(call, true), typed_help(call, false)));
}

static void tell_all(const struct command_call *call,
        struct command_answer *answer)
{
    command_say(call, answer, &greeting, PHRASE_NO_VALUES);
    add_list(call, answer, true);
    command_say(call, answer, &one_help,
            PHRASE_VALUES(typed_help(call, false)));
}

/* The other names of a command, in both languages. */
static const char *other_names(const struct command_call *call,
        const struct command *command)
{
    const char *first = command_name(command, call->language);
    const char *const *both[] = {command->english, command->chinese};
    bool chinese = label_same_language(call->language, "zh");
    struct text text;

    text_init(&text, call->arena, 1024);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < 4 && both[k][i] != NULL; i++)
            if (!text_same(both[k][i], first))
                text_add_format(&text, "%s%s",
                        text.length == 0  ? ""
                                : chinese ? "、"
                                          : ", ",
                        both[k][i]);
    return text_string(&text);
}

static void add_examples(const struct command_call *call,
        struct command_answer *answer, const struct command *command)
{
    struct document *document = answer->document;
    const char *at = phrase_text(&command->examples, call->language);

    if (*at == '\0')
        return;
    command_say(call, answer, &examples, PHRASE_NO_VALUES);
    struct document_node *list =
            document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        struct document_node *item =
                document_block(document, list, DOCUMENT_ITEM, ROLE_NONE);
        document_inline(document, item, DOCUMENT_CODE,
                command_as_typed(call,
                        arena_string_n(call->arena, at, length)));
        at += length + (at[length] == '\n');
    }
}

static void add_who(const struct command_call *call,
        struct command_answer *answer, const struct command *command)
{
    if (command->who == COMMAND_MANAGERS)
        command_say(call, answer,
                command->bare_reads ? &shows_for_all : &for_managers,
                PHRASE_NO_VALUES);
    else if (command->who == COMMAND_CURATORS)
        command_say(call, answer, &for_curators, PHRASE_NO_VALUES);
}

static void tell_one(const struct command_call *call,
        struct command_answer *answer, const struct command *command)
{
    struct document *document = answer->document;
    struct document_node *head = document_block(document, &document->root,
            DOCUMENT_PARAGRAPH, ROLE_NONE);
    const char *details = phrase_text(&command->details, call->language);
    const char *others = other_names(call, command);

    document_inline(document, head, DOCUMENT_CODE, usage(call, command));
    document_paragraph(document, &document->root, ROLE_NONE,
            phrase_text(&command->summary, call->language));
    if (*details != '\0')
        document_paragraph(document, &document->root, ROLE_NONE, details);
    add_who(call, answer, command);
    add_examples(call, answer, command);
    if (*others != '\0' && command->claims == NULL)
        command_say(call, answer, &also_called, PHRASE_VALUES(others));
}

/* The nearest name, else the few that matter most. */
static void tell_no_such(const struct command_call *call,
        struct command_answer *answer, const char *word)
{
    bool chinese = label_same_language(call->language, "zh");
    const char *nearest = command_nearest(call->arena, word);
    const char *shown = text_shorten(call->arena, word, SHOWN_MAX);

    if (nearest != NULL) {
        command_say(call, answer, &no_such_near,
                PHRASE_VALUES(shown,
                        command_as_typed(call,
                                arena_format(call->arena, "%s %s",
                                        chinese ? "帮助" : "help", nearest)),
                        typed_help(call, true)));
        return;
    }
    command_say(call, answer, &no_such, PHRASE_VALUES(shown));
    tell_short(call, answer);
}

static bool asks_for_all(const char *word)
{
    return text_same_ascii(word, "all") || text_same(word, "全部") ||
            text_same(word, "所有");
}

/* The command of a word or two, by name, or because it is how one is written
 * ("3", "2026-11-23"). */
static const struct command *command_of(const struct command_call *call,
        const struct command_request *request)
{
    const struct command *command =
            command_find(call->arena, request->words.items[0].text);

    if (command != NULL)
        return command;
    command = command_read(call->arena, request->line, call->language).command;
    return command != NULL && command->claims != NULL ? command : NULL;
}

static bool run_help(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    (void)err;
    if (request->words.count == 0) {
        command_say(call, answer, &greeting, PHRASE_NO_VALUES);
        tell_short(call, answer);
        return true;
    }
    const char *word = request->words.items[0].text;
    const struct command *command = command_of(call, request);
    if (command != NULL)
        tell_one(call, answer, command);
    else if (asks_for_all(word))
        tell_all(call, answer);
    else
        tell_no_such(call, answer, word);
    return true;
}

const struct command command_help_rows[] = {
        {
                .english = {"help", "?", "hello", "hi"},
                .chinese = {"帮助", "用法", "你好", "您好"},
                .grammar = {"[all | COMMAND]", "[全部 | 命令]", NULL},
                .summary = {"what I can do", "我会做什么", NULL},
                .details = {"", "", NULL},
                .examples = {"help\nhelp search\nhelp all",
                        "帮助\n帮助 搜索\n帮助 全部", NULL},
                .who = COMMAND_ANYONE,
                .run = run_help,
        },
        {.english = {NULL}},
};
