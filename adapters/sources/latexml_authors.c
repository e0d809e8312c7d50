#include "adapters/sources/latexml_authors.h"

#include "adapters/sources/creators_legend.h"
#include "adapters/sources/latexml_place.h"
#include "bot/base/text.h"

#include <string.h>

enum {
    NAME_BYTES_MAX = 80, /* longer is no name */
};

/* Somebody in a block, before all footnotes are known. */
struct person {
    const char *name, *marks; /* "1,2"; "" for none */
    size_t block;
};

struct authors {
    struct record *record;
    struct creators_legend legend;
    struct person *people;
    size_t count, capacity;
    size_t block;        /* being read */
    bool placed;         /* its institutes have begun: no names follow */
    const char **places; /* beside the blocks: the first, "" for none */
};

/* --- pieces --- */

/* Bytes of "\x01 1,2 \x02" at the beginning, and the mark in it without what is
 * no letter, number or comma; 0 if there is none. */
static size_t read_mark(struct record *record, const char *at,
        const char **mark)
{
    struct text text;

    *mark = "";
    if (*at != LATEXML_MARK_BEGIN)
        return 0;
    size_t length = strcspn(at, "\x02\n");
    text_init(&text, &record->arena, length + 1);
    for (size_t i = 1; i < length; i++)
        if ((at[i] >= '0' && at[i] <= '9') || (at[i] >= 'a' && at[i] <= 'z') ||
                (at[i] >= 'A' && at[i] <= 'Z') || strchr(",;-", at[i]) != NULL)
            text_add_n(&text, at + i, 1);
    *mark = text_string(&text);
    *mark += strspn(*mark, ",;-");
    return length + (at[length] == LATEXML_MARK_END);
}

/* Bytes of what divides names or institutes; 0 for none. */
static size_t span_divider(const char *line, const char *at)
{
    if (*at == '\t' || *at == ',' || *at == ';' || *at == '&')
        return 1;
    if (text_starts(at, "and") && (at[3] == ' ' || at[3] == '\0') &&
            (at == line || at[-1] == ' '))
        return 3;
    return 0;
}

static size_t span_blanks(const char *at)
{
    return strspn(at, " \t");
}

/* --- footnotes --- */

/* "^1 Rope University ^2 Cord Lab": each mark with what follows it. */
static void read_legend(struct authors *authors, const char *line,
        size_t length)
{
    struct record *record = authors->record;
    const char *end = line + length, *mark = "";

    while (line < end) {
        size_t head = read_mark(record, line, &mark);
        line += head;
        size_t size = 0;
        while (line + size < end && line[size] != LATEXML_MARK_BEGIN)
            size++;
        const char *place = latexml_place_clean(record, line, size);
        if (*mark != '\0' && *place != '\0')
            creators_legend_add(&authors->legend, mark, strlen(mark), place);
        line += size + (head == 0 && size == 0);
    }
}

/* --- names --- */

static void take_place(struct authors *authors, const char *bytes,
        size_t length)
{
    const char *place = latexml_place_clean(authors->record, bytes, length);

    record_affiliation(authors->record, place);
    if (*authors->places[authors->block] == '\0')
        authors->places[authors->block] = place;
}

