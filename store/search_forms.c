#include "store/search_forms.h"

#include <stdbool.h>
#include <string.h>

enum {
    LETTERS_MIN = 3
};

/* A word that ends so has the forms that end otherwise; the first rule that fits
 * is taken. */
static const struct {
    const char *end;
    const char *instead[SEARCH_FORMS_MAX];
} rules[] = {
        {"ysis", {"yses"}}, /* analysis */
        {"yses", {"ysis"}},
        {"esis", {"eses"}}, /* hypothesis */
        {"eses", {"esis", "ese"}},
        {"ies", {"y", "ie"}}, /* studies, movies */
        {"ses", {"s", "se"}}, /* biases, databases */
        {"xes", {"x", "xe"}},
        {"zes", {"z", "ze"}},
        {"ches", {"ch", "che"}}, /* searches, caches */
        {"shes", {"sh", "she"}},
        {"ss", {"sses"}},
        {"us", {"uses"}},
        {"is", {"ises"}},
        {"as", {"ases", "a"}}, /* bias, formulas */
        {"s", {""}},
        {"ay", {"ays"}},
        {"ey", {"eys"}},
        {"oy", {"oys"}},
        {"uy", {"uys"}},
        {"y", {"ies"}},
        {"x", {"xes"}},
        {"z", {"zes"}},
        {"ch", {"ches", "chs"}}, /* searches, epochs */
        {"sh", {"shes"}},
        {"", {"s"}},
};

static bool is_plain(const char *word)
{
    return word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

size_t search_forms_of(struct arena *arena, const char *word,
        const char *forms[SEARCH_FORMS_MAX])
{
    size_t length = strlen(word), rule = 0, count = 0;

    if (length < LETTERS_MIN || !is_plain(word))
        return 0;
    while (strlen(rules[rule].end) >= length ||
            strcmp(word + length - strlen(rules[rule].end), rules[rule].end) !=
                    0)
        rule++;
    length -= strlen(rules[rule].end);
    while (count < SEARCH_FORMS_MAX && rules[rule].instead[count] != NULL) {
        forms[count] = arena_format(arena, "%.*s%s", (int)length, word,
                rules[rule].instead[count]);
        count++;
    }
    return count;
}
