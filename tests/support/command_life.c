#include "tests/support/command_life.h"

#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

const char *const command_life_people[COMMAND_LIFE_PEOPLE] = {"ana", "bo",
        "cem"};

static const struct {
    const char *code, *english, *chinese;
} categories[] = {
        {"cs.LG", "LG", "机器学习"},
        {"cs.CV", "cs.cv", "计算机视觉"},
        {"cs.CL", "CL", "计算与语言"},
        {"cs.RO", "Robotics", "机器人"},
        {"eess.AS", "AS", "eess.AS"},
};
enum {
    CATEGORY_COUNT = sizeof categories / sizeof *categories
};

/* The digest's, by number from 1. */
static const char *const numbered[] = {"2611.10001", "2611.10002", "2611.10003",
        "2611.10005"};

static size_t paper_index(const char *id)
{
    for (size_t i = 0; i < asking_paper_count; i++)
        if (text_same(asking_papers[i].id, id))
            return i;
    fail_msg("%s is not among the papers", id);
    return 0;
}

/* --- chance --- */

size_t command_life_dice(struct life *life, size_t sides)
{
    return (size_t)life->chance.below(life->chance.state, sides);
}

#define PICK(life, list)                                                       \
    ((list)[command_life_dice((life), sizeof(list) / sizeof *(list))])

static struct arena *arena_of(struct life *life)
{
    return &life->asking.fixture.arena;
}

static struct place *here(struct life *life)
{
    return &life->model.places[life->channel];
}

static bool in_charge(const struct life *life)
{
    return life->person == 0;
}

/* --- what the channel follows --- */

static bool holds(const struct wish *wish, const char *item)
{
    for (size_t i = 0; i < wish->count; i++)
        if (text_same(wish->items[i], item))
            return true;
    return false;
}

static void add(struct wish *wish, const char *item)
{
    if (holds(wish, item))
        return;
    assert_true(wish->count < COMMAND_LIFE_LIST_MAX);
    wish->items[wish->count++] = item;
}

static void drop(struct wish *wish, const char *item)
{
    size_t kept = 0;

    for (size_t i = 0; i < wish->count; i++)
        if (!text_same(wish->items[i], item))
            wish->items[kept++] = wish->items[i];
    wish->count = kept;
}

/* One thing to follow: how it is typed, and what it is. */
struct topic {
    const char *typed, *item;
    enum kind kind;
};

static struct topic random_topic(struct life *life)
{
    static const struct topic others[] = {
            {"\"diffusion\"", "diffusion", WORDS},
            {"“浓雾”", "浓雾", WORDS},
            {"\"event cameras\"", "event cameras", WORDS},
            {"by:\"Ana Ruiz\"", "Ana Ruiz", AUTHORS},
            {"作者：“张伟”", "张伟", AUTHORS},
            {"-survey", "survey", UNWANTED},
            {"-综述", "综述", UNWANTED},
    };
    size_t at = command_life_dice(life, CATEGORY_COUNT);

    if (command_life_dice(life, 2) == 0)
        return PICK(life, others);
    return (struct topic){command_life_dice(life, 2) == 0
                    ? categories[at].english
                    : categories[at].chinese,
            categories[at].code, CATEGORIES};
}

static const char *follow(struct life *life)
{
    bool away = command_life_dice(life, 2) == 0,
         wrong = command_life_dice(life, 8) == 0;
    struct place changed = *here(life);
    size_t count = 1 + command_life_dice(life, 3);
    struct text text;

    text_init(&text, arena_of(life), 1000);
    text_add(&text,
            away ? (command_life_dice(life, 2) == 0 ? "unsubscribe" : "退订")
                 : (command_life_dice(life, 2) == 0 ? "subscribe" : "订阅"));
    for (size_t i = 0; i < count; i++) {
        struct topic topic = random_topic(life);
        text_add_format(&text, "%s%s",
                command_life_dice(life, 2) == 0 ? " " : "，", topic.typed);
        (away ? drop : add)(&changed.follows[topic.kind], topic.item);
    }
    if (wrong)
        text_add(&text, " cs.QQ");
    if (in_charge(life) && !wrong && changed.follows[CATEGORIES].count > 0)
        *here(life) = changed;
    return text_string(&text);
}

/* --- settings --- */

