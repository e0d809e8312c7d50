#include "bot/commands/command_days.h"

#include "bot/announcement.h"
#include "bot/base/text.h"
#include "bot/commands/command_announced.h"
#include "bot/commands/command_day.h"
#include "bot/commands/command_listing.h"
#include "bot/labels.h"
#include "bot/planning/plan_candidates.h"
#include "bot/search_day.h"

#include <string.h>

enum {
    SINCE_DAYS_MAX = 31, /* back from today */
};

static const struct phrase head_of_day = {
        .english = "Announcement of %1%2 · %3 new + %4 cross-listed",
        .chinese = "arXiv %1公告%2 · %3 篇新论文 + %4 篇交叉",
};
static const struct phrase head_of_days = {
        .english = "%1%2 · %3 new + %4 cross-listed",
        .chinese = "%1%2 · %3 篇新论文 + %4 篇交叉",
};
static const struct phrase days_from = {
        .english = "%1 announcements, %2 to %3",
        .chinese = "%2至 %3，共 %1 次公告",
        .one = "1 announcement since %2, of %3",
};
static const struct phrase nearest_is = {
        .english = "The nearest is of %1: %2",
        .chinese = "最近的公告是 %1：%2",
};
static const struct phrase not_so_far = {
        .english = "I look back %1 days at most, to %2.",
        .chinese = "最多回看 %1 天，即从 %2算起。",
};
static const struct phrase since_when = {
        .english = "Since when? Write a day behind it: %1, %2",
        .chinese = "从哪天开始？请在后面写上日期：%1，%2",
};
static const struct phrase wrong_way_round = {
        .english = "%1 comes before %2: write the earlier day first.",
        .chinese = "%1在 %2之前，请把较早的日期写在前面。",
};
static const struct phrase which_day = {
        .english = "Which day? Write it behind: %1",
        .chinese = "哪一天？请在后面写上日期：%1",
};

/* One answer being put together. */
struct listing {
    const struct command_call *call;
    const struct command_request *request;
    struct command_answer *answer;
    struct command_scope scope;
    struct command_announced announced;
    struct civil_date newest; /* announcement */
};

static const char *line_of(const struct listing *listing,
        struct civil_date first, struct civil_date last)
{
    char from[CIVIL_DATE_SIZE], to[CIVIL_DATE_SIZE];

    civil_date_format(first, from);
    civil_date_format(last, to);
    return civil_date_compare(first, last) == 0
            ? arena_format(listing->call->arena, "%s%s", from,
                      listing->scope.line)
            : arena_format(listing->call->arena, "since %s until:%s%s", from,
                      to, listing->scope.line);
}

static const char *days_text(const struct listing *listing,
        struct civil_date first, struct civil_date last)
{
    const struct command_call *call = listing->call;

    return phrase_fill(call->arena, &days_from, call->language,
            PHRASE_VALUES(phrase_number(call->arena,
                                  command_announced_days(&listing->announced,
                                          first, last)),
                    command_day_text(call, first),
                    command_day_text(call,
                            command_announced_newest(&listing->announced,
                                    last))));
}

static bool show_days(struct listing *listing, struct civil_date first,
        struct civil_date last, struct error *err)
{
    const struct command_call *call = listing->call;
    const struct command_scope *scope = &listing->scope;
    bool one = civil_date_compare(first, last) == 0;
    struct plan_candidates candidates;

    if (!plan_candidates_of_days(call->store, &scope->channel, first, last,
                true, call->arena, &candidates, err))
        return false;
    struct scored_list ranked = selection_rank(candidates.items,
            candidates.count, &scope->channel.subscription, call->arena);
    const struct command_listing whole =
            {.head = phrase_fill(call->arena,
                     one ? &head_of_day : &head_of_days, call->language,
                     PHRASE_VALUES(one ? command_day_text(call, first)
                                       : days_text(listing, first, last),
                             command_listing_of(call, scope),
                             phrase_number(call->arena,
                                     candidates.foot.new_count),
                             phrase_number(call->arena,
                                     candidates.foot.cross_count))),
                    .papers = &ranked,
                    .line = line_of(listing, first, last)};
    return command_listing_show(call, listing->request, scope, &whole,
            listing->answer, err);
}

/* With the categories of which that day's announcement is missing. */
static bool show_day(struct listing *listing, struct civil_date day,
        struct error *err)
{
    if (listing->request->page.offset == 0)
        command_announced_say_rest(listing->call, &listing->announced, day,
                listing->answer);
    return show_days(listing, day, day, err);
}

/* *go is false if the answer is whole already: the words are not right, or
 * nothing was ever announced. */
