#include "bot/commands/command.h"

#include "bot/base/text.h"
#include "bot/base/text_plain.h"
#include "bot/labels.h"
#include "bot/model/event.h"

#include <string.h>
#include <strings.h>

enum {
    NAMES_MAX = 4,  /* of a command in a language */
    SHOWN_MAX = 40, /* graphemes of a wrong word that are said again */
    ADMINS_SHOWN_MAX = 5,
    LANGUAGE_BYTES = 400, /* of a text that is too long to be read */
};

/* --- the table --- */

const char *command_name(const struct command *command, const char *language)
{
    return label_same_language(language, "zh") && command->chinese[0] != NULL
            ? command->chinese[0]
            : command->english[0];
}

/* What a row does for one that walks the table; true ends the walk. */
typedef bool row_fn(const struct command *command, void *ctx);

static const struct command *walk(row_fn *row, void *ctx)
{
    for (size_t i = 0; command_families[i] != NULL; i++)
        for (const struct command *at = command_families[i];
                at->english[0] != NULL; at++)
            if (row(at, ctx))
                return at;
    return NULL;
}

static bool in_names(const char *const names[NAMES_MAX], const char *word)
{
    for (size_t i = 0; i < NAMES_MAX && names[i] != NULL; i++)
        if (text_same(names[i], word))
            return true;
    return false;
}

static bool is_called(const struct command *command, void *ctx)
{
    return in_names(command->english, ctx) || in_names(command->chinese, ctx);
}

const struct command *command_find(struct arena *arena, const char *name)
{
    return walk(is_called, text_fold(arena, name));
}

/* --- reading --- */

const char *command_behind_form(const char *text)
{
    static const char *const forms[] = {"/paper", "//paper", "!paper"};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i]);
        if (strncasecmp(text, forms[i], length) != 0)
            continue;
        /* Chinese needs no space: "!paper今天". */
        if (text[length] == '\0' || (text[length] & 0x80) != 0)
            return text + length;
        if (text[length] == ' ')
            return text + length + 1;
    }
    return NULL;
}

/* The first word of a line that is being read. */
struct head {
    struct arena *arena;
    const char *line;
    const char *word;
    const struct command *glued; /* its Chinese name stands before the rest */
    size_t glued_length;
    const struct command_words *words;
};

/* "移动机器人" is no "移", "自然语言" no "自". */
static bool is_within_word(const struct command *command, const char *line,
        size_t length)
{
    /* Numbers and days begin with these, too. */
    static const char *const begins[] = {"第", "周", "星期", "今", "昨", "前",
            "上", "本"};
    char sign[sizeof "删"] = "";

    if (!command->numbered || length > strlen("删"))
        return false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (text_starts(line + length, begins[i]))
            return false;
    memcpy(sign, line + length, strnlen(line + length, strlen("删")));
    return text_has_han(sign);
}

static bool is_glued(const struct command *command, void *ctx)
{
    struct head *head = ctx;

    for (size_t i = 0; i < NAMES_MAX && command->chinese[i] != NULL; i++) {
        size_t length = strlen(command->chinese[i]);
        if (length > head->glued_length &&
                strncmp(head->line, command->chinese[i], length) == 0 &&
                !is_within_word(command, head->line, length)) {
            head->glued = command;
            head->glued_length = length;
        }
    }
    return false;
}

static bool claims_all(const struct command *command, void *ctx)
{
    struct head *head = ctx;

    return command->claims != NULL && command->claims(head->arena, head->words);
}

static bool has_letter(const char *text)
{
    for (; *text != '\0'; text++)
        if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            return true;
    return false;
}

static const char *reader_language(const char *language)
{
    return label_same_language(language, "zh") ? "zh" : "en";
}

/* Of what was written: a command's name says it, else the script does; a number
 * or a link says nothing. */
static const char *language_of(const struct command_request *request,
        bool claimed, const char *language)
{
    if (text_has_han(request->word))
        return "zh";
    if (claimed || !has_letter(request->word))
        return text_has_han(request->line) ? "zh" : reader_language(language);
    return "en";
}

/* "help!", "今天？": what people end a word with is no part of a name. */
static const char *without_stop(struct arena *arena, const char *word)
{
    size_t length = strlen(word);

    while (length > 1) {
        if (strchr("!?.~", word[length - 1]) != NULL)
            length--;
        else if (length > strlen("。") &&
                text_same(word + length - strlen("。"), "。"))
            length -= strlen("。");
        else
            break;
        word = arena_string_n(arena, word, length);
    }
    return word;
}

/* What may stand between a command's name and its words. */
#define BEHIND_NAME " ,;:"

/* Finds the command of a line, and leaves in request->line what is behind its
 * name; true if it claimed the whole line. */
