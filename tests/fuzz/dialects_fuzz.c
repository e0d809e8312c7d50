/*
 * A document built from bytes, in every dialect: within the product's limits,
 * well-formed, and nobody is called.
 *
 * The input is a list of orders, a byte each, most followed by a text up to the
 * next line end.
 */
#include "adapters/dialects/dialect_markdown.h"
#include "adapters/dialects/dialect_mrkdwn.h"
#include "adapters/dialects/dialect_slack.h"
#include "adapters/dialects/dialects.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/html_page.h"
#include "tests/support/matrix_html.h"
#include "tests/support/slack_limits.h"

#include <cjson/cJSON.h>
#include <strings.h>

enum {
    MATRIX_EVENT_BYTES = 60 * 1000, /* 65,536 less the server's own part */
    MARKDOWN_CHARACTERS = 2000,     /* Discord's */
    REPEATS_MAX = 400,
    DOCUMENT_BYTES_MAX = 120 * 1000, /* three events of Matrix's */
};

struct builder {
    struct document *document;
    struct document_node *entry; /* or NULL: blocks go to the root */
    struct document_node *block; /* that pieces go into; or NULL */
    const uint8_t *at, *end;
    size_t bytes_left; /* of texts, so that an input does not take seconds */
};

/* The text up to the next line end.  Behind "*" and a byte it is repeated, the
 * more the higher the byte. */
static const char *next_text(struct builder *builder)
{
    struct arena *arena = builder->document->arena;
    const uint8_t *from = builder->at;

    while (builder->at < builder->end && *builder->at != '\n')
        builder->at++;
    size_t length = (size_t)(builder->at - from);
    builder->at += builder->at < builder->end;
    size_t repeats = 1;
    if (length > 2 && from[0] == '*') {
        repeats = 1 + (size_t)from[1] * REPEATS_MAX / 255;
        from += 2;
        length -= 2;
    }
    struct text text;
    text_init(&text, arena, builder->bytes_left);
    for (size_t i = 0; i < repeats; i++)
        text_add_n(&text, (const char *)from, length);
    builder->bytes_left -= text.length;
    return text_repair(arena, text_string(&text), text.length);
}

static void begin_block(struct builder *builder, unsigned order)
{
    struct document *document = builder->document;
    struct document_node *parent =
            builder->entry != NULL ? builder->entry : &document->root;
    enum document_kind kind = order & 1 ? DOCUMENT_PARAGRAPH : DOCUMENT_LIST;
    enum document_role role = (enum document_role)(order / 2 % (ROLE_FOOT + 1));

    if (order % 32 == 31)
        kind = DOCUMENT_HEADING;
    builder->block = document_block(document, parent, kind, role);
    if (kind == DOCUMENT_LIST)
        builder->block = document_block(document, builder->block, DOCUMENT_ITEM,
                ROLE_NONE);
}

static void begin_entry(struct builder *builder, unsigned order)
{
    struct document *document = builder->document;

    builder->entry = document_block(document, &document->root, DOCUMENT_ENTRY,
            ROLE_NONE);
    builder->entry->number = order % 12;
    builder->entry->paper_id = "2210.11693";
    builder->block = document_block(document, builder->entry,
            DOCUMENT_PARAGRAPH, ROLE_TITLE);
}

static void add_piece(struct builder *builder, unsigned order)
{
    static const enum document_kind kinds[] = {DOCUMENT_TEXT, DOCUMENT_STRONG,
            DOCUMENT_EMPHASIS, DOCUMENT_CODE, DOCUMENT_TAG, DOCUMENT_LINK};
    enum document_kind kind = kinds[order % 6];
    const char *text = next_text(builder);

    if (builder->block == NULL)
        begin_block(builder, order);
    if (kind == DOCUMENT_LINK)
        document_link(builder->document, builder->block, text,
                next_text(builder));
    else
        document_inline(builder->document, builder->block, kind, text);
}

static void build(struct builder *builder)
{
    struct document *document = builder->document;

    document->title = next_text(builder);
    while (builder->at < builder->end) {
        unsigned order = *builder->at++;
        if (order < 32)
            builder->entry = builder->block = NULL;
        else if (order < 96)
            begin_block(builder, order);
        else if (order < 112)
            begin_entry(builder, order);
        else
            add_piece(builder, order);
    }
}

