/* Bytes nobody meant: whatever comes, the text tools answer with valid UTF-8,
 * keep their promises and touch nothing that is not theirs (the sanitizers
 * watch).  The seed is fixed, so that a failure comes back. */
#include "bot/base/chance.h"
#include "bot/base/civil_time.h"
#include "bot/base/text.h"
#include "bot/base/text_latex.h"
#include "bot/base/text_latex_show.h"
#include "bot/model/category.h"
#include "bot/model/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    ROUNDS = 3000,
    PIECES_MAX = 40,
};

/* What the tools look for, to get further in than noise does. */
static const char *const pieces[] = {"a", "Z", " ", "\n", "\t", "é", "e\u0301",
        "论", "。", "👩", "\u200D", "\uFE0F", "🇩", "\u202E", "\u2066", "\uFEFF",
        "\u00A0", "\u3000", "İ", "ß", "ﬁ", "한", "\u1112\u1161", "\x1B[2J",
        "\xC2\x9B", "\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xE8\xAE",
        "\xF4\x90\x80\x80", "\\", "{", "}", "$", "$$", "\\(", "\\)", "\\\"o",
        "\\'{\\i}", "\\v s", "{\\ss}", "\\c{c}", "\\d{\\^{a}}", "\\l ", "^",
        "_", "-", "--", "`", "``", "''", "~", "\\frac", "\\sqrt", "\\textbf{",
        "\\alpha", "\\le ", "\\log", "\\hat", "\\left(", "\\unicode{x41B}",
        "\\foo{", "arXiv:", "https://", "arxiv.org/", "abs/", "pdf/",
        "oai:arXiv.org:", "10.48550/arXiv.", "2210", ".", "11693", "v2", "v0",
        "hep-th", "/", "math.GT", "9901001", "?", "#", ".pdf", "[", "cs.LG",
        "2026-11-24", "T05:30:00", "Z", "+08:00", "Thu, ", "24 Sep 2026 ",
        "-0400"};

struct noise {
    char bytes[PIECES_MAX * 24 + 1];
    size_t length;
};

static struct chance_seed seed = {20261124};

static size_t draw(size_t bound)
{
    struct random_source source = chance_seeded(&seed);
    return (size_t)source.below(source.state, bound);
}

static void add(struct noise *noise, const char *bytes, size_t length)
{
    memcpy(noise->bytes + noise->length, bytes, length);
    noise->length += length;
    noise->bytes[noise->length] = '\0';
}

static void make_noise(struct noise *noise)
{
    size_t count = draw(PIECES_MAX + 1);
    *noise = (struct noise){.length = 0};
    for (size_t i = 0; i < count; i++) {
        char byte = (char)(1 + draw(255));
        if (draw(4) == 0) {
            add(noise, &byte, 1);
            continue;
        }
        const char *piece = pieces[draw(sizeof pieces / sizeof *pieces)];
        size_t length = strlen(piece);
        add(noise, piece, draw(8) == 0 ? draw(length + 1) : length);
    }
}

/* A copy with no byte behind it, for the sanitizer to guard. */
static char *fenced(const struct noise *noise)
{
    char *copy = malloc(noise->length + 1);
    assert_non_null(copy);
    memcpy(copy, noise->bytes, noise->length + 1);
    return copy;
}

static bool is_clean(const char *string)
{
    for (const char *at = string; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            return false;
    return strstr(string, "\u202E") == NULL && strstr(string, "  ") == NULL &&
            *string != ' ' && text_is_utf8(string, strlen(string)) &&
            (*string == '\0' || string[strlen(string) - 1] != ' ');
}

static void test_repaired_text_is_utf8_and_stays_so(void **state)
{
    (void)state;
    struct noise noise;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena arena = {0};
        make_noise(&noise);
        char *raw = fenced(&noise);
        char *repaired = text_repair(&arena, raw, noise.length);
        assert_true(text_is_utf8(repaired, strlen(repaired)));
        assert_string_equal(text_repair(&arena, repaired, strlen(repaired)),
                repaired);
        if (text_is_utf8(raw, noise.length))
            assert_string_equal(repaired, raw);
        free(raw);
        arena_finish(&arena);
    }
}

static void test_one_line_and_fold_are_clean_and_final(void **state)
{
    (void)state;
    struct noise noise;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena arena = {0};
        make_noise(&noise);
        char *raw = fenced(&noise);
        char *repaired = text_repair(&arena, raw, noise.length);
        char *line = text_one_line(&arena, repaired);
        char *fold = text_fold(&arena, raw);
        assert_true(is_clean(line));
        assert_true(is_clean(fold));
        assert_string_equal(text_one_line(&arena, line), line);
        assert_string_equal(text_fold(&arena, fold), fold);
        assert_true(is_clean(text_one_line(&arena, raw)));
        free(raw);
        arena_finish(&arena);
    }
}

