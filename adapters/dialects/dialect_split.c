#include "adapters/dialects/dialect_split.h"

#include "adapters/dialects/dialect_part.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    /* A title is not cut below this while anything else is shown: arXiv's
     * longest are about 300 bytes. */
    TITLE_BYTES_LEAST = 400,
    LAST_WAY = 3, /* to cut */
};

struct splitter {
    const struct document *document;
    struct dialect_split_room room;
    dialect_split_measure_fn *measure;
    struct arena *arena;
    struct fitted *items; /* blocks that each fit, in order */
    size_t count, capacity;
};

struct fitted {
    const struct document_node *block;
    struct dialect_split_room takes;
};

/* How a copy is made smaller: bytes that the texts of a block may keep. */
struct cut {
    size_t title_bytes, other_bytes;
    bool bare;     /* an entry keeps its title and link only */
    bool linkless; /* the same without the link: one that alone is too long */
};

static bool fits(struct dialect_split_room room,
        struct dialect_split_room takes)
{
    return takes.units <= room.units && takes.blocks <= room.blocks;
}

static struct dialect_split_room measured(const struct splitter *splitter,
        const struct document_node *block)
{
    struct arena scratch;

    arena_init(&scratch);
    struct dialect_split_room takes =
            splitter->measure(splitter->document, block, &scratch);
    arena_finish(&scratch);
    return takes;
}

