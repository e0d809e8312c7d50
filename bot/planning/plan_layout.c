#include "bot/planning/plan_layout.h"

/* One layout being made. */
struct layout {
    const struct account *account;
    const struct channel *channel;
    const struct document *document;
    struct arena *arena;
    struct plan_message_list *messages;
    size_t capacity;
};

static bool add(struct layout *layout, const struct document *document,
        const char *paper_id, bool in_thread, struct error *err)
{
    const struct account *account = layout->account;
    struct plan_message_list *messages = layout->messages;
    struct payload_list payloads = {0};

    if (!account->ops->render(account, layout->channel, document, layout->arena,
                &payloads, err)) {
        if (err != NULL) /* ERROR_REJECTED would say: it was planned before */
            err->kind = ERROR_INPUT;
        return error_wrap(err, "rendering for %s", account->ops->kind);
    }
    if (payloads.count == 0)
        return error_set(err, ERROR_STOP, "%s rendered a document as nothing",
                account->ops->kind);
    for (size_t i = 0; i < payloads.count; i++) {
        messages->items = arena_grow(layout->arena, messages->items,
                messages->count, &layout->capacity, sizeof *messages->items);
        messages->items[messages->count++] =
                (struct plan_message){payloads.items[i], paper_id, in_thread};
    }
    return true;
}

/* --- a head, and its thread --- */

/* The same block again: what it holds is shared, and never changed. */
static struct document_node *share(struct document *document,
        struct document_node *parent, const struct document_node *block)
{
    struct document_node *copy =
            document_block(document, parent, block->kind, block->role);

    copy->language = block->language;
    copy->paper_id = block->paper_id;
    copy->number = block->number;
    copy->first = block->first;
    copy->last = block->last;
    return copy;
}

static struct document *empty_like(const struct layout *layout)
{
    struct document *document = arena_new(layout->arena, struct document);

    document_init(document, layout->arena, layout->document->language);
    document->title = layout->document->title;
    document->spaced = layout->document->spaced;
    return document;
}

static const char *url_of(const struct document_node *entry)
{
    const struct document_node *link = document_find(entry, ROLE_LINK);

    return link == NULL || link->first == NULL ? "" : link->first->url;
}

/* The title again, its name leading to the paper: there is no line with the link
 * below it. */
static void link_title(struct document *head, struct document_node *line,
        const struct document_node *title, const char *url)
{
    struct document_node *copy =
            document_block(head, line, title->kind, title->role);

    copy->language = title->language;
    for (const struct document_node *piece = title->first; piece != NULL;
            piece = piece->next)
        if (piece->kind == DOCUMENT_STRONG && *url != '\0')
            document_link(head, copy, piece->text, url);
        else if (piece->kind == DOCUMENT_LINK)
            document_link(head, copy, piece->text, piece->url);
        else
            document_inline(head, copy, piece->kind, piece->text);
}

/* Of a paper only the line with its title, as it is in the digest. */
static void add_title(struct document *head, const struct document_node *entry)
{
    const struct document_node *title = document_find(entry, ROLE_TITLE);
    struct document_node *line =
            document_block(head, &head->root, DOCUMENT_ENTRY, ROLE_NONE);

    line->number = entry->number;
    line->paper_id = entry->paper_id;
    line->language = entry->language;
    if (title != NULL)
        link_title(head, line, title, url_of(entry));
}

static const struct document *head_of(const struct layout *layout)
{
    struct document *head = empty_like(layout);

    head->head = true;
    head->spaced = false;
    for (const struct document_node *block = layout->document->root.first;
            block != NULL; block = block->next)
        if (block->kind == DOCUMENT_ENTRY)
            add_title(head, block);
        else
            share(head, &head->root, block);
    return head;
}

static const struct document *alone(const struct layout *layout,
        const struct document_node *entry)
{
    struct document *document = empty_like(layout);
    const struct document_node *title = document_find(entry, ROLE_TITLE);

    document->aside = true;
    if (title != NULL)
        document->title = document_plain(layout->arena, title);
    share(document, &document->root, entry);
    return document;
}

static bool add_thread(struct layout *layout, struct error *err)
{
    if (!add(layout, head_of(layout), "", false, err))
        return false;
    for (const struct document_node *block = layout->document->root.first;
            block != NULL; block = block->next)
        if (block->kind == DOCUMENT_ENTRY &&
                !add(layout, alone(layout, block), block->paper_id, true, err))
            return false;
    return true;
}

/* --- either --- */

/* The paper of the only entry; "" if there are none, or several. */
static const char *only_paper(const struct document *document)
{
    const char *paper_id = NULL;

    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        if (paper_id != NULL)
            return "";
        paper_id = block->paper_id;
    }
    return paper_id != NULL ? paper_id : "";
}

bool plan_layout_render(const struct account *account,
        const struct channel *channel, const struct document *document,
        bool threads, struct arena *arena, struct plan_message_list *messages,
        struct error *err)
{
    struct layout layout = {.account = account,
            .channel = channel,
            .document = document,
            .arena = arena,
            .messages = messages};

    *messages = (struct plan_message_list){0};
    if (threads && channel->layout == LAYOUT_THREAD &&
            (account->ops->abilities & ACCOUNT_THREADS) != 0)
        return add_thread(&layout, err);
    return add(&layout, document, only_paper(document), false, err);
}
