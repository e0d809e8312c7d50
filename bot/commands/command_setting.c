#include "bot/commands/command_setting.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/commands/command_change.h"
#include "bot/commands/command_choice.h"
#include "bot/commands/command_due.h"
#include "bot/commands/command_language.h"
#include "bot/commands/command_schedule.h"
#include "bot/commands/command_settings.h"
#include "bot/commands/command_shown.h"
#include "bot/labels.h"

#include <stdint.h>
#include <string.h>

enum {
    SHOWN_MAX = 40,        /* graphemes of a wrong word that are said again */
    CREDIT_BYTES_MAX = 180 /* as fits into a line of a configuration */
};

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

/* "/paper style full" */
static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call, in_chinese(call) ? chinese : english);
}

static const char *shortened(const struct command_call *call, const char *word)
{
    return text_shorten(call->arena, word, SHOWN_MAX);
}

static const struct command_shown *shown_of(const struct command_call *call,
        const struct command_request *request)
{
    return command_shown_find(call->arena, request->command->english[0]);
}

/* --- size --- */

static const struct phrase no_size = {
        .english = "“%1” is no size. Write how many papers in full and how "
                   "many further ones, each at most 50: %2",
        .chinese = "“%1”不是篇数。请写详细介绍几篇、另外列出几篇，每项最多 50，"
                   "例如 %2",
};
static const struct phrase size_means = {
        .english = "%1 in full and %2 further ones, if there are so many.",
        .chinese = "详细介绍 %1 篇，另外列出 %2 篇（论文足够时）。",
};

/* "5 4", "5 + 4 篇", "6" and "+2" as "5+4", where what is not given stays. */
static const char *size_text(const struct command_call *call, const char *line)
{
    struct text text;
    bool plus = false;

    text_init(&text, call->arena, SIZE_MAX / 2);
    if (*line == '+')
        text_add_format(&text, "%u", call->channel->top_count);
    for (const char *at = line; *at != '\0';) {
        size_t sign = text_starts(at, "篇")              ? strlen("篇")
                : *at == ' ' || *at == ',' || *at == '+' ? 1
                                                         : 0;
        if (sign == 0) {
            text_add_n(&text, at++, 1);
            continue;
        }
        at += sign;
        if (!plus && strspn(at, " ,+") < strlen(at) && text.length > 0 &&
                !text_starts(at + strspn(at, " ,+"), "篇")) {
            text_add(&text, "+");
            plus = true;
            at += strspn(at, " ,+");
        }
    }
    if (!plus)
        text_add_format(&text, "+%u", call->channel->also_count);
    return text_string(&text);
}

static bool run_size(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown = shown_of(call, request);
    struct channel channel = *call->channel;
    bool changed = false;

    if (request->words.count == 0) {
        command_shown_say(call, shown, false, answer);
    } else if (!channel_settings_take(&channel, "size",
                       size_text(call, request->line), call->arena, NULL)) {
        command_say(call, answer, &no_size,
                PHRASE_VALUES(shortened(call, request->line),
                        typed(call, "size 5+4", "篇数 5+4")));
        return true;
    } else if (!command_shown_keep(call, shown, &channel, answer, &changed,
                       err)) {
        return false;
    }
    command_say(call, answer, &size_means,
            PHRASE_VALUES(phrase_number(call->arena, channel.top_count),
                    phrase_number(call->arena, channel.also_count)));
    return !changed || command_due_say(call, &channel, answer, err);
}

/* --- credit --- */

static const struct phrase long_credit = {
        .english = "That is too long for one short line: at most 60 "
                   "characters.",
        .chinese = "署名只有短短一行，最多 60 个字符。",
};
static const struct phrase no_credit = {
        .english = "No line of credit stands below the legend. For example: %1",
        .chinese = "图例下面没有署名。例如发送 %1",
};

/* The whole line, without quotes around it; "" for none. */
static const char *credit_text(const struct command_call *call,
        const char *line)
{
    size_t length = strlen(line);
    static const char *const none[] = {"off", "none", "无", "关闭", "不要"};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (text_same_ascii(line, none[i]))
            return "";
    if (length > 1 && line[0] == '"' && line[length - 1] == '"')
        return text_one_line(call->arena,
                arena_string_n(call->arena, line + 1, length - 2));
    return line;
}

