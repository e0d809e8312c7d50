#include "bot/config/config_ini.h"

#include "bot/base/text.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>

/* Where the reading is; inih sees neither sections nor line numbers. */
struct lines {
    const char *at;
    int line;
    bool owed; /* inih was given a line and has not called us with its key */
    struct config_section *section; /* NULL: none yet, or one to be ignored */
    bool ignoring;                  /* the section was complained about */
    struct config_ini *ini;
    struct config_complaints *complaints;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_comment(const char *rest)
{
    return *rest == '\0' || *rest == ';' || *rest == '#';
}

/* --- the file --- */

static char *read_all(FILE *file, size_t max, struct arena *arena,
        struct error *err)
{
    char piece[4096];
    struct text text;
    size_t length;

    text_init(&text, arena, max);
    while (text_ok(&text) && (length = fread(piece, 1, sizeof piece, file)) > 0)
        text_add_n(&text, piece, length);
    if (ferror(file)) {
        error_set(err, ERROR_INPUT, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    if (!text_ok(&text)) {
        error_set(err, ERROR_INPUT,
                "is over %zu bytes, too large for what it should be", max);
        return NULL;
    }
    if (memchr(text.bytes, '\0', text.length) != NULL ||
            !text_is_utf8(text.bytes, text.length)) {
        error_set(err, ERROR_INPUT, "is not UTF-8 text; save it as such");
        return NULL;
    }
    return text.bytes;
}

char *config_ini_file_text(const char *path, size_t max, struct arena *arena,
        struct error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        error_set(err, ERROR_INPUT, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    char *bytes = read_all(file, max, arena, err);
    fclose(file);
    return bytes;
}

/* --- headings --- */

const char *config_ini_heading(const struct config_section *section,
        struct arena *arena)
{
    return *section->name == '\0'
            ? arena_format(arena, "[%s]", section->kind)
            : arena_format(arena, "[%s %s]", section->kind, section->name);
}

static const struct config_section *section_find(const struct config_ini *ini,
        const char *kind, const char *name)
{
    for (size_t i = 0; i < ini->count; i++)
        if (text_same(ini->items[i].kind, kind) &&
                text_same(ini->items[i].name, name))
            return &ini->items[i];
    return NULL;
}

static void section_add(struct lines *lines, const char *kind, const char *name)
{
    struct config_ini *ini = lines->ini;
    const struct config_section *first = section_find(ini, kind, name);
    if (first != NULL) {
        config_complain(lines->complaints, lines->line,
                "%s stands twice, first at line %d; put its keys together",
                config_ini_heading(first, lines->complaints->arena),
                first->line);
        return;
    }
    ini->items = arena_grow(lines->complaints->arena, ini->items, ini->count,
            &ini->capacity, sizeof *ini->items);
    lines->section = &ini->items[ini->count++];
    *lines->section = (struct config_section){.kind = kind,
            .name = name,
            .line = lines->line};
    lines->ignoring = false;
}

/* The next word up to end, "" if there is none. */
static const char *take_word(const char **at, const char *end,
        struct arena *arena)
{
    while (*at < end && is_blank(**at))
        (*at)++;
    const char *begin = *at;
    while (*at < end && !is_blank(**at))
        (*at)++;
    return arena_string_n(arena, begin, (size_t)(*at - begin));
}

/* A line that begins with "[".  Until it proves good, what follows is passed
 * over. */
static void take_heading(struct lines *lines, const char *line)
{
    struct arena *arena = lines->complaints->arena;
    lines->section = NULL;
    lines->ignoring = true;

    const char *at = line + 1, *end = strchr(line, ']');
    const char *rest = end == NULL ? NULL : end + 1;
    while (rest != NULL && is_blank(*rest))
        rest++;
    if (end == NULL || !is_comment(rest)) {
        config_complain(lines->complaints, lines->line,
                "this heading is not closed; expected a line such as "
                "[channel team]");
        return;
    }
    const char *kind = take_word(&at, end, arena);
    const char *name = take_word(&at, end, arena);
    const char *more = take_word(&at, end, arena);
    if (*more != '\0') {
        config_complain(lines->complaints, lines->line,
                "[%s %s %s]: a name is one word; expected such as [%s %s-%s]",
                kind, name, more, kind, name, more);
        return;
    }
    section_add(lines, kind, name);
}

/* --- keys --- */

static void entry_add(struct lines *lines, const char *key, const char *value)
{
    struct arena *arena = lines->complaints->arena;
    struct config_section *section = lines->section;
    if (section == NULL) {
        if (!lines->ignoring)
            config_complain(lines->complaints, lines->line,
                    "%s: stands before any section; put it below one, such as "
                    "[bot]",
                    key);
        return;
    }
    for (size_t i = 0; i < section->count; i++) {
        if (!text_same(section->items[i].key, key))
            continue;
        config_complain(lines->complaints, lines->line,
                "%s %s: stands twice, first at line %d; keep one",
                config_ini_heading(section, arena), key,
                section->items[i].line);
        return;
    }
    section->items = arena_grow(arena, section->items, section->count,
            &section->capacity, sizeof *section->items);
    section->items[section->count++] = (struct config_entry){
            .key = arena_string(arena, key),
            .value = value == NULL ? NULL : arena_string(arena, value),
            .line = lines->line,
    };
}

/* inih's: a key and its value, comments and outer spaces taken off. */
static int take_entry(void *user, const char *section, const char *key,
        const char *value)
{
    struct lines *lines = user;
    (void)section;
    if (*key == '\0')
        return 1; /* still owed: "= value" is no key */
    lines->owed = false;
    entry_add(lines, key, value);
    return 1;
}

static void refuse_owed(struct lines *lines)
{
    if (lines->owed && !lines->ignoring)
        config_complain(lines->complaints, lines->line,
                "this line is neither a [section] nor key = value nor a ; "
                "comment");
    lines->owed = false;
}

/* Its key counts as given, so that it is not called missing besides. */
static void refuse_long(struct lines *lines, const char *line, size_t length)
{
    config_complain(lines->complaints, lines->line,
            "this line has %zu bytes, at most %d can be read; shorten it, or "
            "put the value into a file and write KEY_file = FILE",
            length, CONFIG_INI_LINE_MAX);
    size_t key = strcspn(line, "=: \t");
    if (lines->section != NULL && key < 40)
        entry_add(lines, arena_string_n(lines->complaints->arena, line, key),
                NULL);
}

/* inih's: the next line that holds a key, "" for those that do not. */
static char *next_line(char *out, int size, void *user)
{
    struct lines *lines = user;
    refuse_owed(lines);
    if (*lines->at == '\0' || size <= CONFIG_INI_LINE_MAX)
        return NULL;

    lines->line++;
    const char *begin = lines->at, *end = strchrnul(begin, '\n');
    lines->at = *end == '\0' ? end : end + 1;
    size_t whole = (size_t)(end - begin);
    while (begin < end && is_blank(*begin))
        begin++;
    while (begin < end && is_blank(end[-1]))
        end--;
    char *line = arena_string_n(lines->complaints->arena, begin,
            (size_t)(end - begin));
    *out = '\0';
    if (is_comment(line))
        return out;
    if (*line == '[') {
        take_heading(lines, line);
    } else if (whole > CONFIG_INI_LINE_MAX) {
        refuse_long(lines, line, whole);
    } else {
        snprintf(out, (size_t)size, "%s", line);
        lines->owed = true;
    }
    return out;
}

void config_ini_parse(const char *text, struct config_complaints *complaints,
        struct config_ini *ini)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    struct lines lines = {.at = text, .ini = ini, .complaints = complaints};

    if (text_starts(text, byte_order_mark))
        lines.at += strlen(byte_order_mark);
    ini_parse_stream(next_line, &lines, take_entry, &lines);
}

bool config_ini_read(const char *path, struct config_complaints *complaints,
        struct config_ini *ini)
{
    struct error err;
    char *text = config_ini_file_text(path, CONFIG_INI_FILE_MAX,
            complaints->arena, &err);
    if (text == NULL) {
        config_complain(complaints, 0, "%s", err.text);
        return false;
    }
    config_ini_parse(text, complaints, ini);
    return true;
}
