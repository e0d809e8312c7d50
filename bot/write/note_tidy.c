#include "bot/write/note_tidy.h"

#include "bot/base/text.h"
#include "bot/write/note_form.h"

#include <stdbool.h>
#include <string.h>

/* Han characters of the common block are E4 B8 80 to E9 BF BF in UTF-8. */
static bool is_han(const char *at)
{
    unsigned char first = (unsigned char)*at;

    return first >= 0xE4 && first <= 0xE9;
}

static bool is_han_before(const char *begin, const char *at)
{
    return at - begin >= 3 && is_han(at - 3) &&
            ((unsigned char)at[-1] & 0xC0) == 0x80;
}

/* The full-width form of a mark, or NULL. */
static const char *wide_of(char mark)
{
    static const struct {
        char mark;
        const char *wide;
    } marks[] = {{',', "，"}, {';', "；"}, {':', "："}, {'?', "？"},
            {'!', "！"}};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].mark == mark)
            return marks[i].wide;
    return NULL;
}

/* "模型, 方法": the mark behind Han grows wide and takes its blank in; "方法 很好"
 * loses its blank. */
static const char *with_wide_marks(struct arena *arena, const char *line)
{
    struct text text;

    text_init(&text, arena, strlen(line) * 3);
    for (const char *at = line; *at != '\0';) {
        bool behind = is_han_before(line, at);
        size_t blank = at[1] == ' ';
        const char *wide = behind ? wide_of(*at) : NULL;
        if (wide != NULL && is_han(at + 1 + blank)) {
            text_add(&text, wide);
            at += 1 + blank;
        } else if (behind && *at == ' ' && is_han(at + 1)) {
            at++;
        } else {
            text_add_n(&text, at++, 1);
        }
    }
    return text_string(&text);
}

static const char *tidy(struct arena *arena, const char *text,
        const char *language)
{
    const char *line = text_one_line(arena, text);

    return note_form_is_chinese(language) ? with_wide_marks(arena, line) : line;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);

    return length >= tail && strcmp(text + length - tail, end) == 0;
}

const char *note_tidy_phrase(struct arena *arena, const char *text,
        const char *language)
{
    const char *line = tidy(arena, text, language);
    size_t length = strlen(line);

    if (ends_with(line, "。"))
        length -= strlen("。");
    else if (note_form_is_chinese(language) && ends_with(line, ".") &&
            is_han_before(line, line + length - 1))
        length--;
    return arena_string_n(arena, line, length);
}

const char *note_tidy_digest(struct arena *arena, const char *text,
        const char *language)
{
    const char *line = tidy(arena, text, language);
    size_t length = strlen(line);

    if (!note_form_is_chinese(language) || length == 0)
        return line;
    if (is_han_before(line, line + length))
        return arena_format(arena, "%s。", line);
    if (ends_with(line, ".") && is_han_before(line, line + length - 1))
        return arena_format(arena, "%.*s。", (int)length - 1, line);
    return line;
}
