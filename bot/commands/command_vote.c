#include "bot/commands/command_vote.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/commands/command_paper.h"
#include "bot/labels.h"
#include "bot/taste.h"

enum {
    TITLE_SHOWN = 80, /* graphemes: it is only recalled */
};

static const struct phrase voted_up = {
        .english = "👍 %1",
        .chinese = "👍 %1",
};
static const struct phrase voted_down = {
        .english = "👎 %1",
        .chinese = "👎 %1",
};
static const struct phrase stands = {
        .english = "Your vote stands already: %1",
        .chinese = "你已经投过这一票：%1",
};
static const struct phrase taken_back = {
        .english = "Your vote is taken back: %1",
        .chinese = "已撤回你的投票：%1",
};
static const struct phrase channel_learns = {
        .english = "The channel goes by %1 votes; %2 tells what that does to a "
                   "paper.",
        .chinese = "本频道共有 %1 票可参考；发送 %2 查看它对某篇论文的影响。",
        .one = "The channel goes by 1 vote; %2 tells what that does to a "
               "paper.",
};
static const struct phrase vote_which = {
        .english = "For which paper? Write its number in the digest, an arXiv "
                   "id or a link: %1",
        .chinese = "给哪篇论文投票？请写它在日报中的序号、arXiv "
                   "编号或链接，例如 %1",
};

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

/* The opposite of a vote takes it back; the same again changes nothing. */
static const struct phrase *outcome(int wanted, int before)
{
    if (before == wanted)
        return &stands;
    if (before != VOTE_NONE)
        return &taken_back;
    return wanted == VOTE_UP ? &voted_up : &voted_down;
}

static bool cast(const struct command_call *call, const struct paper *paper,
        int wanted, struct command_answer *answer, struct error *err)
{
    struct vote vote = {.person = call->person,
            .paper_id = paper->id,
            .value = wanted,
            .voted_ms = call->now_ms};
    int before, between;

    if (!taste_vote(call->store, call->channel->id, &vote, &before, err))
        return false;
    vote.value = VOTE_NONE;
    if (before != VOTE_NONE && before != wanted &&
            !taste_vote(call->store, call->channel->id, &vote, &between, err))
        return false;
    command_say(call, answer, outcome(wanted, before),
            PHRASE_VALUES(text_shorten(call->arena,
                    text_latex_show(call->arena, paper->title), TITLE_SHOWN)));
    return true;
}

static bool say_how_many(const struct command_call *call,
        struct command_answer *answer, struct error *err)
{
    struct vote_list votes;

    if (!store_vote_list(call->store, call->channel->id, TASTE_VOTES_MAX,
                call->arena, &votes, err))
        return false;
    if (votes.count > 0)
        command_say(call, answer, &channel_learns,
                PHRASE_VALUES(phrase_number(call->arena, votes.count),
                        typed(call, "why 3", "为什么 3")));
    return true;
}

static bool vote(const struct command_call *call,
        const struct command_request *request, int wanted,
        struct command_answer *answer, struct error *err)
{
    struct command_papers papers;

    if (!command_paper_find(call, request->words.items, request->words.count,
                answer, &papers, err))
        return false;
    if (papers.waits || papers.count == 0)
        return true;
    for (size_t i = 0; i < papers.count; i++)
        if (!cast(call, papers.items[i].paper, wanted, answer, err))
            return false;
    return say_how_many(call, answer, err);
}

static bool run_up(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    if (request->words.count > 0)
        return vote(call, request, VOTE_UP, answer, err);
    command_say(call, answer, &vote_which,
            PHRASE_VALUES(typed(call, "up 3", "赞 3")));
    return true;
}

static bool run_down(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    if (request->words.count > 0)
        return vote(call, request, VOTE_DOWN, answer, err);
    command_say(call, answer, &vote_which,
            PHRASE_VALUES(typed(call, "down 3", "踩 3")));
    return true;
}

const struct command command_vote_rows[] = {
        {
                .english = {"up", "upvote"},
                .chinese = {"赞", "顶"},
                .grammar = {"3 | ID…", "3 | 编号…", NULL},
                .summary = {"more papers like this one here",
                        "希望这里多一些这样的论文", NULL},
                .details = {"The channel learns from it: papers with such "
                            "words come "
                            "sooner. A 👍 on a paper's message does the same; "
                            "a down takes it back.",
                        "频道会据此学习：含有类似词语的论文会更靠前。给论文消息"
                        "点 👍 效果相同；踩一下即撤回。",
                        NULL},
                .examples = {"up 3\nup 2210.11693", "赞 3\n赞 2210.11693",
                        NULL},
                .who = COMMAND_ANYONE,
                .numbered = true,
                .run = run_up,
        },
        {
                .english = {"down", "downvote"},
                .chinese = {"踩"},
                .grammar = {"3 | ID…", "3 | 编号…", NULL},
                .summary = {"fewer papers like this one here",
                        "希望这里少一些这样的论文", NULL},
                .details = {"The channel learns from it: papers with such "
                            "words come "
                            "later. A 👎 on a paper's message does the same; "
                            "an up takes it back.",
                        "频道会据此学习：含有类似词语的论文会更靠后。给论文消息"
                        "点 👎 效果相同；赞一下即撤回。",
                        NULL},
                .examples = {"down 3", "踩 3", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .numbered = true,
                .run = run_down,
        },
        {.english = {NULL}},
};
