#include "bot/base/text_latex_shape.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_reader.h"
#include "bot/base/text_latex_table.h"

#include <string.h>
#include <uninorm.h>
#include <unistr.h>

enum {
    SCRIPT_RUNES = 16, /* a longer one would be small print */
};

static bool is_operator(uint32_t rune)
{
    /* Of the mathematical operators those that open a term. */
    static const uint32_t openers[] = {0x2200, 0x2202, 0x2203, 0x2205, 0x2207,
            0x220F, 0x2210, 0x2211, 0x221A, 0x221B, 0x221C, 0x221E, 0x222B, 0};

    if (rune < 0x80)
        return strchr(" +-=<>/*,;:|", (int)rune) != NULL;
    for (const uint32_t *opener = openers; *opener != 0; opener++)
        if (rune == *opener)
            return false;
    return rune == 0xB1 || rune == 0xB7 || rune == 0xD7 || rune == 0xF7 ||
            (rune >= 0x2190 && rune <= 0x22FF) ||
            (rune >= 0x27F0 && rune <= 0x27FF) ||
            (rune >= 0x2A00 && rune <= 0x2AFF);
}

const char *text_latex_shape_bracketed(struct arena *arena, const char *text)
{
    int depth = 0;
    ucs4_t rune;
    const uint8_t *at = (const uint8_t *)text;

    while ((at = u8_next(&rune, at)) != NULL) {
        if (rune < 0x80 && strchr("([{", (int)rune) != NULL)
            depth++;
        else if (rune < 0x80 && strchr(")]}", (int)rune) != NULL)
            depth--;
        else if (depth == 0 && is_operator(rune))
            return arena_format(arena, "(%s)", text);
    }
    return text;
}

const char *text_latex_shape_script(struct arena *arena, const char *text,
        bool raised)
{
    struct text script;
    ucs4_t rune;
    const uint8_t *at = (const uint8_t *)text;
    size_t runes = 0;

    text_init(&script, arena, (size_t)SCRIPT_RUNES * 4);
    while ((at = u8_next(&rune, at)) != NULL) {
        if (rune == ' ')
            continue;
        uint32_t small = raised ? text_latex_table_raised(rune)
                                : text_latex_table_lowered(rune);
        if (small == 0 || ++runes > SCRIPT_RUNES)
            return NULL;
        text_add_rune(&script, small);
    }
    return text_string(&script);
}

bool text_latex_shape_is_term(const char *text)
{
    const uint8_t *rest = (const uint8_t *)text;
    ucs4_t rune;

    if (text[strspn(text, "0123456789")] == '\0')
        return true;
    rest = u8_next(&rune, rest);
    if (rest == NULL || !text_latex_reader_is_word(*text))
        return false;
    /* Its scripts go with the letter: they are none of ASCII's. */
    for (; *rest != '\0'; rest++)
        if (*rest < 0x80)
            return false;
    return true;
}

const char *text_latex_shape_marked(struct arena *arena, const char *text,
        const char *mark)
{
    ucs4_t rune;
    const uint8_t *rest = u8_next(&rune, (const uint8_t *)text);
    char *both = arena_format(arena, "%s%s", text, mark);
    uint8_t composed[64];
    size_t length = sizeof composed;

    for (; rest != NULL && *rest != '\0'; rest = u8_next(&rune, rest))
        if ((*rest & 0xFE) != 0xCC) /* U+0300 to U+037F: another mark */
            return NULL;
    if (rest == NULL || strlen(both) > sizeof composed / 3 ||
            u8_normalize(UNINORM_NFC, (const uint8_t *)both, strlen(both),
                    composed, &length) != composed)
        return NULL;
    return arena_string_n(arena, (const char *)composed, length);
}
