#include "bot/program/program_init_words.h"

#include "bot/base/text.h"

#include <string.h>

struct pair {
    const char *english, *chinese;
};

static const struct pair words[INIT_WORDS] = {
        [INIT_HELLO] = {"A few questions, and {} is written. Enter takes what "
                        "stands in [ ];\nCtrl-D stops and writes nothing.",
                "回答几个问题，就会写好 {}。\n回车取 [ ] 里的值；Ctrl-D "
                "停止，什么也不写。"},
        [INIT_EXISTS] = {"{} exists. Replace it? It is kept under another name",
                "{} 已经存在。要换成新的吗？旧的会改名保留"},
        [INIT_KEPT] = {"{} stays as it is.", "{} 保持原样。"},
        [INIT_PRODUCT] = {"Where to (number or name)",
                "发到哪里（编号或名称）"},
        [INIT_PRODUCT_WRONG] = {"\"{}\" is not in this list", "“{}”不在上面"},
        [INIT_EXPECTED] = {"expected {}", "应当是 {}"},
        [INIT_SEVERAL] = {"several have that name; write one of {}",
                "这个名称有好几个，请写 {} 之一"},
        [INIT_MEANT] = {"no such category; did you mean {}?",
                "没有这个分类；是不是 {}？"},
        [INIT_LABEL] = {"A short name for this channel", "给这个频道起个短名"},
        [INIT_LABEL_WRONG] = {"one word of letters, digits, - and _, such as "
                              "team",
                "一个词，只用字母、数字、- 和 _，例如 team"},
        [INIT_SECRET] = {"{}\n(not shown; or ${NAME}, to take it from the "
                         "environment)",
                "{}\n（输入时不显示；写 ${NAME} 则取自环境变量）"},
        [INIT_OR_ELSE] = {"{}; Enter alone if you have none",
                "{}；没有就直接回车"},
        [INIT_EMPTY] = {"this is needed", "这一项不能空"},
        [INIT_ROOM] = {"The room: {}", "房间：{}"},
        [INIT_CATEGORIES] = {"What to read: arXiv's categories by tag, code or "
                             "name\n(commas between names; ? lists all, ?robot "
                             "looks for one)",
                "想读什么：arXiv 分类，写标签、代码或名称\n"
                "（名称之间用逗号；? 列出全部，?机器人 查找）"},
        [INIT_CATEGORIES_LONG] = {"too many for one line; start with fewer",
                "一行写不下，先少写几个"},
        [INIT_FOUND_NONE] = {"none has {} in its name", "没有名称带 {} 的分类"},
        [INIT_LANGUAGES] = {"Languages of the digest: zh, en, or both, the "
                            "reader's first",
                "推送的语言：zh、en 或两种，读者的在前"},
        [INIT_ZONE] = {"Time zone", "时区"},
        [INIT_HOUR] =
                {"When: time, and daily, weekdays or days such as mon thu",
                        "时间：几点，加 daily、weekdays 或 mon thu 这样的日子"},
        [INIT_MISSED] = {"The day's announcement is there from {} on; before "
                         "that you read the one before it.",
                "当天的公告要到 {} 才有；更早会读到前一天的。"},
        [INIT_CONTACT] =
                {"Your mail address or web page; arXiv wants to know who "
                 "fetches\n(none: nothing is fetched, papers come "
                 "from files)",
                        "你的邮箱或网页；arXiv 要求写明是谁在取\n"
                        "（none：不从网上取，论文来自文件）"},
        [INIT_WRITE] = {"Write {}?", "写入 {}？"},
        [INIT_WROTE] = {"Wrote {}, which only you can read.",
                "已写好 {}，只有你能读。"},
        [INIT_ASIDE] = {"The old one is {}.", "旧的是 {}。"},
        [INIT_TRY] = {"See whether all is reachable, and post a test message?",
                "要不要看看网络通不通，并发一条测试消息？"},
        [INIT_STOPPED] = {"Stopped; nothing was written.",
                "已停止，什么也没写。"},
        [INIT_NEXT] = {"What to do next:", "接下来："},
        [INIT_NEXT_FETCH] = {"fetch the newest announcement", "取最新的公告"},
        [INIT_NEXT_FILES] =
                {"take in papers from a file, as nothing is fetched",
                        "从文件导入论文（不从网上取）"},
        [INIT_NEXT_POST] = {"post a digest now", "现在就发一期"},
        [INIT_NEXT_RUN] = {"from now on at its hour", "以后每天按时发"},
        [INIT_NEXT_SYSTEMD] = {"how to have it start with the machine",
                "怎样让它随机器启动"},
        [INIT_YES] = {"yes", "是"},
        [INIT_NO] = {"no", "否"},
};

const char *program_init_word(enum init_word word, bool chinese)
{
    return chinese ? words[word].chinese : words[word].english;
}

const char *program_init_filled(enum init_word word, bool chinese,
        const char *value, struct arena *arena)
{
    const char *pattern = program_init_word(word, chinese);
    const char *gap = strstr(pattern, "{}");
    if (gap == NULL)
        return pattern;
    return arena_format(arena, "%.*s%s%s", (int)(gap - pattern), pattern, value,
            gap + 2);
}

/* --- products --- */