static struct payload_list rendered(const struct dialect *dialect,
        const struct document *document)
{
    struct payload_list payloads = {0};
    struct error err = {0};

    fuzz_claim(dialect->render(document, document->arena, &payloads, &err),
            "every document can be said");
    for (size_t i = 0; i < payloads.count; i++) {
        const struct payload *payload = &payloads.items[i];
        fuzz_claim(payload->length == strlen(payload->bytes),
                "a payload's length is true");
        fuzz_claim(text_is_utf8(payload->bytes, payload->length),
                "a payload is UTF-8");
    }
    return payloads;
}

static void check_matrix(const struct document *document)
{
    struct payload_list payloads = rendered(&dialect_matrix, document);

    for (size_t i = 0; i < payloads.count; i++) {
        cJSON *content = cJSON_Parse(payloads.items[i].bytes);
        const char *body =
                cJSON_GetStringValue(cJSON_GetObjectItem(content, "body"));
        const char *html = cJSON_GetStringValue(cJSON_GetObjectItem(content,
                "formatted_body"));
        fuzz_claim(payloads.items[i].length <= MATRIX_EVENT_BYTES,
                "an event is within Matrix's limit");
        fuzz_claim(body != NULL && html != NULL, "an event has both bodies");
        fuzz_claim(*body != '\0', "an event says something");
        const char *flaw = matrix_html_flaw(document->arena, html);
        fuzz_claim(flaw == NULL, flaw);
        fuzz_claim(strcasestr(body, "@room") == NULL, "nobody is called");
        cJSON_Delete(content);
    }
}

static void check_slack_messages(const struct document *document,
        const struct payload_list *payloads)
{
    for (size_t i = 0; i < payloads->count; i++) {
        size_t characters = 0;
        const char *flaw = slack_limits_flaw(document->arena,
                payloads->items[i].bytes, &characters);
        fuzz_claim(flaw == NULL, flaw);
    }
}

static void check_slack(const struct document *document)
{
    struct payload_list payloads = rendered(&dialect_slack, document);
    struct document other = *document;

    check_slack_messages(document, &payloads);
    other.aside = !document->aside;
    dialect_slack_render(&other, true, document->arena, &payloads);
    check_slack_messages(document, &payloads);
    other.head = true;
    dialect_slack_render(&other, true, document->arena, &payloads);
    check_slack_messages(document, &payloads);
}

static void check_text(const struct document *document)
{
    struct payload_list payloads = rendered(&dialect_text, document);

    for (size_t i = 0; i < payloads.count; i++)
        for (const char *at = payloads.items[i].bytes; *at != '\0'; at++)
            fuzz_claim((unsigned char)*at >= ' ' || *at == '\n',
                    "a terminal is told nothing");
}

static void check_json(const struct document *document)
{
    struct payload_list payloads = rendered(&dialect_json, document);
    cJSON *object = cJSON_Parse(payloads.items[0].bytes);

    fuzz_claim(payloads.count == 1 && cJSON_IsObject(object),
            "programs get one object");
    cJSON_Delete(object);
}

static void check_html(const struct document *document)
{
    struct payload_list payloads = rendered(&dialect_html, document);

    for (size_t i = 0; i < payloads.count; i++) {
        const char *flaw =
                html_page_flaw(document->arena, payloads.items[i].bytes);
        fuzz_claim(flaw == NULL, flaw);
    }
}

static void check_markdown(const struct document *document)
{
    struct payload_list payloads = {0};

    rendered(&dialect_markdown, document);
    dialect_markdown_messages(document, MARKDOWN_CHARACTERS, document->arena,
            &payloads);
    for (size_t i = 0; i < payloads.count; i++) {
        const char *bytes = payloads.items[i].bytes;
        fuzz_claim(dialect_mrkdwn_characters(bytes) <= MARKDOWN_CHARACTERS,
                "a message is within its limit");
        fuzz_claim(text_is_utf8(bytes, strlen(bytes)), "a message is UTF-8");
        fuzz_claim(strcasestr(bytes, "@everyone") == NULL, "nobody is called");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct document document;
    struct builder builder = {
            .document = &document,
            .at = data,
            .end = data + size,
            .bytes_left = DOCUMENT_BYTES_MAX,
    };

    document_init(&document, &arena, size % 2 == 0 ? "zh" : "en");
    document.spaced = size % 3 == 0;
    build(&builder);
    check_text(&document);
    check_json(&document);
    check_html(&document);
    check_markdown(&document);
    check_matrix(&document);
    check_slack(&document);
    arena_finish(&arena);
    return 0;
}
