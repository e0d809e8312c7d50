#include "bot/citation.h"

#include "bot/base/text.h"
#include "bot/base/text_latex_show.h"

#include <ctype.h>
#include <string.h>

enum {
    AUTHORS_SHOWN = 4, /* in a line of Markdown */
};

static void add_year(struct text *out, const char *format,
        const struct paper *paper)
{
    struct civil_date day = paper_submitted(paper);

    if (civil_date_is_set(day))
        text_add_format(out, format, day.year);
}

/* --- BibTeX --- */

/* Whether TeX can read it as it stands: braces pair up, dollars come in twos,
 * and no backslash is the last sign. */
static bool is_sound_tex(const char *string)
{
    int depth = 0;
    bool formula = false;

    for (const char *at = string; *at != '\0'; at++) {
        if (*at == '\\' && at[1] == '\0')
            return false;
        /* BibTeX counts \{ and \} too, TeX does not: refuse them. */
        if (*at == '\\' && strchr("{}", at[1]) != NULL)
            return false;
        if (*at == '\\') {
            at++;
            continue;
        }
        depth += (*at == '{') - (*at == '}');
        formula = formula != (*at == '$');
        if (depth < 0)
            return false;
    }
    return depth == 0 && !formula;
}

/* What a sign that is special to TeX is written as outside of formulas; NULL if
 * it stands for itself. */
static const char *tex_of(char sign)
{
    switch (sign) {
    case '&':
        return "\\&";
    case '%':
        return "\\%";
    case '#':
        return "\\#";
    case '_':
        return "\\_";
    case '~':
        return "{\\textasciitilde}";
    case '^':
        return "{\\textasciicircum}";
    default:
        return NULL;
    }
}

/* The same where the text is no TeX. */
static const char *tex_of_plain(char sign)
{
    switch (sign) {
    case '\\':
        return "{\\textbackslash}";
    case '{':
        return "{\\textbraceleft}";
    case '}':
        return "{\\textbraceright}";
    case '$':
        return "\\$";
    default:
        return tex_of(sign);
    }
}

static void add_plain(struct text *out, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char *tex = tex_of_plain(word[i]);

        if (tex != NULL)
            text_add(out, tex);
        else
            text_add_n(out, &word[i], 1);
    }
}

/* Sound TeX: what is special outside of formulas and commands is escaped; a
 * tilde in it is a space that does not break. */
static void add_tex(struct text *out, const char *word, size_t length,
        bool *formula)
{
    for (size_t i = 0; i < length; i++) {
        const char *tex = *formula || word[i] == '~' ? NULL : tex_of(word[i]);

        if (word[i] == '\\' && i + 1 < length) {
            text_add_n(out, &word[i++], 2);
            continue;
        }
        *formula = *formula != (word[i] == '$');
        if (tex != NULL)
            text_add(out, tex);
        else
            text_add_n(out, &word[i], 1);
    }
}

/* "BERT", "LoRA", "3D": BibTeX's styles would make them small. */
static bool has_capital_inside(const char *word, size_t length)
{
    for (size_t i = 1; i < length; i++)
        if (isupper((unsigned char)word[i]))
            return strcspn(word, "\\{}$") >= length;
    return false;
}

static void add_title(struct arena *arena, struct text *out, const char *title)
{
    bool sound = is_sound_tex(title), formula = false;
    const char *at = sound ? title : text_latex_show(arena, title);

    while (*at != '\0') {
        size_t length = strcspn(at, " ");
        bool keep = !formula && has_capital_inside(at, length);

        text_add(out, keep ? "{" : "");
        if (sound)
            add_tex(out, at, length, &formula);
        else
            add_plain(out, at, length);
        text_add(out, keep ? "}" : "");
        at += length;
        text_add_n(out, " ", *at == ' ');
        at += *at == ' ';
    }
}

/* A name that BibTeX would take for two, or for "Last, First". */
static bool must_stay_whole(const char *name)
{
    return strchr(name, ',') != NULL || strstr(name, " and ") != NULL;
}

static void add_name(struct arena *arena, struct text *out, const char *name)
{
    bool whole = must_stay_whole(name);
    const char *shown = text_latex_show(arena, name);

    text_add(out, whole ? "{" : "");
    add_plain(out, shown, strlen(shown));
    text_add(out, whole ? "}" : "");
}

static void add_names(struct arena *arena, struct text *out,
        const struct author_list *authors)
{
    for (size_t i = 0; i < authors->count; i++) {
        text_add(out, i > 0 ? " and " : "");
        add_name(arena, out, authors->items[i].name);
    }
    text_add(out, authors->more ? " and others" : "");
}

/* "mollenhoff2210.01620": ASCII, because that is what a key may be. */
static void add_key(struct arena *arena, struct text *out,
        const struct paper *paper)
{
    const char *name =
            paper->authors.count > 0 ? paper->authors.items[0].name : "";
    const char *last = strrchr(name, ' ');
    const char *folded =
            text_fold(arena, text_latex_show(arena, last ? last : name));
    size_t before = out->length;

    for (; *folded != '\0'; folded++)
        if (islower((unsigned char)*folded))
            text_add_n(out, folded, 1);
    text_add(out, out->length == before ? "arxiv" : "");
    for (const char *id = paper->id; *id != '\0'; id++)
        text_add_n(out, *id == '/' ? "-" : id, 1);
}