static const char *set_hour(struct life *life)
{
    static const char *const hours[] = {"08:00", "13:30", "21:15"};
    static const char *const days[][3] = {{"daily", "每天", "daily"},
            {"weekdays", "工作日", "weekdays"},
            {"mon wed", "周一，周三", "mon wed"}};
    static const char *const zones[][2] = {{"Asia/Shanghai", "上海"},
            {"America/New_York", "纽约"}, {"Europe/Berlin", "Berlin"}};
    const char *hour = PICK(life, hours);
    size_t day = command_life_dice(life, 4), zone = command_life_dice(life, 4);
    struct place *place = here(life);

    if (command_life_dice(life, 6) == 0) {
        if (in_charge(life))
            place->minute = "off";
        return command_life_dice(life, 2) == 0 ? "schedule off" : "时间 关闭";
    }
    if (in_charge(life)) {
        place->days = day < 3                     ? days[day][2]
                : text_same(place->minute, "off") ? "daily"
                                                  : place->days;
        place->minute = hour;
        place->zone = zone < 3 ? zones[zone][0] : place->zone;
    }
    return arena_format(arena_of(life), "%s %s %s %s",
            command_life_dice(life, 2) == 0 ? "schedule" : "时间", hour,
            day < 3 ? days[day][command_life_dice(life, 2)] : "",
            zone < 3 ? zones[zone][command_life_dice(life, 2)] : "");
}

static const char *set_size(struct life *life)
{
    unsigned top = (unsigned)command_life_dice(life, 60),
             also = (unsigned)command_life_dice(life, 6);
    bool both = command_life_dice(life, 2) == 0;

    if (in_charge(life) && top <= 50) {
        here(life)->top = top;
        if (both)
            here(life)->also = also;
    }
    return both ? arena_format(arena_of(life), "size %u+%u", top, also)
                : arena_format(arena_of(life), "篇数 %u", top);
}

/* A setting that has one of a few values; those that are none change nothing. */
struct choice {
    const char *typed[2]; /* in both languages */
    const char *value;    /* NULL: there is none such */
};

static const char *choose(struct life *life, const char *english,
        const char *chinese, const struct choice *choice, const char **place)
{
    bool in_chinese = command_life_dice(life, 2) == 0;

    if (in_charge(life) && choice->value != NULL)
        *place = choice->value;
    return arena_format(arena_of(life), "%s %s", in_chinese ? chinese : english,
            choice->typed[in_chinese]);
}

static const char *set_style(struct life *life)
{
    static const struct choice choices[] = {{{"brief", "简短"}, "brief"},
            {{"full", "完整"}, "full"}, {{"grand", "宏大"}, NULL}};
    return choose(life, "style", "风格", &PICK(life, choices),
            &here(life)->style);
}

static const char *set_layout(struct life *life)
{
    static const struct choice choices[] = {{{"message", "整篇"}, "message"},
            {{"thread", "消息列"}, "thread"}, {{"circle", "圆形"}, NULL}};
    return choose(life, "layout", "版式", &PICK(life, choices),
            &here(life)->layout);
}

static const char *set_when(struct life *life)
{
    static const struct choice choices[] = {{{"punctual", "准时"}, "punctual"},
            {{"fresh", "等新"}, "fresh"}, {{"soon", "很快"}, NULL}};
    return choose(life, "when", "何时", &PICK(life, choices),
            &here(life)->when);
}

static const char *set_quiet(struct life *life)
{
    static const struct choice choices[] = {{{"silent", "静默"}, "silent"},
            {{"line", "一行"}, "line"}, {{"best", "精选"}, "best"},
            {{"loud", "大声"}, NULL}};
    return choose(life, "quiet", "空闲日", &PICK(life, choices),
            &here(life)->quiet);
}

static const char *set_languages(struct life *life)
{
    static const struct choice choices[] = {{{"zh", "中文"}, "zh"},
            {{"en", "英文"}, "en"}, {{"zh en", "中文，英文"}, "zh en"},
            {{"English Chinese", "英文 中文"}, "en zh"},
            {{"klingon", "火星文"}, NULL},
            {{"zh klingon", "中文 火星文"}, NULL}};
    return choose(life, "languages", "语言", &PICK(life, choices),
            &here(life)->languages);
}

static const char *set_credit(struct life *life)
{
    static const struct choice choices[] = {{{"Chosen by Ana", "转自安娜"},
                                                    "?"},
            {{"off", "无"}, ""}};
    const struct choice *choice = &PICK(life, choices);
    const char *said =
            choose(life, "credit", "署名", choice, &here(life)->credit);

    if (in_charge(life) && text_same(choice->value, "?"))
        here(life)->credit =
                text_has_han(said) ? choice->typed[1] : choice->typed[0];
    return said;
}

