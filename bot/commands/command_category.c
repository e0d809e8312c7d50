#include "bot/commands/command_category.h"

#include "bot/base/text.h"
#include "bot/commands/command_archive.h"
#include "bot/model/category.h"

#include <stdlib.h>
#include <string.h>

/* Folded, without the commas that separate words of a command. */
static char *fold_name(struct arena *arena, const char *name)
{
    static const char *const commas[] = {",", "、"};
    const char *folded = text_fold(arena, name);
    struct text text;

    text_init(&text, arena, strlen(folded) + 1);
    while (*folded != '\0') {
        size_t step = 0;
        for (size_t i = 0; i < sizeof commas / sizeof *commas; i++)
            if (text_starts(folded, commas[i]))
                step = strlen(commas[i]);
        if (step == 0)
            text_add_n(&text, folded, 1);
        folded += step == 0 ? 1 : step;
    }
    return text_one_line(arena, text_string(&text));
}

enum {
    NAMES_EACH = 4, /* of a category: code, tag, English, Chinese */
    ENGLISH = 2,
    SLIP_BYTES_MAX = 4, /* by which a name with a slip may be longer */
};

struct command_category_names command_category_open(struct arena *arena)
{
    struct command_category_names names = {arena,
            arena_array(arena, const char *, NAMES_EACH *category_count + 1)};

    for (size_t i = 0; i < category_count; i++) {
        const struct category *here = &category_table[i];
        const char **mine = names.items + NAMES_EACH * i;
        mine[0] = here->code;
        mine[1] = here->tag;
        mine[ENGLISH] = fold_name(arena, here->english);
        mine[ENGLISH + 1] = fold_name(arena, here->chinese);
    }
    return names;
}

/* --- whole names --- */

typedef bool match_fn(const struct command_category_names *names, size_t place,
        const char *name);

static bool is_named(const struct command_category_names *names, size_t place,
        const char *name)
{
    const char **mine = names->items + NAMES_EACH * place;
    return text_same(mine[ENGLISH], name) || text_same(mine[ENGLISH + 1], name);
}

static bool is_last_part(const struct command_category_names *names,
        size_t place, const char *name)
{
    const char *dot = strrchr(category_table[place].code, '.');
    (void)names;
    return dot != NULL && text_same_ascii(dot + 1, name);
}

static void find_all(const struct command_category_names *names,
        match_fn *match, const char *name, struct string_list *codes)
{
    size_t capacity = 0;

    for (size_t i = 0; i < category_count; i++) {
        const char *code = category_table[i].code;
        bool alias = false;
        if (!match(names, i, name))
            continue;
        for (size_t n = 0; n < codes->count; n++)
            alias = alias || category_same(codes->items[n], code);
        if (!alias)
            string_list_add(codes, &capacity, names->arena, code);
    }
}

struct string_list
command_category_named(const struct command_category_names *names,
        const char *name)
{
    static match_fn *const readings[] = {is_named, is_last_part};
    struct string_list codes = {0};
    size_t capacity = 0;
    bool ambiguous;
    const struct category *one = category_lookup(name, &ambiguous);

    if (one != NULL) {
        string_list_add(&codes, &capacity, names->arena, one->code);
        return codes;
    }
    const char *folded = fold_name(names->arena, name);
    for (size_t i = 0; codes.count == 0 && i < 2; i++)
        find_all(names, readings[i], folded, &codes);
    return codes;
}

/* --- what is near --- */

const char *command_category_nearest(const struct command_category_names *names,
        const char *name)
{
    const char *nearest = text_nearest(name, names->items);

    for (size_t i = 0; i < NAMES_EACH * category_count; i++)
        if (nearest != NULL && names->items[i] == nearest)
            return category_table[i / NAMES_EACH].code;
    return NULL;
}

/* "cs.LQ": an archive's code, a dot and letters. */
static bool has_form_of_code(struct arena *arena, const char *name)
{
    const char *dot = strchr(name, '.');

    return dot != NULL && dot[1] != '\0' && strchr(name, ' ') == NULL &&
            command_archive_find(arena,
                    arena_string_n(arena, name, (size_t)(dot - name))) != NULL;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* One letter too many, too few or wrong. */
static bool has_slip(const struct command_category_names *names,
        const char *name)
{
    size_t length = strlen(name), count = 0;

    if (text_graphemes(name) < 4)
        return false;
    const char **alike = arena_array(names->arena, const char *,
            NAMES_EACH *category_count + 1);
    for (size_t i = 0; i < NAMES_EACH * category_count; i++) {
        size_t other = strlen(names->items[i]);
        if (other <= length + SLIP_BYTES_MAX &&
                length <= other + SLIP_BYTES_MAX)
            alike[count++] = names->items[i];
    }
    const char *nearest = text_nearest(name, alike);
    if (nearest == NULL)
        return false;
    long difference =
            (long)text_graphemes(nearest) - (long)text_graphemes(name);
    return labs(difference) <= 1;
}

bool command_category_seems(const struct command_category_names *names,
        const char *name)
{
    if (is_capital(name[0]) && is_capital(name[1]) && name[2] == '\0')
        return true;
    return has_form_of_code(names->arena, name) || has_slip(names, name);
}
