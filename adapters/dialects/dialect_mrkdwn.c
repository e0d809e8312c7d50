#include "adapters/dialects/dialect_mrkdwn.h"

#include "adapters/dialects/dialect_part.h"

#include <ctype.h>
#include <string.h>

/* Broken up although they reach nobody unless link_names is set: the setting
 * may be in force where the webhook leads. */
static const char *const mentions[] = {"channel", "here", "everyone", NULL};

struct replacement {
    char byte;
    const char *instead;
};

static const struct replacement entities[] = {
        {'&', "&amp;"},
        {'<', "&lt;"},
        {'>', "&gt;"},
        {0},
};
static const struct replacement marks[] = {
        {'*', "∗"}, /* U+2217 */
        {'_', "ˍ"}, /* U+02CD */
        {'~', "∼"}, /* U+223C */
        {'`', "‘"}, /* U+2018, which is what TeX means by it */
        {0},
};
static const struct replacement lookalikes[] = {
        {'&', "＆"},
        {'<', "‹"},
        {'>', "›"},
        {0},
};

static const char *replacement_of(const struct replacement *table, char byte)
{
    for (; table->byte != '\0'; table++) {
        if (table->byte == byte)
            return table->instead;
    }
    return NULL;
}

static bool is_word(char byte)
{
    return isalnum((unsigned char)byte) != 0;
}

static const char *harmless(struct arena *arena, const char *text)
{
    return dialect_part_unmention(arena, dialect_part_text(arena, text),
            mentions);
}

/* bar: what "|" becomes; NULL leaves it. */
static void add_text(struct text *out, const char *text, const char *bar)
{
    const char *safe = harmless(out->arena, text);

    for (const char *at = safe;; at++) {
        size_t plain = strcspn(at, "&<>*_~`|");
        text_add_n(out, at, plain);
        at += plain;
        if (*at == '\0')
            return;
        bool inside = at > safe && is_word(at[-1]) && is_word(at[1]);
        const char *instead = replacement_of(entities, *at);
        if (instead == NULL && !inside)
            instead = replacement_of(marks, *at);
        if (instead == NULL && *at == '|')
            instead = bar;
        if (instead != NULL)
            text_add(out, instead);
        else
            text_add_n(out, at, 1);
    }
}

/* Marks of our own act only between spaces, so they get them. */
static void part_from_before(struct text *out)
{
    if (out->length > 0 && strchr(" \n", out->bytes[out->length - 1]) == NULL)
        text_add(out, " ");
}

static void part_from_mark(struct text *out, char next)
{
    bool marked = out->length > 0 &&
            strchr("*_`", out->bytes[out->length - 1]) != NULL;

    if (marked && strchr(" \n,.;:!?)]", next) == NULL)
        text_add(out, " ");
}

void dialect_mrkdwn_text(struct text *out, const char *text)
{
    part_from_mark(out, *text);
    add_text(out, text, NULL);
}

static void add_link(struct text *out, const char *label, const char *url)
{
    const char *safe = dialect_part_url(out->arena, url);

    if (*safe == '\0') {
        add_text(out, label, NULL);
        return;
    }
    text_add(out, "<");
    for (const char *at = safe; *at != '\0'; at++) {
        const char *instead = replacement_of(entities, *at);
        text_add_n(out, instead != NULL ? instead : at,
                instead != NULL ? strlen(instead) : 1);
    }
    if (*label != '\0') {
        text_add(out, "|");
        add_text(out, label, "∣"); /* U+2223, as in p(x∣y) */
    }
    text_add(out, ">");
}

void dialect_mrkdwn_link(struct text *out, const char *label, const char *url)
{
    part_from_mark(out, '<');
    add_link(out, label, url);
}

void dialect_mrkdwn_strong_link(struct text *out, const char *label,
        const char *url)
{
    const char *line = text_one_line(out->arena, label);

    if (*line == '\0' && *url == '\0')
        return;
    part_from_before(out);
    text_add(out, "*");
    add_link(out, line, url);
    text_add(out, "*");
}

static void add_marked(struct text *out, const char *mark, const char *text)
{
    const char *line = text_one_line(out->arena, text);

    if (*line == '\0')
        return;
    part_from_before(out);
    text_add(out, mark);
    add_text(out, line, NULL);
    text_add(out, mark);
}

void dialect_mrkdwn_piece(struct text *out, const struct document_node *piece)
{
    switch (piece->kind) {
    case DOCUMENT_STRONG:
        add_marked(out, "*", piece->text);
        break;
    case DOCUMENT_EMPHASIS:
        add_marked(out, "_", piece->text);
        break;
    case DOCUMENT_CODE:
        add_marked(out, "`", piece->text);
        break;
    case DOCUMENT_TAG:
        part_from_mark(out, '[');
        text_add(out, "[");
        add_text(out, piece->text, NULL);
        text_add(out, "]");
        break;
    case DOCUMENT_LINK:
        dialect_mrkdwn_link(out, piece->text, piece->url);
        break;
    default:
        dialect_mrkdwn_text(out, piece->text);
        break;
    }
}

char *dialect_mrkdwn_plain(struct arena *arena, const char *text)
{
    const char *safe = harmless(arena, text_one_line(arena, text));
    struct text out;

    text_init(&out, arena, strlen(safe) * 3);
    for (; *safe != '\0'; safe++) {
        const char *instead = replacement_of(lookalikes, *safe);
        if (instead != NULL)
            text_add(&out, instead);
        else
            text_add_n(&out, safe, 1);
    }
    return arena_string(arena, text_string(&out));
}

size_t dialect_mrkdwn_characters(const char *text)
{
    size_t characters = 0;

    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0xf0)
            characters += 2; /* a surrogate pair */
        else if (byte < 0x80 || byte >= 0xc0)
            characters += 1;
    }
    return characters;
}