static bool begin(struct listing *listing, const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        bool with_day, bool *go, struct error *err)
{
    *listing = (struct listing){.call = call,
            .request = request,
            .answer = answer};
    *go = command_scope_read(call, request->words.items, request->words.count,
            with_day, answer, &listing->scope);
    if (!*go)
        return true;
    if (!command_announced_read(call, &listing->scope, &listing->announced,
                err))
        return false;
    listing->newest = command_announced_newest(&listing->announced,
            (struct civil_date){0});
    *go = civil_date_is_set(listing->newest);
    if (!*go)
        command_listing_say_nothing(call, &listing->scope, answer);
    return true;
}

static bool run_today(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct listing listing;
    struct civil_date due = call->today;
    bool go;

    if (!begin(&listing, call, request, answer, false, &go, err))
        return false;
    if (!go)
        return true;
    while (!announcement_is_day(due))
        due = civil_date_plus(due, -1);
    if (civil_date_compare(listing.newest, due) < 0)
        command_announced_say_why(call, &listing.announced, due, answer);
    return show_day(&listing, listing.newest, err);
}

/* Why there is nothing of the day, and the nearest one before, or else after,
 * with the command that shows it. */
static void say_nearest(struct listing *listing, struct civil_date day)
{
    const struct command_call *call = listing->call;
    struct civil_date near = command_announced_newest(&listing->announced, day);

    if (!civil_date_is_set(near))
        near = command_announced_next(&listing->announced, day);
    command_announced_say_why(call, &listing->announced, day, listing->answer);
    command_say(call, listing->answer, &nearest_is,
            PHRASE_VALUES(command_day_text(call, near),
                    command_as_typed(call, line_of(listing, near, near))));
}

static bool run_yesterday(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct listing listing;
    struct civil_date day = civil_date_plus(call->today, -1);
    bool go;

    if (!begin(&listing, call, request, answer, false, &go, err))
        return false;
    if (!go)
        return true;
    struct civil_date before =
            command_announced_newest(&listing.announced, day);
    if (civil_date_compare(before, day) == 0)
        return show_day(&listing, day, err);
    if (!civil_date_is_set(before)) {
        say_nearest(&listing, day);
        return true;
    }
    command_announced_say_why(call, &listing.announced, day, answer);
    return show_day(&listing, before, err);
}

static bool run_day(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct listing listing;
    bool go;

    if (!begin(&listing, call, request, answer, true, &go, err))
        return false;
    if (!go)
        return true;
    struct civil_date day = listing.scope.day;
    if (!civil_date_is_set(day)) {
        command_say(call, answer, &which_day,
                PHRASE_VALUES(command_as_typed(call, "2026-11-23")));
        return true;
    }
    if (civil_date_compare(command_announced_newest(&listing.announced, day),
                day) == 0)
        return show_day(&listing, day, err);
    say_nearest(&listing, day);
    return true;
}

static struct civil_date not_before(struct listing *listing,
        struct civil_date day)
{
    const struct command_call *call = listing->call;
    struct civil_date first = civil_date_plus(call->today, -SINCE_DAYS_MAX);

    if (civil_date_compare(day, first) >= 0)
        return day;
    command_say(call, listing->answer, &not_so_far,
            PHRASE_VALUES(phrase_number(call->arena, SINCE_DAYS_MAX),
                    command_day_text(call, first)));
    return first;
}

static void ask_since_when(struct listing *listing)
{
    const struct command_call *call = listing->call;
    bool chinese = label_same_language(call->language, "zh");

    command_say(call, listing->answer, &since_when,
            PHRASE_VALUES(command_as_typed(call,
                                  chinese ? "自 周一" : "since mon"),
                    command_as_typed(call,
                            chinese ? "自 11月20日" : "since 2026-11-20")));
}

static bool run_since(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct listing listing;
    bool go;

    if (!begin(&listing, call, request, answer, true, &go, err))
        return false;
    if (!go)
        return true;
    if (!civil_date_is_set(listing.scope.day)) {
        ask_since_when(&listing);
        return true;
    }
    struct civil_date first = not_before(&listing, listing.scope.day);
    struct civil_date newest =
            command_announced_newest(&listing.announced, listing.scope.until);
    if (civil_date_is_set(listing.scope.until) &&
            civil_date_compare(listing.scope.until, first) < 0)
        command_say(call, answer, &wrong_way_round,
                PHRASE_VALUES(command_day_text(call, listing.scope.until),
                        command_day_text(call, first)));
    else if (civil_date_compare(newest, first) >= 0)
        return show_days(&listing, first, newest, err);
    else
        say_nearest(&listing, first);
    return true;
}

