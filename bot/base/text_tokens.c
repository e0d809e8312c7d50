#include "bot/base/text_tokens.h"

#include "bot/base/text.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum rune_class {
    RUNE_OTHER,
    RUNE_WORD,
    RUNE_UNSPACED, /* of a script that puts no spaces between words */
    RUNE_JOINER,
};

struct rune {
    enum rune_class class;
    const char *at;
    size_t length;
};

/* A folded text on its way into tokens. */
struct reading {
    struct arena *arena;
    struct text_tokens *tokens;
    const char *at, *end;
};

/* Hyphens, and what stands for one between two names; apostrophes. */
static bool is_joiner(ucs4_t rune)
{
    return rune == '-' || rune == '\'' || (rune >= 0x2010 && rune <= 0x2013) ||
            rune == 0x2019 || rune == 0x2212;
}

static bool is_unspaced(ucs4_t rune)
{
    return (rune >= 0x3005 && rune <= 0x3007) ||  /* 々 〆 〇 */
            (rune >= 0x3041 && rune <= 0x30FF) || /* kana */
            (rune >= 0x31F0 && rune <= 0x31FF) ||
            (rune >= 0x3400 && rune <= 0x9FFF) || /* Han */
            (rune >= 0xF900 && rune <= 0xFAFF) ||
            (rune >= 0x20000 && rune <= 0x3FFFF);
}

/* Han of the first plane: as it stands is how it is folded. */
static bool is_plain_han(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return byte[0] >= 0xE4 && byte[0] <= 0xE9 && (byte[1] & 0xC0) == 0x80 &&
            (byte[2] & 0xC0) == 0x80 &&
            !(byte[0] == 0xE4 && byte[1] == 0xB7); /* U+4DC0: hexagrams */
}

/* Control characters are left to text_fold. */
static bool is_plain_ascii(const char *at)
{
    return (*at >= ' ' && *at < 0x7F) || (*at >= '\t' && *at <= '\r');
}

/* Bytes of ASCII and plain Han from at. */
static size_t plain_bytes(const char *at)
{
    const char *start = at;
    while (*at != '\0')
        if (is_plain_ascii(at))
            at++;
        else if (is_plain_han(at))
            at += 3;
        else
            break;
    return (size_t)(at - start);
}

static void add_lower(struct text *text, const char *bytes, size_t length)
{
    size_t start = text->length;
    text_add_n(text, bytes, length);
    for (char *at = text->bytes + start; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
}

/* Dots keep what stands at the ends from being trimmed. */
static void add_folded(struct text *text, const char *bytes, size_t length)
{
    const char *held = arena_format(text->arena, ".%.*s.", (int)length, bytes);
    const char *folded = text_fold(text->arena, held);
    text_add_n(text, folded + 1, strlen(folded) - 2);
}

/*
 * As text_fold, but for what is no part of a token: a text that is plain but for
 * a few letters costs little more than a plain one.  It may be taken in pieces,
 * because what text_fold joins across them are marks, which it drops.
 */
static const char *fold(struct arena *arena, const char *string)
{
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    while (*string != '\0') {
        size_t plain = plain_bytes(string);
        add_lower(&text, string, plain);
        string += plain;
        size_t other = 0;
        while (string[other] != '\0' && plain_bytes(string + other) == 0)
            other++;
        if (other > 0)
            add_folded(&text, string, other);
        string += other;
    }
    return text_string(&text);
}

static enum rune_class class_of_ascii(ucs4_t rune)
{
    if ((rune >= 'a' && rune <= 'z') || (rune >= '0' && rune <= '9') ||
            (rune >= 'A' && rune <= 'Z'))
        return RUNE_WORD;
    return is_joiner(rune) ? RUNE_JOINER : RUNE_OTHER;
}

static enum rune_class class_of(ucs4_t rune)
{
    if (rune < 0x80)
        return class_of_ascii(rune);
    if (is_joiner(rune))
        return RUNE_JOINER;
    if (!uc_is_general_category_withtable(rune,
                UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_M))
        return RUNE_OTHER;
    return is_unspaced(rune) ? RUNE_UNSPACED : RUNE_WORD;
}

static struct rune rune_at(const struct reading *reading, const char *at)
{
    if (at >= reading->end)
        return (struct rune){RUNE_OTHER, at, 0};
    if ((unsigned char)*at < 0x80)
        return (struct rune){class_of_ascii((ucs4_t)*at), at, 1};
    ucs4_t rune;
    int length =
            u8_mbtouc(&rune, (const uint8_t *)at, (size_t)(reading->end - at));
    return (struct rune){class_of(rune), at, (size_t)length};
}

void text_tokens_add(struct text_token_list *list, struct arena *arena,
        const char *token)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity,
            sizeof *list->items);
    list->items[list->count++] = token;
}

