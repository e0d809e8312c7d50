#include "bot/search_flaw.h"

#include "bot/base/text.h"
#include "bot/phrase.h"

#include <stddef.h>

enum {
    SHOWN_MAX = 40 /* graphemes of what is said again */
};

/* %1 is the key, %2 the subject, %3 the nearest. */
static const struct phrase phrases[] = {
        [SEARCH_FLAW_NOTHING] =
                {
                        .english = "Say what to look for: words, a \"phrase\", "
                                   "in:CV, by:\"C Finn\", since:7d.",
                        .chinese = "请写要找什么：关键词、“短语”、分类:CV、"
                                   "作者:\"C Finn\"、自:7天。",
                },
        [SEARCH_FLAW_LONG] =
                {
                        .english = "That is more than I can search for (4,000 "
                                   "bytes); a few words will do.",
                        .chinese = "搜索内容太长（最多 4000 "
                                   "字节），几个词就够了。",
                },
        [SEARCH_FLAW_LONG_TERM] =
                {
                        .english = "“%2” is too long to look for as it stands; "
                                   "put spaces between its words, or write "
                                   "fewer.",
                        .chinese =
                                "“%2”太长，无法作为一个整体来找。请用空格分开，"
                                "或少写几个词。",
                },
        [SEARCH_FLAW_MANY] =
                {
                        .english = "I can look for more than one word, but not "
                                   "more than 32; a few will do.",
                        .chinese = "一次最多找 32 个词，几个词就够了。",
                },
        [SEARCH_FLAW_NO_VALUE] =
                {
                        .english = "%1: needs a value behind it, such as "
                                   "%1:%3.",
                        .chinese = "%1: 后面要写内容，例如 %1:%3。",
                },
        [SEARCH_FLAW_NEGATED] =
                {
                        .english = "-%1: is not understood; leave the - out.",
                        .chinese = "%1: 前面不能加减号，请去掉。",
                },
        [SEARCH_FLAW_CATEGORY] =
                {
                        .english = "%1:%2 is no category I know. Write such as "
                                   "LG, cs.LG, cs or \"Machine Learning\".",
                        .chinese = "没有“%2”这个分类。可以写 LG、cs.LG、cs 或"
                                   "“机器学习”。",
                },
        [SEARCH_FLAW_AMBIGUOUS] =
                {
                        .english = "%1:%2 can be several categories: %3. Write "
                                   "the whole code.",
                        .chinese = "“%2”对应不止一个分类：%3。请写完整代码。",
                },
        [SEARCH_FLAW_CATEGORIES] =
                {
                        .english = "%1: takes one category, and “%2” is more "
                                   "than one.",
                        .chinese = "%1: 只能写一个分类，“%2”不止一个。",
                },
        [SEARCH_FLAW_NAME] =
                {
                        .english = "%1:%2 is no name. Write such as by:Finn or "
                                   "by:\"Chelsea Finn\".",
                        .chinese = "“%2”不是人名。可以写 作者:张伟 或 "
                                   "作者:\"Chelsea "
                                   "Finn\"。",
                },
        [SEARCH_FLAW_DAY] =
                {
                        .english = "%1:%2 is no day. Write such as 2026-11-23, "
                                   "2026-11, mon or 7d.",
                        .chinese =
                                "“%2”不是日期。可以写 2026-11-23、2026-11、周一"
                                "或 7天。",
                },
        [SEARCH_FLAW_KEY] =
                {
                        .english = "%1: is no key of a search.",
                        .chinese = "搜索里没有 %1: 这个写法。",
                },
};

static const struct phrase category_near = {
        .english = "%1:%2 is no category I know. Did you mean %1:%3?",
        .chinese = "没有“%2”这个分类。你是不是想写 %1:%3？",
};

const char *search_flaw_text(struct arena *arena,
        const struct search_flaw *flaw, const char *language)
{
    const struct phrase *phrase =
            flaw->kind == SEARCH_FLAW_CATEGORY && flaw->nearest != NULL
            ? &category_near
            : &phrases[flaw->kind];

    return phrase_fill(arena, phrase, language,
            PHRASE_VALUES(flaw->key,
                    text_shorten(arena, flaw->subject, SHOWN_MAX),
                    flaw->nearest));
}
