#include "tests/support/html_page.h"

#include "bot/base/text.h"

#include <expat.h>
#include <stdbool.h>
#include <string.h>

struct reading {
    struct arena *arena;
    struct text seen, style;
    const char *flaw;
    bool in_body, in_style;
};

/* An element and the attributes it may have. */
static const struct element {
    const char *name, *attributes[4];
} elements[] = {
        {"html", {"lang"}},
        {"head", {NULL}},
        {"meta", {"charset", "http-equiv", "content", "name"}},
        {"title", {NULL}},
        {"style", {NULL}},
        {"body", {NULL}},
        {"main", {NULL}},
        {"article", {NULL}},
        {"h1", {NULL}},
        {"h2", {"class", "lang"}},
        {"p", {"class", "lang"}},
        {"ul", {"class", "lang"}},
        {"li", {"class", "lang"}},
        {"span", {"class"}},
        {"strong", {NULL}},
        {"em", {NULL}},
        {"code", {NULL}},
        {"details", {NULL}},
        {"summary", {NULL}},
        {"a", {"href"}},
};

static const struct element *find_element(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return &elements[i];
    return NULL;
}

static bool has_attribute(const struct element *element, const char *name)
{
    for (size_t i = 0; i < 4 && element->attributes[i] != NULL; i++)
        if (strcmp(element->attributes[i], name) == 0)
            return true;
    return false;
}

static void on_start(void *ctx, const char *name, const char **attributes)
{
    struct reading *reading = ctx;
    const struct element *element = find_element(name);

    reading->in_style = strcmp(name, "style") == 0;
    if (strcmp(name, "body") == 0)
        reading->in_body = true;
    if (element == NULL) {
        reading->flaw = arena_format(reading->arena, "tag %s", name);
        return;
    }
    for (; *attributes != NULL; attributes += 2) {
        bool link = strcmp(attributes[0], "href") == 0;
        if (!has_attribute(element, attributes[0]) ||
                (link && strncmp(attributes[1], "https://", 8) != 0))
            reading->flaw = arena_format(reading->arena, "%s %s=%s", name,
                    attributes[0], attributes[1]);
    }
}

static void on_end(void *ctx, const char *name)
{
    (void)name;
    ((struct reading *)ctx)->in_style = false;
}

static void on_text(void *ctx, const char *bytes, int length)
{
    struct reading *reading = ctx;

    if (reading->in_body)
        text_add_n(&reading->seen, bytes, (size_t)length);
    if (reading->in_style)
        text_add_n(&reading->style, bytes, (size_t)length);
}

static void read_page(struct reading *reading, struct arena *arena,
        const char *page)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");

    *reading = (struct reading){.arena = arena};
    text_init(&reading->seen, arena, SIZE_MAX / 2);
    text_init(&reading->style, arena, SIZE_MAX / 2);
    XML_SetUserData(parser, reading);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    if (XML_Parse(parser, page, (int)strlen(page), 1) != XML_STATUS_OK)
        reading->flaw = arena_format(arena, "%s at byte %ld",
                XML_ErrorString(XML_GetErrorCode(parser)),
                XML_GetCurrentByteIndex(parser));
    XML_ParserFree(parser);
    const char *style = text_string(&reading->style);
    if (strstr(style, "url(") != NULL || strstr(style, "@import") != NULL)
        reading->flaw = "the style asks for a file";
}

const char *html_page_flaw(struct arena *arena, const char *page)
{
    struct reading reading;

    if (strncmp(page, "<!DOCTYPE html>\n", 16) != 0)
        return "no doctype";
    read_page(&reading, arena, page);
    return reading.flaw;
}

const char *html_page_text(struct arena *arena, const char *page)
{
    struct reading reading;

    read_page(&reading, arena, page);
    return text_string(&reading.seen);
}
