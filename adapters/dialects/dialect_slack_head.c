#include "adapters/dialects/dialect_slack_head.h"

#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_slack_block.h"
#include "bot/base/text.h"

#include <stdint.h>
#include <string.h>

enum {
    FALLBACK_CHARACTERS = 200,
    /* Rather no legend and a short headline than less of a title; and rather no
     * headline than still less. */
    TITLE_BYTES_WHOLE = 140,
    TITLE_BYTES_WANTED = 72,
    /* Of what is no title; even with each character escaped a block holds it. */
    OTHER_BYTES = 600,
    SCRATCH_BYTES = 1024 * 1024,
};

/* How much of what is said. */
struct measure {
    size_t headline_bytes, title_bytes;
    bool aside; /* the legend, who recommends it, and the foot */
};

/* What is given up, mildest first. */
static const struct measure ways[] = {
        {.headline_bytes = SIZE_MAX, .aside = true},
        {.headline_bytes = 480, .aside = true},
        {.headline_bytes = 240, .aside = true},
        {.headline_bytes = 240, .aside = false},
        {.headline_bytes = 120, .aside = false},
        {.headline_bytes = 0, .aside = false},
};

enum {
    WAYS = sizeof ways / sizeof ways[0],
    WAYS_WITH_HEADLINE = 4,
};

struct head {
    const struct document *document;
    struct arena *arena;
    struct measure measure;
    size_t fallback_characters;
    struct dialect_slack_block blocks[SLACK_BLOCKS];
    size_t count;
    struct text lines; /* of titles, not yet a block */
};

static void add_block(struct head *head, enum dialect_slack_block_kind kind,
        const char *text)
{
    if (head->count < SLACK_BLOCKS && *text != '\0')
        head->blocks[head->count++] = (struct dialect_slack_block){.kind = kind,
                .text = text,
                .paper_id = "",
                .url = "",
                .language = ""};
}

/* A new text each time: a block holds the one before. */
static void end_lines(struct head *head)
{
    if (head->lines.length > 0)
        add_block(head, SLACK_BLOCK_SECTION, text_string(&head->lines));
    text_init(&head->lines, head->arena, SCRATCH_BYTES);
}

static const char *escaped(struct head *head, const char *text, size_t bytes)
{
    struct text out;

    text_init(&out, head->arena, SCRATCH_BYTES);
    dialect_mrkdwn_text(&out, dialect_part_cut(head->arena, text, bytes));
    return text_string(&out);
}

static const char *bold(struct head *head, const char *text)
{
    struct text out;

    text_init(&out, head->arena, SCRATCH_BYTES);
    dialect_mrkdwn_strong_link(&out, text, "");
    return text_string(&out);
}

static const char *title_of(struct head *head,
        const struct document_node *entry)
{
    const struct document_node *title = document_find(entry, ROLE_TITLE);

    return title == NULL ? "" : document_plain(head->arena, title);
}

static void add_title(struct head *head, const struct document_node *entry)
{
    if (dialect_mrkdwn_characters(text_string(&head->lines)) > SLACK_HEAD)
        end_lines(head); /* an absurd number of papers */
    if (head->lines.length > 0)
        text_add(&head->lines, "\n");
    text_add(&head->lines, dialect_part_number(head->arena, entry));
    text_add(&head->lines,
            escaped(head, title_of(head, entry), head->measure.title_bytes));
}

static void add_other(struct head *head, const struct document_node *block)
{
    const char *plain = document_plain(head->arena, block);
    bool aside = block->role == ROLE_LEGEND || block->role == ROLE_CREDIT ||
            block->role == ROLE_FOOT;

    end_lines(head);
    if (block->role == ROLE_HEADLINE && head->measure.headline_bytes > 0)
        add_block(head, SLACK_BLOCK_SECTION,
                escaped(head, plain, head->measure.headline_bytes));
    else if (aside && head->measure.aside)
        add_block(head, SLACK_BLOCK_CONTEXT, escaped(head, plain, OTHER_BYTES));
    else if (block->kind == DOCUMENT_HEADING || block->role == ROLE_SECTION)
        add_block(head, SLACK_BLOCK_SECTION,
                bold(head, dialect_part_cut(head->arena, plain, OTHER_BYTES)));
    else if (!aside && block->role != ROLE_HEADLINE)
        add_block(head, SLACK_BLOCK_SECTION, escaped(head, plain, OTHER_BYTES));
}

