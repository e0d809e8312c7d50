#include "bot/commands/command_role.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/commands/command_shown.h"
#include "bot/labels.h"

#include <stdint.h>
#include <string.h>

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
    PEOPLE_MAX = 50,
    ID_BYTES_MAX = 255, /* of a Matrix user id; the longest there is */
};

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call, in_chinese(call) ? chinese : english);
}

static const struct command_shown *shown_of(const struct command_call *call,
        const struct command_request *request)
{
    return command_shown_find(call->arena, request->command->english[0]);
}

static bool is_none(const char *line)
{
    static const char *const words[] = {"none", "off", "nobody", "无", "没有",
            "关闭", "不要"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same_ascii(line, words[i]))
            return true;
    return false;
}

/* --- people --- */

static const struct phrase admins_may = {
        .english = "Admins may change this channel, beside its moderators.",
        .chinese = "管理员和频道的管理者一样可以修改本频道。",
};
static const struct phrase curators_may = {
        .english = "Curators may change the draft of a digest before it goes "
                   "out.",
        .chinese = "编辑可以在日报发出之前修改它的草稿。",
};
static const struct phrase how_people = {
        .english = "%1 sets the list; + adds somebody, - takes somebody off: "
                   "%2",
        .chinese = "发送 %1 可以重设名单；+ 表示增加，- 表示移除，例如 %2",
};
static const struct phrase no_id = {
        .english = "“%1” is no user id here; ids look like yours: %2",
        .chinese = "“%1”不是这里的用户 ID；格式应和你的一样：%2",
};
static const struct phrase no_such_id = {
        .english = "“%1” is no user id: one word, of at most 255 characters.",
        .chinese = "“%1”不是用户 ID：应是一个词，最多 255 个字符。",
};
static const struct phrase too_many = {
        .english = "That would be %1 people; the list takes %2.",
        .chinese = "这样就有 %1 人了，名单最多 %2 人。",
};
static const struct phrase not_there = {
        .english = "%1 is not on the list.",
        .chinese = "%1 不在名单里。",
};

static struct string_list *people_of(const struct command_shown *shown,
        struct channel *channel)
{
    return text_same(shown->name, "admins") ? &channel->admins
                                            : &channel->curators;
}

/* "@ana:example.org" of "+@ana:example.org", "<@U024BE7LH>" and
 * "<@U024BE7LH|ana>". */
static const char *id_of(const struct command_call *call, const char *word)
{
    if (*word == '+')
        word++;
    if (!text_starts(word, "<@"))
        return word;
    return arena_string_n(call->arena, word + 2, strcspn(word + 2, "|>"));
}

/* Native ids of one product begin alike, and have a home or not. */
static bool looks_alike(const char *id, const char *known)
{
    return (*id == '@') == (*known == '@') &&
            (strchr(id, ':') != NULL) == (strchr(known, ':') != NULL);
}

static bool is_word(const char *id)
{
    return *id != '\0' && strlen(id) <= ID_BYTES_MAX &&
            strpbrk(id, " \"<>") == NULL;
}

/* False after an answer that says what is wrong with it. */
static bool check_id(const struct command_call *call, const char *id,
        struct command_answer *answer)
{
    const char *shown = text_shorten(call->arena, id, SHOWN_MAX);

    if (!is_word(id))
        command_say(call, answer, &no_such_id, PHRASE_VALUES(shown));
    else if (*call->person == '@' && !looks_alike(id, call->person))
        command_say(call, answer, &no_id, PHRASE_VALUES(shown, call->person));
    else
        return true;
    return false;
}

static void drop(struct string_list *list, const char *id)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++)
        if (!text_same(list->items[i], id))
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* The list that is wanted, in the arena; false after an answer. */
static bool read_people(const struct command_call *call,
        const struct command_request *request, const struct string_list *before,
        struct string_list *wanted, struct command_answer *answer)
{
    const struct command_words *words = &request->words;
    const struct command_word *first = &words->items[0];
    size_t capacity = 0;

