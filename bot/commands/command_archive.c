#include "bot/commands/command_archive.h"

#include "bot/base/text.h"
#include "bot/model/category.h"

#include <string.h>

/* arxiv.org/category_taxonomy: those that have classes. */
static const struct command_archive archives[] = {
        {"cs", "Computer Science", {"计算机科学", "计算机"}},
        {"math", "Mathematics", {"数学"}},
        {"stat", "Statistics", {"统计学", "统计"}},
        {"eess", "Electrical Engineering and Systems Science",
                {"电气工程与系统科学"}},
        {"econ", "Economics", {"经济学"}},
        {"q-bio", "Quantitative Biology", {"定量生物学"}},
        {"q-fin", "Quantitative Finance", {"定量金融", "量化金融"}},
        {"physics", "Physics", {"物理学", "物理"}},
        {"astro-ph", "Astrophysics", {"天体物理学", "天体物理"}},
        {"cond-mat", "Condensed Matter", {"凝聚态物理", "凝聚态"}},
        {"nlin", "Nonlinear Sciences", {"非线性科学"}},
};

enum {
    ARCHIVES = sizeof archives / sizeof *archives,
    CHINESE_NAMES = 3,
};

static bool is_called(const struct command_archive *archive, const char *name)
{
    if (text_same(archive->code, name) ||
            text_same_ascii(archive->english, name))
        return true;
    for (size_t i = 0; i < CHINESE_NAMES && archive->chinese[i] != NULL; i++)
        if (text_same(archive->chinese[i], name))
            return true;
    return false;
}

const struct command_archive *command_archive_find(struct arena *arena,
        const char *word)
{
    char *name = text_fold(arena, word);
    size_t length = strlen(name);

    if (length > 2 && text_same(name + length - 2, ".*"))
        name[length - 2] = '\0';
    for (size_t i = 0; i < ARCHIVES; i++)
        if (is_called(&archives[i], name))
            return &archives[i];
    return NULL;
}

bool command_archive_has(const struct command_archive *archive,
        const char *code)
{
    size_t length = strlen(archive->code);
    return text_starts(code, archive->code) && code[length] == '.';
}

const struct command_archive *command_archive_of(const char *code)
{
    for (size_t i = 0; i < ARCHIVES; i++)
        if (command_archive_has(&archives[i], code))
            return &archives[i];
    return NULL;
}

static bool is_among(const struct string_list *codes, const char *code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (category_same(codes->items[i], code))
            return true;
    return false;
}

bool command_archive_is_complete(const struct command_archive *archive,
        const struct string_list *codes)
{
    for (size_t i = 0; i < category_count; i++)
        if (command_archive_has(archive, category_table[i].code) &&
                !is_among(codes, category_table[i].code))
            return false;
    return true;
}
