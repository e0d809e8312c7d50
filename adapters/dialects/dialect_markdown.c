#include "adapters/dialects/dialect_markdown.h"

#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialect_split.h"
#include "adapters/dialects/dialect_text.h"
#include "adapters/dialects/dialects.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    /* Ours: far over the largest digest. */
    MARKDOWN_BYTES_MAX = 16 * 1024 * 1024,
    /* CommonMark 0.30, "List items": an ordered list's number. */
    LIST_DIGITS_MAX = 9,
};

static const char word_joiner[] = "\u2060";

/* --- text --- */

static bool is_word(char byte)
{
    return isalnum((unsigned char)byte) != 0;
}

/* "snake_case" is no emphasis anywhere; that spares addresses a backslash that
 * some products would take for a part of them. */
static bool is_inside_word(const char *text, const char *at)
{
    return at > text && is_word(at[-1]) && is_word(at[1]);
}

/* "&copy;" is read as an entity, "Q&A" is not. */
static bool is_entity(const char *at)
{
    size_t name = strspn(at + 1,
            "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    return name > 0 && at[1 + name] == ';';
}

/* CommonMark 0.30, sections 4 and 6; and of its extensions "~" (struck out),
 * "|" (tables; Discord's hidden text), "$" (formulas). */
static bool is_mark(const char *text, const char *at)
{
    switch (*at) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '~':
    case '|':
    case '$':
        return true;
    case '_':
        return !is_inside_word(text, at);
    case '&':
        return is_entity(at);
    case '!': /* a link may follow, and would be a picture */
        return at[1] == '\0';
    case '#': /* begins a heading, or ends one */
        return at == text || at[-1] == ' ' || at[-1] == '#';
    default:
        return false;
    }
}

/* Readers with GitHub's extensions find addresses by themselves, and take the
 * backslashes that follow for a part of them. */
static bool is_address(const char *text, const char *at)
{
    if (*at == ':')
        return text_starts(at, "://");
    return *at == '.' && at - text >= 3 && strncasecmp(at - 3, "www", 3) == 0;
}

/* One character, escaped.  Behind every "@", whatever follows, the joiner: the
 * products have different names for all. */
static void add_character(struct text *out, const char *text, const char *at)
{
    if (is_mark(text, at) || is_address(text, at))
        text_add(out, "\\");
    text_add_n(out, at, 1);
    if (*at == '@')
        text_add(out, word_joiner);
}

/* Within a label no other link may stand. */
static void add_label(struct text *out, const char *clean)
{
    for (const char *at = clean; *at != '\0'; at++)
        add_character(out, clean, at);
}

void dialect_markdown_text(struct text *out, const char *text)
{
    const char *clean = dialect_part_text(out->arena, text);
    const char *at = clean;

    while (*at != '\0') {
        size_t length = dialect_part_address_length(at);
        const char *url = length == 0
                ? ""
                : dialect_part_url(out->arena,
                          arena_string_n(out->arena, at, length));
        if (*url != '\0') {
            text_add_format(out, "<%s>", url);
            at += length;
        } else {
            add_character(out, clean, at++);
        }
    }
}

/* --- pieces --- */

/* The mark stands close to its text, the text's spaces stand outside.  Beside a
 * letter a mark next to a sign would be none (section 6.2, "left-flanking"), so
 * a space is put there. */
static void open_mark(struct text *out, const char *mark)
{
    if (out->length > 0 && out->bytes[out->length - 1] != ' ')
        text_add(out, " ");
    text_add(out, mark);
}

static void close_mark(struct text *out, const char *mark)
{
    text_add_format(out, "%s ", mark);
}

static void add_marked(struct text *out, const char *mark, const char *text)
{
    const char *trimmed = text_one_line(out->arena, text);

    if (*trimmed == '\0') {
        dialect_markdown_text(out, text);
        return;
    }
    open_mark(out, mark);
    dialect_markdown_text(out, trimmed);
    close_mark(out, mark);
}

