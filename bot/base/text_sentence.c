#include "bot/base/text_sentence.h"

#include "bot/base/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_any(const char *at, const char *const *marks, size_t *length)
{
    for (; *marks; marks++) {
        if (text_starts(at, *marks)) {
            *length = strlen(*marks);
            return true;
        }
    }
    return false;
}

/* Quotes and brackets that close after a full stop belong to its sentence. */
static size_t skip_closers(const char *string, size_t at)
{
    static const char *const closers[] = {"”", "’", "」", "』", "）", "》", ")",
            "]", "\"", "'", NULL};
    size_t length;

    while (is_any(string + at, closers, &length))
        at += length;
    return at;
}

/* "et al. Then", "J. Smith", "Fig. 3": stops that end no sentence. */
static bool is_abbreviation(const char *string, size_t stop)
{
    static const char *const known[] = {"al", "e.g", "i.e", "vs", "cf", "fig",
            "figs", "eq", "sec", "no", "resp", "approx", "dr", "prof", "st",
            NULL};
    size_t start = stop;

    while (start > 0 && !strchr(" (", string[start - 1]))
        start--;
    size_t length = stop - start;
    if (length == 1 && isupper((unsigned char)string[start]))
        return true;
    for (const char *const *word = known; *word; word++)
        if (strlen(*word) == length &&
                strncasecmp(string + start, *word, length) == 0)
            return true;
    return false;
}

/* "It fails.We show": words on both sides, and a space was forgotten. */
static bool lacks_space(const char *string, size_t stop)
{
    const unsigned char *after = (const unsigned char *)string + stop + 1;

    return stop >= 2 && islower((unsigned char)string[stop - 1]) &&
            islower((unsigned char)string[stop - 2]) && isupper(after[0]) &&
            (islower(after[1]) || after[1] == ' ');
}

size_t text_sentence_end(const char *string, size_t at)
{
    static const char *const wide[] = {"。", "！", "？", NULL};
    size_t length;

    if (is_any(string + at, wide, &length))
        return skip_closers(string, at + length);
    if (!string[at] || !strchr(".!?", string[at]))
        return 0;

    size_t end = skip_closers(string, at + 1);
    if (string[end] && string[end] != ' ' &&
            !(end == at + 1 && lacks_space(string, at)))
        return 0;
    if (string[at] == '.' && is_abbreviation(string, at))
        return 0;
    /* Whatever the stop, what goes on in lower case is the same sentence. */
    if (string[end] == ' ' && islower((unsigned char)string[end + 1]))
        return 0;
    return end;
}
