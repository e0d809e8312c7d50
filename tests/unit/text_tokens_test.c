#include "bot/base/text_tokens.h"

#include "bot/base/chance.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    ROUNDS = 2000,
    BYTES_MAX = 200
};

static const char *listed(struct arena *arena,
        const struct text_token_list *list)
{
    struct text text;
    text_init(&text, arena, 4096);
    for (size_t i = 0; i < list->count; i++)
        text_add_format(&text, "%s%s", i > 0 ? " " : "", list->items[i]);
    return text_string(&text);
}

/* --- cases --- */

struct a_case {
    const char *text, *ordered, *joined, *singles;
    enum text_tokens_end end;
    const char *whole;
};

static const struct a_case cases[] = {
        {"", "", "", "", TEXT_ENDS_WORD, NULL},
        {" ... ", "", "", "", TEXT_ENDS_WORD, NULL},
        {"Graph  Neural\nNetworks!", "graph neural networks", "", "",
                TEXT_ENDS_WORD, NULL},
        {"Möllenhoff, ŁÓDŹ", "mollenhoff lodz", "", "", TEXT_ENDS_WORD, NULL},
        {"GPT-4", "gpt 4", "gpt4", "", TEXT_ENDS_WORD, "gpt4"},
        {"ＧＰＴ－４", "gpt 4", "gpt4", "", TEXT_ENDS_WORD, "gpt4"},
        {"R2R 3D x²", "r2r 3d x2", "", "", TEXT_ENDS_WORD, NULL},
        {"state-of-the-art", "state of the art", "stateoftheart", "",
                TEXT_ENDS_WORD, "stateoftheart"},
        {"Navier–Stokes on k‐means", "navier stokes on k means",
                "navierstokes kmeans", "", TEXT_ENDS_WORD, NULL},
        {"O'Brien’s", "o brien s", "obriens", "", TEXT_ENDS_WORD, "obriens"},
        {"-dash- a -- b", "dash a b", "", "", TEXT_ENDS_WORD, NULL},
        {"(fine-tuning)", "fine tuning", "finetuning", "", TEXT_ENDS_WORD,
                "finetuning"},
        {"fine-tuning it", "fine tuning it", "finetuning", "", TEXT_ENDS_WORD,
                NULL},
        {"扩散模型", "扩散 散模 模型 型", "", "扩 散 模", TEXT_ENDS_PAIR, NULL},
        {"散", "散", "", "", TEXT_ENDS_LONE, NULL},
        {"扩散,模型", "扩散 散 模型 型", "", "扩 模", TEXT_ENDS_PAIR, NULL},
        {"的3D重建!", "的 3d 重建 建", "", "重", TEXT_ENDS_PAIR, NULL},
        {"3D重", "3d 重", "", "", TEXT_ENDS_LONE, NULL},
        {"模型a", "模型 型 a", "", "模", TEXT_ENDS_WORD, NULL},
        {"人人人", "人人 人人 人", "", "人", TEXT_ENDS_PAIR, NULL},
        {"データ", "テー ータ タ", "", "テ ー", TEXT_ENDS_PAIR, NULL},
        {"한국어 모델", "한국어 모델", "", "", TEXT_ENDS_WORD, NULL},
        {"модель", "модель", "", "", TEXT_ENDS_WORD, NULL},
        {"a_b$c\\d", "a b c d", "", "", TEXT_ENDS_WORD, NULL},
};

static void test_cases_give_their_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct text_tokens tokens = text_tokens_of(&arena, cases[i].text);
        assert_string_equal(listed(&arena, &tokens.ordered), cases[i].ordered);
        assert_string_equal(listed(&arena, &tokens.joined), cases[i].joined);
        assert_string_equal(listed(&arena, &tokens.singles), cases[i].singles);
        assert_int_equal(tokens.end, cases[i].end);
        if (cases[i].whole == NULL)
            assert_null(tokens.whole);
        else
            assert_string_equal(tokens.whole, cases[i].whole);
        arena_finish(&arena);
    }
}

