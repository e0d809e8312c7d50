#include "bot/content/content_words.h"

#include "bot/base/text.h"
#include "bot/content/content.h"
#include "bot/labels.h"

/* %1 is a reason's text or phrase. */
static const struct phrase ways[] = {
        [CONTENT_REASON_TITLE] = {.english = "its title has \"%1\"",
                .chinese = "标题含“%1”"},
        [CONTENT_REASON_ABSTRACT] = {.english = "its abstract has \"%1\"",
                .chinese = "摘要含“%1”"},
        [CONTENT_REASON_NAMES] = {.english = "papers by its authors",
                .chinese = "作者的其他论文"},
        [CONTENT_REASON_CATEGORY] = {.english = "papers of its categories",
                .chinese = "所属分类的论文"},
        [CONTENT_REASON_TOPIC] = {.english = "about %1", .chinese = "主题：%1"},
        [CONTENT_REASON_FACT] = {.english = "%1", .chinese = "%1"},
};

/* Many words that weigh little each; without it the reasons would not add up to
 * the score they are given for. */
static const struct phrase rest_way = {.english = "all else in it",
        .chinese = "其余合计"};

static const char *subject_of(const struct content_reason *reason,
        const char *language, struct arena *arena)
{
    if (reason->phrase == NULL)
        return reason->text;
    if (reason->number == 1 && reason->phrase->one != NULL &&
            !label_same_language(language, "zh"))
        return reason->phrase->one;
    return phrase_fill(arena, reason->phrase, language,
            PHRASE_VALUES(phrase_number(arena, reason->number)));
}

const char *content_words_of(const struct paper *paper, const char *language,
        size_t most, struct arena *arena)
{
    const struct match_paper match = selection_match_paper(paper, arena);
    const struct content_reasons reasons =
            content_reasons_of(&content_model_shipped, &match, most, arena);
    const char *between = label_same_language(language, "zh") ? "、" : ", ";
    int rest = content_score(&content_model_shipped, &match, arena).content;
    struct text text;

    text_init(&text, arena, SIZE_MAX / 2);
    for (size_t i = 0; i < reasons.count; i++) {
        const struct content_reason *reason = &reasons.items[i];
        const char *subject = subject_of(reason, language, arena);
        text_add_format(&text, "%s%s %+d", i > 0 ? between : "",
                phrase_fill(arena, &ways[reason->kind], language,
                        PHRASE_VALUES(subject)),
                reason->score);
        rest -= reason->score;
    }
    if (reasons.count > 0 && rest != 0)
        text_add_format(&text, "%s%s %+d", between,
                phrase_fill(arena, &rest_way, language, PHRASE_VALUES("")),
                rest);
    return text_string(&text);
}
