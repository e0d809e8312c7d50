#include "bot/content/content_fact.h"

#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

/* --- what is counted --- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static size_t count_words(const char *string)
{
    size_t count = 0;

    while (*(string += strspn(string, " "))) {
        string += strcspn(string, " ");
        count++;
    }
    return count;
}

static size_t count_authors(const struct match_paper *paper)
{
    return paper->paper->authors.count;
}

static size_t count_categories(const struct match_paper *paper)
{
    return paper->paper->categories.count;
}

static size_t count_title_words(const struct match_paper *paper)
{
    return count_words(paper->paper->title);
}

static size_t count_abstract_words(const struct match_paper *paper)
{
    return count_words(paper->paper->abstract);
}

static size_t count_numbers(const struct match_paper *paper)
{
    size_t count = 0;

    for (const char *at = paper->abstract; *at; at++)
        count += is_digit(*at) && !is_digit(at[1]);
    return count;
}

static size_t count_percents(const struct match_paper *paper)
{
    size_t count = 0;

    for (const char *at = paper->abstract; *at; at++)
        count += *at == '%';
    return count;
}

/* Words with two capitals: "LLM", "OpenAI". */
static size_t count_acronyms(const struct match_paper *paper)
{
    const char *at = paper->paper->abstract;
    size_t count = 0;

    while (*(at += strspn(at, " "))) {
        size_t length = strcspn(at, " "), capitals = 0;

        for (size_t i = 0; i < length; i++)
            capitals += at[i] >= 'A' && at[i] <= 'Z';
        count += capitals >= 2;
        at += length;
    }
    return count;
}

/* The number before "page"; 0 if the comment tells none. */
static size_t count_pages(const struct match_paper *paper)
{
    const char *page = strstr(paper->comment, " page");
    const char *digits = page;

    while (digits && digits > paper->comment && is_digit(digits[-1]))
        digits--;
    return digits && digits < page ? strtoul(digits, NULL, 10) : 0;
}

typedef size_t count_fn(const struct match_paper *paper);

enum {
    STEPS_MAX = 10,
};

/* A fact a step: so many at least.  Steps end with 0. */
static const struct quantity {
    count_fn *count;
    unsigned usual; /* near the median of the weeks learnt from */
    unsigned char at_least[STEPS_MAX];
    struct phrase phrase;
} quantities[] = {
        {count_authors, 5, {2, 3, 4, 5, 6, 8, 10, 13, 20},
                {.english = "%1 authors",
                        .chinese = "%1 位作者",
                        .one = "one author"}},
        {count_categories, 2, {2, 3, 4, 5},
                {.english = "filed under %1 categories",
                        .chinese = "归在 %1 个分类",
                        .one = "filed under one category"}},
        {count_title_words, 10, {5, 6, 8, 10, 12, 14, 17},
                {.english = "a title of %1 words",
                        .chinese = "标题有 %1 个词",
                        .one = "a title of one word"}},
        {count_abstract_words, 180, {60, 90, 120, 150, 180, 210, 240},
                {.english = "an abstract of %1 words",
                        .chinese = "摘要有 %1 个词",
                        .one = "an abstract of one word"}},
        {count_numbers, 3, {1, 2, 4, 7, 11, 16},
                {.english = "%1 numbers in the abstract",
                        .chinese = "摘要中有 %1 个数字",
                        .one = "one number in the abstract"}},
        {count_percents, 0, {1, 2, 3, 4},
                {.english = "%1 percentages in the abstract",
                        .chinese = "摘要中有 %1 个百分比",
                        .one = "one percentage in the abstract"}},
        {count_acronyms, 8, {2, 5, 8, 12, 17, 24},
                {.english = "%1 acronyms and names in the abstract",
                        .chinese = "摘要中有 %1 个缩写和名称",
                        .one = "one acronym or name in the abstract"}},
        {count_pages, 0, {1, 9, 15, 26, 40},
                {.english = "%1 pages", .chinese = "%1 页", .one = "one page"}},
};

/* --- what is written --- */

enum place {
    IN_TITLE,
    IN_ABSTRACT,
    IN_COMMENT,
    AT_ABSTRACT, /* it begins so */
};

