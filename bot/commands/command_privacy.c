#include "bot/commands/command_privacy.h"

#include "bot/base/text.h"
#include "bot/commands/command_confirm.h"
#include "bot/commands/command_traces.h"
#include "bot/labels.h"
#include "bot/taste_forget.h"

#include <string.h>

/* The same typed in a row: "忘记我". */
static const struct phrase forget_me = {
        .english = "forget me",
        .chinese = "忘记我",
};

/* --- privacy --- */

static const struct phrase of_you = {
        .english = "Of you (%1) I keep:",
        .chinese = "关于你（%1），我保存着：",
};
static const struct phrase nothing_of_you = {
        .english = "Of you (%1) I keep nothing.",
        .chinese = "关于你（%1），我什么都没有保存。",
};
static const struct phrase of_what_you_write = {
        .english = "What you write to me is kept until I have answered; after "
                   "that only, for %1 days, that it came. What others write is "
                   "not kept, nor who reads.",
        .chinese = "你发给我的内容只保存到我回答为止；之后 %1 天内只记得收到过"
                   "它。别人之间的聊天和谁在阅读，我都不保存。",
};
static const struct phrase of_channel = {
        .english = "Of this channel I keep its settings, which papers were "
                   "posted and what words its votes speak for; for %1, the "
                   "messages I sent; for %2, who changed "
                   "what. %3 days after I have left, all of it is erased.",
        .chinese = "关于本频道，我保存设置、发过哪些论文、从投票学到的用词偏好"
                   "、我发出的消息（期限：%1"
                   "）和谁改了什么（期限：%2）。我离开 %3 天后全部删除。",
};
static const struct phrase for_ever = {
        .english = "as long as I run",
        .chinese = "不限期",
};
static const struct phrase who_reads = {
        .english = "Whoever runs me can read all of this and may have backups "
                   "of it. The chat itself keeps its messages by rules of its "
                   "own.",
        .chinese = "运行我的人能看到这些内容，也可能有备份。聊天软件自己保存的"
                   "消息按它自己的规定处理。",
};
static const struct phrase to_erase = {
        .english = "%1 erases what I keep of you.",
        .chinese = "发送 %1 可以删除我保存的关于你的内容。",
};

static const char *days_or_ever(const struct command_call *call,
        int64_t keep_ms)
{
    const char *days = command_traces_days(call, keep_ms);

    return *days != '\0' ? days : phrase_text(&for_ever, call->language);
}

static const char *typed_forget(const struct command_call *call)
{
    return command_as_typed(call, phrase_text(&forget_me, call->language));
}

static bool read_traces(const struct command_call *call, struct traces *traces,
        struct error *err)
{
    *traces = (struct traces){0};
    return *call->person == '\0' ||
            store_person_traces(call->store, call->account, call->person,
                    traces, err);
}

static bool run_privacy(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct traces traces;
    struct arena *arena = call->arena;
    (void)request;

    answer->personal = true;
    if (!read_traces(call, &traces, err))
        return false;
    bool none = command_traces_none(&traces);
    command_say(call, answer, none ? &nothing_of_you : &of_you,
            PHRASE_VALUES(call->person));
    if (!none)
        command_traces_list(call, &traces, answer);
    command_say(call, answer, &of_what_you_write,
            PHRASE_VALUES(phrase_number(arena, KEEP_HEARD_DAYS)));
    command_say(call, answer, &of_channel,
            PHRASE_VALUES(days_or_ever(call, call->keep.messages_ms),
                    days_or_ever(call, call->keep.history_ms),
                    phrase_number(arena, KEEP_REMOVED_DAYS)));
    command_say(call, answer, &who_reads, PHRASE_NO_VALUES);
    command_say(call, answer, &to_erase, PHRASE_VALUES(typed_forget(call)));
    return true;
}

/* --- forget me --- */