    *wanted = (struct string_list){0};
    if (is_none(request->line))
        return true;
    /* Signs change the list that holds, names without one make another. */
    for (size_t i = 0;
            (first->negated || *first->text == '+') && i < before->count; i++)
        string_list_add(wanted, &capacity, call->arena, before->items[i]);
    for (size_t i = 0; i < words->count; i++) {
        const char *id = id_of(call, words->items[i].text);
        if (!check_id(call, id, answer))
            return false;
        if (words->items[i].negated && !string_list_has(wanted, id))
            command_say(call, answer, &not_there, PHRASE_VALUES(id));
        else if (words->items[i].negated)
            drop(wanted, id);
        else if (!string_list_has(wanted, id))
            string_list_add(wanted, &capacity, call->arena, id);
    }
    if (wanted->count <= PEOPLE_MAX)
        return true;
    command_say(call, answer, &too_many,
            PHRASE_VALUES(phrase_number(call->arena, wanted->count),
                    phrase_number(call->arena, PEOPLE_MAX)));
    return false;
}

static void show_people(const struct command_call *call,
        const struct command_shown *shown, struct command_answer *answer)
{
    bool admins = text_same(shown->name, "admins");
    bool matrix = *call->person == '@';
    const char *one = matrix ? "@ana:example.org" : "U024BE7LH";
    const char *name = command_shown_name(call, shown);
    struct arena *arena = call->arena;

    command_shown_say(call, shown, false, answer);
    command_say(call, answer, admins ? &admins_may : &curators_may,
            PHRASE_NO_VALUES);
    command_say(call, answer, &how_people,
            PHRASE_VALUES(command_as_typed(call,
                                  arena_format(arena, "%s %s", name, one)),
                    command_as_typed(call,
                            arena_format(arena, "%s +%s", name, one))));
}

static bool run_people(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown = shown_of(call, request);
    struct channel channel = *call->channel;
    struct string_list *people = people_of(shown, &channel);
    const struct string_list before = *people;
    bool changed;

    if (request->words.count == 0) {
        show_people(call, shown, answer);
        return true;
    }
    return !read_people(call, request, &before, people, answer) ||
            command_shown_keep(call, shown, &channel, answer, &changed, err);
}

/* --- curate --- */

static const struct phrase no_curate = {
        .english = "“%1” is no time that I know. Write off, or from 5m to "
                   "20h, for example: %2",
        .chinese = "我看不懂“%1”。请写“关闭”，或 5 分钟到 20 小时之间的时间，"
                   "例如 %2",
};
static const struct phrase curate_off = {
        .english = "Digests go out without a draft. %1 sends one to the "
                   "curators two hours ahead.",
        .chinese = "日报直接发出，没有草稿。发送 %1 "
                   "则提前两小时把草稿交给编辑。",
};
static const struct phrase curate_on = {
        .english = "A draft comes so long before the digest; what nobody "
                   "touches goes out at its hour.",
        .chinese = "草稿会提前这么久给出；没有人改动的，到点照常发出。",
};
static const struct phrase no_curators = {
        .english = "No curators are named: it goes to the admins, and "
                   "moderators see it with %1. To name one: %2",
        .chinese = "还没有指定编辑：草稿会发给管理员，频道的管理者可用 %1 "
                   "查看。要指定编辑请发送 %2",
};

/* "2h" of "2h", "2 hours", "2小时"; the line itself if it is nothing such. */
static const char *curate_text(const struct command_call *call,
        const char *line)
{
    static const struct {
        const char *name;
        char unit;
    } units[] = {{"h", 'h'}, {"hour", 'h'}, {"hours", 'h'}, {"小时", 'h'},
            {"个小时", 'h'}, {"钟头", 'h'}, {"m", 'm'}, {"min", 'm'},
            {"mins", 'm'}, {"minute", 'm'}, {"minutes", 'm'}, {"分钟", 'm'},
            {"分", 'm'}};
    size_t digits = strspn(line, "0123456789");
    const char *unit = line + digits + strspn(line + digits, " ");

    if (is_none(line))
        return "off";
    for (size_t i = 0; digits > 0 && i < sizeof units / sizeof *units; i++)
        if (text_same_ascii(unit, units[i].name))
            return arena_format(call->arena, "%.*s%c", (int)digits, line,
                    units[i].unit);
    return line;
}