static const char *set_curate(struct life *life)
{
    static const struct choice choices[] = {{{"2h", "2小时"}, "2h"},
            {{"45m", "45 分钟"}, "45m"}, {{"off", "关闭"}, "off"},
            {{"forever", "永远"}, NULL}};
    return choose(life, "curate", "审稿", &PICK(life, choices),
            &here(life)->curate);
}

static const char *pause_or_go(struct life *life)
{
    static const char *const words[2][2] = {{"pause", "暂停"},
            {"resume", "恢复"}};
    size_t which = command_life_dice(life, 2);

    if (in_charge(life))
        here(life)->paused = which == 0;
    return words[which][command_life_dice(life, 2)];
}

static const char *reset(struct life *life)
{
    static const char *const words[][2] = {{"all", "全部"},
            {"subscribe", "订阅"}, {"schedule", "时间"}, {"size", "篇数"},
            {"style", "风格"}, {"languages", "语言"}, {"pause", "暂停"},
            {"sise", "颜色"}};
    struct place *place = here(life);
    struct place before = *place,
                 *configured = &life->model.configured[life->channel];
    size_t which = command_life_dice(life, sizeof words / sizeof *words);
    const char *said = arena_format(arena_of(life), "%s %s",
            command_life_dice(life, 2) == 0 ? "reset" : "重置",
            words[which][command_life_dice(life, 2)]);

    if (!in_charge(life))
        return said;
    if (which == 0) {
        *place = *configured;
        memcpy(place->votes, before.votes, sizeof place->votes);
        memcpy(place->readings, before.readings, sizeof place->readings);
    } else if (which == 1) {
        memcpy(place->follows, configured->follows, sizeof place->follows);
    } else if (which == 2) {
        place->minute = configured->minute;
        place->days = configured->days;
        place->zone = configured->zone;
    } else if (which == 3) {
        place->top = configured->top;
        place->also = configured->also;
    } else if (which == 4) {
        place->style = configured->style;
    } else if (which == 5) {
        place->languages = configured->languages;
    } else if (which == 6) {
        place->paused = configured->paused;
    }
    return said;
}

/* --- papers --- */

/* Some papers as they are typed; each counts once.  Those that are none here are
 * told so, and the others are taken. */
static size_t random_papers(struct life *life, struct text *text,
        const char *ids[3])
{
    size_t count = 0;

    for (size_t i = 1 + command_life_dice(life, 3); i > 0; i--) {
        size_t number = command_life_dice(life, 4);
        bool by_number = command_life_dice(life, 2) == 0;
        const char *id = by_number
                ? numbered[number]
                : asking_papers[command_life_dice(life, asking_paper_count)].id;

        if (command_life_dice(life, 20) == 0) {
            text_add(text, " banana");
            continue;
        }
        if (by_number)
            text_add_format(text, " %zu", number + 1);
        else
            text_add_format(text, "%s%s",
                    command_life_dice(life, 2) == 0 ? " "
                                                    : " https://arxiv.org/abs/",
                    id);
        bool again = false;
        for (size_t k = 0; k < count; k++)
            again = again || text_same(ids[k], id);
        if (!again && (!by_number || here(life)->has_digest))
            ids[count++] = id;
    }
    return count;
}

static const char *keep(struct life *life)
{
    static const char *const words[2][2] = {{"save", "收藏"},
            {"unsave", "取消收藏"}};
    size_t away = command_life_dice(life, 2), count;
    int64_t *saved_ms = life->model.saved_ms[life->person];
    const char *ids[3];
    struct text text;

    text_init(&text, arena_of(life), 1000);
    text_add(&text, words[away][command_life_dice(life, 2)]);
    count = random_papers(life, &text, ids);
    for (size_t i = 0; i < count; i++) {
        int64_t *at = &saved_ms[paper_index(ids[i])];
        if (away || *at == 0)
            *at = away ? 0 : life->asking.time.ms;
    }
    return text_string(&text);
}

static const char *vote(struct life *life)
{
    static const char *const words[2][2] = {{"up", "赞"}, {"down", "踩"}};
    size_t down = command_life_dice(life, 2), count;
    int value = down ? -1 : 1;
    const char *ids[3];
    struct text text;

    text_init(&text, arena_of(life), 1000);
    text_add(&text, words[down][command_life_dice(life, 2)]);
    count = random_papers(life, &text, ids);
    for (size_t i = 0; i < count; i++) {
        int *at = &here(life)->votes[life->person][paper_index(ids[i])];
        *at = *at == -value ? 0 : value;
    }
    return text_string(&text);
}

/* --- lists --- */