enum {
    SIGNS_MAX = 10,
};

#define CODE_ALSO                                                              \
    {                                                                          \
        .english = "says where its code or page is",                           \
        .chinese = "给出了代码或项目页"                               \
    }
#define VENUE_SAID                                                             \
    {                                                                          \
        .english = "what its comment says of a venue",                         \
        .chinese = "备注提到的会议或期刊"                            \
    }
#define OPENING_SAID                                                           \
    {                                                                          \
        .english = "how the abstract speaks", .chinese = "摘要的写法"     \
    }
#define LENGTH_SAID                                                            \
    {                                                                          \
        .english = "a comment on length and figures",                          \
        .chinese = "备注写了页数或图表"                               \
    }

/* Folded, hyphens as spaces; any of them will do. */
static const struct sign {
    enum place place;
    bool code;
    const char *any[SIGNS_MAX];
    struct phrase phrase;
} signs[] = {
        {IN_COMMENT, true, {"http", "www."}, CODE_ALSO},
        {IN_COMMENT, true, {"github.com"}, CODE_ALSO},
        {IN_COMMENT, true, {"github.com", "gitlab", "huggingface.co", "code"},
                CODE_ALSO},
        {IN_COMMENT, true,
                {"github.io", "project page", "project web", "homepage",
                        "webpage", "website"},
                CODE_ALSO},
        {IN_ABSTRACT, true, {"http", "www."}, CODE_ALSO},
        {IN_ABSTRACT, true, {"github.com"}, CODE_ALSO},
        {IN_ABSTRACT, true,
                {"github.com", "gitlab", "huggingface.co", "code is available",
                        "code available", "code will be", "code and"},
                CODE_ALSO},
        {IN_ABSTRACT, true,
                {"github.io", "project page", "project web", "homepage",
                        "webpage", "website"},
                CODE_ALSO},
        {IN_ABSTRACT, true, {"huggingface", "hugging face"}, CODE_ALSO},
        {IN_COMMENT, true, {"huggingface", "hugging face"}, CODE_ALSO},
        {IN_ABSTRACT, false,
                {"open sourc", "open weight", "publicly available",
                        "we release", "will release", "be released",
                        "publicly release"},
                {.english = "something is made open", .chinese = "有开源内容"}},
        {IN_COMMENT, false, {"page"}, LENGTH_SAID},
        {IN_COMMENT, false, {"figure"}, LENGTH_SAID},
        {IN_COMMENT, false,
                {"accepted", "to appear", "camera ready", "published", "oral",
                        "spotlight", "poster"},
                VENUE_SAID},
        {IN_COMMENT, false, {"submitted", "under review", "submission"},
                VENUE_SAID},
        {IN_COMMENT, false, {"workshop"}, VENUE_SAID},
        {IN_COMMENT, false,
                {"journal", "conference", "proceedings", "transactions",
                        "symposium", "thesis"},
                VENUE_SAID},
        {IN_COMMENT, false,
                {"neurips", "icml", "iclr", "colm", "tmlr", "aistats"},
                VENUE_SAID},
        {IN_COMMENT, false,
                {"cvpr", "iccv", "eccv", "siggraph", "3dv", "bmvc", "wacv",
                        "tpami", "ijcv"},
                VENUE_SAID},
        {IN_COMMENT, false,
                {" acl", "emnlp", "naacl", "eacl", "coling", "tacl", "lrec",
                        "findings"},
                VENUE_SAID},
        {IN_COMMENT, false,
                {"miccai", "isbi", "interspeech", "icassp", "ieee", "springer",
                        "elsevier", "icip", "icra", "iros"},
                VENUE_SAID},
        {IN_COMMENT, false, {"aaai", "ijcai", "kdd", "www", "sigir", "acm mm"},
                VENUE_SAID},
        {IN_COMMENT, false,
                {"technical report", "tech report", "work in progress",
                        "preprint", "ongoing"},
                {.english = "called a report or work in progress",
                        .chinese = "称为技术报告或进行中的工作"}},
        {IN_TITLE, false, {"bench"},
                {.english = "a benchmark in the title",
                        .chinese = "标题是评测基准"}},
        {IN_TITLE, false, {"?"},
                {.english = "a question in the title",
                        .chinese = "标题是问句"}},
        {IN_TITLE, false, {"!"},
                {.english = "an exclamation mark in the title",
                        .chinese = "标题有感叹号"}},
        {IN_ABSTRACT, false, {"state of the art", "sota"},
                {.english = "compares with the state of the art",
                        .chinese = "与最先进方法比较"}},
        {IN_ABSTRACT, false, {"$"},
                {.english = "formulas in the abstract",
                        .chinese = "摘要有公式"}},
        {IN_ABSTRACT, false, {"we introduce"}, OPENING_SAID},
        {IN_ABSTRACT, false, {"this paper"}, OPENING_SAID},
        {IN_ABSTRACT, false, {"this study", "this research"}, OPENING_SAID},
        {IN_ABSTRACT, false, {";"}, OPENING_SAID},
        {IN_ABSTRACT, false, {"\u2014", "   "}, OPENING_SAID},
        {IN_ABSTRACT, false, {"?"}, OPENING_SAID},
        {AT_ABSTRACT, false,
                {"this paper", "this study", "this work", "this research",
                        "this article", "in this"},
                OPENING_SAID},
        {AT_ABSTRACT, false, {"we present", "we introduce", "we propose"},
                OPENING_SAID},
        {AT_ABSTRACT, false,
                {"large", "vision", "multimodal", "diffusion", "recent",
                        "reinforcement", "text to", "video"},
                OPENING_SAID},
};

