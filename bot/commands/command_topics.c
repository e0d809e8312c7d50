#include "bot/commands/command_topics.h"

#include "bot/base/text.h"
#include "bot/commands/command_archive.h"
#include "bot/commands/command_category.h"
#include "bot/labels.h"
#include "bot/model/category.h"

#include <stdint.h>
#include <string.h>

enum {
    NAME_WORDS_MAX = 7, /* of a category's name */
    SHOWN_MAX = 40,     /* graphemes of a wrong word that are said again */
    FLAWS_MAX = 4,      /* said in one answer */
    BYTES_MAX = 180,    /* of a topic: so it fits into a line of a file */
};

static const struct phrase several = {
        .english = "“%1” may mean several categories: %2. Write the one you "
                   "mean: %3",
        .chinese = "“%1”可能指几个分类：%2。请写明其中一个，例如 %3",
};
static const struct phrase near_category = {
        .english = "“%1” is no category I know; did you mean %2? To follow it "
                   "as a word: %3",
        .chinese =
                "没有“%1”这个分类；你是不是想写 %2？要把它当作关键词，请发送 "
                "%3",
};
static const struct phrase no_category = {
        .english = "“%1” is no category I know. They are listed on "
                   "https://arxiv.org/category_taxonomy; for example: %2",
        .chinese = "没有“%1”这个分类。全部分类见 "
                   "https://arxiv.org/category_taxonomy，例如 %2",
};
static const struct phrase no_negative = {
        .english = "Only words can be kept away, as in %1. To drop a category "
                   "or an author: %2",
        .chinese = "只能排除关键词，例如 %1；要去掉分类或作者，请发送 %2",
};
static const struct phrase no_key = {
        .english = "“%1:” means nothing here. Authors are written by:\"Chelsea "
                   "Finn\".",
        .chinese = "“%1:”在这里没有意义。作者写作 作者:\"Chelsea Finn\"。",
};
static const struct phrase whole_name = {
        .english = "Did you mean the author %1? Then write it in quotes: %2",
        .chinese = "你是不是指作者 %1？请加上引号：%2",
};
static const struct phrase too_long = {
        .english = "“%1” is too long: at most 60 characters each.",
        .chinese = "“%1”太长：每项最多 60 个字符。",
};
static const struct phrase too_many = {
        .english = "That is more than I read at once: at most 100 words.",
        .chinese = "一次写得太多：最多 100 个词。",
};

struct reader {
    const struct command_call *call;
    const struct command_words *words;
    size_t at;
    const struct subscription *held; /* NULL: topics are added */
    struct command_answer *answer;
    struct command_topics *topics;
    size_t flaws;
    struct command_category_names names;
};

static bool in_chinese(const struct command_call *call)
{
    return label_same_language(call->language, "zh");
}

static const char *shortened(const struct command_call *call, const char *word)
{
    return text_shorten(call->arena, word, SHOWN_MAX);
}

/* "/paper subscribe LG" */
static const char *typed(const struct reader *reader, const char *behind)
{
    const struct command_call *call = reader->call;
    bool removes = reader->held != NULL;
    const char *name = in_chinese(call)
            ? (removes ? "退订" : "订阅")
            : (removes ? "unsubscribe" : "subscribe");

    return command_as_typed(call,
            arena_format(call->arena, "%s %s", name, behind));
}

static void complain(struct reader *reader, const struct phrase *phrase,
        const char *const values[4])
{
    if (reader->flaws++ < FLAWS_MAX)
        command_say(reader->call, reader->answer, phrase, values);
}

/* --- topics --- */

static bool holds(const struct subscription *held,
        const struct command_topic *topic, struct arena *arena)
{
    struct subscription copy = *held;
    const struct string_list *list = command_topic_list(&copy, topic->kind);

    return command_topic_place(list, topic, arena) < list->count;
}

static void add(struct reader *reader, enum command_topic_kind kind,
        const char *text)
{
    struct command_topics *topics = reader->topics;
    const struct command_topic topic = {.kind = kind, .text = text};

    if (text_graphemes(text) > COMMAND_TOPICS_GRAPHEMES_MAX ||
            strlen(text) > BYTES_MAX) {
        complain(reader, &too_long,
                PHRASE_VALUES(shortened(reader->call, text)));
        return;
    }
    for (size_t i = 0; i < topics->count; i++)
        if (topics->items[i].kind == kind &&
                command_topic_is(&topic, topics->items[i].text,
                        reader->call->arena))
            return;
    topics->items = arena_grow(reader->call->arena, topics->items,
            topics->count, &topics->capacity, sizeof *topics->items);
    topics->items[topics->count++] = topic;
}

