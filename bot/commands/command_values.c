#include "bot/commands/command_values.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <stdbool.h>

enum {
    VALUES_MAX = 8, /* of one setting */
};

const struct command_value command_values_style[] = {
        {"brief", {"brief", "short"}, {"简短", "精简", "简要", "简"},
                {"Of each paper the titles, a few sentences and the link.",
                        "每篇给出标题、几句介绍和链接。", NULL}},
        {"full", {"full", "long"}, {"完整", "详细", "全文", "全"},
                {"Of each paper also the affiliations and the whole abstract.",
                        "每篇还给出机构和完整摘要。", NULL}},
        {.value = NULL},
};

const struct command_value command_values_layout[] = {
        {"message", {"message"}, {"整篇", "一条消息", "消息"},
                {"The digest comes as one message, or as few as fit.",
                        "日报整篇发出，尽量只用一条消息。", NULL}},
        {"thread", {"thread", "threads"}, {"消息列", "话题", "讨论串"},
                {"The head of the digest comes as a message, and each paper in "
                 "the thread below it, where the product has threads.",
                        "先发日报的开头，每篇论文在它下面的消息列里各占一条（产"
                        "品支持时）。",
                        NULL}},
        {.value = NULL},
};

const struct command_value command_values_mix[] = {
        {"fair", {"fair"}, {"均衡", "公平"},
                {"Each category is heard, unless the day is plainly better in "
                 "one.",
                        "各个分类都照顾到，除非当天某一类明显更好。", NULL}},
        {"free", {"free"}, {"自由", "不限"},
                {"The best papers come, whatever their category.",
                        "只看论文好坏，不管属于哪个分类。", NULL}},
        {.value = NULL},
};

const struct command_value command_values_when[] = {
        {"punctual", {"punctual"}, {"准时", "按时", "准点"},
                {"At the hour comes whatever is announced and not posted yet.",
                        "到点就发，内容是当时已经公告而没有发过的论文。",
                        NULL}},
        {"fresh", {"fresh"}, {"等新", "等待", "最新"},
                {"After the hour it waits for the day's announcement, for a "
                 "few hours at most.",
                        "到点后先等当天的公告，最多等几个小时。", NULL}},
        {.value = NULL},
};

const struct command_value command_values_quiet[] = {
        {"silent", {"silent", "off"}, {"静默", "不发", "安静"},
                {"On a day without papers nothing is said.",
                        "没有论文的日子什么都不发。", NULL}},
        {"line", {"line"}, {"一行", "一句", "提示"},
                {"On a day without papers one line says so; at weekends "
                 "nothing is said.",
                        "没有论文的日子用一行说明；周末什么都不发。", NULL}},
        {"best", {"best"}, {"精选", "本周精选"},
                {"At a weekend and on a holiday comes the best of the week "
                 "that was not posted.",
                        "周末和假日发本周没有发过的精选论文。", NULL}},
        {.value = NULL},
};

const struct command_value command_values_language[] = {
        {"zh", {"Chinese", "zh", "cn"}, {"中文", "汉语", "中", "汉"},
                {"", "", NULL}},
        {"en", {"English", "en"}, {"英文", "英语", "英"}, {"", "", NULL}},
        {.value = NULL},
};

static bool is_among(const char *const names[COMMAND_VALUE_NAMES],
        const char *folded, struct arena *arena)
{
    for (size_t i = 0; i < COMMAND_VALUE_NAMES && names[i] != NULL; i++)
        if (text_same(text_fold(arena, names[i]), folded))
            return true;
    return false;
}

const struct command_value *
command_values_find(const struct command_value *values, const char *word,
        struct arena *arena)
{
    const char *folded = text_fold(arena, word);

    for (; values->value != NULL; values++)
        if (is_among(values->english, folded, arena) ||
                is_among(values->chinese, folded, arena) ||
                text_same(values->value, folded))
            return values;
    return NULL;
}

static const char *name_of(const struct command_value *value,
        const char *language)
{
    return label_same_language(language, "zh") ? value->chinese[0]
                                               : value->english[0];
}

const char *command_values_name(const struct command_value *values,
        const char *value, const char *language)
{
    for (; values->value != NULL; values++)
        if (text_same(values->value, value))
            return name_of(values, language);
    return value;
}

const char *command_values_nearest(const struct command_value *values,
        const char *word, const char *language, struct arena *arena)
{
    const char *names[VALUES_MAX + 1] = {NULL};

    for (size_t i = 0; i < VALUES_MAX && values[i].value != NULL; i++)
        names[i] = name_of(&values[i], language);
    return text_nearest(text_fold(arena, word), names);
}

const char *command_values_all(const struct command_value *values,
        const char *language, struct arena *arena)
{
    bool chinese = label_same_language(language, "zh");
    struct text text;

    text_init(&text, arena, 400);
    for (size_t i = 0; values[i].value != NULL; i++) {
        const char *join = chinese            ? "、"
                : values[i + 1].value == NULL ? " or "
                                              : ", ";
        text_add_format(&text, "%s%s", i > 0 ? join : "",
                name_of(&values[i], language));
    }
    return text_string(&text);
}
