#include "adapters/dialects/dialect_slack_fallback.h"

#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_slack_block.h"
#include "adapters/dialects/dialect_text.h"
#include "bot/base/text.h"

enum {
    SCRATCH_BYTES = 16 * 1024 * 1024,
    /* Of a line; even with each character escaped it fits. */
    FALLBACK_LINE_BYTES = 240,
};

/* Each line of a text begins so, but for the first. */
static void start_line(struct text *out)
{
    if (out->length > 0)
        text_add(out, "\n");
}

bool dialect_slack_fallback_is_digest(const struct document *document)
{
    const struct document_node *block = document->root.first;

    while (block != NULL && block->kind != DOCUMENT_ENTRY)
        block = block->next;
    return block != NULL;
}

static const char *fallback_line(struct arena *arena, const char *line)
{
    struct text out;

    text_init(&out, arena, SCRATCH_BYTES);
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
const char *dialect_slack_fallback_line(struct arena *arena,
        const struct document *document, const struct document_node *block)
{
    if (block->kind == DOCUMENT_ENTRY)
        return fallback_line(arena, numbered_name(arena, block));
    if (dialect_slack_fallback_is_digest(document))
        return "";
    return fallback_line(arena,
            block->kind == DOCUMENT_LIST ? document_plain(arena, block)
                                         : dialect_text_line(arena, block));
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

const char *dialect_slack_fallback_title(struct arena *arena,
        const struct document *document, size_t part, size_t parts)
{
    if (!dialect_slack_fallback_is_digest(document) || document->aside)
        return "";
    if (parts == 1)
        return fallback_line(arena, document->title);
    return arena_format(arena, "%s (%zu/%zu)",
            fallback_line(arena, document->title), part + 1, parts);
}

const char *dialect_slack_fallback_text(struct arena *arena,
        const struct document *document, const char *title,
        const struct dialect_split_message *message)
{
    struct text out;

    text_init(&out, arena, SCRATCH_BYTES);
    bool has_room = add_fallback(&out, title);
    for (size_t i = 0; has_room && i < message->count; i++)
        has_room = add_fallback(&out,
                dialect_slack_fallback_line(arena, document,
                        message->blocks[i]));
    /* Slack refuses a message without a text ("no_text"). */
    return out.length > 0 ? text_string(&out) : "arXiv";
}
