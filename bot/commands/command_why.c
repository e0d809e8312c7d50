#include "bot/commands/command_why.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/commands/command_day.h"
#include "bot/commands/command_paper.h"
#include "bot/content/content_words.h"
#include "bot/explain.h"
#include "bot/labels.h"
#include "bot/selection_match.h"
#include "bot/taste.h"

enum {
    TITLE_SHOWN_MAX = 80, /* graphemes */
    DETAIL_SHOWN_MAX = 80,
    REASONS_SHOWN_MAX = 240, /* reasons are several details */
    REASONS_SHOWN = 5,
    TASTE_WORDS_SHOWN = 5,
    FILINGS_SHOWN_MAX = 6,
};

/* --- what became of it --- */

static const struct phrase verdicts[] = {
        [EXPLAIN_POSTED] =
                {
                        .english = "It was posted here on %1.",
                        .chinese = "已于 %1发布到本频道。",
                },
        [EXPLAIN_UNWANTED] =
                {
                        .english = "It is not posted here: it is in none of "
                                   "the categories that this channel follows.",
                        .chinese = "不会发布到本频道：它不属于本频道订阅的任何"
                                   "分类。",
                },
        [EXPLAIN_WITHDRAWN] =
                {
                        .english = "It is not posted here: its authors have "
                                   "withdrawn it.",
                        .chinese = "不会发布到本频道：作者已撤回这篇论文。",
                },
        [EXPLAIN_UNANNOUNCED] =
                {
                        .english = "It was not posted here: as far as I know, "
                                   "arXiv did not announce it in this "
                                   "channel's categories.",
                        .chinese = "没有发布到本频道：据我所知，arXiv "
                                   "没有在本频道订阅的分类中公告过它。",
                },
        [EXPLAIN_REPLACEMENT] =
                {
                        .english = "It was not posted here: it was announced "
                                   "only as a new version, which is no news.",
                        .chinese =
                                "没有发布到本频道：它只是作为旧论文的新版本公告"
                                "的，不算新论文。",
                },
        [EXPLAIN_INCOMPLETE] =
                {
                        .english = "It is not posted yet: I have not read its "
                                   "announcement to the end.",
                        .chinese = "尚未发布：它所在的公告我还没有读完。",
                },
        [EXPLAIN_MISSED] =
                {
                        .english =
                                "It was not posted here, though it has place "
                                "%2 of %3 now: no digest here was made of "
                                "its announcement, or its score has changed "
                                "since.",
                        .chinese =
                                "没有发布到本频道，尽管它现在在 %3 "
                                "篇候选中排第 "
                                "%2：本频道没有用那期公告做过日报，或者得分后来"
                                "有了变化。",
                },
        [EXPLAIN_COMES] =
                {
                        .english = "It is not posted yet; as things stand it "
                                   "is in the next digest, at place %2 of %3.",
                        .chinese =
                                "尚未发布；照目前情况会进入下一期日报，在 %3 "
                                "篇候选中排第 %2。",
                },
        [EXPLAIN_BEHIND] =
                {
                        .english = "It is not posted yet: it has place %2 of "
                                   "%3, and a digest here takes %4.",
                        .chinese = "尚未发布：它在 %3 篇候选中排第 %2，而本频道"
                                   "每期只取 %4 篇。",
                },
        [EXPLAIN_OUTDONE] =
                {
                        .english = "It was not posted here: it had place %2 of "
                                   "%3, and a digest here takes %4.",
                        .chinese = "没有发布到本频道：它在 %3 篇候选中排第 %2，"
                                   "而本频道每期只取 %4 篇。",
                },
};
static const struct phrase others_taken = {
        .english = "It was not posted here: others were taken.",
        .chinese = "没有发布到本频道：当时选了别的论文。",
};
/* Its place was good enough. */
static const struct phrase for_variety = {
        .english = "It was left out at place %1 of %2, so that near-twins, one "
                   "author or one category do not fill the digest.",
        .chinese = "它在 %2 篇候选中排第 %1，但为了不让内容雷同、同一作者或同一"
                   "分类的论文占满日报，没有入选。",
};

static const char *posted_day(const struct command_call *call,
        const struct explanation *explanation)
{
    return explanation->posted == NULL
            ? ""
            : command_day_text(call,
                      command_day_local(call, explanation->posted->posted_ms));
}

