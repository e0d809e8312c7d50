#include "adapters/sources/creators_legend.h"

#include "bot/base/text.h"

#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789";
static const char blanks[] = " ,;.";

/* --- marks --- */

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_word(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') ||
            (byte & 0x80) != 0;
}

/* Bytes of a mark at the beginning: "12", "b", "iv", "**"; 0 if there is none. */
static size_t span_mark(const char *text)
{
    size_t length = strspn(text, digits);

    if (length == 0)
        length = strspn(text, "ivx");
    if (length == 0 && is_letter(*text))
        length = 1;
    if (length > 0)
        return length < 4 && !is_word(text[length])     ? length
                : is_letter(*text) && !is_word(text[1]) ? 1
                                                        : 0;
    length = strspn(text, "*#+");
    return length < 4 ? length : 0;
}

static bool same_mark(const struct creators_footnote *note, const char *mark,
        size_t length)
{
    return strlen(note->mark) == length &&
            memcmp(note->mark, mark, length) == 0;
}

/* --- footnotes --- */

enum style {
    STYLE_ROUND,  /* (1) Inst */
    STYLE_SQUARE, /* [1] Inst */
    STYLE_COLON,  /* 1: Inst */
    STYLE_BARE,   /* 1 Inst */
};

static const struct {
    const char *before, *after;
} styles[] = {
        [STYLE_ROUND] = {"(", ")"},
        [STYLE_SQUARE] = {"[", "]"},
        [STYLE_COLON] = {"", ":"},
        [STYLE_BARE] = {"", " "},
};

/* Bytes of "(1)" as a style has it, and its mark; 0 if it is none. */
static size_t read_mark(const char *text, enum style style, const char **mark,
        size_t *length)
{
    size_t before = strlen(styles[style].before);

    if (!text_starts(text, styles[style].before))
        return 0;
    *mark = text + before;
    *length = span_mark(*mark);
    if (*length == 0 || !text_starts(*mark + *length, styles[style].after))
        return 0;
    if (style == STYLE_BARE && strspn(*mark, digits) == 0)
        return 0;
    return before + *length + strlen(styles[style].after);
}

/* Without parentheses around it a mark must stand at a beginning. */
static bool may_begin(const char *text, size_t at, enum style style)
{
    if (style == STYLE_ROUND || style == STYLE_SQUARE || at == 0)
        return true;
    return at > 1 && text[at - 1] == ' ' &&
            (text[at - 2] == ',' || text[at - 2] == ';');
}

/* Bytes up to the next footnote, or to the end: an institute may have
 * parentheses. */
static size_t span_institute(const char *text, enum style style)
{
    const char *mark;
    size_t length = 0, size;

    while (text[length] != '\0' &&
            (!may_begin(text, length, style) || length == 0 ||
                    read_mark(text + length, style, &mark, &size) == 0))
        length++;
    return length;
}

static const char *institute_of(struct record *record, const char *bytes,
        size_t length)
{
    while (length > 0 && strchr(blanks, *bytes) != NULL) {
        bytes++;
        length--;
    }
    while (length > 0 && strchr(" ,;", bytes[length - 1]) != NULL)
        length--;
    if (length > 4 && memcmp(bytes + length - 4, " and", 4) == 0)
        length -= 4;
    while (length > 0 && strchr(" ,;", bytes[length - 1]) != NULL)
        length--;
    return arena_string_n(&record->arena, bytes, length);
}

void creators_legend_add(struct creators_legend *legend, const char *mark,
        size_t length, const char *institute)
{
    if (legend->count == CREATORS_LEGEND_MAX ||
            length >= CREATORS_LEGEND_MARK_SIZE || *institute == '\0')
        return;
    struct creators_footnote *note = &legend->items[legend->count++];
    *note = (struct creators_footnote){.institute = institute};
    memcpy(note->mark, mark, length);
}

static void read_footnotes(struct creators_legend *legend,
        struct record *record, const char *text, enum style style)
{
    const char *mark;
    size_t length, head;

    while ((head = read_mark(text, style, &mark, &length)) > 0) {
        size_t size = span_institute(text + head, style);
        creators_legend_add(legend, mark, length,
                institute_of(record, text + head, size));
        text += head + size;
    }
}

/* --- where they stand --- */

static bool style_of(const char *text, enum style *style)
{
    const char *mark;
    size_t length;

    for (*style = STYLE_ROUND; *style < STYLE_BARE; (*style)++) {
        size_t head = read_mark(text, *style, &mark, &length);
        if (head > 0)
            return text[head] != '\0';
    }
    /* "1 Main Street" is an address: a second one tells footnotes from it. */
    return text_starts(text, "1 ") && is_letter(text[2]) &&
            (strstr(text, ", 2 ") != NULL || strstr(text, "; 2 ") != NULL);
}

