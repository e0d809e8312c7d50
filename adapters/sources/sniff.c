#include "adapters/sources/sniff.h"

#include "bot/base/text.h"

#include <string.h>

static const char BLANK[] = " \t\r\n";

static const char RIGHT[] =
        "right would be RSS or Atom of arXiv, OAI-PMH, the metadata snapshot, "
        "Hugging Face daily papers, or JSONL with id and title in each line, "
        "plain or gzip";

bool sniff_finds(const struct input_look *look, const char *string)
{
    size_t length = strlen(string);
    const char *at = look->bytes, *end = look->bytes + look->length;

    while ((at = memchr(at, string[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) < length)
            return false;
        if (memcmp(at, string, length) == 0)
            return true;
        at++;
    }
    return false;
}

static bool begins(const struct input_look *look, const char *mark)
{
    size_t length = strlen(mark);
    return look->length >= length && memcmp(look->bytes, mark, length) == 0;
}

static struct input_look skip_blank(const struct input_look *look)
{
    struct input_look rest = *look;
    while (rest.length > 0 && strchr(BLANK, *rest.bytes) != NULL &&
            *rest.bytes != '\0') {
        rest.bytes++;
        rest.length--;
    }
    return rest;
}

/* --- XML --- */

/* Skips what begins with mark up to the end of stop; false if there is no
 * stop. */
static bool skip_until(struct input_look *rest, const char *stop)
{
    const char *found = strstr(rest->bytes, stop);
    if (found == NULL)
        return false;
    found += strlen(stop);
    rest->length -= (size_t)(found - rest->bytes);
    rest->bytes = found;
    return true;
}

/* A document type ends at its first ">", or after its own declarations. */
static bool skip_doctype(struct input_look *rest)
{
    size_t head = strcspn(rest->bytes, "[>");
    if (rest->bytes[head] == '[' && !skip_until(rest, "]"))
        return false;
    return skip_until(rest, ">");
}

static bool skip_prologue(struct input_look *rest)
{
    for (;;) {
        bool skipped;
        *rest = skip_blank(rest);
        if (begins(rest, "<?"))
            skipped = skip_until(rest, "?>");
        else if (begins(rest, "<!--"))
            skipped = skip_until(rest, "-->");
        else if (begins(rest, "<!"))
            skipped = skip_doctype(rest);
        else
            return true;
        if (!skipped)
            return false;
    }
}

bool sniff_xml_root(const struct input_look *look, char name[SNIFF_NAME_SIZE])
{
    struct input_look rest = *look;
    if (!skip_prologue(&rest) || !begins(&rest, "<"))
        return false;

    const char *from = rest.bytes + 1;
    size_t length = strcspn(from, " \t\r\n/>");
    const char *colon = memchr(from, ':', length);
    if (colon != NULL) {
        length -= (size_t)(colon + 1 - from);
        from = colon + 1;
    }
    if (length == 0 || length >= SNIFF_NAME_SIZE)
        return false;
    memcpy(name, from, length);
    name[length] = '\0';
    return true;
}

/* --- JSON --- */

struct input_look sniff_first_line(const struct input_look *look)
{
    struct input_look line = skip_blank(look);
    const char *end = memchr(line.bytes, '\n', line.length);
    if (end != NULL)
        line.length = (size_t)(end - line.bytes);
    return line;
}

/* --- refusing --- */

struct guess {
    const char *mark;   /* the first bytes, blanks skipped; NULL: any */
    const char *inside; /* stands somewhere in what can be seen; NULL: any */
    const char *what;
};

/* The first row that fits. */
static const struct guess files[] = {
        {"\x89PNG", NULL, "a PNG picture"},
        {"\xff\xd8\xff", NULL, "a JPEG picture"},
        {"GIF8", NULL, "a GIF picture"},
        {"RIFF", "WEBP", "a WebP picture"},
        {"%PDF", NULL, "a PDF document"},
        {"PK\x03\x04", NULL, "a ZIP archive"},
        {"\x1f\x8b", NULL, "gzip packed twice"},
        {"BZh", NULL, "bzip2"},
        {"\xfd\x37zXZ", NULL, "xz"},
        {"\x28\xb5\x2f\xfd", NULL, "zstd"},
        {"SQLite format 3", NULL, "an SQLite database"},
        {"\xff\xfe", NULL, "text in UTF-16, not UTF-8"},
        {"\xfe\xff", NULL, "text in UTF-16, not UTF-8"},
        {"Rate exceeded", NULL,
                "arXiv's answer \"Rate exceeded.\", kept instead of a feed"},
        {"{", "\"arxivId\"", "another program's report in JSON"},
        {"{", NULL, "JSON of another program"},
        {"[", NULL, "a JSON list of another program"},
        {"\\\\", "arXiv:", "an arXiv .abs record"},
        {"----", "arXiv:", "an arXiv .abs record or e-mail listing"},
        {NULL, "arXiv:", "plain text about arXiv papers"},
};

static const struct guess roots[] = {
        {"feed", NULL, "an Atom feed that is not arXiv's"},
        {"rss", NULL, "an RSS feed that is not arXiv's"},
        {"RDF", NULL, "RSS 1.0 (RDF), which arXiv gave up in 2024"},
        {"html", NULL, "a web page (HTML)"},
        {"HTML", NULL, "a web page (HTML)"},
        {"svg", NULL, "an SVG picture"},
};

static bool is_text(const struct input_look *look)
{
    for (size_t i = 0; i < look->length; i++) {
        unsigned char byte = (unsigned char)look->bytes[i];
        if (byte == '\0' || (byte < ' ' && strchr("\t\n\f\r", byte) == NULL))
            return false;
    }
    return true;
}

static bool refuse_xml(const struct input_look *look, const char *root,
        struct error *err)
{
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (text_same(root, roots[i].mark) &&
                (roots[i].inside == NULL || sniff_finds(look, roots[i].inside)))
            return error_set(err, ERROR_INPUT, "looks like %s; %s",
                    roots[i].what, RIGHT);
    return error_set(err, ERROR_INPUT,
            "looks like XML of another kind (<%s>); %s", root, RIGHT);
}

bool sniff_refuse(const struct input_look *look, struct error *err)
{
    char root[SNIFF_NAME_SIZE];
    struct input_look rest = skip_blank(look);

    if (rest.length == 0)
        return error_set(err, ERROR_INPUT, "is empty%s; %s",
                look->whole ? "" : " as far as one can see", RIGHT);
    if (sniff_xml_root(&rest, root))
        return refuse_xml(look, root, err);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if ((files[i].mark == NULL || begins(&rest, files[i].mark)) &&
                (files[i].inside == NULL || sniff_finds(look, files[i].inside)))
            return error_set(err, ERROR_INPUT, "looks like %s; %s",
                    files[i].what, RIGHT);
    return error_set(err, ERROR_INPUT, "looks like %s; %s",
            is_text(look) ? "plain text" : "binary data", RIGHT);
}
