#include "adapters/dialects/dialect_html.h"

#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialect_text.h"
#include "adapters/dialects/dialects.h"

#include <ctype.h>
#include <string.h>

enum {
    /* Ours: far over the largest digest. */
    HTML_BYTES_MAX = 16 * 1024 * 1024,
    LANGUAGE_BYTES_MAX = 35, /* RFC 5646, section 4.4.1 */
};

/* Reads well on a telephone and on a desk, by day and by night.  No file from
 * elsewhere is asked for, and the policy below forbids it. */
static const char style[] =
        ":root{color-scheme:light dark;--ink:#1f2328;--soft:#656d76;"
        "--line:#d8dee4;--paper:#fff;--link:#0b57a4;--tag:#eaf2fb}\n"
        "@media (prefers-color-scheme:dark){:root{--ink:#e3e6ea;"
        "--soft:#9aa4af;--line:#363b42;--paper:#15181c;--link:#86b9f5;"
        "--tag:#233245}}\n"
        "*{box-sizing:border-box}\n"
        "body{margin:0;background:var(--paper);color:var(--ink);"
        "font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,"
        "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans',"
        "sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}\n"
        "main{max-width:44rem;margin:0 auto;padding:1.25rem 1rem 2.5rem}\n"
        "p,h1,h2,ul{margin:0}\n"
        "h1{font-size:1.45rem;line-height:1.3;margin-bottom:.5rem}\n"
        "h2{font-size:1.1rem;line-height:1.4;font-weight:650}\n"
        "a{color:var(--link);text-decoration:none}\n"
        "a:hover,a:focus{text-decoration:underline}\n"
        "code{font:inherit}\n"
        "article{padding:1.1rem 0;border-top:1px solid var(--line)}\n"
        "article>*+*{margin-top:.35rem}\n"
        ".tag{display:inline-block;padding:0 .4em;border-radius:.3em;"
        "background:var(--tag);font-size:.8em;line-height:1.55;"
        "font-weight:600;vertical-align:.08em}\n"
        ".legend,.credit,.authors,.affiliations,.link,.foot{"
        "color:var(--soft);font-size:.875rem;line-height:1.5}\n"
        ".headline{margin:.75rem 0 1.25rem}\n"
        ".legend{margin-bottom:.25rem}\n"
        ".legend span{display:inline-block}\n"
        ".legend+article,.credit+article{margin-top:1rem}\n"
        ".note-title{font-weight:600}\n"
        ".affiliations{margin-top:0}\n"
        ".section{margin-top:1.25rem;padding:1rem 0 .75rem;"
        "border-top:3px solid var(--line);font-size:1.2rem}\n"
        ".foot{padding-top:1rem;border-top:1px solid var(--line)}\n"
        ".foot+.foot{padding-top:0;border:0}\n"
        "pre{overflow-x:auto;font-size:.875rem}\n"
        "summary{color:var(--soft);cursor:pointer;font-size:.875rem}\n"
        "details p{margin:.35rem 0 0;padding-left:.8rem;"
        "border-left:3px solid var(--line)}\n";

static const char *const class_names[] = {
        [ROLE_NONE] = "",
        [ROLE_LEGEND] = "legend",
        [ROLE_CREDIT] = "credit",
        [ROLE_HEADLINE] = "headline",
        [ROLE_SECTION] = "section",
        [ROLE_TITLE] = "title",
        [ROLE_AUTHORS] = "authors",
        [ROLE_AFFILIATIONS] = "affiliations",
        [ROLE_NOTE_TITLE] = "note-title",
        [ROLE_NOTE] = "note",
        [ROLE_ABSTRACT] = "abstract",
        [ROLE_LINK] = "link",
        [ROLE_FOOT] = "foot",
};

static const char *entity_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

void dialect_html_text(struct text *out, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "&<>\"'");
        text_add_n(out, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        text_add(out, entity_of(*text++));
    }
}

/* --- pieces --- */

static void add_text(struct text *out, const char *text)
{
    dialect_html_text(out, dialect_part_text(out->arena, text));
}

