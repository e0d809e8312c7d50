#include "bot/commands/command_scope.h"

#include "bot/base/text.h"
#include "bot/commands/command_archive.h"
#include "bot/commands/command_category.h"
#include "bot/commands/command_page.h"
#include "bot/commands/command_paper.h"
#include "bot/labels.h"
#include "bot/model/category.h"
#include "bot/search_day.h"

enum {
    NAME_WORDS_MAX = 7, /* "Computer Science and Game Theory" has five */
    SHOWN_MAX = 40,
    LINE_BYTES_MAX = 8192,
    NAMED_MAX = 12, /* tags that are said again */
};

static const struct phrase several = {
        .english = "“%1” can be each of %2. Which do you mean?",
        .chinese = "“%1”可以是 %2，请写明是哪一个。",
};
static const struct phrase no_category_near = {
        .english = "I know no category “%1”. Did you mean %2 (%3)?",
        .chinese = "没有“%1”这个分类。你是不是想写 %2（%3）？",
};
static const struct phrase no_category = {
        .english = "“%1” is no category I know. LG, cs.LG, cs.* or a name such "
                   "as “Robotics” is.",
        .chinese = "没有“%1”这个分类。可以写 LG、cs.LG、cs.* 或“机器学习”这样的"
                   "名称。",
};
static const struct phrase no_count = {
        .english = "“%1” is no number of papers. I show 1 to %2 at once.",
        .chinese = "“%1”不是篇数，一次可以看 1 到 %2 篇。",
};
static const struct phrase no_day = {
        .english = "“%1” is neither a day nor a category I know. A day is "
                   "written as 2026-11-23, mon or 7d.",
        .chinese = "“%1”既不是日期，也不是分类。日期可以写 2026-11-23、周一或 "
                   "7天。",
};
static const struct phrase other_day = {
        .english = "“%1” is a day. For that day's papers write %2",
        .chinese = "“%1”是日期。看那天的论文请发送 %2",
};
static const struct phrase two_days = {
        .english = "One day is enough: I have %1 already and do not know what "
                   "to do with “%2”.",
        .chinese = "只能写一个日期：已经有 %1，“%2”是多出来的。",
};

struct reading {
    const struct command_call *call;
    struct command_answer *answer;
    struct command_scope *scope;
    struct command_category_names names;
    struct string_list codes;
    size_t capacity;
    struct text line, named;
    size_t named_count;
    bool with_day;
};

/* --- categories --- */

static bool has_code(const struct string_list *codes, const char *code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (category_same(codes->items[i], code))
            return true;
    return false;
}

static void add_code(struct reading *reading, const char *code)
{
    if (!has_code(&reading->codes, code))
        string_list_add(&reading->codes, &reading->capacity,
                reading->call->arena, code);
}

static void add_named(struct reading *reading, const char *tag)
{
    if (reading->named_count++ < NAMED_MAX)
        text_add_format(&reading->named, "%s%s",
                reading->named_count > 1 ? " " : "", tag);
}

static void add_line(struct reading *reading, const char *word)
{
    text_add_format(&reading->line, " %s", word);
}

static void take_archive(struct reading *reading,
        const struct command_archive *archive)
{
    const char *all = arena_format(reading->call->arena, "%s.*", archive->code);

    for (size_t i = 0; i < category_count; i++)
        if (command_archive_has(archive, category_table[i].code))
            add_code(reading, category_table[i].code);
    add_line(reading, all);
    add_named(reading, all);
}

/* The first words as one name. */
static const char *join(struct arena *arena, const struct command_word *words,
        size_t count)
{
    const char *name = words[0].text;

    for (size_t i = 1; i < count; i++)
        name = arena_format(arena, "%s %s", name, words[i].text);
    return name;
}

/* False if this names nothing; with several codes it is not taken. */
static bool take_named(struct reading *reading, const char *name,
        struct string_list *codes)
{
    const struct command_archive *archive =
            command_archive_find(reading->call->arena, name);

    *codes = command_category_named(&reading->names, name);
    if (codes->count == 1) {
        add_code(reading, codes->items[0]);
        add_line(reading, codes->items[0]);
        add_named(reading, category_tag(codes->items[0]));
    } else if (codes->count == 0 && archive != NULL) {
        take_archive(reading, archive);
        codes->count = 1;
    }
    return codes->count > 0;
}

/* "cs.LG, stat.ML" */
static const char *list_of(struct arena *arena, const struct string_list *codes)
{
    struct text text;

    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; i < codes->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? ", " : "", codes->items[i]);
    return text_string(&text);
}

static void refuse(const struct reading *reading,
        const struct command_word *words, size_t count)
{
    struct arena *arena = reading->call->arena;
    const char *word = words[0].text;
    const char *nearest = command_category_nearest(&reading->names, word);

    if (word[strspn(word, "0123456789")] == '\0') {
        command_say(reading->call, reading->answer, &no_count,
                PHRASE_VALUES(text_shorten(arena,
                                      arena_format(arena, "%s%s",
                                              words[0].negated ? "-" : "",
                                              word),
                                      SHOWN_MAX),
                        phrase_number(arena, COMMAND_PAGE_MAX)));
        return;
    }
    if (nearest == NULL && count > 1) {
        const char *joined = join(arena, words,
                count < NAME_WORDS_MAX ? count : NAME_WORDS_MAX);
        nearest = command_category_nearest(&reading->names, joined);
        word = nearest != NULL ? joined : word;
    }
    command_say(reading->call, reading->answer,
            nearest != NULL ? &no_category_near
                    : reading->with_day &&
                            !civil_date_is_set(reading->scope->day)
                    ? &no_day
                    : &no_category,
            PHRASE_VALUES(text_shorten(arena, word, SHOWN_MAX), nearest,
                    label_category(nearest != NULL ? nearest : "",
                            reading->call->language)));
}

