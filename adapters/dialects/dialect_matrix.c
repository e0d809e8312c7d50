#include "adapters/dialects/dialect_html.h"
#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialect_split.h"
#include "adapters/dialects/dialect_text.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    /* Matrix client-server API, "Size limits": an event is at most 65536 bytes
     * of canonical JSON with its signatures.  Of these, for body and
     * formatted_body, so that the rest of the event always has room: */
    MATRIX_TEXT_BYTES = 40 * 1000,
    /* What one block may come to before it is shortened. */
    MATRIX_SCRATCH_BYTES = 16 * 1024 * 1024,
};

/*
 * Since Matrix 1.7 a message with m.mentions pings nobody by its text; but a
 * client or server of before looks for "@room" in the body.
 */
static const char *const mentions[] = {"room", NULL};

static void add_escaped(struct text *out, const char *text)
{
    dialect_html_text(out,
            dialect_part_unmention(out->arena,
                    dialect_part_text(out->arena, text), mentions));
}

static void add_link(struct text *out, const char *label, const char *url)
{
    const char *safe = dialect_part_url(out->arena, url);

    if (*label == '\0')
        label = safe;
    if (*safe == '\0') {
        add_escaped(out, label);
        return;
    }
    text_add(out, "<a href=\"");
    add_escaped(out, safe);
    text_add(out, "\">");
    add_escaped(out, label);
    text_add(out, "</a>");
}

static void add_in_tag(struct text *out, const char *tag, const char *text)
{
    text_add_format(out, "<%s>", tag);
    add_escaped(out, text);
    text_add_format(out, "</%s>", tag);
}

static void add_piece(struct text *out, const struct document_node *piece)
{
    switch (piece->kind) {
    case DOCUMENT_STRONG:
        add_in_tag(out, "strong", piece->text);
        break;
    case DOCUMENT_EMPHASIS:
        add_in_tag(out, "em", piece->text);
        break;
    case DOCUMENT_CODE:
    case DOCUMENT_TAG:
        add_in_tag(out, "code", piece->text);
        break;
    case DOCUMENT_LINK:
        add_link(out, piece->text, piece->url);
        break;
    default:
        add_escaped(out, piece->text);
        break;
    }
}

static bool is_empty(struct arena *arena, const struct document_node *block)
{
    return *dialect_text_line(arena, block) == '\0';
}

static void add_line(struct text *out, const struct document_node *block)
{
    for (const struct document_node *piece = block->first; piece != NULL;
            piece = piece->next) {
        if (dialect_part_is_inline(piece))
            add_piece(out, piece);
    }
}

/* The paper's name is what one taps on: strong, and led to the paper. */
static void add_title(struct text *out, const struct document_node *title,
        const char *number, const char *url)
{
    const struct document_node *name = dialect_part_name(title);

    add_escaped(out, number);
    for (const struct document_node *piece = title->first; piece != NULL;
            piece = piece->next) {
        if (piece != name) {
            add_piece(out, piece);
            continue;
        }
        text_add(out, "<strong>");
        add_link(out, piece->text, url);
        text_add(out, "</strong>");
    }
}

static void add_list(struct text *out, const struct document_node *list)
{
    text_add(out, "<ul>");
    for (const struct document_node *item = list->first; item != NULL;
            item = item->next) {
        if (is_empty(out->arena, item))
            continue;
        text_add(out, "<li>");
        add_line(out, item);
        text_add(out, "</li>");
    }
    text_add(out, "</ul>");
}

/* An entry is one paragraph of short lines; what is long folds away below. */
static bool is_in_paragraph(const struct document_node *entry,
        const struct document_node *block, bool link_is_shown)
{
    if (block->kind == DOCUMENT_LIST ||
            dialect_part_is_background(entry, block))
        return false;
    return block->role != ROLE_LINK || !link_is_shown;
}

static void add_entry_line(struct text *out, const struct document_node *entry,
        const struct document_node *block)
{
    const char *tag = "";

    if (block->role == ROLE_AUTHORS)
        tag = "em";
    else if (dialect_part_stands_out(entry, block))
        tag = "strong";
    if (*tag != '\0')
        text_add_format(out, "<%s>", tag);
    add_line(out, block);
    if (*tag != '\0')
        text_add_format(out, "</%s>", tag);
}

/* Authors and where they come from share a line. */
static const char *between(const struct document_node *before,
        const struct document_node *after)
{
    if (before == NULL)
        return "";
    bool shared =
            before->role == ROLE_AUTHORS && after->role == ROLE_AFFILIATIONS;
    return shared ? " " : "<br/>";
}

static void add_entry_paragraph(struct text *out,
        const struct document_node *entry, const char *url)
{
    const struct document_node *title = document_find(entry, ROLE_TITLE);
    const struct document_node *before = NULL;
    bool link_is_shown = *url != '\0' && dialect_part_name(title) != NULL;

    text_add(out, "<p>");
    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        if (!is_in_paragraph(entry, block, link_is_shown) ||
                is_empty(out->arena, block))
            continue;
        text_add(out, between(before, block));
        if (block == title)
            add_title(out, block, dialect_part_number(out->arena, entry), url);
        else
            add_entry_line(out, entry, block);
        before = block;
    }
    text_add(out, "</p>");
}

static void add_abstract(struct text *out, const struct document_node *abstract,
        const char *language)
{
    text_add_format(out, "<details><summary>%s</summary>",
            dialect_part_abstract_label(language));
    add_line(out, abstract);
    text_add(out, "</details>");
}