static bool run_credit(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown = shown_of(call, request);
    const char *credit = credit_text(call, request->line);
    struct channel channel = *call->channel;
    bool changed;

    if (*request->line == '\0') {
        if (*channel.credit != '\0')
            command_shown_say(call, shown, false, answer);
        else
            command_say(call, answer, &no_credit,
                    PHRASE_VALUES(typed(call, "credit Chosen by our group",
                            "署名 读书小组选")));
        return true;
    }
    if (strlen(credit) > CREDIT_BYTES_MAX ||
            !channel_settings_take(&channel, "credit", credit, call->arena,
                    NULL)) {
        command_say(call, answer, &long_credit, PHRASE_NO_VALUES);
        return true;
    }
    return command_shown_keep(call, shown, &channel, answer, &changed, err) &&
            (!changed || command_due_say(call, &channel, answer, err));
}

/* --- pause and resume --- */

static const struct phrase paused_now = {
        .english = "Paused: no digest comes by itself until %1. Commands go on "
                   "working.",
        .chinese = "已暂停：在发送 %1 之前不会自动发送；命令照常可用。",
};
static const struct phrase paused_already = {
        .english = "This channel is paused already. To go on: %1",
        .chinese = "本频道已经暂停了。要恢复请发送 %1",
};
static const struct phrase resumed = {
        .english = "Digests come again.",
        .chinese = "已恢复自动发送。",
};
static const struct phrase not_paused = {
        .english = "This channel is not paused.",
        .chinese = "本频道没有暂停。",
};

static bool set_paused(const struct command_call *call,
        const struct command_request *request, bool paused,
        struct channel *channel, bool *changed, struct error *err)
{
    const struct command_shown *shown = shown_of(call, request);

    *channel = *call->channel;
    channel->paused = paused;
    return command_change_keep(call, channel, shown->keys, shown->name,
            request->command->english[0], changed, err);
}

static bool run_pause(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct channel channel;
    bool changed;

    if (!set_paused(call, request, true, &channel, &changed, err))
        return false;
    command_say(call, answer, changed ? &paused_now : &paused_already,
            PHRASE_VALUES(typed(call, "resume", "恢复")));
    return true;
}

static bool run_resume(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct channel channel;
    bool changed;

    if (!set_paused(call, request, false, &channel, &changed, err))
        return false;
    command_say(call, answer, changed ? &resumed : &not_paused,
            PHRASE_NO_VALUES);
    return command_due_say(call, &channel, answer, err);
}

/* --- the rows --- */

