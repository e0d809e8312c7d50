#include "adapters/writers/extractive_choice.h"

#include "bot/base/text.h"
#include "bot/base/text_sentence.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum {
    SENTENCES_MAX = 24, /* an abstract has some eight */
    CHOICES_MAX = 3,    /* more would be the abstract */
    WORDS_FEW = 6,      /* fewer say nothing alone */
    OPENING_BYTES_MAX = 60,
    TITLE_WORD_LETTERS = 5 /* shorter ones are mostly "with" and "from" */
};

struct sentence {
    const char *text;
    size_t words;
    int score;
    bool item; /* of a list */
    bool chosen;
};

/* What authors say where they say what they did, what they found, and what
 * everybody knows. */
static const struct {
    const char *words;
    int score;
} cues[] = {
        {"we propose", 12},
        {"we introduce", 12},
        {"we present", 12},
        {"we develop", 6},
        {"we show", 6},
        {"we find", 6},
        {"we prove", 6},
        {"we demonstrate", 5},
        {"we study", 5},
        {"we investigate", 5},
        {"this paper", 5},
        {"this work", 4},
        {"in this", 2},
        {"outperform", 5},
        {"state-of-the-art", 3},
        {"achieve", 3},
        {"improve", 3},
        {"our method", 3},
        {"our approach", 3},
        {"we hope", -12},
        {"remarkable", -3},
        {"increasingly", -3},
        {"challenge", -2},
        {"however", -4},
        {"has become", -4},
        {"have become", -4},
        {"recent", -3},
        {"traditional", -2},
        {"existing", -2},
        {"code is available", -6},
        {"available at", -6},
        {"project page", -6},
        {"http", -60}, /* a note has no links of its own */
        {"for example", -3},
        {"specifically", -1},
        {"these ", -1},
};

/* --- sentences --- */

static size_t count_words(const char *text)
{
    size_t words = 0;

    while (*text != '\0') {
        text += strspn(text, " ");
        words += *text != '\0';
        text += strcspn(text, " ");
    }
    return words;
}

static size_t split(struct arena *arena, const char *abstract,
        struct sentence *sentences)
{
    size_t count = 0, begin = 0, length = strlen(abstract);

    for (size_t at = 0; at < length && count < SENTENCES_MAX; at++) {
        size_t end = text_sentence_end(abstract, at);
        if (end == 0 && at + 1 < length)
            continue;
        end = end == 0 ? length : end;
        char *text = arena_string_n(arena, abstract + begin, end - begin);
        sentences[count] = (struct sentence){.text = text + strspn(text, " "),
                .words = count_words(text)};
        count += sentences[count].words > 0;
        begin = end;
        at = end - 1;
    }
    return count;
}

/* --- how much each says --- */

static int cue_score(const char *text)
{
    int score = 0;

    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        if (strcasestr(text, cues[i].words) != NULL)
            score += cues[i].score;
    return score;
}

/* Words of the title that come in the sentence, two points each. */
static int title_score(const char *text, const char *title)
{
    char word[32];
    int score = 0;

    while (*title != '\0') {
        title += strspn(title, " ,:-()");
        size_t length = strcspn(title, " ,:-()");
        if (length >= TITLE_WORD_LETTERS && length < sizeof word) {
            memcpy(word, title, length);
            word[length] = '\0';
            score += strcasestr(text, word) != NULL ? 2 : 0;
        }
        title += length;
    }
    return score > 6 ? 6 : score;
}

static int figure_score(const char *text)
{
    for (; *text != '\0'; text++)
        if (isdigit((unsigned char)*text))
            return 2;
    return 0;
}

static bool begins_with(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (text_starts(text, *words))
            return true;
    return false;
}

/* What begins by pointing back does not stand alone. */
static bool points_back(const char *text)
{
    static const char *const words[] = {"It ", "They ", "This ", "These ",
            "Such ", "Moreover", "Furthermore", "In addition", "Additionally",
            "Also", "Then", "Finally", "To this end", "To address", "Therefore",
            "Thus", "However", "Second", "Third", "Hence", "Besides", "Instead",
            "Meanwhile", "In contrast", "Consequently", "As a result", "Its ",
            "Their ", "That ", NULL};
    static const char *const the_paper[] = {"This paper", "This work",
            "This study", "This article", "This research", NULL};

    return begins_with(text, words) && !begins_with(text, the_paper);
}

/* What others did, or could not do, before the authors come. */
static bool is_background(const char *text)
{
    static const char *const words[] = {"Existing", "Recent", "Current",
            "Despite", "While ", "Although", "Traditional", "Conventional",
            "Previous", "Prior ", "Yet", "Most ", "Many ", NULL};

    return begins_with(text, words);
}

