#include "tests/support/matrix_html.h"

#include "bot/base/text.h"

#include <expat.h>
#include <stdbool.h>
#include <string.h>

struct reading {
    struct arena *arena;
    struct text seen;
    const char *flaw;
    unsigned depth;
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0)
            return true;
    }
    return false;
}

static void on_start(void *ctx, const char *name, const char **attributes)
{
    static const char *const allowed[] = {"del", "h1", "h2", "h3", "h4", "h5",
            "h6", "blockquote", "p", "a", "ul", "ol", "sup", "sub", "li", "b",
            "i", "u", "strong", "em", "s", "code", "hr", "br", "div", "table",
            "thead", "tbody", "tr", "th", "td", "caption", "pre", "span",
            "details", "summary", NULL};
    struct reading *reading = ctx;

    /* The specification asks for at most 100 levels. */
    if (reading->depth++ == 0)
        return;
    if (reading->depth > 100 || !is_one_of(name, allowed))
        reading->flaw = arena_format(reading->arena, "tag %s", name);
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(name, "a") != 0 || strcmp(attributes[0], "href") != 0 ||
                strncmp(attributes[1], "https://", 8) != 0)
            reading->flaw = arena_format(reading->arena, "%s %s=%s", name,
                    attributes[0], attributes[1]);
    }
}

static void on_end(void *ctx, const char *name)
{
    (void)name;
    ((struct reading *)ctx)->depth--;
}

static void on_text(void *ctx, const char *bytes, int length)
{
    text_add_n(&((struct reading *)ctx)->seen, bytes, (size_t)length);
}

static void read_html(struct reading *reading, struct arena *arena,
        const char *html)
{
    const char *whole = arena_format(arena, "<body>%s</body>", html);
    XML_Parser parser = XML_ParserCreate("UTF-8");

    *reading = (struct reading){.arena = arena};
    text_init(&reading->seen, arena, strlen(html));
    XML_SetUserData(parser, reading);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    if (XML_Parse(parser, whole, (int)strlen(whole), 1) != XML_STATUS_OK)
        reading->flaw = arena_format(arena, "%s at byte %ld",
                XML_ErrorString(XML_GetErrorCode(parser)),
                XML_GetCurrentByteIndex(parser));
    XML_ParserFree(parser);
}

const char *matrix_html_flaw(struct arena *arena, const char *html)
{
    struct reading reading;

    read_html(&reading, arena, html);
    return reading.flaw;
}

const char *matrix_html_text(struct arena *arena, const char *html)
{
    struct reading reading;

    read_html(&reading, arena, html);
    return text_string(&reading.seen);
}
