#include "bot/program/program_ask_complete.h"

#include "bot/base/text.h"
#include "bot/commands/command.h"
#include "bot/commands/command_values.h"
#include "bot/labels.h"
#include "bot/model/category.h"
#include "bot/zone_names.h"

#include <string.h>

/* The words that fit, as they are gathered. */
struct offer {
    struct arena *arena;
    const char *prefix; /* folded */
    bool chinese;       /* where nothing is typed yet */
    struct line_completion *completion;
    size_t capacity;
};

static void offer_word(struct offer *offer, const char *word)
{
    struct string_list *words = &offer->completion->words;

    if (text_starts(text_fold(offer->arena, word), offer->prefix) &&
            !string_list_has(words, word))
        string_list_add(words, &offer->capacity, offer->arena, word);
}

/* What is the same in two languages: either, or where nothing is typed the
 * reader's. */
static void offer_names(struct offer *offer, const char *const *english,
        const char *const *chinese, size_t count)
{
    bool all = *offer->prefix != '\0';

    for (size_t i = 0; i < count && english[i] != NULL; i++)
        if (all || (i == 0 && (!offer->chinese || chinese[0] == NULL)))
            offer_word(offer, english[i]);
    for (size_t i = 0; i < count && chinese[i] != NULL; i++)
        if (all || (i == 0 && offer->chinese))
            offer_word(offer, chinese[i]);
}

/* --- what there is to offer --- */

enum {
    NAMES_MAX = 4, /* of a command or a value, in a language */
};

static void offer_commands(struct offer *offer)
{
    for (size_t i = 0; command_families[i] != NULL; i++)
        for (const struct command *at = command_families[i];
                at->english[0] != NULL; at++)
            offer_names(offer, at->english, at->chinese, NAMES_MAX);
}

/* Commands that set something: what "reset" takes. */
static void offer_settings(struct offer *offer)
{
    static const char *const settings[] = {"schedule", "languages", "size",
            "style", "mix", "when", "quiet", "credit", "subscribe"};

    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const struct command *command = command_find(offer->arena, settings[i]);
        if (command != NULL)
            offer_names(offer, command->english, command->chinese, 1);
    }
    offer_names(offer, (const char *const[]){"all"},
            (const char *const[]){"全部"}, 1);
}

/* Tags; codes where somebody types one, or where a tag is none. */
static void offer_categories(struct offer *offer)
{
    size_t before = offer->completion->words.count;

    for (size_t i = 0; i < category_count; i++)
        if (*category_table[i].alias == '\0')
            offer_word(offer, category_table[i].tag);
    for (size_t i = 0; text_has_han(offer->prefix) && i < category_count; i++)
        offer_word(offer, category_table[i].chinese);
    if (offer->completion->words.count > before &&
            strchr(offer->prefix, '.') == NULL)
        return;
    for (size_t i = 0; i < category_count; i++)
        offer_word(offer, category_table[i].code);
}

static void offer_values(struct offer *offer,
        const struct command_value *values)
{
    for (; values->value != NULL; values++)
        offer_names(offer, values->english, values->chinese,
                COMMAND_VALUE_NAMES);
}

static void offer_style(struct offer *offer)
{
    offer_values(offer, command_values_style);
}

static void offer_when(struct offer *offer)
{
    offer_values(offer, command_values_when);
}

static void offer_mix(struct offer *offer)
{
    offer_values(offer, command_values_mix);
}

static void offer_quiet(struct offer *offer)
{
    offer_values(offer, command_values_quiet);
}

static void offer_languages(struct offer *offer)
{
    offer_values(offer, command_values_language);
}

static void offer_times(struct offer *offer)
{
    static const char *const english[] = {"weekdays", "daily", "weekends"};
    static const char *const chinese[] = {"工作日", "每天", "周末"};

    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        offer_names(offer, &english[i], &chinese[i], 1);
    for (size_t i = 0; *offer->prefix != '\0' && i < zone_place_count; i++)
        for (const char *const *zone = zone_places[i].zones;
                zone < zone_places[i].zones + 5 && *zone != NULL; zone++)
            offer_word(offer, *zone);
}

static void offer_spans(struct offer *offer)
{
    static const char *const english[] = {"day", "week", "month"};
    static const char *const chinese[] = {"今天", "本周", "本月"};

    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        offer_names(offer, &english[i], &chinese[i], 1);
    if (*offer->prefix != '\0')
        offer_categories(offer);
}

static void offer_formats(struct offer *offer)
{
    static const char *const formats[] = {"bibtex", "ris", "markdown"};

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        offer_word(offer, formats[i]);
}

/* --- where the cursor is --- */

/* Bytes of what stands between words at this place; 0: a word does. */
static size_t separator(const char *at)
{
    static const char *const separators[] = {" ", ",", ";", "，", "、", "；",
            "　"};

    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (text_starts(at, separators[i]))
            return strlen(separators[i]);
    return 0;
}

/* Where the last word begins, without its hyphen. */
static size_t last_word(const char *line)
{
    size_t begin = 0;

    for (size_t at = 0; line[at] != '\0';) {
        size_t length = separator(line + at);
        at += length > 0 ? length : 1;
        if (length > 0)
            begin = at;
    }
    return begin + (begin > 0 && line[begin] == '-');
}

/* Bytes of the key in front of a category: "in:". */
static size_t category_key(const char *word)
{
    static const char *const keys[] = {"in:", "分类:", "分类：",
            "类别:", "类别："};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_starts(word, keys[i]))
            return strlen(keys[i]);
    return 0;
}

typedef void offer_fn(struct offer *offer);

static offer_fn *behind_command(struct arena *arena, const char *word)
{
    static const struct {
        const char *command;
        offer_fn *offer;
    } behind[] = {
            {"help", offer_commands},
            {"today", offer_categories},
            {"yesterday", offer_categories},
            {"day", offer_categories},
            {"since", offer_categories},
            {"random", offer_categories},
            {"subscribe", offer_categories},
            {"unsubscribe", offer_categories},
            {"top", offer_spans},
            {"saved", offer_formats},
            {"style", offer_style},
            {"when", offer_when},
            {"mix", offer_mix},
            {"quiet", offer_quiet},
            {"languages", offer_languages},
            {"schedule", offer_times},
            {"reset", offer_settings},
    };
    const struct command *command = command_find(arena, word);

    for (size_t i = 0; command != NULL && i < sizeof behind / sizeof *behind;
            i++)
        if (command_find(arena, behind[i].command) == command)
            return behind[i].offer;
    return NULL;
}

void program_ask_complete(void *ctx, const char *before, struct arena *arena,
        struct line_completion *completion)
{
    const char *language = ctx;
    const char *line = command_behind_form(before);

    line = line == NULL ? before : line;
    line += strspn(line, " ");
    const char *last = line + last_word(line);
    size_t first = strcspn(line, " "),
           key = last > line ? category_key(last) : 0;
    struct offer offer = {.arena = arena,
            .prefix = text_fold(arena, last + key),
            .completion = completion};

    completion->begin = (size_t)(last + key - before);
    if (last == line) {
        offer.chinese = label_same_language(language, "zh");
        offer_commands(&offer);
        return;
    }
    const char *word = arena_string_n(arena, line, first);
    offer_fn *behind = key > 0 ? offer_categories : behind_command(arena, word);
    offer.chinese = text_has_han(word);
    if (behind != NULL)
        behind(&offer);
}
