#include "bot/base/log.h"

#include "bot/base/civil_time.h"
#include "bot/base/json_text.h"
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
    bool is_terminal;
    enum log_form form; /* never LOG_FORM_AUTO while the log is open */
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

/* Without colours: what needs no attention has no word. */
static const char *const level_words[] = {
        [LOG_ERROR] = "error ",
        [LOG_WARNING] = "warning ",
        [LOG_INFO] = "",
        [LOG_DEBUG] = "debug ",
};

void log_open(FILE *stream, enum log_level least, const struct clock *clock)
{
    target.stream = stream;
    target.least = least;
    target.clock = clock;
    target.is_terminal = isatty(fileno(stream)) == 1;
    log_set_form(LOG_FORM_AUTO);
}

void log_set_form(enum log_form form)
{
    if (form == LOG_FORM_AUTO)
        form = target.is_terminal ? LOG_FORM_HUMAN : LOG_FORM_LOGFMT;
    target.form = form;
}

bool log_form_parse(const char *word, enum log_form *form)
{
    static const char *const words[] = {
            [LOG_FORM_AUTO] = "auto",
            [LOG_FORM_HUMAN] = "human",
            [LOG_FORM_LOGFMT] = "logfmt",
            [LOG_FORM_JSON] = "json",
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_same(word, words[i])) {
            *form = (enum log_form)i;
            return true;
        }
    return false;
}

void log_close(void)
{
    target.stream = NULL;
}

/* A value comes from anywhere: made one line without control characters, and
 * bounded. */
static const char *clean(struct arena *arena, const char *raw)
{
    size_t length = strnlen(raw, VALUE_BYTES + 1);
    bool cut = length > VALUE_BYTES;
    const char *value = text_one_line(arena,
            text_repair(arena, raw, cut ? VALUE_BYTES : length));

    return cut ? arena_format(arena, "%s…", value) : value;
}

/* --- key=value --- */

/* Quoted where the reader of key=value would go astray. */
static void add_value(struct text *line, struct arena *arena, const char *raw)
{
    const char *value = clean(arena, raw);

    if (*value != '\0' && strpbrk(value, " \"=\\") == NULL)
        text_add(line, value);
    else
        json_text_add(line, value);
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

static void add_head(struct text *line, struct arena *arena, const char *now,
        enum log_level level, const char *sentence)
{
    if (target.form == LOG_FORM_HUMAN) {
        text_add_format(line, "%s %s%s ", now,
                target.is_terminal ? level_colours[level] : level_words[level],
                clean(arena, sentence));
        return;
    }
    text_add_format(line, "time=%s level=%s msg=", now, level_names[level]);
    add_value(line, arena, sentence);
}

/* --- JSON --- */

static void add_json_field(struct text *line, struct arena *arena,
        const struct log_field *field)
{
    text_add(line, ",");
    json_text_add(line, field->key);
    text_add(line, ":");
    if (field->text != NULL)
        json_text_add(line, clean(arena, field->text));
    else
        text_add_format(line, "%lld", (long long)field->number);
}

static void add_json(struct text *line, struct arena *arena, const char *now,
        enum log_level level, const char *sentence,
        const struct log_field *fields)
{
    text_add_format(line, "{\"time\":\"%s\",\"level\":\"%s\",\"msg\":", now,
            level_names[level]);
    json_text_add(line, clean(arena, sentence));
    for (; fields->key != NULL; fields++)
        add_json_field(line, arena, fields);
    text_add(line, "}");
}

void log_event(enum log_level level, const char *sentence,
        const struct log_field *fields)
{
    char now[CIVIL_INSTANT_SIZE];
    struct arena arena = {0};
    struct text line;

    if (target.stream == NULL || level > target.least)
        return;
    civil_format_instant(clock_now_ms(target.clock), now);
    text_init(&line, &arena, LINE_BYTES);
    if (target.form == LOG_FORM_JSON) {
        add_json(&line, &arena, now, level, sentence, fields);
    } else {
        add_head(&line, &arena, now, level, sentence);
        for (; fields->key != NULL; fields++)
            add_field(&line, &arena, fields);
    }
    fprintf(target.stream, "%s\n", text_string(&line));
    fflush(target.stream);
    arena_finish(&arena);
}