/* --- the form --- */

static size_t colon_of(const struct match_paper *paper)
{
    size_t colon = strcspn(paper->paper->title, ":");

    return paper->paper->title[colon] ? colon : 0;
}

static bool has_no_comment(const struct match_paper *paper)
{
    return *paper->comment == '\0';
}

static bool is_named(const struct match_paper *paper)
{
    size_t colon = colon_of(paper);

    return colon > 0 && colon <= 25; /* "Amos: ..." */
}

static bool is_named_in_a_word(const struct match_paper *paper)
{
    size_t colon = colon_of(paper);

    return colon > 0 && strcspn(paper->paper->title, " ") >= colon;
}

static bool has_a_subtitle(const struct match_paper *paper)
{
    return colon_of(paper) > 0 && !is_named_in_a_word(paper);
}

/* "Qwen3:", "GLM-4.5", "DeepSeek-R1". */
static bool is_numbered(const struct match_paper *paper)
{
    const char *title = paper->paper->title;
    size_t colon = colon_of(paper), end = colon ? colon : strlen(title);

    for (size_t i = 1; i < end; i++)
        if (is_digit(title[i]) && title[i - 1] != ' ' &&
                !is_digit(title[i - 1]))
            return true;
    return false;
}

static bool asks_at_the_end(const struct match_paper *paper)
{
    size_t length = strlen(paper->paper->title);

    return length > 0 && paper->paper->title[length - 1] == '?';
}

/* A number with one of the letters behind it, as a word's end: "7b", "3x". */
static bool has_number_with(const struct match_paper *paper,
        const char *letters)
{
    for (const char *at = paper->abstract; *at; at++)
        if (is_digit(*at) && at[1] && strchr(letters, at[1]) &&
                !(at[2] >= 'a' && at[2] <= 'z') && !is_digit(at[2]))
            return true;
    return false;
}

static bool has_billions(const struct match_paper *paper)
{
    return has_number_with(paper, "b");
}

static bool has_thousands(const struct match_paper *paper)
{
    return has_number_with(paper, "km");
}

static bool has_times(const struct match_paper *paper)
{
    return has_number_with(paper, "x") || strstr(paper->abstract, "\\times") ||
            strstr(paper->abstract, "\u00d7");
}

static bool has_more_authors(const struct match_paper *paper)
{
    return paper->paper->authors.more;
}

typedef bool holds_fn(const struct match_paper *paper);

#define TITLE_SAID                                                             \
    {                                                                          \
        .english = "how the title is made", .chinese = "标题的写法"       \
    }