static bool find_command(struct arena *arena, const char *line,
        struct command_request *request)
{
    struct head head = {.arena = arena, .line = line};
    size_t length = strcspn(line, " ");

    request->line = line;
    request->word = arena_string_n(arena, line, length);
    request->command = command_find(arena, request->word);
    if (request->command == NULL)
        request->command =
                command_find(arena, without_stop(arena, request->word));
    if (request->command == NULL) { /* "search: fog", "today,LG" */
        length = strcspn(line, BEHIND_NAME);
        request->command =
                command_find(arena, arena_string_n(arena, line, length));
    }
    if (request->command != NULL) {
        request->line = line + length + strspn(line + length, BEHIND_NAME);
        return false;
    }
    struct command_words words = command_words_of(arena, line);
    head.words = &words;
    if (words.count > 0)
        request->command = walk(claims_all, &head);
    if (request->command != NULL)
        return true;
    walk(is_glued, &head);
    request->command = head.glued;
    if (head.glued != NULL) {
        request->word = arena_string_n(arena, line, head.glued_length);
        request->line = line + head.glued_length;
        request->line += strspn(request->line, BEHIND_NAME);
    }
    return false;
}

static size_t count_runes(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += (*text & 0xC0) != 0x80;
    return count;
}

/* text_plain changes signs one by one: what ends in as many of them is the same
 * line. */
static const char *written_of(struct arena *arena, const char *text,
        const char *line)
{
    const char *all =
            text_one_line(arena, text_repair(arena, text, strlen(text)));
    size_t before = count_runes(all), behind = count_runes(line);

    for (; before > behind; before--)
        for (all++; (*all & 0xC0) == 0x80;)
            all++;
    return all;
}

struct command_request command_read(struct arena *arena, const char *text,
        const char *language)
{
    struct command_request request = {.word = "", .line = "", .written = ""};

    request.too_long = strlen(text) > EVENT_TEXT_BYTES_MAX;
    if (request.too_long) /* its language still shows at the beginning */
        text = arena_string_n(arena, text,
                text_prefix_bytes(text, LANGUAGE_BYTES));
    const char *line = text_plain(arena, text);
    for (const char *behind; (behind = command_behind_form(line)) != NULL;)
        line = behind + strspn(behind, " ");
    bool claimed = find_command(arena, line, &request);
    request.words = command_words_of(arena, request.line);
    request.written =
            request.too_long ? "" : written_of(arena, text, request.line);
    request.language = language_of(&request, claimed, language);
    if (request.too_long)
        return request;
    if (request.command != NULL &&
            !(request.command->bare_reads && request.words.count == 0))
        request.who = request.command->who;
    return request;
}

/* --- answers --- */

void command_say(const struct command_call *call, struct command_answer *answer,
        const struct phrase *phrase, const char *const values[4])
{
    document_paragraph(answer->document, &answer->document->root, ROLE_NONE,
            phrase_fill(call->arena, phrase, call->language, values));
}

const char *command_as_typed(const struct command_call *call,
        const char *command)
{
    return arena_format(call->arena, "%s%s%s", call->form,
            *call->form != '\0' && *command != '\0' ? " " : "", command);
}

void command_want(const struct command_call *call,
        struct command_answer *answer, const char *id)
{
    string_list_add(&answer->wanted, &answer->wanted_capacity, call->arena, id);
}

static const struct phrase too_long = {
        .english = "That is longer than I read (about 4,000 letters). A few "
                   "words will do: %1",
        .chinese = "内容太长，最多约 1300 个汉字。几个词就够了，例如 %1",
};
static const struct phrase unknown = {
        .english = "I do not know “%1”. %2 lists what I can do; to look for "
                   "papers, write %3",
        .chinese = "我不认识“%1”。发送 %2 查看我会做什么；要找论文，请发送 %3",
};
static const struct phrase misspelt = {
        .english = "I do not know “%1”. Did you mean %2? %3 lists what I can "
                   "do.",
        .chinese = "我不认识“%1”。你是不是想发 %2？发送 %3 查看我会做什么。",
};
static const struct phrase welcome = {
        .english = "You are welcome.",
        .chinese = "不客气。",
};
static const struct phrase only_managers = {
        .english = "Sorry, only people in charge of this channel may do that: "
                   "its moderators%1.",
        .chinese = "抱歉，只有本频道的管理者%1可以这样做。",
};
static const struct phrase only_curators = {
        .english = "Sorry, only this channel's moderators and curators may do "
                   "that%1.",
        .chinese = "抱歉，只有本频道的管理者和编辑%1可以这样做。",
};

/* The people that are named in the configuration: ", and ana, bo" of managers,
 * ": ana, bo" of curators; "（以及 ana、bo）", "（ana、bo）". */
