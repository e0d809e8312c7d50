#include "bot/config/config_parse.h"

#include "bot/base/text.h"
#include "bot/model/category.h"

#include <string.h>

enum {
    PAPERS_MAX = 50, /* of each tier of one digest */
};

/* Bytes of the separator that stands at this place, 0 if none does. */
static size_t separator(const char *at)
{
    static const char *const wide[] = {"，", "、", "\u3000"};
    if (*at != '\0' && strchr(" \t\r\n,", *at) != NULL)
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (text_starts(at, wide[i]))
            return strlen(wide[i]);
    return 0;
}

static void skip_separators(const char **at)
{
    for (size_t step = separator(*at); step > 0; step = separator(*at))
        *at += step;
}

/* The next word of a list, NULL at its end. */
static const char *next_word(const char **at, struct arena *arena)
{
    skip_separators(at);
    const char *begin = *at;
    while (**at != '\0' && separator(*at) == 0)
        (*at)++;
    return *at == begin ? NULL
                        : arena_string_n(arena, begin, (size_t)(*at - begin));
}

/* --- categories --- */

/* What a person may have meant: every code and every tag. */
static const char *category_nearest(const char *word, struct arena *arena)
{
    const char **all = arena_array(arena, const char *, 2 * category_count + 1);
    for (size_t i = 0; i < category_count; i++) {
        all[i] = category_table[i].code;
        all[category_count + i] = category_table[i].tag;
    }
    return text_nearest(word, all);
}

/* "cs.SY" ends in "SY", letter case ignored. */
static bool ends_in(const char *code, const char *word)
{
    const char *dot = strrchr(code, '.');
    return dot != NULL && text_same_ascii(dot + 1, word);
}

static bool ambiguous_category(const char *word, struct arena *arena,
        struct error *err)
{
    struct text codes;
    text_init(&codes, arena, 200);
    for (size_t i = 0; i < category_count; i++) {
        if (!ends_in(category_table[i].code, word))
            continue;
        text_add(&codes, codes.length > 0 ? " or " : "");
        text_add(&codes, category_table[i].code);
    }
    return error_set(err, ERROR_INPUT,
            "\"%s\" names several categories; write the full code%s%s", word,
            codes.length > 0 ? ": " : "", text_string(&codes));
}

static bool unknown_category(const char *word, struct arena *arena,
        struct error *err)
{
    const char *nearest = category_nearest(word, arena);
    if (nearest != NULL)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is no arXiv category; did you mean %s?", word, nearest);
    return error_set(err, ERROR_INPUT,
            "\"%s\" is no arXiv category; expected codes such as cs.LG or "
            "tags such as LG (arxiv.org/category_taxonomy lists them)",
            word);
}

static bool has_category(const struct string_list *codes, const char *code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (category_same(codes->items[i], code))
            return true;
    return false;
}

bool config_parse_categories(const char *text, struct arena *arena,
        struct string_list *codes, struct error *err)
{
    struct string_list found = {0};
    size_t capacity = 0;
    for (const char *word = next_word(&text, arena); word != NULL;
            word = next_word(&text, arena)) {
        bool ambiguous = false;
        const struct category *category = category_lookup(word, &ambiguous);
        if (category == NULL)
            return ambiguous ? ambiguous_category(word, arena, err)
                             : unknown_category(word, arena, err);
        if (!has_category(&found, category->code))
            string_list_add(&found, &capacity, arena, category->code);
    }
    if (found.count == 0)
        return error_set(err, ERROR_INPUT,
                "names no category; expected some such as LG CV CL");
    *codes = found;
    return true;
}

/* --- words and phrases --- */

/* A phrase between double quotes, *at standing on the first of them. */
static const char *next_phrase(const char **at, struct arena *arena,
        struct error *err)
{
    const char *begin = *at + 1, *end = strchr(begin, '"');
    if (end == NULL) {
        error_set(err, ERROR_INPUT,
                "a \" is not closed; expected phrases such as \"optimal "
                "transport\"");
        return NULL;
    }
    *at = end + 1;
    return text_one_line(arena,
            arena_string_n(arena, begin, (size_t)(end - begin)));
}

bool config_parse_words(const char *text, struct arena *arena,
        struct string_list *words, struct error *err)
{
    struct string_list found = {0};
    size_t capacity = 0;
    for (skip_separators(&text); *text != '\0'; skip_separators(&text)) {
        const char *word = *text == '"' ? next_phrase(&text, arena, err)
                                        : next_word(&text, arena);
        if (word == NULL)
            return false;
        if (*word != '\0')
            string_list_add(&found, &capacity, arena, word);
    }
    if (found.count == 0)
        return error_set(err, ERROR_INPUT,
                "names nothing; expected words, and phrases in \"double "
                "quotes\"");
    *words = found;
    return true;
}

