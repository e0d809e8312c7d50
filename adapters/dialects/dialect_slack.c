#include "adapters/dialects/dialect_slack.h"

#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialect_slack_block.h"
#include "adapters/dialects/dialect_slack_fallback.h"
#include "adapters/dialects/dialect_slack_head.h"
#include "adapters/dialects/dialect_split.h"
#include "adapters/dialects/dialect_text.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    /* What one block may come to before it is shortened. */
    SLACK_SCRATCH_BYTES = 16 * 1024 * 1024,
    PIECES_MAX = 4,
    SHARING_CHARACTERS = 60, /* of a button, or of who shared it */
};

/* The blocks that one of the document's becomes. */
struct piece_list {
    struct dialect_slack_block items[PIECES_MAX];
    size_t count;
};

static struct dialect_slack_block *add_piece(struct piece_list *pieces,
        enum dialect_slack_block_kind kind, const char *text)
{
    struct dialect_slack_block *piece = &pieces->items[pieces->count];

    *piece = (struct dialect_slack_block){.kind = kind,
            .text = text,
            .paper_id = "",
            .url = "",
            .language = ""};
    if (kind == SLACK_BLOCK_DIVIDER || kind == SLACK_BLOCK_ACTIONS ||
            *text != '\0')
        pieces->count++;
    return piece;
}

static void add_line(struct text *out, const struct document_node *block)
{
    for (const struct document_node *inline_piece = block->first;
            inline_piece != NULL; inline_piece = inline_piece->next) {
        if (dialect_part_is_inline(inline_piece))
            dialect_mrkdwn_piece(out, inline_piece);
    }
}

static void start_line(struct text *out)
{
    if (out->length > 0)
        text_add(out, "\n");
}

/* What is empty gives no line. */
static void add_own_line(struct text *out, const char *prefix,
        const struct document_node *block)
{
    if (*dialect_text_line(out->arena, block) == '\0')
        return;
    start_line(out);
    text_add(out, prefix);
    add_line(out, block);
}

static void add_list(struct text *out, const struct document_node *list)
{
    for (const struct document_node *item = list->first; item != NULL;
            item = item->next)
        add_own_line(out, "• ", item);
}

static void add_title(struct text *out, const struct document_node *title,
        const char *number, const char *url)
{
    const struct document_node *name = dialect_part_name(title);

    start_line(out);
    text_add(out, number);
    for (const struct document_node *inline_piece = title->first;
            inline_piece != NULL; inline_piece = inline_piece->next) {
        if (inline_piece == name)
            dialect_mrkdwn_strong_link(out, name->text, url);
        else
            dialect_mrkdwn_piece(out, inline_piece);
    }
}

/* Bold as a whole, so its pieces come as one text. */
static const char *bold_line(struct arena *arena,
        const struct document_node *block)
{
    struct text out;

    text_init(&out, arena, SLACK_SCRATCH_BYTES);
    dialect_mrkdwn_strong_link(&out, document_plain(arena, block), "");
    return text_string(&out);
}

static bool is_byline(const struct document_node *entry,
        const struct document_node *block)
{
    (void)entry;
    return block->role == ROLE_AUTHORS || block->role == ROLE_AFFILIATIONS;
}

static void add_section_line(struct text *out,
        const struct document_node *entry, const struct document_node *block)
{
    if (block->kind == DOCUMENT_LIST) {
        add_list(out, block);
    } else if (dialect_part_stands_out(entry, block)) {
        const char *line = bold_line(out->arena, block);
        if (*line != '\0')
            start_line(out);
        text_add(out, line);
    } else {
        add_own_line(out, "", block);
    }
}

/* Title, its translation, the note: what one reads while scrolling. */
static const char *entry_section(struct arena *arena,
        const struct document_node *entry)
{
    const struct document_node *title = document_find(entry, ROLE_TITLE);
    const char *url = dialect_part_entry_url(arena, entry);
    bool link_is_shown = *url != '\0' && dialect_part_name(title) != NULL;
    struct text out;

    text_init(&out, arena, SLACK_SCRATCH_BYTES);
    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        if (is_byline(entry, block) ||
                dialect_part_is_background(entry, block) ||
                (block->role == ROLE_LINK && link_is_shown))
            continue;
        if (block == title)
            add_title(&out, block, dialect_part_number(arena, entry), url);
        else
            add_section_line(&out, entry, block);
    }
    return text_string(&out);
}

typedef bool choice_fn(const struct document_node *entry,
        const struct document_node *block);