/* Cleverer than a name: what the channel has is meant if it is to go. */
static bool add_held(struct reader *reader, const char *text)
{
    static const enum command_topic_kind kinds[] = {COMMAND_TOPIC_WORD,
            COMMAND_TOPIC_AUTHOR, COMMAND_TOPIC_UNWANTED};

    for (size_t i = 0; reader->held != NULL && i < 3; i++) {
        const struct command_topic topic = {.kind = kinds[i], .text = text};
        if (!holds(reader->held, &topic, reader->call->arena))
            continue;
        add(reader, kinds[i], text);
        return true;
    }
    return false;
}

/* --- categories --- */

static void add_archive(struct reader *reader,
        const struct command_archive *archive)
{
    for (size_t i = 0; i < category_count; i++)
        if (command_archive_has(archive, category_table[i].code))
            add(reader, COMMAND_TOPIC_CATEGORY, category_table[i].code);
}

/* Of several that fit, the one that the channel has, if it is to go. */
static const char *only_held(const struct reader *reader,
        const struct string_list *codes)
{
    const char *found = NULL;

    for (size_t i = 0; reader->held != NULL && i < codes->count; i++) {
        const struct command_topic topic = {.kind = COMMAND_TOPIC_CATEGORY,
                .text = codes->items[i]};
        if (!holds(reader->held, &topic, reader->call->arena))
            continue;
        if (found != NULL)
            return NULL;
        found = codes->items[i];
    }
    return found;
}

static void ask_which(struct reader *reader, const char *name,
        const struct string_list *codes)
{
    const struct command_call *call = reader->call;
    struct text text;

    text_init(&text, call->arena, 2000);
    for (size_t i = 0; i < codes->count; i++)
        text_add_format(&text, in_chinese(call) ? "%s%s（%s）" : "%s%s (%s)",
                i == 0                     ? ""
                        : in_chinese(call) ? "、"
                                           : ", ",
                codes->items[i],
                label_category(codes->items[i], call->language));
    complain(reader, &several,
            PHRASE_VALUES(shortened(call, name), text_string(&text),
                    typed(reader, codes->items[0])));
}

/* True if the name is that of a category or an archive, or may be of several. */
static bool take_category(struct reader *reader, const char *name)
{
    struct arena *arena = reader->call->arena;
    struct string_list codes = command_category_named(&reader->names, name);
    const struct command_archive *archive = command_archive_find(arena, name);

    if (codes.count == 1)
        add(reader, COMMAND_TOPIC_CATEGORY, codes.items[0]);
    else if (codes.count > 1 && only_held(reader, &codes) != NULL)
        add(reader, COMMAND_TOPIC_CATEGORY, only_held(reader, &codes));
    else if (codes.count > 1)
        ask_which(reader, name, &codes);
    else if (archive != NULL)
        add_archive(reader, archive);
    return codes.count > 0 || archive != NULL;
}

static void refuse_category(struct reader *reader, const char *name)
{
    const struct command_call *call = reader->call;
    const char *code = command_category_nearest(&reader->names, name);
    const char *word = shortened(call, name);

    if (code == NULL)
        complain(reader, &no_category,
                PHRASE_VALUES(word, typed(reader, "LG")));
    else
        complain(reader, &near_category,
                PHRASE_VALUES(word,
                        arena_format(call->arena,
                                in_chinese(call) ? "%s（%s）" : "%s (%s)", code,
                                label_category(code, call->language)),
                        typed(reader,
                                arena_format(call->arena, "\"%s\"", word))));
}

/* --- single words --- */

static bool is_plain(const struct command_word *word)
{
    return !word->quoted && !word->negated && *word->key == '\0';
}

/* Words from here on, at most count, as long as they are plain. */
static const char *join_plain(const struct reader *reader, size_t count)
{
    const struct command_words *words = reader->words;
    struct text text;

    text_init(&text, reader->call->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < count; i++) {
        if (reader->at + i >= words->count ||
                !is_plain(&words->items[reader->at + i]))
            return NULL;
        text_add_format(&text, "%s%s", i > 0 ? " " : "",
                words->items[reader->at + i].text);
    }
    return text_string(&text);
}

/* The longest name that stands here, of a category or of what is held. */
static bool take_name(struct reader *reader)
{
    for (size_t count = NAME_WORDS_MAX; count > 0; count--) {
        const char *name = join_plain(reader, count);
        if (name == NULL ||
                (!add_held(reader, name) && !take_category(reader, name)))
            continue;
        reader->at += count;
        return true;
    }
    return false;
}

/* A name with a slip in it, or what can only be meant for a category. */
static bool take_slip(struct reader *reader)
{
    for (size_t count = NAME_WORDS_MAX; count > 0; count--) {
        const char *name = join_plain(reader, count);
        if (name == NULL || !command_category_seems(&reader->names, name))
            continue;
        refuse_category(reader, name);
        reader->at += count;
        return true;
    }
    return false;
}

