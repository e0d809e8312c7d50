#include "bot/commands/command_paper.h"

#include "bot/base/text.h"
#include "bot/commands/command_day.h"

#include <string.h>
#include <strings.h>

enum {
    OCCASIONS_LOOKED_AT = 40, /* of the newest, those without papers too */
    NUMBER_DIGITS_MAX = 4,
    SHOWN_MAX = 60, /* graphemes of a word that is said again */
};

static const struct phrase no_digest = {
        .english = "No digest has been posted here yet, so there is no number "
                   "%1. An arXiv id such as 2210.11693 or a link works.",
        .chinese = "这里还没有发过日报，所以没有第 %1 篇。可以写 arXiv "
                   "编号（如 2210.11693）或论文链接。",
};
static const struct phrase no_number = {
        .english = "There is no number %1: the digest of %2 goes up to %3.",
        .chinese = "没有第 %1 篇：%2的日报共 %3 篇。",
};
static const struct phrase numbers_of = {
        .english = "Numbers are those of the newest digest here, of %1.",
        .chinese = "序号以这里最新的一期日报为准：%1。",
};
static const struct phrase no_id = {
        .english = "“%1” is no arXiv id. New ones look like 2210.11693, old "
                   "ones like hep-th/9901001.",
        .chinese = "“%1”不是 arXiv 编号。新编号形如 2210.11693，旧编号形如 "
                   "hep-th/9901001。",
};
static const struct phrase no_link = {
        .english = "%1 does not lead to an arXiv paper. I know links such as "
                   "https://arxiv.org/abs/2210.11693, and those of alphaXiv, "
                   "Hugging Face and doi.org.",
        .chinese = "%1 不是 arXiv 论文的链接。我认识的链接形如 "
                   "https://arxiv.org/abs/2210.11693，也认识 alphaXiv、"
                   "Hugging Face 和 doi.org 的论文链接。",
};
static const struct phrase no_paper = {
        .english = "“%1” does not name a paper. Its number in the digest, an "
                   "arXiv id such as 2210.11693, or a link does.",
        .chinese = "“%1”不能指明是哪篇论文。请写它在日报中的序号、arXiv "
                   "编号（如 2210.11693）或链接。",
};
static const struct phrase not_known = {
        .english = "%1 is not among the papers I know, and I cannot ask arXiv "
                   "from here: https://arxiv.org/abs/%1",
        .chinese = "我这里没有 %1，也无法从这里向 arXiv 查询："
                   "https://arxiv.org/abs/%1",
};
static const struct phrase not_there = {
        .english = "arXiv does not know %1, or did not answer in time. Check "
                   "the id, or ask again in a few minutes: "
                   "https://arxiv.org/abs/%1",
        .chinese =
                "arXiv 没有 %1，或者没能及时答复。请核对编号，或过几分钟再试："
                "https://arxiv.org/abs/%1",
};
static const struct phrase too_many = {
        .english = "I take %1 papers at once; the others were left out.",
        .chinese = "一次最多 %1 篇，其余未处理。",
};

/* --- what a word looks like --- */

/* What is left of a number when what people put around it is gone. */
static const char *past_number_sign(const char *word)
{
    if (text_starts(word, "第"))
        return word + strlen("第");
    return word + (*word == '#');
}

static bool ends_number(const char *rest)
{
    /* The last is what a keycap emoji has behind its digit. */
    static const char *const ends[] = {"", "篇", "号", "\uFE0F\u20E3",
            "\u20E3"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_same(rest, ends[i]))
            return true;
    return false;
}

unsigned command_paper_number(const char *word)
{
    const char *at = past_number_sign(word);
    size_t digits = strspn(at, "0123456789");
    unsigned number = 0;

    if (digits == 0 || digits > NUMBER_DIGITS_MAX || !ends_number(at + digits))
        return 0;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (unsigned)(at[i] - '0');
    return number;
}

static bool is_link(const char *word)
{
    return strncasecmp(word, "https://", 8) == 0 ||
            strncasecmp(word, "http://", 7) == 0;
}

/* "2210.1169": somebody's slip of the key. */
static bool is_like_id(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    size_t behind =
            word[digits] == '.' ? strspn(word + digits + 1, "0123456789") : 0;

    return digits >= 3 && behind >= 3;
}

/* What stands beside an id in a citation and is none itself: "arXiv:" before a
 * space, "[cs.LG]". */
static bool is_beside(const char *word)
{
    return text_same_ascii(word, "arxiv:") || *word == '[';
}

static bool is_plain(const struct command_word *word)
{
    return *word->key == '\0' && !word->negated;
}

bool command_paper_is_meant(struct arena *arena,
        const struct command_word *word)
{
    unsigned version;

    return is_plain(word) &&
            (is_beside(word->text) || is_link(word->text) ||
                    is_like_id(word->text) || text_same(word->text, "0") ||
                    command_paper_number(word->text) > 0 ||
                    paper_id_parse(arena, word->text, &version) != NULL);
}

/* --- numbers --- */

static bool newer_digest(const struct command_call *call, const char *prefix,
        struct occasion *newest, struct error *err)
{
    struct occasion_list list;

    if (!store_occasion_list(call->store, call->channel->id, prefix,
                OCCASIONS_LOOKED_AT, call->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].outcome == OUTCOME_DIGEST &&
                list.items[i].recorded_ms > newest->recorded_ms)
            *newest = list.items[i];
    return true;
}

bool command_paper_edition(const struct command_call *call,
        struct edition **edition, struct error *err)
{
    struct occasion newest = {.recorded_ms = INT64_MIN};

    *edition = NULL;
    if (!newer_digest(call, "digest/", &newest, err) ||
            !newer_digest(call, "post/", &newest, err))
        return false;
    return newest.key == NULL ||
            store_edition_get(call->store, call->channel->id, newest.key,
                    call->arena, edition, err);
}

