#include "bot/write/note_names.h"

#include "bot/base/text.h"

#include <ctype.h>
#include <string.h>

enum {
    NAME_BYTES_MAX = 64,
    LEADING_BYTES_MAX = 40, /* a longer one is a sentence before a colon */
    JOINED_WORDS_MAX = 6,
};

/* A text as its words, each without case, hyphens and signs. */
struct words {
    const char **items;
    size_t count, capacity;
};

static bool in_word(char byte)
{
    return isalnum((unsigned char)byte) != 0;
}

static struct words words_of(const char *text, struct arena *arena)
{
    struct words words = {0};
    const char *at = text_fold(arena, text);

    while (*at != '\0') {
        size_t length = 0;
        while (in_word(at[length]))
            length++;
        if (length == 0) {
            at++;
            continue;
        }
        words.items = arena_grow(arena, words.items, words.count,
                &words.capacity, sizeof *words.items);
        words.items[words.count++] = arena_string_n(arena, at, length);
        at += length;
    }
    return words;
}

/* --- is it there --- */

static bool same_but_plural(const char *a, const char *b)
{
    size_t one = strlen(a), other = strlen(b);
    size_t least = one < other ? one : other;
    const char *rest = one < other ? b + one : a + other;

    return strncmp(a, b, least) == 0 &&
            (*rest == '\0' || text_same(rest, "s") || text_same(rest, "es"));
}

/* Whether words from the n-th on, written in one, are the name. */
static bool joined_from(const struct words *words, size_t n, const char *name)
{
    char joined[NAME_BYTES_MAX + 8];
    size_t length = 0;

    for (size_t i = n; i < words->count && i < n + JOINED_WORDS_MAX; i++) {
        size_t more = strlen(words->items[i]);
        if (length + more >= sizeof joined)
            return false;
        memcpy(joined + length, words->items[i], more + 1);
        length += more;
        if (same_but_plural(joined, name))
            return true;
        if (length > strlen(name) + 2)
            return false;
    }
    return false;
}

static bool is_small(const char *word)
{
    return text_same(word, "of") || text_same(word, "and") ||
            text_same(word, "for") || text_same(word, "the") ||
            text_same(word, "in") || text_same(word, "to") ||
            text_same(word, "with") || text_same(word, "a");
}

/* Whether the words from the n-th on have these initials; small words may be
 * passed over. */
static bool initials_from(const struct words *words, size_t n,
        const char *letters)
{
    size_t got = 0, wanted = strlen(letters);

    if (wanted > 1 && letters[wanted - 1] == 's')
        wanted--; /* LLMs */
    if (wanted < 2)
        return false;
    for (size_t i = n; i < words->count && got < wanted; i++) {
        if (words->items[i][0] == letters[got])
            got++;
        else if (got == 0 || !is_small(words->items[i]))
            return false;
    }
    return got == wanted;
}

static bool has(const struct words *source, const char *name)
{
    for (size_t i = 0; i < source->count; i++)
        if (joined_from(source, i, name) || initials_from(source, i, name))
            return true;
    return false;
}

/* Known to every reader, so that a note may say it of its own accord. */
static bool is_common(const char *name)
{
    static const char *const names[] = {"ai", "api", "app", "arxiv", "cpu",
            "cv", "dnn", "cnn", "github", "gpu", "gpus", "hugging", "face",
            "huggingface", "ll", "llm", "llms", "ml", "nlp", "rl", "sota", "vs",
            "web", "2d", "3d", "4d", "id", "ok", "x", "xray"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_same(names[i], name))
            return true;
    return false;
}

/* --- what is a name --- */

/* Bytes of a letter or digit that begins there: ASCII, a Latin letter with an
 * accent (U+00C0 to U+024F without × and ÷), a raised or lowered one (U+2070 to
 * U+209C). */
static size_t letter_length(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;

    if (in_word(*at))
        return 1;
    if (byte[0] >= 0xC3 && byte[0] <= 0xC9 && byte[1] >= 0x80)
        return byte[0] == 0xC3 && (byte[1] == 0x97 || byte[1] == 0xB7) ? 0 : 2;
    if (byte[0] == 0xE2 &&
            ((byte[1] == 0x81 && byte[2] >= 0xB0) ||
                    (byte[1] == 0x82 && byte[2] >= 0x80 && byte[2] <= 0x9C)))
        return 3;
    return byte[0] == 0xC2 &&
                    (byte[1] == 0xB2 || byte[1] == 0xB3 || byte[1] == 0xB9)
            ? 2
            : 0;
}