static size_t longest_run(const char *text, char byte)
{
    size_t longest = 0, run = 0;

    for (; *text != '\0'; text++) {
        run = *text == byte ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* In code nothing is escaped; the fence is longer than any inside. */
static void add_code(struct text *out, const char *text)
{
    static const char *const anybody[] = {"", NULL};
    const char *clean = dialect_part_unmention(out->arena,
            text_one_line(out->arena, text), anybody);
    size_t fence = longest_run(clean, '`') + 1;
    const char *pad = fence > 1 ? " " : "";

    if (*clean == '\0')
        return;
    if (out->length > 0 && out->bytes[out->length - 1] == '`')
        text_add(out, " ");
    for (size_t i = 0; i < fence; i++)
        text_add(out, "`");
    text_add_format(out, "%s%s%s", pad, clean, pad);
    for (size_t i = 0; i < fence; i++)
        text_add(out, "`");
}

/* Inside of "(...)": brackets, and what could be the end of an entity. */
static void add_destination(struct text *out, const char *safe)
{
    for (; *safe != '\0'; safe++) {
        if (strchr("();", *safe) != NULL)
            text_add_format(out, "%%%02X", (unsigned)*safe);
        else
            text_add_n(out, safe, 1);
    }
}

static void add_link(struct text *out, const char *label, const char *url)
{
    const char *safe = dialect_part_url(out->arena, url);
    const char *trimmed = text_one_line(out->arena, label);

    if (*safe == '\0') {
        dialect_markdown_text(out, label);
    } else if (*trimmed == '\0' || text_same(trimmed, safe)) {
        text_add_format(out, "<%s>", safe);
    } else {
        text_add(out, "[");
        add_label(out, trimmed);
        text_add(out, "](");
        add_destination(out, safe);
        text_add(out, ")");
    }
}

static void add_piece(struct text *out, const struct document_node *piece)
{
    switch (piece->kind) {
    case DOCUMENT_STRONG:
        add_marked(out, "**", piece->text);
        break;
    case DOCUMENT_EMPHASIS:
        add_marked(out, "*", piece->text);
        break;
    case DOCUMENT_CODE:
    case DOCUMENT_TAG:
        add_code(out, piece->text);
        break;
    case DOCUMENT_LINK:
        add_link(out, piece->text, piece->url);
        break;
    default:
        dialect_markdown_text(out, piece->text);
        break;
    }
}

/* --- lines --- */

/* Signs that mean something at the beginning of a line only. */
static const char *start_of_line(struct arena *arena, const char *line)
{
    size_t digits = strspn(line, "0123456789");

    if (*line != '\0' && strchr(">+-=:", *line) != NULL)
        return arena_format(arena, "\\%s", line);
    if (digits > 0 && digits <= LIST_DIGITS_MAX && line[digits] != '\0' &&
            strchr(".)", line[digits]) != NULL)
        return arena_format(arena, "%.*s\\%s", (int)digits, line,
                line + digits);
    return line;
}

/* The finished line without spaces at its ends. */
static const char *finished_line(struct text *line)
{
    const char *start = text_string(line);
    size_t length = line->length;

    while (*start == ' ') {
        start++;
        length--;
    }
    while (length > 0 && start[length - 1] == ' ')
        length--;
    return start_of_line(line->arena,
            arena_string_n(line->arena, start, length));
}

static const char *line_of(struct arena *arena,
        const struct document_node *block)
{
    struct text line;

    text_init(&line, arena, MARKDOWN_BYTES_MAX);
    for (const struct document_node *piece = block->first; piece != NULL;
            piece = piece->next) {
        if (dialect_part_is_inline(piece))
            add_piece(&line, piece);
    }
    return finished_line(&line);
}

/* A whole line in a mark; the marks within it would end it. */
static const char *marked_line(struct arena *arena,
        const struct document_node *block, const char *mark)
{
    struct text line;
    const char *plain = document_plain(arena, block);

    text_init(&line, arena, MARKDOWN_BYTES_MAX);
    if (*plain != '\0')
        add_marked(&line, mark, plain);
    return finished_line(&line);
}

/* The paper's name is what one taps on: strong, and led to the paper. */
static const char *title_line(struct arena *arena,
        const struct document_node *title, const char *number, const char *url)
{
    const struct document_node *name = dialect_part_name(title);
    struct text line;

    text_init(&line, arena, MARKDOWN_BYTES_MAX);
    dialect_markdown_text(&line, number);
    for (const struct document_node *piece = title->first; piece != NULL;
            piece = piece->next) {
        const char *trimmed = text_one_line(arena, piece->text);
        if (piece == name && *trimmed != '\0') {
            open_mark(&line, "**");
            add_link(&line, trimmed, url);
            close_mark(&line, "**");
        } else if (dialect_part_is_inline(piece)) {
            add_piece(&line, piece);
        }
    }
    return finished_line(&line);
}

/* --- entries --- */

static const char *entry_line(struct arena *arena,
        const struct document_node *entry, const struct document_node *block,
        const char *url)
{
    if (block == document_find(entry, ROLE_TITLE))
        return title_line(arena, block, dialect_part_number(arena, entry), url);
    if (block->role == ROLE_AUTHORS)
        return marked_line(arena, block, "*");
    if (dialect_part_stands_out(entry, block))
        return marked_line(arena, block, "**");
    return line_of(arena, block);
}

static void add_list(struct text *out, const struct document_node *list)
{
    bool any = false;

    for (const struct document_node *item = list->first; item != NULL;
            item = item->next) {
        const char *line = line_of(out->arena, item);
        if (*line == '\0')
            continue;
        text_add_format(out, "%s- %s", any ? "\n" : "", line);
        any = true;
    }
    text_add(out, any ? "\n\n" : "");
}

/* One paragraph of short lines. */
static void add_entry_lines(struct text *out, const struct document_node *entry)
{
    const char *url = dialect_part_entry_url(out->arena, entry);
    bool link_is_shown = *url != '\0' &&
            dialect_part_name(document_find(entry, ROLE_TITLE)) != NULL;
    bool any = false;

    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        if (block->kind == DOCUMENT_LIST ||
                dialect_part_is_background(entry, block) ||
                (block->role == ROLE_LINK && link_is_shown))
            continue;
        const char *line = entry_line(out->arena, entry, block, url);
        if (*line == '\0')
            continue;
        text_add(out, any ? "  \n" : "");
        text_add(out, line);
        any = true;
    }
    text_add(out, any ? "\n\n" : "");
}

static void add_entry(struct text *out, const struct document_node *entry)
{
    add_entry_lines(out, entry);
    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        const char *line = "";
        if (block->kind == DOCUMENT_LIST)
            add_list(out, block);
        else if (dialect_part_is_background(entry, block))
            line = line_of(out->arena, block);
        if (*line != '\0')
            text_add_format(out, "> %s\n\n", line);
    }
}

