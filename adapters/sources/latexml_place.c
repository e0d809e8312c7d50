#include "adapters/sources/latexml_place.h"

#include "bot/base/text.h"

#include <string.h>
#include <strings.h>

enum {
    PLACE_BYTES_MAX = 240, /* longer is a sentence */
    SHORT_BYTES_MAX = 120,
};

/* Words, or their beginnings. */
static const char *const hints[] = {"universi", "institut", "college", "school",
        "laborator", "lab", "labs", "academy", "academia", "research",
        "department", "faculty", "centre", "center", "polytechni",
        "politecnico", "technology", "technologies", "hospital", "observator",
        "foundation", "corporation", "inc.", "ltd", "gmbh", "company", "ecole",
        "hochschule", "fakult", "team", "group"};

static const char *const chinese_hints[] = {"\u5927\u5B66", "\u7814\u7A76",
        "\u5B66\u9662", "\u5B9E\u9A8C\u5BA4", "\u516C\u53F8"};

/* Houses without such a word: they begin a line, or a part of one. */
static const char *const houses[] = {"eth z", "epfl", "csiro", "cnrs", "inria",
        "kaist", "postech", "kaust", "mbzuai", "hkust", "ucla", "uc berkeley",
        "mit", "cmu", "csail", "google", "deepmind", "microsoft", "openai",
        "anthropic", "meta", "fair", "nvidia", "amazon", "apple", "huawei",
        "alibaba", "tencent", "bytedance", "baidu", "samsung", "intel", "ibm",
        "adobe", "salesforce", "xiaomi", "meituan", "sony", "qualcomm"};

static const char *const plain_hints[] = {"university", "universit\xC3\xA9",
        "universit\xC3\xA4t", "universidad", "institute", "institut",
        "laboratory", "department", "school of", "college of", "academy of",
        "research", "inc."};

/* What says of authors how they worked together, and not where. */
static const char *const remarks[] = {"equal contribution", "equally",
        "correspond", "work done", "work was done", "work partially",
        "internship", "intern at", "project lead", "thank", "http://",
        "https://", "www.", "footnotemark", "author", "first three",
        "supported by", "visiting", "preprint", "deceased"};

/* They have several seats, which are told behind a comma. */
static const char *const seats[] = {"University of California",
        "Chinese University of Hong Kong", "Harbin Institute of Technology",
        "University of Illinois", "University of Texas",
        "University of North Carolina", "University of Maryland",
        "University of Michigan", "University of Wisconsin",
        "University of Massachusetts", "University of Colorado",
        "University of Minnesota", "China University of Geosciences",
        "China University of Petroleum", "University of Washington"};

static bool has_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasestr(text, words[i]) != NULL)
            return true;
    return false;
}

#define HAS_ANY(text, words)                                                   \
    has_any(text, words, sizeof(words) / sizeof *(words))

static const char *line_of(struct record *record, const char *bytes,
        size_t length)
{
    return length > (size_t)8 * PLACE_BYTES_MAX
            ? ""
            : record_prose(record, bytes, length);
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte & 0x80) != 0;
}

/* As the beginning of a word, or a whole short one: "lab" is not "Labrador". */
static bool has_word(const char *line, const char *word)
{
    size_t length = strlen(word);
    const char *at = line;

    for (; (at = strcasestr(at, word)) != NULL; at++)
        if ((at == line || !is_letter(at[-1])) &&
                (length > 4 || !is_letter(at[length])))
            return true;
    return false;
}

static bool has_word_of(const char *line, const char *const *words,
        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_word(line, words[i]))
            return true;
    return false;
}

#define HAS_WORD_OF(line, words)                                               \
    has_word_of(line, words, sizeof(words) / sizeof *(words))

static bool begins_house(const char *part)
{
    for (size_t i = 0; i < sizeof houses / sizeof *houses; i++) {
        size_t length = strlen(houses[i]);
        if (strncasecmp(part, houses[i], length) == 0 &&
                (!is_letter(part[length]) || houses[i][length - 1] == 'z'))
            return true;
    }
    return false;
}

/* A line, or a part of one. */
static bool is_place(const char *line)
{
    const char *part = line;

    if (HAS_WORD_OF(line, hints) || HAS_ANY(line, chinese_hints))
        return true;
    for (; part != NULL; part = strpbrk(part, ",;")) {
        part += strspn(part, ",; ");
        if (begins_house(part))
            return true;
    }
    return false;
}