static void append(struct document_node *parent, struct document_node *child)
{
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

static struct document_node *copy_alone(struct arena *arena,
        const struct document_node *node)
{
    struct document_node *copy = arena_new(arena, struct document_node);

    *copy = *node;
    copy->first = copy->last = copy->next = NULL;
    return copy;
}

/* Pieces after the cut are dropped, but not a link: it leads to the rest.
 * Without links a piece without a text is nothing. */
static bool is_dropped(const struct document_node *piece, bool over,
        bool linkless)
{
    if (linkless)
        return over || *piece->text == '\0';
    return over && piece->kind != DOCUMENT_LINK;
}

static void copy_pieces(struct arena *arena, struct document_node *copy,
        const struct document_node *block, size_t bytes, bool linkless)
{
    bool over = false;

    for (const struct document_node *piece = block->first; piece != NULL;
            piece = piece->next) {
        if (is_dropped(piece, over, linkless))
            continue;
        struct document_node *smaller = copy_alone(arena, piece);
        size_t length = strlen(piece->text);
        if (linkless && piece->kind == DOCUMENT_LINK) {
            smaller->kind = DOCUMENT_TEXT;
            smaller->url = "";
        }
        smaller->text = dialect_part_cut(arena, piece->text, bytes);
        over = over || length > bytes;
        bytes = over ? 0 : bytes - length;
        append(copy, smaller);
    }
}

/* Of what holds blocks: everything, the title and the link, or one of them. */
static bool is_kept(const struct document_node *parent,
        const struct document_node *block, const struct cut *cut)
{
    const struct document_node *title = document_find(parent, ROLE_TITLE);
    bool is_first = block == (title != NULL ? title : parent->first);

    if (cut->linkless)
        return is_first;
    return !cut->bare || parent->kind != DOCUMENT_ENTRY || is_first ||
            block->role == ROLE_LINK;
}

static struct document_node *copy_cut(struct arena *arena,
        const struct document_node *block, const struct cut *cut)
{
    struct document_node *copy = copy_alone(arena, block);

    if (block->first == NULL)
        return copy;
    if (dialect_part_is_inline(block->first)) {
        bool is_title = block->role == ROLE_TITLE || block->role == ROLE_LINK;
        copy_pieces(arena, copy, block,
                is_title ? cut->title_bytes : cut->other_bytes, cut->linkless);
        return copy;
    }
    for (const struct document_node *child = block->first; child != NULL;
            child = child->next) {
        if (is_kept(block, child, cut))
            append(copy, copy_cut(arena, child, cut));
    }
    return copy;
}

static size_t longest_text(const struct document_node *node)
{
    size_t longest = strlen(node->text);

    for (const struct document_node *child = node->first; child != NULL;
            child = child->next) {
        size_t length = longest_text(child);
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* The ways to cut, mildest first. */
static struct cut cut_of(unsigned way, size_t bytes)
{
    switch (way) {
    case 0:
        return (struct cut){.title_bytes = SIZE_MAX, .other_bytes = bytes};
    case 1:
        return (struct cut){
                .title_bytes =
                        bytes > TITLE_BYTES_LEAST ? bytes : TITLE_BYTES_LEAST,
                .other_bytes = bytes,
        };
    case 2:
        return (struct cut){.title_bytes = bytes, .bare = true};
    default:
        return (struct cut){
                .title_bytes = bytes,
                .other_bytes = bytes,
                .bare = true,
                .linkless = true,
        };
    }
}

static bool fits_cut(const struct splitter *splitter,
        const struct document_node *block, unsigned way, size_t bytes)
{
    struct arena scratch;
    struct cut cut = cut_of(way, bytes);

    arena_init(&scratch);
    bool well = fits(splitter->room,
            measured(splitter, copy_cut(&scratch, block, &cut)));
    arena_finish(&scratch);
    return well;
}

/* The copy that keeps most: a search for the largest number of bytes a text may
 * have.  With the last way and no bytes anything fits. */
static const struct document_node *shortened(const struct splitter *splitter,
        const struct document_node *block)
{
    unsigned way = 0;
    size_t well = 0, ill = longest_text(block) + 1;

    while (way < LAST_WAY && !fits_cut(splitter, block, way, 0))
        way++;
    while (ill - well > 1) {
        size_t middle = well + (ill - well) / 2;
        if (fits_cut(splitter, block, way, middle))
            well = middle;
        else
            ill = middle;
    }
    struct cut cut = cut_of(way, well);
    return copy_cut(splitter->arena, block, &cut);
}

static void keep(struct splitter *splitter, const struct document_node *block,
        struct dialect_split_room takes)
{
    splitter->items = arena_grow(splitter->arena, splitter->items,
            splitter->count, &splitter->capacity, sizeof *splitter->items);
    splitter->items[splitter->count++] =
            (struct fitted){.block = block, .takes = takes};
}

static void take_in(struct splitter *splitter,
        const struct document_node *block)
{
    struct dialect_split_room takes = measured(splitter, block);

    if (!fits(splitter->room, takes)) {
        block = shortened(splitter, block);
        takes = measured(splitter, block);
    }
    keep(splitter, block, takes);
}

static void take_in_items(struct splitter *splitter,
        const struct document_node *list)
{
    for (const struct document_node *item = list->first; item != NULL;
            item = item->next) {
        struct document_node *alone = copy_alone(splitter->arena, list);
        append(alone, copy_alone(splitter->arena, item));
        alone->first->first = item->first;
        alone->first->last = item->last;
        take_in(splitter, alone);
    }
}

static void take_in_all(struct splitter *splitter)
{
    for (const struct document_node *block = splitter->document->root.first;
            block != NULL; block = block->next) {
        if (block->kind == DOCUMENT_LIST &&
                !fits(splitter->room, measured(splitter, block)))
            take_in_items(splitter, block);
        else
            take_in(splitter, block);
    }
}

static bool is_heading(const struct document_node *block)
{
    return block->kind == DOCUMENT_HEADING || block->role == ROLE_SECTION;
}

/* What block i takes together with what it heads. */
static struct dialect_split_room
takes_with_next(const struct splitter *splitter, size_t i)
{
    struct dialect_split_room sum = splitter->items[i].takes;

    while (is_heading(splitter->items[i].block) && ++i < splitter->count) {
        sum.blocks += splitter->items[i].takes.blocks;
        sum.units += splitter->items[i].takes.units;
    }
    return sum;
}

static struct dialect_split_list pack(const struct splitter *splitter)
{
    struct dialect_split_list list = {0};
    struct dialect_split_room left = {0};
    struct dialect_split_message *message = NULL;

    list.items = arena_array(splitter->arena, struct dialect_split_message,
            splitter->count);
    for (size_t i = 0; i < splitter->count; i++) {
        const struct fitted *item = &splitter->items[i];
        if (message == NULL || !fits(left, takes_with_next(splitter, i))) {
            message = &list.items[list.count++];
            message->blocks = arena_array(splitter->arena,
                    const struct document_node *, splitter->count - i);
            left = splitter->room;
        }
        message->blocks[message->count++] = item->block;
        left.blocks -= item->takes.blocks;
        left.units -= item->takes.units;
    }
    return list;
}

struct dialect_split_list dialect_split(const struct document *document,
        struct dialect_split_room room, dialect_split_measure_fn *measure,
        struct arena *arena)
{
    struct splitter splitter = {.document = document,
            .room = room,
            .measure = measure,
            .arena = arena};

    take_in_all(&splitter);
    return pack(&splitter);
}