static void add_piece(struct reading *reading, struct text_token_list *list,
        const char *bytes, size_t length)
{
    if (length > TEXT_TOKEN_BYTES_MAX) {
        length = TEXT_TOKEN_BYTES_MAX;
        while (((unsigned char)bytes[length] & 0xC0) == 0x80)
            length--;
    }
    text_tokens_add(list, reading->arena,
            arena_string_n(reading->arena, bytes, length));
}

/* --- words --- */

static const char *word_end(const struct reading *reading, const char *at)
{
    struct rune rune;
    while ((rune = rune_at(reading, at)).class == RUNE_WORD)
        at += rune.length;
    return at;
}

/* Where the next word of the compound begins; NULL if this was its last. */
static const char *next_part(const struct reading *reading, const char *at)
{
    struct rune joiner = rune_at(reading, at);
    if (joiner.class != RUNE_JOINER)
        return NULL;
    at += joiner.length;
    return rune_at(reading, at).class == RUNE_WORD ? at : NULL;
}

static void add_joined(struct reading *reading, size_t first)
{
    const struct text_token_list *words = &reading->tokens->ordered;
    struct text joined;
    text_init(&joined, reading->arena, TEXT_TOKEN_BYTES_MAX);
    for (size_t i = first; i < words->count; i++)
        text_add(&joined, words->items[i]);
    if (text_ok(&joined))
        text_tokens_add(&reading->tokens->joined, reading->arena,
                text_string(&joined));
}

/* A word, or several with joiners between them. */
static void take_compound(struct reading *reading)
{
    struct text_token_list *words = &reading->tokens->ordered;
    size_t first = words->count;
    for (const char *at = reading->at; at != NULL;) {
        const char *end = word_end(reading, at);
        add_piece(reading, words, at, (size_t)(end - at));
        reading->at = end;
        at = next_part(reading, end);
    }
    if (words->count - first > 1)
        add_joined(reading, first);
    reading->tokens->end = TEXT_ENDS_WORD;
}

/* --- Han and kana --- */

static void add_single(struct reading *reading, const struct rune *rune)
{
    struct text_token_list *singles = &reading->tokens->singles;
    for (size_t i = 0; i < singles->count; i++)
        if (strncmp(singles->items[i], rune->at, rune->length) == 0)
            return;
    add_piece(reading, singles, rune->at, rune->length);
}

static void take_run(struct reading *reading)
{
    struct text_tokens *tokens = reading->tokens;
    size_t first = tokens->ordered.count;
    struct rune rune = rune_at(reading, reading->at);
    while (rune.class == RUNE_UNSPACED) {
        struct rune next = rune_at(reading, rune.at + rune.length);
        bool last = next.class != RUNE_UNSPACED;
        add_piece(reading, &tokens->ordered, rune.at,
                rune.length + (last ? 0 : next.length));
        if (!last)
            add_single(reading, &rune);
        rune = next;
    }
    reading->at = rune.at;
    tokens->end =
            tokens->ordered.count - first > 1 ? TEXT_ENDS_PAIR : TEXT_ENDS_LONE;
}

/* --- all of it --- */

static const char *whole_of(const struct text_tokens *tokens)
{
    size_t length = 0;
    if (tokens->joined.count != 1)
        return NULL;
    for (size_t i = 0; i < tokens->ordered.count; i++)
        length += strlen(tokens->ordered.items[i]);
    return strlen(tokens->joined.items[0]) == length ? tokens->joined.items[0]
                                                     : NULL;
}

struct text_tokens text_tokens_of(struct arena *arena, const char *string)
{
    struct text_tokens tokens = {.end = TEXT_ENDS_WORD};
    const char *folded = fold(arena, string);
    struct reading reading = {
            .arena = arena,
            .tokens = &tokens,
            .at = folded,
            .end = folded + strlen(folded),
    };
    while (reading.at < reading.end) {
        struct rune rune = rune_at(&reading, reading.at);
        if (rune.class == RUNE_WORD)
            take_compound(&reading);
        else if (rune.class == RUNE_UNSPACED)
            take_run(&reading);
        else
            reading.at += rune.length;
    }
    tokens.whole = whole_of(&tokens);
    return tokens;
}
