/* "pictures = first": where it is taken, and what is said where it cannot be. */
#include "adapters/registry.h"
#include "bot/base/text.h"
#include "bot/config/config.h"
#include "store/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define BOT "[bot]\ncontact = us@example.org\n"
#define SOURCE "[source pictures]\nurl = https://example.org/cards/{id}.png\n"
#define ROOM                                                                   \
    "[account home]\ntype = matrix\nhomeserver = https://example.org\n"        \
    "token = t\n[channel ml]\naccount = home\nroom = #ml:example.org\n"

static const struct config_kinds kinds = {.accounts = registry_accounts,
        .sources = registry_sources,
        .store_knows = store_registry_knows};

static struct arena arena;
static struct config config;

static const char *nothing(const char *name)
{
    (void)name;
    return NULL;
}

/* What is said about a file, a line each. */
static const char *complaints(const char *text)
{
    char path[] = "/tmp/paperboy-config-XXXXXX";
    struct config_complaint_list list;
    const char *all = "";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    config_read(path, &kinds, nothing, &arena, &config, &list);
    unlink(path);
    for (size_t i = 0; i < list.count; i++)
        all = arena_format(&arena, "%s%s\n", all, list.items[i].text);
    return all;
}

static int tidy(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void test_a_matrix_room_takes_what_is_wanted(void **state)
{
    (void)state;
    assert_string_equal(complaints(BOT SOURCE ROOM "pictures = first\n"), "");
    assert_int_equal(config.channels.items[0].pictures, PICTURES_FIRST);
    assert_string_equal(config.channels.items[0].contact, "us@example.org");
    assert_string_equal(complaints(BOT SOURCE ROOM "pictures = all\n"), "");
    assert_int_equal(config.channels.items[0].pictures, PICTURES_ALL);
    assert_string_equal(complaints(BOT ROOM "pictures = none\n"), "");
    assert_string_equal(complaints(BOT ROOM), "");
    assert_int_equal(config.channels.items[0].pictures, PICTURES_NONE);
}

static void test_what_is_wrong_is_told(void **state)
{
    static const struct {
        const char *text, *part;
    } cases[] = {
            {BOT SOURCE ROOM "pictures = som\n",
                    "pictures: \"som\" is no choice of pictures; expected "
                    "none, first or all"},
            {BOT ROOM "pictures = all\n",
                    "pictures: has nowhere to take them from; add a section "
                    "[source pictures] with url = https://.../{id}.png"},
            {BOT SOURCE "[channel screen]\ntype = console\npictures = first\n",
                    "pictures: a console channel is not sent any; leave this "
                    "key out"},
            {BOT "[source pictures]\n", "url: is missing"},
            {BOT "[source pictures]\nurl = https://example.org/x.png\n",
                    "an https:// address with {id} where a paper's id "
                    "belongs"},
            {SOURCE ROOM, "contact = "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *said = complaints(cases[i].text);
        if (strstr(said, cases[i].part) == NULL)
            fail_msg("%zu: %s", i, said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(test_a_matrix_room_takes_what_is_wanted,
                    tidy),
            cmocka_unit_test_teardown(test_what_is_wrong_is_told, tidy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
