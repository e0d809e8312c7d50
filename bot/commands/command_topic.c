#include "bot/commands/command_topic.h"

#include "bot/base/text.h"
#include "bot/commands/command_archive.h"
#include "bot/labels.h"
#include "bot/model/category.h"
#include "bot/selection_match.h"

#include <stdint.h>
#include <string.h>

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

struct string_list *command_topic_list(struct subscription *subscription,
        enum command_topic_kind kind)
{
    struct string_list *const lists[COMMAND_TOPIC_KINDS] = {
            [COMMAND_TOPIC_CATEGORY] = &subscription->categories,
            [COMMAND_TOPIC_WORD] = &subscription->words,
            [COMMAND_TOPIC_AUTHOR] = &subscription->authors,
            [COMMAND_TOPIC_UNWANTED] = &subscription->unwanted,
    };

    return lists[kind];
}

bool command_topic_is(const struct command_topic *topic, const char *text,
        struct arena *arena)
{
    switch (topic->kind) {
    case COMMAND_TOPIC_CATEGORY:
        return category_same(topic->text, text);
    case COMMAND_TOPIC_AUTHOR:
        return text_same(selection_match_fold_name(arena, topic->text),
                selection_match_fold_name(arena, text));
    case COMMAND_TOPIC_WORD:
    case COMMAND_TOPIC_UNWANTED:
    case COMMAND_TOPIC_KINDS:
        break;
    }
    return text_same(selection_match_fold(arena, topic->text),
            selection_match_fold(arena, text));
}

size_t command_topic_place(const struct string_list *list,
        const struct command_topic *topic, struct arena *arena)
{
    size_t place = 0;

    while (place < list->count &&
            !command_topic_is(topic, list->items[place], arena))
        place++;
    return place;
}

size_t command_topic_only_fit(const struct string_list *list,
        const struct command_topic *topic, struct arena *arena)
{
    size_t place = command_topic_place(list, topic, arena);
    const char *wanted = selection_match_fold_name(arena, topic->text);

    if (place < list->count || topic->kind != COMMAND_TOPIC_AUTHOR)
        return place;
    for (size_t i = 0; i < list->count; i++) {
        const char *name = selection_match_fold_name(arena, list->items[i]);
        if (!selection_match_name(wanted, name))
            continue;
        if (place < list->count)
            return list->count;
        place = i;
    }
    return place;
}

/* --- as they are typed --- */

static bool is_category_name(const char *text, struct arena *arena)
{
    bool ambiguous;

    return category_lookup(text, &ambiguous) != NULL || ambiguous ||
            command_archive_find(arena, text) != NULL;
}

const char *command_topic_typed(const struct command_call *call,
        const struct command_topic *topic)
{
    struct arena *arena = call->arena;
    bool one_word = strpbrk(topic->text, " ,;") == NULL &&
            strstr(topic->text, "、") == NULL;

    switch (topic->kind) {
    case COMMAND_TOPIC_CATEGORY:
        return category_tag(topic->text);
    case COMMAND_TOPIC_AUTHOR:
        return arena_format(arena, "%s:\"%s\"",
                in_chinese(call) ? "作者" : "by", topic->text);
    case COMMAND_TOPIC_UNWANTED:
        return arena_format(arena,
                one_word && !is_category_name(topic->text, arena) ? "-%s"
                                                                  : "-\"%s\"",
                topic->text);
    case COMMAND_TOPIC_WORD:
    case COMMAND_TOPIC_KINDS:
        break;
    }
    bool named = is_category_name(topic->text, arena);
    return arena_format(arena, "%s\"%s\"",
            !named                     ? ""
                    : in_chinese(call) ? "词:"
                                       : "word:",
            topic->text);
}

static bool is_first_of_archive(const struct string_list *codes, size_t place,
        const struct command_archive *archive)
{
    for (size_t i = 0; i < place; i++)
        if (command_archive_has(archive, codes->items[i]))
            return false;
    return true;
}

static void add_typed(const struct command_call *call, struct text *text,
        const struct string_list *list, enum command_topic_kind kind)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct command_topic topic = {kind, list->items[i]};
        const struct command_archive *archive = kind == COMMAND_TOPIC_CATEGORY
                ? command_archive_of(list->items[i])
                : NULL;
        const char *typed_topic = command_topic_typed(call, &topic);
        if (archive != NULL && command_archive_is_complete(archive, list)) {
            if (!is_first_of_archive(list, i, archive))
                continue;
            typed_topic = arena_format(call->arena, "%s.*", archive->code);
        }
        text_add_format(text, "%s%s", text->length > 0 ? " " : "", typed_topic);
    }
}

const char *command_topic_all(const struct command_call *call,
        const struct subscription *subscription)
{
    struct subscription copy = *subscription;
    struct text text;

    text_init(&text, call->arena, SIZE_MAX / 2);
    for (int kind = 0; kind < COMMAND_TOPIC_KINDS; kind++)
        add_typed(call, &text,
                command_topic_list(&copy, (enum command_topic_kind)kind),
                (enum command_topic_kind)kind);
    return text_string(&text);
}
