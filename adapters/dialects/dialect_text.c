#include "adapters/dialects/dialect_text.h"

#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialects.h"

#include <string.h>

enum {
    /* Ours: far over the largest digest, so that a fault upstream is an error
     * and not a full disk. */
    TEXT_BYTES_MAX = 16 * 1024 * 1024,
};

static void add_link(struct text *out, const struct document_node *link)
{
    const char *url = dialect_part_url(out->arena, link->url);

    if (*url == '\0')
        text_add(out, link->text);
    else if (*link->text == '\0' || text_same(link->text, link->url))
        text_add(out, url);
    else
        text_add_format(out, "%s (%s)", link->text, url);
}

static void add_piece(struct text *out, const struct document_node *piece)
{
    if (piece->kind == DOCUMENT_LINK)
        add_link(out, piece);
    else if (piece->kind == DOCUMENT_TAG)
        text_add_format(out, "[%s]", piece->text);
    else
        text_add(out, piece->text);
}

char *dialect_text_line(struct arena *arena, const struct document_node *block)
{
    struct text line;

    text_init(&line, arena, TEXT_BYTES_MAX);
    for (const struct document_node *piece = block->first; piece != NULL;
            piece = piece->next) {
        if (dialect_part_is_inline(piece))
            add_piece(&line, piece);
    }
    return text_one_line(arena, text_string(&line));
}

static void add_line(struct text *out, const char *prefix,
        const struct document_node *block)
{
    const char *line = dialect_text_line(out->arena, block);

    if (*line == '\0')
        return;
    text_add(out, prefix);
    text_add(out, line);
    text_add(out, "\n");
}

static void add_entry(struct text *out, const struct document_node *entry)
{
    const char *number = dialect_part_number(out->arena, entry);

    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        if (block->kind == DOCUMENT_LIST) {
            dialect_text_block(out, block);
            continue;
        }
        add_line(out, block->role == ROLE_TITLE ? number : "", block);
    }
}

void dialect_text_block(struct text *out, const struct document_node *block)
{
    switch (block->kind) {
    case DOCUMENT_ENTRY:
        add_entry(out, block);
        break;
    case DOCUMENT_VERBATIM:
        text_add(out, dialect_part_lines(out->arena, block));
        break;
    case DOCUMENT_LIST:
        for (const struct document_node *item = block->first; item != NULL;
                item = item->next)
            add_line(out, "- ", item);
        break;
    default:
        add_line(out, "", block);
        break;
    }
}

static bool stands_apart(const struct document_node *block)
{
    return block->kind == DOCUMENT_ENTRY || block->role == ROLE_SECTION;
}

bool dialect_text_apart(const struct document_node *before,
        const struct document_node *after)
{
    return stands_apart(before) || stands_apart(after);
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    struct text out;
    const struct document_node *before = NULL;

    *payloads = (struct payload_list){0};
    text_init(&out, arena, TEXT_BYTES_MAX);
    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next) {
        if (before != NULL && document->spaced &&
                dialect_text_apart(before, block))
            text_add(&out, "\n");
        dialect_text_block(&out, block);
        before = block;
    }
    if (!text_ok(&out))
        return error_set(err, ERROR_INPUT,
                "text: the document is over %d bytes; it should hold fewer "
                "papers",
                TEXT_BYTES_MAX);
    if (out.length > 0)
        dialect_payload_add(payloads, arena, text_string(&out));
    return true;
}

const struct dialect dialect_text = {.name = "text", .render = render};