static void add_link(struct text *out, const char *label, const char *url)
{
    const char *safe = dialect_part_url(out->arena, url);

    if (*safe == '\0') {
        add_text(out, label);
        return;
    }
    text_add(out, "<a href=\"");
    dialect_html_text(out, safe);
    text_add(out, "\">");
    add_text(out, *label == '\0' ? safe : label);
    text_add(out, "</a>");
}

/* Text, the addresses in it led to where they say. */
static void add_linked_text(struct text *out, const char *text)
{
    struct arena *arena = out->arena;
    const char *clean = dialect_part_text(arena, text);
    const char *from = clean;

    for (const char *at = strstr(clean, "https://"); at != NULL;
            at = strstr(at + 1, "https://")) {
        size_t length = dialect_part_address_length(at);
        if (length == 0 || at < from)
            continue;
        const char *address = arena_string_n(arena, at, length);
        dialect_html_text(out,
                arena_string_n(arena, from, (size_t)(at - from)));
        add_link(out, address, address);
        from = at + length;
    }
    dialect_html_text(out, from);
}

static void add_in_tag(struct text *out, const char *tag, const char *class,
        const char *text)
{
    text_add_format(out, "<%s%s>", tag, class);
    add_text(out, text);
    text_add_format(out, "</%s>", tag);
}

static void add_piece(struct text *out, const struct document_node *piece)
{
    switch (piece->kind) {
    case DOCUMENT_STRONG:
        add_in_tag(out, "strong", "", piece->text);
        break;
    case DOCUMENT_EMPHASIS:
        add_in_tag(out, "em", "", piece->text);
        break;
    case DOCUMENT_CODE:
        add_in_tag(out, "code", "", piece->text);
        break;
    case DOCUMENT_TAG:
        add_in_tag(out, "span", " class=\"tag\"", piece->text);
        break;
    case DOCUMENT_LINK:
        add_link(out, piece->text, piece->url);
        break;
    default:
        add_linked_text(out, piece->text);
        break;
    }
}

static void add_pieces(struct text *out, const struct document_node *block)
{
    for (const struct document_node *piece = block->first; piece != NULL;
            piece = piece->next) {
        if (dialect_part_is_inline(piece))
            add_piece(out, piece);
    }
}

/* The paper's name is what one taps on. */
static void add_title_pieces(struct text *out,
        const struct document_node *title, const char *url)
{
    const struct document_node *name = dialect_part_name(title);

    for (const struct document_node *piece = title->first; piece != NULL;
            piece = piece->next) {
        if (piece == name)
            add_link(out, piece->text, url);
        else if (dialect_part_is_inline(piece))
            add_piece(out, piece);
    }
}

/* --- blocks --- */

static bool is_empty(struct arena *arena, const struct document_node *block)
{
    return *dialect_text_line(arena, block) == '\0';
}

static bool is_language(const char *tag)
{
    size_t length = strlen(tag);

    for (const char *at = tag; *at != '\0'; at++)
        if (!isalnum((unsigned char)*at) && *at != '-')
            return false;
    return length > 0 && length <= LANGUAGE_BYTES_MAX;
}

static void open_block(struct text *out, const char *tag,
        const struct document_node *block)
{
    text_add_format(out, "<%s", tag);
    if (*class_names[block->role] != '\0')
        text_add_format(out, " class=\"%s\"", class_names[block->role]);
    if (is_language(block->language))
        text_add_format(out, " lang=\"%s\"", block->language);
    text_add(out, ">");
}

/* A tag and its name are not parted where a line ends; what stands between
 * two of them begins with a space. */
static void add_legend_pieces(struct text *out,
        const struct document_node *legend)
{
    for (const struct document_node *piece = legend->first; piece != NULL;
            piece = piece->next) {
        if (piece->kind == DOCUMENT_TEXT && piece->text[0] != ' ')
            add_in_tag(out, "span", "", piece->text);
        else if (dialect_part_is_inline(piece))
            add_piece(out, piece);
    }
}

static void add_line(struct text *out, const char *tag,
        const struct document_node *block)
{
    if (is_empty(out->arena, block))
        return;
    open_block(out, tag, block);
    if (block->role == ROLE_LEGEND)
        add_legend_pieces(out, block);
    else
        add_pieces(out, block);
    text_add_format(out, "</%s>\n", tag);
}

