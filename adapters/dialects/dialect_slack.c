#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialect_split.h"
#include "adapters/dialects/dialect_text.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"

#include <string.h>

/* All in characters. */
enum {
    /* Slack API, Block Kit reference, "Blocks": 50 blocks a message. */
    SLACK_BLOCKS = 50,
    /* Block Kit reference, text object: 3000 characters. */
    SLACK_TEXT = 3000,
    /* Block Kit reference, header block: 150 characters. */
    SLACK_HEADER = 150,
    /* Undocumented: messages were refused from 11341 characters on
     * (slackapi/bolt-js issue 2509); well below that. */
    SLACK_MESSAGE = 9000,
    /* The fall-back text is for notifications; past 3000 Slack was seen to
     * post a message twice (slackapi/bolt-python issue 764). */
    SLACK_FALLBACK = 1500,
    /* What one block may come to before it is shortened. */
    SLACK_SCRATCH_BYTES = 16 * 1024 * 1024,
    /* A line of the fall-back; even with each character escaped it fits. */
    FALLBACK_LINE_BYTES = 240,
    PIECES_MAX = 3,
};

enum piece_kind {
    PIECE_HEADER,
    PIECE_SECTION,
    PIECE_CONTEXT, /* small and grey */
    PIECE_DIVIDER,
};

/* One of Slack's blocks, as far as ours differ. */
struct piece {
    enum piece_kind kind;
    const char *text;
};

struct piece_list {
    struct piece items[PIECES_MAX];
    size_t count;
};