/* "2026-11-23", "周一", "7d": no word that one would look for, as "sat" is, and
 * no whole month. */
static bool is_plain_day(const struct command_word *word)
{
    static const struct civil_date some_day = {2026, 1, 1};
    struct civil_date first, last;

    return *word->key == '\0' && !word->negated &&
            (strpbrk(word->text, "0123456789") != NULL ||
                    text_has_han(word->text)) &&
            search_day_parse(word->text, some_day, false, &first) &&
            search_day_parse(word->text, some_day, true, &last) &&
            civil_date_compare(first, last) == 0;
}

/* "2026-02-30": nothing else is written so. */
static bool is_like_day(const char *word)
{
    size_t length = strspn(word, "0123456789-/");

    return word[length] == '\0' && length >= strlen("2026-1-1") &&
            strspn(word, "0123456789") == 4 &&
            strpbrk(word, "-/") != strrchr(word, word[4]);
}

static bool claims_day(struct arena *arena, const struct command_words *words)
{
    (void)arena;
    return is_plain_day(&words->items[0]) || is_like_day(words->items[0].text);
}

const struct command command_days_rows[] = {
        {
                .english = {"today", "newest"},
                .chinese = {"今天", "今日", "最新"},
                .grammar = {"[LG CV] [N]", "[LG CV] [篇数]", NULL},
                .summary = {"the newest announcement, best first",
                        "最新一次公告，好论文在前", NULL},
                .details = {"The newest that arXiv announced; its date is "
                            "said, and whether today's is out. First comes "
                            "what this channel's digest would take first. You "
                            "may name categories in place of the channel's by "
                            "tag, code or name (LG, cs.LG, Robotics, cs.*), "
                            "and how many papers: 10 if you do not say, at "
                            "most 20; “more” goes on.",
                        "arXiv 最新一次公告，会注明日期，以及今天的是否已发布。"
                        "排在前面的是本频道日报会优先选的论文。可以用标签、代码"
                        "或名称指定分类（LG、cs.LG、机器人、cs.*），代替频道的"
                        "分类；也可以写篇数，默认 10 篇，最多 20 篇；发送“更多”"
                        "看下一页。",
                        NULL},
                .examples = {"today\ntoday CV 5\ntoday Robotics",
                        "今天\n今天 CV 5\n今天 机器人", NULL},
                .who = COMMAND_ANYONE,
                .run = run_today,
        },
        {
                .english = {"yesterday"},
                .chinese = {"昨天", "昨日"},
                .grammar = {"[LG CV] [N]", "[LG CV] [篇数]", NULL},
                .summary = {"yesterday's announcement, or the last before",
                        "昨天的公告；若没有，则为此前最近一次", NULL},
                .details = {"Days are New York's, as arXiv's are. Categories "
                            "and N as behind “today”.",
                        "日期与 arXiv "
                        "一致，以纽约为准。分类和篇数的写法与“今天”"
                        "相同。",
                        NULL},
                .examples = {"yesterday\nyesterday LG 5", "昨天\n昨天 LG 5",
                        NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_yesterday,
        },
        {
                .english = {"day"},
                .chinese = {"日期"},
                .grammar = {"2026-11-23 [LG CV] [N]", "11月23日 [LG CV] [篇数]",
                        NULL},
                .summary = {"the announcement of a day", "某一天的公告", NULL},
                .details = {"Also 11/23; behind “day” also mon. Categories and "
                            "N as behind “today”.",
                        "也可以写 2026-11-23、周一。分类和篇数的写法与“今天”"
                        "相同。",
                        NULL},
                .examples = {"2026-11-23\n2026-11-23 LG 5\nday mon",
                        "11月23日\n周一 LG 5\n2026-11-23", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .claims = claims_day,
                .run = run_day,
        },
        {
                .english = {"since"},
                .chinese = {"自", "从"},
                .grammar = {"mon [until:wed] [LG CV] [N]",
                        "周一 [至:周三] [LG CV] [篇数]", NULL},
                .summary = {"all announcements since a day, best first",
                        "从某天起的所有公告，好论文在前", NULL},
                .details = {"At most 31 days back. Categories and N as behind "
                            "“today”.",
                        "最多回看 31 天。分类和篇数的写法与“今天”相同。", NULL},
                .examples = {"since mon\nsince 2026-11-20 CV\nsince 7d 20",
                        "自 周一\n自 11月20日 CV\n自 7天 20", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .numbered = true,
                .run = run_since,
        },
        {.english = {NULL}},
};