static void say_verdict(const struct command_call *call,
        const struct explanation *explanation, struct command_answer *answer)
{
    const struct phrase *phrase = &verdicts[explanation->verdict];
    const char *place = phrase_number(call->arena, explanation->place);
    const char *among = phrase_number(call->arena, explanation->among);
    bool passed_over = explanation->verdict == EXPLAIN_BEHIND ||
            explanation->verdict == EXPLAIN_OUTDONE;

    if (passed_over && explanation->place == 0) {
        command_say(call, answer, &others_taken, PHRASE_NO_VALUES);
    } else if (passed_over && explanation->place <= explanation->takes) {
        command_say(call, answer, &for_variety, PHRASE_VALUES(place, among));
    } else {
        command_say(call, answer, phrase,
                PHRASE_VALUES(posted_day(call, explanation), place, among,
                        phrase_number(call->arena, explanation->takes)));
    }
}

/* --- what it was announced as --- */

static const struct phrase announced[] = {
        [ANNOUNCE_UNKNOWN] = {.english = "Announced in %1 on %2.",
                .chinese = "%2在 %1 公告。"},
        [ANNOUNCE_NEW] = {.english = "Announced as new in %1 on %2.",
                .chinese = "%2在 %1 公告为新论文。"},
        [ANNOUNCE_CROSS] = {.english = "Announced in %1 on %2 as a cross-list "
                                       "from another category.",
                .chinese = "%2在 %1 公告为交叉论文。"},
        [ANNOUNCE_REPLACE] = {.english = "Announced in %1 on %2 as a new "
                                         "version.",
                .chinese = "%2在 %1 公告为新版本。"},
        [ANNOUNCE_REPLACE_CROSS] = {.english = "Announced in %1 on %2 as a new "
                                               "version.",
                .chinese = "%2在 %1 公告为新版本。"},
};

static void say_announced(const struct command_call *call,
        const struct explanation *explanation, struct command_answer *answer)
{
    for (size_t i = 0; i < explanation->filing_count && i < FILINGS_SHOWN_MAX;
            i++) {
        const struct explain_filing *filing = &explanation->filings[i];
        command_say(call, answer, &announced[filing->announce],
                PHRASE_VALUES(filing->category,
                        command_day_text(call, filing->date)));
    }
}

/* --- the score's parts --- */

struct told {
    struct explanation explanation;
    struct signal_list signals;
    struct taste taste; /* of the channel */
};

/* What a part is given for, as the paper or the channel has it; "" for what
 * needs no more words. */
typedef const char *detail_fn(const struct command_call *call,
        const struct told *told);

static const char *comma(const struct command_call *call)
{
    return label_same_language(call->language, "zh") ? "、" : ", ";
}

static void add_detail(const struct command_call *call, struct text *text,
        const char *word)
{
    text_add_format(text, "%s%s", text->length > 0 ? comma(call) : "", word);
}

static const char *words_met(const struct command_call *call,
        const struct paper *paper, const struct string_list *words)
{
    const struct match_paper match = selection_match_paper(paper, call->arena);
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < words->count; i++) {
        const char *word = selection_match_fold(call->arena, words->items[i]);
        if (selection_match_phrase(match.title, word) ||
                selection_match_phrase(match.abstract, word))
            add_detail(call, &text, words->items[i]);
    }
    return text_string(&text);
}

static const char *category_detail(const struct command_call *call,
        const struct told *told)
{
    (void)call;
    return told->explanation.scored.category;
}

static const char *words_detail(const struct command_call *call,
        const struct told *told)
{
    return words_met(call, told->explanation.paper,
            &call->channel->subscription.words);
}

static const char *unwanted_detail(const struct command_call *call,
        const struct told *told)
{
    return words_met(call, told->explanation.paper,
            &call->channel->subscription.unwanted);
}

static const char *authors_detail(const struct command_call *call,
        const struct told *told)
{
    const struct string_list *wanted = &call->channel->subscription.authors;
    const struct author_list *authors = &told->explanation.paper->authors;
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < authors->count; i++) {
        const char *name =
                selection_match_fold_name(call->arena, authors->items[i].name);
        bool met = false;
        for (size_t k = 0; k < wanted->count && !met; k++)
            met = selection_match_name(selection_match_fold_name(call->arena,
                                               wanted->items[k]),
                    name);
        if (met)
            add_detail(call, &text, authors->items[i].name);
    }
    return text_string(&text);
}

