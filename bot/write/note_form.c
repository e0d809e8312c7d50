#include "bot/write/note_form.h"

#include "bot/base/text.h"
#include "bot/base/text_script.h"

#include <ctype.h>
#include <string.h>

enum {
    LOOP_TIMES = 3,     /* the same piece, one behind the other */
    LOOP_BYTES_MIN = 6, /* two Han characters */
    LOOP_PERIOD_MAX = 300,
    SENTENCE_BYTES_MIN = 24, /* a shorter one may well come twice */
};

bool note_form_is_chinese(const char *language)
{
    return text_starts(language, "zh");
}

/* --- language --- */

static const char *chinese_flaw(const struct text_scripts *scripts,
        struct arena *arena)
{
    if (scripts->han == 0)
        return "has no Chinese in it";
    /* Names stay in Latin letters; a sentence around them does not. */
    if (scripts->han < scripts->words)
        return arena_format(arena,
                "is not Chinese: %zu Han characters beside %zu Latin words",
                scripts->han, scripts->words);
    return NULL;
}

static const char *latin_flaw(const struct text_scripts *scripts,
        const struct text_scripts *source, struct arena *arena)
{
    if (scripts->latin == 0)
        return "has no word in it";
    if (scripts->han > 0 && source->han == 0)
        return arena_format(arena, "has %zu Han characters", scripts->han);
    return NULL;
}

const char *note_form_language(const char *text, const char *language,
        const char *source, struct arena *arena)
{
    struct text_scripts scripts = text_scripts_of(text);
    struct text_scripts known = text_scripts_of(source);

    if (scripts.other > 0 && known.other == 0) {
        struct text letter;
        text_init(&letter, arena, 16);
        text_add_rune(&letter, scripts.foreign);
        return arena_format(arena, "has \"%s\", of a script that is not wanted",
                text_string(&letter));
    }
    if (scripts.greek > 0 && known.greek == 0 && scripts.greek > 3)
        return "has Greek words, which the abstract does not";
    return note_form_is_chinese(language) ? chinese_flaw(&scripts, arena)
                                          : latin_flaw(&scripts, &known, arena);
}

/* --- length --- */

static size_t words_of(const char *text)
{
    size_t count = 0;

    for (bool before = false; *text != '\0'; text++) {
        bool space = isspace((unsigned char)*text) != 0;
        count += !space && !before;
        before = !space;
    }
    return count;
}

const char *note_form_length(const char *text, const char *language,
        const struct note_bounds *bounds, struct arena *arena)
{
    bool chinese = note_form_is_chinese(language);
    size_t count = chinese ? text_scripts_of(text).han : words_of(text);
    size_t least = chinese ? bounds->han_min : bounds->words_min;
    size_t most = chinese ? bounds->han_max : bounds->words_max;
    const char *what = chinese ? "Han characters" : "words";

    if (count > most)
        return arena_format(arena, "has %zu %s, at most %zu are wanted", count,
                what, most);
    if (count < least)
        return arena_format(arena, "has %zu %s, at least %zu are wanted", count,
                what, least);
    return NULL;
}

/* --- plain text --- */

/* "<b>", "</p>", "<!channel>"; not "a < b", "<5%", nor a token that the paper is
 * about. */
static bool has_tag(const char *text, const char *source, struct arena *arena)
{
    for (const char *at = strchr(text, '<'); at != NULL;
            at = strchr(at + 1, '<')) {
        const char *end = strchr(at, '>');
        if (end != NULL &&
                (isalpha((unsigned char)at[1]) ||
                        strchr("/!@#", at[1]) != NULL) &&
                strstr(source,
                        arena_string_n(arena, at, (size_t)(end + 1 - at))) ==
                        NULL)
            return true;
    }
    return false;
}