/* Bytes of a word with what joins it: "GPT-4o", "k-NN", "U.S". */
static size_t word_length(const char *at)
{
    size_t length = 0, step;

    while ((step = letter_length(at + length)) > 0 ||
            (length > 0 && at[length] != '\0' &&
                    strchr("-_.'/+", at[length]) != NULL &&
                    letter_length(at + length + 1) > 0))
        length += step > 0 ? step : 1;
    return length;
}

static bool has_letter(const char *at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (isalpha((unsigned char)at[i]))
            return true;
    return false;
}

/* A digit, or a capital that no sentence's beginning explains. */
static bool stands_out(const char *at, size_t length, bool begins)
{
    for (size_t i = 0; i < length; i++)
        if (isdigit((unsigned char)at[i]) ||
                (isupper((unsigned char)at[i]) && (i > 0 || !begins)))
            return true;
    return false;
}

/* "95ms", "7B": a number with its unit, which is looked at elsewhere. */
static bool is_measure(const char *at, size_t length)
{
    size_t digits = strspn(at, "0123456789.,");

    return digits > 0 && length - digits <= 3 &&
            !text_same_ascii(at + digits, "d");
}

/* Pieces too: "CNN-based" is in a source that has CNN and based. */
static bool is_known(const struct words *source, const char *name,
        struct arena *arena)
{
    struct words pieces = words_of(name, arena);
    char joined[NAME_BYTES_MAX + 8] = "";
    size_t known = 0;

    for (size_t i = 0; i < pieces.count; i++) {
        if (strlen(joined) + strlen(pieces.items[i]) < sizeof joined)
            strncat(joined, pieces.items[i],
                    sizeof joined - strlen(joined) - 1);
        known += has(source, pieces.items[i]) || is_common(pieces.items[i]);
    }
    return pieces.count == 0 || known == pieces.count || has(source, joined) ||
            is_common(joined);
}

/* The last byte before a word says whether a sentence begins there. */
static bool begins_sentence(const char *text, const char *at)
{
    while (at > text && strchr(" \"'(", at[-1]) != NULL)
        at--;
    return at == text || strchr(".!?:;", at[-1]) != NULL ||
            (unsigned char)at[-1] >= 0x80;
}

const char *note_names_strange(const char *text, bool latin, const char *source,
        struct arena *arena)
{
    struct words words = words_of(source, arena);
    const char *at = text;

    while (*at != '\0') {
        size_t length = word_length(at);
        if (length == 0) {
            at++;
            continue;
        }
        const char *name = arena_string_n(arena, at, length);
        bool looks =
                !latin || stands_out(at, length, begins_sentence(text, at));
        if (looks && has_letter(at, length) && !is_measure(name, length) &&
                !is_known(&words, name, arena))
            return name;
        at += length;
    }
    return NULL;
}

const char *note_names_leading(const char *title, struct arena *arena)
{
    /* What kind of paper it is, which is no name. */
    static const char *const kinds[] = {"Position", "Survey", "Tutorial",
            "Review", "Perspective", "Viewpoint", "Opinion", "Technical",
            "Report", "Benchmark", "Demo", "Erratum", "Correction", "Comment"};
    size_t length = strcspn(title, ":");

    if (title[length] != ':' || length == 0 || length > LEADING_BYTES_MAX ||
            memchr(title, ' ', length) != NULL || !has_letter(title, length))
        return "";
    const char *name = arena_string_n(arena, title, length);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_same_ascii(name, kinds[i]))
            return "";
    return strpbrk(name, "$\\") == NULL ? name : "";
}

bool note_names_has(const char *text, const char *name, struct arena *arena)
{
    struct words words = words_of(text, arena);
    struct words pieces = words_of(name, arena);
    char joined[NAME_BYTES_MAX + 8] = "";

    for (size_t i = 0; i < pieces.count; i++)
        if (strlen(joined) + strlen(pieces.items[i]) < sizeof joined)
            strncat(joined, pieces.items[i],
                    sizeof joined - strlen(joined) - 1);
    for (size_t i = 0; i < words.count; i++)
        if (joined_from(&words, i, joined))
            return true;
    return false;
}