static const char *venue_detail(const struct command_call *call,
        const struct told *told)
{
    const struct paper *paper = told->explanation.paper;

    return text_latex_show(call->arena,
            *paper->journal_ref != '\0' ? paper->journal_ref : paper->comment);
}

static const char *votes_detail(const struct command_call *call,
        const struct told *told)
{
    return arena_format(call->arena, "%lld",
            (long long)signal_value(&told->signals, SIGNAL_HF_VOTES));
}

static const char *citations_detail(const struct command_call *call,
        const struct told *told)
{
    return arena_format(call->arena, "%lld",
            (long long)signal_value(&told->signals, SIGNAL_CITATIONS));
}

static const char *taste_detail(const struct command_call *call,
        const struct told *told)
{
    const struct taste_reasons reasons = taste_reasons_of(&told->taste,
            told->explanation.paper, TASTE_WORDS_SHOWN, call->arena);
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < reasons.count; i++)
        add_detail(call, &text,
                arena_format(call->arena, "%s %+d", reasons.items[i].word,
                        reasons.items[i].score));
    return text_string(&text);
}

static const char *content_detail(const struct command_call *call,
        const struct told *told)
{
    return content_words_of(told->explanation.paper, call->language,
            REASONS_SHOWN, call->arena);
}

static const char *no_detail(const struct command_call *call,
        const struct told *told)
{
    (void)call;
    (void)told;
    return "";
}

/* In the order in which features are shown.  %1 is the detail. */
static const struct {
    struct phrase phrase;
    detail_fn *detail;
} parts[] = {
        [FEATURE_CATEGORY] = {{.english = "filed under %1, which this channel "
                                          "follows",
                                      .chinese = "属于本频道订阅的分类 %1"},
                category_detail},
        [FEATURE_WORDS] = {{.english = "has words that this channel wants: %1",
                                   .chinese = "含有本频道关注的词：%1"},
                words_detail},
        [FEATURE_AUTHORS] = {{.english = "is by somebody whom this channel "
                                         "follows: %1",
                                     .chinese = "作者是本频道关注的人：%1"},
                authors_detail},
        [FEATURE_UNWANTED] = {{.english = "has words that this channel does "
                                          "not want: %1",
                                      .chinese = "含有本频道不想看的词：%1"},
                unwanted_detail},
        [FEATURE_CODE] = {{.english = "says where its code is",
                                  .chinese = "给出了代码地址"},
                no_detail},
        [FEATURE_VENUE] = {{.english = "says where it was accepted: %1",
                                   .chinese = "注明了录用的会议或期刊：%1"},
                venue_detail},
        [FEATURE_CONTENT] =
                {{.english = "like, or unlike, what people elsewhere "
                             "pick; most of it: %1",
                         .chinese = "与大家常选的论文相近或相反，主要因为：%1"},
                        content_detail},
        [FEATURE_TASTE] = {{.english = "like, or unlike, what was voted for "
                                       "here: %1",
                                   .chinese =
                                           "与本频道投票的喜好相近或相反：%1"},
                taste_detail},
        [FEATURE_SIGNALS] = {{.english = "votes by readers elsewhere: %1 on "
                                         "Hugging Face",
                                     .chinese =
                                             "其他读者的投票：Hugging Face 上 "
                                             "%1 票"},
                votes_detail},
        [FEATURE_CITATIONS] = {{.english = "citations by other papers: %1",
                                       .chinese = "被其他论文引用：%1 次"},
                citations_detail},
};
_Static_assert(sizeof parts / sizeof *parts == FEATURE_COUNT,
        "each part of a score is told in words");

static const struct phrase score_is = {
        .english = "Its score for this channel is %1:",
        .chinese = "它在本频道的得分是 %1：",
};

static const struct phrase score_is_nothing = {
        .english = "Its score for this channel is 0.",
        .chinese = "它在本频道的得分是 0。",
};

static bool has_parts(const struct scored *scored)
{
    for (size_t i = 0; i < FEATURE_COUNT; i++)
        if (scored->parts[i] != 0)
            return true;
    return false;
}