static void test_cuts_keep_their_limits(void **state)
{
    (void)state;
    struct noise noise;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena arena = {0};
        make_noise(&noise);
        char *text = text_repair(&arena, noise.bytes, noise.length);
        size_t limit = draw(60);
        size_t bytes = text_prefix_bytes(text, limit);
        assert_true(bytes <= limit && text_is_utf8(text, bytes));
        size_t prefix = text_prefix_graphemes(text, limit);
        assert_true(text_is_utf8(text, prefix));
        char *start = arena_string_n(&arena, text, prefix);
        assert_true(text_graphemes(start) <= limit);
        char *shorter = text_shorten(&arena, text, limit);
        assert_true(text_graphemes(shorter) <= limit);
        assert_true(text_columns(shorter) <= strlen(shorter));
        arena_finish(&arena);
    }
}

static void test_accents_leave_valid_text_and_plain_text_alone(void **state)
{
    (void)state;
    struct noise noise;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena arena = {0};
        make_noise(&noise);
        char *raw = fenced(&noise);
        text_latex_accents(&arena, raw);
        char *text = text_repair(&arena, raw, noise.length);
        char *accented = text_latex_accents(&arena, text);
        assert_true(text_is_utf8(accented, strlen(accented)));
        if (strchr(text, '\\') == NULL)
            assert_string_equal(accented, text);
        free(raw);
        arena_finish(&arena);
    }
}

static void test_shown_latex_is_valid_text(void **state)
{
    (void)state;
    struct noise noise;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena arena = {0};
        make_noise(&noise);
        char *raw = fenced(&noise);
        text_latex_show(&arena, raw);
        char *text = text_repair(&arena, raw, noise.length);
        char *shown = text_latex_show(&arena, text);
        assert_true(text_is_utf8(shown, strlen(shown)));
        if (strpbrk(text, "\\$`-~^") == NULL)
            assert_string_equal(shown, text);
        free(raw);
        arena_finish(&arena);
    }
}

/* A true form with up to two bytes changed, put in or taken out. */
static void make_near_id(struct noise *noise)
{
    static const char *const forms[] = {"2210.11693v2", "arXiv:0704.0001",
            "https://arxiv.org/abs/2210.11693v2?context=cs",
            "https://arxiv.org/pdf/math.GT/0309136v3.pdf",
            "10.48550/arXiv.2210.11693", "(hep-th/9901001).",
            "arXiv:2210.11693v2 [cs.LG] 20 Oct 2022"};
    const char *form = forms[draw(sizeof forms / sizeof *forms)];
    *noise = (struct noise){.length = 0};
    add(noise, form, strlen(form));
    for (size_t edits = draw(3); edits > 0; edits--) {
        size_t at = draw(noise->length);
        char *here = noise->bytes + at;
        size_t behind = noise->length - at; /* the NUL goes along */
        size_t kind = draw(3);
        if (kind == 0) {
            memmove(here, here + 1, behind);
            noise->length--;
        } else if (kind == 1) {
            memmove(here + 1, here, behind + 1);
            noise->length++;
        }
        if (kind != 0)
            *here = (char)(1 + draw(255));
    }
}

static void test_an_id_that_is_read_reads_as_itself(void **state)
{
    (void)state;
    struct noise noise;
    size_t ids = 0;

    for (int i = 0; i < 10 * ROUNDS; i++) {
        struct arena arena = {0};
        unsigned version, again;
        make_near_id(&noise);
        char *raw = fenced(&noise);
        char *id = paper_id_parse(&arena, raw, &version);
        if (id != NULL) {
            ids++;
            char *same = paper_id_parse(&arena, id, &again);
            assert_non_null(same);
            assert_string_equal(same, id);
            assert_int_equal(again, 0);
        } else
            assert_int_equal(version, 0);
        free(raw);
        arena_finish(&arena);
    }
    assert_in_range(ids, ROUNDS, 9 * ROUNDS);
}

static void test_other_readers_survive(void **state)
{
    (void)state;
    struct noise noise;
    static const char *const words[] = {"schedule", "论文", NULL};

    for (int i = 0; i < ROUNDS; i++) {
        bool ambiguous;
        int64_t ms;
        struct civil_date date;
        make_noise(&noise);
        char *raw = fenced(&noise);
        category_lookup(raw, &ambiguous);
        category_is_code(raw);
        text_nearest(raw, words);
        text_has_han(raw);
        civil_parse_instant(raw, &ms);
        civil_date_parse(raw, &date);
        free(raw);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_repaired_text_is_utf8_and_stays_so),
            cmocka_unit_test(test_one_line_and_fold_are_clean_and_final),
            cmocka_unit_test(test_cuts_keep_their_limits),
            cmocka_unit_test(
                    test_accents_leave_valid_text_and_plain_text_alone),
            cmocka_unit_test(test_shown_latex_is_valid_text),
            cmocka_unit_test(test_an_id_that_is_read_reads_as_itself),
            cmocka_unit_test(test_other_readers_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