/* A value that is no TeX, such as a DOI. */
static void add_field(struct arena *arena, struct text *out, const char *name,
        const char *value)
{
    const char *line = text_one_line(arena, value);

    if (*line == '\0')
        return;
    text_add_format(out, ",\n  %-13s = {", name);
    add_plain(out, line, strlen(line));
    text_add(out, "}");
}

char *citation_bibtex(struct arena *arena, const struct paper *paper)
{
    struct text out;

    text_init(&out, arena, SIZE_MAX / 2);
    text_add(&out, "@misc{");
    add_key(arena, &out, paper);
    text_add(&out, ",\n  title         = {");
    add_title(arena, &out, paper->title);
    text_add(&out, "}");
    if (paper->authors.count > 0) {
        text_add(&out, ",\n  author        = {");
        add_names(arena, &out, &paper->authors);
        text_add(&out, "}");
    }
    add_year(&out, ",\n  year          = {%d}", paper);
    add_field(arena, &out, "eprint", paper->id);
    add_field(arena, &out, "archivePrefix", "arXiv");
    if (paper->categories.count > 0)
        add_field(arena, &out, "primaryClass", paper->categories.items[0]);
    if (strpbrk(paper->doi, "{}\\ ") == NULL &&
            *paper->doi != '\0') /* verbatim, by biblatex */
        text_add_format(&out, ",\n  %-13s = {%s}", "doi", paper->doi);
    add_field(arena, &out, "note", text_latex_show(arena, paper->journal_ref));
    text_add_format(&out, ",\n  %-13s = {https://arxiv.org/abs/%s}\n}\n", "url",
            paper->id);
    return out.bytes;
}

/* --- RIS --- */

static void add_tag(struct arena *arena, struct text *out, const char *tag,
        const char *value)
{
    const char *line = text_one_line(arena, value);

    if (*line != '\0')
        text_add_format(out, "%s  - %s\n", tag, line);
}

/* "Last, First"; asterisks and commas of its own have no place in it.  A Chinese
 * name begins with the family's already. */
static const char *ris_name(struct arena *arena, const char *name)
{
    char *line = text_one_line(arena, text_latex_show(arena, name));

    for (char *at = line; *at != '\0'; at++)
        if (*at == '*' || *at == ',')
            *at = ' ';
    line = text_one_line(arena, line);
    char *space = strrchr(line, ' ');
    if (space == NULL || text_has_han(line))
        return line;
    return arena_format(arena, "%s, %.*s", space + 1, (int)(space - line),
            line);
}

char *citation_ris(struct arena *arena, const struct paper *paper)
{
    struct text out;

    text_init(&out, arena, SIZE_MAX / 2);
    text_add(&out, "TY  - UNPB\n");
    add_tag(arena, &out, "TI", text_latex_show(arena, paper->title));
    for (size_t i = 0; i < paper->authors.count; i++)
        add_tag(arena, &out, "AU",
                ris_name(arena, paper->authors.items[i].name));
    add_year(&out, "PY  - %d\n", paper);
    add_tag(arena, &out, "AB", text_latex_show(arena, paper->abstract));
    add_tag(arena, &out, "DO", paper->doi);
    add_tag(arena, &out, "N1", text_latex_show(arena, paper->journal_ref));
    text_add_format(&out,
            "M1  - arXiv:%s\nUR  - https://arxiv.org/abs/%s\nER  - \n",
            paper->id, paper->id);
    return out.bytes;
}

/* --- Markdown --- */

/* CommonMark: any ASCII punctuation may be escaped by a backslash. */
static void add_markdown(struct arena *arena, struct text *out,
        const char *string)
{
    const char *at = text_one_line(arena, text_latex_show(arena, string));

    for (; *at != '\0'; at++) {
        if (strchr("\\`*_{}[]<>#|~!$&", *at) != NULL)
            text_add(out, "\\");
        text_add_n(out, at, 1);
    }
}

char *citation_markdown(struct arena *arena, const struct paper *paper)
{
    const struct author_list *authors = &paper->authors;
    struct text out;

    text_init(&out, arena, SIZE_MAX / 2);
    text_add(&out, "- [");
    add_markdown(arena, &out, paper->title);
    text_add_format(&out, "](https://arxiv.org/abs/%s)", paper->id);
    for (size_t i = 0; i < authors->count && i < AUTHORS_SHOWN; i++) {
        text_add(&out, i > 0 ? ", " : " — ");
        add_markdown(arena, &out, authors->items[i].name);
    }
    text_add(&out,
            authors->count > AUTHORS_SHOWN || authors->more ? ", …" : "");
    add_year(&out, " (%d)", paper);
    text_add(&out, "\n");
    return out.bytes;
}
