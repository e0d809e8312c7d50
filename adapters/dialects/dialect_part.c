#include "adapters/dialects/dialect_part.h"

#include "bot/base/text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    /* No common limit exists; what browsers and chat clients all take. */
    URL_BYTES_MAX = 2000,
};

static const char word_joiner[] = "\xe2\x81\xa0"; /* U+2060 */

bool dialect_part_is_inline(const struct document_node *node)
{
    return node->kind >= DOCUMENT_TEXT;
}

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

char *dialect_part_text(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    if (length == 0)
        return arena_string(arena, "");
    const char *line = text_one_line(arena, text);
    if (*line == '\0')
        return arena_string(arena, is_space(text[0]) ? " " : "");
    return arena_format(arena, "%s%s%s", is_space(text[0]) ? " " : "", line,
            is_space(text[length - 1]) ? " " : "");
}

/* A line's words are cleaned; the spaces between them are part of its form. */
static void add_form(struct text *out, const char *line)
{
    while (*line != '\0') {
        size_t spaces = strspn(line, " "), word;

        text_add_n(out, line, spaces);
        line += spaces;
        word = strcspn(line, " ");
        text_add(out,
                text_one_line(out->arena,
                        arena_string_n(out->arena, line, word)));
        line += word;
    }
}

char *dialect_part_lines(struct arena *arena,
        const struct document_node *verbatim)
{
    const char *at = verbatim->first != NULL ? verbatim->first->text : "";
    struct text lines;

    text_init(&lines, arena, SIZE_MAX / 2);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        add_form(&lines, arena_string_n(arena, at, length));
        text_add(&lines, "\n");
        at += length + (at[length] == '\n');
    }
    return lines.bytes;
}

const char *dialect_part_cut(struct arena *arena, const char *text,
        size_t bytes)
{
    if (strlen(text) <= bytes)
        return text;
    return arena_format(arena, "%s…",
            arena_string_n(arena, text, text_prefix_bytes(text, bytes)));
}

/* RFC 3986: unreserved, and the reserved that no markup here gives a meaning;
 * "%" because what comes is a URL already.  Not "@", before which another host
 * could seem to stand, and which calls somebody. */
static bool is_plain_in_url(unsigned char byte)
{
    return byte < 0x80 &&
            (isalnum(byte) || strchr("-._~:/?#[]!$&()*+,;=%", byte) != NULL);
}

char *dialect_part_url(struct arena *arena, const char *url)
{
    struct text safe;

    if (!text_starts(url, "https://"))
        return arena_string(arena, "");
    text_init(&safe, arena, URL_BYTES_MAX);
    for (const char *byte = url; *byte != '\0'; byte++) {
        if (is_plain_in_url((unsigned char)*byte))
            text_add_n(&safe, byte, 1);
        else
            text_add_format(&safe, "%%%02X", (unsigned)(unsigned char)*byte);
    }
    if (!text_ok(&safe))
        return arena_string(arena, "");
    return arena_string(arena, text_string(&safe));
}

static bool is_in_address(char byte)
{
    return is_plain_in_url((unsigned char)byte) ? strchr("[]", byte) == NULL
                                                : byte == '@';
}

size_t dialect_part_address_length(const char *text)
{
    static const char scheme[] = "https://";
    size_t start = strlen(scheme), length = start;
    int open = 0; /* brackets that the address itself opened */

    if (!text_starts(text, scheme) || !isalnum((unsigned char)text[start]))
        return 0;
    for (; text[length] != '\0' && is_in_address(text[length]); length++) {
        open += text[length] == '(' ? 1 : text[length] == ')' ? -1 : 0;
        if (open < 0)
            break;
    }
    while (length > start && strchr(".,:;!?*_~&$", text[length - 1]) != NULL)
        length--;
    return length;
}

static const char *link_in(struct arena *arena,
        const struct document_node *block)
{
    if (block == NULL)
        return "";
    for (const struct document_node *piece = block->first; piece != NULL;
            piece = piece->next) {
        if (piece->kind != DOCUMENT_LINK)
            continue;
        const char *url = dialect_part_url(arena, piece->url);
        if (*url != '\0')
            return url;
    }
    return "";
}

const char *dialect_part_entry_url(struct arena *arena,
        const struct document_node *entry)
{
    const char *url = link_in(arena, document_find(entry, ROLE_LINK));

    if (*url != '\0')
        return url;
    return link_in(arena, document_find(entry, ROLE_TITLE));
}

const struct document_node *dialect_part_name(const struct document_node *title)
{
    const struct document_node *last_text = NULL;

    if (title == NULL)
        return NULL;
    for (const struct document_node *piece = title->first; piece != NULL;
            piece = piece->next) {
        if (piece->kind == DOCUMENT_LINK || piece->kind == DOCUMENT_STRONG)
            return piece;
        if (piece->kind == DOCUMENT_TEXT)
            last_text = piece;
    }
    return last_text;
}

bool dialect_part_is_background(const struct document_node *entry,
        const struct document_node *block)
{
    if (block->role != ROLE_ABSTRACT)
        return false;
    for (const struct document_node *before = entry->first; before != block;
            before = before->next) {
        if (before->role == ROLE_NOTE)
            return true;
    }
    return false;
}

/* "3、" and "3. " are the number 3; "3D vision" is not. */
static bool is_number(const char *text, unsigned number)
{
    unsigned read = 0;

    for (; isdigit((unsigned char)*text) && read <= number; text++)
        read = read * 10 + (unsigned)(*text - '0');
    if (read != number)
        return false;
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char)*text))
            return false;
    }
    return true;
}

const char *dialect_part_number(struct arena *arena,
        const struct document_node *entry)
{
    const struct document_node *title = document_find(entry, ROLE_TITLE);

    if (entry->number == 0)
        return "";
    if (title != NULL && title->first != NULL &&
            is_number(title->first->text, entry->number))
        return "";
    return arena_format(arena, "%u. ", entry->number);
}

bool dialect_part_stands_out(const struct document_node *entry,
        const struct document_node *block)
{
    return block->role == ROLE_NOTE_TITLE &&
            document_find(entry, ROLE_NOTE) != NULL;
}

const char *dialect_part_abstract_label(const char *language)
{
    return text_starts(language, "zh") ? "摘要" : "Abstract";
}

static bool begins_with_any(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strncasecmp(text, *words, strlen(*words)) == 0)
            return true;
    }
    return false;
}

char *dialect_part_unmention(struct arena *arena, const char *text,
        const char *const *words)
{
    struct text safe;
    const char *from = text;

    text_init(&safe, arena, strlen(text) * 4); /* "@" + 3 bytes of joiner */
    for (const char *at = strchr(text, '@'); at != NULL;
            at = strchr(at + 1, '@')) {
        if (!begins_with_any(at + 1, words))
            continue;
        text_add_n(&safe, from, (size_t)(at + 1 - from));
        text_add(&safe, word_joiner);
        from = at + 1;
    }
    text_add(&safe, from);
    return arena_string(arena, text_string(&safe));
}
