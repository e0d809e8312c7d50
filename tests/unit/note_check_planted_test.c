/*
 * Good notes of real papers, each spoilt in one place: all must be refused.
 *
 * The place and the kind are drawn by a fixed seed, so that a failure comes again.
 */
#include "bot/base/chance.h"
#include "bot/base/text.h"
#include "bot/write/glossary.h"
#include "bot/write/note_check.h"
#include "tests/support/note_sample.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
    WANTED = 250, /* of each kind */
};

enum spoiling {
    SPOIL_DIGIT,
    SPOIL_MINUS,
    SPOIL_NAME,
    SPOIL_SCRIPT,
    SPOILINGS
};

static const char *const names[SPOILINGS] = {"a changed digit",
        "a dropped minus", "a swapped name", "a foreign script"};

struct planting {
    struct glossary glossary;
    struct arena kept, arena; /* of the run, of one sample */
    struct chance_seed seed;
    struct random_source chance;
    size_t planted[SPOILINGS], caught[SPOILINGS];
};

static bool keeps(struct planting *planting, const struct note_sample *sample,
        const char *digest)
{
    struct note note = sample->note;
    const char *flaw = "";

    note.digest = digest;
    return note_check(&note, &sample->paper, &planting->glossary,
            &planting->arena, &flaw);
}

/* A copy of the text with a piece of it replaced. */
static char *replaced(struct planting *planting, const char *text, size_t at,
        size_t length, const char *piece)
{
    return arena_format(&planting->arena, "%.*s%s%s", (int)at, text, piece,
            text + at + length);
}

static size_t draw(struct planting *planting, size_t below)
{
    return (size_t)planting->chance.below(planting->chance.state, below);
}

/* --- the four kinds; NULL where a note has no place for it --- */

/* Where the n-th run of such bytes begins, and its length. */
static bool run_at(const char *text, const char *bytes, size_t n, size_t *at,
        size_t *length)
{
    for (*at = 0; text[*at] != '\0'; *at += *length > 0 ? *length : 1) {
        *length = strspn(text + *at, bytes);
        if (*length > 0 && n-- == 0)
            return true;
    }
    return false;
}

static size_t runs_of(const char *text, const char *bytes)
{
    size_t at, length, count = 0;

    while (run_at(text, bytes, count, &at, &length))
        count++;
    return count;
}

/* Four digits of any kind are in no abstract by chance. */
static char *spoil_digit(struct planting *planting,
        const struct note_sample *sample)
{
    const char *text = sample->note.digest;
    size_t count = runs_of(text, "0123456789."), at, length;

    if (count == 0 ||
            !run_at(text, "0123456789.", draw(planting, count), &at, &length) ||
            length < 2 || text[at] == '.' || text[at + length - 1] == '.')
        return NULL;
    size_t place = at + draw(planting, length);
    if (text[place] == '.' || text_starts(text + at + length, ")") ||
            text_starts(text + at + length, "）"))
        return NULL;
    const char digit[] = {(char)('0' + (text[place] - '0' + 3) % 10), '\0'};
    char *spoilt = replaced(planting, text, place, 1, digit);
    /* Another number of the same paper is no lie. */
    const char *number = arena_string_n(&planting->arena, spoilt + at, length);
    return strstr(sample->paper.abstract, number) == NULL &&
                    strstr(sample->paper.title, number) == NULL
            ? spoilt
            : NULL;
}

/* A note is given the paper's loss, and then loses its sign. */
static char *spoil_minus(struct planting *planting,
        const struct note_sample *sample)
{
    struct note_sample losing = *sample;
    unsigned loss = 1000 + (unsigned)draw(planting, 9000);
    const char *sentence =
            arena_format(&planting->arena, "%s The change is -%u.%u.",
                    sample->paper.abstract, loss / 100, loss % 10 + 1);
    char *text = arena_format(&planting->arena, "%s变化为-%u.%u。",
            sample->note.digest, loss / 100, loss % 10 + 1);

    losing.paper.abstract = sentence;
    if (!keeps(planting, &losing, text))
        return NULL;
    memmove(strrchr(text, '-'), strrchr(text, '-') + 1,
            strlen(strrchr(text, '-')));
    return text;
}

static char *spoil_name(struct planting *planting,
        const struct note_sample *sample)
{
    static const char letters[] =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char *const others[] = {"Quokka", "WombatNet", "GPT-77",
            "TapirBench", "Zorilla-9B", "OkapiFlow"};
    const char *text = sample->note.digest;
    size_t count = runs_of(text, letters), at, length;

    if (count == 0 ||
            !run_at(text, letters, draw(planting, count), &at, &length) ||
            length < 3)
        return NULL;
    return replaced(planting, text, at, length, others[draw(planting, 6)]);
}

static char *spoil_script(struct planting *planting,
        const struct note_sample *sample)
{
    static const char *const pieces[] = {"модель", "모델", "モデル", "نموذج",
            "แบบจำลอง", "דגם", "मॉडल"};
    const char *text = sample->note.digest;
    size_t graphemes = text_graphemes(text);
    size_t at = text_prefix_graphemes(text, draw(planting, graphemes));

    return replaced(planting, text, at, 0, pieces[draw(planting, 7)]);
}

static char *(*const spoil[SPOILINGS])(struct planting *planting,
        const struct note_sample *sample) = {spoil_digit, spoil_minus,
        spoil_name, spoil_script};

static void plant(void *ctx, const struct note_sample *sample)
{
    struct planting *planting = ctx;

    for (int kind = 0; kind < SPOILINGS; kind++) {
        if (planting->planted[kind] == WANTED ||
                !keeps(planting, sample, sample->note.digest))
            continue;
        char *text = spoil[kind](planting, sample);
        if (text == NULL)
            continue;
        planting->planted[kind]++;
        if (!keeps(planting, sample, text))
            planting->caught[kind]++;
        else
            printf("# PRINT not caught, %s: %s\n", names[kind], text);
    }
    arena_finish(&planting->arena);
}

static void test_every_planted_alteration_is_caught(void **state)
{
    struct planting planting = {.seed = {20261124}};

    (void)state;
    paper_file_need_shared();
    planting.chance = chance_seeded(&planting.seed);
    planting.glossary = glossary_own(&planting.kept);
    note_sample_each(plant, &planting);
    for (int kind = 0; kind < SPOILINGS; kind++) {
        assert_int_equal(planting.planted[kind], WANTED);
        assert_int_equal(planting.caught[kind], WANTED);
    }
    arena_finish(&planting.kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_every_planted_alteration_is_caught),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
