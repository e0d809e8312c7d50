/* The manual pages know every command, option and key there is. */
#include "adapters/registry.h"
#include "bot/base/text.h"
#include "bot/config/config_channel.h"
#include "bot/config/config_general.h"
#include "bot/config/config_writer.h"
#include "bot/program/program.h"
#include "tests/support/paper_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Tests run from the root of the repository. */
static const char of_program[] = "bot/dist/paperboy.1";
static const char of_configuration[] = "bot/dist/paperboy.ini.5";

static int missing(const char *page, const char *what, const char *name)
{
    print_message("%s does not tell of %s %s\n", page, what, name);
    return 1;
}

/* --- paperboy(1) --- */

/* The command's part of the page, from its own heading to the next one. */
static const char *part_of(const char *text, const char *command,
        struct arena *arena)
{
    struct text part;
    text_init(&part, arena, 100000);
    const char *heading = arena_format(arena, "\n.It Ic %s", command);
    for (const char *at = text; (at = strstr(at, heading)) != NULL;) {
        const char *end = strstr(at + 1, "\n.It Ic ");
        const char *after = at + strlen(heading);
        if (*after == ' ' || *after == '\n')
            text_add_n(&part, at,
                    end == NULL ? strlen(at) : (size_t)(end - at));
        at = after;
    }
    return text_string(&part);
}

static int missing_options(const char *part, const char *command,
        const struct program_option *options, struct arena *arena)
{
    int count = 0;
    for (; options != NULL && options->name != NULL; options++) {
        const char *name = options->name;
        const char *flag = arena_format(arena, "Fl %s%s",
                strlen(name) == 1 ? "" : "\\-", name);
        if (*name != '\0' && strstr(part, flag) == NULL)
            count += missing(of_program, command, flag);
    }
    return count;
}

static void test_every_command_and_option_has_its_place(void **state)
{
    struct arena arena = {0};
    int count = 0;
    (void)state;
    const char *text = paper_file_text(&arena, of_program);
    for (size_t i = 0; i < program_count; i++) {
        const struct program *program = program_table[i];
        const char *part = part_of(text, program->name, &arena);
        if (*part == '\0')
            count += missing(of_program, "the command", program->name);
        count += missing_options(part, program->name, program->options, &arena);
    }
    count += missing_options(text, "all commands", program_options_common,
            &arena);
    assert_int_equal(count, 0);
    arena_finish(&arena);
}

/* --- paperboy.ini(5) --- */

/* ".It Ic KEY", alone or among others. */
static bool tells(const char *text, const char *key, struct arena *arena)
{
    const char *const forms[] = {"\n.It Ic %s\n", "\n.It Ic %s ,", " , %s\n",
            " , %s ,"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *gap = strstr(forms[i], "%s");
        const char *line = arena_format(arena, "%.*s%s%s",
                (int)(gap - forms[i]), forms[i], key, gap + 2);
        if (strstr(text, line) != NULL)
            return true;
    }
    return false;
}

static int missing_key(const char *text, const char *key, bool file,
        struct arena *arena)
{
    const char *filed = arena_format(arena, "%s_file", key);
    return (tells(text, key, arena) ? 0
                                    : missing(of_configuration, "key", key)) +
            (!file || tells(text, filed, arena)
                            ? 0
                            : missing(of_configuration, "key", filed));
}

static int missing_keys(const char *text, const struct config_key *keys,
        struct arena *arena)
{
    int count = 0;
    for (; keys->key != NULL; keys++)
        count += missing_key(text, keys->key, keys->lines, arena);
    return count;
}

static int missing_settings(const char *text, const struct setting_spec *specs,
        struct arena *arena)
{
    int count = 0;
    for (; specs->key != NULL; specs++)
        count += missing_key(text, specs->key, specs->secret || specs->lines,
                arena);
    return count;
}

static void test_every_key_has_its_place(void **state)
{
    struct arena arena = {0};
    (void)state;
    const char *text = paper_file_text(&arena, of_configuration);
    int count = missing_keys(text, config_general_bot_keys, &arena) +
            missing_keys(text, config_general_store_keys, &arena) +
            missing_keys(text, config_writer_keys, &arena) +
            missing_keys(text, config_channel_keys, &arena);
    for (size_t i = 0; registry_accounts[i] != NULL; i++) {
        const struct account_kind *kind = registry_accounts[i];
        if (strstr(text, arena_format(&arena, "type = %s\n", kind->kind)) ==
                NULL)
            count += missing(of_configuration, "type", kind->kind);
        count += missing_settings(text, kind->keys, &arena);
    }
    for (size_t i = 0; registry_sources[i] != NULL; i++) {
        const struct source_kind *kind = registry_sources[i];
        if (strstr(text, arena_format(&arena, "[source %s]", kind->kind)) ==
                NULL)
            count += missing(of_configuration, "source", kind->kind);
        count += missing_settings(text, kind->keys, &arena);
    }
    for (size_t i = 0; registry_writers[i] != NULL; i++)
        count += missing_settings(text, registry_writers[i]->keys, &arena);
    assert_int_equal(count, 0);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(test_every_command_and_option_has_its_place),
            cmocka_unit_test(test_every_key_has_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
