#include "bot/model/document.h"

#include "bot/base/text.h"

void document_init(struct document *document, struct arena *arena,
        const char *language)
{
    *document = (struct document){
            .arena = arena,
            .title = "",
            .language = language,
            .root = {.text = "", .url = "", .paper_id = "", .language = ""},
    };
}

static struct document_node *node_add(struct document *document,
        struct document_node *parent, enum document_kind kind)
{
    struct document_node *node =
            arena_new(document->arena, struct document_node);
    *node = (struct document_node){
            .kind = kind,
            .text = "",
            .url = "",
            .paper_id = "",
            .language = "",
    };
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    return node;
}

struct document_node *document_block(struct document *document,
        struct document_node *parent, enum document_kind kind,
        enum document_role role)
{
    struct document_node *node = node_add(document, parent, kind);
    node->role = role;
    return node;
}

struct document_node *document_inline(struct document *document,
        struct document_node *block, enum document_kind kind, const char *text)
{
    struct document_node *node = node_add(document, block, kind);
    node->text = text;
    return node;
}

struct document_node *document_link(struct document *document,
        struct document_node *block, const char *text, const char *url)
{
    struct document_node *node =
            document_inline(document, block, DOCUMENT_LINK, text);
    node->url = url;
    return node;
}

struct document_node *document_paragraph(struct document *document,
        struct document_node *parent, enum document_role role, const char *text)
{
    struct document_node *node =
            document_block(document, parent, DOCUMENT_PARAGRAPH, role);
    document_inline(document, node, DOCUMENT_TEXT, text);
    return node;
}

const struct document_node *document_find(const struct document_node *parent,
        enum document_role role)
{
    const struct document_node *node = parent->first;
    while (node != NULL && node->role != role)
        node = node->next;
    return node;
}

static bool is_inline(const struct document_node *node)
{
    return node->kind >= DOCUMENT_TEXT;
}

static void add_plain(struct text *text, const struct document_node *node)
{
    if (node->kind == DOCUMENT_TAG)
        text_add_format(text, "[%s]", node->text);
    else if (node->kind == DOCUMENT_LINK && *node->text == '\0')
        text_add(text, node->url);
    else
        text_add(text, node->text);
    for (const struct document_node *child = node->first; child != NULL;
            child = child->next)
        add_plain(text, child);
    if (!is_inline(node))
        text_add(text, " ");
}

char *document_plain(struct arena *arena, const struct document_node *node)
{
    struct text text;
    text_init(&text, arena, SIZE_MAX / 2);
    add_plain(&text, node);
    return text_one_line(arena, text_string(&text));
}