static void take_plain(struct reader *reader)
{
    const struct command_words *words = reader->words;
    const char *text = words->items[reader->at].text;

    if (take_name(reader) || take_slip(reader))
        return;
    if (reader->at > 0 && is_plain(&words->items[reader->at - 1]) &&
            reader->topics->count > 0 &&
            reader->topics->items[reader->topics->count - 1].kind ==
                    COMMAND_TOPIC_WORD)
        reader->topics->loose_words = true;
    add(reader, COMMAND_TOPIC_WORD, text);
    reader->at++;
}

/* "Finn" behind by:Chelsea: a name begins with a capital and goes on small. */
static bool is_name_like(const struct command_word *word)
{
    return is_plain(word) && word->text[0] >= 'A' && word->text[0] <= 'Z' &&
            word->text[1] >= 'a' && word->text[1] <= 'z';
}

static void take_author(struct reader *reader, const struct command_word *word)
{
    const struct command_call *call = reader->call;
    const struct command_words *words = reader->words;

    if (!word->quoted && reader->at < words->count &&
            is_name_like(&words->items[reader->at])) {
        const char *name = arena_format(call->arena, "%s %s", word->text,
                words->items[reader->at++].text);
        complain(reader, &whole_name,
                PHRASE_VALUES(name,
                        typed(reader,
                                arena_format(call->arena, "%s:\"%s\"",
                                        in_chinese(call) ? "作者" : "by",
                                        name))));
        return;
    }
    add(reader, COMMAND_TOPIC_AUTHOR, word->text);
}

static void take_negated(struct reader *reader, const struct command_word *word)
{
    const struct command_call *call = reader->call;
    bool author = *word->key != '\0';
    bool category = !word->quoted &&
            command_category_named(&reader->names, word->text).count > 0;

    if (!author && !category) {
        add(reader, COMMAND_TOPIC_UNWANTED, word->text);
        return;
    }
    const struct command_topic topic = {COMMAND_TOPIC_AUTHOR, word->text};
    complain(reader, &no_negative,
            PHRASE_VALUES(typed(reader, in_chinese(call) ? "-综述" : "-survey"),
                    command_as_typed(call,
                            arena_format(call->arena, "%s %s",
                                    in_chinese(call) ? "退订" : "unsubscribe",
                                    author ? command_topic_typed(call, &topic)
                                           : word->text))));
}

/* --- the key "word:", which only means something here --- */

/* Behind "word:" or "词:"; NULL if the word does not begin so. */
static const char *behind_word_key(const struct command_word *word)
{
    static const char *const keys[] = {"word:", "words:", "关键词:", "词:"};

    for (size_t i = 0; is_plain(word) && i < sizeof keys / sizeof *keys; i++)
        if (text_starts(word->text, keys[i]))
            return word->text + strlen(keys[i]);
    return NULL;
}

static bool take_word_key(struct reader *reader)
{
    const struct command_words *words = reader->words;
    const char *text = behind_word_key(&words->items[reader->at]);

    if (text == NULL)
        return false;
    reader->at++;
    if (*text == '\0' && reader->at < words->count)
        text = words->items[reader->at++].text;
    if (*text != '\0')
        add(reader, COMMAND_TOPIC_WORD, text);
    return true;
}

static void take_next(struct reader *reader)
{
    const struct command_word *word = &reader->words->items[reader->at];

    if (take_word_key(reader))
        return;
    if (is_plain(word)) {
        take_plain(reader);
        return;
    }
    reader->at++;
    if (word->negated)
        take_negated(reader, word);
    else if (text_same(word->key, "by"))
        take_author(reader, word);
    else if (text_same(word->key, "in")) {
        if (!take_category(reader, word->text))
            refuse_category(reader, word->text);
    } else if (*word->key != '\0')
        complain(reader, &no_key, PHRASE_VALUES(word->key));
    else if (!add_held(reader, word->text) &&
            !take_category(reader, word->text))
        add(reader, COMMAND_TOPIC_WORD, word->text);
}

bool command_topics_read(const struct command_call *call,
        const struct command_words *words, const struct subscription *held,
        struct command_answer *answer, struct command_topics *topics)
{
    struct reader reader = {.call = call,
            .words = words,
            .held = held,
            .answer = answer,
            .topics = topics,
            .names = command_category_open(call->arena)};

    *topics = (struct command_topics){0};
    if (words->more)
        complain(&reader, &too_many, PHRASE_NO_VALUES);
    while (reader.at < words->count && !words->more)
        take_next(&reader);
    return reader.flaws == 0;
}