/* --- languages --- */

/* ISO 639-1, two letters each (loc.gov/standards/iso639-2). */
static const char two_letter_languages[] =
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca "
        "ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj "
        "fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii "
        "ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la "
        "lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
        "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa "
        "sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk "
        "tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

/* What people write for the two languages that have labels. */
static const struct {
    const char *name, *tag;
} language_names[] = {
        {"chinese", "zh"},
        {"中文", "zh"},
        {"汉语", "zh"},
        {"cn", "zh"},
        {"english", "en"},
        {"英文", "en"},
        {"英语", "en"},
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The rest of a tag: "-Hant", "-TW" (BCP 47 subtags, 2 to 8 characters). */
static bool are_subtags(const char *rest)
{
    while (*rest == '-') {
        size_t length = 0;
        for (rest++; is_letter(*rest) || is_digit(*rest); rest++)
            length++;
        if (length < 2 || length > 8)
            return false;
    }
    return *rest == '\0';
}

static bool is_language(const char *tag)
{
    if (strlen(tag) < 2 || !are_subtags(tag + 2))
        return false;
    char entry[] = {tag[0], tag[1], ' ', '\0'};
    for (const char *at = strstr(two_letter_languages, entry); at != NULL;
            at = strstr(at + 1, entry))
        if ((at - two_letter_languages) % 3 == 0)
            return true;
    return false;
}

static bool unknown_language(const char *word, struct error *err)
{
    for (size_t i = 0; i < sizeof language_names / sizeof *language_names; i++)
        if (text_same_ascii(word, language_names[i].name))
            return error_set(err, ERROR_INPUT,
                    "\"%s\" is no language code; did you mean %s?", word,
                    language_names[i].tag);
    return error_set(err, ERROR_INPUT,
            "\"%s\" is no language code; expected one or two such as zh en",
            word);
}

bool config_parse_languages(const char *text, struct arena *arena,
        struct language_pair *languages, struct error *err)
{
    struct language_pair found = {0};
    size_t count = 0;
    for (const char *word = next_word(&text, arena); word != NULL;
            word = next_word(&text, arena)) {
        if (!is_language(word))
            return unknown_language(word, err);
        if (count == LANGUAGES_MAX)
            return error_set(err, ERROR_INPUT,
                    "\"%s\" is one language too many; expected one or two, "
                    "the reader's first",
                    word);
        if (count > 0 && text_same(found.tags[0], word))
            return error_set(err, ERROR_INPUT,
                    "\"%s\" stands twice; one language alone is fine", word);
        found.tags[count++] = word;
    }
    if (count == 0)
        return error_set(err, ERROR_INPUT,
                "names no language; expected one or two such as zh en");
    *languages = found;
    return true;
}

/* --- numbers --- */

/* A whole number at the beginning; false if there is none or it is absurd. */
static bool take_number(const char **at, unsigned *number)
{
    if (!is_digit(**at))
        return false;
    unsigned value = 0;
    for (; is_digit(**at); (*at)++) {
        if (value > 100000000)
            return false;
        value = value * 10 + (unsigned)(**at - '0');
    }
    *number = value;
    return true;
}

bool config_parse_size(const char *text, unsigned *top, unsigned *also,
        struct error *err)
{
    const char *at = text;
    unsigned first = 0, second = 0;
    bool good = take_number(&at, &first);
    if (good && *at == '+') {
        at++;
        good = take_number(&at, &second);
    }
    if (!good || *at != '\0')
        return error_set(err, ERROR_INPUT,
                "\"%s\" is no size; expected two numbers such as 5+4: five "
                "papers in full and four more",
                text);
    if (first > PAPERS_MAX || second > PAPERS_MAX || first + second == 0)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is out of range; expected at least one paper and at "
                "most %d+%d",
                text, PAPERS_MAX, PAPERS_MAX);
    *top = first;
    *also = second;
    return true;
}

bool config_parse_duration(const char *text, int64_t *ms, struct error *err)
{
    static const struct {
        char unit;
        int64_t ms;
    } units[] = {{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}};
    const int64_t year_ms = 366 * INT64_C(86400000);

    const char *at = text;
    unsigned number;
    int64_t unit_ms = 0;
    if (take_number(&at, &number) && at[0] != '\0' && at[1] == '\0')
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (units[i].unit == *at)
                unit_ms = units[i].ms;
    if (unit_ms == 0)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is no duration; expected a number and s, m, h or d, "
                "such as 30s, 15m, 6h or 2d",
                text);
    if (number > year_ms / unit_ms)
        return error_set(err, ERROR_INPUT,
                "\"%s\" is too long; expected at most 366d", text);
    *ms = number * unit_ms;
    return true;
}