static const struct phrase forget_whom = {
        .english = "I can forget you, not a paper or anybody else: %1",
        .chinese = "我只能忘记你本人，不能忘记论文或别人：%1",
};
static const struct phrase question = {
        .english = "This erases all that I keep of you (%1), from every "
                   "channel here: %2. It cannot be undone.",
        .chinese = "这会删除我保存的关于你（%1）的全部内容，包括这里所有频道："
                   "%2。删除后无法恢复。",
};
static const struct phrase erased = {
        .english = "Erased: %1.",
        .chinese = "已删除：%1。",
};
static const struct phrase nothing = {
        .english = "There is nothing to erase: of you (%1) I keep nothing.",
        .chinese = "没有可删除的：关于你（%1），我什么都没有保存。",
};
static const struct phrase this_answer = {
        .english = "If you read this in a chat, this answer stays among the "
                   "messages I sent, for %1.",
        .chinese = "如果你是在聊天中看到的，这条回答会和我发出的其他消息一样"
                   "保存（期限：%1）。",
};
static const struct phrase on_list = {
        .english = "Your id is still on this channel's list of %1, and in the "
                   "history of that list. People in charge can take it off: %2",
        .chinese = "你的 ID 还在本频道的%1名单及其修改记录里。管理者可以移除："
                   "%2",
};

/* The lists of a channel are its settings, and not the person's. */
static void say_lists(const struct command_call *call,
        struct command_answer *answer)
{
    static const struct phrase names[] = {{"admins", "管理员", NULL},
            {"curators", "编辑", NULL}};
    const struct string_list *const lists[] = {&call->channel->admins,
            &call->channel->curators};

    for (size_t i = 0; i < 2; i++) {
        const char *name = phrase_text(&names[i], call->language);
        if (string_list_has(lists[i], call->person))
            command_say(call, answer, &on_list,
                    PHRASE_VALUES(name,
                            command_as_typed(call,
                                    arena_format(call->arena, "%s -%s", name,
                                            call->person))));
    }
}

static bool erase(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    struct traces traces;

    if (!taste_forget(call->store, call->account, call->person, &traces, err))
        return false;
    if (command_traces_none(&traces))
        command_say(call, answer, &nothing, PHRASE_VALUES(call->person));
    else
        command_say(call, answer, &erased,
                PHRASE_VALUES(command_traces_text(call, &traces)));
    say_lists(call, answer);
    command_say(call, answer, &this_answer,
            PHRASE_VALUES(days_or_ever(call, call->keep.messages_ms)));
    return true;
}

static bool ask(const struct command_call *call, struct command_answer *answer,
        struct error *err)
{
    struct traces traces;

    if (!read_traces(call, &traces, err))
        return false;
    if (command_traces_none(&traces)) {
        command_say(call, answer, &nothing, PHRASE_VALUES(call->person));
        say_lists(call, answer);
        return true;
    }
    command_say(call, answer, &question,
            PHRASE_VALUES(call->person, command_traces_text(call, &traces)));
    command_confirm_say(call, &forget_me, answer);
    return true;
}

static bool is_me(const char *word)
{
    static const char *const words[] = {"me", "myself", "我", "我吧"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same_ascii(word, words[i]))
            return true;
    return false;
}

static bool run_forget(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_words *words = &request->words;
    bool me = words->count > 0 && is_me(words->items[0].text);

    answer->personal = true;
    if (*call->person == '\0' || (!me && strstr(request->word, "我") == NULL)) {
        command_say(call, answer, &forget_whom,
                PHRASE_VALUES(typed_forget(call)));
        return true;
    }
    switch (command_confirm_read(call, words, me, &forget_me, answer)) {
    case COMMAND_CONFIRM_UNCLEAR:
        return true;
    case COMMAND_CONFIRM_YES:
        return erase(call, answer, err);
    case COMMAND_CONFIRM_ASKED:
        break;
    }
    return ask(call, answer, err);
}

const struct command command_privacy_rows[] = {
        {
                .english = {"privacy"},
                .chinese = {"隐私"},
                .grammar = {"", "", NULL},
                .summary = {"what I keep of you and of this channel",
                        "我保存了哪些关于你和本频道的内容", NULL},
                .details = {"Only you see the answer, where the product has "
                            "private answers.",
                        "产品支持私密回答时，只有你能看到。", NULL},
                .examples = {"privacy", "隐私", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_privacy,
        },
        {
                .english = {"forget"},
                .chinese = {"忘记我", "忘记"},
                .grammar = {"me", "", NULL},
                .summary = {"erase what I keep of you",
                        "删除我保存的关于你的内容", NULL},
                .details = {"I say what that is and ask once more before it is "
                            "erased.",
                        "删除前会先说明内容，并再确认一次。", NULL},
                .examples = {"forget me", "忘记我", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_forget,
        },
        {.english = {NULL}},
};