static void say_parts(const struct command_call *call, const struct told *told,
        struct command_answer *answer)
{
    struct document *document = answer->document;
    const struct scored *scored = &told->explanation.scored;

    if (!has_parts(scored)) {
        command_say(call, answer, &score_is_nothing, PHRASE_NO_VALUES);
        return;
    }
    command_say(call, answer, &score_is,
            PHRASE_VALUES(arena_format(call->arena, "%d", scored->score)));
    struct document_node *list =
            document_block(document, &document->root, DOCUMENT_LIST, ROLE_NONE);
    for (size_t i = 0; i < FEATURE_COUNT; i++) {
        if (scored->parts[i] == 0)
            continue;
        const char *detail = text_shorten(call->arena,
                parts[i].detail(call, told),
                i == FEATURE_CONTENT ? REASONS_SHOWN_MAX : DETAIL_SHOWN_MAX);
        document_inline(document,
                document_block(document, list, DOCUMENT_ITEM, ROLE_NONE),
                DOCUMENT_TEXT,
                arena_format(call->arena,
                        label_same_language(call->language, "zh") ? "%+d：%s"
                                                                  : "%+d: %s",
                        scored->parts[i],
                        phrase_fill(call->arena, &parts[i].phrase,
                                call->language, PHRASE_VALUES(detail))));
    }
}

/* --- the command --- */

static const struct phrase which = {
        .english = "Why which paper? Write its number in the digest, an arXiv "
                   "id, or a link: %1",
        .chinese =
                "要问哪篇论文？请写它在日报中的序号、arXiv 编号或链接，例如 %1",
};

static bool tell(const struct command_call *call, const struct paper *paper,
        struct command_answer *answer, struct error *err)
{
    struct document *document = answer->document;
    struct told told;

    if (!explain_paper(call->store, call->channel, paper->id, call->arena,
                &told.explanation, err) ||
            !store_signals_get(call->store, paper->id, call->arena,
                    &told.signals, err) ||
            !store_taste_get(call->store, call->channel->id, call->arena,
                    &told.taste, err))
        return false;
    struct document_node *title = document_block(document, &document->root,
            DOCUMENT_PARAGRAPH, ROLE_NONE);
    document_inline(document, title, DOCUMENT_STRONG,
            text_shorten(call->arena,
                    text_latex_show(call->arena, paper->title),
                    TITLE_SHOWN_MAX));
    document_inline(document, title, DOCUMENT_TEXT, " ");
    document_link(document, title, paper->id,
            arena_format(call->arena, "https://arxiv.org/abs/%s", paper->id));
    say_verdict(call, &told.explanation, answer);
    say_parts(call, &told, answer);
    say_announced(call, &told.explanation, answer);
    return true;
}

static bool run_why(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_papers papers;

    if (request->words.count == 0) {
        command_say(call, answer, &which,
                PHRASE_VALUES(command_as_typed(call,
                        arena_format(call->arena, "%s 3",
                                command_name(request->command,
                                        call->language)))));
        return true;
    }
    if (!command_paper_find(call, request->words.items, request->words.count,
                answer, &papers, err))
        return false;
    for (size_t i = 0; !papers.waits && i < papers.count; i++)
        if (!tell(call, papers.items[i].paper, answer, err))
            return false;
    return true;
}

const struct command command_why_rows[] = {
        {
                .english = {"why", "explain"},
                .chinese = {"为什么", "为何", "解释"},
                .grammar = {"3 | 2210.11693 | LINK", "3 | 2210.11693 | 链接",
                        NULL},
                .summary = {"why this channel got a paper, or did not",
                        "为什么推荐（或没有推荐）这篇论文", NULL},
                .details = {"Tells what became of the paper here, what its "
                            "score for this channel is made of, and when arXiv "
                            "announced it.",
                        "说明这篇论文在本频道的去向、得分的构成，以及 arXiv "
                        "何时公告。",
                        NULL},
                .examples = {"why 3\nwhy 2210.11693",
                        "为什么 3\n为什么 2210.11693", NULL},
                .who = COMMAND_ANYONE,
                .seldom = true,
                .run = run_why,
        },
        {.english = {NULL}},
};
