/* What is written to the bot, read and answered where no family is asked. */
#include "bot/base/text.h"
#include "bot/commands/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct command_request read_in(struct arena *arena, const char *text,
        const char *language)
{
    return command_read(arena, text, language);
}

static void expect(const char *text, const char *name, const char *line,
        const char *language)
{
    struct arena arena = {0};
    struct command_request request = read_in(&arena, text, "zh");

    if (name == NULL)
        assert_null(request.command);
    else
        assert_string_equal(request.command->english[0], name);
    assert_string_equal(request.line, line);
    assert_string_equal(request.language, language);
    arena_finish(&arena);
}

static void test_every_form_of_the_prefix_is_taken_off(void **state)
{
    static const char *const forms[] = {"help", "/paper help", "//paper help",
            "!paper help", "／paper help", "！paper help", "/PAPER Help",
            "  !paper   ＨＥＬＰ ", "/paper\u3000help"};

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        expect(forms[i], "help", "", "en");
}

static void test_what_only_looks_like_the_prefix_stays(void **state)
{
    (void)state;
    expect("/papers help", NULL, "/papers help", "en");
    assert_null(command_behind_form("paper help"));
}

static void test_the_name_decides_the_language_of_the_answer(void **state)
{
    (void)state;
    expect("help 搜索", "help", "搜索", "en");
    expect("帮助 search", "help", "search", "zh");
    expect("？", "help", "", "zh");
}

static void test_a_chinese_name_needs_no_space_behind_it(void **state)
{
    (void)state;
    expect("/paper 帮助全部", "help", "全部", "zh");
    expect("／paper　帮助：搜索", "help", "搜索", "zh");
}

static void test_nothing_at_all_is_in_the_channels_language(void **state)
{
    struct arena arena = {0};

    (void)state;
    assert_string_equal(read_in(&arena, "/paper", "zh-Hans").language, "zh");
    assert_string_equal(read_in(&arena, "!paper ", "fr").language, "en");
    arena_finish(&arena);
}

static void test_any_bytes_are_read(void **state)
{
    struct arena arena = {0};
    struct command_request request =
            read_in(&arena, "!paper \xff\xfe\x01 \xe5\x8a", "en");

    (void)state;
    assert_null(request.command);
    assert_true(text_is_utf8(request.line, strlen(request.line)));
    arena_finish(&arena);
}

static void test_more_than_4096_bytes_are_not_read(void **state)
{
    struct arena arena = {0};
    char *text = malloc(5000);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', 4999);
    text[4999] = '\0';
    assert_true(read_in(&arena, text, "en").too_long);
    text[4096] = '\0';
    assert_false(read_in(&arena, text, "en").too_long);
    free(text);
    arena_finish(&arena);
}

/* --- words --- */

static void expect_word(const struct command_words *words, size_t place,
        const char *text, const char *key, bool quoted, bool negated)
{
    assert_true(place < words->count);
    assert_string_equal(words->items[place].text, text);
    assert_string_equal(words->items[place].key, key);
    assert_int_equal(words->items[place].quoted, quoted);
    assert_int_equal(words->items[place].negated, negated);
}

static void test_words_stand_apart_by_spaces_and_commas(void **state)
{
    struct arena arena = {0};
    struct command_words words = command_words_of(&arena, "LG, CV、CL；RO。");

    (void)state;
    assert_int_equal(words.count, 4);
    expect_word(&words, 0, "LG", "", false, false);
    expect_word(&words, 3, "RO", "", false, false);
    arena_finish(&arena);
}

static void test_quotes_hyphens_and_keys_say_what_a_word_is(void **state)
{
    struct arena arena = {0};
    struct command_words words = command_words_of(&arena,
            "-survey by:\"Chelsea Finn\" 作者:张伟 \"score matching\" "
            "-by:Smith -\"in the wild\"");

    (void)state;
    assert_int_equal(words.count, 6);
    expect_word(&words, 0, "survey", "", false, true);
    expect_word(&words, 1, "Chelsea Finn", "by", true, false);
    expect_word(&words, 2, "张伟", "by", false, false);
    expect_word(&words, 3, "score matching", "", true, false);
    expect_word(&words, 4, "Smith", "by", false, true);
    expect_word(&words, 5, "in the wild", "", true, true);
    arena_finish(&arena);
}

static void test_links_and_times_stay_whole(void **state)
{
    struct arena arena = {0};
    struct command_words words = command_words_of(&arena,
            "https://arxiv.org/abs/2210.11693 13:30 cs.LG \"open");

    (void)state;
    assert_int_equal(words.count, 4);
    expect_word(&words, 0, "https://arxiv.org/abs/2210.11693", "", false,
            false);
    expect_word(&words, 1, "13:30", "", false, false);
    expect_word(&words, 3, "open", "", true, false);
    arena_finish(&arena);
}

static void test_words_are_bounded(void **state)
{
    struct arena arena = {0};
    char line[2 * (COMMAND_WORDS_MAX + 5) + 1];

    (void)state;
    for (size_t i = 0; i < sizeof line - 1; i++)
        line[i] = i % 2 == 0 ? 'a' : ' ';
    line[sizeof line - 1] = '\0';
    struct command_words words = command_words_of(&arena, line);
    assert_int_equal(words.count, COMMAND_WORDS_MAX);
    assert_true(words.more);
    arena_finish(&arena);
}

/* Every name, in the order of the table; what it stands for is its row. */
static void expect_own(struct arena *arena, const struct command *row,
        const char *const names[4])
{
    for (size_t i = 0; i < 4 && names[i] != NULL; i++)
        if (command_find(arena, names[i]) != row)
            fail_msg("%s is the name of two commands", names[i]);
}

static void test_no_two_commands_share_a_name(void **state)
{
    struct arena arena = {0};
    (void)state;

    for (size_t i = 0; command_families[i] != NULL; i++)
        for (const struct command *row = command_families[i];
                row->english[0] != NULL; row++) {
            expect_own(&arena, row, row->english);
            expect_own(&arena, row, row->chinese);
        }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_no_two_commands_share_a_name),
            cmocka_unit_test(test_every_form_of_the_prefix_is_taken_off),
            cmocka_unit_test(test_what_only_looks_like_the_prefix_stays),
            cmocka_unit_test(test_the_name_decides_the_language_of_the_answer),
            cmocka_unit_test(test_a_chinese_name_needs_no_space_behind_it),
            cmocka_unit_test(test_nothing_at_all_is_in_the_channels_language),
            cmocka_unit_test(test_any_bytes_are_read),
            cmocka_unit_test(test_more_than_4096_bytes_are_not_read),
            cmocka_unit_test(test_words_stand_apart_by_spaces_and_commas),
            cmocka_unit_test(test_quotes_hyphens_and_keys_say_what_a_word_is),
            cmocka_unit_test(test_links_and_times_stay_whole),
            cmocka_unit_test(test_words_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
