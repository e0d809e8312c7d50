#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Letters that Unicode does not decompose but a keyboard without them spells
 * so: "Łukasz" is looked for as "lukasz". */
static const struct {
    ucs4_t rune;
    const char *plain;
} plain_letters[] = {
        {0x00E6, "ae"}, /* æ */
        {0x00F0, "d"},  /* ð */
        {0x00F8, "o"},  /* ø */
        {0x00FE, "th"}, /* þ */
        {0x0111, "d"},  /* đ */
        {0x0127, "h"},  /* ħ */
        {0x0131, "i"},  /* ı */
        {0x0142, "l"},  /* ł */
        {0x0153, "oe"}, /* œ */
        {0x0167, "t"},  /* ŧ */
};

static void add_plain(struct text *text, ucs4_t rune)
{
    const size_t count = sizeof plain_letters / sizeof *plain_letters;
    for (size_t i = 0; i < count; i++)
        if (plain_letters[i].rune == rune) {
            text_add(text, plain_letters[i].plain);
            return;
        }
    text_add_rune(text, rune);
}

/* Moves a string of libunistring's into the arena. */
static char *take(struct arena *arena, uint8_t *bytes, size_t length)
{
    if (bytes == NULL) /* the input is UTF-8, so memory ran out: end as such */
        return arena_alloc(arena, SIZE_MAX);
    char *copy = arena_string_n(arena, (const char *)bytes, length);
    free(bytes);
    return copy;
}

static char *normalize(struct arena *arena, uninorm_t form, const char *string)
{
    size_t length = 0;
    uint8_t *bytes = u8_normalize(form, (const uint8_t *)string, strlen(string),
            NULL, &length);
    return take(arena, bytes, length);
}

static char *fold_case(struct arena *arena, const char *string)
{
    size_t length = 0;
    uint8_t *bytes = u8_casefold((const uint8_t *)string, strlen(string), NULL,
            UNINORM_NFKD, NULL, &length);
    return take(arena, bytes, length);
}

static char *drop_marks(struct arena *arena, const char *string)
{
    const uint8_t *at = (const uint8_t *)string, *end = at + strlen(string);
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    while (at < end) {
        ucs4_t rune;
        at += u8_mbtouc(&rune, at, (size_t)(end - at));
        if (!uc_is_general_category_withtable(rune, UC_CATEGORY_MASK_Mn))
            add_plain(&text, rune);
    }
    return text.bytes;
}

/* Most abstracts are ASCII, where all of Unicode's rules come to one. */
static char *fold_ascii(struct arena *arena, const char *string)
{
    char *line = text_one_line(arena, string);
    for (char *at = line; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return line;
}

static bool is_ascii(const char *string)
{
    for (; *string != '\0'; string++)
        if ((unsigned char)*string > 0x7F)
            return false;
    return true;
}

char *text_fold(struct arena *arena, const char *string)
{
    if (is_ascii(string))
        return fold_ascii(arena, string);
    if (!text_is_utf8(string, strlen(string)))
        string = text_repair(arena, string, strlen(string));
    /* Width and font variants first, because capitals hide among them. */
    const char *plain = normalize(arena, UNINORM_NFKD, string);
    plain = drop_marks(arena, fold_case(arena, plain));
    /* Hangul came apart in NFKD and is put together again. */
    return text_one_line(arena, normalize(arena, UNINORM_NFC, plain));
}