static const struct form {
    holds_fn *holds;
    struct phrase phrase;
} forms[] = {
        {has_no_comment, {.english = "no comment", .chinese = "没有备注"}},
        {is_named, TITLE_SAID},
        {is_named_in_a_word,
                {.english = "its title begins with a name",
                        .chinese = "标题以名称开头"}},
        {has_a_subtitle, TITLE_SAID},
        {is_numbered,
                {.english = "a name with a number in the title",
                        .chinese = "标题有带编号的名称"}},
        {asks_at_the_end,
                {.english = "a question in the title",
                        .chinese = "标题是问句"}},
        {has_billions,
                {.english = "a size in billions", .chinese = "提到十亿级规模"}},
        {has_thousands,
                {.english = "a size in thousands or millions",
                        .chinese = "提到千或百万级规模"}},
        {has_times,
                {.english = "says how many times better",
                        .chinese = "说明提升的倍数"}},
        {has_more_authors,
                {.english = "more authors than are listed",
                        .chinese = "作者多于所列"}},
};

/* --- all of them, in one row of numbers --- */

static const size_t quantity_count = sizeof quantities / sizeof *quantities;
static const size_t sign_count = sizeof signs / sizeof *signs;
static const size_t form_count = sizeof forms / sizeof *forms;

struct gathering {
    struct content_facts facts;
    unsigned next; /* the number of the fact that is looked at */
};

static void gather(struct gathering *gathering, bool holds)
{
    if (holds && gathering->next < CONTENT_FACTS)
        gathering->facts.items[gathering->facts.count++] =
                (unsigned char)gathering->next;
    gathering->next++;
}

static bool has_sign(const struct match_paper *paper, const struct sign *sign)
{
    const char *text = sign->place == IN_TITLE ? paper->title
            : sign->place == IN_COMMENT        ? paper->comment
                                               : paper->abstract;

    for (size_t i = 0; i < SIGNS_MAX && sign->any[i]; i++)
        if (sign->place == AT_ABSTRACT ? text_starts(text, sign->any[i])
                                       : strstr(text, sign->any[i]) != NULL)
            return true;
    return false;
}

struct content_facts content_fact_all(const struct match_paper *paper)
{
    struct gathering gathering = {0};

    for (size_t i = 0; i < quantity_count; i++) {
        size_t number = quantities[i].count(paper);
        for (size_t k = 0; k < STEPS_MAX && quantities[i].at_least[k]; k++)
            gather(&gathering, number >= quantities[i].at_least[k]);
    }
    for (size_t i = 0; i < sign_count; i++)
        gather(&gathering, has_sign(paper, &signs[i]));
    for (size_t i = 0; i < form_count; i++)
        gather(&gathering, forms[i].holds(paper));
    return gathering.facts;
}

/* The row of a fact in one of the three tables; NULL in the others. */
struct row {
    const struct quantity *quantity;
    const struct sign *sign;
    const struct form *form;
};

static struct row row_of(unsigned fact)
{
    size_t left = fact;

    for (size_t i = 0; i < quantity_count; i++)
        for (size_t k = 0; k < STEPS_MAX && quantities[i].at_least[k]; k++)
            if (left-- == 0)
                return (struct row){.quantity = &quantities[i]};
    if (left < sign_count)
        return (struct row){.sign = &signs[left]};
    left -= sign_count;
    return (struct row){.form = left < form_count ? &forms[left] : NULL};
}

bool content_fact_is_usual(unsigned fact)
{
    size_t left = fact;

    for (size_t i = 0; i < quantity_count; i++)
        for (size_t k = 0; k < STEPS_MAX && quantities[i].at_least[k]; k++)
            if (left-- == 0)
                return quantities[i].at_least[k] <= quantities[i].usual;
    return false;
}

bool content_fact_is_code(unsigned fact)
{
    struct row row = row_of(fact);

    return row.sign && row.sign->code;
}

const struct phrase *content_fact_phrase(unsigned fact)
{
    struct row row = row_of(fact);

    return row.quantity ? &row.quantity->phrase
            : row.sign  ? &row.sign->phrase
            : row.form  ? &row.form->phrase
                        : NULL;
}

size_t content_fact_number(unsigned fact, const struct match_paper *paper)
{
    struct row row = row_of(fact);

    return row.quantity ? row.quantity->count(paper) : 0;
}
