#include "adapters/sources/creators.h"

#include "adapters/sources/creators_legend.h"
#include "bot/base/text.h"

#include <stdbool.h>
#include <string.h>

static bool is_balanced(const char *line)
{
    size_t depth = 0;
    for (; *line != '\0'; line++) {
        if (*line == '(')
            depth++;
        else if (*line == ')' && depth-- == 0)
            return false;
    }
    return depth == 0;
}

/* Bytes up to the first such character outside parentheses, or to the end. */
static size_t span_top_level(const char *line, char stop, bool balanced)
{
    size_t depth = 0, at = 0;
    for (; line[at] != '\0'; at++) {
        if (depth == 0 && line[at] == stop)
            break;
        if (balanced && line[at] == '(')
            depth++;
        else if (balanced && line[at] == ')')
            depth--;
    }
    return at;
}

static const char *trimmed(struct record *record, const char *bytes,
        size_t length)
{
    while (length > 0 && (*bytes == ' ' || *bytes == ',')) {
        bytes++;
        length--;
    }
    while (length > 0 && (bytes[length - 1] == ' ' || bytes[length - 1] == ','))
        length--;
    return arena_string_n(&record->arena, bytes, length);
}

/* --- one author --- */

/* "for the X Collaboration" tells whom one signs for. */
static const char *group_meaning(struct record *record,
        struct creators_legend *legend, const char *group)
{
    static const char *const signs[] = {"for the ", "on behalf of the ", "for ",
            "on behalf of "};
    const char *institute;
    if (creators_legend_resolve(legend, record, group, &institute))
        return institute;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(group, signs[i]))
            return group + strlen(signs[i]);
    return group;
}

/* Bytes of the name: up to the groups that end it.  A group with more of the
 * name behind it is a part of it: "Wei (Wayne) Chen". */
static size_t span_name(const char *author)
{
    size_t name = span_top_level(author, '(', true), at = name;

    while (author[at] != '\0') {
        at += 1 + span_top_level(author + at + 1, ')', true) + 1;
        at += strspn(author + at, " ");
        if (author[at] != '(' && author[at] != '\0')
            at = name = at + span_top_level(author + at, '(', true);
    }
    return name;
}

/* "B. Bow for the Rope Collaboration": where the name ends, and for whom. */
static size_t span_signer(const char *name, const char **whom)
{
    static const char *const signs[] = {" for the ", " on behalf of the "};
    static const char *const bodies[] = {"Collaboration", "collaboration",
            "Consortium", "consortium", "Team", "team", "Group"};

    *whom = "";
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(name, signs[i]);
        for (size_t n = 0; at != NULL && n < sizeof bodies / sizeof *bodies;
                n++)
            if (strstr(at, bodies[n]) != NULL) {
                *whom = at + strlen(signs[i]);
                return (size_t)(at - name);
            }
    }
    return strlen(name);
}

static bool is_others(const char *name)
{
    static const char *const others[] = {"et al", "et al.", "others"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_same(name, others[i]))
            return true;
    return false;
}

/* "et al." is nobody: the list goes on. */
static void add_author(struct record *record, const char *name,
        const char *affiliation)
{
    const char *whom;
    size_t length = span_signer(name, &whom);

    if (is_others(name))
        record->out.paper.authors.more = true;
    else
        record_author(record, trimmed(record, name, length),
                *affiliation != '\0' ? affiliation : whom);
}

static void take_author(struct record *record, struct creators_legend *legend,
        const char *author)
{
    size_t name = span_name(author);
    const char *affiliation = "";
    const char *at = author + name;

    while (*at == '(') {
        size_t group = span_top_level(at + 1, ')', true);
        const char *inside = arena_string_n(&record->arena, at + 1, group);
        if (*affiliation == '\0')
            affiliation = group_meaning(record, legend, inside);
        at += group + 2;
        at += strspn(at, " ");
    }
    add_author(record, trimmed(record, author, name), affiliation);
}

static bool is_suffix(const char *piece)
{
    static const char *const suffixes[] = {"Jr.", "Jr", "Sr.", "Sr", "II",
            "III", "IV"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (text_same(piece, suffixes[i]))
            return true;
    return false;
}

/* The bytes of the next author: up to a comma, but "Jr." belongs to the name
 * before it. */
static size_t span_author(struct record *record, const char *line,
        bool balanced)
{
    size_t length = span_top_level(line, ',', balanced);
    while (line[length] == ',') {
        size_t next = span_top_level(line + length + 1, ',', balanced);
        if (!is_suffix(trimmed(record, line + length + 1, next)))
            break;
        length += 1 + next;
    }
    return length;
}

void creators_read(struct record *record, const char *line)
{
    struct creators_legend legend;
    bool balanced = is_balanced(line);
    char *rest = arena_string(&record->arena, line);

    legend.count = 0;
    if (balanced)
        creators_legend_take(&legend, record, rest);
    while (*rest != '\0') {
        size_t length = span_author(record, rest, balanced);
        const char *author = trimmed(record, rest, length);
        if (balanced)
            take_author(record, &legend, author);
        else
            add_author(record, author, "");
        rest += length + (rest[length] == ',');
    }
    creators_legend_rest(&legend, record);
}

/* Bytes that divide authors at this place and are no comma; 0 for none. */
static size_t span_divider(const char *line, const char *at)
{
    static const char collaboration[] = "ollaboration";
    size_t before = sizeof collaboration - 1;

    if (text_starts(at, " and "))
        return 5;
    if (text_starts(at, ": ") && (size_t)(at - line) >= before &&
            memcmp(at - before, collaboration, before) == 0)
        return 2;
    return 0;
}

void creators_read_submitted(struct record *record, const char *line)
{
    char *divided = arena_string(&record->arena, line);
    bool balanced = is_balanced(line);
    size_t depth = 0;

    for (size_t at = 0; line[at] != '\0'; at++) {
        if (balanced && line[at] == '(')
            depth++;
        else if (balanced && line[at] == ')')
            depth--;
        size_t divider = depth == 0 ? span_divider(line, line + at) : 0;
        if (divider > 0) {
            memset(divided + at, ' ', divider);
            divided[at] = ',';
        }
    }
    creators_read(record, divided);
}
