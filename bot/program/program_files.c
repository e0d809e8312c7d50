#include "bot/program/program_files.h"

#include "bot/base/text.h"

#include <errno.h>
#include <stdlib.h>
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

struct opened {
    FILE *file;
    struct program_progress *progress; /* or NULL */
};

static long read_bytes(void *ctx, char *buffer, size_t size, struct error *err)
{
    struct opened *opened = ctx;
    size_t got = fread(buffer, 1, size, opened->file);
    if (got == 0 && ferror(opened->file)) {
        error_set(err, ERROR_INPUT, "cannot be read: %s", strerror(errno));
        return -1;
    }
    if (opened->progress != NULL)
        program_progress_read(opened->progress, (int64_t)got);
    return (long)got;
}

static bool go_to(void *ctx, int64_t offset)
{
    struct opened *opened = ctx;
    if (fseeko(opened->file, (off_t)offset, SEEK_SET) != 0)
        return false;
    if (opened->progress != NULL)
        program_progress_jump(opened->progress, offset);
    return true;
}

const char *program_files_name(const char *path)
{
    return text_same(path, "-") ? "standard input" : path;
}

bool program_files_read(struct outside *outside, const char *path,
        struct source_place from, struct program_progress *progress,
        const struct source_sink *sink, struct source_summary *summary,
        struct error *err)
{
    *summary = (struct source_summary){.format = ""};
    bool standard = text_same(path, "-");
    FILE *file = standard ? outside->in : fopen(path, "rb");
    if (file == NULL)
        return error_set(err, ERROR_INPUT, "cannot be opened: %s",
                strerror(errno));
    struct opened opened = {file, progress};
    const struct byte_stream stream = {.read = read_bytes,
            .ctx = &opened,
            .seek = go_to,
            .from = from};
    bool good = outside->source_read(&stream, sink, summary, err);
    if (!standard)
        fclose(file);
    return good;
}

/* --- all of them --- */

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
    papers->items[papers->count++] = source_record_copy(reading->arena, record);
}

static void take_complaint(void *ctx, const struct source_complaint *complaint)
{
    struct reading *reading = ctx;
    program_files_complain(&reading->complaints, complaint);
}

/* --- what another site says of the same papers --- */

/* A record, to be found by its id. */
struct own {
    const char *id;
    struct source_record *record;
};

static int by_id(const void *a, const void *b)
{
    const struct own *x = a, *y = b;
    return strcmp(x->id, y->id);
}

/* Hands the signals of a copy to every record of its paper; false if there is
 * none. */
static bool hand_over(const struct source_record *copy, struct own *sorted,
        size_t count)
{
    const struct own wanted = {.id = copy->paper.id};
    struct own *found = bsearch(&wanted, sorted, count, sizeof *sorted, by_id);
    if (found == NULL)
        return false;
    while (found > sorted && by_id(found - 1, &wanted) == 0)
        found--;
    for (; found < sorted + count && by_id(found, &wanted) == 0; found++)
        if (signal_value(&found->record->signals, SIGNAL_HF_VOTES) <
                signal_value(&copy->signals, SIGNAL_HF_VOTES))
            found->record->signals = copy->signals;
    return true;
}

/* A listing and the votes of its day make one list: a copy gives its signals to
 * the paper it is of, and goes. */
static void join_copies(struct program_files_papers *papers,
        struct arena *arena)
{
    struct own *own = arena_array(arena, struct own, papers->count + 1);
    size_t own_count = 0, count = 0;
    for (size_t i = 0; i < papers->count; i++)
        if (!papers->items[i].secondhand)
            own[own_count++] =
                    (struct own){papers->items[i].paper.id, &papers->items[i]};
    if (own_count == 0 || own_count == papers->count)
        return;
    qsort(own, own_count, sizeof *own, by_id);
    bool *left_out = arena_array(arena, bool, papers->count);
    for (size_t i = 0; i < papers->count; i++)
        left_out[i] = papers->items[i].secondhand &&
                hand_over(&papers->items[i], own, own_count);
    for (size_t i = 0; i < papers->count; i++)
        if (!left_out[i])
            papers->items[count++] = papers->items[i];
    papers->count = count;
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
        if (program_files_read(outside, paths->items[i],
                    (struct source_place){0}, NULL, &sink, &summary, &err))
            continue;
        program_complain(outside, "%s: %s", reading.complaints.file, err.text);
        good = false;
    }
    program_files_complain_end(&reading.complaints);
    join_copies(papers, arena);
    return good;
}
