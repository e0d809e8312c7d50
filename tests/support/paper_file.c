#include "tests/support/paper_file.h"

#include "bot/base/text.h"
#include "bot/base/text_latex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>
#include <cmocka.h>
#include <zlib.h>

enum {
    FILE_BYTES_MAX = 32 * 1024 * 1024,
};

char *paper_file_text(struct arena *arena, const char *path)
{
    gzFile file = gzopen(path, "rb"); /* reads plain files as they are */
    char buffer[65536];
    struct text text;
    int got;

    if (!file)
        fail_msg("%s: cannot be opened", path);
    text_init(&text, arena, FILE_BYTES_MAX);
    while ((got = gzread(file, buffer, sizeof buffer)) > 0)
        text_add_n(&text, buffer, (size_t)got);
    gzclose(file);
    if (got < 0 || !text_ok(&text))
        fail_msg("%s: cannot be read to its end", path);
    return text.bytes;
}

void paper_file_need_shared(void)
{
    if (getenv("PAPERBOY_SHARED"))
        return;
    if (getenv("CI"))
        fail_msg("PAPERBOY_SHARED is not set");
    printf("SKIP PAPERBOY_SHARED is not set\n");
    skip();
}

const char *paper_file_shared(struct arena *arena, const char *path)
{
    return arena_format(arena, "%s/%s", getenv("PAPERBOY_SHARED"), path);
}

static const char *string_of(struct arena *arena, const cJSON *object,
        const char *key)
{
    const char *value =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));

    return value ? text_one_line(arena, value) : "";
}

static bool flag_of(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsTrue(item) || (cJSON_IsNumber(item) && item->valueint == 1);
}

static int number_of(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsNumber(item) ? item->valueint : 0;
}

static struct string_list list_of(struct arena *arena, const cJSON *object,
        const char *key)
{
    struct string_list list = {0};
    size_t capacity = 0;
    const cJSON *item;

    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(object, key))
            string_list_add(&list, &capacity, arena,
                    cJSON_GetStringValue(item));
    return list;
}

static struct paper paper_of(struct arena *arena, const cJSON *object)
{
    struct paper paper = paper_empty();
    struct string_list names = list_of(arena, object, "authors");

    paper.id = string_of(arena, object, "id");
    paper.title = string_of(arena, object, "title");
    paper.abstract = string_of(arena, object, "abstract");
    paper.comment = string_of(arena, object, "comment");
    paper.affiliations = list_of(arena, object, "affiliations");
    paper.categories = list_of(arena, object, "categories");
    paper.more_affiliations = flag_of(object, "more_affiliations");
    paper.authors.more = flag_of(object, "more_authors");
    paper.authors.count = names.count;
    paper.authors.items = arena_array(arena, struct author, names.count + 1);
    for (size_t i = 0; i < names.count; i++)
        paper.authors.items[i] =
                (struct author){text_latex_accents(arena, names.items[i]), ""};
    return paper;
}

static void add_notes(struct arena *arena, const cJSON *object, const char *id,
        struct note_list *notes, size_t *capacity)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(object, "notes"))
    {
        notes->items = arena_grow(arena, notes->items, notes->count, capacity,
                sizeof *notes->items);
        notes->items[notes->count++] = (struct note){
                .paper_id = id,
                .language = arena_string(arena, item->string),
                .title = string_of(arena, item, "title"),
                .heading = string_of(arena, item, "headline"),
                .digest = string_of(arena, item, "digest"),
                .writer = "file",
        };
    }
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;

    for (; *text; text++)
        lines += *text == '\n';
    return lines + 1;
}

struct paper_file paper_file_read(struct arena *arena, const char *path)
{
    char *text = paper_file_text(arena, path);
    size_t lines = count_lines(text), capacity = 0;
    struct paper_file file = {
            .papers.items = arena_array(arena, struct paper, lines),
            .also = arena_array(arena, bool, lines),
            .picked = arena_array(arena, bool, lines),
            .dates = arena_array(arena, const char *, lines),
            .votes = arena_array(arena, int, lines),
            .weekly = arena_array(arena, bool, lines),
    };

    for (char *line = text; *line; line++) {
        char *end = line + strcspn(line, "\n");
        cJSON *object = cJSON_ParseWithLength(line, (size_t)(end - line));
        size_t n = file.papers.count++;

        if (!object)
            fail_msg("%s: entry %zu is no JSON", path, n + 1);
        file.papers.items[n] = paper_of(arena, object);
        file.also[n] = text_same(string_of(arena, object, "section"), "also");
        file.picked[n] = flag_of(object, "picked");
        file.weekly[n] = *string_of(arena, object, "dair_week") != '\0';
        file.votes[n] = number_of(object, "upvotes");
        file.dates[n] = string_of(arena, object, "date");
        add_notes(arena, object, file.papers.items[n].id, &file.notes,
                &capacity);
        cJSON_Delete(object);
        line = end;
        if (!*line)
            break;
    }
    return file;
}
