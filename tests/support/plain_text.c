#include "tests/support/plain_text.h"

#include "bot/base/text.h"

enum {
    TEXT_BYTES_MAX = 1024 * 1024,
};

static void add_inline(struct text *text, const struct document_node *node)
{
    if (node->kind == DOCUMENT_TAG)
        text_add_format(text, "[%s]", node->text);
    else if (node->kind == DOCUMENT_LINK && !*node->text)
        text_add(text, node->url);
    else
        text_add(text, node->text);
}

static void add_block(struct text *text, const struct document_node *block)
{
    bool line = block->kind != DOCUMENT_ENTRY && block->kind != DOCUMENT_LIST;

    for (const struct document_node *child = block->first; child;
            child = child->next) {
        if (line)
            add_inline(text, child);
        else
            add_block(text, child);
    }
    if (line)
        text_add(text, "\n");
}

char *plain_text_render(struct arena *arena, const struct document *document)
{
    struct text text;

    text_init(&text, arena, TEXT_BYTES_MAX);
    for (const struct document_node *block = document->root.first; block;
            block = block->next) {
        if (document->spaced && text.length > 0)
            text_add(&text, "\n");
        add_block(&text, block);
    }
    return text.bytes;
}