static const struct {
    const char *kind;
    struct pair is, can;
} kinds[] = {
        {"console", {"this terminal: to try it out", "这个终端：先试试看"},
                {"Digests are written to the terminal in which paperboy runs.",
                        "推送写到运行 paperboy 的终端上。"}},
        {"slack", {"an incoming webhook", "一个 incoming webhook"},
                {"A webhook can be posted to, and that is all: no threads, no "
                 "votes, no commands,\nand what was posted cannot be edited. "
                 "Make one at https://api.slack.com/messaging/webhooks",
                        "Webhook 只能往里发：没有话题串、投票和命令，\n"
                        "发出后也不能改。在 "
                        "https://api.slack.com/messaging/webhooks 建一个"}},
        {"slack-bot",
                {"the bot of a Slack app, any number of channels",
                        "Slack 应用的机器人，频道不限"},
                {"It posts a head with its papers in the thread below it, "
                 "edits "
                 "what it posted, and\nanswers /paper and mentions. To make "
                 "its "
                 "app: in another terminal run\n\"paperboy slack-manifest\", "
                 "paste that at https://api.slack.com/apps (Create New\nApp, "
                 "From a manifest) and install it. Have its Bot User OAuth "
                 "Token at hand, and,\nto be answered, an app-level token with "
                 "the scope connections:write.",
                        "推送是一条开头，论文在它下面的话题串里，发出后也能改；"
                        "\n"
                        "用 /paper 或 @ 它可以提问。建应用：在另一个终端运行\n"
                        "paperboy slack-manifest，把输出粘贴到 "
                        "https://api.slack.com/apps\n（Create New App，From a "
                        "manifest），装进 workspace。备好 Bot User OAuth "
                        "Token；\n要能提问，再备一个带 connections:write 的 "
                        "app-level token。"}},
        {"matrix",
                {"a login of the bot's own, any number of rooms",
                        "机器人自己的帐号，房间不限"},
                {"Each message arrives exactly once, and what people write to "
                 "the bot is answered\n(!paper help). Make a login for it, "
                 "invite it to the room, and have its access\ntoken or its "
                 "password at hand. Encrypted rooms are not for it.",
                        "每条消息恰好送达一次，也能在房间里用 !paper "
                        "向它提问。\n给机器人建一个帐号，请它进房间，备好 "
                        "access token 或密码。\n加密的房间不行。"}},
};

enum {
    KINDS = sizeof kinds / sizeof kinds[0]
};

static size_t find_kind(const char *kind)
{
    size_t place = 0;
    while (place < KINDS && !text_same(kinds[place].kind, kind))
        place++;
    return place;
}

static const char *of(const struct pair *pair, bool chinese)
{
    return chinese ? pair->chinese : pair->english;
}

const char *program_init_kind_is(const char *kind, bool chinese)
{
    size_t place = find_kind(kind);
    return place == KINDS ? "" : of(&kinds[place].is, chinese);
}

const char *program_init_kind_can(const char *kind, bool webhook, bool chinese)
{
    static const struct pair any_webhook =
            {"A webhook can be posted to, and that is all: no threads, no "
             "votes, no commands,\nand what was posted cannot be edited.",
                    "Webhook "
                    "只能往里发：没有话题串、投票和命令，\n发出后也不能改。"};
    static const struct pair any_login =
            {"A login of the bot's own; one serves any number of rooms.",
                    "机器人自己的帐号，房间不限。"};
    size_t place = find_kind(kind);
    if (place < KINDS)
        return of(&kinds[place].can, chinese);
    return of(webhook ? &any_webhook : &any_login, chinese);
}

const char *program_init_room(const char *kind, const char *help, bool chinese)
{
    static const struct {
        const char *kind, *chinese;
    } rooms[] = {
            {"matrix", "房间号 !abc:example.org 或别名 #ml:example.org"},
            {"slack-bot", "频道 ID，例如 C0123456789，在频道详情的最下面"},
    };
    for (size_t i = 0; chinese && i < sizeof rooms / sizeof rooms[0]; i++)
        if (text_same(rooms[i].kind, kind))
            return rooms[i].chinese;
    return help;
}

const char *program_init_expected(const char *flaw, bool chinese)
{
    static const struct pair known[] = {
            {"an https:// address (http:// only to this machine)",
                    "https:// 开头的地址（http:// 只能连到本机）"},
            {"a bot token, xoxb-...", "机器人的 token，xoxb- 开头"},
            {"an app-level token, xapp-...", "app-level token，xapp- 开头"},
            {"an access token, one word of plain ASCII",
                    "access token，一个词，纯 ASCII 字符"},
            {"one line", "一行"},
    };
    for (size_t i = 0; chinese && i < sizeof known / sizeof known[0]; i++)
        if (text_same(known[i].english, flaw))
            return known[i].chinese;
    return flaw;
}

const char *program_init_key(const char *kind, const char *key,
        const char *help, bool chinese)
{
    static const struct {
        const char *kind; /* NULL: all others */
        const char *key, *chinese;
    } keys[] = {
            {NULL, "webhook", "webhook 地址"},
            {NULL, "app_token",
                    "Socket Mode 的 app-level token（xapp-...），提问要用"},
            {NULL, "homeserver", "homeserver，例如 https://matrix.example.org"},
            {"slack-bot", "token", "应用的 Bot User OAuth Token（xoxb-...）"},
            {NULL, "token", "机器人帐号的 access token"},
            {NULL, "user", "机器人的用户 ID，例如 @paperboy:example.org"},
            {NULL, "password", "机器人帐号的密码"},
            {NULL, "secret", "签名密钥"},
    };
    for (size_t i = 0; chinese && i < sizeof keys / sizeof keys[0]; i++)
        if (text_same(keys[i].key, key) &&
                (keys[i].kind == NULL || text_same(keys[i].kind, kind)))
            return keys[i].chinese;
    return help;
}