static void add_list(struct text *out, const struct document_node *list)
{
    bool any = false;

    for (const struct document_node *item = list->first; item != NULL;
            item = item->next)
        any = any || !is_empty(out->arena, item);
    if (!any)
        return;
    open_block(out, "ul", list);
    for (const struct document_node *item = list->first; item != NULL;
            item = item->next)
        add_line(out, "li", item);
    text_add(out, "</ul>\n");
}

static void add_title(struct text *out, const struct document_node *title,
        const char *number, const char *url)
{
    open_block(out, "h2", title);
    add_text(out, number);
    add_title_pieces(out, title, url);
    text_add(out, "</h2>\n");
}

static void add_folded(struct text *out, const struct document_node *abstract,
        const char *language)
{
    if (is_empty(out->arena, abstract))
        return;
    text_add_format(out, "<details><summary>%s</summary>\n",
            dialect_part_abstract_label(language));
    add_line(out, "p", abstract);
    text_add(out, "</details>\n");
}

static void add_entry_block(struct text *out, const struct document_node *entry,
        const struct document_node *block, const char *language)
{
    const char *url = dialect_part_entry_url(out->arena, entry);

    if (block == document_find(entry, ROLE_TITLE))
        add_title(out, block, dialect_part_number(out->arena, entry), url);
    else if (block->kind == DOCUMENT_LIST)
        add_list(out, block);
    else if (dialect_part_is_background(entry, block))
        add_folded(out, block, language);
    else
        add_line(out, "p", block);
}

static void add_entry(struct text *out, const struct document_node *entry,
        const char *language)
{
    struct text blocks;

    text_init(&blocks, out->arena, HTML_BYTES_MAX);
    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next)
        add_entry_block(&blocks, entry, block, language);
    if (blocks.length > 0)
        text_add_format(out, "<article>\n%s</article>\n", text_string(&blocks));
}

static void add_verbatim(struct text *out, const struct document_node *block)
{
    text_add(out, "<pre>");
    dialect_html_text(out, dialect_part_lines(out->arena, block));
    text_add(out, "</pre>\n");
}

static void add_block(struct text *out, const struct document_node *block,
        const char *language)
{
    if (block->kind == DOCUMENT_ENTRY)
        add_entry(out, block, language);
    else if (block->kind == DOCUMENT_LIST)
        add_list(out, block);
    else if (block->kind == DOCUMENT_VERBATIM)
        add_verbatim(out, block);
    else if (block->kind == DOCUMENT_HEADING || block->role == ROLE_SECTION)
        add_line(out, "h2", block);
    else
        add_line(out, "p", block);
}

/* --- the page --- */

static void add_head(struct text *out, const struct document *document)
{
    const char *language =
            is_language(document->language) ? document->language : "en";

    text_add_format(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
            "<meta charset=\"utf-8\"/>\n"
            "<meta http-equiv=\"Content-Security-Policy\" "
            "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
            "<meta name=\"viewport\" "
            "content=\"width=device-width, initial-scale=1\"/>\n<title>",
            language);
    add_text(out, document->title);
    text_add_format(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n",
            style);
}

static void add_heading(struct text *out, const struct document *document)
{
    if (*text_one_line(out->arena, document->title) == '\0')
        return;
    text_add(out, "<h1>");
    add_text(out, document->title);
    text_add(out, "</h1>\n");
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    struct text page, blocks;

    *payloads = (struct payload_list){0};
    text_init(&page, arena, HTML_BYTES_MAX);
    text_init(&blocks, arena, HTML_BYTES_MAX);
    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next)
        add_block(&blocks, block, document->language);
    if (text_ok(&blocks) && blocks.length == 0)
        return true;
    add_head(&page, document);
    text_add(&page, "<main>\n");
    add_heading(&page, document);
    text_add(&page, text_string(&blocks));
    text_add(&page, "</main>\n</body>\n</html>\n");
    if (!text_ok(&blocks) || !text_ok(&page))
        return error_set(err, ERROR_INPUT,
                "html: the document is over %d bytes; it should hold fewer "
                "papers",
                HTML_BYTES_MAX);
    dialect_payload_add(payloads, arena, text_string(&page));
    return true;
}

const struct dialect dialect_html = {.name = "html", .render = render};
