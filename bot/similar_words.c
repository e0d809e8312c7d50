#include "bot/similar_words.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"
#include "bot/base/text_tokens.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    TITLE_TIMES = 3,
    LETTERS_MIN = 3, /* of an English word */
};

/* In order.  What any paper of any field may say. */
static const char *const empty_words[] = {"about", "above", "abstract",
        "accepted", "achieve", "achieved", "achieves", "across", "address",
        "addresses", "after", "against", "all", "allow", "allowing", "allows",
        "almost", "along", "also", "although", "among", "and", "another", "any",
        "approach", "approache", "approaches", "are", "around", "art",
        "available", "based", "because", "become", "been", "before", "being",
        "better", "between", "both", "but", "can", "cannot", "challenge",
        "challenging", "code", "compared", "comprehensive", "consider", "could",
        "current", "demonstrate", "demonstrated", "demonstrates", "despite",
        "develop", "developed", "different", "does", "due", "during", "each",
        "effective", "effectively", "effectiveness", "either", "enable",
        "enables", "enabling", "especially", "etc", "even", "every", "existing",
        "experiment", "experimental", "extensive", "few", "find", "finding",
        "first", "five", "following", "for", "four", "framework", "from",
        "further", "furthermore", "given", "good", "had", "has", "have", "here",
        "high", "highly", "how", "however", "http", "https", "important",
        "improve", "improved", "improves", "improving", "including", "instead",
        "into", "introduce", "introduced", "introduces", "investigate", "its",
        "itself", "key", "large", "larger", "lead", "leading", "leads", "less",
        "leverage", "leverages", "leveraging", "like", "limited", "made",
        "main", "make", "making", "many", "may", "method", "might", "more",
        "moreover", "most", "much", "must", "near", "need", "new", "nor", "not",
        "novel", "number", "obtain", "obtained", "often", "one", "only",
        "other", "our", "out", "outperform", "outperforming", "outperforms",
        "over", "own", "paper", "particular", "per", "perform", "performance",
        "present", "presented", "previous", "prior", "problem", "propose",
        "proposed", "proposes", "provide", "provided", "provides", "providing",
        "recent", "recently", "require", "required", "requires", "result",
        "results", "role", "same", "several", "should", "show", "shown",
        "shows", "significant", "significantly", "simple", "since", "small",
        "some", "specific", "specifically", "state", "still", "strong",
        "studied", "study", "such", "superior", "than", "that", "the", "their",
        "them", "then", "there", "these", "they", "this", "those", "three",
        "through", "thus", "time", "together", "too", "toward", "towards",
        "two", "under", "unlike", "until", "upon", "use", "used", "using",
        "various", "very", "via", "was", "well", "were", "what", "when",
        "where", "whether", "which", "while", "who", "whose", "why", "will",
        "with", "within", "without", "work", "would", "yet"};

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_empty(const char *word)
{
    return bsearch(&word, empty_words, sizeof empty_words / sizeof *empty_words,
                   sizeof *empty_words, compare_words) != NULL;
}

static bool is_ascii(const char *word)
{
    for (; *word != '\0'; word++)
        if ((unsigned char)*word >= 0x80)
            return false;
    return true;
}

static bool has_letter(const char *word)
{
    for (; *word != '\0'; word++)
        if (!isdigit((unsigned char)*word))
            return true;
    return false;
}

static bool ends(const char *word, size_t length, const char *end)
{
    size_t tail = strlen(end);

    return length > tail && memcmp(word + length - tail, end, tail) == 0;
}

static const char *stem_of(struct arena *arena, const char *word)
{
    size_t length = strlen(word);

    if (length <= LETTERS_MIN || !is_ascii(word) || !ends(word, length, "s") ||
            ends(word, length, "ss") || ends(word, length, "is") ||
            (ends(word, length, "us") && length > LETTERS_MIN + 1)) /* GPUs */
        return word;
    if (ends(word, length, "ies"))
        return arena_format(arena, "%.*sy", (int)(length - 3), word);
    if (ends(word, length, "sses") || ends(word, length, "xes") ||
            ends(word, length, "shes"))
        length--;
    return arena_string_n(arena, word, length - 1);
}

/* --- collecting --- */

struct collecting {
    struct arena *arena;
    struct similar_words words;
};

static void add_token(struct collecting *collecting, const char *token,
        const char *shown, unsigned times)
{
    struct similar_words *words = &collecting->words;
    const char *stem = stem_of(collecting->arena, token);

    if (!has_letter(token) ||
            (is_ascii(token) && strlen(token) < LETTERS_MIN) ||
            is_empty(token) || is_empty(stem))
        return;
    for (size_t i = 0; i < words->count; i++)
        if (text_same(words->items[i].stem, stem)) {
            words->items[i].times += times;
            words->items[i].in_title =
                    words->items[i].in_title || times == TITLE_TIMES;
            return;
        }
    if (words->count < SIMILAR_WORDS_MAX)
        words->items[words->count++] = (struct similar_word){stem, token, shown,
                times, times == TITLE_TIMES};
}

/* Bytes of ASCII that stand between words. */
static bool is_between(char byte)
{
    return (unsigned char)byte < 0x80 && !isalnum((unsigned char)byte);
}

static size_t piece_length(const char *at)
{
    size_t length = 0;

    while (at[length] != '\0' && !is_between(at[length]))
        length++;
    return length;
}

/* "Robot" in a title is "robot"; "VLMs" stays. */
static const char *shown_as(const char *piece, const char *token)
{
    for (const char *at = piece; *at != '\0'; at++)
        if (at > piece && isupper((unsigned char)*at))
            return piece;
    return token;
}

static void add_text(struct collecting *collecting, const char *text,
        unsigned times)
{
    struct arena *arena = collecting->arena;
    const char *at = text_latex_show(arena, text);

    while (*at != '\0') {
        size_t length = piece_length(at);
        const char *piece = arena_string_n(arena, at, length);
        struct text_tokens tokens = text_tokens_of(arena, piece);
        for (size_t i = 0; i < tokens.ordered.count; i++) {
            const char *token = tokens.ordered.items[i];
            add_token(collecting, token,
                    tokens.ordered.count == 1 ? shown_as(piece, token) : token,
                    times);
        }
        at += length > 0 ? length : 1;
    }
}

static int by_stem(const void *a, const void *b)
{
    const struct similar_word *one = a, *other = b;

    return strcmp(one->stem, other->stem);
}

struct similar_words similar_words_of(struct arena *arena,
        const struct paper *paper)
{
    struct collecting collecting = {.arena = arena};

    collecting.words.items =
            arena_array(arena, struct similar_word, SIMILAR_WORDS_MAX);
    add_text(&collecting, paper->title, TITLE_TIMES);
    add_text(&collecting, paper->abstract, 1);
    qsort(collecting.words.items, collecting.words.count,
            sizeof *collecting.words.items, by_stem);
    return collecting.words;
}

const struct similar_word *similar_words_find(const struct similar_words *words,
        const char *stem)
{
    const struct similar_word sought = {.stem = stem};

    return words->count == 0 ? NULL
                             : bsearch(&sought, words->items, words->count,
                                       sizeof *words->items, by_stem);
}