const struct edition_paper *command_paper_at(const struct edition *edition,
        unsigned number)
{
    unsigned counted = 0;

    for (int tier = 0; tier < 2; tier++)
        for (size_t i = 0; i < edition->count; i++)
            if (edition->papers[i].top == (tier == 0) && ++counted == number)
                return &edition->papers[i];
    return NULL;
}

static struct civil_date date_of(const struct command_call *call,
        const struct edition *edition)
{
    return civil_date_is_set(edition->date)
            ? edition->date
            : command_day_local(call, edition->posted_ms);
}

/* --- finding --- */

struct finding {
    const struct command_call *call;
    struct command_answer *answer;
    struct command_papers *papers;
    size_t capacity;
    struct edition *edition;
    bool looked; /* for the edition */
    bool full;
};

static void complain(struct finding *finding, const struct phrase *phrase,
        const char *const values[4])
{
    command_say(finding->call, finding->answer, phrase, values);
    finding->papers->wrong++;
}

static bool among(const struct string_list *ids, const char *id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (text_same(ids->items[i], id))
            return true;
    return false;
}

static void miss(struct finding *finding, const char *id)
{
    const struct command_call *call = finding->call;

    if (among(&call->unheard_of, id))
        complain(finding, &not_there, PHRASE_VALUES(id));
    else if (!call->can_fetch)
        complain(finding, &not_known, PHRASE_VALUES(id));
    else {
        finding->papers->waits = true;
        if (!among(&finding->answer->wanted, id))
            command_want(call, finding->answer, id);
    }
}

static bool has(const struct command_papers *papers, const char *id)
{
    for (size_t i = 0; i < papers->count; i++)
        if (text_same(papers->items[i].paper->id, id))
            return true;
    return false;
}

static bool take(struct finding *finding, const char *id, unsigned version,
        unsigned number, struct error *err)
{
    struct command_papers *papers = finding->papers;
    struct arena *arena = finding->call->arena;
    struct paper *paper;

    if (has(papers, id))
        return true;
    if (papers->count + finding->answer->wanted.count == COMMAND_PAPERS_MAX) {
        finding->full = true;
        return true;
    }
    if (!store_paper_get(finding->call->store, id, arena, &paper, err))
        return false;
    if (paper == NULL) {
        miss(finding, id);
        return true;
    }
    papers->items = arena_grow(arena, papers->items, papers->count,
            &finding->capacity, sizeof *papers->items);
    papers->items[papers->count++] = (struct command_paper){.paper = paper,
            .version = version,
            .number = number};
    return true;
}

static bool find_edition(struct finding *finding, struct error *err)
{
    bool looked = finding->looked;

    finding->looked = true;
    return looked ||
            command_paper_edition(finding->call, &finding->edition, err);
}

/* Said once, where the first number means something. */
static void say_whose_numbers(struct finding *finding)
{
    const struct command_call *call = finding->call;
    const struct edition *edition = finding->edition;
    struct civil_date posted = command_day_local(call, edition->posted_ms);

    if (finding->papers->edition != NULL)
        return;
    finding->papers->edition = edition;
    if (civil_date_compare(posted, command_day_local(call, call->now_ms)) != 0)
        command_say(call, finding->answer, &numbers_of,
                PHRASE_VALUES(command_day_text(call, date_of(call, edition))));
}

static bool take_number(struct finding *finding, unsigned number,
        struct error *err)
{
    const struct command_call *call = finding->call;
    const char *said = phrase_number(call->arena, number);

    if (!find_edition(finding, err))
        return false;
    const struct edition *edition = finding->edition;
    if (edition == NULL) {
        complain(finding, &no_digest, PHRASE_VALUES(said));
        return true;
    }
    const struct edition_paper *paper = command_paper_at(edition, number);
    if (paper == NULL) {
        complain(finding, &no_number,
                PHRASE_VALUES(said,
                        command_day_text(call, date_of(call, edition)),
                        phrase_number(call->arena, edition->count)));
        return true;
    }
    say_whose_numbers(finding);
    return take(finding, paper->paper_id, 0, number, err);
}

static bool take_word(struct finding *finding, const struct command_word *word,
        struct error *err)
{
    struct arena *arena = finding->call->arena;
    const char *shown = text_shorten(arena, word->text, SHOWN_MAX);
    unsigned version, number = command_paper_number(word->text);
    const char *id =
            is_plain(word) ? paper_id_parse(arena, word->text, &version) : NULL;

    if (id != NULL)
        return take(finding, id, version, 0, err);
    if (is_plain(word) && number > 0)
        return take_number(finding, number, err);
    if (!is_plain(word) || !is_beside(word->text))
        complain(finding,
                is_link(word->text)              ? &no_link
                        : is_like_id(word->text) ? &no_id
                                                 : &no_paper,
                PHRASE_VALUES(shown));
    return true;
}

bool command_paper_find(const struct command_call *call,
        const struct command_word *words, size_t count,
        struct command_answer *answer, struct command_papers *papers,
        struct error *err)
{
    struct finding finding = {.call = call, .answer = answer, .papers = papers};

    *papers = (struct command_papers){0};
    for (size_t i = 0; i < count; i++)
        if (!take_word(&finding, &words[i], err))
            return false;
    if (count > 0 && papers->count + papers->wrong == 0 && !papers->waits)
        complain(&finding, &no_paper,
                PHRASE_VALUES(text_shorten(call->arena, words[0].text,
                        SHOWN_MAX)));
    if (finding.full)
        command_say(call, answer, &too_many,
                PHRASE_VALUES(phrase_number(call->arena, COMMAND_PAPERS_MAX)));
    return true;
}