/* --- blocks --- */

static size_t longest_fence(const char *text)
{
    size_t longest = 2;

    for (; *text != '\0'; text += strcspn(text, "`")) {
        size_t length = strspn(text, "`");
        longest = length > longest ? length : longest;
        text += length;
    }
    return longest;
}

/* A fence is longer than any within it (CommonMark 0.30, section 4.5). */
static void add_verbatim(struct text *out, const struct document_node *block)
{
    const char *lines = dialect_part_lines(out->arena, block);
    struct text fence;

    text_init(&fence, out->arena, MARKDOWN_BYTES_MAX);
    for (size_t i = longest_fence(lines) + 1; i > 0; i--)
        text_add(&fence, "`");
    text_add_format(out, "%s\n%s%s\n\n", text_string(&fence), lines,
            text_string(&fence));
}

static void add_block(struct text *out, const struct document_node *block)
{
    const char *line, *before = "";

    if (block->kind == DOCUMENT_ENTRY) {
        add_entry(out, block);
        return;
    }
    if (block->kind == DOCUMENT_LIST) {
        add_list(out, block);
        return;
    }
    if (block->kind == DOCUMENT_VERBATIM) {
        add_verbatim(out, block);
        return;
    }
    if (block->role == ROLE_CREDIT || block->role == ROLE_FOOT)
        line = marked_line(out->arena, block, "*");
    else
        line = line_of(out->arena, block);
    if (block->kind == DOCUMENT_HEADING || block->role == ROLE_SECTION)
        before = "### ";
    if (*line != '\0')
        text_add_format(out, "%s%s\n\n", before, line);
}

static struct dialect_split_room measure(const struct document *document,
        const struct document_node *block, struct arena *scratch)
{
    struct text text;

    (void)document;
    text_init(&text, scratch, MARKDOWN_BYTES_MAX);
    add_block(&text, block);
    if (!text_ok(&text))
        return (struct dialect_split_room){.units = DIALECT_SPLIT_NEVER};
    return (struct dialect_split_room){
            .units = dialect_mrkdwn_characters(text_string(&text)),
    };
}

void dialect_markdown_messages(const struct document *document,
        size_t characters, struct arena *arena, struct payload_list *payloads)
{
    struct dialect_split_room room = {.units = characters};
    struct dialect_split_list messages =
            dialect_split(document, room, measure, arena);

    *payloads = (struct payload_list){0};
    for (size_t i = 0; i < messages.count; i++) {
        struct text text;
        text_init(&text, arena, MARKDOWN_BYTES_MAX);
        for (size_t k = 0; k < messages.items[i].count; k++)
            add_block(&text, messages.items[i].blocks[k]);
        /* The last block needs no empty line behind it. */
        if (text.length > 0)
            dialect_payload_add(payloads, arena,
                    arena_string_n(arena, text_string(&text), text.length - 1));
    }
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    dialect_markdown_messages(document, MARKDOWN_BYTES_MAX / 4, arena,
            payloads);
    if (payloads->count > 1)
        return error_set(err, ERROR_INPUT,
                "markdown: the document is over %d characters; it should hold "
                "fewer papers",
                MARKDOWN_BYTES_MAX / 4);
    return true;
}

const struct dialect dialect_markdown = {
        .name = "markdown",
        .render = render,
};