const struct command command_setting_rows[] = {
        {
                .english = {"schedule"},
                .chinese = {"时间", "日程"},
                .grammar = {"[TIME] [DAYS] [CITY]", "[时间] [日期] [城市]",
                        NULL},
                .summary = {"when the digest comes", "每天几点发送", NULL},
                .details = {"Write only what is to change: what you leave out "
                            "stays. Days are daily, weekdays, weekends or such "
                            "as mon wed fri; the city or IANA name says whose "
                            "clock it is. “off” turns the digest off. If "
                            "today's was posted, a new hour counts from "
                            "tomorrow on.",
                        "只写要改的部分，没写的保持不变。日期可以写每天、工作日"
                        "、"
                        "周末或周一三五；城市（或 IANA 名称）决定按哪里的时钟。"
                        "写“关闭”就不再自动发送。今天的已经发过时，新时间从明天"
                        "开始。",
                        NULL},
                .examples = {"schedule 13:30 weekdays Asia/Shanghai\n"
                             "schedule 8am\nschedule mon wed fri",
                        "时间 13:30 工作日 上海\n时间 下午1点半\n时间 周一三五",
                        NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .run = command_schedule_run,
        },
        {
                .english = {"languages", "language"},
                .chinese = {"语言"},
                .grammar = {"[FIRST] [SECOND]", "[第一种] [第二种]", NULL},
                .summary = {"one or two languages", "用一种或两种语言", NULL},
                .details = {"The first is the reader's: labels and texts are "
                            "in it.",
                        "第一种是读者的语言，标签和说明都用它。", NULL},
                .examples = {"languages zh en\nlanguages English",
                        "语言 中文 英文\n语言 英文", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = command_language_run,
        },
        {
                .english = {"size"},
                .chinese = {"篇数", "数量"},
                .grammar = {"[FULL+FURTHER]", "[详细+另列]", NULL},
                .summary = {"how many papers a digest has", "每期有几篇论文",
                        NULL},
                .details = {"So many in full, and so many further ones with "
                            "little said of each. What you leave out stays: "
                            "“6” or “+2”.",
                        "前一个数是详细介绍的篇数，后一个是另外列出的篇数。没写"
                        "的"
                        "保持不变，例如“6”或“+2”。",
                        NULL},
                .examples = {"size 5+4\nsize 6\nsize +0",
                        "篇数 5+4\n篇数 6\n篇数 +0", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = run_size,
        },
        {
                .english = {"style"},
                .chinese = {"风格", "样式"},
                .grammar = {"[brief | full]", "[简短 | 完整]", NULL},
                .summary = {"how much is said of each paper",
                        "每篇介绍多少内容", NULL},
                .details = {"", "", NULL},
                .examples = {"style brief\nstyle full", "风格 简短\n风格 完整",
                        NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = command_choice_run,
        },
        {
                .english = {"layout"},
                .chinese = {"版式", "布局"},
                .grammar = {"[message | thread]", "[整篇 | 消息列]", NULL},
                .summary = {"one message, or a thread with one for each paper",
                        "整篇一条消息，还是每篇论文一条", NULL},
                .details = {"Threads come where the product has them; "
                            "elsewhere the digest stays one message.",
                        "消息列只在支持它的产品里有效，别处仍是整篇一条消息。",
                        NULL},
                .examples = {"layout message\nlayout thread",
                        "版式 整篇\n版式 消息列", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = command_choice_run,
        },
        {
                .english = {"mix"},
                .chinese = {"搭配"},
                .grammar = {"[fair | free]", "[均衡 | 自由]", NULL},
                .summary = {"whether each category gets its share",
                        "是否照顾到每个分类", NULL},
                .details = {"", "", NULL},
                .examples = {"mix fair\nmix free", "搭配 均衡\n搭配 自由",
                        NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = command_choice_run,
        },
        {
                .english = {"when"},
                .chinese = {"何时", "发送方式"},
                .grammar = {"[punctual | fresh]", "[准时 | 等新]", NULL},
                .summary = {"at the hour, or waiting for the day's papers",
                        "准点发，还是等当天的公告", NULL},
                .details = {"", "", NULL},
                .examples = {"when punctual\nwhen fresh",
                        "何时 准时\n何时 等新", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = command_choice_run,
        },
        {
                .english = {"quiet"},
                .chinese = {"空闲日", "安静"},
                .grammar = {"[line | best | silent]", "[一行 | 精选 | 静默]",
                        NULL},
                .summary = {"what comes on a day without papers",
                        "没有论文的日子发什么", NULL},
                .details = {"", "", NULL},
                .examples = {"quiet line\nquiet best\nquiet silent",
                        "空闲日 一行\n空闲日 精选\n空闲日 静默", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = command_choice_run,
        },
        {
                .english = {"credit"},
                .chinese = {"署名", "来源"},
                .grammar = {"[TEXT | off]", "[文字 | 无]", NULL},
                .summary = {"a line below the legend: who recommends",
                        "图例下面的一行：谁推荐的", NULL},
                .details = {"At most 60 characters.", "最多 60 个字符。", NULL},
                .examples = {"credit Chosen by our group\ncredit off",
                        "署名 读书小组选\n署名 无", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = run_credit,
        },
        {
                .english = {"pause", "stop"},
                .chinese = {"暂停"},
                .grammar = {"", "", NULL},
                .summary = {"no digests until resume", "停止自动发送，直到恢复",
                        NULL},
                .details = {"", "", NULL},
                .examples = {"pause", "暂停", NULL},
                .who = COMMAND_MANAGERS,
                .seldom = true,
                .run = run_pause,
        },
        {
                .english = {"resume"},
                .chinese = {"恢复"},
                .grammar = {"", "", NULL},
                .summary = {"digests come again", "恢复自动发送", NULL},
                .details = {"", "", NULL},
                .examples = {"resume", "恢复", NULL},
                .who = COMMAND_MANAGERS,
                .seldom = true,
                .run = run_resume,
        },
        {
                .english = {"settings", "setting"},
                .chinese = {"设置"},
                .grammar = {"", "", NULL},
                .summary = {"all settings, and who made them",
                        "全部设置，以及是谁设的", NULL},
                .details = {"", "", NULL},
                .examples = {"settings", "设置", NULL},
                .who = COMMAND_ANYONE,
                .run = command_settings_run,
        },
        {
                .english = {"reset"},
                .chinese = {"重置"},
                .grammar = {"SETTING | all", "设置 | 全部", NULL},
                .summary = {"back to what is configured", "回到配置文件中的值",
                        NULL},
                .details = {"Undoes what commands set; what whoever runs me "
                            "has configured holds again.",
                        "撤销用命令做的设置，重新采用运行者配置文件中的值。",
                        NULL},
                .examples = {"reset schedule\nreset all",
                        "重置 时间\n重置 全部", NULL},
                .who = COMMAND_MANAGERS,
                .seldom = true,
                .run = command_settings_reset,
        },
        {.english = {NULL}},
};
