#include "bot/commands/command_draft.h"

#include "bot/base/text.h"
#include "bot/commands/command_drafting.h"
#include "bot/commands/command_edit.h"
#include "bot/commands/command_paper.h"
#include "bot/draft_change.h"
#include "bot/draft_show.h"
#include "bot/labels.h"

#include <stdint.h>
#include <string.h>

static const char *typed(const struct command_call *call, const char *english,
        const char *chinese)
{
    return command_as_typed(call,
            label_same_language(call->language, "zh") ? chinese : english);
}

/* --- draft --- */

static bool run_draft(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_drafting drafting;

    (void)request;
    if (!command_drafting_begin(call, answer, &drafting, err))
        return false;
    if (drafting.draft == NULL)
        return true;
    const struct draft_show show = {.store = call->store,
            .channel = call->channel,
            .draft = drafting.draft,
            .due_ms = drafting.due_ms,
            .form = call->form,
            .language = call->language,
            .arena = call->arena};
    return draft_show_add(&show, answer->document, err);
}

/* --- drop --- */

static const struct phrase which_drop = {
        .english = "Which paper? Write its number in the draft: %1",
        .chinese = "要删哪一篇？请写它在草稿中的序号，例如 %1",
};
static const struct phrase dropped = {
        .english = "%1 is out: %2",
        .chinese = "已删去 %1：%2",
};
static const struct phrase is_out = {
        .english = "%1 is not in: %2",
        .chinese = "%1 本来就没有收录：%2",
};

static bool drop(struct command_drafting *drafting,
        const struct command_word *word, struct error *err)
{
    const struct command_call *call = drafting->call;
    const char *title;
    unsigned number;

    if (!command_drafting_find(drafting, word, false, &number, err))
        return false;
    if (number == 0)
        return true;
    if (!command_drafting_title(drafting, number, &title, err))
        return false;
    bool was_out =
            draft_change_number(drafting->draft, number)->place == DRAFT_OUT;
    command_say(call, drafting->answer, was_out ? &is_out : &dropped,
            PHRASE_VALUES(phrase_number(call->arena, number), title));
    if (was_out)
        return true;
    command_drafting_note(drafting, "drop", number, "");
    draft_change_put(drafting->draft, number, DRAFT_OUT);
    return true;
}

static bool run_drop(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    struct command_drafting drafting;

    if (!command_drafting_begin(call, answer, &drafting, err))
        return false;
    if (drafting.draft == NULL)
        return true;
    if (request->words.count == 0)
        command_say(call, answer, &which_drop,
                PHRASE_VALUES(typed(call, "drop 3", "删 3")));
    for (size_t i = 0; i < request->words.count; i++)
        if (!drop(&drafting, &request->words.items[i], err))
            return false;
    return command_drafting_end(&drafting, err);
}

/* --- pick --- */

static const struct phrase which_pick = {
        .english = "Which paper? Write its number in the draft, an arXiv id or "
                   "a link, and “top” or “also”: %1",
        .chinese = "要选哪一篇？请写它在草稿中的序号、arXiv 编号或链接，以及"
                   "“重点”或“另外”，例如 %1",
};
static const struct phrase is_top = {
        .english = "%1 is among the papers in full: %2",
        .chinese = "%1 列入重点介绍：%2",
};
static const struct phrase is_also = {
        .english = "%1 is among the further papers: %2",
        .chinese = "%1 列入另外几篇：%2",
};
static const struct phrase was_top = {
        .english = "%1 is among the papers in full already: %2",
        .chinese = "%1 已在重点介绍中：%2",
};
static const struct phrase was_also = {
        .english = "%1 is among the further papers already: %2",
        .chinese = "%1 已在另外几篇中：%2",
};
static const struct phrase full = {
        .english = "%1 papers are in, and more do not fit.",
        .chinese = "已收录 %1 篇，不能再多了。",
};

/* Whether a word says to which tier. */
static bool is_tier(const struct command_word *word, enum draft_place *place)
{
    static const struct {
        const char *word;
        enum draft_place place;
    } tiers[] = {{"top", DRAFT_TOP}, {"重点", DRAFT_TOP}, {"头条", DRAFT_TOP},
            {"主要", DRAFT_TOP}, {"also", DRAFT_ALSO}, {"further", DRAFT_ALSO},
            {"另外", DRAFT_ALSO}, {"其他", DRAFT_ALSO}, {"其它", DRAFT_ALSO}};

    for (size_t i = 0; i < sizeof tiers / sizeof *tiers; i++)
        if (text_same_ascii(word->text, tiers[i].word)) {
            *place = tiers[i].place;
            return true;
        }
    return false;
}