static size_t span_group(const char *inside)
{
    size_t depth = 1, at = 0;

    for (; inside[at] != '\0'; at++) {
        depth += inside[at] == '(';
        depth -= inside[at] == ')';
        if (depth == 0)
            break;
    }
    return at;
}

/* "..., (1) Inst X": behind a comma, and something follows. */
static bool is_open_legend(const char *line, size_t at)
{
    size_t before = at;
    const char *mark;
    size_t length;

    while (before > 0 && line[before - 1] == ' ')
        before--;
    if (before == 0 || strchr(",;.", line[before - 1]) == NULL)
        return false;
    size_t head = read_mark(line + at, STYLE_ROUND, &mark, &length);
    if (head == 0)
        return false;
    return is_word(line[at + head + strspn(line + at + head, " ")]);
}

void creators_legend_take(struct creators_legend *legend, struct record *record,
        char *line)
{
    enum style style;

    legend->count = 0;
    for (size_t at = 0; line[at] != '\0'; at++) {
        if (line[at] != '(')
            continue;
        if (is_open_legend(line, at)) {
            read_footnotes(legend, record, line + at, STYLE_ROUND);
            line[at] = '\0';
            return;
        }
        size_t group = span_group(line + at + 1);
        if (style_of(line + at + 1, &style)) {
            line[at + 1 + group] = '\0';
            read_footnotes(legend, record, line + at + 1, style);
            line[at] = '\0';
            return;
        }
        at += group + 1;
    }
}

/* --- looking up --- */

static const char *point_to(struct creators_legend *legend,
        struct record *record, const char *mark, size_t length)
{
    for (size_t i = 0; i < legend->count; i++) {
        if (!same_mark(&legend->items[i], mark, length))
            continue;
        legend->items[i].used = true;
        record_affiliation(record, legend->items[i].institute);
        return legend->items[i].institute;
    }
    return "";
}

static size_t span_divider(const char *text)
{
    size_t length = strspn(text, " ,;&/");

    if (text_starts(text + length, "and "))
        length += 4;
    return length + strspn(text + length, " ,;&/");
}

/* Bytes of the dash of "1-3"; 0 if there is none. */
static size_t span_dash(const char *text)
{
    size_t blank = strspn(text, " ");
    size_t dash = strspn(text + blank, "-");

    if (dash == 0 && text_starts(text + blank, "\xE2\x80\x93"))
        dash = 3;
    return dash == 0 ? 0 : blank + dash + strspn(text + blank + dash, " ");
}

static const char *either(const char *first, const char *second)
{
    return *first != '\0' ? first : second;
}

/* What stands between two numbers, or two letters. */
static const char *point_between(struct creators_legend *legend,
        struct record *record, const char *from, const char *to)
{
    const char *first = "";

    if (strspn(from, digits) > 0) {
        unsigned long last = strtoul(to, NULL, 10);
        unsigned long number = strtoul(from, NULL, 10) + 1;
        for (; number < last && number <= CREATORS_LEGEND_MAX; number++) {
            const char *mark = arena_format(&record->arena, "%lu", number);
            first = either(first, point_to(legend, record, mark, strlen(mark)));
        }
        return first;
    }
    for (char letter = *from; ++letter < *to;)
        first = either(first, point_to(legend, record, &letter, 1));
    return first;
}

static bool are_marks(const char *group)
{
    while (*group != '\0') {
        size_t length = span_mark(group);
        if (length == 0)
            return false;
        group += length;
        size_t divider = span_divider(group), dash = span_dash(group);
        if (*group != '\0' && divider == 0 && dash == 0)
            return false;
        group += dash > 0 ? dash : divider;
    }
    return true;
}

bool creators_legend_resolve(struct creators_legend *legend,
        struct record *record, const char *group, const char **first)
{
    const char *at = group + strspn(group, " ");
    bool marks = *at != '\0' && are_marks(at);
    size_t length, dash;

    *first = "";
    /* "1, deceased" */
    if (!marks && strspn(at, digits) == 0)
        return false;
    for (; (length = span_mark(at)) > 0; at += span_divider(at)) {
        *first = either(*first, point_to(legend, record, at, length));
        dash = span_dash(at + length);
        if (dash > 0 && span_mark(at + length + dash) > 0)
            *first = either(*first,
                    point_between(legend, record, at, at + length + dash));
        at += length + dash;
    }
    return marks || **first != '\0';
}

void creators_legend_rest(const struct creators_legend *legend,
        struct record *record)
{
    for (size_t i = 0; i < legend->count; i++)
        if (!legend->items[i].used)
            record_affiliation(record, legend->items[i].institute);
}
