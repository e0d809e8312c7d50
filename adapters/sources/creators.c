#include "adapters/sources/creators.h"

#include "bot/base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEGEND_MAX = 200, /* numbered institutes */
};

/* "((1) Inst X, (2) Inst Y)": entry n-1 is institute n, or NULL. */
struct legend {
    const char *institutes[LEGEND_MAX];
};

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

/* --- the numbered form --- */

/* The number in "(12)", and where it ends; 0 if this is none such. */
static size_t read_number(const char *text, const char **end)
{
    char *stop = NULL;
    if (text[0] != '(' || text[1] < '0' || text[1] > '9')
        return 0;
    unsigned long number = strtoul(text + 1, &stop, 10);
    if (*stop != ')' || number > LEGEND_MAX)
        return 0;
    *end = stop + 1;
    return number;
}

/* Bytes up to the next "(n)", or to the end: a name may have parentheses. */
static size_t span_institute(const char *text)
{
    const char *after = NULL;
    size_t length = 0;
    while (text[length] != '\0' && read_number(text + length, &after) == 0)
        length++;
    return length;
}

/* From the inside of the outer parentheses. */
static void read_legend(struct record *record, struct legend *legend,
        const char *inside)
{
    const char *at = inside;
    size_t number = 0;

    while ((number = read_number(at, &at)) != 0) {
        size_t length = span_institute(at);
        legend->institutes[number - 1] = trimmed(record, at, length);
        at += length;
    }
}

/* Cuts "((1) ...)" off the end of the line, if it stands there. */
static void take_legend(struct record *record, struct legend *legend,
        char *line)
{
    size_t at = 0;
    while (line[at] != '\0') {
        at += span_top_level(line + at, '(', true);
        if (line[at] == '\0')
            return;
        size_t group = 1 + span_top_level(line + at + 1, ')', true);
        const char *after = NULL;
        if (read_number(line + at + 1, &after) != 0) {
            line[at + group] = '\0';
            read_legend(record, legend, line + at + 1);
            line[at] = '\0';
            return;
        }
        at += group + 1;
    }
}

/* "1 and 2", "1, 3": the first institute, all of them added to the paper's; ""
 * if these are no numbers of the legend. */
static const char *look_up(struct record *record, const struct legend *legend,
        const char *numbers)
{
    const char *found = "";
    const char *at = numbers + strcspn(numbers, "0123456789");

    while (*at != '\0') {
        char *end = NULL;
        unsigned long number = strtoul(at, &end, 10);
        const char *institute = number == 0 || number > LEGEND_MAX
                ? NULL
                : legend->institutes[number - 1];
        if (institute != NULL) {
            record_affiliation(record, institute);
            if (*found == '\0')
                found = institute;
        }
        at = end + strcspn(end, "0123456789");
    }
    return found;
}

/* --- one author --- */

/* "for the X Collaboration" tells whom one signs for. */
static const char *group_meaning(struct record *record,
        const struct legend *legend, const char *group)
{
    static const char *const signs[] = {"for the ", "on behalf of the ", "for ",
            "on behalf of "};
    if (*group >= '0' && *group <= '9') {
        const char *institute = look_up(record, legend, group);
        if (*institute != '\0' ||
                group[strspn(group, "0123456789 ,;&and")] == '\0')
            return institute;
    }
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

static void take_author(struct record *record, const struct legend *legend,
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
    record_author(record, trimmed(record, author, name), affiliation);
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
    struct legend legend = {0};
    bool balanced = is_balanced(line);
    char *rest = arena_string(&record->arena, line);

    if (balanced)
        take_legend(record, &legend, rest);
    while (*rest != '\0') {
        size_t length = span_author(record, rest, balanced);
        const char *author = trimmed(record, rest, length);
        if (balanced)
            take_author(record, &legend, author);
        else
            record_author(record, author, "");
        rest += length + (rest[length] == ',');
    }
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