static void add_piece(struct piece_list *pieces, enum piece_kind kind,
        const char *text)
{
    if (kind != PIECE_DIVIDER && *text == '\0')
        return;
    pieces->items[pieces->count++] = (struct piece){.kind = kind, .text = text};
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

static struct piece_list pieces_of(struct arena *arena,
        const struct document_node *block)
{
    struct piece_list pieces = {0};

    if (block->kind == DOCUMENT_ENTRY) {
        add_piece(&pieces, PIECE_SECTION, entry_section(arena, block));
        add_piece(&pieces, PIECE_CONTEXT,
                entry_aside(arena, block, is_byline, " · "));
        add_piece(&pieces, PIECE_CONTEXT,
                entry_aside(arena, block, dialect_part_is_background, "\n"));
    } else if (block->role == ROLE_SECTION) {
        add_piece(&pieces, PIECE_DIVIDER, "");
        add_piece(&pieces, PIECE_SECTION, bold_line(arena, block));
    } else if (block->kind == DOCUMENT_HEADING) {
        add_piece(&pieces, PIECE_SECTION, bold_line(arena, block));
    } else {
        bool aside = block->role == ROLE_LEGEND || block->role == ROLE_CREDIT ||
                block->role == ROLE_FOOT;
        add_piece(&pieces, aside ? PIECE_CONTEXT : PIECE_SECTION,
                block_text(arena, block));
    }
    return pieces;
}

static cJSON *text_object(const char *type, const char *text)
{
    cJSON *object = dialect_payload_object();

    dialect_payload_string(object, "type", type);
    dialect_payload_string(object, "text", text);
    /* Names and addresses in running text stay text (Block Kit reference, text
     * object). */
    if (strcmp(type, "mrkdwn") == 0)
        dialect_payload_bool(object, "verbatim", true);
    else
        dialect_payload_bool(object, "emoji", false);
    return object;
}

static cJSON *piece_object(const struct piece *piece)
{
    static const char *const types[] = {
            [PIECE_HEADER] = "header",
            [PIECE_SECTION] = "section",
            [PIECE_CONTEXT] = "context",
            [PIECE_DIVIDER] = "divider",
    };
    cJSON *object = dialect_payload_object();

    dialect_payload_string(object, "type", types[piece->kind]);
    if (piece->kind == PIECE_HEADER) {
        dialect_payload_value(object, "text",
                text_object("plain_text", piece->text));
    } else if (piece->kind == PIECE_SECTION) {
        dialect_payload_value(object, "text",
                text_object("mrkdwn", piece->text));
    } else if (piece->kind == PIECE_CONTEXT) {
        cJSON *elements = dialect_payload_array();
        dialect_payload_item(elements, text_object("mrkdwn", piece->text));
        dialect_payload_value(object, "elements", elements);
    }
    return object;
}

static bool is_digest(const struct document *document)
{
    const struct document_node *block = document->root.first;

    while (block != NULL && block->kind != DOCUMENT_ENTRY)
        block = block->next;
    return block != NULL;
}

static const char *fallback_line(struct arena *arena, const char *line)
{
    struct text out;

    text_init(&out, arena, SLACK_SCRATCH_BYTES);
    dialect_mrkdwn_text(&out,
            dialect_part_cut(arena, line, FALLBACK_LINE_BYTES));
    return text_string(&out);
}

static const char *numbered_name(struct arena *arena,
        const struct document_node *entry)
{
    const struct document_node *name =
            dialect_part_name(document_find(entry, ROLE_TITLE));
    const char *text = name == NULL ? "" : name->text;

    if (entry->number == 0)
        return text;
    return arena_format(arena, "%u. %s", entry->number, text);
}

/* A block's line in the fall-back: of a digest the papers' titles, of anything
 * else its own words. */
static const char *block_fallback(struct arena *arena,
        const struct document *document, const struct document_node *block)
{
    if (block->kind == DOCUMENT_ENTRY)
        return fallback_line(arena, numbered_name(arena, block));
    if (is_digest(document))
        return "";
    return fallback_line(arena,
            block->kind == DOCUMENT_LIST ? document_plain(arena, block)
                                         : dialect_text_line(arena, block));
}

static struct dialect_split_room measure(const struct document *document,
        const struct document_node *block, struct arena *scratch)
{
    struct piece_list pieces = pieces_of(scratch, block);
    struct dialect_split_room takes = {.blocks = pieces.count};

    for (size_t i = 0; i < pieces.count; i++) {
        size_t characters = dialect_mrkdwn_characters(pieces.items[i].text);
        if (characters > SLACK_TEXT)
            return (struct dialect_split_room){.units = DIALECT_SPLIT_NEVER};
        takes.units += characters;
    }
    takes.units +=
            dialect_mrkdwn_characters(block_fallback(scratch, document, block));
    takes.units++; /* its line end */
    return takes;
}

/* One more line, or "…" and false when there is no room for it. */
static bool add_fallback(struct text *out, const char *line)
{
    if (*line == '\0')
        return true;
    size_t characters = dialect_mrkdwn_characters(text_string(out)) +
            dialect_mrkdwn_characters(line);
    bool has_room = characters + 3 <= SLACK_FALLBACK;
    start_line(out);
    text_add(out, has_room ? line : "…");
    return has_room;
}

static const char *message_title(struct arena *arena,
        const struct document *document, size_t part, size_t parts)
{
    if (!is_digest(document))
        return "";
    if (parts == 1)
        return fallback_line(arena, document->title);
    return arena_format(arena, "%s (%zu/%zu)",
            fallback_line(arena, document->title), part + 1, parts);
}

static const char *fallback_text(struct arena *arena,
        const struct document *document, const char *title,
        const struct dialect_split_message *message)
{
    struct text out;

    text_init(&out, arena, SLACK_SCRATCH_BYTES);
    bool has_room = add_fallback(&out, title);
    for (size_t i = 0; has_room && i < message->count; i++)
        has_room = add_fallback(&out,
                block_fallback(arena, document, message->blocks[i]));
    /* Slack refuses a message without a text ("no_text"). */
    return out.length > 0 ? text_string(&out) : "arXiv";
}

static const char *message_body(struct arena *arena, const char *fallback,
        const char *header, const struct dialect_split_message *message)
{
    cJSON *body = dialect_payload_object();
    cJSON *blocks = dialect_payload_array();

    if (*header != '\0')
        dialect_payload_item(blocks,
                piece_object(&(struct piece){PIECE_HEADER, header}));
    for (size_t i = 0; i < message->count; i++) {
        struct piece_list pieces = pieces_of(arena, message->blocks[i]);
        for (size_t j = 0; j < pieces.count; j++)
            dialect_payload_item(blocks, piece_object(&pieces.items[j]));
    }
    dialect_payload_string(body, "text", fallback);
    dialect_payload_value(body, "blocks", blocks);
    dialect_payload_bool(body, "unfurl_links", false);
    dialect_payload_bool(body, "unfurl_media", false);
    return dialect_payload_print(arena, body, false);
}

/* True of nothing but empty blocks. */
static bool says_nothing(const struct dialect_split_message *message)
{
    struct arena scratch = {0};
    size_t pieces = 0;

    for (size_t i = 0; i < message->count && pieces == 0; i++)
        pieces = pieces_of(&scratch, message->blocks[i]).count;
    arena_finish(&scratch);
    return pieces == 0;
}

static const char *document_header(struct arena *arena,
        const struct document *document)
{
    if (!is_digest(document))
        return "";
    return dialect_part_cut(arena, dialect_mrkdwn_plain(arena, document->title),
            SLACK_HEADER - 1);
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)err;
    const char *header = document_header(arena, document);
    const struct dialect_split_room room = {
            .blocks = SLACK_BLOCKS - 1, /* the header */
            .units = SLACK_MESSAGE - dialect_mrkdwn_characters(header) -
                    dialect_mrkdwn_characters(message_title(arena, document,
                            999, 1000)),
    };
    struct dialect_split_list messages =
            dialect_split(document, room, measure, arena);

    *payloads = (struct payload_list){0};
    for (size_t i = 0; i < messages.count; i++) {
        const struct dialect_split_message *message = &messages.items[i];
        if (says_nothing(message))
            continue;
        const char *fallback = fallback_text(arena, document,
                message_title(arena, document, i, messages.count), message);
        dialect_payload_add(payloads, arena,
                message_body(arena, fallback, i == 0 ? header : "", message));
    }
    return true;
}

const struct dialect dialect_slack = {.name = "slack", .render = render};