static void say_tier(const struct command_drafting *drafting, unsigned number,
        const char *title, enum draft_place place, bool already)
{
    const struct command_call *call = drafting->call;
    const struct phrase *phrases[2][2] = {{&is_top, &is_also},
            {&was_top, &was_also}};

    command_say(call, drafting->answer, phrases[already][place == DRAFT_ALSO],
            PHRASE_VALUES(phrase_number(call->arena, number), title));
}

static bool pick(struct command_drafting *drafting,
        const struct command_word *word, enum draft_place place,
        struct error *err)
{
    const struct command_call *call = drafting->call;
    const char *title;
    unsigned number;

    if (!command_drafting_find(drafting, word, true, &number, err))
        return false;
    if (number == 0)
        return true;
    if (!command_drafting_title(drafting, number, &title, err))
        return false;
    enum draft_place before =
            draft_change_number(drafting->draft, number)->place;
    if (before == DRAFT_OUT &&
            draft_change_in(drafting->draft) >= DRAFT_CHANGE_IN_MAX) {
        command_say(call, drafting->answer, &full,
                PHRASE_VALUES(phrase_number(call->arena, DRAFT_CHANGE_IN_MAX)));
        return true;
    }
    say_tier(drafting, number, title, place, before == place);
    if (before == place)
        return true;
    command_drafting_note(drafting, "pick", number,
            place == DRAFT_TOP ? "top" : "also");
    draft_change_put(drafting->draft, number, place);
    return true;
}

static bool run_pick(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_words *words = &request->words;
    struct command_drafting drafting;
    enum draft_place place = DRAFT_TOP;
    size_t papers = 0;

    if (!command_drafting_begin(call, answer, &drafting, err))
        return false;
    if (drafting.draft == NULL)
        return true;
    for (size_t i = 0; i < words->count; i++)
        papers += !is_tier(&words->items[i], &place);
    if (papers == 0)
        command_say(call, answer, &which_pick,
                PHRASE_VALUES(typed(call, "pick 12 top", "选 12 重点")));
    for (size_t i = 0; i < words->count; i++) {
        enum draft_place same;
        if (!is_tier(&words->items[i], &same) &&
                !pick(&drafting, &words->items[i], place, err))
            return false;
    }
    return command_drafting_end(&drafting, err);
}

/* --- move --- */

static const struct phrase where_to = {
        .english = "Write the paper's number in the draft and the place it is "
                   "to have, counted from the top: %1",
        .chinese =
                "请写论文在草稿中的序号和要移到的位置（从上往下数），例如 %1",
};
static const struct phrase moved = {
        .english = "%1 is now in place %2: %3",
        .chinese = "%1 现在排在第 %2 位：%3",
};

/* What stands between the two numbers, glued to them or not. */
static size_t filler_length(const char *at)
{
    static const char *const fillers[] = {"到", "至", "->", "→"};

    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (text_starts(at, fillers[i]))
            return strlen(fillers[i]);
    return 0;
}

static bool is_filler(const char *word)
{
    return text_same_ascii(word, "to") || text_same_ascii(word, "place");
}

/* The words that count: "3 1" of "3 to place 1" and "第3篇到第1位". */
static struct command_words numbers_of(const struct command_call *call,
        const char *line)
{
    struct text text;
    size_t kept = 0;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t length; *line != '\0';
            line += length > 0 ? length : strlen("位")) {
        length = filler_length(line);
        if (length > 0)
            text_add(&text, " ");
        else if (!text_starts(line, "位"))
            text_add_n(&text, line, length = 1);
    }
    struct command_words words =
            command_words_of(call->arena, text_string(&text));
    for (size_t i = 0; i < words.count; i++)
        if (!is_filler(words.items[i].text))
            words.items[kept++] = words.items[i];
    words.count = kept;
    return words;
}

static bool move(struct command_drafting *drafting,
        const struct command_word *word, unsigned place, struct error *err)
{
    const struct command_call *call = drafting->call;
    struct draft *draft = drafting->draft;
    const char *title;
    unsigned number;

    if (!command_drafting_find(drafting, word, false, &number, err))
        return false;
    if (number == 0)
        return true;
    if (!command_drafting_title(drafting, number, &title, err))
        return false;
    const struct draft_paper before = *draft_change_number(draft, number);
    size_t from = draft_change_place(draft, draft_change_number(draft, number));
    draft_change_move(draft, number, place);
    const struct draft_paper *now = draft_change_number(draft, number);
    size_t to = draft_change_place(draft, now);
    command_say(call, drafting->answer, &moved,
            PHRASE_VALUES(phrase_number(call->arena, number),
                    phrase_number(call->arena, to), title));
    if (from != to || before.place != now->place)
        command_drafting_note(drafting, "move", number,
                arena_format(call->arena, "to place %zu", to));
    return true;
}

