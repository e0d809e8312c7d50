#include "adapters/sources/record.h"

#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/base/text_latex.h"
#include "bot/model/category.h"

#include <string.h>
#include <strings.h>

enum {
    QUOTE_GRAPHEMES = 60,
};

#define DAY_MS INT64_C(86400000)

void record_open(struct record *record, const struct source_sink *sink,
        struct source_summary *summary)
{
    *record = (struct record){.sink = sink, .summary = summary};
    arena_init(&record->arena);
}

void record_close(struct record *record)
{
    arena_finish(&record->arena);
}

void record_begin(struct record *record, const char *unit, size_t number)
{
    const struct source_sink *sink = record->sink;
    struct source_summary *summary = record->summary;

    record_close(record);
    record_open(record, sink, summary);
    record->unit = unit;
    record->number = number;
    record->out = (struct source_record){
            .paper = paper_empty(),
            .announce = ANNOUNCE_UNKNOWN,
            .section = "",
    };
}

/* --- faults --- */

void record_fault(struct record *record, const char *field, const char *wrong,
        const char *right)
{
    if (record->faulty)
        return;
    record->faulty = true;
    record->fault = (struct source_complaint){
            .field = arena_string(&record->arena, field),
            .wrong = arena_string(&record->arena, wrong),
            .right = right,
    };
}

const char *record_quote(struct record *record, const char *text)
{
    char *line = text_one_line(&record->arena, text);
    return arena_format(&record->arena, "\"%s\"",
            text_shorten(&record->arena, line, QUOTE_GRAPHEMES));
}

static void complain(struct record *record)
{
    const char *id = record->out.paper.id;
    if (record->number == 0)
        record->fault.where = record->unit;
    else
        record->fault.where = *id == '\0'
                ? arena_format(&record->arena, "%s %zu", record->unit,
                          record->number)
                : arena_format(&record->arena, "%s %zu (%s)", record->unit,
                          record->number, id);
    record->summary->rejected++;
    record->sink->complaint(record->sink->ctx, &record->fault);
}

/* --- text --- */

const char *record_plain(struct record *record, const char *bytes,
        size_t length)
{
    record->text_bytes += length;
    if (record->text_bytes > RECORD_TEXT_MAX) {
        record_fault(record, "", "holds more than 4 MiB of text", "");
        return "";
    }
    return text_repaired_line(&record->arena, bytes, length);
}

const char *record_prose(struct record *record, const char *bytes,
        size_t length)
{
    const char *plain = record_plain(record, bytes, length);

    return plain[strcspn(plain, "\\{$")] == '\0'
            ? plain
            : text_latex_accents(&record->arena, plain);
}

/* --- fields --- */

bool record_has_id(const struct record *record)
{
    return *record->out.paper.id != '\0';
}

void record_id(struct record *record, const char *text)
{
    struct paper *paper = &record->out.paper;
    unsigned version = 0;

    if (record_has_id(record))
        return;
    const char *id = paper_id_parse(&record->arena, text, &version);
    if (id == NULL) {
        record_fault(record, "id",
                arena_format(&record->arena, "is %s",
                        record_quote(record, text)),
                "an arXiv id such as 2210.11693 or hep-th/9901001");
        return;
    }
    paper->id = id;
    paper->version = version;
}

static bool list_has(const struct string_list *list, const char *string)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_same(list->items[i], string))
            return true;
    return false;
}

void record_affiliation(struct record *record, const char *affiliation)
{
    struct paper *paper = &record->out.paper;
    struct string_list *list = &paper->affiliations;

    if (*affiliation == '\0' || list_has(list, affiliation))
        return;
    if (list->count == RECORD_AFFILIATIONS_MAX) {
        paper->more_affiliations = true;
        return;
    }
    string_list_add(list, &record->affiliation_capacity, &record->arena,
            affiliation);
}

void record_author(struct record *record, const char *name,
        const char *affiliation)
{
    struct author_list *list = &record->out.paper.authors;

    if (*name == '\0')
        return;
    if (list->count == RECORD_AUTHORS_MAX) {
        record_fault(record, "authors", "are more than 10000", "");
        return;
    }
    list->items = arena_grow(&record->arena, list->items, list->count,
            &record->author_capacity, sizeof *list->items);
    list->items[list->count++] =
            (struct author){.name = name, .affiliation = affiliation};
    record_affiliation(record, affiliation);
}

