#include "bot/commands/command_language.h"

#include "bot/base/text.h"
#include "bot/channel_settings.h"
#include "bot/commands/command_due.h"
#include "bot/commands/command_shown.h"
#include "bot/commands/command_values.h"
#include "bot/labels.h"

#include <stdint.h>

enum {
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
};

static const struct phrase no_language = {
        .english = "“%1” is no language I know. Write one or two, the reader's "
                   "first: %2",
        .chinese = "我不认识“%1”这种语言。请写一种或两种，读者的语言在前，"
                   "例如 %2",
};
static const struct phrase many_languages = {
        .english = "At most two different languages, the reader's first: %1",
        .chinese = "最多两种不同的语言，读者的语言在前，例如 %1",
};
static const struct phrase languages_mean = {
        .english = "Labels and short texts are in %1; titles and notes also in "
                   "%2 where there are any.",
        .chinese = "标签和说明用%1；有译文时，标题和介绍也有%2的。",
};
static const struct phrase language_means = {
        .english = "All is in %1, beside the papers' own titles.",
        .chinese = "除论文原标题外都用%1。",
};

static const struct phrase language_is_theirs = {
        .english = "Labels and short texts are in English, for I have none in "
                   "%1; notes are in %1 where there are any.",
        .chinese = "标签和说明没有%1版，会用英文；有%1介绍时就用%1。",
};

/* Whether the bot's own words are there in it. */
static bool has_labels(const char *tag)
{
    for (size_t i = 0; i < label_table_count; i++)
        if (label_same_language(label_tables[i].language, tag))
            return true;
    return false;
}

/* "中文" -> "zh"; other words stay for the configuration's parser. */
static const char *language_tag(const struct command_call *call,
        const char *word)
{
    const struct command_value *value =
            command_values_find(command_values_language, word, call->arena);

    return value != NULL ? value->value : text_fold(call->arena, word);
}

/* The words as the configuration has them: "zh en"; "中英" is two. */
static const char *language_tags(const struct command_call *call,
        const struct command_words *words)
{
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->items[i].text;
        if (text_same(word, "中英") || text_same(word, "中英文"))
            word = "zh en";
        else if (text_same(word, "英中"))
            word = "en zh";
        else if (text_same_ascii(word, "and") || text_same(word, "和"))
            continue;
        else
            word = language_tag(call, word);
        text_add_format(&text, "%s%s", text.length > 0 ? " " : "", word);
    }
    return text_string(&text);
}

static void refuse_languages(const struct command_call *call,
        const struct command_words *words, struct command_answer *answer)
{
    struct channel one = *call->channel;
    const char *example = command_as_typed(call,
            label_same_language(call->language, "zh") ? "语言 中文 英文"
                                                      : "languages zh en");

    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->items[i].text;
        if (channel_settings_take(&one, "languages", language_tag(call, word),
                    call->arena, NULL) ||
                text_starts(word, "中英") || text_same(word, "英中"))
            continue;
        command_say(call, answer, &no_language,
                PHRASE_VALUES(text_shorten(call->arena, word, SHOWN_MAX),
                        example));
        return;
    }
    command_say(call, answer, &many_languages, PHRASE_VALUES(example));
}

static void say_languages(const struct command_call *call,
        const struct channel *channel, struct command_answer *answer)
{
    const char *const *tags = channel->languages.tags;
    const char *first = command_values_name(command_values_language, tags[0],
            call->language);

    if (!has_labels(tags[0]))
        command_say(call, answer, &language_is_theirs, PHRASE_VALUES(first));
    else if (tags[1] == NULL)
        command_say(call, answer, &language_means, PHRASE_VALUES(first));
    else
        command_say(call, answer, &languages_mean,
                PHRASE_VALUES(first,
                        command_values_name(command_values_language, tags[1],
                                call->language)));
}

bool command_language_run(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command_shown *shown =
            command_shown_find(call->arena, "languages");
    struct channel channel = *call->channel;
    bool changed = false;

    if (request->words.count == 0) {
        command_shown_say(call, shown, false, answer);
    } else if (!channel_settings_take(&channel, "languages",
                       language_tags(call, &request->words), call->arena,
                       NULL)) {
        refuse_languages(call, &request->words, answer);
        return true;
    } else if (!command_shown_keep(call, shown, &channel, answer, &changed,
                       err)) {
        return false;
    }
    say_languages(call, &channel, answer);
    return !changed || command_due_say(call, &channel, answer, err);
}