/* "@everyone"; not "P@10", "pass@1" or a lone @. */
static bool has_mention(const char *text)
{
    for (const char *at = strchr(text, '@'); at != NULL;
            at = strchr(at + 1, '@'))
        if (isalpha((unsigned char)at[1]) && isalpha((unsigned char)at[2]) &&
                (at == text || !isalnum((unsigned char)at[-1])))
            return true;
    return false;
}

const char *note_form_markup(const char *text, const char *source,
        struct arena *arena)
{
    static const char *const signs[] = {"**", "__", "```", "](", "\n", "{\"",
            "\"}", "\\n", "\\u", "## ", "|---", "&amp;", "&lt;", "&#",
            "\\begin", "\\frac"};
    const char *folded = text_fold(arena, text);
    const char *known = text_fold(arena, source);

    if (strchr(text, '\n') != NULL)
        return "has several lines";
    /* The paper's own links come from the paper. */
    if (strstr(folded, "://") != NULL || strstr(folded, "www.") != NULL)
        return "has a link, plain text is wanted";
    if (has_tag(text, source, arena))
        return "has markup in <>";
    if (has_mention(text))
        return "has a mention (@)";
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strstr(folded, signs[i]) != NULL && strstr(known, signs[i]) == NULL)
            return arena_format(arena, "has markup (%s), plain text is wanted",
                    signs[i]);
    return NULL;
}

/* --- loops --- */

static bool repeats(const char *text, size_t length, size_t period)
{
    size_t same = 0;

    for (size_t i = 0; i + period < length; i++) {
        same = text[i] == text[i + period] ? same + 1 : 0;
        if (same >= period * (LOOP_TIMES - 1))
            return true;
    }
    return false;
}

/* A sentence that is there again, word for word. */
static bool says_twice(const char *text)
{
    static const char *const ends[] = {"。", "；", "！", ". ", "; ", "，"};

    for (const char *at = text; *at != '\0';) {
        size_t length = strlen(at), step = length;
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            const char *end = strstr(at, ends[i]);
            if (end != NULL && (size_t)(end - at) < length) {
                length = (size_t)(end - at);
                step = length + strlen(ends[i]);
            }
        }
        if (length >= SENTENCE_BYTES_MIN &&
                memmem(at + length, strlen(at + length), at, length) != NULL)
            return true;
        at += step;
    }
    return false;
}

const char *note_form_loop(const char *text, struct arena *arena)
{
    size_t length = strlen(text);

    (void)arena;
    for (size_t period = 1;
            period <= LOOP_PERIOD_MAX && period * LOOP_TIMES <= length;
            period++)
        if (period * LOOP_TIMES >= (size_t)LOOP_BYTES_MIN * 2 &&
                repeats(text, length, period))
            return "says the same again and again";
    return says_twice(text) ? "says a sentence twice" : NULL;
}

/* --- about itself --- */

const char *note_form_echo(const char *text, const char *source,
        struct arena *arena)
{
    static const char *const phrases[] = {"as an ai", "as a language model",
            "i cannot", "i can't", "i'm sorry", "i am sorry", "here is the",
            "here's the", "sure, ", "certainly!", "ignore previous",
            "ignore all previous", "system prompt", "translated text",
            "translation:", "abstract:", "title:", "digest:", "heading:",
            "json", "作为ai", "作为一个ai", "作为人工智能", "作为一个人工智能",
            "作为一个语言模型", "作为语言模型", "我无法", "我不能", "抱歉",
            "对不起", "以下是", "翻译如下", "译文如下",
            "译文:", "摘要:", "标题:", "好的,", "当然,", "忽略之前", "忽略以上",
            "系统提示", "请注意,"};
    const char *folded = text_fold(arena, text);
    const char *known = text_fold(arena, source);

    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (strstr(folded, phrases[i]) != NULL &&
                strstr(known, phrases[i]) == NULL)
            return arena_format(arena,
                    "speaks of its task (\"%s\") instead of the paper",
                    phrases[i]);
    return NULL;
}
