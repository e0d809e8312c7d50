#include "bot/program/program_progress.h"

#include "bot/base/text.h"

#include <inttypes.h>
#include <string.h>

enum {
    FIRST_SHOWN_MS = 700, /* what is quicker needs no line */
    SHOWN_EVERY_MS = 200,
    BAR_CELLS = 8,
    NAME_COLUMNS = 15, /* so that all of it fits 79 */
};

void program_progress_begin(struct program_progress *progress,
        struct outside *outside, const char *name, int64_t size)
{
    const char *slash = strrchr(name, '/');

    *progress = (struct program_progress){
            .out = outside->err_is_terminal ? outside->err : NULL,
            .clock = outside->clock,
            .name = slash == NULL ? name : slash + 1,
            .size = size,
    };
    if (progress->out != NULL)
        progress->began_ms = clock_now_ms(progress->clock);
}

/* --- the line --- */

static const struct unit {
    const char *name;
    double bytes;
} units[] = {{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}};

static const struct unit *unit_for(int64_t bytes)
{
    const struct unit *unit = units;
    while (unit->bytes > 1 && (double)bytes < unit->bytes)
        unit++;
    return unit;
}

static void add_size(struct text *text, const struct program_progress *progress)
{
    int64_t size = progress->size > 0 ? progress->size : progress->bytes;
    const struct unit *unit = unit_for(size);

    if (progress->unit != NULL) {
        text_add_format(text, "%" PRId64 " of %" PRId64 " %s", progress->bytes,
                progress->size, progress->unit);
        return;
    }
    text_add_format(text, "%.1f ", (double)progress->bytes / unit->bytes);
    if (progress->size > 0)
        text_add_format(text, "of %.1f ", (double)progress->size / unit->bytes);
    text_add(text, unit->name);
}

static void add_bar(struct text *text, const struct program_progress *progress)
{
    double part = (double)progress->bytes / (double)progress->size;
    int done = (int)(part * BAR_CELLS);

    text_add_format(text, "%3d %% [", (int)(part * 100));
    for (int i = 0; i < BAR_CELLS; i++)
        text_add(text, i < done ? "#" : ".");
    text_add(text, "] ");
}

/* At the pace so far. */
static void add_rest(struct text *text, const struct program_progress *progress,
        double seconds)
{
    double done = (double)(progress->bytes - progress->from_bytes);
    if (progress->size == 0 || done <= 0)
        return;
    double left = (double)(progress->size - progress->bytes) * seconds / done;
    if (left >= 99 * 3600)
        return; /* it has hardly begun */
    if (left >= 5940)
        text_add_format(text, ", %.0f h left", left / 3600);
    else if (left >= 90)
        text_add_format(text, ", %.0f min left", left / 60);
    else
        text_add_format(text, ", %.0f s left", left);
}

void program_progress_line(const struct program_progress *progress,
        int64_t now_ms, char out[PROGRAM_PROGRESS_SIZE])
{
    struct arena arena = {0};
    struct text text;
    double seconds = (double)(now_ms - progress->began_ms) / 1000;

    text_init(&text, &arena, PROGRAM_PROGRESS_SIZE - 1);
    text_add(&text, text_shorten(&arena, progress->name, NAME_COLUMNS));
    text_add(&text, " ");
    if (progress->size > 0)
        add_bar(&text, progress);
    add_size(&text, progress);
    if (seconds > 0) {
        text_add_format(&text, ", %.0f papers/s",
                (double)progress->papers / seconds);
        add_rest(&text, progress, seconds);
    }
    snprintf(out, PROGRAM_PROGRESS_SIZE, "%s", text_string(&text));
    arena_finish(&arena);
}

/* --- showing --- */

/* Blanks, not an escape: every terminal has them. */
static void write_over(struct program_progress *progress, const char *line)
{
    int columns = (int)text_columns(line);
    int blanks = progress->shown_columns - columns;

    fprintf(progress->out, "\r%s%*s", line, blanks > 0 ? blanks : 0, "");
    fflush(progress->out);
    progress->shown_columns = columns;
}

static void show(struct program_progress *progress)
{
    char line[PROGRAM_PROGRESS_SIZE];

    if (progress->out == NULL)
        return;
    int64_t now_ms = clock_now_ms(progress->clock);
    if (now_ms - progress->began_ms < FIRST_SHOWN_MS ||
            now_ms - progress->shown_ms < SHOWN_EVERY_MS)
        return;
    progress->shown_ms = now_ms;
    program_progress_line(progress, now_ms, line);
    write_over(progress, line);
}

void program_progress_read(struct program_progress *progress, int64_t bytes)
{
    progress->bytes += bytes;
    show(progress);
}

void program_progress_jump(struct program_progress *progress, int64_t to)
{
    progress->bytes = progress->from_bytes = to;
}

void program_progress_count(struct program_progress *progress, size_t papers)
{
    progress->papers += papers;
    show(progress);
}

void program_progress_wipe(struct program_progress *progress)
{
    if (progress->out == NULL || progress->shown_columns == 0)
        return;
    write_over(progress, "");
    fprintf(progress->out, "\r");
}