bool latexml_place_is_likely(struct record *record, const char *bytes,
        size_t length)
{
    return is_place(line_of(record, bytes, length));
}

bool latexml_place_is_plain(struct record *record, const char *bytes,
        size_t length)
{
    return HAS_WORD_OF(line_of(record, bytes, length), plain_hints);
}

/* --- e-mail addresses --- */

/* Bytes up to "Email: ..." or "{ada,ben}@...". */
static size_t span_before_mail(const char *line)
{
    static const char *const signs[] = {"email", "e-mail", "mail:"};
    size_t length = strlen(line);

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strcasestr(line, signs[i]);
        if (at != NULL && (size_t)(at - line) < length)
            length = (size_t)(at - line);
    }
    return length;
}

/* "{ada,ben}@rope.example" and "ada@rope.example": without the words that hold
 * one, and what braces hold. */
static const char *without_mail(struct record *record, const char *line)
{
    struct text text;

    line = arena_string_n(&record->arena, line, span_before_mail(line));
    if (strchr(line, '@') == NULL && strchr(line, '{') == NULL)
        return line;
    text_init(&text, &record->arena, strlen(line) + 1);
    while (*line != '\0') {
        size_t blanks = strspn(line, " ");
        const char *word = line + blanks;
        size_t length = *word == '{' ? strcspn(word, "}") : 0;
        length += strcspn(word + length, " ");
        if (memchr(word, '@', length) == NULL && *word != '{') {
            text_add(&text, text.length > 0 && length > 0 ? " " : "");
            text_add_n(&text, word, length);
        }
        line = word + length;
    }
    return text_string(&text);
}

/* --- short --- */

static const char *trimmed(struct record *record, const char *bytes,
        size_t length)
{
    while (length > 0 && strchr(" ,;:.&|-*", *bytes) != NULL) {
        bytes++;
        length--;
    }
    while (length > 0 && strchr(" ,;:&|-*", bytes[length - 1]) != NULL)
        length--;
    if (length > 1 && bytes[length - 1] == '.' && bytes[length - 2] != 'c' &&
            bytes[length - 2] != 'd' && bytes[length - 2] != 'p')
        length--; /* "Inc.", "Ltd." and "Corp." have theirs */
    return arena_string_n(&record->arena, bytes, length);
}

static bool is_university(const char *part)
{
    static const char *const words[] = {"universi", "institute of technology",
            "polytechni", "politecnico", "\u5927\u5B66", "academy of sciences"};

    return HAS_ANY(part, words);
}

/* The part that names the whole house: the first of a university, else the
 * first that an institute has; *next is what stands behind it. */
static const char *main_part(struct record *record, const char *line,
        bool (*fits)(const char *part), const char **next)
{
    while (*line != '\0') {
        size_t length = strcspn(line, ",;");
        const char *part = trimmed(record, line, length);
        line += length + (line[length] != '\0');
        *next = trimmed(record, line, strcspn(line, ",;"));
        if (fits(part))
            return part;
    }
    return "";
}

static bool is_named(const char *part)
{
    static const char *const below[] = {"department", "dept", "school of",
            "faculty of", "division", "college of"};

    return is_place(part) && !HAS_ANY(part, below);
}

static bool is_seated(const char *part)
{
    size_t length = strlen(part);

    for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
        size_t seat = strlen(seats[i]);
        if (length >= seat && strcasecmp(part + length - seat, seats[i]) == 0)
            return true;
    }
    return false;
}

static const char *shortened(struct record *record, const char *line)
{
    const char *next = "";
    const char *part = main_part(record, line, is_university, &next);

    if (*part == '\0')
        part = main_part(record, line, is_named, &next);
    if (*part == '\0')
        return line;
    if (*next != '\0' && is_seated(part))
        return arena_format(&record->arena, "%s, %s", part, next);
    return part;
}

static bool has_letters(const char *text)
{
    size_t letters = 0;

    for (; *text != '\0'; text++)
        letters += (*text >= 'a' && *text <= 'z') ||
                (*text >= 'A' && *text <= 'Z') || (*text & 0x80) != 0;
    return letters >= 2;
}

const char *latexml_place_clean(struct record *record, const char *bytes,
        size_t length)
{
    const char *line = without_mail(record, line_of(record, bytes, length));

    line = trimmed(record, line, strlen(line));
    if (strlen(line) > PLACE_BYTES_MAX || !has_letters(line) ||
            HAS_ANY(line, remarks))
        return "";
    line = shortened(record, line);
    return strlen(line) > SHORT_BYTES_MAX ? "" : line;
}
