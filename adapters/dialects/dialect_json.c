#include "adapters/dialects/dialect_part.h"
#include "adapters/dialects/dialect_payload.h"
#include "adapters/dialects/dialect_text.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    JSON_BYTES_MAX = 16 * 1024 * 1024, /* ours, as for plain text */
};

/* All blocks of a role below parent: their lines, one below the other. */
static const char *role_text(struct arena *arena,
        const struct document_node *parent, enum document_role role)
{
    struct text lines;

    text_init(&lines, arena, JSON_BYTES_MAX);
    for (const struct document_node *block = parent->first; block != NULL;
            block = block->next) {
        if (block->role != role)
            continue;
        const char *line = dialect_text_line(arena, block);
        if (*line != '\0' && lines.length > 0)
            text_add(&lines, "\n");
        text_add(&lines, line);
    }
    return text_string(&lines);
}

/* What has no role of its own: an answer's paragraphs, list items. */
static cJSON *other_lines(struct arena *arena,
        const struct document_node *parent)
{
    cJSON *array = dialect_payload_array();

    for (const struct document_node *block = parent->first; block != NULL;
            block = block->next) {
        struct text lines;
        if (block->role != ROLE_NONE || block->kind == DOCUMENT_ENTRY)
            continue;
        text_init(&lines, arena, JSON_BYTES_MAX);
        dialect_text_block(&lines, block);
        char *line = arena_string(arena, text_string(&lines));
        for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            *end = '\0';
            dialect_payload_item(array, cJSON_CreateString(line));
        }
    }
    return array;
}

static const char *tag_of(const struct document_node *title)
{
    if (title == NULL)
        return "";
    for (const struct document_node *piece = title->first; piece != NULL;
            piece = piece->next) {
        if (piece->kind == DOCUMENT_TAG)
            return piece->text;
    }
    return "";
}

static const char *name_of(const struct document_node *title)
{
    const struct document_node *name = dialect_part_name(title);

    return name == NULL ? "" : name->text;
}

static cJSON *number_of(const struct document_node *entry)
{
    return entry->number == 0 ? cJSON_CreateNull()
                              : cJSON_CreateNumber(entry->number);
}

static cJSON *entry_object(struct arena *arena,
        const struct document_node *entry, const char *section)
{
    const struct document_node *title = document_find(entry, ROLE_TITLE);
    cJSON *object = dialect_payload_object();

    dialect_payload_value(object, "number", number_of(entry));
    dialect_payload_string(object, "id", entry->paper_id);
    dialect_payload_string(object, "tag", text_one_line(arena, tag_of(title)));
    dialect_payload_string(object, "title",
            text_one_line(arena, name_of(title)));
    static const struct {
        const char *name;
        enum document_role role;
    } fields[] = {
            {"authors", ROLE_AUTHORS},
            {"affiliations", ROLE_AFFILIATIONS},
            {"note_title", ROLE_NOTE_TITLE},
            {"note", ROLE_NOTE},
            {"abstract", ROLE_ABSTRACT},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        dialect_payload_string(object, fields[i].name,
                role_text(arena, entry, fields[i].role));
    dialect_payload_string(object, "url", dialect_part_entry_url(arena, entry));
    dialect_payload_string(object, "section", section);
    dialect_payload_value(object, "text", other_lines(arena, entry));
    return object;
}

static cJSON *entry_array(struct arena *arena, const struct document *document)
{
    cJSON *entries = dialect_payload_array();
    const char *section = "";

    for (const struct document_node *block = document->root.first;
            block != NULL; block = block->next) {
        if (block->role == ROLE_SECTION)
            section = dialect_text_line(arena, block);
        else if (block->kind == DOCUMENT_ENTRY)
            dialect_payload_item(entries, entry_object(arena, block, section));
    }
    return entries;
}

static bool render(const struct document *document, struct arena *arena,
        struct payload_list *payloads, struct error *err)
{
    (void)err;
    const struct document_node *root = &document->root;
    cJSON *object = dialect_payload_object();

    dialect_payload_string(object, "title",
            text_one_line(arena, document->title));
    dialect_payload_string(object, "language", document->language);
    dialect_payload_string(object, "legend",
            role_text(arena, root, ROLE_LEGEND));
    dialect_payload_string(object, "credit",
            role_text(arena, root, ROLE_CREDIT));
    dialect_payload_string(object, "headline",
            role_text(arena, root, ROLE_HEADLINE));
    dialect_payload_value(object, "text", other_lines(arena, root));
    dialect_payload_value(object, "entries", entry_array(arena, document));
    dialect_payload_string(object, "foot", role_text(arena, root, ROLE_FOOT));
    *payloads = (struct payload_list){0};
    dialect_payload_add(payloads, arena,
            dialect_payload_print(arena, object, true));
    return true;
}

const struct dialect dialect_json = {.name = "json", .render = render};
