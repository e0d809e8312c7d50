#include "bot/program_files.h"

#include "bot/base/text.h"

#include <errno.h>
#include <string.h>

enum {
    COMPLAINTS_SHOWN = 20,
};

/* --- complaints --- */

void program_files_complain(struct program_files_complaints *complaints,
        const struct source_complaint *complaint)
{
    if (++complaints->count > COMPLAINTS_SHOWN)
        return;
    FILE *out = complaints->outside->err;
    fprintf(out, "%s: %s: ", complaints->file, complaint->where);
    if (*complaint->field != '\0')
        fprintf(out, "%s: ", complaint->field);
    fprintf(out, "%s", complaint->wrong);
    if (*complaint->right != '\0')
        fprintf(out, "; expected %s", complaint->right);
    fprintf(out, "\n");
}

void program_files_complain_end(struct program_files_complaints *complaints)
{
    if (complaints->count > COMPLAINTS_SHOWN)
        fprintf(complaints->outside->err, "... and %zu more of the kind\n",
                complaints->count - COMPLAINTS_SHOWN);
}

/* --- one file --- */

static long read_bytes(void *ctx, char *buffer, size_t size, struct error *err)
{
    FILE *file = ctx;
    size_t got = fread(buffer, 1, size, file);
    if (got == 0 && ferror(file)) {
        error_set(err, ERROR_INPUT, "cannot be read: %s", strerror(errno));
        return -1;
    }
    return (long)got;
}

const char *program_files_name(const char *path)
{
    return text_same(path, "-") ? "standard input" : path;
}

bool program_files_read(struct outside *outside, const char *path,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err)
{
    *summary = (struct source_summary){.format = ""};
    bool standard = text_same(path, "-");
    FILE *file = standard ? outside->in : fopen(path, "rb");
    if (file == NULL)
        return error_set(err, ERROR_INPUT, "cannot be opened: %s",
                strerror(errno));
    const struct byte_stream stream = {.read = read_bytes, .ctx = file};
    bool good = outside->source_read(&stream, sink, summary, err);
    if (!standard)
        fclose(file);
    return good;
}

/* --- all of them --- */

static struct note_list copy_notes(struct arena *arena,
        const struct note_list *notes)
{
    struct note_list copy = {.count = notes->count};
    copy.items = arena_array(arena, struct note, notes->count + 1);
    for (size_t i = 0; i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        copy.items[i] = (struct note){
                .paper_id = arena_string(arena, note->paper_id),
                .language = arena_string(arena, note->language),
                .title = arena_string(arena, note->title),
                .heading = arena_string(arena, note->heading),
                .digest = arena_string(arena, note->digest),
                .writer = arena_string(arena, note->writer),
        };
    }
    return copy;
}

struct source_record program_files_copy(struct arena *arena,
        const struct source_record *record)
{
    return (struct source_record){
            .paper = paper_copy(arena, &record->paper),
            .announce = record->announce,
            .notes = copy_notes(arena, &record->notes),
            .section = arena_string(arena, record->section),
    };
}

struct reading {
    struct arena *arena;
    struct program_files_papers *papers;
    struct program_files_complaints complaints;
};

static void take_record(void *ctx, const struct source_record *record)
{
    struct reading *reading = ctx;
    struct program_files_papers *papers = reading->papers;
    papers->items = arena_grow(reading->arena, papers->items, papers->count,
            &papers->capacity, sizeof *papers->items);
    papers->items[papers->count++] = program_files_copy(reading->arena, record);
}

static void take_complaint(void *ctx, const struct source_complaint *complaint)
{
    struct reading *reading = ctx;
    program_files_complain(&reading->complaints, complaint);
}

bool program_files_read_all(struct outside *outside,
        const struct string_list *paths, struct arena *arena,
        struct program_files_papers *papers)
{
    struct reading reading = {.arena = arena,
            .papers = papers,
            .complaints = {.outside = outside}};
    const struct source_sink sink = {.record = take_record,
            .complaint = take_complaint,
            .ctx = &reading};
    bool good = true;
    for (size_t i = 0; i < paths->count; i++) {
        struct source_summary summary;
        struct error err;
        reading.complaints.file = program_files_name(paths->items[i]);
        if (program_files_read(outside, paths->items[i], &sink, &summary, &err))
            continue;
        program_complain(outside, "%s: %s", reading.complaints.file, err.text);
        good = false;
    }
    program_files_complain_end(&reading.complaints);
    return good;
}
