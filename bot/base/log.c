#include "bot/base/log.h"

#include "bot/base/civil_time.h"
#include "bot/base/text.h"

#include <string.h>
#include <unistd.h>

enum {
    VALUE_BYTES = 2000,     /* a longer value is cut */
    LINE_BYTES = 64 * 1024, /* a line that grows longer ends there */
};

static struct {
    FILE *stream; /* NULL: nothing is written */
    enum log_level least;
    const struct clock *clock;
    bool person_reads;
} target;

static const char *const level_names[] = {
        [LOG_ERROR] = "error",
        [LOG_WARNING] = "warning",
        [LOG_INFO] = "info",
        [LOG_DEBUG] = "debug",
};

static const char *const level_colours[] = {
        [LOG_ERROR] = "\033[31merror\033[0m ",
        [LOG_WARNING] = "\033[33mwarning\033[0m ",
        [LOG_INFO] = "",
        [LOG_DEBUG] = "\033[2mdebug\033[0m ",
};

void log_open(FILE *stream, enum log_level least, const struct clock *clock)
{
    target.stream = stream;
    target.least = least;
    target.clock = clock;
    target.person_reads = isatty(fileno(stream)) == 1;
}

void log_close(void)
{
    target.stream = NULL;
}

/* A value comes from anywhere: made one line without control characters,
 * bounded, and quoted where the reader of key=value would go astray. */
static void add_value(struct text *line, struct arena *arena, const char *raw)
{
    size_t length = strnlen(raw, VALUE_BYTES + 1);
    bool cut = length > VALUE_BYTES;
    if (cut)
        length = VALUE_BYTES;
    const char *value = text_one_line(arena, text_repair(arena, raw, length));
    if (*value != '\0' && !cut && strpbrk(value, " \"=\\") == NULL) {
        text_add(line, value);
        return;
    }
    text_add(line, "\"");
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\')
            text_add(line, "\\");
        text_add_n(line, value, 1);
    }
    text_add(line, cut ? "…\"" : "\"");
}

static void add_field(struct text *line, struct arena *arena,
        const struct log_field *field)
{
    text_add_format(line, " %s=", field->key);
    if (field->text != NULL)
        add_value(line, arena, field->text);
    else
        text_add_format(line, "%lld", (long long)field->number);
}

static void add_head(struct text *line, struct arena *arena,
        enum log_level level, const char *sentence)
{
    char now[CIVIL_INSTANT_SIZE];
    civil_format_instant(clock_now_ms(target.clock), now);
    const char *said = text_one_line(arena, sentence);
    if (target.person_reads)
        text_add_format(line, "%s %s%s ", now, level_colours[level], said);
    else
        text_add_format(line, "%s %s %s", now, level_names[level], said);
}

void log_event(enum log_level level, const char *sentence,
        const struct log_field *fields)
{
    if (target.stream == NULL || level > target.least)
        return;
    struct arena arena;
    struct text line;
    arena_init(&arena);
    text_init(&line, &arena, LINE_BYTES);
    add_head(&line, &arena, level, sentence);
    for (; fields->key != NULL; fields++)
        add_field(&line, &arena, fields);
    fprintf(target.stream, "%s\n", text_string(&line));
    fflush(target.stream);
    arena_finish(&arena);
}