static void add_entry(struct text *out, const struct document_node *entry,
        const char *language)
{
    add_entry_paragraph(out, entry, dialect_part_entry_url(out->arena, entry));
    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        if (block->kind == DOCUMENT_LIST)
            add_list(out, block);
        else if (dialect_part_is_background(entry, block) &&
                !is_empty(out->arena, block))
            add_abstract(out, block, language);
    }
}

/* A tag and its name are not parted where a line ends: no-break spaces, and a
 * word joiner, as a line may end behind a hyphen all the same (UAX 14, LB12a). */
static void add_legend(struct text *out, const struct document_node *legend)
{
    for (const struct document_node *piece = legend->first; piece != NULL;
            piece = piece->next) {
        const char *dash = strstr(piece->text, " - ");
        if (piece->kind != DOCUMENT_TEXT || dash == NULL) {
            add_piece(out, piece);
            continue;
        }
        add_escaped(out,
                arena_string_n(out->arena, piece->text,
                        (size_t)(dash - piece->text)));
        text_add(out, "\u00a0-\u2060\u00a0");
        add_escaped(out, dash + 3);
    }
}

static void add_paragraph(struct text *out, const struct document_node *block)
{
    bool aside = block->role == ROLE_CREDIT || block->role == ROLE_FOOT;

    text_add(out, aside ? "<p><em>" : "<p>");
    if (block->role == ROLE_LEGEND)
        add_legend(out, block);
    else
        add_line(out, block);
    text_add(out, aside ? "</em></p>" : "</p>");
}

static void add_verbatim(struct text *out, const struct document_node *block)
{
    text_add(out, "<pre><code>");
    dialect_html_text(out,
            dialect_part_unmention(out->arena,
                    dialect_part_lines(out->arena, block), mentions));
    text_add(out, "</code></pre>");
}

static void add_html(struct text *out, const struct document *document,
        const struct document_node *block)
{
    if (block->kind == DOCUMENT_ENTRY) {
        add_entry(out, block, document->language);
    } else if (block->kind == DOCUMENT_LIST) {
        add_list(out, block);
    } else if (block->kind == DOCUMENT_VERBATIM) {
        add_verbatim(out, block);
    } else if (is_empty(out->arena, block)) {
        return;
    } else if (block->kind == DOCUMENT_HEADING || block->role == ROLE_SECTION) {
        text_add(out, "<h4>");
        add_line(out, block);
        text_add(out, "</h4>");
    } else {
        add_paragraph(out, block);
    }
}

/* The plain form, with the room's name for everybody broken in it too. */
static void add_plain(struct text *out, const struct document_node *block)
{
    struct text lines;

    text_init(&lines, out->arena, MATRIX_SCRATCH_BYTES);
    dialect_text_block(&lines, block);
    text_add(out,
            dialect_part_unmention(out->arena, text_string(&lines), mentions));
}

static struct dialect_split_room measure(const struct document *document,
        const struct document_node *block, struct arena *scratch)
{
    struct text html, plain;

    text_init(&html, scratch, MATRIX_SCRATCH_BYTES);
    text_init(&plain, scratch, MATRIX_SCRATCH_BYTES);
    add_html(&html, document, block);
    text_add(&plain, "\n"); /* the empty line that may come before it */
    add_plain(&plain, block);
    if (!text_ok(&html) || !text_ok(&plain))
        return (struct dialect_split_room){.units = DIALECT_SPLIT_NEVER};
    return (struct dialect_split_room){
            .units = dialect_payload_json_bytes(text_string(&html)) +
                    dialect_payload_json_bytes(text_string(&plain)),
    };
}

static const char *message_plain(const struct document *document,
        const struct dialect_split_message *message, struct arena *arena)
{
    struct text plain;

    text_init(&plain, arena, MATRIX_TEXT_BYTES);
    for (size_t i = 0; i < message->count; i++) {
        if (i > 0 && document->spaced &&
                dialect_text_apart(message->blocks[i - 1], message->blocks[i]))
            text_add(&plain, "\n");
        add_plain(&plain, message->blocks[i]);
    }
    /* A body is no file: it has no last line end. */
    size_t length = plain.length;
    return arena_string_n(arena, text_string(&plain),
            length > 0 ? length - 1 : 0);
}

static const char *message_html(const struct document *document,
        const struct dialect_split_message *message, struct arena *arena)
{
    struct text html;

    text_init(&html, arena, MATRIX_TEXT_BYTES);
    for (size_t i = 0; i < message->count; i++)
        add_html(&html, document, message->blocks[i]);
    return text_string(&html);
}

/* A notice rings no bell, and no bot answers it. */
static const char *message_content(const struct document *document,
        const char *plain, const char *html, struct arena *arena)
{
    cJSON *content = dialect_payload_object();

    dialect_payload_string(content, "msgtype",
            document->aside ? "m.notice" : "m.text");
    dialect_payload_string(content, "body", plain);
    dialect_payload_string(content, "format", "org.matrix.custom.html");
    dialect_payload_string(content, "formatted_body", html);
    /* Empty: nobody is mentioned, whatever the text holds. */
    dialect_payload_value(content, "m.mentions", dialect_payload_object());
    return dialect_payload_print(arena, content, false);
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)err;
    struct dialect_split_room room = {.units = MATRIX_TEXT_BYTES};
    struct dialect_split_list messages =
            dialect_split(document, room, measure, arena);

    *payloads = (struct payload_list){0};
    for (size_t i = 0; i < messages.count; i++) {
        const struct dialect_split_message *message = &messages.items[i];
        const char *plain = message_plain(document, message, arena);
        if (*plain == '\0')
            continue; /* nothing but empty blocks */
        dialect_payload_add(payloads, arena,
                message_content(document, plain,
                        message_html(document, message, arena), arena));
    }
    return true;
}

const struct dialect dialect_matrix = {.name = "matrix", .render = render};
