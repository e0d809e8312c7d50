#include "bot/digest_names.h"

#include "bot/base/text.h"
#include "bot/digest.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum {
    AUTHORS_SHOWN_MAX = 10, /* DESIGN section 5 */
    AUTHORS_SHOWN_OF_MORE = 4,
    AFFILIATIONS_SHOWN_MAX = 5,
    BRIEF_AFFILIATIONS_MAX = 2, /* a line on a telephone */
    BRIEF_AFFILIATION_COLUMNS_MAX = 40,
    NAME_WORDS_MAX = 12, /* a name of more words is no person's */
    LINE_BYTES_MAX = 16 * 1024,
};

struct name_words {
    const char *items[NAME_WORDS_MAX];
    size_t count;
    bool all; /* the name had no more words than fitted */
};

static struct name_words split_name(struct arena *arena, const char *name)
{
    struct name_words words = {.all = true};

    for (;;) {
        name += strspn(name, " ");
        if (!*name)
            return words;
        if (words.count == NAME_WORDS_MAX) {
            words.all = false;
            return words;
        }
        size_t length = strcspn(name, " ");
        words.items[words.count++] = arena_string_n(arena, name, length);
        name += length;
    }
}

static bool is_one_of(const char *word, const char *const *set)
{
    for (; *set; set++)
        if (text_same_ascii(word, *set))
            return true;
    return false;
}

/* Groups sign papers too, and "A Collaboration" would name nobody. */
static bool is_group(const struct name_words *words)
{
    static const char *const signs[] = {"collaboration", "consortium", "team",
            "group", "project", "initiative", "community", "lab", "labs",
            "laboratory", "institute", "university", "research", "inc", "inc.",
            "authors", NULL};

    for (size_t i = 0; i < words->count; i++)
        /* "AI" in capitals is a company's; Ai is a family. */
        if (is_one_of(words->items[i], signs) ||
                text_same(words->items[i], "AI"))
            return true;
    return false;
}

static bool is_suffix(const char *word)
{
    static const char *const suffixes[] = {"jr", "jr.", "sr", "sr.", "ii",
            "iii", "iv", NULL};

    return is_one_of(word, suffixes);
}

static bool is_dotted_initial(const char *word)
{
    return text_graphemes(word) == 2 && word[strlen(word) - 1] == '.';
}

/* Marks that stand before a word's first letter: "'t", "(Joe)", "ʻOkina". */
static const char *skip_marks(const char *word)
{
    static const char *const marks[] = {"‘", "’", "“", "ʻ", "ʼ", NULL};

    while (ispunct((unsigned char)*word))
        word++;
    for (const char *const *mark = marks; *mark; mark++)
        if (text_starts(word, *mark))
            return skip_marks(word + strlen(*mark));
    return word;
}

static void add_word(struct text *text, const char *word, size_t length)
{
    if (length == 0)
        return;
    if (text->length > 0)
        text_add(text, " ");
    text_add_n(text, word, length);
}

static void add_initial(struct text *text, const char *word, bool first)
{
    if (!first && is_dotted_initial(word)) {
        add_word(text, word, strlen(word));
        return;
    }
    word = skip_marks(word);
    add_word(text, word, text_prefix_graphemes(word, 1));
}

char *digest_short_name(struct arena *arena, const char *name)
{
    struct name_words words = split_name(arena, name);
    struct text text;

    if (!words.all || words.count < 2 || text_has_han(name) || is_group(&words))
        return arena_string(arena, name);

    size_t last = words.count - 1;
    if (last >= 2 && is_suffix(words.items[last]))
        last--;
    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; i < last; i++)
        add_initial(&text, words.items[i], i == 0);
    for (size_t i = last; i < words.count; i++)
        /* "Smith, Jr." would read as two people in a list. */
        add_word(&text, words.items[i], strcspn(words.items[i], ","));
    return text.bytes;
}

/* Some lists hold a lone ":" after the name of a team. */
static bool names_somebody(const char *name)
{
    return *skip_marks(name + strspn(name, " ")) != '\0';
}

const char *digest_names_authors(struct arena *arena,
        const struct author_list *authors)
{
    size_t limit = authors->more || authors->count > AUTHORS_SHOWN_MAX
            ? AUTHORS_SHOWN_OF_MORE
            : AUTHORS_SHOWN_MAX;
    size_t shown = 0;
    bool more = authors->more;
    struct text text;

    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; i < authors->count && !(more && shown == limit); i++) {
        const char *name = authors->items[i].name;

        if (!names_somebody(name))
            continue;
        if (shown == limit) {
            more = true;
            break;
        }
        text_add(&text, shown++ ? ", " : "");
        text_add(&text, digest_short_name(arena, name));
    }
    if (more && shown > 0)
        text_add(&text, "...");
    return text_string(&text);
}

/* "[A & B]": at most so many, none wider than that; "" if none is left. */
static const char *affiliations(struct arena *arena, const struct paper *paper,
        size_t count_max, size_t columns_max)
{
    const struct string_list *list = &paper->affiliations;
    size_t shown = 0;
    struct text text;

    text_init(&text, arena, LINE_BYTES_MAX);
    for (size_t i = 0; i < list->count && shown < count_max; i++) {
        if (text_columns(list->items[i]) > columns_max)
            continue;
        text_add(&text, shown++ > 0 ? " & " : "[");
        text_add(&text, list->items[i]);
    }
    if (shown == 0)
        return "";
    bool more = paper->more_affiliations || shown < list->count;
    text_add(&text, more ? " & ...]" : "]");
    return text_string(&text);
}

const char *digest_names_affiliations(struct arena *arena,
        const struct paper *paper)
{
    return affiliations(arena, paper, AFFILIATIONS_SHOWN_MAX, SIZE_MAX);
}

const char *digest_names_brief_affiliations(struct arena *arena,
        const struct paper *paper)
{
    return affiliations(arena, paper, BRIEF_AFFILIATIONS_MAX,
            BRIEF_AFFILIATION_COLUMNS_MAX);
}