/* --- one of a few words --- */

static bool parse_choice(const char *text, const char *const *choices,
        const char *what, unsigned *chosen, struct error *err)
{
    for (unsigned i = 0; choices[i] != NULL; i++) {
        if (text_same(text, choices[i])) {
            *chosen = i;
            return true;
        }
    }
    const char *nearest = text_nearest(text, choices);
    if (nearest != NULL)
        return error_set(err, ERROR_INPUT, "\"%s\" is no %s; did you mean %s?",
                text, what, nearest);
    return error_set(err, ERROR_INPUT, "\"%s\" is no %s; expected %s%s%s or %s",
            text, what, choices[0], choices[2] != NULL ? ", " : "",
            choices[2] != NULL ? choices[1] : "",
            choices[2] != NULL ? choices[2] : choices[1]);
}

static const char *const styles[] =
        {[STYLE_BRIEF] = "brief", [STYLE_FULL] = "full", NULL};

bool config_parse_style(const char *text, enum digest_style *style,
        struct error *err)
{
    unsigned chosen = 0;
    if (!parse_choice(text, styles, "style", &chosen, err))
        return false;
    *style = (enum digest_style)chosen;
    return true;
}

static const char *const layouts[] =
        {[LAYOUT_MESSAGE] = "message", [LAYOUT_THREAD] = "thread", NULL};

bool config_parse_layout(const char *text, enum digest_layout *layout,
        struct error *err)
{
    unsigned chosen = 0;
    if (!parse_choice(text, layouts, "layout", &chosen, err))
        return false;
    *layout = (enum digest_layout)chosen;
    return true;
}

static const char *const mixes[] =
        {[MIX_FAIR] = "fair", [MIX_FREE] = "free", NULL};

bool config_parse_mix(const char *text, enum channel_mix *mix,
        struct error *err)
{
    unsigned chosen = 0;
    if (!parse_choice(text, mixes, "mix", &chosen, err))
        return false;
    *mix = (enum channel_mix)chosen;
    return true;
}

const char *config_parse_mix_name(enum channel_mix mix)
{
    return mixes[mix];
}

static const char *const picture_choices[] = {[PICTURES_NONE] = "none",
        [PICTURES_FIRST] = "first",
        [PICTURES_ALL] = "all",
        NULL};

bool config_parse_pictures(const char *text, enum digest_pictures *pictures,
        struct error *err)
{
    unsigned chosen = 0;
    if (!parse_choice(text, picture_choices, "choice of pictures", &chosen,
                err))
        return false;
    *pictures = (enum digest_pictures)chosen;
    return true;
}

const char *config_parse_style_name(enum digest_style style)
{
    return styles[style];
}

static const char *const whens[] =
        {[WHEN_PUNCTUAL] = "punctual", [WHEN_FRESH] = "fresh", NULL};

const char *config_parse_layout_name(enum digest_layout layout)
{
    return layouts[layout];
}

const char *config_parse_when_name(enum schedule_when when)
{
    return whens[when];
}

bool config_parse_when(const char *text, enum schedule_when *when,
        struct error *err)
{
    unsigned chosen = 0;
    if (!parse_choice(text, whens, "time to post", &chosen, err))
        return false;
    *when = (enum schedule_when)chosen;
    return true;
}

static const char *const quiets[] = {[QUIET_SILENT] = "silent",
        [QUIET_LINE] = "line",
        [QUIET_BEST] = "best",
        NULL};

const char *config_parse_quiet_name(enum quiet_policy policy)
{
    return quiets[policy];
}

bool config_parse_quiet(const char *text, enum quiet_policy *policy,
        struct error *err)
{
    unsigned chosen = 0;
    if (!parse_choice(text, quiets, "way to be quiet", &chosen, err))
        return false;
    *policy = (enum quiet_policy)chosen;
    return true;
}

bool config_parse_uncertain(const char *text, enum uncertain_policy *policy,
        struct error *err)
{
    static const char *const choices[] =
            {[UNCERTAIN_RESEND] = "resend", [UNCERTAIN_HOLD] = "hold", NULL};
    unsigned chosen = 0;
    if (!parse_choice(text, choices, "policy", &chosen, err))
        return false;
    *policy = (enum uncertain_policy)chosen;
    return true;
}