static bool carries(const struct asking_paper *paper, const char *code)
{
    return strstr(paper->categories, code) != NULL;
}

static bool is_listed(const struct life *life, const struct reading *reading,
        const struct asking_paper *paper)
{
    const struct wish *follows =
            &life->model.places[life->channel].follows[CATEGORIES];
    char day[CIVIL_DATE_SIZE];

    if (!civil_date_is_set(paper->announced) || paper->announce != ANNOUNCE_NEW)
        return false;
    civil_date_format(paper->announced, day);
    if (strcmp(day, reading->from) < 0 || strcmp(day, reading->until) > 0)
        return false;
    for (size_t i = 0; i < CATEGORY_COUNT; i++)
        if (carries(paper, categories[i].code) &&
                (reading->categories != 0 ? (reading->categories >> i & 1) != 0
                                          : holds(follows, categories[i].code)))
            return true;
    return false;
}

static size_t listed(const struct life *life, const struct reading *reading)
{
    const int64_t *saved_ms = life->model.saved_ms[life->person];
    size_t count = 0;

    for (size_t i = 0; i < asking_paper_count; i++)
        count += reading->saved ? saved_ms[i] != 0
                                : is_listed(life, reading, &asking_papers[i]);
    return count;
}

static void read_on(struct life *life, struct reading *reading, size_t limit)
{
    size_t total = listed(life, reading), first = reading->offset;
    size_t left = total > first ? total - first : 0;

    reading->offset = first + (left < limit ? left : limit);
    reading->open = left > limit;
    reading->ever = reading->ever || reading->open;
}

static const char *list(struct life *life)
{
    static const struct {
        const char *english, *chinese, *from, *until;
    } lists[] = {
            {"today", "今天", "2026-11-23", "2026-11-23"},
            {"2026-11-20", "11月20日", "2026-11-20", "2026-11-20"},
            {"since thu", "自 周四", "2026-11-19", "2026-11-23"},
    };
    struct reading *reading = &here(life)->readings[life->person];
    size_t which = command_life_dice(life, 3),
           wanted = command_life_dice(life, 4);
    struct text text;

    text_init(&text, arena_of(life), 1000);
    text_add(&text,
            command_life_dice(life, 2) == 0 ? lists[which].english
                                            : lists[which].chinese);
    *reading = (struct reading){.ever = reading->ever,
            .wanted = wanted == 0 ? 10 : wanted,
            .from = lists[which].from,
            .until = lists[which].until};
    for (size_t i = command_life_dice(life, 3); i > 0; i--) {
        size_t at = command_life_dice(life, CATEGORY_COUNT);
        text_add_format(&text, " %s", categories[at].english);
        reading->categories |= 1U << at;
    }
    if (wanted > 0)
        text_add_format(&text, " %zu", wanted);
    read_on(life, reading, reading->wanted);
    return text_string(&text);
}

static const char *list_saved(struct life *life)
{
    struct reading *reading = &here(life)->readings[life->person];
    const struct reading own = {.ever = reading->ever,
            .wanted = 10,
            .saved = true};

    if (listed(life, &own) > 0) {
        *reading = own;
        read_on(life, reading, reading->wanted);
    }
    return command_life_dice(life, 2) == 0 ? "saved" : "我的收藏";
}

static const char *more(struct life *life)
{
    struct reading *reading = &here(life)->readings[life->person];
    size_t wanted = command_life_dice(life, 4);

    if (reading->open)
        read_on(life, reading, wanted > 0 ? wanted : reading->wanted);
    if (wanted > 0)
        return arena_format(arena_of(life), "%s %zu",
                command_life_dice(life, 2) == 0 ? "more" : "更多", wanted);
    return command_life_dice(life, 2) == 0 ? "more" : "下一页";
}

static const char *only_look(struct life *life)
{
    static const char *const looks[] = {"settings", "订阅列表", "收藏夹 bibtex",
            "help", "帮助 订阅", "3", "2210.11693", "why 1", "schedule", "风格",
            "pasue", "今夭", "search -", "", "more bananas", "2210.00001"};
    return PICK(life, looks);
}

typedef const char *deed_fn(struct life *life);
static deed_fn *const deeds[] = {follow, follow, follow, set_hour, set_size,
        set_style, set_layout, set_when, set_quiet, set_languages, set_credit,
        set_curate, pause_or_go, reset, keep, keep, keep, vote, vote, vote,
        list, list, list, list_saved, more, more, more, only_look, only_look};

const char *command_life_say(struct life *life)
{
    return PICK(life, deeds)(life);
}