/* The chosen blocks of an entry in one text. */
static const char *entry_aside(struct arena *arena,
        const struct document_node *entry, choice_fn *is_chosen,
        const char *join)
{
    struct text out;

    text_init(&out, arena, SLACK_SCRATCH_BYTES);
    for (const struct document_node *block = entry->first; block != NULL;
            block = block->next) {
        if (!is_chosen(entry, block) ||
                *dialect_text_line(arena, block) == '\0')
            continue;
        if (out.length > 0)
            text_add(&out, join);
        add_line(&out, block);
    }
    return text_string(&out);
}

/* Within a fence only the entities count (Slack docs, "Formatting message
 * text"); what would end it is written with the sign that looks like it. */
static void add_verbatim(struct text *out, const struct document_node *block)
{
    const char *at = dialect_part_lines(out->arena, block);

    text_add(out, "```\n");
    for (; *at != '\0'; at++)
        if (*at == '&')
            text_add(out, "&amp;");
        else if (*at == '<')
            text_add(out, "&lt;");
        else if (*at == '>')
            text_add(out, "&gt;");
        else if (*at == '`')
            text_add(out, "ˋ");
        else
            text_add_n(out, at, 1);
    text_add(out, "```");
}

static const char *block_text(struct arena *arena,
        const struct document_node *block)
{
    struct text out;

    text_init(&out, arena, SLACK_SCRATCH_BYTES);
    if (block->kind == DOCUMENT_LIST)
        add_list(&out, block);
    else if (block->kind == DOCUMENT_VERBATIM)
        add_verbatim(&out, block);
    else
        add_own_line(&out, "", block);
    return text_string(&out);
}

static bool has_one_paper(const struct document *document)
{
    size_t papers = 0;

    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next)
        papers += block->kind == DOCUMENT_ENTRY;
    return papers == 1;
}

/* Beside one of many papers a menu; below the only one all that can be done with
 * it. */
static void add_presses(struct piece_list *pieces, struct arena *arena,
        const struct document *document, const struct document_node *entry)
{
    struct dialect_slack_block *piece = &pieces->items[0];

    if (*entry->paper_id == '\0' || pieces->count == 0)
        return;
    if (has_one_paper(document)) {
        piece = add_piece(pieces, SLACK_BLOCK_ACTIONS, "");
        piece->url = dialect_part_entry_url(arena, entry);
        piece->share = document->aside;
    }
    piece->paper_id = entry->paper_id;
    piece->language = document->language;
}

static struct piece_list pieces_of(struct arena *arena,
        const struct document *document, const struct document_node *block,
        bool presses)
{
    struct piece_list pieces = {0};

    if (block->kind == DOCUMENT_ENTRY) {
        add_piece(&pieces, SLACK_BLOCK_SECTION, entry_section(arena, block));
        add_piece(&pieces, SLACK_BLOCK_CONTEXT,
                entry_aside(arena, block, is_byline, " · "));
        add_piece(&pieces, SLACK_BLOCK_CONTEXT,
                entry_aside(arena, block, dialect_part_is_background, "\n"));
        if (presses)
            add_presses(&pieces, arena, document, block);
    } else if (block->role == ROLE_SECTION) {
        add_piece(&pieces, SLACK_BLOCK_DIVIDER, "");
        add_piece(&pieces, SLACK_BLOCK_SECTION, bold_line(arena, block));
    } else if (block->kind == DOCUMENT_HEADING) {
        add_piece(&pieces, SLACK_BLOCK_SECTION, bold_line(arena, block));
    } else {
        bool aside = block->role == ROLE_LEGEND || block->role == ROLE_CREDIT ||
                block->role == ROLE_FOOT;
        add_piece(&pieces, aside ? SLACK_BLOCK_CONTEXT : SLACK_BLOCK_SECTION,
                block_text(arena, block));
    }
    return pieces;
}

static struct dialect_split_room measure(const struct document *document,
        const struct document_node *block, bool presses, struct arena *scratch)
{
    struct piece_list pieces = pieces_of(scratch, document, block, presses);
    struct dialect_split_room takes = {.blocks = pieces.count};

    for (size_t i = 0; i < pieces.count; i++) {
        const struct dialect_slack_block *piece = &pieces.items[i];
        if (dialect_mrkdwn_characters(piece->text) > SLACK_TEXT)
            return (struct dialect_split_room){.units = DIALECT_SPLIT_NEVER};
        takes.units += dialect_slack_block_characters(piece);
    }
    takes.units +=
            dialect_mrkdwn_characters(dialect_slack_fallback_line(scratch,
                    document, block));
    takes.units++; /* its line end */
    return takes;
}