/* "two steps: 1) search": the second is in a sentence that may not be there. */
static bool breaks_list_off(const char *text)
{
    static const char *const marks[][2] = {{" 1)", " 2)"}, {"(1)", "(2)"},
            {"(i)", "(ii)"}};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(text, marks[i][0]) != NULL &&
                strstr(text, marks[i][1]) == NULL)
            return true;
    return false;
}

/* "(2) ", "iii) ": an item of a list, of which the others are missing.  The bytes
 * of the mark; 0 for none. */
static size_t item_mark(const char *text)
{
    size_t open = *text == '(';
    size_t length = strspn(text + open, "0123456789");

    if (length == 0)
        length = strspn(text + open, "ivx");
    if (length == 0 || text[open + length] != ')')
        return 0;
    length += open + 1;
    return length + strspn(text + length, " ");
}

/* "(iii) We propose" stands alone without its number; "(2) Faster search." does
 * not. */
static void drop_item_marks(struct sentence *sentences, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t mark = item_mark(sentences[i].text);
        sentences[i].item = mark > 0;
        if (mark > 0 && text_starts(sentences[i].text + mark, "We ")) {
            sentences[i].text += mark;
            sentences[i].words--;
            sentences[i].item = false;
        }
    }
}

static void score_all(struct sentence *sentences, size_t count,
        const char *title)
{
    for (size_t i = 0; i < count; i++) {
        struct sentence *sentence = &sentences[i];
        const char *text = sentence->text;
        sentence->score = cue_score(text) + title_score(text, title) +
                figure_score(text) + (i == 0) + (i + 1 == count) -
                (points_back(text) ? 4 : 0) - (is_background(text) ? 6 : 0) -
                (sentence->item ? 20 : 0) - (breaks_list_off(text) ? 8 : 0) -
                (sentence->words < WORDS_FEW ? 10 : 0);
    }
}

/* --- which --- */

/* Best first, of equals the earlier; one that does not fit is passed by.  The best
 * is taken whatever its length. */
static struct sentence *best_of(struct sentence *sentences, size_t count,
        size_t words, bool any)
{
    struct sentence *best = NULL;

    for (size_t i = 0; i < count; i++)
        if (!sentences[i].chosen && (any || sentences[i].words <= words) &&
                (any || sentences[i].score > 0) &&
                (best == NULL || sentences[i].score > best->score))
            best = &sentences[i];
    return best;
}

static void choose(struct sentence *sentences, size_t count, size_t words)
{
    struct sentence *best = best_of(sentences, count, words, false);

    if (best == NULL)
        best = best_of(sentences, count, words, true);
    for (int taken = 0; best != NULL && taken < CHOICES_MAX; taken++) {
        best->chosen = true;
        words -= best->words < words ? best->words : words;
        best = best_of(sentences, count, words, false);
    }
}

/* "Hence, to save time, we show": "To save time, we show". */
static const char *without_link(struct arena *arena, const char *text)
{
    static const char *const links[] = {"Hence, ", "Besides, ", "Notably, ",
            "However, ", "Moreover, ", "Furthermore, ", "Additionally, ",
            "In addition, ", "Meanwhile, ", "Therefore, ", "Thus, ",
            "In contrast, ", "Consequently, ", "As a result, ", NULL};

    for (const char *const *link = links; *link != NULL; link++)
        if (text_starts(text, *link)) {
            char *rest = arena_string(arena, text + strlen(*link));
            *rest = (char)toupper((unsigned char)*rest);
            return rest;
        }
    return text;
}

/* "To bridge this gap, we show" points to what is not there: "We show". */
static const char *stand_alone(struct arena *arena, const char *sentence)
{
    static const char *const pointers[] = {"this", "these", "above", "such",
            NULL};
    const char *text = without_link(arena, sentence);
    const char *we = strstr(text, ", we ");

    if (we == NULL || we - text > OPENING_BYTES_MAX)
        return text;
    const char *opening = arena_string_n(arena, text, (size_t)(we - text));
    bool points = strchr(opening, ' ') == NULL;
    for (const char *const *word = pointers; *word != NULL; word++)
        points = points || strcasestr(opening, *word) != NULL;
    return points ? arena_format(arena, "We %s", we + strlen(", we ")) : text;
}

char *extractive_choice(struct arena *arena, const char *title,
        const char *abstract, size_t words)
{
    struct sentence sentences[SENTENCES_MAX];
    const char *plain = text_one_line(arena, abstract);
    size_t count = split(arena, plain, sentences);
    struct text text;

    drop_item_marks(sentences, count);
    score_all(sentences, count, title);
    choose(sentences, count, words);
    text_init(&text, arena, strlen(plain) + SENTENCES_MAX);
    for (size_t i = 0; i < count; i++)
        if (sentences[i].chosen)
            text_add_format(&text, "%s%s", text.length > 0 ? " " : "",
                    i > 0 && sentences[i - 1].chosen
                            ? sentences[i].text
                            : stand_alone(arena, sentences[i].text));
    return arena_string(arena, text_string(&text));
}