static bool run_move(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_words two = numbers_of(call, request->line);
    struct command_drafting drafting;

    if (!command_drafting_begin(call, answer, &drafting, err))
        return false;
    if (drafting.draft == NULL)
        return true;
    unsigned place =
            two.count == 2 ? command_paper_number(two.items[1].text) : 0;
    if (place == 0) {
        command_say(call, answer, &where_to,
                PHRASE_VALUES(typed(call, "move 3 1", "移 3 1")));
        return true;
    }
    return move(&drafting, &two.items[0], place, err) &&
            command_drafting_end(&drafting, err);
}

/* --- the family --- */

const struct command command_draft_rows[] = {
        {
                .english = {"draft"},
                .chinese = {"草稿"},
                .grammar = {"", "", NULL},
                .summary = {"the draft of the next digest, as it stands",
                        "查看下一期日报的草稿", NULL},
                .details = {"Before its hour the digest goes to the channel's "
                            "curators as a draft. They change it with pick, "
                            "drop, move and edit; a paper keeps its number "
                            "whatever is changed. At its hour it goes out as "
                            "they left it, and names who changed it.",
                        "日报在发出之前先以草稿发给本频道的编辑，可用选、删、移"
                        "、"
                        "改来修改；无论怎么改，论文的序号不变。到点按修改后的"
                        "样子发出，并署上修改者的名字。",
                        NULL},
                .examples = {"draft", "草稿", NULL},
                .who = COMMAND_CURATORS,
                .seldom = true,
                .run = run_draft,
        },
        {
                .english = {"pick"},
                .chinese = {"选"},
                .grammar = {"12 [top | also]", "12 [重点 | 另外]", NULL},
                .summary = {"take a paper into the draft", "把论文收入草稿",
                        NULL},
                .details = {"Takes numbers of the draft, arXiv ids and links. "
                            "“top”, which is meant if nothing is said, puts it "
                            "with the papers in full, “also” with the further "
                            "ones.",
                        "可写草稿中的序号、arXiv 编号或链接。“重点”（不写即"
                        "是）放入重点介绍，“另外”放入另外几篇。",
                        NULL},
                .examples = {"pick 12 top\npick 2210.11693 also",
                        "选 12 重点\n选 2210.11693 另外", NULL},
                .who = COMMAND_CURATORS,
                .seldom = true,
                .numbered = true,
                .run = run_pick,
        },
        {
                .english = {"drop"},
                .chinese = {"删"},
                .grammar = {"3…", "3…", NULL},
                .summary = {"take papers out of the draft",
                        "把论文从草稿中删去", NULL},
                .details = {"Each keeps its number and can be picked again.",
                        "序号保留，之后还可以再选回来。", NULL},
                .examples = {"drop 3\ndrop 3 5", "删 3\n删 3 5", NULL},
                .who = COMMAND_CURATORS,
                .seldom = true,
                .numbered = true,
                .run = run_drop,
        },
        {
                .english = {"move"},
                .chinese = {"移"},
                .grammar = {"3 PLACE", "3 位置", NULL},
                .summary = {"give a paper of the draft another place",
                        "移动草稿中论文的位置", NULL},
                .details = {"“move 3 1” puts paper 3 into the first place. "
                            "Places are counted from the top, through both "
                            "lists; the paper comes into the list of the one "
                            "whose place it takes.",
                        "“移 3 1”把第 3 篇移到第 1 位。位置从上往下数，两个列"
                        "表连着数；移到哪一篇的位置，就进入那一篇所在的列表。",
                        NULL},
                .examples = {"move 3 1", "移 3 1", NULL},
                .who = COMMAND_CURATORS,
                .seldom = true,
                .numbered = true,
                .run = run_move,
        },
        {
                .english = {"edit"},
                .chinese = {"改"},
                .grammar = {"3 [WORDS]", "3 [文字]", NULL},
                .summary = {"describe a paper in your own words",
                        "用自己的话介绍一篇论文", NULL},
                .details = {"One paragraph of up to 600 characters takes the "
                            "place of the paper's digest, marked as the "
                            "curator's. Without words the paper's own comes "
                            "back.",
                        "一段不超过 600 字的文字，会取代原来的介绍，并标明编者"
                        "按。只写序号则恢复原来的介绍。",
                        NULL},
                .examples = {"edit 3 The first proof that needs no trick.\n"
                             "edit 3",
                        "改 3 第一个不靠技巧的证明。\n改 3", NULL},
                .who = COMMAND_CURATORS,
                .seldom = true,
                .numbered = true,
                .run = command_edit_run,
        },
        {.english = {NULL}},
};