/* What stands between commas as names do. */
static bool is_name(const char *name)
{
    static const char *const titles[] = {"IEEE", "Fellow", "Member",
            "Senior Member", "Student Member", "Graduate Student Member",
            "Life Fellow", "Life Senior Member", "Ph.D.", "PhD", "MD", "Jr.",
            "Jr", "et al.", "et al", "and", "ACM"};
    size_t letters = 0;

    for (const char *at = name; *at != '\0'; at++) {
        if (strchr("@0123456789{}/", *at) != NULL)
            return false;
        letters += (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                (*at & 0x80) != 0;
    }
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (text_same(name, titles[i]))
            return false;
    return letters >= 2 && strlen(name) <= NAME_BYTES_MAX;
}

static void add_person(struct authors *authors, const char *bytes,
        size_t length, const char *marks)
{
    while (length > 0 && strchr(" .,", *bytes) != NULL) {
        bytes++;
        length--;
    }
    if (latexml_place_is_plain(authors->record, bytes, length)) {
        take_place(authors, bytes, length);
        return;
    }
    const char *name = record_prose(authors->record, bytes, length);
    if (!is_name(name))
        return;
    authors->people = arena_grow(&authors->record->arena, authors->people,
            authors->count, &authors->capacity, sizeof *authors->people);
    authors->people[authors->count++] =
            (struct person){name, marks, authors->block};
}

/* A mark behind the comma is of the one before it. */
static void add_marks(struct authors *authors, size_t first, const char *marks)
{
    if (authors->count == first || *marks == '\0')
        return;
    struct person *person = &authors->people[authors->count - 1];
    person->marks = *person->marks == '\0'
            ? marks
            : arena_format(&authors->record->arena, "%s,%s", person->marks,
                      marks);
}

static void read_names(struct authors *authors, const char *line, size_t length)
{
    const char *end = line + length, *name = line, *at = line, *marks;
    size_t first = authors->count;

    while (at < end) {
        size_t mark = read_mark(authors->record, at, &marks);
        size_t size = mark > 0 ? mark : span_divider(line, at);
        if (size == 0) {
            at++;
            continue;
        }
        add_person(authors, name, (size_t)(at - name), "");
        add_marks(authors, first, mark > 0 ? marks : "");
        at += size;
        name = at;
    }
    add_person(authors, name, (size_t)(end - name), "");
}

/* --- lines --- */

/* Wide blanks divide institutes that stand in a line. */
static void take_places(struct authors *authors, const char *line,
        size_t length)
{
    const char *end = line + length;

    while (line < end) {
        size_t size = 0;
        while (line + size < end && line[size] != '\t')
            size++;
        take_place(authors, line, size);
        line += size + 1;
    }
}

static bool has_number_mark(struct record *record, const char *line,
        size_t length)
{
    const char *mark;

    for (size_t at = 0; at < length; at++)
        if (line[at] == LATEXML_MARK_BEGIN &&
                read_mark(record, line + at, &mark) > 0 && *mark != '\0')
            return true;
    return false;
}

/* A line of where a name stands: the first has names, the others nearly always
 * institutes. */
static void read_line(struct authors *authors, const char *line, size_t length,
        bool first)
{
    struct record *record = authors->record;
    bool place = latexml_place_is_likely(record, line, length);
    bool marked = has_number_mark(record, line, length);

    if (*line == LATEXML_MARK_BEGIN && (place || !first)) {
        read_legend(authors, line, length);
        authors->placed = true;
    } else if (first || (!place && (marked || !authors->placed))) {
        read_names(authors, line, length);
    } else if (place && !marked) {
        take_places(authors, line, length);
        authors->placed = true;
    }
}

typedef void line_fn(struct authors *authors, const char *line, size_t length,
        bool first);

static void each_line(struct authors *authors, const char *text, line_fn *read)
{
    bool first = true;

    while (*text != '\0') {
        text += span_blanks(text);
        size_t length = strcspn(text, "\n"), used = length;
        while (used > 0 && strchr(" \t", text[used - 1]) != NULL)
            used--;
        if (used > 0) {
            /* A copy: what is read of a line ends with it. */
            read(authors, arena_string_n(&authors->record->arena, text, used),
                    used, first);
            first = false;
        }
        text += length + (text[length] == '\n');
    }
}

static void read_place(struct authors *authors, const char *line, size_t length,
        bool first)
{
    (void)first;
    if (*line == LATEXML_MARK_BEGIN &&
            has_number_mark(authors->record, line, length))
        read_legend(authors, line, length);
    else
        take_places(authors, line, length);
}

static void read_note(struct authors *authors, const char *line, size_t length,
        bool first)
{
    (void)first;
    if (*line == LATEXML_MARK_BEGIN)
        read_legend(authors, line, length);
}

/* --- the whole --- */

static void name_authors(struct authors *authors)
{
    for (size_t i = 0; i < authors->count; i++) {
        const struct person *person = &authors->people[i];
        const char *place = "";
        if (*person->marks != '\0')
            creators_legend_resolve(&authors->legend, authors->record,
                    person->marks, &place);
        if (*place == '\0')
            place = authors->places[person->block];
        record_author(authors->record, person->name, place);
    }
}

void latexml_authors_read(struct record *record,
        const struct latexml_front *front)
{
    struct authors authors = {.record = record,
            .places = arena_array(&record->arena, const char *,
                    front->count + 1)};

    for (size_t i = 0; i < front->count; i++) {
        authors.block = i;
        authors.places[i] = "";
        authors.placed = false;
        each_line(&authors, front->blocks[i].names, read_line);
        each_line(&authors, front->blocks[i].places, read_place);
    }
    each_line(&authors, front->notes, read_note);
    name_authors(&authors);
    creators_legend_rest(&authors.legend, record);
}