static void say_curate(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer)
{
    if (channel->curate_ms == 0) {
        command_say(call, answer, &curate_off,
                PHRASE_VALUES(typed(call, "curate 2h", "审稿 2 小时")));
        return;
    }
    command_say(call, answer, &curate_on, PHRASE_NO_VALUES);
    if (channel->curators.count == 0)
        command_say(call, answer, &no_curators,
                PHRASE_VALUES(typed(call, "draft", "草稿"),
                        typed(call, "curators +@bo:example.org",
                                "编辑 +@bo:example.org")));
}

static bool run_curate(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown = shown_of(call, request);
    struct channel channel = *call->channel;
    bool changed;

    if (request->words.count == 0) {
        command_shown_say(call, shown, false, answer);
    } else if (!channel_settings_take(&channel, "curate",
                       curate_text(call, request->line), call->arena, NULL)) {
        command_say(call, answer, &no_curate,
                PHRASE_VALUES(text_shorten(call->arena, request->line,
                                      SHOWN_MAX),
                        typed(call, "curate 2h", "审稿 2 小时")));
        return true;
    } else if (!command_shown_keep(call, shown, &channel, answer, &changed,
                       err)) {
        return false;
    }
    say_curate(call, &channel, answer);
    return true;
}

/* --- the rows --- */

const struct command command_role_rows[] = {
        {
                .english = {"admins", "admin"},
                .chinese = {"管理员"},
                .grammar = {"[ID… | +ID | -ID | none]",
                        "[ID… | +ID | -ID | 无]", NULL},
                .summary = {"who may change the channel besides its moderators",
                        "除管理者外谁可以修改频道", NULL},
                .details = {"By user ids, as the product writes them. Ids "
                            "without a sign make a new list.",
                        "用产品里的用户 ID。不带加减号会重设整个名单。", NULL},
                .examples = {"admins @ana:example.org\n"
                             "admins +@bo:example.org\nadmins none",
                        "管理员 @ana:example.org\n"
                        "管理员 +@bo:example.org\n管理员 无",
                        NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = run_people,
        },
        {
                .english = {"curators", "curator"},
                .chinese = {"编辑"},
                .grammar = {"[ID… | +ID | -ID | none]",
                        "[ID… | +ID | -ID | 无]", NULL},
                .summary = {"who may change a digest's draft",
                        "谁可以修改日报的草稿", NULL},
                .details = {"By user ids, as the product writes them. Ids "
                            "without a sign make a new list.",
                        "用产品里的用户 ID。不带加减号会重设整个名单。", NULL},
                .examples = {"curators @bo:example.org\n"
                             "curators -@bo:example.org",
                        "编辑 @bo:example.org\n编辑 -@bo:example.org", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = run_people,
        },
        {
                .english = {"curate"},
                .chinese = {"审稿"},
                .grammar = {"[2h | off]", "[2 小时 | 关闭]", NULL},
                .summary = {"how long ahead the curators get a draft",
                        "提前多久把草稿交给编辑", NULL},
                .details = {"From 5m to 20h. What the curators leave untouched "
                            "goes out at its hour.",
                        "5 分钟到 20 小时之间。编辑没有改动的，到点照常发出。",
                        NULL},
                .examples = {"curate 2h\ncurate 45m\ncurate off",
                        "审稿 2 小时\n审稿 45 分钟\n审稿 关闭", NULL},
                .who = COMMAND_MANAGERS,
                .bare_reads = true,
                .seldom = true,
                .run = run_curate,
        },
        {.english = {NULL}},
};