static void make(struct head *head, const char *header)
{
    head->count = 0;
    text_init(&head->lines, head->arena, SCRATCH_BYTES);
    add_block(head, SLACK_BLOCK_HEADER, header);
    for (const struct document_node *block = head->document->root.first;
            block != NULL; block = block->next)
        if (block->kind == DOCUMENT_ENTRY)
            add_title(head, block);
        else
            add_other(head, block);
    end_lines(head);
}

/* What a notification shows: the title and the first papers, as far as they
 * go. */
static const char *fallback_of(struct head *head, size_t most)
{
    struct text out;

    text_init(&out, head->arena, SCRATCH_BYTES);
    dialect_mrkdwn_text(&out, head->document->title);
    for (const struct document_node *block = head->document->root.first;
            block != NULL; block = block->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        const char *line = arena_format(head->arena, "\n%s%s",
                dialect_part_number(head->arena, block),
                escaped(head, title_of(head, block), 120));
        if (dialect_mrkdwn_characters(text_string(&out)) +
                        dialect_mrkdwn_characters(line) >
                most)
            break;
        text_add(&out, line);
    }
    return out.length > 0 ? text_string(&out) : "arXiv";
}

static bool fits(const struct head *head, const char *header,
        struct measure measure)
{
    struct arena scratch = {0};
    struct head *tried = arena_new(&scratch, struct head);
    size_t characters = head->fallback_characters;

    tried->document = head->document;
    tried->arena = &scratch;
    tried->measure = measure;
    make(tried, header);
    for (size_t i = 0; i < tried->count; i++)
        characters += dialect_slack_block_characters(&tried->blocks[i]);
    arena_finish(&scratch);
    return characters <= SLACK_HEAD;
}

static size_t longest_title(struct head *head)
{
    size_t longest = 0;

    for (const struct document_node *block = head->document->root.first;
            block != NULL; block = block->next) {
        if (block->kind != DOCUMENT_ENTRY)
            continue;
        size_t length = strlen(title_of(head, block));
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* The most bytes of each title with which all fits. */
static size_t title_bytes(const struct head *head, const char *header,
        struct measure measure, size_t longest)
{
    size_t well = 0, ill = longest + 1;

    while (ill - well > 1) {
        size_t middle = well + (ill - well) / 2;
        measure.title_bytes = middle;
        if (fits(head, header, measure))
            well = middle;
        else
            ill = middle;
    }
    return well;
}

/* The mildest of so many ways that leaves so much of each title; false, and the
 * last of them, if none does. */
static bool try_ways(struct head *head, const char *header, size_t count,
        size_t longest, size_t wanted)
{
    for (size_t i = 0; i < count; i++) {
        head->measure = ways[i];
        head->measure.title_bytes = title_bytes(head, header, ways[i], longest);
        if (head->measure.title_bytes >= (longest < wanted ? longest : wanted))
            return true;
    }
    return false;
}

static const char *choose(struct head *head, const char *header)
{
    size_t longest = longest_title(head);
    const char *fallback = fallback_of(head, FALLBACK_CHARACTERS);

    head->fallback_characters = dialect_mrkdwn_characters(fallback);
    if (try_ways(head, header, 1, longest, TITLE_BYTES_WHOLE))
        return fallback;
    fallback = fallback_of(head, 0);
    head->fallback_characters = dialect_mrkdwn_characters(fallback);
    if (!try_ways(head, header, WAYS_WITH_HEADLINE, longest, TITLE_BYTES_WHOLE))
        try_ways(head, header, WAYS, longest, TITLE_BYTES_WANTED);
    return fallback;
}

const char *dialect_slack_head(const struct document *document,
        const char *header, struct arena *arena)
{
    struct head *head = arena_new(arena, struct head);

    head->document = document;
    head->arena = arena;
    const char *fallback = choose(head, header);
    make(head, header);
    return dialect_slack_block_message(head->blocks, head->count, fallback,
            arena);
}
