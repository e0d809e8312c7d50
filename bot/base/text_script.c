#include "bot/base/text_script.h"

#include <stdbool.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

/* Belongs to a word that has begun: a digit, a hyphen, an apostrophe. */
static bool goes_on(ucs4_t rune)
{
    return (rune >= '0' && rune <= '9') || rune == '-' || rune == '\'' ||
            rune == '_' || rune == '.' || rune == '+';
}

static void count(struct text_scripts *scripts, ucs4_t rune, bool *in_word)
{
    const uc_script_t *script = uc_script(rune);
    const char *name = script == NULL ? "" : script->name;
    bool latin = strcmp(name, "Latin") == 0;

    if (latin && !*in_word)
        scripts->words++;
    *in_word = latin || (*in_word && goes_on(rune));
    if (!uc_is_alpha(rune) || strcmp(name, "Common") == 0 ||
            strcmp(name, "Inherited") == 0)
        return;
    if (latin) {
        scripts->latin++;
    } else if (strcmp(name, "Han") == 0) {
        scripts->han++;
    } else if (strcmp(name, "Greek") == 0) {
        scripts->greek++;
    } else {
        scripts->other++;
        if (scripts->foreign == 0)
            scripts->foreign = rune;
    }
}

struct text_scripts text_scripts_of(const char *string)
{
    struct text_scripts scripts = {0};
    const uint8_t *at = (const uint8_t *)string;
    const uint8_t *end = at + strlen(string);
    bool in_word = false;

    while (at < end) {
        ucs4_t rune;
        at += u8_mbtouc(&rune, at, (size_t)(end - at));
        count(&scripts, rune, &in_word);
    }
    return scripts;
}