static void move_to_front(struct string_list *list, const char *string)
{
    size_t at = 0;
    while (at < list->count && !text_same(list->items[at], string))
        at++;
    if (at == 0 || at == list->count)
        return;
    const char *found = list->items[at];
    memmove(list->items + 1, list->items, at * sizeof *list->items);
    list->items[0] = found;
}

void record_category(struct record *record, const char *code, bool primary)
{
    struct string_list *list = &record->out.paper.categories;

    if (!category_is_code(code))
        return;
    if (!list_has(list, code)) {
        if (list->count == RECORD_CATEGORIES_MAX) {
            record_fault(record, "categories", "are more than 50", "");
            return;
        }
        string_list_add(list, &record->category_capacity, &record->arena, code);
    }
    if (primary)
        move_to_front(list, code);
}

void record_note(struct record *record, const struct note *note)
{
    struct note_list *list = &record->out.notes;

    if (*note->title == '\0' && *note->digest == '\0')
        return;
    if (list->count == RECORD_NOTES_MAX) {
        record_fault(record, "notes", "are in more than 16 languages", "");
        return;
    }
    list->items = arena_grow(&record->arena, list->items, list->count,
            &record->note_capacity, sizeof *list->items);
    list->items[list->count++] = *note;
}

void record_doi(struct record *record, const char *text)
{
    size_t length = strcspn(text, " ,;");
    record->out.paper.doi = arena_string_n(&record->arena, text, length);
}

void record_signal(struct record *record, const char *kind, int64_t value)
{
    struct signal_list *list = &record->out.signals;

    if (value <= 0 || list->count == RECORD_SIGNALS_MAX)
        return;
    list->items = record->signals;
    list->items[list->count++] = (struct signal){.kind = kind, .value = value};
}

int64_t record_instant(const char *text)
{
    struct civil_date date;
    int64_t ms = 0;

    if (civil_parse_instant(text, &ms))
        return ms;
    if (civil_date_parse(text, &date))
        return civil_date_days(date) * DAY_MS;
    return 0;
}

/* --- the end --- */

/* Is the word in the first so many bytes of the text, letter case ignored? */
static bool says(const char *text, size_t within, const char *words)
{
    size_t length = strlen(words);
    for (size_t at = 0; at < within && text[at] != '\0'; at++)
        if ((text[at] | 0x20) == words[0] &&
                strncasecmp(text + at, words, length) == 0)
            return true;
    return false;
}

/* arXiv has no field for it: a withdrawn paper's comment says so, and its
 * abstract often (help/withdraw). */
static bool is_withdrawn(const struct paper *paper)
{
    size_t whole = strlen(paper->comment);
    return says(paper->comment, whole, "has been withdrawn") ||
            says(paper->comment, whole, "withdrawn by") ||
            says(paper->comment, 1, "withdrawn") ||
            says(paper->comment, 1, "paper withdrawn") ||
            says(paper->abstract, 1, "withdrawn") ||
            (says(paper->abstract, 1, "this ") &&
                    says(paper->abstract, 24, "has been withdrawn"));
}

static void check(struct record *record)
{
    struct paper *paper = &record->out.paper;

    if (!record_has_id(record))
        record_fault(record, "id", "is missing",
                "an arXiv id such as 2210.11693 or hep-th/9901001");
    if (*paper->title == '\0')
        record_fault(record, "title", "is empty",
                "a title of at least one character");
}

void record_end(struct record *record)
{
    check(record);
    if (record->faulty) {
        complain(record);
        return;
    }
    struct source_record *out = &record->out;
    out->paper.withdrawn = is_withdrawn(&out->paper);
    for (size_t i = 0; i < out->signals.count; i++)
        out->signals.items[i].paper_id = out->paper.id;
    for (size_t i = 0; i < out->notes.count; i++)
        out->notes.items[i].paper_id = out->paper.id;
    record->summary->records++;
    record->sink->record(record->sink->ctx, out);
}
