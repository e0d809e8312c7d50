#include "bot/program/program_init_categories.h"

#include "bot/base/text.h"
#include "bot/config/config_parse.h"
#include "bot/model/category.h"
#include "bot/program/program_init_words.h"

#include <string.h>

static const char *name_of(const struct category *category, bool chinese)
{
    return chinese ? category->chinese : category->english;
}

void program_init_categories_find(const char *word, bool chinese,
        struct arena *arena, FILE *out)
{
    const char *wanted = text_fold(arena, word);
    size_t shown = 0;
    for (size_t i = 0; i < category_count; i++) {
        const struct category *category = &category_table[i];
        const char *line = arena_format(arena, "%s %s %s", category->code,
                category->english, category->chinese);
        if (*category->alias != '\0' ||
                strstr(text_fold(arena, line), wanted) == NULL)
            continue;
        fprintf(out, "  %-18s %s\n", category->code,
                name_of(category, chinese));
        shown++;
    }
    if (shown == 0)
        fprintf(out, "  %s\n",
                program_init_filled(INIT_FOUND_NONE, chinese, word, arena));
}

/* The beginning of a list up to a comma of any width, and how long that is. */
static const char *next_piece(const char **list, struct arena *arena)
{
    static const char *const commas[] = {",", "，", "、"};
    const char *end = *list + strlen(*list), *next = end;
    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
        const char *found = strstr(*list, commas[i]);
        if (found != NULL && found < end) {
            end = found;
            next = found + strlen(commas[i]);
        }
    }
    const char *piece = text_one_line(arena,
            arena_string_n(arena, *list, (size_t)(end - *list)));
    *list = next;
    return piece;
}

/* "cs.LG stat.ML": those of that name. */
static const char *codes_named(const char *name, struct arena *arena)
{
    struct text codes;
    text_init(&codes, arena, 400);
    const char *wanted = text_fold(arena, name);
    for (size_t i = 0; i < category_count; i++) {
        const struct category *category = &category_table[i];
        if (text_same(text_fold(arena, category->english), wanted) ||
                text_same(text_fold(arena, category->chinese), wanted))
            text_add_format(&codes, "%s%s", codes.length > 0 ? " / " : "",
                    category->code);
    }
    return text_string(&codes);
}

static const char *nearest_name(const char *name, struct arena *arena)
{
    const char **names =
            arena_array(arena, const char *, 2 * category_count + 1);
    for (size_t i = 0; i < category_count; i++) {
        names[2 * i] = category_table[i].english;
        names[2 * i + 1] = category_table[i].chinese;
    }
    return text_nearest(name, names);
}

/* One piece, a whole name or words that are tags and codes, to what the
 * configuration takes; NULL and err. */
static const char *piece_codes(const char *piece, bool chinese,
        struct arena *arena, struct error *err)
{
    bool ambiguous;
    struct string_list codes;
    const struct category *category = category_lookup(piece, &ambiguous);
    if (category != NULL)
        return category->code;
    if (config_parse_categories(piece, arena, &codes, err))
        return piece;
    const char *several = codes_named(piece, arena);
    const char *nearest = nearest_name(piece, arena);
    if (*several != '\0')
        error_set(err, ERROR_INPUT, "%s",
                program_init_filled(INIT_SEVERAL, chinese, several, arena));
    else if (nearest != NULL)
        error_set(err, ERROR_INPUT, "%s",
                program_init_filled(INIT_MEANT, chinese, nearest, arena));
    return NULL;
}

const char *program_init_categories_codes(const char *answer, bool chinese,
        struct arena *arena, struct error *err)
{
    struct text codes;
    text_init(&codes, arena, 4000);
    while (*answer != '\0') {
        const char *piece = next_piece(&answer, arena);
        const char *meant =
                *piece == '\0' ? "" : piece_codes(piece, chinese, arena, err);
        if (meant == NULL)
            return NULL;
        text_add_format(&codes, "%s ", meant);
    }
    return text_string(&codes);
}

void program_init_categories_show(const struct string_list *codes, bool chinese,
        FILE *out)
{
    for (size_t i = 0; i < codes->count; i++) {
        const struct category *category = category_find(codes->items[i]);
        if (category != NULL)
            fprintf(out, "  %-10s %s\n", category->tag,
                    name_of(category, chinese));
    }
}
