#include "bot/commands/command_traces.h"

#include "bot/base/text.h"
#include "bot/labels.h"

#include <stddef.h>
#include <string.h>

/* Waiting events are not told: the one that asks is among them. */
static const struct trace {
    size_t offset; /* of its count in struct traces */
    struct phrase what;
    struct phrase until; /* with a place for the days */
} all[] = {
        {offsetof(struct traces, votes), {"%1 votes", "%1 次投票", "1 vote"},
                {"until you take them back", "直到你撤回", NULL}},
        {offsetof(struct traces, saved),
                {"%1 saved papers", "%1 篇收藏", "1 saved paper"},
                {"until you take them off your list", "直到你取消收藏", NULL}},
        {offsetof(struct traces, changes),
                {"your name on %1 lines of history", "%1 条修改记录上你的名字",
                        "your name on 1 line of history"},
                {"for %1", "保留 %1", NULL}},
        {offsetof(struct traces, settings),
                {"your name on %1 settings", "%1 项设置上你的名字",
                        "your name on 1 setting"},
                {"while they hold", "直到设置改变", NULL}},
        {offsetof(struct traces, drafts),
                {"your name on %1 drafts", "%1 份草稿上你的名字",
                        "your name on 1 draft"},
                {"until %1 after the digest's hour", "日报发出时间后 %1",
                        NULL}},
        {offsetof(struct traces, bookmarks),
                {"where “more” goes on, and in what, in %1 channels",
                        "%1 个频道里“更多”翻到哪里、翻的是什么",
                        "where “more” goes on, and in what"},
                {"for %1", "保留 %1", NULL}},
        {offsetof(struct traces, answers),
                {"%1 answers for you alone", "%1 条只给你看的回答",
                        "1 answer for you alone"},
                {"for %1", "保留 %1", NULL}},
};

static size_t count_of(const struct traces *traces, const struct trace *trace)
{
    size_t count;

    memcpy(&count, (const char *)traces + trace->offset, sizeof count);
    return count;
}

bool command_traces_none(const struct traces *traces)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (count_of(traces, &all[i]) > 0)
            return false;
    return true;
}

static const char *text_of(const struct command_call *call,
        const struct traces *traces, const struct trace *trace)
{
    return phrase_fill(call->arena, &trace->what, call->language,
            PHRASE_VALUES(phrase_number(call->arena, count_of(traces, trace))));
}

const char *command_traces_text(const struct command_call *call,
        const struct traces *traces)
{
    bool chinese = label_same_language(call->language, "zh");
    struct text text;

    text_init(&text, call->arena, 1024);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (count_of(traces, &all[i]) > 0)
            text_add_format(&text, "%s%s",
                    text.length == 0  ? ""
                            : chinese ? "、"
                                      : ", ",
                    text_of(call, traces, &all[i]));
    return text_string(&text);
}

const char *command_traces_days(const struct command_call *call,
        int64_t keep_ms)
{
    bool chinese = label_same_language(call->language, "zh");
    int64_t days = (keep_ms + KEEP_DAY_MS - 1) / KEEP_DAY_MS;

    if (days == 0)
        return "";
    return arena_format(call->arena, chinese ? "%lld 天" : "%lld day%s",
            (long long)days, days == 1 ? "" : "s");
}

static int64_t keep_of(const struct command_call *call,
        const struct trace *trace)
{
    switch (trace->offset) {
    case offsetof(struct traces, changes):
        return call->keep.history_ms;
    case offsetof(struct traces, drafts):
        return KEEP_DRAFT_DAYS * KEEP_DAY_MS;
    case offsetof(struct traces, bookmarks):
        return KEEP_BOOKMARK_DAYS * KEEP_DAY_MS;
    case offsetof(struct traces, answers):
        return call->keep.messages_ms;
    default:
        return 0;
    }
}

static const char *until_of(const struct command_call *call,
        const struct trace *trace)
{
    static const struct phrase always = {.english = "for good",
            .chinese = "一直保留"};
    const char *days = command_traces_days(call, keep_of(call, trace));
    bool timed = strstr(trace->until.english, "%1") != NULL;

    return phrase_fill(call->arena,
            timed && *days == '\0' ? &always : &trace->until, call->language,
            PHRASE_VALUES(days));
}

void command_traces_list(const struct command_call *call,
        const struct traces *traces, struct command_answer *answer)
{
    bool chinese = label_same_language(call->language, "zh");
    struct document *document = answer->document;
    struct document_node *list =
            document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (count_of(traces, &all[i]) > 0)
            document_inline(document,
                    document_block(document, list, DOCUMENT_ITEM, ROLE_NONE),
                    DOCUMENT_TEXT,
                    arena_format(call->arena, chinese ? "%s：%s" : "%s: %s",
                            text_of(call, traces, &all[i]),
                            until_of(call, &all[i])));
}