static struct dialect_split_room measure_mute(const struct document *document,
        const struct document_node *block, struct arena *scratch)
{
    return measure(document, block, false, scratch);
}

static struct dialect_split_room
measure_presses(const struct document *document,
        const struct document_node *block, struct arena *scratch)
{
    return measure(document, block, true, scratch);
}

/* One rendering under way. */
struct rendering {
    const struct document *document;
    struct arena *arena;
    bool presses;
    const char *header;
    struct dialect_split_list messages;
};

/* An answer can be shared by the button below its last message, unless its only
 * paper has that already. */
static bool ends_in_share(const struct rendering *rendering)
{
    const struct document *document = rendering->document;

    if (!rendering->presses || !document->aside)
        return false;
    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next)
        if (block->kind == DOCUMENT_ENTRY && *block->paper_id != '\0' &&
                has_one_paper(document))
            return false;
    return true;
}

static const char *message_of(const struct rendering *rendering, size_t part)
{
    const struct document *document = rendering->document;
    struct arena *arena = rendering->arena;
    const struct dialect_split_message *message =
            &rendering->messages.items[part];
    size_t parts = rendering->messages.count, count = 0;
    struct dialect_slack_block *blocks =
            arena_array(arena, struct dialect_slack_block, SLACK_BLOCKS);
    const struct dialect_slack_block header = {.kind = SLACK_BLOCK_HEADER,
            .text = rendering->header,
            .paper_id = ""};
    const struct dialect_slack_block share = {.kind = SLACK_BLOCK_ACTIONS,
            .text = "",
            .paper_id = "",
            .url = "",
            .language = document->language,
            .share = true};

    if (part == 0 && *rendering->header != '\0')
        blocks[count++] = header;
    for (size_t i = 0; i < message->count; i++) {
        struct piece_list pieces = pieces_of(arena, document,
                message->blocks[i], rendering->presses);
        for (size_t j = 0; j < pieces.count; j++)
            blocks[count++] = pieces.items[j];
    }
    if (part + 1 == parts && ends_in_share(rendering))
        blocks[count++] = share;
    return dialect_slack_block_message(blocks, count,
            dialect_slack_fallback_text(arena, document,
                    dialect_slack_fallback_title(arena, document, part, parts),
                    message),
            arena);
}

/* True of nothing but empty blocks. */
static bool says_nothing(const struct rendering *rendering, size_t part)
{
    const struct dialect_split_message *message =
            &rendering->messages.items[part];
    struct arena scratch = {0};
    size_t pieces = 0;

    for (size_t i = 0; i < message->count && pieces == 0; i++)
        pieces = pieces_of(&scratch, rendering->document, message->blocks[i],
                false)
                         .count;
    arena_finish(&scratch);
    return pieces == 0;
}

/* What calls for nobody's attention needs none: the paper says its title. */
static const char *document_header(struct arena *arena,
        const struct document *document)
{
    if (!dialect_slack_fallback_is_digest(document) || document->aside)
        return "";
    return dialect_part_cut(arena, dialect_mrkdwn_plain(arena, document->title),
            SLACK_HEADER - 1);
}

void dialect_slack_render(const struct document *document, bool presses,
        struct arena *arena, struct payload_list *payloads)
{
    struct rendering rendering = {.document = document,
            .arena = arena,
            .presses = presses,
            .header = document_header(arena, document)};
    const struct dialect_split_room room = {
            /* the header, who shared it, or the button for that */
            .blocks = SLACK_BLOCKS - 2,
            .units = SLACK_MESSAGE -
                    dialect_mrkdwn_characters(rendering.header) -
                    dialect_mrkdwn_characters(dialect_slack_fallback_title(
                            arena, document, 999, 1000)) -
                    SHARING_CHARACTERS,
    };

    *payloads = (struct payload_list){0};
    if (document->head) {
        dialect_payload_add(payloads, arena,
                dialect_slack_head(document, rendering.header, arena));
        return;
    }
    rendering.messages = dialect_split(document, room,
            presses ? measure_presses : measure_mute, arena);
    for (size_t i = 0; i < rendering.messages.count; i++)
        if (!says_nothing(&rendering, i))
            dialect_payload_add(payloads, arena, message_of(&rendering, i));
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)err;
    dialect_slack_render(document, false, arena, payloads);
    return true;
}

const struct dialect dialect_slack = {.name = "slack", .render = render};