static bool take_count(struct reading *reading, const char *word)
{
    unsigned number = command_paper_number(word);

    if (number == 0)
        return false;
    reading->scope->wanted = number;
    reading->scope->too_many = number > COMMAND_PAGE_MAX;
    add_line(reading, phrase_number(reading->call->arena, number));
    return true;
}

/* "LG2": Chinese is written without spaces. */
static bool take_name_and_count(struct reading *reading, const char *word)
{
    struct arena *arena = reading->call->arena;
    size_t length = strlen(word), before = length;
    struct string_list codes;

    while (before > 0 && strchr("0123456789", word[before - 1]) != NULL)
        before--;
    if (before == 0 || before == length ||
            command_paper_number(word + before) == 0)
        return false;
    return take_named(reading, arena_string_n(arena, word, before), &codes) &&
            codes.count == 1 && take_count(reading, word + before);
}

/* A name may have several words and no quotes: the longest that is one.  Returns
 * how many were taken; 0: the answer says what is wrong. */
static size_t take_name(struct reading *reading,
        const struct command_word *words, size_t count)
{
    struct arena *arena = reading->call->arena;
    struct string_list codes;

    for (size_t n = count < NAME_WORDS_MAX ? count : NAME_WORDS_MAX; n > 0;
            n--) {
        const char *name = join(arena, words, n);
        if (!take_named(reading, name, &codes))
            continue;
        if (codes.count == 1)
            return n;
        command_say(reading->call, reading->answer, &several,
                PHRASE_VALUES(text_shorten(arena, name, SHOWN_MAX),
                        list_of(arena, &codes)));
        return 0;
    }
    if (take_name_and_count(reading, words[0].text))
        return 1;
    refuse(reading, words, count);
    return 0;
}

/* --- words --- */

static bool may_be_day(const struct reading *reading,
        const struct command_word *word)
{
    return reading->with_day && !word->negated &&
            (*word->key == '\0' || text_same(word->key, "since") ||
                    text_same(word->key, "until"));
}

static bool take_day(struct reading *reading, const struct command_word *word,
        struct civil_date *place, struct civil_date day)
{
    char said[CIVIL_DATE_SIZE];

    if (!civil_date_is_set(*place)) {
        *place = day;
        return true;
    }
    civil_date_format(*place, said);
    command_say(reading->call, reading->answer, &two_days,
            PHRASE_VALUES(said,
                    text_shorten(reading->call->arena, word->text, SHOWN_MAX)));
    return false;
}

/* A day where none is taken: the command that does. */
static bool refuse_day(const struct reading *reading,
        const struct command_word *word)
{
    const struct command_call *call = reading->call;
    const char *shown = text_shorten(call->arena, word->text, SHOWN_MAX);
    struct civil_date day;

    if (reading->with_day || *word->key != '\0' || word->negated ||
            !search_day_parse(word->text, call->today, false, &day))
        return false;
    command_say(call, reading->answer, &other_day,
            PHRASE_VALUES(shown,
                    command_as_typed(call,
                            arena_format(call->arena,
                                    label_same_language(call->language, "zh")
                                            ? "日期 %s"
                                            : "day %s",
                                    shown))));
    return true;
}

/* How many words were taken; 0: the answer says what is wrong with the first. */
static size_t take(struct reading *reading, const struct command_word *words,
        size_t count)
{
    const struct command_word *word = &words[0];
    bool until = text_same(word->key, "until");
    struct civil_date day;

    if (may_be_day(reading, word) &&
            search_day_parse(word->text, reading->call->today, until, &day))
        return take_day(reading, word,
                       until ? &reading->scope->until : &reading->scope->day,
                       day)
                ? 1
                : 0;
    bool may_be = !word->negated &&
            (*word->key == '\0' || text_same(word->key, "in"));
    if (may_be && take_count(reading, word->text))
        return 1;
    if (refuse_day(reading, word))
        return 0;
    if (may_be)
        return take_name(reading, words, count);
    command_say(reading->call, reading->answer, &no_category,
            PHRASE_VALUES(text_shorten(reading->call->arena,
                    arena_format(reading->call->arena, "%s%s",
                            word->negated ? "-" : "", word->text),
                    SHOWN_MAX)));
    return 0;
}

/* A subscription without categories takes every one. */
static void add_every_code(struct reading *reading)
{
    for (size_t i = 0; i < category_count; i++)
        add_code(reading, category_table[i].code);
}

bool command_scope_read(const struct command_call *call,
        const struct command_word *words, size_t count, bool with_day,
        struct command_answer *answer, struct command_scope *scope)
{
    struct reading reading = {.call = call,
            .answer = answer,
            .scope = scope,
            .names = command_category_open(call->arena),
            .with_day = with_day};

    *scope = (struct command_scope){.channel = *call->channel};
    text_init(&reading.line, call->arena, LINE_BYTES_MAX);
    text_init(&reading.named, call->arena, LINE_BYTES_MAX);
    for (size_t i = 0, taken; i < count; i += taken) {
        taken = take(&reading, &words[i], count - i);
        if (taken == 0)
            return false;
    }
    if (reading.named_count > NAMED_MAX)
        text_add(&reading.named, " …");
    if (reading.codes.count + call->channel->subscription.categories.count == 0)
        add_every_code(&reading);
    if (reading.codes.count > 0)
        scope->channel.subscription.categories = reading.codes;
    scope->named = text_string(&reading.named);
    scope->line = text_string(&reading.line);
    return true;
}
