#include "bot/commands/command_leave.h"

#include "bot/base/text.h"
#include "bot/commands/command_confirm.h"
#include "bot/commands/command_due.h"
#include "bot/parting.h"

#include <string.h>

static const struct phrase leave = {.english = "leave", .chinese = "离开"};

static const struct phrase question = {
        .english = "Shall I leave this channel (%1)? Nothing comes here any "
                   "more then, and what still waits to be sent is dropped. "
                   "Settings, votes and history stay for %2 days: back before "
                   "that, I go on as it was set.",
        .chinese = "要我离开本频道（%1）吗？之后这里不再收到任何消息，还没发出"
                   "的也会取消。设置、投票和历史保留 %2 天；在此之前请我回来，"
                   "一切照旧。",
};
static const struct phrase good_bye = {
        .english = "Good-bye! Nothing comes here any more. What is set here is "
                   "kept until %1; back before that, I go on as it was set.",
        .chinese = "再见！这里不会再收到任何消息。设置保留到 %1，在此之前请我"
                   "回来，一切照旧。",
};
static const struct phrase in_file = {
        .english = "This channel stands in the configuration file: whoever "
                   "runs me must take [channel %1] out of it as well, or I am "
                   "back at the next start.",
        .chinese = "本频道写在配置文件里：运行者还须从中删去 [channel %1]，否则"
                   "下次启动时我又会回来。",
};

static bool take_leave(const struct command_call *call, struct error *err)
{
    const struct channel_change change = {.changed_ms = call->now_ms,
            .person = call->person,
            .what = "leave"};

    return store_change_add(call->store, call->channel->id, &change, err) &&
            parting_take_leave(call->store, call->channel->id, call->now_ms,
                    call->arena, err);
}

/* "2026-12-24" */
static const char *last_day(const struct command_call *call)
{
    const char *instant = command_due_instant(call, call->channel,
            call->now_ms + KEEP_REMOVED_DAYS * KEEP_DAY_MS);

    return arena_string_n(call->arena, instant, strcspn(instant, " "));
}

static bool run_leave(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const char *label = call->channel->label;

    switch (command_confirm_read(call, &request->words, 0, &leave, answer)) {
    case COMMAND_CONFIRM_UNCLEAR:
        return true;
    case COMMAND_CONFIRM_ASKED:
        command_say(call, answer, &question,
                PHRASE_VALUES(label,
                        phrase_number(call->arena, KEEP_REMOVED_DAYS)));
        break;
    case COMMAND_CONFIRM_YES:
        if (!take_leave(call, err))
            return false;
        command_say(call, answer, &good_bye, PHRASE_VALUES(last_day(call)));
        break;
    }
    if (call->configured->in_file)
        command_say(call, answer, &in_file, PHRASE_VALUES(label));
    if (request->words.count == 0)
        command_confirm_say(call, &leave, answer);
    return true;
}

const struct command command_leave_rows[] = {
        {
                .english = {"leave"},
                .chinese = {"离开", "退出"},
                .grammar = {"", "", NULL},
                .summary = {"I leave this channel", "让我离开本频道", NULL},
                .details = {"I ask once more before I go. What is set here is "
                            "kept for 30 days.",
                        "离开前会再确认一次。这里的设置保留 30 天。", NULL},
                .examples = {"leave", "离开", NULL},
                .who = COMMAND_MANAGERS,
                .seldom = true,
                .run = run_leave,
        },
        {.english = {NULL}},
};