static void test_a_word_that_never_ends_is_cut_at_a_character(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text word;
    text_init(&word, &arena, 4096);
    text_add(&word, "a");
    for (int i = 0; i < 100; i++)
        text_add(&word, "ж");
    struct text_tokens tokens = text_tokens_of(&arena, text_string(&word));
    assert_int_equal(tokens.ordered.count, 1);
    assert_int_equal(strlen(tokens.ordered.items[0]), 63);
    assert_true(text_is_utf8(tokens.ordered.items[0], 63));
    arena_finish(&arena);
}

/* --- any bytes --- */

static void check_token(const char *token)
{
    size_t length = strlen(token);
    assert_in_range(length, 1, TEXT_TOKEN_BYTES_MAX);
    assert_true(text_is_utf8(token, length));
    for (const char *at = token; *at != '\0'; at++)
        if ((unsigned char)*at < 0x80)
            assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789",
                    *at));
    /* What stands between tokens elsewhere (store/search_text.h). */
    assert_null(strstr(token, "\u00B6"));
    assert_null(strstr(token, "\u00A7"));
    assert_null(strstr(token, "\u00AB"));
    assert_null(strstr(token, "\u00B7"));
    assert_null(strstr(token, "\u00AC"));
}

static void test_any_bytes_give_plain_tokens(void **state)
{
    (void)state;
    struct chance_seed seed = {20261124};
    struct random_source chance = chance_seeded(&seed);
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena = {0};
        char bytes[BYTES_MAX + 1] = "";
        size_t length = (size_t)chance.below(chance.state, BYTES_MAX);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)(1 + chance.below(chance.state, 255));
        struct text_tokens tokens = text_tokens_of(&arena, bytes);
        for (size_t i = 0; i < tokens.ordered.count; i++)
            check_token(tokens.ordered.items[i]);
        for (size_t i = 0; i < tokens.joined.count; i++)
            check_token(tokens.joined.items[i]);
        for (size_t i = 0; i < tokens.singles.count; i++)
            check_token(tokens.singles.items[i]);
        arena_finish(&arena);
    }
}

/* --- a text in pieces --- */

/* What a piece may begin or end with: spaces, marks, widths, controls, Han in
 * and out of the common plane, letters that fold into several. */
static const char *const shards[] = {"a", "B", "4", " ", "-", "'", ".", "\t",
        "\x01", "\x7F", "\u00A0", "\u3000", "\u2009", "é", "e\u0301", "\u0301",
        "ø", "ß", "İ", "ﬁ", "Ａ", "－", "２", "，", "。", "扩", "散", "模",
        "㐀", "\u4DC0", "𠀀", "が", "か\u3099", "ー", "ｶ", "한", "ᄒ", "\u200D",
        "\u00AD", "\u2019", "\u2013", "㎏", "\xFF", "\xE4\xB8", "\xF0\x9F"};

static void same_list(const struct text_token_list *a,
        const struct text_token_list *b, const char *string)
{
    if (a->count != b->count)
        fail_msg("%zu and %zu tokens of \"%s\"", a->count, b->count, string);
    for (size_t i = 0; i < a->count; i++)
        assert_string_equal(a->items[i], b->items[i]);
}

static void test_folding_in_pieces_is_folding_whole(void **state)
{
    (void)state;
    struct chance_seed seed = {5};
    struct random_source chance = chance_seeded(&seed);
    for (int round = 0; round < 10 * ROUNDS; round++) {
        struct arena arena = {0};
        struct text text;
        text_init(&text, &arena, 4096);
        for (uint64_t left = 1 + chance.below(chance.state, 12); left > 0;
                left--)
            text_add(&text,
                    shards[chance.below(chance.state,
                            sizeof shards / sizeof *shards)]);
        const char *string = text_string(&text);
        struct text_tokens pieces = text_tokens_of(&arena, string);
        struct text_tokens whole =
                text_tokens_of(&arena, text_fold(&arena, string));
        same_list(&pieces.ordered, &whole.ordered, string);
        same_list(&pieces.joined, &whole.joined, string);
        same_list(&pieces.singles, &whole.singles, string);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_cases_give_their_tokens),
            cmocka_unit_test(test_a_word_that_never_ends_is_cut_at_a_character),
            cmocka_unit_test(test_any_bytes_give_plain_tokens),
            cmocka_unit_test(test_folding_in_pieces_is_folding_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