static const char *named(const struct command_call *call,
        const struct string_list *people, bool others)
{
    bool chinese = label_same_language(call->language, "zh");
    struct text text;

    if (people->count == 0)
        return "";
    text_init(&text, call->arena, EVENT_TEXT_BYTES_MAX);
    if (chinese)
        text_add(&text, others ? "（以及 " : "（");
    else
        text_add(&text, others ? ", and " : ": ");
    for (size_t i = 0; i < people->count && i < ADMINS_SHOWN_MAX; i++)
        text_add_format(&text, "%s%s",
                i == 0            ? ""
                        : chinese ? "、"
                                  : ", ",
                people->items[i]);
    text_add(&text, chinese ? "）" : "");
    return text_string(&text);
}

/* Where it was asked: a message of one's own would be more ado than a no. */
static void refuse(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer)
{
    bool curators = request->who == COMMAND_CURATORS;

    command_say(call, answer, curators ? &only_curators : &only_managers,
            PHRASE_VALUES(named(call,
                    curators ? &call->channel->curators
                             : &call->channel->admins,
                    !curators)));
}

static bool count_names(const struct command *command, void *ctx)
{
    size_t *count = ctx;

    for (size_t i = 0; i < NAMES_MAX; i++)
        *count += (size_t)(command->english[i] != NULL) +
                (size_t)(command->chinese[i] != NULL);
    return false;
}

static void add_names(const char *const names[NAMES_MAX],
        struct string_list *list)
{
    for (size_t i = 0; i < NAMES_MAX && names[i] != NULL; i++)
        list->items[list->count++] = names[i];
}

static bool add_all_names(const struct command *command, void *ctx)
{
    add_names(command->english, ctx);
    add_names(command->chinese, ctx);
    return false;
}

const char *command_nearest(struct arena *arena, const char *word)
{
    size_t count = 0;
    struct string_list names = {0};

    walk(count_names, &count);
    names.items = arena_array(arena, const char *, count + 1);
    walk(add_all_names, &names);
    return text_nearest(text_fold(arena, word), names.items);
}

static bool is_thanks(const struct command_call *call, const char *word)
{
    static const char *const thanks[] = {"thanks", "thank", "thx", "谢谢",
            "多谢", "感谢"};
    const char *plain = text_fold(call->arena, without_stop(call->arena, word));

    for (size_t i = 0; i < sizeof thanks / sizeof *thanks; i++)
        if (text_same(plain, thanks[i]))
            return true;
    return false;
}

static void answer_unknown(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer)
{
    if (is_thanks(call, request->word)) {
        command_say(call, answer, &welcome, PHRASE_NO_VALUES);
        return;
    }
    bool chinese = label_same_language(call->language, "zh");
    const char *nearest = command_nearest(call->arena, request->word);
    const char *shown = text_shorten(call->arena, request->word, SHOWN_MAX);
    const char *help = command_as_typed(call, chinese ? "帮助" : "help");

    if (nearest != NULL) {
        size_t length = strlen(request->word);
        const char *behind =
                text_shorten(call->arena, request->line + length, SHOWN_MAX);
        command_say(call, answer, &misspelt,
                PHRASE_VALUES(shown,
                        command_as_typed(call,
                                arena_format(call->arena, "%s%s", nearest,
                                        behind)),
                        help));
        return;
    }
    command_say(call, answer, &unknown,
            PHRASE_VALUES(shown, help,
                    command_as_typed(call,
                            arena_format(call->arena, "%s %s",
                                    chinese ? "搜索" : "search",
                                    text_shorten(call->arena, request->line,
                                            SHOWN_MAX)))));
}

/* "/paper" alone asks for help. */
static bool answer_nothing(const struct command_call *call,
        const struct command_request *request, struct command_answer *answer,
        struct error *err)
{
    const struct command *help = command_find(call->arena, "help");

    return help == NULL || help->run(call, request, answer, err);
}

bool command_answer(const struct command_call *call,
        const struct command_request *request, bool allowed,
        struct command_answer *answer, struct error *err)
{
    *answer = (struct command_answer){
            .document = arena_new(call->arena, struct document)};
    document_init(answer->document, call->arena, call->language);
    answer->document->aside = true;
    if (request->too_long)
        command_say(call, answer, &too_long,
                PHRASE_VALUES(command_as_typed(call,
                        label_same_language(call->language, "zh")
                                ? "搜索 扩散模型"
                                : "search diffusion")));
    else if (request->command == NULL && request->words.count == 0)
        return answer_nothing(call, request, answer, err);
    else if (request->command == NULL)
        answer_unknown(call, request, answer);
    else if (request->who != COMMAND_ANYONE && !allowed)
        refuse(call, request, answer);
    else
        return request->command->run(call, request, answer, err);
    return true;
}
